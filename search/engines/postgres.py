"""The index in PostgreSQL, for an operator who wants one server and no more: `SEARCH_URL=postgresql://…`.

Terms are lexemes of a tsvector, each with a letter of its field before it, at the positions they have in the
text; so phrases, prefixes and alternatives are the server's own tsquery. Facet values are an array of text
under a GIN index. How many entries hold a term is kept beside, for BM25's idf and for suggestions.
"""

from __future__ import annotations

import math
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from search.engines.base import Clause, EngineUnavailable, Entry, Hit, Phrase, Query, Results

# One letter a field, and what a hit in it is worth.
FIELDS = {"text": ("t", 1.0), "heading": ("h", 0.3), "title": ("i", 0.2)}
LAST_POSITION = 16383  # a tsvector holds no higher one
BATCH = 2000
PATIENCE = 20  # seconds that a writer waits for another

CREATE = """
CREATE TABLE {entries} (
    id text PRIMARY KEY, document bigint NOT NULL, position integer NOT NULL, newest bigint NOT NULL,
    place text COLLATE "C" NOT NULL, facets text[] NOT NULL, terms tsvector NOT NULL
);
CREATE TABLE {frequencies} (term text COLLATE "C" PRIMARY KEY, entries bigint NOT NULL);
"""
INDEX = """
CREATE INDEX ON {entries} USING gin (terms);
CREATE INDEX ON {entries} USING gin (facets);
CREATE INDEX ON {entries} (document);
"""


