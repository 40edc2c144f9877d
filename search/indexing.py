"""Keep the index true to the database.

A change leaves a note in its own transaction; afterwards whoever comes first reads the document as it is then
and replaces its entries. A note is a state, not an event: order and repetition do not matter, and an engine
that is down only leaves notes.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from search import analysis
from search.documents import all_entries, entries, expected
from search.engines import get_engine
from search.engines.base import Engine, EngineUnavailable
from search.models import StaleDocument

SCHEMA_VERSION = 3
STAMP = f"{SCHEMA_VERSION}-{analysis.VERSION}"

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
    transaction.on_commit(sync, robust=True)


def sync() -> int:
    """Bring every noted document up to date; returns how many were. What fails stays noted."""
    done = 0
    for stale in StaleDocument.objects.order_by("document"):
        try:
            engine().replace(stale.document, entries(stale.document))
        except EngineUnavailable as reason:
            logger.warning("index not updated, %s", reason)
            break
        # A document that changed meanwhile carries another mark, and stays.
        StaleDocument.objects.filter(document=stale.document, mark=stale.mark).delete()
        done += 1
    return done


def rebuild(progress: Callable[[int], None] = lambda done: None) -> int:
    """Fill a new index beside the live one and swap; returns the number of entries."""
    marks = dict(StaleDocument.objects.values_list("document", "mark"))
    count = 0

    def counted():
        nonlocal count
        for entry in all_entries():
            count += 1
            if count % 1000 == 0:
                progress(count)
            yield entry

    with engine().rebuild(STAMP) as loader:
        loader.add(counted())
    for document, mark in marks.items():
        StaleDocument.objects.filter(document=document, mark=mark).delete()
    sync()
    return count


def is_current() -> bool:
    """Was the live index built with today's schema and analysis?"""
    try:
        return engine().stamp() == STAMP
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
