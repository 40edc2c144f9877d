"""One bit an entry for all that many entries have in common, so that a count reads none of them.

Entries have a number, their slot; WIDTH slots are a chunk. For each value of the facets that are an entry's own, and
for each word and each beginning of words that many entries hold, there is a row of bits a chunk: a leaf. Words that
few hold have none, since the index of words finds those few quickly. What the entries of a document share is told once,
by the run of slots that they take.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import IO, Any

import numpy as np
import psycopg

from search.engines.arrays import Array, ranges

WIDTH = 4096
# A word is frequent that so many entries hold, or one in so many.
LEAST, SHARE = 1000, 250
# A beginning has a leaf of its own where it would take more leaves than this, or more words that have none.
MOST_LEAVES, MOST_WORDS = 8, 100
SHORTEST, LONGEST = 2, 32  # letters of a beginning that has a leaf
# The first letter of a leaf's name says what it is of.
ALL, WORD, BEGINNING, FACET = "a", "w", "b", "f"
UNBEGUN = "+~"  # readings of which nobody types the beginning

CREATE = """
CREATE TABLE {entries}_leaves (
    leaf integer GENERATED ALWAYS AS IDENTITY (MINVALUE 0) UNIQUE, name text COLLATE "C" PRIMARY KEY
);
CREATE TABLE {entries}_bits (leaf integer, chunk integer, bits bit({width}) NOT NULL, PRIMARY KEY (leaf, chunk));
CREATE TABLE {entries}_runs (
    first integer PRIMARY KEY, size integer NOT NULL, document bigint NOT NULL, region integer NOT NULL,
    origin integer NOT NULL, newest bigint NOT NULL, place text COLLATE "C" NOT NULL
);
CREATE INDEX ON {entries}_runs (document);
"""
TABLES = ("_leaves", "_bits", "_runs")


class Marks:
    """Which slots have which names, in slots' order; kept beside until it is known which names get a leaf."""

    def __init__(self, file: IO[bytes]) -> None:
        self.names: dict[str, int] = {}
        self._file = file
        self._chunk = -1
        self._sizes: list[tuple[int, int, int]] = []  # of what is in the file: chunk, slots, marks
        self._empty()

    def add(self, slot: int, names: Iterable[str]) -> None:
        if slot // WIDTH != self._chunk:
            self._flush()
            self._chunk = slot // WIDTH
        known = self.names
        marks = [known.setdefault(name, len(known)) for name in names]
        self._slots.append(slot % WIDTH)
        self._counts.append(len(marks))
        self._marks.extend(marks)

    @property
    def slots(self) -> int:
        return sum(slots for _, slots, _ in self._sizes) + len(self._slots)

    def chunks(self) -> Iterator[tuple[int, Array, Array]]:
        """Of each chunk the marks, and the slot in it that each is of."""
        self._flush()
        self._file.seek(0)
        for chunk, slots, marks in self._sizes:
            own = np.frombuffer(self._file.read(4 * (2 * slots + marks)), np.uint32)
            yield chunk, own[2 * slots :], own[:slots].repeat(own[slots : 2 * slots])

    def _flush(self) -> None:
        if self._slots:
            for part in (self._slots, self._counts, self._marks):
                self._file.write(part.tobytes())
            self._sizes.append((self._chunk, len(self._slots), len(self._marks)))
        self._empty()

    def _empty(self) -> None:
        self._slots, self._counts, self._marks = array("I"), array("I"), array("I")


def frequent(counted: Mapping[str, int], entries: int) -> Iterator[str]:
    """The words and beginnings that get a leaf; `counted` is how many entries hold each word."""
    least = max(LEAST, entries // SHARE)
    yield from (WORD + word for word, count in counted.items() if count >= least)
    words = sorted(word for word in counted if word[:1] not in UNBEGUN)
    sums = [0, *accumulate(counted[word] for word in words)]
    found: list[str] = []

    def needed(depth: int, first: int, end: int) -> tuple[int, int, int]:
        """Leaves that give all words from `first` to `end`, and how many words are left, held by how many entries."""
        held = sums[end] - sums[first]
        if held < least:
            return 0, end - first, held
        if depth > LONGEST or (end - first == 1):
            many = sum(counted[word] >= least for word in words[first:end])
            return many, end - first - many, 0
        leaves = left = rest = 0
        at = first
        while at < end:
            beginning = words[at][: depth + 1]
            after = bisect_right(words, beginning, at, end, key=lambda word: word[: depth + 1])
            if len(beginning) == depth:  # the word is no longer
                own = sums[after] - sums[at]
                parts = (1, 0, 0) if own >= least else (0, 1, own)
            else:
                parts = needed(depth + 1, at, after)
            leaves, left, rest = leaves + parts[0], left + parts[1], rest + parts[2]
            at = after
        beginning = words[first][:depth]
        if _letters(beginning) >= SHORTEST and (
            leaves > MOST_LEAVES or left > MOST_WORDS or rest >= least
        ):
            found.append(BEGINNING + beginning)
            return 1, 0, 0
        return leaves, left, rest

    if words:
        needed(0, 0, len(words))
    yield from found


def build(
    connection: psycopg.Connection[Any], table: str, marks: Marks, counted: Mapping[str, int]
) -> None:
    """The leaves of a new index, and their bits."""
    names = [name for name in marks.names if name[0] in (ALL, FACET)]
    names += frequent(counted, marks.slots)
    leaves = {name: leaf for leaf, name in enumerate(names)}
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table}_leaves (leaf, name) FROM STDIN") as copy,
    ):
        for name, leaf in leaves.items():
            copy.write_row((leaf, name))
    write(connection, f"{table}_bits", marks, leaves)
    connection.execute(f"ALTER TABLE {table}_leaves ALTER leaf RESTART WITH {len(leaves)}")


