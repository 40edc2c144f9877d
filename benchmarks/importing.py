"""How long the longest real text takes from file to index, and how much memory: the whole command, cold.

The peer is the same interpreter loading Django and doing nothing (`manage.py check`): what is above it is ours.
Needs the real texts beside the checkout; without them the longest text of the demonstration corpus stands in.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RUNS = 3


def run(size: int | None = None) -> Iterator[dict[str, object]]:
    file = _longest()
    with tempfile.TemporaryDirectory() as folder:
        _manage(folder, "migrate", "-v0")
        _manage(folder, "load_reference", "-v0")
        _manage(folder, "rebuild_index", "-v0")
        idle = min(_manage(folder, "check")[0] for _ in range(RUNS))
    seconds, memory, busy = [], [], []
    for _ in range(RUNS):
        with tempfile.TemporaryDirectory() as folder:
            _manage(folder, "migrate", "-v0")
            _manage(folder, "load_reference", "-v0")
            _manage(folder, "rebuild_index", "-v0")
            taken, most, cpu = _manage(folder, "import_documents", str(file), "--publish")
            seconds.append(taken)
            memory.append(most)
            busy.append(cpu)
    detail = {
        "file": file.name,
        "bytes": file.stat().st_size,
        "seconds": [round(taken, 2) for taken in seconds],
        "cpu_seconds": [round(cpu, 2) for cpu in busy],
        "seconds_of_check": round(idle, 2),
    }
    yield {
        "bench": "import_longest_text_seconds",
        "value": round(min(seconds), 2),
        "unit": "s",
        "goal": 2,
        "better": "lower",
        "detail": detail,
    }
    yield {
        "bench": "import_longest_text_memory",
        "value": round(max(memory)),
        "unit": "MB",
        "goal": 200,
        "better": "lower",
        "detail": {"file": file.name, "of": "the largest process"},
    }


def _longest() -> Path:
    seeds = sorted((ROOT.parent / "shared" / "seeds").glob("*.txt"))
    own = sorted((ROOT / "fixtures" / "demonstration" / "documents").iterdir())
    return max(seeds or own, key=lambda path: path.stat().st_size)


def _manage(folder: str, *words: str) -> tuple[float, float, float]:
    """Seconds, megabytes and seconds of computing of a command."""
    started = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={**os.environ, "DATA_DIR": folder},
        stdout=subprocess.DEVNULL,
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"manage.py {' '.join(words)} failed with {process.returncode}")
    return time.perf_counter() - started, _megabytes(used), used.ru_utime + used.ru_stime


def _megabytes(used: resource.struct_rusage) -> float:
    return used.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10)
