"""Rows of lists: what is written in them is text, and their addresses are those that lead somewhere."""

from __future__ import annotations

import pytest
from django.urls import resolve, reverse
from parsing import parsed

from programmes import importing, known
from programmes.comparison import Change
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Pledge, Topic
from programmes.statistics import Bar, Cell, Row, Said, every_year
from programmes.templatetags import cards, reading

HOSTILE = '<b>&"x'


@pytest.fixture
def pledge(db) -> Pledge:
    text = parsed((HOSTILE, ["Wir bauen bis 2030 zwölf Wohnungen."]), about=pieces.About(HOSTILE))
    document = importing.store(text, publish=True).document
    place = Municipality.objects.create(ags="09999001", name=HOSTILE, kind="town")
    document.municipalities.add(place)
    document.parties.add(Party.objects.create(short_name=HOSTILE, name=HOSTILE, colour=HOSTILE))
    pledge = document.pledges.get()
    pledge.text, pledge.quantities = f"Wir bauen {HOSTILE} 12.", [{"text": HOSTILE}]
    pledge.save()
    topic = Topic.objects.create(slug="wohnen", label_de=HOSTILE, label_en=HOSTILE)
    pledge.topics.add(topic)
    return Pledge.objects.cards().get()


def test_no_name_in_a_row_becomes_markup(pledge):
    document = pledge.document
    place = document.municipalities.get()
    place.document_count = 1
    said = Said(pledge.key, pledge.text, pledge.specificity, document)
    row_of_matrix = Row(pledge.topics.get(), (Cell(document.parties.get(), (said,), 4),))
    dot = {"place": place, "x": 1.0, "y": 2.0, "r": 0.5}
    for row in (
        cards.document_card(document),
        cards.pledge_card(pledge),
        cards.counted(pledge),
        cards.side_by_side(row_of_matrix),
        cards.matrix_rows([row_of_matrix]),
        cards.changed_wordings([Change(None, said)]),
        cards.changed_wordings([Change(said, None)]),
        cards.reworded_wordings([Change(said, said, 0.5)], 2020, 2025),
        reading.bar_rows([Bar(HOSTILE, 1, 100.0, f"?ort={HOSTILE}")]),
        cards.place_links([place]),
        cards.place_chips([place]),
        cards.map_dots([dot]),
    ):
        assert "<b>" not in row and "&lt;b&gt;" in row


def test_a_document_that_is_held_has_its_own_places_and_parties(pledge):
    Municipality.objects.create(ags="09999002", name="Anderswo", kind="town")
    Party.objects.create(short_name="ABC", name="ABC")
    document = known.documents([pledge.document_id])[pledge.document_id]
    assert [str(place) for place in document.municipalities.all()] == [HOSTILE]
    assert document.municipalities.get().ags == "09999001"
    assert document.parties.filter(short_name="ABC").count() == 0
    assert document.parties.count() == 1
    assert known.pledges([pledge.pk])[pledge.pk].ranked_topics == [pledge.topics.get()]
    document = pledge.document
    document.status = "draft"
    document.save()
    assert known.documents([document.pk]) == {}
    assert known.pledges([pledge.pk]) == {}


def test_the_number_that_can_be_counted_is_marked_in_its_sentence(pledge):
    pledge.text, pledge.quantities = "Bis 2030 zwölf Bäume.", [{"text": "zwölf Bäume"}]
    assert cards.counted(pledge) == ('Bis 2030 <mark class="pledge concrete">zwölf Bäume</mark>.')


def test_an_address_is_the_one_that_the_archive_answers_at(pledge):
    document, place = pledge.document, pledge.document.municipalities.get()
    party, topic = document.parties.get(), pledge.topics.get()
    expected = {
        pledge: ("pledge", [pledge.key]),
        document: ("document", [document.pk, document.slug]),
        place: ("municipality", [place.ags, place.slug]),
        party: ("party", [party.slug]),
        topic: ("topic", [topic.slug]),
    }
    for row, (name, arguments) in expected.items():
        assert row.get_absolute_url() == reverse(f"programmes:{name}", args=arguments)
        assert resolve(row.get_absolute_url()).url_name == name


def test_a_gap_between_years_is_seen_and_a_long_one_is_not_drawn():
    assert every_year({2030: 2, 2032: 1}) == [(2030, 2), (2031, 0), (2032, 1)]
    assert every_year({1990: 1, 2045: 1}) == [(1990, 1), (2045, 1)]
    assert every_year({}) == []
