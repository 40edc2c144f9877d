"""Sessions that can be listed and ended by account: Django's database sessions with three more columns."""

from __future__ import annotations

import re
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.http import HttpRequest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

# The first that a browser names itself by; Chrome and Safari are named by others too and come last.
BROWSERS = (("Edg", "Edge"), ("OPR", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"))
SYSTEMS = (
    *(("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows")),
    *(("Mac OS X", "macOS"), ("CrOS", "ChromeOS"), ("Linux", "Linux")),
)


class SessionStore(DatabaseSessions):
    """Django's own, and each row knows whose it is."""

    @classmethod
    def get_model_class(cls) -> Any:
        from archive.accounts.models import Session

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account = int(data[SESSION_KEY]) if data.get(SESSION_KEY) else None
        row.begun = parse_datetime(data["begun"]) if data.get("begun") else None
        row.browser = data.get("browser", "")
        return row


def note_device(sender: Any, request: HttpRequest, **_kwargs: Any) -> None:
    """Write into a session that begins when it began and in which browser."""
    request.session["begun"] = timezone.now().isoformat()
    request.session["browser"] = browser(request.META.get("HTTP_USER_AGENT", ""))


def browser(agent: str) -> str:
    """ "Firefox, Linux" for what a browser says of itself; empty where it says nothing known."""
    name = next((shown for mark, shown in BROWSERS if f"{mark}/" in agent), "")
    if not name and re.search(r"Version/[\d.]+ .*Safari/", agent):
        name = "Safari"
    system = next((shown for mark, shown in SYSTEMS if mark in agent), "")
    return ", ".join(part for part in (name, system) if part)


def of(account: int | None) -> Any:
    """The sessions of an account that have not run out, the newest first."""
    from archive.accounts.models import Session

    return Session.objects.filter(account=account, expire_date__gt=timezone.now()).order_by(
        "-begun"
    )
