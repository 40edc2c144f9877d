"""A real archive of its own on a free port, with its worker, for tests that want what people use."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = shutil.which("chromium")
QUIET = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()


@dataclass(frozen=True)
class Archive:
    """Where it answers, and where it keeps its data."""

    address: str
    folder: Path
    process: subprocess.Popen

    @property
    def said(self) -> str:
        """What the start printed."""
        return (self.folder / "log").read_text()

    def manage(self, *words: str, check: bool = True) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=environment(self.folder),
            capture_output=True,
            text=True,
            check=False,
        )
        assert not check or done.returncode == 0, done.stderr
        return done.stdout + done.stderr

    def python(self, code: str) -> str:
        return self.manage("shell", "--no-imports", "-c", code)


def environment(folder: Path) -> dict[str, str]:
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SEARCH_URL", "DATABASE_URL")
    }
    return {**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "archive.settings"}


@contextmanager
def running(folder: Path, demonstration: bool = False) -> Iterator[Archive]:
    """An archive, up when this is entered and gone when it is left; empty, or with the demonstration corpus."""
    folder.mkdir(parents=True, exist_ok=True)
    if not demonstration:
        (folder / ".demonstration-loaded").touch()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "serve", "--port", str(port)],
            cwd=ROOT,
            env=environment(folder),
            stdout=log,
            stderr=log,
        )
    address = f"http://127.0.0.1:{port}"
    try:
        _until_it_answers(address, process, folder / "log")
        yield Archive(address, folder, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()


def need_a_browser() -> str:
    """The path of Chromium; without one the test is skipped, and in CI fails."""
    if CHROMIUM is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is missing")
        pytest.skip("Chromium is missing")
    return CHROMIUM


def _until_it_answers(address: str, process: subprocess.Popen, log: Path) -> None:
    end = time.monotonic() + 240  # the first start reads the demonstration corpus, and CI is busy
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text()
        try:
            with urllib.request.urlopen(f"{address}/admin/login/", timeout=5):  # noqa: S310
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    pytest.fail(f"the archive did not start: {log.read_text()}")
