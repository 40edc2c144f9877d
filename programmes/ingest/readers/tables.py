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
SENTENCE = re.compile(r"[^\W\d]{2}[.!?](?:\s|$)")
LONG = 400  # characters of a cell that is no value


def is_layout(rows: list[list[str]]) -> bool:
    """Whether a table only sets texts side by side: its cells hold paragraphs, or its one row sentences."""
    cells = [cell for row in rows for cell in row if cell.strip()]
    prose = [cell for cell in cells if len(SENTENCE.findall(cell)) > 1 and len(cell) > 80]
    if any(len(cell) > LONG for cell in cells) or len(prose) > 0.5 * len(cells):
        return True
    return len(rows) == 1 and all(len(cell) > 60 for cell in cells)


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
