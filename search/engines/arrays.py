"""How arrays are kept in a file, and come back without being copied.

One file: a magic, the arrays one after the other, a directory as JSON, its place, a checksum of all of it.
Plain data: nothing in it is run, and a file that was cut or changed is told from a whole one when it is opened.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

Array = np.ndarray[Any, np.dtype[Any]]

MAGIC = b"VSPRARR1"
TRAILER = struct.Struct("<QQI4s")  # where the directory is, its length, checksum, end
END = b"END1"
CHUNK = 1 << 22


class Damaged(Exception):
    """The file is not what was written."""


def write(path: Path, arrays: Mapping[str, Array | bytes], meta: Mapping[str, Any]) -> None:
    """All arrays and what `meta` says (JSON) into a new file, on the disk when this returns."""
    directory: dict[str, list[Any]] = {}
    with path.open("xb") as file:
        checksum = at = waiting = 0
        pieces: list[bytes] = []

        def flush() -> None:
            """Few large writes: each lets other threads in, and waits for its turn again."""
            nonlocal checksum, waiting
            data = b"".join(pieces)
            pieces.clear()
            waiting = 0
            file.write(data)
            checksum = zlib.crc32(data, checksum)

        def put(data: bytes) -> None:
            nonlocal at, waiting
            pieces.append(data)
            at += len(data)
            waiting += len(data)
            if waiting > CHUNK:
                flush()

        put(MAGIC)
        for name, value in arrays.items():
            put(b"\0" * (-at % 8))
            if isinstance(value, bytes):
                directory[name] = [at, len(value), "bytes"]
                put(value)
            else:
                plain = np.ascontiguousarray(value)
                directory[name] = [at, plain.nbytes, plain.dtype.str]
                if plain.nbytes:
                    put(plain.tobytes())
        listing = json.dumps({"arrays": directory, "meta": meta}, ensure_ascii=False).encode()
        start = at
        put(listing)
        flush()
        file.write(TRAILER.pack(start, len(listing), checksum, END))
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """The arrays of a file, mapped into memory and read-only, and its `meta`; `Damaged` if it is not whole."""
    with path.open("rb") as file:
        try:
            held = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError as empty:
            raise Damaged(f"{path.name} ist leer") from empty
    size = len(held)
    if size < len(MAGIC) + TRAILER.size or held[: len(MAGIC)] != MAGIC:
        raise Damaged(f"{path.name} hat nicht die Form eines Index")
    start, length, checksum, end = TRAILER.unpack(held[size - TRAILER.size :])
    if end != END or start + length != size - TRAILER.size or _checksum(held) != checksum:
        raise Damaged(f"{path.name} ist abgeschnitten oder wurde verändert")
    listing = json.loads(held[start : start + length])
    arrays: dict[str, Any] = {}
    for name, (at, nbytes, kind) in listing["arrays"].items():
        if kind == "bytes":
            arrays[name] = memoryview(held)[at : at + nbytes]
        else:
            dtype = np.dtype(kind)
            arrays[name] = (
                np.frombuffer(held, dtype, nbytes // dtype.itemsize, at)
                if nbytes
                else np.empty(0, dtype)
            )
    return arrays, listing["meta"]


def _checksum(held: mmap.mmap) -> int:
    checksum = 0
    whole = memoryview(held)
    stop = len(held) - TRAILER.size
    for at in range(0, stop, CHUNK):
        checksum = zlib.crc32(whole[at : min(at + CHUNK, stop)], checksum)
    return checksum


def ranges(starts: Array, counts: Array) -> Array:
    """The numbers start, start + 1, … of every range, one range after the other."""
    ends = counts.cumsum()
    total = int(ends[-1]) if len(ends) else 0
    if len(starts) == 1:
        return np.arange(int(starts[0]), int(starts[0]) + total)
    index: Array = (starts - ends + counts).repeat(counts)
    index += np.arange(total)
    return index


def firsts(values: Array) -> Array:
    """Of sorted values: where each is for the first time."""
    fresh = np.empty(len(values), bool)
    fresh[:1] = True
    np.not_equal(values[1:], values[:-1], out=fresh[1:])
    return fresh.nonzero()[0]


def distinct(values: Array) -> Array:
    """Each value once, ascending; sorts `values`. (numpy's own hashes first, and is several times slower.)"""
    values.sort()
    return values[firsts(values)]
