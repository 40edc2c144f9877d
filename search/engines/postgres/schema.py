"""How entries lie in PostgreSQL: a narrow row each, its terms aside, its facets as three small numbers.

A count over thousands of entries reads as many rows, so a row holds what is counted and sorted by and nothing else: 130
bytes instead of 1,500. The terms lie out of line, where only phrases and scores look; for all else the GIN index knows.
The values of some facets together are one number, a profile: where the document is from, whose it is, and what is the
entry's own; what a number stands for is told by the table of profiles. What more entries hold than one would read is in bitmaps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from tempfile import TemporaryFile
from typing import Any

import psycopg

from search.engines.base import FACETS, Entry
from search.engines.postgres import bitmaps

LAYOUT = "layout 3"  # stands in the stamp: an index that lies otherwise is an old one
# One letter a field.
LETTERS = {"text": "t", "heading": "h", "title": "i"}
# The text's terms that it is about have a second lexeme, so that the best entries of a frequent word are few.
MUCH = "T"
LAST_POSITION = 16383  # a tsvector holds no higher one
BATCH = 3000
BETWEEN = "\x1f"  # the values of a profile
# What all entries of a document mostly share is in two profiles, so that there are few of each.
REGION, ORIGIN = ("place", "state"), ("kind", "party", "year")
OWN = tuple(facet for facet in FACETS if facet not in REGION + ORIGIN)
PROFILES = {"region": REGION, "origin": ORIGIN, "own": OWN}

# The server moves what is wide out of a row only where the row is longer than 2,000 bytes, however low the target: the
# filler makes it so, and is compressed to a few bytes once the terms are out. What is counted stands first, where the
# server finds it without reading what is before.
CREATE = """
CREATE TABLE {entries} (
    document bigint NOT NULL, newest bigint NOT NULL, position integer NOT NULL, slot integer NOT NULL,
    region integer NOT NULL, origin integer NOT NULL, own integer NOT NULL, id text NOT NULL, place text COLLATE "C" NOT NULL, terms tsvector NOT NULL,
    filler text NOT NULL DEFAULT repeat(' ', 2000)
) WITH (toast_tuple_target = 128);
ALTER TABLE {entries} ALTER id SET STORAGE main, ALTER place SET STORAGE main, ALTER filler SET STORAGE main,
    ALTER terms SET STORAGE external;
