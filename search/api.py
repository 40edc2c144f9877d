"""The search for programs: what the page finds, as JSON; names and filters are those of the page."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from programmes.api.access import Limited
from programmes.api.errors import PROBLEM, REFUSED, Problem, refuse_unknown
from search import choices
from search.engines.base import EngineUnavailable
from search.forms import LAST_PAGE, ORDERS, PER_PAGE, SearchForm
from search.searching import as_json, search

NAMES = ("q", *choices.PARAMETERS, "sortierung", "page")


class PlaceFound(serializers.Serializer):
    ags = serializers.CharField()
    name = serializers.CharField()


class DocumentFound(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()
    municipalities = PlaceFound(many=True)
    parties = serializers.ListField(child=serializers.CharField())
    year = serializers.IntegerField(allow_null=True)
    kind = serializers.CharField(allow_null=True)


class SectionFound(serializers.Serializer):
    id = serializers.IntegerField()
    title = serializers.CharField()


class HitSerializer(serializers.Serializer):
    unit = serializers.ChoiceField(["pledge", "section", "document"])
    id = serializers.IntegerField()
    key = serializers.CharField(allow_null=True, help_text="Public key of a pledge")
    text = serializers.CharField()
    document = DocumentFound()
    section = SectionFound(allow_null=True)
    score = serializers.FloatField()
    partial = serializers.BooleanField(help_text="Some of the words are missing")
    url = serializers.CharField()


class SearchSerializer(serializers.Serializer):
    query = serializers.CharField()
    total = serializers.IntegerField()
    hits = HitSerializer(many=True)
    facets = serializers.DictField(
        child=serializers.DictField(child=serializers.IntegerField()),
        help_text="Hits by facet and value, each facet without its own filter",
    )
    suggestion = serializers.CharField(allow_null=True)
    corrected = serializers.BooleanField(help_text="The suggestion was searched instead")
    synonyms = serializers.DictField(child=serializers.ListField(child=serializers.CharField()))


class Unavailable(APIException):
    status_code = 503
    default_detail = "The search cannot answer now; please try again in a moment."


class Search(Limited, APIView):
    """Full-text search over pledges, sections and documents; `q` is in the query language of the page."""

    @extend_schema(
        operation_id="search",
        parameters=[
            OpenApiParameter("q", str, description="Words, phrases, fields"),
            *(
                OpenApiParameter(name, str, many=True, description=choices.TITLES[facet])
                for name, facet in choices.PARAMETERS.items()
            ),
            OpenApiParameter("sortierung", str, enum=list(ORDERS)),
            OpenApiParameter("page", OpenApiTypes.INT, description=f"{PER_PAGE} hits a page"),
        ],
        responses={
            200: SearchSerializer,
            **REFUSED,
            (503, PROBLEM): OpenApiResponse(Problem, "The search cannot answer now"),
        },
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, NAMES)
        _refuse_unfit(request)
        try:
            answer = search(SearchForm(request.query_params).asked())
        except EngineUnavailable:
            raise Unavailable from None
        found = as_json(answer)
        for hit in found["hits"]:
            hit["url"] = request.build_absolute_uri(hit["url"])
        return Response(found)


def _refuse_unfit(request: Request) -> None:
    """The page passes over what it does not understand; a program is told."""
    errors = {}
    for name, facet in choices.PARAMETERS.items():
        unknown = [
            value
            for value in request.query_params.getlist(name)
            if not choices.values(facet, [value])
        ]
        if unknown:
            errors[name] = [f"There is nothing that is called {value!r}." for value in unknown]
    order = request.query_params.get("sortierung")
    if order is not None and order not in ORDERS:
        errors["sortierung"] = [f"One of {', '.join(ORDERS)}."]
    page = request.query_params.get("page")
    if page is not None and not (
        page.isascii() and page.isdigit() and 1 <= int(page[:9]) <= LAST_PAGE
    ):
        errors["page"] = [f"A number from 1 to {LAST_PAGE}."]
    if errors:
        raise ValidationError(errors)
