"""What one part of the embedded index holds, how it is written, read and merged.

Words, not terms, are what is counted: a word is the tuple of terms that stand at a position ("=radwege",
"radweg", "+rad", "+weg"). Each occurrence is kept once, under its word; a term is the words that have it. That
takes two fifths of the room that a list for every term takes, and a search gathers slices. Words are sorted so
that those of one family lie side by side, and are gathered as one slice.

A field's text that several entries share in a row (the title of their document, the heading of their section)
is one row of that field. Facet values are kept as distinct combinations, one number for each entry and group.
"""

from __future__ import annotations

import itertools
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from search.engines import arrays
from search.engines.arrays import Array, Damaged, distinct, ranges
from search.engines.base import FACETS, FIELDS, Entry

VERSION = 1
# Facets whose values an entry shares with the rest of its document, and those of its own.
GROUPS = (
    ("kind", "place", "state", "party", "year"),
    ("unit", "topic", "specificity"),
)
LAST = 0xFFFF  # the highest position and length that are told apart
MOST_ROWS = 1 << 23  # entries of one segment
NONE = np.empty(0, np.int64)
BLOCK = 64  # terms between two that are kept in memory
REMEMBERED = 20_000  # terms of which is kept where they are

Word = tuple[str, ...]
Values = tuple[tuple[str, ...], ...]  # of the facets of a group, in its order


@dataclass(slots=True)
class _Rows:
    """A field while it is collected: the rows, where they begin, and every occurrence as word, row, position."""

    starts: Array  # the first entry of each row
    lengths: Array
    words: Array
    rows: Array
    positions: Array


@dataclass(slots=True)
class _Draft:
    """All that a segment is made of, before it is sorted."""

    words: list[Word]
    fields: dict[str, _Rows]
    ids: bytes
    id_ends: Array
    positions: Array
    runs: Array  # the first entry of each run of entries of one document
    documents: Array
    newest: Array
    places: list[str]  # of each run
    codes: list[Array]
    values: list[list[Values]]


class Builder:
    """Collects entries and writes them as one segment."""

    def __init__(self) -> None:
        self.size = 0
        self._words = _Numbered()
        self._fields = {name: _Collected() for name in FIELDS}
        self._ids: list[str] = []
        self._positions = array("q")
        self._runs = array("q")
        self._run: tuple[int, int, str] | None = None
        self._documents: list[tuple[int, int, str]] = []
        self._codes = [array("I") for _ in GROUPS]
        self._values: list[dict[Values, int]] = [{} for _ in GROUPS]

    def add(self, entry: Entry) -> None:
        at = self.size
        for name, collected in self._fields.items():
            value = entry.fields.get(name, ())
            # A text is a row of its own even where its neighbour says the same.
            if name == "text" or not at or value != collected.last:
                collected.last = value
                collected.starts.append(at)
                collected.lengths.append(len(value))
                collected.words.extend(self._numbers(value))
        self._ids.append(entry.id)
        self._positions.append(entry.position)
        run = (entry.document, entry.newest, entry.place)
        if run != self._run:
            self._run = run
            self._runs.append(at)
            self._documents.append(run)
        facets = entry.facets
        for names, codes, known in zip(GROUPS, self._codes, self._values, strict=True):
            values = tuple([facets.get(name, ()) for name in names])
            code = known.get(values)
            if code is None:
                code = known[values] = len(known)
            codes.append(code)
        self.size += 1

    def write(self, path: Path) -> None:
        ids = [name.encode() for name in self._ids]
        runs = self._documents
        _write(
            path,
            _Draft(
                words=list(self._words),
                fields={name: collected.rows() for name, collected in self._fields.items()},
                ids=b"".join(ids),
                id_ends=np.cumsum(np.fromiter(map(len, ids), np.int64, len(ids))),
                positions=np.array(self._positions, np.int64),
                runs=np.array(self._runs, np.int64),
                documents=np.array([run[0] for run in runs], np.int64),
                newest=np.array([run[1] for run in runs], np.int64),
                places=[run[2] for run in runs],
                codes=[np.array(codes, np.uint32) for codes in self._codes],
                values=[list(known) for known in self._values],
            ),
        )

    def _numbers(self, value: Sequence[Sequence[str]]) -> list[int]:
        known = self._words
        try:
            return [known[word] for word in value]  # type: ignore[index]
        except TypeError:  # a list cannot be looked up
            return [known[tuple(word)] for word in value]


