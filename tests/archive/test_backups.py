"""A backup holds everything, and a restored archive is the one that was backed up."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import tarfile

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from parsing import parsed
from running import ROOT, environment

from archive import backups
from programmes import importing
from programmes.models import Document, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def originals(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "originals"


@pytest.fixture
def archive():
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    user = get_user_model().objects.create_user("wer", password="x")
    user.groups.add(Group.objects.create(name="Archiv"))
    return importing.store(
        parsed(("1. Ziele", ["Wir bauen.", "Wir sparen."]), ("2. Mehr", ["Wir hoffen."])),
        publish=True,
    ).document


def rows() -> dict[str, list]:
    return {model._meta.label: list(backups._rows(model, "default")) for model in backups.tables()}


def test_what_is_restored_is_what_was_backed_up(archive, tmp_path):
    before = rows()
    backups.backup(tmp_path / "b.tar.gz")
    archive.original.storage.delete(archive.original.name)
    Document.objects.all().delete()
    get_user_model().objects.all().delete()
    Topic.objects.create(slug="zu-viel", label_de="x", label_en="x")
    backups.restore(tmp_path / "b.tar.gz")
    assert rows() == before
    assert Document.objects.get().original.open().read() == b"Datei"


def test_those_referred_to_come_before_those_that_refer():
    names = [model._meta.label for model in backups.tables()]
    assert (
        names.index("programmes.Document")
        < names.index("programmes.Section")
        < names.index("programmes.Pledge")
    )


def test_after_a_restore_new_rows_find_free_numbers(archive, tmp_path):
    backups.backup(tmp_path / "b.tar.gz")
    backups.restore(tmp_path / "b.tar.gz")
    other = importing.store(parsed(("Neu", ["Wir fangen an."]), data=b"neu")).document
    assert other.pk != archive.pk


def test_a_broken_backup_changes_nothing(archive, tmp_path):
    backups.backup(tmp_path / "b.tar.gz")
    whole = (tmp_path / "b.tar.gz").read_bytes()
    (tmp_path / "half.tar.gz").write_bytes(whole[: len(whole) // 2])
    before = rows()
    with pytest.raises(backups.BadBackup):
        backups.restore(tmp_path / "half.tar.gz")
    assert rows() == before


def test_a_backup_of_another_state_of_the_program_is_refused(archive, tmp_path):
    backups.backup(tmp_path / "b.tar.gz")
    with tarfile.open(tmp_path / "b.tar.gz") as tar:
        tar.extractall(tmp_path / "x", filter="data")
    manifest = json.loads((tmp_path / "x" / "manifest.json").read_text())
    manifest["migrations"].append("programmes.9999_future")
    (tmp_path / "x" / "manifest.json").write_text(json.dumps(manifest))
    with tarfile.open(tmp_path / "c.tar.gz", "w:gz") as tar:
        tar.add(tmp_path / "x", "")
        tar.add(tmp_path / "x" / "manifest.json", "manifest.json")
    with pytest.raises(backups.BadBackup, match="anderen Stand"):
        backups.restore(tmp_path / "c.tar.gz")


def restore(folder, *words: str) -> subprocess.CompletedProcess:
    """The command as an operator gives it, with a database of its own in the folder."""
    return subprocess.run(
        [sys.executable, "manage.py", "restore", *words],
        cwd=ROOT,
        env=environment(folder),
        capture_output=True,
        text=True,
        check=False,
    )


def test_into_an_empty_instance_one_restores_without_more_ado(archive, tmp_path):
    backups.backup(tmp_path / "b.tar.gz")
    done = restore(tmp_path / "neu", str(tmp_path / "b.tar.gz"))
    assert done.returncode == 0, done.stderr
    assert "Wiederhergestellt: 1 Dokumente, 3 Versprechen" in done.stdout


def test_a_database_of_an_older_program_is_told_in_a_sentence(tmp_path):
    (tmp_path / "alt").mkdir()
    with sqlite3.connect(tmp_path / "alt" / "archive.sqlite3") as old:
        old.execute(
            "CREATE TABLE django_migrations (id integer PRIMARY KEY, app text, name text, applied datetime)"
        )
        old.execute(
            "INSERT INTO django_migrations VALUES (1, 'programmes', '0001_initial', '2026-01-01')"
        )
    done = restore(tmp_path / "alt", str(tmp_path / "b.tar.gz"))
    assert done.returncode == 2
    assert "manage.py migrate" in done.stderr
    assert "Traceback" not in done.stderr


def test_something_else_is_no_backup(tmp_path):
    (tmp_path / "b.tar.gz").write_bytes(b"kein Archiv")
    with pytest.raises(backups.BadBackup, match="Sicherung"):
        backups.restore(tmp_path / "b.tar.gz")


def test_a_failed_backup_leaves_no_half_file(archive, tmp_path, monkeypatch):
    monkeypatch.setattr(
        backups, "_add_originals", lambda *args: (_ for _ in ()).throw(OSError("voll"))
    )
    (tmp_path / "out").mkdir()
    with pytest.raises(OSError, match="voll"):
        backups.backup(tmp_path / "out" / "b.tar.gz")
    assert list((tmp_path / "out").iterdir()) == []


def test_the_half_of_a_killed_backup_goes_with_the_next(archive, tmp_path):
    (tmp_path / f"{backups.HALF}abc").write_bytes(b"halb")
    backups.backup(tmp_path / "b.tar.gz")
    assert {path.name for path in tmp_path.iterdir()} == {"b.tar.gz", "originals"}
