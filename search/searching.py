"""A search from what was typed to what is shown: the same for the page, the command, the feed and the API.

All words first, then entries with some of them, told apart; the engine is asked at most three times and the
database a constant number of times.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from django.conf import settings
from django.utils.translation import get_language

from programmes.models import Document, Municipality, Party, Pledge, Section, Topic
from programmes.rendering import plain
from search import query as language
from search import suggesting
from search.engines.base import FACETS, Hit, Query, Results
from search.indexing import engine
from search.snippets import Fragment, snippet

Order = Literal["relevance", "newest", "oldest", "place"]
# With fewer full matches than this, entries with only some of the words are shown after them.
ENOUGH = 20
KINDS = {
    "programm": "programme",
    "wahlprogramm": "programme",
    "presse": "press",
    "pressetext": "press",
    "antrag": "motion",
    "anderes": "other",
}
UNITS = {"versprechen": "pledge", "abschnitt": "section", "dokument": "document"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A search: the words typed, values by facet, the order, and which hits of the list are wanted."""

    text: str
    filters: Mapping[str, tuple[str, ...]]
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20


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
    headings: tuple[str, ...]
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
    """`full` of `total` hits have all the words. `searched` is what was looked for where nothing had what was
    typed and `suggestion` was taken instead; `synonyms`: which other words were looked for, too."""

    asked: Asked
    total: int
    full: int
    hits: tuple[Found, ...]
    facets: Mapping[str, Mapping[str, int]]
    suggestion: str | None
    corrected: bool
    synonyms: Mapping[str, tuple[str, ...]]
    dropped: tuple[str, ...]


def search(asked: Asked) -> Answer:
    """What is found; raises EngineUnavailable where the engine cannot answer now."""
    typed = language.understand(asked.text)
    filters = _filters(asked.filters, typed)
    # A field that names what the archive does not know finds nothing, rather than everything.
    suggestion = suggesting.suggestion(typed, engine()) if typed.terms else None
    page, synonyms = _ask(asked, typed, filters)
    corrected = False
    if not page.total and suggestion:
        again = language.understand(suggestion)
        other, other_synonyms = _ask(asked, again, filters)
        if other.total:
            typed, page, synonyms, corrected = again, other, other_synonyms, True
    marked = language.highlights(typed, synonyms)
    return Answer(
        asked=asked,
        total=page.total,
        full=page.full,
        hits=_shown(page.hits, marked),
        facets=page.facets,
        suggestion=suggestion,
        corrected=corrected,
        synonyms={word: others for word, others in synonyms.items() if others},
        dropped=typed.dropped,
    )


@dataclass(frozen=True, slots=True)
class _Page:
    total: int
    full: int
    hits: tuple[tuple[Hit, bool], ...]
    facets: Mapping[str, Mapping[str, int]]


def _ask(
    asked: Asked, typed: language.Typed, filters: Mapping[str, tuple[str, ...]]
) -> tuple[_Page, dict[str, tuple[str, ...]]]:
    synonyms = language.expand(typed, synonym_groups())
    whole = Query(
        clauses=language.clauses(typed, synonyms),
        filters=filters,
        order=asked.order,
        offset=asked.offset,
        limit=asked.limit,
    )
    full = engine().search(whole)
    several = sum(clause.occur != "not" for clause in whole.clauses) > 1
    if full.total >= ENOUGH or not several or asked.order != "relevance":
        hits = tuple((hit, False) for hit in full.hits)
        return _Page(full.total, full.total, hits, full.facets), synonyms
    every = _first(full, whole)
    some = engine().search(
        replace(
            whole,
            clauses=language.clauses(typed, synonyms, partial=True),
            offset=0,
            limit=asked.offset + asked.limit + len(every),
        )
    )
    known = {hit.id for hit in every}
    listed = [(hit, False) for hit in every]
    listed += [(hit, True) for hit in some.hits if hit.id not in known]
    return (
        _Page(
            max(some.total, full.total),
            full.total,
            tuple(listed[asked.offset : asked.offset + asked.limit]),
            some.facets,
        ),
        synonyms,
    )


def _first(full: Results, whole: Query) -> Sequence[Hit]:
    """All of the few full matches, whichever page was asked for."""
    if whole.offset == 0 and len(full.hits) == full.total:
        return full.hits
    return engine().search(replace(whole, offset=0, limit=ENOUGH, facets=())).hits


@lru_cache(maxsize=1)
def _shipped_synonyms() -> tuple[tuple[str, ...], ...]:
    path = settings.BASE_DIR / "fixtures" / "reference" / "synonyms.json"
    return tuple(tuple(group) for group in json.loads(path.read_text(encoding="utf-8")))


def synonym_groups() -> tuple[tuple[str, ...], ...]:
    """Words that stand for each other."""
    return _shipped_synonyms()


