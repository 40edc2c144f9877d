"""Files that are ZIP archives of XML (DOCX, ODT, EPUB): opened with limits, parsed without entities."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from lxml import etree

from programmes.ingest.pieces import Refused

MAX_PART = 40 * 2**20  # bytes of one unpacked part; the longest programmes have 2
MAX_MEMBERS = 20_000
# What `zipfile` raises for a damaged archive, whichever way its members are packed.
BROKEN = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, OSError, EOFError),
    *(ValueError, OverflowError, IndexError, NotImplementedError),
)
NUMBER = re.compile(r"[0-9]{1,9}")
DAMAGED = "Die Datei ist beschädigt und lässt sich nicht öffnen; speichern Sie sie neu."
TOO_BIG = (
    "Die Datei enthält entpackt mehr Text, als ein Programm haben kann, und wird nicht gelesen."
)
ENCRYPTED = "Die Datei ist mit einem Passwort geschützt; speichern Sie sie ohne Passwort."
UNKNOWN = "Das ist ein ZIP-Archiv; entpacken Sie es und nehmen Sie die Dateien darin einzeln auf."
OTHER_OFFICE = {
    "xl/workbook.xml": "Das ist eine Excel-Tabelle; speichern Sie den Text als .docx oder PDF.",
    "ppt/presentation.xml": "Das ist eine PowerPoint-Präsentation; speichern Sie sie als PDF.",
    "Index/Document.iwa": "Das ist eine Pages-Datei (Apple); exportieren Sie sie als PDF oder Word.",
}


class Container:
    """A ZIP archive of XML parts."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = self._zip.namelist()
        except BROKEN:
            raise Refused(DAMAGED) from None
        if len(self.names) > MAX_MEMBERS:
            raise Refused(TOO_BIG)

    def read(self, name: str) -> bytes:
        """The bytes of a part, empty if there is none; never more than `MAX_PART`, whatever its head says."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & 1:
            raise Refused(ENCRYPTED)
        if info.file_size > MAX_PART:
            raise Refused(TOO_BIG)
        try:
            with self._zip.open(info) as part:
                data = part.read(MAX_PART + 1)
        except (*BROKEN, RuntimeError):
            raise Refused(DAMAGED) from None
        if len(data) > MAX_PART:
            raise Refused(TOO_BIG)
        return data

    def xml(self, name: str) -> Any:
        """The root of an XML part, None if there is none."""
        data = self.read(name)
        return parsed(data) if data.strip() else None


def parsed(data: bytes) -> Any:
    """XML without entities, network or a document type that could hold them; deep trees are kept."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, recover=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    if b"<!ENTITY" in data[:20_000]:
        raise Refused(
            "Die Datei enthält unzulässige Definitionen (XML-Entitäten) und wird nicht gelesen."
        )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        raise Refused(DAMAGED) from None
    if root is None:
        raise Refused(DAMAGED)
    return root


def number(value: str | None, otherwise: int = 0) -> int:
    """The whole number an attribute holds; "²" and a number of a thousand digits are none."""
    return int(value) if value and NUMBER.fullmatch(value) else otherwise


def nearest(node: Any, tag: str) -> Iterator[Any]:
    """Those of a tag below a node that are in no other of it: the rows of a table, not of one inside it."""
    stack = [iter(node)]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif child.tag == tag:
            yield child
        else:
            stack.append(iter(child))
