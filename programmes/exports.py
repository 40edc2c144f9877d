"""The archive as tables: which columns, in which words, streamed row by row.

A table is a name, its columns with their meaning (the data dictionary) and a generator of rows; writers
turn rows into CSV (RFC 4180) or JSON Lines without holding more than a chunk in memory.
"""

from __future__ import annotations

import csv
import io
import json
import re
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from programmes.models import Document, Municipality, Party, Pledge, PledgeTopic, Section, Topic

CHUNK = 2000
# A cell that a spreadsheet would take for a formula gets an apostrophe; `unguarded` takes it off again.
FORMULA = re.compile(r"'*[=+\-@\t\r]")
SUSPECT = "'=+-@\t\r"
BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    type: str  # a Frictionless field type
    meaning: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    meaning: str
    columns: tuple[Column, ...]
    rows: Callable[[QuerySet], Iterator[list[Any]]]


def csv_lines(
    table: Table, rows: QuerySet, *, bom: bool = False, delimiter: str = ","
) -> Iterator[str]:
    """The table as CSV, in pieces of many lines; lists are joined by "|"."""
    if bom:
        yield BOM
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([column.name for column in table.columns])
    for number, row in enumerate(table.rows(rows), start=1):
        for at, value in enumerate(row):
            # What the writer would put wrong: nothing else is touched, for speed.
            kind = type(value)
            if kind is str:
                if value and value[0] in SUSPECT:
                    row[at] = guarded(value)
            elif kind is list or kind is bool:
                row[at] = guarded(_cell(value)) if value != [] else ""
        writer.writerow(row)
        if number % 500 == 0:
            yield out.getvalue()
            out.seek(0)
            out.truncate()
    yield out.getvalue()


def json_lines(table: Table, rows: QuerySet) -> Iterator[str]:
    """The table as JSON Lines, in pieces of many lines: an object a row, lists as lists."""
    names = [column.name for column in table.columns]
    encode = json.JSONEncoder(ensure_ascii=False).encode
    lines: list[str] = []
    for row in table.rows(rows):
        lines.append(encode(dict(zip(names, row, strict=True))))
        if len(lines) == 500:
            yield "\n".join(lines) + "\n"
            lines.clear()
    if lines:
        yield "\n".join(lines) + "\n"


def guarded(cell: str) -> str:
    return f"'{cell}" if FORMULA.match(cell) else cell


def unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return json.dumps(value, ensure_ascii=False)
        return "|".join(map(str, value))
    return str(value)


def _chunks(rows: QuerySet) -> Iterator[list[Any]]:
    """The rows in lists of `CHUNK`, by growing primary key."""
    for keys in _keys(rows):
        yield list(rows.filter(pk__in=keys).order_by("pk"))


def _keys(rows: QuerySet) -> Iterator[list[Any]]:
    """The primary keys of the rows, in lists of `CHUNK`.

    Asked for first and by themselves (eight bytes a row): a query for "the next rows after this one" made
    SQLite sort all of them again for every chunk, since it began with the documents.
    """
    found = rows.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK)
    first = next(found, None)
    if first is None:
        return
    keys: Any = array("q", [first]) if isinstance(first, int) else [first]
    keys.extend(found)
    for at in range(0, len(keys), CHUNK):
        yield list(keys[at : at + CHUNK])


def _value_chunks(rows: QuerySet, *columns: Any) -> Iterator[list[tuple[Any, ...]]]:
    """As `_chunks`, but plain values: the primary key and then `columns`. The keys say which rows; the
    conditions of the query are not asked again."""
    values = rows.model._default_manager.order_by("pk").values_list("pk", *columns)
    for keys in _keys(rows):
        yield list(values.filter(pk__in=keys))


def _document_rows(documents: QuerySet) -> Iterator[list[Any]]:
    for chunk in _chunks(
        documents.prefetch_related("municipalities", "parties").defer("text", "report")
    ):
        for document in chunk:
            yield [
                document.pk,
                document.title,
                document.kind,
                [place.ags for place in document.municipalities.all()],
                [place.name for place in document.municipalities.all()],
                [party.short_name for party in document.parties.all()],
                document.publisher,
                document.year,
                document.date,
                document.scope,
                document.language,
                document.status,
                document.source_url,
                document.retrieved_on.isoformat() if document.retrieved_on else None,
                document.rights,
                document.original_name,
                document.sha256,
                document.media_type,
                document.invented,
                document.pledge_count,
                document.get_absolute_url(),
            ]


