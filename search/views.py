"""The search page and what goes with it: suggestions while typing, the form that writes a query, the course over
the years, the result as feed and file, and the browser's search description."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Paginator
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from programmes import known
from programmes.limits import per_minute
from programmes.models import Document
from programmes.views.common import kept_in
from search import charts, choices, unanswered
from search.downloads import csv_lines, json_lines, json_pieces
from search.engines.base import EngineUnavailable
from search.feeds import atom
from search.forms import LAST_PAGE, ORDER_LABELS, PER_PAGE, SearchForm, written
from search.offering import offers
from search.searching import LOOKED_AT, Answer, Asked, grouped, search


class Value(NamedTuple):
    """A value of a facet: its name, how many hits have it, and the search narrowed to it or, if chosen, without it."""

    label: str
    hits: int
    chosen: bool
    address: str


SHOWN, LISTED = 7, 100  # values of a facet before the rest is folded away, and left out
FEED = 50  # entries of a feed


@per_minute("search")
@partial(kept_in, "searches")
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    if form.is_empty:
        return render(request, "search/start.html", {"form": form, **writing()})
    try:
        asked = form.asked()
        groups = grouped(asked) if form.grouped else None
        answer = search(replace(asked, offset=0, limit=0) if groups else asked)
    except EngineUnavailable:
        return unavailable(request, form)
    unanswered_here = not answer.total or answer.corrected
    if unanswered_here:
        unanswered.count(form.text)
    names = facet_names(form, answer)
    length = len(groups.all) if groups else answer.total
    pages = Paginator(range(min(length, PER_PAGE * LAST_PAGE)), PER_PAGE)
    page = pages.get_page(form.page)
    response = render(
        request,
        "search/results.html",
        {
            "form": form,
            "answer": answer,
            "groups": groups.page(page.number, PER_PAGE) if groups else None,
            "page": page,
            "looked_at": LOOKED_AT,
            "facets": facets(form, answer, names),
            "chosen": chosen(form, answer, names),
            "years": charts.years(answer.facets.get("year", {}), form),
            "orders": [
                {
                    "label": label,
                    "address": form.address(sortierung=name if name != "relevanz" else None),
                    "here": name == form.order_name,
                }
                for name, label in ORDER_LABELS.items()
            ],
            "address": form.address(),
            "alerts": settings.ALERTS,
            **writing(),
        },
    )
    if unanswered_here:  # counted each time it is asked, so made each time
        response["Cache-Control"] = "no-store"
    return response


@require_safe
@per_minute("search")
def course(request: HttpRequest) -> HttpResponse:
    """The hits of a search by year and party, as a chart and its table."""
    form = SearchForm(request.GET)
    try:
        chart = charts.course(form.asked())
    except EngineUnavailable:
        return unavailable(request, form)
    return render(
        request, "search/course.html", {"form": form, "chart": chart, "address": form.address()}
    )


@require_safe
def write(request: HttpRequest) -> HttpResponse:
    """From the fields of the form to the search that they write."""
    query = written(request.GET)
    pairs = [("q", query)] if query else []
    pairs += [
        ("einheit", value) for value in choices.values("unit", request.GET.getlist("einheit"))
    ]
    return HttpResponseRedirect(f"{reverse('search:search')}?{urlencode(pairs)}")


@require_safe
@per_minute("suggest")
@cache_control(public=True, max_age=60)
def suggest(request: HttpRequest) -> JsonResponse:
    """How what was typed so far may go on."""
    return JsonResponse({"offers": offers(request.GET.get("q", ""))})


@require_safe
@per_minute("feed")
def feed(request: HttpRequest) -> HttpResponse:
    """A search as Atom feed: what came into the archive last stands first."""
    form = SearchForm(request.GET)
    asked = Asked(form.text, form.filters, "added", limit=FEED, facets=())
    try:
        answer = search(asked)
    except EngineUnavailable:
        return _machine_unavailable()
    page = request.build_absolute_uri(reverse("search:search") + form.address())
    return HttpResponse(
        atom(answer, page, request.build_absolute_uri(), request.build_absolute_uri("/")[:-1]),
        content_type="application/atom+xml; charset=utf-8",
    )


@require_safe
@per_minute("download")
def download(request: HttpRequest, suffix: str) -> HttpResponse | StreamingHttpResponse:
    """The hits of a search as a file, made while it is sent; `bom=1` for spreadsheets."""
    form = SearchForm(request.GET)
    try:
        first = search(Asked(form.text, form.filters, form.asked().order, limit=0))
    except EngineUnavailable:
        return _machine_unavailable()
    root = request.build_absolute_uri("/")[:-1]
    lines: Iterator[str]
    if suffix == "csv":
        lines = csv_lines(first, root, bom="bom" in request.GET)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    elif suffix == "jsonl":
        lines = json_lines(first, root)
        response = StreamingHttpResponse(lines, content_type="application/x-ndjson; charset=utf-8")
    else:
        lines = json_pieces(first, root)
        response = StreamingHttpResponse(lines, content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="versprochen-suche.{suffix}"'
    return response


@require_safe
@cache_control(public=True, max_age=86400)
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser makes this site one of its search engines."""
    return render(
        request,
        "search/opensearch.xml",
        {"root": request.build_absolute_uri("/")[:-1]},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


@require_safe
@per_minute("suggest")
@cache_control(public=True, max_age=60)
def browser_suggest(request: HttpRequest) -> HttpResponse:
    """Suggestions as browsers ask for them (OpenSearch Suggestions 1.1)."""
    text = request.GET.get("q", "")
    body = [text, [offer["query"] for offer in offers(text)]]
    return HttpResponse(
        json.dumps(body, ensure_ascii=False), content_type="application/x-suggestions+json"
    )


def unavailable(request: HttpRequest, form: SearchForm) -> HttpResponse:
    response = render(request, "search/unavailable.html", {"form": form}, status=503)
    response["Retry-After"] = "30"
    return response


def _machine_unavailable() -> HttpResponse:
    return HttpResponse(
        "Die Suche ist gerade nicht verfügbar.\n",
        status=503,
        headers={"Retry-After": "30"},
        content_type="text/plain; charset=utf-8",
    )


def writing() -> dict[str, Any]:
    """What the form that writes a query offers."""
    named = [(topic.slug, topic.label) for topic in known.topics().values()]
    return {"topics": named, "kinds": Document.Kind.choices}


def facet_names(form: SearchForm, answer: Answer) -> dict[str, dict[str, str]]:
    return choices.labels(
        {facet: {*counts, *form.filters.get(facet, ())} for facet, counts in answer.facets.items()}
    )


def facets(
    form: SearchForm, answer: Answer, names: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """Each facet with its values, the first of them in sight."""
    found = []
    for facet, title in choices.TITLES.items():
        counts = answer.facets.get(facet, {})
        own = form.filters.get(facet, ())
        values = sorted({*counts, *own}, key=lambda value: _rank(facet, value, counts, own))
        if len(values) < 2 and not own:
            continue  # nothing to choose between
        toggled, label = form.toggling(facet), names[facet]
        listed = [
            Value(label[value], counts.get(value, 0), value in own, toggled(value))
            for value in values[:LISTED]
        ]
        found.append(
            {
                "name": choices.NAMES[facet],
                "title": title,
                "values": listed[:SHOWN],
                "more": listed[SHOWN:],
                "left": max(0, len(values) - LISTED),
            }
        )
    return found


def chosen(
    form: SearchForm, answer: Answer, names: Mapping[str, Mapping[str, str]]
) -> list[dict[str, Any]]:
    """What narrows the search now, each with the address of the search without it."""
    return [
        {
            "title": choices.TITLES[facet],
            "label": names[facet][value],
            "address": form.toggled(facet, value),
        }
        for facet, values in form.filters.items()
        for value in values
    ]


def _rank(facet: str, value: str, counts: Mapping[str, int], own: tuple[str, ...]) -> Any:
    if facet == "year":
        return (False, -int(value), value)
    return (value not in own, -counts.get(value, 0), value)
