"""A database without the tables of this version of the program: one sentence that says what to do."""

from __future__ import annotations

import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from running import ROOT, environment

from programmes import schema

EMPTY = "Die Datenbank ist noch nicht eingerichtet; „manage.py migrate“ legt ihre Tabellen an."
OLDER = "von einem älteren Stand des Programms; „manage.py migrate“ bringt sie auf diesen"


@pytest.fixture
def older(db):
    """A database in which the last migration has not run yet."""
    applied = MigrationRecorder(connection).applied_migrations()
    last = max(name for app, name in applied if app == "programmes")
    MigrationRecorder(connection).record_unapplied("programmes", last)


def test_a_database_of_this_version_lacks_nothing(db):
    assert schema.lacking() == ""


def test_a_database_of_an_older_version_is_told_from_an_empty_one(older):
    assert OLDER in schema.lacking()


def test_nothing_is_read_for_a_database_that_cannot_hold_it(older, tmp_path):
    (tmp_path / "ziele.txt").write_text("Wir bauen Wohnungen.")
    with pytest.raises(CommandError, match=OLDER):
        call_command("import_documents", str(tmp_path))


@pytest.mark.parametrize("command", ["recount", "search", "work"])
def test_commands_in_an_empty_folder_say_one_sentence(command, tmp_path):
    words = {"search": ["Kita"], "work": ["--once"]}.get(command, [])
    done = subprocess.run(
        [sys.executable, "manage.py", command, *words],
        cwd=ROOT,
        env=environment(tmp_path),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert (done.stderr.strip(), done.stdout, done.returncode > 0) == (EMPTY, "", True)
