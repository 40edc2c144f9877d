"""The fragment of a text that shows best why it was found, with every hit told apart."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

from search import analysis

WIDTH = 320  # characters: three lines of a wide page; nine in ten pledges are shorter
MOST = 2
REMEMBERED, REMEMBERED_LENGTH = 20_000, 100  # pieces of text, and how long they may be


Span = tuple[int, int]


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
    if len(text) <= width:
        return tuple(_split(text, hits, 0, len(text)))
    shown: list[Span] = []
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


def _hits(text: str, terms: Collection[str]) -> list[Span]:
    """Where the words stand that are hits; a hyphened word is also read as one."""
    exact, prefixes = _told_apart(terms if isinstance(terms, frozenset) else frozenset(terms))
    pieces = text.split(" ")
    is_miss = exact.isdisjoint
    chosen = [at for at, own in enumerate(map(_terms.__getitem__, pieces)) if not is_miss(own)]
    if prefixes:
        begun = [at for at, piece in enumerate(pieces) if _begins_so(_terms[piece], prefixes)]
        chosen = sorted({*chosen, *begun})
    found: list[Span] = []
    at = piece_start = 0
    for number in chosen:
        piece_start += sum(map(len, pieces[at:number])) + number - at
        at = number
        for start, end, readings in _words(pieces[number]):
            if not is_miss(readings) or (prefixes and _begins_so(readings, prefixes)):
                found.append((piece_start + start, piece_start + end))
    return found


def _begins_so(terms: Collection[str], prefixes: tuple[str, ...]) -> bool:
    return any(term.startswith(prefixes) for term in terms)


@lru_cache(maxsize=REMEMBERED)
def _words(piece: str) -> tuple[analysis.Word, ...]:
    return tuple(analysis.words(piece))


@lru_cache(maxsize=64)
def _told_apart(terms: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Whole terms, and how others begin."""
    return (
        frozenset(term for term in terms if not term.endswith("*")),
        tuple(term[:-1] for term in terms if term.endswith("*")),
    )


class _Terms(dict[str, tuple[str, ...]]):
    """All terms of the words in what stands between two spaces."""

    def __missing__(self, piece: str) -> tuple[str, ...]:
        found = tuple({term for word in analysis.words(piece) for term in word.terms})
        if len(piece) <= REMEMBERED_LENGTH:
            if len(self) >= REMEMBERED:
                self.clear()
            self[piece] = found
        return found


_terms = _Terms()


def _split(text: str, hits: list[Span], start: int, end: int) -> list[Fragment]:
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


def _window(text: str, hits: list[Span], width: int) -> Span:
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
