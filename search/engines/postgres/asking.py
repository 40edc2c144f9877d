"""What the server is asked: which entries match, and how many of them have each facet value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from search.engines.base import Clause, Phrase, Query
from search.engines.postgres.schema import LETTERS, PROFILES, column, quote

MOST = 20_000  # rows that are named one by one


@dataclass(frozen=True, slots=True)
class Condition:
    """Own words of SQL for WHERE, with the values in them apart."""

    sql: str = "true"
    values: Mapping[str, Any] = field(default_factory=dict)

    def __and__(self, other: Condition) -> Condition:
        if "true" in (self.sql, other.sql):
            return other if self.sql == "true" else self
        return Condition(f"{self.sql} AND {other.sql}", {**self.values, **other.values})


def matching(query: Query) -> Condition:
    """By the clauses alone."""
    wanted = boolean(query.clauses)
    if wanted:
        return Condition("terms @@ %(wanted)s::tsquery", {"wanted": wanted})
    if any(clause.occur != "not" for clause in query.clauses):
        return Condition("false")  # clauses without any alternative match nothing
    return Condition()


def looked_up(connection: psycopg.Connection[Any], query: Query, table: str) -> Condition:
    """By the clauses alone; where there are phrases, for which the terms of entries have to be read, by the rows found."""
    matched = matching(query)
    phrases = [phrase for clause in query.clauses for phrase in clause.alternatives]
    if not matched.values or all(len(phrase.terms) == 1 for phrase in phrases):
        return matched
    rows = connection.execute(
        f"SELECT count(*), array_agg(at) FROM (SELECT ctid AS at FROM {table} WHERE {matched.sql} LIMIT {MOST + 1})"  # noqa: S608
        " AS found",
        matched.values,
    ).fetchone()
    if not rows or rows[0] > MOST:
        return matched
    return Condition("ctid = ANY(%(rows)s::tid[])", {"rows": rows[1] or "{}"})


def without(query: Query, table: str) -> Condition:
    """By the facet values that may not be there."""
    found = Condition()
    for facet, values in query.without.items():
        if values:
            found &= _one_of(facet, values, table, "without", "<> ALL")
    return found


def filters(query: Query, table: str) -> dict[str, Condition]:
    """By the facet values of which one must be there, for each facet that has some."""
    return {
        facet: _one_of(facet, values, table, "filter", "= ANY")
        for facet, values in query.filters.items()
        if values
    }


def everything(query: Query, table: str, matched: Condition) -> Condition:
    """What a hit must be beside being `matched` by the clauses."""
    found = matched & without(query, table)
    for each in filters(query, table).values():
        found &= each
    return found


def counts(
    connection: psycopg.Connection[Any], query: Query, table: str, matched: Condition
) -> tuple[int, dict[str, dict[str, int]]]:
    """How many hits, and how many have each value: one pass over what the clauses match, a facet with a filter counted
    without it."""
    matched &= without(query, table)
    chosen = filters(query, table)
    values = dict(matched.values)
    flags = "".join(f", {condition.sql} AS has_{facet}" for facet, condition in chosen.items())
    for condition in chosen.values():
        values.update(condition.values)
    # The first number of a row is that with all filters, then one for each facet that is filtered, without its own.
    numbers = [_number(list(chosen))]
    numbers += [_number([name for name in chosen if name != facet]) for facet in chosen]
    named = ", ".join(f"{number} AS n{at}" for at, number in enumerate(numbers))
    names = [f"n{at}" for at in range(len(numbers))]
    if not query.facets:
        row = connection.execute(
            f"SELECT {numbers[0]} FROM (SELECT 1{flags} FROM {table} WHERE {matched.sql}) AS found",  # noqa: S608
            values,
        ).fetchone()
        return (row[0] if row else 0), {}
    profile = f"coalesce({', '.join(PROFILES)})"
    sets = ", ".join(f"({name})" for name in PROFILES)
    rows = connection.execute(
        f"WITH grouped AS MATERIALIZED (SELECT {profile} AS profile, {named} FROM (SELECT {', '.join(PROFILES)}{flags} FROM {table}"  # noqa: S608
        f" WHERE {matched.sql} OFFSET 0) AS found GROUP BY GROUPING SETS ({sets}, ()))"
        f" SELECT NULL AS value, {', '.join(names)} FROM grouped WHERE profile IS NULL"
        f" UNION ALL SELECT value, {', '.join(f'sum({name})::bigint' for name in names)} FROM grouped"
        f" JOIN {table}_profiles ON code = profile, unnest(facets) AS value GROUP BY value",
        values,
    ).fetchall()
    return told(rows, query.facets, list(chosen))


def told(
    rows: Iterable[tuple[Any, ...]], facets: Sequence[str], chosen: Sequence[str]
) -> tuple[int, dict[str, dict[str, int]]]:
    """Rows of a value ("party:spd", or None for all) and its numbers: with all filters, then without that of each chosen facet."""
    total = 0
    counted: dict[str, dict[str, int]] = {facet: {} for facet in facets}
    which = {facet: at for at, facet in enumerate(chosen, start=1)}
    for value, *found in rows:
        if value is None:
            total = found[0]
            continue
        facet, _, name = value.partition(":")
        count = found[which.get(facet, 0)]
        if facet in counted and count:
            counted[facet][name] = count
    return total, counted


def boolean(clauses: Sequence[Clause]) -> str:
    """The clauses as a tsquery; empty where they ask for nothing, or for what cannot be."""
    must = [any_of(clause) for clause in clauses if clause.occur == "must"]
    should = [any_of(clause) for clause in clauses if clause.occur == "should"]
    if "" in must:
        return ""
    if not must and any(should):
        must = [f"({' | '.join(filter(None, should))})"]
    return " & ".join(must + excluded(clauses))


def excluded(clauses: Sequence[Clause]) -> list[str]:
    return [
        f"!({any_of(clause)})"
        for clause in clauses
        if clause.occur == "not" and clause.alternatives
    ]


def any_of(clause: Clause) -> str:
    phrases = [
        phrased(phrase, letter) for phrase in clause.alternatives for letter in LETTERS.values()
    ]
    return f"({' | '.join(phrases)})" if phrases else ""


def phrased(phrase: Phrase, letter: str) -> str:
    words = [quote(letter + term) for term in phrase.terms]
    if phrase.prefix:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})" if len(words) > 1 else words[0]


def _one_of(facet: str, values: Sequence[str], table: str, why: str, how: str) -> Condition:
    name = f"{why}_{facet}"
    # As an array it is found once; a subquery after IN may be asked again for every row.
    return Condition(
        f"{column(facet)} {how} (ARRAY(SELECT code FROM {table}_profiles WHERE facets && %({name})s))",  # noqa: S608
        {name: [f"{facet}:{value}" for value in values]},
    )


def _number(facets: Sequence[str]) -> str:
    if not facets:
        return "count(*)"
    return f"count(*) FILTER (WHERE {' AND '.join(f'has_{facet}' for facet in facets)})"
