"""One archive with the demonstration corpus, an empty one, and one browser for all tests of this folder."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from running import QUIET, Archive, need_a_browser, running

NAMES = """
import json
from programmes.models import Document, Party, Pledge
programme = (Document.objects.published().filter(invented=True, kind="programme", language="de")
    .order_by("-pledge_count", "pk").first())
place = programme.municipalities.first()
beside = Party.objects.filter(
    documents__municipalities=place, documents__year=programme.year).distinct().order_by("slug")[:3]
pledge = programme.pledges.order_by("specificity", "position").first()
of_two_elections = next(
    (party.slug, town.ags)
    for document in Document.objects.published().filter(invented=True, kind="programme")
    for party in document.parties.all() for town in document.municipalities.all()
    if party.documents.published().filter(
        kind="programme", municipalities=town).values("year").distinct().count() > 1)
Document.objects.create(
    title="Unser Plan für den Hafen", kind="press", status="withdrawn", withdrawal_reason="Rechte nicht geklärt")
gone = Document.objects.get(status="withdrawn")
real = Document.objects.published().order_by("invented", "-pledge_count").first()
print("NAMES" + json.dumps({
    "place": place.get_absolute_url(), "ags": place.ags, "town": place.name, "year": programme.year,
    "party": beside[0].slug, "parties": "&".join(f"partei={one.slug}" for one in beside),
    "programme": programme.get_absolute_url(), "real": real.get_absolute_url(),
    "pledge": pledge.get_absolute_url(), "key": pledge.key, "withdrawn": gone.get_absolute_url(),
    "twice": "partei={}&ort={}".format(*of_two_elections)}))
"""


@pytest.fixture(scope="session")
def archive(tmp_path_factory) -> Iterator[Archive]:
    need_a_browser()
    with running(tmp_path_factory.mktemp("pages"), demonstration=True) as archive:
        yield archive


@pytest.fixture(scope="session")
def empty_archive(tmp_path_factory) -> Iterator[Archive]:
    need_a_browser()
    with running(tmp_path_factory.mktemp("empty")) as archive:
        yield archive


@pytest.fixture(scope="session")
def names(archive) -> dict:
    """What the demonstration corpus holds, for the addresses of pages."""
    return json.loads(archive.python(NAMES).rpartition("NAMES")[2].partition("\n")[0])


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_a_browser(), args=QUIET)
        yield browser
        browser.close()
