"""Does a page change when what it shows changes, however that was written?"""

from __future__ import annotations

import json

import pytest
from django.core.cache import caches
from parsing import parsed

from programmes import edition, gazetteer, importing
from programmes.models import Document, Pledge, TextPage


@pytest.fixture
def caching(settings):
    """Pages and numbers are kept, as in a running archive."""
    kept = {
        name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        for name in ("default", "pages")
    }
    settings.CACHES = {**settings.CACHES, **kept}
    for name in kept:
        caches[name].clear()


def mark():
    return edition.current()


def reject(pledge):
    pledge.decision = "rejected"
    pledge.save()


def write_imprint():
    TextPage.objects.update_or_create(pk="impressum", defaults={"text_de": "Rathaus Moorau"})


CHANGES = {
    "a document is published": lambda: importing.store(parsed(data=b"neu"), publish=True),
    "a pledge is rejected": lambda: reject(Pledge.objects.get()),
    "a document is withdrawn": lambda: Document.objects.get().delete(),
    "the imprint is written": write_imprint,
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES)
def test_every_change_makes_a_new_edition(change):
    importing.store(parsed(("Wohnen", ["Wir bauen."]), data=b"alt"), publish=True)
    before = mark()
    CHANGES[change]()
    assert mark() != before


@pytest.mark.django_db(transaction=True)
def test_reference_data_read_in_bulk_makes_a_new_edition_and_only_when_it_is_new(tmp_path):
    rows = [{"slug": "neu", "short_name": "Neu", "name": "Neue Liste"}]
    (tmp_path / "parties.json").write_text(json.dumps(rows))
    before = mark()
    gazetteer.load_reference(tmp_path)
    between = mark()
    gazetteer.load_reference(tmp_path)
    assert before != between == mark()


@pytest.mark.django_db(transaction=True)
def test_a_page_made_before_is_given_again_until_something_changes(client, caching):
    importing.store(parsed(data=b"eins"), publish=True)
    first = client.get("/dokumente/")
    Document.objects.update(title="Am Werk vorbei")  # no signal tells of this
    assert client.get("/dokumente/").text == first.text
    edition.renew()
    again = client.get("/dokumente/")
    assert "Am Werk vorbei" in again.text and again["ETag"] != first["ETag"]


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_taken_back_makes_no_new_edition():
    from django.db import transaction

    before = mark()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        importing.store(parsed(data=b"eins"), publish=True)
        raise ZeroDivisionError
    assert mark() == before


@pytest.mark.django_db(transaction=True)
def test_whoever_is_signed_in_never_gets_a_kept_page(client, admin_client, caching):
    client.get("/impressum/")
    answer = admin_client.get("/impressum/")
    assert answer["Cache-Control"] == "private, no-store" and "ETag" not in answer
