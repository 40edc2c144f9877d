"""OpenDocument texts (ODT): paragraphs, headings, nested lists and tables, read from `content.xml`."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from programmes.ingest.pieces import Block, Refused, Text
from programmes.ingest.readers import runs, tables
from programmes.ingest.readers.containers import DAMAGED, ENCRYPTED, Container, nearest, number

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
DC = "{http://purl.org/dc/elements/1.1/}"
META = "{urn:oasis:names:tc:opendocument:xmlns:meta:1.0}"
CONTENTS = {
    f"{TEXT}{name}"
    for name in (
        "table-of-content",
        "alphabetical-index",
        "illustration-index",
        "table-index",
        "bibliography",
    )
}
TEXT_BOX = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}text-box"
PASSED_OVER = {
    f"{TEXT}tracked-changes", f"{OFFICE}annotation", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}ruby-text",
}  # fmt: skip
TITLE_STYLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
HEADING_STYLE = re.compile(r"^(?:heading|überschrift)[_ ](?:20_)?(\d)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\n\u00a0]+")


@dataclass(frozen=True, slots=True)
class Style:
    """What a style says of letters, its parents taken in."""

    bold: bool = False
    size: float | None = None
    outline: int | None = None
    title: bool = False


@dataclass(slots=True)
class _Book:
    styles: dict[str, Style]
    repairs: Counter[str] = field(default_factory=Counter)
    removed: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def read(container: Container) -> Text:
    """The blocks of an ODT file; `Refused` if it is encrypted or holds no text."""
    if b"encryption-data" in container.read("META-INF/manifest.xml"):
        raise Refused(ENCRYPTED)
    content = container.xml("content.xml")
    body = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if body is None:
        raise Refused(DAMAGED)
    other = container.xml("styles.xml")
    book = _Book(_styles([content, other]))
    _walk(body, book)
    if other is not None:
        for paragraph in other.iter(f"{TEXT}p"):
            words = _words(paragraph, book)
            if words and re.search(r"[^\W\d]{3}", words):
                book.repairs["running-head"] += 1
                book.removed.append(words)
    for words in book.notes:
        book.repairs["footnote"] += 1
        book.blocks.append(Block("paragraph", words, marker="footnote"))
    if not any(block.text for block in book.blocks):
        raise Refused("Die OpenDocument-Datei enthält keinen Text (vielleicht nur Bilder).")
    return Text(
        blocks=tuple(book.blocks),
        reader="odt",
        media_type="application/vnd.oasis.opendocument.text",
        properties=_properties(container.xml("meta.xml")),
        repairs=dict(book.repairs),
        removed=tuple(book.removed),
    )


def _properties(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    if root is not None:
        for tag, name in ((f"{DC}title", "title"), (f"{DC}creator", "author"), (f"{DC}subject", "subject"),
                          (f"{META}creation-date", "created")):  # fmt: skip
            node = root.find(f".//{tag}")
            if node is not None and (node.text or "").strip():
                found[name] = node.text.strip()[:300]
    return found


def _styles(roots: list[Any]) -> dict[str, Style]:
    raw = {
        style.get(f"{STYLE}name", ""): style
        for root in roots
        if root is not None
        for style in root.iter(f"{STYLE}style")
    }
    made = {}
    for name in raw:
        bold: bool | None = None
        size: float | None = None
        outline: int | None = None
        title = False
        at, seen = name, 0
        while at in raw and seen < 12:
            style, seen = raw[at], seen + 1
            marks = style.find(f"{STYLE}text-properties")
            if marks is not None:
                weight = marks.get(f"{FO}font-weight")
                if bold is None and weight:
                    bold = weight in ("bold", "600", "700", "800", "900")
                points = re.fullmatch(r"([\d.]{1,6})pt", marks.get(f"{FO}font-size") or "")
                size = size or (float(points[1]) if points else None)
            level = style.get(f"{STYLE}default-outline-level") or ""
            heading = HEADING_STYLE.match(style.get(f"{STYLE}display-name") or at)
            if outline is None:
                outline = number(level) or (int(heading[1]) if heading else None)
            title = title or bool(TITLE_STYLE.match(at))
            at = style.get(f"{STYLE}parent-style-name") or ""
        made[name] = Style(bool(bold), size, outline or None, title)
    return made


def _walk(body: Any, book: _Book) -> None:
    """Paragraphs, headings, lists and tables in order; the stack holds each level's depth of list."""
    stack: list[tuple[Any, int, bool]] = [(iter(body), 0, False)]
    while stack:
        children, depth, first = stack[-1]
        node = next(children, None)
        if node is None:
            stack.pop()
            continue
        tag = node.tag
        if tag in PASSED_OVER or not isinstance(tag, str):
            continue
        if tag == f"{TEXT}h":
            words = _words(node, book)
            level = node.get(f"{TEXT}outline-level") or "1"
            if words:
                book.blocks.append(
                    Block(
                        "heading",
                        words,
                        level=number(level, 1),
                        bold=True,
                    )
                )
        elif tag == f"{TEXT}p":
            _paragraph(node, depth, first, book)
            stack[-1] = (children, depth, False)
            stack += [(iter(box), 0, False) for box in nearest(node, TEXT_BOX)]
        elif tag in CONTENTS:
            lines = [_words(p, book) for p in node.iter(f"{TEXT}p")]
            book.repairs["contents-list"] += 1
            book.removed.append("\n".join(line for line in lines if line))
        elif tag == f"{TEXT}list":
            stack.append((iter(node), depth + 1, False))
        elif tag in (f"{TEXT}list-item", f"{TEXT}list-header"):
            stack.append((iter(node), depth, True))
        elif tag == f"{TABLE}table":
            inner = _table(node, book)
            if inner:
                stack.append((iter(inner), 0, False))
        else:
            stack.append((iter(node), depth, first))


