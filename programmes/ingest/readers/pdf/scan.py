"""Pages that are pictures: read by Tesseract where it is installed, named where it is not.

Tesseract is asked page by page, as a subprocess without network, for words with their places, so that a scan
goes through the same layout analysis as any other page.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import time
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from programmes.ingest import orphans, patience
from programmes.ingest.pieces import Warning
from programmes.ingest.readers.pdf.furniture import Page
from programmes.ingest.readers.pdf.glyphs import Line

DPI = 200
PAGE_SECONDS = 10.0
SECONDS = 300.0
UNSURE = 60.0
GARBLED_WORDS = 40  # fewer prove nothing
COMMON = frozenset(
    "der die das den dem des ein eine einen einer und oder in im ist sind zu zum zur für mit von auf wir nicht "
    "auch an am als bei aus es sich werden wird dass nach vor um the of and to for is".split()
)
PLAIN_WORD = re.compile(r"[^\W\d_]+(?:[-–/*:_'’.&+][^\W\d_]*)*|[\d.,:%€/–-]+|\S*(?:@|www\.|://)\S*")
EDGES = "()[]{}„“”\"»«‚‘’'.,;:!?…•–—-"


def sentence(pages: int) -> str:
    """Why a file without any text is refused, and what to do."""
    if shutil.which("tesseract"):
        return "Die PDF-Datei enthält keinen Text, und auf den Bildern ihrer Seiten war keiner zu erkennen."
    return (
        "Die PDF-Datei ist ein Scan ohne Text, und das Programm tesseract ist nicht installiert; "
        "installieren Sie ocrmypdf mit tesseract-ocr-deu oder wandeln Sie die Datei vorher um."
    )


def with_scans(document: Any, pages: list[Page], warnings: list[Warning]) -> tuple[list[Page], int]:
    """The pages, those without (sensible) text read from their picture; and how many were."""
    garbled = {at for at, page in enumerate(pages) if _is_garbled(page)}
    empty = {at for at, page in enumerate(pages) if not page.lines}
    wanted = sorted({at for at in empty if _has_picture(document, pages[at])} | garbled)
    if not wanted:
        return pages, 0
    program = shutil.which("tesseract")
    if not program:
        _warn_without_program([pages[at] for at in wanted], garbled != set(), len(pages), warnings)
        return pages, 0
    out = list(pages)
    language = "deu" if _has_german(program) else "eng"
    until = time.monotonic() + SECONDS
    done: list[int] = []
    unread: list[int] = []
    unsure: list[int] = []
    for at in wanted:
        number = pages[at].number
        left = min(PAGE_SECONDS, until - time.monotonic())
        found = _recognised(program, language, document, pages[at], left) if left > 1 else None
        if found is None:
            unread.append(number)
            continue
        lines, confidence = found
        if lines:
            out[at] = replace(pages[at], lines=tuple(lines))
            done.append(number)
            if confidence < UNSURE + 20:
                unsure.append(number)
        elif at in garbled:
            unread.append(number)
    if unread:
        warnings.append(
            Warning(
                "scan-unread",
                f"Nicht gelesen wurden {len(unread)} von {len(wanted)} Seiten ohne brauchbaren Text: Seite "
                f"{_ranges(unread)}; wandeln Sie die Datei vorher mit ocrmypdf um.",
                unread[0],
            )
        )
    if done:
        warnings.append(
            Warning(
                "scanned",
                f"Mit Texterkennung gelesen (ohne brauchbaren Text in der Datei): Seite {_ranges(done)}; "
                "prüfen Sie den Text.",
                done[0],
            )
        )
    if unsure:
        warnings.append(
            Warning("scan-unsure", f"Unsicher erkannt: Seite {_ranges(unsure)}.", unsure[0])
        )
    return out, len(done)


def _warn_without_program(
    wanted: list[Page], garbled: bool, pages: int, warnings: list[Warning]
) -> None:
    if len(wanted) < pages or garbled:
        numbers = [page.number for page in wanted]
        warnings.append(
            Warning(
                "scan-unread",
                f"Ohne brauchbaren Text (Bild oder unlesbare Zeichen): Seite {_ranges(numbers)}; "
                "um sie zu lesen, muss tesseract installiert sein.",
                numbers[0],
            )
        )


def _ranges(numbers: list[int]) -> str:
    """Page numbers as a person writes them: "2–5, 8"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in runs)


