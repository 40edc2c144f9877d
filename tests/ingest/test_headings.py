"""Which short lines of a text without marks are headings?"""

from __future__ import annotations

import pytest

from programmes.ingest import readers, repair, structure
from programmes.ingest.pieces import Source

BELOW = (
    "Wir bauen einen Radweg nach Hohenried, und zwar noch in diesem Jahr, weil es sonst keiner tut."
)


def titles(text: str) -> list[str]:
    found = structure.outline(repair.repair(readers.read(Source(text.encode()))))
    return [section.title for section in found.sections if section.title]


@pytest.mark.parametrize(
    "words", ["4.1. Sicher zu Fuß", "4.1 Sicher zu Fuß", "4.1.2 Sicher zu Fuß", "12. Sicher zu Fuß"]
)
def test_a_chapter_number_is_no_date(words):
    assert words in titles(f"Wohnen\n\n{BELOW}\n\n{words}\n\n{BELOW}\n\nBus\n\n{BELOW}")


@pytest.mark.parametrize(
    "words",
    [
        "4.1.2024",
        "4.1.24 im Rathaus",
        "4. Mai im Rathaus",
        "Erika Beispiel, Vorsitzende",
        "Von: Erika Beispiel",
    ],
)
def test_a_date_or_a_name_heads_no_text(words):
    assert words not in titles(f"Wohnen\n\n{BELOW}\n\n{words}\n\n{BELOW}\n\nBus\n\n{BELOW}")


def test_what_is_said_of_each_person_in_the_same_words_is_no_heading():
    people = "\n\n".join(
        f"{name}\n\n{BELOW}\n\nBeruf: {work}\n\n{BELOW}"
        for name, work in (("Jonas Muster", "Tischler"), ("Aylin Probe", "Ärztin"))
    )
    assert titles(f"Wohnen\n\n{BELOW}\n\n{people}") == ["Wohnen", "Jonas Muster", "Aylin Probe"]


def test_words_that_want_an_end_head_a_list_and_nothing_else():
    assert titles(f"Wohnen\n\n{BELOW}\n\nWir stehen für\n\n• Bus\n• Bahn") == [
        "Wohnen",
        "Wir stehen für",
    ]
    assert titles(f"Wohnen\n\n{BELOW}\n\nWir stehen für\n\n{BELOW}") == ["Wohnen"]
