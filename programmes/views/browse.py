"""Parties, years and topics: three more ways in."""

from __future__ import annotations

from django.db.models import Count, QuerySet, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from programmes import statistics
from programmes.filters import DocumentFilter, PledgeFilter
from programmes.models import Document, DocumentTopic, Municipality, Party, Pledge, Topic
from programmes.stacks import OfTopic
from programmes.views.common import page_of, public

LISTED = 12
PLACES = 40
OF_DOCUMENTS = {
    "ort",
    "partei",
    "jahr",
    "art",
}  # filters that tell documents apart, not their pledges


@public
def parties(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/parties.html", {"parties": statistics.held_parties()})


@public
def party(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Party.objects.select_related("municipality"), slug=slug)
    own = Document.objects.published().filter(parties=found)
    filtered = DocumentFilter(request.GET, queryset=own.cards().newest())
    years = own.exclude(year=None).values_list("year").annotate(n=Count("pk")).order_by("year")
    return render(
        request,
        "programmes/party.html",
        {
            "party": found,
            "profile": statistics.profile(
                statistics.topic_counts(own), statistics.all_topic_counts()
            ),
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "places": Municipality.objects.filter(documents__in=own)
            .annotate(document_count=Count("pk"))
            .order_by("-document_count", "name")[:PLACES],
            "years": statistics.columns([(str(year), n, f"?jahr={year}") for year, n in years]),
            "totals": own.aggregate(pledges=Sum("pledge_count"), documents=Count("pk")),
        },
    )


@public
def years(request: HttpRequest) -> HttpResponse:
    rows = statistics.years()
    chart = [(str(row["year"]), row["documents"], f"{row['year']}/") for row in reversed(rows)]
    return render(
        request,
        "programmes/years.html",
        {
            "years": rows,
            "chart": statistics.columns(chart),
            "unknown": statistics.lacking()["year"],
        },
    )


@public
def year(request: HttpRequest, year: int) -> HttpResponse:
    own = Document.objects.published().filter(year=year)
    totals = own.aggregate(pledges=Sum("pledge_count"), documents=Count("pk"))
    if not totals["documents"]:
        raise Http404
    filtered = DocumentFilter(request.GET, queryset=own.cards().newest())
    by_party = (
        own.filter(parties__isnull=False)
        .values_list("parties__short_name", "parties__slug")
        .annotate(n=Sum("pledge_count"))
        .order_by("-n", "parties__slug")[:LISTED]
    )
    known = [row["year"] for row in statistics.years()]
    return render(
        request,
        "programmes/year.html",
        {
            "year": year,
            "topics": statistics.topic_bars(statistics.topic_counts(own), f"?jahr={year}"),
            "parties": statistics.bars(
                [(name, number, f"?partei={slug}") for name, slug, number in by_party]
            ),
            "places": Municipality.objects.filter(documents__in=own)
            .annotate(document_count=Count("pk"))
            .order_by("-document_count", "name")[:PLACES],
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "totals": totals,
            "earlier": max((one for one in known if one < year), default=None),
            "later": min((one for one in known if one > year), default=None),
        },
    )


@public
def topics(request: HttpRequest) -> HttpResponse:
    counts = statistics.all_topic_counts()
    most = max(counts.values(), default=1)
    rows = [
        {
            "topic": topic,
            "pledges": counts.get(topic.pk, 0),
            "share": round(100 * counts.get(topic.pk, 0) / most, 1),
        }
        for topic in statistics.topics()
    ]
    return render(request, "programmes/topics.html", {"rows": rows})


@public
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Topic.objects.defer("indicators"), slug=slug)
    pledges = Pledge.objects.published().filter(pledgetopic__topic=found)
    filtered = PledgeFilter(
        request.GET,
        queryset=pledges.cards().order_by("-document__year", "-document_id", "position"),
    )
    listed: QuerySet | OfTopic = filtered.qs
    if OF_DOCUMENTS.issuperset(filtered.chosen):
        documents = DocumentFilter(request.GET, queryset=Document.objects.published())
        listed = OfTopic(found, documents.qs.order_by())
    counted = DocumentTopic.objects.filter(topic=found, document__status="published")
    by_party = (
        counted.filter(document__parties__isnull=False)
        .values_list("document__parties__short_name", "document__parties__slug")
        .annotate(n=Sum("pledges"))
        .order_by("-n", "document__parties__slug")[:LISTED]
    )
    by_place = (
        counted.filter(document__municipalities__isnull=False)
        .values_list("document__municipalities__name", "document__municipalities")
        .annotate(n=Sum("pledges"))
        .order_by("-n", "document__municipalities")[:LISTED]
    )
    by_year = statistics.topic_by_year(found)
    return render(
        request,
        "programmes/topic.html",
        {
            "topic": found,
            "filter": filtered,
            "page": page_of(request, listed),
            "years": statistics.columns(by_year),
            "total": statistics.all_topic_counts().get(found.pk, 0),
            "parties": statistics.bars(
                [(name, n, f"?partei={slug}") for name, slug, n in by_party]
            ),
            "places": statistics.bars([(name, n, f"?ort={ags}") for name, ags, n in by_place]),
        },
    )
