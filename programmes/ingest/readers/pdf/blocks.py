"""Lines to blocks: where does a paragraph, an item, a heading begin?

What the page shows decides: distance, indent, bullets, size, weight, and whether the next word would still
have fitted on the line before. The styles of headings are ranked over the whole document.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass

from programmes.ingest.pieces import Block, BlockKind
from programmes.ingest.readers.joining import joined
from programmes.ingest.readers.pdf.columns import Region
from programmes.ingest.readers.pdf.furniture import Page, normalised
from programmes.ingest.readers.pdf.glyphs import Line

BULLET = re.compile(
    r"^(?:([•●○◦▪▫■□‣▸►▶➤➔➜→✓✔✗✘☑☐❖◆◇♦»›\u00b7\uf000-\uf0ff])\s*|([-–—*+o§])\s+)(?=\S)"
)
NUMBERED = re.compile(r"^(\(?\d{1,2}[.)]|\(?[a-z]\))\s+(?=\S)")
NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[IVX]{1,5}\.|[A-Z]\.)\s+\S")
ONLY_NUMBER = re.compile(
    r"^(?:(?:Kapitel|Teil)\s+)?(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5}|[A-Z])[.)]?$"
)
END = re.compile(r"[.!?…:;][“”\"»«')\]]*\d{0,2}$")
SENTENCE_END = re.compile(r"[.!?…][“”\"»«')\]]*\d{0,2}$")
OPEN_END = re.compile(
    r"(?:[,–—-]|\b(?:und|oder|der|die|das|den|dem|des|ein|eine|einen|einer|einem|für|in|im|mit|von|zu|zur|zum|auf|an|am|als|wie|durch|bei|beim|vom|aus|nach|über|unter|sowie|wir|ist|sind|wird|werden))$"
)


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
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def full(self) -> bool:
        """Whether the last line reaches the right edge, so that the text may go on elsewhere."""
        return self.lines[-1].x1 >= self.right - 0.14 * (self.right - self.left)


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
            top = own[0].lines[0].y
            at = next((n for n, block in enumerate(blocks) if block.lines[0].y > top), len(blocks))
            blocks[at:at] = own
    return blocks


def _column_blocks(region: list[Line], body: Body) -> list[Raw]:
    if not region:
        return []
    main = [line for line in region if abs(line.size - body.size) < 1] or region
    lefts = Counter(round(line.x0 / 2) for line in main)
    left = min((x for x, n in lefts.items() if n >= 0.2 * max(lefts.values())), default=0) * 2.0
    right = max(line.x1 for line in main)
    if len(region) < 4:
        right = max(right, left + 0.9 * body.width if right - left > 0.6 * body.width else right)
    blocks: list[Raw] = []
    for at, line in enumerate(region):
        marker, rest = _marker(line, region, at)
        if blocks and not _begins(blocks[-1], line, marker, body, len(region)):
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


def _marker(line: Line, region: list[Line], at: int) -> tuple[str, str]:
    """The bullet or number that a line begins with, and the rest of the line."""
    if line.symbol and len(line.text) > 2:
        return line.text[0], line.text[1:].strip()
    found = BULLET.match(line.text)
    if found and (found[1] or line.text[found.end()].isalnum() or line.text[found.end()] in '„"('):
        if found[2] in ("o", "§") and not line.symbol:
            others = sum(bool(re.match(r"^[o§]\s", other.text)) for other in region)
            if others < 2 or found[2] == "§":
                return "", line.text
        return (found[1] or found[2]), line.text[found.end() :]
    found = NUMBERED.match(line.text)
    if found:
        return found[1], line.text[found.end() :]
    return "", line.text


def _begins(block: Raw, line: Line, marker: str, body: Body, region: int) -> bool:
    """Does a new block begin with this line?"""
    last = block.lines[-1]
    size = max(last.size, line.size)
    gap = line.y - last.y
    if marker and not (marker[0].isalnum() or marker[0] == "("):
        # A dash may also begin a line inside a sentence.
        if (
            marker not in "-–—"
            or block.marker
            or not last.text[-1:].isalnum()
            or END.search(last.text)
        ):
            return True
        if line.x0 > block.left + 3 or gap > 1.25 * body.leading:
            return True
    if marker and (
        gap > 1.2 * body.leading
        or END.search(last.text)
        or block.marker
        or abs(line.x0 - last.x0) > 3
    ):
        return True
    if max(last.size, line.size) / max(min(last.size, line.size), 1) > 1.09:
        return True
    if last.bold != line.bold and not _runs_on(last, line, block):
        return True
    if (
        last.colour != line.colour
        and len(block.lines) <= 3
        and (line.bold == last.bold)
        and last.x1 < block.right - 0.3 * (block.right - block.left)
    ):
        return True
    leading = 1.35 * max(body.leading * size / body.size, 1.15 * size)
    if len(block.lines) > 1:
        own = block.lines[-1].y - block.lines[-2].y
        leading = min(leading, max(1.3 * own, own + 2.5)) if own > 0 else leading
    if gap > leading or gap < -size:
        return True
    if block.marker:
        if (
            line.x0 < block.text_x - 4
            and line.x0 <= block.lines[0].x0 + 2
            and len(block.lines) > 1
            and block.lines[-1].x0 > block.lines[0].x0 + 4
        ):
            return True
        if line.x0 < block.lines[0].x0 - 4:
            return True
    elif len(block.lines) > 1 and line.x0 > block.left + 5 and abs(line.x0 - last.x0) > 5:
        return END.search(last.text) is not None or (
            line.x0 - last.x0 > 5 and line.x0 - last.x0 < 40
        )
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
    return room > max(1.5 * width + 3 * size, 0.35 * column) and not _is_large(block, body)


def _is_large(block: Raw, body: Body) -> bool:
    return block.size > 1.12 * body.size or block.bold != body.bold


def _runs_on(last: Line, line: Line, block: Raw) -> bool:
    """A bold line that breaks off inside a sentence goes on in the next, and the other way round."""
    full = last.x1 >= block.right - 0.14 * (block.right - block.left)
    return full and not END.search(last.text) and (line.text[0].islower() or not last.bold)


def classified(blocks: list[Raw], body: Body, titles: set[str], repairs: Counter[str]) -> list[Raw]:
    """Text, kind and level of each block."""
    for block in blocks:
        lines = [line.text for line in block.lines]
        if block.marker:
            lines[0] = (
                lines[0][len(block.marker) :].lstrip()
                if lines[0].startswith(block.marker)
                else lines[0]
            )
        repairs["hard-wrap"] += len(lines) - 1
        block.text = joined(lines, repairs)
    blocks = [block for block in blocks if block.text.strip()]
    blocks = _numbers_with_titles(blocks, body)
    for at, block in enumerate(blocks):
        if _is_heading(blocks, at, body, titles):
            block.kind = "heading"
            if block.marker:
                block.text = f"{block.marker} {block.text}"
                block.marker = ""
        elif block.marker:
            block.kind = "item"
    _drop_lonely_numbers(blocks)
    _rank(blocks, body)
    _item_depths(blocks)
    return blocks


def _numbers_with_titles(blocks: list[Raw], body: Body) -> list[Raw]:
    """A chapter number set apart ("1" above "Wohnen") belongs to its title."""
    out: list[Raw] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last
            and ONLY_NUMBER.match(last.text)
            and not last.marker
            and (last.size > 1.1 * body.size or last.bold)
            and (block.size > 1.08 * body.size or block.bold)
            and last.lines[0].page == block.lines[0].page
            and len(block.text) <= 120
        ):
            block.text = f"{last.text} {block.text}"
            out[-1] = block
        else:
            out.append(block)
    return out


def _is_heading(blocks: list[Raw], at: int, body: Body, titles: set[str]) -> bool:
    block = blocks[at]
    words = block.text.split()
    bullet = bool(block.marker) and not (block.marker[0].isalnum() or block.marker[0] == "(")
    if (
        bullet
        or len(block.text) > 220
        or len(block.lines) > 5
        or not re.search(r"[^\W\d_]{2}", block.text)
    ):
        return False
    whole = f"{block.marker} {block.text}" if block.marker else block.text
    larger = block.size >= 1.12 * body.size
    heavier = block.bold and not body.bold
    told = bool(titles) and (normalised(whole) in titles or normalised(block.text) in titles)
    if told and len(words) <= 25 and (larger or heavier or not END.search(block.text)):
        return True
    if block.text[0].islower() and not larger:
        return False
    sentence = bool(re.search(r"[.;,][“”\"»«')\]]*$", block.text)) and not re.search(
        r"\b(?:\d+\.|[A-Z]\.)$", block.text
    )
    if larger:
        if sentence and len(words) > 9:
            return False
        return len(words) <= 24 and not (block.size < 1.25 * body.size and sentence and not heavier)
    if block.size < 0.86 * body.size:
        return False
    follower = blocks[at + 1] if at + 1 < len(blocks) else None
    if heavier:
        return len(words) <= 18 and not sentence and follower is not None
    coloured = block.lines[0].colour != body.colour and all(
        line.colour == block.lines[0].colour for line in block.lines
    )
    capitals = block.text.isupper() and len(block.text) > 5
    if coloured or capitals or (block.lines[0].italic and len(block.lines) == 1):
        return (
            len(words) <= 14
            and not END.search(block.text)
            and follower is not None
            and follower.lines[0].page - block.lines[-1].page <= 1
            and (coloured or capitals)
        )
    if block.marker or NUMBER.match(whole):
        return _is_numbered_heading(blocks, at)
    return False


def _is_numbered_heading(blocks: list[Raw], at: int) -> bool:
    """ "2.1 Radverkehr" in the style of the text: short, no sentence, and a paragraph below it."""
    block = blocks[at]
    whole = f"{block.marker} {block.text}" if block.marker else block.text
    if len(block.lines) > 2 or END.search(block.text) or len(block.text.split()) > 12:
        return False
    follower = blocks[at + 1] if at + 1 < len(blocks) else None
    if follower is None or block.text[0].islower():
        return False
    if re.match(r"\d{1,2}\.\d", whole):
        return True
    bullet = follower.marker and not follower.marker[0].isalnum()
    return bool(bullet) or (
        not follower.marker
        and len(follower.text) > 1.5 * len(block.text)
        and len(follower.lines) > 1
    )


def _drop_lonely_numbers(blocks: list[Raw]) -> None:
    for block in blocks:
        if block.kind == "heading" and ONLY_NUMBER.match(block.text):
            block.kind = "paragraph"


def _rank(blocks: list[Raw], body: Body) -> None:
    """Levels by style: larger beats smaller, heavy beats light; sizes that nearly agree are one."""
    headings = [block for block in blocks if block.kind == "heading"]
    sizes = sorted({block.size for block in headings}, reverse=True)
    steps: dict[float, int] = {}
    step, reference = -1, 0.0
    for size in sizes:
        if step < 0 or size < 0.94 * reference:
            step, reference = step + 1, size
        steps[size] = step
    styles = sorted(
        {_style(block, steps) for block in headings},
    )
    for block in headings:
        block.level = styles.index(_style(block, steps)) + 1


def _style(block: Raw, steps: dict[float, int]) -> tuple[int, int, int]:
    step = steps[block.size]
    return (step, 0 if block.bold else 1, 0 if block.text.isupper() else 1)


def _item_depths(blocks: list[Raw]) -> None:
    """How deep an item stands: by its indent among the items around it."""
    run: list[Raw] = []

    def close() -> None:
        for page in {block.lines[0].page for block in run}:
            group = [block for block in run if block.lines[0].page == page]
            indents: list[float] = []
            for x in sorted({block.lines[0].x0 - block.left for block in group}):
                if not indents or x > indents[-1] + 6:
                    indents.append(x)
            for block in group:
                x = block.lines[0].x0 - block.left
                block.level = 1 + max(n for n, indent in enumerate(indents) if indent <= x + 0.1)
        run.clear()

    for block in blocks:
        if block.kind == "item":
            run.append(block)
        elif block.kind == "heading" or block.kind == "paragraph":
            close()
    close()


def connected(blocks: list[Raw], body: Body, repairs: Counter[str]) -> list[Raw]:
    """Sentences that a page, a column or a box cut are put together again."""
    out: list[Raw] = []
    for block in blocks:
        at = _broken_at(out, block, body)
        if at is None:
            out.append(block)
            continue
        repairs["sentence-cut"] += 1
        before = out[at]
        before.text = joined([before.text, block.text], repairs)
        before.lines = [*before.lines, *block.lines]
        before.right, before.left = block.right, block.left
    return out


def _broken_at(out: list[Raw], block: Raw, body: Body) -> int | None:
    """The place of the block that this one goes on with, not further back than a box or a footnote."""
    if block.kind != "paragraph":
        return None
    for back in range(1, min(5, len(out)) + 1):
        last = out[-back]
        same = abs(last.size - block.size) < 0.6 and last.bold == block.bold
        if last.kind in ("paragraph", "item") and same:
            if END.search(last.text) and not last.text.endswith((":", ";")):
                return None
            if last.text.endswith((":", ";")) and not block.text[0].islower():
                return None
            moved = last.lines[-1].page != block.lines[0].page or (
                block.lines[0].y < last.lines[-1].y or block.lines[0].x0 > last.right
            )
            small = block.text[0].islower()
            broken = last.text.endswith(("-", "\u00ad")) and not last.text[-2:-1].isspace()
            if len(last.text.split()) < 3 and not broken:
                return None
            if small or broken or (last.text.endswith(",") and moved):
                return len(out) - back
            goes_on = moved and (last.full or OPEN_END.search(last.text)) and len(last.lines) > 1
            return len(out) - back if goes_on and back == 1 else None
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
