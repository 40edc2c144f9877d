"""Which documents hold the same text: another format of it, another edition, a near copy?

A near copy names one earlier document as its twin; those that hang together by such names are a group. Nothing
is dropped: which of a group is shown, a person decides.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from programmes.ingest.fingerprint import resemblance
from programmes.models import Document


@dataclass(frozen=True, slots=True)
class Copy:
    """A document of a group; `likeness` is its resemblance to the one asked about or the oldest, 0 to 1."""

    document: Document
    likeness: float

    @property
    def percent(self) -> int:
        return round(100 * self.likeness)


def of(document: Document, among: QuerySet[Document]) -> list[Copy]:
    """The other documents of its group that are `among`, the most alike first; no query for one `with_copies`
    that has none, three at most for any."""
    copied = getattr(document, "copied", None)
    if document.twin_of_id is None and not (document.twins.exists() if copied is None else copied):
        return []
    members = next((group for group in _groups() if document.pk in group), [])
    others = among.filter(pk__in=set(members) - {document.pk}).defer("text", "report")
    copies = [
        Copy(other, resemblance(bytes(document.fingerprint), bytes(other.fingerprint)))
        for other in others
    ]
    return sorted(copies, key=lambda copy: (-copy.likeness, copy.document.pk))


def with_copies(documents: QuerySet[Document]) -> QuerySet[Document]:
    """The same documents, each knowing whether another one names it as its twin."""
    return documents.annotate(copied=Exists(Document.objects.filter(twin_of=OuterRef("pk"))))


def groups(among: QuerySet[Document]) -> list[list[Copy]]:
    """Every group of which at least two are `among`, the newest group first; the oldest document leads each."""
    found = _groups()
    documents = {
        document.pk: document
        for document in among.filter(pk__in=[pk for group in found for pk in group])
        .prefetch_related("municipalities", "parties")
        .defer("text", "report")
    }
    listed = []
    for group in found:
        present = [documents[pk] for pk in sorted(group) if pk in documents]
        if len(present) > 1:
            first = bytes(present[0].fingerprint)
            listed.append(
                [Copy(one, resemblance(first, bytes(one.fingerprint))) for one in present]
            )
    return sorted(listed, key=lambda group: -max(copy.document.pk for copy in group))


def _groups() -> list[list[int]]:
    """Keys of documents that hang together by the twins they name."""
    leader: dict[int, int] = {}

    def led_by(pk: int) -> int:
        while leader.setdefault(pk, pk) != pk:
            leader[pk] = leader[leader[pk]]
            pk = leader[pk]
        return pk

    links = Document.objects.filter(twin_of__isnull=False).values_list("pk", "twin_of")
    for one, other in links:
        if other is not None:
            leader[led_by(one)] = led_by(other)
    members: dict[int, list[int]] = defaultdict(list)
    for pk in leader:
        members[led_by(pk)].append(pk)
    return list(members.values())
