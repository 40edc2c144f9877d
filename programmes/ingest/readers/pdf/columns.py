"""The lines of a page in the order a person reads them: columns one after the other, boxes and quotations apart.

Recursive cuts (after Nagy and Seth 1984): a white gutter that nearly nothing crosses parts a region in two;
what does cross it (a headline, a wide box) parts it into bands. What stands beside the running text in another
size, or in a box of its own, is set apart first, so that the text around it stays whole.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from programmes.ingest.readers.pdf.glyphs import Line, merged
from programmes.ingest.readers.pdf.marks import Area

MIN_GUTTER = 7.0  # points
STEP = 2.0
LETTERHEAD = 400.0  # how far down a page the head of a letter may reach
SAYING = re.compile(r"[^\W\d_]{3}")  # a word, not a bullet or the number of a chapter
NARROW = 60.0  # no column is narrower
PANELS = 4.0  # a strip this many times the size of the text parts the panels of a folded sheet
MOST_LINES = 600  # of a page on which headings beside the text are looked for
FEW_ROWS = 3  # of justified lines, whose wide gaps may stand below each other
SPANNING = 1.25  # a line this much larger than the text may head more than its own column


@dataclass(slots=True)
class Region:
    """Lines from top to bottom that belong together, and what floats beside them: regions of their own."""

    lines: list[Line]
    floats: list[Region] = field(default_factory=list)


@dataclass(slots=True)
class _Piece:
    """A line, or several that must stay together, as one thing with a place."""

    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    lines: list[Line]
    regions: list[Region] | None = None  # of a box: its lines are in order already

    @property
    def letters(self) -> int:
        return sum(len(line.text) for line in self.lines)


def ordered(lines: Sequence[Line], boxes: Sequence[Area] = (), size: float = 0.0) -> list[Region]:
    """Regions of a page in reading order. `size` is that of the running text, as far as it is known."""
    lines = _with_drop_caps(sorted(lines, key=lambda line: (line.y, line.x0)))
    size = size or (sorted(line.size for line in lines)[len(lines) // 2] if lines else 10.0)
    rest, pieces = _boxed(lines, boxes, size)
    margin = _margin(rest)
    aside = {id(line) for group in margin for line in group}
    pieces += _pieces([line for line in rest if id(line) not in aside], size)
    pieces.sort(key=lambda piece: (piece.top, piece.x0))
    regions = [region for region in _cut(pieces, 0, size) if region.lines or region.floats]
    _attach(margin, regions)
    return regions


def _distance(region: Region, y: float) -> float:
    return min((abs(line.y - y) for line in region.lines), default=1e9)


def _with_drop_caps(lines: list[Line]) -> list[Line]:
    """A first letter that is several lines tall is put before the rest of its word."""
    out = list(lines)
    for cap in lines:
        letter = cap.text.strip('„“"»« ')
        if len(cap.text) > 2 or len(letter) != 1 or not letter.isalpha():
            continue
        beside = [
            line
            for line in out
            if line is not cap
            and line.size < 0.62 * cap.size
            and -0.2 * cap.size < line.x0 - cap.x1 < 1.2 * cap.size
            and cap.y - 1.15 * cap.size < line.y - 0.5 * line.size < cap.y + 0.1 * cap.size
        ]
        if not beside:
            continue
        first = min(beside, key=lambda line: (round(line.y), line.x0))
        # "A" may be a word of its own only before a capital; a drop cap is nearly always part of one.
        glue = "" if first.text[0].islower() or first.text[:2].isupper() else " "
        changed = {id(first): replace(first, text=cap.text + glue + first.text, x0=cap.x0)}
        for line in beside:
            if line is not first and line.x0 < cap.x1 + 0.5 * cap.size:
                changed[id(line)] = replace(line, x0=cap.x0)
        out = [changed.get(id(line), line) for line in out if line is not cap]
    return out


def _boxed(
    lines: list[Line], boxes: Sequence[Area], size: float
) -> tuple[list[Line], list[_Piece]]:
    """What stands in a box narrower than the page's text, as one piece; and the other lines."""
    pieces: list[_Piece] = []
    rest = lines
    for box in sorted(boxes, key=lambda box: -box.width * box.height):
        inside = [line for line in rest if box.holds(line)]
        outside = [line for line in rest if not box.holds(line)]
        if len(inside) < 2 or not outside or len({round(line.y) for line in inside}) < 2:
            continue
        if sum(len(line.text) for line in inside) < 20:
            continue
        beside = [
            line
            for line in outside
            if box.top - 2 < line.y - 0.3 * line.size < box.bottom + 2
            and (line.x0 >= box.right - 5 or line.x1 <= box.left + 5)
        ]
        reach = max(line.x1 for line in outside) - max(line.x1 for line in inside)
        if not beside and abs(reach) < 0.15 * box.width:
            continue  # as wide as the text: in its place already
        regions = _cut(_pieces(inside, size), 1, size)
        pieces.append(replace(_piece(inside, regions), top=box.top, bottom=box.bottom))
        rest = outside
    return rest, pieces


