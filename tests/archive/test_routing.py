"""Strangers read from a standby, writers from the primary, and a standby that is gone is missed by nobody."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive import routing
from programmes.models import Topic
from tests import postgres

ROOT = Path(__file__).resolve().parents[2]
READ = """
import django; django.setup()
from django.test import Client
from archive import routing
from programmes.models import Topic
with routing.reading():
    found = Topic.objects.all()
    print(found.db, found.count())
"""
WRITE_THEN_READ = """
import django; django.setup()
from archive import routing
from programmes.models import Topic
with routing.reading():
    Topic.objects.create(slug="zwei", label_de="Zwei", label_en="Two")
    found = Topic.objects.all()
    print(found.db, found.count())
"""


@pytest.fixture
def standbys(settings, monkeypatch):
    settings.STANDBYS = ("standby1", "standby2")
    answering = {"standby1", "standby2"}
    monkeypatch.setattr(routing, "answers", answering.__contains__)
    return answering


def test_outside_a_reading_request_the_primary_is_asked(standbys):
    assert routing.Standbys().db_for_read(Topic) == "default"


def test_a_reader_is_sent_to_a_standby_that_answers(standbys):
    standbys.remove("standby1")
    with routing.reading():
        assert {routing.Standbys().db_for_read(Topic) for _ in range(20)} == {"standby2"}


def test_who_has_written_reads_from_the_primary(standbys):
    with routing.reading():
        routing.Standbys().db_for_write(Topic)
        assert routing.Standbys().db_for_read(Topic) == "default"
    with routing.reading():
        assert routing.Standbys().db_for_read(Topic) != "default"


@pytest.mark.parametrize(
    ("method", "cookies", "expected"),
    [("GET", "", "standby"), ("POST", "", "default"), ("GET", "sessionid=abc", "default")],
)
def test_only_reading_requests_of_strangers_go_to_standbys(standbys, rf, method, cookies, expected):
    seen = []
    middleware = routing.Readers(lambda request: seen.append(routing.Standbys().db_for_read(Topic)))
    middleware(rf.generic(method, "/", headers={"Cookie": cookies}))
    assert seen[0].startswith(expected)


def test_a_real_standby_serves_readers_and_is_not_missed_when_it_is_gone(tmp_path):
    def run(code: str, standby: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={
                **os.environ,
                "DATA_DIR": str(tmp_path),
                "DJANGO_SETTINGS_MODULE": "archive.settings",
                "DATABASE_URL": primary,
                "DATABASE_STANDBY_URLS": standby,
            },
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    try:
        with postgres.server() as primary:
            run(
                "import django; django.setup()\nfrom django.core.management import call_command\n"
                "call_command('migrate', verbosity=0)\nfrom programmes.models import Topic\n"
                "Topic.objects.create(slug='eins', label_de='Eins', label_en='One')",
                "",
            )
            with postgres.standby(primary) as standby:
                deadline = time.monotonic() + 20
                while run(READ, standby) != "standby1 1":
                    assert time.monotonic() < deadline, "the standby never caught up"
                assert run(WRITE_THEN_READ, standby) == "default 2"
            assert run(READ, standby) == "default 2"
    except postgres.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
