"""How well files are read: programmes typed once, printed in designs drawn by lot, and read again.

Chromium and LibreOffice print where they are installed; the other printers need nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.ingest.press.__main__ import PRINTERS
from tests.ingest.press.score import Score, held_against

SEEDS = 12
NEEDS = {"chromium": "chromium", "writer": "soffice", "docx": "soffice", "odt": "soffice"}


def run(size: int | None = None) -> Iterator[dict[str, object]]:
    for name, print_all in PRINTERS.items():
        program = NEEDS.get(name)
        if program and not (shutil.which(program) or Path("/usr/bin", program).exists()):
            continue
        total = Score()
        for _, pieces, absent, data, suffix in print_all(range(size or SEEDS), None):
            total.plus(held_against(pieces, absent, data, f"x.{suffix}"))
        for figure, value, goal in (("headings_f1", total.f1, 0.9), ("probes", total.probes, 0.95)):
            yield {
                "bench": f"press_{name}_{figure}",
                "value": round(value, 4),
                "unit": "share",
                "goal": goal,
                "better": "higher",
                "detail": {
                    "files": size or SEEDS,
                    "sentences": total.sentences,
                    "broken": total.sentences - total.whole,
                    "words_lost": total.lost,
                    "furniture_left": total.left,
                    "levels": round(total.levels, 4),
                },
            }