class _Numbered(dict[Word, int]):
    """Words, numbered as they come."""

    def __missing__(self, word: Word) -> int:
        number = self[word] = len(self)
        return number


@dataclass(slots=True)
class _Collected:
    """A field of the entries added so far."""

    last: Sequence[Sequence[str]] | None = None
    starts: array[int] = field(default_factory=lambda: array("I"))
    lengths: array[int] = field(default_factory=lambda: array("I"))
    words: array[int] = field(default_factory=lambda: array("I"))

    def rows(self) -> _Rows:
        lengths = np.array(self.lengths, np.int64)
        return _Rows(
            starts=np.array(self.starts, np.int64),
            lengths=lengths,
            words=np.array(self.words, np.uint32),
            rows=np.repeat(np.arange(len(lengths), dtype=np.uint32), lengths),
            positions=ranges(np.zeros(len(lengths), np.int64), lengths),
        )


class Field:
    """A field of a segment: which rows hold a word, where, and which entries a row is."""

    __slots__ = ("_starts", "lengths", "positions", "ptr", "rows", "size", "total", "words")

    def __init__(self, held: dict[str, Any], name: str, size: int) -> None:
        self.rows: Array = held[f"{name}.rows"]
        self.positions: Array = held[f"{name}.positions"]
        self.ptr: Array = held[f"{name}.ptr"]
        self.lengths: Array = held[f"{name}.lengths"]
        # None: every word of the segment, and a row is an entry
        self.words: Array | None = held.get(f"{name}.words")
        self._starts: Array | None = held.get(f"{name}.starts")
        self.size = size
        self.total = int(self.spans.dot(self.lengths.astype(np.int64)))

    @property
    def is_plain(self) -> bool:
        """Is a row an entry?"""
        return self._starts is None

    @property
    def spans(self) -> Array:
        """How many entries each row is."""
        if self._starts is None:
            return np.ones(self.size, np.int64)
        return np.diff(self._starts, append=self.size).astype(np.int64)

    def occurring(self, words: Array) -> Array:
        """Those of the words that occur here."""
        if self.words is None:
            return words
        if not len(self.words):
            return self.words
        at = self.words.searchsorted(words)
        at[at == len(self.words)] = 0
        there: Array = words[self.words[at] == words]
        return there

    def spread(self, words: Array) -> int:
        """How many entries have one of the words, which occur here."""
        rows = distinct(self.rows[ranges(*self.slices(words))])
        if self._starts is None:
            return len(rows)
        return int(self._ends(rows).sum() - self._starts[rows].sum())

    def slices(self, words: Array) -> tuple[Array, Array]:
        """For words that occur here: where their occurrences begin, and how many they are."""
        at = words if self.words is None else self.words.searchsorted(words)
        starts = self.ptr[at].astype(np.int64)
        return starts, self.ptr[at + 1] - starts

    def rows_of(self, words: Array) -> Array:
        """The rows of words that occur here, in no order; those of one word are read where they lie."""
        starts, counts = self.slices(words)
        pieces = [
            self.rows[start : start + count]
            for start, count in zip(starts.tolist(), counts.tolist(), strict=True)
        ]
        return pieces[0] if len(pieces) == 1 else np.concatenate(pieces or [self.rows[:0]])

    def entries(self, rows: Array) -> tuple[Array, Array]:
        """The entries of rows, and for each which of the rows it is of."""
        if self._starts is None:
            return rows, np.arange(len(rows))
        starts = self._starts[rows].astype(np.int64)
        counts = self._ends(rows) - starts
        return ranges(starts, counts), np.arange(len(rows)).repeat(counts)

    def _ends(self, rows: Array) -> Array:
        assert self._starts is not None  # noqa: S101 – for rows of several entries
        following = rows.astype(np.int64) + 1
        last = following == len(self._starts)
        following[last] = 0
        ends = self._starts[following].astype(np.int64)
        ends[last] = self.size
        return ends


