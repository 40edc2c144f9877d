"""Fragments: which words are told apart as hits, and which piece of a long text is shown."""

from __future__ import annotations

import pytest

from search import query, snippets, thesaurus


def hits(asked: str, text: str) -> list[str]:
    terms = query.highlights(query.understand(asked))
    return [each.text for each in snippets.snippets(text, terms) if each.hit]


@pytest.mark.parametrize(
    ("asked", "text", "wanted"),
    [
        ("Radweg", "Mehr Radwege, den Radweg!", ["Radwege", "Radweg"]),
        ("Weg", "Der Rad-Weg und der Weg.", ["Weg", "Weg"]),
        ("Kitaplatz", "Ein Kita-Platz (Kitaplatz)", ["Kita-Platz", "Kitaplatz"]),
        ("wohn*", "Wohnen, Wohnraum; bewohnt", ["Wohnen", "Wohnraum"]),
        ("Bürger", "Bürger\\*innen/Bürger:innen", ["Bürger\\*innen", "Bürger:innen"]),
        ("Bus", "Bus\nund\tBus\u00a0Bus", ["Bus", "Bus", "Bus"]),
        ("Bus -Bahn", "Bus und Bahn", ["Bus"]),
        ("Bus", "", []),
        ("Radweg", "Rad- und Fußwege, Fuß-/Radwege", ["Rad", "Radwege"]),
        ("Radweg", "Ein Radwegenetz", ["Radwegenetz"]),
        ("Haus", "Rathaus, Häuser, Krankenhäuser", ["Häuser", "Krankenhäuser"]),
        ("strassenbahn", "Die Straßenbahnen!", ["Straßenbahnen"]),
        ("Läden", "Wir laden in den Laden", ["Laden"]),
        (
            "Schüler",
            "Schülerinnen, Schüler(innen), SchülerInnen",
            ["Schülerinnen", "Schüler(innen)", "SchülerInnen"],
        ),
        ("sanieren", "Sanierung saniert", ["Sanierung", "saniert"]),
        ('"freie Fahrt"', "Freie Fahrt, die Fahrt ist frei", ["Freie Fahrt"]),
        ('"in den Ort"', "in dem Dorf und in den Ort", ["in den Ort"]),
        ("365-Euro-Ticket", "365€ Ticket, 365 Euro", ["365€ Ticket"]),
        ("E-Auto", "E-Autos und Elektroautos", ["E-Autos"]),
        ("Bus Bus*", "Buslinie und Bus", ["Buslinie", "Bus"]),
    ],
)
def test_words_with_a_wanted_reading_are_hits(asked, text, wanted):
    assert hits(asked, text) == wanted


def test_a_synonym_of_several_words_is_a_hit_as_a_whole():
    typed = query.understand("ÖPNV")
    words = thesaurus.thesaurus(thesaurus.read(["ÖPNV = Bus und Bahn"]))
    terms = query.highlights(typed, query.expand(typed, words))
    found = snippets.snippets("Bus und Bahn und Rad und Bahn", terms)
    assert [each.text for each in found if each.hit] == ["Bus und Bahn"]


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
