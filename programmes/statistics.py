"""Numbers for pages: what the archive holds, by topic, party, place and year, each in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet, Sum

from programmes.models import Document, DocumentTopic, Municipality, Party, Pledge, Topic


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for, its number, and its length from 0 to 100."""

    label: str
    value: float
    share: float
    address: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Election:
    """A year of a place: the documents of each party, and those without a party."""

    year: int | None
    by_party: dict[Party, list[Document]]
    without: list[Document]


def holdings() -> dict[str, int]:
    published = Document.objects.published()
    return {
        "documents": published.count(),
        "pledges": published.aggregate(n=Sum("pledge_count"))["n"] or 0,
        "places": Municipality.objects.filter(documents__status="published").distinct().count(),
        "parties": Party.objects.filter(documents__status="published").distinct().count(),
    }


def bars(pairs: Sequence[tuple[str, float, str]], note: str = "") -> list[Bar]:
    """Bars as long as their share of the longest one."""
    most = max((value for _, value, _ in pairs), default=0) or 1
    return [
        Bar(label, value, round(100 * value / most, 1), address, note)
        for label, value, address in pairs
    ]


def topic_bars(documents: QuerySet, address: str = "") -> list[Bar]:
    """How many pledges of these documents each topic has, most first."""
    counted = dict(
        DocumentTopic.objects.filter(document__in=documents)
        .values_list("topic")
        .annotate(n=Sum("pledges"))
        .values_list("topic", "n")
    )
    topics = [topic for topic in Topic.objects.all() if counted.get(topic.pk)]
    topics.sort(key=lambda topic: -counted[topic.pk])
    return bars(
        [
            (
                topic.label,
                counted[topic.pk],
                f"{address}{topic.slug}" if address else topic.get_absolute_url(),
            )
            for topic in topics
        ]
    )


def profile(documents: QuerySet, against: QuerySet) -> list[dict[str, Any]]:
    """Each topic's share of the pledges of `documents` beside its share of those of `against`, in per cent."""
    own, others = _shares(documents), _shares(against)
    rows: list[dict[str, Any]] = [
        {"topic": topic, "own": own.get(topic.pk, 0.0), "others": others.get(topic.pk, 0.0)}
        for topic in Topic.objects.all()
        if own.get(topic.pk) or others.get(topic.pk)
    ]
    most = max((max(row["own"], row["others"]) for row in rows), default=1) or 1
    for row in rows:
        row["own_length"], row["others_length"] = (
            round(100 * row["own"] / most, 1),
            round(100 * row["others"] / most, 1),
        )
    return sorted(rows, key=lambda row: -row["own"])


def year_bars(topic: Topic) -> list[Bar]:
    """The topic's share of all pledges in each year, in per cent."""
    everything = dict(
        DocumentTopic.objects.filter(document__status="published", document__year__isnull=False)
        .values_list("document__year")
        .annotate(n=Sum("pledges"))
        .values_list("document__year", "n")
    )
    own = dict(
        DocumentTopic.objects.filter(
            document__status="published", topic=topic, document__year__isnull=False
        )
        .values_list("document__year")
        .annotate(n=Sum("pledges"))
        .values_list("document__year", "n")
    )
    return bars(
        [
            (str(year), round(100 * own.get(year, 0) / total, 1), "")
            for year, total in sorted(everything.items())
            if total
        ]
    )


def elections(place: Municipality) -> list[Election]:
    """The programmes of a place by year, newest first; a year that nothing says comes last."""
    by_year: dict[int | None, list[Document]] = defaultdict(list)
    for document in (
        place.documents.published().filter(kind=Document.Kind.PROGRAMME).cards().order_by("pk")
    ):
        by_year[document.year].append(document)
    found = []
    for year in sorted(by_year, key=lambda year: -(year or 0)):
        by_party: dict[Party, list[Document]] = defaultdict(list)
        without = []
        for document in by_year[year]:
            parties = list(document.parties.all())
            for party in parties:
                by_party[party].append(document)
            if not parties:
                without.append(document)
        ordered = dict(
            sorted(by_party.items(), key=lambda pair: (pair[0].position, pair[0].short_name))
        )
        found.append(Election(year, ordered, without))
    return found


def matrix(documents: Sequence[Document]) -> tuple[list[Party], list[dict[str, Any]]]:
    """Topic × party: the pledges in each cell, verbatim. A joint programme counts for each of its parties."""
    owners = {document.pk: list(document.parties.all()) for document in documents}
    parties = sorted(
        {party for found in owners.values() for party in found},
        key=lambda party: (party.position, party.short_name),
    )
    cells: dict[tuple[int, int], list[Pledge]] = defaultdict(list)
    pledges = (
        Pledge.objects.published()
        .filter(document__in=documents)
        .cards()
        .order_by("document", "position")
    )
    for pledge in pledges:
        topics = pledge.ranked_topics
        if topics:
            for party in owners[pledge.document_id]:
                cells[topics[0].pk, party.pk].append(pledge)
    rows = []
    for topic in Topic.objects.all():
        row = [
            {"party": party, "pledges": cells.get((topic.pk, party.pk), [])} for party in parties
        ]
        if any(cell["pledges"] for cell in row):
            rows.append({"topic": topic, "cells": row})
    return parties, rows


def counted(model: Any, relation: str = "documents") -> QuerySet:
    """Places or parties with the number of their published documents, those with none left out."""
    from django.db.models import Q

    return model.objects.annotate(
        document_count=Count(
            relation, filter=Q(**{f"{relation}__status": "published"}), distinct=True
        )
    ).filter(document_count__gt=0)


def _shares(documents: QuerySet) -> dict[int, float]:
    counted = dict(
        DocumentTopic.objects.filter(document__in=documents)
        .values_list("topic")
        .annotate(n=Sum("pledges"))
        .values_list("topic", "n")
    )
    total = sum(counted.values()) or 1
    return {topic: round(100 * number / total, 1) for topic, number in counted.items()}
