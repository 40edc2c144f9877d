"""Is a place found by what people type, and does its page say what is there and what is not?"""

from __future__ import annotations

import pytest
from parsing import parsed

from programmes import importing
from programmes.models import Municipality, Party


def place(ags, name, **more):
    return Municipality.objects.create(ags=ags, name=name, kind=more.pop("kind", "town"), **more)


def programme(where, party, year):
    document = importing.store(parsed(data=f"{where}{party}{year}".encode()), publish=True).document
    document.year = year
    document.save()
    document.municipalities.set([where])
    document.parties.set(
        [Party.objects.get_or_create(slug=party, short_name=party.upper(), name=party)[0]]
    )
    return document


@pytest.fixture
def towns(db):
    place("99", "Moorland", kind="state")
    place("99001001", "Neuhausen", population=90_000)
    place("99001002", "Neuhafen", population=1_000)
    place("99001003", "Bad Neuenau", aliases=["Neuenau am Moor"])
    programme(Municipality.objects.get(pk="99001002"), "rot", 2026)


def offered(client, typed):
    answer = client.get("/orte/vorschlaege/", {"q": typed}).json()
    return [one["label"] for one in answer["suggestions"]]


def test_what_has_documents_is_offered_first_then_the_larger_town(client, towns):
    assert offered(client, "neuha") == ["Neuhafen", "Neuhausen"]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("NEUHAU", "Neuhausen"),
        ("neuenau", "Bad Neuenau"),
        ("99001001", "Neuhausen"),
        ("am Moor", "Bad Neuenau"),
    ],
)
def test_a_place_is_found_by_a_word_an_alias_or_its_key(client, towns, typed, first):
    assert offered(client, typed)[0] == first


@pytest.mark.parametrize("typed", ["", "n", "xyz", "%", "\x00"])
def test_nothing_is_offered_for_too_little_or_what_is_not_there(client, towns, typed):
    assert offered(client, typed) == []


def test_the_state_is_named_beside_a_place_and_its_page_is_given(client, towns):
    one = client.get("/orte/vorschlaege/?q=neuhaf").json()["suggestions"][0]
    assert "Moorland" in one["note"] and one["address"] == "/orte/99001002-neuhafen/"


def test_one_match_leads_to_its_page_and_several_are_listed(client, towns):
    assert client.get("/orte/?q=neuhafen")["Location"] == "/orte/99001002-neuhafen/"
    page = client.get("/orte/?q=neu").text
    assert "Neuhausen" in page and "noch kein Dokument" in page


def test_a_state_without_documents_has_no_number_beside_it(client, towns):
    place("98", "Heideland", kind="state")
    page = client.get("/orte/").text
    assert "Heideland" in page and "0 Orte" not in page and "1 Ort" in page


def test_a_missing_programme_is_said_plainly(client, towns):
    where = Municipality.objects.get(pk="99001002")
    programme(where, "rot", 2020)
    programme(where, "blau", 2020)
    page = " ".join(client.get(where.get_absolute_url()).text.split())
    assert "Von 2026 fehlen im Archiv: BLAU." in page


def test_a_place_without_any_document_says_so_and_how_to_go_on(client, towns):
    page = client.get("/orte/99001001-neuhausen/").text
    assert "Zu diesem Ort ist noch nichts veröffentlicht." in page
