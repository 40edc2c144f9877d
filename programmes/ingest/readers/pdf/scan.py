"""Pages that are pictures: read by Tesseract where it is installed, named where it is not.

Tesseract is asked page by page, as a subprocess without network, for words with their places, so that a scan
goes through the same layout analysis as any other page.
"""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import time
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from programmes.ingest.pieces import Warning
from programmes.ingest.readers.pdf.furniture import Page
from programmes.ingest.readers.pdf.glyphs import Line

DPI = 200
SECONDS = 13.0
UNSURE = 60.0


def sentence(pages: int) -> str:
    """Why a file without any text is refused, and what to do."""
    if shutil.which("tesseract"):
        return "Die PDF-Datei enthält keinen Text, und auf den Bildern ihrer Seiten war keiner zu erkennen."
    return (
        "Die PDF-Datei ist ein Scan ohne Text, und das Programm tesseract ist nicht installiert; "
        "installieren Sie ocrmypdf mit tesseract-ocr-deu oder wandeln Sie die Datei vorher um."
    )


def with_scans(document: Any, pages: list[Page], warnings: list[Warning]) -> tuple[list[Page], int]:
    """The pages, those without text read from their picture; and how many were."""
    empty = [at for at, page in enumerate(pages) if not page.lines]
    empty = [at for at in empty if _has_picture(document, pages[at])]
    if not empty:
        return pages, 0
    program = shutil.which("tesseract")
    if not program:
        if len(empty) < len(pages):
            warnings.append(
                Warning(
                    "scan-unread",
                    f"{len(empty)} Seiten sind Bilder ohne Text und wurden nicht gelesen; "
                    "dafür muss tesseract installiert sein.",
                    pages[empty[0]].number,
                )
            )
        return pages, 0
    out = list(pages)
    until = time.monotonic() + SECONDS
    done = 0
    unsure: list[int] = []
    for count, at in enumerate(empty):
        left = until - time.monotonic()
        if left < 1:
            warnings.append(
                Warning(
                    "scan-unread",
                    f"Nur {count} von {len(empty)} gescannten Seiten wurden in der erlaubten Zeit gelesen; "
                    "wandeln Sie die Datei vorher mit ocrmypdf um.",
                    pages[at].number,
                )
            )
            break
        lines, confidence = _recognised(program, document, pages[at], left)
        if lines:
            out[at] = replace(pages[at], lines=tuple(lines))
            done += 1
            if confidence < UNSURE + 20:
                unsure.append(pages[at].number)
    if done:
        warnings.append(
            Warning(
                "scanned",
                f"{done} Seiten sind gescannt und wurden mit Texterkennung gelesen; prüfen Sie den Text.",
                out[empty[0]].number,
            )
        )
    if unsure:
        warnings.append(
            Warning(
                "scan-unsure",
                "Unsicher erkannt: Seite " + ", ".join(map(str, unsure[:20])) + ".",
                unsure[0],
            )
        )
    return out, done


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
    program: str, document: Any, page: Page, seconds: float
) -> tuple[list[Line], float]:
    scale = min(DPI / 72, 3500 / max(page.width, page.height, 1))
    try:
        bitmap = document[page.number - 1].render(scale=scale, grayscale=True)
        width, height, stride = bitmap.width, bitmap.height, bitmap.stride
        grey = bytes(bitmap.buffer)
    except (pdfium.PdfiumError, MemoryError, ValueError):
        return [], 0.0
    rows = b"".join(grey[row * stride : row * stride + width] for row in range(height))
    image = b"P5 %d %d 255\n" % (width, height) + rows
    language = "deu" if _has_german(program) else "eng"
    try:
        answer = subprocess.run(  # noqa: S603 – a fixed program, the picture on its standard input
            [program, "stdin", "stdout", "-l", language, "--dpi", str(round(72 * scale)), "tsv"],
            input=image,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, OSError):
        return [], 0.0
    return _lines(answer.stdout.decode("utf-8", errors="replace"), scale, page.number)


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
