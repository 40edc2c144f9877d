"""From clauses to one ranked list: entries with all words first, those with some of them after, told apart.

`find(engine, typed, thesaurus, …)` asks the engine at most three times; the page, the command and the quality
test ask through it. Plain Python: the words are `query.understand(text)`, the thesaurus the archive's synonyms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from search import query as language
from search import suggesting
from search.engines.base import FACETS, Engine, Hit, Order, Query, Results
from search.thesaurus import Synonym, Thesaurus

# With fewer full matches than this, entries with only some of the words are shown after them.
ENOUGH = 50
NO_FILTER: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Ranked:
    """One page of hits, each with whether words are missing; `full` of `total` hits have all words.

    `typed` is what was looked for; it differs from what was asked where `corrected`. `suggestion` is the
    spelling that may have been meant. `synonyms` and `near`: which other words were looked for, too.
    """

    total: int
    full: int
    hits: tuple[tuple[Hit, bool], ...]
    facets: Mapping[str, Mapping[str, int]]
    typed: language.Typed
    synonyms: tuple[Synonym, ...]
    near: Mapping[str, tuple[str, ...]]
    suggestion: str | None = None
    corrected: bool = False

    def highlights(self, *, partial: bool = False) -> frozenset[str]:
        """The terms that a hit is marked by; `partial`: also those that stand for a part of a word."""
        return language.highlights(self.typed, self.synonyms, self.near, partial=partial)


def find(
    engine: Engine,
    typed: language.Typed,
    thesaurus: Thesaurus,
    *,
    filters: Mapping[str, tuple[str, ...]] = NO_FILTER,
    order: Order = "relevance",
    offset: int = 0,
    limit: int = 20,
    facets: tuple[str, ...] = FACETS,
    without: Mapping[str, tuple[str, ...]] = NO_FILTER,
) -> Ranked:
    """The page of hits; where nothing has what was typed, what has its nearest spelling."""
    frame = Query(
        filters=filters,
        facets=facets,
        order=order,
        offset=offset,
        limit=limit,
        without=without,
    )
    ranked = _ranked(engine, typed, thesaurus, frame)
    suggestion = suggesting.suggestion(typed, engine) if typed.terms else None
    if suggestion and not ranked.full:
        again = _ranked(engine, language.understand(suggestion), thesaurus, frame)
        if again.full > 0 or (again.total and not ranked.total):
            return replace(again, suggestion=suggestion, corrected=True)
    return replace(ranked, suggestion=suggestion)


def _ranked(
    engine: Engine,
    typed: language.Typed,
    thesaurus: Thesaurus,
    frame: Query,
) -> Ranked:
    synonyms = language.expand(typed, thesaurus)
    near = {word: suggesting.near(word, engine) for word in language.fuzzy(typed)}
    whole = replace(frame, clauses=language.clauses(typed, synonyms, near))
    full = engine.search(whole)
    if full.total >= ENOUGH or frame.order != "relevance" or not language.is_loose(typed):
        hits = tuple((hit, False) for hit in full.hits)
        return Ranked(full.total, full.total, hits, full.facets, typed, synonyms, near)
    every = _first(engine, full, whole)
    some = engine.search(
        replace(
            whole,
            clauses=language.clauses(typed, synonyms, near, partial=True),
            offset=0,
            limit=frame.offset + frame.limit + len(every),
        )
    )
    known = {hit.id for hit in every}
    listed = [(hit, False) for hit in every]
    listed += [(hit, True) for hit in some.hits if hit.id not in known]
    return Ranked(
        max(some.total, full.total),
        full.total,
        tuple(listed[frame.offset : frame.offset + frame.limit]),
        some.facets,
        typed,
        synonyms,
        near,
    )


def _first(engine: Engine, full: Results, whole: Query) -> Sequence[Hit]:
    """All of the few full matches, whichever page was asked for."""
    if whole.offset == 0 and len(full.hits) == full.total:
        return full.hits
    return engine.search(replace(whole, offset=0, limit=ENOUGH, facets=())).hits
