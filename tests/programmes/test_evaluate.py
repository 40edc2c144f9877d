"""`manage.py evaluate`: found pledges against a gold file."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import development
import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from programmes import evaluation
from programmes.evaluation import BadGold, Found, Unit, evaluate, read_gold


def unit(text: str, is_pledge: bool = True, index: int = 0, **more) -> Unit:
    return Unit(seed="a.txt", index=index, text=text, is_pledge=is_pledge, **more)


def score(units: list[Unit], found: list[Found]) -> evaluation.Score:
    return evaluate(units, {"a.txt": found}).all


# -- matching ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "Wir  bauen\neine Kita.",
        "Wir bau-\nen eine Kita",
        "„Wir bauen eine Kita.“",
        "- Wir bauen eine Kita.",
        "Wir bauen eine Ki\u00adta.",
    ],
)
def test_white_space_hyphens_and_quotes_do_not_matter(text):
    assert score([unit("Wir bauen eine Kita.")], [Found(text)]).hits == 1


def test_a_pledge_over_two_units_covers_both():
    units = [unit("Wir bauen eine Kita am Park."), unit("Das Land soll sie bezahlen.", index=1)]
    found = [Found("Wir bauen eine Kita am Park. Das Land soll sie bezahlen.")]
    assert score(units, found) == evaluation.Score(hits=2)


def test_two_pledges_in_one_unit_count_once():
    units = [unit("Wir bauen eine Kita am Park und wir sanieren die Brücke.")]
    found = [Found("Wir bauen eine Kita am Park"), Found("wir sanieren die Brücke.")]
    assert score(units, found) == evaluation.Score(hits=1)


def test_a_sentence_that_stands_twice_is_matched_twice():
    units = [unit("Wir bauen."), unit("Wir bauen.", index=1), unit("Wir bauen.", index=2)]
    assert score(units, [Found("Wir bauen."), Found("Wir bauen.")]) == evaluation.Score(2, 0, 1)


def test_what_stands_in_no_unit_is_a_false_alarm():
    report = evaluate(
        [unit("Wir bauen eine Kita.")],
        {"a.txt": [Found("Ganz anderes Ding hier.", cue="we-want: x")]},
    )
    assert report.all == evaluation.Score(0, 1, 1)
    assert report.by_rule() == {"we-want": 1, "missed": 1}


# -- figures -------------------------------------------------------------------------------------------


def test_precision_recall_and_f1():
    units = [
        unit("Wir bauen eine Kita."),
        unit("Wir sanieren die Brücke.", index=1),
        unit("Der Ort ist schön gelegen.", is_pledge=False, index=2),
    ]
    found = score(units, [Found("Wir bauen eine Kita."), Found("Der Ort ist schön gelegen.")])
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)


def test_borderline_units_count_only_among_all():
    units = [unit("Wir bauen eine Kita."), unit("Wir denken an Kitas.", index=1, borderline=True)]
    report = evaluate(units, {"a.txt": [Found("Wir bauen eine Kita.")]})
    assert report.all.recall == 0.5
    assert report.agreed.recall == 1.0


def test_documents_weigh_the_same_in_the_macro_figure():
    units = [
        Unit("a.txt", 0, "Wir bauen eine Kita.", True),
        Unit("b.txt", 0, "Wir sanieren die Brücke.", True),
        Unit("c.txt", 0, "Es regnet heute.", False),
    ]
    report = evaluate(units, {"a.txt": [Found("Wir bauen eine Kita.")], "b.txt": [], "c.txt": []})
    assert report.macro == pytest.approx(2 / 3)


def test_topics_and_specificity_are_judged_on_hits():
    units = [
        unit("Wir bauen eine Kita.", specificity="concrete", topics=("kita", "bau")),
        unit("Wir stärken Vereine.", index=1, specificity="vague", topics=("verein",)),
    ]
    found = [
        Found("Wir bauen eine Kita.", "concrete", ("kita",)),
        Found("Wir stärken Vereine.", "concrete", ("kita", "verein")),
    ]
    report = evaluate(units, {"a.txt": found})
    assert report.main_topic == 0.5
    assert report.topics == evaluation.Score(hits=2, false=1, missed=1)
    assert report.specificity["concrete"] == evaluation.Score(hits=1, false=1)
    assert [mistake.kind for mistake in report.mistakes] == ["specificity", "topic"]


def test_a_document_without_a_file_is_named_and_left_out():
    units = [unit("Wir bauen eine Kita."), Unit("b.txt", 0, "Wir sanieren.", True)]
    report = evaluate(units, {"a.txt": [Found("Wir bauen eine Kita.")]})
    assert report.missing == ("b.txt",)
    assert report.all.f1 == 1.0


# -- gold files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "kein JSON"),
        ("[1]", "kein JSON-Objekt"),
        ('{"seed": "a", "text": "b"}', "„is_pledge“ fehlt"),
        ('{"seed": "a", "text": "b", "is_pledge": "ja"}', "0 oder 1"),
        ('{"seed": "a", "text": 3, "is_pledge": 1}', "müssen Text sein"),
        ('{"seed": "a", "text": "b", "is_pledge": 1, "specificity": "x"}', "concrete, vague"),
        ('{"seed": "a", "text": "b", "is_pledge": 1, "topics": "x"}', "Liste"),
    ],
)
def test_a_bad_gold_file_is_refused_with_the_line_and_the_reason(line, complaint):
    with pytest.raises(BadGold, match=complaint) as caught:
        read_gold(["", line])
    assert "Zeile 2" in str(caught.value)


def test_an_empty_gold_file_is_refused():
    with pytest.raises(BadGold, match="keine Einheiten"):
        read_gold(["", " "])


def test_what_a_gold_file_does_not_say_stays_unknown():
    (one,) = read_gold(['{"seed": "a.txt", "text": "Wir bauen.", "is_pledge": 1}'])
    assert (one.index, one.specificity, one.topics, one.borderline) == (0, None, (), False)


# -- the command -----------------------------------------------------------------------------------------


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    rows = [
        {"seed": "wahl.txt", "index": 0, "text": "Wir bauen eine Kita.", "is_pledge": 1, "specificity": "concrete",
         "topics": ["kinder-jugend-familie"]},
        {"seed": "wahl.txt", "index": 1, "text": "Talhausen liegt am Fluss.", "is_pledge": 0},
    ]  # fmt: skip
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    (tmp_path / "wahl.txt").write_text(
        "# Programm der SPD Talhausen\n\nWir bauen eine Kita. Talhausen liegt am Fluss.\n",
        encoding="utf-8",
    )
    return path


def run(*args: object) -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("evaluate", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_evaluate_reads_raw_files_and_prints_one_json_object(gold):
    out, err = run(gold, gold.with_name("wahl.txt"), "--json")
    report = json.loads(out)
    assert report["all"]["f1"] == 1.0
    assert report["units"] == 2
    assert report["topics"]["main"] == 1.0
    assert "1/1" in err


def test_evaluate_names_what_belongs_to_nothing(gold, tmp_path):
    other = tmp_path / "anderes.txt"
    other.write_text("Wir bauen.", encoding="utf-8")
    with gold.open("a", encoding="utf-8") as more:
        row = {"seed": "wahl.txt", "index": 9, "text": "Wir bauen ein Schloss.", "is_pledge": 1}
        more.write("\n" + json.dumps(row))
    out, err = run(gold, gold.with_name("wahl.txt"), other, "--json")
    assert "anderes.txt kommt in der Gold-Datei nicht vor" in err
    assert (
        "„wahl.txt“: nicht wörtlich im gelesenen Text gefundene Einheiten der Gold-Datei: 1." in err
    )
    assert [unit["index"] for unit in json.loads(out)["units_not_in_the_text"]] == [9]


def test_evaluate_prints_a_table_for_people(gold):
    out, _ = run(gold, gold.with_name("wahl.txt"))
    assert "alle Einheiten" in out
    assert "wahl.txt" in out


def test_evaluate_says_when_no_file_belongs_to_the_gold(gold, tmp_path):
    other = tmp_path / "anderes.txt"
    other.write_text("Wir bauen.", encoding="utf-8")
    with pytest.raises(CommandError, match="Dateiname"):
        run(gold, other)


def test_evaluate_refuses_a_bad_gold_file_in_one_sentence(tmp_path):
    bad = tmp_path / "bad.jsonl"
    bad.write_text("{}", encoding="utf-8")
    with pytest.raises(CommandError, match="„seed“ fehlt") as caught:
        run(bad, bad)
    assert caught.value.returncode == 2


def test_the_five_real_texts_meet_their_bars(shared):
    out, _ = run(
        shared / "gold" / "pledges.jsonl", *sorted((shared / "seeds").glob("*.txt")), "--json"
    )
    report = json.loads(out)
    assert report["all"]["f1"] >= 0.92
    assert report["agreed"]["f1"] >= 0.95
    assert report["topics"]["main_among_gold"] >= 0.90
    third_party = next(seed for seed in report["documents"] if seed.startswith("003"))
    assert report["documents"][third_party]["false"] == 0


def test_texts_that_were_fitted_to_and_others_are_counted_apart(tmp_path):
    own = {part: development.documents(part)[0] for part in ("trained", "unfitted")}
    rows = [
        {"seed": f"{document.name}.md", "index": unit.index, "text": unit.text, "is_pledge": unit.is_pledge}
        for document in own.values()
        for unit in document.units
    ]  # fmt: skip
    gold = tmp_path / "gold.jsonl"
    gold.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    files = [tmp_path / f"{document.name}.md" for document in own.values()]
    for file, document in zip(files, own.values(), strict=True):
        file.write_text(document.text, encoding="utf-8")
    report = json.loads(run(gold, *files, "--json")[0])
    assert report["fitted"]["units"] == len(own["trained"].units)
    assert report["unfitted"]["units"] == len(own["unfitted"].units)
    assert "an die nichts angepasst ist (1 Dokumente" in run(gold, *files)[0]


def test_the_texts_are_found_beside_the_gold_file_or_in_a_folder_that_is_named(gold, tmp_path):
    alone, _ = run(gold, "--json")
    folder, _ = run(gold, tmp_path, "--json")
    assert json.loads(alone)["all"]["f1"] == json.loads(folder)["all"]["f1"] == 1.0


def test_a_gold_file_that_is_not_there_is_said_in_german(tmp_path):
    with pytest.raises(CommandError, match="gibt es nicht"):
        run(tmp_path / "nirgends.jsonl")
    with pytest.raises(CommandError, match="Ordner"):
        run(tmp_path)
