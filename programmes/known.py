"""Documents, pledges and topics as lists show them; documents and topics are read once in an edition and then held.

Most pages of a process show the same few hundred documents, and to read one with its places and parties takes longer
than all else that is read for a pledge.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any, TypeVar

from django.db import router
from django.db.models import Model, QuerySet

from programmes import edition
from programmes.models import (
    Document,
    Municipality,
    Party,
    Pledge,
    PledgeTopic,
    Section,
    Topic,
)
from programmes.prepared import Prepared
from programmes.querysets import LONG, WORDS_OF_TOPICS

MOST = 2000  # documents that are held, some 5 KB each
Row = TypeVar("Row", bound=Model)


def _names(model: type[Model], without: Collection[str] = ()) -> tuple[str, ...]:
    fields = model._meta.concrete_fields
    return tuple(field.attname for field in fields if field.name not in without)


OF_PLEDGE = (
    *("id", "key", "document_id", "section_id", "position", "text", "page", "specificity"),
    *("due", "quantities"),
)
OF_SECTION = ("id", "document_id", "title", "anchor")
OF_DOCUMENT, OF_PLACE, OF_PARTY = _names(Document, LONG), _names(Municipality), _names(Party)
_documents = Prepared(
    Document,
    lambda numbers: (
        Document.objects.published().filter(pk__in=numbers).order_by().values_list(*OF_DOCUMENT)
    ),
)
_places_of = Prepared(
    Document.municipalities.through,
    lambda documents: (
        Document.municipalities.through.objects.filter(document__in=documents)
        .order_by("municipality__name", "municipality")
        .values_list("document", *(f"municipality__{name}" for name in OF_PLACE))
    ),
)
_parties_of = Prepared(
    Document.parties.through,
    lambda documents: (
        Document.parties.through.objects.filter(document__in=documents)
        .order_by("party__position", "party__short_name")
        .values_list("document", *(f"party__{name}" for name in OF_PARTY))
    ),
)


_pledges = Prepared(
    Pledge,
    lambda numbers: (
        Pledge.objects.filter(pk__in=numbers)
        .order_by()
        .values_list(*OF_PLEDGE, *(f"section__{name}" for name in OF_SECTION))
    ),
)
_topics_of = Prepared(
    PledgeTopic,
    lambda numbers: (
        PledgeTopic.objects.filter(pledge__in=numbers)
        .order_by("rank")
        .values_list("pledge", "topic")
    ),
)


class Listed:
    """The documents or pledges of a query, for a paginator: it is asked for their numbers only."""

    def __init__(self, rows: QuerySet) -> None:
        self._rows = rows
        self._read = documents if rows.model is Document else pledges

    def __len__(self) -> int:
        return self._rows.count()

    def __getitem__(self, part: slice) -> list[Any]:
        numbers = list(self._rows.values_list("pk", flat=True)[part])
        found: Mapping[int, Any] = self._read(numbers)
        return [found[number] for number in numbers if number in found]


def documents(wanted: Iterable[int]) -> dict[int, Document]:
    """Those of the documents that are published, as cards show them. They are shared: nobody changes one."""
    held: dict[int, Document] = edition.held("documents", dict)
    keys = set(wanted)
    found = {pk: document for pk in keys if (document := held.get(pk))}
    missing = keys - found.keys()
    if missing:
        fresh = _read(missing)
        if len(held) + len(fresh) > MOST:
            held.clear()
        held.update(fresh)
        found |= fresh
    return found


def pledges(numbers: Collection[int]) -> dict[int, Pledge]:
    """Those of the pledges whose document is published, as cards show them."""
    if not numbers:
        return {}
    db = router.db_for_read(Pledge)
    rows = list(_pledges(numbers))
    own = documents(row[OF_PLEDGE.index("document_id")] for row in rows)
    ranked = topics_of(numbers)
    found = {}
    for row in rows:
        pledge = Pledge.from_db(db, OF_PLEDGE, row[: len(OF_PLEDGE)])
        if document := own.get(pledge.document_id):
            section = Section.from_db(db, OF_SECTION, row[len(OF_PLEDGE) :])
            pledge.document = section.document = document
            pledge.section = section
            pledge.ranked_topics = ranked.get(pledge.pk, [])
            found[pledge.pk] = pledge
    return found


def topics() -> dict[int, Topic]:
    """All topics in their order, without what only the machine reads of them."""
    return edition.held("topics", _topics)


def topics_of(numbers: Collection[int]) -> dict[int, list[Topic]]:
    """The topics of each of these pledges that has some, the main one first."""
    if not numbers:
        return {}
    named = topics()
    found: dict[int, list[Topic]] = defaultdict(list)
    for pledge, topic in _topics_of(numbers):
        if topic in named:
            found[pledge].append(named[topic])
    return dict(found)


def _topics() -> dict[int, Topic]:
    return {topic.pk: topic for topic in Topic.objects.defer(*WORDS_OF_TOPICS)}


def _read(numbers: set[int]) -> dict[int, Document]:
    db = router.db_for_read(Document)
    found = {row[0]: Document.from_db(db, OF_DOCUMENT, row) for row in _documents(numbers)}
    if found:
        places = _related(Municipality, OF_PLACE, _places_of(found), db)
        parties = _related(Party, OF_PARTY, _parties_of(found), db)
        for pk, document in found.items():
            document._prefetched_objects_cache = {  # type: ignore[attr-defined]
                "municipalities": places[pk],
                "parties": parties[pk],
            }
    return found


def _related(
    model: type[Row], names: tuple[str, ...], rows: Iterable[Any], db: str
) -> Mapping[int, QuerySet[Row]]:
    """The rows of each document, as `prefetch_related` leaves them; documents that have the same share them."""
    held: dict[Any, Row] = edition.held(f"rows of {model.__name__}", dict)
    lists: dict[Any, QuerySet[Row]] = edition.held(f"lists of {model.__name__}", dict)
    for kept in (held, lists):
        if len(kept) > MOST:
            kept.clear()
    own: dict[int, dict[Any, Row]] = defaultdict(dict)
    for document, key, *rest in rows:
        # What other threads let go of meanwhile is still here.
        row = held.get(key)
        if row is None:
            row = held[key] = model.from_db(db, names, (key, *rest))
        own[document][key] = row
    nothing = _list(model, {}, lists, db)
    return defaultdict(
        lambda: nothing,
        {document: _list(model, found, lists, db) for document, found in own.items()},
    )


def _list(
    model: type[Row], rows: dict[Any, Row], lists: dict[Any, QuerySet[Row]], db: str
) -> QuerySet[Row]:
    """Whoever narrows it further asks the database, and is answered from these."""
    key = tuple(rows)
    found = lists.get(key)
    if found is None:
        found = model._default_manager.using(db).filter(pk__in=key)
        found._result_cache = list(rows.values())
        found._prefetch_done = True  # type: ignore[attr-defined]
        lists[key] = found
    return found
