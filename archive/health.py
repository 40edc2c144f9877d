"""Is this process alive, and can it serve? For load balancers and containers; both answers are short and uncached."""

from __future__ import annotations

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from search.engines import get_engine
from search.engines.base import EngineUnavailable


@never_cache
@require_safe
def live(request: HttpRequest) -> JsonResponse:
    """200 as long as the process answers."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def ready(request: HttpRequest) -> JsonResponse:
    """200 if database and search answer, else 503 with what does not."""
    parts = {"database": _database(), "search": _search()}
    fit = all(parts.values())
    return JsonResponse(
        {"status": "ok" if fit else "unavailable", **parts}, status=200 if fit else 503
    )


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM programmes_document LIMIT 1")
    except DatabaseError:
        return False
    return True


def _search() -> bool:
    try:
        return get_engine(settings.SEARCH_URL).stamp() is not None
    except EngineUnavailable:
        return False
