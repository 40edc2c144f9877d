"""Which pledges elsewhere are most like one? Asked of the index, then measured by the words both have."""

from __future__ import annotations

from dataclasses import dataclass

from programmes.models import Pledge
from programmes.prepared import Prepared
from programmes.rendering import plain
from search import likeness, rows
from search.engines.base import Clause, Engine, EngineUnavailable, Hit, Phrase, Query
from search.indexing import engine
from search.likeness import Part

LEAST = 0.2  # of the content words of both: below, it is another matter
ASKED = 16  # words of a pledge that the index is asked for, the longest
LOOKED_AT = 40


_elsewhere = Prepared(
    Pledge,
    lambda numbers, document: (
        Pledge.objects.published()
        .exclude(document=document)
        .filter(pk__in=numbers)
        .order_by()
        .values_list("pk", "text")
    ),
)


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
        numbers = _nearest(own, engine())
    except EngineUnavailable:
        return []
    rated = sorted(
        (-likeness.share(own, likeness.content(plain(there))), pk)
        for pk, there in (_elsewhere(numbers, pledge.document_id) if numbers else ())
    )
    best = {f"p{pk}": -share for share, pk in rated[:limit] if -share >= LEAST}
    found = rows.read(Hit(name, share) for name, share in best.items())
    others = {name: row.pledge for name, row in found.items() if row.pledge}
    return [
        _similar(text, own, others[name], share) for name, share in best.items() if name in others
    ]


def _similar(text: str, own: frozenset[str], other: Pledge, share: float) -> Similar:
    there = plain(other.text)
    return Similar(
        other,
        share,
        tuple(likeness.compared(there, own)),
        tuple(likeness.differing(text, likeness.content(there))),
        tuple(likeness.differing(there, own)),
    )


def _nearest(words: frozenset[str], engine: Engine) -> list[int]:
    """Primary keys of the pledges that share most of these words, rare ones counting more."""
    telling = sorted(words, key=lambda word: (-len(word), word))[:ASKED]
    if not telling:
        return []
    query = Query(
        tuple(Clause((Phrase((word,)),), "should") for word in telling),
        {"unit": ("pledge",)},
        facets=(),
        order="shared",
        limit=LOOKED_AT,
    )
    return [int(hit.id[1:]) for hit in engine.search(query).hits if hit.id[0] == "p"]
