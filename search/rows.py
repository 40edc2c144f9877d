"""What is shown of hits, read in three queries at most: documents, parties and topics are held for an edition.

Every row of a search is read as words and put together here, since a page of twenty hits with all that Django
knows of a row took three times as long as finding them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import router

from programmes import known
from programmes.models import Document, Pledge, Section, Topic
from programmes.prepared import Prepared
from programmes.rendering import plain
from search.engines.base import Hit

OF_PLEDGE = ("id", "key", "document_id", "section_id", "text", "specificity")
OF_SECTION = ("id", "document_id", "anchor", "title")
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """`path`: the headings from the chapter down to the section; `topics` of a pledge, the main one first."""

    document: Document
    section: Section | None
    pledge: Pledge | None
    topics: tuple[Topic, ...]
    path: Path
    text: str


_of_pledges = Prepared(
    Pledge,
    lambda numbers: (
        Pledge.objects.standing()
        .filter(pk__in=numbers)
        .order_by()
        .values_list(
            *OF_PLEDGE,
            *("section__anchor", "section__title"),
            *("section__parent__title", "section__parent__parent__title"),
        )
    ),
)
_of_sections = Prepared(
    Section,
    lambda numbers: (
        Section.objects.filter(pk__in=numbers)
        .order_by()
        .values_list(*OF_SECTION, "text", "parent__title", "parent__parent__title")
    ),
)


def read(hits: Iterable[Hit]) -> dict[str, Row]:
    """The rows of hits by their names; what is gone meanwhile, or not published any more, is left out."""
    names: dict[str, list[str]] = {"p": [], "s": [], "d": []}
    for hit in hits:
        names[hit.id[0]].append(hit.id)
    pledges, sections = _pledges(names["p"]), _sections(names["s"])
    owners = [pledge.document_id for pledge, _, _ in pledges.values()]
    owners += [section.document_id for section, _, _ in sections.values()]
    known_documents = known.documents([*owners, *(number(name) for name in names["d"])])
    topics_of = known.topics_of([number(name) for name in pledges])
    rows = {}
    for name, (pledge, section, path) in pledges.items():
        if document := known_documents.get(pledge.document_id):
            pledge.document = section.document = document
            pledge.section = section
            topics = tuple(topics_of.get(pledge.pk, ()))
            rows[name] = Row(document, section, pledge, topics, path, plain(pledge.text))
    for name, (section, path, text) in sections.items():
        if document := known_documents.get(section.document_id):
            section.document = document
            rows[name] = Row(document, section, None, (), path, plain(text))
    for name in names["d"]:
        if document := known_documents.get(number(name)):
            rows[name] = Row(document, None, None, (), (), document.title)
    return rows


def number(name: str) -> int:
    """The primary key in "p12", "s3.0.120", "d1"."""
    return int(name[1:].partition(".")[0])


def _pledges(names: Sequence[str]) -> dict[str, tuple[Pledge, Section, Path]]:
    if not names:
        return {}
    db = router.db_for_read(Pledge)
    rows = {}
    for *own, anchor, title, above, top in _of_pledges([number(name) for name in names]):
        pledge = Pledge.from_db(db, OF_PLEDGE, own)
        of_section = (pledge.section_id, pledge.document_id, anchor, title)
        section = Section.from_db(db, OF_SECTION, of_section)
        rows[f"p{pledge.pk}"] = pledge, section, tuple(filter(None, (top, above, title)))
    return rows


def _sections(names: Sequence[str]) -> dict[str, tuple[Section, Path, str]]:
    """Of each passage its section, the headings above it, and its text."""
    if not names:
        return {}
    db = router.db_for_read(Section)
    found = {pk: own for pk, *own in _of_sections({number(name) for name in names})}
    rows = {}
    for name in names:
        if own := found.get(number(name)):
            document, anchor, title, text, above, top = own
            of_section = (number(name), document, anchor, title)
            _, start, end = name.split(".")
            rows[name] = (
                Section.from_db(db, OF_SECTION, of_section),
                tuple(filter(None, (top, above, title))),
                text[int(start) : int(end)],
            )
    return rows
