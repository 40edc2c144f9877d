"""Parties side by side, one party over two elections or in other towns, and what is due when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from programmes import comparison, known, statistics, tally
from programmes.filters import PlaceField, PledgeFilter
from programmes.models import Document, Municipality, Party, Pledge
from programmes.records import FIRST_YEAR, LAST_YEAR
from programmes.views.common import page_of, public

MOST = 5  # parties or places side by side
OFFERED = 24
WAYS = (
    ("parteien", _("Parteien nebeneinander")),
    ("wahlen", _("Eine Partei, zwei Wahlen")),
    ("orte", _("Eine Partei, mehrere Orte")),
)


@public
def compare(request: HttpRequest) -> HttpResponse:
    """`ort`, `jahr` and two to five `partei`; `ort`, one `partei`, `jahr` and `mit`; or one `partei` and `orte`."""
    way = _way(request)
    context: dict[str, Any] = {"way": way, "ways": WAYS, "most": MOST}
    context |= _by_places(request) if way == "orte" else _by_place(request, way)
    return render(request, "programmes/compare.html", context)


@public
def due(request: HttpRequest) -> HttpResponse:
    """Pledges with a target year along the years; with `ansicht=zahlen` what is countable, as a table."""
    now = timezone.localdate().year
    countable = request.GET.get("ansicht") == "zahlen"
    order = ("-document_id", "position") if countable else ("due", "-document_id", "position")
    filtered = PledgeFilter(request.GET, queryset=_measurable(countable).order_by(*order))
    address = _without_year(request)
    years = [] if countable else _by_due_year(PledgeFilter(address, queryset=_measurable(False)))
    chosen = filtered.chosen
    count = None
    if not countable:
        first, last = chosen.get("faellig_ab", FIRST_YEAR), chosen.get("faellig_bis", LAST_YEAR)
        count = sum(
            n
            for year, n in years
            if first <= year <= last and chosen.get("faellig") in (None, year)
        )
    elif not chosen:
        count = statistics.holdings()["countable"]
    return render(
        request,
        "programmes/due.html",
        {
            "filter": filtered,
            "page": page_of(request, filtered.qs, count=count),
            "countable": countable,
            "spans": _spans(address, years, chosen, now),
            "this_year": now,
            "years": statistics.columns(
                [
                    (str(year), number, _with(address, faellig=year))
                    for year, number in statistics.every_year(dict(years))
                ]
            ),
        },
    )


def _measurable(countable: bool) -> QuerySet:
    pledges = Pledge.objects.published()
    # In the words of the conditions that the indexes of both lists have.
    return pledges.exclude(quantities=[]) if countable else pledges.filter(due__isnull=False)


def _spans(
    address: Any, years: list[tuple[int, int]], chosen: Mapping[str, Any], now: int
) -> list[dict[str, Any]]:
    """All target years, those to come and those gone by, each with its pledges; none where one of them is all."""
    to_come = sum(number for year, number in years if year >= now)
    gone_by = sum(number for year, number in years if year < now)
    if not to_come or not gone_by:
        return []
    spans: tuple[tuple[Any, dict[str, int], int], ...] = (
        (_("Alle Jahre"), {}, to_come + gone_by),
        (_("Ab %(year)d") % {"year": now}, {"faellig_ab": now}, to_come),
        (_("Bis %(year)d") % {"year": now - 1}, {"faellig_bis": now - 1}, gone_by),
    )
    of_years = {name: value for name, value in chosen.items() if name.startswith("faellig")}
    return [
        {
            "name": name,
            "address": _with(address, **span),
            "number": number,
            "current": span == of_years,
        }
        for name, span, number in spans
    ]


def _by_due_year(filtered: PledgeFilter) -> list[tuple[int, int]]:
    """Each target year with its pledges."""
    if filtered.chosen:
        return list(filtered.qs.order_by("due").values_list("due").annotate(n=Count("pk")))
    return list(tally.of("due").order_by("year").values_list("year", "pledges"))


def _way(request: HttpRequest) -> str:
    asked = request.GET.get("art")
    if asked in dict(WAYS):
        return str(asked)
    one_party = len(request.GET.getlist("partei")) == 1
    return "wahlen" if one_party and request.GET.get("mit") else "parteien"


def _by_place(request: HttpRequest, way: str) -> dict[str, Any]:
    """Parties of one election, or one party of two."""
    place = _place(request.GET.get("ort", ""))
    context: dict[str, Any] = {
        "place": place,
        "typed": request.GET.get("ort", "") if not place else f"{place.name} ({place.ags})",
        "offered": [] if place else _places_with_programmes(),
    }
    if place is None:
        return context
    programmes = known.Listed(_programmes(place).exclude(year=None))[:]
    years = sorted({document.year for document in programmes if document.year}, reverse=True)
    year = _year(request.GET.get("jahr"), years) or (years[0] if years else None)
    of_year = statistics.by_party(one for one in programmes if one.year == year)
    context |= {"years": years, "year": year}
    if way == "wahlen":
        return context | _two_elections(request, place, programmes, years, year)
    slugs = request.GET.getlist("partei")
    chosen = [party for party in of_year if party.slug in slugs][:MOST]
    context |= {"parties": list(of_year), "chosen": chosen}
    if len(chosen) > 1:
        context["rows"] = statistics.matrix({party: of_year[party] for party in chosen})
    return context


def _two_elections(
    request: HttpRequest,
    place: Municipality,
    programmes: Sequence[Document],
    years: Sequence[int],
    year: int | None,
) -> dict[str, Any]:
    every = statistics.by_party(programmes)
    twice = [party for party, held in every.items() if len({one.year for one in held}) > 1]
    chosen = [party for party in twice if party.slug in request.GET.getlist("partei")][:1]
    context: dict[str, Any] = {"parties": twice, "chosen": chosen}
    if not chosen:
        return context
    own = sorted({one.year for one in every[chosen[0]] if one.year}, reverse=True)
    last = year if year in own else own[0]
    other = _year(request.GET.get("mit"), own)
    if other is None or other == last:
        other = next((one for one in own if one < last), own[-1] if own[-1] != last else own[0])
    first, last = sorted((other, last))
    old, new = (_pledges(place, chosen[0], when) for when in (first, last))
    return context | {
        "years": own,
        "year": last,
        "earlier": first,
        "first": first,
        "last": last,
        "changes": comparison.compare(old, new),
        "totals": (len(old), len(new)),
        "kept_from": comparison.KEPT,
        "reworded_from": comparison.REWORDED,
    }


def _by_places(request: HttpRequest) -> dict[str, Any]:
    """One party in two to five places: its newest programme in each."""
    party = Party.objects.filter(slug=request.GET.get("partei", "")).first()
    context: dict[str, Any] = {"party": party, "parties": statistics.held_parties()}
    if party is None:
        return context
    newest: dict[Municipality, Document] = {}
    programmes = Document.objects.published().filter(parties=party, kind=Document.Kind.PROGRAMME)
    for document in known.Listed(programmes.newest())[:]:
        for place in document.municipalities.all():
            newest.setdefault(place, document)
    asked = request.GET.getlist("orte")
    chosen = [place for place in newest if place.ags in asked][:MOST]
    context |= {
        "offered": sorted(newest, key=lambda place: (place.name, place.ags)),
        "chosen": chosen,
    }
    if len(chosen) > 1:
        context["rows"] = statistics.matrix({place: [newest[place]] for place in chosen})
        context["programmes"] = [(place, newest[place]) for place in chosen]
    return context


def _place(typed: str) -> Municipality | None:
    """The place with programmes that was typed, by key or name."""
    try:
        keys = PlaceField(required=False).clean(typed.replace("\x00", ""))
    except ValidationError:
        return None
    return (
        Municipality.objects.filter(
            pk__in=keys,
            documents__status=Document.Status.PUBLISHED,
            documents__kind=Document.Kind.PROGRAMME,
        )
        .distinct()
        .order_by("-population", "pk")
        .first()
    )


def _places_with_programmes() -> list[Municipality]:
    """Places with at least two programmes, those with the most first."""
    return statistics.most_held("programmes", OFFERED, documents__gt=1)


def _programmes(place: Municipality) -> QuerySet:
    return place.documents.published().filter(kind=Document.Kind.PROGRAMME)


def _pledges(place: Municipality, party: Party, year: int) -> list[statistics.Said]:
    documents = _programmes(place).filter(parties=party, year=year)
    found = {one.pk: one for one in documents.only("language", "slug")}
    return [pledge for _pk, pledge in statistics.said(found)]


def _year(value: str | None, years: Sequence[int]) -> int | None:
    if value and value.isascii() and value.isdigit() and len(value) == 4 and int(value) in years:
        return int(value)
    return None


def _without_year(request: HttpRequest) -> Any:
    query = request.GET.copy()
    for name in ("faellig", "faellig_ab", "faellig_bis", "page"):
        query.pop(name, None)
    return query


def _with(query: Any, **more: Any) -> str:
    changed = query.copy()
    for name, value in more.items():
        changed[name] = value
    return f"?{changed.urlencode()}"
