"""From SQLite to PostgreSQL, with nothing lost: the real command on a real archive in its own folder."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
FILL = """
from parsing import parsed
from django.contrib.auth.models import Group, User
from programmes import importing, roles
from programmes.models import Topic
Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
User.objects.create_user("anna").groups.add(Group.objects.get(name=roles.ARCHIVIST), Group.objects.create(name="Gäste"))
Group.objects.get(name=roles.CONTRIBUTOR).permissions.clear()
importing.store(parsed(("1. Ziele", ["Wir bauen.", "Wir sparen."]), ("2. Mehr", ["Wir hoffen."])), publish=True)
"""
# What a desk leaves behind: somebody in a group that a migration made, decisions and their history, jobs.
DESK = """
from uuid import uuid4
from django.contrib.auth.models import Group, User
from programmes import editing, intake, jobs
from programmes.models import Document, Pledge
from programmes.records import Change, Upload
someone = User.objects.get(username="anna")
someone.set_password("geheim")
someone.save()
someone.groups.add(Group.objects.order_by("pk")[0])
first, second, _ = Pledge.objects.order_by("pk")
editing.confirm(first, someone)
editing.reject(second, someone)
editing.unpublish(Document.objects.get(), someone)
intake.offer(b"# Programm", "programm.md", someone, uuid4())
jobs.start_reading()
assert Change.objects.count() >= 3 and Upload.objects.get().state == "waiting"
"""
ALIVE = """
from django.contrib.auth.models import User
from programmes import editing
from programmes.models import Document, Pledge
from programmes.records import Change, Upload
from django_tasks_db.models import DBTaskResult
anna = User.objects.get(username="anna")
assert anna.check_password("geheim")
print(anna.groups.count(), Upload.objects.filter(state="waiting").count(), DBTaskResult.objects.count())
before = Change.objects.count()
editing.publish(Document.objects.get(), anna)
print(Document.objects.get().status, Change.objects.count() - before)
print(sorted(Pledge.objects.exclude(decision="machine").values_list("decision", flat=True)))
"""
# Keys sorted: PostgreSQL's jsonb keeps no order of its own.
SHOW = """
import json
from archive import backups
for model in backups.tables():
    for row in backups._rows(model, "default"):
        plain = lambda value: bytes(value).hex() if isinstance(value, memoryview | bytes) else str(value)
        print(model._meta.label, json.dumps(row, sort_keys=True, ensure_ascii=False, default=plain))
"""
GROW = """
from programmes.models import Topic
Topic.objects.create(slug="neu", label_de="Neu", label_en="New")
"""


@pytest.fixture
def url():
    """An empty database of a PostgreSQL server of its own."""
    try:
        with postgres.server() as url:
            yield url
    except postgres.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


@pytest.fixture(scope="module")
def manage(tmp_path_factory):
    """Runs manage.py on an archive of its own."""
    folder = tmp_path_factory.mktemp("data")

    def manage(*words: str, database: str = "") -> subprocess.CompletedProcess:
        environment = {
            **os.environ,
            "DATA_DIR": str(folder),
            "PYTHONPATH": f"{ROOT}:{ROOT}/tests/programmes",
        }
        environment |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "archive.settings"}
        return subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
        )

    assert manage("migrate").returncode == 0
    filled = manage("shell", "-v0", "-c", FILL)
    assert filled.returncode == 0, filled.stderr
    worked = manage("shell", "-v0", "-c", DESK)
    assert worked.returncode == 0, worked.stderr
    return manage


def test_every_row_arrives_and_new_rows_find_free_numbers(manage, url):
    moved = manage("move_database", url)
    assert moved.returncode == 0, moved.stderr
    assert "Kopiert: 1 Dokumente, 3 Versprechen." in moved.stdout
    before, after = (
        manage("shell", "-v0", "-c", SHOW).stdout,
        manage("shell", "-v0", "-c", SHOW, database=url).stdout,
    )
    assert "Wir hoffen." in before
    assert before.count("auth.User_groups ") == 3
    assert after == before
    for table in ("auth.Group", "auth.User_groups", "programmes.Change", "programmes.Upload"):
        assert f"{table} " in after
    assert manage("shell", "-v0", "-c", GROW, database=url).returncode == 0
    alive = manage("shell", "-v0", "-c", ALIVE, database=url)
    assert alive.returncode == 0, alive.stderr
    assert alive.stdout.splitlines()[0] == "3 1 1"
    assert alive.stdout.splitlines()[1] == "published 1"
    assert alive.stdout.splitlines()[2] == "['confirmed', 'rejected']"
    again = manage("move_database", url)
    assert (again.returncode, "muss leer sein" in again.stderr) == (2, True)


def test_what_is_restored_on_the_other_database_has_a_right_index(manage, url, tmp_path):
    saved = str(tmp_path / "backup.tar.gz")
    assert manage("backup", saved).returncode == 0
    assert manage("migrate", "-v0", database=url).returncode == 0
    for database in (url, ""):
        restored = manage("restore", saved, "--yes", database=database)
        assert restored.returncode == 0, restored.stderr
        checked = manage("check_index", database=database)
        assert (checked.returncode, "stimmen überein" in checked.stdout) == (0, True), (
            checked.stdout
        )


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("unsinn", "DATABASE_URL"), ("postgresql://nobody@127.0.0.1:9/nothing", "antwortet nicht")],
)
def test_a_target_that_cannot_be_used_is_said_in_one_sentence(manage, address, sentence):
    refused = manage("move_database", address)
    assert refused.returncode == 2
    assert sentence in refused.stderr
    assert "Traceback" not in refused.stderr
