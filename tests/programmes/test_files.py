"""A file is on the disk whole or not at all, and what a dead process left is swept."""

from __future__ import annotations

import errno
import hashlib
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.files.uploadhandler import StopFutureHandlers
from django.core.management import CommandError, call_command
from parsing import parsed

from programmes import files, importing, intake
from programmes.management.commands.import_documents import Command
from programmes.models import Document
from programmes.records import Upload


def test_a_file_that_cannot_be_written_leaves_nothing(tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_whole(tmp_path / "a" / "b", b"Text")
    assert list((tmp_path / "a").iterdir()) == []


def test_what_stood_there_stays_until_the_new_is_whole(tmp_path, monkeypatch):
    (tmp_path / "a").write_bytes(b"alt")
    monkeypatch.setattr(files.os, "fsync", lambda _handle: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        files.write_whole(tmp_path / "a", b"neu")
    assert (tmp_path / "a").read_bytes() == b"alt"


@pytest.mark.django_db
def test_sweeping_takes_halves_and_what_nobody_waits_for(settings, tmp_path):
    settings.UPLOADS_ROOT, settings.MEDIA_ROOT = tmp_path / "uploads", tmp_path / "originals"
    waiting = intake.offer(b"Wir bauen.", "a.txt", None, uuid.uuid4())
    document = importing.store(parsed(("1. Ziele", ["Wir bauen."]))).document
    orphan = intake.kept(hashlib.sha256(b"x").hexdigest())
    half = intake.kept(waiting.sha256).with_name(f".{waiting.sha256}.part")
    for path in (orphan, half, tmp_path / "originals" / "ab" / ".abc.part"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    assert intake.sweep() == 3
    left = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {waiting.sha256, document.sha256}
    assert Upload.objects.get().state == Upload.State.WAITING


def test_a_large_upload_has_no_name_that_could_stay(tmp_path, monkeypatch):
    monkeypatch.setattr(files.tempfile, "tempdir", str(tmp_path))
    handler = files.NamelessUploadHandler()
    try:
        handler.new_file("file", "groß.pdf", "application/pdf", 10)
    except StopFutureHandlers:
        pytest.fail("other handlers are not asked")
    handler.receive_data_chunk(b"0123456789", 0)
    assert list(tmp_path.iterdir()) == []
    assert handler.file_complete(10).read() == b"0123456789"


@pytest.fixture
def full_disk(settings, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(errno.ENOSPC, "No space left on device")

    settings.UPLOADS_ROOT, settings.MEDIA_ROOT = tmp_path / "uploads", tmp_path / "originals"
    monkeypatch.setattr(files.os, "fsync", full)


@pytest.mark.django_db
def test_an_offer_on_a_full_disk_says_so_and_keeps_nothing(full_disk, tmp_path):
    upload = intake.offer(b"Wir bauen.", "a.txt", None, uuid.uuid4())
    assert upload.state == Upload.State.FAILED
    assert upload.sentence.endswith("auf dem Datenträger ist kein Platz mehr.")
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.mark.django_db
@pytest.mark.parametrize("at", ["opening", "writing"])
def test_an_upload_that_finds_no_room_while_it_comes_in_is_told_so(
    admin_client, monkeypatch, settings, at
):
    class Full(io.BytesIO):
        def write(self, _data):
            raise OSError(errno.ENOSPC, "No space left on device")

    def opened():
        if at == "opening":
            raise OSError(errno.ENOSPC, "No space left on device")
        return Full()

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1
    monkeypatch.setattr(files.tempfile, "TemporaryFile", opened)
    sent = {"files": SimpleUploadedFile("a.md", b"Wir bauen.")}
    answer = admin_client.post("/admin/programmes/upload/add/", sent)
    assert answer.status_code == 503
    assert "auf dem Datenträger ist kein Platz mehr" in answer.content.decode()
    assert not Upload.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_import_on_a_full_disk_says_so_and_stores_nothing(full_disk, tmp_path, monkeypatch):
    monkeypatch.setattr(Command, "_prepare", lambda self: None)
    (tmp_path / "a.md").write_text("# Ziele\n\nWir bauen Wohnungen.\n")
    with pytest.raises(CommandError, match=r"a.md ließ sich nicht ablegen: .* kein Platz mehr"):
        call_command("import_documents", str(tmp_path / "a.md"))
    assert not Document.objects.exists()
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["a.md"]
