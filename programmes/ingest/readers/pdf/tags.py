"""What the writing program says of its text: which pieces of a page does a tagged PDF mark as headings?

Word and LibreOffice mark what was set with their styles for headings (PDF 32000-1:2008, 14.8.4.3.2).
"""

from __future__ import annotations

import ctypes
import re
from typing import Any

import pypdfium2.raw as pdfium

HEADING = re.compile(r"H([1-6]?)$")
MAX_ELEMENTS = 5000  # of a page; a page of text has some hundred
MAX_DEPTH = 40
LEVELS = 10  # a tag is the number of its element times this, plus its level


def headings_of(page: Any) -> dict[int, int]:
    """The tags of a page's pieces of text (by their marked content) that are headings."""
    tree = pdfium.FPDF_StructTree_GetForPage(page)
    if not tree:
        return {}
    try:
        found: dict[int, int] = {}
        # element, its depth, and the tag of the heading it stands in
        waiting: list[tuple[Any, int, int]] = [
            (pdfium.FPDF_StructTree_GetChildAtIndex(tree, at), 0, 0)
            for at in range(min(pdfium.FPDF_StructTree_CountChildren(tree), MAX_ELEMENTS))
        ]
        seen = 0
        while waiting and seen < MAX_ELEMENTS:
            element, depth, tag = waiting.pop()
            seen += 1
            if not element or depth > MAX_DEPTH:
                continue
            own = HEADING.match(_type_of(element))
            if own and not tag:
                tag = seen * LEVELS + int(own[1] or 1)
            # Asked child by child: the list of an element's marks holds those of other pages, too.
            for at in range(min(pdfium.FPDF_StructElement_CountChildren(element), MAX_ELEMENTS)):
                child = pdfium.FPDF_StructElement_GetChildAtIndex(element, at)
                if child:
                    waiting.append((child, depth + 1, tag))
                elif tag:
                    found[pdfium.FPDF_StructElement_GetChildMarkedContentID(element, at)] = tag
        found.pop(-1, None)
        return found
    finally:
        pdfium.FPDF_StructTree_Close(tree)


def level_of(tag: int) -> int:
    """1 to 6, or 0 for what is not marked as a heading."""
    return tag % LEVELS


def _type_of(element: Any) -> str:
    buffer = (ctypes.c_ushort * 32)()
    length = pdfium.FPDF_StructElement_GetType(element, buffer, 64)
    return bytes(buffer)[: max(min(length, 64) - 2, 0)].decode("utf-16-le", errors="replace")
