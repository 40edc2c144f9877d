"""The engines, each empty, and a few entries about a town."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from search.engines.base import Engine, Entry
from search.engines.opensearch import OpenSearchEngine
from search.engines.postgres import PostgresEngine
from search.engines.whoosh import WhooshEngine
from tests import cluster, postgres

Made = Callable[[Iterable[Entry]], Engine]
_numbers = itertools.count()


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


@pytest.fixture(scope="session")
def opensearch() -> Iterator[cluster.Cluster]:
    """A cluster of one node to throw away; without Java or Maven the tests skip, and in CI fail."""
    try:
        with cluster.running() as made:
            yield made
    except cluster.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture(params=["whoosh", "postgresql", "opensearch"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An engine that holds nothing yet; every test of the contract runs on each."""
    if request.param == "whoosh":
        yield WhooshEngine(tmp_path / "index")
    elif request.param == "opensearch":
        nodes = request.getfixturevalue("opensearch")
        found = OpenSearchEngine(nodes.url(f"contract-{next(_numbers)}", "?shards=2"))
        yield found
        found.close()
    else:
        url = request.getfixturevalue("postgres_url")
        made = PostgresEngine(url, table=f"contract_{os.getpid()}_{next(_numbers)}")
        yield made
        made.close()


@pytest.fixture
def address(engine: Engine) -> Callable[[], Engine]:
    """Another engine on the same index, that can be sent to another process."""

    def another() -> Engine:
        if isinstance(engine, WhooshEngine):
            return WhooshEngine(engine.folder)
        if isinstance(engine, OpenSearchEngine):
            return OpenSearchEngine(engine.url)
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
