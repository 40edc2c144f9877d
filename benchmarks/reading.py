"""What reading PDF files costs: beside the plain text of the same pages by the same library, and in memory.

Time is that of the processor, the best of a few runs in turn: the reader (pages to blocks) against pypdfium2's
own text. Memory is the largest process of a pool that reads 10 files, against one that reads them ten times over.
A folder of 200 files is read by one process and by as many as the machine has cores, by the clock.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdfium2 as pdfium

from programmes.ingest.pieces import Known, Parsed, Source
from programmes.ingest.readers import pdf
from programmes.ingest.workers import parse_all
from tests.ingest import layouts
from tests.ingest.drawing import H1, Sheet

ROOT = Path(__file__).resolve().parents[1]
RUNS = 7
PAGES = 30
FILES = 10
FOLDER = 200
POOL = """
import resource, sys
from benchmarks.reading import programme
from programmes.ingest.pieces import Known, Parsed, Source
from programmes.ingest.workers import parse_all
from tests.ingest import layouts
files = [layouts.ALL[name]() for name in sorted(layouts.ALL)][:9] + [programme()]
sources = (Source(files[number % len(files)], f"{number}.pdf") for number in range(int(sys.argv[1])))
read = sum(isinstance(result, Parsed) for result in parse_all(sources, Known(), processes=2))
peaks = [resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(read, *peaks)
"""


def run(size: int | None = None) -> Iterator[dict[str, object]]:
    long = programme(size or PAGES)
    drawn = [make() for _, make in sorted(layouts.ALL.items())]
    yield _cost("reading_pdf_cost", [long], {"pages": size or PAGES})
    yield _cost("reading_pdf_cost_layouts", drawn, {"files": len(drawn)})
    yield _folder(drawn)
    few, many = _peaks(FILES), _peaks(10 * FILES)
    yield {
        "bench": "reading_memory_growth",
        "value": round(max(now / before for now, before in zip(many, few, strict=True)), 3),
        "unit": "times",
        "goal": 1.1,
        "better": "lower",
        "detail": {
            "files": [FILES, 10 * FILES],
            "parent_megabytes": [round(few[0]), round(many[0])],
            "largest_child_megabytes": [round(few[1]), round(many[1])],
        },
    }


def _folder(files: list[bytes]) -> dict[str, object]:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    seconds: dict[int, float] = {}
    for _ in range(2):
        for processes in (1, cores or 1):
            started = time.perf_counter()
            sources = (Source(files[n % len(files)], f"{n}.pdf") for n in range(FOLDER))
            read = sum(
                isinstance(result, Parsed)
                for result in parse_all(sources, Known(), processes=processes)
            )
            if read != FOLDER:
                raise RuntimeError(f"only {read} of {FOLDER} files were read")
            took = time.perf_counter() - started
            seconds[processes] = min(seconds.get(processes, took), took)
    return {
        "bench": "reading_folder_cores_used",
        "value": round(seconds[1] / seconds[cores or 1], 2),
        "unit": "times as fast as one process",
        "goal": round(0.75 * (cores or 1), 2),
        "better": "higher",
        "detail": {
            "files": FOLDER,
            "cores": cores,
            "one_process_s": round(seconds[1], 2),
            "all_processes_s": round(seconds[cores or 1], 2),
        },
    }


def programme(pages: int = PAGES) -> bytes:
    """A long programme in two columns with a running foot, about as full as a printed one."""
    sheet = Sheet(each_page=lambda s, n: s.write(60, 810, f"{n}   Bürgerforum Talhausen"))
    frames = [layouts.LEFT, layouts.RIGHT]
    chapter = 0
    while sheet.page < pages:
        texts = (
            layouts.WOHNEN,
            layouts.MIETE,
            layouts.SCHULE,
            layouts.KITA,
            layouts.VERKEHR,
            layouts.RAD,
            layouts.KLIMA,
        )
        blocks = [(H1, f"{chapter + 1}. Kapitel vom Wohnen und Fahren")]
        blocks += [
            (layouts.P, texts[(chapter + number) % len(texts)]) for number in range(3 * len(texts))
        ]
        blocks += [(layouts.ITEM, words) for words in layouts.ITEMS]
        sheet.flow(frames, blocks)
        chapter += 1
        if sheet.page < pages:
            sheet.next_page()
    return sheet.bytes()


def _cost(name: str, files: list[bytes], detail: dict[str, object]) -> dict[str, object]:
    plain, ours = [], []
    for _ in range(RUNS):
        plain.append(_seconds(_plain_text, files))
        ours.append(_seconds(pdf.read, files))
    return {
        "bench": name,
        "value": round(min(ours) / min(plain), 2),
        "unit": "times",
        "goal": 6,
        "better": "lower",
        "detail": {
            **detail,
            "kilobytes": sum(map(len, files)) // 1024,
            "plain_text_ms": round(1000 * min(plain), 1),
            "reading_ms": round(1000 * min(ours), 1),
        },
    }


def _seconds(work: Callable[[bytes], object], files: list[bytes]) -> float:
    started = time.process_time()
    for data in files:
        work(data)
    return time.process_time() - started


def _plain_text(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def _peaks(files: int) -> tuple[float, float]:
    """Megabytes of the process that hands out files and of its largest reader."""
    done = subprocess.run(
        [sys.executable, "-c", POOL, str(files)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    read, *peaks = done.stdout.split()
    if int(read) != files:
        raise RuntimeError(f"only {read} of {files} files were read")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    parent, child = (int(peak) / unit for peak in peaks)
    return parent, child
