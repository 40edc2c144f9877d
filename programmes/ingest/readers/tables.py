"""A table's cells as a block: metadata where it names values, a pipe table otherwise."""

from __future__ import annotations

import re

from programmes.ingest.pieces import Block

# Labels of the table on top of a motion export (Antragsgrün, OParl exports, council systems).
MOTION_LABELS = {
    "antragsteller*in",
    "antragsteller*innen",
    "antragsteller",
    "antragstellerin",
    "antragsteller/in",
    "antragsteller:in",
    "antragssteller",
    "antragssteller*innen",
    "initiator*innen",
    "initiator*in",
    "veranstaltung",
}
SPACE = re.compile(r"\s+")


def blocks_of(rows: list[list[str]]) -> tuple[list[Block], bool]:
    """The blocks of a table, and whether it is the head of a motion export.

    Two columns whose first ends in a colon throughout are names and values: metadata. One column is no table.
    """
    cells = [[SPACE.sub(" ", cell).strip() for cell in row] for row in rows]
    cells = [row for row in cells if any(row)]
    if not cells:
        return [], False
    if all(len(row) == 2 and row[0].endswith(":") for row in cells):
        names = {row[0].rstrip(": ").lower() for row in cells}
        return [Block("meta", f"{name} {value}") for name, value in cells], bool(
            names & MOTION_LABELS
        )
    width = max(len(row) for row in cells)
    if width == 1:
        return [Block("paragraph", row[0]) for row in cells], False
    lines = [
        "| " + " | ".join(cell.replace("|", "\\|") for cell in (row + [""] * width)[:width]) + " |"
        for row in cells
    ]
    return [Block("table", "\n".join(lines))], False