class PostgresEngine:
    """Safe for threads and processes: a pool of connections for each process, made when first needed."""

    def __init__(self, url: str, table: str = "search_entries") -> None:
        self.url, self.table = url, table
        self._pools: dict[int, ConnectionPool] = {}
        self._making = threading.Lock()

    def __reduce__(self) -> tuple[type[PostgresEngine], tuple[str, str]]:
        """To another process goes the address, and nothing that is open here."""
        return PostgresEngine, (self.url, self.table)

    def search(self, query: Query) -> Results:
        with self._reading() as connection:
            weights = self._inverse_frequencies(connection, query)
            where, values = _where(query)
            order = {
                "relevance": "score DESC, document, position, id",
                "newest": "newest DESC, score DESC, document, position, id",
                "oldest": "newest, score DESC, document, position, id",
                "added": "document DESC, position, id",
                "place": "place, score DESC, document, position, id",
            }[query.order]
            score, score_values = _score(query, weights)
            rows = connection.execute(
                f"SELECT id, {score} AS score FROM {self.table} WHERE {where}"  # noqa: S608 – own words only, values apart
                f" ORDER BY {order} OFFSET %(offset)s LIMIT %(limit)s",
                {**values, **score_values, "offset": query.offset, "limit": query.limit},
            ).fetchall()
            total = _one(connection, f"SELECT count(*) FROM {self.table} WHERE {where}", values)  # noqa: S608
            facets = self._facets(connection, query) if query.facets else {}
        return Results(total, tuple(Hit(row[0], float(row[1])) for row in rows), facets)

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        with self._connection() as connection, connection.transaction():
            self._lock(connection, "shared")
            gone = connection.execute(
                f"WITH gone AS (DELETE FROM {self.table} WHERE document = %s RETURNING terms)"  # noqa: S608
                " SELECT lexeme, count(*) FROM gone, unnest(gone.terms) GROUP BY lexeme",
                [document],
            ).fetchall()
            loader = _Loader(connection, self.table)
            loader.add(entries)
            loader.counted.subtract(dict(gone))
            self._count(connection, self.table, loader.counted)

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[_Loader]:
        fresh = f"{self.table}_next"
        with self._connection() as connection, connection.transaction():
            self._lock(connection, "alone")
            connection.execute(f"DROP TABLE IF EXISTS {fresh}, {fresh}_terms")
            connection.execute(CREATE.format(entries=fresh, frequencies=f"{fresh}_terms"))
            loader = _Loader(connection, fresh)
            yield loader
            connection.execute(INDEX.format(entries=fresh))
            self._count(connection, fresh, loader.counted)
            connection.execute(
                sql.SQL("COMMENT ON TABLE {} IS {}").format(
                    sql.Identifier(fresh), sql.Literal(stamp)
                )
            )
            connection.execute(f"DROP TABLE IF EXISTS {self.table}, {self.table}_terms")
            connection.execute(f"ALTER TABLE {fresh} RENAME TO {self.table}")
            connection.execute(f"ALTER TABLE {fresh}_terms RENAME TO {self.table}_terms")
        with self._connection() as connection:
            connection.execute(f"ANALYZE {self.table}")

    def stamp(self) -> str | None:
        with self._connection() as connection:
            found = _one(
                connection, "SELECT obj_description(to_regclass(%s)::oid, 'pg_class')", [self.table]
            )
        return None if found is None else str(found)

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        letter = FIELDS["text"][0]
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT term, entries FROM {self.table}_terms WHERE term LIKE %s AND entries > 0"  # noqa: S608
                " ORDER BY entries DESC, term LIMIT %s",
                [letter + _like(prefix) + "%", limit],
            ).fetchall()
        return {term[1:]: count for term, count in rows}

    def documents(self) -> Mapping[int, frozenset[str]]:
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT document, array_agg(id) FROM {self.table} GROUP BY document"  # noqa: S608
            ).fetchall()
        return {document: frozenset(ids) for document, ids in rows}

    def close(self) -> None:
        for pool in self._pools.values():
            pool.close()
        self._pools.clear()

    @contextmanager
    def _connection(self) -> Iterator[psycopg.Connection[Any]]:
        pid = os.getpid()
        with self._making:
            if pid not in self._pools:
                self._pools[pid] = ConnectionPool(
                    self.url,
                    min_size=0,
                    max_size=8,
                    open=True,
                    timeout=5,
                    kwargs={"autocommit": True},
                )
        try:
            with self._pools[pid].connection() as connection:
                yield connection
        except psycopg.errors.UndefinedTable as gone:
            raise EngineUnavailable(
                "Es gibt keinen Index; manage.py rebuild_index baut ihn."
            ) from gone
        except (psycopg.OperationalError, PoolTimeout) as gone:
            raise EngineUnavailable(f"PostgreSQL antwortet nicht wie erwartet: {gone}") from gone

    @contextmanager
    def _reading(self) -> Iterator[psycopg.Connection[Any]]:
        """All that is read is of one moment: no writer and no swap of tables comes between two statements."""
        with self._connection() as connection:
            try:
                connection.execute(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;"
                    f" LOCK TABLE {self.table}, {self.table}_terms IN ACCESS SHARE MODE"
                )
                yield connection
            finally:
                connection.rollback()

    def _lock(self, connection: psycopg.Connection[Any], how: Literal["shared", "alone"]) -> None:
        """One writer at a time; while the index is rebuilt none at all."""
        suffix = "_shared" if how == "shared" else ""
        if not _one(
            connection,
            f"SELECT pg_try_advisory_xact_lock{suffix}(hashtext(%s))",
            [f"{self.table} rebuilding"],
        ):
            raise EngineUnavailable(
                "Der Index wird gerade neu gebaut."
                if how == "shared"
                else "Der Index wird gerade geschrieben."
            )
        connection.execute(f"SET LOCAL lock_timeout = '{PATIENCE}s'")
        try:
            connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [self.table])
        except psycopg.errors.LockNotAvailable as busy:
            raise EngineUnavailable("Der Index wird gerade geschrieben.") from busy

    def _count(
        self, connection: psycopg.Connection[Any], table: str, counted: Counter[str]
    ) -> None:
        """Add to the number of entries that hold each term."""
        changed = [(term, count) for term, count in sorted(counted.items()) if count]
        connection.execute("CREATE TEMP TABLE changed (term text, entries bigint) ON COMMIT DROP")
        with connection.cursor() as cursor, cursor.copy("COPY changed FROM STDIN") as copy:
            for row in changed:
                copy.write_row(row)
        connection.execute(
            f"INSERT INTO {table}_terms AS t SELECT term, entries FROM changed"  # noqa: S608
            " ON CONFLICT (term) DO UPDATE SET entries = t.entries + excluded.entries"
        )
        connection.execute("DROP TABLE changed")

    def _inverse_frequencies(
        self, connection: psycopg.Connection[Any], query: Query
    ) -> dict[str, float]:
        """BM25's idf of every term asked for; for a prefix, that of a term as rare as its beginning allows."""
        terms = {
            term
            for clause in query.clauses
            for phrase in clause.alternatives
            for term in phrase.terms
        }
        if not terms:
            return {}
        names = {letter + term: term for letter, _ in FIELDS.values() for term in terms}
        entries = _one(
            connection,
            "SELECT greatest(reltuples, 1) FROM pg_class WHERE oid = to_regclass(%s)",
            [self.table],
        )
        rows = connection.execute(
            f"SELECT term, entries FROM {self.table}_terms WHERE term = ANY(%s)",  # noqa: S608
            [list(names)],
        ).fetchall()
        held: Counter[str] = Counter()
        for name, count in rows:
            held[names[name]] = max(held[names[name]], count)
        total = max(float(entries or 1), max(held.values(), default=1))
        return {
            term: math.log(1 + (total - held[term] + 0.5) / (held[term] + 0.5)) for term in terms
        }

    def _facets(
        self, connection: psycopg.Connection[Any], query: Query
    ) -> dict[str, dict[str, int]]:
        """One pass over what the clauses match; a facet with a filter is counted without it."""
        counts: dict[str, dict[str, int]] = {facet: {} for facet in query.facets}
        matching, values = _where(query, filters=False)
        wanted = {facet: chosen for facet, chosen in query.filters.items() if chosen}
        parts = []
        for number, without in enumerate([None, *wanted]):
            conditions = ["true"]
            for facet, chosen in wanted.items():
                if facet != without:
                    conditions.append(f"facets && %(without{number}_{facet})s")
                    values[f"without{number}_{facet}"] = [f"{facet}:{value}" for value in chosen]
            counted = (
                [without] if without else [facet for facet in query.facets if facet not in wanted]
            )
            if (without and without not in query.facets) or not counted:
                continue
            values[f"names{number}"] = [f"{facet}" for facet in counted]
            parts.append(
                f"SELECT value, count(*) FROM found, unnest(facets) AS value WHERE {' AND '.join(conditions)}"  # noqa: S608
                f" AND split_part(value, ':', 1) = ANY(%(names{number})s) GROUP BY value"
            )
        if parts:
            rows = connection.execute(
                f"WITH found AS MATERIALIZED (SELECT facets FROM {self.table} WHERE {matching}) "  # noqa: S608
                + " UNION ALL ".join(parts),
                values,
            ).fetchall()
            for value, count in rows:
                facet, _, name = value.partition(":")
                counts[facet][name] = count
        return counts


