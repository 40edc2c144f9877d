"""Programmes as a layout program leaves them: frames of text in any order, quotes and boxes between, tabs at the edge."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.pdfbase import pdfmetrics

from tests.ingest.drawing import SOFT, Frame, Sheet, Style, broken_lines
from tests.ingest.press.texts import Author, Piece, Shape, chosen

VOWEL, CONSONANT = "aeiouyäöü", "bdfghjklmnprstvwz"
SYLLABLE = re.compile(
    rf"(?<=[^\W\d_][{VOWEL}])(?=[{CONSONANT}][{VOWEL}][^\W\d_])|(?<=[{VOWEL}][lmnr])(?=[bdfgkptwz][{VOWEL}][^\W\d_])"
)
COLOURS = ((0.7, 0.1, 0.1), (0.0, 0.4, 0.2), (0.0, 0.25, 0.6), (0.85, 0.4, 0.0))
GREY = (0.93, 0.93, 0.88)


@dataclass(frozen=True)
class Spread:
    """A design: paper, columns, styles, and what stands around the text."""

    name: str
    shape: Shape
    paper: tuple[float, float]
    columns: int
    gap: float
    margin: float
    styles: dict[str, Style]
    fresh: bool  # chapters begin on a new page, their title across the columns
    running: str  # "", "number", "names", "chapter"
    tab: str  # "", "upright", "sideways"
    hyphens: bool
    drop_cap: bool
    shuffled: bool
    party: str


def spread(seed: int) -> Spread:
    """A design drawn by lot."""
    dice = random.Random(f"spread {seed}")
    pick, chance = dice.choice, dice.random
    columns = pick([1, 2, 2, 2, 3])
    size = {1: pick([10, 11]), 2: pick([8.5, 9, 9.5]), 3: pick([8, 8.5, 9])}[columns]
    plain, bold, italic = pick(
        [
            ("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"),
            ("Times-Roman", "Times-Bold", "Times-Italic"),
            ("Vera", "VeraBd", "VeraIt"),
        ]
    )
    colour = pick(COLOURS)
    leading = size * pick([1.2, 1.3, 1.45])
    indented = chance() < 0.5
    body = Style(
        size,
        plain,
        leading=leading,
        after=0 if indented else pick([0.5, 0.8]) * leading,
        first=pick([8, 12]) if indented else 0,
        justify=chance() < 0.7,
    )
    first = Style(
        pick([1.5, 2.0, 2.6]) * size, pick([bold, plain]), colour, before=12, after=8, keep=True
    )
    second = pick(
        [
            Style(1.25 * size, bold, colour, before=8, after=3, keep=True),
            Style(size, bold, before=leading, after=0, keep=True, leading=leading),
            Style(size, bold, colour, before=0.6 * leading, after=2, keep=True, leading=leading),
            Style(size, plain, colour, before=leading, after=2, keep=True, leading=leading),
        ]
    )
    third = Style(size, italic, before=0.6 * leading, after=0, keep=True, leading=leading)
    item = body.but(
        bullet=pick(["•", "–", "dot", "•"]),
        indent=pick([0, 6]),
        hang=pick([8, 12]),
        first=0,
        after=pick([0, 2]),
    )
    return Spread(
        f"drawn {seed}",
        Shape(
            chapters=dice.randint(3, 7),
            sections=pick([(0, 1), (1, 3), (2, 3)]),
            third=pick([0, 0, 0.4]),
            lists=pick([0.2, 0.5, 0.8]),
            numbering=pick(["", "", "", "dot", "bare"]),
            quotes=pick([0, 0.3, 0.5]),
            captions=pick([0, 0.2]),
            boxes=pick([0, 0.3]),
        ),
        pick([A4, A4, A5] if columns == 1 else [A4, A4, landscape(A4)] if columns == 3 else [A4]),
        columns,
        pick([12, 16, 22]),
        pick([40, 56]),
        {
            "paragraph": body,
            "item": item,
            "h1": first,
            "h2": second,
            "h3": third,
            "quote": Style(
                1.6 * size, italic, colour, before=10, after=10, centre=chance() < 0.5, keep=True
            ),
            "caption": Style(0.75 * size, plain, before=2, after=8),
        },
        fresh=chance() < 0.4,
        running=pick(["", "number", "names", "chapter", "chapter"]),
        tab=pick(["", "", "upright", "sideways"]),
        hyphens=chance() < 0.8,
        drop_cap=chance() < 0.25,
        shuffled=chance() < 0.5,
        party=Author(seed).party,
    )


@dataclass
class _Pages:
    """Where each line goes: page, frame, place, words, style; drawn when all is set."""

    design: Spread
    lines: list[list[tuple[int, float, float, str, Style]]] = field(default_factory=list)
    boxes: list[list[Frame]] = field(default_factory=list)
    pictures: list[list[Frame]] = field(default_factory=list)
    chapters: list[str] = field(default_factory=list)
    top: float = 0.0  # of the columns on this page
    column: int = 0
    y: float = 0.0

    def new_page(self) -> None:
        self.lines.append([])
        self.boxes.append([])
        self.pictures.append([])
        self.chapters.append(self.chapters[-1] if self.chapters else "")
        self.column, self.top = 0, self.design.margin + 14
        self.y = self.top

    @property
    def bottom(self) -> float:
        return self.design.paper[1] - self.design.margin - 18

    @property
    def width(self) -> float:
        design = self.design
        return (
            design.paper[0] - 2 * design.margin - (design.columns - 1) * design.gap
        ) / design.columns

    @property
    def left(self) -> float:
        return self.design.margin + self.column * (self.width + self.design.gap)

    def room(self, height: float) -> None:
        """Go on in the next column or page where this one is full."""
        if self.y + height <= self.bottom:
            return
        self.column += 1
        self.y = self.top
        if self.column == self.design.columns:
            self.new_page()

    def line(self, x: float, words: str, style: Style) -> None:
        self.lines[-1].append((self.column, x, self.y, words, style))


def printed(
    seeds: Sequence[int], texts: list[list[Piece]] | None = None
) -> Iterator[tuple[Spread, list[Piece], tuple[str, ...], bytes]]:
    """Each design with its text, its furniture and the PDF file of it."""
    for seed in seeds:
        design = spread(seed)
        pieces = chosen(texts, seed, design.shape)
        pages = _set(design, pieces)
        absent: list[str] = []
        if design.running in ("names", "chapter"):
            absent.append(f"{design.party} ·")
        if design.tab:
            absent.append("Programm zum Blättern")
        yield design, pieces, tuple(absent), _drawn(design, pages, seed)


def _set(design: Spread, pieces: list[Piece]) -> _Pages:
    pages = _Pages(design)
    pages.new_page()
    first = True
    for number, piece in enumerate(pieces):
        if piece.kind == "title":
            _block(pages, piece.text, design.styles["h1"].but(size=36.0, keep=False), wide=True)
            pages.top = pages.y + 10
            continue
        if piece.kind == "heading":
            if piece.level == 1:
                _chapter(pages, piece.text, number)
            else:
                _block(pages, piece.text, design.styles[f"h{piece.level}"])
            first = True
            continue
        if piece.kind == "box":
            _box(pages, piece)
        elif piece.kind == "caption":
            height = 0.5 * pages.width
            pages.room(height + 30)
            pages.pictures[-1].append((pages.left, pages.y + 4, pages.width, height))
            pages.y += height + 6
            _block(pages, piece.text, design.styles["caption"])
        elif piece.kind == "quote":
            _block(pages, f"„{piece.text}“", design.styles["quote"])
        elif piece.kind in ("paragraph", "item"):
            style = design.styles[piece.kind]
            if piece.kind == "paragraph" and first:
                style = style.but(first=0)
                if design.drop_cap and len(piece.text) > 250:
                    _drop_cap(pages, piece.text, style)
                    first = False
                    continue
            _block(pages, piece.text, style)
            after = pieces[number + 1] if number + 1 < len(pieces) else None
            if piece.kind == "item" and (after is None or after.kind != "item"):
                pages.y += 0.5 * style.step
        first = False
    return pages


def _chapter(pages: _Pages, words: str, number: int) -> None:
    design = pages.design
    if design.fresh and number > 1:
        pages.new_page()
    if design.fresh:
        _block(
            pages,
            words,
            design.styles["h1"].but(size=2.6 * design.styles["paragraph"].size),
            wide=True,
        )
        pages.top = pages.y + 6
    else:
        _block(pages, words, design.styles["h1"])
    pages.chapters[-1] = words


def _block(pages: _Pages, words: str, style: Style, *, wide: bool = False) -> None:
    design = pages.design
    width = design.paper[0] - 2 * design.margin if wide else pages.width
    hang = style.hang if style.bullet else 0
    longest = max(pdfmetrics.stringWidth(word, style.font, 1) for word in words.split())
    if longest * style.size > width:
        style = style.but(size=width / longest - 0.5)
    if design.hyphens and not style.keep and not wide:
        words = SYLLABLE.sub(SOFT, words)
    rows = list(broken_lines(words, width - style.indent - hang, style))
    if pages.y > pages.top:
        pages.y += style.before
    if style.keep:
        pages.room((len(rows) + 3) * style.step)
    for row, (line, last) in enumerate(rows):
        pages.room(style.step)
        pages.y += style.step
        x = pages.left + style.indent
        if style.bullet and row == 0:
            pages.line(x, style.bullet, style)
        x += hang if style.bullet else (style.first if row == 0 else 0)
        if style.centre:
            x += (width - pdfmetrics.stringWidth(line, style.font, style.size)) / 2
        if style.justify and not last and " " in line:
            words_of = line.split()
            widths = [pdfmetrics.stringWidth(word, style.font, style.size) for word in words_of]
            gap = (pages.left + width - x - sum(widths)) / (len(words_of) - 1)
            for word, wide_ in zip(words_of, widths, strict=True):
                pages.line(x, word, style)
                x += wide_ + gap
        else:
            pages.line(x, line, style)
    pages.y += style.after


def _drop_cap(pages: _Pages, words: str, style: Style) -> None:
    """A first letter two lines tall; the lines beside it are shorter."""
    cap = style.but(size=2.6 * style.size, font=pages.design.styles["h1"].font)
    wide = pdfmetrics.stringWidth(words[0], cap.font, cap.size) + 3
    pages.room(3 * style.step)
    pages.lines[-1].append((pages.column, pages.left, pages.y + 2 * style.step, words[0], cap))
    rows = list(broken_lines(words[1:], pages.width - wide, style))[:2]
    for line, _ in rows:
        pages.y += style.step
        pages.line(pages.left + wide, line, style)
    rest = words[1:][sum(len(line) + 1 for line, _ in rows) :]
    if rest:
        _block(pages, rest, style)


def _box(pages: _Pages, piece: Piece) -> None:
    design = pages.design
    body = design.styles["paragraph"].but(justify=False, first=0)
    rows = [
        (line, part.kind)
        for part in piece.parts
        for line, _ in broken_lines(part.text, pages.width - 16, body)
    ]
    height = len(rows) * body.step + 16
    pages.room(height + 10)
    pages.y += 4
    pages.boxes[-1].append((pages.left, pages.y, pages.width, height))
    pages.y += 5
    bold = body.but(font=design.styles["h1"].font.replace("Roman", "Bold"))
    for line, kind in rows:
        pages.y += body.step
        pages.line(pages.left + 8, line, bold if kind == "heading" else body)
    pages.y += 14


def _drawn(design: Spread, pages: _Pages, seed: int) -> bytes:
    dice = random.Random(f"order {seed}")
    sheet = Sheet(design.paper)
    small = Style(7.5, "Helvetica")
    width, height = design.paper
    for number, lines in enumerate(pages.lines, 1):
        if number > 1:
            sheet.next_page()
        for box in pages.boxes[number - 1]:
            sheet.box(box, GREY)
        for frame in pages.pictures[number - 1]:
            sheet.picture(frame)
        order = list(range(design.columns))
        if design.shuffled:
            dice.shuffle(order)
        for column in order:
            for _, x, y, words, style in (line for line in lines if line[0] == column):
                if words == "dot" and style.bullet == "dot":
                    sheet.dot(x + 2, y)
                else:
                    sheet.write(x, y, words, style)
        foot = height - design.margin + 10
        outer = design.margin if number % 2 == 0 else width - design.margin - 160
        head = (
            pages.chapters[number - 1]
            if design.running == "chapter"
            else f"{design.party} · Programm"
        )
        if design.running == "number":
            sheet.write(width / 2, foot, str(number), small)
        elif design.running:
            words = head if number % 2 else f"{design.party} · Programm"
            sheet.write(outer, design.margin - 10, words, small)
            sheet.write(
                design.margin if number % 2 == 0 else width - design.margin - 10,
                foot,
                str(number),
                small,
            )
        if design.tab and number > 1:
            x = 12 if number % 2 == 0 else width - 12
            if design.tab == "sideways":
                sheet.write(x, height / 2, "Programm zum Blättern", small, angle=90)
            else:
                x = 4 if number % 2 == 0 else width - 30
                sheet.write(x, height / 2, str(number // 4 + 1), small)
    return sheet.bytes()
