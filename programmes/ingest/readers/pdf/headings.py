"""Which blocks are headings, items, captions, and how do the headings rank?

A heading is set apart: larger, heavier, coloured, in capitals, underlined, numbered, or named on the contents
page. Its style is ranked over the whole document.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cmp_to_key

from programmes.ingest.readers.joining import compounds_of, joined
from programmes.ingest.readers.pdf.blocks import END, NUMBER, ONLY_NUMBER, SENTENCE_END, Body, Raw
from programmes.ingest.readers.pdf.furniture import Page, normalised

Style = tuple[int, ...]
CAPTION = re.compile(
    r"^(?:(?:Foto|Fotos|Bild|Bilder|Bildnachweis|Bildquelle|Abb(?:ildung)?|Grafik|Karte|Quelle|Illustration)\b\s*\d*\s*[:.(©]|©|\(c\)|\(?(?:Foto|Bild|Quelle):)",
    re.IGNORECASE,
)
NUMBERED_DEEP = re.compile(r"^\d{1,2}\.\d")
ADDRESS = re.compile(r"www\.|https?://|@\w|\.de\b")
QUOTED = re.compile(r"^[„“\"»«‚].{25,}[“”\"«»‘]\.?$")


def classified(
    blocks: list[Raw],
    body: Body,
    pages: list[Page],
    titles: Mapping[str, float],
    repairs: Counter[str],
) -> list[Raw]:
    """Text, kind and level of each block. `titles` are those that contents and bookmarks name."""
    compounds = compounds_of(line.text for block in blocks for line in block.lines)
    for block in blocks:
        if block.kind == "table":
            continue
        lines = [line.text for line in block.lines]
        if block.marker and (lines[0].startswith(block.marker) or block.lines[0].symbol):
            lines[0] = lines[0][len(block.marker) :].lstrip()
        repairs["hard-wrap"] += len(lines) - 1
        block.text = joined(lines, repairs, compounds)
    blocks = [block for block in blocks if block.text.strip()]
    blocks = _numbers_with_titles(blocks, body)
    running = _running_styles(blocks)
    for at, block in enumerate(blocks):
        if block.kind == "table":
            continue
        if CAPTION.match(block.text) and len(block.text.split()) <= 30:
            block.kind = "caption"
        elif _is_heading(blocks, at, body, titles, running):
            block.kind = "heading"
        elif block.marker:
            block.kind = "item"
        elif _is_caption(block, body, pages):
            block.kind = "caption"
    _drop_false(blocks, titles)
    for block in blocks:
        if block.kind == "heading" and block.marker:
            block.text = f"{block.marker} {block.text}"
            block.marker = ""
        elif block.marker and block.kind == "paragraph":
            block.kind = "item"
    _rank(blocks, body, titles)
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
            and last.page == block.page
            and len(block.text) <= 120
        ):
            block.text = f"{last.text} {block.text}"
            out[-1] = block
        else:
            out.append(block)
    return out


def _face(block: Raw) -> tuple[float, bool]:
    return block.size, block.bold


def _running_styles(blocks: list[Raw]) -> set[tuple[float, bool]]:
    """Styles that paragraphs are set in: most of their letters stand in long blocks."""
    long: Counter[tuple[float, bool]] = Counter()
    whole: Counter[tuple[float, bool]] = Counter()
    for block in blocks:
        whole[_face(block)] += len(block.text)
        if len(block.text) > 200 or (len(block.lines) > 2 and SENTENCE_END.search(block.text)):
            long[_face(block)] += len(block.text)
    return {face for face, letters in long.items() if letters > 300 and letters > 0.6 * whole[face]}


def _is_heading(
    blocks: list[Raw],
    at: int,
    body: Body,
    titles: Mapping[str, float],
    running: set[tuple[float, bool]],
) -> bool:
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
    if block.tagged and len(words) <= 30:
        return True
    larger = block.size >= 1.12 * body.size
    heavier = block.bold and not body.bold
    certain = larger or heavier or not END.search(block.text)
    if certain and _told(block, titles) and len(words) <= 25:
        return True
    if block.text[0].islower() and not (
        len(block.lines) == 1 and (larger or _stands_alone(blocks, at, body))
    ):
        return False
    if QUOTED.match(block.text) and len(words) > 5:
        return False
    if not _told(block, titles) and _opened_quotes(block.text):
        return False
    sentence = bool(re.search(r"[.;,][“”\"»«')\]]*$", block.text)) and not re.search(
        r"\b(?:\d+\.|[A-Z]\.)$", block.text
    )
    if _is_listed(blocks, at, body):
        return False
    if larger and _face(block) in running and not heavier:
        return _stands_out(block, body) and not sentence and len(words) <= 14
    if larger:
        headline = block.size > 1.45 * body.size and heavier and len(block.lines) <= 3
        if sentence and len(words) > (20 if headline else 9):
            return False
        return len(words) <= 24 and not (block.size < 1.25 * body.size and sentence and not heavier)
    if block.size < 0.86 * body.size:
        return False
    follower = blocks[at + 1] if at + 1 < len(blocks) else None
    if follower is None:
        return False
    if sentence:
        return (
            block.text.endswith(".")
            and len(words) <= 6
            and len(block.lines) == 1
            and (heavier or _stands_out(block, body))
            and follower.kind != "heading"
            and _face(follower) != _face(block)
            and len(follower.text) > len(block.text)
        )
    if heavier:
        return len(words) <= (12 if _face(block) in running else 18)
    if _stands_out(block, body):
        ends = END.search(block.text) and not (
            block.text.endswith(("?", "!")) or (block.underlined and block.text.endswith(":"))
        )
        return len(words) <= 14 and not ends and follower.page - block.lines[-1].page <= 1
    if block.italic and len(block.lines) <= 2 and not follower.italic:
        alike = [n for n, other in enumerate(blocks) if other.italic and len(other.lines) <= 2]
        # Below each name, who that is: no headings of their own.
        below = sum(n > 0 and _heads(blocks[n - 1], blocks[n], body) for n in alike)
        return (
            len(words) <= 12
            and below <= 0.7 * len(alike)
            and (not END.search(block.text) or block.text.endswith(("?", "!")))
            and len(alike) >= 2
            and not follower.marker
            and block.size > 0.95 * body.size
            and not CAPTION.match(block.text)
        )
    if block.marker or NUMBER.match(whole):
        return _is_numbered_heading(blocks, at)
    return False


def _heads(block: Raw, below: Raw, body: Body) -> bool:
    """Whether a short line in larger, heavier or coloured type stands directly above another."""
    near = 0 < below.lines[0].y - block.lines[-1].y < 1.9 * block.size
    short = len(block.text.split()) <= 8 and not block.marker
    set_off = block.size > 1.12 * body.size or (block.bold and not body.bold)
    return near and short and (set_off or _stands_out(block, body))


def _stands_alone(blocks: list[Raw], at: int, body: Body) -> bool:
    """A line in another weight or colour, few words, between a finished sentence and a new one."""
    block = blocks[at]
    if len(block.text.split()) > 4 or not 0 < at < len(blocks) - 1:
        return False
    apart = (block.bold and not body.bold) or _stands_out(block, body)
    below = blocks[at + 1].text
    return apart and bool(END.search(blocks[at - 1].text)) and not below[:1].islower()


def _opened_quotes(words: str) -> bool:
    """Whether a quotation begins or ends in the words, but not both: a part of a longer one."""
    return ("„" in words) != bool(re.search("[“”]", words.replace("„", " ", 1)))


def _told(block: Raw, titles: Mapping[str, float]) -> bool:
    """Whether contents, bookmarks or the file's own marks say that this is a heading."""
    if block.tagged:
        return True
    return bool(titles) and (
        normalised(f"{block.marker} {block.text}") in titles or normalised(block.text) in titles
    )


