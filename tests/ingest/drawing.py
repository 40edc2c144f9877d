"""Pages drawn line by line, as layout programs leave them in a PDF file: for layouts of our own making."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import reportlab
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

SOFT = "\u00ad"
FONTS = Path(reportlab.__file__).parent / "fonts"
for _name in ("Vera", "VeraBd", "VeraIt"):
    pdfmetrics.registerFont(TTFont(_name, FONTS / f"{_name}.ttf"))


@dataclass(frozen=True)
class Style:
    """How a block is set. `bullet` hangs before its first line; `space` sets letters apart."""

    size: float = 10
    font: str = "Helvetica"
    colour: tuple[float, float, float] = (0, 0, 0)
    leading: float = 0
    before: float = 0
    after: float = 6
    indent: float = 0
    first: float = 0
    bullet: str = ""
    bullet_font: str = ""
    hang: float = 14
    justify: bool = False
    centre: bool = False
    space: float = 0
    tint: tuple[float, float, float] | None = None
    underline: bool = False
    keep: bool = False

    def but(self, **changes: object) -> Style:
        return replace(self, **changes)  # type: ignore[arg-type]

    @property
    def step(self) -> float:
        return self.leading or 1.25 * self.size


P = Style()
ITEM = Style(bullet="•", after=3, indent=6)
H1 = Style(size=18, font="Helvetica-Bold", before=14, after=6, keep=True)
H2 = Style(size=13, font="Helvetica-Bold", before=10, after=4, keep=True)
H3 = Style(size=10, font="Helvetica-Bold", before=8, after=2, keep=True)
Block = tuple[Style, str]
Frame = tuple[float, float, float, float]  # left, top, width, height; from the page's top


@dataclass
class Sheet:
    """A PDF file being drawn; `each_page` draws what repeats, and is given the page's number."""

    size: tuple[float, float] = A4
    each_page: Callable[[Sheet, int], None] | None = None
    page: int = 1
    _out: io.BytesIO = field(default_factory=io.BytesIO)

    def __post_init__(self) -> None:
        self.canvas = Canvas(self._out, pagesize=self.size, invariant=1)
        self._drawn = False

    @property
    def height(self) -> float:
        return self.size[1]

    def write(self, x: float, y: float, text: str, style: Style = P, angle: float = 0) -> None:
        """One line, its baseline at `y` from the top."""
        canvas = self.canvas
        canvas.saveState()
        canvas.setFillColorRGB(*style.colour)
        if angle:
            canvas.translate(x, self.height - y)
            canvas.rotate(angle)
            x, y = 0, self.height
        words = canvas.beginText(x, self.height - y)
        words.setFont(style.font, style.size)
        words.setCharSpace(style.space)
        words.textOut(text)
        canvas.drawText(words)
        if style.underline:
            end = x + pdfmetrics.stringWidth(text, style.font, style.size)
            canvas.setLineWidth(0.6)
            canvas.line(x, self.height - y - 1.5, end, self.height - y - 1.5)
        canvas.restoreState()

    def box(
        self,
        frame: Frame,
        fill: tuple[float, float, float] | None = (0.9, 0.9, 0.8),
        stroke: bool = False,
    ) -> None:
        left, top, width, height = frame
        self.canvas.saveState()
        if fill:
            self.canvas.setFillColorRGB(*fill)
        self.canvas.rect(
            left, self.height - top - height, width, height, stroke=stroke, fill=bool(fill)
        )
        self.canvas.restoreState()

    def dot(self, x: float, y: float, size: float = 3) -> None:
        self.canvas.circle(x, self.height - y + 3, size / 2, stroke=0, fill=1)

    def picture(self, frame: Frame) -> None:
        """A grey picture."""
        from PIL import Image
        from reportlab.lib.utils import ImageReader

        left, top, width, height = frame
        image = ImageReader(Image.new("L", (8, 8), 160))
        self.canvas.drawImage(image, left, self.height - top - height, width, height)

    def next_page(self) -> None:
        self._finish_page()
        self.canvas.showPage()
        self.page += 1

    def _finish_page(self) -> None:
        if self.each_page:
            self.each_page(self, self.page)

    def flow(
        self, frames: Sequence[Frame], blocks: Sequence[Block], more: Sequence[Frame] = ()
    ) -> float:
        """Blocks through frames, then through `more` (or the same frames) of new pages; where it ended."""
        left, top, width, height = frames[0]
        at, y = 0, top
        current = list(frames)
        for number, (style, text) in enumerate(blocks):
            y += style.before if y > top else 0
            rows = list(
                broken_lines(
                    text, width - style.indent - (style.hang if style.bullet else 0), style
                )
            )
            need = len(rows) * style.step + (
                3 * blocks[number + 1][0].step if style.keep and number + 1 < len(blocks) else 0
            )
            if style.keep and y + need > top + height:
                y = top + height
            for row, (line, last) in enumerate(rows):
                if y + style.step > top + height:
                    at += 1
                    if at == len(current):
                        self.next_page()
                        current, at = list(more or frames), 0
                    left, top, width, height = current[at]
                    y = top
                y += style.step
                self._row(left, y, width, line, style, row == 0, last)
            y += style.after
        return y

    def _row(
        self, left: float, y: float, width: float, line: str, style: Style, first: bool, last: bool
    ) -> None:
        x = left + style.indent
        if style.bullet:
            if first:
                if style.bullet == "dot":
                    self.dot(x + 2, y)
                else:
                    self.write(x, y, style.bullet, style.but(font=style.bullet_font or style.font))
            x += style.hang
        elif first:
            x += style.first
        wide = pdfmetrics.stringWidth(line, style.font, style.size)
        if style.tint:
            self.box((left, y - style.size, width, 1.4 * style.size), style.tint)
        if style.centre:
            self.write(left + (width - wide) / 2, y, line, style)
        elif style.justify and not last and " " in line:
            words = line.split()
            gap = (
                left
                + width
                - x
                - sum(pdfmetrics.stringWidth(word, style.font, style.size) for word in words)
            ) / (len(words) - 1)
            for word in words:
                self.write(x, y, word, style)
                x += pdfmetrics.stringWidth(word, style.font, style.size) + gap
        else:
            self.write(x, y, line, style)

    def bytes(self) -> bytes:
        self._finish_page()
        self.canvas.save()
        return self._out.getvalue()


def broken_lines(text: str, width: float, style: Style) -> Iterator[tuple[str, bool]]:
    """Lines no wider than `width`; words are parted at soft hyphens. The second value: is it the last?"""

    def wide(words: str) -> float:
        return pdfmetrics.stringWidth(words, style.font, style.size) + style.space * len(words)

    line = " " * 0
    room = width - style.first
    rows: list[str] = []
    for word in text.split():
        plain = word.replace(SOFT, "")
        trial = f"{line} {plain}".strip()
        if wide(trial) <= room:
            line = trial
            continue
        parts = word.split(SOFT)
        for count in range(len(parts) - 1, 0, -1):
            start = f"{line} {''.join(parts[:count])}-".strip()
            if wide(start) <= room:
                rows.append(start)
                line = "".join(parts[count:])
                break
        else:
            if line:
                rows.append(line)
            line = plain
        room = width
    rows.append(line)
    for number, row in enumerate(rows):
        yield row, number == len(rows) - 1
