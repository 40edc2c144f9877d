"""Many changes in few requests; what a busy or broken cluster does not take is sent again, later and later."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any

from opensearchpy import ConnectionError, OpenSearch, TransportError

from search.engines.base import EngineUnavailable

ROWS, SIZE = 2000, 4_000_000  # of one request at most: changes, and characters of them
PATIENCE = 90.0  # seconds for which a request is sent again before the writer gives up
BUSY = (429, 500, 502, 503, 504)
FULL = "Auf dem Suchcluster ist der Platz zu Ende; er nimmt wieder etwas an, sobald auf seinen Platten Platz ist."


class Bulk:
    """Collects changes and sends them; on a clean exit all have arrived, otherwise it raised.

    `check` raises once somebody else may be writing. `alias`: the name must be an alias, so that no index comes
    into being by a mistake.
    """

    def __init__(
        self, client: OpenSearch, index: str, check: Callable[[], None], *, alias: bool = True
    ) -> None:
        self._client, self._index, self._check, self._alias = client, index, check, alias
        self._waiting: list[str] = []
        self._size = 0

    def __enter__(self) -> Bulk:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if kind is None:
            self._send()

    def put(self, name: str, row: dict[str, Any], routing: int | None = None) -> None:
        head = json.dumps({"index": _target(name, routing)})
        self._add(f"{head}\n{json.dumps(row, ensure_ascii=False)}\n")

    def delete(self, name: str, routing: int | None = None) -> None:
        self._add(f"{json.dumps({'delete': _target(name, routing)})}\n")

    def _add(self, lines: str) -> None:
        self._waiting.append(lines)
        self._size += len(lines)
        if len(self._waiting) >= ROWS or self._size >= SIZE:
            self._send()

    def _send(self) -> None:
        left, self._waiting, self._size = self._waiting, [], 0
        end, tries = time.monotonic() + PATIENCE, 0
        while left:
            self._check()
            left, reason = self._try(left)
            if left and time.monotonic() > end:
                raise EngineUnavailable(
                    f"Der Suchcluster nimmt seit {PATIENCE:.0f} Sekunden nichts an ({reason})."
                )
            tries += 1
            if left:
                time.sleep(pause(tries))

    def _try(self, lines: list[str]) -> tuple[list[str], str]:
        """What was not taken and may be later, and why."""
        try:
            answer = self._client.bulk(
                body="".join(lines),
                index=self._index,
                **({"require_alias": True} if self._alias else {}),
            )
        except ConnectionError as error:
            return lines, type(error).__name__
        except TransportError as error:
            if is_full(error.info):
                raise EngineUnavailable(FULL) from error
            if error.status_code not in BUSY:
                raise
            return lines, str(error.status_code)
        if not answer["errors"]:
            return [], ""
        left, reason = [], ""
        for line, item in zip(lines, answer["items"], strict=True):
            ((kind, told),) = item.items()
            if is_full(told.get("error")):
                raise EngineUnavailable(FULL)
            if told["status"] in BUSY:
                left.append(line)
                reason = str(told["status"])
            elif "error" in told and not (kind == "delete" and told["status"] == 404):
                raise EngineUnavailable(
                    f"Der Suchcluster nimmt einen Eintrag nicht an: {told['error'].get('reason')}"
                )
        return left, reason


def is_full(told: Any) -> bool:
    """Whether a refusal is that of a cluster whose disks are full: it answers as if it were busy, and stays so."""
    return "flood-stage" in str(told)


def pause(tries: int) -> float:
    """Seconds before the next try: longer each time, and never at the same moment as others."""
    longest: float = min(0.05 * 2**tries, 5.0)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311


def _target(name: str, routing: int | None) -> dict[str, str]:
    return {"_id": name} if routing is None else {"_id": name, "routing": str(routing)}
