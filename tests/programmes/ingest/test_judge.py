"""The learned judge: plain weights, read and written, and what they say of a unit."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from programmes.ingest import pledges
from programmes.ingest.pieces import About, Passage, Section
from programmes.ingest.pledges import features, judge
from programmes.ingest.pledges.judge import Judge

ROOT = Path(__file__).parents[3]
PROGRAMME = About(kind="programme", parties=("SPD",))


def section(*blocks: str, kind: str = "paragraph") -> Section:
    text, passages = "", []
    for block in blocks:
        passages.append(Passage(kind, len(text), len(text) + len(block)))  # type: ignore[arg-type]
        text += f"{block}\n\n"
    return Section(0, None, 1, "", text.rstrip(), passages=tuple(passages))


def shown(text: str) -> list[str]:
    seen = pledges.examine((section(text),), PROGRAMME)
    return features.of_document(seen, PROGRAMME)[0]


def test_a_judge_adds_up_the_weights_it_knows():
    assert Judge(-1.0, {"word kita": 2.5, "digit": 0.5}).score(["word kita", "unheard"]) == 1.5


def test_reasons_name_what_weighed_most_on_both_sides():
    reasons = Judge(0.0, {"a": 2.0, "b": 1.0, "c": -0.5, "d": 0.1}).reasons(["a", "b", "c", "d"], 2)
    assert reasons == ("+2.0 a", "+1.0 b", "-0.5 c")


def test_a_weights_file_is_read_as_it_was_written():
    written = Judge(-0.5, {"form wir WOLLEN": 0.25, "word kita": -1.0}, frozenset({"abc", "def"}))
    assert judge.read(judge.write(written, ["made for a test"])) == written


@pytest.mark.parametrize("name", ["pledge", "specificity"])
def test_shipped_weights_are_small_and_say_what_they_were_fitted_to(name):
    path = judge.WEIGHTS / f"{name}.tsv"
    assert path.stat().st_size <= 200_000
    head = path.read_text(encoding="utf-8").splitlines()[:2]
    assert "cross-validated by document" in head[1]
    assert judge.load(name).fitted


def test_shipped_weights_hold_single_words_and_no_phrase():
    words = [name for name in judge.load("pledge").weights or {} if name.startswith("word ")]
    assert len(words) > 500
    assert all(len(name.split()) == 2 for name in words)


def test_weights_are_read_at_the_first_question_and_not_at_import():
    told = "from programmes.ingest import pledges as p; print(p.judge.load.cache_info().currsize)"
    done = subprocess.run(
        [sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stdout.strip() == "0"


def test_features_are_plain_words():
    seen = shown("Wir wollen bis 2030 zwanzig Kitas bauen.")
    assert {
        "rule we-want",
        "word kita",
        "digit",
        "modal wollen main wir",
        "form wir WOLLEN",
        "block paragraph 1",
    } <= set(seen)


def test_nouns_count_as_what_they_are():
    seen = shown("Die Verwaltung muss Eltern entlasten.")
    assert "modal müssen main authority" in seen
    assert "form MÜSSEN <people> <infinitive>" in seen


def test_a_short_text_says_nothing_by_its_shares():
    assert not [name for name in shown("Wir bauen eine Kita.") if name.startswith("document share")]


def test_what_stands_around_a_sentence_is_heard():
    plain, among = (
        pledges.examine((section(*blocks),), PROGRAMME)
        for blocks in (
            ["Es gibt eine Bücherei.", "Sie liegt am Markt.", "Das Haus ist alt."],
            ["Wir sanieren das Bad.", "Sie liegt am Markt.", "Wir wollen eine Kita bauen."],
        )
    )
    assert "before -4" in features.of_document(plain, PROGRAMME)[1]
    assert "after +2" in features.of_document(among, PROGRAMME)[1]


def test_every_pledge_says_why():
    (found,) = pledges.find((section("Wir wollen das Hallenbad sanieren."),), PROGRAMME)
    assert found.cue == "we-want: Wir wollen"
    assert found.reasons[0].startswith("+")


def test_an_item_of_a_list_of_facts_is_none_however_it_reads():
    text = "Sanierung der Grundschule und Ausbau der Radwege"
    passage = Passage("item", 0, len(text), lead_in="Das haben wir erreicht:")
    told = Section(0, None, 1, "", text, passages=(passage,))
    assert pledges.find((told,), PROGRAMME) == ()
