"""A page of a PDF to its lines: words with their place, size and weight, as PDFium sees them.

Asked word by word and not character by character: a call into the library costs more than the answer.
"""

from __future__ import annotations

import ctypes
import itertools
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pypdfium2.raw as pdfium

from programmes.ingest.readers.pdf.view import View, view_of

# PDFium writes U+FFFE (or U+0002) for a hyphen that ends a line and swallows the line break after it.
HYPHENS = "\ufffe\x02"
TOKEN = re.compile(rf"[^\s{HYPHENS}]+[{HYPHENS}]?|[{HYPHENS}]")
BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|\bbd\b|-bd", re.IGNORECASE)
LIGHT_NAME = re.compile(r"regular|roman|book|light|thin|medium|normal|ital|obl", re.IGNORECASE)
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
SYMBOL_NAME = re.compile(r"symbol|dingbat|wingding|webding", re.IGNORECASE)
NOTE_MARK = re.compile(r"^(?:\d{1,3}|[*†]{1,3})[,;)]?$")
NOTE_SIGNS = "0123456789*†"
NOTE_END = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_][.,;:!?)“”\"»«])(?:\d{1,3}|[*†]{1,3})$")
UNIT = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|ha|CO)$")
FORCE_BOLD = 1 << 18  # of a font descriptor's flags, PDF 32000-1:2008, table 123
FILLED_AND_STROKED = 2
EDGE = 0.13  # of the page's height, where heads and feet stand
MAX_WORDS = 20_000
INITIAL = 15.0  # points; a letter two lines tall is larger


# The same question as the library's own function, answered by a number that is cheap to compare.
_address_of_object = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(
    ctypes.cast(pdfium.FPDFText_GetTextObject, ctypes.c_void_p).value or 0
)


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
    artifact: bool = False
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
    at: int  # the place of its first character on the page
    face: int = 0  # which of the page's fonts without a name


def lines_of(page: Any, textpage: Any, number: int) -> tuple[list[Line], View, int]:
    """The lines of a page in the order the file draws them, its view, and how many characters have no meaning.

    Words that do not stand upright (margin notes, watermarks) are left out, unless most of the page is on its side.
    """
    view = view_of(page)
    sideways: Counter[int] = Counter()
    words = list(_words(textpage, view, sideways))
    if sideways:
        turn, letters = sideways.most_common(1)[0]
        if letters > 2 * sum(len(word.text) for word in words):
            view = view_of(page, turn)
            words = list(_words(textpage, view, Counter()))
    _weigh_nameless(words)
    fragments: list[list[_Word]] = []
    last: _Word | None = None
    broken = 0
    for word in words:
        broken += word.text.count("\ufffd")
        if last is not None and _same_line(last, word):
            fragments[-1].append(word)
        else:
            fragments.append([word])
        last = word
    lines = [_line(words, number) for words in fragments]
    for at, words in enumerate(fragments):
        edge = min(words[0].y, view.height - words[0].y)
        if edge < EDGE * view.height and _is_artifact(textpage.raw, words[0].at):
            lines[at] = replace(lines[at], artifact=True)
    return lines, view, broken


def _weigh_nameless(words: list[_Word]) -> None:
    """Browsers write some fonts without a name: then another face than that of the text counts as bold."""
    letters: Counter[int] = Counter()
    for word in words:
        letters[word.face] += len(word.text)
    usual = letters.most_common(1)[0][0] if letters else 0
    if not usual:
        return
    for word in words:
        if word.face and word.face != usual:
            word.bold = True


def _is_artifact(raw: Any, at: int) -> bool:
    """Marked by the writing program as belonging to the page and not to the text (a head, a foot)."""
    item = pdfium.FPDFText_GetTextObject(raw, at)
    buffer = (ctypes.c_ushort * 16)()
    length = ctypes.c_ulong()
    for number in range(min(pdfium.FPDFPageObj_CountMarks(item), 4) if item else 0):
        mark = pdfium.FPDFPageObj_GetMark(item, number)
        if pdfium.FPDFPageObjMark_GetName(mark, buffer, 32, length):
            name = bytes(buffer)[: max(length.value - 2, 0)].decode("utf-16-le", errors="replace")
            if name == "Artifact":
                return True
    return False


