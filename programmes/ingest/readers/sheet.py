"""What stands in a Word, ODT or EPUB file, paragraph by paragraph as it was laid out; nothing is interpreted.

For the review page, beside what was read: the file on standard input, a JSON list of (style, text) out.
"""

from __future__ import annotations

import json
import re
import resource
import sys
from collections.abc import Iterator
from typing import Any

from lxml import etree, html

from programmes.ingest.pieces import Refused
from programmes.ingest.readers import ebook
from programmes.ingest.readers.containers import Container

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
BLOCKS = (
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "p",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "pre",
    "figcaption",
)
MOST = 400_000  # characters
MEMORY = 1 << 30
Paragraph = tuple[str, str]


def paragraphs(data: bytes) -> list[Paragraph]:
    """(style as the file names it, text), in the order of the file, up to `MOST` characters; `Refused` as readers do."""
    found: list[Paragraph] = []
    size = 0
    for style, text in _all(Container(data)):
        if text.strip():
            found.append((style, text.strip()))
            size += len(text)
        if size > MOST:
            break
    return found


def _all(container: Container) -> Iterator[Paragraph]:
    names = set(container.names)
    if "word/document.xml" in names:
        yield from _word(container)
    elif container.read("mimetype").startswith(b"application/vnd.oasis.opendocument.text"):
        yield from _open_document(container)
    else:
        yield from _book(container, names)


def _word(container: Container) -> Iterator[Paragraph]:
    styles = {}
    described = container.xml("word/styles.xml")
    for style in described.iter(f"{W}style") if described is not None else ():
        name = style.find(f"{W}name")
        if name is not None:
            styles[style.get(f"{W}styleId")] = name.get(f"{W}val") or ""
    for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        root = container.xml(part)
        for paragraph in root.iter(f"{W}p") if root is not None else ():
            style = paragraph.find(f"{W}pPr/{W}pStyle")
            name = styles.get(style.get(f"{W}val"), "") if style is not None else ""
            if next(paragraph.iterancestors(f"{W}tc"), None) is not None:
                name = f"{name} · Tabelle".lstrip(" ·")
            if part != "word/document.xml":
                name = f"{name} · Fußnote".lstrip(" ·")
            yield name, "".join(_word_run(paragraph))


def _word_run(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter(f"{W}t", f"{W}tab", f"{W}br", f"{W}cr", f"{W}noBreakHyphen"):
        # A text box lies inside a paragraph and has paragraphs of its own.
        if next(node.iterancestors(f"{W}p"), None) is not paragraph:
            continue
        if node.tag == f"{W}t":
            yield node.text or ""
        elif node.tag == f"{W}noBreakHyphen":
            yield "\u2011"
        elif node.getparent().tag == f"{W}r":  # not the tab stops of the paragraph
            yield "\t" if node.tag == f"{W}tab" else "\n"


def _open_document(container: Container) -> Iterator[Paragraph]:
    root = container.xml("content.xml")
    body = root.find(f".//{OFFICE}text") if root is not None else None
    for node in body.iter(f"{TEXT}h", f"{TEXT}p") if body is not None else ():
        style = (node.get(f"{TEXT}style-name") or "").replace("_20_", " ")
        if node.tag == f"{TEXT}h":
            style = f"{style} · Ebene {node.get(f'{TEXT}outline-level', '1')}".lstrip(" ·")
        if next(node.iterancestors(f"{TABLE}table-cell"), None) is not None:
            style = f"{style} · Tabelle".lstrip(" ·")
        yield style, "".join(_open_run(node))


def _open_run(node: Any) -> Iterator[str]:
    yield node.text or ""
    for child in node:
        if child.tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            yield " " * min(int(count) if count.isdecimal() else 1, 100)
        elif child.tag == f"{TEXT}tab":
            yield "\t"
        elif child.tag == f"{TEXT}line-break":
            yield "\n"
        elif child.tag not in (f"{TEXT}p", f"{TEXT}h"):
            yield from _open_run(child)
        yield child.tail or ""


def _book(container: Container, names: set[str]) -> Iterator[Paragraph]:
    for name in _chapters(container) or sorted(n for n in names if n.endswith((".xhtml", ".html"))):
        page = container.read(name)
        if not page.strip():
            continue
        try:
            root = html.document_fromstring(page, parser=html.HTMLParser(encoding="utf-8"))
        except (etree.ParserError, ValueError):
            continue
        for node in root.iter(*BLOCKS):
            if node.find(".//p") is None and next(node.iterancestors("p", "li"), None) is None:
                yield node.tag, re.sub(r"\s+", " ", node.text_content())


def _chapters(container: Container) -> list[str]:
    """The parts in the order of the spine; empty where none is given."""
    try:
        name, package = ebook.package_of(container)
    except Refused:
        return []
    return [part for item, part in ebook.spine(name, package) if item.get("href")]


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
    try:
        json.dump(paragraphs(sys.stdin.buffer.read()), sys.stdout)
    except (Refused, MemoryError, RecursionError) as error:
        sys.exit(str(error))
