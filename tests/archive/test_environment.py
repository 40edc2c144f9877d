"""Settings are read from the environment, and what is unclear fails loudly."""

from __future__ import annotations

import sqlite3
import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from archive.environment import env_bool, env_int, env_list, env_secret
from archive.settings import database


@pytest.mark.parametrize(
    ("word", "meaning"), [("true", True), ("1", True), ("off", False), ("", False)]
)
def test_a_switch_is_on_or_off(monkeypatch, word, meaning):
    monkeypatch.setenv("SWITCH", word)
    assert env_bool("SWITCH", not meaning) is meaning


def test_an_unclear_switch_is_refused_with_the_two_words_that_work(monkeypatch):
    monkeypatch.setenv("SWITCH", "vielleicht")
    with pytest.raises(ImproperlyConfigured, match="SWITCH=true oder SWITCH=false"):
        env_bool("SWITCH", False)


@pytest.mark.parametrize("value", ["zwei", "0", "-3", "1.5"])
def test_a_number_that_makes_no_sense_is_refused(monkeypatch, value):
    monkeypatch.setenv("NUMBER", value)
    with pytest.raises(ImproperlyConfigured, match="NUMBER"):
        env_int("NUMBER", 7)


def test_a_list_is_split_at_commas(monkeypatch):
    monkeypatch.setenv("HOSTS", "a.example, b.example,")
    assert env_list("HOSTS", []) == ["a.example", "b.example"]


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET", raising=False)
    file = tmp_path / "new" / "secret"
    first = env_secret("SECRET", file)
    assert len(first) > 40
    assert env_secret("SECRET", file) == first
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_folder_that_cannot_be_is_one_sentence(tmp_path, monkeypatch):
    monkeypatch.delenv("SECRET", raising=False)
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match="DATA_DIR"):
        env_secret("SECRET", tmp_path / "file" / "secret")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_short_secret_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("SECRET", "kurz")
    with pytest.raises(ImproperlyConfigured, match="32"):
        env_secret("SECRET", tmp_path / "secret")


def test_sqlite_waits_for_its_turn_and_writes_ahead():
    options = database("sqlite:////data/archive.sqlite3")["OPTIONS"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in options["init_command"]


def test_what_is_saved_is_on_the_disk_before_sqlite_says_so(tmp_path):
    connection = sqlite3.connect(tmp_path / "archive.sqlite3")
    connection.executescript(database("sqlite:///x")["OPTIONS"]["init_command"])
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert connection.execute("PRAGMA synchronous").fetchone() == (2,)  # FULL


def test_postgresql_is_pooled():
    config = database("postgresql://archive:pw@db.example:5433/texts")
    assert (config["HOST"], config["PORT"], config["NAME"]) == ("db.example", 5433, "texts")
    assert config["OPTIONS"]["pool"]["max_size"] > 4, "as many as the threads of a worker, and more"


@pytest.mark.parametrize("url", ["mysql://localhost/x", "unsinn"])
def test_another_database_is_refused_with_the_ones_that_work(url):
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL"):
        database(url)
