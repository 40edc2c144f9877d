"""Time that a reader spends waiting for another program, which the limit on reading a file does not count.

The process that stops slow readers is told of each wait before it begins and of what was left of it after. Where
nobody watches, nothing is told.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_watchers: list[Callable[[float], None]] = []


def tell(watcher: Callable[[float], None]) -> None:
    """Let `watcher` know from now on by how many seconds the reader's time grows or shrinks."""
    _watchers[:] = [watcher]


def grant(seconds: float) -> None:
    """So many seconds more (or, below zero, less) than a file has by itself."""
    for watcher in _watchers:
        watcher(float(seconds))


@contextmanager
def waiting(seconds: float) -> Iterator[None]:
    """A wait of at most `seconds`; what it did not need is given back."""
    grant(seconds)
    started = time.monotonic()
    try:
        yield
    finally:
        grant(min(time.monotonic() - started, seconds) - seconds)
