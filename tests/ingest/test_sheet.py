"""The sheet beside what was read shows a file as its author laid it out, and breaks alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from programmes.ingest.pieces import Refused
from programmes.ingest.readers import sheet

EXAMPLES = Path(__file__).parent / "examples"


@pytest.mark.parametrize(
    ("name", "paragraph"),
    [
        ("numbered.docx", ("heading 1", "Energie")),
        ("numbered.docx", ("List Number", "Wärmenetz planen")),
        ("styled.docx", ("Tabelle", "120")),
        ("text_document.odt", ("Ebene 1", "Tourismus")),
        ("text_document.odt", ("", "Die Kurtaxe steigt nicht.\nDas Geld fließt in den Park.")),
        ("book.epub", ("h2", "Bäche")),
        ("book.epub", ("p", "Die Bäche kommen ans Licht.")),
    ],
)
def test_a_paragraph_stands_with_the_style_its_file_gives_it(name, paragraph):
    assert paragraph in sheet.paragraphs((EXAMPLES / name).read_bytes())


def test_the_order_is_that_of_the_file():
    words = [text for _, text in sheet.paragraphs((EXAMPLES / "book.epub").read_bytes())]
    assert words.index("Wärme") < words.index("Wasser") < words.index("Bäche")


def test_a_damaged_file_is_refused():
    with pytest.raises(Refused):
        sheet.paragraphs(b"PK\x03\x04 und nichts weiter")


def test_as_a_program_it_ends_with_a_sentence_and_no_traceback():
    told = subprocess.run(
        [sys.executable, "-m", "programmes.ingest.readers.sheet"],
        input=b"PK\x03\x04 und nichts weiter",
        capture_output=True,
    )
    assert (told.returncode, told.stdout) == (1, b"")
    assert b"Traceback" not in told.stderr and b"besch" in told.stderr
