"""Does the site stay responsive while an archivist hands in a whole election, and is no file lost?

A hundred files are uploaded as the upload page does it, ten to a request, into a running archive with its
worker. The peer is the same archive at rest: the 95th percentile of page times while the files arrive and
are read, over the one before, in the same run and over the same pages.
"""

from __future__ import annotations

import http.cookiejar
import os
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from collections import Counter
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from benchmarks.corpus import Corpus

ROOT = Path(__file__).resolve().parents[1]
FILES = 100
IN_A_REQUEST = 10
PLEDGES_IN_A_FILE = 60
PAGES = (
    "/",
    "/dokumente/",
    "/orte/",
    "/themen/",
    "/suche/?q=Radweg",
    "/admin/",
    "/admin/programmes/document/",
)
AT_REST = 140  # requests
PAUSE = 0.05  # seconds between two requests of the one reader


def run(size: int | None = None) -> Iterator[dict[str, object]]:
    files = size or FILES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with _archive(folder) as address:
            browser = _logged_in(address)
            pages = cycle(PAGES)
            for _ in PAGES:
                _timed(browser, address + next(pages))  # warm
            rest = [_timed(browser, address + next(pages)) for _ in range(AT_REST)]
            texts = list(_texts(files))
            sending = threading.Thread(target=_send, args=(_logged_in(address), address, texts))
            started = time.perf_counter()
            sending.start()
            busy: list[float] = []
            progress: list[Counter[str]] = []
            while True:
                busy.append(_timed(browser, address + next(pages)))
                states = _states(folder)
                progress.append(states)
                if not sending.is_alive() and not states["waiting"] and not states["reading"]:
                    break
            seconds = time.perf_counter() - started
            documents = _documents(folder)
    states = progress[-1]
    done = [one["done"] for one in progress]
    yield {
        "bench": "desk_page_time_under_upload",
        "value": round(_p95(busy) / _p95(rest), 2),
        "unit": "× the p95 at rest",
        "goal": 3,
        "better": "lower",
        "detail": {
            "p95_at_rest_ms": round(1000 * _p95(rest)),
            "p95_busy_ms": round(1000 * _p95(busy)),
            "requests_at_rest": len(rest),
            "requests_busy": len(busy),
            "seconds_for_all_files": round(seconds, 1),
            "cores": os.cpu_count(),
        },
    }
    yield {
        "bench": "desk_files_lost",
        "value": files - states["done"],
        "unit": "files",
        "goal": 0,
        "better": "lower",
        "detail": {
            "offered": files,
            "states": dict(states),
            "documents": documents,
            "progress_never_went_back": done == sorted(done),
        },
    }


class _archive:
    """An archive with the demonstration corpus, its worker beside it; gone when left."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> str:
        environment = {**os.environ, "DATA_DIR": str(self._folder)}
        environment.pop("SEARCH_URL", None)
        environment.pop("DATABASE_URL", None)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        manage = [sys.executable, "manage.py"]
        subprocess.run([*manage, "serve", "--prepare-only"], cwd=ROOT, env=environment, check=True)
        code = (
            "from django.contrib.auth.models import User; u = User.objects.get(username='admin');"
            "u.set_password('geheim'); u.save()"
        )
        subprocess.run(
            [*manage, "shell", "--no-imports", "-c", code], cwd=ROOT, env=environment, check=True
        )
        self._process = subprocess.Popen(
            [*manage, "serve", "--port", str(port)], cwd=ROOT, env=environment
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(300):
            try:
                urllib.request.urlopen(f"{address}/admin/login/", timeout=5).close()
                return address
            except (urllib.error.URLError, ConnectionError, TimeoutError):
                time.sleep(0.2)
        raise RuntimeError("the archive did not start")

    def __exit__(self, *_: object) -> None:
        self._process.send_signal(signal.SIGTERM)
        self._process.wait(30)


def _logged_in(address: str) -> urllib.request.OpenerDirector:
    browser = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    page = browser.open(f"{address}/admin/login/").read().decode()
    form = {"csrfmiddlewaretoken": _token(page), "username": "admin", "password": "geheim"}
    browser.open(f"{address}/admin/login/?next=/admin/", urllib.parse.urlencode(form).encode())
    return browser


def _token(page: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    assert found
    return found[1]


def _timed(browser: urllib.request.OpenerDirector, address: str) -> float:
    started = time.perf_counter()
    with browser.open(address, timeout=60) as answer:
        answer.read()
    taken = time.perf_counter() - started
    time.sleep(PAUSE)
    return taken


def _texts(count: int) -> Iterator[tuple[str, bytes]]:
    pledges = Corpus(seed=7).pledges(count * PLEDGES_IN_A_FILE)
    for number in range(count):
        lines = [f"# Programm {number + 1} zur Kommunalwahl 2026", ""]
        for at in range(PLEDGES_IN_A_FILE):
            if at % 10 == 0:
                lines += [f"## Kapitel {at // 10 + 1}", ""]
            lines += [next(pledges).text, ""]
        yield f"programm-{number + 1}.md", "\n".join(lines).encode()


def _send(
    browser: urllib.request.OpenerDirector, address: str, files: list[tuple[str, bytes]]
) -> None:
    """As the upload page does it: a few files to a request, one request after the other."""
    where = f"{address}/admin/programmes/upload/add/"
    token = _token(browser.open(where).read().decode())
    batch = str(uuid.uuid4())
    for at in range(0, len(files), IN_A_REQUEST):
        border = uuid.uuid4().hex
        parts = [
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in (("csrfmiddlewaretoken", token), ("batch", batch))
        ]
        for name, data in files[at : at + IN_A_REQUEST]:
            head = f'--{border}\r\nContent-Disposition: form-data; name="offered"; filename="{name}"\r\n\r\n'
            parts.append(head.encode() + data + b"\r\n")
        request = urllib.request.Request(
            where,
            b"".join(parts) + f"--{border}--\r\n".encode(),
            {
                "Content-Type": f"multipart/form-data; boundary={border}",
                "X-Requested-With": "fetch",
                "Referer": where,
            },
        )
        browser.open(request, timeout=60).read()


def _states(folder: Path) -> Counter[str]:
    return Counter(state for (state,) in _rows(folder, "select state from programmes_upload"))


def _documents(folder: Path) -> int:
    """Whole ones: with sections and pledges."""
    return len(
        _rows(
            folder,
            "select id from programmes_document d where invented = 0 and pledge_count > 0"
            " and exists (select 1 from programmes_section s where s.document_id = d.id)",
        )
    )


def _rows(folder: Path, query: str) -> list[tuple[str]]:
    connection = sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
