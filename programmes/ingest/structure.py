"""Blocks to one tree of sections, whatever the source says of levels.

Chapter numbers beat the source's levels; a title is no chapter; a lead-in belongs to its list.
"""

from __future__ import annotations

import re
from dataclasses import replace

from programmes.ingest.pieces import Block, Outline, Passage, Section, Text

NUMBER = re.compile(r"^(\d{1,2}(?:\.\d{1,2}){0,3})[.)]?\s+\S|^([IVX]{1,5})\.\s+\S|^([A-Z])\.\s+\S")
CHAPTER_WORD = re.compile(r"^(?:Kapitel|Teil|Abschnitt)\s+(?:\d+|[IVX]+)\b", re.IGNORECASE)
END = re.compile(r"[.!?…:;,][“”\"»«')\]]*$")
LIVE_INLINE = re.compile(r"([`\[\]]|(?<!\w)[*_]|[*_](?!\w)|\\)")
TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY_START = re.compile(r"&(?=#?\w{1,32};)")
LIVE_LINE = re.compile(
    r"^(?:(#{1,6}(?=\s|$)|>|[-+](?=\s)|={2,}|-{2,}|~{3,}|\|)|(\d{1,9})([.)](?=\s)))"
)
SMALL = {"und", "oder", "für", "in", "der", "die", "das", "mit", "von"}


def outline(text: Text) -> Outline:
    """The title of a document and its sections in reading order."""
    blocks = _headings(list(text.blocks))
    levels = _levels(blocks)
    title_at = _title_at(blocks, levels)
    title = blocks[title_at].text if title_at is not None else None
    if title is None and levels:
        first = min(levels)
        if (
            _is_first_text(blocks, first)
            and levels[first] == 1
            and list(levels.values()).count(1) == 1
        ):
            title = blocks[first].text
    return Outline(title, _sections(blocks, levels, title_at))


