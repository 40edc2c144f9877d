"""Parties, years and topics: three more ways in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from programmes import statistics, tally
from programmes.filters import DocumentFilter, PledgeFilter
from programmes.models import Document, Party, Pledge, Topic
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
    filtered = DocumentFilter(request.GET, queryset=own.newest())
    years = tally.of("party year", party=found.pk, year__gt=0).order_by("year")
    return render(
        request,
        "programmes/party.html",
        {
            "party": found,
            "profile": statistics.profile(
                statistics.topic_counts("topic party", party=found.pk),
                statistics.all_topic_counts(),
            ),
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "places": statistics.most_held("party place", PLACES, party=found.pk),
            "years": statistics.columns(
                [
                    (str(year), n, f"?jahr={year}")
                    for year, n in statistics.every_year(
                        dict(years.values_list("year", "documents"))
                    )
                ]
            ),
            "totals": tally.of("party", party=found.pk).values("documents", "pledges").first()
            or {"documents": 0, "pledges": 0},
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
    totals = tally.of("year", year=year).values("documents", "pledges").first()
    if not year or not totals:
        raise Http404
    filtered = DocumentFilter(request.GET, queryset=own.newest())
    known = [row["year"] for row in statistics.years()]
    return render(
        request,
        "programmes/year.html",
        {
            "year": year,
            "topics": statistics.topic_bars(
                statistics.topic_counts("topic year", year=year), f"?jahr={year}"
            ),
            "parties": statistics.party_bars("party year", LISTED, year=year),
            "places": statistics.most_held("year place", PLACES, year=year),
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
        queryset=pledges.order_by("-document__year", "-document__date", "-document_id", "position"),
    )
    total = statistics.all_topic_counts().get(found.pk, 0)
    listed: QuerySet | OfTopic = filtered.qs
    if OF_DOCUMENTS.issuperset(filtered.chosen):
        documents = DocumentFilter(request.GET, queryset=Document.objects.published())
        listed = OfTopic(found, documents.qs, None if filtered.chosen else total)
    by_year = statistics.topic_by_year(found)
    return render(
        request,
        "programmes/topic.html",
        {
            "topic": found,
            "filter": filtered,
            "page": page_of(request, listed),
            "years": statistics.columns(by_year),
            "total": total,
            "fewest": statistics.FEWEST,
            "parties": statistics.party_bars("topic party", LISTED, topic=found.pk),
            "places": statistics.place_bars("topic place", LISTED, topic=found.pk),
        },
    )
