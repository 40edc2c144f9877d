"""Places: find one, and what was promised there."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from programmes import statistics
from programmes.models import Document, Municipality
from programmes.views.common import page_of

# The map's corners: degrees of longitude and latitude around Germany, and how wide a degree is drawn.
WEST, EAST, SOUTH, NORTH = 5.6, 15.2, 47.2, 55.1
STRETCH = 0.64  # a degree of longitude against one of latitude at 51° north


@require_safe
def municipalities(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "").strip()[:80]
    states = {
        place.pk: place for place in Municipality.objects.filter(kind=Municipality.Kind.STATE)
    }
    held = list(statistics.counted(Municipality).order_by("name"))
    by_state: dict[str, list[Municipality]] = defaultdict(list)
    for place in held:
        by_state[place.state_ags].append(place)
    found = None
    if asked:
        matching = Municipality.objects.exclude(kind=Municipality.Kind.STATE).filter(
            Q(name__istartswith=asked) | Q(name__icontains=f" {asked}") | Q(pk__startswith=asked)
        )
        counts = Count("documents", filter=Q(documents__status="published"), distinct=True)
        found = page_of(
            request,
            matching.annotate(document_count=counts).order_by(
                "-document_count", "-population", "name"
            ),
        )
        if found.paginator.count == 1:
            return redirect(found.object_list[0].get_absolute_url())
    return render(
        request,
        "programmes/municipalities.html",
        {
            "asked": asked,
            "found": found,
            "groups": [(states.get(ags), by_state[ags]) for ags in sorted(by_state)],
            "dots": [
                _dot(place)
                for place in held
                if place.latitude and place.longitude and not place.invented
            ],
        },
    )


@require_safe
def municipality(request: HttpRequest, ags: str, slug: str = "") -> HttpResponse:
    place = get_object_or_404(Municipality, pk=ags)
    if place.merged_into:
        return redirect(place.merged_into, permanent=True)
    if slug != place.slug:
        return redirect(place, permanent=True)
    documents = place.documents.published()
    return render(
        request,
        "programmes/municipality.html",
        {
            "place": place,
            "elections": statistics.elections(place),
            "topics": statistics.topic_bars(documents),
            "press": documents.exclude(kind=Document.Kind.PROGRAMME).cards().newest()[:10],
            "above": Municipality.objects.filter(pk__in=[ags[:2], ags[:5]])
            .exclude(pk=ags)
            .order_by("pk"),
            "below": statistics.counted(Municipality)
            .filter(pk__startswith=ags)
            .exclude(pk=ags)[:60]
            if len(ags) < 8
            else [],
            "document_count": documents.count(),
        },
    )


@require_safe
def matrix(request: HttpRequest, ags: str, year: int) -> HttpResponse:
    """What each party promises about each topic, for one place and election."""
    place = get_object_or_404(Municipality, pk=ags)
    documents = list(
        place.documents.published().filter(kind=Document.Kind.PROGRAMME, year=year).cards()
    )
    if not documents:
        raise Http404
    parties, rows = statistics.matrix(documents)
    return render(
        request,
        "programmes/matrix.html",
        {"place": place, "year": year, "parties": parties, "rows": rows, "documents": documents},
    )


def _dot(place: Municipality) -> dict[str, object]:
    """Where a held place with coordinates stands on the map, in per cent of its height."""
    assert place.longitude is not None and place.latitude is not None  # noqa: S101
    x = (place.longitude - WEST) * STRETCH / (NORTH - SOUTH) * 100
    y = (NORTH - place.latitude) / (NORTH - SOUTH) * 100
    return {
        "place": place,
        "x": f"{x:.2f}",
        "y": f"{y:.2f}",
        "r": f"{0.7 + min(place.document_count, 12) * 0.09:.2f}",
    }
