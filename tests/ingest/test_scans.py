"""A scan is read page by page; a page that was not read is named, and so is one whose letters mean nothing."""

from __future__ import annotations

import io
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from programmes.ingest import workers
from programmes.ingest.pieces import Known, Refused, Source
from programmes.ingest.readers import pdf
from programmes.ingest.readers.pdf import scan
from tests.ingest.drawing import FONTS

PAGES = (
    ("Wohnen in Talhausen", "Wir bauen dreihundert neue Wohnungen am Bahnhof."),
    ("Schule und Kita", "Jede Grundschule bekommt eine Mensa und genug Personal."),
    ("Verkehr für alle", "Der Bus fährt abends in jedem Ortsteil bis Mitternacht."),
)
GARBLED = "6WDGW 3URJUDPP I\u00fcU %DXHQ\u00a7 GLH =XNXQIW\u2021 .LQGHU7 "  # each letter moved by 29 places
MISSING = "tesseract with the language deu is not installed"


@pytest.fixture
def tesseract():
    if program := shutil.which("tesseract"):
        return program
    if os.environ.get("CI") == "true":
        pytest.fail(MISSING)
    pytest.skip(MISSING)


def scanned(*pages: tuple[str, ...], under: str = "") -> bytes:
    """A PDF of pictures of text; `under` lies invisibly beneath each, as a bad recognition leaves it."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1)
    for lines in pages:
        picture = Image.new("L", (1240, 1754), 255)
        for row, line in enumerate(lines):
            font = ImageFont.truetype(str(FONTS / "Vera.ttf"), 28 if row else 52)
            ImageDraw.Draw(picture).text((120, 150 + 110 * row), line, 0, font)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        words = canvas.beginText(60, 700)
        words.setTextRenderMode(3)
        for _ in range(12 if under else 0):
            words.textLine(under)
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def sentences(data: bytes) -> str:
    return "\n".join(block.text for block in pdf.read(data).blocks)


def warnings(data: bytes) -> dict[str, str]:
    return {warning.code: warning.message for warning in pdf.read(data).warnings}


def test_every_page_of_a_scan_is_read(tesseract):
    text = pdf.read(scanned(*PAGES))
    read = "\n".join(block.text for block in text.blocks)
    assert [sentence for _, sentence in PAGES if sentence not in read] == []
    assert {block.page for block in text.blocks} == {1, 2, 3}
    assert any("Seite 1–3" in warning.message for warning in text.warnings)


def test_letters_that_mean_nothing_are_read_from_the_picture(tesseract):
    read = sentences(scanned(PAGES[0], under=GARBLED))
    assert PAGES[0][1] in read and "6WDGW" not in read


def test_without_tesseract_letters_that_mean_nothing_are_named(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    message = warnings(scanned(PAGES[0], under=GARBLED))["scan-unread"]
    assert "Seite 1;" in message and "tesseract" in message


def test_german_with_figures_and_addresses_is_not_garbled(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    under = (
        "Wir bauen bis 2031 für 1.000.000 Euro die B44n und schreiben an info@talhausen.example."
    )
    assert warnings(scanned(PAGES[0], under=under)) == {}


def test_without_tesseract_a_scan_is_refused_with_what_to_do(monkeypatch):
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(Refused, match="installieren Sie ocrmypdf"):
        pdf.read(scanned(PAGES[0]))


@pytest.fixture
def slow_program(tmp_path, monkeypatch):
    """Stands in for Tesseract: sleeps, then answers with one word."""
    program = tmp_path / "tesseract"
    head = "level page_num block_num par_num line_num word_num left top width height conf text"
    row = "5 1 1 1 1 1 100 100 200 30 95 Wohnen"
    program.write_text(
        "#!/bin/sh\ncat >/dev/null\n"
        'case "$*" in *--list-langs*) echo deu; exit;; esac\n'
        f"sleep 0.7\nprintf '{head}\\n{row}\\n' | tr ' ' '\\t'\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))


def test_waiting_for_recognition_does_not_count_as_reading(slow_program):
    source = Source(scanned(*PAGES), "scan.pdf")
    start = time.monotonic()
    [result] = workers.parse_all([source], Known(), processes=1, seconds=1.5)
    assert not isinstance(result, Refused)
    assert time.monotonic() - start > 2


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{pid}/stat")
    return not state.exists() or state.read_text().rsplit(")", 1)[1].split()[0] != "Z"


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    until = time.monotonic() + seconds
    while not holds() and time.monotonic() < until:
        time.sleep(0.02)
    return holds()


def test_recognition_ends_with_the_reader_it_works_for(tmp_path, monkeypatch):
    program, note = tmp_path / "tesseract", tmp_path / "pid"
    program.write_text(
        '#!/bin/sh\ncase "$*" in *--list-langs*) echo deu; exit;; esac\n'
        f"echo $$ > {note}.new; mv {note}.new {note}; exec sleep 60\n"
    )
    program.chmod(0o755)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    reader = workers._Worker(Known(), 400)
    reader.give(0, Source(scanned(PAGES[0]), "scan.pdf"), time.monotonic() + 60)
    assert within(60, note.exists)
    pid = int(note.read_text())
    assert is_running(pid)
    reader.close()
    assert within(5, lambda: not is_running(pid))


def test_pages_for_which_there_was_no_time_are_named(slow_program, monkeypatch):
    monkeypatch.setattr(scan, "SECONDS", 1.5)
    assert "2 von 3" in warnings(scanned(*PAGES))["scan-unread"]
    assert "Seite 2–3" in warnings(scanned(*PAGES))["scan-unread"]