def _paragraph(node: Any, depth: int, first: bool, book: _Book) -> None:
    name = node.get(f"{TEXT}style-name") or ""
    style = book.styles.get(name, Style(title=bool(TITLE_STYLE.match(name))))
    told = _runs(node, book)
    if style.title or (style.outline and not depth):
        if words := _flat(told):
            level, marker = (0, "title") if style.title else (style.outline, "")
            book.blocks.append(
                Block("heading", words, level=level, size=style.size, bold=True, marker=marker)
            )
        return
    for words, bold in runs.paragraphs(told):
        found = runs.BULLET.match(words)
        last = book.blocks[-1] if book.blocks else None
        if depth and not first and last and last.kind == "item" and last.level == depth:
            book.blocks[-1] = Block("item", f"{last.text} {words}", level=depth, marker="•")
        elif depth or found:
            words = words[found.end() :] if found else words
            marker = found[1] if found else "•"
            book.blocks.append(Block("item", words, level=depth or 1, marker=marker))
        else:
            book.blocks.append(Block("paragraph", words, size=style.size, bold=bold or None))
        first = False


def _words(paragraph: Any, book: _Book) -> str:
    """The text of a paragraph on one line."""
    return _flat(_runs(paragraph, book))


def _flat(told: list[runs.Run]) -> str:
    return SPACE.sub(" ", "".join(words for words, _ in told)).strip()


def _runs(paragraph: Any, book: _Book) -> list[runs.Run]:
    """The runs of a paragraph with its line breaks; footnotes are put aside."""
    spans = [book.styles.get(paragraph.get(f"{TEXT}style-name") or "", Style())]
    found: list[runs.Run] = []
    skip: Any = None

    def add(words: str | None) -> None:
        if words:
            found.append((SPACE.sub(" ", words), spans[-1].bold))

    for event, node in etree.iterwalk(paragraph, events=("start", "end")):
        if skip is not None:
            if event == "end" and node is skip:
                skip = None
                add(node.tail)
            continue
        tag = node.tag
        if event == "start":
            if tag == f"{TEXT}note":
                body = node.find(f"{TEXT}note-body")
                if body is not None:
                    book.notes.append(SPACE.sub(" ", " ".join(body.itertext())).strip())
                skip = node
            elif tag in PASSED_OVER or tag == TEXT_BOX:
                skip = node
            elif tag == f"{TEXT}span":
                spans.append(book.styles.get(node.get(f"{TEXT}style-name") or "", spans[-1]))
                add(node.text)
            elif tag in (f"{TEXT}s", f"{TEXT}tab"):
                found.append((" ", False))
            elif tag == f"{TEXT}line-break":
                found.append(runs.BREAK)
            else:
                add(node.text)
        else:
            if tag == f"{TEXT}span":
                spans.pop()
            if node is not paragraph:
                add(node.tail)
    return found


def _table(node: Any, book: _Book) -> list[Any]:
    """A table of data becomes a block; of one that lays out the page, its cells to go on with."""
    rows = [list(nearest(row, f"{TABLE}table-cell")) for row in nearest(node, f"{TABLE}table-row")]
    if node.find(f".//{TABLE}table") is not None or node.find(f".//{TEXT}h") is not None:
        return [cell for row in rows for cell in row]
    texts = [
        [" ".join(_words(p, book) for p in cell.iter(f"{TEXT}p")).strip() for cell in row]
        for row in rows
    ]
    filled = [row for row in texts if sum(bool(cell) for cell in row) >= 2]
    if not filled or tables.is_layout(texts):
        return [cell for row in rows for cell in row]
    found, _ = tables.blocks_of(texts)
    book.blocks += found
    return []
