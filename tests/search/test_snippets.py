"""Fragments: which words are told apart as hits, and which piece of a long text is shown."""

from __future__ import annotations

import pytest

from search import query, snippets


def hits(asked: str, text: str) -> list[str]:
    terms = query.highlights(query.understand(asked))
    return [each.text for each in snippets.snippets(text, terms) if each.hit]


@pytest.mark.parametrize(
    ("asked", "text", "wanted"),
    [
        ("Radweg", "Mehr Radwege, den Radweg!", ["Radwege", "Radweg"]),
        ("Weg", "Der Rad-Weg und der Weg.", ["Weg", "Weg"]),
        ("Kitaplatz", "Ein Kita-Platz (Kitaplatz)", ["Platz", "Kitaplatz"]),
        ("wohn*", "Wohnen, Wohnraum; bewohnt", ["Wohnen", "Wohnraum"]),
        ("Bürger", "Bürger\\*innen/Bürger:innen", ["Bürger\\*innen", "Bürger:innen"]),
        ("Bus", "Bus\nund\tBus\u00a0Bus", ["Bus", "Bus", "Bus"]),
        ("Bus -Bahn", "Bus und Bahn", ["Bus"]),
        ("Bus", "", []),
    ],
)
def test_words_with_a_wanted_reading_are_hits(asked, text, wanted):
    assert hits(asked, text) == wanted


@pytest.mark.parametrize("width", [40, 10_000])
def test_the_fragments_are_the_text_where_nothing_was_cut(width):
    text = "  Wir  wollen\nRadwege – und Radwege. " * 2
    whole = "".join(each.text for each in snippets.snippets(text, {"radweg"}, width))
    assert (whole == text) is (width > len(text))


def test_of_a_long_text_the_densest_place_is_shown_first():
    text = "Rad " + "und so weiter " * 60 + "Rad Rad Rad " + "und so weiter " * 60
    first, *rest = snippets.snippets(text, {"rad"}, 100, 1)
    assert first.text == "… "
    assert sum(each.hit for each in rest) == 3
