"""Which sentences and items of a document are pledges, and by what cue?

The rules of the codebook say what is to be seen; a judge that was fitted to labelled texts weighs it.
"""

from __future__ import annotations

from collections.abc import Sequence

from programmes.ingest import targets
from programmes.ingest.pieces import About, Known, Pledge, Section
from programmes.ingest.pledges import authorship, decision, features, judge, specificity
from programmes.ingest.pledges.features import Seen
from programmes.ingest.pledges.grammar import read
from programmes.ingest.pledges.quotations import spoken
from programmes.ingest.pledges.units import units


def find(
    sections: tuple[Section, ...], about: About, known: Known | None = None
) -> tuple[Pledge, ...]:
    """Every pledge of a document in reading order; none in an article that no party has written."""
    weighing = judge.load("pledge")
    seen = examine(sections, about, known)
    found = []
    own = [features.of_unit(one) for one in seen]
    for one, alone, shown in zip(seen, own, features.of_document(seen, about, own), strict=True):
        if weighing.score(shown) <= 0 or decision.is_barred(one.evidence, one.unit.lead_in):
            continue
        unit = one.unit
        found.append(
            Pledge(
                section=unit.section,
                start=unit.start,
                end=unit.end,
                text=unit.text,
                specificity=specificity.of(one, alone),
                cue=decision.cue(one.evidence) or "judge",
                years=targets.years(unit.text, about.year),
                quantities=targets.quantities(unit.text),
                page=unit.page,
                reasons=weighing.reasons(shown),
                clues=decision.clues(one.evidence),
            )
        )
    return tuple(found)


def examine(
    sections: tuple[Section, ...], about: About, known: Known | None = None
) -> Sequence[Seen]:
    """Every unit of a document with what the rules see in it; none of an article by third parties."""
    every = tuple(units(sections))
    if authorship.is_told_by_others(every, about, sections):
        return ()
    setting = authorship.setting(every, about, known or Known())
    seen = []
    for unit in every:
        reading = read(spoken(unit.text), setting)
        evidence = decision.evidence(unit, reading)
        seen.append(Seen(unit, reading, evidence, decision.score(evidence)))
    return seen
