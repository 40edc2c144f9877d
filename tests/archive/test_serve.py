"""From nothing to a running archive, as a stranger would start it; and what is said where that cannot be."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def command(folder: Path, *words: str, **environment: str) -> list:
    kept = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    settings = {**kept, "DATA_DIR": str(folder), **environment}
    return [[sys.executable, "manage.py", *words], settings]


def run(folder: Path, *words: str, **environment: str) -> subprocess.CompletedProcess:
    arguments, settings = command(folder, *words, **environment)
    return subprocess.run(arguments, cwd=ROOT, env=settings, capture_output=True, text=True)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answer(port: int, path: str = "/") -> str:
    for _ in range(240):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30) as page:
                return page.read().decode()
        except OSError:
            time.sleep(0.25)
    raise AssertionError(f"nothing answers at port {port}")


@pytest.fixture(scope="module")
def prepared(tmp_path_factory):
    """A folder of data after the first start, and what that start said."""
    folder = tmp_path_factory.mktemp("first")
    return folder, run(folder, "serve", "--prepare-only")


def test_the_first_start_takes_in_the_corpus_and_names_a_password(prepared):
    _, first = prepared
    assert first.returncode == 0, first.stderr
    assert re.search(r"Benutzer „admin“, Passwort „\S{12,}“", first.stdout)
    assert "WARNING" not in first.stderr


def test_a_second_start_changes_nothing_and_says_nothing(prepared):
    folder, _ = prepared
    again = run(folder, "serve", "--prepare-only")
    assert (again.returncode, again.stdout.strip(), again.stderr) == (0, "", "")
    assert run(folder, "check_index").returncode == 0


def test_a_start_broken_off_while_taking_in_goes_on_the_next_time(prepared, tmp_path):
    arguments, settings = command(tmp_path, "serve", "--prepare-only")
    with subprocess.Popen(arguments, cwd=ROOT, env=settings, stdout=subprocess.PIPE) as broken:
        assert broken.stdout is not None
        broken.stdout.readline()  # "Der Vorführbestand wird aufgenommen …"
        time.sleep(1.0)
        broken.kill()
    assert run(tmp_path, "serve", "--prepare-only").returncode == 0
    show = "from programmes.models import Pledge; print(Pledge.objects.count())"
    counts = {run(folder, "shell", "-v0", "-c", show).stdout for folder in (tmp_path, prepared[0])}
    assert len(counts) == 1
    assert run(tmp_path, "check_index").returncode == 0


def test_it_serves_at_the_port_and_leaves_nobody_behind_when_killed(prepared):
    port = free_port()
    arguments, settings = command(prepared[0], "serve", "--port", str(port), "--workers", "1")
    with subprocess.Popen(arguments, cwd=ROOT, env=settings, stdout=subprocess.PIPE) as server:
        try:
            assert "Falkenmünde" in answer(port, "/orte/")
            taken = run(prepared[0], "serve", "--port", str(port))
            assert taken.returncode == 2
            assert f"Port {port} ist belegt" in taken.stderr
        finally:
            server.send_signal(signal.SIGKILL if sys.platform == "linux" else signal.SIGTERM)
    for _ in range(100):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return
        time.sleep(0.1)
    raise AssertionError("somebody still holds the port")


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"DEBUG": "vielleicht"}, "DEBUG=true oder DEBUG=false"),
        ({"DATABASE_URL": "mysql://localhost/x"}, "DATABASE_URL"),
        ({"DATABASE_URL": "sqlite:////proc/none/x.sqlite3"}, "Datenbank"),
        ({"DATA_DIR": str(Path(__file__))}, "DATA_DIR"),
        ({"SEARCH_URL": "unsinn:"}, "SEARCH_URL"),
        ({"SECRET_KEY": "kurz"}, "32 Zeichen"),
    ],
)
def test_a_setting_that_cannot_work_is_one_sentence(tmp_path, environment, sentence):
    done = run(tmp_path, "serve", "--prepare-only", **environment)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command", ["import_documents x.pdf", "search Bus", "check_index", "migrate"]
)
@pytest.mark.parametrize("address", ["geheim", "whoosh:", "opensearch://anna:geheim@eins:port/"])
def test_an_address_without_an_engine_is_one_sentence_and_keeps_its_password(
    tmp_path, command, address
):
    done = run(tmp_path, *command.split(), SEARCH_URL=address)
    assert done.returncode == 2
    assert done.stderr.startswith("Falsche Einstellung: SEARCH_URL")
    assert len(done.stderr.splitlines()) == 1
    assert "anna" not in done.stderr