class Known(NamedTuple):
    """The words that have a term, ascending, by the field they occur in; how many entries have them in the field
    where they are most."""

    words: dict[str, Array]
    spread: int


class Segment:
    """A part of the index as it was written; it never changes. Safe to share by threads."""

    def __init__(self, path: Path) -> None:
        held, meta = arrays.read(path)
        if meta.get("version") != VERSION:
            raise Damaged(f"{path.name} stammt von einer anderen Fassung des Programms")
        self.name = path.name
        self.size: int = meta["size"]
        self.fields = {name: Field(held, name, self.size) for name in FIELDS}
        self._terms: memoryview = held["terms"]
        self._term_ends: Array = held["term_ends"]
        self._term_ptr: Array = held["term_ptr"]
        self._term_words: Array = held["term_words"]
        self.word_count: int = meta["words"]
        self._ids: memoryview = held["ids"]
        self._id_ends: Array = held["id_ends"]
        self.positions: Array = held["positions"]
        self.runs: Array = held["runs"]
        self.documents: Array = held["documents"]
        self.newest: Array = held["newest"]
        self.place_of_run: Array = held["place_of_run"]
        self.places: list[str] = meta["places"]
        self.codes: list[Array] = [held[f"codes{group}"] for group in range(len(GROUPS))]
        self.code_counts: list[int] = meta["codes"]
        self.values: dict[str, list[str]] = meta["values"]
        # Which combination of a group has which value of a facet.
        self.pairs: dict[str, tuple[Array, Array]] = {
            name: (held[f"{name}.codes"], held[f"{name}.values"]) for name in FACETS
        }
        self._samples = [self._term(at) for at in range(0, len(self._term_ends), BLOCK)]
        self._found: dict[tuple[str, bool], Known] = {}
        self._run_of_entry: Array | None = None

    @property
    def run_of_entry(self) -> Array:
        """Which run of a document each entry is in."""
        if self._run_of_entry is None:
            counts = np.diff(self.runs, append=self.size).astype(np.int64)
            self._run_of_entry = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        return self._run_of_entry

    def words(self, term: str, *, prefix: bool = False) -> Known:
        """The words that have a term, or one that begins so."""
        key = (term, prefix)
        known = self._found.get(key)
        if known is None:
            words = self._words_of(term.encode(errors="surrogatepass"), prefix)
            found: dict[str, Array] = {}
            spread = 0
            for name, own in self.fields.items():
                there = own.occurring(words)
                if len(there):
                    found[name] = there
                    spread = max(spread, own.spread(there))
            known = Known(found, spread)
            if len(self._found) >= REMEMBERED:
                self._found.clear()
            self._found[key] = known
        return known

    def _words_of(self, wanted: bytes, prefix: bool) -> Array:
        first = self._place(wanted)
        if prefix:
            last = self._place(wanted + b"\xff")
            found = self._term_words[self._term_ptr[first] : self._term_ptr[last]]
            return distinct(found.copy()) if last - first > 1 else found
        if first == len(self._term_ends) or self._term(first) != wanted:
            return self._term_words[:0]
        return self._term_words[self._term_ptr[first] : self._term_ptr[first + 1]]

    def ids(self, entries: Array) -> list[str]:
        ends = self._id_ends[entries].tolist()
        starts = self._id_ends[entries - 1].tolist()
        held = self._ids
        return [
            str(held[start if entry else 0 : end], "utf-8")
            for entry, start, end in zip(entries.tolist(), starts, ends, strict=True)
        ]

    def of_document(self, document: int) -> Array:
        """The entries of a document."""
        found = np.flatnonzero(self.documents == document)
        starts = self.runs[found].astype(np.int64)
        ends = np.append(self.runs, self.size)[found + 1]
        return ranges(starts, ends - starts)

    def terms(self, prefix: str = "") -> Iterator[str]:
        """All terms that begin so, ascending."""
        wanted = prefix.encode(errors="surrogatepass")
        for at in range(self._place(wanted), self._place(wanted + b"\xff")):
            yield self._term(at).decode(errors="surrogatepass")

    def frequencies(self, prefix: str, alive: Array | None) -> dict[str, int]:
        """How many entries hold each term of the text field that begins so."""
        wanted = prefix.encode(errors="surrogatepass")
        first, last = self._place(wanted), self._place(wanted + b"\xff")
        if first == last:
            return {}
        ptr = self._term_ptr[first : last + 1].astype(np.int64)
        words = self._term_words[ptr[0] : ptr[-1]]
        text = self.fields["text"]
        term_of_word = np.repeat(np.arange(last - first), np.diff(ptr))
        starts, counts = text.slices(words)
        entries = text.rows[ranges(starts, counts)]
        terms = term_of_word.repeat(counts)
        if alive is not None:
            kept = alive[entries]
            entries, terms = entries[kept], terms[kept]
        key = (terms.astype(np.uint64) << np.uint64(32)) | entries.astype(np.uint64)
        held = np.bincount(
            (distinct(key) >> np.uint64(32)).astype(np.int64), minlength=last - first
        )
        return {
            self._term(first + at).decode(errors="surrogatepass"): int(held[at])
            for at in np.flatnonzero(held).tolist()
        }

    def all_words(self) -> list[Word]:
        """Every word with its terms, by number."""
        counts: Array = np.diff(self._term_ptr.astype(np.int64))
        term_of = np.repeat(np.arange(len(counts)), counts)
        order = np.argsort(self._term_words, kind="stable")
        ends = np.cumsum(np.bincount(self._term_words, minlength=self.word_count)).tolist()
        names = list(self.terms())
        listed = [names[at] for at in term_of[order].tolist()]
        return [tuple(listed[start:end]) for start, end in itertools.pairwise([0, *ends])]

    def ids_of(self, entries: Array) -> tuple[bytes, Array]:
        ends = self._id_ends.astype(np.int64)
        starts = np.concatenate([[0], ends[:-1]])[entries] if len(ends) else ends
        counts = ends[entries] - starts
        whole = np.frombuffer(self._ids, np.uint8) if len(self._ids) else np.empty(0, np.uint8)
        return whole[ranges(starts, counts)].tobytes(), np.cumsum(counts)

    def combinations(self, group: int) -> list[Values]:
        """The values of each code of a group."""
        listed: list[list[tuple[str, ...]]] = [[] for _ in range(self.code_counts[group])]
        for name in GROUPS[group]:
            values = self.values[name]
            held: list[list[str]] = [[] for _ in listed]
            codes, numbers = self.pairs[name]
            for code, number in zip(codes.tolist(), numbers.tolist(), strict=True):
                held[code].append(values[number])
            for into, found in zip(listed, held, strict=True):
                into.append(tuple(found))
        return [tuple(values) for values in listed]

    def _term(self, at: int) -> bytes:
        start = int(self._term_ends[at - 1]) if at else 0
        return bytes(self._terms[start : int(self._term_ends[at])])

    def _place(self, wanted: bytes) -> int:
        """The number of the first term that is not before `wanted`."""
        block = bisect_right(self._samples, wanted) - 1
        if block < 0:
            return 0
        first = block * BLOCK
        ends = self._term_ends[first : first + BLOCK].tolist()
        start = int(self._term_ends[first - 1]) if first else 0
        piece = bytes(self._terms[start : ends[-1]])
        terms = [
            piece[begin - start : end - start] for begin, end in itertools.pairwise([start, *ends])
        ]
        return first + bisect_left(terms, wanted)


