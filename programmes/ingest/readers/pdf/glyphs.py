"""A page of a PDF to its lines: words with their place, size and weight, as PDFium sees them.

A call into the library costs more than its answer: words that the file draws in one go are asked as one, others
word by word, none character by character.
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

from programmes.ingest.readers.pdf import tags
from programmes.ingest.readers.pdf.view import View, view_of

# PDFium writes U+FFFE (or U+0002) for a hyphen that ends a line and swallows the line break after it.
HYPHENS = "\ufffe\x02"
SEGMENT = re.compile(rf"[^\r\n{HYPHENS}]+[{HYPHENS}]?|[{HYPHENS}]")
TOKEN = re.compile(rf"[^\s{HYPHENS}]+[{HYPHENS}]?|[{HYPHENS}]")
BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi|\bbd\b|-bd", re.IGNORECASE)
LIGHT_NAME = re.compile(r"regular|roman|book|light|thin|medium|normal|ital|obl", re.IGNORECASE)
# How heavy a face is, as its name says; a face without such a word is as heavy as most text.
WEIGHTS = tuple(
    (re.compile(words, re.IGNORECASE), weight)
    for words, weight in (
        (r"semi|demi|bold|black|heavy|ultra(?!light)|extra(?!light)", 5),
        (r"medium", 4),
        (r"thin|hairline|light", 2),
    )
)
USUAL_WEIGHT = 3
ITALIC_NAME = re.compile(r"italic|oblique|kursiv", re.IGNORECASE)
SYMBOL_NAME = re.compile(r"symbol|dingbat|wingding|webding", re.IGNORECASE)
# Names that printers give: CIDFont+F1, TT2, T1_0. They say nothing of the face.
NUMBERED_NAME = re.compile(
    rb"(?:[A-Z]{6}\+)?(?:CIDFont\+|CairoFont-\d+-)?(?:F|TT|C\d_|T\d_|Font)?\d{1,3}$"
)
NOTE_MARK = re.compile(r"^(?:\d{1,3}|[*†]{1,3})[,;)]?$")
NOTE_SIGNS = "0123456789*†"
NOTE_END = re.compile(r"(?:[^\W\d_]{3}|[^\W\d_][.,;:!?)“”\"»«])(?:\d{1,3}|[*†]{1,3})$")
UNIT = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|ha|CO)$")
FORCE_BOLD = 1 << 18  # of a font descriptor's flags, PDF 32000-1:2008, table 123
FILLED_AND_STROKED = 2
EDGE = 0.13  # of the page's height, where heads and feet stand
SMALLEST = 0.5  # points; letters of no size at all, too, are told apart by proportion
LOOSE = 0.62  # of the size: letters that take more on average have wide gaps between their words
RAISED = 0.87  # of the size of its word: a browser sets raised numbers at five sixths
PANEL = 150  # letters turned one way that are a text and no margin note
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
    weight: int = USUAL_WEIGHT
    tag: int = 0  # of the heading that the file says it belongs to, see `tags`


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as it is turned to be read, and the lines that are upright then."""

    view: View
    lines: list[Line]


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
    weight: int = USUAL_WEIGHT
    turn: int = 0  # quarter turns that would set it upright


def lines_of(page: Any, textpage: Any, number: int) -> tuple[list[Sheet], int]:
    """What a page shows, the greater part first, and how many characters have no meaning.

    Words that do not stand upright (margin notes, watermarks) are left out, unless most of the page is on its
    side, or as many of them are turned one way as make a text: the folded panel of a flyer.
    """
    view = view_of(page)
    sideways: Counter[int] = Counter()
    words = list(_words(textpage, view, sideways))
    turns = [turn for turn, letters in sideways.most_common() if letters >= PANEL]
    upright = sum(len(word.text) for word in words)
    if sideways:
        turn, letters = sideways.most_common(1)[0]
        if letters > 2 * upright:
            view = view_of(page, turn)
            words = list(_words(textpage, view, Counter()))
            turns = [other for other in turns if other != turn]
            if upright >= PANEL:
                turns.append(0)
    marked = tags.headings_of(page.raw)
    lines, broken = _lines(words, view, textpage, number, marked)
    sheets = [Sheet(view, lines)]
    for turn in turns:
        turned = view_of(page, turn)
        panel, unknown = _lines(
            list(_words(textpage, turned, Counter())), turned, textpage, number, marked
        )
        if sum(len(line.text) > 20 for line in panel) >= 3:
            sheets.append(Sheet(turned, panel))
            broken += unknown
    return sheets, broken


