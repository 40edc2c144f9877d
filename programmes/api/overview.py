"""What the API offers, for people and for programs."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator

from programmes.api.viewsets import VIEWSETS


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    """What the API offers: a page for people, a list of addresses for programs."""
    if request.accepts("text/html") and request.GET.get("format") != "json":
        return render(request, "programmes/api.html", {"groups": _operations(get_language())})
    found = {name: request.build_absolute_uri(reverse(f"api:{name}-list")) for name in VIEWSETS}
    found["schema"] = request.build_absolute_uri(reverse("api:schema"))
    response = JsonResponse(found)
    patch_vary_headers(response, ["Accept"])
    return response


@cache
def _operations(language: str | None) -> list[dict[str, Any]]:
    """The operations of the API by resource, read out of its own description in the language now in use."""
    schema = SchemaGenerator(api_version=None).get_schema(request=None, public=True)
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in schema["paths"].items():
        operation = methods.get("get")
        if operation is None:
            continue
        groups.setdefault(path.split("/")[2], []).append(
            {
                "path": path,
                "example": path if "{" not in path else "",
                "description": operation.get("description", ""),
                "parameters": [
                    {
                        "name": one["name"],
                        "type": one["schema"].get("type", ""),
                        "values": [value for value in one["schema"].get("enum", ()) if value],
                        "description": one.get("description", ""),
                    }
                    for one in operation.get("parameters", ())
                    if one["name"] != "format"
                ],
            }
        )
    return [
        {"name": name, "operations": found} for name, found in groups.items() if name != "schema"
    ]
