"""What a whole catalogue costs: as many texts as the German Local Manifesto Project has, with one command.

The texts, towns' parties and years are made up; the table has the project's columns and its quirks (years as
"1994.0", names without umlauts, one text with several uses). The peer is the same command over a quarter of the
texts: neither time for a text nor memory may grow with the number of those already there.
"""

from __future__ import annotations

import csv
import hashlib
import itertools
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.corpus import Corpus

ROOT = Path(__file__).resolve().parents[1]
TEXTS = 2320
COLUMNS = (
    "document_use_id document_id manifesto_id municipality state ags party party_abbreviation election_year "
    "document_type program_scope use_type source_filename source ags_source content_hash"
).split()
PARTIES = (
    ("SPD", "spd"), ("CDU", "cdu"), ("Bündnis 90/Die Grünen", "gru"), ("Die Linke", "lin"), ("FDP", "fdp"),
    ("AfD", "afd"), ("Freie Wähler", "fw"), ("FWG", "fwg"), ("Bürgerliste Lindental", ""),
)  # fmt: skip
YEARS = ("1994.0", "1999.0", "2004.0", "2009.0", "2014.0", "2019.0", "2020.0", "2024.0", "")
TYPES = ("Kommunalwahlprogramm Gemeinde", "Grundsatzprogramm", "anderes kommunales Wahlprogramm")


def run(size: int | None = None) -> Iterator[dict[str, object]]:
    texts = size or TEXTS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        some, some_memory = _import(folder / "some", max(texts // 4, 1))
        full, memory = _import(folder / "all", texts)
        again, _ = _manage(
            folder / "all", "import_documents", str(folder / "all" / "texts"),
            "--catalogue", str(folder / "all" / "catalogue.csv"), "--publish",
        )  # fmt: skip
    detail = {"texts": texts, "seconds": round(full, 1), "megabytes": round(memory)}
    yield {
        "bench": "catalogue_growth",
        "value": round((full / texts) / (some / max(texts // 4, 1)), 2),
        "unit": "× the time for a text among a quarter of them",
        "goal": 1.3,
        "better": "lower",
        "detail": detail,
    }
    yield {
        "bench": "catalogue_memory_growth",
        "value": round(memory / some_memory, 2),
        "unit": "× the memory for a quarter of the texts",
        "goal": 1.3,
        "better": "lower",
        "detail": detail,
    }
    yield {
        "bench": "catalogue_again",
        "value": round(again / full, 3),
        "unit": "× the time of the first import",
        "goal": 0.1,
        "better": "lower",
        "detail": {**detail, "seconds_again": round(again, 1)},
    }


def _import(folder: Path, texts: int) -> tuple[float, float]:
    write(folder, texts)
    _manage(folder, "migrate", "-v0")
    _manage(folder, "load_reference", "-v0")
    return _manage(
        folder, "import_documents", str(folder / "texts"),
        "--catalogue", str(folder / "catalogue.csv"), "--publish",
    )  # fmt: skip


def write(folder: Path, texts: int, *, longest: int = 60) -> None:
    """`texts` made-up programmes in `folder/texts` and their table; the same for the same number."""
    rng = random.Random(texts)
    (folder / "texts").mkdir(parents=True)
    with (ROOT / "fixtures" / "reference" / "municipalities.csv").open(encoding="utf-8") as file:
        towns = [row for row in csv.DictReader(file) if len(row["ags"]) == 8]
    made = iter(Corpus().pledges(texts * longest))
    with (folder / "catalogue.csv").open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, delimiter=";")
        table.writerow(COLUMNS)
        for number in range(texts):
            town, (party, short) = rng.choice(towns), rng.choice(PARTIES)
            year = rng.choice(YEARS)
            name = (
                f"{_letters(town['name'])[:2]}{year[2:4] or 'xx'}{short or 'bl'}{number}.txt"
                if number % 3
                else f"{town['name'].replace('/', '-')}_{short.upper() or 'BL'}_{year[:4]}_{number}.txt"
            )
            pledges = list(itertools.islice(made, rng.randint(5, longest)))
            lines = [f"{party} {town['name']}", f"Wahlprogramm {year[:4]}".strip(), ""]
            for at, pledge in enumerate(pledges):
                if at % 12 == 0:
                    lines += ["", f"{at // 12 + 1}. {pledge.heading}", ""]
                lines += [pledge.text, ""]
            data = "\n".join(lines).encode()
            (folder / "texts" / name).write_bytes(data)
            for use in range(2 if number % 10 == 0 else 1):
                at = town if use == 0 else rng.choice(towns)
                table.writerow(
                    [
                        f"u{number}-{use}", f"d{number}", f"m{number}", _bare(at["name"]), "", at["ags"], party, short,
                        year, rng.choice(TYPES), "Gemeinde" if use == 0 else "Landkreis und Gemeinden", "original",
                        name, "made up", "register", hashlib.sha256(data).hexdigest(),
                    ]
                )  # fmt: skip


def _letters(name: str) -> str:
    return re.sub(r"[^a-z]", "", _bare(name).lower())


def _bare(name: str) -> str:
    for umlaut, letters in (
        ("ä", "ae"),
        ("ö", "oe"),
        ("ü", "ue"),
        ("ß", "ss"),
        ("Ö", "Oe"),
        ("Ü", "Ue"),
    ):
        name = name.replace(umlaut, letters)
    return name


def _manage(folder: Path, *words: str) -> tuple[float, float]:
    """Seconds and megabytes of a command; what it says goes to standard error."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": str(folder / "data")},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed with {process.returncode}")
    return time.perf_counter() - started, _megabytes(used)


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