def _use_rows(documents: QuerySet) -> Iterator[list[Any]]:
    states = dict(
        Municipality.objects.filter(kind=Municipality.Kind.STATE).values_list("ags", "name")
    )
    number = 0
    for chunk in _chunks(
        documents.prefetch_related("municipalities", "parties").defer("text", "report")
    ):
        for document in chunk:
            for place in document.municipalities.all() or [None]:
                for party in document.parties.all() or [None]:
                    number += 1
                    yield [
                        number,
                        document.pk,
                        "",
                        place.name if place else "",
                        states.get(place.ags[:2], "") if place else "",
                        place.ags if place else "",
                        party.name if party else document.publisher,
                        party.short_name if party else "",
                        document.year if document.kind == Document.Kind.PROGRAMME else None,
                        document.get_kind_display() if document.kind else "",
                        document.scope,
                        "",
                        document.original_name,
                        document.source_url,
                        "",
                        document.sha256,
                    ]


def _section_rows(sections: QuerySet) -> Iterator[list[Any]]:
    names = ("document", "position", "parent__position", "level", "title", "anchor", "page", "text")
    for chunk in _value_chunks(sections, *names):
        for _, *row in chunk:
            yield row


def _pledge_rows(pledges: QuerySet) -> Iterator[list[Any]]:
    """Plain values instead of objects: three times as fast, and what takes an archive away is a long list."""
    topics = {
        pk: (slug, marpor[0] if marpor else None)
        for pk, slug, marpor in Topic.objects.values_list("pk", "slug", "marpor")
    }
    sample = Pledge(key="0000")
    before, after = sample.get_absolute_url().split("0000")
    columns = (
        *("key", "document", "document__title", "document__year"),
        *("section__position", "section__title", "position", "text", "start", "end", "page"),
        *(
            "specificity",
            Cast("years", TextField()),
            Cast("quantities", TextField()),
            "cue",
            "decision",
        ),
    )
    for chunk in _value_chunks(pledges, *columns):
        ranked: dict[int, list[int]] = {}
        for pledge, topic in _links(chunk[0][0], chunk[-1][0], [row[0] for row in chunk]):
            ranked.setdefault(pledge, []).append(topic)
        for pk, *row in chunk:
            found = [topics[topic] for topic in ranked.get(pk, ())]
            years, quantities = row[12], row[13]
            row[12:14] = (
                [slug for slug, _ in found],
                [code for _, code in found if code],
                [] if years == "[]" else json.loads(years),
                [] if quantities == "[]" else json.loads(quantities),
            )
            row.append(f"{before}{row[0]}{after}")
            yield row


def _links(first: int, last: int, pledges: list[int]) -> Iterator[tuple[int, int]]:
    """(pledge, topic) of the pledges, the main topic first; by range where they lie close together."""
    links = PledgeTopic.objects.order_by("pledge", "rank").values_list("pledge", "topic")
    if last - first < 3 * len(pledges):
        return iter(links.filter(pledge__gte=first, pledge__lte=last))
    return iter(links.filter(pledge__in=pledges))


def _topic_rows(topics: QuerySet) -> Iterator[list[Any]]:
    for topic in topics.order_by("position", "slug"):
        yield [
            topic.slug,
            topic.label_de,
            topic.label_en,
            topic.definition,
            topic.indicators,
            topic.marpor,
            topic.cap,
        ]


def _party_rows(parties: QuerySet) -> Iterator[list[Any]]:
    for party in parties.order_by("pk"):
        yield [
            party.slug,
            party.short_name,
            party.name,
            party.aliases,
            party.colour,
            party.municipality_id,
            party.wikidata,
            party.parlgov,
            party.invented,
        ]


def _municipality_rows(places: QuerySet) -> Iterator[list[Any]]:
    for chunk in _chunks(places):
        for place in chunk:
            yield [
                place.ags,
                place.name,
                place.kind,
                place.aliases,
                place.population,
                place.latitude,
                place.longitude,
                f"http://dcat-ap.de/def/politicalGeocoding/municipalityKey/{place.ags}"
                if len(place.ags) == 8
                else "",
                place.invented,
            ]


def _columns(text: str) -> tuple[Column, ...]:
    return tuple(
        Column(*(part.strip() for part in line.split("|", 2))) for line in text.strip().splitlines()
    )


