"""Inputs that a search for crashes came upon, as small as they can be made."""

from __future__ import annotations

from pathlib import Path

import pytest

from programmes.ingest import readers
from programmes.ingest.about import mentions, places
from programmes.ingest.pieces import Refused, Source
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


@pytest.mark.parametrize("at", range(0, 900, 60))
def test_a_container_that_is_cut_off_or_moved_is_refused_in_words(at):
    whole = docx(WORD_PARAGRAPH)
    for data in (whole[:at], whole[:at] + whole[at + 30 :], b"PK\x03\x04" + whole[at:]):
        try:
            assert "Wir bauen." in words(data)
        except Refused as refusal:
            assert str(refusal).endswith(".")


EXAMPLES = Path(__file__).parent / "examples"


@pytest.mark.parametrize(
    "name", ["numbered.docx", "book.epub", "news_page.html", "antragsgruen.json"]
)
def test_a_file_that_is_cut_off_anywhere_is_read_or_refused_in_words(name):
    whole = (EXAMPLES / name).read_bytes()
    for tenth in range(1, 10):
        try:
            words(whole[: len(whole) * tenth // 10])
        except Refused as refusal:
            assert str(refusal).endswith(".")


@pytest.mark.parametrize("number", ["0w:val=", "²", "-1", "9" * 5000, ""])
def test_a_level_that_is_no_number_is_the_first(number):
    style = f'<w:pPr><w:numPr><w:ilvl w:val="{number}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    levels = f'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{number}"><w:start w:val="{number}"/></w:lvl></w:abstractNum>'
    parts = {
        "[Content_Types].xml": hostile.TYPES.encode(),
        "word/document.xml": f"<w:document {hostile.WORD}><w:body><w:p>{style}<w:r><w:rPr><w:sz w:val='{number}'/></w:rPr>"
        "<w:t>Wir bauen.</w:t></w:r></w:p></w:body></w:document>".encode(),
        "word/numbering.xml": f'<w:numbering {hostile.WORD}>{levels}<w:num w:numId="1"><w:abstractNumId w:val="0"/>'
        "</w:num></w:numbering>".encode(),
    }
    assert words(hostile.zipped(parts)) == ["Wir bauen."]
    assert words(odt(f'<text:h text:outline-level="{number}">Ziele</text:h>')) == ["Ziele"]


@pytest.mark.parametrize(
    ("level", "start", "shown"), [(0, 4, "IV."), (12, 1, ""), (0, 999_999_999, "999999999.")]
)
def test_a_list_counts_as_far_as_a_list_can(level, start, shown):
    form = f'<w:start w:val="{start}"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/>'
    numbering = (
        f'<w:numbering {hostile.WORD}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="{level}">{form}</w:lvl>'
        '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )
    style = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    document = f"<w:document {hostile.WORD}><w:body><w:p>{style}<w:r><w:t>Wir bauen.</w:t></w:r></w:p></w:body></w:document>"
    data = hostile.zipped(
        {"word/document.xml": document.encode(), "word/numbering.xml": numbering.encode()}
    )
    assert [block.marker for block in readers.read(Source(data, "a")).blocks] == [shown]


@pytest.mark.parametrize("space", [" ", "\n"])
def test_no_spaces_after_a_name_hold_up_who_the_text_is_by(space):
    gaps = space * 3000
    assert not mentions.VOTE.match(f"{gaps}x")
    assert not places.DATE_AFTER.match(f"{gaps}x")
