"""Every drawn layout reads as its golden page says; `RENEW_EXAMPLES=1` writes the pages anew.

Look at what a renewal changes before you commit it: the pages are what a careful reader would have typed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

import pikepdf
import pytest

from programmes.ingest import readers
from programmes.ingest.pieces import Block, Refused, Source
from tests.ingest import layouts

PAGES = Path(__file__).parent / "layouts"


def read(data: bytes) -> str:
    """The blocks that the reader finds, a line each, as a person can check them."""
    text = readers.read(Source(data, "Programm.pdf"))
    lines = [f"removed: {words}" for words in text.removed]
    lines += [f"warning: {warning.code}" for warning in text.warnings]
    page = 0
    for block in text.blocks:
        if block.page and block.page != page:
            page = block.page
            lines += ["", f"[page {page}]"]
        lines.append(f"{shown(block)}{block.text}")
    return "\n".join(lines).strip() + "\n"


def shown(block: Block) -> str:
    match block.kind:
        case "heading":
            return "title: " if block.level == 0 else "#" * (block.level or 1) + " "
        case "item":
            return "  " * (block.level or 1) + "- "
        case "table":
            return "table:\n"
        case "paragraph":
            return ""
    return f"{block.kind}: "


@pytest.mark.parametrize("name", layouts.ALL)
def test_a_layout_reads_as_its_golden_page_says(name):
    page = PAGES / f"{name}.golden"
    got = read(layouts.ALL[name]())
    if os.environ.get("RENEW_EXAMPLES"):
        page.parent.mkdir(exist_ok=True)
        page.write_text(got, encoding="utf-8")
    assert page.exists(), "no golden page yet: run once with RENEW_EXAMPLES=1 and look at it"
    assert got == page.read_text(encoding="utf-8")


def test_no_golden_page_has_lost_its_layout():
    assert {path.stem for path in PAGES.glob("*.golden")} <= set(layouts.ALL)


def test_a_file_with_a_password_is_refused_with_what_to_do():
    with pikepdf.open(io.BytesIO(layouts.ALL["one_column"]())) as file:
        out = io.BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="geheim", user="geheim"))
    with pytest.raises(Refused, match="Passwort geschützt; speichern Sie sie ohne Passwort"):
        readers.read(Source(out.getvalue(), "Programm.pdf"))
