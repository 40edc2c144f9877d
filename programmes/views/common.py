"""What several pages do alike."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

PER_PAGE = 25


def page_of(request: HttpRequest, rows: QuerySet, per_page: int = PER_PAGE) -> Page:
    """The page that the address asks for; the nearest there is where it asks for another."""
    return Paginator(rows, per_page).get_page(request.GET.get("page"))
