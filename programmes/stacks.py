"""The pledges of a topic, document by document: counted and paged by what is kept of each document."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from programmes import known
from programmes.models import Pledge, Topic


class OfTopic:
    """A list for a paginator: a page reads no more documents than it can have pledges before its end.

    The newest documents come first, their pledges in reading order. `documents` are those that count; `total` is
    how many pledges they have of the topic, where that is known.
    """

    def __init__(self, topic: Topic, documents: Any, total: int | None = None) -> None:
        self._topic = topic
        self._documents = documents.filter(topic_counts__topic=topic)
        self._total = total

    def __len__(self) -> int:
        if self._total is None:
            counted = self._documents.order_by().aggregate(n=Sum("topic_counts__pledges"))
            self._total = counted["n"] or 0
        return self._total

    def __getitem__(self, part: slice) -> list[Pledge]:
        begin, end, _ = part.indices(len(self))
        touched, passed, before = [], 0, 0
        for document, pledges in (
            self._documents.filter(topic_counts__pledges__gt=0)
            .newest()
            .values_list("pk", "topic_counts__pledges")[:end]
        ):
            if passed + pledges > begin and passed < end:
                touched.append(document)
            elif not touched:
                before = passed + pledges
            passed += pledges
            if passed >= end:
                break
        if not touched:
            return []
        found = (
            Pledge.objects.standing()
            .filter(document__in=touched, topics=self._topic)
            .order_by("-document__year", "-document__date", "-document_id", "position")
        )
        return known.Listed(found)[begin - before : end - before]
