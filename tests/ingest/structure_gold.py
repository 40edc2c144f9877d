"""How near is the outline of real texts to a gold in the format of `gold/structure.json`?

    python -m tests.ingest.structure_gold GOLD FOLDER

prints one line a text and the sums: headings precision, recall and F1 (titles compared without case and
space), level relations (of all pairs of headings found in both: is the one higher, equal or lower), and each
field of `about` that differs.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from programmes.ingest import pipeline
from programmes.ingest.pieces import Known, Parsed, Source

FIELDS = ("place", "parties", "year", "date", "kind")


@dataclass(frozen=True, slots=True)
class Score:
    """Headings found, expected and right; pairs of levels compared and right; fields of `about` that differ."""

    name: str
    found: int
    expected: int
    right: int
    pairs: int
    agreeing: int
    wrong: tuple[str, ...]


def score(name: str, parsed: Parsed, gold: dict[str, Any], known: Known) -> Score:
    expected = [(plain(row["title"]), row["level"]) for row in gold["headings"]]
    found = list(outline(parsed, with_title=any(level == 0 for _, level in expected)))
    pairs = _aligned(expected, found)
    compared = [(a, b) for at, a in enumerate(pairs) for b in pairs[at + 1 :]]
    agreeing = sum(_order(a[0], b[0]) == _order(a[1], b[1]) for a, b in compared)
    return Score(
        name,
        len(found),
        len(expected),
        len(pairs),
        len(compared),
        agreeing,
        tuple(_differing(parsed, gold, known)),
    )


def outline(parsed: Parsed, *, with_title: bool) -> Iterator[tuple[str, int]]:
    if with_title and parsed.about.title:
        yield plain(parsed.about.title), 0
    for section in parsed.sections:
        if section.title:
            yield plain(section.title), section.level


def plain(title: str) -> str:
    return re.sub(r"\W+", " ", title).strip().lower()


def figures(scores: list[Score]) -> dict[str, float]:
    """Micro averages over all texts: F1 of headings, share of level relations that agree."""
    right = sum(s.right for s in scores)
    found, expected = sum(s.found for s in scores), sum(s.expected for s in scores)
    pairs = sum(s.pairs for s in scores)
    return {
        "precision": right / max(found, 1),
        "recall": right / max(expected, 1),
        "f1": 2 * right / max(found + expected, 1),
        "levels": sum(s.agreeing for s in scores) / max(pairs, 1),
    }


def _aligned(
    expected: list[tuple[str, int]], found: list[tuple[str, int]]
) -> list[tuple[int, int]]:
    """The levels (gold, ours) of the headings that both have, each used once."""
    free = list(range(len(found)))
    pairs = []
    for title, level in expected:
        at = next((at for at in free if found[at][0] == title), None)
        if at is not None:
            free.remove(at)
            pairs.append((level, found[at][1]))
    return pairs


def _order(one: int, other: int) -> int:
    return (one > other) - (one < other)


def _differing(parsed: Parsed, gold: dict[str, Any], known: Known) -> Iterator[str]:
    names = {place.ags: place.name for place in known.places}
    about, wanted = parsed.about, gold["metadata"]
    have = {
        "place": ", ".join(names[ags] for ags in about.municipalities) or None,
        "parties": list(about.parties) or None,
        "year": about.year,
        "date": about.date,
        "kind": about.kind,
    }
    for field in FIELDS:
        if have[field] != wanted[field]:
            yield f"{field}: {have[field]!r} instead of {wanted[field]!r}"
    if about.title != gold["title"]:
        yield f"title: {about.title!r} instead of {gold['title']!r}"


def measure(gold: Path, folder: Path, known: Known) -> list[Score]:
    scores = []
    for row in json.loads(gold.read_text(encoding="utf-8")):
        path = folder / row["seed"]
        parsed = pipeline.parse(Source(path.read_bytes(), path.name), known)
        scores.append(score(path.name, parsed, row, known))
    return scores


def main(gold: str, folder: str) -> None:
    from tests.ingest import gazetteers

    scores = measure(Path(gold), Path(folder), gazetteers.examples())
    for one in scores:
        print(f"{one.name}: {one.right} of {one.expected} headings, {one.found} found; "
              f"{one.agreeing} of {one.pairs} level relations")  # fmt: skip
        for line in one.wrong:
            print(f"    {line}")
    print("  ".join(f"{name} {value:.3f}" for name, value in figures(scores).items()))


if __name__ == "__main__":
    main(*sys.argv[1:])
