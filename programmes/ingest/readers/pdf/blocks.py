"""Lines to blocks: where does a paragraph, an item, a heading begin, and where does it go on?

What the page shows decides: distance, indent, bullets, size, weight, and whether the next word would still
have fitted on the line before.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from programmes.ingest.pieces import Block, BlockKind
from programmes.ingest.readers.joining import joined
from programmes.ingest.readers.pdf import tables, tags
from programmes.ingest.readers.pdf.columns import Region
from programmes.ingest.readers.pdf.furniture import Page
from programmes.ingest.readers.pdf.glyphs import Line

BULLET = re.compile(
    r"^(?:([•●⚫⬤○◦▪▫■□◼◾‣▸►▶➢➤➔➜→⇒✓✔✗✘✅☑☐❖◆◇♦★☆✶›\u00b7\u2043\u2219\ue000-\uf8ff]\ufe0f?)\s*|([-–—*+o§>»])\s+)(?=\S)"
)
TIGHT_DASH = re.compile(r"^([-–>])(?=[^\W\d]{2})")
NUMBERED = re.compile(
    r"^(\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)"
    r"(?!(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember)\b)"
)
NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}\.|[A-Z]\.)\s+\S")
ONLY_NUMBER = re.compile(
    r"^(?:(?:Kapitel|Teil)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.)]?$"
)
END = re.compile(r"[.!?…:;][“”\"»«')\]]*\d{0,2}$")
SENTENCE_END = re.compile(r"[.!?…][“”\"»«')\]]*\d{0,2}$")
ABBREVIATED = re.compile(
    r"\b(?:bzw|z\.\s?B|u\.\s?a|d\.\s?h|ca|vgl|inkl|ggf|evtl|sog|o\.\s?ä|v\.\s?a|Nr|Dr|Prof|Art|Abs|Mio|Mrd)\.$"
)
OPEN_END = re.compile(
    r"(?:[,–—-]|\b(?:und|oder|der|die|das|den|dem|des|ein|eine|einen|einer|einem|für|in|im|mit|von|zu|zur|zum|auf|an|am|als|wie|durch|bei|beim|vom|aus|nach|über|unter|sowie|wir|ist|sind|wird|werden))$"
)


SALUTATION = re.compile(
    r"(?:Sehr geehrte|Liebe|[Mm]eine (?:sehr )?(?:verehrten|geehrten)|Guten (?:Tag|Abend|Morgen))"
)
DASHED = re.compile(r"^[-–—] .{6,60} [-–—]$")


@dataclass(slots=True)
class Raw:
    """Lines that belong together, and the column they stand in."""

    lines: list[Line]
    left: float
    right: float
    marker: str = ""
    text_x: float = 0.0
    kind: BlockKind = "paragraph"
    level: int | None = None
    text: str = ""

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def page(self) -> int:
        return self.lines[0].page

    @property
    def underlined(self) -> bool:
        return all(line.underlined for line in self.lines)

    @property
    def italic(self) -> bool:
        return all(line.italic for line in self.lines)

    @property
    def colour(self) -> int:
        return self.lines[0].colour

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def tagged(self) -> int:
        """The level of the heading that the file marks all of it as, or 0."""
        return min(tags.level_of(line.tag) for line in self.lines)

    @property
    def full(self) -> bool:
        """Whether the last line reaches the right edge, so that the text may go on elsewhere."""
        last = self.lines[-1]
        return last.x1 >= min(self.right, last.limit) - 0.14 * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class Body:
    """The style most of the text is set in, and the distance of its lines."""

    size: float
    bold: bool
    colour: int
    leading: float
    width: float


def usual_size(pages: list[Page]) -> float:
    """The size that most letters are set in."""
    letters: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.size] += len(line.text)
    return letters.most_common(1)[0][0] if letters else 10.0


def body_of(regions: list[list[Line]]) -> Body:
    letters: Counter[tuple[float, bool, int]] = Counter()
    for region in regions:
        for line in region:
            letters[line.size, line.bold, line.colour] += len(line.text)
    if not letters:
        return Body(10, False, 0, 12, 400)
    sizes: Counter[float] = Counter()
    for (size, _, _), count in letters.items():
        sizes[size] += count
    size = sizes.most_common(1)[0][0]
    style = max((key for key in letters if key[0] == size), key=lambda key: letters[key])
    leadings: Counter[float] = Counter()
    widths: Counter[int] = Counter()
    for region in regions:
        for above, below in itertools.pairwise(region):
            if above.size == below.size == size and 0 < below.y - above.y < 3 * size:
                leadings[round((below.y - above.y) * 2) / 2] += 1
        for line in region:
            if line.size == size:
                widths[round((line.x1 - line.x0) / 10)] += 1
    leading = leadings.most_common(1)[0][0] if leadings else 1.2 * size
    frequent = [w for w, n in widths.items() if n >= 3] or list(widths) or [40]
    return Body(size, style[1], style[2], leading, 10.0 * max(frequent))


def raw_blocks(region: Region, body: Body) -> list[Raw]:
    """The blocks of one column, and those of what floats beside it, each before the block it stands next to."""
    blocks = _column_blocks(region.lines, body)
    for beside in region.floats:
        own = raw_blocks(beside, body)
        if own:
            top = own[0].lines[0].y - 0.6 * own[0].size  # what begins level with it comes after it
            at = next((n for n, block in enumerate(blocks) if block.lines[0].y > top), len(blocks))
            blocks[at:at] = own
    return blocks


def _column_blocks(region: list[Line], body: Body) -> list[Raw]:
    if not region:
        return []
    main = [line for line in region if abs(line.size - body.size) < 1] or region
    lefts = Counter(round(line.x0 / 2) for line in main)
    left = min((x for x, n in lefts.items() if n >= 0.2 * max(lefts.values())), default=0) * 2.0
    right = _right_edge(main)
    if len(region) < 4:
        right = max(right, left + 0.9 * body.width if right - left > 0.6 * body.width else right)
    blocks: list[Raw] = []
    passed = 0
    for at, line in enumerate(region):
        if at < passed:
            continue
        table = tables.table_at(region, at)
        if table:
            passed, rows = table
            first = at
            above = blocks[-1].lines if blocks and blocks[-1].kind != "table" else []
            if len(above) == 1 and 0 < line.y - above[0].y < 3.2 * line.size:
                names = tables.heads(above[0], rows)
                if names:
                    rows, first = [names, *rows], at - 1
                    blocks.pop()
            blocks.append(Raw(region[first:passed], left, right, kind="table"))
            blocks[-1].text = tables.as_text(rows)
            continue
        marker, rest = _marker(line, region, at)
        if (
            blocks
            and blocks[-1].kind != "table"
            and not _begins(blocks[-1], line, marker, body, len(region))
        ):
            blocks[-1].lines.append(line)
            continue
        offset = 0.0
        if marker:
            offset = (line.x1 - line.x0) * (len(line.text) - len(rest)) / max(len(line.text), 1)
            after = region[at + 1] if at + 1 < len(region) else None
            if line.text_x:
                offset = line.text_x - line.x0
            elif after and 2 < after.x0 - line.x0 < 40:
                offset = after.x0 - line.x0
        blocks.append(Raw([line], left, right, marker, line.x0 + offset))
    return blocks


def _right_edge(lines: list[Line]) -> float:
    """How far right lines go, a single one that goes much further aside."""
    ends = sorted((line.x1 for line in lines), reverse=True)
    if len(ends) > 5 and ends[0] - ends[2] > 0.2 * (ends[0] - min(line.x0 for line in lines)):
        return ends[2]
    return ends[0]


def _marker(line: Line, region: list[Line], at: int) -> tuple[str, str]:
    """The bullet or number that a line begins with, and the rest of the line."""
    if line.symbol and len(line.text) > 2:
        # The letter of a symbol font says nothing of the sign that is seen.
        return "•", line.text[1:].strip()
    found = BULLET.match(line.text)
    if found and found[2] and line.text.endswith(f" {found[2]}"):
        return "", line.text  # "– es gilt das gesprochene Wort –"
    if found and (found[1] or line.text[found.end()].isalnum() or line.text[found.end()] in '„"('):
        if found[2] in ("o", "§") and not line.symbol:
            others = sum(bool(re.match(r"^[o§]\s", other.text)) for other in region)
            if others < 2 or found[2] == "§":
                return "", line.text
        return (found[1] or found[2]), line.text[found.end() :]
    found = TIGHT_DASH.match(line.text)
    if found and sum(bool(TIGHT_DASH.match(other.text)) for other in region) > 1:
        return found[1], line.text[1:]
    found = NUMBERED.match(line.text)
    if found:
        return found[1], line.text[found.end() :]
    return "", line.text


def _begins(block: Raw, line: Line, marker: str, body: Body, region: int) -> bool:
    """Does a new block begin with this line?"""
    last = block.lines[-1]
    size = max(last.size, line.size)
    gap = line.y - last.y
    if last.tag or line.tag:  # the file says where its headings begin and end
        return last.tag != line.tag or not 0 < gap < 3 * size
    if marker and not (marker[0].isalnum() or marker[0] == "("):
        # A dash may also begin a line inside a sentence.
        if (
            marker not in "-–—"
            or block.marker
            or not last.text[-1:].isalnum()
            or END.search(last.text)
        ):
            return True
        if line.x0 > block.left + 3 or gap > 1.25 * body.leading * max(1.0, size / body.size):
            return True
    if marker and (
        gap > 1.2 * body.leading
        or END.search(last.text)
        or block.marker
        or min(abs(line.x0 - last.x0), abs(line.x0 - block.left)) > 3
    ):
        return True
    if max(last.size, line.size) / max(min(last.size, line.size), 1) > 1.09:
        return True
    if last.bold != line.bold and not _runs_on(last, line, block):
        return True
    if last.italic != line.italic and line.text[0].isupper() and _is_set_apart(block, line, body):
        return True
    if (
        last.colour != line.colour
        and len(block.lines) <= 3
        and (line.bold == last.bold)
        and last.x1 < block.right - 0.3 * (block.right - block.left)
    ):
        return True
    if last.colour != line.colour and SENTENCE_END.search(last.text) and not line.text[0].islower():
        return True
    if (
        line.colour == body.colour != last.colour
        and len(block.lines) <= 3
        and all(one.colour == last.colour for one in block.lines)
        and not line.text[0].islower()
        and last.text[-1] not in "-\u00ad,"
    ):
        return True  # a coloured heading as wide as the column
    if gap > _next_line(block, body, size, broken=_is_broken(last.text, line.text)) or gap < -size:
        return True
    large = _is_large(block, body)
    if large and _counts_on(block.lines[0].text, line.text):
        return True  # "5.1 …" and "5.2 …" with nothing between them
    if block.marker and large and _is_centred(last, line):
        pass
    elif block.marker:
        if (
            line.x0 < block.text_x - 4
            and line.x0 <= block.lines[0].x0 + 2
            and len(block.lines) > 1
            and block.lines[-1].x0 > block.lines[0].x0 + 4
        ):
            return True
        if line.x0 < block.lines[0].x0 - 4:
            return True
        if line.x0 > block.lines[0].x0 + 4 and abs(line.x0 - block.text_x) < 4:
            return False  # it hangs below the words of its item
    elif (
        last.text.endswith(":")
        and not large
        and not block.marker
        and line.x0 > last.x0 + 6
        and line.x0 > block.left + 6
    ):
        return True  # a list without bullets below its lead-in
    elif large:
        pass  # the lines of a headline may be set in the middle
    elif len(block.lines) > 1 and line.x0 > block.left + 5 and abs(line.x0 - last.x0) > 5:
        return END.search(last.text) is not None or (
            line.x0 - last.x0 > 5 and line.x0 - last.x0 < 40
        )
    if line.text[0] in "-–—" and DASHED.match(line.text):
        return True  # "– es gilt das gesprochene Wort –"
    if last.text[-1] in ",!" and _is_salutation(block, line) and last.x1 < block.right - 2 * size:
        return True
    if region < 4 and not SENTENCE_END.search(last.text):
        return False
    room = min(block.right, last.limit) - last.x1
    word = line.text.split(maxsplit=1)[0]
    width = len(word) * (line.x1 - line.x0) / max(len(line.text), 1)
    column = block.right - block.left
    if SENTENCE_END.search(last.text):
        return room > max(width + 1.5 * size, 0.06 * column)
    if END.search(last.text):
        return room > max(width + 2 * size, 0.12 * column)
    if line.text[0].islower() or last.text[-1] in "-\u00ad,":
        return False
    if large:
        return room > 0.5 * column and room > 2 * width + 3 * size and gap > 1.45 * size
    return room > max(1.5 * width + 3 * size, 0.35 * column)


def _is_centred(last: Line, line: Line) -> bool:
    """Whether two lines of one look have their middles below each other, and not their edges."""
    same = (last.size, last.bold, last.colour) == (line.size, line.bold, line.colour)
    return (
        same and abs((last.x0 + last.x1) - (line.x0 + line.x1)) < 4 and abs(last.x0 - line.x0) > 3
    )


def _is_salutation(block: Raw, line: Line) -> bool:
    """Whether a block greets its hearers and the text begins with the next line."""
    return (
        block.lines[-1].text.endswith((",", "!"))
        and line.text[0].isupper()
        and len(block.lines) <= 4
        and SALUTATION.match(block.lines[0].text) is not None
        and SALUTATION.match(line.text) is None
    )


def _counts_on(before: str, after: str) -> bool:
    """Whether two lines begin with chapter numbers that follow each other."""
    if not (NUMBER.match(before) and NUMBER.match(after)):
        return False
    first, second = (re.match(r"\d+", words) for words in (before, after))
    return not (first and second) or int(second[0]) - int(first[0]) in (0, 1)


def _is_set_apart(block: Raw, line: Line, body: Body) -> bool:
    """Whether a line above another in a different slant is a small heading close to its text."""
    last = block.lines[-1]
    if END.search(last.text):
        return line.italic  # after a finished sentence
    if len(block.lines) > 3:
        return False
    room = last.x1 < block.right - 0.3 * (block.right - block.left)
    return room or (block.italic and last.text[-1] not in "-\u00ad,")


def _next_line(block: Raw, body: Body, size: float, *, broken: bool) -> float:
    """The largest distance at which a line still goes on with the block."""
    lines = block.lines
    usual = max(body.leading * size / body.size, 1.15 * size)
    if size > 1.12 * body.size:
        usual = min(usual, 1.45 * size) if body.leading < 1.45 * body.size else usual
    if len(lines) < 2 or lines[-1].y - lines[-2].y <= 0:
        return 1.35 * usual if broken else max(1.2 * usual, usual + 2.2)
    own = lines[-1].y - lines[-2].y
    slack = max(0.35 * own, 3.0) if broken else max(0.15 * own, 1.6)
    return min(1.35 * usual, own + slack) if own <= 1.35 * usual else own + slack


def _is_broken(before: str, after: str) -> bool:
    """Whether a sentence plainly goes on from one line to the next."""
    return not END.search(before) and (after[0].islower() or before[-1] in "-\u00ad,")


def _is_large(block: Raw, body: Body) -> bool:
    return block.size > 1.12 * body.size or block.bold != body.bold


def _runs_on(last: Line, line: Line, block: Raw) -> bool:
    """A bold line that breaks off inside a sentence goes on in the next, and the other way round."""
    full = last.x1 >= block.right - 0.14 * (block.right - block.left)
    return full and not END.search(last.text) and (line.text[0].islower() or not last.bold)


def connected(blocks: list[Raw], body: Body, repairs: Counter[str]) -> list[Raw]:
    """Sentences that a page, a column or a box cut are put together again."""
    out: list[Raw] = []
    indented = _is_indented(blocks)
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        if _is_dash_inside(out, block, after):
            block.kind, block.marker = "paragraph", ""
            block.text = f"– {block.text}"
        if out and _is_cut_heading(out[-1], block):
            out[-1].text = joined([out[-1].text, block.text], repairs)
            out[-1].lines = [*out[-1].lines, *block.lines]
            repairs["sentence-cut"] += 1
            continue
        at = _broken_at(out, block, after, body, indented)
        if at is None:
            out.append(block)
            continue
        repairs["sentence-cut"] += 1
        before = out[at]
        before.text = joined([before.text, block.text], repairs)
        before.lines = [*before.lines, *block.lines]
        before.right, before.left = block.right, block.left
    return out


def _is_cut_heading(last: Raw, block: Raw) -> bool:
    """Whether a heading begins at the end of a page or column and ends on the next."""
    return (
        last.kind == block.kind == "heading"
        and (last.size, last.bold, last.colour) == (block.size, block.bold, block.colour)
        and _moved(last, block)
        and not END.search(last.text)
        and not NUMBER.match(block.text)
        and (block.text[0].islower() or bool(OPEN_END.search(last.text)))
    )


def _is_indented(blocks: list[Raw]) -> bool:
    """Whether paragraphs begin with an indent, so that one without it goes on with the last."""
    long = [block for block in blocks if block.kind == "paragraph" and len(block.lines) > 2]
    return sum(5 < b.lines[0].x0 - b.lines[1].x0 < 40 for b in long) > 0.6 * max(len(long), 3)


def _is_dash_inside(out: list[Raw], block: Raw, after: Raw | None) -> bool:
    """A dash that begins a page may stand inside a sentence and mark no item."""
    if not out or block.kind != "item" or block.marker not in ("-", "–", "—"):
        return False
    last = out[-1]
    listed = after is not None and after.marker == block.marker
    return (
        last.kind == "paragraph"
        and not listed
        and not END.search(last.text)
        and block.text[0].islower()
        and _moved(last, block)
    )


def _broken_at(
    out: list[Raw], block: Raw, after: Raw | None, body: Body, indented: bool
) -> int | None:
    """The place of the block that this one goes on with, not further back than a box or a footnote."""
    if block.kind != "paragraph":
        return None
    for back in range(1, min(6, len(out)) + 1):
        last = out[-back]
        same = abs(last.size - block.size) < 0.3 and last.bold == block.bold
        if last.kind in ("paragraph", "item") and same:
            return len(out) - back if _goes_on(last, block, after, back, indented) else None
        if (
            last.kind == "heading"
            and last.size <= body.size * 1.3
            and back == 1
            and not block.text[0].islower()
        ):
            return None
        if last.kind in ("paragraph", "item") and not same and len(last.text) > 600:
            return None
    return None


def _moved(last: Raw, block: Raw) -> bool:
    """Whether a block stands on another page, in another column, or beside the last."""
    before, first = last.lines[-1], block.lines[0]
    return before.page != first.page or first.y < before.y or first.x0 > last.right


def _goes_on(last: Raw, block: Raw, after: Raw | None, back: int, indented: bool) -> bool:
    """Whether a sentence of one block goes on in another, `back` blocks later."""
    words, moved, small = last.text, _moved(last, block), block.text[0].islower()
    hangs = moved and back == 1 and _hangs(last, block, after)
    if words.endswith((":", ";")):
        inside = moved and back == 1 and last.full and len(words) > 80 and not last.marker
        return small or hangs or (inside and len(block.text) > 40)
    if END.search(words) and not ABBREVIATED.search(words):
        return moved and back == 1 and indented and _is_rest(last, block)
    broken = words.endswith(("-", "\u00ad")) and not words[-2:-1].isspace()
    if small or broken or (words.endswith(",") and moved):
        # Two short lines above and below a headline: "Fraktion im Rat", "gehalten von …".
        short = back > 1 and not moved and not last.full and len(words) < 60
        return broken or (len(words.split()) >= 3 and not short)
    open_end = bool(OPEN_END.search(words) or ABBREVIATED.search(words))
    if last.marker:
        return hangs or (moved and back == 1 and last.full and open_end)
    if not moved and back == 1:
        return False
    running = len(last.lines) > 1 or len(words.split()) > (3 if open_end else 5)
    going = len(block.lines) > 1 or bool(END.search(block.text))
    if back > 1:
        return running and going and last.full
    return running and (last.full or open_end or (going and len(last.lines) > 1))


def _hangs(last: Raw, block: Raw, after: Raw | None) -> bool:
    """Whether a block begins where the words of an item begin: as those of the last, or of the next one."""
    if not last.marker:
        return False
    first = block.lines[0]
    if after is not None and after.marker == last.marker and after.page == block.page:
        return abs(first.x0 - after.text_x) < 4 < first.x0 - after.lines[0].x0
    hang = first.x0 - block.left
    return abs(hang - (last.text_x - last.left)) < 4 < hang


def _is_rest(last: Raw, block: Raw) -> bool:
    """Where paragraphs begin with an indent: a full line, and one without an indent after it."""
    return (
        last.kind == "paragraph"
        and last.lines[-1].x1 > last.right - 3
        and len(block.lines) > 1
        and abs(block.lines[0].x0 - block.lines[1].x0) < 2
    )


def as_block(block: Raw, body: Body) -> Block:
    return Block(
        block.kind,
        block.text,
        level=block.level,
        page=block.lines[0].page,
        size=block.size,
        bold=block.bold and not body.bold,
        marker=block.marker,
    )
