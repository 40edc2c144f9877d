"""All engines find the same in real texts and count the same: the judged queries over the five texts, imported."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from benchmarks import search_quality
from search import documents, query, ranking
from search.engines.base import FACETS, Engine
from search.engines.opensearch import OpenSearchEngine
from search.engines.postgres import PostgresEngine
from search.engines.whoosh import WhooshEngine
from tests import cluster

# Beside the judged queries what they do not ask: fields, exclusions, beginnings, phrases, nearly spelled words.
MORE = (
    "wohn* -miete",
    '"bezahlbarer Wohnraum"',
    "Fahrad~ OR Bus",
    "Rad-Wege Schulen",
    "die und",
    "xyzzy",
    "Bürger*innen",
)
FILTERS: tuple[dict[str, tuple[str, ...]], ...] = (
    {},
    {"unit": ("pledge",)},
    {"topic": ("wohnen", "verkehr"), "specificity": ("concrete",)},
)


@pytest.fixture
def engines(
    db: None, seeds: dict[str, Path], tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[dict[str, Engine]]:
    call_command("load_reference", verbosity=0)
    call_command("import_documents", *map(str, seeds.values()), publish=True, verbosity=0)
    entries = list(documents.all_entries())
    assert len(entries) > 500
    nodes: cluster.Cluster = request.getfixturevalue("opensearch")
    url: str = request.getfixturevalue("postgres_url")
    made: dict[str, Any] = {
        "whoosh": WhooshEngine(tmp_path / "index"),
        "postgresql": PostgresEngine(url, table="same_answers"),
        "opensearch": OpenSearchEngine(nodes.url("same-answers")),
    }
    for engine in made.values():
        with engine.rebuild("same") as loader:
            loader.add(entries)
    yield made
    made["postgresql"].close()
    made["opensearch"].close()


def test_the_judged_queries_give_the_same_sets_and_counts(engines: dict[str, Engine]) -> None:
    words = search_quality.shipped()
    queries = [one.text for one in search_quality.judged()]
    assert len(queries) == 40
    different = []
    hits = 0
    for text in (*queries, *MORE):
        for filters in FILTERS:
            answers = {
                name: _answer(engine, text, words, filters) for name, engine in engines.items()
            }
            hits += len(answers["whoosh"]["hits"])
            different += [
                f"{text} {filters} {name}: {part}"
                for name, answer in answers.items()
                for part, value in answer.items()
                if value != answers["whoosh"][part]
            ]
    assert different == []
    assert hits > 1000, "equal because hardly anything was found"


def _answer(engine: Engine, text: str, words: Any, filters: Any) -> dict[str, Any]:
    found = ranking.find(engine, query.understand(text), words, filters=filters, limit=2000)
    return {
        "total": found.total,
        "full": found.full,
        "hits": {(hit.id, partial) for hit, partial in found.hits},
        "facets": {name: dict(found.facets[name]) for name in FACETS},
        "suggestion": found.suggestion,
        "corrected": found.corrected,
    }
