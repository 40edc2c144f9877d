"""How long do pages take in a large archive, and do they slow down as it grows?

Two archives of the same kind of towns, one ten times the other (200 and 2,000 documents, 150 pledges each), are
measured in turns in one run. A page is asked for as a stranger's browser does, through the whole WSGI application:
"kept", made before in this edition of the archive, which is what visitors mostly get; "new", asked for the first
time; "first", the first of all after a change, when nothing at all is kept.

Times are those of the process, so that what else runs on the machine does not count. The peer of a kept page is an
empty Django view behind the same middleware. That of a page that is made is the frame of every page with nothing in
it, made by the same templates; against the empty view it is told as well. A table of all kinds goes to stderr.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
PLEDGES = 300_000  # of the larger archive; the smaller has a tenth
LEAST = 36_000  # two towns in the smaller one
PER_DOCUMENT = 150
ROUNDS = 2
MOST = 3  # addresses of each kind in a round
GOAL, GROWTH = 5, 1.5
PEERS = {"kept": "empty", "new": "frame", "first": "frame"}
NAMES = {
    "empty": "× an empty Django view at the median",
    "frame": "× the frame of a page with nothing in it, at the median",
}
SETUP = "import django; django.setup()\n"
FILL = "import sys; from benchmarks.large.filling import fill; fill(int(sys.argv[1]))"
MEASURE = """
import json, random, sys
from benchmarks.large.timing import measure
print(json.dumps(measure(random.Random(int(sys.argv[1])), int(sys.argv[2]))))
"""


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    large = max(size or PLEDGES, LEAST)
    sizes = {"small": large // 10, "large": large}
    with tempfile.TemporaryDirectory() as name:
        folders = {kind: Path(name) / kind for kind in sizes}
        with ThreadPoolExecutor() as beside:
            seconds = dict(
                zip(sizes, beside.map(_fill, folders.values(), sizes.values()), strict=True)
            )
        rounds: dict[str, list[dict[str, Any]]] = {kind: [] for kind in sizes}
        for turn in range(ROUNDS):
            for kind, folder in folders.items():
                rounds[kind].append(
                    json.loads(_python(folder, "-c", SETUP + MEASURE, str(turn), str(MOST)))
                )
    about = {
        "documents": {kind: number // PER_DOCUMENT for kind, number in sizes.items()},
        "pledges": sizes,
        "seconds_to_fill": seconds,
        "empty_view_ms": {kind: _middle(rounds[kind], "empty") for kind in sizes},
        "frame_ms": {kind: _middle(rounds[kind], "frame") for kind in sizes},
    }
    for state, peer in PEERS.items():
        yield _against(rounds["large"], state, peer, about)
        yield _growth(rounds, state)
    for row in _table(rounds):
        print(row, file=sys.stderr)
    missing = {kind for one in rounds["large"] for kind in one["unchanged"]}
    yield {
        "bench": "pages_without_304",
        "value": len(missing),
        "unit": "kinds of page",
        "goal": 0,
        "better": "lower",
        "detail": {"kinds": sorted(missing)},
    }


def _fill(folder: Path, pledges: int) -> int:
    """Make an archive; how many seconds it took."""
    folder.mkdir()
    begin = time.perf_counter()
    for words in (("migrate",), ("load_reference",)):
        _python(folder, "manage.py", *words, "-v0")
    _python(folder, "-c", SETUP + FILL, str(pledges))
    _python(folder, "manage.py", "rebuild_index", "-v0")
    taken = round(time.perf_counter() - begin)
    print(f"{pledges} pledges in {taken} s", file=sys.stderr)
    return taken


def _table(rounds: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    """For people: each kind of page in the larger archive in each state, and how it grew."""
    yield f"{'':20}" + "".join(f"{state:>8} ms × empty  growth" for state in PEERS)
    growth = {state: _growth(rounds, state)["detail"]["kinds"] for state in PEERS}
    for kind in rounds["large"][0]["times"]["kept"]:
        yield f"{kind:20}" + "".join(
            f"{_middle_of(rounds['large'], state, kind):11.2f}"
            f"{_of_peer(rounds['large'], state, kind, 'empty'):8.1f}"
            f"{growth[state][kind]:8.2f}"
            for state in PEERS
        )


def _against(
    rounds: list[dict[str, Any]], state: str, peer: str, about: dict[str, Any]
) -> dict[str, Any]:
    """The kind of page that takes longest beside the peer of the same process, and all others."""
    kinds = {kind: _of_peer(rounds, state, kind, peer) for kind in rounds[0]["times"][state]}
    slowest = max(kinds, key=lambda kind: kinds[kind])
    return {
        "bench": f"pages_{state}",
        "value": kinds[slowest],
        "unit": NAMES[peer],
        "goal": GOAL,
        "better": "lower",
        "detail": {
            "slowest": slowest,
            "kinds": kinds,
            "of_an_empty_view": {kind: _of_peer(rounds, state, kind, "empty") for kind in kinds},
            "ms": {kind: _middle_of(rounds, state, kind) for kind in kinds},
            "queries": rounds[0]["queries"][state],
            **about,
        },
    }


def _growth(rounds: dict[str, list[dict[str, Any]]], state: str) -> dict[str, Any]:
    """The kind of page that is slowed most; the small and the large archive take turns."""
    kinds = {
        kind: round(
            statistics.median(
                large["times"][state][kind] / small["times"][state][kind]
                for small, large in zip(rounds["small"], rounds["large"], strict=True)
            ),
            2,
        )
        for kind in rounds["large"][0]["times"][state]
    }
    steepest = max(kinds, key=lambda kind: kinds[kind])
    return {
        "bench": f"pages_{state}_growth",
        "value": kinds[steepest],
        "unit": "× from a tenth of the documents",
        "goal": GROWTH,
        "better": "lower",
        "detail": {
            "steepest": steepest,
            "kinds": kinds,
            "ms_small": {kind: _middle_of(rounds["small"], state, kind) for kind in kinds},
            "ms_large": {kind: _middle_of(rounds["large"], state, kind) for kind in kinds},
        },
    }


def _of_peer(rounds: list[dict[str, Any]], state: str, kind: str, peer: str) -> float:
    return round(statistics.median(one["times"][state][kind] / one[peer] for one in rounds), 2)


def _middle_of(rounds: list[dict[str, Any]], state: str, kind: str) -> float:
    return round(statistics.median(one["times"][state][kind] for one in rounds), 2)


def _middle(rounds: list[dict[str, Any]], name: str) -> float:
    return round(statistics.median(one[name] for one in rounds), 3)


def _python(folder: Path, *words: str) -> str:
    """What a Python of an archive in this folder prints."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("SEARCH_URL", "DATABASE_URL")
    }
    environment = {**kept, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "archive.settings"}
    return subprocess.run(
        [sys.executable, *words],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout
