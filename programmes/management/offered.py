"""The files that a command was offered, and the progress of going through them."""

from __future__ import annotations

import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from programmes.ingest.pieces import Refused, printable


def files(paths: Iterable[str], *, own: Path | None = None) -> Iterator[Path]:
    """Every file below the paths, sorted within a folder; hidden ones and what is not a file are passed over.

    So is `own`, the folder that the archive keeps its keys, index and originals in, and so are links that lead out
    of the folder: whoever filled it must not have other files of this machine taken in. A path that does not exist is
    yielded as it is: whoever opens it gets the sentence that says so.
    """
    kept = own.resolve() if own else None
    for name in paths:
        path = Path(name)
        if not path.is_dir():
            yield path
            continue
        for folder, folders, names in os.walk(path):
            if Path(folder).resolve() == kept:
                folders.clear()
                continue
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(names):
                file = Path(folder) / name
                if not name.startswith(".") and file.is_file() and _is_inside(file, path):
                    yield file


def _is_inside(file: Path, folder: Path) -> bool:
    return not file.is_symlink() or file.resolve().is_relative_to(folder.resolve())


def name_of(path: str | Path) -> str:
    """A path as it can be shown and stored, whatever bytes it is made of."""
    return printable(os.fspath(path))


def load(path: Path, at_most: int) -> bytes:
    """The bytes of a file; `Refused` with one clear sentence if they cannot be had."""
    try:
        if path.is_dir():
            raise Refused("Das ist ein Ordner, keine Datei.")
        if not stat.S_ISREG(path.stat().st_mode):  # a pipe or a device may never end
            raise Refused("Das ist ein Gerät oder eine Leitung, keine Datei.")
        with path.open("rb") as file:
            data = file.read(at_most + 1)
        if len(data) > at_most:
            raise Refused(f"Die Datei ist größer als {at_most // 2**20} MB.")
    except FileNotFoundError:
        raise Refused("Die Datei gibt es nicht.") from None
    except PermissionError:
        raise Refused("Die Datei darf nicht gelesen werden (fehlende Rechte).") from None
    except OSError as error:
        raise Refused(f"Die Datei lässt sich nicht öffnen ({error.strerror}).") from None
    if not data.strip():
        raise Refused("Die Datei ist leer.")
    return data


class Progress:
    """A line that says how far the work is: rewritten on a terminal, now and then elsewhere."""

    def __init__(self, total: int, out: TextIO | None = None) -> None:
        self.total, self.done, self.out = total, 0, out or sys.stderr
        self._live = self.out.isatty()
        self._started = self._said = time.monotonic()

    def step(self, name: str) -> None:
        self.done += 1
        now = time.monotonic()
        if not self._live and now - self._said < 5:
            return
        self._said = now
        left = (now - self._started) / self.done * (self.total - self.done)
        line = f"[{self.done}/{self.total}] noch etwa {left:.0f} s · {name}"
        self.out.write(f"\r\x1b[K{line[:100]}" if self._live else line + "\n")
        self.out.flush()

    def end(self) -> None:
        if self._live:
            self.out.write("\r\x1b[K")
            self.out.flush()
