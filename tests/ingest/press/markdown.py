"""Texts from a folder of Markdown files as pieces, to be printed: a few files are the chapters of one programme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from tests.ingest.press.texts import Piece

TOGETHER = 6


def programmes(folder: Path) -> Iterator[list[Piece]]:
    """The files under a folder, some to a programme."""
    files = sorted(folder.rglob("*.md"))
    for start in range(0, len(files), TOGETHER):
        out: list[Piece] = []
        for file in files[start : start + TOGETHER]:
            out += _pieces(file.read_text(encoding="utf-8"))
        if out[0].kind == "heading":
            out[0] = Piece("title", out[0].text)
        else:
            out.insert(0, Piece("title", "Texte zur Probe"))
        yield out


def _pieces(text: str) -> Iterator[Piece]:
    paragraph: list[str] = []
    seen: list[int] = []
    for line in [*text.split("\n"), ""]:
        words = re.sub(r"\*\*|__|\\(?=[*_.#-])", "", line).strip()
        heading = re.match(r"(#{1,6})\s+(.+)", words)
        item = re.match(r"(\s*)(?:[-*•]|\d{1,2}\.)\s+(.+)", line.replace("**", ""))
        if (heading or item or not words) and paragraph:
            yield Piece("paragraph", _spaced(" ".join(paragraph)))
            paragraph = []
        if heading:
            level = len(heading[1])
            while seen and seen[-1] >= level:
                seen.pop()
            seen.append(level)
            yield Piece("heading", _spaced(heading[2].strip("# ")), min(len(seen), 3))
        elif item:
            yield Piece("item", _spaced(item[2]), 2 if len(item[1]) > 1 else 1)
        elif words and not re.match(r"[|>!]|-{3}", words):
            paragraph.append(words)


def _spaced(words: str) -> str:
    return " ".join(re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", words).split())
