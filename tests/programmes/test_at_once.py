"""Many at once: writers and readers wait for each other out of sight, and nothing of anybody's is lost."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest
from running import ROOT, environment

# A process for each kind, in it a thread with a connection of its own for each of them. It says what they saw.
IMPORTS = """
import json, sys, uuid, random
from concurrent.futures import ThreadPoolExecutor
from django.db import connection, transaction
from programmes import editing, importing, intake, history
from programmes.models import Document, Pledge, Section
from search import indexing
"""
START = f"""{IMPORTS}
kind, threads = int(sys.argv[-2]), int(sys.argv[-1])
text = lambda n: f"# Programm {{n}}\\n\\n## Ziele\\n\\n" + " ".join(f"Wir bauen die Anlage{{n}}x{{k}}." for k in range(5)) + "\\n"
"""
WRITE = """
def act(number):
    first = Document.objects.get(title="Programm 0")
    for at in range(6):
        importing.store(importing.read(text(f"{kind}z{number}y{at}").encode(), "a.md"), publish=True)
        with transaction.atomic():
            one = Document.objects.select_for_update().get(pk=first.pk)
            one.scope = str(int(one.scope or 0) + 1)
            one.save(update_fields=["scope"])
    return "done"
"""
READ = """
def act(number):
    from django.test import Client
    client = Client()
    seen = set()
    for at in range(4):
        for address in ("/", "/dokumente/", "/suche/?q=Anlage", "/dokumente/1/"):
            answer = client.get(address, follow=True)
            seen.add(answer.status_code)
    return sorted(seen)
"""
OFFER = """
def act(number):
    row = intake.offer(text("gleich").encode(), f"{number}.md", None, uuid.uuid4())
    return [row.state, str(row.sentence)]
"""
EDIT = """
def act(number):
    one = Document.objects.get(title="Programm 0")
    refused = 0
    for at in range(10):
        try:
            pledge = random.choice(list(one.pledges.all()))
            editing.confirm(pledge, None)
        except (editing.Refusal, Pledge.DoesNotExist):
            refused += 1
    return "done"
"""
REREAD = """
def act(number):
    one = Document.objects.get(title="Programm 0")
    for at in range(5):
        importing.apply(one, importing.read(text(0).encode(), "a.md"))
    return "done"
"""
PUBLISH = """
def act(number):
    one = Document.objects.get(title="Programm 0")
    for at in range(8):
        editing.unpublish(one, None)
        editing.publish(one, None)
    return "done"
"""
END = """
with ThreadPoolExecutor(threads) as pool:
    print(json.dumps(list(pool.map(act, range(threads)))))
"""
REBUILD = """
def act(number):
    for at in range(3):
        indexing.rebuild()
    return "done"
"""


def surroundings(folder: Path) -> dict[str, str]:
    """On SQLite in the folder, or where the tests run on PostgreSQL on a database of its own there."""
    own = folder / "database-url"
    return environment(folder) | ({"DATABASE_URL": own.read_text()} if own.exists() else {})


def python(folder: Path, code: str, *words: int) -> object:
    """What a process says; its last words where it fails."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}", *map(str, words)],
        cwd=ROOT,
        env=surroundings(folder) | {"ALLOWED_HOSTS": "testserver"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "locked" not in done.stderr, done.stderr[-3000:]
    return json.loads(done.stdout.splitlines()[-1])


def together(folder: Path, *kinds: tuple[str, int]) -> list[object]:
    """What all of them say, each kind so many times at once."""

    def process(number: int) -> object:
        code, threads = kinds[number]
        return python(folder, f"{START}{code}{END}", number, threads)

    with ThreadPoolExecutor(len(kinds)) as pool:
        return [said for found in pool.map(process, range(len(kinds))) for said in found]


def asked(folder: Path, expression: str) -> object:
    return python(folder, f"{IMPORTS}\nprint(json.dumps({expression}))")


def manage(folder: Path, *words: str) -> str:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=surroundings(folder),
        check=True,
        capture_output=True,
        text=True,
    ).stdout


@pytest.fixture
def folder(tmp_path):
    """An archive with one published document."""
    server = os.environ.get("DATABASE_URL", "")
    if server.startswith("postgresql:"):
        name = f"at_once_{uuid.uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        (tmp_path / "database-url").write_text(f"{server.rpartition('/')[0]}/{name}")
    manage(tmp_path, "migrate", "-v0")
    manage(tmp_path, "rebuild_index", "-v0")
    stored = 'importing.store(importing.read(text(0).encode(), "a.md"), publish=True); print(1)'
    python(tmp_path, START + stored, 0, 1)
    return tmp_path


def consistent(folder: Path) -> None:
    manage(folder, "sync_index")
    manage(folder, "check_index")


@pytest.mark.skipif(os.cpu_count() == 1, reason="nothing happens at once on one core")
def test_eight_writers_and_sixteen_readers_lose_and_see_nothing_wrong(folder):
    said = together(folder, (WRITE, 4), (WRITE, 4), (READ, 8), (READ, 8))
    assert said == ["done"] * 8 + [[200]] * 16
    found = asked(
        folder, '[Document.objects.count(), Document.objects.get(title="Programm 0").scope]'
    )
    assert found == [1 + 8 * 6, "48"]
    consistent(folder)


def test_the_same_file_offered_six_times_at_once_waits_once(folder):
    said = together(folder, (OFFER, 3), (OFFER, 3))
    states = [state for state, _sentence in said]
    assert sorted(states) == ["cancelled"] * 5 + ["waiting"]
    assert all(
        "liegt schon im Eingang" in sentence for state, sentence in said if state == "cancelled"
    )
    manage(folder, "work", "--once")
    found = asked(
        folder, 'list(Document.objects.filter(title="Programm gleich").values_list("pledge_count"))'
    )
    assert len(found) == 1


def test_editing_beside_rereading_and_publishing_beside_rebuilding_leave_all_right(folder):
    assert together(folder, (EDIT, 2), (REREAD, 1), (PUBLISH, 1), (REBUILD, 1)) == ["done"] * 5
    one = 'Document.objects.get(title="Programm 0")'
    whole = f"{one}.pledge_count == {one}.pledges.count() > 0"
    found = asked(folder, f"[{one}.status, {whole}]")
    assert found == ["published", True]
    consistent(folder)
