"""Which lines of a column are rows of a table, and what stands in their cells?

A row is a line of several stretches far apart; the rows of a table keep their stretches below each other.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from programmes.ingest.readers.pdf.glyphs import Line

MARKER = re.compile(r"^(?:[^\w\s]{1,2}|\(?\d{1,3}[.)]?|\(?[a-z]\)|[IVX]+\.)$")
MIN_ROWS = 3
MIN_CELLS = 3  # a table of two rows needs as many columns


def table_at(lines: list[Line], at: int) -> tuple[int, list[list[str]]] | None:
    """The rows of the table that begins at a line, and the place after its last line; None if none does."""
    if len(_cells(lines[at])) < 2:
        return None
    starts = [cell.x0 for cell in _cells(lines[at])]
    ends = [cell.x1 for cell in _cells(lines[at])]
    rows: list[list[str]] = [[cell.text for cell in _cells(lines[at])]]
    columns = list(starts)
    end, last, full = at + 1, lines[at], 1
    while end < len(lines):
        line = lines[end]
        if not 0 < line.y - last.y < 3.2 * max(line.size, last.size):
            break
        cells = _cells(line)
        if len(cells) >= 2 and _aligned(cells, starts, ends):
            rows.append([cell.text for cell in cells])
            full += 1
            if len(cells) >= len(columns):
                columns, starts, ends = (
                    [c.x0 for c in cells],
                    [c.x0 for c in cells],
                    [c.x1 for c in cells],
                )
        elif len(cells) <= 1 and line.y - last.y < 1.5 * line.size and _goes_on(line, columns):
            _append(rows[-1], line, columns)
        else:
            break
        last, end = line, end + 1
    wide = max(len(row) for row in rows)
    letters = [len(cell) for row in rows for cell in row]
    enough = full >= MIN_ROWS or (full >= 2 and wide >= MIN_CELLS)
    if not enough or sum(letters) > 45 * len(letters):
        return None
    inner = [cell for row in rows for cell in row[1:] if cell]
    if sum(cell[0].islower() for cell in inner) > 0.4 * len(inner):
        return None  # the words of justified lines with wide gaps
    return end, rows


def as_text(rows: list[list[str]]) -> str:
    """Rows as a pipe table."""
    wide = max(len(row) for row in rows)
    cells = [[cell.replace("|", "/") for cell in row] + [""] * (wide - len(row)) for row in rows]
    return "\n".join(f"| {' | '.join(row)} |" for row in cells)


def _cells(line: Line) -> list[Line]:
    cells = list(line.cells)
    words = cells[1:] if cells and MARKER.match(cells[0].text) else cells
    gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(words)]
    single = all(" " not in cell.text for cell in words)
    if single and len(gaps) > 1 and max(gaps) < 1.15 * min(gaps):
        return []  # a justified line with few words
    if len(words) < len(cells) and len(cells) >= 2:
        number, first, *others = cells
        if number.text[0].isalnum() or number.text[0] == "(":
            first = replace(first, text=f"{number.text} {first.text}")
        return [first, *others] if others else []
    return cells


def heads(line: Line, table: list[list[str]]) -> list[str] | None:
    """The cells of a line above a table, if it names the columns: none of them a number of the table's kind."""
    cells = [cell.text for cell in line.cells]
    wide = max(len(row) for row in table)
    if len(cells) == wide + 1 and MARKER.match(table[0][0].split()[0]):
        cells = [f"{cells[0]} {cells[1]}", *cells[2:]]
    return cells if 2 <= len(cells) <= wide else None


def _aligned(cells: list[Line], starts: list[float], ends: list[float]) -> bool:
    """Whether the inner cells stand below those of the row before: by their left edge, amounts by their right.

    The words of a justified line share both outer edges with their neighbours, and nothing between.
    """
    inner = sum(
        any(abs(cell.x0 - x) < 6 for x in starts[1:])
        or (bool(re.search(r"\d", cell.text)) and any(abs(cell.x1 - x) < 4 for x in ends[1:]))
        for cell in cells[1:]
    )
    return inner >= max(1, len(cells) - 2)


def _goes_on(line: Line, columns: list[float]) -> bool:
    """Whether a line is the second line of a cell: in a column of its own, and short."""
    column = [n for n, x in enumerate(columns) if abs(line.x0 - x) < 6]
    if not column:
        return False
    number = column[0]
    return number + 1 >= len(columns) or line.x1 < columns[number + 1]


def _append(row: list[str], line: Line, columns: list[float]) -> None:
    number = next(n for n, x in enumerate(columns) if abs(line.x0 - x) < 6)
    number = min(number, len(row) - 1)
    row[number] = f"{row[number]} {line.text}".strip()
