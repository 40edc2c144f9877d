"""What PostgreSQL is asked beyond the contract: the best hits are found without a look at all, and are the same."""

from __future__ import annotations

import dataclasses
import os
import random
from collections import Counter
from collections.abc import Iterator

import pytest

from search.engines.base import Clause, Engine, Entry, Phrase, Query
from search.engines.postgres import PostgresEngine, bitmaps, counting, grading
from tests.search import plain_engine
from tests.search.test_engines import TERMS, agrees, some_entries, some_query


@pytest.fixture
def engine(postgres_url: str, request: pytest.FixtureRequest) -> Iterator[PostgresEngine]:
    made = PostgresEngine(postgres_url, table=f"own_{os.getpid()}_{abs(hash(request.node.name))}")
    yield made
    made.close()


def fill(engine: Engine, entries: list[Entry]) -> None:
    with engine.rebuild("stamp") as loader:
        loader.add(entries)


ALL = (1, 3, 12, 10**6)


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "place", "added"])
def test_the_best_hits_are_those_of_a_look_at_each(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    rng = random.Random(order)
    fill(engine, some_entries(rng, range(1, 25)))
    found = 0
    for _ in range(12):
        query = dataclasses.replace(some_query(rng), order=order, limit=10_000, facets=())
        monkeypatch.setattr(grading, "FEW", 10**6)
        wanted = engine.search(query).hits
        monkeypatch.setattr(grading, "FEW", 0)
        monkeypatch.setattr(grading, "QUESTIONS", ALL)
        for start, limit in ((0, 3), (2, 5), (0, 10_000)):
            page = dataclasses.replace(query, offset=start, limit=limit)
            assert engine.search(page).hits == wanted[start : start + limit], page
        found += len(wanted)
    assert found > 100


@pytest.mark.parametrize("order", ["relevance", "newest", "oldest", "place", "added"])
def test_the_best_hits_by_bits_are_those_of_a_look_at_each(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, order: str
) -> None:
    rng = random.Random(order)
    monkeypatch.setattr(bitmaps, "WIDTH", 16)
    monkeypatch.setattr(bitmaps, "LEAST", 2)
    monkeypatch.setattr(counting, "FEW", -1)
    monkeypatch.setattr(grading, "QUESTIONS", ALL)
    fill(engine, some_entries(rng, range(1, 25)))
    found = 0
    for at in range(16):
        query = dataclasses.replace(some_query(rng), order=order, limit=10_000, facets=())
        if at % 4 == 0:
            query = dataclasses.replace(query, clauses=())
        with monkeypatch.context() as patched:
            patched.setattr(grading, "FEW", 10**6)
            patched.setattr(counting, "by_bits", lambda *_: None)
            wanted = engine.search(query).hits
        for few in (0, 5):
            monkeypatch.setattr(grading, "FEW", few)
            for start, limit in ((0, 3), (2, 5), (0, 10_000)):
                page = dataclasses.replace(query, offset=start, limit=limit)
                assert engine.search(page).hits == wanted[start : start + limit], page
        found += len(wanted)
    assert found > 100


def test_what_is_graded_coarsely_comes_after_and_is_neither_lost_nor_doubled(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = random.Random(7)
    fill(engine, some_entries(rng, range(1, 25)))
    monkeypatch.setattr(grading, "FEW", 0)
    monkeypatch.setattr(grading, "QUESTIONS", (1, 2))
    for _ in range(12):
        query = dataclasses.replace(some_query(rng), order="relevance", limit=10_000, facets=())
        everything = engine.search(query)
        assert len({hit.id for hit in everything.hits}) == everything.total == len(everything.hits)
        scores = [hit.score for hit in everything.hits]
        assert scores == sorted(scores, reverse=True)
        pages = [
            hit
            for start in range(0, everything.total, 7)
            for hit in engine.search(dataclasses.replace(query, offset=start, limit=7)).hits
        ]
        assert tuple(pages) == everything.hits


def test_an_entry_that_is_about_a_word_comes_before_one_that_has_it(engine: PostgresEngine) -> None:
    once = [("und",)] * 30 + [("bus",)]
    fill(
        engine,
        [Entry("p1", 1, 1, {"text": once}), Entry("p2", 1, 2, {"text": [*once, ("bus",)]})],
    )
    hits = engine.search(Query((Clause((Phrase(("bus",)),)),))).hits
    assert [hit.id for hit in hits] == ["p2", "p1"]


def test_an_index_that_lies_otherwise_is_an_old_one(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("search.engines.postgres.schema.LAYOUT", "layout 1")
    fill(engine, [])
    monkeypatch.undo()
    assert engine.stamp() not in (None, "stamp")


def test_the_terms_of_an_entry_lie_apart_from_what_is_counted(engine: PostgresEngine) -> None:
    many = [(f"=wort{at}", f"wort{at}") for at in range(60)]
    fill(engine, [Entry(f"p{at}", 1, at, {"text": many}) for at in range(200)])
    with engine._connection() as connection:
        row = connection.execute(
            f"SELECT pg_relation_size('{engine.table}'), sum(pg_column_size(terms)) FROM {engine.table}"  # noqa: S608
        ).fetchone()
    assert row is not None
    assert row[0] / 200 < 250
    assert row[1] / 200 > 800


@pytest.mark.parametrize("frequent", [1, 12, 40])
def test_what_is_counted_by_bits_is_what_a_look_at_each_counts(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, frequent: int
) -> None:
    monkeypatch.setattr(counting, "FEW", -1)
    monkeypatch.setattr(counting, "MOST_RARE", 3)
    monkeypatch.setattr(bitmaps, "WIDTH", 16)
    monkeypatch.setattr(bitmaps, "LEAST", frequent)
    monkeypatch.setattr(bitmaps, "SHORTEST", 1)
    monkeypatch.setattr(bitmaps, "MOST_LEAVES", 2)
    monkeypatch.setattr(bitmaps, "MOST_WORDS", 2)
    rng = random.Random(frequent)
    held = {each: some_entries(rng, [each]) for each in range(1, 13)}
    fill(engine, [entry for entries in held.values() for entry in entries])
    for document in (*rng.sample(range(1, 16), 12), 3, 3):
        for _ in range(6):
            agrees(
                engine, [entry for entries in held.values() for entry in entries], some_query(rng)
            )
        held[document] = [] if rng.random() < 0.25 else some_entries(rng, [document])
        engine.replace(document, held[document])


@pytest.mark.parametrize("frequent", [1, 12])
def test_what_shares_most_clauses_is_counted_by_bits(
    engine: PostgresEngine, monkeypatch: pytest.MonkeyPatch, frequent: int
) -> None:
    monkeypatch.setattr(counting, "FEW", -1)
    monkeypatch.setattr(bitmaps, "WIDTH", 16)
    monkeypatch.setattr(bitmaps, "LEAST", frequent)
    rng = random.Random(frequent)
    entries = some_entries(rng, range(1, 25))
    fill(engine, entries)
    for _ in range(12):
        words = rng.sample(TERMS, rng.choice((2, 5, 9)))
        filters = {"unit": ("p",)} if rng.random() < 0.5 else {}
        clauses = [Clause((Phrase((word,)),), "should") for word in words]
        shared = Counter(
            name
            for clause in clauses
            for name in plain_engine.answer(entries, Query((clause,), filters))[0]
        )
        query = Query(tuple(clauses), filters, facets=(), order="shared", limit=8)
        hits = engine.search(query).hits
        assert [hit.score for hit in hits] == [number for _, number in shared.most_common(8)]
        assert all(shared[hit.id] == hit.score for hit in hits)
