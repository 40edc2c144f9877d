"""Alerts by e-mail for a search: who asked and confirmed is told of documents that were not there before.

Nothing is kept before the confirmation (the link carries the request, signed) nor after unsubscribing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMessage, get_connection
from django.db import transaction
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from search.forms import SearchForm
from search.models import Alert
from search.searching import Asked, Found, search

CONFIRMATION, FAREWELL = "search.alerts.confirm", "search.alerts.leave"
CONFIRM_WITHIN = 3 * 24 * 3600  # seconds
RHYTHMS = {Alert.Rhythm.DAILY: timedelta(days=1), Alert.Rhythm.WEEKLY: timedelta(days=7)}
SLACK = timedelta(
    hours=1
)  # a run that starts a little earlier than yesterday's is still a day later
MOST_HITS = 1000


@dataclass(frozen=True, slots=True)
class Wish:
    """An alert that was asked for and not yet confirmed; `query` is a search's query string."""

    email: str
    query: str
    rhythm: str
    language: str


def request_token(wish: Wish) -> str:
    values = [wish.email, wish.query, wish.rhythm, wish.language]
    return signing.dumps(values, salt=CONFIRMATION, compress=True)


def wish_of(token: str) -> Wish | None:
    """The wish that a confirmation link carries; None for a link that is forged or too old."""
    try:
        return Wish(*signing.loads(token, salt=CONFIRMATION, max_age=CONFIRM_WITHIN))
    except (signing.BadSignature, TypeError, ValueError):
        return None


def ask_to_confirm(wish: Wish, at: Callable[[str], str]) -> None:
    """Send the confirmation link; `at` makes a path an absolute address."""
    address = f"{reverse('search:alert-confirm')}?{urlencode({'zeichen': request_token(wish)})}"
    with override(wish.language):
        text = render_to_string(
            "search/mail/confirm.txt", {"address": at(address), "query": described(wish.query)}
        )
        _mail(_("Versprochen: Benachrichtigung bestätigen"), text, wish.email).send()


def confirm(wish: Wish) -> Alert:
    """Keep the alert; what is found now counts as known."""
    alert, created = Alert.objects.get_or_create(
        email=wish.email,
        query=wish.query,
        defaults={"rhythm": wish.rhythm, "language": wish.language, "last_run": timezone.now()},
    )
    if created:
        alert.seen = sorted(_found(alert))
        alert.save(update_fields=["seen"])
    elif alert.rhythm != wish.rhythm:
        alert.rhythm = wish.rhythm
        alert.save(update_fields=["rhythm"])
    return alert


def leave_token(alert: Alert) -> str:
    return signing.dumps([alert.pk, alert.email], salt=FAREWELL)


def alert_of(token: str) -> Alert | None:
    """The alert that an unsubscribe link is for; None if it is gone or the link is forged."""
    try:
        number, email = signing.loads(token, salt=FAREWELL)
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Alert.objects.filter(pk=number, email=email).first()


def due(now: datetime) -> list[int]:
    """Numbers of the alerts whose day or week is over."""
    return [
        number
        for number, rhythm, last in Alert.objects.order_by("pk").values_list(
            "pk", "rhythm", "last_run"
        )
        if last + RHYTHMS[Alert.Rhythm(rhythm)] - SLACK <= now
    ]


def run(number: int, now: datetime, at: Callable[[str], str]) -> int:
    """Tell one alert what is new, once: the row is locked until the mail is handed over. Returns the documents told."""
    with transaction.atomic():
        alert = Alert.objects.select_for_update().filter(pk=number).first()
        if alert is None or number not in due(now):
            return 0
        found = _found(alert)
        new = {document: hits for document, hits in found.items() if document not in alert.seen}
        alert.seen = sorted({*alert.seen, *found})
        alert.last_run = now
        alert.save(update_fields=["seen", "last_run"])
        if new:
            _tell(alert, new, at)
    return len(new)


def described(query: str) -> str:
    """The search of a query string in words."""
    form = SearchForm(QueryDict(query))
    parts = [form.text] if form.text else []
    parts += [f"{name}: {value}" for name, value in QueryDict(query).items() if name != "q"]
    return " · ".join(parts) or _("alles")


def _found(alert: Alert) -> dict[int, list[Found]]:
    """The hits of the search by document, the newest first."""
    form = SearchForm(QueryDict(alert.query))
    answer = search(Asked(form.text, form.filters, "newest", 0, MOST_HITS))
    found: dict[int, list[Found]] = {}
    if answer.corrected:
        return found
    for hit in answer.hits:
        if not hit.partial:
            found.setdefault(hit.document.pk, []).append(hit)
    return found


def _tell(alert: Alert, new: Mapping[int, list[Found]], at: Callable[[str], str]) -> None:
    leave = at(f"{reverse('search:alert-leave')}?{urlencode({'zeichen': leave_token(alert)})}")
    with override(alert.language):
        documents: list[dict[str, Any]] = [
            {
                "title": hits[0].document.title,
                "where": ", ".join(place.name for place in hits[0].document.municipalities.all()),
                "who": ", ".join(party.short_name for party in hits[0].document.parties.all()),
                "year": hits[0].document.year,
                "address": at(hits[0].document.get_absolute_url()),
                "hits": [
                    {
                        "text": " ".join(hit.text.split())[:300],
                        "address": at(hit.get_absolute_url()),
                    }
                    for hit in hits[:3]
                ],
            }
            for hits in new.values()
        ]
        text = render_to_string(
            "search/mail/news.txt",
            {
                "query": described(alert.query),
                "documents": documents,
                "search": at(f"{reverse('search:search')}?{alert.query}"),
                "leave": leave,
            },
        )
        mail = _mail(_("Versprochen: Neues zu Ihrer Suche"), text, alert.email)
        mail.extra_headers = {
            "List-Unsubscribe": f"<{leave}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",  # RFC 8058
        }
        mail.send()


def _mail(subject: str, text: str, to: str) -> EmailMessage:
    return EmailMessage(
        subject, text, settings.DEFAULT_FROM_EMAIL, [to], connection=get_connection()
    )
