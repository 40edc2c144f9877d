"""The hits of a search as CSV and as JSON, made while they are sent."""

from __future__ import annotations

import json
from collections.abc import Iterator

from programmes.lines import BOM, CSV
from search.searching import Answer, Found, as_json, every, hit_json

MOST = 10_000
COLUMNS = (
    "unit",
    "key",
    "text",
    "partial",
    "score",
    "document",
    "title",
    "kind",
    "year",
    "municipalities",
    "ags",
    "parties",
    "section",
    "specificity",
    "topics",
    "url",
)


def csv_lines(answer: Answer, root: str, *, bom: bool = False) -> Iterator[str]:
    """A line a hit (RFC 4180), lists joined by "|"; no cell begins a formula."""
    if bom:
        yield BOM
    yield CSV.head(COLUMNS)
    hits = every(answer.asked, min(answer.total, MOST))
    yield from CSV.lines(COLUMNS, (_cells(hit, root) for hit in hits))


def json_lines(answer: Answer, root: str) -> Iterator[str]:
    """A JSON object a hit, in its public form."""
    for hit in every(answer.asked, min(answer.total, MOST)):
        row = hit_json(hit)
        row["url"] = root + row["url"]
        yield json.dumps(row, ensure_ascii=False) + "\n"


def json_pieces(answer: Answer, root: str) -> Iterator[str]:
    """The public form of the answer with all its hits, in pieces."""
    head = {name: value for name, value in as_json(answer).items() if name != "hits"}
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "hits": ['
    for number, hit in enumerate(every(answer.asked, min(answer.total, MOST))):
        row = hit_json(hit)
        row["url"] = root + row["url"]
        yield ("," if number else "") + "\n" + json.dumps(row, ensure_ascii=False)
    yield "\n]}\n"


def _cells(hit: Found, root: str) -> list[str]:
    places = list(hit.document.municipalities.all())
    return [
        hit.unit,
        hit.key,
        hit.text,
        "true" if hit.partial else "false",
        str(hit.score),
        str(hit.document.pk),
        hit.document.title,
        hit.document.kind,
        str(hit.document.year or ""),
        "|".join(place.name for place in places),
        "|".join(place.ags for place in places),
        "|".join(party.short_name for party in hit.document.parties.all()),
        hit.section.title if hit.section else "",
        hit.pledge.specificity if hit.pledge else "",
        "|".join(topic.slug for topic in hit.topics),
        root + hit.get_absolute_url(),
    ]
