"""Documents: the list, the reader, one pledge, the original."""

from __future__ import annotations

from collections import defaultdict

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes import citing
from programmes.filters import DocumentFilter
from programmes.models import Document, Pledge, PledgeTopic
from programmes.rendering import Marking, section_html
from programmes.views.common import page_of

# Only these are shown in the browser; everything else is handed over as a file.
INLINE = {"application/pdf", "text/plain"}


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    filtered = DocumentFilter(request.GET, queryset=Document.objects.published().cards().newest())
    return render(
        request,
        "programmes/documents.html",
        {"filter": filtered, "page": page_of(request, filtered.qs)},
    )


@require_safe
def document(request: HttpRequest, pk: int, slug: str = "") -> HttpResponse:
    """The reader: contents, sections, pledges marked."""
    found = get_object_or_404(Document.objects.prefetch_related("municipalities", "parties"), pk=pk)
    if found.status == Document.Status.WITHDRAWN:
        return render(request, "programmes/withdrawn.html", {"document": found}, status=410)
    if not found.is_published and not request.user.is_staff:
        raise Http404
    if slug != found.slug:
        return redirect(found, permanent=True)
    by_section: dict[int, list[Pledge]] = defaultdict(list)
    pledges = list(found.pledges.standing().order_by("position"))
    topics: dict[int, list] = defaultdict(list)
    for link in (
        PledgeTopic.objects.filter(pledge__document=found).select_related("topic").order_by("rank")
    ):
        topics[link.pledge_id].append(link.topic)
    for number, pledge in enumerate(pledges, start=1):
        pledge.number = number
        pledge.topic_list = topics[pledge.pk]
        by_section[pledge.section_id].append(pledge)
    sections = list(found.sections.order_by("position"))
    for section in sections:
        own = by_section[section.pk]
        section.html = section_html(
            section.text,
            [
                Marking(
                    p.key,
                    p.start,
                    p.end,
                    p.get_absolute_url(),
                    p.specificity == Pledge.Specificity.CONCRETE,
                )
                for p in own
            ],
        )
        section.topic_list = list(
            dict.fromkeys(topic for pledge in own for topic in pledge.topic_list[:1])
        )
        section.pledge_total = len(own)
        section.heading_level = min(section.level + 1, 6) if section.level else 2
    address = request.build_absolute_uri(found.get_absolute_url())
    citation = citing.of_document(found, address, timezone.localdate())
    return render(
        request,
        "programmes/document.html",
        {
            "document": found,
            "sections": sections,
            "pledges": pledges,
            "report": found.report,
            "citation": citing.plain(citation),
            "others": Document.objects.published()
            .filter(municipalities__in=found.municipalities.all())
            .exclude(pk=pk)
            .cards()
            .distinct()
            .newest()[:5],
        },
    )


@require_safe
def original(request: HttpRequest, pk: int) -> FileResponse:
    """The file as it was published: a download, or in the browser where that is safe."""
    found = get_object_or_404(Document, pk=pk)
    if (
        not found.original
        or found.status == Document.Status.WITHDRAWN
        or (not found.is_published and not request.user.is_staff)
    ):
        raise Http404
    inline = found.media_type in INLINE
    media_type = found.media_type if inline else "application/octet-stream"
    if media_type == "text/plain":
        media_type = "text/plain; charset=utf-8"
    try:
        response = FileResponse(
            found.original.open("rb"),
            as_attachment=not inline,
            filename=found.original_name or "original",
            content_type=media_type,
        )
    except FileNotFoundError:
        raise Http404 from None
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@require_safe
def pledge(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Pledge.objects.published().cards(), key=key)
    section = found.section
    before = section.text[max(0, found.start - 600) : found.start]
    after = section.text[found.end : found.end + 600]
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
            "before": before[before.find(" ") + 1 :] if len(before) == 600 else before,
            "after": after[: after.rfind(" ")] if len(after) == 600 else after,
            "cut_before": len(before) == 600,
            "cut_after": len(after) == 600,
            "citation": citing.plain(citation),
            "previous": found.document.pledges.standing()
            .filter(position__lt=found.position)
            .order_by("-position")
            .first(),
            "next": found.document.pledges.standing()
            .filter(position__gt=found.position)
            .order_by("position")
            .first(),
        },
    )
