"""Offering files at the desk, and what became of them."""

from __future__ import annotations

import copy
import difflib
from collections import Counter
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from programmes import gazetteer, intake, jobs
from programmes.ingest import about
from programmes.ingest.pieces import About, Refused, Source
from programmes.models import Document
from programmes.records import FIRST_YEAR, LAST_YEAR, Upload

State = Upload.State
PAGE = 100
DIFF_LINES = 400


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        files = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [file for file in files if file]


class OfferForm(forms.Form):
    """Files, or a pasted text, and what is known of all of them."""

    offered = FilesField(
        label=gettext_lazy("Dateien"),
        required=False,
        help_text=gettext_lazy(
            "PDF, Word (.docx), OpenDocument, HTML, Markdown, Text – oder ein ZIP mit vielen."
        ),
    )
    text = forms.CharField(
        label=gettext_lazy("Oder Text einfügen"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8}),
        strip=False,
    )
    name = forms.CharField(
        label=gettext_lazy("Name für den eingefügten Text"), required=False, max_length=200
    )
    source_url = forms.URLField(
        label=gettext_lazy("Woher (Adresse)"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Nur als Herkunft vermerkt; von dort wird nichts geladen."),
    )
    place = forms.CharField(label=gettext_lazy("Ort"), required=False, max_length=200)
    parties = forms.CharField(label=gettext_lazy("Partei oder Liste"), required=False)
    year = forms.IntegerField(
        label=gettext_lazy("Jahr"), required=False, min_value=FIRST_YEAR, max_value=LAST_YEAR
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Art"),
        required=False,
        choices=[("", gettext_lazy("steht im Text")), *Document.Kind.choices],
    )
    batch = forms.UUIDField(required=False, widget=forms.HiddenInput)

    def clean_place(self) -> str:
        return self._known("municipalities", self.cleaned_data["place"], _("Ort"))

    def clean_parties(self) -> str:
        return self._known("parties", self.cleaned_data["parties"], _("Partei"))

    def _known(self, name: str, value: str, noun: str) -> str:
        """What the archive does not know is said now, and not dropped later."""
        value = value.strip()
        if value:
            source = Source(b"", about={name: value})
            wanted = [part for part in about.SEPARATORS.split(value) if part.strip()]
            if len(getattr(about.given(About(), source, gazetteer.known()), name)) < len(wanted):
                raise forms.ValidationError(
                    _("%(noun)s „%(value)s“ ist nicht verzeichnet oder nicht eindeutig.")
                    % {"noun": noun, "value": value}
                )
        return value

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if not values.get("offered") and not values.get("text", "").strip():
            raise forms.ValidationError(_("Wählen Sie eine Datei oder fügen Sie einen Text ein."))
        return values

    def given(self) -> dict[str, str]:
        """What is said of all files, in the words of the pipeline."""
        values = {
            "municipalities": self.cleaned_data["place"],
            "parties": self.cleaned_data["parties"],
            "year": str(self.cleaned_data["year"] or ""),
            "kind": self.cleaned_data["kind"],
        }
        return {name: value for name, value in values.items() if value}


@admin.register(Upload)
class UploadAdmin(admin.ModelAdmin):
    """The inbox: offered files with progress, questions and failures."""

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/gleich/", wrap(self.compare), name="programmes_upload_compare"),
            path(
                "<int:pk>/<slug:action>/",
                wrap(require_POST(self.act)),
                name="programmes_upload_act",
            ),
            path(
                "alle/<slug:action>/",
                wrap(require_POST(self.act_on_all)),
                name="programmes_upload_all",
            ),
            *super().get_urls(),
        ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Upload]:
        """An archivist sees every offer, whoever only contributes their own."""
        uploads = super().get_queryset(request).select_related("user", "document", "twin")
        uploads = uploads.defer(
            "text", "document__text", "document__report", "twin__text", "twin__report"
        )
        if request.user.has_perm("programmes.publish_document"):
            return uploads
        return uploads.filter(user=request.user.pk)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = OfferForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            batch = form.cleaned_data["batch"] or uuid4()
            uploads = _offer_all(request, form, batch)
            jobs.start_reading()
            if request.headers.get("X-Requested-With") == "fetch":
                return JsonResponse({"batch": str(batch), "files": len(uploads)})
            return redirect(f"{reverse('admin:programmes_upload_changelist')}?lieferung={batch}")
        if request.method == "POST" and request.headers.get("X-Requested-With") == "fetch":
            sentences = [str(error) for errors in form.errors.values() for error in errors]
            return JsonResponse({"error": " ".join(sentences)}, status=400)
        return TemplateResponse(
            request,
            "admin/programmes/upload/offer.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Texte aufnehmen"),
                "form": form,
                "opts": self.opts,
                "batch": uuid4(),
                "limit": settings.MAX_DOCUMENT_BYTES // 2**20,
            },
        )

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        uploads = self.get_queryset(request)
        batch = _uuid(request.GET.get("lieferung", ""))
        if batch:
            uploads = uploads.filter(batch=batch)
        counted: Counter[str] = Counter(uploads.order_by().values_list("state", flat=True))
        state = request.GET.get("stand", "")
        if state in State.values:
            uploads = uploads.filter(state=state)
        total, busy = sum(counted.values()), counted[State.WAITING] + counted[State.READING]
        page = Paginator(uploads, PAGE).get_page(request.GET.get("seite"))
        template = "list" if request.headers.get("X-Requested-With") == "fetch" else "inbox"
        drafts = Document.objects.filter(status=Document.Status.DRAFT)
        if batch:
            drafts = drafts.filter(uploads__batch=batch)
        return TemplateResponse(
            request,
            f"admin/programmes/upload/{template}.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Eingang"),
                "opts": self.opts,
                "page": page,
                "batch": batch,
                "state": state,
                "states": [
                    (value, label, counted[value])
                    for value, label in State.choices
                    if counted[value]
                ],
                "total": total,
                "busy": busy,
                "settled": total - busy,
                "counted": counted,
                "drafts": drafts.distinct().count() if batch else 0,
            },
        )

    def act(self, request: HttpRequest, pk: int, action: str) -> HttpResponse:
        upload = get_object_or_404(self.get_queryset(request), pk=pk)
        self._allowed(request, action)
        if not self._do(request, upload, action):
            messages.warning(
                request, _("Das ging nicht mehr; der Stand hat sich inzwischen geändert.")
            )
        jobs.start_reading()
        return redirect(_back(request))

    def act_on_all(self, request: HttpRequest, action: str) -> HttpResponse:
        """The same for everything on the list that it fits."""
        self._allowed(request, action)
        uploads = self.get_queryset(request).filter(state__in=FITTING[action])
        batch = _uuid(request.POST.get("lieferung", ""))
        if batch:
            uploads = uploads.filter(batch=batch)
        count = sum(self._do(request, upload, action) for upload in uploads)
        jobs.start_reading()
        messages.info(
            request, ngettext("Eine Datei.", "%(count)s Dateien.", count) % {"count": count}
        )
        return redirect(_back(request))

    def _do(self, request: HttpRequest, upload: Upload, action: str) -> bool:
        """The act, and who did it: a file that was discarded is gone from every other list."""
        was = copy.copy(upload)
        done = ACTIONS[action](upload)
        if done:
            self.log_change(request, was, action)
        return done

    def compare(self, request: HttpRequest, pk: int) -> HttpResponse:
        """A copy beside what the archive holds, with what differs."""
        upload = get_object_or_404(self.get_queryset(request), pk=pk)
        if upload.twin is None:
            raise Http404
        return TemplateResponse(
            request,
            "admin/programmes/upload/compare.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Schon im Archiv?"),
                "opts": self.opts,
                "upload": upload,
                "lines": differences(upload.twin.text, upload.text) if upload.text else [],
            },
        )

    def _allowed(self, request: HttpRequest, action: str) -> None:
        if action not in ACTIONS:
            raise Http404
        if not self.has_add_permission(request):
            raise PermissionDenied


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """Paragraphs that only one of two texts has: ("-", …) and ("+", …), with ("…", "") where equal ones are left out."""
    found: list[tuple[str, str]] = []
    one, other = ([part for part in text.split("\n") if part.strip()] for text in (old, new))
    for tag, a, b, c, d in difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        if tag == "equal":
            if found or b < len(one):
                found.append(("…", ""))
            continue
        found += [("-", line) for line in one[a:b]]
        found += [("+", line) for line in other[c:d]]
        if len(found) > DIFF_LINES:
            return [*found[:DIFF_LINES], ("…", "")]
    return found


