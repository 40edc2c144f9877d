"""What one can ask of the archive, as verbs that chain."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any

from django.db import connection, models

# What no list shows, and takes long to read.
LONG = ("text", "report", "fingerprint", "decided", "former_anchors")
WORDS_OF_TOPICS = ("indicators", "supplied", "marpor", "definition")

WRITERS = 1871  # the number of the lock that all who write ask for

# How rights begin that let a text be read here but not be handed on as data.
RESTRICTED = ("gesperrt", "nur lesen", "nur zum lesen", "alle rechte", "all rights", "restricted")


def _is_restricted() -> models.Q:
    return reduce(or_, (models.Q(rights__istartswith=words) for words in RESTRICTED))


def alone() -> None:
    """Until the transaction ends nobody else changes documents, or the sums and notes that follow from them.

    To be asked for before any row is locked: of two who ask for it while each holds a row that the other wants,
    PostgreSQL ends one. In SQLite every transaction that writes is alone anyway (BEGIN IMMEDIATE).
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, 0)", [WRITERS])


class DocumentQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status="published")

    def locked(self):
        """To be changed: nobody else changes them until the transaction ends."""
        alone()
        return self.select_for_update()

    def restricted(self):
        """Whose rights forbid to hand on the text."""
        return self.filter(_is_restricted())

    def shareable(self):
        """Published, and free to be handed on as data."""
        return self.published().exclude(_is_restricted())

    def cards(self):
        """Everything a list card shows, in a constant number of queries."""
        return self.prefetch_related(*_who_and_where(self.model)).defer(*LONG)

    def newest(self):
        return self.order_by("-year", "-date", "-pk")


class SectionQuerySet(models.QuerySet):
    def published(self):
        return self.filter(document__status="published")


class PledgeQuerySet(models.QuerySet):
    def standing(self):
        """All but those that a person rejected."""
        return self.exclude(decision="rejected")

    def published(self):
        """Told by the few documents that are not, so that the pledges can be walked in the order of an index."""
        documents: DocumentQuerySet = self.model.document.get_queryset()  # type: ignore[attr-defined]
        return self.standing().exclude(document__in=documents.exclude(status="published"))

    def cards(self):
        """Everything a pledge card shows, in a constant number of queries."""
        document, topic = self.model.document.field.related_model, self.model.topics.rel.model  # type: ignore[attr-defined]
        return (
            self.select_related("section", "document")
            .prefetch_related(
                *_who_and_where(document, "document__"),
                models.Prefetch("pledgetopic_set__topic", topic.objects.defer(*WORDS_OF_TOPICS)),
            )
            .defer(*(f"document__{name}" for name in LONG), "section__text")
        )


def _who_and_where(document: Any, before: str = "") -> list[models.Prefetch]:
    """The places and parties of documents, without their other names, which have to be decoded and no list shows."""
    return [
        models.Prefetch(
            f"{before}{name}",
            getattr(document, name).rel.model.objects.defer("aliases"),
        )
        for name in ("municipalities", "parties")
    ]
