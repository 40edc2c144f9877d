"""A page as it is looked at: cropped and turned. Where does a point of the file stand, from the top left?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pypdfium2 as pdfium


@dataclass(frozen=True, slots=True)
class View:
    """`x` and `y` of the file times these, plus an offset, are points from the page's left and top."""

    width: float
    height: float
    xx: float
    xy: float
    x0: float
    yx: float
    yy: float
    y0: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        return self.xx * x + self.xy * y + self.x0, self.yx * x + self.yy * y + self.y0

    def direction(self, x: float, y: float) -> tuple[float, float]:
        return self.xx * x + self.xy * y, self.yx * x + self.yy * y


def view_of(page: Any, more: int = 0) -> View:
    """The view of a page; `more` quarter turns clockwise than the file says, where its text lies on its side."""
    try:
        left, bottom, right, top = page.get_cropbox()
        turns = page.get_rotation() // 90
    except (pdfium.PdfiumError, ValueError, KeyError):
        left, bottom, turns = 0.0, 0.0, 0
        right, top = page.get_size()
    wide, tall = abs(right - left), abs(top - bottom)
    match (turns + more) % 4:
        case 1:
            return View(tall, wide, 0, 1, -bottom, 1, 0, -left)
        case 2:
            return View(wide, tall, -1, 0, right, 0, 1, -bottom)
        case 3:
            return View(tall, wide, 0, -1, top, -1, 0, right)
    return View(wide, tall, 1, 0, -left, 0, -1, top)