def _discard(upload: Upload) -> bool:
    if upload.state in (State.WAITING, State.READING) and not intake.cancel(upload):
        return False
    intake.discard(upload)
    return True


ACTIONS = {
    "abbrechen": intake.cancel,
    "nochmal": intake.retry,
    "trotzdem": intake.accept,
    "verwerfen": _discard,
}
FITTING = {
    "abbrechen": (State.WAITING, State.READING),
    "nochmal": (State.FAILED,),
    "trotzdem": (State.ASKING,),
    "verwerfen": (State.DONE, State.CANCELLED),
}


def _offer_all(request: HttpRequest, form: OfferForm, batch: UUID) -> list[Upload]:
    given, address = form.given(), form.cleaned_data["source_url"]
    uploads = []

    def offer(data: bytes, name: str) -> None:
        uploads.append(
            intake.offer(data, name, request.user, batch, given=given, source_url=address)
        )

    for file in form.cleaned_data["offered"]:
        data = file.read(settings.MAX_DOCUMENT_BYTES + 1)
        if not intake.is_archive(data):
            offer(data, file.name)
            continue
        try:
            for name, content in intake.unpacked(data, file.name):
                offer(content, name)
        except Refused as refusal:
            uploads.append(intake.refuse(file.name, str(refusal), request.user, batch))
    text = form.cleaned_data["text"]
    if text.strip():
        name = form.cleaned_data["name"].strip() or _("Eingefügter Text")
        offer(text.replace("\r\n", "\n").encode(), name)
    return uploads


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _back(request: HttpRequest) -> str:
    batch = _uuid(request.POST.get("lieferung", ""))
    query = f"?lieferung={batch}" if batch else ""
    return reverse("admin:programmes_upload_changelist") + query
