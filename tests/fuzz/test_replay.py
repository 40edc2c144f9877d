"""What the search for crashes has found and learnt breaks nothing any more."""

from __future__ import annotations

import pytest

from tests.fuzz import corpus, seeds, targets


@pytest.mark.parametrize("target", seeds.TARGETS)
def test_every_kept_input_is_read_or_refused(target, monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")  # no text recognition: it would take all the time
    for data in (*seeds.seeds(target), *corpus.inputs(target)):
        try:
            targets.TARGETS[target](data)
        except Exception as error:
            pytest.fail(f"{type(error).__name__}: {error} for {data[:2000]!r}")


def test_every_target_is_searched():
    assert set(seeds.TARGETS) == set(targets.TARGETS)
