"""Words that stand for each other: the list, and what it says of a word."""

from __future__ import annotations

from pathlib import Path

from search.query import expand, understand
from search.thesaurus import Group, read, thesaurus


def others(typed: str, *lines: str) -> list[tuple[str, tuple[str, ...]]]:
    found = expand(understand(typed), thesaurus(read(lines)))
    return [(one.typed, one.others) for one in found]


def test_words_joined_by_an_equals_sign_stand_for_each_other():
    line = "Krankenhaus = Klinikum = Klinik"
    assert others("Klinik", line) == [("Klinik", ("Krankenhaus", "Klinikum"))]


def test_a_group_that_goes_one_way_does_not_widen_the_narrow_word():
    line = "Sportstätte > Turnhalle, Sportplatz"
    assert others("Sportstätten", line) == [("Sportstätten", ("Turnhalle", "Sportplatz"))]
    assert others("Turnhalle", line) == []


def test_inflection_and_spelling_of_what_was_typed_do_not_matter():
    assert others("krankenhaeuser", "Krankenhaus = Klinik") == [("krankenhaeuser", ("Klinik",))]


def test_several_words_in_a_row_are_one_key_even_across_common_words():
    line = "ÖPNV = Bus und Bahn"
    assert others("mehr Bus und Bahn fahren", line) == [("Bus und Bahn", ("ÖPNV",))]
    assert others("Bahn und Bus", line) == []


def test_a_word_of_two_groups_has_the_others_of_both():
    assert others("Rad", "Rad = Fahrrad", "Rad = Velo") == [("Rad", ("Fahrrad", "Velo"))]


def test_an_excluded_or_quoted_word_has_no_others():
    assert others('-Klinik "Klinik"', "Krankenhaus = Klinik") == []


def test_remarks_and_single_words_say_nothing():
    assert list(read(["# Gesundheit", "", "Arzt", "Arzt = Doktor # ugs."])) == [
        Group(("Arzt", "Doktor"))
    ]


def test_each_group_that_ships_has_a_name_of_its_own():
    path = Path(__file__).resolve().parents[2] / "fixtures" / "reference" / "synonyms.txt"
    names = [(group.words[0], group.one_way) for group in read(path.read_text().splitlines())]
    assert len(names) > 200
    assert len(set(names)) == len(names)
