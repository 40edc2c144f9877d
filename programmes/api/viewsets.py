"""The lists: filters are the FilterSets of the pages, names and addresses theirs too."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django_filters import ChoiceFilter
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import viewsets

from programmes.api.access import Filters, Limited, Pages
from programmes.api.errors import MISSING
from programmes.api.serializers import (
    DocumentSerializer,
    MunicipalitySerializer,
    PartySerializer,
    PledgeSerializer,
    SectionSerializer,
    TopicSerializer,
)
from programmes.filters import DocumentFilter, MunicipalityFilter, PledgeFilter, SectionFilter
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic


class Reading(Limited, viewsets.ReadOnlyModelViewSet):
    pagination_class = Pages
    filter_backends = (Filters,)


def documented(viewset: type[Reading]) -> type[Reading]:
    """Puts the errors of a list and of a single thing into the API's description."""
    rows = viewset.serializer_class
    return extend_schema_view(
        list=extend_schema(responses={200: rows(many=True), **MISSING}),
        retrieve=extend_schema(responses={200: rows, **MISSING}),
    )(viewset)


@documented
class MunicipalityViewSet(Reading):
    """Places by their official key (AGS)."""

    queryset = Municipality.objects.all()
    serializer_class = MunicipalitySerializer
    filterset_class = MunicipalityFilter
    lookup_value_regex = r"\d{2,8}"


@documented
class PartyViewSet(Reading):
    """Parties and local lists."""

    queryset = Party.objects.all()
    serializer_class = PartySerializer
    lookup_field = "slug"


@documented
class TopicViewSet(Reading):
    """The topics, what belongs to them and what speaks for them."""

    queryset = Topic.objects.all()
    serializer_class = TopicSerializer
    lookup_field = "slug"


class UnsortedDocumentFilter(DocumentFilter):
    sortierung = None  # pages of the API come by number


@documented
class DocumentViewSet(Reading):
    """Published documents."""

    queryset = Document.objects.published().cards()
    serializer_class = DocumentSerializer
    filterset_class = UnsortedDocumentFilter
    lookup_value_regex = r"\d{1,18}"


@documented
class SectionViewSet(Reading):
    """Sections of published documents, in reading order."""

    queryset = Section.objects.published().select_related("document", "parent")
    serializer_class = SectionSerializer
    filterset_class = SectionFilter
    lookup_value_regex = r"\d{1,18}"


class ListedPledgeFilter(PledgeFilter):
    """With the two lists of `/faellig/`: pledges that name a year, and pledges that can be counted."""

    ansicht = ChoiceFilter(
        label=_("Nur mit Zieljahr oder nur mit Zahlen"),
        choices=[("zieljahr", _("mit Zieljahr")), ("zahlen", _("mit Zahlen"))],
        method="listed",
    )

    def listed(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return (
            queryset.exclude(quantities=[])
            if value == "zahlen"
            else queryset.filter(due__isnull=False)
        )


@documented
class PledgeViewSet(Reading):
    """Standing pledges of published documents."""

    queryset = Pledge.objects.published().cards()
    serializer_class = PledgeSerializer
    filterset_class = ListedPledgeFilter
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
