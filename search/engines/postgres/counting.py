"""How many hits there are, and how many of them have each facet value, by bits: read are only entries with rare words.

Each clause becomes a row of bits a chunk, made of the leaves of its words; what has no leaf (rare words, phrases) is
found by the index of words and set into them. The clauses are laid on each other, and what is left is counted against
the leaves of the facets and the runs of the documents. Few hits are counted one by one, which is quicker then.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import psycopg

from search.engines.base import Clause, Phrase, Query
from search.engines.postgres import asking, bitmaps
from search.engines.postgres.asking import Condition
from search.engines.postgres.bitmaps import ALL, BEGINNING, FACET, WORD
from search.engines.postgres.schema import LETTERS, OWN, PROFILES, column, like

FEW = 3000  # hits that are counted one by one
POOL = 5  # times as many as are needed are looked at, of those that share most
MOST_RARE = 500  # rare words with the same beginning that are asked for one by one


@dataclass(slots=True)
class Wanted:
    """What is in any of these leaves, or matches any of `others`, which are tsqueries: about `hits` entries."""

    leaves: set[int] = field(default_factory=set)
    others: list[str] = field(default_factory=list)
    hits: float = 0


def by_bits(connection: psycopg.Connection[Any], query: Query, table: str) -> Bits | None:
    """What counts the hits of a query; None where its hits are few, or have no leaf and are found entry by entry anyway."""
    words = _Words(connection, query.clauses, table)
    musts = [
        words.any_of(clause.alternatives) for clause in query.clauses if clause.occur == "must"
    ]
    if not musts and any(clause.occur == "should" for clause in query.clauses):
        musts = [words.any_of(_alternatives(query.clauses, "should"))]
    if any(each.hits <= FEW or not each.leaves for each in musts):
        return None
    each = [words.any_of(clause.alternatives) for clause in query.clauses if clause.occur != "not"]
    return Bits(table, query, musts, words.any_of(_alternatives(query.clauses, "not")), each)


def _alternatives(clauses: Iterable[Clause], occur: str) -> list[Phrase]:
    return [phrase for clause in clauses if clause.occur == occur for phrase in clause.alternatives]


class _Words:
    """The words of a query: which have leaves, and how many entries hold them."""

    def __init__(
        self, connection: psycopg.Connection[Any], clauses: Sequence[Clause], table: str
    ) -> None:
        self._connection, self._table = connection, table
        phrases = [phrase for clause in clauses for phrase in clause.alternatives]
        terms = {term for phrase in phrases for term in phrase.terms}
        self._held: dict[str, int] = dict(
            connection.execute(
                f"SELECT substr(term, 2), sum(entries)::bigint FROM {table}_terms WHERE term = ANY(%s) GROUP BY 1",  # noqa: S608
                [[letter + term for term in terms for letter in LETTERS.values()]],
            ).fetchall()
        )
        names = [kind + term for term in terms for kind in (WORD, BEGINNING)]
        self._leaves: dict[str, int] = dict(
            connection.execute(
                f"SELECT name, leaf FROM {table}_leaves WHERE name = ANY(%s)",  # noqa: S608
                [names],
            ).fetchall()
        )

    def any_of(self, phrases: Iterable[Phrase]) -> Wanted:
        found = Wanted()
        for phrase in phrases:
            if len(phrase.terms) > 1:
                found.others += _either_field(phrase)
                found.hits += min(
                    self._held.get(term, 0)
                    for term in (phrase.terms[:-1] if phrase.prefix else phrase.terms)
                )
            elif phrase.prefix:
                self._beginning(phrase, found)
            else:
                self._word(phrase.terms[0], self._held.get(phrase.terms[0], 0), found)
        return found

    def _word(self, term: str, held: int, found: Wanted) -> None:
        leaf = self._leaves.get(WORD + term)
        if leaf is not None:
            found.leaves.add(leaf)
        elif held:
            found.others += _either_field(Phrase((term,)))
        found.hits += held

    def _beginning(self, phrase: Phrase, found: Wanted) -> None:
        """Its leaf; or those that together have nearly all, and the rest word by word."""
        beginning = phrase.terms[0]
        leaf = self._leaves.get(BEGINNING + beginning)
        if leaf is not None:
            found.leaves.add(leaf)
            found.hits = math.inf
            return
        patterns = [kind + like(beginning) + "%" for kind in (BEGINNING, WORD)]
        below = self._connection.execute(
            f"SELECT name, leaf FROM {self._table}_leaves WHERE name LIKE %s OR name LIKE %s"  # noqa: S608
            " ORDER BY name",
            patterns,
        ).fetchall()
        covered: list[str] = []
        for name, leaf in below:
            if name[0] == BEGINNING and not name[1:].startswith(tuple(covered)):
                covered.append(name[1:])
                found.leaves.add(leaf)
        known = [""]
        for name, leaf in below:
            if name[0] == WORD and not name[1:].startswith(tuple(covered)):
                known.append(name[1:])
                found.leaves.add(leaf)
        rest = self._connection.execute(
            f"SELECT substr(term, 2), sum(entries)::bigint FROM {self._table}_terms WHERE ({_any_field('term LIKE')})"  # noqa: S608
            " AND entries > 0 AND substr(term, 2) <> ALL(%(known)s) AND NOT substr(term, 2) LIKE ANY(%(covered)s)"
            " GROUP BY 1 LIMIT %(most)s",
            {
                **{letter: letter + like(beginning) + "%" for letter in LETTERS.values()},
                "known": known,
                "covered": [like(each) + "%" for each in covered],
                "most": MOST_RARE + 1,
            },
        ).fetchall()
        if len(rest) > MOST_RARE:
            found.others += _either_field(phrase)
            found.hits = math.inf
            return
        if below:
            found.others += [each for word, _ in rest for each in _either_field(Phrase((word,)))]
            found.hits = math.inf
        elif rest:
            found.others += _either_field(phrase)
            found.hits += sum(held for _, held in rest)


class Bits:
    """The statement that lays a query's clauses and filters on each other and counts what is left."""

    def __init__(
        self,
        table: str,
        query: Query,
        musts: Sequence[Wanted],
        never: Wanted,
        each: Sequence[Wanted],
    ) -> None:
        self._table, self._query, self._each = table, query, each
        self._values: dict[str, Any] = {}
        self._parts: list[str] = []
        width = bitmaps.WIDTH
        self._none = f"0::bit({width})"
        # Laid on each other from the left: a chunk that is not in all of these has no hit.
        if musts:
            needed = [
                self._part(f"m{at}", self._wanted(f"m{at}", each)) for at, each in enumerate(musts)
            ]
        else:
            self._values["all"] = ALL
            needed = [
                self._part(
                    "m0",
                    f"SELECT chunk, bits FROM {table}_leaves JOIN {table}_bits USING (leaf) WHERE name = %(all)s",  # noqa: S608
                )
            ]
        taken = []
        if never.leaves or never.others:
            taken.append(self._part("never", self._wanted("never", never)))
        for facet, values in query.without.items():
            if values:
                taken.append(
                    self._part(f"without_{facet}", self._with(f"without_{facet}", facet, values))
                )
        self.chosen = {
            facet: self._part(f"filter_{facet}", self._with(f"filter_{facet}", facet, values))
            for facet, values in query.filters.items()
            if values
        }
        matched = " & ".join(
            [f"{part}.bits" for part in needed]
            + [f"~coalesce({part}.bits, {self._none})" for part in taken]
        )
        # The first number of a row is that with all filters, then one for each facet that is filtered, without its own.
        kept = [list(self.chosen.values())]
        kept += [[part for part in self.chosen.values() if part != own] for own in kept[0]]
        columns = ", ".join(
            " & ".join(
                [f"({matched})", *(f"coalesce({part}.bits, {self._none})" for part in parts)]
            )
            + f" AS b{at}"
            for at, parts in enumerate(kept)
        )
        joined = needed[0]
        joined += "".join(f" JOIN {part} USING (chunk)" for part in needed[1:])
        joined += "".join(
            f" LEFT JOIN {part} USING (chunk)" for part in [*taken, *self.chosen.values()]
        )
        self._part("found", f"SELECT chunk, {columns} FROM {joined}")  # noqa: S608
        self._numbers = range(len(kept))

    def counts(self, connection: psycopg.Connection[Any]) -> tuple[int, dict[str, dict[str, int]]]:
        table, query = self._table, self._query
        numbers = ", ".join(f"n{at}" for at in self._numbers)
        sums = ", ".join(f"sum(n{at})::bigint AS n{at}" for at in self._numbers)
        totals = ", ".join(f"coalesce(sum(bit_count(b{at})), 0)::bigint" for at in self._numbers)
        asked = [f"SELECT NULL AS value, {totals} FROM found"]  # noqa: S608
        # OFFSET 0: what was counted is carried on, and not the bits.
        if set(query.facets) & set(OWN):
            self._values["facets"] = FACET + "%"
            counted = self._counted("b{} & bits")
            asked.append(
                f"SELECT substr(name, 2), {numbers} FROM (SELECT leaf, {sums} FROM (SELECT leaf, {counted} FROM found"  # noqa: S608
                f" JOIN {table}_bits USING (chunk) WHERE leaf = ANY(ARRAY(SELECT leaf FROM {table}_leaves"
                f" WHERE name LIKE %(facets)s)) OFFSET 0) AS each GROUP BY leaf) AS own JOIN {table}_leaves USING (leaf)"
            )
        if set(query.facets) - set(OWN):
            columns = [name for name, facets in PROFILES.items() if facets != OWN]
            counted = self._counted(_of_run("b{}"))
            asked.append(
                f"SELECT value, {sums} FROM (SELECT coalesce({', '.join(columns)}) AS profile, {sums} FROM"  # noqa: S608
                f" (SELECT {', '.join(columns)}, {counted} FROM found JOIN {table}_runs ON first / {bitmaps.WIDTH} = chunk OFFSET 0)"
                f" AS each GROUP BY GROUPING SETS ({', '.join(f'({name})' for name in columns)})) AS runs"
                f" JOIN {table}_profiles ON code = profile, unnest(facets) AS value GROUP BY value"
            )
        rows = self._ask(connection, " UNION ALL ".join(asked), {})
        return asking.told(rows, query.facets, list(self.chosen))

    def groups(
        self, connection: psycopg.Connection[Any], column: str, order: str
    ) -> list[tuple[Any, int]]:
        """How many hits there are for each value of a column of the runs, in order of the values."""
        return self._ask(
            connection,
            f"SELECT value, sum(n)::bigint FROM ({self._runs(f'{column} AS value')}) AS each GROUP BY value"  # noqa: S608
            f" HAVING sum(n) > 0 ORDER BY value {order}",
            {},
        )

    def documents(
        self, connection: psycopg.Connection[Any], column: str, order: str, start: int, end: int
    ) -> tuple[list[int], list[Any], int]:
        """Of the hits in order of a column, and of their documents: in which documents, and with which value, those
        from `start` to `end` are; and how many of these documents' hits come before them."""
        rows = self._ask(
            connection,
            "SELECT document, value, before::bigint FROM (SELECT document, value, sum(n) AS n,"  # noqa: S608
            f" sum(sum(n)) OVER (ORDER BY value {order}, document) - sum(n) AS before"
            f" FROM ({self._runs(f'document, {column} AS value')}) AS each GROUP BY document, value) AS all_of"
            " WHERE n > 0 AND before < %(end)s AND before + n > %(start)s",
            {"start": start, "end": end},
        )
        skipped = start - min((before for _, _, before in rows), default=start)
        return [row[0] for row in rows], [row[1] for row in rows], skipped

    def rows(self, connection: psycopg.Connection[Any], where: Condition) -> Condition:
        """The hits, few, in runs for which `where` holds, by their documents and slots."""
        documents, slots = self._ask(
            connection,
            "SELECT array_agg(DISTINCT document), array_agg(first + at) FROM (SELECT document, first, size,"  # noqa: S608
            f" {_of_run('b0')} AS bits FROM found JOIN {self._table}_runs ON first / {bitmaps.WIDTH} = chunk"
            f" WHERE {where.sql} OFFSET 0) AS run, generate_series(0, size - 1) AS at WHERE get_bit(bits, at) = 1",
            where.values,
        )[0]
        return Condition(
            "document = ANY(%(documents)s) AND slot = ANY(%(slots)s)",
            {"documents": documents or [], "slots": slots or []},
        )

    def shared(self, connection: psycopg.Connection[Any], needed: int) -> list[tuple[str, int]]:
        """The hits that have most of the clauses, with how many that are; the shortest first where these are equal.

        Each clause is added to a number of some binary digits an entry, of which each is a row of bits.
        """
        clauses = [each for each in self._each if each.leaves or each.others]
        width, parts = bitmaps.WIDTH, list(self._parts)
        digits = 0
        for at, clause in enumerate(clauses):
            own = f"(SELECT * FROM ({self._wanted(f's{at}', clause)}) AS s)"  # noqa: S608
            before = f"n{at - 1}" if at else "found"
            carry, columns = "more", []
            for digit in range(digits):
                columns.append(f"d{digit} # ({carry}) AS d{digit}")
                carry = f"{carry} & d{digit}"
            if (at + 1).bit_length() > digits:
                columns.append(f"{carry} AS d{digits}")
                digits += 1
            held = ", ".join(f"d{digit}" for digit in range((at).bit_length()))
            more = f"b0 & coalesce(s.bits, {self._none}) AS more"
            parts.append(
                f"n{at} AS MATERIALIZED (SELECT chunk, b0, {', '.join(columns)} FROM (SELECT chunk, b0,"  # noqa: S608
                f" {', '.join(filter(None, (held, more)))} FROM {before} LEFT JOIN {own} AS s USING (chunk) OFFSET 0) AS n)"
            )

        def with_(number: int) -> str:
            """The bits of the entries that have exactly so many."""
            return " & ".join(
                f"d{digit}" if number >> digit & 1 else f"~d{digit}" for digit in range(digits)
            )

        last = f"n{len(clauses) - 1}"
        numbers = range(len(clauses), 0, -1)
        levels = ", ".join(f"({number}, {with_(number)})" for number in numbers)
        rows = connection.execute(
            f"WITH {', '.join(parts)}, levels AS MATERIALIZED (SELECT chunk, number, bits, bit_count(bits) AS many FROM {last},"  # noqa: S608
            f" LATERAL (VALUES {levels}) AS level (number, bits) WHERE bit_count(bits) > 0),"
            " best AS (SELECT number, slot FROM (SELECT *, sum(many) OVER (ORDER BY number DESC, chunk) - many AS before"
            f" FROM levels) AS level, LATERAL (SELECT chunk * {width} + at AS slot FROM generate_series(0, {width - 1})"
            " AS at WHERE get_bit(bits, at) = 1) AS one WHERE before < %(pool)s)"
            f" SELECT id, number FROM best, LATERAL (SELECT document FROM {self._table}_runs WHERE first <= slot"
            f" ORDER BY first DESC LIMIT 1) AS run JOIN {self._table} AS entry USING (document) WHERE entry.slot = best.slot"
            " ORDER BY number DESC, pg_column_size(terms), document, position, id LIMIT %(needed)s",
            {**self._values, "pool": POOL * needed, "needed": needed},
        ).fetchall()
        return [(name, number) for name, number in rows]

    def _runs(self, columns: str) -> str:
        """The columns of each run, and how many hits are in it."""
        return (
            f"SELECT {columns}, bit_count({_of_run('b0')}) AS n FROM found"  # noqa: S608
            f" JOIN {self._table}_runs ON first / {bitmaps.WIDTH} = chunk OFFSET 0"
        )

    def _ask(
        self, connection: psycopg.Connection[Any], asked: str, values: Mapping[str, Any]
    ) -> list[Any]:
        statement = f"WITH {', '.join(self._parts)} {asked}"
        return connection.execute(statement, {**self._values, **values}).fetchall()

    def _counted(self, bits: str) -> str:
        return ", ".join(f"bit_count({bits.format(at)}) AS n{at}" for at in self._numbers)

    def _part(self, name: str, asked: str) -> str:
        self._parts.append(f"{name} AS MATERIALIZED ({asked})")
        return name

    def _wanted(self, name: str, wanted: Wanted) -> str:
        table, width = self._table, bitmaps.WIDTH
        self._values[f"{name}_leaves"] = list(wanted.leaves)
        rows = f"SELECT chunk, bits FROM {table}_bits WHERE leaf = ANY(%({name}_leaves)s)"  # noqa: S608
        if wanted.others:
            self._values[f"{name}_others"] = " | ".join(wanted.others)
            rows += (
                f" UNION ALL SELECT slot / {width}, set_bit({self._none}, mod(slot, {width}), 1) FROM {table}"  # noqa: S608
                f" WHERE terms @@ %({name}_others)s::tsquery"
            )
        return f"SELECT chunk, bit_or(bits) AS bits FROM ({rows}) AS rows GROUP BY chunk"  # noqa: S608

    def _with(self, name: str, facet: str, values: Sequence[str]) -> str:
        """Where any of these values is."""
        table, width = self._table, bitmaps.WIDTH
        if facet not in OWN:
            self._values[name] = [f"{facet}:{value}" for value in values]
            return (
                f"SELECT first / {width} AS chunk, bit_or(~{self._none} << ({width} - size) >> mod(first, {width})) AS bits"  # noqa: S608
                f" FROM {table}_runs WHERE {column(facet)} IN (SELECT code FROM {table}_profiles WHERE facets && %({name})s)"
                " GROUP BY 1"
            )
        self._values[name] = [f"{FACET}{facet}:{value}" for value in values]
        return (
            f"SELECT chunk, bit_or(bits) AS bits FROM {table}_leaves JOIN {table}_bits USING (leaf)"  # noqa: S608
            f" WHERE name = ANY(%({name})s) GROUP BY chunk"
        )


def _of_run(bits: str) -> str:
    return f"substring({bits} FROM mod(first, {bitmaps.WIDTH}) + 1 FOR size)"


def _either_field(phrase: Phrase) -> list[str]:
    return [asking.phrased(phrase, letter) for letter in LETTERS.values()]


def _any_field(condition: str) -> str:
    return " OR ".join(f"{condition} %({letter})s" for letter in LETTERS.values())
