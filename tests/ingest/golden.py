"""A parsed document as a page a person can read and check: the golden form of the examples."""

from __future__ import annotations

from collections.abc import Iterator

from programmes.ingest.pieces import Known, Parsed


def shown(parsed: Parsed, known: Known) -> str:
    """What is known of it with its evidence, what was repaired and removed, warnings, and its text."""
    return "\n".join(_lines(parsed, known)) + "\n"


def _lines(parsed: Parsed, known: Known) -> Iterator[str]:
    names = {place.ags: place.name for place in known.places}
    about = parsed.about
    for name, value in (
        ("title", about.title),
        ("kind", about.kind),
        ("municipalities", ", ".join(names[ags] for ags in about.municipalities)),
        ("parties", ", ".join(about.parties)),
        ("publisher", about.publisher),
        ("year", about.year),
        ("date", about.date),
        ("language", about.language),
    ):
        if value:
            words = about.evidence.get(name)
            yield f"{name}: {value}" + (f"  <- {words}" if words else "")
    yield f"reader: {parsed.text.reader} ({parsed.text.media_type})"
    if parsed.text.pages:
        yield f"pages: {parsed.text.pages}"
    if parsed.text.repairs:
        counted = sorted(parsed.text.repairs.items())
        yield "repairs: " + ", ".join(f"{name} {count}" for name, count in counted)
    yield from (f"removed: {words}" for words in parsed.text.removed)
    yield from (f"warning: {warning.code}: {warning.message}" for warning in parsed.warnings)
    for section in parsed.sections:
        yield ""
        page = f"  [page {section.page}]" if section.page else ""
        yield f"{'=' * max(section.level, 0)}> {section.title or '(no heading)'}{page}"
        if section.text:
            yield ""
            yield section.text
