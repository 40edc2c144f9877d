"""A file in, a parsed document out: the stages in order, and nothing else."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from programmes.ingest import about, personal, pledges, readers, repair, slips, structure, topics
from programmes.ingest.pieces import Known, Parsed, Source


def parse(source: Source, known: Known) -> Parsed:
    """Read `source` to the end; raises `Refused` with one clear sentence if it cannot be read."""
    text = repair.repair(readers.read(source))
    outline = structure.outline(text)
    known_of_it = about.find(source, text, outline, known)
    found = pledges.find(outline.sections, known_of_it, known)
    found = topics.assign(found, outline.sections, known.topics)
    return Parsed(
        source=source,
        sha256=hashlib.sha256(source.data).hexdigest(),
        text=replace(
            text,
            removed=(*text.removed, *outline.left_out),
            repairs={**text.repairs, **outline.repairs},
        ),
        about=known_of_it,
        sections=outline.sections,
        pledges=found,
        warnings=(
            *text.warnings,
            *known_of_it.doubts,
            *personal.warnings(text),
            *slips.warnings(text),
        ),
    )