def _same_line(last: _Word, word: _Word) -> bool:
    size = max(last.size, word.size)
    drift = abs(word.y - last.y)
    if len(last.text) == 1 and last.text.isalpha() and word.size < 0.6 * last.size:
        return False  # a first letter several lines tall
    # An exponent or index is smaller and sits off the baseline, but touches the word before it.
    level = drift <= 0.25 * size or (
        drift <= 0.6 * size and min(last.size, word.size) < 0.8 * size and word.x0 - last.x1 < size
    )
    return level and -0.3 * size <= word.x0 - last.x1 <= 1.6 * size


def _line(words: list[_Word], page: int) -> Line:
    main = max(words, key=lambda word: len(word.text))
    words = _without_note_marks(words, main)
    text = words[0].text
    apart = _letter_gap(words)
    letters = bold = italic = 0
    weights: dict[float, int] = {}
    colours: dict[int, int] = {}
    before: _Word | None = None
    end = 0.0
    for word in words:
        length = len(word.text)
        letters += length
        bold += length if word.bold else 0
        italic += length if word.italic else 0
        weights[word.size] = weights.get(word.size, 0) + length
        colours[word.colour] = colours.get(word.colour, 0) + length
        end = max(end, word.x1)
        if before is not None:
            if text[-1] == "\u00ad":
                text = text[:-1] + "-"  # "Rad- und Fußwege" on one line
            joined = word.x0 - before.x1 < max(apart, 0.12 * word.size)
            text += word.text if joined else " " + word.text
        before = word
    return Line(
        text=text,
        x0=words[0].x0,
        x1=end,
        y=main.y,
        size=max(weights, key=lambda size: weights[size]),
        bold=bold > 0.8 * letters,
        italic=italic > 0.8 * letters,
        colour=max(colours, key=lambda colour: colours[colour]),
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


def _words(textpage: Any, view: View, sideways: Counter[int]) -> Iterator[_Word]:
    """The upright words; the letters of others are counted by the quarter turns that would set them upright."""
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
    origin = ctypes.byref(x), ctypes.byref(y)
    box = tuple(ctypes.byref(edge) for edge in (left, right, bottom, top))
    origin_of, box_of = pdfium.FPDFText_GetCharOrigin, pdfium.FPDFText_GetCharBox
    xx, xy, x0, yx, yy, y0 = view.xx, view.xy, view.x0, view.yx, view.yy, view.y0
    settings = _Settings(raw, view)
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
        if not origin_of(raw, first, *origin):
            continue
        box_of(raw, last, *box)
        begin = xx * x.value + xy * y.value + x0
        baseline = yx * x.value + yy * y.value + y0
        setting = settings.of(first, baseline)
        if setting.turn:
            sideways[setting.turn] += len(token)
            continue
        if setting.size > INITIAL and len(token) > 1 and token[0].isupper():
            rest = settings.after_initial(first + 1, setting)
            if rest is not None and origin_of(raw, first + 1, *origin):
                # A first letter several lines tall, drawn close to the rest of its word.
                start = xx * x.value + xy * y.value + x0
                yield _word(token[0], begin, start, baseline, setting, first)
                begin, baseline = start, yx * x.value + yy * y.value + y0
                token, setting, first = token[1:], rest, first + 1
        if (
            token[-1] in NOTE_SIGNS
            and NOTE_END.search(token)
            and _is_raised(raw, last, view, baseline, setting.size)
        ):
            token = token.rstrip(NOTE_SIGNS)
        end = max(
            xx * right.value + xy * top.value + x0,
            xx * left.value + xy * bottom.value + x0,
            begin,
        )
        yield _word(token, begin, end, baseline, setting, first)


def _word(text: str, x0: float, x1: float, y: float, setting: _Setting, at: int) -> _Word:
    return _Word(
        text,
        x0,
        x1,
        y,
        round(setting.size * 2) / 2,
        setting.bold,
        setting.italic,
        setting.symbol,
        setting.colour,
        at,
        setting.face,
    )


@dataclass(frozen=True, slots=True)
class _Setting:
    size: float
    bold: bool
    italic: bool
    symbol: bool
    colour: int
    turn: int
    face: int = 0


class _Settings:
    """How characters are set: asked once for each stretch that the file draws in one go."""

    def __init__(self, raw: Any, view: View) -> None:
        self._raw, self._view = raw, view
        self._handle = ctypes.cast(raw, ctypes.c_void_p)
        self._last: tuple[int | None, _Setting] | None = None
        self._line: tuple[bytes, float, float, _Setting] | None = None
        self._fonts: dict[bytes, tuple[bool, bool, bool]] = {}
        self._faces: dict[int, int] = {}
        self._matrix = pdfium.FS_MATRIX()
        self._colour = tuple(ctypes.c_uint() for _ in range(4))
        self._name = ctypes.create_string_buffer(256)
        self._flags = ctypes.c_int()

    def of(self, at: int, y: float) -> _Setting:
        address = _address_of_object(self._handle, at)
        if self._last is None or address is None or address != self._last[0]:
            self._last = (address, self._asked(at, y))
        return self._last[1]

    def after_initial(self, at: int, initial: _Setting) -> _Setting | None:
        """How the second character of a word is set, if it is much smaller than the first."""
        self._last = self._line = None
        second = self._asked(at, 0.0)
        self._line = None
        return second if second.size < 0.6 * initial.size else None

    def _asked(self, at: int, y: float) -> _Setting:
        raw = self._raw
        size = pdfium.FPDFText_GetFontSize(raw, at)
        length = pdfium.FPDFText_GetFontInfo(raw, at, self._name, 256, self._flags)
        key = self._name.raw[: max(min(length, 256) - 1, 0)]
        line = self._line
        if line and line[:3] == (key, size, y):  # further words of a line
            return line[3]
        if key not in self._fonts:
            shown = key.decode("utf-8", errors="replace")
            weight = pdfium.FPDFText_GetFontWeight(raw, at)
            self._fonts[key] = (
                _is_bold(shown, self._flags.value, weight),
                bool(ITALIC_NAME.search(shown)),
                bool(SYMBOL_NAME.search(shown)),
            )
        bold, italic, symbol = self._fonts[key]
        # Letters that are filled and outlined: a bold face where the font has none.
        item = pdfium.FPDFText_GetTextObject(raw, at)
        stroked = bool(item) and pdfium.FPDFTextObj_GetTextRenderMode(item) == FILLED_AND_STROKED
        turn, scale, matrix = 0, 1.0, self._matrix
        if pdfium.FPDFText_GetMatrix(raw, at, matrix):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5
            turn = _turn(*self._view.direction(matrix.a, matrix.b))
        pdfium.FPDFText_GetFillColor(raw, at, *self._colour)
        colour = _colour(*(part.value for part in self._colour[:3]))
        face = 0
        if not key and item:
            handle = ctypes.cast(pdfium.FPDFTextObj_GetFont(item), ctypes.c_void_p).value
            face = self._faces.setdefault(handle or 0, len(self._faces) + 1)
        setting = _Setting(size * scale, bold or stroked, italic, symbol, colour, turn, face)
        if key:
            self._line = (key, size, y, setting)
        return setting


def _turn(x: float, y: float) -> int:
    """How many quarter turns clockwise would set a baseline of this direction upright."""
    if abs(y) <= 0.3 * abs(x):
        return 0 if x >= 0 else 2
    return 3 if y > 0 else 1


def _is_raised(raw: Any, at: int, view: View, baseline: float, size: float) -> bool:
    """Whether a character is set smaller and higher than the word it ends: it points to a footnote."""
    x, y = ctypes.c_double(), ctypes.c_double()
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFText_GetCharOrigin(raw, at, x, y):
        return False
    own = pdfium.FPDFText_GetFontSize(raw, at)
    if pdfium.FPDFText_GetMatrix(raw, at, matrix):
        own *= (matrix.c**2 + matrix.d**2) ** 0.5
    return baseline - view.point(x.value, y.value)[1] > 0.12 * size and own < 0.85 * size


def _is_bold(name: str, flags: int, weight: int) -> bool:
    """By the font's name; where that says nothing of weight, by what the file says of its strokes."""
    if BOLD_NAME.search(name):
        return True
    if LIGHT_NAME.search(name):
        return False
    return bool(flags & FORCE_BOLD) or 600 <= weight <= 1000


def _colour(red: int, green: int, blue: int) -> int:
    """A colour coarsely, 0 for black and dark grey."""
    if max(red, green, blue) < 96:
        return 0
    return (red // 64) << 4 | (green // 64) << 2 | blue // 64
