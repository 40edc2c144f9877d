"""The best hits first, without a look at all: each way to match is a question of its own, asked from the best down.

A clause is met in some grades: in the text and much of it, in the text, by a lesser alternative, in a heading, in the
title; each has its worth. A hit's score is the sum over the clauses of the best grade met. So scores are few, and for
each the entries that reach it are found by the index alone: the first questions give the page, the rest is not asked.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import psycopg

from search.engines.base import Clause, Hit, Phrase, Query
from search.engines.postgres.asking import (
    Condition,
    any_of,
    boolean,
    everything,
    excluded,
    filters,
    phrased,
    without,
)
from search.engines.postgres.counting import Bits
from search.engines.postgres.schema import LETTERS, MUCH

WORTH = {"text": 1.0, "heading": 0.3, "title": 0.2}
ONCE = 0.85  # of a term that stands in the text, against one that the text is about
BEGINNING = (
    2.0  # the rarity of a beginning, which stands for many words: about that of a common one
)
SAME = 0.9  # ways to match whose worth differs by less are one grade
FEW = 300  # hits of which each is looked at
SORTED = {
    "relevance": ("document", "ASC"),
    "shared": ("document", "ASC"),
    "added": ("document", "DESC"),
    "newest": ("newest", "DESC"),
    "oldest": ("newest", "ASC"),
    "place": ("place", "ASC"),
}
# Asked at once, until there are enough hits; what is left then is graded coarsely.
QUESTIONS = (1, 3, 2, 2, 3, 3, 4, 4, 6, 8, 12, 16)


@dataclass(frozen=True, slots=True)
class Grade:
    """`wanted`: the tsquery of what reaches it, this or better."""

    worth: float
    wanted: str


def page(
    connection: psycopg.Connection[Any],
    query: Query,
    table: str,
    weights: Mapping[str, float],
    matched: Condition,
    bits: Bits | None,
    total: int,
) -> list[Hit]:
    """The hits from `query.offset` on; there are `total` of those that are `matched` by the clauses."""
    end = min(query.offset + query.limit, total)
    if query.offset >= end:
        return []
    grading = _Grading(connection, query, table, weights, matched, bits)
    if bits and not grading.scores:
        return grading.unscored(bits, query.order, query.offset, end)
    if bits and query.order == "shared":
        rows = bits.shared(connection, end)[query.offset :]
        return [Hit(name, float(number)) for name, number in rows]
    if query.order in ("relevance", "shared"):
        return grading.best(Condition(), end, total)[query.offset :]
    if query.order == "added":
        return grading.added(query.offset, query.limit)
    return grading.sorted_by(query.order, query.offset, end)


class _Grading:
    """The grades of a query, and the entries that reach them."""

    def __init__(
        self,
        connection: psycopg.Connection[Any],
        query: Query,
        table: str,
        weights: Mapping[str, float],
        matched: Condition,
        bits: Bits | None,
    ) -> None:
        self._connection, self._table, self._bits = connection, table, bits
        # What a hit must be, and what beside its words.
        self._every = everything(query, table, matched)
        self._named = "rows" in matched.values
        self._beside = without(query, table)
        for chosen in filters(query, table).values():
            self._beside &= chosen
        self._not = excluded(query.clauses)
        scored = [
            clause for clause in query.clauses if clause.occur != "not" and clause.alternatives
        ]
        self._clauses = [(clause, grades(clause, weights)) for clause in scored]
        self.scores = bool(self._clauses)
        self._must = boolean([clause for clause in scored if clause.occur == "must"])

    def best(self, where: Condition, needed: int, total: int) -> list[Hit]:
        """Of the `total` hits for which `where` holds, the `needed` with the highest scores."""
        if not self._clauses or total <= FEW:
            rows = self._scored(where, "score DESC, document, position, id", needed)
            return [Hit(name, score) for name, score in rows]
        found: dict[str, float] = {}
        questions = self._questions()
        for many in QUESTIONS:
            some = list(islice(questions, many))
            if not some or len(found) >= needed:
                break
            for name, at in self._reaching([wanted for _, wanted in some], where, needed):
                found.setdefault(name, some[at][0])
        if len(found) < needed:
            least = min(found.values(), default=math.inf)
            for name, score in self._coarsely(where, needed + len(found)):
                found.setdefault(name, min(score, least))
        return [Hit(name, score) for name, score in islice(found.items(), needed)]

    def added(self, offset: int, limit: int) -> list[Hit]:
        rows = self._connection.execute(
            f"SELECT id FROM {self._table} WHERE {self._every.sql}"  # noqa: S608
            " ORDER BY document DESC, position, id OFFSET %(offset)s LIMIT %(limit)s",
            {**self._every.values, "offset": offset, "limit": limit},
        ).fetchall()
        names = [name for (name,) in rows]
        scores = dict(self._scored(Condition("id = ANY(%(ids)s)", {"ids": names}), "id", limit))
        return [Hit(name, scores[name]) for name in names]

    def sorted_by(self, order: str, start: int, end: int) -> list[Hit]:
        """By a column, and by score among those that are equal in it: only what the page begins and ends in is ranked."""
        column, way = SORTED[order]
        sooner, later = (">", "<") if way == "DESC" else ("<", ">")
        groups = (
            self._bits.groups(self._connection, column, way)
            if self._bits
            else self._connection.execute(
                f"SELECT {column}, count(*) FROM {self._table} WHERE {self._every.sql}"  # noqa: S608
                f" GROUP BY {column} ORDER BY {column} {way}",
                self._every.values,
            ).fetchall()
        )
        at, touched = 0, []
        for value, count in groups:
            if at < end and at + count > start:
                touched.append((value, at, count))
            at += count

        def ranked(value: Any, at: int, count: int) -> list[Hit]:
            here = self._where(Condition(f"{column} = %(value)s", {"value": value}), count)
            return self.best(here, min(end - at, count), count)[max(start - at, 0) :]

        if len(touched) == 1:
            return ranked(*touched[0])
        between = Condition(
            f"{column} {later} %(first)s AND {column} {sooner} %(last)s",
            {"first": touched[0][0], "last": touched[-1][0]},
        )
        inside = sum(count for _, _, count in touched[1:-1])
        rows = self._scored(
            self._where(between, inside),
            f"{column} {way}, score DESC, document, position, id",
            end - start,
        )
        return (
            ranked(*touched[0]) + [Hit(name, score) for name, score in rows] + ranked(*touched[-1])
        )

    def unscored(self, bits: Bits, order: str, start: int, end: int) -> list[Hit]:
        """Where no words are asked for: by a column, then by document, told by the runs in which documents the page is."""
        column, way = SORTED[order]
        kind = "text" if column == "place" else "bigint"
        documents, values, skipped = bits.documents(self._connection, column, way, start, end)
        # OFFSET 0: the documents first, and then what else a hit must be.
        rows = self._connection.execute(
            f"SELECT id FROM (SELECT * FROM {self._table} WHERE document = ANY(%(documents)s) OFFSET 0) AS few"  # noqa: S608
            f" WHERE {self._every.sql} AND (document, {column}) IN"
            f" (SELECT * FROM unnest(%(documents)s::bigint[], %(values)s::{kind}[]))"
            f" ORDER BY {column} {way}, document, position, id OFFSET %(skipped)s LIMIT %(many)s",
            {
                **self._every.values,
                "documents": documents,
                "values": values,
                "skipped": skipped,
                "many": end - start,
            },
        )
        return [Hit(name, 0.0) for (name,) in rows]

    def _where(self, where: Condition, count: int) -> Condition:
        """The same, by what the bits know where only few are meant."""
        if self._bits and count <= FEW:
            return self._bits.rows(self._connection, where)
        return where

    def _questions(self) -> Iterator[tuple[float, str]]:
        """What to ask for, best first: a score, and the tsquery of what reaches it or more."""
        for score, ways in groupby(self._ways(), key=itemgetter(0)):
            either = " | ".join(f"({way})" for _, way in ways)
            yield score, " & ".join([f"({either})", *self._not])

    def _ways(self) -> Iterator[tuple[float, str]]:
        """Ways in which a hit can match, best first."""
        # What may be absent has a last grade that asks for nothing.
        choices = [
            [*own, Grade(0.0, "")] if clause.occur == "should" else own
            for clause, own in self._clauses
        ]
        start = (0,) * len(choices)

        def score(way: Sequence[int]) -> float:
            return sum(own[at].worth for own, at in zip(choices, way, strict=True))

        waiting, seen = [(-score(start), start)], {start}
        while waiting:
            worth, way = heapq.heappop(waiting)
            asked = [own[at].wanted for own, at in zip(choices, way, strict=True)]
            if any(asked):
                yield -worth, " & ".join(f"({each})" for each in asked if each)
            for clause, at in enumerate(way):
                if at + 1 < len(choices[clause]):
                    after = (*way[:clause], at + 1, *way[clause + 1 :])
                    if after not in seen:
                        seen.add(after)
                        heapq.heappush(waiting, (-score(after), after))

    def _reaching(
        self, questions: Sequence[str], where: Condition, needed: int
    ) -> Iterator[tuple[str, int]]:
        """The first entries of each question, with its number."""
        beside = self._beside & where
        values: dict[str, Any] = {"needed": needed, **beside.values}
        parts = []
        for at, wanted in enumerate(questions):
            values[f"question{at}"] = wanted
            asked = f"terms @@ %(question{at})s::tsquery"
            rows = f"SELECT document, position, id, terms FROM {self._table} WHERE"  # noqa: S608
            order = "ORDER BY document, position, id"
            # OFFSET 0: without it the server might walk through the documents in order, and read the terms of each entry.
            # It does well to do so where the hits are known and most will be found.
            if self._named and f"'{MUCH}" not in wanted:
                every = self._every & where
                values |= every.values
                part = f"({rows} {every.sql} {order} OFFSET 0) AS q{at} WHERE {asked}"
            else:
                part = f"({rows} {beside.sql} AND {asked} OFFSET 0) AS q{at} {order}"
            parts.append(
                f"(SELECT {at} AS at, document, position, id FROM {part} LIMIT %(needed)s)"  # noqa: S608
            )
        yield from self._connection.execute(
            f"SELECT id, at FROM ({' UNION ALL '.join(parts)}) AS found ORDER BY at, document, position, id",  # noqa: S608
            values,
        )

    def _coarsely(self, where: Condition, needed: int) -> Iterator[tuple[str, float]]:
        """All hits, by which of the clauses they match and no more."""
        beside = self._beside & where
        musts = sum(own[0].worth for clause, own in self._clauses if clause.occur == "must")
        parts = [(musts, self._must)] if self._must else []
        parts += [
            (own[0].worth, any_of(clause))
            for clause, own in self._clauses
            if clause.occur == "should"
        ]
        values: dict[str, Any] = {**beside.values, "needed": needed}
        asked = []
        for at, (worth, wanted) in enumerate(parts):
            asked_for = [wanted, *([self._must] if self._must and at else []), *self._not]
            values |= {f"worth{at}": worth, f"part{at}": " & ".join(asked_for)}
            asked.append(
                f"SELECT id, document, position, %(worth{at})s::float8 AS worth FROM {self._table}"  # noqa: S608
                f" WHERE {beside.sql} AND terms @@ %(part{at})s::tsquery"
            )
        yield from self._connection.execute(
            f"SELECT id, sum(worth) AS score FROM ({' UNION ALL '.join(asked)}) AS found"  # noqa: S608
            " GROUP BY id, document, position ORDER BY score DESC, document, position, id LIMIT %(needed)s",
            values,
        )

    def _scored(self, where: Condition, order: str, needed: int) -> list[tuple[str, float]]:
        """Each that matches, with its score; for few."""
        every = self._every & where
        values: dict[str, Any] = {**every.values, "needed": needed}
        scores = []
        for number, (_, own) in enumerate(self._clauses):
            steps = []
            for at, grade in enumerate(own):
                name = f"grade{number}_{at}"
                values |= {name: grade.wanted, f"{name}_worth": grade.worth}
                steps.append(f"WHEN terms @@ %({name})s::tsquery THEN %({name}_worth)s::float8")
            scores.append(f"CASE {' '.join(steps)} ELSE 0.0 END")
        # setweight changes nothing here, but makes the terms be fetched once and not for every grade.
        fetched = ", setweight(terms, 'D') AS terms" if scores else ""
        rows: list[tuple[str, float]] = self._connection.execute(
            f"SELECT id, ({' + '.join(scores) or '0.0'})::float8 AS score FROM (SELECT id, document, position, newest,"  # noqa: S608
            f" place{fetched} FROM {self._table}"
            f" WHERE {every.sql} OFFSET 0) AS few ORDER BY {order} LIMIT %(needed)s",
            values,
        ).fetchall()
        return rows


def grades(clause: Clause, weights: Mapping[str, float]) -> list[Grade]:
    """From the best way to match to the least."""
    # One measure for all words of a clause: what they stand for is as rare as the most frequent of them.
    common = min(
        (
            weights[phrase.terms[0]]
            for phrase in clause.alternatives
            if len(phrase.terms) == 1 and not phrase.prefix
        ),
        default=BEGINNING,
    )
    ways: list[tuple[float, str]] = []
    for phrase in clause.alternatives:
        worth = phrase.weight * _rarity(phrase, weights, common)
        for field, letter in LETTERS.items():
            much = field == "text" and len(phrase.terms) == 1
            if much:
                ways.append((worth * WORTH[field], phrased(phrase, MUCH)))
            ways.append((worth * WORTH[field] * (ONCE if much else 1.0), phrased(phrase, letter)))
    ways.sort(key=lambda way: -way[0])
    found: list[Grade] = []
    asked: list[str] = []
    for worth, wanted in ways:
        asked.append(wanted)
        if found and worth >= SAME * found[-1].worth:
            found[-1] = Grade(found[-1].worth, " | ".join(asked))
        else:
            found.append(Grade(worth, " | ".join(asked)))
    return found


def _rarity(phrase: Phrase, weights: Mapping[str, float], common: float) -> float:
    if len(phrase.terms) == 1:
        return min(common, BEGINNING) if phrase.prefix else common
    *first, last = phrase.terms
    return sum(weights[term] for term in first) + (BEGINNING if phrase.prefix else weights[last])


def inverse_frequencies(
    connection: psycopg.Connection[Any], query: Query, table: str
) -> dict[str, float]:
    """BM25's idf of every term asked for."""
    terms = {
        term for clause in query.clauses for phrase in clause.alternatives for term in phrase.terms
    }
    if not terms:
        return {}
    names = {letter + term: term for letter in LETTERS.values() for term in terms}
    row = connection.execute(
        "SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = to_regclass(%s)", [table]
    ).fetchone()
    held = dict.fromkeys(terms, 0)
    for name, count in connection.execute(
        f"SELECT term, entries FROM {table}_terms WHERE term = ANY(%s)",  # noqa: S608
        [list(names)],
    ):
        held[names[name]] = max(held[names[name]], count)
    total = max(float(row[0] if row else 1), max(held.values()))
    return {
        term: math.log(1 + (total - count + 0.5) / (count + 0.5)) for term, count in held.items()
    }