def _filters(
    chosen: Mapping[str, tuple[str, ...]], typed: language.Typed
) -> dict[str, tuple[str, ...]]:
    """The facet values that were chosen and those that were typed as fields ("ort:Aachen")."""
    filters = {name: values for name, values in chosen.items() if values and name in FACETS}
    for name, words in typed.fields.items():
        values = tuple(value for word in words for value in facet_values(name, word)) or ("?",)
        both = filters.get(name)
        filters[name] = tuple(v for v in values if v in both) or ("?",) if both else values
    return filters


def facet_values(facet: str, word: str) -> tuple[str, ...]:
    """The values of a facet that a word names: "Aachen" an AGS, "Grüne" a slug; none if nothing is so called."""
    folded = word.strip().casefold()
    if facet == "place":
        if folded.isdigit():
            return (folded,)
        return tuple(
            Municipality.objects.filter(documents__isnull=False, name__iexact=word.strip())
            .distinct()
            .values_list("pk", flat=True)
        ) or tuple(
            Municipality.objects.filter(documents__isnull=False, name__istartswith=word.strip())
            .distinct()
            .values_list("pk", flat=True)[:20]
        )
    if facet == "party":
        return tuple(
            slug
            for slug, short, name, aliases in Party.objects.values_list(
                "slug", "short_name", "name", "aliases"
            )
            if folded in {slug, *(other.casefold() for other in (short, name, *aliases))}
        )
    if facet == "topic":
        return tuple(
            slug
            for slug, german, english in Topic.objects.values_list("slug", "label_de", "label_en")
            if folded == slug or folded in german.casefold() or folded in english.casefold()
        )
    if facet == "kind":
        return (KINDS.get(folded, folded),)
    if facet == "unit":
        return (UNITS.get(folded, folded),)
    return (word.strip(),)


def _shown(hits: Sequence[tuple[Hit, bool]], marked: frozenset[str]) -> tuple[Found, ...]:
    """The hits with their rows, in three queries and those of the cards; what is gone meanwhile is left out."""
    numbers: dict[str, list[int]] = {"p": [], "s": [], "d": []}
    for hit, _ in hits:
        numbers[hit.id[0]].append(int(hit.id[1:]))
    pledges = Pledge.objects.published().cards().in_bulk(numbers["p"]) if numbers["p"] else {}
    sections = Section.objects.published().in_bulk(numbers["s"]) if numbers["s"] else {}
    wanted = {*numbers["d"], *(section.document_id for section in sections.values())}
    documents = Document.objects.published().cards().in_bulk(wanted) if wanted else {}
    paths = _paths({*(p.section_id for p in pledges.values()), *sections})
    shown = []
    for hit, partial in hits:
        kind, number = hit.id[0], int(hit.id[1:])
        pledge = section = None
        if kind == "p" and number in pledges:
            pledge = pledges[number]
            section, document, text = pledge.section, pledge.document, plain(pledge.text)
        elif kind == "s" and number in sections:
            section = sections[number]
            document, text = documents[section.document_id], plain(section.text)
        elif kind == "d" and number in documents:
            document = documents[number]
            text = document.title
        else:
            continue
        shown.append(
            Found(
                unit={"p": "pledge", "s": "section", "d": "document"}[kind],
                id=number,
                score=round(hit.score, 4),
                partial=partial,
                document=document,
                section=section,
                pledge=pledge,
                headings=paths.get(section.pk, ()) if section else (),
                text=text,
                fragments=snippet(text, marked),
            )
        )
    return tuple(shown)


def _paths(sections: set[int]) -> dict[int, tuple[str, ...]]:
    """The headings from the chapter down to each section, read three levels at once."""
    rows = Section.objects.filter(pk__in=sections).values_list(
        "pk", "title", "parent__title", "parent__parent__title"
    )
    return {pk: tuple(filter(None, (top, above, title))) for pk, title, above, top in rows}


def labels(facets: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, str]]:
    """What the values of the facets are called, in four queries."""
    places = {*facets.get("place", {}), *facets.get("state", {})}
    named: dict[str, dict[str, str]] = {
        "party": dict(
            Party.objects.filter(slug__in=facets.get("party", {})).values_list("slug", "short_name")
        ),
        "topic": dict(
            Topic.objects.filter(slug__in=facets.get("topic", {})).values_list(
                "slug", "label_en" if get_language() == "en" else "label_de"
            )
        ),
    }
    names = dict(Municipality.objects.filter(pk__in=places).values_list("pk", "name"))
    named["place"] = named["state"] = names
    return named


def as_json(answer: Answer) -> dict[str, Any]:
    """The public form, as `manage.py search --json` prints it."""
    return {
        "query": answer.asked.text,
        "total": answer.total,
        "hits": [
            {
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
                "section": {"id": hit.section.pk, "title": hit.section.title}
                if hit.section
                else None,
                "score": hit.score,
                "partial": hit.partial,
            }
            for hit in answer.hits
        ],
        "facets": {name: dict(values) for name, values in answer.facets.items()},
        "suggestion": answer.suggestion,
    }
