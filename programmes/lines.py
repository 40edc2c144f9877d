"""How a row is written: as a line of CSV (RFC 4180) or of JSON Lines.

Rows are put together from cells that are text already, because the writers of the standard library cost
three times as much as reading the rows does, and an archive is taken away whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from json.encoder import encode_basestring
from typing import Any

BOM = "\ufeff"
# A cell that a spreadsheet would take for a formula gets an apostrophe; `unguarded` takes it off again.
FORMULA = re.compile(r"(?<!')'*+[=+\-@\t\r]")
SUSPECT = frozenset("'=+-@\t\r")


@dataclass(frozen=True, slots=True)
class Form:
    """One way of writing rows."""

    text: Callable[[str], str]  # a cell of text
    cell: Callable[[Any], str]  # a cell of any value
    none: str  # a cell without a value
    head: Callable[[Sequence[str]], str]  # what stands before all lines
    label: Callable[[str], str]  # what stands before a cell of this column
    begin: str
    between: str
    end: str

    def row(self, names: Iterable[str]) -> str:
        """A pattern for the cells of these columns."""
        return self.between.join(f"{self.label(name)}%s" for name in names)

    def lines(self, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
        """A line a row, its cells in the order of `names`."""
        line = self.begin + self.row(names) + self.end
        for row in rows:
            yield line % tuple(map(self.cell, row))


def guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _csv_text(text: str) -> str:
    if not text:
        return ""
    if text[0] in SUSPECT:
        text = guarded(text)
    return '"' + text.replace('"', '""') + '"'


def _csv_cell(value: Any) -> str:
    """Lists are joined by "|", lists of objects stay JSON, nothing is an empty cell."""
    if value is None or value == [] or value == "":
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if isinstance(value[0], dict):
            return _csv_text(json.dumps(value, ensure_ascii=False))
        return _csv_text("|".join(map(str, value)))
    return _csv_text(value) if isinstance(value, str) else str(value)


CSV = Form(
    text=_csv_text,
    cell=_csv_cell,
    none="",
    head=lambda names: ",".join(names) + "\r\n",
    label=lambda name: "",
    begin="",
    between=",",
    end="\r\n",
)
JSON = Form(
    text=encode_basestring,
    cell=json.JSONEncoder(ensure_ascii=False).encode,
    none="null",
    head=lambda names: "",
    label=lambda name: f'"{name}": ',
    begin="{",
    between=", ",
    end="}\n",
)
