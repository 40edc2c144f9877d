"""The review page: the original beside what was read, and each act on a section or a pledge."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import path, reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programmes import editing, seen
from programmes.ingest.readers import encoding
from programmes.models import Document, Pledge, PledgeTopic, Section, Topic

PDF = "application/pdf"
SHEETS = (
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/epub+zip",
)
SHOWN_TEXT = 400_000  # characters of an original that are shown beside what was read


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of section text: inside a pledge (then with it) or between pledges."""

    text: str
    pledge: Pledge | None = None


def urls(desk: Any) -> list[Any]:
    """The addresses below a document, as methods of the desk's document page."""
    wrap = desk.admin_site.admin_view

    def post(view: Any) -> Any:
        return wrap(require_POST(lambda request, **kwargs: view(desk, request, **kwargs)))

    def get(view: Any) -> Any:
        return wrap(require_safe(lambda request, **kwargs: view(desk, request, **kwargs)))

    name = "programmes_document_{}".format
    return [
        path("<int:pk>/seite/<int:page>.png", get(page_picture), name=name("page")),
        path("<int:pk>/versprechen/<str:key>/<slug:act>/", post(pledge_act), name=name("pledge")),
        path(
            "<int:pk>/abschnitt/<int:section>/<slug:act>/", post(section_act), name=name("section")
        ),
    ]


def context(document: Document) -> dict[str, Any]:
    """Everything that the review page shows beside the form."""
    sections = sections_of(document)
    pledges = [pledge for section in sections for pledge in section.own]
    standing = [pledge for pledge in pledges if pledge.decision != Pledge.Decision.REJECTED]
    pages = (document.report or {}).get("pages") or 0
    return {
        "document": document,
        "report": document.report,
        "evidence": (document.report or {}).get("evidence", {}),
        "sections": sections,
        "standing": len(standing),
        "open": sum(pledge.decision == Pledge.Decision.MACHINE for pledge in pledges),
        "rejected": len(pledges) - len(standing),
        "original_text": _original(document),
        "original_sheet": _sheet(document),
        "pages": range(1, pages + 1) if document.media_type == PDF else range(0),
    }


def sections_of(document: Document, only: Section | None = None) -> list[Any]:
    """Sections in order, each with its pledges and its text cut at them, in three queries."""
    rows = document.sections.order_by("position")
    pledges = document.pledges.order_by("position")
    if only is not None:
        rows, pledges = rows.filter(pk=only.pk), pledges.filter(section=only)
    topics: dict[int, list[Topic]] = defaultdict(list)
    links = PledgeTopic.objects.filter(pledge__in=pledges).select_related("topic").order_by("rank")
    for link in links:
        topics[link.pledge_id].append(link.topic)
    by_section: dict[int, list[Pledge]] = defaultdict(list)
    pledge: Any
    for pledge in pledges:
        pledge.topic_list = topics[pledge.pk]
        pledge.topic_slugs = [topic.slug for topic in pledge.topic_list]
        by_section[pledge.section_id].append(pledge)
    sections: list[Any] = list(rows)
    for section in sections:
        section.own = by_section[section.pk]
        section.runs = _runs(section.text, section.own)
    return sections


def _runs(text: str, pledges: list[Pledge]) -> list[Run]:
    runs, at = [], 0
    for pledge in sorted(pledges, key=lambda one: one.start):
        if pledge.decision == Pledge.Decision.REJECTED:
            continue
        if pledge.start < at or pledge.end > len(text) or pledge.start >= pledge.end:
            continue  # its words are no longer in the text: it stands in the list only
        runs += [Run(text[at : pledge.start]), Run(text[pledge.start : pledge.end], pledge)]
        at = pledge.end
    return [run for run in [*runs, Run(text[at:])] if run.text]


def _original(document: Document) -> str | None:
    """The text of an original that is text; None where it is none, or is kept no more."""
    if not document.original or not document.media_type.startswith("text/"):
        return None
    try:
        with document.original.open("rb") as file:
            text, _warnings = encoding.decode(file.read(4 * SHOWN_TEXT))
    except (FileNotFoundError, ValueError):
        return None
    return text[:SHOWN_TEXT]


def _sheet(document: Document) -> list[list[str]]:
    """The paragraphs of a Word, ODT or EPUB file with their styles, read by a process of its own; empty for others."""
    if not document.original or document.media_type not in SHEETS:
        return []
    name = f"sheet-{document.sha256}"
    kept: list[list[str]] | None = cache.get(name)
    if kept is not None:
        return kept
    told = _apart(document, "programmes.ingest.readers.sheet")
    found: list[list[str]] = json.loads(told) if told else []
    cache.set(name, found, 3600)
    return found


