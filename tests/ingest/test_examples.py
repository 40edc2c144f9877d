"""Every file in `examples/` reads as its golden page says; `RENEW_EXAMPLES=1` writes the pages anew.

An example is any file there whose page `<its name>.golden` lies beside it (a new file gets one on renewal).
Look at what a renewal changes before you commit it: the pages are what a careful reader would have typed.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from programmes.ingest import pipeline
from programmes.ingest.pieces import Refused, Source
from tests.ingest import gazetteers, golden

EXAMPLES = Path(__file__).parent / "examples"
FILES = sorted(
    path
    for path in EXAMPLES.rglob("*")
    if path.is_file()
    and path.suffix not in (".golden", ".py")
    and path.parent.name != "__pycache__"
)


def read(path: Path) -> str:
    known = gazetteers.examples()
    source = Source(path.read_bytes(), path.relative_to(EXAMPLES).as_posix())
    try:
        return golden.shown(pipeline.parse(source, known), known)
    except Refused as refusal:
        return f"refused: {refusal}\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(EXAMPLES).as_posix())
def test_an_example_reads_as_its_golden_page_says(path):
    page = path.with_name(path.name + ".golden")
    got = read(path)
    if os.environ.get("RENEW_EXAMPLES"):
        page.write_text(got, encoding="utf-8")
    assert page.exists(), "no golden page yet: run once with RENEW_EXAMPLES=1 and look at it"
    assert got == page.read_text(encoding="utf-8")


def test_no_golden_page_has_lost_its_example():
    pages = {
        path.with_name(path.name.removesuffix(".golden")) for path in EXAMPLES.rglob("*.golden")
    }
    assert pages <= set(FILES)


def test_there_are_enough_examples_to_trust():
    assert len(FILES) >= 30
