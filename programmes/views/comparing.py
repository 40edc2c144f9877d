"""Parties side by side, one party over two elections, and what is due when."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes import comparison, statistics
from programmes.filters import PledgeFilter
from programmes.models import Document, Municipality, Party, Pledge
from programmes.views.common import page_of

MOST_PARTIES = 5


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    """`ort`, `jahr` and two to five `partei`; or `ort`, one `partei`, `jahr` and `mit` (the earlier election)."""
    asked = request.GET
    places = statistics.counted(Municipality).filter(documents__kind="programme").order_by("name")
    place = places.filter(pk=asked.get("ort", "")).first()
    context: dict[str, object] = {"places": places, "place": place}
    if place:
        programmes = (
            place.documents.published().filter(kind=Document.Kind.PROGRAMME).exclude(year=None)
        )
        years = sorted(
            {year for year in programmes.values_list("year", flat=True) if year}, reverse=True
        )
        year = _year(asked.get("jahr"), years) or (years[0] if years else None)
        parties = list(Party.objects.filter(documents__in=programmes.filter(year=year)).distinct())
        chosen = [party for party in parties if party.slug in asked.getlist("partei")][
            :MOST_PARTIES
        ]
        earlier = _year(asked.get("mit"), years)
        context |= {
            "years": years,
            "year": year,
            "parties": parties,
            "chosen": chosen,
            "earlier": earlier,
        }
        if len(chosen) == 1 and year and earlier and earlier != year:
            first, last = sorted((earlier, year))
            old, new = (_pledges(place, chosen[0], when) for when in (first, last))
            context |= {
                "changes": comparison.compare(old, new),
                "first": first,
                "last": last,
                "totals": (len(old), len(new)),
            }
        elif len(chosen) >= 2:
            documents = list(programmes.filter(year=year, parties__in=chosen).distinct().cards())
            columns, rows = statistics.matrix(documents)
            kept = [at for at, party in enumerate(columns) if party in chosen]
            for row in rows:
                row["cells"] = [row["cells"][at] for at in kept]
            context |= {"columns": [columns[at] for at in kept], "rows": rows}
    return render(request, "programmes/compare.html", context)


@require_safe
def due(request: HttpRequest) -> HttpResponse:
    """Pledges with a target year on a line of years, and what is countable as a table."""
    pledges = Pledge.objects.published().exclude(due=None)
    filtered = PledgeFilter(
        request.GET, queryset=pledges.cards().order_by("due", "document", "position")
    )
    by_year = (
        Pledge.objects.filter(pk__in=PledgeFilter(request.GET, queryset=pledges).qs.values("pk"))
        if request.GET
        else pledges
    )
    counted = by_year.values_list("due").annotate(n=Count("pk")).order_by("due")
    return render(
        request,
        "programmes/due.html",
        {
            "filter": filtered,
            "page": page_of(request, filtered.qs),
            "years": statistics.bars(
                [(str(year), number, f"?faellig={year}") for year, number in counted]
            ),
        },
    )


def _pledges(place: Municipality, party: Party, year: int) -> list[Pledge]:
    return list(
        Pledge.objects.published()
        .filter(
            document__kind=Document.Kind.PROGRAMME,
            document__municipalities=place,
            document__parties=party,
            document__year=year,
        )
        .cards()
        .order_by("document", "position")
    )


def _year(value: str | None, years: list[int]) -> int | None:
    return (
        int(value)
        if value and value.isdecimal() and len(value) == 4 and int(value) in years
        else None
    )
