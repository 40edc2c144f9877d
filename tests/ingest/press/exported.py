"""Programmes as text copied out of PDF files: broken at the width of a column, pages in a row, no empty line that helps."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportlab.pdfbase import pdfmetrics

from tests.ingest.drawing import SOFT, Style, broken_lines
from tests.ingest.press.drawn import SYLLABLE
from tests.ingest.press.texts import Author, Piece, Shape, chosen

BULLETS = ("•", "-", "–", "\uf0b7", "\uf0a7", "▪", "➢")


@dataclass(frozen=True)
class Export:
    name: str
    absent: tuple[str, ...]


def printed(
    seeds: Sequence[int], texts: list[list[Piece]] | None = None
) -> Iterator[tuple[Export, list[Piece], bytes]]:
    """Each export with its text and what must not be read of it."""
    for seed in seeds:
        dice = random.Random(f"exported {seed}")
        shape = Shape(
            chapters=dice.randint(3, 7),
            sections=dice.choice([(0, 0), (1, 2), (2, 3)]),
            third=dice.choice([0, 0, 0.3]),
            lists=dice.choice([0.2, 0.6]),
            numbering=dice.choice(["", "", "dot", "roman", "word"]),
            foreword=dice.random() < 0.6,
        )
        pieces = chosen(texts, seed, shape)
        text, absent = _exported(dice, Author(seed).party, pieces)
        yield Export(f"exported {seed}", absent), pieces, text.encode()


def _exported(dice: random.Random, party: str, pieces: list[Piece]) -> tuple[str, tuple[str, ...]]:
    size = dice.choice([9.0, 10.0, 11.0])
    body = Style(size, dice.choice(["Helvetica", "Times-Roman"]))
    width = dice.choice([200.0, 300.0, 440.0])
    larger = dice.choice([1.0, 1.3, 1.6])
    gap = dice.choice([[], [], [""]])  # an empty line between blocks
    upper, spaced = dice.random() < 0.2, dice.random() < 0.15
    hyphens, bullet = dice.random() < 0.5, dice.choice(BULLETS)
    rows: list[str] = []
    for piece in pieces:
        words = piece.text
        if piece.kind == "heading":
            words = words.upper() if upper and piece.level == 1 else words
            lines = _lines(words, width, body.but(size=larger * size))
            if spaced and piece.level == 1 and len(lines) == 1:
                lines = ["  ".join(" ".join(word) for word in words.split())]
            rows += [*gap, *lines]
        elif piece.kind == "item":
            rows += _lines(f"{bullet} {words}", width - 15, body)
        elif piece.kind in ("paragraph", "title"):
            rows += [*gap, *_lines(SYLLABLE.sub(SOFT, words) if hyphens else words, width, body)]
    headings = [piece.text for piece in pieces if piece.kind == "heading"]
    head: list[str] = []
    if dice.random() < 0.4:
        dots = dice.choice([" ", ""]) + "." * 40 + dice.choice([" ", ""])
        head = ["Inhalt", *(f"{name}{dots}{n + 2}" for n, name in enumerate(headings))]
    return _paged(dice, party, [*rows[:1], *head, *rows[1:]])


def _lines(words: str, width: float, style: Style) -> list[str]:
    longest = max(pdfmetrics.stringWidth(word, style.font, style.size) for word in words.split())
    return [line for line, _ in broken_lines(words, max(width, longest), style)]


def _paged(dice: random.Random, party: str, rows: list[str]) -> tuple[str, tuple[str, ...]]:
    """The rows in pages, each with its head or foot; form feeds between them, or nothing at all."""
    running = dice.choice(["", "number", "head", "foot", "pages"])
    feed = dice.choice(["\f", "\f", ""])
    tall = dice.choice([38, 46])
    pages = [rows[at : at + tall] for at in range(0, len(rows), tall)]
    out: list[str] = []
    for number, page in enumerate(pages, 1):
        match running:
            case "number":
                page = [*page, "", str(number)]
            case "head":
                page = [f"{party} – Programm 2026", "", *page, "", str(number)]
            case "foot":
                page = [*page, f"{party} | {number}"]
            case "pages":
                page = [*page, f"Seite {number} von {len(pages)}"]
        out.append("\n".join(page) + "\n")
    absent = {
        "head": (f"{party} – Programm 2026",),
        "foot": (f"{party} |",),
        "pages": ("Seite 2 von",),
    }
    return feed.join(out), absent.get(running, ()) if len(pages) > 2 else ()
