"""What the pages cost: a constant number of queries, and nothing at all where nothing changed."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from parsing import parsed

from programmes import importing
from programmes.models import Municipality, Party, Topic

LISTS = ["/", "/orte/", "/orte/99001000-moorau/", "/parteien/", "/parteien/mitte/", "/jahre/"]
LISTS += ["/jahre/2026/", "/themen/", "/themen/wohnen/", "/dokumente/", "/orte/99001000/2026/"]


def hold(numbers):
    place, _ = Municipality.objects.get_or_create(ags="99001000", name="Moorau", kind="city")
    party, _ = Party.objects.get_or_create(slug="mitte", short_name="Mitte", name="Mitte")
    Topic.objects.get_or_create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    for number in numbers:
        text = parsed(("1. Wohnen", ["Wir bauen Wohnungen."]), data=str(number).encode())
        document = importing.store(text, publish=True).document
        document.municipalities.set([place])
        document.parties.set([party])


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
