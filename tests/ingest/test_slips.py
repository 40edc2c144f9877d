"""Words that text recognition misread are named and left alone; ordinary German is not suspected."""

from __future__ import annotations

import pytest

from programmes.ingest import pipeline, slips
from programmes.ingest.pieces import Known, Source

MISREAD = "Wir bauen fiir alle Biirger an der StraBe neue W0hnungen und eine gro|e Schu1e."


@pytest.mark.parametrize(
    "word",
    ["fiir", "Biirger", "iiber", "StraBe", "groBen", "auBen", "W0hnungen", "Schu1e", "nieht"],
)
def test_a_misread_word_is_suspicious(word):
    assert slips.suspicious(f"Das ist {word} hier.") == [word]


@pytest.mark.parametrize(
    "words",
    [
        "Wir initiieren und finanziieren nichts in Hawaii.",
        "Die B44n, CO2, 3D-Druck, G20 und das Web20 der BürgerInnen und der ADFC.",
        "Angstschweiß, Rechtsschutz, Wirtschaftsstandort, Selbstschutz, Herbstschmuck.",
        "info@talh0usen.example und www.talhausen.example/fiir",
        "Eine eBike-Ladestation und E-Bikes",
        "Nicht nur die Straße, auch der Fluß.",
    ],
)
def test_ordinary_words_are_not_suspicious(words):
    assert slips.suspicious(words) == []


def test_slips_are_reported_with_examples_and_stay_in_the_text():
    parsed = pipeline.parse(Source(f"Programm\n\n{MISREAD}\n".encode(), "Programm.txt"), Known())
    [warning] = [one for one in parsed.warnings if one.code == "ocr-slips"]
    assert "„fiir“" in warning.message and "StraBe" in warning.message
    assert MISREAD in " ".join(section.text for section in parsed.sections)


def test_one_odd_word_is_not_reported():
    parsed = pipeline.parse(Source(b"Programm\n\nWir bauen fiir alle.\n", "Programm.txt"), Known())
    assert [one.code for one in parsed.warnings] == []
