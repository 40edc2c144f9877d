"""Messages of readers at the desk: a list with status."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programmes.records import ReaderMessage


@admin.register(ReaderMessage)
class ReaderMessageAdmin(admin.ModelAdmin):
    list_display = ("short", "kind", "status", "created")
    list_editable = ("status",)
    list_filter = ("status", "kind")
    search_fields = ("text", "page", "note")
    fields = ("kind", "text", "where", "contact", "created", "status", "note")
    readonly_fields = ("kind", "text", "where", "contact", "created")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.display(description=_("Nachricht"))
    def short(self, message: ReaderMessage) -> str:
        return message.text if len(message.text) <= 120 else message.text[:119] + "…"

    @admin.display(description=_("Seite im Archiv"))
    def where(self, message: ReaderMessage) -> Any:
        """A link only to a page of this archive: the address was typed by a stranger."""
        if message.page.startswith("/") and not message.page.startswith(("//", "/\\")):
            return format_html('<a href="{}">{}</a>', message.page, message.page)
        return message.page or "–"
