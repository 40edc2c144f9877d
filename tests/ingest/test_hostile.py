"""A hostile file is read or refused in a few seconds with one clear sentence, and never breaks the reader."""

from __future__ import annotations

import time

import pytest

from programmes.ingest import workers
from programmes.ingest.pieces import Parsed, Refused, Source
from tests.ingest import gazetteers, hostile

SECONDS = 1.0  # less than is allowed in earnest: what takes longer is stopped, as it would be there


@pytest.mark.parametrize("name", hostile.ALL)
def test_a_hostile_file_is_read_or_refused(name):
    data = hostile.ALL[name]()
    start = time.monotonic()
    [result] = workers.parse_all(
        [Source(data, name)], gazetteers.examples(), processes=1, seconds=SECONDS
    )
    assert time.monotonic() - start < SECONDS + 10  # time to see it and to end the reader
    if isinstance(result, Refused):
        sentence = str(result)
        assert sentence.endswith(".") and "\n" not in sentence
        assert "Fehler im Programm" not in sentence
    else:
        assert isinstance(result, Parsed)


def test_there_are_enough_kinds_of_hostile_files():
    assert len(hostile.ALL) >= 94
