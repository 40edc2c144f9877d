"""The archive as tables: which columns, in which words, streamed row by row.

A table is a name, its columns with their meaning (the data dictionary) and a generator of lines; `programmes.lines`
says how a line of CSV or of JSON is written. Nothing holds more than a chunk of rows in memory.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from django.db.models import Aggregate, F, QuerySet, TextField
from django.db.models.functions import Cast

from programmes import bulk, lines
from programmes.models import Document, Municipality, Party, Pledge, PledgeTopic, Section, Topic

RANK = 10**9  # a topic's number with its rank: rank × RANK + topic


class _Cells(NamedTuple):
    """What the rows of a chunk of pledges are written with; unpacked once a chunk, since every row counts."""

    heads: dict[int, str]  # the cells of a section and its document
    links: dict[int, str]  # the topics of a pledge, ranked
    ranked: Callable[[str | None], str]
    often: Callable[[str], str]
    decoded: Callable[[str], str]
    before: str
    after: str


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
    # Its lines in a form, in pieces of one or many.
    lines: Callable[[QuerySet, lines.Form, list[str]], Iterator[str]]

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def csv_lines(table: Table, rows: QuerySet, *, bom: bool = False) -> Iterator[str]:
    """The table as CSV, in pieces of many lines; lists are joined by "|"."""
    if bom:
        yield lines.BOM
    yield from _pieces(table, rows, lines.CSV)


def json_lines(table: Table, rows: QuerySet) -> Iterator[str]:
    """The table as JSON Lines, in pieces of many lines: an object a row, lists as lists."""
    yield from _pieces(table, rows, lines.JSON)


def _pieces(table: Table, rows: QuerySet, form: lines.Form) -> Iterator[str]:
    """The head and the lines, gathered into pieces that are worth sending."""
    held, size = [form.head(table.names)], 0
    with bulk.unmapped(rows.db):
        for piece in table.lines(rows, form, table.names):
            if len(piece) > 100_000 and not size:  # many lines already
                yield "".join(held) + piece if held else piece
                held = []
                continue
            held.append(piece)
            size += len(piece)
            if size > 100_000:
                yield "".join(held)
                held, size = [], 0
        yield "".join(held)


def _listed(
    rows: Callable[[QuerySet], Iterator[list[Any]]],
) -> Callable[[QuerySet, lines.Form, list[str]], Iterator[str]]:
    """Lines out of rows of plain values; for the tables that are not long."""
    return lambda found, form, names: form.lines(names, rows(found))


def _document_rows(documents: Any) -> Iterator[list[Any]]:
    for chunk in bulk.objects(documents.cards()):
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
                document.decided,
                document.get_absolute_url(),
            ]


def _use_rows(documents: Any) -> Iterator[list[Any]]:
    states = dict(
        Municipality.objects.filter(kind=Municipality.Kind.STATE).values_list("ags", "name")
    )
    number = 0
    for chunk in bulk.objects(documents.cards()):
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


def _section_lines(sections: QuerySet, form: lines.Form, names: list[str]) -> Iterator[str]:
    columns = (
        "document",
        "position",
        "parent__position",
        "level",
        "title",
        "anchor",
        "page",
        "text",
    )
    for chunk in bulk.values(sections, *columns):
        yield from form.lines(names, (row[1:] for row in chunk))


def _pledge_lines(pledges: QuerySet, form: lines.Form, names: list[str]) -> Iterator[str]:
    """The long table: plain values, what repeats itself written once, one string a row.

    Objects and the writers of the standard library took six times as long. Keys, addresses and fixed words hold
    nothing that would need care: they stand in bare quotation marks.
    """
    write = _pledges_as_csv if form is lines.CSV else _pledges_as_json
    topics = {
        pk: (slug, marpor[0] if marpor else None)
        for pk, slug, marpor in Topic.objects.values_list("pk", "slug", "marpor")
    }
    before_codes = form.between + form.label("marpor")

    @lru_cache(4096)
    def ranked(links: str | None) -> str:
        """The cells of the topics and of their MARPOR categories."""
        numbers = sorted(map(int, links.split(",") if links else ()))
        found = [topics[number % RANK] for number in numbers]
        codes = [code for _, code in found if code]
        return form.cell([slug for slug, _ in found]) + before_codes + form.cell(codes)

    columns = (
        *("key", "section", "position", "text", "start", "end", "page", "specificity"),
        *(Cast("years", TextField()), Cast("quantities", TextField()), "cue", "decision"),
    )
    link = Cast(F("rank") * RANK + F("topic"), TextField())
    linked = bulk.Ranged(
        PledgeTopic.objects.order_by()
        .values("pledge")
        .annotate(link=_Joined(link))
        .values_list("pledge", "link"),
        "pledge",
    )
    headed = bulk.Ranged(
        Section.objects.values_list(
            "pk", "document", "document__title", "document__year", "position", "title"
        )
    )
    text = form.text
    often = lru_cache(4096)(text)
    decoded = lru_cache(4096)(lambda value: form.cell(json.loads(value)))
    heading = form.row(names[1:6])
    before, after = Pledge(key="0000").get_absolute_url().split("0000")
    for chunk in bulk.values(pledges, *columns):
        links = dict(linked.rows([row[0] for row in chunk]))
        heads = {
            pk: heading
            % (document, often(title), form.none if year is None else year, at, text(words))
            for pk, document, title, year, at, words in headed.rows(
                sorted({row[2] for row in chunk})
            )
        }
        yield "".join(write(chunk, _Cells(heads, links, ranked, often, decoded, before, after)))


def _pledges_as_csv(chunk: list[tuple[Any, ...]], cells: _Cells) -> list[str]:
    heads, links, ranked, often, decoded, before, after = cells
    text = lines.CSV.text
    return [
        f'"{key}",{heads[section]},{position},{text(words)},{start},{end},{"" if page is None else page},"{how}",'
        f"{ranked(links.get(pk))},{'' if years == '[]' else decoded(years)},"
        f'{"" if sums == "[]" else decoded(sums)},{often(cue)},"{who}","{before}{key}{after}"\r\n'
        for pk, key, section, position, words, start, end, page, how, years, sums, cue, who in chunk
    ]


def _pledges_as_json(chunk: list[tuple[Any, ...]], cells: _Cells) -> list[str]:
    heads, links, ranked, often, decoded, before, after = cells
    text = lines.JSON.text
    return [
        f'{{"key": "{key}", {heads[section]}, "position": {position}, "text": {text(words)}, "start": {start}, '
        f'"end": {end}, "page": {"null" if page is None else page}, "specificity": "{how}", '
        f'"topics": {ranked(links.get(pk))}, "years": {years}, '
        f'"quantities": {"[]" if sums == "[]" else decoded(sums)}, "cue": {often(cue)}, '
        f'"decision": "{who}", "address": "{before}{key}{after}"}}\n'
        for pk, key, section, position, words, start, end, page, how, years, sums, cue, who in chunk
    ]


class _Joined(Aggregate):
    """Whole numbers as one text: "12,7"."""

    template = "group_concat(%(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "string_agg(%(expressions)s, ',')"
        return self.as_sql(compiler, connection, template=template, **more)


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
    for chunk in bulk.objects(places):
        for place in chunk:
            yield [
                place.ags,
                place.name,
                place.kind,
                place.aliases,
                place.population,
                place.latitude,
                place.longitude,
                dcat(place.ags),
                place.invented,
            ]


def dcat(ags: str) -> str:
    """The address of a place in DCAT-AP.de's political geocoding; empty for what it does not name."""
    level = {2: "stateKey", 5: "districtKey", 8: "municipalityKey"}.get(len(ags))
    return f"http://dcat-ap.de/def/politicalGeocoding/{level}/{ags}" if level else ""


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
        decided | string | fields that a person decided, joined by "|"
        address | string | path of its page
    """),
    _listed(_document_rows),
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
    _listed(_use_rows),
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
    _section_lines,
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
    _pledge_lines,
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
    _listed(_topic_rows),
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
    _listed(_party_rows),
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
    _listed(_municipality_rows),
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
