"""The outline and the facts of the five real texts are those of their gold."""

from __future__ import annotations

import pytest

from tests.ingest import gazetteers, structure_gold


@pytest.fixture(scope="module", params=["shipped", "register"])
def scores(request, shared):
    """Once with the table that ships, once with all 11,000 municipalities to mistake a word for."""
    known = (
        gazetteers.examples()
        if request.param == "shipped"
        else gazetteers.register(shared / "reference" / "municipalities.csv")
    )
    return structure_gold.measure(shared / "gold" / "structure.json", shared / "seeds", known)


def test_headings_and_their_levels_are_those_of_the_gold(scores):
    figures = structure_gold.figures(scores)
    assert figures["f1"] >= 0.98 and figures["levels"] >= 0.98


def test_what_is_known_of_each_text_is_exactly_what_the_gold_says(scores):
    assert {score.name: score.wrong for score in scores if score.wrong} == {}
