"""A page of results is made once, until anything that it shows or was found by changes."""

from __future__ import annotations

import pytest
from django.core.cache import caches

from search.models import EmptyQuery, SynonymGroup

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def caching(settings):
    """Pages are kept, as in a running archive."""
    kept = {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "searches"}
    settings.CACHES = {**settings.CACHES, "searches": kept}
    caches["searches"].clear()


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


def test_what_is_not_found_is_counted_each_time(client, archive):
    for _ in range(3):
        assert asked(client, "Wurstbahnhof")["Cache-Control"] == "no-store"
    assert EmptyQuery.objects.get().count == 3
