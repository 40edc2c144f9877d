"""A search from what was typed to what is shown: the same for the page, the command, the feed and the API.

What is found and in which order is decided in `ranking`; here its hits get their rows, in a constant number
of queries, and the fragments that say why they were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from programmes.models import Document, Pledge, Section, Topic
from search import choices, ranking, rows, synonyms
from search import query as language
from search.engines.base import FACETS, Hit, Order
from search.indexing import engine
from search.snippets import Fragment, count, marked, snippets
from search.thesaurus import Synonym

LOOKED_AT = 10_000  # best hits that are grouped by document
BEST = 3  # of them shown for each document
UNITS = {"p": "pledge", "s": "section", "d": "document"}
NOWHERE = (
    "?",
)  # the value of a field that names nothing: it finds nothing, rather than everything


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: the words typed, values by facet, the order, and which hits of the list are wanted."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS


@dataclass(frozen=True, slots=True)
class Found:
    """One hit with its rows. `partial`: some of the words are missing. `headings`: from chapter to section;
    of a document those with hits. `fragments`: the text, or the best of it, with the hits told apart."""

    unit: str
    id: int
    score: float
    partial: bool
    document: Document
    section: Section | None
    pledge: Pledge | None
    topics: tuple[Topic, ...]
    headings: tuple[tuple[Fragment, ...], ...]
    text: str
    fragments: tuple[Fragment, ...]
    place: str = ""  # of a passage: its section and where it stands in it

    @property
    def key(self) -> str:
        return self.pledge.key if self.pledge else ""

    @property
    def unit_label(self) -> str:
        if self.pledge:
            concrete = self.pledge.specificity == Pledge.Specificity.CONCRETE
            return _("Konkretes Versprechen") if concrete else _("Allgemeines Versprechen")
        return _("Aus dem Text") if self.section else _("Dokument")

    @property
    def permanent(self) -> str:
        """An address that is this hit's alone and stays when titles change."""
        if self.pledge:
            return self.pledge.get_absolute_url()
        return f"/dokumente/{self.document.pk}/" + (f"#{self.place}" if self.place else "")

    def get_absolute_url(self) -> str:
        if self.pledge:
            return self.pledge.get_absolute_url()
        return (self.section or self.document).get_absolute_url()


@dataclass(frozen=True, slots=True)
class Part:
    """A run of hits that all have all the words, or (`partial`) only some; `start`: the number of the first."""

    partial: bool
    start: int
    hits: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """`full` of `total` hits have all the words. `searched` is what was looked for: where nothing had what was
    typed, the `suggestion` (`corrected`). `synonyms`: which other words were looked for, too; `dropped`: which
    were left out as too common; `unknown`: fields that name what the archive does not know."""

    asked: Asked
    total: int
    full: int
    hits: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]
    filters: Mapping[str, tuple[str, ...]]
    suggestion: str | None
    corrected: bool
    synonyms: tuple[Synonym, ...]
    near: Mapping[str, tuple[str, ...]]
    dropped: tuple[str, ...]
    unknown: tuple[tuple[str, str], ...]

    @property
    def parts(self) -> list[Part]:
        """The hits of the page in one or two runs: with all words, then with some."""
        runs: list[Part] = []
        for partial in (False, True):
            hits = tuple(hit for hit in self.hits if hit.partial is partial)
            if hits:
                start = 1 + self.asked.offset + sum(len(run.hits) for run in runs)
                runs.append(Part(partial, start, hits))
        return runs

    @property
    def near_words(self) -> list[tuple[str, tuple[str, ...]]]:
        """Words typed with a tilde, each with what it was found to be."""
        return [(word, others) for word, others in self.near.items() if others]


def search(asked: Asked) -> Answer:
    """What is found; raises EngineUnavailable where the engine cannot answer now."""
    found, filters, unknown, dropped = _ranked(asked)
    return Answer(
        asked=asked,
        total=found.total,
        full=found.full,
        hits=_shown(found),
        facets=found.facets,
        filters=filters,
        suggestion=found.suggestion,
        corrected=found.corrected,
        synonyms=found.synonyms,
        near=found.near,
        dropped=dropped,
        unknown=unknown,
    )


