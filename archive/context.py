"""What every page is given: the menu, the other language, and whether invented texts are on show."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.models import Document

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
        "demonstration": Document.objects.published().filter(invented=True).exists(),
    }
