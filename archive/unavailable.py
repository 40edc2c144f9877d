"""When the database cannot answer, the visitor is told so: 503 and when to come back, not 500."""

from __future__ import annotations

import logging

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
LATER = "30"  # seconds


class Unavailable:
    """Turns an unreachable or locked database into "gerade nicht verfügbar"."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response: HttpResponse = self.get_response(request)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not isinstance(error, OperationalError):
            return None
        logger.error("the database does not answer: %s", error)
        # Without a request no context processor asks the database again.
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = LATER
        return response
