"""The archive as a WSGI application, with an empty view beside its own."""

from __future__ import annotations

from typing import Any

from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path

EMPTY = "/leer-zum-messen/"


def application() -> Any:
    made = get_wsgi_application()
    from archive import urls

    urls.urlpatterns.insert(0, path(EMPTY[1:], empty))
    return made


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()
