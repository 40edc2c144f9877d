"""Taking the pledges away: the table of the archive against a bare dump of the same rows by SQLite itself."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.corpus import TOPICS, Corpus

SIZE = 300_000
DUMPED = (
    "programmes_pledge",
    "programmes_pledgetopic",
    "programmes_section",
    "programmes_document",
)
EXPORT = """
import json, re, sys, time
from pathlib import Path
import django
django.setup()
from django.db import connection
from programmes import exports

def peak():
    # Of this program alone: getrusage counts what it was forked from.
    return int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024

connection.ensure_connection()
table = exports.TABLES["pledges"]
lines = exports.csv_lines if sys.argv[1] == "csv" else exports.json_lines
before = peak()
begin = time.perf_counter()
with open(sys.argv[2], "w", encoding="utf-8", newline="") as out:
    for piece in lines(table, exports.everything()["pledges"]):
        out.write(piece)
seconds = time.perf_counter() - begin
print(json.dumps({"seconds": seconds, "peak": peak(), "before": before}))
"""


def run(size: int | None) -> Iterator[dict[str, Any]]:
    """Seconds of the CSV as a multiple of the dump's, and the memory of the process that writes it."""
    size = size or SIZE
    shell = shutil.which("sqlite3")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**os.environ, "DATA_DIR": name, "DJANGO_SETTINGS_MODULE": "archive.settings"}
        environment.pop("DATABASE_URL", None)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
        database = folder / "archive.sqlite3"
        fill(database, size)
        peaks = []
        for form in ("csv", "jsonl"):
            out = folder / f"pledges.{form}"
            ratios, exports, whole, dumps = [], [], [], []
            for _ in range(5):
                dumps.append(_timed(lambda: _dump(shell, database, folder / "dump.sql")))
                begin = time.perf_counter()
                told = subprocess.run(
                    [sys.executable, "-c", EXPORT, form, str(out)],
                    env=environment,
                    check=True,
                    stdout=subprocess.PIPE,
                )
                whole.append(time.perf_counter() - begin)
                measured = json.loads(told.stdout)
                exports.append(measured["seconds"])
                peaks.append(measured)
                ratios.append(exports[-1] / dumps[-1])
            yield {
                "bench": f"export-{form}-time",
                "value": round(median(ratios), 2),
                "unit": "× dump of the same rows",
                "goal": 3,
                "better": "lower",
                "detail": {
                    "pledges": size,
                    "export_s": round(median(exports), 2),
                    "with_start_of_python_s": round(median(whole), 2),
                    "dump_s": round(median(dumps), 2),
                    "ratios": [round(ratio, 2) for ratio in sorted(ratios)],
                    "peer": "sqlite3 .dump" if shell else "iterdump",
                    "bytes": out.stat().st_size,
                },
            }
        highest = max(peaks, key=lambda measured: measured["peak"])
        yield {
            "bench": "export-memory",
            "value": round(highest["peak"], 1),
            "unit": "MB",
            "goal": 150,
            "better": "lower",
            "detail": {"pledges": size, "before_the_export": round(highest["before"], 1)},
        }


def fill(database: Path, size: int) -> None:
    """Write generated documents, sections, pledges and their topics straight into a migrated SQLite file."""
    connection = sqlite3.connect(database)
    _insert(
        connection,
        "programmes_topic",
        ("id", "slug", "label_de", "label_en", "marpor", "position"),
        [(at, slug, slug, slug, '["504"]', at) for at, slug in enumerate(TOPICS, start=1)],
    )
    number = {slug: at for at, slug in enumerate(TOPICS, start=1)}
    documents: dict[int, tuple[Any, ...]] = {}
    sections: dict[tuple[int, str], int] = {}
    pledges, topics, section_rows = [], [], []
    for made in Corpus().pledges(size):
        documents.setdefault(made.document, (made.document, made.title, made.year))
        key = (made.document, made.heading)
        if key not in sections:
            sections[key] = len(sections) + 1
            section_rows.append((sections[key], made.document, len(sections), made.heading))
        pledges.append(
            (
                *(made.id, f"k{made.id:09x}", made.document, sections[key], made.id, made.text),
                *(0, len(made.text), made.specificity, "[2030]" if made.id % 7 == 0 else "[]"),
            )
        )
        topics += [(made.id, number[slug], rank) for rank, slug in enumerate(made.topics)]
    with connection:
        _insert(
            connection,
            "programmes_document",
            ("id", "title", "year", "slug", "kind", "status", "language", "pledge_count"),
            [(*row, "programm", "programme", "published", "de", 150) for row in documents.values()],
        )
        _insert(
            connection,
            "programmes_section",
            ("id", "document_id", "position", "title", "level", "anchor"),
            [(*row, 1, f"a{row[0]}") for row in section_rows],
        )
        _insert(
            connection,
            "programmes_pledge",
            (
                *("id", "key", "document_id", "section_id", "position", "text", "start", "end"),
                *("specificity", "years", "quantities", "cue", "decision"),
            ),
            [(*row, "[]", "we-will", "machine") for row in pledges],
        )
        _insert(connection, "programmes_pledgetopic", ("pledge_id", "topic_id", "rank"), topics)
    connection.close()


def _insert(
    connection: sqlite3.Connection, table: str, names: tuple[str, ...], rows: list[tuple[Any, ...]]
) -> None:
    """The rows with `names`; columns that may not be empty and are not named get a plain value of their type."""
    plain = {"varchar": "''", "text": "'{}'", "datetime": "'2026-01-01'", "blob": "x''"}
    others = {
        name: plain.get(kind.split("(")[0].lower(), "0")
        for _, name, kind, needed, default, key in connection.execute(f"PRAGMA table_info({table})")
        if needed and default is None and not key and name not in names
    }
    columns = ", ".join(f'"{name}"' for name in (*names, *others))
    values = ", ".join([*("?" * len(names)), *others.values()])
    connection.executemany(f"INSERT INTO {table} ({columns}) VALUES ({values})", rows)


def _dump(shell: str | None, database: Path, out: Path) -> None:
    if shell:
        with out.open("wb") as file:
            subprocess.run(
                [shell, str(database), f".dump {' '.join(DUMPED)}"], stdout=file, check=True
            )
        return
    connection = sqlite3.connect(database)
    with out.open("w", encoding="utf-8") as lines:
        for line in connection.iterdump():
            lines.write(line + "\n")
    connection.close()


def _timed(action: Any) -> float:
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin
