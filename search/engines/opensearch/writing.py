"""One writer at a time, on whichever machine: a record in the cluster says who writes, and until when if he dies.

A thread renews the record while its holder lives; a record that has run out may be taken over. Clocks of the
machines may differ by a few seconds, no more.
"""

from __future__ import annotations

import random
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Literal

from opensearchpy import ConflictError, NotFoundError, OpenSearch, OpenSearchException

from search.engines.base import EngineUnavailable

LEASE = 20.0  # seconds after which the record of a dead writer runs out
PATIENCE = 20.0  # seconds that a writer waits for another
RECORD = "writer"
What = Literal["written", "rebuilt"]
BUSY = {
    "written": "Der Index wird gerade geschrieben.",
    "rebuilt": "Der Index wird gerade neu gebaut.",
}


@contextmanager
def alone(client: OpenSearch, index: str, what: What) -> Iterator[Lease]:
    """No other writer while this is open; raises EngineUnavailable where one has it and keeps it."""
    lease = Lease(client, index, what)
    lease.take()
    renewing = threading.Thread(target=lease.keep, daemon=True)
    renewing.start()
    try:
        yield lease
    finally:
        lease.done.set()
        renewing.join()
        lease.release()


class Lease:
    """The record of one writer."""

    def __init__(self, client: OpenSearch, index: str, what: What) -> None:
        self.done = threading.Event()
        self._client, self._index, self._what = client, index, what
        self._holder = uuid.uuid4().hex
        self._version: dict[str, Any] = {}
        self._until = 0.0

    def take(self) -> None:
        """Wait for a writer; for a rebuild, which may take hours, do not."""
        end = time.monotonic() + PATIENCE
        while not self._write(op_type="create"):
            held = self._held()
            if held is None:
                continue
            if self._is_mine(held):  # a first try that seemed lost had arrived after all
                return
            if held["_source"]["until"] < time.time():
                if self._write(**_version(held)):
                    return
            elif held["_source"]["what"] == "rebuilt" or time.monotonic() > end:
                raise EngineUnavailable(BUSY[held["_source"]["what"]])
            time.sleep(random.uniform(0.01, 0.06))  # noqa: S311 – so that two do not meet again and again

    def keep(self) -> None:
        """Renew the record until `done`; what fails is tried again while the record lasts."""
        pause = LEASE / 4
        while not self.done.wait(pause):
            try:
                if not self._write(**self._version) and not self._is_mine():
                    return
                pause = LEASE / 4
            except OpenSearchException:
                pause = 1.0

    def check(self) -> None:
        """Raises EngineUnavailable if the record has run out: somebody else may be writing."""
        if time.time() > self._until:
            raise EngineUnavailable(
                "Der Index wird gerade von einem anderen geschrieben, der übernommen hat."
            )

    def release(self) -> None:
        with suppress(
            OpenSearchException
        ):  # taken over, or out of reach: then it runs out by itself
            self._client.delete(index=self._index, id=RECORD, **self._version)

    def _write(self, **how: Any) -> bool:
        until = time.time() + LEASE
        record = {"holder": self._holder, "what": self._what, "until": until}
        try:
            self._remember(
                self._client.index(
                    index=self._index, id=RECORD, body=record, request_timeout=LEASE / 4, **how
                )
            )
        except ConflictError:
            return False
        self._until = until
        return True

    def _is_mine(self, held: dict[str, Any] | None = None) -> bool:
        held = held or self._held()
        if held is None or held["_source"]["holder"] != self._holder:
            return False
        self._remember(held)
        return True

    def _remember(self, answer: dict[str, Any]) -> None:
        self._version = _version(answer)
        if "_source" in answer:
            self._until = answer["_source"]["until"]

    def _held(self) -> dict[str, Any] | None:
        try:
            found: dict[str, Any] = self._client.get(index=self._index, id=RECORD)
        except NotFoundError:
            return None
        return found


def _version(answer: dict[str, Any]) -> dict[str, Any]:
    return {"if_seq_no": answer["_seq_no"], "if_primary_term": answer["_primary_term"]}
