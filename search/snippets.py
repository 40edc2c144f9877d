"""The fragment of a text that shows best why it was found, with every hit told apart."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from search import analysis

WIDTH = 260


class Fragment(NamedTuple):
    text: str
    hit: bool


def snippet(text: str, terms: Collection[str], width: int = WIDTH) -> tuple[Fragment, ...]:
    """About `width` characters of `text` around its densest hits, cut between words, "…" where cut.

    A word is a hit if one of its readings is in `terms`, or begins as a term that ends in "*".
    """
    hits = _hits(text, terms)
    start, end = _window(text, hits, width)
    fragments = [Fragment("… ", False)] if start > 0 else []
    fragments += _split(
        text, [hit for hit in hits if hit[0] >= start and hit[1] <= end], start, end
    )
    if end < len(text):
        fragments.append(Fragment(" …", False))
    return tuple(fragments)


def marked(text: str, terms: Collection[str]) -> tuple[Fragment, ...]:
    """The whole of a short text, as a heading, with every hit told apart."""
    return tuple(_split(text, _hits(text, terms), 0, len(text)))


def _hits(text: str, terms: Collection[str]) -> list[tuple[int, int]]:
    exact = {term for term in terms if not term.endswith("*")}
    prefixes = tuple(term[:-1] for term in terms if term.endswith("*"))
    return [
        (word.start, word.end)
        for word in analysis.words(text)
        if not exact.isdisjoint(word.terms)
        or (prefixes and any(reading.startswith(prefixes) for reading in word.terms))
    ]


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
