"""What one can ask of the archive, as verbs that chain."""

from __future__ import annotations

from django.db import models
from django.db.models import Prefetch


class DocumentQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status="published")

    def cards(self):
        """Everything a list card shows, in a constant number of queries."""
        return self.prefetch_related("municipalities", "parties").defer("text", "report")

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
        return self.standing().filter(document__status="published")

    def cards(self):
        """Everything a pledge card shows, in a constant number of queries."""
        from programmes.models import Document, PledgeTopic

        return self.select_related("section").prefetch_related(
            Prefetch("document", Document.objects.cards()),
            Prefetch("pledgetopic_set", PledgeTopic.objects.select_related("topic")),
        )
