"""The front door."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes import known, statistics
from programmes.edition import held
from programmes.models import Document, Municipality, Pledge
from programmes.prepared import Prepared
from programmes.views.common import public

NEWEST, NAMED = 6, 12
_last_ones = Prepared(
    Document,
    lambda: (
        Document.objects.published()
        .annotate(
            taste=Subquery(
                Pledge.objects.standing()
                .filter(document=OuterRef("pk"), specificity=Pledge.Specificity.CONCRETE)
                .order_by("position")
                .values("pk")[:1]
            )
        )
        .order_by("-created", "-pk")
        .values_list("pk", "taste")[:NEWEST]
    ),
)
_tastes = Prepared(
    Pledge,
    lambda numbers: (
        Pledge.objects.filter(pk__in=numbers).order_by().values_list("pk", "key", "text")
    ),
)


@public
def home(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "programmes/home.html",
        {
            "holdings": statistics.holdings(),
            "newest": _newest(),
            "topics": statistics.topic_bars(statistics.all_topic_counts()),
            "places": held("places_at_home", _places),
            "parties": _most(statistics.held_parties()),
            "lacking": statistics.lacking(),
        },
    )


def _newest() -> list[tuple[Document, Pledge | None]]:
    """The documents that came last, each with its first concrete pledge as a taste of it."""
    rows = _last_ones()
    documents = known.documents(pk for pk, _taste in rows)
    wanted = [taste for _pk, taste in rows if taste]
    tastes = (
        {pk: Pledge(pk=pk, key=key, text=text) for pk, key, text in _tastes(wanted)}
        if wanted
        else {}
    )
    return [(documents[pk], tastes.get(taste)) for pk, taste in rows if pk in documents]


def _places() -> list[Municipality]:
    return sorted(statistics.most_held("place", NAMED), key=str)


def _most(rows: list) -> list:
    """Those with the most documents, by name."""
    chosen = sorted(rows, key=lambda row: -row.document_count)[:NAMED]
    return sorted(chosen, key=str)