def _piece(lines: list[Line], regions: list[Region] | None = None) -> _Piece:
    return _Piece(
        min(line.x0 for line in lines),
        max(line.x1 for line in lines),
        min(line.y - 0.8 * line.size for line in lines),
        max(line.y + 0.2 * line.size for line in lines),
        lines[0].size,
        lines,
        regions,
    )


def _pieces(lines: list[Line], size: float) -> list[_Piece]:
    """Each line a piece; lines of one other size that follow each other closely are one."""
    pieces: list[_Piece] = []
    for line in lines:
        other = line.size > 1.15 * size or line.size < 0.88 * size
        if line.tag and pieces and pieces[-1].lines[-1].tag == line.tag:
            pieces.append(_piece([*pieces.pop().lines, line]))
            continue
        if other:
            above = [
                piece
                for piece in pieces
                if abs(piece.lines[-1].size - line.size) < 0.06 * size
                and 0.5 * line.size < line.y - piece.lines[-1].y < 1.7 * line.size
                and min(piece.x1, line.x1) - max(piece.x0, line.x0)
                > 0.5 * min(piece.x1 - piece.x0, line.x1 - line.x0)
            ]
            if len(above) == 1 and not _something_between(above[0], line, lines):
                piece = above[0]
                pieces.remove(piece)
                pieces.append(_piece([*piece.lines, line]))
                continue
        pieces.append(_piece([line]))
    pieces.sort(key=lambda piece: (piece.top, piece.x0))
    return pieces


def _something_between(piece: _Piece, line: Line, lines: list[Line]) -> bool:
    """Whether a line of another size stands between the two."""
    last = piece.lines[-1]
    return any(
        last.y + 1 < other.y < line.y - 0.3 * line.size
        and other.x1 > max(last.x0, line.x0)
        and other.x0 < min(last.x1, line.x1)
        and abs(other.size - line.size) > 0.06 * line.size
        for other in lines
    )


def _cut(pieces: list[_Piece], depth: int, size: float) -> list[Region]:
    """Regions of some pieces, which are sorted from top to bottom."""
    if not pieces:
        return []
    gutter = _gutter(pieces, size) if depth < 5 and len(pieces) >= 4 else None
    if gutter is None:
        return _flow(pieces, size)
    left, right = gutter
    pieces = [_widened(piece, pieces, left, right, size) for piece in pieces]
    regions: list[Region] = []
    spanning: list[_Piece] = []
    for parted, band in _parted(pieces, left, right, size):
        if not parted:
            spanning += band
            continue
        regions += _flow(spanning, size)
        spanning = []
        for row in _rows_of_boxes(band, right):
            beside = _beside_text(row, right, depth, size)
            if beside:
                regions += beside
                continue
            regions += _cut([piece for piece in row if piece.x1 <= right], depth + 1, size)
            regions += _cut([piece for piece in row if piece.x1 > right], depth + 1, size)
    return regions + _flow(spanning, size)


