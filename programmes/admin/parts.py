"""Sections and pledges across all documents: looked through here, edited on the review page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from programmes import editing
from programmes.models import Pledge, Section


class PartAdmin(admin.ModelAdmin):
    """No adding and no deleting here: both are acts on a document."""

    list_per_page = 50

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    @admin.display(description=gettext_lazy("Dokument"), ordering="document__title")
    def of_document(self, row: Any) -> str:
        return str(row.document)

    def existing(self, request: HttpRequest, object_id: str) -> Any:
        """The row that an address names, whatever stands there."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return row


@admin.register(Section)
class SectionAdmin(PartAdmin):
    list_display = ("__str__", "of_document", "level", "page")
    list_filter = ("level",)
    search_fields = ("title", "document__title")
    list_select_related = ("document",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        return super().get_queryset(request).defer("text", "document__text", "document__report")

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        section = self.existing(request, object_id)
        return redirect(f"{_review(section.document_id)}#abschnitt-{section.pk}")


@admin.register(Pledge)
class PledgeAdmin(PartAdmin):
    list_display = ("text", "of_document", "specificity", "decision", "main_topic")
    list_filter = ("decision", "specificity", "document__status", "topics")
    search_fields = ("text", "key", "document__title")
    list_select_related = ("document",)
    actions = ("confirm", "reject")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Pledge]:
        pledges = super().get_queryset(request).prefetch_related("pledgetopic_set__topic")
        return pledges.defer("document__text", "document__report", "document__fingerprint")

    @admin.display(description=gettext_lazy("Thema"))
    def main_topic(self, pledge: Pledge) -> str:
        topics = pledge.ranked_topics
        return topics[0].label if topics else "–"

    @admin.action(description=gettext_lazy("Ausgewählte bestätigen"), permissions=["change"])
    def confirm(self, request: HttpRequest, pledges: QuerySet[Pledge]) -> None:
        self._each(request, pledges, editing.confirm)

    @admin.action(description=gettext_lazy("Ausgewählte verwerfen"), permissions=["change"])
    def reject(self, request: HttpRequest, pledges: QuerySet[Pledge]) -> None:
        self._each(request, pledges, editing.reject)

    def _each(self, request: HttpRequest, pledges: QuerySet[Pledge], do: Any) -> None:
        count = 0
        for pledge in pledges.select_related("document", "section"):
            do(pledge, request.user)
            count += 1
        text = ngettext("Ein Versprechen geändert.", "%(count)s Versprechen geändert.", count)
        messages.success(request, text % {"count": count})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        pledge = self.existing(request, object_id)
        return redirect(f"{_review(pledge.document_id)}#v-{pledge.key}")


def _review(document: int) -> str:
    return reverse("admin:programmes_document_change", args=[document])
