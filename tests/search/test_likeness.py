"""How alike are two pledges, and in which words?"""

from __future__ import annotations

import pytest

from search import likeness

PLEDGE = "Wir schaffen bis 2030 in Bergheim 200 neue Kitaplätze für alle Kinder unter drei Jahren."


def share(one: str, other: str) -> float:
    return likeness.share(likeness.runs(one), likeness.runs(other))


def meets(one: str, other: str) -> bool:
    keys = [set(likeness.bands(likeness.runs(text)).tolist()) for text in (one, other)]
    return bool(keys[0] & keys[1])


def test_the_same_words_are_wholly_alike():
    assert share(PLEDGE, f"„{PLEDGE}“") == 1
    assert meets(PLEDGE, PLEDGE)


def test_another_place_and_number_leave_it_nearly_alike():
    other = PLEDGE.replace("Bergheim", "Talhausen")
    assert likeness.ALIKE <= share(PLEDGE, other) < 1
    assert meets(PLEDGE, other)


def test_inflection_does_not_count_as_another_word():
    one = "Der alte Bahnhof wird ein Haus für die Vereine."
    assert share(one, one.replace("Vereine", "Vereinen").replace("Haus", "Hause")) == 1


def test_another_matter_is_not_alike():
    other = "Die Stadt stellt an jeder Grundschule eine Schulsozialarbeiterin ein."
    assert share(PLEDGE, other) == 0
    assert not meets(PLEDGE, other)


@pytest.mark.parametrize("text", ["", "Mehr Radwege bauen.", "!!! … – 12"])
def test_a_text_of_a_few_words_is_alike_to_nothing(text):
    assert likeness.runs(text) == frozenset()


def test_shared_and_differing_words_are_told_apart():
    here, there = "Wir bauen einen Radweg zum See.", "Der Radweg zum Bahnhof wird gebaut."
    parts = likeness.compared(there, likeness.content(here))
    assert "".join(part.text for part in parts) == there
    assert [part.text for part in parts if part.shared] == ["Radweg", "gebaut"]
    assert likeness.differing(here, likeness.content(there)) == ["See"]
    assert likeness.differing(there, likeness.content(here)) == ["Bahnhof"]
