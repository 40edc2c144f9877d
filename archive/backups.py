"""The whole archive in one file, and back again: for every database, while the site runs.

A backup is a tar of `manifest.json`, one JSON Lines file a table and the originals. It is the same for SQLite
and PostgreSQL, so that it also carries an archive from one to the other.
"""

from __future__ import annotations

import base64
import contextlib
import fcntl
import io
import json
import os
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import DatabaseError, connections, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from programmes import files
from programmes.models import Document

FORMAT = 1
BATCH = 1000
HALF = ".sicherung-"
# Sessions and the notes of the index are of the running site, not of the archive.
LEFT_OUT = {
    "sessions.session",
    "accounts.session",
    "search.staledocument",
    "search.nextindex",
    "search.nextstaledocument",
}

Say = Callable[[str], None]


class BadBackup(ValueError):
    """A file that cannot be restored here; the message is one clear sentence."""


def backup(file: Path, *, using: str = "default", say: Say = lambda text: None) -> dict[str, int]:
    """Write a backup; it appears under its name only when complete. Returns the rows of each table."""
    file.parent.mkdir(parents=True, exist_ok=True)
    _sweep(file.parent)
    handle, half = tempfile.mkstemp(dir=file.parent, prefix=HALF)
    counts: dict[str, int] = {}
    try:
        with os.fdopen(handle, "wb") as out:
            fcntl.flock(out, fcntl.LOCK_EX)  # until the end: whoever can take it finds it abandoned
            with tarfile.open(fileobj=out, mode="w:gz", compresslevel=3) as tar, snapshot(using):
                manifest = {
                    "format": FORMAT,
                    "made": datetime.now(UTC).isoformat(timespec="seconds"),
                    "migrations": migrations(using),
                    "tables": [model._meta.label_lower for model in tables()],
                }
                _add(tar, "manifest.json", io.BytesIO(json.dumps(manifest, indent=1).encode()))
                for model in tables():
                    say(model._meta.label_lower)
                    with tempfile.TemporaryFile(dir=file.parent) as lines:
                        counts[model._meta.label_lower] = _dump(model, using, lines)
                        _add(tar, f"database/{model._meta.label_lower}.jsonl", lines)
                say("originale")
                _add_originals(tar, using)
            out.flush()
            os.fsync(out.fileno())
        Path(half).rename(file)
        files.on_disk(file.parent)
    finally:
        Path(half).unlink(missing_ok=True)
    return counts


def _sweep(folder: Path) -> None:
    """Take away halves of backups that were killed."""
    for half in folder.glob(f"{HALF}*"):
        with contextlib.suppress(OSError), half.open("rb") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            half.unlink(missing_ok=True)


def restore(file: Path, *, using: str = "default", say: Say = lambda text: None) -> dict[str, int]:
    """Make the archive what the backup holds: wholly, or not at all."""
    counts: dict[str, int] = {}
    try:
        with tarfile.open(file, "r:gz") as tar:
            manifest = _manifest(tar, using)
            names = set(tar.getnames())
            missing = [name for name in manifest["tables"] if f"database/{name}.jsonl" not in names]
            if missing:
                raise BadBackup(f"{file}: die Tabelle {missing[0]} fehlt in der Sicherung.")
            _restore_originals(tar, say)
            with transaction.atomic(using=using):
                _empty(using)
                for model in tables():
                    name = model._meta.label_lower
                    if name in manifest["tables"]:
                        say(name)
                        member = tar.extractfile(f"database/{name}.jsonl")
                        assert member is not None  # noqa: S101 – checked above
                        counts[name] = _insert(model, using, (json.loads(line) for line in member))
                _reset_sequences(using)
    except (tarfile.TarError, EOFError, OSError, DatabaseError) as error:
        if reason := files.of_the_disk(error):
            raise BadBackup(
                f"Die Sicherung lässt sich nicht einspielen: {reason}. Das Archiv ist, wie es war."
            ) from error
        if isinstance(error, DatabaseError):
            raise
        raise BadBackup(f"{file} lässt sich nicht als Sicherung lesen: {error}") from error
    return counts


def copy(source: str, target: str, *, say: Say = lambda text: None) -> dict[str, int]:
    """Every row of one database into another that has the same tables and holds nothing yet."""
    counts: dict[str, int] = {}
    with snapshot(source), transaction.atomic(using=target):
        _empty(target)
        for model in tables():
            say(model._meta.label_lower)
            counts[model._meta.label_lower] = _insert(model, target, _rows(model, source))
        _reset_sequences(target)
    return counts


def tables() -> list[type[models.Model]]:
    """Every model that is kept, those referred to before those that refer, link tables last."""
    everything = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in LEFT_OUT
    ]
    ordered: list[type[models.Model]] = []
    while everything:
        ready = [
            model for model in everything if not (_refers_to(model) - {model}) & set(everything)
        ]
        for model in (
            ready or everything[:1]
        ):  # a circle is cut anywhere: constraints are checked at the end
            ordered.append(model)
            everything.remove(model)
    return ordered


def migrations(using: str) -> list[str]:
    applied = MigrationRecorder(connections[using]).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)


