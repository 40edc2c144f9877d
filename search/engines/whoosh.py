"""The embedded index: Whoosh's own files, read through numpy.

Whoosh keeps schema, segments, postings and locks; what is asked often is decoded once for each generation of
the index into arrays (ids, frequencies, positions of a term; facet values; lengths), and a search is set
algebra, BM25 and a count over arrays. Stock Whoosh scores a posting at a time in Python and took 26 ms at the
median and seconds for phrases of frequent words at 100,000 entries; arrays take a tenth.
"""

from __future__ import annotations

import itertools
import math
import shutil
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from whoosh import fields, index
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from search.engines.base import (
    FACETS,
    Clause,
    EngineUnavailable,
    Entry,
    Hit,
    Phrase,
    Query,
    Results,
)

Ints = np.ndarray[Any, np.dtype[np.int64]]
Floats = np.ndarray[Any, np.dtype[np.float64]]

# A hit in a heading or title is worth this much of one in the text.
WORTH = {"text": 1.0, "heading": 0.3, "title": 0.2}
K1, B = 1.2, 0.6
# An entry with the asked words near each other gains up to this share of its score.
NEAR = 0.25
POSITIONS = 1 << 20  # a key is entry × POSITIONS + position
CACHED = 64 * 2**20  # bytes of decoded postings kept for a generation


class Readings(fields.TEXT):
    """A field of what `analysis` decided: several terms at each position."""

    def index(
        self, value: Sequence[Sequence[str]], **_: Any
    ) -> Iterator[tuple[bytes, int, float, bytes]]:
        places: dict[str, list[int]] = {}
        for position, terms in enumerate(value):
            for term in dict.fromkeys(terms):
                places.setdefault(term, []).append(position)
        for term in sorted(places):
            found = places[term]
            yield term.encode(), len(found), float(len(found)), self.format.encode(found)


