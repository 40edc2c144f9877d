"""The engines, each empty, and a few entries about a town."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine, Entry
from search.engines.postgres import PostgresEngine
from search.engines.whoosh import WhooshEngine
from tests import postgres

Made = Callable[[Iterable[Entry]], Engine]
_tables = itertools.count()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A server to throw away; where none is installed the tests skip, and in CI fail."""
    try:
        with postgres.server() as url:
            yield url
    except postgres.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture(params=["whoosh", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine that holds nothing yet; every test of the contract runs on each."""
    if request.param == "whoosh":
        yield WhooshEngine(tmp_path / "index")
    else:
        url = request.getfixturevalue("postgres_url")
        made = PostgresEngine(url, table=f"contract_{os.getpid()}_{next(_tables)}")
        yield made
        made.close()


@pytest.fixture
def address(engine: Engine) -> Callable[[], Engine]:
    """Another engine on the same index, that can be sent to another process."""

    def another() -> Engine:
        if isinstance(engine, WhooshEngine):
            return WhooshEngine(engine.folder)
        assert isinstance(engine, PostgresEngine)
        return PostgresEngine(engine.url, engine.table)

    return another


@pytest.fixture
def holding(engine: Engine) -> Made:
    """`holding(entries)`: the engine with these in it."""

    def fill(entries: Iterable[Entry]) -> Engine:
        with engine.rebuild("stamp") as loader:
            loader.add(entries)
        return engine

    return fill
