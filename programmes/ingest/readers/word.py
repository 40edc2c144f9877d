"""Word files (DOCX): paragraphs, headings by style or outline level, lists with their numbers, tables.

Read from the XML itself: python-docx passes over text in content controls, fields, insertions under review
and text boxes. What is deleted under review is no text; heads, feet and contents lists are kept as evidence.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from programmes.ingest.pieces import Block, Refused, Text
from programmes.ingest.readers import runs, tables
from programmes.ingest.readers.containers import DAMAGED, Container, nearest, number, parsed

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DC = "{http://purl.org/dc/elements/1.1/}"
DCTERMS = "{http://purl.org/dc/terms/}"
HEADING_STYLE = re.compile(r"^(?:heading|überschrift|berschrift|titre|h)\s*(\d)", re.IGNORECASE)
TITLE_STYLE = re.compile(r"^(?:title|titel)$", re.IGNORECASE)
SUBTITLE_STYLE = re.compile(r"^(?:subtitle|untertitel)$", re.IGNORECASE)
CONTENTS_STYLE = re.compile(
    r"^(?:toc|verzeichnis|inhaltsverzeichnis|tableofcontents|index|table of figures|abbildungsverzeichnis)\s*\d*",
    re.IGNORECASE,
)
CONTENTS_HEADING = re.compile(r"^toc\s*heading|^inhaltsverzeichnisüberschrift", re.IGNORECASE)
CAPTION_STYLE = re.compile(r"^(?:caption|beschriftung)", re.IGNORECASE)
LIST_STYLE = re.compile(
    r"^(?:list|aufzählung|liste|listenabsatz)\b.*?(?:bullet|zeichen|number|nummer)\s*(\d?)",
    re.IGNORECASE,
)


SPACE = re.compile(r"[ \t\r\n\u00a0]+")
ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
SILENT = {
    f"{W}del",
    f"{W}moveFrom",
    f"{W}txbxContent",
    f"{MC}Fallback",
    f"{W}instrText",
    f"{W}pict",
}
PAGE_FIELD = re.compile(
    r"^\s*+(?:(?:Seite|page|S\.)\s*+)?[\d\s|/–-]*+(?:von\s*+\d*+)?\s*+$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style, what it is based on taken in."""

    name: str
    outline: int | None = None
    numbering: tuple[str, int] | None = None
    bold: bool = False
    size: float | None = None


@dataclass(slots=True)
class _Book:
    """What the reader keeps while it goes through a document."""

    styles: dict[str, Style]
    numbering: dict[
        str, dict[int, tuple[str, str, int]]
    ]  # list id → level → (format, pattern, start)
    repairs: Counter[str] = field(default_factory=Counter)
    removed: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    counters: dict[str, list[int]] = field(default_factory=dict)
    normal_size: float | None = None


def read(container: Container) -> Text:
    """The blocks of a DOCX file; `Refused` if it holds no text."""
    document = _part(container, "word/document.xml")
    body = document.find(f"{W}body") if document is not None else None
    if body is None:
        raise Refused(DAMAGED)
    default, styles = _styles(_part(container, "word/styles.xml"))
    book = _Book(styles, _numbering(_part(container, "word/numbering.xml")))
    book.normal_size = default
    _walk(body, book)
    for name in sorted(container.names):
        if re.fullmatch(r"word/(?:header|footer)\d*\.xml", name):
            _running(_part(container, name), book)
    _notes(_part(container, "word/footnotes.xml"), book)
    if not any(block.text.strip() for block in book.blocks):
        raise Refused("Die Word-Datei enthält keinen Text (vielleicht nur Bilder).")
    return Text(
        blocks=tuple(book.blocks),
        reader="docx",
        media_type="application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        properties=_properties(container),
        repairs=dict(book.repairs),
        removed=tuple(book.removed),
    )


def _part(container: Container, name: str) -> Any:
    data = container.read(name)
    if not data.strip():
        return None
    return parsed(data.replace(STRICT, W[1:-1].encode()))


def _properties(container: Container) -> dict[str, str]:
    root = container.xml("docProps/core.xml")
    found: dict[str, str] = {}
    if root is not None:
        for tag, name in ((f"{DC}title", "title"), (f"{DC}creator", "author"), (f"{DC}subject", "subject"),
                          (f"{DCTERMS}created", "created")):  # fmt: skip
            words = root.findtext(tag)
            if words and words.strip():
                found[name] = words.strip()[:300]
    return found


