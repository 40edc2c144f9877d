"""The fragment of a text that shows best why it was found, with every hit told apart."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from search import analysis

WIDTH = 320  # characters: three lines of a wide page; nine in ten pledges are shorter
MOST = 2


class Fragment(NamedTuple):
    text: str
    hit: bool


def snippets(
    text: str, terms: Collection[str], width: int = WIDTH, most: int = MOST
) -> tuple[Fragment, ...]:
    """Up to `most` pieces of about `width` characters around the densest hits, the best first, cut between words,
    "…" where cut; a text that is short enough is shown whole.

    A word is a hit if one of its readings is in `terms`, or begins as a term that ends in "*".
    """
    hits = _hits(text, terms)
    shown: list[tuple[int, int]] = []
    fragments: list[Fragment] = []
    while len(shown) < most:
        free = [
            hit for hit in hits if all(hit[1] <= start or hit[0] >= end for start, end in shown)
        ]
        if shown and not free:
            break
        start, end = _window(text, free, width)
        for first, last in shown:  # no word twice
            start, end = (max(start, last), end) if free[0][0] >= last else (start, min(end, first))
        inside = [hit for hit in free if hit[0] >= start and hit[1] <= end]
        if shown and not inside:
            break
        if start > 0:
            fragments.append(Fragment(" … " if shown else "… ", False))
        fragments += _split(text, inside, start, end)
        shown.append((start, end))
    if shown[-1][1] < len(text):
        fragments.append(Fragment(" …", False))
    return tuple(fragments)


def count(text: str, terms: Collection[str]) -> int:
    """How many words of it are hits."""
    return len(_hits(text, terms))


def marked(text: str, terms: Collection[str]) -> tuple[Fragment, ...]:
    """The whole of a short text, as a heading, with every hit told apart."""
    return tuple(_split(text, _hits(text, terms), 0, len(text)))


def _hits(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    known = _known(terms if isinstance(terms, frozenset) else frozenset(terms))
    if "-" in text:  # a hyphened word is also read as one
        return [
            (word.start, word.end) for word in analysis.words(text) if known.has_one(word.terms)
        ]
    return [found.span() for found in analysis.WORD.finditer(text) if known[found[0]]]


@lru_cache(maxsize=64)
def _known(terms: frozenset[str]) -> _Hits:
    return _Hits(terms)


class _Hits(dict[str, bool]):
    """Is a word a hit? Found out once for each word, not again for each text on a page of hits."""

    def __init__(self, terms: frozenset[str]) -> None:
        self._exact = frozenset(term for term in terms if not term.endswith("*"))
        self._prefixes = tuple(term[:-1] for term in terms if term.endswith("*"))

    def __missing__(self, word: str) -> bool:
        found = self[word] = self.has_one(analysis.readings(word))
        return found

    def has_one(self, readings: Collection[str]) -> bool:
        return not self._exact.isdisjoint(readings) or (
            bool(self._prefixes) and any(each.startswith(self._prefixes) for each in readings)
        )


def _split(text: str, hits: list[tuple[int, int]], start: int, end: int) -> list[Fragment]:
    fragments = []
    at = start
    for first, last in hits:
        if first > at:
            fragments.append(Fragment(text[at:first], False))
        fragments.append(Fragment(text[first:last], True))
        at = last
    if at < end:
        fragments.append(Fragment(text[at:end], False))
    return fragments


def _window(text: str, hits: list[tuple[int, int]], width: int) -> tuple[int, int]:
    """Where most hits stand within `width`, the first such place; widened to whole words."""
    if len(text) <= width:
        return 0, len(text)
    best, best_count, right = 0, 0, 0
    for left, (first, _) in enumerate(hits):
        while right < len(hits) and hits[right][1] <= first + width - 60:
            right += 1
        if right - left > best_count:
            best, best_count = first, right - left
    start = max(0, best - 60) if hits else 0
    if start:
        space = re.compile(r"\s").search(text, start, best)
        start = space.end() if space else best
    end = min(len(text), start + width)
    if end < len(text):
        space_at = text.rfind(" ", start + width // 2, end)
        end = space_at if space_at > 0 else end
    return start, end
