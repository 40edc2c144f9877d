"""How a place, a party, a topic, a document, a section and a pledge are written as JSON."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programmes.exports import dcat
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic


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
