"""Where sentences begin and end."""

from __future__ import annotations

import pytest

from programmes.ingest.sentences import split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Wir bauen z. B. drei Kitas, d. h. mehr Plätze.",
        "Das kostet ca. 5 Mio. Euro bzw. etwas mehr.",
        "Die Sitzung ist am 3. Mai 2027 in der Hauptstr. am Markt.",
        "Im 2. Stock tagt der 1. FC Musterdorf.",
        "Dr. H. Muster spricht mit Prof. Beispiel.",
        "Die Schüler*innen (inkl. Kl. 5) und Bürger:innen fahren um 8.30 Uhr.",
        "Gemäß § 34 Abs. 2 BauGB wird gebaut.",
        "„Das geht nicht!“, sagte sie.",
        "Kaiser Wilhelm II. kam nie nach Musterdorf.",
        "Es gibt 2.000 Wohnungen und 1.5 Stellen.",
        "Kinder der 1.-4. Klasse und der 5./6. Klasse fahren vom 3.-5. Mai frei.",
        "Die 1. stv. Bürgermeisterin nennt Ziff. 3 der Satzung.",
    ],
)
def test_one_sentence_stays_one(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir bauen bis 2030. Wir sparen.", ["Wir bauen bis 2030.", "Wir sparen."]),
        (
            "2030 ist es so weit. 3.000 Bäume stehen.",
            ["2030 ist es so weit.", "3.000 Bäume stehen."],
        ),
        ("Busse, Bahnen usw. Wir wollen mehr.", ["Busse, Bahnen usw.", "Wir wollen mehr."]),
        ("Warum nicht? Weil es geht!", ["Warum nicht?", "Weil es geht!"]),
        ("Noch Fragen … Gern.", ["Noch Fragen …", "Gern."]),
    ],
)
def test_two_sentences_are_two(text, expected):
    assert sentences(text) == expected


def test_a_quotation_of_several_sentences_is_split_inside():
    assert sentences("„Die Lage ist ernst. Wir brauchen Ärzte“, sagt sie. Das stimmt.") == [
        "„Die Lage ist ernst.",
        "Wir brauchen Ärzte“, sagt sie.",
        "Das stimmt.",
    ]


def test_a_blank_line_ends_a_sentence():
    assert sentences("Mehr Busse\n\nMehr Bahnen") == ["Mehr Busse", "Mehr Bahnen"]


def test_offsets_leave_out_white_space_around():
    text = "  Wir bauen.   Wir sparen. \n"
    assert [text[start:end] for start, end in split(text)] == ["Wir bauen.", "Wir sparen."]


def test_the_gold_units_of_the_real_texts_come_back(shared):
    import json

    units = [
        json.loads(line) for line in (shared / "gold" / "pledges.jsonl").open(encoding="utf-8")
    ]
    running = [unit["text"] for unit in units if unit["kind"] == "sentence"]
    assert sentences(" ".join(running)) == running