def _stands_out(block: Raw, body: Body) -> bool:
    """Coloured, in capitals or underlined from end to end."""
    coloured = block.colour != body.colour and all(
        line.colour == block.colour for line in block.lines
    )
    capitals = block.text.isupper() and len(block.text) > 5
    underlined = block.underlined and not ADDRESS.search(block.text)
    return coloured or capitals or underlined


def _is_listed(blocks: list[Raw], at: int, body: Body) -> bool:
    """Whether a number counts items: the neighbours in the same style have the numbers before or after it."""
    block = blocks[at]
    count = re.match(r"\(?(\d{1,2}|[a-z])[.)]", block.marker)
    if not count:
        return False
    for step in (-1, 1):
        if not 0 <= at + step < len(blocks):
            continue
        near = blocks[at + step]
        other = re.match(r"\(?(\d{1,2}|[a-z])[.)]", near.marker)
        if not other or _face(near) != _face(block):
            continue
        if near.page != block.page and block.size > 1.3 * body.size:
            continue  # chapters that begin on pages of their own
        if _counted(other[1]) - _counted(count[1]) == step:
            return True
    return False


def _counted(number: str) -> int:
    return int(number) if number.isdecimal() else ord(number)


def _is_numbered_heading(blocks: list[Raw], at: int) -> bool:
    """ "2.1 Radverkehr" in the style of the text: short, no sentence, and a paragraph below it."""
    block = blocks[at]
    whole = f"{block.marker} {block.text}" if block.marker else block.text
    if len(block.lines) > 2 or END.search(block.text) or len(block.text.split()) > 12:
        return False
    follower = blocks[at + 1] if at + 1 < len(blocks) else None
    if follower is None or block.text[0].islower():
        return False
    if NUMBERED_DEEP.match(whole):
        return True
    bullet = follower.marker and not follower.marker[0].isalnum()
    return bool(bullet) or (
        not follower.marker
        and len(follower.text) > 1.5 * len(block.text)
        and len(follower.lines) > 1
    )


