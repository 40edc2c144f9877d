"""The archive for programs: every list and every thing its pages show, read-only, as JSON.

Filters are the FilterSets of the pages, names and addresses theirs too. Errors are problem+json (RFC 9457).
"""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import APIException, Throttled
from rest_framework.pagination import CursorPagination
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import exception_handler

from programmes.filters import DocumentFilter, MunicipalityFilter, PledgeFilter
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic

DCAT = "http://dcat-ap.de/def/politicalGeocoding/"


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


class Problem(JSONRenderer):
    media_type = "application/problem+json"


def problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """What went wrong, as RFC 9457 has it."""
    response = exception_handler(error, context)
    if response is None:
        return None
    if isinstance(error, Http404):
        detail = _("Das gibt es hier nicht.")
    elif isinstance(error, Throttled):
        detail = _("Zu viele Anfragen; bitte später wieder.")
    else:
        detail = str(error.detail) if isinstance(error, APIException) else str(error)
    response.data = {
        "type": "about:blank",
        "title": response.status_text,
        "status": response.status_code,
        "detail": detail,
    }
    response.content_type = Problem.media_type
    return response


class Linked(serializers.ModelSerializer):
    """A thing with the address of its page."""

    url = serializers.SerializerMethodField(help_text="Address of its page")

    @extend_schema_field({"type": "string", "format": "uri"})
    def get_url(self, thing: Any) -> str:
        address = thing.get_absolute_url()
        request = self.context.get("request")
        return request.build_absolute_uri(address) if request else address


class MunicipalitySerializer(Linked):
    dcat = serializers.SerializerMethodField(help_text="Address of the place in DCAT-AP.de")

    class Meta:
        model = Municipality
        fields = (
            "ags",
            "name",
            "kind",
            "aliases",
            "population",
            "latitude",
            "longitude",
            "dcat",
            "invented",
            "url",
        )

    def get_dcat(self, place: Municipality) -> str:
        return dcat(place.ags)


class PartySerializer(Linked):
    class Meta:
        model = Party
        fields = (
            "slug",
            "short_name",
            "name",
            "aliases",
            "colour",
            "municipality",
            "wikidata",
            "parlgov",
            "invented",
            "url",
        )


class TopicSerializer(Linked):
    indicators = serializers.ListField(child=serializers.CharField())
    marpor = serializers.ListField(child=serializers.CharField())

    class Meta:
        model = Topic
        fields = (
            "slug",
            "label_de",
            "label_en",
            "definition",
            "indicators",
            "marpor",
            "cap",
            "url",
        )


class PlaceInBrief(serializers.ModelSerializer):
    class Meta:
        model = Municipality
        fields = ("ags", "name")


class PartyInBrief(serializers.ModelSerializer):
    class Meta:
        model = Party
        fields = ("slug", "short_name")


class DocumentSerializer(Linked):
    municipalities = PlaceInBrief(many=True)
    parties = PartyInBrief(many=True)

    class Meta:
        model = Document
        fields = (
            "id",
            "title",
            "kind",
            "municipalities",
            "parties",
            "publisher",
            "year",
            "date",
            "scope",
            "language",
            "source_url",
            "retrieved_on",
            "rights",
            "original_name",
            "sha256",
            "media_type",
            "pledge_count",
            "invented",
            "url",
        )


class SectionSerializer(Linked):
    parent = serializers.IntegerField(
        source="parent.position",
        allow_null=True,
        default=None,
        help_text="Position of the section above",
    )

    class Meta:
        model = Section
        fields = (
            "id",
            "document",
            "position",
            "parent",
            "level",
            "title",
            "anchor",
            "page",
            "text",
            "url",
        )


class PledgeSerializer(Linked):
    section = serializers.IntegerField(
        source="section.position", help_text="Position of its section in the document"
    )
    section_title = serializers.CharField(source="section.title")
    topics = serializers.SerializerMethodField(help_text="Slugs, the main topic first")
    marpor = serializers.SerializerMethodField(help_text="MARPOR category of each topic")
    years = serializers.ListField(child=serializers.IntegerField(), help_text="Target years")
    quantities = serializers.ListField(
        child=serializers.DictField(), help_text="Numbers it can be held to"
    )

    class Meta:
        model = Pledge
        fields = (
            "key",
            "document",
            "section",
            "section_title",
            "position",
            "text",
            "start",
            "end",
            "page",
            "specificity",
            "topics",
            "marpor",
            "years",
            "quantities",
            "cue",
            "decision",
            "url",
        )

    def get_topics(self, pledge: Pledge) -> list[str]:
        return [topic.slug for topic in pledge.ranked_topics]

    def get_marpor(self, pledge: Pledge) -> list[str]:
        return [topic.marpor[0] for topic in pledge.ranked_topics if topic.marpor]


class Reading(viewsets.ReadOnlyModelViewSet):
    pagination_class = Pages


class MunicipalityViewSet(Reading):
    """Places by their official key (AGS)."""

    queryset = Municipality.objects.all()
    serializer_class = MunicipalitySerializer
    filterset_class = MunicipalityFilter
    lookup_value_regex = r"\d{2,8}"


class PartyViewSet(Reading):
    """Parties and local lists."""

    queryset = Party.objects.all()
    serializer_class = PartySerializer
    lookup_field = "slug"


class TopicViewSet(Reading):
    """The topics, what belongs to them and what speaks for them."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"


class DocumentViewSet(Reading):
    """Published documents."""

    queryset = Document.objects.published().cards()
    serializer_class = DocumentSerializer
    filterset_class = DocumentFilter
    lookup_value_regex = r"\d{1,18}"


class SectionViewSet(Reading):
    """Sections of published documents, in reading order."""

    queryset = Section.objects.published().select_related("document", "parent")
    serializer_class = SectionSerializer
    filterset_fields = ("document", "level")
    lookup_value_regex = r"\d{1,18}"


class PledgeViewSet(Reading):
    """Standing pledges of published documents."""

    queryset = Pledge.objects.published().cards()
    serializer_class = PledgeSerializer
    filterset_class = PledgeFilter
    lookup_field = "key"
    lookup_value_regex = r"[a-z0-9]{1,16}"


VIEWSETS = {
    "municipalities": MunicipalityViewSet,
    "parties": PartyViewSet,
    "topics": TopicViewSet,
    "documents": DocumentViewSet,
    "sections": SectionViewSet,
    "pledges": PledgeViewSet,
}


def dcat(ags: str) -> str:
    """The address of a place in DCAT-AP.de's political geocoding; empty for what it does not name."""
    level = {2: "stateKey", 5: "districtKey", 8: "municipalityKey"}.get(len(ags))
    return f"{DCAT}{level}/{ags}" if level else ""
