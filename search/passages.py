"""Which sentences and items of a section are no pledges? They are found each by itself, as the pledges are.

A whole section as one entry would repeat every pledge in it and say nothing of where the words stand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from programmes.ingest import sentences

Span = tuple[int, int]

# A line of a section's Markdown is a paragraph, an item or a row of a table.
LINE = re.compile(r"[^\n]+")
MARKER = re.compile(r"(?<!\s)\s*+(?:[-*+•]|\d{1,3}[.)])\s+")
LETTERS = re.compile(r"[^\W\d_]{2}")
COVERED = 0.5  # of a sentence that pledges may cover before it counts as one


def passages(text: str, pledges: Iterable[Span]) -> list[Span]:
    """The sentences and items of `text` outside the spans of its pledges, in order."""
    taken = sorted(pledges)
    return [
        (start, end)
        for start, end in _sentences(text)
        if _shared(start, end, taken) < COVERED * (end - start)
    ]


def _sentences(text: str) -> Iterable[Span]:
    for line in LINE.finditer(text):
        if line[0].lstrip().startswith("|"):
            row = line[0].strip().strip("|")
            if LETTERS.search(row):
                yield line.span()
            continue
        marker = MARKER.match(line[0])
        begin = line.start() + (marker.end() if marker else 0)
        for start, end in sentences.split(text[begin : line.end()]):
            if LETTERS.search(text, begin + start, begin + end):
                yield begin + start, begin + end


def _shared(start: int, end: int, taken: list[Span]) -> int:
    """How many letters of it lie in the (sorted) spans."""
    return sum(
        max(0, min(end, last) - max(start, first))
        for first, last in taken
        if first < end and last > start
    )
