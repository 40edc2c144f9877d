"""E-books (EPUB): the chapters of the spine in order, each a web page."""

from __future__ import annotations

import posixpath
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from programmes.ingest.pieces import Block, Refused, Text
from programmes.ingest.readers import web
from programmes.ingest.readers.containers import DAMAGED, ENCRYPTED, Container

CONTAINER = "{urn:oasis:names:tc:opendocument:xmlns:container}"
OPF = "{http://www.idpf.org/2007/opf}"
DC = "{http://purl.org/dc/elements/1.1/}"


def read(container: Container) -> Text:
    """The blocks of an EPUB file; `Refused` if its chapters are encrypted or hold no text."""
    if b"EncryptedData" in container.read("META-INF/encryption.xml") and not any(
        name.endswith((".xhtml", ".html", ".htm")) for name in container.names
    ):
        raise Refused(ENCRYPTED)
    package_name, package = package_of(container)
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    blocks: list[Block] = []
    for item, name in spine(package_name, package):
        if "nav" in (item.get("properties") or "").split():
            repairs["contents-list"] += 1
            continue
        page = container.read(name)
        if not page.strip():
            continue
        try:
            chapter = web.read(page)
        except Refused:
            continue  # a cover that is a picture
        blocks += chapter.blocks
        repairs.update(chapter.repairs)
        removed += chapter.removed
    if not blocks:
        raise Refused("Das E-Book enthält keinen lesbaren Text.")
    properties = {}
    for tag, name in ((f"{DC}title", "title"), (f"{DC}creator", "author"), (f"{DC}date", "date")):
        node = package.find(f".//{tag}")
        if node is not None and (node.text or "").strip():
            properties[name] = node.text.strip()[:300]
    if properties.get("title"):
        blocks.insert(0, Block("heading", properties["title"], level=0, marker="title"))
    return Text(
        blocks=tuple(blocks),
        reader="epub",
        media_type="application/epub+zip",
        properties=properties,
        repairs=dict(repairs),
        removed=tuple(removed),
    )


def package_of(container: Container) -> tuple[str, Any]:
    """The name and the tree of the file that describes the book; `Refused` if there is none."""
    root = container.xml("META-INF/container.xml")
    found = root.find(f".//{CONTAINER}rootfile") if root is not None else None
    if found is None:
        raise Refused(DAMAGED)
    name = found.get("full-path") or ""
    package = container.xml(name)
    if package is None:
        raise Refused(DAMAGED)
    return name, package


def spine(package_name: str, package: Any) -> Iterator[tuple[Any, str]]:
    """The parts of the book in reading order: each item of the manifest and the name of its file."""
    manifest = {item.get("id"): item for item in package.iter(f"{OPF}item")}
    folder = posixpath.dirname(package_name)
    for reference in package.iter(f"{OPF}itemref"):
        item = manifest.get(reference.get("idref"))
        if item is not None:
            href = unquote(item.get("href") or "")
            yield item, posixpath.normpath(posixpath.join(folder, href))
