"""How the rows of a long table are read: in chunks, by growing primary key, in constant memory.

The keys are asked for first and by themselves (eight bytes a row): a query for "the next rows after this one" made
SQLite sort all of them again for every chunk, since it began with the documents. No query stays open between
chunks, so that a slow visitor holds up no writer.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from operator import itemgetter
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import IntegerField, QuerySet

CHUNK = 2000
HELD = -4000  # kilobytes of pages that SQLite holds while rows only come in
# Bounds that no row has: they are replaced in the finished statement.
LOW, HIGH = -(2**61) - 1, -(2**61) - 2


def objects(rows: QuerySet) -> Iterator[list[Any]]:
    """The rows as objects, in lists of `CHUNK`."""
    for keys in _keys(rows):
        yield list(rows.filter(pk__in=keys).order_by("pk"))


def values(rows: QuerySet, *columns: Any) -> Iterator[list[tuple[Any, ...]]]:
    """The rows as plain values: the primary key and then `columns`. The keys say which rows; the conditions of the
    query are not asked again."""
    found = Ranged(rows.model._default_manager.order_by("pk").values_list("pk", *columns))
    for keys in _keys(rows):
        yield found.rows(keys)


class Ranged:
    """A query for plain values that is put once and asked for many ranges of keys.

    To build the statement anew cost as much as the rows of a chunk; so did handing over a list of 2,000 keys.
    """

    def __init__(self, rows: QuerySet, column: str = "pk"):
        """The first value of a row must be that of `column`."""
        self.rows_of_all, self.column, self.alias = rows, column, rows.db
        bounded = rows.filter(**{f"{column}__gte": LOW, f"{column}__lte": HIGH})
        self.statement, self.parameters = bounded.query.get_compiler(self.alias).as_sql()

    def rows(self, keys: list[int]) -> list[tuple[Any, ...]]:
        """Those with one of the growing `keys`: by range where they lie close together."""
        if not keys:
            return []
        if keys[-1] - keys[0] >= 3 * len(keys):
            chosen = self.rows_of_all.filter(**{f"{self.column}__in": keys})
            return self._fetched(*chosen.query.get_compiler(self.alias).as_sql())
        bounds = {LOW: keys[0], HIGH: keys[-1]}
        found = self._fetched(self.statement, [bounds.get(one, one) for one in self.parameters])
        if keys[-1] - keys[0] + 1 == len(keys):
            return found
        wanted = set(keys)
        return [row for row in found if row[0] in wanted]

    def _fetched(self, statement: str, parameters: Any) -> list[tuple[Any, ...]]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall()


@contextmanager
def unmapped(alias: str) -> Iterator[None]:
    """Without SQLite's memory map: a file that is passed through would stay in memory as a whole."""
    with _set(alias, "mmap_size", 0):
        yield


@contextmanager
def lean(alias: str) -> Iterator[None]:
    """Writing row after row without a memory map and with few pages held: memory does not grow with the file."""
    with _set(alias, "mmap_size", 0), _set(alias, "cache_size", HELD):
        yield


@contextmanager
def _set(alias: str, name: str, value: int) -> Iterator[None]:
    """One of SQLite's settings for a while."""
    connection = connections[alias]
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        (before,) = cursor.execute(f"PRAGMA {name}").fetchone() or (0,)
        cursor.execute(f"PRAGMA {name}={value:d}").fetchall()
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA {name}={before:d}").fetchall()


def learn(alias: str = "default") -> None:
    """Let the database know how its tables look now, after many rows came in; a fraction of a second."""
    connection = connections[alias]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit=1000").fetchall()
        cursor.execute("ANALYZE")


def _keys(rows: QuerySet) -> Iterator[list[Any]]:
    """The primary keys of the rows, in lists of `CHUNK`; sorted here, for SQLite would keep whole records to sort."""
    values = rows.order_by().values_list("pk", flat=True)
    keys: Any
    if isinstance(rows.model._meta.pk, IntegerField):
        keys = np.fromiter(_streamed(values), np.int64)
        keys.sort()
    else:
        keys = np.array(sorted(values.iterator(chunk_size=CHUNK)), object)
    for at in range(0, len(keys), CHUNK):
        yield keys[at : at + CHUNK].tolist()


def _streamed(values: QuerySet) -> Iterator[Any]:
    """The one column of the rows, as the database hands it over."""
    try:
        statement = values.query.get_compiler(values.db).as_sql()
    except EmptyResultSet:  # its conditions exclude each other
        return
    with connections[values.db].cursor() as cursor:
        cursor.execute(*statement)
        while found := cursor.fetchmany(CHUNK):
            yield from map(itemgetter(0), found)
