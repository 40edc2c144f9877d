"""A page of a PDF to its lines: words with their place, size and weight, as PDFium sees them.

Asked word by word and not character by character: a call into the library costs more than the answer.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

# PDFium writes U+FFFE (or U+0002) for a hyphen that ends a line and swallows the line break after it.
HYPHENS = "\ufffe\x02"
TOKEN = re.compile(rf"[^\s{HYPHENS}]+[{HYPHENS}]?|[{HYPHENS}]")
BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|\bbd\b|-bd", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
SYMBOL_NAME = re.compile(r"symbol|dingbat|wingding|webding", re.IGNORECASE)
NOTE_MARK = re.compile(r"^(?:\d{1,3}|[*†]{1,3})[,;)]?$")
NOTE_END = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_][.,;:!?)“”\"»«])(?:\d{1,3}|[*†]{1,3})$")
UNIT = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|ha|CO)$")
MAX_WORDS = 20_000


@dataclass(frozen=True, slots=True)
class Line:
    """A stretch of words on one baseline; `y` is measured from the top of the page, all in points.

    A trailing U+00AD says that the library took the hyphen for a word break. `page` counts from 1.
    """

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    colour: int
    page: int
    symbol: bool = False
    parts: int = 1
    underlined: bool = False
    text_x: float = 0.0  # where the words begin after a bullet, if that is known
    limit: float = 1e9  # how far right it could go beside a picture or a quotation
    cells: tuple[Line, ...] = ()  # its stretches, where they stand far apart


@dataclass(slots=True)
class _Word:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    italic: bool
    symbol: bool
    colour: int


def lines_of(textpage: Any, height: float, page: int) -> tuple[list[Line], int]:
    """The lines of a page in the order the file draws them, and how many characters have no meaning."""
    fragments: list[list[_Word]] = []
    last: _Word | None = None
    broken = 0
    for word in _words(textpage, height):
        broken += word.text.count("\ufffd")
        if last is not None and _same_line(last, word):
            fragments[-1].append(word)
        else:
            fragments.append([word])
        last = word
    return [_line(words, page) for words in fragments], broken


def _same_line(last: _Word, word: _Word) -> bool:
    size = max(last.size, word.size)
    drift = abs(word.y - last.y)
    # An exponent or index is smaller and sits off the baseline, but touches the word before it.
    level = drift <= 0.25 * size or (
        drift <= 0.6 * size and min(last.size, word.size) < 0.8 * size and word.x0 - last.x1 < size
    )
    return level and -0.3 * size <= word.x0 - last.x1 <= 1.6 * size


def _line(words: list[_Word], page: int) -> Line:
    main = max(words, key=lambda word: len(word.text))
    words = _without_note_marks(words, main)
    letters = sum(len(word.text) for word in words) or 1
    text = words[0].text
    apart = _letter_gap(words)
    for before, word in itertools.pairwise(words):
        gap = word.x0 - before.x1
        text += ("" if gap < max(apart, 0.05 * word.size) else " ") + word.text
    weights: dict[float, int] = {}
    for word in words:
        weights[word.size] = weights.get(word.size, 0) + len(word.text)
    return Line(
        text=text,
        x0=words[0].x0,
        x1=max(word.x1 for word in words),
        y=main.y,
        size=max(weights, key=lambda size: weights[size]),
        bold=sum(len(word.text) for word in words if word.bold) > 0.8 * letters,
        italic=sum(len(word.text) for word in words if word.italic) > 0.8 * letters,
        colour=main.colour,
        page=page,
        symbol=words[0].symbol and len(words[0].text) == 1,
    )


def _without_note_marks(words: list[_Word], main: _Word) -> list[_Word]:
    """The words without the raised numbers that point to footnotes; m² stays."""
    kept = words[:1]
    for before, word in itertools.pairwise(words):
        raised = word.size < 0.8 * main.size and main.y - word.y > 0.12 * main.size
        if raised and NOTE_MARK.match(word.text) and not UNIT.search(before.text):
            continue
        kept.append(word)
    return kept


def _letter_gap(words: list[_Word]) -> float:
    """Up to which gap two words are parts of one, in a line whose letters are set apart (W O H N E N)."""
    single = sum(len(word.text) == 1 for word in words)
    if len(words) < 4 or single < 0.6 * len(words):
        return 0.0
    gaps = sorted(after.x0 - before.x1 for before, after in itertools.pairwise(words))
    return 1.6 * max(gaps[len(gaps) // 2], 0.0)


def merged(lines: list[Line]) -> Line:
    """Lines on one baseline as one, from left to right."""
    ordered = sorted(lines, key=lambda line: line.x0)
    main = max(ordered, key=lambda line: len(line.text))
    return replace(
        main,
        text=" ".join(line.text for line in ordered),
        x0=ordered[0].x0,
        x1=max(line.x1 for line in ordered),
        bold=all(line.bold for line in ordered if len(line.text) > 2) and main.bold,
        symbol=ordered[0].symbol,
        parts=len(ordered),
        cells=_stretches(ordered),
    )


def _stretches(ordered: list[Line]) -> tuple[Line, ...]:
    """The parts of a row that stand more than a wide space apart."""
    found = ordered[:1]
    for line in ordered[1:]:
        last = found[-1]
        if line.x0 - last.x1 > 1.2 * line.size:
            found.append(line)
        else:
            found[-1] = replace(last, text=f"{last.text} {line.text}", x1=max(last.x1, line.x1))
    return tuple(found) if len(found) > 1 else ()


def _words(textpage: Any, height: float) -> Iterator[_Word]:
    raw = textpage.raw
    count = pdfium.FPDFText_CountChars(raw)
    if count <= 0:
        return
    buffer = (ctypes.c_ushort * (count + 1))()
    written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", errors="replace")
    text = text.rstrip("\x00")
    direct = len(text) == count
    x, y = ctypes.c_double(), ctypes.c_double()
    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    matrix = pdfium.FS_MATRIX()
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    name = ctypes.create_string_buffer(256)
    flags = ctypes.c_int()
    fonts: dict[bytes, tuple[bool, bool, bool]] = {}
    above = scale = -1.0
    before = b""
    colour = 0
    for number, found in enumerate(TOKEN.finditer(text)):
        if number > MAX_WORDS:
            return
        first, last = found.start(), found.end() - 1
        token = found.group()
        if token[-1] in HYPHENS:
            token = token[:-1] + "\u00ad"
            last -= last > first
        if not direct:
            first = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, first)
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, last)
            if first < 0 or last < 0:
                continue
        if not pdfium.FPDFText_GetCharOrigin(raw, first, x, y):
            continue
        pdfium.FPDFText_GetCharBox(raw, last, left, right, bottom, top)
        size = pdfium.FPDFText_GetFontSize(raw, first)
        length = pdfium.FPDFText_GetFontInfo(raw, first, name, 256, flags)
        key = name.raw[: max(min(length, 256) - 1, 0)]
        if y.value != above or key != before:  # on one line in one font the rest is the same
            scale = 1.0
            if pdfium.FPDFText_GetMatrix(raw, first, matrix):
                upright = abs(matrix.b) <= 0.3 * (abs(matrix.a) or 1e-6)
                scale = (matrix.c**2 + matrix.d**2) ** 0.5 if upright else 0.0
            pdfium.FPDFText_GetFillColor(raw, first, red, green, blue, alpha)
            colour = _colour(red.value, green.value, blue.value)
            above, before = y.value, key
        if not scale:
            continue  # set sideways: a margin note, a watermark
        size *= scale
        if key not in fonts:
            shown = key.decode("utf-8", errors="replace")
            fonts[key] = (
                bool(BOLD_NAME.search(shown)),
                bool(ITALIC_NAME.search(shown)),
                bool(SYMBOL_NAME.search(shown)),
            )
        if NOTE_END.search(token) and _is_raised(raw, last, y.value, size / scale):
            token = token.rstrip("0123456789*†")
        bold, italic, symbol = fonts[key]
        if not bold and not key:
            bold = pdfium.FPDFText_GetFontWeight(raw, first) >= 600
        yield _Word(
            token,
            x.value,
            max(right.value, x.value),
            height - y.value,
            round(size * 2) / 2,
            bold,
            italic,
            symbol,
            colour,
        )


def _is_raised(raw: Any, at: int, baseline: float, size: float) -> bool:
    """Whether a character is set smaller and higher than the word it ends: it points to a footnote."""
    x, y = ctypes.c_double(), ctypes.c_double()
    if not pdfium.FPDFText_GetCharOrigin(raw, at, x, y):
        return False
    return y.value - baseline > 0.12 * size and pdfium.FPDFText_GetFontSize(raw, at) < 0.85 * size


def _colour(red: int, green: int, blue: int) -> int:
    """A colour coarsely, 0 for black and dark grey."""
    if max(red, green, blue) < 96:
        return 0
    return (red // 64) << 4 | (green // 64) << 2 | blue // 64