def _is_garbled(page: Page) -> bool:
    """A text layer whose characters mean something else: hardly a common word, and many that are no words."""
    words = [word for line in page.lines for word in line.text.split()]
    if len(words) < GARBLED_WORDS:
        return False
    if COMMON.intersection(words[:GARBLED_WORDS]) and len(COMMON.intersection(words)) > 3:
        return False  # plainly a text; most pages are
    if sum(word.lower() in COMMON for word in words) > 0.03 * len(words):
        return False
    bare = [word.strip(EDGES) for word in words]
    odd = sum(len(word) > 1 and not PLAIN_WORD.fullmatch(word) for word in bare)
    return odd > 0.25 * len(words)


def _has_picture(document: Any, page: Page) -> bool:
    """A picture or drawing that covers much of the page; an empty page is no scan."""
    try:
        for number, item in enumerate(document[page.number - 1].get_objects(max_depth=3)):
            if number > 500:
                return True
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) > 0.25 * page.width * page.height:
                return True
    except pdfium.PdfiumError:
        return False
    return False


def _recognised(
    program: str, language: str, document: Any, page: Page, seconds: float
) -> tuple[list[Line], float] | None:
    """The lines on the picture of a page and how sure they are; None if that took too long."""
    started = time.monotonic()
    scale = min(DPI / 72, 3500 / max(page.width, page.height, 1))
    try:
        bitmap = document[page.number - 1].render(scale=scale, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        grey = bytes(bitmap.buffer)
    except (pdfium.PdfiumError, MemoryError, ValueError):
        return None
    rows = b"".join(grey[row * stride : row * stride + width] for row in range(height))
    image = b"P5 %d %d 255\n" % (width, height) + rows
    drawn = time.monotonic() - started
    try:
        with patience.waiting(seconds):
            answer = subprocess.run(  # noqa: S603 – a fixed program, the picture on its standard input
                [
                    program,
                    "stdin",
                    "stdout",
                    "-l",
                    language,
                    "--dpi",
                    str(round(72 * scale)),
                    "tsv",
                ],
                input=image,
                capture_output=True,
                timeout=seconds,
                check=False,
                env={**os.environ, "OMP_THREAD_LIMIT": "1"},
                preexec_fn=orphans.end_with_parent,
            )
    except (subprocess.TimeoutExpired, OSError):
        return None
    if answer.returncode:
        return None
    found = _lines(answer.stdout.decode("utf-8", errors="replace"), scale, page.number)
    if found[0]:  # it was a scan: drawing its picture too was time for recognition
        patience.grant(drawn)
    return found


def _has_german(program: str) -> bool:
    try:
        told = subprocess.run(  # noqa: S603
            [program, "--list-langs"], capture_output=True, timeout=5, check=False
        )
    except (subprocess.TimeoutExpired, OSError):
        return False
    return b"deu" in told.stdout + told.stderr


def _lines(answer: str, scale: float, page: int) -> tuple[list[Line], float]:
    """The lines of Tesseract's table; its line heights stand for font sizes."""
    words: dict[tuple[str, ...], list[dict[str, str]]] = {}
    for row in csv.DictReader(answer.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row.get("level") == "5" and (row.get("text") or "").strip() and float(row["conf"]) > 20:
            key = (row["block_num"], row["par_num"], row["line_num"])
            words.setdefault(key, []).append(row)
    lines: list[Line] = []
    sure: list[float] = []
    heights = sorted(max(int(word["height"]) for word in found) / scale for found in words.values())
    usual = heights[len(heights) // 2] if heights else 10.0
    for found in words.values():
        tall = max(int(word["height"]) for word in found) / scale
        sure += [float(word["conf"]) for word in found]
        # Heights wobble with the letters in a line; only a clear difference is another size.
        size = usual if 0.7 * usual < tall < 1.35 * usual else tall
        lines.append(
            Line(
                " ".join(word["text"] for word in found),
                min(int(word["left"]) for word in found) / scale,
                max(int(word["left"]) + int(word["width"]) for word in found) / scale,
                max(int(word["top"]) + int(word["height"]) for word in found) / scale,
                round(size * 2) / 2,
                False,
                False,
                0,
                page,
            )
        )
    return lines, sum(sure) / len(sure) if sure else 0.0