def merge(path: Path, parts: Iterable[tuple[Segment, Array | None]]) -> None:
    """Write the entries of several segments that are alive (None: all) as one."""
    words: dict[Word, int] = {}
    collected: dict[str, list[_Rows]] = {name: [] for name in FIELDS}
    ids: list[bytes] = []
    id_ends: list[Array] = []
    positions: list[Array] = []
    runs: list[Array] = []
    documents: list[Array] = []
    newest: list[Array] = []
    places: list[str] = []
    codes: list[list[Array]] = [[] for _ in GROUPS]
    values: list[dict[Values, int]] = [{} for _ in GROUPS]
    size = bytes_of_ids = 0
    rows_before = dict.fromkeys(FIELDS, 0)
    for segment, alive in parts:
        kept = np.arange(segment.size) if alive is None else np.flatnonzero(alive)
        if not len(kept):
            continue
        number = np.array(
            [words.setdefault(word, len(words)) for word in segment.all_words()], np.uint32
        )
        for name, held in segment.fields.items():
            rows = _surviving(held, number, kept, size, rows_before[name])
            rows_before[name] += len(rows.starts)
            collected[name].append(rows)
        blob, ends = segment.ids_of(kept)
        ids.append(blob)
        id_ends.append(ends + bytes_of_ids)
        bytes_of_ids += len(blob)
        positions.append(segment.positions[kept])
        run_of = segment.run_of_entry[kept]
        first = np.flatnonzero(np.diff(run_of, prepend=-1))
        runs.append(first + size)
        chosen = run_of[first]
        documents.append(segment.documents[chosen])
        newest.append(segment.newest[chosen])
        places += [segment.places[at] for at in segment.place_of_run[chosen].tolist()]
        for group in range(len(GROUPS)):
            own = segment.codes[group][kept]
            used = np.unique(own)
            listed = segment.combinations(group)
            renamed = np.zeros(len(listed), np.uint32)
            known = values[group]
            for code in used.tolist():
                renamed[code] = known.setdefault(listed[code], len(known))
            codes[group].append(renamed[own])
        size += len(kept)
    _write(
        path,
        _Draft(
            words=list(words),
            fields={name: _joined(rows) for name, rows in collected.items()},
            ids=b"".join(ids),
            id_ends=_together(id_ends),
            positions=_together(positions),
            runs=_together(runs),
            documents=_together(documents),
            newest=_together(newest),
            places=places,
            codes=[_together(own).astype(np.uint32) for own in codes],
            values=[list(known) for known in values],
        ),
    )


