"""The pledges of a topic, document by document: counted and paged by what is kept of each document."""

from __future__ import annotations

from itertools import accumulate

from django.db.models import QuerySet

from programmes.models import DocumentTopic, Pledge, Topic


class OfTopic:
    """A list for a paginator: a page costs two queries however many pledges the topic has.

    The newest documents come first, their pledges in reading order. `documents` are those that count.
    """

    def __init__(self, topic: Topic, documents: QuerySet) -> None:
        self._topic = topic
        held = list(
            DocumentTopic.objects.filter(topic=topic, document__in=documents)
            .order_by("-document__year", "-document_id")
            .values_list("document", "pledges")
        )
        self._documents = [document for document, _ in held]
        self._ends = list(accumulate(pledges for _, pledges in held))

    def __len__(self) -> int:
        return self._ends[-1] if self._ends else 0

    def __getitem__(self, part: slice) -> list[Pledge]:
        begin, end, _ = part.indices(len(self))
        touched = [
            at
            for at, last in enumerate(self._ends)
            if last > begin and (self._ends[at - 1] if at else 0) < end
        ]
        if not touched:
            return []
        before = self._ends[touched[0] - 1] if touched[0] else 0
        pledges = (
            Pledge.objects.standing()
            .filter(document__in=[self._documents[at] for at in touched], topics=self._topic)
            .cards()
            .order_by("-document__year", "-document_id", "position")
        )
        return list(pledges[begin - before : end - before])
