"""Documents: the list, the reader, one pledge, the original."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.db import router
from django.db.models import FilteredRelation, Q, QuerySet, prefetch_related_objects
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes import citing, copies, known
from programmes.filters import DocumentFilter
from programmes.models import Document, Pledge, Section, Topic, address
from programmes.prepared import Prepared
from programmes.rendering import Marking, section_html, words_pattern
from programmes.views.common import page_of, public

# Only these are shown in the browser; everything else is handed over as a file.
AROUND = 600  # letters of context on each side of a pledge
OTHERS = 6


OF_PLEDGE = tuple(field.attname for field in Pledge._meta.concrete_fields)
OF_SECTION = tuple(field.attname for field in Section._meta.concrete_fields)
OF_NEIGHBOUR = ("id", "key", "document_id", "position", "text")
_by_key = Prepared(
    Pledge,
    lambda key: (
        Pledge.objects.standing()
        .filter(key=key)
        .order_by()
        .values_list(*OF_PLEDGE, *(f"section__{name}" for name in OF_SECTION))
    ),
)
_before = Prepared(
    Pledge,
    lambda document, position: (
        Pledge.objects.standing()
        .filter(document=document, position__lt=position)
        .order_by("-position")
        .values_list(*OF_NEIGHBOUR)[:1]
    ),
)
_after = Prepared(
    Pledge,
    lambda document, position: (
        Pledge.objects.standing()
        .filter(document=document, position__gt=position)
        .order_by("position")
        .values_list(*OF_NEIGHBOUR)[:1]
    ),
)


@dataclass(frozen=True, slots=True)
class Numbered:
    """A pledge as the reader marks it."""

    number: int
    key: str
    section: int
    start: int
    end: int
    specificity: str
    topic: Topic | None


@public
def documents(request: HttpRequest) -> HttpResponse:
    filtered = DocumentFilter(request.GET, queryset=Document.objects.published().newest())
    return render(
        request,
        "programmes/documents.html",
        {"filter": filtered, "page": page_of(request, filtered.qs)},
    )


@public
def document(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The reader: contents, sections, pledges marked; `darin` marks words in it."""
    found = get_object_or_404(
        copies.with_copies(Document.objects.defer("text")),
        pk=pk,
    )
    if found.status == Document.Status.WITHDRAWN:
        return _withdrawn(request, found)
    if not found.is_published and not request.user.is_staff:
        raise Http404
    if slug != found.slug:
        return redirect(found, permanent=True)
    pledges = _numbered(found)
    sections = list(found.sections.order_by("position"))
    asked = " ".join(request.GET.get("darin", "").replace("\x00", "").split())[:100]
    hits = _show(sections, pledges, asked, found.former_anchors)
    address = request.build_absolute_uri(found.get_absolute_url())
    same_place = (
        Document.objects.published()
        .filter(municipalities__in=found.municipalities.values("pk"))
        .exclude(pk=pk)
        .defer("text", "report", "fingerprint")
        .distinct()
        .newest()
    )
    others = list(same_place[:OTHERS])
    elections = _other_elections(found, same_place)
    prefetch_related_objects([found, *others], "municipalities", "parties")
    return render(
        request,
        "programmes/document.html",
        {
            "document": found,
            "sections": sections,
            "pledges": pledges,
            "report": found.report,
            "copies": copies.of(found, Document.objects.published()),
            "citation": citing.plain(citing.of_document(found, address, timezone.localdate())),
            "asked": asked,
            "hits": hits,
            "others": others,
            "elections": elections,
        },
    )


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was published: a download; only PDF is shown in the browser, in a sandbox."""
    found = get_object_or_404(Document, pk=pk)
    if (
        not found.original
        or found.status == Document.Status.WITHDRAWN
        or (not found.is_published and not request.user.is_staff)
    ):
        raise Http404
    inline = found.media_type == "application/pdf"
    try:
        response = FileResponse(
            found.original.open("rb"),
            as_attachment=not inline,
            filename=found.original_name or "original",
            content_type="application/pdf" if inline else "application/octet-stream",
        )
    except FileNotFoundError:
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@public
def pledge(request: HttpRequest, key: str) -> HttpResponse:
    found = _pledge(key)
    if found is None:
        return _withdrawn(
            request,
            get_object_or_404(Document, status=Document.Status.WITHDRAWN, withdrawn_keys__key=key),
        )
    section = found.section
    before = section.text[max(0, found.start - AROUND) : found.start]
    after = section.text[found.end : found.end + AROUND]
    citation = citing.of_pledge(
        found, request.build_absolute_uri(found.get_absolute_url()), timezone.localdate()
    )
    return render(
        request,
        "programmes/pledge.html",
        {
            "pledge": found,
            "document": found.document,
            "section": section,
            "before": before[before.find(" ") + 1 :] if len(before) == AROUND else before,
            "after": after[: after.rfind(" ")] if len(after) == AROUND else after,
            "cut_before": len(before) == AROUND,
            "cut_after": len(after) == AROUND,
            "citation": citing.plain(citation),
            "previous": _neighbour(_before, found),
            "next": _neighbour(_after, found),
        },
    )


def _pledge(key: str) -> Pledge | None:
    """A pledge that everybody may see, with its section and its document."""
    rows = _by_key(key)
    if not rows:
        return None
    db = router.db_for_read(Pledge)
    found = Pledge.from_db(db, OF_PLEDGE, rows[0][: len(OF_PLEDGE)])
    document = known.documents([found.document_id]).get(found.document_id)
    if document is None:
        return None
    found.section = Section.from_db(db, OF_SECTION, rows[0][len(OF_PLEDGE) :])
    found.document = found.section.document = document
    found.ranked_topics = known.topics_of([found.pk]).get(found.pk, [])
    return found


def _neighbour(of: Prepared, found: Pledge) -> Pledge | None:
    """The pledge that stands before or after it in its document."""
    for own in of(found.document_id, found.position):
        return Pledge.from_db(router.db_for_read(Pledge), OF_NEIGHBOUR, own)
    return None


def _withdrawn(request: HttpRequest, found: Document) -> HttpResponse:
    context = {"document": found, "withdrawn": True}
    return render(request, "programmes/withdrawn.html", context, status=410)


def _numbered(found: Document) -> list[Numbered]:
    """The pledges in reading order, each with its number and its main topic, in one query."""
    topics = known.topics()
    rows = (
        found.pledges.standing()
        .annotate(main=FilteredRelation("pledgetopic", condition=Q(pledgetopic__rank=0)))
        .order_by("position")
        .values_list("key", "section", "start", "end", "specificity", "main__topic")
    )
    return [
        Numbered(
            number, key, section, start, end, specificity, topics.get(topic) if topic else None
        )
        for number, (key, section, start, end, specificity, topic) in enumerate(rows, start=1)
    ]


def _show(
    sections: list[Section], pledges: list[Numbered], asked: str, anchors: dict[str, str]
) -> list[Section]:
    """Give each section its HTML, topics, rank as a heading and former anchors; returns those that have what was
    asked."""
    by_section: dict[int, list[Numbered]] = defaultdict(list)
    for one in pledges:
        by_section[one.section].append(one)
    pattern = words_pattern(asked)
    found = []
    former: dict[str, list[str]] = defaultdict(list)
    there = {section.anchor for section in sections}
    for anchor, leads in anchors.items():
        if anchor not in there:
            former[leads].append(anchor)
    for section in sections:
        own = by_section[section.pk]
        counted = Counter(one.topic for one in own if one.topic)
        section.topic_list = counted.most_common()
        section.pledge_total = len(own)
        section.former = former[section.anchor]
        section.heading_level = min(section.level + 1, 6) if section.level else 2
        section.html = section_html(section.text, _markings(own), pattern)
        section.hit_count = (
            len(pattern.findall(section.text)) + len(pattern.findall(section.title))
            if pattern
            else 0
        )
        if section.hit_count:
            found.append(section)
    return found


def _markings(pledges: list[Numbered]) -> list[Marking]:
    """The topic stands in the margin where it changes, not again at each pledge of a row."""
    markings = []
    before = None
    for one in pledges:
        topic = one.topic
        new = topic if topic != before else None
        before = topic
        markings.append(
            Marking(
                one.key,
                one.start,
                one.end,
                address("programmes:pledge", one.key),
                one.specificity == Pledge.Specificity.CONCRETE,
                one.number,
                new.label if new else "",
                new.get_absolute_url() if new else "",
            )
        )
    return markings


def _other_elections(found: Document, same_place: QuerySet) -> dict[str, Any]:
    """The programme of the same party for the election before and after, where the archive has it."""
    if not found.year or found.kind != Document.Kind.PROGRAMME:
        return {}
    own = [
        one
        for one in same_place.filter(
            parties__in=found.parties.values("pk"), kind=Document.Kind.PROGRAMME
        ).exclude(year=None)
        if one.year != found.year
    ]
    before = [one for one in own if one.year < found.year]
    after = [one for one in own if one.year > found.year]
    return {
        "before": max(before, key=lambda one: one.year, default=None),
        "after": min(after, key=lambda one: one.year, default=None),
    }