def _surviving(held: Field, number: Array, kept: Array, before: int, rows_before: int) -> _Rows:
    """The rows of a field that still have an entry, with new numbers for words, rows and entries."""
    spans = held.spans
    row_of_entry = np.repeat(np.arange(len(spans)), spans)[kept]
    first = np.flatnonzero(np.diff(row_of_entry, prepend=-1))
    survivors = row_of_entry[first]
    renamed = np.full(len(spans), -1, np.int64)
    renamed[survivors] = np.arange(len(survivors)) + rows_before
    counts = np.diff(held.ptr.astype(np.int64)).astype(np.int64)
    own = np.arange(len(counts)) if held.words is None else held.words
    rows = renamed[held.rows]
    alive = rows >= 0
    return _Rows(
        starts=first + before,
        lengths=held.lengths[survivors].astype(np.int64),
        words=np.repeat(number[own], counts)[alive],
        rows=rows[alive].astype(np.uint32),
        positions=held.positions[alive],
    )


def _joined(parts: list[_Rows]) -> _Rows:
    return _Rows(
        *(
            _together([getattr(part, name) for part in parts])
            for name in ("starts", "lengths", "words", "rows", "positions")
        )
    )


def _together(parts: list[Array]) -> Array:
    return np.concatenate(parts) if parts else np.empty(0, np.int64)


