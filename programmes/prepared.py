"""Queries whose words Django writes once: that takes ten times as long as their answer.

A page that is made from a dozen small queries spends most of its time on their words, which are the same each time
but for a few values.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import chain, islice, repeat
from typing import Any

from django.db import connections, router
from django.db.models import Model, QuerySet

AT_ONCE = 20  # numbers that are asked for in a list, or a multiple of so many
# What stands for a value while the words are written, and in no query of ours. A number must be one that the column
# takes, the smallest of which end at 32,767; numbers in lists are those of rows.
NUMBER, LISTED, WORD = 31_000, 2_000_000_000, "\x01{}"

Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class _Written:
    words: str
    parameters: tuple[Any, ...]
    places: tuple[tuple[int, int], ...]  # where in the parameters which of the values stands
    converters: tuple[tuple[int, tuple[Any, ...], Any], ...]  # of a column, and of what it is


class Prepared:
    """A query of a model by values and lists of numbers; `rows` makes it from them, as `values_list`.

    A list must not be empty. It is filled up with what is in it, so that few lengths are written.
    """

    def __init__(self, model: type[Model], rows: Callable[..., QuerySet]) -> None:
        self._model = model
        self._rows = rows
        self._written: dict[tuple[Any, ...], _Written] = {}

    def __call__(self, *given: int | str | Collection[int]) -> Sequence[Row]:
        db = router.db_for_read(self._model)
        values: list[int | str] = []
        shape: list[Any] = [db]
        for one in given:
            if isinstance(one, int | str):
                values.append(one)
                shape.append(type(one))
            else:
                size = -(-len(one) // AT_ONCE) * AT_ONCE
                values += islice(chain(one, repeat(next(iter(one)))), size)
                shape.append(size)
        key = tuple(shape)
        written = self._written.get(key)
        if written is None:
            written = self._written[key] = self._write(shape[1:], db)
        parameters = list(written.parameters)
        for place, number in written.places:
            parameters[place] = values[number]
        connection = connections[db]
        with connection.cursor() as cursor:
            cursor.execute(written.words, parameters)
            rows = cursor.fetchall()
        for column, converters, of in written.converters:
            rows = [list(row) for row in rows]
            for row in rows:
                for convert in converters:
                    row[column] = convert(row[column], of, connection)
        return rows

    def _write(self, shape: Sequence[Any], db: str) -> _Written:
        marks: list[int | str] = []
        given: list[Any] = []
        for kind in shape:
            size = kind if isinstance(kind, int) else 1
            own: list[int | str] = []
            for at in range(len(marks), len(marks) + size):
                first = NUMBER if kind is int else LISTED
                own.append(WORD.format(at) if kind is str else first + at)
            marks += own
            given.append(own if isinstance(kind, int) else own[0])
        compiler = self._rows(*given).using(db).query.get_compiler(db)
        words, parameters = compiler.as_sql()
        number = {mark: at for at, mark in enumerate(marks)}
        return _Written(
            words,
            tuple(parameters),
            tuple(
                (place, number[value])
                for place, value in enumerate(parameters)
                if isinstance(value, int | str) and value in number
            ),
            tuple(
                (column, tuple(converters), of)
                for column, (converters, of) in compiler.get_converters(
                    [expression for expression, *_ in compiler.select]
                ).items()
            ),
        )
