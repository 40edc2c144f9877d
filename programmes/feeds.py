"""Atom feeds: what is new in the archive, in a place, of a party, on a topic, in a list of documents.

An entry is a document; its id is its address without the words of the title, so that it survives a new title.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.filters import DocumentFilter
from programmes.models import Document, Municipality, Party, Pledge, Topic
from programmes.querysets import DocumentQuerySet, PledgeQuerySet
from programmes.rendering import plain

NEWEST = 50
FIRST_PLEDGES = 5
# XML 1.0 has no place for these, and a text may hold any.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class Steady(Atom1Feed):
    """An empty feed says a fixed day: with the hour of every reading it would look new each time."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime(2020, 1, 1, tzinfo=UTC)


class Documents(Feed):
    """The newest documents of `chosen`; each subclass says which and what they are called."""

    feed_type = Steady

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.address = request.build_absolute_uri
        self.path = request.get_full_path()
        return None

    def chosen(self, thing: Any) -> DocumentQuerySet:
        return Document.objects.published()

    def pledges(self, thing: Any) -> PledgeQuerySet:
        return Pledge.objects.published()

    def title(self, thing: Any) -> str:
        return _("Versprochen: neue Dokumente")

    def link(self, thing: Any) -> str:
        return thing.get_absolute_url() if thing else reverse("programmes:documents")

    def feed_url(self, thing: Any) -> str:
        return self.path

    def feed_guid(self, thing: Any) -> str:
        return self.address(self.path)

    def items(self, thing: Any) -> list[tuple[Document, list[Pledge]]]:
        documents = list(self.chosen(thing).cards().order_by("-created", "-pk")[:NEWEST])
        first: dict[int, list[Pledge]] = {document.pk: [] for document in documents}
        rows = self.pledges(thing).filter(document__in=first).order_by("document", "position")
        for pledge in rows.only("document", "text", "position").iterator():
            if len(first[pledge.document_id]) < FIRST_PLEDGES:
                first[pledge.document_id].append(pledge)
        return [(document, first[document.pk]) for document in documents]

    def item_title(self, item: tuple[Document, list[Pledge]]) -> str:
        document = item[0]
        who = ", ".join(party.short_name for party in document.parties.all()) or document.publisher
        where = ", ".join(place.name for place in document.municipalities.all())
        return clean(
            " – ".join(filter(None, [document.title, who, where, str(document.year or "")]))
        )

    def item_description(self, item: tuple[Document, list[Pledge]]) -> SafeString:
        """HTML, escaped: how many pledges, and the first of them."""
        document, pledges = item
        count = ngettext("%d Versprechen", "%d Versprechen", document.pledge_count)
        return format_html(
            "<p>{}</p><ul>{}</ul>",
            count % document.pledge_count,
            format_html_join(
                "", "<li>{}</li>", ((clean(plain(pledge.text)),) for pledge in pledges)
            ),
        )

    def item_link(self, item: tuple[Document, list[Pledge]]) -> str:
        return item[0].get_absolute_url()

    def item_guid(self, item: tuple[Document, list[Pledge]]) -> str:
        return self.address(f"{reverse('programmes:documents')}{item[0].pk}/")

    def item_pubdate(self, item: tuple[Document, list[Pledge]]) -> datetime:
        return item[0].created

    def item_updateddate(self, item: tuple[Document, list[Pledge]]) -> datetime:
        return item[0].changed

    def item_author_name(self, item: tuple[Document, list[Pledge]]) -> str:
        return clean(
            ", ".join(party.name for party in item[0].parties.all())
            or item[0].publisher
            or _("unbekannt")
        )

    def item_categories(self, item: tuple[Document, list[Pledge]]) -> list[str]:
        return [clean(place.name) for place in item[0].municipalities.all()]


class List(Documents):
    """The document list with its filters."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        super().get_object(request)
        self.filtered = DocumentFilter(request.GET, queryset=Document.objects.published())

    def chosen(self, thing: Any) -> DocumentQuerySet:
        found: DocumentQuerySet = self.filtered.qs  # type: ignore[assignment]
        return found


class OfPlace(Documents):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Municipality:
        super().get_object(request)
        return get_object_or_404(Municipality, pk=kwargs["ags"])

    def chosen(self, thing: Municipality) -> DocumentQuerySet:
        return Document.objects.published().filter(municipalities=thing)

    def title(self, thing: Municipality) -> str:
        return _("Versprochen: Neues aus %s") % thing.name


class OfParty(Documents):
    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Party:
        super().get_object(request)
        return get_object_or_404(Party, slug=kwargs["slug"])

    def chosen(self, thing: Party) -> DocumentQuerySet:
        return Document.objects.published().filter(parties=thing)

    def title(self, thing: Party) -> str:
        return _("Versprochen: Neues von %s") % thing.short_name


class OnTopic(Documents):
    """Documents with a pledge on the topic; the pledges shown are those on it."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Topic:
        super().get_object(request)
        return get_object_or_404(Topic, slug=kwargs["slug"])

    def chosen(self, thing: Topic) -> DocumentQuerySet:
        return Document.objects.published().filter(topic_counts__topic=thing)

    def pledges(self, thing: Topic) -> PledgeQuerySet:
        return super().pledges(thing).filter(topics=thing)

    def title(self, thing: Topic) -> str:
        return _("Versprochen: Neues zu %s") % thing.label


def clean(text: str) -> str:
    """The text without the characters that no XML document may hold."""
    return UNFIT.sub("", text)