def _write(path: Path, draft: _Draft) -> None:
    """Sort what was collected and write it."""
    size = len(draft.positions)
    # Words of one family ("sanieren", "Sanierung": "~sanier") share their last term.
    families = [max(word, default="") for word in draft.words]
    order = np.array(sorted(range(len(families)), key=families.__getitem__), np.int64)
    rank = np.empty(len(order), np.uint64)
    rank[order] = np.arange(len(order), dtype=np.uint64)
    held_terms = list(itertools.chain.from_iterable(draft.words))
    terms = sorted(set(held_terms))  # by code points, which is the order of their bytes, too
    encoded = [term.encode(errors="surrogatepass") for term in terms]
    number = dict(zip(terms, itertools.count()))
    pairs = np.fromiter(map(number.__getitem__, held_terms), np.uint64, len(held_terms))
    pairs <<= np.uint64(32)
    lengths = np.fromiter(map(len, draft.words), np.int64, len(draft.words))
    pairs |= rank.repeat(lengths)
    pairs = distinct(pairs)
    held: dict[str, Array | bytes] = {
        "terms": b"".join(encoded),
        "term_ends": _small(np.cumsum(np.fromiter(map(len, encoded), np.int64, len(encoded)))),
        "term_ptr": _pointers((pairs >> np.uint64(32)).astype(np.int64), len(terms)),
        "term_words": (pairs & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        "ids": draft.ids,
        "id_ends": _small(draft.id_ends),
        "positions": _small(draft.positions),
        "runs": draft.runs.astype(np.uint32),
        "documents": draft.documents.astype(np.int64),
        "newest": draft.newest.astype(np.int64),
    }
    places = sorted(set(draft.places))
    place_number = {place: at for at, place in enumerate(places)}
    held["place_of_run"] = np.array([place_number[place] for place in draft.places], np.uint32)
    for name, rows in draft.fields.items():
        _sort_field(held, name, rows, rank, size)
    values: dict[str, list[str]] = {}
    for group, (names, codes, combinations) in enumerate(
        zip(GROUPS, draft.codes, draft.values, strict=True)
    ):
        held[f"codes{group}"] = codes.astype(np.uint16 if len(combinations) <= LAST else np.uint32)
        for at, name in enumerate(names):
            listed = sorted({value for combination in combinations for value in combination[at]})
            values[name] = listed
            value_number = {value: place for place, value in enumerate(listed)}
            owned = [
                (code, value_number[value])
                for code, combination in enumerate(combinations)
                for value in dict.fromkeys(combination[at])
            ]
            held[f"{name}.codes"] = np.array([pair[0] for pair in owned], np.uint32)
            held[f"{name}.values"] = np.array([pair[1] for pair in owned], np.uint32)
    arrays.write(
        path,
        held,
        {
            "version": VERSION,
            "size": size,
            "words": len(order),
            "places": places,
            "codes": [len(combinations) for combinations in draft.values],
            "values": values,
        },
    )


def _sort_field(
    held: dict[str, Array | bytes], name: str, rows: _Rows, rank: Array, size: int
) -> None:
    key = rank[rows.words]
    key <<= np.uint64(24)
    key |= rows.rows.astype(np.uint64)
    key <<= np.uint64(16)
    key |= np.minimum(rows.positions, LAST).astype(np.uint64)
    key.sort()
    held[f"{name}.rows"] = ((key >> np.uint64(16)) & np.uint64(0xFFFFFF)).astype(np.uint32)
    held[f"{name}.positions"] = (key & np.uint64(LAST)).astype(np.uint16)
    words = (key >> np.uint64(40)).astype(np.int64)
    if name == "text":
        held[f"{name}.ptr"] = _pointers(words, len(rank))
    else:
        used, counts = np.unique(words, return_counts=True)
        held[f"{name}.words"] = used.astype(np.uint32)
        held[f"{name}.ptr"] = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint32)
    held[f"{name}.lengths"] = np.minimum(rows.lengths, LAST).astype(np.uint16)
    if len(rows.starts) != size:
        held[f"{name}.starts"] = rows.starts.astype(np.uint32)


def _pointers(numbers: Array, count: int) -> Array:
    """For sorted numbers below `count`: where each begins, and the end."""
    return np.concatenate([[0], np.cumsum(np.bincount(numbers, minlength=count))]).astype(np.uint32)


def _small(numbers: Array) -> Array:
    """Unsigned, in four bytes where they suffice."""
    if not len(numbers) or (int(numbers.min()) >= 0 and int(numbers.max()) < 1 << 32):
        return numbers.astype(np.uint32)
    return numbers.astype(np.int64)