DOCUMENTS = Table(
    "documents",
    "One row per text as it was published",
    _columns("""
        id | integer | number of the document in this archive; part of its address
        title | string | title, or the first words where the text has none
        kind | string | programme, press, motion, other; empty: unknown
        municipalities | string | official keys (AGS) of the places, joined by "|"
        municipality_names | string | their names, in the same order
        parties | string | short names of the parties, joined by "|"; empty: none or unknown
        publisher | string | who published it, where that is no party
        year | integer | year of the election for programmes, of publication otherwise
        date | string | date as exact as known: YYYY, YYYY-MM or YYYY-MM-DD
        scope | string | what the text is made for, as the source says
        language | string | language code
        status | string | published, withdrawn or draft
        source_url | string | where it was found
        retrieved_on | string | when it was retrieved, ISO date
        rights | string | what is known of the rights
        original_name | string | name of the original file
        sha256 | string | checksum of the original file
        media_type | string | type of the original file
        invented | boolean | true: made up for demonstration
        pledge_count | integer | pledges found and standing
        address | string | path of its page
    """),
    _document_rows,
)
DOCUMENT_USES = Table(
    "document_uses",
    "One row per document, place and party, with the columns of the German Local Manifesto Project",
    _columns("""
        document_use_id | integer | number of the row
        document_id | integer | number of the document
        manifesto_id | string | empty: not assigned here
        municipality | string | name of the place
        state | string | name of its state
        ags | string | official key of the place
        party | string | name of the party or list
        party_abbreviation | string | short name of the party
        election_year | integer | year of the election, for programmes
        document_type | string | kind of document, in German
        program_scope | string | what the text is made for
        use_type | string | empty: not assigned here
        source_filename | string | name of the original file
        source | string | where it was found
        ags_source | string | empty: not assigned here
        content_hash | string | SHA-256 of the original file
    """),
    _use_rows,
)
SECTIONS = Table(
    "sections",
    "One row per section, in reading order",
    _columns("""
        document_id | integer | number of the document
        position | integer | place in reading order, from 0
        parent_position | integer | position of the section above; empty: top
        level | integer | 1 chapter, 2 below it …; 0 text without a heading
        title | string | heading, with its number
        anchor | string | name of the section in the address
        page | integer | page of the original
        text | string | Markdown without inline markup
    """),
    _section_rows,
)
PLEDGES = Table(
    "pledges",
    "One row per pledge",
    _columns("""
        key | string | permanent public key
        document_id | integer | number of the document
        document_title | string | title of the document
        year | integer | year of the document
        section_position | integer | position of its section
        section_title | string | heading of its section
        position | integer | place among the pledges of the document, from 0
        text | string | the exact words
        start | integer | first character in the text of the section, from 0
        end | integer | first character after it
        page | integer | page of the original
        specificity | string | concrete or vague
        topics | string | slugs of its topics, main one first, joined by "|"
        marpor | string | MARPOR category of each topic, in the same order
        years | string | target years, joined by "|"
        quantities | string | JSON list of numbers it can be held to: value, unit, per, text
        cue | string | rule and words it was found by
        decision | string | machine, confirmed, edited, added: who decided that it is a pledge
        address | string | path of its page
    """),
    _pledge_rows,
)
TOPICS = Table(
    "topics",
    "The topics and what speaks for them",
    _columns("""
        slug | string | short name, used in addresses
        label_de | string | German label
        label_en | string | English label
        definition | string | what belongs to it
        indicators | string | word stems that speak for it, joined by "|"
        marpor | string | MARPOR categories, joined by "|", nearest first
        cap | string | Comparative Agendas Project topic
    """),
    _topic_rows,
)
PARTIES = Table(
    "parties",
    "Parties and local lists",
    _columns("""
        slug | string | short name in addresses
        short_name | string | short name
        name | string | full name
        aliases | string | other and former names, joined by "|"
        colour | string | colour as #rrggbb
        municipality | string | AGS of the place of a local list
        wikidata | string | Wikidata item
        parlgov | integer | ParlGov party id
        invented | boolean | true: made up for demonstration
    """),
    _party_rows,
)
MUNICIPALITIES = Table(
    "municipalities",
    "Places by their official key",
    _columns("""
        ags | string | official key (AGS): 8 digits; 5 for a county; 2 for a state
        name | string | official name
        kind | string | state, region, county, city, town, municipality
        aliases | string | other names, joined by "|"
        population | integer | inhabitants
        latitude | number | degrees north (WGS 84)
        longitude | number | degrees east (WGS 84)
        dcat | string | address of the place in DCAT-AP.de
        invented | boolean | true: made up for demonstration
    """),
    _municipality_rows,
)
TABLES = {
    table.name: table
    for table in (DOCUMENTS, DOCUMENT_USES, SECTIONS, PLEDGES, TOPICS, PARTIES, MUNICIPALITIES)
}


def everything(documents: QuerySet | None = None) -> dict[str, QuerySet]:
    """The rows of each table that may go out: published documents (or those given), standing pledges."""
    sections, pledges = Section.objects.published(), Pledge.objects.published()
    if documents is None:
        documents = Document.objects.published()
    else:
        sections, pledges = (rows.filter(document__in=documents) for rows in (sections, pledges))
    return {
        "documents": documents,
        "document_uses": documents,
        "sections": sections,
        "pledges": pledges,
        "topics": Topic.objects.all(),
        "parties": Party.objects.filter(documents__in=documents).distinct(),
        "municipalities": Municipality.objects.filter(documents__in=documents).distinct(),
    }


def counts() -> dict[str, int]:
    """How many rows each table has now."""
    return {name: rows.count() for name, rows in everything().items() if name != "document_uses"}
