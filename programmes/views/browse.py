"""Parties, years and topics: three more ways in."""

from __future__ import annotations

from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from programmes import statistics
from programmes.filters import DocumentFilter, PledgeFilter
from programmes.models import Document, DocumentTopic, Municipality, Party, Pledge, Topic
from programmes.views.common import page_of


@require_safe
def parties(request: HttpRequest) -> HttpResponse:
    rows = statistics.counted(Party).order_by("position", "short_name")
    return render(request, "programmes/parties.html", {"parties": rows})


@require_safe
def party(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Party, slug=slug)
    own = Document.objects.published().filter(parties=found)
    filtered = DocumentFilter(request.GET, queryset=own.cards().newest())
    others = Document.objects.published().exclude(parties=found)
    return render(
        request,
        "programmes/party.html",
        {
            "party": found,
            "profile": statistics.profile(own, others),
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "places": Municipality.objects.filter(documents__in=own)
            .annotate(document_count=Count("pk"))
            .order_by("-document_count", "name")[:40],
            "totals": own.aggregate(pledges=Sum("pledge_count"), documents=Count("pk")),
        },
    )


@require_safe
def years(request: HttpRequest) -> HttpResponse:
    rows = (
        Document.objects.published()
        .exclude(year=None)
        .values("year")
        .annotate(documents=Count("pk"), pledges=Sum("pledge_count"))
        .order_by("-year")
    )
    unknown = Document.objects.published().filter(year=None).count()
    most = max((row["documents"] for row in rows), default=1)
    listed = [{**row, "share": round(100 * row["documents"] / most, 1)} for row in rows]
    return render(request, "programmes/years.html", {"years": listed, "unknown": unknown})


@require_safe
def year(request: HttpRequest, year: int) -> HttpResponse:
    own = Document.objects.published().filter(year=year)
    if not own.exists():
        raise Http404
    filtered = DocumentFilter(request.GET, queryset=own.cards().newest())
    return render(
        request,
        "programmes/year.html",
        {
            "year": year,
            "topics": statistics.topic_bars(own),
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "total": own.count(),
        },
    )


@require_safe
def topics(request: HttpRequest) -> HttpResponse:
    counted = dict(
        DocumentTopic.objects.filter(document__status="published")
        .values_list("topic")
        .annotate(n=Sum("pledges"))
        .values_list("topic", "n")
    )
    most = max(counted.values(), default=1)
    rows = [
        {
            "topic": topic,
            "pledges": counted.get(topic.pk, 0),
            "share": round(100 * counted.get(topic.pk, 0) / most, 1),
        }
        for topic in Topic.objects.all()
    ]
    return render(request, "programmes/topics.html", {"rows": rows})


@require_safe
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic, slug=slug)
    filtered = PledgeFilter(
        request.GET,
        queryset=Pledge.objects.published()
        .filter(topics=found)
        .cards()
        .order_by("-document__year", "document", "position"),
    )
    by_party = (
        DocumentTopic.objects.filter(
            topic=found, document__status="published", document__parties__isnull=False
        )
        .values("document__parties__short_name", "document__parties__slug")
        .annotate(n=Sum("pledges"))
        .order_by("-n")[:12]
    )
    return render(
        request,
        "programmes/topic.html",
        {
            "topic": found,
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "years": statistics.year_bars(found),
            "parties": statistics.bars(
                [
                    (
                        row["document__parties__short_name"],
                        row["n"],
                        f"?partei={row['document__parties__slug']}",
                    )
                    for row in by_party
                ]
            ),
        },
    )
