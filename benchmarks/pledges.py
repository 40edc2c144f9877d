"""How fast are sentences, pledges and topics found, and does the cost grow with the text alone?

A page is 500 words of invented programme text. Growth is the cost of a page in the longest text over
that in the shortest: 1 where it is linear.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from programmes.ingest import pledges, sentences, topics
from programmes.ingest.pieces import About, Passage, Section, Topic

PAGES = 50  # of an ordinary programme
WORDS = 500  # on a page
_REFERENCE = Path(__file__).resolve().parents[1] / "fixtures" / "reference" / "topics.json"
_PLACES = "Talhausen Neudorf Bergheim Mühlbach Seefeld Altenau Birkenfeld Wiesengrund".split()
_THINGS = (
    "Radwege Kitas Grundschulen Feuerwehrhäuser Spielplätze Buslinien Sporthallen Wohnungen".split()
)
_PARAGRAPH = (
    "In {place} leben heute mehr Menschen als vor zehn Jahren. Die {thing} sind dafür nicht gebaut worden. "
    "Deshalb wollen wir bis {year} die {thing} in {place} und {other} sanieren und {number} neue bauen, damit alle "
    "schneller ans Ziel kommen. Das Land muss z. B. die Hälfte der Kosten tragen. „Wir brauchen {thing}“, sagen viele. "
    "Unser Ziel ist ein {place}, in dem {thing} selbstverständlich sind. Die Verwaltung prüft das jedes Jahr."
)
_ITEMS = (
    "Ausbau der {thing} in {place}",
    "{number} Stellen für {thing}",
    "{thing} barrierefrei umbauen",
)


def programme(pages: int) -> tuple[Section, ...]:
    """Invented sections of about `pages` pages, each with two paragraphs and three items."""
    made: list[Section] = []
    words = number = 0
    while words < pages * WORDS:
        values = {
            "place": _PLACES[number % len(_PLACES)],
            "other": _PLACES[(number // 3 + 1) % len(_PLACES)],
            "thing": _THINGS[(number // 2) % len(_THINGS)],
            "year": 2027 + number % 9,
            "number": 2 + number,
        }
        text, passages = "", []
        for kind, pattern in (
            ("paragraph", _PARAGRAPH),
            ("paragraph", _PARAGRAPH),
            *(("item", item) for item in _ITEMS),
        ):
            block = pattern.format(**values)
            start = len(text)
            text += f"{block}\n\n"
            lead_in = "Wir fordern:" if kind == "item" else ""
            passages.append(Passage(kind, start, start + len(block), lead_in=lead_in))  # type: ignore[arg-type]
        made.append(
            Section(
                number,
                None,
                1,
                f"{values['thing']} in {values['place']}",
                text,
                passages=tuple(passages),
            )
        )
        words += len(text.split())
        number += 1
    return tuple(made)


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    """`size`: pages of the programme that is timed (50 if none is given)."""
    pages = size or PAGES
    scheme = tuple(
        Topic(row["slug"], row["label_de"], tuple(row["indicators"]))
        for row in json.loads(_REFERENCE.read_text(encoding="utf-8"))
    )
    _time(programme(1), scheme)  # word tables are built once
    whole, found = _time(programme(pages), scheme)
    yield {
        "bench": "pledges-50-pages",
        "value": round(whole * PAGES / pages, 3),
        "unit": "s",
        "goal": 1.0,
        "better": "lower",
        "detail": {"pages": pages, "pledges": found, "seconds": round(whole, 3)},
    }
    per_page = {}
    for factor in (1, 10, 100):
        length = max(pages // 10, 1) * factor
        seconds, _ = _time(programme(length), scheme)
        per_page[length] = seconds / length
    shortest, longest = min(per_page), max(per_page)
    yield {
        "bench": "pledges-growth",
        "value": round(per_page[longest] / per_page[shortest], 2),
        "unit": "ratio",
        "goal": 1.5,
        "better": "lower",
        "detail": {"ms_per_page": {str(k): round(v * 1000, 2) for k, v in per_page.items()}},
    }
    joined = "\n\n".join(section.text for section in programme(pages))
    start = time.perf_counter()
    count = len(sentences.split(joined))
    yield {
        "bench": "sentences-per-second",
        "value": round(count / (time.perf_counter() - start)),
        "unit": "1/s",
        "goal": 20000,
        "better": "higher",
        "detail": {"sentences": count},
    }


def _time(sections: tuple[Section, ...], scheme: tuple[Topic, ...]) -> tuple[float, int]:
    """Seconds for pledges and topics of some sections, and how many pledges there were."""
    start = time.perf_counter()
    found = pledges.find(sections, About(kind="programme", parties=("SPD",), year=2026))
    found = topics.assign(found, sections, scheme)
    return time.perf_counter() - start, len(found)
