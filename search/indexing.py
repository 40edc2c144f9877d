"""Keep the index true to the database.

A change leaves a note in its own transaction; afterwards whoever comes first reads the document as it is then
and replaces its entries. A note is a state, not an event: order and repetition do not matter, and an engine
that is down only leaves notes.
"""

from __future__ import annotations

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection, transaction

from programmes import edition
from search import analysis
from search.documents import all_entries, entries, expected
from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable, Mergeable
from search.models import NextIndex, NextStaleDocument, StaleDocument

SCHEMA_VERSION = 3
STAMP = f"{SCHEMA_VERSION}-{analysis.VERSION}"

Progress = Callable[[int], None]
Notes = type[StaleDocument] | type[NextStaleDocument]

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Difference:
    """Documents (by number) that the index lacks, holds without need, or holds with other entries."""

    missing: tuple[int, ...]
    surplus: tuple[int, ...]
    different: tuple[int, ...]

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.different)


def engine() -> Engine:
    return get_engine(settings.SEARCH_URL)


def mark_stale(document: int) -> None:
    """Note, in the transaction that changes a document, that the index must follow."""
    StaleDocument.objects.update_or_create(document=document, defaults={"mark": uuid4()})
    if NextIndex.objects.exists():
        NextStaleDocument.objects.update_or_create(document=document, defaults={"mark": uuid4()})
    transaction.on_commit(sync, robust=True)


def sync() -> int:
    """Bring every noted document up to date; returns how many were. What fails stays noted."""
    return _sync(settings.SEARCH_URL, _notes(settings.SEARCH_URL))


def left() -> int:
    """How many documents the index has still to follow."""
    return max(kind.objects.count() for kind in _notes(settings.SEARCH_URL))


def rebuild(progress: Progress = lambda done: None) -> int:
    """Fill a new index beside the live one and swap; returns the number of entries."""
    count = _fill(settings.SEARCH_URL, _notes(settings.SEARCH_URL), progress)
    sync()
    return count


def move(url: str, progress: Progress = lambda done: None) -> int:
    """Fill the index at another address while the one at SEARCH_URL answers and follows; returns the number of
    entries. From now on changes leave notes for both, until SEARCH_URL is set to the new address and after."""
    get_engine(url).stamp()  # out of reach: said before anything is noted
    with transaction.atomic():
        NextIndex.objects.all().delete()
        NextIndex.objects.create(digest=_digest(url))
        NextStaleDocument.objects.all().delete()
    _wait_for_writers()
    count = _fill(url, [NextStaleDocument], progress)
    while _sync(url, [NextStaleDocument]):
        pass
    return count


def _notes(url: str) -> list[Notes]:
    """Where notes for the index at this address are."""
    moved = NextIndex.objects.filter(digest=_digest(url)).exists()
    return [StaleDocument, NextStaleDocument] if moved else [StaleDocument]


def _fill(url: str, notes: list[Notes], progress: Progress) -> int:
    marks = [list(kind.objects.values_list("document", "mark")) for kind in notes]
    count = 0

    def counted():
        nonlocal count
        for entry in all_entries():
            count += 1
            if count % 1000 == 0:
                progress(count)
            yield entry

    with get_engine(url).rebuild(STAMP) as loader:
        loader.add(counted())
    _tell(url)
    for kind, seen in zip(notes, marks, strict=True):
        for document, mark in seen:
            kind.objects.filter(document=document, mark=mark).delete()
    return count


def _sync(url: str, notes: list[Notes]) -> int:
    noted: dict[int, list[tuple[Notes, UUID]]] = {}
    for kind in notes:
        for document, mark in kind.objects.values_list("document", "mark"):
            noted.setdefault(document, []).append((kind, mark))
    done = 0
    for document in sorted(noted):
        try:
            get_engine(url).replace(document, entries(document))
        except EngineUnavailable as reason:
            logger.warning("index not updated, %s", reason)
            break
        # A document that changed meanwhile carries another mark, and stays.
        for kind, mark in noted[document]:
            kind.objects.filter(document=document, mark=mark).delete()
        done += 1
    if done:
        _tell(url)
    return done


def _tell(url: str) -> None:
    """Pages of results that were made before the index followed are of yesterday."""
    if url == settings.SEARCH_URL:
        edition.renew()


def _digest(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()


def _wait_for_writers() -> None:
    """Until those are done who began before the next index was named, and so leave no note for it. Of SQLite's
    writers there is only one at a time."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        (begun,) = cursor.fetchone()
        while True:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] >= begun:
                return
            time.sleep(0.1)


def optimize() -> bool:
    """Make the index one part, if that is for us to do."""
    own = engine()
    if not isinstance(own, Mergeable):
        return False
    own.optimize()
    return True


def is_current() -> bool:
    """Was the live index built with today's schema and analysis?"""
    try:
        return engine().stamp() == STAMP
    except EngineUnavailable:
        return False


def is_older() -> bool:
    """Is there an index, and was it built by another version of the program?"""
    try:
        return engine().stamp() not in (None, "", STAMP)
    except EngineUnavailable:
        return False


def check() -> Difference:
    """Compare what the index holds with what it should hold."""
    should, does = expected(), engine().documents()
    return Difference(
        missing=tuple(sorted(should.keys() - does.keys())),
        surplus=tuple(sorted(does.keys() - should.keys())),
        different=tuple(sorted(pk for pk in should.keys() & does.keys() if should[pk] != does[pk])),
    )
