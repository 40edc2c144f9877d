"""Reading many files at once, each in a child process that a hostile file may break.

A child that takes too long or too much memory is killed and its file refused; the others go on. Nothing a
child does reaches the database: it gets bytes and gives back values.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess

from programmes.ingest import orphans, patience, pipeline, seclusion
from programmes.ingest.pieces import Known, Parsed, Refused, Source

SECONDS = 15.0  # with the start of the command before it no file takes 20, on a busy machine either
MEGABYTES = (
    400  # beyond what a reader starts with: with the process that feeds it no file takes 600
)

logger = logging.getLogger(__name__)


def parse_all(
    sources: Iterable[Source],
    known: Known,
    *,
    processes: int | None = None,
    seconds: float | None = None,
    megabytes: int = MEGABYTES,
) -> Iterator[Parsed | Refused]:
    """One result for each source, in their order; only a few sources are held in memory at a time.

    `seconds` is what each may take, not counting waits for another program (`patience`).
    """
    seconds = SECONDS if seconds is None else seconds
    workers = [_Worker(known, megabytes) for _ in range(processes or os.cpu_count() or 1)]
    todo = enumerate(sources)
    done: dict[int, Parsed | Refused] = {}
    given = next_out = 0
    exhausted = False
    try:
        while True:
            for worker in workers:
                # Not further ahead than a handful: one slow file must not fill the memory with the rest.
                if not exhausted and worker.idle and given - next_out < 4 * len(workers):
                    try:
                        index, source = next(todo)
                    except StopIteration:
                        exhausted = True
                    else:
                        worker.give(index, source, time.monotonic() + seconds)
                        given += 1
            busy = [worker for worker in workers if not worker.idle]
            if not busy and exhausted:
                return
            earliest = min(worker.deadline for worker in busy)
            ready = wait([worker.pipe for worker in busy], max(0.0, earliest - time.monotonic()))
            for worker in busy:
                if worker.pipe in ready:
                    taken = worker.take()
                    if taken is None:
                        continue
                    index, result = taken
                elif time.monotonic() >= worker.deadline:
                    index, result = worker.give_up(
                        f"Das Lesen dauerte länger als {seconds:g} Sekunden und wurde abgebrochen."
                    )
                else:
                    continue
                done[index] = result
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
    finally:
        for worker in workers:
            worker.close()


class _Worker:
    """A child process and the one file it is at."""

    def __init__(self, known: Known, megabytes: int) -> None:
        self._known, self._megabytes = known, megabytes
        self.deadline = 0.0
        self._index: int | None = None
        self._source: Source | None = None
        self._start()

    @property
    def idle(self) -> bool:
        return self._index is None

    def give(self, index: int, source: Source, deadline: float) -> None:
        self._index, self._source, self.deadline = index, source, deadline
        self.pipe.send(source)

    def take(self) -> tuple[int, Parsed | Refused] | None:
        """The result, or None if the reader only told of time that it waits for another program."""
        assert self._index is not None and self._source is not None  # noqa: S101 – a file is under way
        try:
            result = self.pipe.recv()
        except (EOFError, OSError):
            return self.give_up(
                "Das Lesen brauchte zu viel Speicher oder brach ab; die Datei ist vermutlich beschädigt."
            )
        if isinstance(result, float):
            self.deadline += result
            return None
        index, source = self._index, self._source
        self._index = self._source = None
        return index, replace(result, source=source) if isinstance(result, Parsed) else result

    def give_up(self, sentence: str) -> tuple[int, Refused]:
        assert self._index is not None  # noqa: S101 – a file is under way
        index = self._index
        self._index = self._source = None
        self.close()
        self._start()
        return index, Refused(sentence)

    def close(self) -> None:
        self.pipe.close()
        if self._process.is_alive():
            if self._process.pid:
                orphans.kill_group(self._process.pid)
            self._process.kill()  # it may not have come to lead a group yet
        self._process.join()

    def _start(self) -> None:
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=_work, args=(theirs, self._known, self._megabytes), daemon=True
        )
        self._process.start()
        theirs.close()


def _work(pipe: Connection, known: Known, megabytes: int) -> None:
    seclusion.leave_the_network()
    orphans.end_with_parent()
    orphans.lead_group()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    _limit_memory(megabytes)
    patience.tell(pipe.send)
    while True:
        try:
            source: Source = pipe.recv()
        except (EOFError, OSError, KeyboardInterrupt):
            return
        pipe.send(_parse(source, known))


def _parse(source: Source, known: Known) -> Parsed | Refused:
    try:
        return replace(pipeline.parse(source, known), source=Source(b"", source.path))
    except Refused as refusal:
        return refusal
    except MemoryError:
        return Refused("Das Lesen brauchte mehr Speicher, als erlaubt ist.")
    except RecursionError:
        return Refused("Die Datei ist zu tief verschachtelt, um gelesen zu werden.")
    except Exception as error:  # a fault of ours: the batch goes on, the log keeps the trace
        logger.exception("reading %s failed", source.name)
        return Refused(
            f"Beim Lesen trat ein Fehler im Programm auf ({type(error).__name__}); bitte melden."
        )


def _limit_memory(megabytes: int) -> None:
    """Private memory beyond what the process has now; where the system cannot limit it, nothing is done."""
    try:
        with open("/proc/self/statm") as statm:  # noqa: PTH123 – one line of the kernel
            data = int(statm.read().split()[5]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_DATA, (data + megabytes * 2**20,) * 2)
    except (OSError, ValueError):
        logger.info("memory of reading processes cannot be limited on this system")
