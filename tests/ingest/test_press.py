"""Programmes in designs drawn by lot are read as they were typed: headings, whole sentences, no furniture.

The full press (`python -m tests.ingest.press`) prints by a browser and a word processor too.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ingest.press import __main__ as press
from tests.ingest.press.score import Score, held_against
from tests.ingest.press.texts import Piece

SEEDS = range(100, 108)  # none of those that rules were looked at with


def scores(printer: str) -> Iterator[Score]:
    for _, pieces, absent, data, suffix in press.PRINTERS[printer](SEEDS, None):
        yield held_against(pieces, absent, data, f"x.{suffix}")


@pytest.mark.parametrize("printer", ["drawn", "pages", "plain", "markdown"])
def test_what_was_typed_comes_back(printer):
    total = Score()
    for score in scores(printer):
        total.plus(score)
    faults = "\n".join(total.faults)
    assert total.f1 >= 0.97, faults
    assert total.probes >= 0.98, faults
    assert total.left == 0, faults
    assert total.lost <= 0.002 * total.words, faults


def test_what_was_copied_out_of_a_pdf_file_comes_back():
    total = Score()
    for _, pieces, absent, data, _ in press.PRINTERS["exported"](range(210, 222), None):
        total.plus(held_against(pieces, absent, data, "x.txt"))
    faults = "\n".join(total.faults)
    assert total.f1 >= 0.95, faults
    assert total.probes >= 0.95, faults
    assert (total.left, total.lost) == (0, 0), faults


@pytest.mark.parametrize(
    ("read", "fault"),
    [
        (
            "## Wohnen\n\nWir bauen am Bahnhof.\n\nDer Bus fährt.",
            "misplaced: Der Bus fährt. | under wohnen",
        ),
        ("## Wohnen\n\nWir bauen am\n\n## Bus\n\nDer Bus fährt.", "broken: Wir bauen am Bahnhof."),
        ("Wir bauen am Bahnhof.\n\n## Bus\n\nDer Bus fährt.", "no heading: Wohnen"),
        ("## Wohnen\n\nWir bauen am Bahnhof.\n\n## Bus\n\nDer Bus fährt. Seite 3", "left: Seite 3"),
    ],
)
def test_the_score_sees_what_went_wrong(read, fault):
    typed = [
        Piece("heading", "Wohnen"),
        Piece("paragraph", "Wir bauen am Bahnhof."),
        Piece("heading", "Bus"),
        Piece("paragraph", "Der Bus fährt."),
    ]
    assert fault in held_against(typed, ["Seite 3"], read.encode(), "x.md").faults
