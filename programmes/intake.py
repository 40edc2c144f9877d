"""Files offered at the desk: kept, read by a job, and stored as drafts; none lost, none stored twice."""

from __future__ import annotations

import hashlib
import io
import os
import re
import socket
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from programmes import files, gazetteer, history, importing
from programmes.ingest.pieces import Parsed, Refused, Source, printable
from programmes.ingest.workers import parse_all
from programmes.models import Document
from programmes.querysets import alone
from programmes.records import Change, Upload

OPEN = (Upload.State.WAITING, Upload.State.READING, Upload.State.ASKING, Upload.State.FAILED)
# A ZIP of more files, or one that unpacks to more bytes than this times the limit of a file, is refused.
MOST_FILES = 1000
MOST_FILES_BYTES = 20
CHUNK = 2**20
FOLDER_NOISE = re.compile(r"(?:^|/)(?:__MACOSX/|\.|Thumbs\.db$|desktop\.ini$)")


def offer(
    data: bytes,
    name: str,
    user: Any,
    batch: UUID,
    *,
    given: Mapping[str, str] | None = None,
    source_url: str = "",
) -> Upload:
    """Keep one file until it is read. What is in the archive already is said at once and not kept."""
    checksum = hashlib.sha256(data).hexdigest()
    upload = Upload(
        batch=batch,
        user=user if getattr(user, "pk", None) else None,
        name=printable(name)[:255] or _("Eingefügter Text"),
        size=len(data),
        sha256=checksum,
        given=dict(given or {}),
        source_url=source_url,
    )
    with transaction.atomic():
        files.alone_with(checksum)
        there = Document.objects.filter(sha256=checksum).first()
        same = Upload.objects.filter(sha256=checksum, state__in=OPEN).first()
        if not data.strip():
            _fail(upload, _("Die Datei ist leer."))
        elif len(data) > settings.MAX_DOCUMENT_BYTES:
            _fail(
                upload,
                _("Die Datei ist größer als %(limit)s MB.")
                % {"limit": settings.MAX_DOCUMENT_BYTES // 2**20},
            )
        elif there is not None and not can_come_back(there):
            _already_there(upload, there)
        elif same is not None:
            upload.state, upload.finished = Upload.State.CANCELLED, timezone.now()
            upload.likeness = Upload.Likeness.BYTES
            upload.sentence = _("Dieselbe Datei liegt schon im Eingang: %(name)s") % {
                "name": same.name
            }
        else:
            try:
                files.write_whole(kept(checksum), data)
            except OSError as error:
                _fail(
                    upload,
                    _("Die Datei ließ sich nicht ablegen: %(reason)s.")
                    % {"reason": files.reason(error)},
                )
        upload.save()
    return upload


def refuse(name: str, sentence: str, user: Any, batch: UUID) -> Upload:
    """An offer that was no file at all, kept on the list with the sentence that says why."""
    upload = Upload(batch=batch, user=user, name=printable(name)[:255])
    _fail(upload, sentence)
    upload.save()
    return upload


def unpacked(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The files of a ZIP; raises `Refused` for one that is broken, locked or unpacks beyond all measure."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        entries = [
            entry
            for entry in archive.infolist()
            if not entry.is_dir() and not FOLDER_NOISE.search(entry.filename)
        ]
        if len(entries) > MOST_FILES:
            raise Refused(
                _("„%(name)s“ enthält mehr als %(most)s Dateien; teilen Sie die Lieferung.")
                % {"name": name, "most": MOST_FILES}
            )
        left = MOST_FILES_BYTES * settings.MAX_DOCUMENT_BYTES
        for entry in entries:
            inside = PurePosixPath(entry.filename.replace("\\", "/")).name
            with archive.open(entry) as file:
                content = _at_most(file, min(settings.MAX_DOCUMENT_BYTES + 1, left + 1))
            left -= len(content)
            if left < 0:
                raise Refused(
                    _("„%(name)s“ ist ausgepackt zu groß; teilen Sie die Lieferung.")
                    % {"name": name}
                )
            yield inside, content
    except (zipfile.BadZipFile, EOFError, ValueError, OSError, NotImplementedError) as error:
        if isinstance(error, Refused):
            raise
        raise Refused(
            _("„%(name)s“ lässt sich nicht auspacken; die ZIP-Datei ist beschädigt.")
            % {"name": name}
        ) from None
    except RuntimeError:
        raise Refused(_("„%(name)s“ ist mit einem Passwort geschützt.") % {"name": name}) from None


def is_archive(data: bytes) -> bool:
    """A ZIP that is a parcel of files, and not a Word or OpenDocument file, which are ZIPs as well."""
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        names = set(zipfile.ZipFile(io.BytesIO(data)).namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return True
    return not names & {"[Content_Types].xml", "mimetype", "META-INF/container.xml"}


def claim() -> Upload | None:
    """The oldest waiting file, from now on in the hands of this process."""
    while True:
        upload = Upload.objects.filter(state=Upload.State.WAITING).order_by("created", "pk").first()
        if upload is None:
            return None
        now = timezone.now()
        mine = Upload.objects.filter(pk=upload.pk, state=Upload.State.WAITING).update(
            state=Upload.State.READING,
            started=now,
            worker=this_process(),
            attempts=upload.attempts + 1,
        )
        if mine:
            upload.refresh_from_db()
            return upload


def drain(processes: int) -> int:
    """Read and store everything that waits; returns how many files were settled."""
    known = gazetteer.known()
    claimed: list[Upload] = []
    settled = 0

    def sources() -> Iterator[Source]:
        while True:
            upload = claim()
            if upload is None:
                return
            try:
                data = kept(upload.sha256).read_bytes()
            except FileNotFoundError:
                _fail(upload, _("Die Datei ist nicht mehr da; bieten Sie sie noch einmal an."))
                upload.save()
                continue
            claimed.append(upload)
            yield Source(data, upload.name, upload.given)

    connections.close_all()  # a child must not share the parent's connection
    for result in parse_all(
        sources(),
        known,
        processes=processes,
        seconds=settings.READING_SECONDS,
        megabytes=settings.READING_MEGABYTES,
    ):
        settle(claimed.pop(0), result)
        settled += 1
    return settled


def settle(upload: Upload, result: Parsed | Refused) -> None:
    """Store what was read, wholly or not at all; where it is a copy, ask first."""
    near = []
    if isinstance(result, Parsed) and not upload.accepted:
        near = importing.twins(result)
    with transaction.atomic():
        alone()
        upload = Upload.objects.select_for_update().get(pk=upload.pk)
        if upload.state != Upload.State.READING:
            return  # cancelled meanwhile
        upload.finished = timezone.now()
        if isinstance(result, Refused):
            _fail(upload, str(result))
        else:
            there = Document.objects.filter(sha256=result.sha256).first()
            if there is not None and can_come_back(there):
                _bring_back(upload, there, result)
            elif there is not None:
                _already_there(upload, there)
            elif near:
                upload.state, upload.twin = Upload.State.ASKING, near[0]
                upload.text = importing.markdown(result.sections)
                same = _words(upload.text) == _words(near[0].text)
                upload.likeness = Upload.Likeness.TEXT if same else Upload.Likeness.NEAR
                upload.sentence = (
                    _("Derselbe Text ist schon im Archiv.")
                    if same
                    else _("Ein fast gleicher Text ist schon im Archiv.")
                )
            else:
                _store(upload, result)
        upload.save()
    if upload.state == Upload.State.DONE:
        forget(upload.sha256)


def accept(upload: Upload) -> bool:
    """Take a copy in all the same: it waits again, and is stored when it is read."""
    return _move(upload, (Upload.State.ASKING,), Upload.State.WAITING, accepted=True)


def retry(upload: Upload) -> bool:
    if not kept(upload.sha256).exists():
        return False
    return _move(
        upload,
        (Upload.State.FAILED, Upload.State.CANCELLED),
        Upload.State.WAITING,
        finished=None,
    )


def cancel(upload: Upload) -> bool:
    """Neither read nor stored; the file is kept, so that it can be tried again until it is discarded."""
    return _move(
        upload,
        (Upload.State.WAITING, Upload.State.READING, Upload.State.ASKING),
        Upload.State.CANCELLED,
        finished=timezone.now(),
        sentence=_("Abgebrochen."),
    )


def discard(upload: Upload) -> None:
    """Off the list, and the kept file with it; a document made of it stays."""
    checksum = upload.sha256
    upload.delete()
    forget(checksum)


def recover() -> int:
    """Files that a dead process left half read wait again; returns how many."""
    count = 0
    for upload in Upload.objects.filter(state=Upload.State.READING):
        if not is_alive(upload.worker):
            count += Upload.objects.filter(
                pk=upload.pk, state=Upload.State.READING, worker=upload.worker
            ).update(state=Upload.State.WAITING, started=None, worker="")
    return count


def this_process() -> str:
    """Host, number and start of this process: a name that no later process has."""
    return f"{socket.gethostname()}:{os.getpid()}:{_started(os.getpid())}"


def is_alive(process: str) -> bool:
    """Does the process of this name still run? One on another host is believed to."""
    host, _colon, rest = process.partition(":")
    number, _colon, started = rest.partition(":")
    if host != socket.gethostname():
        return bool(host)
    return bool(number.isdigit() and started) and _started(int(number)) == started


def _started(number: int) -> str:
    try:
        stat = Path(f"/proc/{number}/stat").read_text()
    except OSError:
        return ""
    after_name = stat.rpartition(")")[2].split()
    return "" if after_name[0] == "Z" else after_name[19]


def can_come_back(document: Document) -> bool:
    """Withdrawn and its text gone for good: only the file itself can bring it back."""
    return document.status == Document.Status.WITHDRAWN and not document.original


def kept(checksum: str) -> Path:
    return Path(settings.UPLOADS_ROOT) / checksum[:2] / checksum


def forget(checksum: str) -> None:
    """Remove a kept file that nobody waits for any more."""
    with transaction.atomic():
        files.alone_with(checksum)
        if not _is_wanted(checksum):
            kept(checksum).unlink(missing_ok=True)


def sweep() -> int:
    """Remove what a process that died left: half-written files, kept files nobody waits for; how many."""
    count = 0
    for path, checksum in (
        *files.kept_in(Path(settings.UPLOADS_ROOT)),
        # An original without a document is used again when its file comes again.
        *(found for found in files.kept_in(Path(settings.MEDIA_ROOT)) if files.is_half(found[0])),
    ):
        if not files.is_half(path) and _is_wanted(checksum):
            continue
        with transaction.atomic():
            files.alone_with(checksum)
            if path.exists() and (files.is_half(path) or not _is_wanted(checksum)):
                path.unlink(missing_ok=True)
                count += 1
    return count


def _is_wanted(checksum: str) -> bool:
    wanted = Upload.objects.filter(sha256=checksum).exclude(state=Upload.State.DONE)
    return wanted.exclude(likeness=Upload.Likeness.BYTES).exists()


def waiting() -> bool:
    return Upload.objects.filter(state=Upload.State.WAITING).exists()


def _store(upload: Upload, result: Parsed) -> None:
    stored = importing.store(result)
    document = stored.document
    if upload.source_url:
        document.source_url = upload.source_url
        document.save(update_fields=["source_url"])
    upload.state, upload.document = Upload.State.DONE, document
    upload.sentence = importing.new_lists(stored)[:500]
    upload.text = ""
    history.record(document, upload.user, Change.Action.STORED, subject=upload.name)


def _bring_back(upload: Upload, document: Document, result: Parsed) -> None:
    """The same file again, after its text was deleted: the old record gets its text back, as a draft."""
    document.status, document.withdrawal_reason = Document.Status.DRAFT, ""
    importing.keep_original(document, kept(upload.sha256).read_bytes())
    document.save()
    importing.apply(document, result)
    upload.state, upload.document = Upload.State.DONE, document
    upload.sentence = _("Der zurückgezogene Eintrag hat seinen Text wieder.")
    history.record(document, upload.user, Change.Action.RESTORED, subject=upload.name)


def _already_there(upload: Upload, document: Document) -> None:
    upload.state, upload.finished = Upload.State.CANCELLED, timezone.now()
    upload.twin, upload.likeness = document, Upload.Likeness.BYTES
    upload.sentence = _("Dieselbe Datei ist schon im Archiv.")


def _fail(upload: Upload, sentence: str) -> None:
    upload.state, upload.sentence, upload.finished = (
        Upload.State.FAILED,
        sentence[:500],
        timezone.now(),
    )


def _move(upload: Upload, before: tuple[str, ...], after: str, **values: Any) -> bool:
    """From one state to another, unless somebody else was quicker."""
    values.setdefault("sentence", "")
    moved = Upload.objects.filter(pk=upload.pk, state__in=before).update(state=after, **values)
    upload.refresh_from_db()
    return bool(moved)


def _at_most(file: Any, limit: int) -> bytes:
    parts, total = [], 0
    while total < limit:
        part = file.read(min(CHUNK, limit - total))
        if not part:
            break
        parts.append(part)
        total += len(part)
    return b"".join(parts)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())