def passages(text: str, title: str = "", page: int | None = None) -> tuple[Passage, ...]:
    """The blocks inside a section's Markdown, as they were when it was made."""
    found: list[Passage] = []
    lead_in, at = _title_lead_in(title), 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        item = re.match(r"( *)- ", line)
        if not line.strip():
            continue
        if item:
            found.append(
                Passage("item", start + item.end(), end, page, 1 + len(item[1]) // 2, lead_in)
            )
        elif line.startswith("|"):
            found.append(Passage("table", start, end, page))
        else:
            found.append(Passage("paragraph", start, end, page))
            lead_in = line if line.rstrip().endswith(":") else ""
    return tuple(found)


def escaped(words: str) -> str:
    """Plain words as Markdown in which nothing is live; a star inside a word (Bürger*innen) stays as it is."""
    words = ENTITY_START.sub("&amp;", TAG_START.sub("&lt;", words))
    words = LIVE_INLINE.sub(r"\\\1", words)
    line = LIVE_LINE.match(words)
    if line and line[1]:
        return "\\" + words
    if line and line[2]:
        return f"{line[2]}\\{line[3]}{words[line.end() :]}"
    return words


def _headings(blocks: list[Block]) -> list[Block]:
    """Paragraphs that are headings by their form become headings."""
    has_marked = any(block.kind == "heading" for block in blocks)
    out = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind != "paragraph" or not _could_be_heading(block.text):
            continue
        following = next((b for b in blocks[at + 1 :] if b.kind != "meta"), None)
        if following is None:
            continue
        if (
            block.bold
            and (following.kind in ("paragraph", "item", "heading"))
            and not _is_cover(blocks, at)
        ):
            out[at] = replace(block, kind="heading", level=None)
        elif following.kind == "item" and len(block.text.split()) <= 8:
            out[at] = replace(block, kind="heading", level=None, marker="lead-in")
        elif (
            NUMBER.match(block.text)
            or CHAPTER_WORD.match(block.text)
            or (
                not has_marked
                and following.kind == "paragraph"
                and len(following.text) > 1.5 * len(block.text)
            )
        ):
            out[at] = replace(block, kind="heading", level=None)
    return out


def _could_be_heading(words: str) -> bool:
    return (
        len(words) <= 120
        and len(words.split()) <= 14
        and not END.search(words)
        and not words[:1].islower()
    )


def _is_cover(blocks: list[Block], at: int) -> bool:
    """Short lines before the first heading or long paragraph."""
    for block in blocks[:at]:
        if block.kind in ("heading", "item") or len(block.text) > 120:
            return False
    return True


def _levels(blocks: list[Block]) -> dict[int, int]:
    """The level of each heading, by its place: 1 chapter, 2 below it, and so on."""
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    depth = {at: _depth(blocks[at].text) for at in headings}
    chapters = [at for at in headings if depth[at] == 1]
    numbered = len(chapters) >= 2
    sources = {blocks[at].level for at in chapters} if numbered else set()
    contradicting = numbered and len(sources) > 1
    own = sorted(
        {
            blocks[at].level or 9
            for at in headings
            if blocks[at].marker != "lead-in" and not (numbered and depth[at])
        }
    )
    levels: dict[int, int] = {}
    last = 0
    for at in headings:
        block = blocks[at]
        if block.marker == "lead-in":
            level = max(last, 1) + 1 if last and blocks[at].level is None else 1
            levels[at] = min(level, 2) if last <= 1 else last
            continue
        if depth[at] and (numbered or depth[at] > 1):
            level = depth[at]
        elif numbered and at > chapters[0]:
            level = (
                2
                if contradicting or block.level is None
                else max(2, block.level - min(s or 1 for s in sources) + 1)
            )
        else:
            level = own.index(block.level or 9) + 1
        level = min(level, last + 1)
        levels[at] = last = level
    return levels


def _depth(words: str) -> int:
    """How deep a chapter number says a heading is: "2." 1, "2.1" 2; 0 without a number."""
    if CHAPTER_WORD.match(words):
        return 1
    found = NUMBER.match(words)
    if not found:
        return 0
    return found[1].count(".") + 1 if found[1] else 1


def _title_at(blocks: list[Block], levels: dict[int, int]) -> int | None:
    """The heading that is the document's title and no chapter: the first, with nothing of its own below it."""
    if len(levels) < 2:
        return None
    first, second = sorted(levels)[:2]
    if _depth(blocks[first].text) or not _is_first_text(blocks, first):
        return None
    between = [block for block in blocks[first + 1 : second] if block.kind != "meta"]
    if all(len(block.text.split()) <= 12 and not END.search(block.text) for block in between):
        return first
    return None


def _is_first_text(blocks: list[Block], at: int) -> bool:
    return all(
        block.kind == "meta" or (len(block.text.split()) <= 8 and not END.search(block.text))
        for block in blocks[:at]
    )


def _sections(
    blocks: list[Block], levels: dict[int, int], title_at: int | None
) -> tuple[Section, ...]:
    shift = (
        1
        if title_at is not None
        and levels[title_at] < min((lv for at, lv in levels.items() if at != title_at), default=9)
        else 0
    )
    cover_end = min((at for at in levels if at != title_at), default=0)
    sections: list[Section] = []
    stack: list[tuple[int, int]] = []  # (level, id) of the headings above
    current: list[Block] = []
    heading: Block | None = None
    level = 0

    def close() -> None:
        body = [block for block in current if block.kind != "meta"]
        if heading is None and not body:
            return
        text, found = _markdown(body, heading.text if heading else "")
        number = len(sections)
        while stack and stack[-1][0] >= max(level, 1):
            stack.pop()
        parent = stack[-1][1] if stack and level else None
        page = heading.page if heading else next((block.page for block in body if block.page), None)
        sections.append(
            Section(number, parent, level, heading.text if heading else "", text, page, found)
        )
        if level:
            stack.append((level, number))

    for at, block in enumerate(blocks):
        if at == title_at:
            continue
        if at in levels:
            close()
            heading, current = block, []
            level = max(levels[at] - shift, 1)
        elif (
            at < cover_end
            and title_at is not None
            and len(block.text.split()) <= 12
            and not END.search(block.text)
        ):
            continue  # a cover: known of the text (`about` reads it), not text
        else:
            current.append(block)
    close()
    return tuple(sections)


def _markdown(blocks: list[Block], title: str) -> tuple[str, tuple[Passage, ...]]:
    parts: list[str] = []
    found: list[Passage] = []
    at = 0
    lead_in = _title_lead_in(title)
    before: Block | None = None
    for block in blocks:
        if before is not None:
            gap = "\n" if before.kind == block.kind and block.kind in ("item", "table") else "\n\n"
            parts.append(gap)
            at += len(gap)
        indent = ""
        depth = 0
        if block.kind == "item":
            depth = max(block.level or 1, 1)
            if before is None or before.kind != "item":
                depth = 1
            indent = "  " * (depth - 1) + "- "
        words = block.text if block.kind == "table" else escaped(block.text)
        parts.append(indent + words)
        start = at + len(indent)
        found.append(
            Passage(
                block.kind,
                start,
                start + len(words),
                block.page,
                depth,
                lead_in if block.kind == "item" else "",
            )
        )
        at = start + len(words)
        if block.kind != "item":
            lead_in = block.text if block.text.endswith(":") else ""
        before = block
    return "".join(parts), tuple(found)


def _title_lead_in(title: str) -> str:
    """A heading stands before its list: the first items complete it."""
    return title