def _apart(document: Document, program: str, *arguments: str) -> bytes:
    """What a program of ours says of the original: a hostile file breaks only that. Empty if it fails."""
    try:
        with document.original.open("rb") as file:
            told = subprocess.run(  # noqa: S603 – our own program
                [sys.executable, "-m", program, *arguments],
                stdin=file,
                capture_output=True,
                timeout=20,
                cwd=settings.BASE_DIR,
                check=False,
            )
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return b""
    return b"" if told.returncode else told.stdout


# ── acts ─────────────────────────────────────────────────────────────────────────────────────────


def pledge_act(desk: Any, request: HttpRequest, pk: int, key: str, act: str) -> HttpResponse:
    with transaction.atomic():
        return _pledge_act(desk, request, pk, key, act)


def _pledge_act(desk: Any, request: HttpRequest, pk: int, key: str, act: str) -> HttpResponse:
    document = _editable(desk, request, pk)
    pledge = document.pledges.select_related("section", "document").filter(key=key).first()
    if pledge is None:
        return _gone(request, document)
    slugs = list(pledge.pledgetopic_set.order_by("rank").values_list("topic__slug", flat=True))
    if met := _met(request, document, seen.of_pledge(pledge, slugs)):
        return met
    try:
        if act == "bestaetigen":
            editing.confirm(pledge, request.user)
        elif act == "verwerfen":
            editing.reject(pledge, request.user)
        elif act == "bearbeiten":
            editing.edit(
                pledge,
                request.user,
                text=request.POST.get("text"),
                specificity=request.POST.get("specificity") or None,
                slugs=_topics(request),
                years=_years(request),
                quantities=_quantities(request),
            )
        else:
            raise Http404
    except (editing.Refusal, ValueError) as refusal:
        return _refused(request, document, refusal)
    return _shown(request, document, pledge.section, f"v-{key}")


def section_act(desk: Any, request: HttpRequest, pk: int, section: int, act: str) -> HttpResponse:
    with transaction.atomic():
        return _section_act(desk, request, pk, section, act)


def _section_act(desk: Any, request: HttpRequest, pk: int, section: int, act: str) -> HttpResponse:
    document = _editable(desk, request, pk)
    found = document.sections.filter(pk=section).first()
    if found is None:
        return _gone(request, document)
    if met := _met(request, document, seen.of_section(found)):
        return met
    user, place = request.user, found
    try:
        if act == "hoeher":
            editing.promote(found, user)
        elif act == "tiefer":
            editing.demote(found, user)
        elif act == "verbinden":
            place = editing.merge(found, user, keep_title="keep_title" in request.POST)
        elif act == "teilen":
            place = editing.split(found, user, **_marked(request, found))
        elif act == "umbenennen":
            editing.retitle(found, user, request.POST.get("title", ""))
        elif act == "text":
            editing.rewrite(found, user, request.POST.get("text", ""))
        elif act == "thema":
            editing.set_section_topic(found, user, request.POST.get("topic", ""))
            return _shown(request, document, found, f"abschnitt-{found.pk}")
        elif act == "versprechen":
            pledge = editing.add(found, user, **_marked(request, found), slugs=_topics(request))
            return _shown(request, document, found, f"v-{pledge.key}")
        else:
            raise Http404
    except editing.Refusal as refusal:
        return _refused(request, document, refusal)
    return redirect(f"{_address(document)}#abschnitt-{place.pk}")


def _met(request: HttpRequest, document: Document, values: dict[str, Any]) -> HttpResponse | None:
    """The answer where somebody else has changed this since the page was opened; a second time it is done."""
    changed = seen.changed(request.POST.get("seen", ""), values)
    if not changed:
        return None
    now = "; ".join(
        _("%(field)s: jetzt „%(value)s“")
        % {"field": _names()[name], "value": Truncator(_in_words(values[name])).chars(200)}
        for name in changed
    )
    sentence = _(
        "%(who)s hier etwas geändert, während Sie daran saßen. %(now)s. Ihre Eingabe steht noch da; "
        "noch einmal gesendet gilt sie."
    ) % {"who": seen.who(document), "now": now}
    answer = _refused(request, document, editing.Refusal(sentence + _typed(request)))
    answer["X-Seen"] = seen.mark(values)
    return answer


def _gone(request: HttpRequest, document: Document) -> HttpResponse:
    """A section or pledge that a re-reading or somebody else has taken away since the page was opened."""
    sentence = _(
        "Das gibt es so nicht mehr: %(who)s das Dokument geändert, während Sie daran saßen. "
        "Laden Sie die Seite neu."
    ) % {"who": seen.who(document)}
    return _refused(request, document, editing.Refusal(sentence + _typed(request)))


