"""What is drawn on a page beside its text: bullets, underlines, tinted boxes, pictures.

Only shapes and places are looked at. All places are in points, `y` measured from the top of the page.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import pypdfium2.raw as pdfium

from programmes.ingest.readers.pdf.glyphs import Line
from programmes.ingest.readers.pdf.view import View

MAX_OBJECTS = 4000  # a page of map or drawing has more, and nothing there is a bullet
DOT = (1.0, 9.0)  # width and height of a bullet that is drawn and not written


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle; `top` is smaller than `bottom`."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, line: Line) -> bool:
        """Whether a line stands inside: nearly all of its width, and the middle of its height."""
        middle = line.y - 0.3 * line.size
        inside = min(line.x1, self.right) - max(line.x0, self.left)
        return self.top <= middle <= self.bottom and inside >= 0.85 * (line.x1 - line.x0)


@dataclass(slots=True)
class Marks:
    dots: list[Area] = field(default_factory=list)
    rules: list[Area] = field(default_factory=list)
    boxes: list[Area] = field(default_factory=list)
    pictures: list[Area] = field(default_factory=list)


def marks_of(page: Any, view: View) -> Marks:
    """The marks of a page (a pypdfium2 page, still open)."""
    marks = Marks()
    most = 0.7 * view.width * view.height
    for kind, area in _areas(page.raw, view):
        width, height = area.right - area.left, area.bottom - area.top
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            marks.pictures.append(area)
        elif height <= 2.0:
            if width > 8:
                marks.rules.append(area)
        elif DOT[0] < width < DOT[1] and DOT[0] < height < DOT[1]:
            if 0.6 < width / height < 1.7:
                marks.dots.append(area)
        elif width > 60 and height > 24 and width * height < most:
            marks.boxes.append(area)
    return marks


def _areas(page: Any, view: View) -> Iterator[tuple[int, Area]]:
    """Pictures and drawn shapes; text, of which there is most, is passed over quickly."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    get, type_of, text = pdfium.FPDFPage_GetObject, pdfium.FPDFPageObj_GetType, 1
    wanted = (pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_IMAGE)
    for number in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = get(page, number)
        kind = type_of(item)
        if kind == text or kind not in wanted:
            continue
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            x0, y0 = view.point(left.value, top.value)
            x1, y1 = view.point(right.value, bottom.value)
            yield kind, Area(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def with_bullets(lines: list[Line], marks: Marks) -> list[Line]:
    """Lines with a drawn dot before them begin with "•"."""
    if len(marks.dots) < 2:
        return lines
    alike = Counter((round(dot.width), round(dot.height)) for dot in marks.dots)
    out = list(lines)
    for dot in marks.dots:
        shape = (round(dot.width), round(dot.height))
        if alike[shape] < 2:
            continue
        middle = (dot.top + dot.bottom) / 2
        beside = [
            at
            for at, line in enumerate(out)
            if 0 < line.x0 - dot.right < 30
            and line.y - 0.95 * line.size < middle < line.y + 0.1 * line.size
        ]
        if beside:
            at = min(beside, key=lambda at: out[at].x0)
            out[at] = replace(out[at], text="• " + out[at].text, x0=dot.left, text_x=out[at].x0)
    return out


def with_underlines(lines: list[Line], marks: Marks) -> list[Line]:
    """Lines that are underlined from end to end are told."""
    if not marks.rules:
        return lines
    out = []
    for line in lines:
        covered = sum(
            max(0.0, min(rule.right, line.x1) - max(rule.left, line.x0))
            for rule in marks.rules
            if -0.5 < (rule.top + rule.bottom) / 2 - line.y < 0.35 * line.size
            and rule.left > line.x0 - 6
            and rule.right < line.x1 + 6
        )
        whole = covered > 0.85 * (line.x1 - line.x0)
        out.append(replace(line, underlined=True) if whole else line)
    return out
