"""What went wrong, as problem+json (RFC 9457), and parameters that mean nothing."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import serializers
from rest_framework.exceptions import APIException, Throttled, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """What went wrong, as RFC 9457 has it; `errors` names the parameters that were not understood."""
    response = exception_handler(error, context)
    if response is None:
        return None
    errors = None
    if isinstance(error, Http404):
        detail = _("Das gibt es hier nicht.")
    elif isinstance(error, Throttled):
        detail = _("Zu viele Anfragen; bitte später wieder.")
    elif isinstance(error, ValidationError) and isinstance(error.detail, dict):
        errors = {name: [str(one) for one in said] for name, said in error.detail.items()}
        detail = "; ".join(f"{name}: {' '.join(said)}" for name, said in errors.items())
    else:
        detail = str(error.detail) if isinstance(error, APIException) else str(error)
    response.data = {
        "type": "about:blank",
        "title": HTTPStatus(response.status_code).phrase,
        "status": response.status_code,
        "detail": detail,
    }
    if errors:
        response.data["errors"] = errors
    response.content_type = PROBLEM
    return response


class Problem(serializers.Serializer):
    """An error (RFC 9457), sent as application/problem+json."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    errors = serializers.DictField(child=serializers.ListField(), required=False)


REFUSED = {
    (400, PROBLEM): OpenApiResponse(Problem, "A parameter was not understood"),
    (429, PROBLEM): OpenApiResponse(Problem, "Too many requests; see Retry-After"),
}
MISSING = {(404, PROBLEM): OpenApiResponse(Problem, "There is no such thing"), **REFUSED}


def refuse_unknown(request: Request, known: Iterable[str]) -> None:
    """A mistyped parameter is told, not passed over."""
    known = sorted(known)
    unknown = [name for name in request.query_params if name not in known]
    if unknown:
        said = _("Diesen Parameter gibt es nicht; bekannt sind: %s.") % ", ".join(known)
        raise ValidationError({name: [said] for name in unknown})


def nothing(request: HttpRequest) -> HttpResponse:
    """An address of the API that does not exist."""
    return JsonResponse(
        {
            "type": "about:blank",
            "title": HTTPStatus.NOT_FOUND.phrase,
            "status": 404,
            "detail": _("Das gibt es hier nicht; %s nennt, was es gibt.") % reverse("api:overview"),
        },
        status=404,
        content_type=PROBLEM,
    )
