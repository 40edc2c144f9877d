"""A page of results is made once, until anything that it shows or was found by changes."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from programmes.models import Document, Party
from search.models import EmptyQuery, SynonymGroup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def caching(settings):
    """Pages are kept and rows are held, as in a running archive."""
    kept = {
        "searches": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "held": {"BACKEND": "programmes.held.HeldCache"},
    }
    settings.CACHES = {**settings.CACHES, **kept}
    for name in kept:
        caches[name].clear()


def asked(client, query):
    return client.get("/suche/", {"q": query})


def test_a_search_asked_again_is_not_made_again(
    client, archive, django_assert_max_num_queries, monkeypatch
):
    first = asked(client, "Radweg")
    monkeypatch.setattr("search.views.search", None)
    with django_assert_max_num_queries(2):
        again = asked(client, "Radweg")
    assert again.content == first.content
    assert (
        client.get("/suche/?q=Radweg", headers={"If-None-Match": first["ETag"]}).status_code == 304
    )


def test_a_new_document_and_a_new_synonym_are_found_at_once(client, archive, add_document):
    assert "Tram bis zum See" not in asked(client, "Tram").content.decode()
    add_document("Neu", ("Wir bauen die Tram bis zum See.",), place=archive[0])
    assert "bis zum See" in asked(client, "Tram").content.decode()
    assert "bis zum See" not in asked(client, "Elektrische").content.decode()
    SynonymGroup.objects.create(words="Tram = Elektrische")
    assert "bis zum See" in asked(client, "Elektrische").content.decode()


def test_a_new_name_of_a_party_or_a_document_is_shown_at_once(client, archive):
    assert "Blaue" in asked(client, "Kilometer").text
    for party in Party.objects.filter(short_name="Blaue"):
        party.short_name = "Himmelblaue"
        party.save()
    assert "Himmelblaue" in asked(client, "Kilometer").text
    for document in Document.objects.filter(title="Seefeld bewegt"):
        document.status = "withdrawn"
        document.save()
    assert "Kilometer Radwege" not in asked(client, "Kilometer").text


def test_another_search_of_the_same_documents_reads_no_more_than_its_own_rows(
    client, archive, django_assert_max_num_queries
):
    asked(client, "Radweg")
    with django_assert_max_num_queries(6):
        assert "Bad Seefeld" in asked(client, "Kilometer OR Ortsschild").text


def test_what_is_not_found_is_counted_each_time(client, archive):
    for _ in range(3):
        assert asked(client, "Wurstbahnhof")["Cache-Control"] == "no-store"
    assert EmptyQuery.objects.get().count == 3
