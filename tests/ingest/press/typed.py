"""Programmes as plain text and Markdown, typed or exported in the ways people do it."""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.ingest.press.texts import Author, Piece, Shape, chosen

WIDTH = 72


@dataclass(frozen=True)
class Typescript:
    name: str
    absent: tuple[str, ...]


def printed(
    seeds: Sequence[int], texts: list[list[Piece]] | None, markdown: bool
) -> Iterator[tuple[Typescript, list[Piece], bytes]]:
    """Each typescript with its text and what must not be read of it."""
    for seed in seeds:
        dice = random.Random(f"typed {seed} {markdown}")
        shape = Shape(
            chapters=dice.randint(2, 6),
            sections=dice.choice([(0, 0), (1, 2), (2, 3)]),
            third=dice.choice([0, 0, 0.4]) if markdown else 0,
            lists=dice.choice([0.3, 0.8]),
            nested=dice.choice([0, 0.4]) if markdown else 0,
            numbering=dice.choice(["", "dot", "roman"]) if markdown else "dot",
            foreword=dice.random() < 0.5,
        )
        pieces = chosen(texts, seed, shape)
        lines, absent = (_markdown if markdown else _plain)(dice, Author(seed).party, pieces)
        name = f"{'markdown' if markdown else 'plain'} {seed}"
        yield Typescript(name, absent), pieces, "\n".join(lines).encode()


def _markdown(
    dice: random.Random, party: str, pieces: list[Piece]
) -> tuple[list[str], tuple[str, ...]]:
    """Headings with signs, in bold, or underlined; wrapped or not; levels as an export left them."""
    style = dice.choice(["signs", "signs", "bold", "underlined", "one level"])
    wrapped, bullet = dice.random() < 0.3, dice.choice(["-", "*", "+", "•"])
    escaped = dice.random() < 0.3
    lines = [f"# {pieces[0].text}", ""]
    absent: list[str] = []
    if dice.random() < 0.3:
        lines += ["![Titelbild](bild.jpg)", ""]
        absent.append("bild.jpg")
    for number, piece in enumerate(pieces[1:]):
        words = piece.text.replace("*", "\\*") if escaped else piece.text
        match piece.kind:
            case "heading":
                lines.append("")
                if style == "bold":
                    lines.append(f"## {words}" if piece.level == 1 else f"**{words}**")
                elif style == "underlined" and piece.level <= 2:
                    lines += [words, ("=" if piece.level == 1 else "-") * len(words)]
                else:
                    level = 2 if style == "one level" else piece.level + 1
                    lines.append(f"{'#' * level} {words}")
                lines.append("")
            case "item":
                lines.append(f"{'  ' * (piece.level - 1)}{bullet} {words}")
            case "paragraph":
                if number and pieces[number].kind == "item":
                    lines.append("")
                lines += textwrap.wrap(words, WIDTH) if wrapped else [words]
                lines.append("")
    return lines, tuple(absent)


def _plain(
    dice: random.Random, party: str, pieces: list[Piece]
) -> tuple[list[str], tuple[str, ...]]:
    """Text copied out of a PDF file or typed: hard wraps, page marks in the middle of sentences, contents."""
    wrapped = dice.random() < 0.6
    marks = dice.choice(["", "", "Seite {} von 9", "- {} -"]) if wrapped else ""
    bullet = dice.choice(["-", "–", "•", "*"])
    upper = dice.random() < 0.3
    lines = [pieces[0].text, "", f"{party}, Kommunalwahl 2026", ""]
    headings = [piece.text for piece in pieces if piece.kind == "heading"]
    if dice.random() < 0.4:
        lines += ["Inhalt", *(f"{name} {'.' * 20} {n + 3}" for n, name in enumerate(headings)), ""]
    page, since = 1, 0
    for number, piece in enumerate(pieces[1:]):
        words = piece.text
        match piece.kind:
            case "heading":
                lines += ["", words.upper() if upper and piece.level == 1 else words, ""]
            case "item":
                lines += textwrap.wrap(f"{bullet} {words}", WIDTH, subsequent_indent="  ")
            case "paragraph":
                if number and pieces[number].kind == "item":
                    lines.append("")
                rows = textwrap.wrap(words, WIDTH) if wrapped else [words]
                if marks and since > 20 and len(rows) > 2:
                    rows[1:1] = ["", marks.format(page), ""]
                    page, since = page + 1, 0
                lines += [*rows, ""]
                since += len(rows)
    return lines, (marks.format(1),) if "Seite" in marks and page > 1 else ()
