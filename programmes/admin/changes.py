"""Who changed what and when, over all documents; only to be read."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from programmes.records import Change


@admin.register(Change)
class ChangeAdmin(admin.ModelAdmin):
    list_display = ("when", "user", "action", "subject", "document_link", "undone")
    list_display_links = None
    list_filter = ("action", "user", "undone")
    search_fields = ("subject", "document__title")
    date_hierarchy = "when"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Change]:
        rows = super().get_queryset(request).select_related("document", "user").defer("before")
        return rows.defer("before", "document__text", "document__report", "document__fingerprint")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description=_("Dokument"))
    def document_link(self, change: Change) -> str:
        address = reverse("admin:programmes_document_history", args=[change.document_id])
        return format_html('<a href="{}">{}</a>', address, change.document.title)
