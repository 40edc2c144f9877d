"""Places: find one, what was promised there, and who promises what on which topic."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from programmes import germany, known, statistics, tally
from programmes.edition import held
from programmes.models import Document, Municipality, Topic, address
from programmes.prepared import Prepared
from programmes.views.common import page_of, public

SUGGESTED = 10
PRESS = 8
BELOW = 120
NAMED = 24  # places of a state; the others stand on its own page


@public
def municipalities(request: HttpRequest) -> HttpResponse:
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    found = None
    if asked:
        found = page_of(request, _matching(asked))
        if found.paginator.count == 1:
            return redirect(found.object_list[0])
    states = {place.pk: place for place in statistics.states()}
    by_state: dict[str, list[str]] = defaultdict(list)
    for ags, _number in statistics.held_keys():
        by_state[ags[:2]].append(ags)
    named = _named(by_state)
    return render(
        request,
        "programmes/municipalities.html",
        {
            "asked": asked,
            "found": found,
            "groups": [
                (states.get(ags), named[ags], len(by_state[ags]) - len(named[ags]))
                for ags in sorted(by_state)
            ],
            "states": [(state, len(by_state.get(ags, ()))) for ags, state in states.items()],
            "map": {
                "width": germany.WIDTH,
                "height": germany.HEIGHT,
                "outline": germany.outline(),
                "places": held("map", _all_dots),
                "dots": [
                    dot for places in named.values() for place in places if (dot := _dot(place))
                ],
                "labels": _labels(states),
            },
        },
    )


@public
def suggestions(request: HttpRequest) -> HttpResponse:
    """Places whose name or key begins as typed, those with documents first, as the typing field wants them."""
    asked = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:80]
    if len(asked) < 2:
        return JsonResponse({"suggestions": []})
    states = {place.pk: place.name for place in statistics.states()}
    return JsonResponse(
        {
            "suggestions": [
                {
                    "label": place.name,
                    "note": " · ".join(
                        filter(None, (place.get_kind_display(), states.get(place.state_ags)))
                    ),
                    "value": f"{place.name} ({place.ags})",
                    "ags": place.ags,
                    "documents": place.document_count,
                    "address": place.get_absolute_url(),
                }
                for place in _matching(asked)[:SUGGESTED]
            ]
        }
    )


@public
def municipality(request: HttpRequest, ags: str, slug: str = "") -> HttpResponse:
    place = get_object_or_404(Municipality.objects.select_related("merged_into"), pk=ags)
    if place.merged_into:
        return redirect(place.merged_into, permanent=True)
    if slug != place.slug:
        return redirect(place, permanent=True)
    documents = place.documents.published()
    below, more_below = _below(place)
    elections = statistics.elections(place)
    matrices = [year for year in elections.years if year and year in elections.with_party]
    return render(
        request,
        "programmes/municipality.html",
        {
            "place": place,
            "elections": elections,
            "matrices": matrices,
            "topics": _topics(place, matrices[0] if matrices else None),
            "press": known.Listed(documents.exclude(kind=Document.Kind.PROGRAMME).newest())[:PRESS],
            "above": Municipality.objects.filter(pk__in=[ags[:2], ags[:5]])
            .exclude(pk=ags)
            .order_by("pk"),
            "below": below,
            "more_below": more_below,
            "document_count": sum(
                tally.of("place", place=place.ags).values_list("documents", flat=True)
            ),
        },
    )


@public
def matrix(request: HttpRequest, ags: str, year: int, slug: str = "") -> HttpResponse:
    """What each party promises about each topic, for one place and election; `offen=1` shows every wording."""
    place = get_object_or_404(Municipality, pk=ags)
    if slug:  # as one writes it who goes on from the address of the place
        return redirect("programmes:matrix", ags, year, permanent=True)
    numbers = [pk for (pk,) in _programmes_of(place.pk, year)]
    found = known.documents(numbers)
    documents = [found[pk] for pk in numbers if pk in found]
    if not documents:
        raise Http404
    parties = statistics.by_party(documents)
    return render(
        request,
        "programmes/matrix.html",
        {
            "place": place,
            "year": year,
            "parties": list(parties),
            "rows": statistics.matrix(parties),
            "documents": documents,
            "unfolded": request.GET.get("offen") == "1",
            "other_years": [other for (other,) in _years_of(place.pk) if other != year],
        },
    )


def _topics(place: Municipality, year: int | None) -> list[statistics.Bar]:
    """Its topics: each leads to what all parties say on it in the newest election, else to what the place has."""
    counts = statistics.topic_counts("topic place", place=place.ags)
    if year is None:
        return statistics.topic_bars(counts, f"?ort={place.ags}")
    there = reverse("programmes:matrix", args=[place.ags, year])
    spoken = set(
        Topic.objects.filter(
            document_counts__document__in=programmes_of(place.pk, year)
        ).values_list("slug", flat=True)
    )
    return [
        replace(bar, address=f"{there}#{bar.key}") if bar.key in spoken else bar
        for bar in statistics.topic_bars(counts, f"?ort={place.ags}")
    ]


def programmes_of(ags: str, year: int) -> QuerySet:
    return Document.objects.published().filter(
        municipalities=ags, kind=Document.Kind.PROGRAMME, year=year
    )


_programmes_of = Prepared(
    Document,
    lambda ags, year: programmes_of(ags, year).newest().values_list("pk"),
)
_years_of = Prepared(
    Document,
    lambda ags: (
        Document.objects.published()
        .filter(municipalities=ags, kind=Document.Kind.PROGRAMME)
        .exclude(year=None)
        .order_by("-year")
        .values_list("year")
        .distinct()
    ),
)


def _matching(asked: str) -> QuerySet:
    """Places by the beginning of their name, of a word in it, or of their key; those with documents first."""
    published = Document.municipalities.through.objects.filter(
        municipality=OuterRef("pk"), document__status=Document.Status.PUBLISHED
    )
    counts = Count("documents", filter=Q(documents__status="published"), distinct=True)
    return (
        Municipality.objects.filter(
            Q(name__istartswith=asked)
            | Q(name__icontains=f" {asked}")
            | Q(name__icontains=f"-{asked}")
            | Q(aliases__icontains=asked)
            | Q(pk__startswith=asked)
        )
        .annotate(document_count=counts, held=Exists(published))
        .order_by("-held", "-document_count", "-population", "name", "pk")
    )


@dataclass(frozen=True, slots=True)
class Named:
    """A place in the long list of all: its name, and where it stands on the map."""

    name: str
    address: str
    latitude: float | None
    longitude: float | None
    document_count: int

    def get_absolute_url(self) -> str:
        return self.address


def _named(by_state: dict[str, list[str]]) -> dict[str, list[Named]]:
    """Of each state the places with the most documents, by name."""
    chosen = {state: keys[:NAMED] for state, keys in by_state.items()}
    numbers = dict(statistics.held_keys())
    shape = address("programmes:municipality", "{}", "{}")
    found: dict[str, list[Named]] = defaultdict(list)
    rows = Municipality.objects.filter(pk__in=[ags for keys in chosen.values() for ags in keys])
    for ags, name, slug, latitude, longitude in rows.order_by("name", "ags").values_list(
        "ags", "name", "slug", "latitude", "longitude"
    ):
        found[ags[:2]].append(
            Named(name, shape.format(ags, slug), latitude, longitude, numbers[ags])
        )
    return found


def _below(place: Municipality) -> tuple[list[Municipality], int]:
    """Places with documents in a state or county, by name, the most there is room for; and how many more there are."""
    if len(place.ags) == 8:
        return [], 0
    keys = [
        ags
        for ags, _number in statistics.held_keys()
        if ags != place.ags and ags.startswith(place.ags)
    ]
    numbers = dict(statistics.held_keys())
    rows = list(Municipality.objects.filter(pk__in=keys[:BELOW]).order_by("name", "ags"))
    for one in rows:
        one.document_count = numbers[one.ags]
    return rows, len(keys) - len(rows)


def _all_dots() -> str:
    """Every place whose coordinates are known, so that the country is seen in its towns."""
    known = Municipality.objects.exclude(kind=Municipality.Kind.STATE).filter(invented=False)
    return germany.dots(
        (latitude, longitude)
        for latitude, longitude in known.values_list("latitude", "longitude")
        if latitude is not None and longitude is not None
    )


def _dot(place: Named) -> dict[str, Any] | None:
    if place.latitude is None or place.longitude is None:
        return None
    x, y = germany.point(place.latitude, place.longitude)
    return {"place": place, "x": x, "y": y, "r": 1 + min(place.document_count, 12) * 0.09}


def _labels(states: dict[str, Municipality]) -> list[dict[str, Any]]:
    """The two letters of each state, and where they stand."""
    found = []
    for ags, latitude, longitude, short in germany.STATES:
        if ags in states:
            x, y = germany.point(latitude, longitude)
            found.append({"state": states[ags], "short": short, "x": x, "y": y})
    return found