def _is_caption(block: Raw, body: Body, pages: list[Page]) -> bool:
    """Small print directly below or above a picture."""
    if block.size > 0.92 * body.size or len(block.text) > 220 or not pages:
        return False
    page = next((page for page in pages if page.number == block.page), None)
    if page is None:
        return False
    top, bottom = block.lines[0].y - block.size, block.lines[-1].y
    left, right = block.lines[0].x0, max(line.x1 for line in block.lines)
    return any(
        (-3 < top - picture.bottom < 14 or -3 < picture.top - bottom < 8)
        and min(right, picture.right) - max(left, picture.left) > 0.5 * (right - left)
        for picture in page.pictures
        if picture.width > 40 and picture.height > 40
    )


def _drop_false(blocks: list[Raw], titles: Mapping[str, float]) -> None:
    """Lonely numbers, closing words and runs of alike lines are no headings."""
    for block in blocks:
        if block.kind == "heading" and ONLY_NUMBER.match(block.text):
            block.kind = "paragraph"
    for block in reversed(blocks):
        if block.kind in ("paragraph", "item"):
            break
        if block.kind == "heading" and not _told(block, titles):
            block.kind = "paragraph"
    if not any(block.kind == "paragraph" for block in blocks):
        return
    for _, group in itertools.groupby(
        blocks, key=lambda block: (block.kind, *_face(block), block.page)
    ):
        run = list(group)
        if len(run) < 5 or run[0].kind != "heading":
            continue
        if any(_told(block, titles) or NUMBER.match(block.text) or block.marker for block in run):
            continue
        for block in run:
            block.kind = "paragraph"


def _rank(blocks: list[Raw], body: Body, titles: Mapping[str, float]) -> None:
    """Levels by style: larger beats smaller, heavy beats light; where these agree, what stands above what."""
    headings = [block for block in blocks if block.kind == "heading"]
    sizes = sorted({block.size for block in headings}, reverse=True)
    steps: dict[float, int] = {}
    step, reference = -1, 0.0
    for size in sizes:
        if step < 0 or size < 0.94 * reference:
            step, reference = step + 1, size
        steps[size] = step
    indents = _indents(headings, titles)

    def style(block: Raw) -> Style:
        return (
            steps[block.size],
            0 if block.bold else 1,
            0 if block.text.isupper() else 1,
            0 if block.underlined else 1,
            1 if block.italic else 0,
            block.colour,
            indents.get(id(block), 0),
        )

    ordered = _ordered([block for block in blocks if block.kind != "caption"], style)
    for block in headings:
        block.level = ordered.index(style(block)) + 1
    _as_tagged(headings)


