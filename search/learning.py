"""How are the words of many texts analysed, when most of them are new?

Only the first look at a word costs (0.06 ms; a second one is a look into a dictionary), and a build of the whole
index looks at some hundred thousand for the first time. A second process takes half of them where there is a
processor for it; who is quicker takes more.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from search import analysis, lexicon

BATCH = 250  # pieces of text that are given away or looked at in one go
FEWEST = 4_000  # new ones from which on a process is worth its start
MOST = 2_000_000  # pieces that are remembered for the time of a build
AHEAD = 2  # batches that wait at the other process

Learned = list[tuple[str, analysis.Readings]]


class Learner:
    """Learns texts before they are taken apart; starts its process when it is worth it."""

    def __init__(self, processes: int | None = None) -> None:
        self._helps = (processes or _processors()) > 1
        self._pool: ProcessPoolExecutor | None = None
        self._met = 0  # new pieces so far
        self._waiting: list[Future[Learned]] = []
        self._awake = False  # has it answered yet? Until then nobody waits for it

    def learn(self, texts: Iterable[str]) -> None:
        """Have `analysis.terms` know every piece of these texts."""
        pieces = analysis.unknown(texts)
        self._met += len(pieces)
        if self._helps and self._met >= FEWEST:
            batches = [pieces[at : at + BATCH] for at in range(0, len(pieces), BATCH)]
            try:
                self._share(batches)
            except BrokenExecutor:  # it was killed, or may not be started: then alone
                self.close()
                self._helps = False

    def close(self) -> None:
        self._waiting.clear()
        if self._pool:
            self._pool.shutdown(wait=self._awake, cancel_futures=True)
            self._pool = None

    def _share(self, batches: list[list[str]]) -> None:
        waiting = self._waiting
        while batches:
            while batches and len(waiting) < AHEAD:
                waiting.append(self._given(batches.pop()))
            if batches:
                analysis.remember(_analysed(batches.pop()))
            while waiting and (waiting[0].done() or (self._awake and not batches)):
                analysis.remember(waiting.pop(0).result())
                self._awake = True

    def _given(self, batch: Sequence[str]) -> Future[Learned]:
        if not self._pool:
            self._pool = ProcessPoolExecutor(
                1,
                multiprocessing.get_context("spawn"),
                initializer=_start,
                initargs=(lexicon.folder(),),
            )
        return self._pool.submit(_analysed, batch)


@contextmanager
def learner() -> Iterator[Learner]:
    """One for the time of a build."""
    own = Learner()
    analysis.remember_most(MOST)
    try:
        yield own
    finally:
        own.close()
        analysis.remember_most()


def _start(folder: Path | None) -> None:
    if folder:
        lexicon.keep_in(folder)


def _analysed(pieces: Sequence[str]) -> Learned:
    return [(piece, analysis.of_piece(piece)) for piece in pieces]


def _processors() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
