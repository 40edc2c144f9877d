"""How good are the pledges in labelled texts of our own, fitted and unfitted apart? See `development/`."""

from __future__ import annotations

import development
import printing
import pytest

from programmes import evaluation
from programmes.ingest import pipeline
from programmes.ingest.pieces import Source


@pytest.fixture(scope="module")
def fitted() -> evaluation.Report:
    return development.compare(development.documents("fitted"))


@pytest.fixture(scope="module")
def unfitted() -> evaluation.Report:
    return development.compare(development.documents("unfitted"))


def test_texts_the_rules_were_improved_on_are_read_well(fitted):
    assert fitted.all.f1 >= 0.95


def test_texts_the_rules_were_not_improved_on_are_read_nearly_as_well(unfitted):
    assert unfitted.agreed.f1 >= 0.90
    assert unfitted.macro >= 0.90


def test_main_topics_are_right_in_both(fitted, unfitted):
    assert fitted.main_topic >= 0.82
    assert unfitted.main_topic >= 0.82


def test_specificity_is_right_in_both(fitted, unfitted):
    assert fitted.specificity_f1 >= 0.75
    assert unfitted.specificity_f1 >= 0.75


def test_a_newspaper_article_holds_no_pledge():
    (article,) = (
        document
        for document in development.documents("fitted")
        if document.name == "article_of_a_newspaper"
    )
    assert development.parse(article).pledges == ()


def test_every_unit_of_ours_can_be_found_in_its_text():
    for part in ("fitted", "unfitted"):
        for document in development.documents(part):
            assert all(unit.text in document.text for unit in document.units)


def test_a_text_set_as_a_web_page_gives_the_pledges_of_the_plain_one():
    for document in development.documents("unfitted"):
        page = Source(printing.as_html(document.text).encode(), f"{document.name}.html")
        of_page = pipeline.parse(page, development.known())
        plain = development.parse(document)
        assert [p.text for p in of_page.pledges] == [p.text for p in plain.pledges]
