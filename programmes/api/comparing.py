"""Parties side by side, one party over two elections, and the years of the archive, as JSON."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, Sum
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from programmes import comparison, statistics
from programmes.api.access import Limited
from programmes.api.errors import MISSING, REFUSED, refuse_unknown
from programmes.api.serializers import PartyInBrief, PlaceInBrief
from programmes.models import Document, Municipality, Party, Pledge
from programmes.records import FIRST_YEAR, LAST_YEAR

PLACE = OpenApiParameter("ort", str, required=True, description="AGS of the place")
ELECTION_YEAR = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
YEAR = OpenApiParameter("jahr", ELECTION_YEAR, required=True, description="Year of the election")


class PledgeInBrief(serializers.Serializer):
    key = serializers.CharField()
    text = serializers.CharField()
    document = serializers.IntegerField()
    url = serializers.CharField()


class CellSerializer(serializers.Serializer):
    party = serializers.CharField(help_text="Slug")
    pledges = PledgeInBrief(many=True)


class RowSerializer(serializers.Serializer):
    topic = serializers.CharField(help_text="Slug")
    parties = CellSerializer(many=True)


class PartiesSerializer(serializers.Serializer):
    municipality = PlaceInBrief()
    year = serializers.IntegerField()
    parties = PartyInBrief(many=True)
    topics = RowSerializer(many=True)


class ChangeSerializer(serializers.Serializer):
    before = PledgeInBrief(allow_null=True)
    after = PledgeInBrief(allow_null=True)
    likeness = serializers.FloatField(help_text="Share of common words (Dice), 0 to 1")


class ElectionsSerializer(serializers.Serializer):
    municipality = PlaceInBrief()
    party = PartyInBrief()
    first = serializers.IntegerField()
    last = serializers.IntegerField()
    measure = serializers.CharField()
    kept = ChangeSerializer(many=True)
    reworded = ChangeSerializer(many=True)
    dropped = ChangeSerializer(many=True)
    new = ChangeSerializer(many=True)


class YearSerializer(serializers.Serializer):
    year = serializers.IntegerField()
    documents = serializers.IntegerField()
    pledges = serializers.IntegerField()


class PartyComparison(Limited, APIView):
    """Topic by party for one place and election, the pledges verbatim."""

    @extend_schema(
        parameters=[
            PLACE,
            YEAR,
            OpenApiParameter("partei", str, many=True, description="Slug; several: only these"),
        ],
        responses={200: PartiesSerializer, **MISSING},
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ("ort", "jahr", "partei"))
        place, year = _place(request), _year(request, "jahr")
        documents = list(_programmes(place).filter(year=year).cards())
        held = statistics.by_party(documents)
        wanted = request.query_params.getlist("partei") or [party.slug for party in held]
        chosen = {party: own for party, own in held.items() if party.slug in wanted}
        topics = [
            {
                "topic": row.topic.slug,
                "parties": [
                    {
                        "party": cell.group.slug,
                        "pledges": [_brief(request, pledge) for pledge in cell.pledges],
                    }
                    for cell in row.cells
                ],
            }
            for row in statistics.matrix(chosen)
            if row.topic
        ]
        answer = {"municipality": place, "year": year, "parties": list(chosen), "topics": topics}
        return Response(PartiesSerializer(answer).data)


class ElectionComparison(Limited, APIView):
    """One party's pledges of two elections in one place: kept, reworded, dropped, new."""

    @extend_schema(
        parameters=[
            PLACE,
            OpenApiParameter("partei", str, required=True, description="Slug of the party"),
            YEAR,
            OpenApiParameter(
                "mit", ELECTION_YEAR, required=True, description="Year of the other election"
            ),
        ],
        responses={200: ElectionsSerializer, **MISSING},
    )
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ("ort", "partei", "jahr", "mit"))
        place = _place(request)
        party = get_object_or_404(Party, slug=_text(request, "partei"))
        first, last = sorted((_year(request, "jahr"), _year(request, "mit")))
        if first == last:
            raise ValidationError({"mit": ["Two different elections are needed."]})
        found = comparison.compare(
            *(
                list(
                    Pledge.objects.published()
                    .filter(document__in=_programmes(place).filter(year=year, parties=party))
                    .order_by("document", "position")
                )
                for year in (first, last)
            )
        )
        answer = {
            "municipality": place,
            "party": party,
            "first": first,
            "last": last,
            "measure": (
                f"Dice of words of four letters and more: kept from {comparison.KEPT}, "
                f"reworded from {comparison.REWORDED}"
            ),
            **{
                name: [_change(request, change) for change in changes]
                for name, changes in (
                    ("kept", found.kept),
                    ("reworded", found.reworded),
                    ("dropped", found.dropped),
                    ("new", found.new),
                )
            },
        }
        return Response(ElectionsSerializer(answer).data)


class Years(Limited, APIView):
    """The years of the archive with the number of documents and pledges, newest first."""

    @extend_schema(responses={200: YearSerializer(many=True), **REFUSED})
    def get(self, request: Request) -> Response:
        refuse_unknown(request, ())
        rows = (
            Document.objects.published()
            .filter(year__isnull=False)
            .values("year")
            .annotate(documents=Count("pk"), pledges=Sum("pledge_count"))
            .order_by("-year")
        )
        return Response(YearSerializer(rows, many=True).data)


def _programmes(place: Municipality) -> Any:
    return place.documents.published().filter(Q(kind=Document.Kind.PROGRAMME), year__isnull=False)


def _place(request: Request) -> Municipality:
    return get_object_or_404(Municipality, pk=_text(request, "ort"))


def _text(request: Request, name: str) -> str:
    value = request.query_params.get(name, "").replace("\x00", "")[:80]
    if not value:
        raise ValidationError({name: ["This parameter is needed."]})
    return value


def _year(request: Request, name: str) -> int:
    value = _text(request, name)
    if not (value.isascii() and value.isdigit() and FIRST_YEAR <= int(value) <= LAST_YEAR):
        raise ValidationError({name: [f"A year from {FIRST_YEAR} to {LAST_YEAR} is needed."]})
    return int(value)


def _brief(request: Request, pledge: Any) -> dict[str, Any] | None:
    if pledge is None:
        return None
    return {
        "key": pledge.key,
        "text": pledge.text,
        "document": pledge.document_id,
        "url": request.build_absolute_uri(pledge.get_absolute_url()),
    }


def _change(request: Request, change: comparison.Change) -> dict[str, Any]:
    return {
        "before": _brief(request, change.before),
        "after": _brief(request, change.after),
        "likeness": change.likeness,
    }