class _Loader:
    """Copies entries into a table and counts which terms they hold."""

    def __init__(self, connection: psycopg.Connection[Any], table: str) -> None:
        self.counted: Counter[str] = Counter()
        self._connection, self._table = connection, table

    def add(self, entries: Iterable[Entry]) -> None:
        columns = "id, document, position, newest, place, facets, terms"
        with (
            self._connection.cursor() as cursor,
            cursor.copy(f"COPY {self._table} ({columns}) FROM STDIN") as copy,
        ):
            for entry in entries:
                terms = _positions(entry)
                self.counted.update(terms.keys())
                copy.write_row(
                    (
                        entry.id,
                        entry.document,
                        entry.position,
                        entry.newest,
                        entry.place,
                        [
                            f"{facet}:{value}"
                            for facet, values in entry.facets.items()
                            for value in dict.fromkeys(values)
                        ],
                        _vector(terms),
                    )
                )


def _positions(entry: Entry) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for field, readings in entry.fields.items():
        letter = FIELDS[field][0]
        for position, terms in enumerate(readings, start=1):
            for term in dict.fromkeys(terms):
                found.setdefault(letter + term, []).append(min(position, LAST_POSITION))
    return found


def _vector(terms: Mapping[str, Sequence[int]]) -> str:
    """A tsvector literal. The server keeps at most 256 positions of a term."""
    return " ".join(
        f"{_quote(term)}:{','.join(map(str, places[:255]))}" for term, places in terms.items()
    )


