"""What every page is given: the menu, the other language, invented texts on show, pages the operator owes."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes import edition
from programmes.models import Document
from programmes.standing import empty_text_pages

MENU = (
    ("programmes:municipalities", _("Orte")),
    ("programmes:parties", _("Parteien")),
    ("programmes:years", _("Jahre")),
    ("programmes:topics", _("Themen")),
    ("programmes:documents", _("Dokumente")),
    ("programmes:compare", _("Vergleich")),
)


def page(request: HttpRequest) -> dict[str, Any]:
    if request.path.startswith("/admin/"):
        return {}
    menu = []
    for name, label in MENU:
        address = reverse(name)
        menu.append(
            {
                "address": address,
                "label": label,
                "here": request.path.startswith(address),
                "exact": request.path == address,
            }
        )
    return {
        "menu": menu,
        "other_language": "de" if get_language() == "en" else "en",
        "language_query": urlencode({"weiter": request.get_full_path()}),
        "here_query": urlencode({"seite": request.path}),
        "demonstration": edition.remembered("demonstration", _shows_invented),
        "unwritten": empty_text_pages() if _is_staff(request) else [],
    }


def _shows_invented() -> bool:
    return Document.objects.published().filter(invented=True).exists()


def _is_staff(request: HttpRequest) -> bool:
    """Strangers have no session, and none is asked for on their account."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return False
    user = getattr(request, "user", None)
    return bool(user and user.is_staff)
