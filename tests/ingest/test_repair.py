"""What files leave broken inside words is mended where the letters around leave one reading."""

from __future__ import annotations

import pytest

from programmes.ingest.pieces import Block, Text
from programmes.ingest.repair import repair


def mended(words: str) -> str:
    return repair(Text((Block("paragraph", words),), "pdf", "application/pdf")).blocks[0].text


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        (
            "Die P\ufffdege der Ab\ufffdüsse und Grün\ufffdächen",
            "Die Pflege der Abflüsse und Grünflächen",
        ),
        (
            "Sie ist \ufffdnanziell o\ufffdziell und e\ufffdzient",
            "Sie ist finanziell offiziell und effizient",
        ),
        ("Wir scha\ufffden ö\ufffdentliche Tre\ufffds", "Wir schaffen öffentliche Treffs"),
        (
            "Die Schi\ufffdfahrt und der beru\ufffdiche Weg",
            "Die Schifffahrt und der berufliche Weg",
        ),
        (
            "Wir \ufffdnden das Pro\ufffdl und x\ufffdy gut.",
            "Wir finden das Profil und x\ufffdy gut.",
        ),
    ],
)
def test_a_ligature_without_a_meaning_is_told_by_its_word(broken, whole):
    assert mended(broken) == whole


@pytest.mark.parametrize("mark", ["&#12;", "&#xC;", "&#13;", "&NewLine;", "&Tab;"])
def test_a_break_written_as_an_entity_is_a_space(mark):
    assert mended(f"Wir bauen{mark}den Radweg.") == "Wir bauen den Radweg."