def _beside_text(row: list[_Piece], right: float, depth: int, size: float) -> list[Region]:
    """The regions of two columns of which one holds but headings or notes beside the text of the other."""
    if any(piece.regions for piece in row):
        return []
    sides = (
        [piece for piece in row if piece.x1 <= right],
        [piece for piece in row if piece.x1 > right],
    )
    for notes, text in (sides, sides[::-1]):
        top = min((piece.top for piece in text), default=0.0)
        above = [piece for piece in notes if piece.bottom <= top]  # the end of a paragraph
        usual = max((p.lines[0] for p in text), key=lambda line: len(line.text), default=None)
        if usual is None or any(
            _look(line) == _look(usual)
            for piece in notes
            if piece not in above
            for line in piece.lines
        ):
            continue  # text on both sides
        lines = [line for piece in row if piece not in above for line in piece.lines]
        groups = _margin(lines)
        aside = {id(line) for group in groups for line in group}
        if aside and aside == {
            id(line) for piece in notes if piece not in above for line in piece.lines
        }:
            regions = _cut(text, depth + 1, size)
            _attach(groups, regions)
            return _flow(above, size) + regions
    return []


def _attach(groups: list[list[Line]], regions: list[Region]) -> None:
    """Each note floats in the region that it stands beside."""
    for group in groups:
        min(regions, key=lambda region: _distance(region, group[0].y)).floats.append(Region(group))


def _bands(pieces: list[_Piece], left: float, right: float) -> Iterator[tuple[bool, list[_Piece]]]:
    """Pieces that cross a strip, and those between them that do not."""
    return (
        (crossing, list(band))
        for crossing, band in itertools.groupby(
            pieces, key=lambda piece: piece.x0 < left - 1 and piece.x1 > right + 1
        )
    )


def _parted(
    pieces: list[_Piece], left: float, right: float, size: float
) -> Iterator[tuple[bool, list[_Piece]]]:
    """The bands of a strip, and whether each stands in columns on both sides of it."""
    bands = list(_bands(pieces, left, right))
    for number, (crossing, band) in enumerate(bands):
        columns = not crossing and _is_column_pair(band, left, right, size)
        rows = len({round(line.y) for piece in band for line in piece.lines}) if columns else 0
        if columns and rows <= 2 * FEW_ROWS and right - left < 2.5 * size:
            columns = _is_aligned([piece for piece in band if piece.x1 > right])
        if columns and rows <= FEW_ROWS:
            before = bands[number - 1][1][-1].lines[-1] if number else None
            after = bands[number + 1][1][0].lines[0] if number + 1 < len(bands) else None
            columns = not (
                _is_next(before, band[0].lines[0]) or _is_next(band[-1].lines[-1], after)
            )
        yield columns, band


def _is_aligned(side: list[_Piece]) -> bool:
    """Whether most lines of a column begin below each other: the words of justified lines do not."""
    begins = Counter(round(line.x0 / 3) for line in _stretches(side))
    most = max(count + begins[x + 1] for x, count in begins.items())
    return most > 0.5 * begins.total()


def _is_next(line: Line | None, below: Line | None) -> bool:
    """Whether two lines follow each other as those of a paragraph do."""
    if line is None or below is None:
        return False
    return _look(line) == _look(below) and 0 < below.y - line.y < 1.9 * line.size


def _rows_of_boxes(band: list[_Piece], right: float) -> Iterator[list[_Piece]]:
    """Columns made of boxes that begin side by side are read row by row."""
    tops = [piece.top for piece in band if piece.regions and piece.x1 <= right]
    if not tops:
        yield band
        return
    level = [
        piece.top
        for piece in band
        if piece.regions and piece.x1 > right and any(abs(piece.top - top) < 4 for top in tops)
    ]
    row: list[_Piece] = []
    for piece in band:
        begins = any(abs(piece.top - top) < 4 for top in level) and piece.regions
        if begins and row and all(other.bottom < piece.top + 4 for other in row):
            yield row
            row = []
        row.append(piece)
    yield row


