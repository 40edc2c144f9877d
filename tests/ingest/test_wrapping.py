"""Where paragraphs of hard-wrapped lines end, and which lines between them are headings."""

from __future__ import annotations

import pytest

from programmes.ingest import readers, repair, structure
from programmes.ingest.pieces import Source
from programmes.ingest.readers import wrapping

TEXT = """Die Halle ist zu klein, und das Dach ist undicht, so dass der
Unterricht seit einem Jahr in einem Zelt stattfindet. Wir bauen."""
MORE = """Der Bus fährt am Abend nicht mehr, und wer in den Dörfern wohnt,
kommt nach einer Versammlung nicht nach Hause. Das wird anders."""


def sections(text: str) -> list[str]:
    found = structure.outline(repair.repair(readers.read(Source(text.encode()))))
    return [section.title for section in found.sections if section.title]


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("Bus und Bahn", "Bus und Bahn"),
        ("2.1 Bus und Bahn", "2.1 Bus und Bahn"),
        ("BUS UND BAHN", "BUS UND BAHN"),
        ("B u s  u n d  B a h n", "Bus und Bahn"),
        (
            "Für eine Bahn, die fährt, und für einen\nBus, der kommt",
            "Für eine Bahn, die fährt, und für einen Bus, der kommt",
        ),
    ],
)
def test_a_line_between_two_full_paragraphs_is_their_heading(heading, title):
    text = "\n".join(["Schule", TEXT, heading, MORE, "Wohnen", TEXT.replace("Halle", "Wohnung")])
    assert sections(text)[-2:] == [title, "Wohnen"]


def test_a_line_that_ends_early_before_a_long_word_is_no_heading():
    lines = ["Wir achten darauf, dass die", "Straßenunterhaltungsmaßnahmen im", "Ort gelingen."]
    assert wrapping.paragraphs(lines, wrapping.Ruler(34)) == [lines]


def test_an_item_goes_on_below_a_word_that_wants_another():
    text = "\n".join([TEXT, "• neue Spielplätze in der", "Weststadt", "• mehr Bänke", MORE])
    (section,) = structure.outline(repair.repair(readers.read(Source(text.encode())))).sections
    assert "- neue Spielplätze in der Weststadt\n- mehr Bänke" in section.text


def test_the_titles_of_the_contents_are_headings_where_they_stand():
    listed = "Inhalt\nWas die Stadt bewegt, was sie hemmt ....... 3\nGrün ............... 4\n"
    text = f"{listed}\nWas die Stadt bewegt,\nwas sie hemmt\n{TEXT}\nGrün\n{MORE}"
    assert sections(text) == ["Was die Stadt bewegt, was sie hemmt", "Grün"]


def test_a_sentence_that_stands_on_top_of_two_pages_is_no_running_head():
    page = "Wer hier wohnt, soll auch hier arbeiten können, und zwar bis 2030,\n"
    text = f"{TEXT}\n\f{page}{MORE}\n\f{page}{TEXT}"
    (section,) = structure.outline(repair.repair(readers.read(Source(text.encode())))).sections
    assert section.text.count("Wer hier wohnt") == 2


def test_a_page_that_comes_twice_is_no_running_head():
    page = f"{TEXT}\n\n{MORE}\n\nWir freuen uns auf Sie."
    (section,) = structure.outline(
        repair.repair(readers.read(Source(f"{page}\n\f{page}\n".encode())))
    ).sections
    assert section.text.count("kommt nach einer Versammlung") == 2


def test_a_dash_that_begins_a_line_inside_a_sentence_is_no_item():
    text = f"{TEXT}\nWohnraum ist die soziale Frage der Zeit, in der wir heute leben\n– und zugleich ein Standortfaktor. {MORE}"
    (section,) = structure.outline(repair.repair(readers.read(Source(text.encode())))).sections
    assert "in der wir heute leben – und zugleich ein Standortfaktor." in section.text


def test_an_item_goes_on_after_an_abbreviation():
    text = "\n".join(
        [TEXT, "• Rückkehr zur Regelung von 2017 mit ggf.", "Verlängerung", "• mehr Bänke", MORE]
    )
    (section,) = structure.outline(repair.repair(readers.read(Source(text.encode())))).sections
    assert "- Rückkehr zur Regelung von 2017 mit ggf. Verlängerung\n- mehr Bänke" in section.text


def test_lines_of_printed_letters_are_measured_by_their_width():
    narrow, wide = "Still liegt im Tal die Mühle, still", "Wir bauen Wohnungen"
    pairs = [(f"{narrow} fließt er", "durch"), (f"{wide} am Damm, wo", "man")] * 15
    ruler = wrapping.ruler(pairs, 45)
    assert ruler.printed and ruler.of("Wimm") > 2 * ruler.of("till")
