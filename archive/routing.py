"""Reads go to hot standbys, writes to the primary; who writes reads what he wrote.

A request that may write, or comes from someone signed in, reads from the primary alone, and so does everything
outside a request (commands, jobs). Anonymous reading is spread over the standbys that answer; one that does not
is left alone for a while, and with none left the primary serves.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import Error, connections, models
from django.http import HttpRequest, HttpResponse

PRIMARY = "default"
RESTED = 10.0  # seconds until a standby that failed is asked again
CHECKED = 1.0  # seconds for which an answer of a standby is believed
_reading: ContextVar[bool] = ContextVar("reading", default=False)
_failed: dict[str, float] = {}
_answered: dict[str, float] = {}


class Standbys:
    """Django's database router."""

    def db_for_read(self, model: type[models.Model], **hints: Any) -> str:
        if not _reading.get():
            return PRIMARY
        names = list(settings.STANDBYS)
        random.shuffle(names)
        return next((name for name in names if answers(name)), PRIMARY)

    def db_for_write(self, model: type[models.Model], **hints: Any) -> str:
        _reading.set(False)  # from here on the rest of the request reads what it wrote
        return PRIMARY

    def allow_relation(self, one: models.Model, other: models.Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db not in settings.STANDBYS


class Readers:
    """Middleware that lets anonymous reading requests read from standbys."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.STANDBYS:
            raise MiddlewareNotUsed
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        anonymous = settings.SESSION_COOKIE_NAME not in request.COOKIES
        if request.method not in ("GET", "HEAD") or not anonymous:
            return self._get_response(request)
        with reading():
            return self._get_response(request)


@contextmanager
def reading() -> Iterator[None]:
    """What is read inside may be read from a standby."""
    token = _reading.set(True)
    try:
        yield
    finally:
        _reading.reset(token)


def answers(name: str) -> bool:
    """Does the standby take a query? Asked at most once a second, and not again for a while after a failure."""
    now = time.monotonic()
    if now - _failed.get(name, -RESTED) < RESTED:
        return False
    if now - _answered.get(name, -CHECKED) < CHECKED:
        return True
    connection = connections[name]
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        connection.close()
        _failed[name] = now
        return False
    _answered[name] = now
    return True