def _widened(piece: _Piece, pieces: list[_Piece], left: float, right: float, size: float) -> _Piece:
    """A short headline above both columns counts as wide as they are: nothing stands beside it."""
    if piece.regions or piece.x0 >= right or piece.x1 > right:
        return piece
    larger = piece.size >= SPANNING * size
    if not _heads_columns(piece, pieces, left, right, larger=larger):
        return piece
    others = [other for other in pieces if other is not piece]
    if any(
        other.bottom > piece.top - 0.5 * size and other.top < piece.bottom
        for other in others
        if other.x0 >= left
    ):
        return piece
    above = any(other.bottom <= piece.top and other.x0 >= right - 1 for other in others)
    below = any(other.top >= piece.bottom and other.x0 >= right - 1 for other in others)
    after = next((other for other in others if other.top >= piece.bottom), None)
    crosses = after is not None and after.x0 < left - 1 and after.x1 > right + 1
    if not above or not (below or crosses):
        return piece
    return replace(piece, x1=max(other.x1 for other in others if other.x0 >= right - 1))


def _heads_columns(
    piece: _Piece, pieces: list[_Piece], left: float, right: float, *, larger: bool
) -> bool:
    """Whether columns begin afresh below a heading: at one height on both sides."""
    line = piece.lines[-1]
    if not (larger or line.bold or line.colour or line.text.isupper()):
        return False
    below = [other for other in pieces if other.top >= line.y]
    if larger:
        sides = (
            [other.top for other in below if other.x1 <= right],
            [other.top for other in below if other.x0 >= left],
        )
        return not all(sides) or abs(min(sides[0]) - min(sides[1])) < piece.size
    for other in below:
        under = other.lines[0]
        if under.bold and line.bold and under.x0 < line.x1 and under.y - line.y < 1.6 * line.size:
            return False  # a heading of several lines in its own column
    sides = (
        [other.lines[0].y for other in below if other.x1 <= right],
        [other.lines[0].y for other in below if other.x0 >= left],
    )
    return all(sides) and abs(min(sides[0]) - min(sides[1])) < 0.3 * piece.size


def _gutter(pieces: list[_Piece], size: float) -> tuple[float, float] | None:
    """The white strip that parts most lines into columns, on the whole page or in a part of it."""
    x0, x1 = min(piece.x0 for piece in pieces), max(piece.x1 for piece in pieces)
    width = x1 - x0
    if width < 120:
        return None
    best: tuple[float, float] | None = None
    most = 0.0
    for left, right in _strips(pieces, x0, x1):
        parted = sum(
            len(piece.lines)
            for columns, band in _parted(pieces, left, right, size)
            if columns
            for piece in band
        )
        # Of strips that part as many lines the wider one is cut first.
        worth = parted + (right - left) / width
        if parted >= 4 and worth > most:
            best, most = (left, right), worth
    return best


