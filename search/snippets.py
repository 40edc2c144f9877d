"""The fragment of a text that shows best why it was found, with every hit told apart."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import lru_cache
from itertools import islice
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
    """Where the words stand that are hits, and the rows of words; a hyphened word is also read as one."""
    wanted = _told_apart(terms if isinstance(terms, frozenset) else frozenset(terms))
    exact, prefixes = wanted.exact, wanted.prefixes
    pieces = text.split(" ")
    is_miss = exact.isdisjoint
    held = list(map(_terms.__getitem__, pieces))
    chosen = [at for at, own in enumerate(held) if not is_miss(own)]
    if prefixes:
        begun = [at for at, own in enumerate(held) if _begins_so(own, prefixes)]
        chosen = sorted({*chosen, *begun})
    found: list[Span] = []
    at = piece_start = 0
    for number in chosen:
        piece_start += sum(map(len, pieces[at:number])) + number - at
        at = number
        for start, end, own, whole in _words(pieces[number]):
            if not is_miss(own) or (prefixes and _begins_so(own, prefixes)):
                found.append((piece_start + start, piece_start + end))
            elif whole and not is_miss(whole[1]):
                found.append((piece_start + whole[0], piece_start + end))
    more: list[Span] = []
    for row in wanted.rows:
        more += _rows(pieces, held, row)
    if "-" in text:
        for end, own in analysis.hanging(text).items():
            if not is_miss(own):
                start = max(text.rfind(before, 0, end) for before in " \n-/") + 1
                more.append((start, end))
    return _merged([*found, *more]) if more or "-" in text else found


def _rows(pieces: list[str], held: list[tuple[str, ...]], row: tuple[str, ...]) -> Iterator[Span]:
    """Where the words stand in this order; `held` are the terms of each piece."""
    begin = at = 0
    for number, own in enumerate(held):
        if row[0] not in own:
            continue
        begin += sum(map(len, pieces[at:number])) + number - at
        at = number
        words = list(islice(_from(pieces, number, begin), len(row) + len(_words(pieces[number]))))
        for first in range(len(words) - len(row) + 1):
            if all(term in words[first + more][2] for more, term in enumerate(row)):
                yield words[first][0], words[first + len(row) - 1][1]


def _from(pieces: list[str], number: int, begin: int) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """The words from this piece on: where they stand, and all their terms."""
    for piece in pieces[number:]:
        for start, end, own, whole in _words(piece):
            yield begin + start, begin + end, own + whole[1] if whole else own
        begin += len(piece) + 1


def _merged(spans: list[Span]) -> list[Span]:
    """In order, those that share letters as one."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found


@lru_cache(maxsize=REMEMBERED)
def _begins_so(terms: tuple[str, ...], prefixes: tuple[str, ...]) -> bool:
    return any(term.startswith(prefixes) for term in terms)


class _Word(NamedTuple):
    """A word in a piece; `whole`: of the last part of a hyphened one where that begins, and its readings."""

    start: int
    end: int
    terms: tuple[str, ...]
    whole: tuple[int, tuple[str, ...]] | None


@lru_cache(maxsize=REMEMBERED)
def _words(piece: str) -> tuple[_Word, ...]:
    found: list[_Word] = []
    first, last = 0, -1
    for start, end, terms in analysis.words(piece):
        if start == last + 1 and piece[last] == "-" and found:
            own = analysis.readings(piece[start:end])
            found.append(_Word(start, end, own, (first, terms[len(own) :])))
        else:
            first = start
            found.append(_Word(start, end, terms, None))
        last = end
    return tuple(found)


class _Wanted(NamedTuple):
    exact: frozenset[str]
    prefixes: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@lru_cache(maxsize=64)
def _told_apart(terms: frozenset[str]) -> _Wanted:
    """Whole terms, how others begin, and rows of words."""
    single = [term for term in terms if " " not in term]
    return _Wanted(
        frozenset(term for term in single if not term.endswith("*")),
        tuple(term[:-1] for term in single if term.endswith("*")),
        tuple(tuple(term.split(" ")) for term in terms if " " in term),
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
