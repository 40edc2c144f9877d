"""How much may be asked: pages of a list, the rate limit, filters that are strict."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request
from rest_framework.throttling import AnonRateThrottle

from programmes.api.errors import refuse_unknown


class Pages(CursorPagination):
    """Pages that stay right while documents are added: `next` and `previous` are addresses."""

    page_size = 50
    max_page_size = 500
    page_size_query_param = "limit"
    ordering = "pk"


class Throttle(AnonRateThrottle):
    """A rate limit that says how much of it is left."""

    def allow_request(self, request: Request, view: Any) -> bool:
        allowed = super().allow_request(request, view)
        if self.rate is not None and self.key is not None:
            request.rate_limit = (  # type: ignore[attr-defined]
                self.num_requests,
                max(self.num_requests - len(self.history), 0),
                int(self.duration - (self.now - self.history[-1]))
                if self.history
                else int(self.duration),
            )
        return allowed


class Limited:
    """Says in every answer how much of the rate limit is left."""

    throttle_classes = (Throttle,)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if limit := getattr(request, "rate_limit", None):
            response["RateLimit-Limit"], response["RateLimit-Remaining"] = limit[0], limit[1]
            response["RateLimit-Reset"] = limit[2]
        return response


class Filters(DjangoFilterBackend):
    """The filters of the pages, but strict: a value or a name that means nothing is an error here."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        filterset = self.get_filterset(request, queryset, view)
        known = {"limit", "cursor", "format", *(filterset.filters if filterset else ())}
        refuse_unknown(request, known)
        if filterset is None:
            return queryset
        if not filterset.form.is_valid():
            raise ValidationError(filterset.form.errors)
        return filterset.qs