def _strips(pieces: list[_Piece], x0: float, x1: float) -> list[tuple[float, float]]:
    """White strips between pieces that stand side by side; those that many agree on first."""
    edges: Counter[int] = Counter()
    for number, piece in enumerate(pieces):
        for other in pieces[number + 1 :]:
            if other.top > piece.bottom:
                break
            first, second = (piece, other) if piece.x0 <= other.x0 else (other, piece)
            if second.x0 - first.x1 >= MIN_GUTTER:
                # Columns begin where their lines begin: the right edge of a strip is the sure one.
                edges[round(second.x0 / STEP)] += len(second.lines)
    found: list[tuple[float, float]] = []
    for edge, _ in edges.most_common(10):
        right = edge * STEP + STEP / 2
        if not x0 + 0.08 * (x1 - x0) < right < x1 - 0.08 * (x1 - x0):
            continue
        before = sorted(
            piece.x1
            for piece in pieces
            if piece.x1 < right - MIN_GUTTER + STEP and piece.x0 < right - NARROW
        )
        if not before:
            continue
        # A line or two that run over do not narrow the strip: they cross it.
        left = before[max(len(before) - 1 - len(before) // 12, 0)]
        begins = [piece.x0 for piece in pieces if left + 2 < piece.x0 <= right + STEP]
        right = min(begins, default=right)
        if right - left >= MIN_GUTTER - 1 and (left, right) not in found:
            found.append((left, right))
    return found


def _is_column_pair(pieces: list[_Piece], left: float, right: float, size: float) -> bool:
    """Whether the pieces of a band stand in two columns of text on both sides of a strip."""
    if len(pieces) < 4:
        return False
    before = [piece for piece in pieces if piece.x1 <= right]
    if not before or len(before) == len(pieces):
        return False
    after = [piece for piece in pieces if piece.x1 > right]
    if any(_is_panel(*sides) for sides in ((before, after), (after, before))):
        return True
    stretches = _stretches(before), _stretches(after)
    for lines in stretches:
        letters = sum(len(line.text) for line in lines) / len(lines)
        words = sum(line.text.count(" ") + 1 for line in lines) / len(lines)
        if letters < 10 or words < 1.6:
            return False  # bullets, line numbers, amounts of a table
        usual = any(0.85 * size < line.size < 1.15 * size for line in lines)
        if not usual and right - left < PANELS * size:
            return False  # a quotation or a caption beside the text
    if _is_table(*stretches) or _is_letterhead(before, after):
        return False
    # Columns stand beside each other; what is above or below is no column.
    top = max(min(piece.top for piece in before), min(piece.top for piece in after))
    bottom = min(max(piece.bottom for piece in before), max(piece.bottom for piece in after))
    return bottom - top > 1.5 * max(before[0].size, after[0].size)


def _stretches(side: list[_Piece]) -> list[Line]:
    """The lines of one side of a strip; the words of a justified line, set far apart, are one."""
    lines = [line for piece in side for line in piece.lines]
    if len({round(line.y) for line in lines}) == len(lines):
        return lines
    found: list[Line] = []
    for line in sorted(lines, key=lambda line: (round(line.y), line.x0)):
        last = found[-1] if found else None
        if (
            last is not None
            and abs(last.y - line.y) < 1
            and _look(last) == _look(line)
            and 0 < line.x0 - last.x1 < 3 * line.size
        ):
            found[-1] = replace(last, text=f"{last.text} {line.text}", x1=line.x1)
        else:
            found.append(line)
    return found


def _is_panel(side: list[_Piece], other: list[_Piece]) -> bool:
    """Whether one side of a strip is a box as tall as the text on the other: a panel of a folded sheet."""
    if len(side) != 1 or not side[0].regions or not any(len(p.lines[0].text) > 24 for p in other):
        return False
    height = max(piece.bottom for piece in other) - min(piece.top for piece in other)
    return side[0].bottom - side[0].top > 0.8 * height


def _is_table(left: list[Line], right: list[Line]) -> bool:
    """Rows of a table: short cells that begin on common baselines, with other distances between them."""
    fewer, more = (left, right) if len(left) <= len(right) else (right, left)
    if sum(len(line.text) < 30 for line in fewer) <= 0.7 * len(fewer):
        return False
    if len(fewer) > 3 and sum(line.text[0].islower() for line in fewer) > 0.3 * len(fewer):
        return False  # the lines of a narrow column go on with each other
    common = sum(any(abs(line.y - other.y) < 1 for other in more) for line in fewer)
    return common >= 0.9 * len(fewer) and len(fewer) <= 0.8 * len(more) + 4


def _is_letterhead(before: list[_Piece], after: list[_Piece]) -> bool:
    """An address and a sender on top of a letter: short lines without bullets and sentences."""
    left = [line for piece in before for line in piece.lines]
    right = [line for piece in after for line in piece.lines]
    lines = [*left, *right]
    if lines[0].page > 1 or len(right) > 12 or max(line.y for line in lines) > LETTERHEAD:
        return False
    if any(not line.text[0].isalnum() or line.text[-1] in ".!?" for line in right):
        return False
    if max(line.size for line in right) > 2 * min(line.size for line in lines):
        return False  # the cover of a folded sheet
    return sum(len(line.text) for line in left) < 40 * len(left) and sum(
        len(line.text) for line in right
    ) < 30 * len(right)


def _flow(pieces: list[_Piece], size: float) -> list[Region]:
    """One column: its lines from top to bottom; boxes and what stands beside the lines float."""
    if not pieces:
        return []
    floating = [piece for piece in pieces if piece.regions is not None]
    plain = [piece for piece in pieces if piece.regions is None]
    for piece in plain:
        if len(piece.lines) > 1 and _stands_beside(piece, plain):
            floating.append(piece)
    lines = [line for piece in plain if piece not in floating for line in piece.lines]
    if not lines:
        return [
            region
            for piece in sorted(floating, key=lambda piece: piece.top)
            for region in piece.regions or [Region(piece.lines)]
        ]
    left = min(line.x0 for line in lines)
    for piece in floating:
        lines = [_beside(line, piece, left) for line in lines]
    cells = _first_cells(lines)
    aside = {id(line) for group in cells for line in group}
    return [
        Region(
            _rows([line for line in lines if id(line) not in aside], size),
            [region for piece in floating for region in piece.regions or [Region(piece.lines)]]
            + [Region(group) for group in cells],
        )
    ]


def _first_cells(lines: list[Line]) -> list[list[Line]]:
    """Bold words at the left of a paragraph that keeps to the right of them: the first cells of a table of text."""
    found: list[list[Line]] = []
    for line in lines if len(lines) <= MOST_LINES else ():
        if not line.bold or len(line.text) > 60 or not SAYING.search(line.text):
            continue
        last = found[-1][-1] if found else None
        if (
            last is not None
            and abs(last.x0 - line.x0) < 2
            and 0 < line.y - last.y < 1.45 * line.size
        ):
            found[-1].append(line)
            continue
        text = next((b for b in lines if abs(b.y - line.y) < 1 and b.x0 > line.x1), None)
        if text is None or text.bold or len(text.text) < 24 or text.x0 - line.x1 < 1.5 * line.size:
            continue
        below = [b for b in lines if 0 < b.y - text.y < 1.9 * text.size]
        goes_on = any(abs(b.x0 - text.x0) < 3 and not b.bold for b in below)
        if goes_on and all(b.x0 > text.x0 - 3 or b.bold for b in below):
            found.append([line])
    said = [" ".join(line.text for line in group) for group in found]
    return found if len(found) > 1 and not any(words.endswith(":") for words in said) else []


def _margin(lines: list[Line]) -> list[list[Line]]:
    """Headings and notes in a margin of their own, left or right of all the text, each with its lines."""
    text = [line for line in lines if len(line.text) > 24]
    if len(text) < 4 or len(lines) > MOST_LINES:
        return []
    lefts = Counter(round(line.x0 / 2) for line in text)
    left = 2.0 * min(x for x, count in lefts.items() if count >= 0.3 * max(lefts.values()))
    body = [line for line in text if abs(line.x0 - left) < 40]
    right = sorted(line.x1 for line in body)[-1 - len(body) // 12]
    outside = [line for line in lines if line.x1 <= left - 5 or line.x0 >= right + 5]
    if not outside:
        return []
    looks: Counter[tuple[object, ...]] = Counter()
    for line in body:
        looks[_look(line)] += len(line.text)
    usual = looks.most_common(1)[0][0]
    groups: list[list[Line]] = []
    begins = _beginnings(body)
    running = 0
    for line in sorted(outside, key=lambda line: line.y):
        if _look(line) == usual or len(line.text) > 60:
            running += 1
            continue
        last = groups[-1][-1] if groups else None
        pitch = groups[-1][-1].y - groups[-1][-2].y if groups and len(groups[-1]) > 1 else 0.0
        near = 1.15 * pitch if pitch else 1.45 * line.size
        fresh = len(groups[-1]) > 1 and any(abs(line.y - y) < 1 for y in begins) if groups else True
        if (
            last is not None
            and not fresh
            and 0 < line.y - last.y < near
            and _look(last) == _look(line)
        ):
            groups[-1].append(line)
        else:
            groups.append([line])
    words = [" ".join(line.text for line in group) for group in groups]
    groups = [
        group
        for group, said in zip(groups, words, strict=True)
        if SAYING.search(said) and not said.endswith(":")
    ]
    if not groups or running > 0.1 * len(body) or len(groups) > 0.4 * len(body):
        return []  # nothing, or columns of text, or the first column of a table
    level = [group for group in groups if any(_is_level(line, group) for line in body)]
    long = [
        group
        for group in level
        if sum(-0.6 * line.size < line.y - group[0].y < 4 * line.size for line in body) >= 2
    ]
    return level if level and len(long) >= 0.7 * len(level) else []


def _beginnings(body: list[Line]) -> list[float]:
    """Where paragraphs begin below a wider gap than most lines keep."""
    places = sorted({line.y for line in body})
    gaps = sorted(below - above for above, below in itertools.pairwise(places))
    usual = gaps[len(gaps) // 2] if gaps else 0.0
    return [
        below for above, below in itertools.pairwise(places) if 1.15 * usual < below - above < 99
    ]


def _is_level(line: Line, group: list[Line]) -> bool:
    """Whether a line of the text stands beside a note in the margin, and not below it."""
    return group[0].y - group[0].size < line.y < group[-1].y + 0.5 * line.size


def _look(line: Line) -> tuple[object, ...]:
    return line.size, line.bold, line.italic, line.colour


def _stands_beside(piece: _Piece, pieces: list[_Piece]) -> bool:
    beside = [
        line
        for other in pieces
        if other is not piece and other.letters > 3 and abs(other.size - piece.size) > 0.6
        for line in other.lines
        if piece.top < line.y - 0.3 * line.size < piece.bottom
        and (line.x0 > piece.x1 or line.x1 < piece.x0)
        and len(line.text) > 10
    ]
    return len(beside) >= 2


def _beside(line: Line, piece: _Piece, left: float) -> Line:
    """A line that had to keep clear of a float: how far it could go, and where it would have begun."""
    below = piece.bottom + line.size + 0.8 * piece.size  # with the room it keeps around it
    if not piece.top - line.size < line.y - 0.3 * line.size < below:
        return line
    if line.x1 <= piece.x0 + 1:
        return replace(line, limit=min(line.limit, piece.x0 - 4))
    if line.x0 >= piece.x1 - 1 and line.x0 - left > 20:
        return replace(line, x0=left)
    return line


def _are_headings(line: Line, other: Line, lines: list[Line], size: float) -> bool:
    """Whether two lines level with each other head columns of their own: large, far apart, and of one line each."""
    first, second = (line, other) if line.x0 <= other.x0 else (other, line)
    if not (
        min(line.size, other.size) > SPANNING * size
        and second.x0 - first.x1 > 4 * first.size
        and SAYING.search(line.text)
        and SAYING.search(other.text)
    ):
        return False
    return not any(
        1 < abs(near.y - first.y) < 1.8 * first.size and abs(near.size - first.size) < 0.6
        for near in lines
    )


def _rows(lines: list[Line], size: float) -> list[Line]:
    """Lines of one column: what stands on one baseline is one line."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        # A drop cap or a chapter number is larger than the line that it stands beside.
        level = rows and abs(rows[-1][0].y - line.y) <= 0.35 * min(rows[-1][0].size, line.size)
        if level and not _are_headings(rows[-1][-1], line, lines, size):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [row[0] if len(row) == 1 else merged(row) for row in rows]
