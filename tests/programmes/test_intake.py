"""What is offered at the desk is kept, read once, and never lost; copies are shown before they are stored."""

from __future__ import annotations

import io
import zipfile
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import override_settings

from programmes import editing, intake, jobs
from programmes.ingest.pieces import Refused
from programmes.models import Document, Municipality
from programmes.records import Upload

# A file is read in processes of their own, for which connections are closed: PostgreSQL minds that in a transaction.
pytestmark = pytest.mark.django_db(transaction=connection.vendor == "postgresql")

STREETS = "Bahnhofstraße Marktplatz Schulweg Lindenallee Uferweg Ringstraße Mühlgasse".split()
LONG = "# Programm für Auental\n\n" + "\n\n".join(
    f"Wir erneuern bis {2027 + number} den Belag in der Straße {street} und pflanzen dort Bäume."
    for number, street in enumerate(STREETS)
)


@pytest.fixture(autouse=True)
def uploads_folder(tmp_path, settings):
    settings.UPLOADS_ROOT = tmp_path / "uploads"


def offer(text: str | bytes, name: str = "programm.md", **more) -> Upload:
    data = text.encode() if isinstance(text, str) else text
    return intake.offer(data, name, None, uuid4(), **more)


def states() -> list[str]:
    return list(Upload.objects.order_by("pk").values_list("state", flat=True))


def kept_files() -> int:
    from django.conf import settings

    return sum(path.is_file() for path in settings.UPLOADS_ROOT.rglob("*"))


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def test_an_offered_file_waits_and_is_then_a_draft():
    upload = offer(LONG)
    assert upload.state == "waiting" and not Document.objects.exists()
    assert intake.drain(1) == 1
    upload.refresh_from_db()
    assert upload.state == "done" and upload.document.status == "draft"
    assert upload.document.original.open().read() == LONG.encode()
    assert kept_files() == 0


def test_a_file_that_cannot_be_read_says_why_and_does_not_stop_the_others():
    offer(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 alt", "alt.doc")
    offer(LONG)
    intake.drain(1)
    assert states() == ["failed", "done"]
    assert "speichern Sie" in Upload.objects.get(name="alt.doc").sentence


@pytest.mark.parametrize(
    ("data", "says"), [(b"", "leer"), (b"  \n", "leer"), (b"x" * 2**20, "größer")]
)
def test_what_is_no_file_is_refused_at_once(settings, data, says):
    settings.MAX_DOCUMENT_BYTES = 2**20 - 1
    upload = offer(data)
    assert upload.state == "failed" and says in upload.sentence
    assert kept_files() == 0


def test_the_same_bytes_are_not_stored_again():
    offer(LONG)
    intake.drain(1)
    again = offer(LONG, "kopie.md")
    assert (again.state, again.likeness) == ("cancelled", "bytes")
    assert again.twin == Document.objects.get()


def test_the_same_file_twice_in_a_delivery_is_read_once():
    offer(LONG), offer(LONG, "kopie.md")
    intake.drain(1)
    assert states() == ["done", "cancelled"]
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("other", "likeness"),
    [(LONG.replace("\n\n", "\n\n\n"), "text"), (LONG.replace("Marktplatz", "Kirchplatz"), "near")],
)
def test_a_copy_is_shown_before_it_is_stored(other, likeness):
    offer(LONG)
    intake.drain(1)
    copy = offer(other, "kopie.md")
    intake.drain(1)
    copy.refresh_from_db()
    assert (copy.state, copy.likeness, copy.twin) == ("asking", likeness, Document.objects.get())
    assert intake.accept(copy)
    intake.drain(1)
    copy.refresh_from_db()
    assert copy.state == "done" and Document.objects.count() == 2


def test_what_differs_is_shown():
    from programmes.admin.uploads import differences

    assert differences("Eins\n\nZwei\n\nDrei", "Eins\n\nZwo\n\nDrei") == [
        ("…", ""),
        ("-", "Zwei"),
        ("+", "Zwo"),
        ("…", ""),
    ]


def test_a_local_list_that_had_to_be_made_is_told_of():
    Municipality.objects.get_or_create(
        ags="05913000", defaults={"name": "Dortmund", "kind": "city", "population": 590_000}
    )
    offer("# Bürgerliste Dortmund e.V.\n\nWahlprogramm 2020\n\n## Verkehr\n\n" + LONG)
    intake.drain(1)
    assert "neu angelegt: „Bürgerliste Dortmund“" in Upload.objects.get().sentence


def test_a_cancelled_file_is_not_read_and_can_be_tried_again():
    upload = offer(LONG)
    assert intake.cancel(upload)
    assert intake.drain(1) == 0
    assert intake.retry(upload)
    intake.drain(1)
    assert states() == ["done"]


def test_a_file_cancelled_while_it_is_read_is_not_stored():
    offer(LONG)
    upload = intake.claim()
    assert intake.cancel(upload)
    intake.settle(upload, Refused("kommt zu spät"))
    assert states() == ["cancelled"] and not Document.objects.exists()


def test_what_a_dead_worker_held_is_read_by_the_next():
    offer(LONG)
    upload = intake.claim()
    Upload.objects.filter(pk=upload.pk).update(worker=upload.worker + "0")
    assert intake.drain(1) == 0
    assert jobs.recover() == 1
    intake.drain(1)
    assert states() == ["done"]


def test_what_a_living_worker_holds_is_left_to_it():
    offer(LONG)
    intake.claim()
    assert intake.recover() == 0


def test_a_discarded_file_leaves_nothing_behind():
    upload = offer(LONG)
    intake.cancel(upload)
    intake.discard(upload)
    assert kept_files() == 0


def test_what_is_said_of_a_file_outranks_its_text():
    upload = offer(LONG, given={"year": "2020"}, source_url="https://example.org/p.md")
    intake.drain(1)
    upload.refresh_from_db()
    assert (upload.document.year, upload.document.source_url) == (2020, "https://example.org/p.md")


def test_a_parcel_is_unpacked_without_its_noise():
    data = zipped(**{"a.md": b"A", "ordner__b.md": b"B", "__MACOSX__._a.md": b"x"})
    assert intake.is_archive(data)
    assert list(intake.unpacked(data, "wahl.zip")) == [("a.md", b"A"), ("b.md", b"B")]


def test_a_word_file_is_no_parcel():
    assert not intake.is_archive(zipped(**{"[Content_Types].xml": b"<x/>"}))


def test_a_broken_parcel_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="beschädigt"):
        list(intake.unpacked(zipped(a=b"A" * 5000)[:60], "wahl.zip"))


@override_settings(MAX_DOCUMENT_BYTES=1000)
def test_a_parcel_that_unpacks_beyond_measure_is_refused():
    with pytest.raises(Refused, match="zu groß"):
        list(intake.unpacked(zipped(**{f"{n}.md": b"0" * 900 for n in range(40)}), "bombe.zip"))


def test_a_file_deleted_for_good_comes_back_into_its_record():
    offer(LONG)
    intake.drain(1)
    document = Document.objects.get()
    keys = set(document.pledges.values_list("key", flat=True))
    editing.withdraw(document, None, "Irrtum")
    editing.purge(document, None)
    offer(LONG)
    intake.drain(1)
    document.refresh_from_db()
    assert document.status == "draft" and Document.objects.count() == 1
    assert set(document.pledges.values_list("key", flat=True)) == keys != set()


def test_an_upload_remembers_who_offered_it():
    anna = User.objects.create_user("anna")
    intake.offer(LONG.encode(), "a.md", anna, uuid4())
    intake.drain(1)
    assert Document.objects.get().changes.get().user == anna
