"""Which sentences and items of a document are pledges, and by what cue? The rules of the codebook."""

from __future__ import annotations

from programmes.ingest import targets
from programmes.ingest.pieces import About, Known, Pledge, Section
from programmes.ingest.pledges import authorship, decision, specificity
from programmes.ingest.pledges.grammar import read
from programmes.ingest.pledges.quotations import spoken
from programmes.ingest.pledges.units import units


def find(
    sections: tuple[Section, ...], about: About, known: Known | None = None
) -> tuple[Pledge, ...]:
    """Every pledge of a document in reading order; none in an article that no party has written."""
    every = tuple(units(sections))
    if authorship.is_told_by_others(every, about):
        return ()
    setting = authorship.setting(every, about, known or Known())
    found = []
    for unit in every:
        reading = read(spoken(unit.text), setting)
        evidence = decision.evidence(unit, reading)
        if decision.score(evidence) <= 0:
            continue
        found.append(
            Pledge(
                section=unit.section,
                start=unit.start,
                end=unit.end,
                text=unit.text,
                specificity=specificity.of(unit, reading),
                cue=decision.cue(evidence),
                years=targets.years(unit.text, about.year),
                quantities=targets.quantities(unit.text),
                page=unit.page,
            )
        )
    return tuple(found)
