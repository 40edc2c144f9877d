"""A full disk and a folder that cannot be written: one clear sentence, and everything stays as it was."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
from parsing import parsed
from running import ROOT

from archive import backups
from programmes import files, importing, releases, shelf
from programmes.models import Document
from search import indexing
from search.engines import arrays

NO_ROOM = "auf dem Datenträger ist kein Platz mehr"
NO_RIGHT = "der Ordner lässt sich nicht beschreiben"
FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def document(settings, tmp_path, transactional_db):
    settings.MEDIA_ROOT, settings.DATA_DIR = tmp_path / "originals", tmp_path
    stored = importing.store(parsed(("Ziele", ["Wir bauen."])), publish=True).document
    call_command("rebuild_index", verbosity=0)
    return stored


def fail(error):
    def refuse(*_args, **_named):
        raise error

    return refuse


def left_in(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FULL, NO_ROOM),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), NO_ROOM),
        (OperationalError("database or disk is full"), NO_ROOM),
        (OperationalError("could not extend file: No space left on device"), NO_ROOM),
        (OSError(errno.EROFS, "Read-only file system"), NO_RIGHT),
        (PermissionError(errno.EACCES, "Permission denied"), NO_RIGHT),
        (OperationalError("attempt to write a readonly database"), NO_RIGHT),
        (OperationalError("disk I/O error"), "der Datenträger meldet einen Fehler"),
        (OperationalError("no such table: programmes_document"), ""),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), ""),
    ],
)
def test_what_the_disk_refuses_is_told_in_words(error, sentence):
    assert files.of_the_disk(error) == sentence


def test_an_index_that_finds_no_room_is_the_old_one(document, monkeypatch):
    before = left_in(Path(indexing.engine().folder))
    monkeypatch.setattr(arrays.os, "fsync", fail(FULL))
    with pytest.raises(CommandError, match=NO_ROOM):
        call_command("rebuild_index")
    monkeypatch.undo()
    assert left_in(Path(indexing.engine().folder)) == before
    call_command("check_index")


def test_a_change_that_the_index_finds_no_room_for_waits(document, monkeypatch):
    monkeypatch.setattr(arrays.os, "fsync", fail(FULL))
    document.title = "Neu"
    document.save()
    monkeypatch.undo()
    assert Document.objects.get().title == "Neu" and indexing.left() == 1
    call_command("sync_index")
    call_command("check_index")
    assert indexing.left() == 0


def test_a_backup_that_finds_no_room_leaves_nothing(document, tmp_path, monkeypatch):
    before = left_in(tmp_path)
    monkeypatch.setattr(backups.os, "fsync", fail(FULL))
    with pytest.raises(CommandError, match=f"lässt sich nicht schreiben: {NO_ROOM}"):
        call_command("backup", str(tmp_path / "b.tar.gz"))
    assert left_in(tmp_path) == before


@pytest.mark.parametrize("at", ["write_whole", "insert"])
def test_a_restore_that_finds_no_room_changes_nothing(document, tmp_path, monkeypatch, at):
    backups.backup(tmp_path / "b.tar.gz")
    document.title = "Seither geändert"
    document.save()
    document.original.storage.delete(document.original.name)
    if at == "write_whole":
        monkeypatch.setattr(files, "write_whole", fail(FULL))
    else:
        monkeypatch.setattr(backups, "_insert", fail(OperationalError("database or disk is full")))
    with pytest.raises(CommandError, match=f"{NO_ROOM}. Das Archiv ist, wie es war"):
        call_command("restore", str(tmp_path / "b.tar.gz"), "--yes")
    assert Document.objects.get().title == "Seither geändert"


def test_a_restored_archive_whose_index_finds_no_room_says_what_to_do(
    document, tmp_path, monkeypatch
):
    backups.backup(tmp_path / "b.tar.gz")
    monkeypatch.setattr(arrays.os, "fsync", fail(FULL))
    with pytest.raises(
        CommandError, match=r"wiederhergestellt, der Index noch nicht.*rebuild_index"
    ):
        call_command("restore", str(tmp_path / "b.tar.gz"), "--yes")


@pytest.mark.parametrize(("module", "name"), [(releases, "_write_texts"), (shelf, "ZipFile")])
def test_a_release_that_finds_no_room_leaves_nothing(document, tmp_path, monkeypatch, module, name):
    before = left_in(tmp_path)
    monkeypatch.setattr(module, name, fail(FULL))
    with pytest.raises(CommandError, match=NO_ROOM):
        call_command("make_release", "2026.1")
    assert left_in(tmp_path) == before
    monkeypatch.undo()
    call_command("make_release", "2026.1")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """A small archive on a disk of its own that can be filled and locked."""
    disk = tmp_path_factory.mktemp("disk")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], check=False
    )
    if mounted.returncode:
        pytest.skip("a file system of its own can only be mounted by root")
    try:
        assert manage(disk, "migrate", "--verbosity=0").returncode == 0
        (disk / "a.md").write_text("# Ziele\n\nWir bauen Wohnungen.\n")
        assert manage(disk, "import_documents", str(disk / "a.md"), "--publish").returncode == 0
        yield disk
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def manage(disk: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "DATA_DIR": str(disk / "data")}
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *words],
        env=environment | {"DJANGO_SETTINGS_MODULE": "archive.settings"},
        capture_output=True,
        text=True,
        timeout=400,
        check=False,
    )


COMMANDS = (["rebuild_index"], ["make_release", "1"], ["import_documents"])


@pytest.mark.skipif(not shutil.which("mount"), reason="there is no mount")
@pytest.mark.parametrize(("state", "sentence"), [("full", NO_ROOM), ("locked", NO_RIGHT)])
def test_no_command_breaks_on_a_disk_that_takes_nothing(archive, state, sentence):
    if state == "full":
        with (archive / "filling").open("wb", buffering=0) as filling:
            try:
                while filling.write(bytes(4096)):
                    pass
            except OSError as error:
                assert error.errno == errno.ENOSPC
    else:
        subprocess.run(["mount", "-o", "remount,ro", str(archive)], check=True)
    try:
        for words in COMMANDS:
            more = [str(ROOT / "README.md")] if words == ["import_documents"] else []
            done = manage(archive, *words, *more)
            assert done.returncode == 2 and sentence in done.stderr, (words, done.stderr)
            assert "Traceback" not in done.stderr and done.stderr.count("\n") == 1, words
    finally:
        if state == "full":
            (archive / "filling").unlink()
        else:
            subprocess.run(["mount", "-o", "remount,rw", str(archive)], check=True)
    assert "stimmen überein" in manage(archive, "check_index").stdout
