"""Places, parties and topics at the desk; what is changed here counts from the next file on."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programmes.admin.initial import CheckedInitial
from programmes.admin.together import Together
from programmes.models import Municipality, Party, Topic


class LinesField(forms.CharField):
    """A list of words, one a line."""

    widget = forms.Textarea

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 5, "cols": 40}))
        super().__init__(**{name: kwargs[name] for name in kwargs if name not in _OF_JSON})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(str, value)) if isinstance(value, (list, tuple)) else value

    def to_python(self, value: Any) -> Any:
        lines = (value if isinstance(value, str) else "").splitlines()
        return list(dict.fromkeys(line.strip() for line in lines if line.strip()))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return list(initial or []) != self.to_python(data)


_OF_JSON = ("encoder", "decoder")


class ReferenceAdmin(CheckedInitial, Together):
    """Lists of words are edited one a line, and nothing that documents name can be deleted."""

    formfield_overrides = {
        models.JSONField: {
            "form_class": LinesField,
            "help_text": _("Ein Eintrag je Zeile."),
        }
    }


@admin.register(Municipality)
class MunicipalityAdmin(ReferenceAdmin):
    list_display = ("name", "ags", "kind", "population", "invented")
    list_filter = ("kind", "invented")
    search_fields = ("name", "ags", "aliases")
    fields = (
        *("ags", "name", "kind", "aliases", "population", "latitude", "longitude"),
        *("merged_into", "invented"),
    )
    autocomplete_fields = ("merged_into",)
    ordering = ("name", "ags")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("ags",) if obj else ()  # the key is an address


@admin.register(Party)
class PartyAdmin(ReferenceAdmin):
    list_display = ("short_name", "name", "dot", "municipality", "invented")
    list_filter = ("invented", ("municipality", admin.EmptyFieldListFilter))
    search_fields = ("short_name", "name", "aliases")
    fields = (
        *("short_name", "name", "aliases", "colour", "municipality"),
        *("wikidata", "parlgov", "position", "invented"),
    )
    autocomplete_fields = ("municipality",)

    @admin.display(description=_("Farbe"))
    def dot(self, party: Party) -> str:
        return (
            format_html(
                '<svg width="14" height="14" viewBox="0 0 10 10" aria-hidden="true"><circle cx="5" cy="5" r="4.5" fill="{}"/></svg> {}',
                party.colour,
                party.colour,
            )
            if party.colour
            else ""
        )


@admin.register(Topic)
class TopicAdmin(ReferenceAdmin):
    list_display = ("label_de", "slug", "terms", "position")
    search_fields = ("label_de", "label_en", "slug", "indicators")
    fields = (
        *("slug", "label_de", "label_en", "definition", "indicators", "marpor", "cap", "position"),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("slug",) if obj else ()

    @admin.display(description=_("Kennwörter"))
    def terms(self, topic: Topic) -> int:
        return len(topic.indicators)
