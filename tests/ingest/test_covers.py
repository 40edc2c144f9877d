"""Which line of a printed cover is the title, where the reader takes each for a heading."""

from __future__ import annotations

import pytest

from programmes.ingest import structure
from programmes.ingest.pieces import Block, Outline, Text

BODY = "Wir wollen Radwege bauen, und wir werden sie im Winter räumen."


def outline(*headings: tuple[str, int]) -> Outline:
    """Of headings with their level, the last with a text below it, and a chapter after it."""
    blocks = [Block("heading", text, level=level) for text, level in headings]
    blocks += [
        Block("paragraph", BODY),
        Block("heading", "2. Wohnen", level=2),
        Block("paragraph", BODY),
    ]
    return structure.outline(Text(tuple(blocks), "pdf", "application/pdf"))


def titles(found: Outline) -> list[str]:
    return [section.title for section in found.sections]


@pytest.mark.parametrize("town", [1, 3, 6], ids=lambda level: f"town at level {level}")
def test_a_town_on_the_cover_is_no_title_where_a_slogan_stands_below_it(town):
    found = outline(
        ("SEEHAUSEN", town),
        ("LUPINEN", 5),
        ("NEBENAN FÄNGT ES AN.", 2),
        ("PROGRAMM ZUR KOMMUNALWAHL 2025", 7),
        ("1. Verkehr", 2),
    )
    assert found.title == "NEBENAN FÄNGT ES AN."
    assert titles(found) == ["1. Verkehr", "2. Wohnen"]
    assert "SEEHAUSEN" in found.left_out


def test_one_word_is_the_title_where_nothing_but_the_kind_of_text_is_said_besides():
    found = outline(("ZUKUNFT", 1), ("LUPINEN", 4), ("Programm 2025", 3), ("1. Verkehr", 2))
    assert found.title == "ZUKUNFT"


def test_a_part_with_a_chapter_right_below_it_stays_a_part():
    found = outline(("Programm der Lupinen", 1), ("Unterwegs in der Stadt", 2), ("Radverkehr", 3))
    assert titles(found)[:2] == ["Unterwegs in der Stadt", "Radverkehr"]
