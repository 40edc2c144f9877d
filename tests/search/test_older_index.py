"""An index of an older program is named and rebuilt, not read as if it were today's."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from search import indexing

pytestmark = pytest.mark.django_db


def rebuilt_if_needed() -> str:
    out = StringIO()
    call_command("rebuild_index", if_needed=True, verbosity=0, stdout=out)
    return out.getvalue()


@pytest.fixture(autouse=True)
def own_index(settings: Any, tmp_path: Path) -> None:
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'index'}"


def test_the_first_index_is_built_without_a_word():
    assert rebuilt_if_needed() == ""
    assert indexing.is_current()


def test_an_older_index_is_rebuilt_and_said_to_be(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(indexing, "STAMP", "1-1")
    rebuilt_if_needed()
    monkeypatch.undo()
    assert not indexing.is_current()
    assert "älter als das Programm" in rebuilt_if_needed()
    assert indexing.is_current()
    assert rebuilt_if_needed() == ""
