"""What is drawn on a page beside its text: bullets, underlines, tinted boxes, pictures, page artifacts.

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
    artifacts: list[Area] = field(default_factory=list)


def marks_of(page: Any, width: float, height: float) -> Marks:
    """The marks of a page (a pypdfium2 page, still open)."""
    marks = Marks()
    for raw, kind, area in _objects(page.raw, height):
        if kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            marks.pictures.append(area)
        elif kind == pdfium.FPDF_PAGEOBJ_TEXT:
            if (area.bottom < 0.13 * height or area.top > 0.87 * height) and _is_artifact(raw):
                marks.artifacts.append(area)
        elif area.height <= 2.0 and area.width > 8:
            marks.rules.append(area)
        elif (
            DOT[0] < area.width < DOT[1]
            and DOT[0] < area.height < DOT[1]
            and 0.6 < area.width / area.height < 1.7
        ):
            marks.dots.append(area)
        elif (
            area.width > 60 and area.height > 24 and area.width * area.height < 0.7 * width * height
        ):
            marks.boxes.append(area)
    return marks


def _objects(page: Any, height: float) -> Iterator[tuple[Any, int, Area]]:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for number in range(min(pdfium.FPDFPage_CountObjects(page), MAX_OBJECTS)):
        item = pdfium.FPDFPage_GetObject(page, number)
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind not in (
            pdfium.FPDF_PAGEOBJ_TEXT,
            pdfium.FPDF_PAGEOBJ_PATH,
            pdfium.FPDF_PAGEOBJ_IMAGE,
        ):
            continue
        if pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            yield (
                item,
                kind,
                Area(left.value, height - top.value, right.value, height - bottom.value),
            )


def _is_artifact(item: Any) -> bool:
    """Marked by the writing program as belonging to the page and not to the text (a head, a foot)."""
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(item), 4)):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 32, length):
            name = bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", errors="replace")
            if name == "Artifact":
                return True
    return False


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
