"""The API: what it gives, what it refuses, and that it keeps to its own description."""

from __future__ import annotations

import pytest
import schemathesis
from django.core.cache.backends.locmem import LocMemCache
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from parsing import parsed
from schemathesis import checks

from archive.wsgi import application
from programmes import importing
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Topic

# The site is asked as a server asks it, and closes its connection after each answer: PostgreSQL minds that in a transaction.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")


@pytest.fixture
def archive():
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing", marpor=["504"])
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    Party.objects.create(short_name="MP", name="Musterpartei")
    Party.objects.create(short_name="GP", name="Gegenpartei")
    documents = []
    for year, party, sentences in (
        (2020, "MP", ["Wir bauen hundert Wohnungen.", "Wir sparen."]),
        (2026, "MP", ["Wir bauen zweihundert neue Wohnungen.", "Wir pflanzen Bäume."]),
        (2026, "GP", ["Wir bauen nichts."]),
    ):
        about = pieces.About(
            title=f"{party} {year}",
            kind="programme",
            year=year,
            municipalities=("09999001",),
            parties=(party,),
        )
        stored = importing.store(
            parsed(("Ziele", sentences), about=about, data=f"{party}{year}".encode()), publish=True
        )
        documents.append(stored.document)
    importing.store(parsed(("Entwurf", ["Wir schweigen."]), data=b"Entwurf"))
    return documents


def test_documents_are_listed_without_drafts(client, archive):
    rows = client.get("/api/documents/").json()["results"]
    assert [row["title"] for row in rows] == ["MP 2020", "MP 2026", "GP 2026"]


def test_a_filter_of_the_pages_narrows_a_list(client, archive):
    rows = client.get("/api/pledges/?partei=gp").json()["results"]
    assert [row["text"] for row in rows] == ["Wir bauen nichts."]


@pytest.mark.parametrize(
    "address",
    [
        "/api/pledges/?partie=gp",
        "/api/pledges/?partei=unbekannt",
        "/api/documents/?jahr=neulich",
        "/api/search/?ort=Nirgendwo",
        "/api/comparison/parties/?ort=09999001",
        "/api/comparison/elections/?ort=09999001&partei=mp&jahr=2020&mit=2020",
    ],
)
def test_a_parameter_that_means_nothing_is_told(client, archive, address):
    answer = client.get(address)
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
    assert len(answer.json()["errors"]) == 1


def test_pages_lead_on_and_show_every_row_once(client, archive):
    address, keys = "/api/pledges/?limit=2", []
    while address:
        page = client.get(address).json()
        keys += [row["key"] for row in page["results"]]
        address = page["next"]
    assert len(keys) == len(set(keys)) == 5


def test_an_unchanged_answer_is_not_sent_again(client, archive):
    first = client.get("/api/documents/")
    again = client.get("/api/documents/", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)


def test_other_sites_may_read_and_nobody_may_write(client, archive):
    answer = client.get("/api/topics/", headers={"Origin": "https://example.org"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in answer
    assert client.post("/api/topics/", {}).status_code == 405


def test_the_rate_limit_says_what_is_left_and_then_when_to_come_again(client, archive, monkeypatch):
    throttle = "programmes.api.access.Throttle"
    monkeypatch.setattr(f"{throttle}.THROTTLE_RATES", {"anon": "2/minute"})
    monkeypatch.setattr(f"{throttle}.cache", LocMemCache("rates", {}))
    assert client.get("/api/topics/")["RateLimit-Remaining"] == "1"
    client.get("/api/topics/")
    refused = client.get("/api/topics/")
    assert refused.status_code == 429
    assert 0 < int(refused["Retry-After"]) <= 60


def test_an_address_that_is_not_there_is_a_problem_too(client):
    answer = client.get("/api/versprechen/")
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


def test_two_elections_are_compared_as_on_the_page(client, archive):
    found = client.get(
        "/api/comparison/elections/?ort=09999001&partei=mp&jahr=2026&mit=2020"
    ).json()
    assert [
        (change["before"]["text"], change["after"]["text"]) for change in found["reworded"]
    ] == [("Wir bauen hundert Wohnungen.", "Wir bauen zweihundert neue Wohnungen.")]
    assert [change["before"]["text"] for change in found["dropped"]] == ["Wir sparen."]


def test_people_get_a_page_and_programs_a_list_of_addresses(client):
    assert "/api/pledges/" in client.get("/api/", headers={"Accept": "text/html"}).text
    found = client.get("/api/", headers={"Accept": "application/json"}).json()
    assert found["pledges"] == "http://testserver/api/pledges/"


def test_the_api_keeps_to_its_own_description(archive, monkeypatch):
    call_command("rebuild_index", verbosity=0)
    monkeypatch.setattr("programmes.api.access.Throttle.THROTTLE_RATES", {"anon": None})
    schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)

    for operation in schema.exclude(path="/api/schema/").get_all_operations():
        _keeps_to(operation.ok())


# Left out: that every value of the right type is accepted; a place that does not exist is refused.
CHECKS = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_headers_conformance,
    checks.response_schema_conformance,
]


def _keeps_to(operation):
    @settings(
        max_examples=20, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(case=operation.as_strategy())
    def check(case):
        case.call_and_validate(checks=CHECKS)

    check()
