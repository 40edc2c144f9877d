"""A small archive of invented towns and parties with its index, for the tests of search."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from programmes.models import Document, Municipality, Party, Pledge, PledgeTopic, Section, Topic
from search import indexing

_keys = itertools.count(1)


def _add_document(
    title: str,
    pledges: tuple[str, ...] = (),
    *,
    place: Municipality | None = None,
    party: Party | None = None,
    year: int | None = 2021,
    other: str = "",
    heading: str = "Unsere Vorhaben",
    topic: Topic | None = None,
    **fields: object,
) -> Document:
    """A published programme of one section: its pledges, then `other` text."""
    document = Document.objects.create(
        title=title, year=year, kind="programme", status="published", **fields
    )
    if place:
        document.municipalities.add(place)
    if party:
        document.parties.add(party)
    text = "\n\n".join([*pledges, other]).strip()
    section = Section.objects.create(
        document=document, position=0, title=heading, anchor="a", text=text
    )
    at = 0
    for position, sentence in enumerate(pledges):
        pledge = Pledge.objects.create(
            key=f"k{next(_keys):05}",
            document=document,
            section=section,
            position=position,
            text=sentence,
            start=at,
            end=at + len(sentence),
            specificity="concrete" if any(letter.isdigit() for letter in sentence) else "vague",
        )
        if topic:
            PledgeTopic.objects.create(pledge=pledge, topic=topic)
        at += len(sentence) + 2
    return document


@pytest.fixture
def index(db, settings, tmp_path: Path):
    """An empty archive with an index of its own; call it to bring the index up to date."""
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'index'}"
    indexing.rebuild()
    return indexing.rebuild


@pytest.fixture
def archive(index):
    """Two towns, two parties, three programmes."""
    seefeld = Municipality.objects.create(ags="99000101", name="Bad Seefeld", kind="town")
    moorau = Municipality.objects.create(ags="99000102", name="Moorau", kind="town")
    blue = Party.objects.create(short_name="Blaue", name="Blaue Liste", aliases=["Die Blauen"])
    red = Party.objects.create(short_name="Rote", name="Rote Runde")
    traffic = Topic.objects.create(slug="mobil", label_de="Verkehr und Wege", label_en="Transport")
    _add_document(
        "Seefeld bewegt",
        (
            "Wir bauen 12 Kilometer Radwege.",
            "Der Bus fährt bis 2025 auch nachts.",
            "Wir stellen den Bürger*innen Leihräder bereit.",
        ),
        place=seefeld,
        party=blue,
        year=2016,
        topic=traffic,
        other="Heute endet der Radweg am Ortsschild.",
    )
    _add_document(
        "Moorau für alle",
        (
            "Wir sanieren das Hallenbad.",
            "Wir schaffen bezahlbaren Wohnraum für Familien.",
            "Wohnraum bleibt bezahlbar, der Radweg am See wird breiter.",
        ),
        place=moorau,
        party=red,
        year=2021,
    )
    _add_document(
        "Rote Runde: Programm",
        ("Die Bücherei öffnet samstags.", "Kein Kind bleibt ohne Kitaplatz."),
        place=moorau,
        party=red,
        year=2016,
        other="Armut trifft Kinder zuerst. Armut im Alter nimmt zu.",
    )
    index()
    return seefeld, moorau


@pytest.fixture
def add_document(db):
    return _add_document
