"""How many documents and pledges are published, of each topic, party, place and year: kept, not counted.

A page that shows such a number would otherwise count the whole archive anew after every change of one document.
What a document is counted with is kept beside the sums, so that a change costs what its document holds and no
more. Everything happens in the transaction of the change; `recount` counts all anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db import connections, router, transaction
from django.db.models import Count, QuerySet
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver

from programmes.models import (
    Document,
    DocumentTopic,
    Municipality,
    Party,
    Pledge,
    PledgeTopic,
    Section,
)
from programmes.querysets import alone
from programmes.standing import Tallied, Tally

# What a document does not say: a group like others.
NOWHERE, NOBODY = "no place", "no party"
MEASURES = ("documents", "pledges", "sections", "countable")
GROUP = ("kind", "topic", "party", "place", "year")
TOGETHER = 500  # documents counted at once


class Group(NamedTuple):
    kind: str
    topic: int = 0
    party: int = 0
    place: str = ""
    year: int = 0


Shares = dict[Group, tuple[int, ...]]  # the measures of each group


def of(kind: str, **fixed: Any) -> QuerySet[Tally]:
    """The groups of this kind that hold anything."""
    return Tally.objects.filter(kind=kind, **fixed).exclude(documents=0)


def count(document: int) -> None:
    """Bring the sums up to date with a document as it stands now, or does not stand any more."""
    with transaction.atomic():
        published = Document.objects.published().filter(pk=document)
        kept = Tallied.objects.filter(pk=document)
        if not published.exists() and not kept.exists():
            return
        alone()
        before = next((_read(one.shares) for one in kept), {})
        now = next((shares for _, shares in _shares(published)), {})
        if now == before:
            return
        _add(_difference(before, now))
        if now:
            Tallied.objects.update_or_create(pk=document, defaults={"shares": _plain(now)})
        else:
            kept.delete()


def recount() -> None:
    """Count everything anew."""
    with transaction.atomic():
        alone()
        Tallied.objects.all().delete()
        Tally.objects.all().delete()
        sums: dict[Group, list[int]] = defaultdict(lambda: [0] * len(MEASURES))
        for together in _pieces(Document.objects.published().order_by("pk")):
            rows = []
            for document, shares in together:
                rows.append(Tallied(document=document, shares=_plain(shares)))
                for group, measures in shares.items():
                    for at, number in enumerate(measures):
                        sums[group][at] += number
            Tallied.objects.bulk_create(rows)
        Tally.objects.bulk_create(
            (
                Tally(**group._asdict(), **dict(zip(MEASURES, measures, strict=True)))
                for group, measures in sums.items()
            ),
            batch_size=1000,
        )


def recount_if_new(using: str, **_: Any) -> None:
    """After each migration: an archive that was never counted is."""
    if Tally._meta.db_table not in connections[using].introspection.table_names():
        return
    if using == "default" and not Tally.objects.exists():
        recount()


def _pieces(documents: QuerySet) -> Iterator[list[tuple[int, Shares]]]:
    last = 0
    while True:
        piece = _shares(documents.filter(pk__gt=last), TOGETHER)
        if not piece:
            return
        yield piece
        last = piece[-1][0]


def _shares(documents: QuerySet, most: int = 1) -> list[tuple[int, Shares]]:
    """What each of the first documents is counted with, in a constant number of queries."""
    rows = list(documents.values_list("pk", "year", "pledge_count", "publisher", "kind")[:most])
    numbers = [row[0] for row in rows]
    places = _by_document(
        Document.municipalities.through.objects.filter(document__in=numbers), "municipality"
    )
    parties = _by_document(Document.parties.through.objects.filter(document__in=numbers), "party")
    topics = _by_document(DocumentTopic.objects.filter(document__in=numbers), "topic", "pledges")
    standing = Pledge.objects.standing().filter(document__in=numbers).order_by()
    due = _by_document(
        standing.filter(due__isnull=False).values("document", "due").annotate(n=Count("pk")),
        "due",
        "n",
    )
    countable = _by_document(standing.exclude(quantities=[]), "pk")
    sections = _by_document(Section.objects.filter(document__in=numbers), "pk")
    return [
        (
            pk,
            dict(
                _of_one(
                    year or 0,
                    [party for (party,) in parties[pk]],
                    [place for (place,) in places[pk]],
                    topics[pk],
                    due[pk],
                    (1, pledges, len(sections[pk]), len(countable[pk])),
                    bool(publisher),
                    kind == Document.Kind.PROGRAMME,
                )
            ),
        )
        for pk, year, pledges, publisher, kind in rows
    ]


def _by_document(rows: QuerySet, *names: str) -> dict[int, list]:
    found: dict[int, list] = defaultdict(list)
    for document, *values in rows.values_list("document", *names):
        found[document].append(tuple(values))
    return found


def _of_one(
    year: int,
    parties: list[int],
    places: list[str],
    topics: list[tuple[int, int]],
    due: list[tuple[int, int]],
    whole: tuple[int, ...],
    published_by_other: bool,
    programme: bool,
) -> Iterator[tuple[Group, tuple[int, ...]]]:
    yield Group("all"), whole
    yield Group("year", year=year), whole  # year 0: unknown
    for party in parties:
        yield Group("party", party=party), whole
        yield Group("party year", party=party, year=year), whole
        for place in places:
            yield Group("party place", party=party, place=place), whole
    for place in places:
        yield Group("place", place=place), whole
        yield Group("year place", place=place, year=year), whole
        if programme and year:
            yield Group("programmes", place=place), whole
    if not places:
        yield Group(NOWHERE), whole
    if not parties and not published_by_other:
        yield Group(NOBODY), whole
    for topic, pledges in topics:
        own = (1, pledges, 0, 0)
        yield Group("topic", topic), own
        yield Group("topic year", topic, year=year), own
        for party in parties:
            yield Group("topic party", topic, party=party), own
        for place in places:
            yield Group("topic place", topic, place=place), own
    for target, pledges in due:
        yield Group("due", year=target), (1, pledges, 0, 0)


def _difference(before: Shares, now: Shares) -> Shares:
    none = (0,) * len(MEASURES)
    found = {}
    for group in sorted(before.keys() | now.keys()):
        old, new = before.get(group, none), now.get(group, none)
        if old != new:
            found[group] = tuple(b - a for a, b in zip(old, new, strict=True))
    return found


def _add(shares: Shares) -> None:
    """In words: no queryset adds to a row and makes it where it is missing in one statement."""
    names = (*GROUP, *MEASURES)
    table = Tally._meta.db_table
    statement = (
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608
        f" ON CONFLICT ({', '.join(GROUP)}) DO UPDATE SET "
        + ", ".join(f"{name} = {table}.{name} + excluded.{name}" for name in MEASURES)
    )
    with connections[router.db_for_write(Tally)].cursor() as cursor:
        cursor.executemany(statement, [(*group, *measures) for group, measures in shares.items()])


def _plain(shares: Shares) -> list:
    return [[*group, *measures] for group, measures in shares.items()]


def _read(rows: Iterable[list]) -> Shares:
    return {Group(*row[: len(GROUP)]): tuple(row[len(GROUP) :]) for row in rows}


def about_to_change(action: str = "pre_save", raw: bool = False, **_: Any) -> None:
    """Whoever changes several documents waits before the first, and not between two of them."""
    if action.startswith("pre_") and not raw:
        alone()


for model in (Document, Section, Pledge, PledgeTopic, Party, Municipality):
    pre_save.connect(about_to_change, sender=model)
    pre_delete.connect(about_to_change, sender=model)
for relation in (Document.municipalities.through, Document.parties.through):
    m2m_changed.connect(about_to_change, sender=relation)


@receiver([post_save, post_delete], sender=Document)
def document_changed(instance: Document, raw: bool = False, **_: Any) -> None:
    if not raw and instance.pk is not None:
        count(instance.pk)


@receiver(m2m_changed, sender=Document.municipalities.through)
@receiver(m2m_changed, sender=Document.parties.through)
def relation_changed(
    instance: Any, action: str, reverse: bool, pk_set: set | None, **_: Any
) -> None:
    if reverse and action == "pre_clear":
        instance.untallied = _documents(instance)
    if action.startswith("post_"):
        documents = (pk_set or instance.untallied) if reverse else {instance.pk}
        for document in documents:
            count(document)


@receiver(pre_delete, sender=Party)
@receiver(pre_delete, sender=Municipality)
def about_to_go(instance: Any, **_: Any) -> None:
    instance.untallied = _documents(instance)


@receiver(post_delete, sender=Party)
@receiver(post_delete, sender=Municipality)
def gone(instance: Any, **_: Any) -> None:
    for document in instance.untallied:
        count(document)


def _documents(instance: Party | Municipality) -> set[int]:
    return set(instance.documents.values_list("pk", flat=True))