def covering(name: str, leaves: Mapping[str, int]) -> list[int]:
    """The leaves in which what has this name is marked."""
    found = [leaves[name]] if name in leaves else []
    if name[0] == WORD:
        for end in range(1 + SHORTEST, min(len(name), LONGEST + 2) + 1):
            leaf = leaves.get(BEGINNING + name[1:end])
            if leaf is not None:
                found.append(leaf)
    return found


def write(
    connection: psycopg.Connection[Any], table: str, marks: Marks, leaves: Mapping[str, int]
) -> None:
    """Rows of bits into an empty table."""
    known = sorted(set(leaves.values()))
    at = {leaf: number for number, leaf in enumerate(known)}
    covered = [[at[leaf] for leaf in covering(name, leaves)] for name in marks.names]
    lengths = np.array([len(each) for each in covered], np.int64)
    starts = lengths.cumsum() - lengths
    flat = np.array([number for each in covered for number in each], np.int64)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} (leaf, chunk, bits) FROM STDIN") as copy,
    ):
        for chunk, own, slots in marks.chunks():
            matrix = np.zeros((len(known), WIDTH), bool)
            many = lengths[own]
            matrix[flat[ranges(starts[own], many)], slots.repeat(many)] = True
            packed = np.packbits(matrix, axis=1)
            for number in np.flatnonzero(packed.any(axis=1)).tolist():
                copy.write_row((known[number], chunk, literal(packed[number])))


def update(
    connection: psycopg.Connection[Any],
    table: str,
    marks: Marks,
    gone: Sequence[tuple[int, int]],
) -> None:
    """Take what was in the slots of `gone` (first, size) out of the bits, and put the marks into them."""
    own = [name for name in marks.names if name[0] in (ALL, FACET)]
    connection.execute(
        f"INSERT INTO {table}_leaves (name) SELECT unnest(%s::text[]) ON CONFLICT DO NOTHING",
        [own],
    )
    leaves = dict(connection.execute(f"SELECT name, leaf FROM {table}_leaves").fetchall())  # noqa: S608
    connection.execute(
        f"CREATE TEMP TABLE marked (leaf integer, chunk integer, bits bit({WIDTH})) ON COMMIT DROP"
    )
    write(connection, "marked", marks, leaves)
    kept: dict[int, Array] = {}
    for first, size in gone:
        kept.setdefault(first // WIDTH, np.ones(WIDTH, bool))[
            first % WIDTH : first % WIDTH + size
        ] = False
    chunks = kept.keys() | {chunk for chunk, _, _ in marks.chunks()}
    for chunk in sorted(chunks):
        keep = literal(np.packbits(kept.get(chunk, np.ones(WIDTH, bool))))
        connection.execute(
            f"UPDATE {table}_bits AS b SET bits = fresh.bits FROM (SELECT leaf, old.bits & %(keep)s::bit({WIDTH})"  # noqa: S608
            f" | coalesce(marked.bits, 0::bit({WIDTH})) AS bits, old.bits AS old FROM {table}_bits AS old"
            " LEFT JOIN marked USING (leaf, chunk) WHERE old.chunk = %(chunk)s AND old.leaf = ANY(%(leaves)s))"
            " AS fresh WHERE b.leaf = fresh.leaf AND b.chunk = %(chunk)s AND fresh.bits <> fresh.old",
            {"keep": keep, "chunk": chunk, "leaves": list(leaves.values())},
        )
    connection.execute(
        f"INSERT INTO {table}_bits SELECT leaf, chunk, bits FROM marked ON CONFLICT DO NOTHING"  # noqa: S608
    )
    connection.execute("DROP TABLE marked")


def free(connection: psycopg.Connection[Any], table: str, many: int) -> range:
    """So many slots in a row that nobody has: the smallest gap that is large enough, or else after all others."""
    row = connection.execute(
        "SELECT gap FROM (SELECT after AS gap, lead(first) OVER (ORDER BY first) - after AS size FROM (SELECT first,"  # noqa: S608
        f" first + size AS after FROM {table}_runs UNION ALL SELECT -1, 0) AS runs) AS gaps"
        " WHERE size >= %s OR size IS NULL ORDER BY size NULLS LAST, gap LIMIT 1",
        [many],
    ).fetchone()
    first = int(row[0]) if row else 0
    return range(first, first + many)


def literal(packed: Array) -> str:
    return f"x{packed.tobytes().hex()}"


def _letters(beginning: str) -> int:
    return len(beginning.lstrip("="))