@contextmanager
def snapshot(using: str) -> Iterator[None]:
    """A transaction that sees one moment, however long it takes and whatever is written meanwhile."""
    connection: Any = connections[using]
    mode = getattr(connection, "transaction_mode", None)
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # reading only: writers go on beside it
    try:
        with transaction.atomic(using=using):
            if connection.vendor == "postgresql" and len(connection.atomic_blocks) == 1:
                with connection.cursor() as cursor:
                    cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield
    finally:
        if connection.vendor == "sqlite":
            connection.transaction_mode = mode


def _refers_to(model: type[models.Model]) -> set[type[models.Model]]:
    return {
        field.related_model
        for field in model._meta.concrete_fields
        if field.is_relation and isinstance(field.related_model, type)
    }


def _rows(model: type[models.Model], using: str) -> Iterator[dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=BATCH):
        yield dict(zip(names, row, strict=True))


def _dump(model: type[models.Model], using: str, out: IO[bytes]) -> int:
    count = 0
    for row in _rows(model, using):
        count += 1
        out.write(json.dumps(row, default=_plain, ensure_ascii=False).encode() + b"\n")
    return count


def _plain(value: Any) -> Any:
    """What JSON has no word for, without losing a digit of it."""
    if isinstance(value, (bytes, memoryview)):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, (UUID, Decimal)):
        return str(value)
    raise TypeError(f"{type(value).__name__} cannot be kept in a backup")


def _insert(model: type[models.Model], using: str, rows: Iterable[dict[str, Any]]) -> int:
    fields = {field.attname: field for field in model._meta.concrete_fields}
    count = 0
    batch: list[models.Model] = []
    for row in rows:
        count += 1
        values = {
            name: _value(fields[name], value) for name, value in row.items() if name in fields
        }
        batch.append(model(**values))
        if len(batch) == BATCH:
            _create(model, using, batch)
            batch = []
    _create(model, using, batch)
    return count


def _create(model: type[models.Model], using: str, batch: list[models.Model]) -> None:
    # What saving sets by itself (auto_now) must stay as it was.
    automatic = [
        field
        for field in model._meta.concrete_fields
        if getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    ]
    kept = [(field, field.auto_now, field.auto_now_add) for field in automatic]  # type: ignore[attr-defined]
    try:
        for field in automatic:
            field.auto_now = field.auto_now_add = False  # type: ignore[attr-defined]
        model._base_manager.using(using).bulk_create(batch)
    finally:
        for field, now, add in kept:
            field.auto_now, field.auto_now_add = now, add  # type: ignore[attr-defined]


def _value(field: models.Field, value: Any) -> Any:
    if isinstance(field, models.BinaryField):
        return base64.b64decode(value["base64"]) if isinstance(value, dict) else value
    if isinstance(field, models.JSONField):
        return value
    return field.to_python(value)


def _empty(using: str) -> None:
    for model in reversed(tables()):
        queryset = model._base_manager.using(using).all()
        queryset._raw_delete(using)


def _reset_sequences(using: str) -> None:
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _add(tar: tarfile.TarFile, name: str, content: IO[bytes]) -> None:
    info = tarfile.TarInfo(name)
    info.size = content.seek(0, os.SEEK_END)
    content.seek(0)
    tar.addfile(info, content)


def _add_originals(tar: tarfile.TarFile, using: str) -> None:
    for name in (
        Document.objects.using(using)
        .exclude(original="")
        .values_list("original", flat=True)
        .iterator()
    ):
        path = settings.MEDIA_ROOT / name
        if path.is_file():
            tar.add(path, f"originals/{name}", recursive=False)


def _restore_originals(tar: tarfile.TarFile, say: Say) -> None:
    """Only plain files below originals/; each is written beside and renamed, so that none is half there."""
    say("originale")
    for member in tar:
        path = PurePosixPath(member.name)
        if path.parts[:1] != ("originals",) or not member.isfile():
            continue
        if ".." in path.parts or path.is_absolute():
            raise BadBackup(f"Die Sicherung nennt eine Datei außerhalb des Archivs: {member.name}")
        target = settings.MEDIA_ROOT.joinpath(*path.parts[1:])
        if target.is_file() and target.stat().st_size == member.size:
            continue
        content = tar.extractfile(member)
        assert content is not None  # noqa: S101 – a plain file
        files.write_whole(target, content.read())


def _manifest(tar: tarfile.TarFile, using: str) -> dict[str, Any]:
    try:
        member = tar.extractfile("manifest.json")
        assert member is not None  # noqa: S101
        manifest = json.load(member)
    except (KeyError, AssertionError, ValueError):
        raise BadBackup("Das ist keine Sicherung dieses Archivs (manifest.json fehlt).") from None
    if manifest.get("format") != FORMAT:
        raise BadBackup(
            f"Die Sicherung hat das Format {manifest.get('format')}, gelesen wird {FORMAT}."
        )
    if manifest.get("migrations") != migrations(using):
        raise BadBackup(
            "Die Sicherung stammt von einem anderen Stand des Programms; stellen Sie sie mit jenem wieder her "
            "und aktualisieren Sie danach, oder führen Sie hier zuerst „manage.py migrate“ aus."
        )
    return dict(manifest)
