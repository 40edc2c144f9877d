"""A search from what was typed to what is shown: the same for the page, the command, the feed and the API.

What is found and in which order is decided in `ranking`; here its hits get their rows, in a constant number
of queries, and the fragments that say why they were found.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from programmes.models import Document, Pledge, Section
from programmes.rendering import plain
from search import choices, ranking, synonyms
from search import query as language
from search.engines.base import FACETS, Hit, Order
from search.indexing import engine
from search.snippets import Fragment, marked, snippet
from search.thesaurus import Synonym

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
    """One hit with its rows. `partial`: some of the words are missing. `headings`: from chapter to section."""

    unit: str
    id: int
    score: float
    partial: bool
    document: Document
    section: Section | None
    pledge: Pledge | None
    headings: tuple[tuple[Fragment, ...], ...]
    text: str
    fragments: tuple[Fragment, ...]

    @property
    def key(self) -> str:
        return self.pledge.key if self.pledge else ""

    def get_absolute_url(self) -> str:
        if self.pledge:
            return self.pledge.get_absolute_url()
        address = self.document.get_absolute_url()
        return f"{address}#{self.section.anchor}" if self.section else address


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


def search(asked: Asked) -> Answer:
    """What is found; raises EngineUnavailable where the engine cannot answer now."""
    typed = language.understand(asked.text)
    filters, unknown = _filters(asked.filters, typed)
    found = ranking.find(
        engine(),
        typed,
        synonyms.current(),
        filters=filters,
        order=asked.order,
        offset=asked.offset,
        limit=asked.limit,
        facets=asked.facets,
    )
    return Answer(
        asked=asked,
        total=found.total,
        full=found.full,
        hits=_shown(found.hits, found.highlights),
        facets=found.facets,
        filters=filters,
        suggestion=found.suggestion,
        corrected=found.corrected,
        synonyms=found.synonyms,
        near=found.near,
        dropped=typed.dropped,
        unknown=unknown,
    )


def every(asked: Asked, most: int, chunk: int = 250) -> Iterator[Found]:
    """All hits up to `most`, a few hundred in memory at a time."""
    for offset in range(0, most, chunk):
        wanted = replace(asked, offset=offset, limit=min(chunk, most - offset), facets=())
        hits = search(wanted).hits
        yield from hits
        if not hits:
            return


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


def _shown(hits: Sequence[tuple[Hit, bool]], terms: frozenset[str]) -> tuple[Found, ...]:
    """The hits with their rows, in four queries and those of the cards; what is gone meanwhile is left out."""
    numbers: dict[str, list[int]] = {"p": [], "s": [], "d": []}
    for hit, _ in hits:
        numbers[hit.id[0]].append(_number(hit))
    pledges = Pledge.objects.published().cards().in_bulk(numbers["p"]) if numbers["p"] else {}
    sections = Section.objects.published().in_bulk(numbers["s"]) if numbers["s"] else {}
    wanted = {*numbers["d"], *(section.document_id for section in sections.values())}
    documents = Document.objects.published().cards().in_bulk(wanted) if wanted else {}
    paths = _paths({*(p.section_id for p in pledges.values()), *sections})
    shown = []
    for hit, partial in hits:
        kind, number = hit.id[0], _number(hit)
        pledge = section = None
        if kind == "p" and number in pledges:
            pledge = pledges[number]
            section, document, text = pledge.section, pledge.document, plain(pledge.text)
        elif kind == "s" and number in sections and sections[number].document_id in documents:
            section = sections[number]
            document, text = documents[section.document_id], plain(_passage(hit, section))
        elif kind == "d" and number in documents:
            document = documents[number]
            text = document.title
        else:
            continue
        path = paths.get(section.pk, ()) if section else ()
        shown.append(
            Found(
                unit={"p": "pledge", "s": "section", "d": "document"}[kind],
                id=number,
                score=round(hit.score, 4),
                partial=partial,
                document=document,
                section=section,
                pledge=pledge,
                headings=tuple(marked(title, terms) for title in path),
                text=text,
                fragments=snippet(text, terms),
            )
        )
    return tuple(shown)


def _number(hit: Hit) -> int:
    """The primary key in "p12", "s3.0.120", "d1"."""
    return int(hit.id[1:].partition(".")[0])


def _passage(hit: Hit, section: Section) -> str:
    _, start, end = hit.id.split(".")
    return section.text[int(start) : int(end)]


def _paths(sections: set[int]) -> dict[int, tuple[str, ...]]:
    """The headings from the chapter down to each section, read three levels at once."""
    if not sections:
        return {}
    rows = Section.objects.filter(pk__in=sections).values_list(
        "pk", "title", "parent__title", "parent__parent__title"
    )
    return {pk: tuple(filter(None, (top, above, title))) for pk, title, above, top in rows}


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
