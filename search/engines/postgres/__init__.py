"""The index in PostgreSQL, for an operator who wants one server and no more: `SEARCH_URL=postgresql://…`.

Terms are lexemes of a tsvector, each with a letter of its field before it, at the positions they have in the
text; so phrases, prefixes and alternatives are the server's own tsquery. How many entries hold a term is kept beside,
for BM25's idf and for suggestions.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Literal

import psycopg
from psycopg import sql
from psycopg_pool import ConnectionPool, PoolTimeout

from search.engines.base import EngineUnavailable, Entry, Query, Results
from search.engines.postgres import asking, bitmaps, counting, grading, schema

PATIENCE = 20  # seconds that a writer waits for another
BUILDING = "256MB"  # for the index of words, while it is made
# A search that finds many entries keeps where they are in memory, and a plan is not worth compiling.
ASKING = "SET LOCAL work_mem = '64MB'; SET LOCAL jit = off"
# Words are found by the index, whatever the server guesses: to look through all entries is to read all their terms.
BY_WORDS = "SET LOCAL enable_seqscan = off"


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
            if query.clauses:
                connection.execute(BY_WORDS)
            bits = counting.by_bits(connection, query, self.table)
            if bits:
                matched = asking.matching(query)
                total, facets = bits.counts(connection)
            else:
                matched = asking.looked_up(connection, query, self.table)
                total, facets = asking.counts(connection, query, self.table, matched)
            weights = grading.inverse_frequencies(connection, query, self.table)
            hits = grading.page(connection, query, self.table, weights, matched, bits, total)
        return Results(total, tuple(hits), facets)

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        fresh = list(entries)
        with self._connection() as connection, connection.transaction():
            self._lock(connection, "shared")
            gone = connection.execute(
                f"WITH gone AS (DELETE FROM {self.table} WHERE document = %s RETURNING terms)"  # noqa: S608
                " SELECT lexeme, count(*) FROM gone, unnest(gone.terms) GROUP BY lexeme",
                [document],
            ).fetchall()
            runs = connection.execute(
                f"DELETE FROM {self.table}_runs WHERE document = %s RETURNING first, size",  # noqa: S608
                [document],
            ).fetchall()
            with schema.loader(
                connection, self.table, bitmaps.free(connection, self.table, len(fresh))
            ) as loader:
                loader.add(fresh)
                loader.finish()
                bitmaps.update(connection, self.table, loader.marks, runs)
            loader.counted.subtract(dict(gone))
            self._count(connection, self.table, loader.counted)

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[schema.Loader]:
        fresh = f"{self.table}_next"
        with self._connection() as connection, connection.transaction():
            self._lock(connection, "alone")
            connection.execute(f"SET LOCAL maintenance_work_mem = '{BUILDING}'")
            connection.execute(f"DROP TABLE IF EXISTS {_all(fresh)}")
            connection.execute(schema.create(fresh))
            with schema.loader(connection, fresh, itertools.count()) as loader:
                yield loader
                loader.finish()
                bitmaps.build(connection, fresh, loader.marks, schema.held(loader.counted))
            connection.execute(schema.INDEX.format(entries=fresh))
            self._count(connection, fresh, loader.counted)
            connection.execute(
                sql.SQL("COMMENT ON TABLE {} IS {}").format(
                    sql.Identifier(fresh), sql.Literal(f"{stamp}\n{schema.LAYOUT}")
                )
            )
            connection.execute(f"DROP TABLE IF EXISTS {_all(self.table)}")
            for part in schema.TABLES:
                connection.execute(f"ALTER TABLE {fresh}{part} RENAME TO {self.table}{part}")
        with self._connection() as connection:
            connection.execute(f"ANALYZE {_all(self.table)}")

    def stamp(self) -> str | None:
        with self._connection() as connection:
            found = _one(
                connection, "SELECT obj_description(to_regclass(%s)::oid, 'pg_class')", [self.table]
            )
        if found is None:
            return None
        stamp, _, layout = str(found).partition("\n")
        return stamp if layout == schema.LAYOUT else f"{stamp} ({layout or 'layout 1'})"

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        letter = schema.LETTERS["text"]
        with self._connection() as connection:
            rows = connection.execute(
                f"SELECT term, entries FROM {self.table}_terms WHERE term LIKE %s AND entries > 0"  # noqa: S608
                " ORDER BY entries DESC, term LIMIT %s",
                [letter + schema.like(prefix) + "%", limit],
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
        except (psycopg.errors.UndefinedTable, psycopg.errors.UndefinedColumn) as gone:
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
                    f" LOCK TABLE {_all(self.table)} IN ACCESS SHARE MODE;"
                    f" {ASKING}"
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


def _all(table: str) -> str:
    return ", ".join(f"{table}{part}" for part in schema.TABLES)


def _one(connection: psycopg.Connection[Any], statement: str, values: Any) -> Any:
    row = connection.execute(statement, values).fetchone()
    return row[0] if row else None