def _where(query: Query, *, filters: bool = True) -> tuple[str, dict[str, Any]]:
    parts: list[str] = []
    values: dict[str, Any] = {}
    wanted = _boolean(query.clauses)
    if wanted:
        parts.append("terms @@ %(wanted)s::tsquery")
        values["wanted"] = wanted
    elif any(clause.occur != "not" for clause in query.clauses):
        parts.append("false")  # clauses without any alternative match nothing
    for facet, excluded in query.without.items():
        if excluded:
            parts.append(f"NOT facets && %(without_{facet})s")
            values[f"without_{facet}"] = [f"{facet}:{value}" for value in excluded]
    if filters:
        for facet, chosen in query.filters.items():
            if chosen:
                parts.append(f"facets && %(filter_{facet})s")
                values[f"filter_{facet}"] = [f"{facet}:{value}" for value in chosen]
    return " AND ".join(parts) or "true", values


def _boolean(clauses: Sequence[Clause]) -> str:
    must = [_any(clause) for clause in clauses if clause.occur == "must"]
    should = [
        _any(clause) for clause in clauses if clause.occur == "should" and clause.alternatives
    ]
    without = [
        f"!({_any(clause)})" for clause in clauses if clause.occur == "not" and clause.alternatives
    ]
    if "" in must:
        return ""
    if not must and should:
        must = [f"({' | '.join(should)})"]
    return " & ".join(must + without)


def _any(clause: Clause) -> str:
    phrases = [
        _phrase(phrase, letter) for phrase in clause.alternatives for letter, _ in FIELDS.values()
    ]
    return f"({' | '.join(phrases)})" if phrases else ""


def _phrase(phrase: Phrase, letter: str) -> str:
    words = [_quote(letter + term) for term in phrase.terms]
    if phrase.prefix:
        words[-1] += ":*"
    return f"({' <-> '.join(words)})"


def _score(query: Query, weights: Mapping[str, float]) -> tuple[str, dict[str, Any]]:
    """For each clause its best alternative in its best field: worth × idf × the server's own rank."""
    clauses: list[str] = []
    values: dict[str, Any] = {}
    for number, clause in enumerate(query.clauses):
        if clause.occur == "not":
            continue
        best = []
        for at, phrase in enumerate(clause.alternatives):
            rarity = sum(weights.get(term, 1.0) for term in phrase.terms)
            for letter, worth in FIELDS.values():
                name = f"score_{number}_{at}_{letter}"
                values[name] = _phrase(phrase, letter)
                values[f"{name}_worth"] = phrase.weight * worth * rarity
                # 1: divided by 1 + log of the length; 0.06 is the rank of a single hit
                best.append(
                    f"CASE WHEN terms @@ %({name})s::tsquery THEN %({name}_worth)s::float8 * (0.5 + ts_rank('{{1,1,1,1}}', terms, %({name})s::tsquery, 1))"
                    " ELSE 0 END"
                )
        if best:
            clauses.append(f"greatest({', '.join(best)})")
    return f"({' + '.join(clauses)})" if clauses else "0.0", values


def _quote(term: str) -> str:
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"


def _like(prefix: str) -> str:
    return prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _one(connection: psycopg.Connection[Any], statement: str, values: Any) -> Any:
    row = connection.execute(statement, values).fetchone()
    return row[0] if row else None