def _styles(root: Any) -> tuple[float | None, dict[str, Style]]:
    """The default size in points, and each paragraph style by its id."""
    if root is None:
        return None, {}
    raw = {style.get(f"{W}styleId", ""): style for style in root.iter(f"{W}style")}
    default = _size(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    made: dict[str, Style] = {}
    for name in raw:
        chain: list[Any] = []
        at = name
        while at in raw and len(chain) < 12 and raw[at] not in chain:
            chain.append(raw[at])
            based = raw[at].find(f"{W}basedOn")
            at = based.get(f"{W}val", "") if based is not None else ""
        made[name] = _style(chain)
    normal = next((style for key, style in made.items() if raw[key].get(f"{W}default") == "1"
                   and raw[key].get(f"{W}type") == "paragraph"), None)  # fmt: skip
    return (normal.size if normal and normal.size else default), made


def _style(chain: list[Any]) -> Style:
    names = [
        found.get(f"{W}val", "") for style in chain if (found := style.find(f"{W}name")) is not None
    ]
    outline, numbering, bold, size = None, None, None, None
    for style in chain:
        properties = style.find(f"{W}pPr")
        if outline is None:
            outline = _outline(properties)
        if numbering is None:
            numbering = _list_of(properties)
        marks = style.find(f"{W}rPr")
        if bold is None and marks is not None and marks.find(f"{W}b") is not None:
            bold = _on(marks.find(f"{W}b"))
        size = size or _size(marks)
    if outline is None:
        # A style's own name or that of one it is based on: "heading 2", "Überschrift 2".
        found = next((match for name in names if (match := HEADING_STYLE.match(name))), None)
        outline = int(found[1]) - 1 if found else None
    return Style(names[0] if names else "", outline, numbering, bool(bold), size)


def _outline(properties: Any) -> int | None:
    level = properties.find(f"{W}outlineLvl") if properties is not None else None
    value = level.get(f"{W}val", "") if level is not None else ""
    outline = number(value, 9)
    return outline if outline < 9 else None


def _list_of(properties: Any) -> tuple[str, int] | None:
    found = properties.find(f"{W}numPr") if properties is not None else None
    if found is None:
        return None
    listed, level = found.find(f"{W}numId"), found.find(f"{W}ilvl")
    value = level.get(f"{W}val", "0") if level is not None else "0"
    return (
        listed.get(f"{W}val", "0") if listed is not None else "",
        number(value),
    )


def _on(mark: Any) -> bool:
    return mark is not None and mark.get(f"{W}val", "1") not in ("0", "false", "off", "none")


def _size(marks: Any) -> float | None:
    found = marks.find(f"{W}sz") if marks is not None else None
    value = found.get(f"{W}val", "") if found is not None else ""
    return number(value) / 2 or None


def _numbering(root: Any) -> dict[str, dict[int, tuple[str, str, int]]]:
    if root is None:
        return {}
    abstract: dict[str, dict[int, tuple[str, str, int]]] = {}
    for kind in root.iter(f"{W}abstractNum"):
        levels = {}
        for level in kind.iter(f"{W}lvl"):
            form, pattern, start = (
                level.find(f"{W}{tag}") for tag in ("numFmt", "lvlText", "start")
            )
            first = start.get(f"{W}val", "1") if start is not None else "1"
            levels[number(level.get(f"{W}ilvl", "0"))] = (
                form.get(f"{W}val", "decimal") if form is not None else "decimal",
                pattern.get(f"{W}val", "") if pattern is not None else "",
                number(first, 1),
            )
        abstract[kind.get(f"{W}abstractNumId", "")] = levels
    found = {}
    for listed in root.iter(f"{W}num"):
        kind = listed.find(f"{W}abstractNumId")
        if kind is not None:
            found[listed.get(f"{W}numId", "")] = abstract.get(kind.get(f"{W}val", ""), {})
    return found


def _walk(body: Any, book: _Book) -> None:
    """The paragraphs and tables in order, whatever they are wrapped in; no recursion, however deep."""
    stack = [iter(body)]
    while stack:
        node = next(stack[-1], None)
        if node is None:
            stack.pop()
        elif node.tag == f"{W}p":
            _paragraph(node, book)
        elif node.tag == f"{W}tbl":
            inner = _table(node, book)
            if inner is not None:
                stack.append(iter(inner))
        elif node.tag == f"{W}sdt" and _is_contents(node):
            _contents(node, book)
        elif node.tag in (
            f"{W}sdt",
            f"{W}sdtContent",
            f"{W}ins",
            f"{W}smartTag",
            f"{W}customXml",
            f"{MC}AlternateContent",
            f"{MC}Choice",
            f"{W}moveTo",
        ):
            stack.append(iter(node))


def _is_contents(node: Any) -> bool:
    gallery = node.find(f"{W}sdtPr/{W}docPartObj/{W}docPartGallery")
    return gallery is not None and "Table of Contents" in gallery.get(f"{W}val", "")


def _contents(node: Any, book: _Book) -> None:
    lines = [_words(paragraph) for paragraph in node.iter(f"{W}p")]
    lines = [line for line in lines if line]
    book.repairs["contents-list"] += 1
    book.removed.append("\n".join(lines))


def _paragraph(node: Any, book: _Book) -> None:
    properties = node.find(f"{W}pPr")
    named = properties.find(f"{W}pStyle") if properties is not None else None
    style = book.styles.get(named.get(f"{W}val", ""), Style("")) if named is not None else Style("")
    boxes = [box for box in node.iter(f"{W}txbxContent") if _is_own_box(box, node)]
    told, size = _runs(node)
    heading = style.outline is not None or TITLE_STYLE.match(style.name)
    told = [(_flat(told), _all_bold(told))] if heading else runs.paragraphs(told)
    for words, bold in told:
        if words:
            _written(words, bold, size, style, properties, book)
    for box in boxes:  # text boxes stand beside the paragraph they are anchored in
        _walk(box, book)


def _written(
    words: str, bold: bool, size: float | None, style: Style, properties: Any, book: _Book
) -> None:
    if CONTENTS_STYLE.match(style.name) or CONTENTS_HEADING.match(style.name):
        book.repairs["contents-list"] += 1
        book.removed.append(words)
        return
    outline = _outline(properties)
    outline = style.outline if outline is None else outline
    if TITLE_STYLE.match(style.name):
        book.blocks.append(
            Block("heading", words, level=0, size=size or style.size, marker="title")
        )
        return
    numbering = _list_of(properties) or style.numbering
    if numbering and not numbering[0]:
        numbering = style.numbering and (style.numbering[0], numbering[1])
    label = _label(numbering, book) if numbering and numbering[0] != "0" else None
    if outline is not None:
        number = label[1] if label and label[0] != "bullet" else ""
        text = f"{number} {words}" if number and not re.match(r"[\dIVX]+[.)]?\s", words) else words
        book.blocks.append(
            Block("heading", text, level=outline + 1, size=size or style.size, bold=True)
        )
        return
    if CAPTION_STYLE.match(style.name):
        book.blocks.append(Block("caption", words))
        return
    found = runs.BULLET.match(words)
    bold = bold or (style.bold and not found)
    if label is not None and numbering:
        big = bold and label[0] != "bullet" and numbering[1] == 0 and len(words) < 120
        if big:  # a bold numbered line is a heading that nobody gave a style
            book.blocks.append(Block("paragraph", f"{label[1]} {words}", size=size, bold=True))
            return
        listed = LIST_STYLE.match(style.name)
        depth = max(numbering[1] + 1, int((listed and listed[1]) or 1))
        book.blocks.append(
            Block(
                "item",
                words,
                level=depth,
                marker="•" if label[0] == "bullet" else label[1],
            )
        )
    elif found:
        book.blocks.append(Block("item", words[found.end() :], level=1, marker=found[1]))
    elif listed := LIST_STYLE.match(style.name):
        book.blocks.append(Block("item", words, level=int(listed[1] or 1), marker="•"))
    else:
        size = size or style.size or book.normal_size
        kind = "subtitle" if SUBTITLE_STYLE.match(style.name) else ""
        book.blocks.append(Block("paragraph", words, size=size, bold=bold or None, marker=kind))


def _label(numbering: tuple[str, int], book: _Book) -> tuple[str, str] | None:
    """The format and the number of this paragraph in its list, counted on; None where there is no such list."""
    levels = book.numbering.get(numbering[0])
    if levels is None or numbering[1] not in levels or numbering[1] > 8:
        return None
    form, pattern, _ = levels[numbering[1]]
    counters = book.counters.setdefault(
        numbering[0], [levels.get(at, ("", "", 1))[2] - 1 for at in range(9)]
    )
    counters[numbering[1]] += 1
    for deeper in range(numbering[1] + 1, 9):
        counters[deeper] = levels.get(deeper, ("", "", 1))[2] - 1
    if form in ("bullet", "none"):
        return form, ""

    def counted(found: re.Match[str]) -> str:
        at = int(found[1]) - 1
        return _numeral(max(counters[at], 1), levels.get(at, ("decimal", "", 1))[0])

    return form, re.sub(r"%([1-9])", counted, pattern)


def _numeral(number: int, form: str) -> str:
    if form in ("upperLetter", "lowerLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("upperRoman", "lowerRoman") and number < 4000:
        roman = ""
        for value, sign in ROMAN:
            while number >= value:
                roman, number = roman + sign, number - value
        return roman.upper() if form == "upperRoman" else roman
    return str(number)


def _is_own_box(box: Any, paragraph: Any) -> bool:
    """Not the copy that is kept for old programs, and no box inside a box."""
    for parent in box.iterancestors():
        if parent is paragraph:
            return True
        if parent.tag in (f"{MC}Fallback", f"{W}txbxContent"):
            return False
    return True


def _words(paragraph: Any) -> str:
    """The text of a paragraph on one line."""
    return _flat(_runs(paragraph)[0])


def _flat(told: list[runs.Run]) -> str:
    return SPACE.sub(" ", "".join(words for words, _ in told)).strip()


def _all_bold(told: list[runs.Run]) -> bool:
    return all(bold for words, bold in told if words.strip())


def _runs(paragraph: Any) -> tuple[list[runs.Run], float | None]:
    """The runs of a paragraph with its line breaks, and the size most of it has."""
    found: list[runs.Run] = []
    sizes: Counter[float] = Counter()
    skip: Any = None
    for event, node in etree.iterwalk(paragraph, events=("start", "end")):
        if skip is not None:
            skip = None if event == "end" and node is skip else skip
            continue
        if event == "end":
            continue
        tag = node.tag
        if tag in SILENT:
            skip = node
        elif tag == f"{W}t" and node.text:
            marks = node.getparent().find(f"{W}rPr")
            if marks is not None and _hidden(marks):
                continue
            found.append((node.text, marks is not None and _on(marks.find(f"{W}b"))))
            if size := _size(marks):
                sizes[size] += len(node.text)
        elif tag in (f"{W}tab", f"{W}ptab"):
            found.append((" ", False))
        elif tag in (f"{W}br", f"{W}cr"):
            found.append(runs.BREAK if node.get(f"{W}type") is None else (" ", False))
        elif tag == f"{W}noBreakHyphen":
            found.append(("-", False))
        elif tag == f"{W}softHyphen":
            found.append(("\u00ad", False))
    return found, sizes.most_common(1)[0][0] if sizes else None


def _hidden(marks: Any) -> bool:
    return _on(marks.find(f"{W}vanish")) if marks.find(f"{W}vanish") is not None else False


def _table(node: Any, book: _Book) -> list[Any] | None:
    """A table of data becomes a block; of one that only lays out the page, the paragraphs to go on with."""
    rows = [list(nearest(row, f"{W}tc")) for row in nearest(node, f"{W}tr")]
    texts: list[list[str]] = []
    if node.find(f".//{W}tbl") is None:
        texts = [
            [" ".join(_words(p) for p in cell.iter(f"{W}p")).strip() for cell in row]
            for row in rows
        ]
    filled = [row for row in texts if sum(bool(cell) for cell in row) >= 2]
    if not filled or tables.is_layout(texts) or _has_headings(node, book):
        return [child for row in rows for cell in row for child in cell]
    found, _ = tables.blocks_of(texts)
    book.blocks += found
    return None


def _has_headings(node: Any, book: _Book) -> bool:
    for named in node.iter(f"{W}pStyle"):
        style = book.styles.get(named.get(f"{W}val", ""))
        if style and style.outline is not None:
            return True
    return False


def _running(root: Any, book: _Book) -> None:
    """Heads and feet: not text, but they may say whose it is."""
    if root is None:
        return
    for paragraph in root.iter(f"{W}p"):
        words = _words(paragraph)
        if words and not PAGE_FIELD.match(words) and words not in book.removed:
            book.repairs["running-head"] += 1
            book.removed.append(words)


def _notes(root: Any, book: _Book) -> None:
    """Footnotes stand at the end, so that nothing is lost."""
    if root is None:
        return
    for note in root.iter(f"{W}footnote"):
        if note.get(f"{W}type"):
            continue
        words = " ".join(_words(paragraph) for paragraph in note.iter(f"{W}p")).strip()
        if words:
            book.repairs["footnote"] += 1
            book.blocks.append(Block("paragraph", words, marker="footnote"))