def _lines(
    words: list[_Word], view: View, textpage: Any, number: int, marked: dict[int, int]
) -> tuple[list[Line], int]:
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
    loose = _spaced_letters(fragments, view, textpage.raw)
    lines = [_line(words, number, loose.get(at, 0.0)) for at, words in enumerate(fragments)]
    for at, words in enumerate(fragments):
        edge = min(words[0].y, view.height - words[0].y)
        if edge < EDGE * view.height and _is_artifact(textpage.raw, words[0].at):
            lines[at] = replace(lines[at], artifact=True)
        elif marked:
            item = pdfium.FPDFText_GetTextObject(textpage.raw, words[0].at)
            tag = marked.get(pdfium.FPDFPageObj_GetMarkedContentID(item), 0) if item else 0
            lines[at] = replace(lines[at], tag=tag) if tag else lines[at]
    return lines, broken


def _weigh_nameless(words: list[_Word]) -> None:
    """Browsers write some fonts without a name, printers number them: where the file does not say either how
    heavy they are, another face than that of the text counts as bold."""
    letters: Counter[int] = Counter()
    for word in words:
        letters[word.face] += len(word.text)
    usual = letters.most_common(1)[0][0] if letters else 0
    if not usual or any(word.bold for word in words if word.face):
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
        drift <= 0.6 * size
        and min(last.size, word.size) < RAISED * size
        and word.x0 - last.x1 < size
    )
    return level and -0.3 * size <= word.x0 - last.x1 <= 1.6 * size


def _line(words: list[_Word], page: int, apart: float = 0.0) -> Line:
    """Words of one baseline as a line; those up to `apart` from each other are parts of one word."""
    if len(words) == 1:
        word = words[0]
        return Line(
            word.text,
            word.x0,
            word.x1,
            word.y,
            word.size,
            word.bold,
            word.italic,
            word.colour,
            page,
            word.symbol and len(word.text) == 1,
            weight=word.weight,
        )
    main = max(words, key=lambda word: len(word.text))
    words = _without_note_marks(words, main)
    text = words[0].text
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
        weight=main.weight,
    )


def _without_note_marks(words: list[_Word], main: _Word) -> list[_Word]:
    """The words without the raised numbers that point to footnotes; m² stays."""
    kept = words[:1]
    for before, word in itertools.pairwise(words):
        raised = word.size < RAISED * main.size and main.y - word.y > 0.12 * main.size
        if raised and NOTE_MARK.match(word.text) and not UNIT.search(before.text):
            continue
        kept.append(word)
    return kept


