"""Documents at the desk: the list, the review page, publishing, withdrawing, re-reading, history."""

from __future__ import annotations

import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from programmes import copies, editing, history, jobs, rereading
from programmes.admin import review
from programmes.admin.initial import CheckedInitial
from programmes.admin.together import Together
from programmes.models import Document, Pledge, Topic
from programmes.records import Rereading

FIELDS = (
    *("title", "kind", "municipalities", "scope", "parties", "publisher", "year", "date"),
    *("language", "source_url", "retrieved_on", "rights", "invented"),
)
COPIES = 20  # groups on a page
MAIN_FIELDS = 8  # those that stand open on the review page; the others are folded


@admin.register(Document)
class DocumentAdmin(CheckedInitial, Together):
    list_display = (
        *("title", "places", "names", "year", "kind", "state", "pledge_count", "open_pledges"),
        "changed_on",
    )
    list_filter = ("status", "kind", "invented", "year", ("twin_of", admin.EmptyFieldListFilter))
    search_fields = ("title", "municipalities__name", "parties__short_name", "original_name")
    list_per_page = 50
    fields = FIELDS
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    autocomplete_fields = ("municipalities", "parties")
    actions = ("publish", "unpublish", "ask_rereading")
    change_form_template = "admin/programmes/document/review.html"
    ordering = ("-created",)

    # ── who sees and changes what ──

    def get_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        documents = super().get_queryset(request).defer("text", "report", "fingerprint")
        if request.user.has_perm("programmes.publish_document"):
            return documents
        mine = Document.objects.filter(uploads__user=request.user.pk).values("pk")
        return documents.filter(pk__in=mine)

    def has_change_permission(self, request: HttpRequest, obj: Document | None = None) -> bool:
        """Who only contributes may correct an own draft, and nothing that is published."""
        if not super().has_change_permission(request, obj):
            return False
        if obj is None or request.user.has_perm("programmes.publish_document"):
            return obj is None or obj.status != Document.Status.WITHDRAWN
        return (
            obj.status == Document.Status.DRAFT
            and obj.uploads.filter(user=request.user.pk).exists()
        )

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A document that was public leaves its record: it is withdrawn. A draft may go."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and (obj is None or obj.status == Document.Status.DRAFT)

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("programmes.publish_document"))

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("programmes.withdraw_document"))

    def get_actions(self, request: HttpRequest) -> Any:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    # ── the list ──

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().changelist_view(request, {"title": _("Dokumente"), **(extra_context or {})})

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        return lookup == "uploads__batch" or super().lookup_allowed(lookup, value, request)

    def get_list_queryset(self, request: HttpRequest) -> QuerySet[Document]:
        return self.get_queryset(request)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        changelist = super().get_changelist_instance(request)
        machine = Q(pledges__decision=Pledge.Decision.MACHINE)
        changelist.result_list = changelist.result_list.prefetch_related(
            "municipalities", "parties"
        ).annotate(open_count=Count("pledges", filter=machine, distinct=True))
        return changelist

    @admin.display(description=gettext_lazy("Ort"))
    def places(self, document: Document) -> str:
        return ", ".join(place.name for place in document.municipalities.all()) or "–"

    @admin.display(description=gettext_lazy("Partei"))
    def names(self, document: Document) -> str:
        return (
            ", ".join(party.short_name for party in document.parties.all())
            or document.publisher
            or "–"
        )

    @admin.display(description=gettext_lazy("Stand"), ordering="status")
    def state(self, document: Document) -> str:
        return document.get_status_display()

    @admin.display(description=gettext_lazy("ungeprüft"))
    def open_pledges(self, document: Any) -> int:
        return document.open_count

    @admin.display(description=gettext_lazy("geändert"), ordering="changed")
    def changed_on(self, document: Document) -> str:
        return date_format(timezone.localtime(document.changed), "SHORT_DATE_FORMAT")

    @admin.action(description=gettext_lazy("Ausgewählte veröffentlichen"), permissions=["publish"])
    def publish(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        self._each(request, documents, editing.publish, _("veröffentlicht"))

    @admin.action(
        description=gettext_lazy("Ausgewählte zum Entwurf machen"), permissions=["publish"]
    )
    def unpublish(self, request: HttpRequest, documents: QuerySet[Document]) -> None:
        self._each(request, documents, editing.unpublish, _("zum Entwurf gemacht"))

    @admin.action(
        description=gettext_lazy("Zeigen, was eine Neulesung ändern würde"),
        permissions=["publish"],
    )
    def ask_rereading(self, request: HttpRequest, documents: QuerySet[Document]) -> HttpResponse:
        rereading.wait(documents, request.user)
        jobs.start_rereading()
        return redirect("admin:programmes_rereading_changelist")

    def _each(
        self, request: HttpRequest, documents: QuerySet[Document], do: Any, done: str
    ) -> None:
        count = 0
        for document in documents:
            try:
                do(document, request.user)
                count += 1
            except editing.Refusal as refusal:
                messages.error(request, f"{document}: {refusal}")
        text = ngettext("Ein Dokument %(done)s.", "%(count)s Dokumente %(done)s.", count)
        messages.success(request, text % {"count": count, "done": done})

    # ── adding and reviewing ──

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A document comes from a file or a text."""
        return redirect("admin:programmes_upload_add")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        acts = {
            "veroeffentlichen": self.publish_one,
            "entwurf": self.unpublish_one,
            "zurueckziehen": self.withdraw_one,
            "wiederherstellen": self.restore_one,
            "endgueltig": self.purge_one,
            "zuruecknehmen": self.undo_one,
        }
        return [
            *(
                path(f"<int:pk>/{name}/", wrap(view), name=f"programmes_document_{name}")
                for name, view in acts.items()
            ),
            path("kopien/", wrap(self.copies), name="programmes_document_copies"),
            path("<int:pk>/neu-lesen/", wrap(self.reread_one), name="programmes_document_reread"),
            *review.urls(self),
            *super().get_urls(),
        ]

    def copies(self, request: HttpRequest) -> HttpResponse:
        """Groups of documents that hold the same text; which of them stays is a person's choice."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        found = copies.groups(self.get_queryset(request).defer(None))
        return TemplateResponse(
            request,
            "admin/programmes/document/copies.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Kopien"),
                "opts": self.opts,
                "page": Paginator(found, COPIES).get_page(request.GET.get("seite")),
            },
        )

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        found = super().get_object(request, object_id, from_field)
        if found is not None and not hasattr(request, "fields_before"):
            request.fields_before = history.fields_of(found)  # type: ignore[attr-defined]
        return found

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        document = self.get_object(request, object_id) if object_id else None
        if document is not None:
            extra_context = {
                **(extra_context or {}),
                **self._review_context(request, document),
                "title": document.title,
                "subtitle": None,
            }
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _review_context(self, request: HttpRequest, document: Document) -> dict[str, Any]:
        return {
            **review.context(document),
            "copies": copies.of(document, self.get_queryset(request)),
            "may_edit": self.may_edit_parts(request, document),
            "may_publish": self.has_publish_permission(request),
            "may_withdraw": self.has_withdraw_permission(request),
            "may_purge": request.user.is_superuser
            or request.user.has_perm("programmes.delete_document"),
            "undoable": history.can_undo(document),
            "main_fields": FIELDS[:MAIN_FIELDS],
            "topics": list(Topic.objects.all()),
            "next_draft": self.get_queryset(request)
            .filter(status=Document.Status.DRAFT, pk__gt=document.pk)
            .order_by("pk")
            .values_list("pk", flat=True)
            .first(),
        }

    def may_edit_parts(self, request: HttpRequest, document: Document) -> bool:
        """Sections and pledges are an archivist's work."""
        return self.has_change_permission(request, document) and request.user.has_perm(
            "programmes.change_pledge"
        )

    def save_model(self, request: HttpRequest, obj: Document, form: Any, change: bool) -> None:
        obj.save()

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        before = getattr(request, "fields_before", None)
        if before is not None:
            editing.fields_changed(form.instance, request.user, before)

    def response_change(self, request: HttpRequest, obj: Document) -> HttpResponse:
        if "_publish" in request.POST and self.has_publish_permission(request):
            editing.publish(obj, request.user)
            messages.success(request, _("„%(title)s“ ist veröffentlicht.") % {"title": obj})
            return redirect("admin:programmes_document_change", obj.pk)
        if "_save" in request.POST:
            messages.success(request, _("Gespeichert."))
            return redirect("admin:programmes_document_change", obj.pk)
        return super().response_change(request, obj)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if "date" in form.base_fields:
            form.base_fields["date"].validators.append(_is_date)
            form.base_fields["title"].widget.attrs["class"] = "vLargeTextField"
        return form

    # ── one act on one document ──

    def _document(self, request: HttpRequest, pk: int, allowed: bool) -> Document:
        if not allowed:
            raise PermissionDenied
        return get_object_or_404(self.get_queryset(request), pk=pk)

    def _done(
        self, request: HttpRequest, document: Document, do: Any, sentence: str
    ) -> HttpResponse:
        try:
            do()
        except (editing.Refusal, history.NotUndoable) as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, sentence)
        return redirect("admin:programmes_document_change", document.pk)

    def publish_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self._document(request, pk, self.has_publish_permission(request))
        return require_POST(self._done)(
            request,
            document,
            lambda: editing.publish(document, request.user),
            _("„%(title)s“ ist veröffentlicht.") % {"title": document},
        )

    def unpublish_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self._document(request, pk, self.has_publish_permission(request))
        return require_POST(self._done)(
            request,
            document,
            lambda: editing.unpublish(document, request.user),
            _("„%(title)s“ ist wieder ein Entwurf.") % {"title": document},
        )

    def withdraw_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then withdraw."""
        document = self._document(request, pk, self.has_withdraw_permission(request))
        if request.method == "POST":
            return self._done(
                request,
                document,
                lambda: editing.withdraw(document, request.user, request.POST.get("reason", "")),
                _("„%(title)s“ ist zurückgezogen; der Eintrag mit dem Grund bleibt.")
                % {"title": document},
            )
        return TemplateResponse(
            request,
            "admin/programmes/document/withdraw.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Zurückziehen"),
                "opts": self.opts,
                "document": document,
            },
        )

    def restore_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self._document(request, pk, self.has_withdraw_permission(request))
        return require_POST(self._done)(
            request,
            document,
            lambda: editing.restore(document, request.user),
            _("„%(title)s“ ist wiederhergestellt.") % {"title": document},
        )

    def purge_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        allowed = request.user.has_perm("programmes.delete_document")
        document = self._document(request, pk, allowed)
        return require_POST(self._done)(
            request,
            document,
            lambda: editing.purge(document, request.user),
            _("Text und Original von „%(title)s“ sind endgültig gelöscht.") % {"title": document},
        )

    def undo_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        document = self._document(request, pk, True)
        if not self.may_edit_parts(request, document):
            raise PermissionDenied
        return require_POST(self._done)(
            request,
            document,
            lambda: history.undo(document, request.user),
            _("Die letzte Änderung ist zurückgenommen."),
        )

    def reread_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """What would change, and with a POST the change itself."""
        document = self._document(request, pk, self.has_publish_permission(request))
        if not self.may_edit_parts(request, document):
            raise PermissionDenied
        if request.method == "POST":
            row = rereading.apply(document, request.user)
            if row.state == Rereading.State.APPLIED:
                messages.success(
                    request, _("Neu gelesen; was Menschen entschieden haben, ist geblieben.")
                )
            else:
                messages.error(request, row.sentence)
            return redirect("admin:programmes_document_change", pk)
        return TemplateResponse(
            request,
            "admin/programmes/document/reread.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Neu lesen"),
                "opts": self.opts,
                "document": document,
                "row": rereading.ask(document, request.user),
            },
        )

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        document = self.get_object(request, unquote(object_id))
        if document is None:
            raise Http404
        if not self.has_view_or_change_permission(request, document):
            raise PermissionDenied
        return TemplateResponse(
            request,
            "admin/programmes/document/history.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Verlauf"),
                "opts": self.opts,
                "document": document,
                "changes": document.changes.select_related("user").defer("before")[:500],
                "undoable": history.can_undo(document)
                if self.may_edit_parts(request, document)
                else None,
            },
        )


def _is_date(value: str) -> None:
    """As exact as known: 2021, 2021-01 or 2021-01-31."""
    parts = value.split("-")
    try:
        if [len(part) for part in parts] not in ([4], [4, 2], [4, 2, 2]):
            raise ValueError
        datetime.date(*(int(part) for part in [*parts, "1", "1"][:3]))  # type: ignore[arg-type]
    except ValueError:
        raise forms.ValidationError(
            _("Schreiben Sie das Datum als 2021, 2021-01 oder 2021-01-31.")
        ) from None