class Values(fields.KEYWORD):
    """A field of facet values, each one term."""

    def index(self, value: Sequence[str], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        for term in sorted(set(value)):
            yield term.encode(), 1, 1.0, b""


def _schema() -> fields.Schema:
    return fields.Schema(
        id=fields.ID(stored=True),
        document=fields.NUMERIC(int, bits=64, stored=True, sortable=True),
        position=fields.NUMERIC(int, bits=32, sortable=True),
        newest=fields.NUMERIC(int, bits=64, sortable=True),
        place=fields.ID(sortable=True),
        **{f"n_{name}": fields.NUMERIC(int, bits=32, sortable=True) for name in WORTH},
        **{name: Readings(phrase=True, spelling=False) for name in WORTH},
        **{f"f_{name}": Values(scorable=False) for name in FACETS},
    )


SCHEMA = _schema()


class WhooshEngine:
    """Safe for threads and for processes on one machine; the folder must be on a local disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._live = self.folder / "live"
        self._opening = threading.Lock()
        self._generation: _Generation | None = None

    def search(self, query: Query) -> Results:
        generation = self._current()
        return generation.search(query)

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        with self._writing():
            writer = self._open().writer(limitmb=32)
            try:
                writer.delete_by_term("document", document)
                for entry in entries:
                    writer.add_document(**_fields(entry))
            except BaseException:
                writer.cancel()
                raise
            writer.commit()

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[_Loader]:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(f"{self.folder} cannot be made: {error.strerror}") from error
        with self._writing():
            self._sweep()
            fresh = Path(tempfile.mkdtemp(prefix="build-", dir=self.folder))
            try:
                writer = index.create_in(fresh, SCHEMA).writer(limitmb=128)
                try:
                    yield _Loader(writer)
                except BaseException:
                    writer.cancel()
                    raise
                writer.commit(optimize=True)
                (fresh / "stamp").write_text(stamp)
            except BaseException:
                shutil.rmtree(fresh, ignore_errors=True)
                raise
            self._swap(fresh)

    def stamp(self) -> str | None:
        try:
            return (self._live / "stamp").read_text()
        except OSError:
            return None

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        return self._current().vocabulary(prefix, limit)

    def documents(self) -> Mapping[int, frozenset[str]]:
        return self._current().documents()

    def _current(self) -> _Generation:
        """What the index is now: a look at one file; opened anew only when a writer has moved it on."""
        seen = self._version()
        generation = self._generation
        if generation is None or generation.version != seen:
            with self._opening:
                generation = self._generation
                seen = self._version()
                if generation is None or generation.version != seen:
                    generation = self._generation = _Generation(self._open(), seen)
        return generation

    def _version(self) -> tuple[str, int, int]:
        """Which folder is live and when its table of contents changed."""
        try:
            live = self._live.readlink()
            folder = (self.folder / live).stat()
        except OSError as error:
            raise EngineUnavailable("there is no index; run manage.py rebuild_index") from error
        return str(live), folder.st_mtime_ns, folder.st_ino

    def _open(self) -> index.Index:
        try:
            return index.open_dir(str(self._live.resolve()), schema=SCHEMA)
        except (index.EmptyIndexError, OSError) as error:
            raise EngineUnavailable("there is no index; run manage.py rebuild_index") from error

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One writer at a time, over all processes; the lock goes with the process that held it."""
        if not self.folder.is_dir():
            raise EngineUnavailable("there is no index; run manage.py rebuild_index")
        lock = FileStorage(str(self.folder)).lock("writing")
        try:
            if not lock.acquire():
                raise EngineUnavailable("the index is being written")
        except OSError as error:
            raise EngineUnavailable(f"the index cannot be locked: {error.strerror}") from error
        try:
            yield
        finally:
            lock.release()

    def _swap(self, fresh: Path) -> None:
        """One rename decides: before it the old index is live, after it the new one."""
        old = self._live.resolve() if self._live.exists() else None
        link = self.folder / "next"
        link.unlink(missing_ok=True)
        link.symlink_to(fresh.name, target_is_directory=True)
        link.replace(self._live)
        if old is not None:
            shutil.rmtree(old, ignore_errors=True)

    def _sweep(self) -> None:
        """Folders that a crash left half built."""
        live = self._live.resolve() if self._live.exists() else None
        for left in self.folder.glob("build-*"):
            if left.resolve() != live:
                shutil.rmtree(left, ignore_errors=True)


class _Loader:
    def __init__(self, writer: Any) -> None:
        self._writer = writer

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._writer.add_document(**_fields(entry))


def _fields(entry: Entry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "document": entry.document,
        "position": entry.position,
        "newest": entry.newest,
        "place": entry.place or " ",
        **{f"n_{name}": len(entry.fields.get(name, ())) for name in WORTH},
        **{name: entry.fields[name] for name in WORTH if entry.fields.get(name)},
        **{
            f"f_{name}": tuple(dict.fromkeys(values))
            for name, values in entry.facets.items()
            if values
        },
    }


@dataclass(slots=True)
class _Posting:
    """Where a term stands in a field: entries ascending, how often in each, and keys of every position."""

    ids: Ints
    frequencies: Ints
    keys: Ints | None = None

    @property
    def size(self) -> int:
        return int(
            self.ids.nbytes
            + self.frequencies.nbytes
            + (self.keys.nbytes if self.keys is not None else 0)
        )


EMPTY = _Posting(np.empty(0, np.int64), np.empty(0, np.int64), np.empty(0, np.int64))


class _Generation:
    """One state of the index, decoded as it is asked for. Arrays are shared by threads; the reader is not."""

    def __init__(self, opened: index.Index, version: tuple[str, int, int]) -> None:
        self.version = version
        self._reader = opened.reader()
        self._reading = threading.RLock()
        self._postings: OrderedDict[tuple[str, str], _Posting] = OrderedDict()
        self._held = 0
        self.size = self._reader.doc_count_all()
        alive = np.ones(self.size, bool)
        if self._reader.has_deletions():
            for number in range(self.size):
                if self._reader.is_deleted(number):
                    alive[number] = False
        self.alive: Ints = np.flatnonzero(alive)
        self._document = self._column("document")
        self._position = self._column("position")
        self._newest = self._column("newest")
        self._place = self._ranks("place")
        self._lengths = {name: self._column(f"n_{name}").astype(np.float64) for name in WORTH}
        self._norms = {}
        for name, lengths in self._lengths.items():
            mean = float(lengths[self.alive].mean()) if len(self.alive) else 1.0
            self._norms[name] = K1 * (1 - B + B * lengths / max(mean, 1.0))
        self._facets = {name: self._facet_values(name) for name in FACETS}

    def search(self, query: Query) -> Results:
        found, scores = self._match(query.clauses)
        masks = {
            name: self._chosen(name, values)
            for name, values in query.filters.items()
            if values and name in self._facets
        }
        inside = np.ones(len(found), bool)
        for mask in masks.values():
            inside &= mask[found]
        facets = {
            name: self._count(name, found, masks) for name in query.facets if name in self._facets
        }
        kept, kept_scores = found[inside], scores[inside]
        order = self._order(query, kept, kept_scores)
        page = [(int(kept[at]), float(kept_scores[at])) for at in order]
        return Results(
            len(kept), tuple(Hit(self._id(number), score) for number, score in page), facets
        )

    def vocabulary(self, prefix: str, limit: int) -> dict[str, int]:
        with self._reading:
            found = [
                (term.decode(), self._reader.doc_frequency("text", term))
                for term in self._reader.expand_prefix("text", prefix)
            ]
        found.sort(key=lambda pair: (-pair[1], pair[0]))
        return dict(found[:limit])

    def documents(self) -> dict[int, frozenset[str]]:
        held: dict[int, set[str]] = {}
        with self._reading:
            for number in self.alive:
                stored = self._reader.stored_fields(int(number))
                held.setdefault(stored["document"], set()).add(stored["id"])
        return {document: frozenset(ids) for document, ids in held.items()}

    def _match(self, clauses: Sequence[Clause]) -> tuple[Ints, Floats]:
        """Entries that the clauses match, ascending, and their scores."""
        must = [clause for clause in clauses if clause.occur == "must"]
        should = [clause for clause in clauses if clause.occur == "should"]
        scores = np.zeros(self.size)
        matching: Ints | None = None
        nearby: list[Ints] = []
        for clause in must:
            ids = self._score(clause, scores, nearby)
            matching = (
                ids if matching is None else np.intersect1d(matching, ids, assume_unique=True)
            )
        if should:
            any_of = [self._score(clause, scores, nearby) for clause in should]
            if matching is None:
                matching = np.unique(np.concatenate(any_of))
        if matching is None:
            matching = self.alive
        for clause in clauses:
            if clause.occur == "not" and len(matching):
                matching = np.setdiff1d(
                    matching, self._score(clause, np.zeros(self.size), []), assume_unique=True
                )
        own = scores[matching]
        if len(nearby) > 1 and len(matching):
            own = own * (1 + NEAR * self._nearness(matching, nearby))
        return matching, own

    def _score(self, clause: Clause, scores: Floats, nearby: list[Ints]) -> Ints:
        """Add what each entry's best alternative is worth; returns the entries that have any."""
        best = np.zeros(self.size)
        hit = np.zeros(self.size, bool)
        keys: list[Ints] = []
        for phrase in clause.alternatives:
            for name, worth in WORTH.items():
                posting = self._phrase(name, phrase)
                if not len(posting.ids):
                    continue
                if name == "text" and posting.keys is not None:
                    keys.append(posting.keys)
                rarity = math.log(
                    1 + (len(self.alive) - len(posting.ids) + 0.5) / (len(posting.ids) + 0.5)
                )
                frequency = posting.frequencies
                value = (
                    phrase.weight
                    * worth
                    * rarity
                    * frequency
                    * (K1 + 1)
                    / (frequency + self._norms[name][posting.ids])
                )
                best[posting.ids] = np.maximum(best[posting.ids], value)
                hit[posting.ids] = True
        scores += best
        if keys:
            nearby.append(np.unique(np.concatenate(keys)))
        return np.flatnonzero(hit)

    def _nearness(self, matching: Ints, nearby: list[Ints]) -> Floats:
        """1 where the words of two clauses stand side by side, less the further apart, 0 where not together."""
        near = np.zeros(self.size)
        for first, second in itertools.pairwise(nearby):
            at = np.searchsorted(second, first)
            for neighbour in (np.minimum(at, len(second) - 1), np.maximum(at - 1, 0)):
                other = second[neighbour]
                same = (first >> 20) == (other >> 20)
                distance = np.abs(first - other)[same]
                np.maximum.at(near, (first >> 20)[same], 1.0 / np.maximum(distance, 1))
        return near[matching]

    def _phrase(self, field: str, phrase: Phrase) -> _Posting:
        if len(phrase.terms) == 1:
            return (
                self._prefix(field, phrase.terms[0])
                if phrase.prefix
                else self._posting(field, phrase.terms[0])
            )
        keys: Ints | None = None
        for offset, term in enumerate(phrase.terms):
            last = offset == len(phrase.terms) - 1
            posting = (
                self._prefix(field, term) if phrase.prefix and last else self._posting(field, term)
            )
            if posting.keys is None or not len(posting.ids):
                return EMPTY
            moved = posting.keys - offset
            keys = (
                moved
                if keys is None
                else np.intersect1d(keys, moved, assume_unique=not (phrase.prefix and last))
            )
        assert keys is not None  # noqa: S101 – a phrase has terms
        ids, frequencies = np.unique(keys >> 20, return_counts=True)
        return _Posting(ids, frequencies, keys)

    def _prefix(self, field: str, prefix: str) -> _Posting:
        with self._reading:
            terms = [term.decode() for term in self._reader.expand_prefix(field, prefix)]
        keys = [self._posting(field, term).keys for term in terms]
        if not keys:
            return EMPTY
        every = np.unique(np.concatenate([key for key in keys if key is not None]))
        ids, frequencies = np.unique(every >> 20, return_counts=True)
        return _Posting(ids, frequencies, every)

    def _posting(self, field: str, term: str) -> _Posting:
        """The decoded posting list of a term; kept, the least used leaving first when there are too many."""
        wanted = (field, term)
        found = self._postings.get(wanted)
        if found is not None:
            return found
        with self._reading:
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                return EMPTY
            ids: list[int] = []
            frequencies: list[int] = []
            keys: list[int] = []
            while matcher.is_active():
                number = matcher.id()
                places = matcher.value_as("positions")
                ids.append(number)
                frequencies.append(len(places))
                start = number << 20
                keys.extend(start + place for place in places)
                matcher.next()
            posting = _Posting(
                np.array(ids, np.int64), np.array(frequencies, np.int64), np.array(keys, np.int64)
            )
            self._postings[wanted] = posting
            self._held += posting.size
            while self._held > CACHED and len(self._postings) > 1:
                _, gone = self._postings.popitem(last=False)
                self._held -= gone.size
        return posting

    def _column(self, name: str) -> Ints:
        with self._reading:
            values = np.zeros(self.size, np.int64)
            if self.size and self._reader.has_column(name):
                values[:] = np.fromiter(
                    self._reader.column_reader(name, translate=True), np.int64, self.size
                )
            return values

    def _ranks(self, name: str) -> Ints:
        """For each entry the rank of its value in sorted order."""
        with self._reading:
            if not self.size or not self._reader.has_column(name):
                return np.zeros(self.size, np.int64)
            values = np.array(
                list(self._reader.column_reader(name, translate=True)), object
            ).astype(str)
        return np.unique(values, return_inverse=True)[1].astype(np.int64)

    def _facet_values(self, name: str) -> tuple[list[str], Ints, Ints]:
        """The values of a facet, and as pairs which entry has which value."""
        values: list[str] = []
        owners: list[Ints] = []
        numbers: list[Ints] = []
        with self._reading:
            for term in self._reader.lexicon(f"f_{name}"):
                matcher = self._reader.postings(f"f_{name}", term)
                ids = np.fromiter(matcher.all_ids(), np.int64)
                if len(ids):
                    numbers.append(np.full(len(ids), len(values), np.int64))
                    owners.append(ids)
                    values.append(term.decode())
        if not values:
            return [], np.empty(0, np.int64), np.empty(0, np.int64)
        return values, np.concatenate(owners), np.concatenate(numbers)

    def _chosen(self, name: str, wanted: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
        values, owners, numbers = self._facets[name]
        mask = np.zeros(self.size, bool)
        chosen = [at for at, value in enumerate(values) if value in wanted]
        mask[owners[np.isin(numbers, chosen)]] = True
        return mask

    def _count(self, name: str, found: Ints, masks: Mapping[str, Any]) -> dict[str, int]:
        """How many entries have each value, as if the facet's own filter were not set."""
        inside = np.zeros(self.size, bool)
        inside[found] = True
        for other, mask in masks.items():
            if other != name:
                inside &= mask
        values, owners, numbers = self._facets[name]
        if not values:
            return {}
        counts = np.bincount(numbers[inside[owners]], minlength=len(values))
        return {value: int(count) for value, count in zip(values, counts, strict=True) if count}

    def _order(self, query: Query, kept: Ints, scores: Floats) -> Ints:
        last = query.offset + query.limit
        tie = (self._position[kept], self._document[kept], -scores)
        if query.order == "relevance":
            if last < len(kept) // 4:  # only the best need an order
                threshold = np.partition(-scores, last)[last]
                top = np.flatnonzero(-scores <= threshold)
                order = np.lexsort((tie[0][top], tie[1][top], tie[2][top]))
                return top[order][query.offset : last]
            return np.lexsort(tie)[query.offset : last]
        if query.order == "added":
            return np.lexsort((self._position[kept], -self._document[kept]))[query.offset : last]
        key = {"newest": -self._newest, "oldest": self._newest, "place": self._place}[query.order][
            kept
        ]
        return np.lexsort((*tie, key))[query.offset : last]

    def _id(self, number: int) -> str:
        with self._reading:
            return str(self._reader.stored_fields(number)["id"])
