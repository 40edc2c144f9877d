"""Weights are learned from labelled texts, and measured on texts they were not learned from."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import development
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programmes import evaluation, fitting
from programmes.fitting import Example, fit
from programmes.ingest.pledges import judge


def examples(*pairs: tuple[str, bool]) -> list[Example]:
    """Each pair four times, in two documents, so that its features are frequent enough."""
    return [
        Example(words.split(), answer, f"text {number % 2}")
        for words, answer in pairs
        for number in range(4)
    ]


def test_what_tells_answers_apart_gets_a_weight_of_its_sign():
    learned = fit(examples(("build town", True), ("told town", False)))
    assert learned.weights["build"] > 0 > learned.weights["told"]
    assert abs(learned.weights.get("town", 0.0)) < 0.1


def test_what_only_one_text_says_is_not_learned():
    learned = fit(
        [Example(["slogan"], True, "one text") for _ in range(9)] + examples(("x", False))
    )
    assert "slogan" not in learned.weights


def test_a_rule_is_believed_sooner_than_a_word():
    learned = fit(examples(("build", True), ("told", False)))
    by_rule = fit(
        [
            Example([f"rule {example.features[0]}"], example.answer, example.document)
            for example in examples(("build", True), ("told", False))
        ]
    )
    assert by_rule.weights["rule build"] > learned.weights["build"]


def test_fitting_twice_gives_the_same_weights():
    once, again = (fit(examples(("a b", True), ("b c", False), ("a", False))) for _ in "12")
    assert once == again


def test_every_document_is_held_out_once():
    names = [f"text {number}" for number in range(23)]
    heaps = list(fitting.folds(names, 5))
    assert sorted(name for heap in heaps for name in heap) == sorted(names)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("labelled")
    development.write(folder)
    return folder


def run(*args: object) -> str:
    out = StringIO()
    call_command("fit_judge", *map(str, args), stdout=out, stderr=StringIO())
    return out.getvalue()


def test_fit_judge_tells_rules_cross_validated_and_fitted_apart(texts, tmp_path):
    figures = json.loads(
        run(texts / "fitted", texts / "unfitted", "--folds", 3, "--json", "--write", tmp_path)
    )
    ways = figures["groups"]["alle"]
    assert set(figures["groups"]) == {"alle", "fitted", "unfitted"}
    assert set(ways) == {"rules", "cross_validated", "fitted", "main_topic"}
    assert ways["main_topic"]["first"] <= ways["main_topic"]["among_gold"] <= 1
    assert ways["fitted"]["all"]["f1"] > ways["cross_validated"]["all"]["f1"] > 0.8
    learned = judge.read((tmp_path / "pledge.tsv").read_text(encoding="utf-8"))
    (document,) = [d for d in development.documents("fitted") if d.name == "motion"]
    assert evaluation.fingerprints(document.units) <= learned.fitted


def test_a_report_on_a_screen_names_the_three_ways(texts):
    report = run(texts / "unfitted", "--folds", 2)
    assert "Regeln allein" in report
    assert "kreuzvalidiert je Dokument" in report


def test_a_text_that_cannot_be_read_stops_the_fitting(tmp_path):
    row = {"seed": "leer.txt", "index": 0, "text": "Wir bauen.", "is_pledge": 1}
    (tmp_path / "gold.jsonl").write_text(json.dumps(row), encoding="utf-8")
    (tmp_path / "leer.txt").write_text(" ")
    with pytest.raises(CommandError, match="wird nichts gelernt"):
        run(tmp_path)


def test_without_a_gold_file_there_is_nothing_to_learn(tmp_path):
    with pytest.raises(CommandError, match="Gold-Datei"):
        run(tmp_path)


def test_our_texts_that_nothing_is_fitted_to_are_not_in_the_shipped_weights():
    fitted = judge.load("pledge").fitted
    for document in development.documents("unfitted"):
        assert not evaluation.fingerprints(document.units) & fitted
