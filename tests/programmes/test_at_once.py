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

from tests import postgres

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
# Two transactions that change the same two documents, each beginning with another; between two steps both rest, so that
# each has done its first when the other begins its second.
OPPOSITE = """
import time
from programmes.models import Municipality, Party

def whole(*steps):
    with transaction.atomic():
        for step in steps:
            step()
            time.sleep(0.4)

def there(number):
    return Document.objects.order_by("pk")[number : number + 1]

def save(number):
    for one in there(number):
        one.scope = "x"
        one.save(update_fields=["scope"])

def confirm(number):
    for one in there(number):
        editing.confirm(one.pledges.first(), None)

def join(number):
    for one in there(number):
        one.parties.add(Party.objects.get(slug="liste"))

def delete(number):
    for one in there(number):
        one.delete()

def rename(_):
    Municipality.objects.get(pk="00000001").save()

def leave(_):
    Municipality.objects.get(pk="00000001").documents.clear()

def arrive(_):
    Municipality.objects.get(pk="00000001").documents.set(Document.objects.all())

FIRST = [(save, 0), (save, 1)], [(confirm, 0), (join, 1)], [(arrive, 0), (save, 1)], [(join, 0), (delete, 2)]
SECOND = [(save, 1), (save, 0)], [(confirm, 1), (leave, 0)], [(save, 1), (rename, 0)], [(leave, 0), (save, 0)]

def act(number):
    said = []
    for steps in (FIRST, SECOND)[number]:
        try:
            whole(*((lambda step=step, at=at: step(at)) for step, at in steps))
            said.append("done")
        except Exception as error:
            said.append(type(error).__name__ + ": " + str(error))
        together.wait()
    return said

import threading
together = threading.Barrier(2)
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
    return archive(tmp_path, os.environ.get("DATABASE_URL", ""))


@pytest.fixture
def folder_on_a_server(tmp_path):
    """The same on PostgreSQL; where none is installed the test skips, and in CI fails."""
    try:
        with postgres.server() as server:
            yield archive(tmp_path, server)
    except postgres.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


def archive(tmp_path: Path, server: str) -> Path:
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


def test_two_who_change_the_same_documents_in_opposite_order_both_arrive(folder_on_a_server):
    folder = folder_on_a_server
    more = (
        "from programmes.models import Municipality, Party\n"
        "[importing.store(importing.read(text(n).encode(), 'a.md'), publish=True) for n in (1, 2)]\n"
        "town = Municipality.objects.create(ags='00000001', name='Musterstadt', slug='musterstadt')\n"
        "town.documents.set(Document.objects.all())\n"
        "Party.objects.create(short_name='Liste', slug='liste')\n"
        "print(1)"
    )
    python(folder, START + more, 0, 1)
    assert together(folder, (OPPOSITE, 2)) == [["done"] * 4] * 2
    assert asked(folder, "Document.objects.count()") == 2
    consistent(folder)
