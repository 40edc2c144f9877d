"""Web pages: accordions are chapters, and what links away is no text of the page."""

from __future__ import annotations

import pytest

from programmes.ingest import readers, repair, structure
from programmes.ingest.pieces import Section, Source


def sections(page: str) -> tuple[Section, ...]:
    return structure.outline(repair.repair(readers.read(Source(page.encode(), "x.html")))).sections


def headings(page: str) -> list[tuple[int, str]]:
    return [(section.level, section.title) for section in sections(page) if section.title]


def read(page: str) -> str:
    return "\n".join(section.text for section in sections(page))


@pytest.mark.parametrize(
    "fold",
    [
        "<details><summary>{title}</summary>{text}</details>",
        '<div class="accordion-item"><div class="accordion-title">{title}</div><div>{text}</div></div>',
        '<button aria-expanded="false" aria-controls="{id}">{title}</button><div id="{id}">{text}</div>',
    ],
)
def test_titles_of_an_accordion_are_chapters_and_what_they_unfold_is_below(fold):
    inner = "<p>Wir bauen Wohnungen für alle, die hier leben.</p><h2>Mieten</h2><p>Die Mieten steigen nicht.</p>"
    folded = "".join(
        fold.format(title=title, text=inner, id=title) for title in ("Wohnen", "Bauen")
    )
    page = f"<html><body><h1>Unser Programm</h1>{folded}</body></html>"
    assert headings(page) == [(1, "Wohnen"), (2, "Mieten"), (1, "Bauen"), (2, "Mieten")]


def test_cards_that_link_to_other_texts_are_left_out():
    text = "<p>Wir bauen Wohnungen für alle, die hier leben, und halten die Mieten niedrig.</p>" * 5
    cards = "".join(
        f'<div class="card"><h3><a href="/{n}">Fest Nummer {n}</a></h3><p>Es war schön.</p></div>'
        for n in range(3)
    )
    page = f"<html><body><h1>Wohnen</h1>{text}{cards}</body></html>"
    assert headings(page) == [(1, "Wohnen")] and "schön" not in read(page)


def test_a_table_of_paragraphs_is_text_and_one_of_values_a_table():
    left, right = (
        f"Wir bauen {n} Wohnungen am Bahnhof. Sie sind für alle, die hier arbeiten."
        for n in (20, 30)
    )
    layout = f"<table><tr><td>{left}</td><td>{right}</td></tr></table>"
    values = (
        "<table><tr><th>Jahr</th><th>Kosten</th></tr><tr><td>2027</td><td>20 Euro</td></tr></table>"
    )
    page = f"<html><body><h1>Wohnen</h1>{layout}{values}</body></html>"
    assert read(page).split("\n\n")[:2] == [left, right]
    assert "| Jahr | Kosten |" in read(page)
