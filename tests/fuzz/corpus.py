"""The inputs that are kept: those that reach everything reached so far, and those that once broke something.

One line of JSON an input, each byte a character of Latin-1, so that a change can be read in a diff.
"""

from __future__ import annotations

import json
from pathlib import Path

FOLDER = Path(__file__).parent
MOST = 150  # of a target; the shortest ones
LONGEST = 3000


def file_of(target: str) -> Path:
    return FOLDER / "corpus" / f"{target}.jsonl"


def inputs(target: str) -> list[bytes]:
    """What the search has learnt, and what broke something before it was mended (`found/<target>.jsonl`)."""
    return _lines(file_of(target)) + _lines(FOLDER / "found" / f"{target}.jsonl")


def write(target: str, data: list[bytes]) -> int:
    kept = sorted((one for one in data if len(one) <= LONGEST), key=lambda one: (len(one), one))
    kept = kept[:MOST]
    file_of(target).parent.mkdir(exist_ok=True)
    file_of(target).write_text("".join(json.dumps(one.decode("latin-1")) + "\n" for one in kept))
    return len(kept)


def _lines(file: Path) -> list[bytes]:
    if not file.exists():
        return []
    return [json.loads(line).encode("latin-1") for line in file.read_text().splitlines()]