def _spaced_letters(fragments: list[list[_Word]], view: View, raw: Any) -> dict[int, float]:
    """Lines whose letters are set apart (W O H N E N), by place: up to which gap two words are parts of one."""
    found: dict[int, float] = {}
    sizes: dict[float, float] = {}
    short: list[int] = []
    for at, words in enumerate(fragments):
        if len(words) < 2 or sum(len(word.text) <= 2 for word in words) < 0.4 * len(words):
            continue
        single = sum(len(word.text) == 1 and word.text.isalnum() for word in words)
        gaps = sorted(after.x0 - before.x1 for before, after in itertools.pairwise(words))
        usual = gaps[len(gaps) // 2]
        if single >= 0.6 * len(words) and 2 * single > sum(len(word.text) for word in words):
            if len(words) > 3:
                found[at] = sizes[words[0].size] = 1.6 * max(usual, 0.0)
            else:
                short.append(at)
            continue
        inside = _gap_inside(words, view, raw)
        if inside > 0.1 * words[0].size and gaps[0] < 1.6 * inside:
            found[at] = sizes[words[0].size] = 1.6 * inside
    for at in short:
        found[at] = sizes.get(fragments[at][0].size, 0.0)
    return found


def _gap_inside(words: list[_Word], view: View, raw: Any) -> float:
    """The usual distance of two letters inside the words of a line."""
    edges = tuple(ctypes.c_double() for _ in range(4))
    box = tuple(ctypes.byref(edge) for edge in edges)
    gaps: list[float] = []
    for word in words:
        before = None
        for at in range(word.at, word.at + min(len(word.text), 12)):
            if not pdfium.FPDFText_GetCharBox(raw, at, *box):
                break
            left, right, bottom, top = (edge.value for edge in edges)
            first, second = view.point(left, top)[0], view.point(right, bottom)[0]
            if before is not None:
                gaps.append(min(first, second) - before)
            before = max(first, second)
    return sorted(gaps)[len(gaps) // 2] if gaps else 0.0


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
    """The upright words; the letters of others are counted by the quarter turns that would set them upright.

    Words drawn in one go, with no more than a space between them, come as one.
    """
    glyphs = _Glyphs(textpage.raw, view)
    text = glyphs.text
    number = 0
    for found in SEGMENT.finditer(text):
        segment = found.group()
        start = found.start() + len(segment) - len(segment.lstrip())
        stop = found.end() - len(segment) + len(segment.rstrip())
        if 0 < segment.count(" ") <= 0.4 * len(segment) and glyphs.in_one_go(start, stop):
            word = glyphs.word(start, stop)
            if word is not None and word.size <= INITIAL:
                if word.turn:
                    sideways[word.turn] += len(word.text)
                    continue
                if word.x1 - word.x0 < LOOSE * word.size * len(word.text):
                    word.text = " ".join(word.text.split())
                    number += 1
                    yield word
                    continue
        for token in TOKEN.finditer(text, start, stop):
            number += 1
            if number > MAX_WORDS:
                return
            word = glyphs.word(*token.span())
            if word is None:
                continue
            if word.turn:
                sideways[word.turn] += len(word.text)
                continue
            if word.size > INITIAL and len(word.text) > 1 and word.text[0].isupper():
                yield from glyphs.without_initial(word)
                continue
            if word.text[-1] in NOTE_SIGNS and NOTE_END.search(word.text):
                glyphs.strip_note(word, token.end() - 1)
            yield word


class _Glyphs:
    """A page's characters, asked for by their places in its text."""

    def __init__(self, raw: Any, view: View) -> None:
        self._raw, self._view = raw, view
        self._settings = _Settings(raw, view)
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._origin = ctypes.byref(self._x), ctypes.byref(self._y)
        self._edges = tuple(ctypes.c_double() for _ in range(4))
        self._box = tuple(ctypes.byref(edge) for edge in self._edges)
        self.text = ""
        count = pdfium.FPDFText_CountChars(raw)
        if count > 0:
            buffer = (ctypes.c_ushort * (count + 1))()
            written = pdfium.FPDFText_GetText(raw, 0, count, buffer)
            text = bytes(buffer)[: max(written - 1, 0) * 2].decode("utf-16-le", errors="replace")
            self.text = text.rstrip("\x00")
        self._direct = len(self.text) == count

    def in_one_go(self, start: int, stop: int) -> bool:
        last = stop - 1 - (self.text[stop - 1] in HYPHENS)
        return self._direct and self._settings.is_same(start, last)

    def word(self, start: int, stop: int) -> _Word | None:
        first, last = start, stop - 1
        token = self.text[start:stop]
        if token[-1] in HYPHENS:
            token = token[:-1] + "\u00ad"
            last -= last > first
        raw, view = self._raw, self._view
        if not self._direct:
            first = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, first)
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(raw, last)
            if first < 0 or last < 0:
                return None
        if not pdfium.FPDFText_GetCharOrigin(raw, first, *self._origin):
            return None
        pdfium.FPDFText_GetCharBox(raw, last, *self._box)
        x, y = self._x.value, self._y.value
        left, right, bottom, top = self._edges
        begin = view.xx * x + view.xy * y + view.x0
        baseline = view.yx * x + view.yy * y + view.y0
        end = view.xx * right.value + view.xy * top.value + view.x0
        other = view.xx * left.value + view.xy * bottom.value + view.x0
        end = other if other > end else end
        setting = self._settings.of(first, baseline)
        return _Word(
            token,
            begin,
            end if end > begin else begin,
            baseline,
            setting.size,
            setting.bold,
            setting.italic,
            setting.symbol,
            setting.colour,
            first,
            setting.face,
            setting.weight,
            setting.turn,
        )

    def without_initial(self, word: _Word) -> Iterator[_Word]:
        """A first letter several lines tall, drawn close to the rest of its word, and that rest."""
        rest = self._settings.after_initial(word)
        if rest is None or not pdfium.FPDFText_GetCharOrigin(self._raw, word.at + 1, *self._origin):
            yield word
            return
        x, y = self._view.point(self._x.value, self._y.value)
        initial, following = word.text[0], word.text[1:]
        yield replace(word, text=initial, x1=x)
        yield replace(
            word,
            text=following,
            x0=x,
            y=y,
            size=rest.size,
            bold=rest.bold,
            italic=rest.italic,
            colour=rest.colour,
            at=word.at + 1,
        )

    def strip_note(self, word: _Word, last: int) -> None:
        """Take the number of a footnote from the end of a word, where it is set small and raised."""
        if not self._direct:
            last = pdfium.FPDFText_GetCharIndexFromTextIndex(self._raw, last)
        if last >= 0 and _is_raised(self._raw, last, self._view, word.y, word.size):
            word.text = word.text.rstrip(NOTE_SIGNS)


@dataclass(frozen=True, slots=True)
class _Setting:
    size: float
    bold: bool
    italic: bool
    symbol: bool
    colour: int
    turn: int
    face: int = 0
    weight: int = USUAL_WEIGHT


class _Settings:
    """How characters are set: asked once for each stretch that the file draws in one go."""

    def __init__(self, raw: Any, view: View) -> None:
        self._raw, self._view = raw, view
        self._handle = ctypes.cast(raw, ctypes.c_void_p)
        self._last: tuple[int | None, _Setting] | None = None
        self._line: tuple[bytes, float, float, _Setting] | None = None
        self._fonts: dict[bytes, tuple[bool, bool, bool, int]] = {}
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

    def is_same(self, first: int, last: int) -> bool:
        """Whether the file draws two characters in one go."""
        address = _address_of_object(self._handle, first)
        return address is not None and address == _address_of_object(self._handle, last)

    def after_initial(self, word: _Word) -> _Setting | None:
        """How the second character of a word is set, if it is much smaller than the first."""
        self._last = self._line = None
        second = self._asked(word.at + 1, 0.0)
        self._line = None
        return second if second.size < 0.6 * word.size else None

    def _asked(self, at: int, y: float) -> _Setting:
        raw = self._raw
        size = pdfium.FPDFText_GetFontSize(raw, at)
        length = pdfium.FPDFText_GetFontInfo(raw, at, self._name, 256, self._flags)
        key = self._name.value if 0 < length <= 256 else b""
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
                next((rank for words, rank in WEIGHTS if words.search(shown)), USUAL_WEIGHT),
            )
        bold, italic, symbol, weight = self._fonts[key]
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
        if item and (not key or NUMBERED_NAME.match(key)):
            handle = ctypes.cast(pdfium.FPDFTextObj_GetFont(item), ctypes.c_void_p).value
            face = self._faces.setdefault(handle or 0, len(self._faces) + 1)
        setting = _Setting(
            max(round(size * scale * 2) / 2, SMALLEST),
            bold or stroked,
            italic,
            symbol,
            colour,
            turn,
            face,
            weight,
        )
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
    return baseline - view.point(x.value, y.value)[1] > 0.12 * size and own < RAISED * size


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
