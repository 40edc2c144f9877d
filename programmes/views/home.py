"""The front door."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes import statistics
from programmes.models import Document, Pledge
from programmes.views.common import public

NEWEST, NAMED = 6, 12


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "programmes/home.html",
        {
            "holdings": statistics.holdings(),
            "newest": _newest(),
            "topics": statistics.topic_bars(statistics.all_topic_counts()),
            "places": sorted(statistics.most_held("place", NAMED), key=str),
            "parties": _most(statistics.held_parties()),
            "lacking": statistics.lacking(),
        },
    )


def _newest() -> list[Document]:
    """The documents that came last, each with its first concrete pledge as a taste of it."""
    concrete = (
        Pledge.objects.standing()
        .filter(document=OuterRef("pk"), specificity=Pledge.Specificity.CONCRETE)
        .order_by("position")
        .values("pk")[:1]
    )
    documents = list(
        Document.objects.published()
        .cards()
        .annotate(first_pledge=Subquery(concrete))
        .order_by("-created", "-pk")[:NEWEST]
    )
    pledges = Pledge.objects.in_bulk(
        [document.first_pledge for document in documents if document.first_pledge]
    )
    for document in documents:
        document.taste = pledges.get(document.first_pledge)
    return documents


def _most(rows: list) -> list:
    """Those with the most documents, by name."""
    chosen = sorted(rows, key=lambda row: -row.document_count)[:NAMED]
    return sorted(chosen, key=str)