def _as_tagged(headings: list[Raw]) -> None:
    """Where the file marks nearly all headings, they rank as it says; others as those that look like them."""
    marked = [block for block in headings if block.tagged]
    if len(marked) < 3 or len(marked) < 0.8 * len(headings):
        return
    steps = {level: n for n, level in enumerate(sorted({b.tagged for b in marked}), 1)}
    looks: dict[tuple[float, bool], int] = {}
    for block in marked:
        block.level = steps[block.tagged]
        looks.setdefault(_face(block), block.level)
    for block in headings:
        if not block.tagged:
            block.level = looks.get(_face(block), max(steps.values()))


def _ordered(blocks: list[Raw], style: Callable[[Raw], Style]) -> list[Style]:
    """Styles from the highest to the lowest: by size, then by which opens the parts of the other, then by looks."""
    first: dict[Style, int] = {}
    above: Counter[tuple[Style, Style]] = Counter()
    before: Raw | None = None
    for number, block in enumerate(blocks):
        if block.kind == "heading":
            first.setdefault(style(block), number)
            if before is not None:
                above[style(before), style(block)] += 1
        before = block if block.kind == "heading" else None
    opens = _opening([style(block) for block in blocks if block.kind == "heading"])

    def before_other(one: Style, other: Style) -> int:
        """Below zero where the first is the higher of two."""
        if one[0] != other[0]:
            return one[0] - other[0]
        leads, follows = opens[one, other], opens[other, one]
        if max(leads, follows) >= 2 and min(leads, follows) <= 0.2 * max(leads, follows):
            return follows - leads
        if one[:5] != other[:5]:
            return -1 if one[:5] < other[:5] else 1
        # They differ in colour or in the contents page's indent alone.
        directly = above[other, one] - above[one, other]
        return one[6] - other[6] or directly or first[one] - first[other]

    return sorted(first, key=cmp_to_key(before_other))


def _opening(styles: list[Style]) -> Counter[tuple[Style, Style]]:
    """How often one of two styles of a size comes first between two larger headings that have both."""
    found: Counter[tuple[Style, Style]] = Counter()
    for step in {style[0] for style in styles}:
        parts: list[list[Style]] = [[]]
        for style in styles:
            if style[0] < step:
                parts.append([])
            elif style[0] == step and style not in parts[-1]:
                parts[-1].append(style)
        for part in parts:
            found.update(itertools.combinations(part, 2))
    return found


def _indents(headings: list[Raw], titles: Mapping[str, float]) -> dict[int, int]:
    """How deep the contents page sets each heading, where it names most of them and indents some."""
    places = {
        id(block): titles.get(normalised(block.text), 0.0)
        for block in headings
        if titles.get(normalised(block.text), 0.0) > 0
    }
    if len(places) < 0.7 * len(headings) or len(places) < 4:
        return {}
    edges: list[float] = []
    for x in sorted(set(places.values())):
        if not edges or x > edges[-1] + 5:
            edges.append(x)
    if not 2 <= len(edges) <= 4:
        return {}
    found = {
        key: max(n for n, edge in enumerate(edges) if edge <= x + 0.1) for key, x in places.items()
    }
    for block in headings:
        if id(block) not in found:
            alike = [found[id(b)] for b in headings if id(b) in found and _face(b) == _face(block)]
            found[id(block)] = max(alike, default=len(edges) - 1)
    return found


def _item_depths(blocks: list[Raw]) -> None:
    """How deep an item stands: by its indent among the items around it."""
    run: list[Raw] = []

    def close() -> None:
        for page in {block.page for block in run}:
            group = [block for block in run if block.page == page]
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
        elif block.kind in ("heading", "paragraph"):
            close()
    close()
