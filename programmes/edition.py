"""Has anything that pages show changed since they were made?

Every change renews one random mark after its transaction; what was computed under an older mark is not used
again. A crash between the two leaves pages that are at most `LONGEST` seconds old.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.core.cache import cache, caches
from django.db import connections, router, transaction
from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from programmes.models import (
    Document,
    DocumentTopic,
    Municipality,
    Party,
    Pledge,
    PledgeTopic,
    Section,
    Topic,
)
from programmes.standing import Edition, TextPage

LONGEST = 600
SHOWN = (
    *(Document, DocumentTopic, Section, Pledge, PledgeTopic),
    *(Municipality, Party, Topic, TextPage),
    *(Document.municipalities.through, Document.parties.through),
)
Value = TypeVar("Value")
_known: ContextVar[str | None] = ContextVar("edition", default=None)


def current() -> str:
    """The mark of what the archive holds now."""
    known = _known.get()
    return _read() if known is None else known


def _read() -> str:
    """Asked at every page, also of those made before; in words, since building the query takes longer than it."""
    with connections[router.db_for_read(Edition)].cursor() as cursor:
        cursor.execute(f"SELECT mark FROM {Edition._meta.db_table} WHERE id = 1")  # noqa: S608
        row = cursor.fetchone()
    return str(row[0]).replace("-", "") if row else "none"


@contextmanager
def during_one_page() -> Iterator[str]:
    """Within it the mark is asked for once, so that a page is of one edition."""
    mark = current()
    token = _known.set(mark)
    try:
        yield mark
    finally:
        _known.reset(token)


def remembered(name: str, compute: Callable[[], Value]) -> Value:
    """What `compute` gives, computed once per edition."""
    key = f"{current()}:{name}"
    missing = object()
    value: Any = cache.get(key, missing)
    if value is missing:
        value = compute()
        cache.set(key, value, LONGEST)
    return value


def held(name: str, compute: Callable[[], Value]) -> Value:
    """The same in this process alone and without a copy: what is held is shared, so nobody changes it."""
    mark = current()
    kept: tuple[str, dict[str, Any]] | None = caches["held"].get("edition")
    if kept is None or kept[0] != mark:
        kept = mark, {}
        caches["held"].set("edition", kept, LONGEST)
    values = kept[1]
    if name not in values:
        values[name] = compute()
    value: Value = values[name]
    return value


def renew() -> None:
    """Everything computed so far is of yesterday, once the running transaction is through."""
    connection = transaction.get_connection()
    if connection.in_atomic_block and any(
        call is _renew for _, call, *_rest in connection.run_on_commit
    ):
        return
    transaction.on_commit(_renew)


def _renew() -> None:
    mark = uuid.uuid4()
    if not Edition.objects.filter(pk=1).update(mark=mark):
        Edition.objects.update_or_create(pk=1, defaults={"mark": mark})


@receiver([post_save, post_delete, m2m_changed])
def something_changed(sender: Any, **_: Any) -> None:
    if sender in SHOWN:
        renew()
