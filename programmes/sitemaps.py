"""What search engines may visit, with the day it last changed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.sitemaps import Sitemap
from django.db.models import Max, QuerySet
from django.urls import reverse

from programmes.models import Document, Municipality, Party, Pledge, Topic

PAGES = (
    "home",
    "municipalities",
    "parties",
    "years",
    "topics",
    "documents",
    "compare",
    "due",
    "data",
)


class Pages(Sitemap):
    def items(self) -> list[str]:
        return list(PAGES)

    def location(self, item: str) -> str:
        return reverse(f"programmes:{item}")


class Documents(Sitemap):
    limit = 10_000

    def items(self) -> QuerySet[Document]:
        return Document.objects.published().only("pk", "slug", "changed").order_by("pk")

    def lastmod(self, item: Document) -> datetime:
        return item.changed


class Pledges(Sitemap):
    limit = 10_000

    def items(self) -> QuerySet[Pledge]:
        return (
            Pledge.objects.published()
            .select_related("document")
            .only("key", "document__changed")
            .order_by("pk")
        )

    def lastmod(self, item: Pledge) -> datetime:
        return item.document.changed


class WithDocuments(Sitemap):
    """Places, parties or topics that the archive holds something of."""

    limit = 10_000
    model: Any
    relation = "documents"

    def items(self) -> QuerySet[Any]:
        return (
            self.model.objects.filter(**{f"{self.relation}__status": "published"})
            .annotate(last=Max(f"{self.relation}__changed"))
            .order_by("pk")
        )

    def lastmod(self, item: Any) -> datetime:
        return item.last


class Places(WithDocuments):
    model = Municipality


class Parties(WithDocuments):
    model = Party


class Topics(WithDocuments):
    model = Topic
    relation = "document_counts__document"


SITEMAPS = {
    "pages": Pages,
    "places": Places,
    "parties": Parties,
    "topics": Topics,
    "documents": Documents,
    "pledges": Pledges,
}