def _typed(request: HttpRequest) -> str:
    """Without a script the page is opened anew: then the sentence keeps what was typed."""
    words = request.POST.get("text") or request.POST.get("title") or ""
    if not words or request.headers.get("X-Requested-With") == "fetch":
        return ""
    return " " + _("Sie hatten geschrieben: „%(words)s“") % {"words": words}


def _names() -> dict[str, str]:
    return {
        "title": _("Überschrift"),
        "level": _("Ebene"),
        "text": _("Text"),
        "specificity": _("Bestimmtheit"),
        "topics": _("Themen"),
        "years": _("Zieljahre"),
        "quantities": _("Zahlen"),
        "decision": _("Prüfung"),
    }


def _in_words(value: Any) -> str:
    choices = {**dict(Pledge.Decision.choices), **dict(Pledge.Specificity.choices)}
    if isinstance(value, list):
        parts = (one.get("text", "") if isinstance(one, dict) else one for one in value)
        return ", ".join(map(str, parts)) or "–"
    return str(choices.get(value, value)) or "–"


def _editable(desk: Any, request: HttpRequest, pk: int) -> Document:
    """The document, whose parts nobody else changes until this transaction ends."""
    document = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.may_edit_parts(request, document):
        raise PermissionDenied
    Document.objects.locked().filter(pk=pk).values_list("pk").first()
    return document


def _marked(request: HttpRequest, section: Section) -> dict[str, Any]:
    """The marked place: two offsets, or the words themselves where no script measured them."""
    try:
        return {"start": int(request.POST["start"]), "end": int(request.POST["end"])}
    except (KeyError, ValueError):
        start, end = editing.locate(section.text, request.POST.get("words", ""))
        return {"start": start, "end": end}


def _topics(request: HttpRequest) -> list[str] | None:
    """Main topic first; None where the form has no topics."""
    if "topic" not in request.POST:
        return None
    return [slug for slug in request.POST.getlist("topic") if slug][:2]


def _years(request: HttpRequest) -> list[int] | None:
    """Years apart by commas or spaces; None where the form has no field for them."""
    if "years" not in request.POST:
        return None
    words = request.POST["years"].replace(",", " ").split()
    if not all(re.fullmatch(r"(?:19|20|21)\d\d", word) for word in words):
        raise editing.Refusal(_("Schreiben Sie Zieljahre als Jahreszahlen: 2027, 2030."))
    return [int(word) for word in words]


def _quantities(request: HttpRequest) -> list[str] | None:
    """One number a line, in the words of the pledge."""
    if "quantities" not in request.POST:
        return None
    return request.POST["quantities"].splitlines()


def _shown(request: HttpRequest, document: Document, section: Section, anchor: str) -> HttpResponse:
    """For a script the section anew, for everybody else the page."""
    if request.headers.get("X-Requested-With") != "fetch":
        return redirect(f"{_address(document)}#{anchor}")
    shown = sections_of(document, only=section)[0]
    html = render_to_string(
        "admin/programmes/document/section.html",
        {
            "section": shown,
            "document": document,
            "may_edit": True,
            "topics": list(Topic.objects.all()),
        },
        request,
    )
    response = HttpResponse(html)
    response["X-Shown"] = anchor
    return response


def _refused(request: HttpRequest, document: Document, refusal: Exception) -> HttpResponse:
    from django.contrib import messages

    sentence = str(refusal) if isinstance(refusal, editing.Refusal) else _("Das geht nicht.")
    if request.headers.get("X-Requested-With") == "fetch":
        return HttpResponse(sentence, status=409, content_type="text/plain; charset=utf-8")
    messages.error(request, sentence)
    return redirect(_address(document))


def _address(document: Document) -> str:
    return reverse("admin:programmes_document_change", args=[document.pk])


# ── the original ─────────────────────────────────────────────────────────────────────────────────


def page_picture(desk: Any, request: HttpRequest, pk: int, page: int) -> HttpResponse:
    """A page of a PDF as a picture, drawn by a process of its own: a hostile file breaks only that."""
    document = get_object_or_404(desk.get_queryset(request), pk=pk)
    if not desk.has_view_or_change_permission(request, document):
        raise PermissionDenied
    if document.media_type != PDF or not document.original:
        raise Http404
    drawn = _apart(document, "programmes.ingest.readers.pdf.picture", str(page))
    if not drawn:
        raise Http404
    response = HttpResponse(drawn, content_type="image/png")
    response["Cache-Control"] = "private, max-age=86400"
    return response
