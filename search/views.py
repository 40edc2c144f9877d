"""The search page and what goes with it: the browser's search description."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import choices
from search.engines.base import EngineUnavailable
from search.forms import LAST_PAGE, ORDER_LABELS, PER_PAGE, SearchForm
from search.searching import Answer, search


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    try:
        answer = search(form.asked())
    except EngineUnavailable:
        return unavailable(request, form)
    pages = Paginator(range(min(answer.total, PER_PAGE * LAST_PAGE)), PER_PAGE)
    return render(
        request,
        "search/results.html",
        {
            "form": form,
            "answer": answer,
            "page": pages.get_page(form.page),
            "facets": facets(form, answer),
            "orders": [
                {
                    "label": label,
                    "address": form.address(sortierung=name),
                    "here": name == form.order_name,
                }
                for name, label in ORDER_LABELS.items()
            ],
        },
    )


@require_safe
def opensearch(request: HttpRequest) -> HttpResponse:
    """How a browser makes this site one of its search engines."""
    return render(
        request,
        "search/opensearch.xml",
        {"root": request.build_absolute_uri("/")[:-1]},
        content_type="application/opensearchdescription+xml; charset=utf-8",
    )


def unavailable(request: HttpRequest, form: SearchForm) -> HttpResponse:
    response = render(request, "search/unavailable.html", {"form": form}, status=503)
    response["Retry-After"] = "30"
    return response


def facets(form: SearchForm, answer: Answer) -> list[dict[str, Any]]:
    """Each facet with its values: what they are called, how many hits, whether chosen, where a click leads."""
    shown = {
        facet: sorted(
            {*counts, *form.filters.get(facet, ())}, key=lambda value: _rank(facet, value, counts)
        )
        for facet, counts in answer.facets.items()
    }
    names = choices.labels(shown)
    return [
        {
            "name": choices.NAMES[facet],
            "title": choices.TITLES[facet],
            "chosen": bool(form.filters.get(facet)),
            "clear": form.without(facet),
            "values": [
                {
                    "label": names[facet][value],
                    "count": answer.facets[facet].get(value, 0),
                    "chosen": value in form.filters.get(facet, ()),
                    "address": form.toggled(facet, value),
                }
                for value in shown[facet]
            ],
        }
        for facet in choices.TITLES
        if shown.get(facet)
    ]


def _rank(facet: str, value: str, counts: Any) -> Any:
    return -int(value) if facet == "year" else (-counts.get(value, 0), value)