CREATE TABLE {entries}_terms (term text COLLATE "C" PRIMARY KEY, entries bigint NOT NULL);
CREATE TABLE {entries}_profiles (
    code integer GENERATED ALWAYS AS IDENTITY, name text COLLATE "C" PRIMARY KEY,
    facets text[] COLLATE "C" GENERATED ALWAYS AS (string_to_array(name, E'\\x1f')) STORED
);
"""
INDEX = """
ALTER TABLE {entries} ADD PRIMARY KEY (id);
CREATE INDEX ON {entries} USING gin (terms) WITH (gin_pending_list_limit = 512);
CREATE INDEX ON {entries} (document);
"""
TABLES = ("", "_terms", "_profiles", *bitmaps.TABLES)


def create(table: str) -> str:
    return CREATE.format(entries=table) + bitmaps.CREATE.format(entries=table, width=bitmaps.WIDTH)


@contextmanager
def loader(
    connection: psycopg.Connection[Any], table: str, slots: Iterable[int]
) -> Iterator[Loader]:
    with TemporaryFile() as file:
        yield Loader(connection, table, slots, bitmaps.Marks(file))


def held(counted: Mapping[str, int]) -> Counter[str]:
    """How many entries hold each word, in whichever field; those that hold it in two count twice."""
    found: Counter[str] = Counter()
    for lexeme, count in counted.items():
        if lexeme[0] != MUCH:
            found[lexeme[1:]] += count
    return found


@dataclass(slots=True)
class Run:
    """Slots in a row, and what their entries have in common: document, region, origin, newest, place."""

    first: int
    size: int
    common: tuple[int | str, ...]

    def goes_on_at(self, slot: int) -> bool:
        """In the same chunk."""
        return slot == self.first + self.size and slot % bitmaps.WIDTH > 0


class Loader:
    """Copies entries into a table, each into a slot, counts which terms they hold and marks which slots hold what."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        table: str,
        slots: Iterable[int],
        marks: bitmaps.Marks,
    ) -> None:
        self.counted: Counter[str] = Counter()
        self.marks = marks
        self._connection, self._table = connection, table
        self._slots = iter(slots)
        self._codes: dict[str, int] = {}
        self._runs: list[Run] = []

    def add(self, entries: Iterable[Entry]) -> None:
        rest = iter(entries)
        while batch := list(islice(rest, BATCH)):
            self._copy(batch)

    def finish(self) -> None:
        """Tell which slots lie together."""
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {self._table}_runs FROM STDIN") as copy,
        ):
            for run in self._runs:
                copy.write_row((run.first, run.size, *run.common))

    def _copy(self, entries: Sequence[Entry]) -> None:
        profiles = [[profile(entry, facets) for facets in PROFILES.values()] for entry in entries]
        self._name({name for own in profiles for name in own} - self._codes.keys())
        columns = f"id, document, position, newest, slot, {', '.join(PROFILES)}, place, terms"
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {self._table} ({columns}) FROM STDIN") as copy,
        ):
            for entry, names, slot in zip(entries, profiles, self._slots, strict=False):
                terms = positions(entry)
                self.counted.update(terms.keys())
                self.marks.add(slot, _marked(entry, terms))
                codes = [self._codes[name] for name in names]
                self._run(slot, (entry.document, *codes[:-1], entry.newest, entry.place))
                row = (entry.id, entry.document, entry.position, entry.newest, slot, *codes)
                copy.write_row((*row, entry.place, vector(terms)))

    def _run(self, slot: int, common: tuple[int | str, ...]) -> None:
        last = self._runs[-1] if self._runs else None
        if last and last.common == common and last.goes_on_at(slot):
            last.size += 1
        else:
            self._runs.append(Run(slot, 1, common))

    def _name(self, profiles: Iterable[str]) -> None:
        """Find the numbers of these profiles, or give them some."""
        new = list(profiles)
        if not new:
            return
        table = f"{self._table}_profiles"
        self._connection.execute(
            f"INSERT INTO {table} (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
            [new],
        )
        self._codes.update(
            self._connection.execute(
                f"SELECT name, code FROM {table} WHERE name = ANY(%s)",  # noqa: S608
                [new],
            )
        )


def _marked(entry: Entry, terms: Iterable[str]) -> Iterator[str]:
    """The names of the leaves that the entry would be in."""
    yield bitmaps.ALL
    yield from {bitmaps.WORD + lexeme[1:] for lexeme in terms if lexeme[0] != MUCH}
    for facet in OWN:
        for value in dict.fromkeys(entry.facets.get(facet, ())):
            yield f"{bitmaps.FACET}{facet}:{value}"


def profile(entry: Entry, facets: Sequence[str]) -> str:
    return BETWEEN.join(
        f"{facet}:{value}"
        for facet in facets
        for value in dict.fromkeys(entry.facets.get(facet, ()))
    )


def column(facet: str) -> str:
    """The one that holds the number for this facet's values."""
    return next(name for name, facets in PROFILES.items() if facet in facets)


def positions(entry: Entry) -> dict[str, list[int]]:
    """Its lexemes, each with the places where it stands."""
    found: dict[str, list[int]] = {}
    for field, readings in entry.fields.items():
        letter = LETTERS[field]
        for position, terms in enumerate(readings, start=1):
            for term in dict.fromkeys(terms):
                found.setdefault(letter + term, []).append(min(position, LAST_POSITION))
    text = LETTERS["text"]
    much = list(_much(found, text, len(entry.fields.get("text", ()))))
    for lexeme in much:
        found[MUCH + lexeme[1:]] = found[lexeme][:1]
    return found


def _much(found: Mapping[str, Sequence[int]], letter: str, length: int) -> Iterator[str]:
    """Those that the entry is about: BM25's part for how often in how long a text, a fifth above that of a word
    that stands once in an entry of 24."""
    longer = 1.2 * (0.4 + 0.6 * length / 24)
    for lexeme, places in found.items():
        if lexeme[0] == letter and len(places) * 2.2 >= 1.2 * (len(places) + longer):
            yield lexeme


def vector(terms: Mapping[str, Sequence[int]]) -> str:
    """A tsvector literal. The server keeps at most 256 positions of a term."""
    return " ".join(
        f"{quote(term)}:{','.join(map(str, places[:255]))}" for term, places in terms.items()
    )


def quote(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def like(beginning: str) -> str:
    """As a pattern of LIKE that stands for itself."""
    return beginning.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
