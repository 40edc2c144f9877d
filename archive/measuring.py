"""Figures of a running instance for Prometheus: requests by page, the size of the archive, what waits.

Off unless METRICS=true; then at /metrics, for whoever sends METRICS_TOKEN as a bearer token, or from this machine
where no token is set. Several processes write into one folder, which `manage.py serve` empties at its start.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from secrets import compare_digest

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Histogram,
    generate_latest,
    multiprocess,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from programmes import statistics
from search.models import StaleDocument

SECONDS = Histogram(
    "versprochen_request_seconds",
    "Time to an answer by view, method and status",
    ("view", "method", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))


class Requests:
    """Middleware that times every request; names come from the address table, never from the address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.METRICS:
            raise MiddlewareNotUsed
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        begin = time.perf_counter()
        response = self._get_response(request)
        match = request.resolver_match
        SECONDS.labels(
            (match.view_name or "unnamed") if match else "none",
            request.method if request.method in METHODS else "other",
            str(response.status_code),
        ).observe(time.perf_counter() - begin)
        return response


class Holdings(Collector):
    """How much the archive holds, and how many documents the index has not seen yet."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        held = GaugeMetricFamily("versprochen_held", "Rows of the archive", labels=["table"])
        for name, count in statistics.table_counts().items():
            held.add_metric([name], count)
        yield held
        yield GaugeMetricFamily(
            "versprochen_index_stale_documents",
            "Documents the index has not seen since they changed",
            value=StaleDocument.objects.count(),
        )


@never_cache
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    if not settings.METRICS:
        raise Http404
    if not _may_read(request):
        return HttpResponse(status=403)
    registry = CollectorRegistry()
    multiprocess.MultiProcessCollector(registry)
    registry.register(Holdings())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _may_read(request: HttpRequest) -> bool:
    token = settings.METRICS_TOKEN
    if token:
        sent = request.headers.get("Authorization", "").removeprefix("Bearer ")
        return compare_digest(sent.encode(), token.encode())
    return request.META.get("REMOTE_ADDR") in ("127.0.0.1", "::1") and not settings.PROXIES
