"""How a file comes onto the disk: whole or not at all, and nothing of it left behind where the process dies."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.db import connection
from django.utils.translation import gettext as _

PART = ".part"
LEAST_FREE = 2**17  # bytes; SQLite needs 64 kB to open a database


def write_whole(path: Path, data: bytes) -> None:
    """There under its name only when every byte is on the disk; one writer of a name at a time (`alone_with`)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}{PART}")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    on_disk(path.parent)


def on_disk(folder: Path) -> None:
    """A new name is on the disk when its folder is."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):  # a file system that cannot say
            os.fsync(handle)
    finally:
        os.close(handle)


def reason(error: Exception) -> str:
    """Why something could not be written, in words."""
    return of_the_disk(error) or str(getattr(error, "strerror", None) or error)


def of_the_disk(error: Exception) -> str:
    """What the disk refuses, in words; empty where something else is wrong.

    SQLite says no more than "disk I/O error" or "unable to open database file": then the disk itself is asked.
    """
    code, said = getattr(error, "errno", None), str(error).lower()
    vague = "disk i/o error" in said or "unable to open database file" in said
    if code in (errno.ENOSPC, errno.EDQUOT) or "disk is full" in said or "no space left" in said:
        return _("auf dem Datenträger ist kein Platz mehr")
    if code in (errno.EROFS, errno.EACCES, errno.EPERM) or "readonly database" in said:
        return _("der Ordner lässt sich nicht beschreiben")
    if vague and settings.DATA_DIR.is_dir():
        if shutil.disk_usage(settings.DATA_DIR).free < LEAST_FREE:
            return _("auf dem Datenträger ist kein Platz mehr")
        if not os.access(settings.DATA_DIR, os.W_OK):
            return _("der Ordner lässt sich nicht beschreiben")
    if vague or code == errno.EIO:
        return _("der Datenträger meldet einen Fehler")
    return ""


def alone_with(checksum: str) -> None:
    """Until the transaction ends no other process stores, keeps or forgets the file of this checksum.

    In SQLite every transaction that writes is alone anyway (BEGIN IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            number = int(checksum[:15] or "0", 16)
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


def kept_in(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files of a folder of folders, each with the checksum it is kept or half written under."""
    for path in folder.glob("??/*"):
        yield path, path.name.removeprefix(".").removesuffix(PART)


def is_half(path: Path) -> bool:
    return path.name.startswith(".") and path.name.endswith(PART)


class NoRoom(SuspiciousOperation):
    """An upload that could not be kept while it came in; of a kind that Django answers with a page of ours."""


class NamelessUploadHandler(TemporaryFileUploadHandler):
    """A large upload waits in a file without a name, so that the system takes it away with the process."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super(TemporaryFileUploadHandler, self).new_file(*args, **kwargs)  # type: ignore[misc]
        try:
            file = tempfile.TemporaryFile()  # noqa: SIM115 – closed with the request
        except OSError as error:
            raise NoRoom(reason(error)) from error
        self.file: Any = UploadedFile(  # type: ignore[assignment]
            file, self.file_name, self.content_type, 0, self.charset, self.content_type_extra
        )

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            raise NoRoom(reason(error)) from error

    def upload_interrupted(self) -> None:
        if hasattr(self, "file"):
            self.file.close()
