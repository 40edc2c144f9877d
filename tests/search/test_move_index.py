"""From one engine to another and back without a minute's outage: the old one answers while the new one is filled."""

from __future__ import annotations

import os
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from programmes import importing
from programmes.models import Document, Pledge
from search import indexing
from search.engines import get_engine
from search.models import NextStaleDocument, StaleDocument
from search.searching import Asked, search
from tests.programmes.parsing import parsed

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def whoosh(settings: Any, tmp_path: Path) -> str:
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'index'}"
    call_command("rebuild_index", verbosity=0)
    for year in (2014, 2019, 2024):
        importing.store(
            parsed(
                ("Ziele", [f"Wir bauen {year} Radwege.", "Wir pflanzen Bäume."]),
                data=str(year).encode(),
            ),
            publish=True,
        )
    assert found("Radwege") == 3
    return str(settings.SEARCH_URL)


@pytest.fixture(params=["opensearch", "postgresql"])
def other(request: pytest.FixtureRequest) -> str:
    if request.param == "opensearch":
        url: str = request.getfixturevalue("opensearch").url(f"move-{os.getpid()}")
        return url
    found: str = request.getfixturevalue("postgres_url")
    return found


def found(words: str) -> int:
    return search(Asked(words, {"unit": ("pledge",)})).total


def change(number: int, words: str) -> None:
    pledge = Pledge.objects.filter(document=number).order_by("position")[0]
    pledge.text = words
    pledge.save()


def while_it_is_filled(monkeypatch: pytest.MonkeyPatch, act: Callable[[], None]) -> None:
    """`act` when all but the last entry have been given to the new index."""

    def entries(read: Any = indexing.all_entries) -> Any:
        everything = list(read())
        yield from everything[:-1]
        act()
        yield everything[-1]

    monkeypatch.setattr(indexing, "all_entries", entries)


def move(url: str) -> str:
    out = StringIO()
    call_command("move_index", url, stdout=out)
    return out.getvalue()


def test_there_and_back_the_old_index_answers_and_no_change_is_lost(
    whoosh: str, other: str, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, third = Document.objects.order_by("pk").values_list("pk", flat=True)

    def meanwhile() -> None:
        assert found("Radwege") == 3
        change(first, "Wir graben Tunnel.")
        Document.objects.get(pk=third).delete()
        assert (found("Tunnel"), found("Radwege")) == (1, 1)

    while_it_is_filled(monkeypatch, meanwhile)
    assert "SEARCH_URL" in move(other)
    monkeypatch.undo()
    assert get_engine(other).documents().keys() == {first, second}

    # Between the end of the filling and the restart of the last process.
    change(second, "Wir bauen Brücken.")
    assert (found("Brücken"), found("Radwege")) == (1, 0)
    settings.SEARCH_URL = other
    assert (found("Tunnel"), found("Brücken")) == (1, 0)
    call_command("sync_index", verbosity=0)
    assert (found("Tunnel"), found("Brücken"), found("Radwege")) == (1, 1, 0)
    call_command("check_index", stdout=StringIO())
    assert not NextStaleDocument.objects.exists()

    # A process that still has the old address changes something: the new one hears of it.
    settings.SEARCH_URL = whoosh
    change(first, "Wir graben Kanäle.")
    settings.SEARCH_URL = other
    change(second, "Wir bauen Stege.")
    assert (found("Kanäle"), found("Stege")) == (1, 1)

    # And back: the old folder is out of date, and is filled anew.
    while_it_is_filled(monkeypatch, lambda: change(first, "Wir graben Schächte."))
    move(whoosh)
    monkeypatch.undo()
    assert found("Schächte") == 1
    settings.SEARCH_URL = whoosh
    assert (found("Schächte"), found("Stege"), found("Kanäle")) == (1, 1, 0)
    call_command("check_index", stdout=StringIO())
    assert not StaleDocument.objects.exists()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("unsinn:", "SEARCH_URL"),
        ("opensearch://127.0.0.1:9/", "ist nicht zu erreichen"),
        ("postgresql://nobody@127.0.0.1:9/nothing", "lässt sich nicht füllen"),
    ],
)
def test_an_index_that_cannot_be_filled_is_said_in_one_sentence(
    whoosh: str, url: str, sentence: str
) -> None:
    with pytest.raises(CommandError, match=sentence):
        move(url)
    change(Document.objects.order_by("pk")[0].pk, "Wir graben Tunnel.")
    assert not NextStaleDocument.objects.exists()


def test_the_index_that_answers_is_not_moved_onto_itself(whoosh: str) -> None:
    with pytest.raises(CommandError, match="rebuild_index"):
        move(whoosh)
