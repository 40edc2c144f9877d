"""How long does the search page take over HTTP, and does a rare word cost more in a larger archive?

Two archives, one ten times the other, are each served by gunicorn with two workers of four threads, as `manage.py
serve` does. Over one connection every query is asked for three times in a row: an empty Django view behind the same
middleware, the page as it is made for the first who asks, and the page as all others get it until the archive
changes.
"""

from __future__ import annotations

import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from benchmarks.corpus import Corpus
from benchmarks.large.serving import EMPTY
from benchmarks.pages import FILL, ROOT, SETUP, _python

SIZES = (10_000, 100_000)
QUERIES, RARE = 100, 60
GOAL, GROWTH = 4, 1.3
HEADERS = {"Accept-Encoding": "gzip", "Accept-Language": "de"}


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    corpus = Corpus()
    queries = corpus.queries(QUERIES)
    rare_words = [corpus.compounds[at] for at in range(30_000, 60_000, 30_000 // RARE)]
    rare: dict[int, float] = {}
    for count in (size,) if size else SIZES:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            for words in (("migrate", "-v0"), ("load_reference", "-v0")):
                _python(folder, "manage.py", *words)
            _python(folder, "-c", SETUP + FILL, str(count))
            _python(folder, "manage.py", "rebuild_index", "-v0")
            with _served(folder) as connection:
                empty, new, again = _times(connection, queries)
                rare[count] = statistics.median(_times(connection, rare_words)[1])
        detail = {
            "pledges": count,
            "queries": len(queries),
            "median_ms": {"empty": _ms(empty), "new": _ms(new), "again": _ms(again)},
            "p95_ms": {"new": round(sorted(new)[len(new) * 95 // 100], 2)},
        }
        for kind, times in (("again", again), ("new", new)):
            yield {
                "bench": f"search_page_{kind}_{count}",
                "value": round(statistics.median(times) / statistics.median(empty), 2),
                "unit": "× an empty Django view over HTTP, at the median",
                "goal": GOAL,
                "better": "lower",
                "detail": detail,
            }
    if len(rare) > 1:
        yield {
            "bench": "search_page_rare_word_growth",
            "value": round(rare[max(rare)] / rare[min(rare)], 2),
            "unit": "× from a tenth of the pledges",
            "goal": GROWTH,
            "better": "lower",
            "detail": {f"ms_{count}": round(ms, 2) for count, ms in rare.items()},
        }


def _times(
    connection: http.client.HTTPConnection, queries: Sequence[str]
) -> tuple[list[float], list[float], list[float]]:
    """Milliseconds of the empty view, the page made anew, the page as it was kept."""
    taken: tuple[list[float], list[float], list[float]] = ([], [], [])
    for query in queries:
        page = f"/suche/?{urlencode({'q': query})}"
        for address, times in zip((EMPTY, page, page), taken, strict=True):
            begin = time.perf_counter()
            _ask(connection, address)
            times.append(1000 * (time.perf_counter() - begin))
    return taken


def _ask(connection: http.client.HTTPConnection, address: str) -> None:
    connection.request("GET", address, headers=HEADERS)
    answer = connection.getresponse()
    answer.read()
    assert answer.status == 200, (address, answer.status)


@contextmanager
def _served(folder: Path) -> Iterator[http.client.HTTPConnection]:
    """A connection to a server of the archive in this folder, with everything loaded."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **{name: value for name, value in os.environ.items() if not name.endswith("_URL")},
        "DATA_DIR": str(folder),
        "DJANGO_SETTINGS_MODULE": "archive.settings",
        "ALLOWED_HOSTS": "127.0.0.1",
    }
    server = subprocess.Popen(
        [
            *(sys.executable, "-m", "gunicorn", "benchmarks.large.serving:application()"),
            *("--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"),
            *("--keep-alive", "60", "--log-level", "warning"),
        ],
        cwd=ROOT,
        env=environment,
    )
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for _ in range(300):
            try:
                connection.connect()
                break
            except OSError:
                time.sleep(0.1)
        for query in ("Bus", "Rad Weg", "Wohn*"):
            _ask(connection, f"/suche/?{urlencode({'q': query})}")
        yield connection
        connection.close()
    finally:
        server.terminate()
        server.wait()


def _ms(times: Sequence[float]) -> float:
    return round(statistics.median(times), 2)
