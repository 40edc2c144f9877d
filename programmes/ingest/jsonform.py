"""A parsed document as the JSON object of the public contract."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from programmes.ingest.pieces import Known, Parsed


def as_json(parsed: Parsed, known: Known) -> dict[str, Any]:
    """What `manage.py parse --json` prints for one file."""
    names = {place.ags: place.name for place in known.places}
    about = parsed.about
    return {
        "file": parsed.source.path,
        "sha256": parsed.sha256,
        "about": {
            "title": about.title,
            "kind": about.kind,
            "municipalities": [
                {"ags": ags, "name": names.get(ags)} for ags in about.municipalities
            ],
            "parties": list(about.parties),
            "publisher": about.publisher,
            "year": about.year,
            "date": about.date,
            "language": about.language,
        },
        "evidence": dict(about.evidence),
        "sections": [
            {
                "id": section.id,
                "parent": section.parent,
                "level": section.level,
                "title": section.title,
                "page": section.page,
                "text": section.text,
            }
            for section in parsed.sections
        ],
        "pledges": [
            {
                "section": pledge.section,
                "start": pledge.start,
                "end": pledge.end,
                "text": pledge.text,
                "specificity": pledge.specificity,
                "topics": list(pledge.topics),
                "years": list(pledge.years),
                "quantities": [asdict(quantity) for quantity in pledge.quantities],
                "cue": pledge.cue,
                "reasons": list(pledge.reasons),
                "topic_reasons": list(pledge.topic_reasons),
            }
            for pledge in parsed.pledges
        ],
        "warnings": [asdict(warning) for warning in parsed.warnings],
        "reader": parsed.text.reader,
        "pages": parsed.text.pages,
        "repairs": dict(parsed.text.repairs),
    }
