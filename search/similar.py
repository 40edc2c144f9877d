"""Which pledges elsewhere are most like one? Asked of the index, then measured by the words both have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from programmes.models import Pledge
from programmes.rendering import plain
from search import analysis, likeness
from search.engines.base import Clause, Engine, EngineUnavailable, Phrase, Query
from search.indexing import engine
from search.likeness import Part

LEAST = 0.2  # of the content words of both: below, it is another matter
ASKED = 24  # words of a pledge that the index is asked for
LOOKED_AT = 60


@dataclass(frozen=True, slots=True)
class Similar:
    """A pledge elsewhere: the share of content words that both have, and its text with these told apart."""

    pledge: Pledge
    share: float
    parts: tuple[Part, ...]
    only_here: tuple[str, ...]
    only_there: tuple[str, ...]

    @property
    def per_cent(self) -> int:
        return round(100 * self.share)


def similar(pledge: Pledge, limit: int = 5) -> list[Similar]:
    """The most similar pledges of other documents, most like first; none where the engine cannot answer."""
    text = plain(pledge.text)
    own = likeness.content(text)
    try:
        numbers = _nearest(text, engine())
    except EngineUnavailable:
        return []
    rows = Pledge.objects.published().exclude(document=pledge.document_id).in_bulk(numbers)
    rated = sorted(
        (-likeness.share(own, likeness.content(plain(row.text))), pk) for pk, row in rows.items()
    )
    best = {pk: -share for share, pk in rated[:limit] if -share >= LEAST}
    found = Pledge.objects.cards().in_bulk(best)
    return [_similar(text, own, found[pk], share) for pk, share in best.items() if pk in found]


def _similar(text: str, own: frozenset[str], other: Pledge, share: float) -> Similar:
    there = plain(other.text)
    return Similar(
        other,
        share,
        tuple(likeness.compared(there, own)),
        tuple(likeness.differing(text, likeness.content(there))),
        tuple(likeness.differing(there, own)),
    )


def _nearest(text: str, engine: Engine) -> list[int]:
    """Primary keys of the pledges that the index finds nearest."""
    clauses: dict[Any, Clause] = {}
    for word in analysis.words(text):
        written = text[word.start : word.end].lower()
        if written in analysis.STOP or len(written) < 2:
            continue
        lemma = word.terms[1] if len(word.terms) > 1 else word.terms[0]
        family = [Phrase((term,), 0.5) for term in word.terms[2:] if term[0] == "~"]
        alternatives = (Phrase((lemma,)), Phrase((f"+{lemma}",), 0.6), *family)
        clauses.setdefault(lemma, Clause(alternatives, "should"))
    if not clauses:
        return []
    query = Query(
        tuple(clauses.values())[:ASKED], {"unit": ("pledge",)}, facets=(), limit=LOOKED_AT
    )
    return [int(hit.id[1:]) for hit in engine.search(query).hits if hit.id[0] == "p"]
