"""Re-reading many documents: what today's rules would change, and taking it over."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from programmes import jobs, rereading
from programmes.models import Document
from programmes.records import Rereading

State = Rereading.State


@admin.register(Rereading)
class RereadingAdmin(admin.ModelAdmin):
    list_display = ("document_link", "state", "summary", "sentence", "changed")
    list_display_links = None
    list_filter = ("state",)
    search_fields = ("document__title",)
    actions = ("take_over",)
    change_list_template = "admin/programmes/rereading/list.html"

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("alle/", wrap(require_POST(self.ask_all)), name="programmes_rereading_all"),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Rereading]:
        rows = super().get_queryset(request).select_related("document")
        return rows.defer("document__text", "document__report", "document__fingerprint")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        waiting = Rereading.objects.filter(state__in=(State.WAITING, State.APPLY)).count()
        return super().changelist_view(
            request, {"title": _("Neulesungen"), "waiting": waiting, **(extra_context or {})}
        )

    def ask_all(self, request: HttpRequest) -> HttpResponse:
        """Note every document; the worker says for each what would change."""
        if not self.has_change_permission(request):
            raise PermissionDenied
        count = rereading.wait(Document.objects.all(), request.user)
        jobs.start_rereading()
        text = ngettext("Ein Dokument wird gelesen.", "%(count)s Dokumente werden gelesen.", count)
        messages.info(request, text % {"count": count})
        return redirect("admin:programmes_rereading_changelist")

    @admin.action(description=gettext_lazy("Ausgewählte übernehmen"), permissions=["change"])
    def take_over(self, request: HttpRequest, rows: QuerySet[Rereading]) -> None:
        fitting = rows.filter(state__in=(State.CHANGES, State.FAILED))
        count = rereading.wait(
            Document.objects.filter(rereading__in=fitting), request.user, State.APPLY
        )
        jobs.start_rereading()
        text = ngettext("Ein Dokument.", "%(count)s Dokumente.", count)
        messages.info(request, text % {"count": count})

    @admin.display(description=gettext_lazy("Dokument"))
    def document_link(self, row: Rereading) -> str:
        address = reverse("admin:programmes_document_reread", args=[row.document_id])
        return format_html('<a href="{}">{}</a>', address, row.document.title)

    @admin.display(description=gettext_lazy("Was sich ändern würde"))
    def summary(self, row: Rereading) -> str:
        found = row.changes
        if row.state not in (State.CHANGES, State.APPLY, State.APPLIED) or not found:
            return ""
        parts = [
            _("%(n)s Versprechen neu") % {"n": len(found["new"])} if found["new"] else "",
            _("%(n)s Versprechen weg") % {"n": len(found["gone"])} if found["gone"] else "",
            _("%(n)s Abschnitte neu") % {"n": len(found["new_sections"])}
            if found["new_sections"]
            else "",
            _("%(n)s Abschnitte weg") % {"n": len(found["gone_sections"])}
            if found["gone_sections"]
            else "",
            *found["fields"],
        ]
        return ", ".join(part for part in parts if part)
