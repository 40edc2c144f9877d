"""How the hits of a search lie over the years, as numbers for a drawing and its table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from programmes.models import Party
from search.forms import SearchForm
from search.searching import Asked, search

MOST_PARTIES = 8
WIDTH, HEIGHT = 100, 40  # of the drawing, in its own units


@dataclass(frozen=True, slots=True)
class Column:
    """A year: its hits, where its column stands and how high it is, and the search narrowed to it."""

    year: str
    hits: int
    x: float
    width: float
    y: float
    height: float
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A party: its hits in each year of the chart and in all."""

    party: Party
    cells: tuple[tuple[int, float], ...]  # hits, and their share of the largest cell in per cent
    total: int


@dataclass(frozen=True, slots=True)
class Course:
    """Hits by year and party. `others`: parties that are not shown."""

    years: tuple[str, ...]
    rows: tuple[Row, ...]
    totals: tuple[int, ...]
    others: int


def years(counts: Mapping[str, int], form: SearchForm) -> list[Column]:
    """A column for each year from the first with hits to the last; none where there are fewer than two."""
    known = sorted(year for year in counts if year.isdigit())
    if len(known) < 2:
        return []
    span = [str(year) for year in range(int(known[0]), int(known[-1]) + 1)]
    if len(span) > 60:  # a stray year far off: only those with hits
        span = known
    most = max(counts.values())
    step = WIDTH / len(span)
    chosen = form.filters.get("year", ())
    toggled = form.toggling("year")
    columns = []
    for place, year in enumerate(span):
        hits = counts.get(year, 0)
        height = round(HEIGHT * hits / most, 2)
        columns.append(
            Column(
                year,
                hits,
                round(place * step + step * 0.1, 2),
                round(step * 0.8, 2),
                round(HEIGHT - height, 2),
                height,
                toggled(year),
                year in chosen,
            )
        )
    return columns


def course(asked: Asked) -> Course:
    """The hits by year and party; the engine is asked once more for each of the parties with most hits."""
    whole = search(replace(asked, limit=0, offset=0, facets=("year", "party")))
    most = sorted(whole.facets["party"].items(), key=lambda pair: (-pair[1], pair[0]))
    wanted = [slug for slug, _ in most[:MOST_PARTIES]]
    parties = {party.slug: party for party in Party.objects.filter(slug__in=wanted)}
    span = tuple(sorted(whole.facets["year"]))
    counted: list[tuple[Party, dict[str, int]]] = []
    for slug in wanted:
        if slug in parties:
            filters: dict[str, Any] = {**asked.filters, "party": (slug,)}
            own = search(replace(asked, filters=filters, limit=0, offset=0, facets=("year",)))
            counted.append((parties[slug], dict(own.facets["year"])))
    largest = max((hits for _, own in counted for hits in own.values()), default=1)
    return Course(
        span,
        tuple(
            Row(
                party,
                tuple(
                    (own.get(year, 0), round(100 * own.get(year, 0) / largest, 1)) for year in span
                ),
                sum(own.values()),
            )
            for party, own in counted
        ),
        tuple(whole.facets["year"][year] for year in span),
        max(0, len(most) - MOST_PARTIES),
    )
