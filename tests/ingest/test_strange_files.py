"""Inputs that a search for crashes came upon, as small as they can be made."""

from __future__ import annotations

import pytest

from programmes.ingest import readers
from programmes.ingest.pieces import Source
from tests.ingest import hostile

DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
TABLE = 'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
WORD_PARAGRAPH = "<w:p><w:r><w:t>Wir bauen.</w:t></w:r></w:p>"
PARAGRAPH = "<text:p>Wir bauen.</text:p>"


def words(data: bytes) -> list[str]:
    return [block.text for block in readers.read(Source(data, "datei")).blocks if block.text]


def docx(body: str) -> bytes:
    return hostile.docx(f"<w:document {hostile.WORD}><w:body>{body}</w:body></w:document>".encode())


def odt(body: str) -> bytes:
    return hostile.odt(
        f"<office:document-content {hostile.ODT} {DRAW} {TABLE}><office:body><office:text>{body}"
        "</office:text></office:body></office:document-content>".encode()
    )


def nested(tags: str, inside: str, depth: int) -> str:
    """`inside` in these tags, one in the other, so many times."""
    names = tags.split()
    start = "".join(f"<{name}>" for name in names)
    return start * depth + inside + "".join(f"</{name}>" for name in reversed(names)) * depth


@pytest.mark.parametrize("depth", [3, 400])  # twice as many copies with each table made it endless
def test_a_paragraph_in_tables_in_each_other_is_read_once(depth):
    cell = "table:table table:table-row table:table-cell"
    assert words(docx(nested("w:tbl w:tr w:tc", WORD_PARAGRAPH, depth))) == ["Wir bauen."]
    assert words(odt(nested(cell, PARAGRAPH, depth))) == ["Wir bauen."]


def test_a_paragraph_in_boxes_in_each_other_is_read_once():
    assert words(odt(nested("text:p draw:frame draw:text-box", PARAGRAPH, 60))) == ["Wir bauen."]


@pytest.mark.parametrize("control", ["\f", "\x01", "\ufffe", "&#12;", "&#2;", "&#xd800;"])
def test_a_control_character_in_a_page_is_a_space(control):
    page = (
        f"<!doctype html><h1>Ziele</h1><main>Wir{control}bauen <b>die{control}Halle</b> neu.</main>"
    )
    text = " ".join(words(page.encode()))
    assert text.startswith("Ziele")
    assert text.replace(" ", "").endswith("neu.")
    assert not set(text) & set("\f\x01\x02\ufffe\ud800")


def test_what_no_database_can_hold_is_left_out():
    assert words("Wir bau\0en.\n\nMehr\x01 Busse.".encode("utf-16")) == [
        "Wir bauen.",
        "Mehr Busse.",
    ]


@pytest.mark.parametrize("filling", [".", ". ", " ", "\t", "…", "_", ". . .  "])
def test_a_line_of_thousands_of_dots_or_spaces_is_read_at_once(filling):
    line = f"Wohnen {filling * 6000}x"
    assert words(f"Inhalt\n{line}\n\nWir bauen.\n".encode())[-1] == "Wir bauen."
