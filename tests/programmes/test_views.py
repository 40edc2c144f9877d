"""What the pages cost: a constant number of queries, and nothing at all where nothing changed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from parsing import parsed

from programmes import importing
from programmes.models import Document, Municipality, Party, Topic

LISTS = ["/", "/orte/", "/orte/99001000-moorau/", "/parteien/", "/parteien/mitte/", "/jahre/"]
LISTS += ["/jahre/2026/", "/themen/", "/themen/wohnen/", "/dokumente/", "/orte/99001000/2026/"]
LISTS += ["/faellig/", "/faellig/?ansicht=zahlen", "/faellig/?partei=mitte", "/orte/?q=9900"]
LISTS += [
    "/themen/wohnen/?partei=mitte",
    "/themen/wohnen/?bestimmtheit=vague",
    "/dokumente/?ort=Moorau",
]
LISTS += ["/vergleich/", "/vergleich/?ort=99001000", "/vergleich/?art=orte&partei=mitte", "/daten/"]


def hold(numbers):
    place, _ = Municipality.objects.get_or_create(ags="99001000", name="Moorau", kind="city")
    Municipality.objects.get_or_create(ags="99001001", name="Oosten", kind="city")
    party, _ = Party.objects.get_or_create(slug="mitte", short_name="Mitte", name="Mitte")
    Topic.objects.get_or_create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    for number in numbers:
        text = parsed(("1. Wohnen", ["Wir bauen Wohnungen."]), data=str(number).encode())
        document = importing.store(text, publish=True).document
        document.municipalities.set([place])
        document.parties.set([party])
        for pledge in document.pledges.all():
            pledge.years, pledge.quantities = [2030 + number % 2], [{"text": "12 Wohnungen"}]
            pledge.save()
        importing.settle(document)


def queries(client, address):
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


@pytest.mark.django_db
def test_a_list_costs_the_same_however_long_it_is(client):
    hold(range(2))
    short = {address: queries(client, address) for address in LISTS}
    hold(range(2, 12))
    assert {address: queries(client, address) for address in LISTS} == short


@pytest.mark.django_db
def test_a_topic_is_paged_by_its_documents_without_losing_or_doubling_a_pledge(client):
    hold(range(30))
    seen = []
    for number in (1, 2):
        page = client.get(f"/themen/wohnen/?page={number}").text
        seen += re.findall(r'href="(/versprechen/[a-z0-9]+/)"><mark', page)
    assert "30 Versprechen" in page and len(seen) == len(set(seen)) == 30
    narrowed = client.get("/themen/wohnen/?bestimmtheit=vague&page=1").text
    assert seen[:25] == re.findall(r'href="(/versprechen/[a-z0-9]+/)"><mark', narrowed)


@pytest.mark.django_db
def test_what_is_due_is_counted_by_year_as_it_is_listed(client):
    hold(range(3))
    page = client.get("/faellig/").text
    assert "3 Versprechen" in page and 'href="?faellig=2030"' in page
    assert "2 Versprechen" in client.get("/faellig/?faellig=2030").text
    assert "0 Versprechen" in client.get("/faellig/?faellig=2032").text
    for document in Document.objects.filter(pledges__due=2031):
        document.status = "draft"
        document.save()
    assert "0 Versprechen" in client.get("/faellig/?faellig=2031").text
    assert "2 Versprechen" in client.get("/faellig/?ansicht=zahlen").text


@pytest.mark.django_db
def test_an_election_is_found_behind_the_address_of_its_place(client):
    hold([1])
    answer = client.get("/orte/99001000-moorau/2026/")
    assert answer.status_code == 301 and answer["Location"] == "/orte/99001000/2026/"


@pytest.mark.django_db
def test_what_is_due_is_told_from_what_was_due(client, monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda: date(2031, 3, 1))
    hold(range(3))
    page = client.get("/faellig/").text
    assert "Frist vorbei" in page and "dieses Jahr" in page
    to_come, gone_by = (
        client.get("/faellig/?faellig_ab=2031"),
        client.get("/faellig/?faellig_bis=2030"),
    )
    assert "Frist vorbei" not in to_come.text and "1 Versprechen" in to_come.text
    assert "dieses Jahr" not in gone_by.text and "2 Versprechen" in gone_by.text
    narrowed = client.get("/faellig/?faellig_ab=2031&thema=wohnen").text
    assert 'type="hidden" name="faellig_ab" value="2031"' in narrowed


@pytest.mark.django_db
def test_a_page_that_did_not_change_is_not_sent_again(client):
    hold([1])
    first = client.get("/dokumente/")
    again = client.get("/dokumente/", headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304 and not again.content


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/versprechen/qqqqqqqqqq/",
        "/dokumente/99/",
        "/dokumente/99-x/",
        "/orte/99009999/",
        "/orte/99009999-x/",
        "/parteien/x/",
        "/themen/x/",
    ],
)
def test_what_is_not_there_is_not_found(client, address):
    answer = client.get(address)
    assert answer.status_code == 404 and 'action="/suche/"' in answer.text
