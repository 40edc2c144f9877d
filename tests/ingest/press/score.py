"""How much of what was typed comes back from what was printed?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from programmes.ingest import readers, repair, structure
from programmes.ingest.pieces import Section, Source
from tests.ingest.press.texts import Piece

SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÄÖÜ„])")
ABBREVIATED = re.compile(r"\b(?:z|d|u|o|Nr|bzw|ca|Mio|usw|Dr|\d{1,2})\.$")


@dataclass
class Score:
    """Counts of one document, or of many added up."""

    headings: int = 0
    named: int = 0  # headings found that were typed
    shown: int = 0  # headings found at all
    relations: int = 0
    levelled: int = 0
    sentences: int = 0
    whole: int = 0
    placed: int = 0  # whole, and under the heading they were typed under
    furniture: int = 0
    left: int = 0
    words: int = 0
    lost: int = 0
    extra: int = 0  # words that nobody typed
    split: int = 0  # paragraphs and items that came in pieces or glued to others
    paragraphs: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        return 2 * self.named / max(self.headings + self.shown, 1)

    @property
    def levels(self) -> float:
        return self.levelled / max(self.relations, 1)

    @property
    def probes(self) -> float:
        """Sentences whole, text under its heading, furniture gone: the share that holds."""
        asked = 2 * self.sentences + self.furniture
        return (self.whole + self.placed + self.furniture - self.left) / max(asked, 1)

    def plus(self, other: Score) -> None:
        for name in self.__dataclass_fields__:
            now: Any = getattr(self, name)
            setattr(self, name, now + getattr(other, name))


def read(data: bytes, name: str) -> tuple[str | None, tuple[Section, ...]]:
    outline = structure.outline(repair.repair(readers.read(Source(data, name))))
    return outline.title, outline.sections


def held_against(
    pieces: Sequence[Piece], absent: Iterable[str], data: bytes, name: str = "x.pdf"
) -> Score:
    """The score of a file whose text was typed as `pieces` and printed with `absent` around it."""
    title, sections = read(data, name)
    score = Score()
    typed = [p for p in pieces if p.kind in ("heading", "paragraph", "item")]
    boxed = [part for p in pieces for part in p.parts]
    lines = [
        (_key(section.title), _plain(line))
        for section in sections
        for line in section.text.split("\n")
        if line.strip()
    ]
    _headings(score, typed, boxed, sections)
    _sentences(score, [*typed], lines)
    whole = " ".join([title or "", *(f"{s.title} {_plain(s.text)}" for s in sections)])
    for words in absent:
        score.furniture += 1
        if _key(words) in _key(whole):
            score.left += 1
            score.faults.append(f"left: {words}")
    _words(score, pieces, whole)
    return score


def _headings(
    score: Score, typed: Sequence[Piece], boxed: Sequence[Piece], sections: Sequence[Section]
) -> None:
    wanted = [(_key(p.text), p.level, p.text) for p in typed if p.kind == "heading"]
    optional = {_key(p.text) for p in boxed if p.kind == "heading"}
    found = [(_key(s.title), s.level, s.title) for s in sections if s.title]
    found = [one for one in found if one[0] not in optional]
    score.headings, score.shown = len(wanted), len(found)
    pool = Counter(key for key, _, _ in found)
    for key, _, words in wanted:
        if pool[key]:
            pool[key] -= 1
            score.named += 1
        else:
            score.faults.append(f"no heading: {words}")
    for key, _, words in found:
        if pool[key] > 0:
            pool[key] -= 1
            score.faults.append(f"no such heading: {words}")
    levels = {key: level for key, level, _ in reversed(found)}
    both = [(level, levels[key], words) for key, level, words in wanted if key in levels]
    for (a, b, one), (c, d, other) in itertools.pairwise(both):
        score.relations += 1
        if (a > c) - (a < c) == (b > d) - (b < d):
            score.levelled += 1
        else:
            score.faults.append(f"levels: {b} {one!r} {d} {other!r}")


def _sentences(score: Score, typed: Sequence[Piece], lines: list[tuple[str, str]]) -> None:
    under = ""
    for piece in typed:
        if piece.kind == "heading":
            under = _key(piece.text)
            continue
        score.paragraphs += 1
        words = " ".join(piece.text.split())
        exact = any(line == words or _unlisted(line) == words for _, line in lines)
        score.split += not exact
        shown = exact
        for sentence in sentences(words):
            score.sentences += 1
            homes = [key for key, line in lines if sentence in line]
            score.whole += bool(homes)
            score.placed += under in homes
            if not homes:
                score.faults.append(f"broken: {sentence}")
                shown = True
            elif under not in homes:
                score.faults.append(f"misplaced: {sentence} | under {homes[0]}")
        if not shown:
            score.faults.append(f"split: {words}")


def _unlisted(line: str) -> str:
    return re.sub(r"^(?:[-–•*]|\d{1,2}\\?\.)\s+", "", line.strip())


def _words(score: Score, pieces: Sequence[Piece], whole: str) -> None:
    typed: Counter[str] = Counter()
    allowed: Counter[str] = Counter()
    for piece in _all(pieces):
        found = _tokens(piece.text)
        (allowed if piece.kind in ("title", "quote", "caption", "note") else typed).update(found)
    shown = Counter(_tokens(whole))
    lost = typed - shown
    extra = shown - typed - allowed
    score.words, score.lost, score.extra = typed.total(), lost.total(), extra.total()
    if lost:
        score.faults.append("lost: " + " ".join(sorted(lost.elements()))[:200])
    if extra:
        score.faults.append("extra: " + " ".join(sorted(extra.elements()))[:200])


def _all(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for piece in pieces:
        yield piece
        yield from piece.parts


def sentences(words: str) -> list[str]:
    """Sentences of a paragraph, as far as a plain rule tells them."""
    out: list[str] = []
    for part in SENTENCE.split(words):
        if out and ABBREVIATED.search(out[-1]):
            out[-1] += " " + part
        else:
            out.append(part)
    return out


def _tokens(words: str) -> list[str]:
    return re.findall(r"[^\W_]{2,}", words.casefold())


def _plain(markdown: str) -> str:
    words = re.sub(r"\\(.)", r"\1", markdown.replace("&lt;", "<").replace("&amp;", "&"))
    words = re.sub(r"^\s*- ", "", words)
    return re.sub(r"[^\S\n]+", " ", words).strip()


def _key(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())
