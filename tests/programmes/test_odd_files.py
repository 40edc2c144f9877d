"""Folders as strangers fill them: pipes, links, devices, and names that are no text."""

from __future__ import annotations

import os
import uuid
from pathlib import Path

import pytest
from django.core.management import call_command

from programmes import intake
from programmes.ingest.pieces import Refused
from programmes.management import offered
from programmes.management.commands.import_documents import Command
from programmes.models import Document

TEXT = "# Ziele\n\nWir bauen Wohnungen.\n"


def test_a_folder_is_searched_for_files_and_nothing_else(tmp_path):
    folder, outside = tmp_path / "in", tmp_path / "geheim.md"
    (folder / "unter").mkdir(parents=True)
    outside.write_text(TEXT)
    (folder / "unter" / "a.md").write_text(TEXT)
    (folder / "innen.md").symlink_to(folder / "unter" / "a.md")
    (folder / "aussen.md").symlink_to(outside)
    (folder / "tot.md").symlink_to(tmp_path / "nirgends")
    (folder / "kreis").symlink_to(folder)
    os.mkfifo(folder / "rohr.md")
    found = [path.name for path in offered.files([str(folder)])]
    assert found == ["innen.md", "a.md"]


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused_and_not_read(name):
    with pytest.raises(Refused, match="Gerät oder eine Leitung"):
        offered.load(Path(name), 1000)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "rohr")
    with pytest.raises(Refused, match="Gerät oder eine Leitung"):
        offered.load(tmp_path / "rohr", 1000)


def test_a_file_with_holes_is_refused_by_its_length(tmp_path):
    with (tmp_path / "a.txt").open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(Refused, match="größer als 1 MB"):
        offered.load(tmp_path / "a.txt", 2**20)


NAMES = (
    *(b"\xff\xfekaputt.md", b"a\nb.md", b"\x1b[31mrot.md", "\u202egnp.md".encode()),
    *(b"<img src=x onerror=alert(1)>.md", b"-rf.md", b"CON.md", b"x" * 240 + b".md"),
)


@pytest.mark.django_db(transaction=True)
def test_files_of_any_name_are_taken_in_and_shown(tmp_path, settings, monkeypatch, client, capsys):
    monkeypatch.setattr(Command, "_prepare", lambda self: None)
    settings.MEDIA_ROOT, folder = tmp_path / "originals", tmp_path / "in"
    folder.mkdir()
    for number, name in enumerate(NAMES):
        (folder / os.fsdecode(name)).write_text(f"{TEXT}\nWir bauen {number} Brücken.\n")
    call_command("import_documents", str(folder), publish=True)
    said = "".join(capsys.readouterr())
    assert "\x1b[31m" not in said and "\u202e" not in said
    documents = list(Document.objects.all())
    assert len(documents) == len(NAMES)
    for document in documents:
        assert document.original_name.isprintable()
        assert Path(document.original.path).is_relative_to(settings.MEDIA_ROOT)
        page = client.get(document.get_absolute_url())
        assert page.status_code == 200 and "<img src=x" not in page.content.decode()
        original = client.get(f"/dokumente/{document.pk}/original/")
        assert original.status_code == 200, document.original_name
        assert original["Content-Disposition"].startswith("attachment; ")


@pytest.mark.django_db
def test_an_upload_of_any_name_is_offered_under_a_name_that_can_be_shown(settings, tmp_path):
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    for name in ("a\r\nSet-Cookie: x.md", "\ud800.md", "../../etc/passwd\x00.md", "x" * 400):
        upload = intake.offer(name.encode("utf-8", "replace"), name, None, uuid.uuid4())
        assert upload.name.isprintable() and len(upload.name) <= 255
        assert intake.kept(upload.sha256).resolve().is_relative_to(tmp_path)
