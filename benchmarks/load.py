"""Does the site hold under many visitors? Two web workers, 64 connections, pages read and documents imported.

The same load on SQLite with Whoosh, PostgreSQL with Whoosh, and PostgreSQL with OpenSearch, one after the other,
each an archive of its own with the demonstration corpus; visitors and servers share this machine, so the figures
compare the three and tell little of what a machine of one's own does. `SIZE` is the seconds for each.
"""

from __future__ import annotations

import http.client
import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
import urllib.request
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.corpus import Corpus
from tests import cluster, postgres

ROOT = Path(__file__).resolve().parents[1]
SECONDS = 20
CONNECTIONS = 64
WORKERS = 2
PLEDGES_IN_A_FILE = 40
FILES = 30
# The limits for one visitor, who here stands for many.
UNLIMITED = {
    "SEARCH_RATE": "0",
    "SUGGEST_RATE": "0",
    "FEED_RATE": "0",
    "DOWNLOAD_RATE": "0",
    "API_RATE": "1000000/second",
}
WORDS = ("Wohnung", "Radweg", "Schule", "Kita", "Bäume pflanzen", "wohn*", "Bus OR Bahn", "Klima")


@dataclass
class Told:
    """What the visitors met."""

    times: list[float] = field(default_factory=list)
    states: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    seconds = size or SECONDS
    for name in ("sqlite_whoosh", "postgresql_whoosh", "postgresql_opensearch"):
        try:
            with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
                environment = _environment(name, Path(folder), stack)
                with _site(environment) as address:
                    told, imported = _visit(address, environment, Path(folder), seconds)
                checked = _manage(environment, "sync_index") + _manage(environment, "check_index")
        except (cluster.Missing, postgres.Missing) as missing:
            print(f"load on {name} left out: {missing}", file=sys.stderr)
            continue
        errors = len(told.failures) + sum(
            count for state, count in told.states.items() if state >= 400
        )
        yield {
            "bench": f"load_errors_{name}",
            "value": errors + (imported != 0) + ("stimmen überein" not in checked),
            "unit": "errors",
            "goal": 0,
            "better": "lower",
            "detail": {
                "seconds": seconds,
                "connections": CONNECTIONS,
                "web_workers": WORKERS,
                "answers": len(told.times),
                "answers_a_second": round(len(told.times) / seconds, 1),
                "median_ms": round(1000 * statistics.median(told.times)),
                "p95_ms": round(1000 * sorted(told.times)[int(len(told.times) * 0.95)]),
                "worst_ms": round(1000 * max(told.times)),
                "states": {str(state): count for state, count in sorted(told.states.items())},
                "failures": told.failures[:5],
                "imported_meanwhile": f"{FILES} documents" if imported == 0 else "failed",
                "index_afterwards": checked.strip().splitlines()[-1],
            },
        }


def _environment(name: str, folder: Path, stack: ExitStack) -> dict[str, str]:
    environment = {**os.environ, **UNLIMITED, "DATA_DIR": str(folder)}
    environment.pop("DATABASE_URL", None)
    environment.pop("SEARCH_URL", None)
    if name.startswith("postgresql"):
        environment["DATABASE_URL"] = stack.enter_context(postgres.server())
    if name.endswith("opensearch"):
        environment["SEARCH_URL"] = stack.enter_context(cluster.running(heap="1g")).url()
    return environment


@contextmanager
def _site(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    _manage(environment, "serve", "--prepare-only")
    process = subprocess.Popen(
        [
            *(sys.executable, "manage.py", "serve", "--port", str(port)),
            *("--workers", str(WORKERS), "--without-worker"),
        ],
        cwd=ROOT,
        env=environment,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        for _ in range(600):
            try:
                urllib.request.urlopen(f"{address}/health/ready", timeout=5).close()
                break
            except OSError:
                time.sleep(0.2)
        else:
            raise RuntimeError("the archive did not start")
        yield address
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _visit(
    address: str, environment: dict[str, str], folder: Path, seconds: int
) -> tuple[Told, int]:
    """All visitors for so long, while documents are imported; what they met, and how the import ended."""
    pages = _pages(address)
    told, lock, end = Told(), threading.Lock(), time.monotonic() + seconds
    visitors = [
        threading.Thread(target=_visitor, args=(address, pages, number, end, told, lock))
        for number in range(CONNECTIONS)
    ]
    for visitor in visitors:
        visitor.start()
    texts = folder / "offered"
    texts.mkdir()
    for name, text in _texts():
        (texts / name).write_text(text, encoding="utf-8")
    importing = subprocess.run(
        [sys.executable, "manage.py", "import_documents", str(texts), "--publish"],
        cwd=ROOT,
        env=environment,
        stdout=sys.stderr,
    )
    for visitor in visitors:
        visitor.join()
    return told, importing.returncode


def _visitor(
    address: str, pages: list[str], number: int, end: float, told: Told, lock: Any
) -> None:
    """One connection that is kept open and asks for one page after the other."""
    rng = random.Random(number)
    host = urllib.parse.urlsplit(address).netloc
    connection = http.client.HTTPConnection(host, timeout=60)
    while time.monotonic() < end:
        path = rng.choice(pages)
        if rng.random() < 0.4:
            path = f"/suche/?{urllib.parse.urlencode({'q': rng.choice(WORDS), 'seite': rng.choice((1, 1, 2))})}"
        start = time.monotonic()
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            with lock:
                told.failures.append(f"{path}: {error!r}")
            connection.close()
            continue
        with lock:
            told.times.append(time.monotonic() - start)
            told.states[answer.status] += 1
            if answer.status >= 400:
                told.failures.append(f"{path}: {answer.status}")
    connection.close()


def _pages(address: str) -> list[str]:
    """Pages of every kind, as a visitor comes to them."""
    found = ["/", "/orte/", "/parteien/", "/themen/", "/jahre/", "/dokumente/", "/api/pledges/"]
    for start in ("/orte/", "/parteien/", "/themen/", "/jahre/", "/dokumente/"):
        page = urllib.request.urlopen(f"{address}{start}", timeout=60).read().decode()
        found += sorted(set(re.findall(rf'href="({start}[\w-]+/)"', page)))[:8]
    page = urllib.request.urlopen(f"{address}/suche/?q=Wohnung", timeout=60).read().decode()
    return found + sorted(set(re.findall(r'href="(/versprechen/[\w-]+/)"', page)))[:8]


def _texts() -> Iterator[tuple[str, str]]:
    pledges = Corpus(seed=11).pledges(FILES * PLEDGES_IN_A_FILE)
    for number in range(FILES):
        lines = [f"# Programm {number + 1} zur Kommunalwahl 2026", ""]
        for at in range(PLEDGES_IN_A_FILE):
            if at % 10 == 0:
                lines += [f"## Kapitel {at // 10 + 1}", ""]
            lines += [next(pledges).text, ""]
        yield f"programm-{number + 1}.md", "\n".join(lines)


def _manage(environment: dict[str, str], *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
    )
    return done.stdout + done.stderr