@dataclass(frozen=True, slots=True)
class Group:
    """The hits of a document, the best first, and how many there are among those looked at."""

    document: Document
    hits: tuple[Found, ...]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.hits)


@dataclass(frozen=True, slots=True)
class Groups:
    """The best hits of a search by document; rows are read for the page that is shown."""

    found: ranking.Ranked
    all: tuple[tuple[tuple[Hit, bool], ...], ...]

    def page(self, number: int, per_page: int) -> list[Group]:
        wanted = self.all[(number - 1) * per_page : number * per_page]
        best = [pair for hits in wanted for pair in hits[:BEST]]
        shown = {
            (hit.unit, hit.id, hit.place): hit
            for hit in _shown(replace(self.found, hits=tuple(best)))
        }
        by_document: dict[int, list[Found]] = {}
        for hit in shown.values():
            by_document.setdefault(hit.document.pk, []).append(hit)
        totals = dict(zip((hits[0][0].id for hits in wanted), map(len, wanted), strict=True))
        return [
            Group(found[0].document, tuple(found), totals.get(_name(found[0]), len(found)))
            for found in by_document.values()
        ]


def grouped(asked: Asked) -> Groups:
    """The best hits, whatever their page, by document; the document of the best hit first."""
    found = _ranked(replace(asked, offset=0, limit=LOOKED_AT, facets=()))[0]
    owners = _owners([hit for hit, _partial in found.hits])
    groups: dict[int, list[tuple[Hit, bool]]] = {}
    for hit, partial in found.hits:
        if hit.id in owners:
            groups.setdefault(owners[hit.id], []).append((hit, partial))
    return Groups(found, tuple(map(tuple, groups.values())))


def every(asked: Asked, most: int, chunk: int = 250) -> Iterator[Found]:
    """All hits up to `most`, a few hundred in memory at a time."""
    for offset in range(0, most, chunk):
        wanted = replace(asked, offset=offset, limit=min(chunk, most - offset), facets=())
        hits = search(wanted).hits
        yield from hits
        if not hits:
            return


def _ranked(
    asked: Asked,
) -> tuple[
    ranking.Ranked,
    Mapping[str, tuple[str, ...]],
    tuple[tuple[str, str], ...],
    tuple[str, ...],
]:
    typed = language.understand(asked.text)
    filters, unknown = _filters(asked.filters, typed)
    without, unknown_too = _without(typed)
    found = ranking.find(
        engine(),
        typed,
        synonyms.current(),
        filters=filters,
        order=asked.order,
        offset=asked.offset,
        limit=asked.limit,
        facets=asked.facets,
        without=without,
    )
    return found, filters, (*unknown, *unknown_too), typed.dropped


def _owners(hits: Sequence[Hit]) -> dict[str, int]:
    """The document of each hit, in two queries."""
    pledges = [rows.number(hit.id) for hit in hits if hit.id[0] == "p"]
    sections = [rows.number(hit.id) for hit in hits if hit.id[0] == "s"]
    owners = {
        ("p", pk): document
        for pk, document in Pledge.objects.filter(pk__in=pledges).values_list("pk", "document")
    } | {
        ("s", pk): document
        for pk, document in Section.objects.filter(pk__in=sections).values_list("pk", "document")
    }
    found = {
        hit.id: rows.number(hit.id)
        if hit.id[0] == "d"
        else owners.get((hit.id[0], rows.number(hit.id)))
        for hit in hits
    }
    return {name: document for name, document in found.items() if document is not None}


def _name(hit: Found) -> str:
    return hit.place or f"{hit.unit[0]}{hit.id}"


def _filters(
    chosen: Mapping[str, tuple[str, ...]], typed: language.Typed
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """The facet values that were chosen together with those typed as fields ("ort:Aachen"), and what names nothing."""
    filters = {name: values for name, values in chosen.items() if values and name in FACETS}
    unknown = []
    for name, words in typed.fields.items():
        values: tuple[str, ...] = ()
        for word in words:
            named = choices.values(name, [word])
            values += named
            if not named:
                unknown.append((choices.NAMES[name], word))
        both = filters.get(name)
        if both and values:
            values = tuple(value for value in values if value in both)
        filters[name] = values or NOWHERE
    return filters, tuple(unknown)


def _without(
    typed: language.Typed,
) -> tuple[dict[str, tuple[str, ...]], tuple[tuple[str, str], ...]]:
    """The facet values that were typed with a minus ("-ort:Aachen"), and what names nothing: it excludes nothing."""
    without: dict[str, tuple[str, ...]] = {}
    unknown = []
    for name, words in typed.without.items():
        for word in words:
            values = choices.values(name, [word])
            without[name] = (*without.get(name, ()), *values)
            if not values:
                unknown.append((f"-{choices.NAMES[name]}", word))
    return without, tuple(unknown)


def _shown(found: ranking.Ranked) -> tuple[Found, ...]:
    """The hits with their rows; what is gone meanwhile is left out."""
    read = rows.read(hit for hit, _partial in found.hits)
    terms = {partial: found.highlights(partial=partial) for partial in {p for _, p in found.hits}}
    numbers = [rows.number(hit.id) for hit, _partial in found.hits if hit.id[0] == "d"]
    titles = _titles(numbers, found.highlights(partial=True)) if numbers else {}
    shown = []
    for hit, partial in found.hits:
        row = read.get(hit.id)
        if row is None:
            continue
        kind, number, own = hit.id[0], rows.number(hit.id), terms[partial]
        path = row.path if row.section else titles.get(number, ())
        shown.append(
            Found(
                unit=UNITS[kind],
                id=number,
                score=round(hit.score, 4),
                partial=partial,
                document=row.document,
                section=row.section,
                pledge=row.pledge,
                topics=row.topics,
                headings=tuple(marked(title, own) for title in path),
                text=row.text,
                fragments=snippets(row.text, own),
                place=hit.id if kind == "s" else "",
            )
        )
    return tuple(shown)


def _titles(documents: Sequence[int], terms: frozenset[str]) -> dict[int, tuple[str, ...]]:
    """Of each document the headings with the most hits."""
    if not terms:
        return {}
    rated: dict[int, list[tuple[int, str]]] = {}
    found = Section.objects.filter(document__in=documents).exclude(title="").order_by("position")
    for document, title in found.values_list("document", "title"):
        hits = count(title, terms)
        if hits:
            rated.setdefault(document, []).append((-hits, title))
    return {
        document: tuple(title for _hits, title in sorted(best, key=lambda pair: pair[0])[:3])
        for document, best in rated.items()
    }


def as_json(answer: Answer) -> dict[str, Any]:
    """The public form, as `manage.py search --json` prints it."""
    return {
        "query": answer.asked.text,
        "total": answer.total,
        "hits": [hit_json(hit) for hit in answer.hits],
        "facets": {name: dict(values) for name, values in answer.facets.items()},
        "suggestion": answer.suggestion,
        "corrected": answer.corrected,
        "synonyms": {one.typed: list(one.others) for one in answer.synonyms},
    }


def hit_json(hit: Found) -> dict[str, Any]:
    """One hit in its public form."""
    return {
        "unit": hit.unit,
        "id": hit.id,
        "key": hit.key or None,
        "text": hit.text,
        "document": {
            "id": hit.document.pk,
            "title": hit.document.title,
            "municipalities": [
                {"ags": place.ags, "name": place.name}
                for place in hit.document.municipalities.all()
            ],
            "parties": [party.short_name for party in hit.document.parties.all()],
            "year": hit.document.year,
            "kind": hit.document.kind or None,
        },
        "section": {"id": hit.section.pk, "title": hit.section.title} if hit.section else None,
        "score": hit.score,
        "partial": hit.partial,
        "url": hit.get_absolute_url(),
    }
