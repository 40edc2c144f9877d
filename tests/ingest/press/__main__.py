"""`python -m tests.ingest.press [--printer NAME] [--seeds 0-40] [--texts FOLDER] [--faults N] [--keep FOLDER]`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.ingest.press import booklets, chromium, drawn, exported, markdown, pages, typed, writer
from tests.ingest.press.score import Score, held_against
from tests.ingest.press.texts import Piece

Printed = tuple[str, list[Piece], tuple[str, ...], bytes, str]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.ingest.press")
    parser.add_argument("--printer", choices=[*PRINTERS, "all"], default="all")
    parser.add_argument("--seeds", default="0-11", help="first and last")
    parser.add_argument("--faults", type=int, default=0, help="how many to show of each file")
    parser.add_argument("--quiet", action="store_true", help="only files with faults")
    parser.add_argument("--keep", type=Path, help="a folder for the files")
    parser.add_argument(
        "--texts", type=Path, help="Markdown files to print instead of invented texts"
    )
    options = parser.parse_args()
    texts = list(markdown.programmes(options.texts)) if options.texts else None
    first, _, last = options.seeds.partition("-")
    seeds = range(int(first), int(last or first) + 1)
    names = list(PRINTERS) if options.printer == "all" else [options.printer]
    for name in names:
        total = Score()
        for title, pieces, absent, data, suffix in PRINTERS[name](seeds, texts):
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{title.replace(' ', '-')}.{suffix}").write_bytes(data)
            score = held_against(pieces, absent, data, f"x.{suffix}")
            if score.faults or not options.quiet:
                print(f"{title:24} {shown(score)}")
            for fault in score.faults[: options.faults]:
                print(f"    {fault[:230]}")
            total.plus(score)
        print(f"{name + ' together':24} {shown(total)}")
        sys.stdout.flush()
    return 0


def shown(score: Score) -> str:
    return (
        f"headings {score.f1:.3f}  levels {score.levels:.3f}  probes {score.probes:.3f}"
        f"  broken {score.sentences - score.whole:3} of {score.sentences:4}"
        f"  misplaced {score.whole - score.placed:3}"
        f"  split {score.split:3} of {score.paragraphs:4}  left {score.left} of {score.furniture}"
        f"  lost {score.lost:3}  extra {score.extra:3}"
    )


Texts = list[list[Piece]] | None


def _chromium(seeds: range, texts: Texts) -> Iterator[Printed]:
    for sheet, pieces, data in chromium.printed(chromium.lot(seeds, texts)):
        yield sheet.name, pieces, sheet.absent, data, "pdf"


def _booklets(seeds: range, texts: Texts) -> Iterator[Printed]:
    for booklet, pieces, data in booklets.printed(seeds, texts):
        yield booklet.name, pieces, booklet.absent, data, "pdf"


def _drawn(seeds: range, texts: Texts) -> Iterator[Printed]:
    for sheet, pieces, absent, data in drawn.printed(seeds, texts):
        yield sheet.name, pieces, absent, data, "pdf"


def _pages(seeds: range, texts: Texts) -> Iterator[Printed]:
    for page, pieces, data in pages.printed(seeds, texts):
        yield page.name, pieces, page.absent, data, "html"


def _exported(seeds: range, texts: Texts) -> Iterator[Printed]:
    for sheet, pieces, data in exported.printed(seeds, texts):
        yield sheet.name, pieces, sheet.absent, data, "txt"


def _typed(suffix: str) -> Callable[[range, Texts], Iterator[Printed]]:
    def prints(seeds: range, texts: Texts) -> Iterator[Printed]:
        for sheet, pieces, data in typed.printed(seeds, texts, suffix == "md"):
            yield sheet.name, pieces, sheet.absent, data, suffix

    return prints


def _writer(kind: str) -> Callable[[range, Texts], Iterator[Printed]]:
    def prints(seeds: range, texts: Texts) -> Iterator[Printed]:
        for sheet, pieces, suffix, data in writer.printed(seeds, [kind], texts):
            yield sheet.name, pieces, sheet.absent, data, suffix

    return prints


PRINTERS = {
    "chromium": _chromium,
    "booklets": _booklets,
    "drawn": _drawn,
    "writer": _writer("pdf"),
    "docx": _writer("docx"),
    "odt": _writer("odt"),
    "pages": _pages,
    "plain": _typed("txt"),
    "exported": _exported,
    "markdown": _typed("md"),
}

if __name__ == "__main__":
    sys.exit(main())
