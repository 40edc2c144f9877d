"""What the search for crashes has found and learnt breaks nothing any more."""

from __future__ import annotations

import resource
from pathlib import Path

import pytest

from tests.fuzz import corpus, seeds, targets

MEGABYTES = 2048  # more than any reader may take, less than would stop the machine
SIZES = Path("/proc/self/statm")


@pytest.fixture(autouse=True)
def _bounded_memory():
    if not SIZES.exists():
        yield
        return
    before = resource.getrlimit(resource.RLIMIT_AS)
    held = int(SIZES.read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (held + MEGABYTES * 2**20, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


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
