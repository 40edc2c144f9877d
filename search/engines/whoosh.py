"""The embedded index: a folder on a local disk, for threads and processes of one machine.

Of Whoosh it uses the locks of a folder and the names of files. The format of the segments is ours: Whoosh's
matchers score a posting at a time in Python, ours work on arrays that are mapped into memory (`segment.py`,
`matching.py`).

`toc` names the segments that are live, what of them is deleted, and the stamp. It is replaced by a rename, after
what it names is on the disk: whenever a writer is killed, the old index is there or the new one, and nothing
between. What a killed writer left is swept by the next.
"""

from __future__ import annotations

import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
from whoosh.filedb.filestore import FileStorage
from whoosh.util import random_name
from whoosh.util.filelock import try_for

from search.engines import arrays, segment
from search.engines.arrays import Array, Damaged
from search.engines.base import EngineUnavailable, Entry, Query, Results
from search.engines.matching import Matcher, Part
from search.engines.segment import MOST_ROWS, Builder, Segment

PATIENCE = 20.0  # seconds that a writer waits for another
RETRIES = 20
# A part of this many entries at most is merged with its like as soon as there is one; a larger one only when
# there are too many.
QUICK = 20_000
MOST_PARTS = 12
MISSING = "there is no index; run manage.py rebuild_index"
DAMAGED = "the index is damaged ({}); run manage.py rebuild_index"
REMOTE = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "ceph", "glusterfs", "lustre", "afs", "9p"}
MOUNTS = Path("/proc/self/mounts")

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Listed:
    """A segment in the table of contents: its file, and the file of what is deleted in it ("" if nothing is)."""

    file: str
    deleted: str = ""


@dataclass(frozen=True, slots=True)
class Contents:
    """What is live."""

    stamp: str
    segments: tuple[Listed, ...] = ()


class WhooshEngine:
    """Safe for threads and processes of one machine; refuses a folder that other machines may share."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._toc = self.folder / "toc"
        self._opening = threading.Lock()
        self._current: tuple[tuple[int, int, int], Matcher] | None = None
        self._segments: dict[str, Segment] = {}
        self._alive: dict[tuple[str, str], Array | None] = {}

    def __reduce__(self) -> tuple[type[WhooshEngine], tuple[Path]]:
        """To another process goes the address, and nothing that is open here."""
        return WhooshEngine, (self.folder,)

    def search(self, query: Query) -> Results:
        return self._matcher().search(query)

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        if not self._toc.exists():
            raise EngineUnavailable(MISSING)
        fresh = Builder()
        for entry in entries:
            fresh.add(entry)
        with self._writing():
            contents = self._contents()
            listed = [self._without(document, each) for each in contents.segments]
            if fresh.size:
                listed.append(self._write(fresh.write))
            self._commit(contents, replace(contents, segments=tuple(filter(None, listed))))
            self._merge(QUICK)

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[_Loader]:
        self._refuse_network()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(f"{self.folder} cannot be made: {error.strerror}") from error
        with self._locked("rebuilding", "the index is being rebuilt"), self._writing(waiting=False):
            self._sweep()
            loader = _Loader(self)
            try:
                yield loader
                loader.flush()
                self._commit(None, Contents(stamp, tuple(loader.written)))
            except BaseException:
                self._sweep()
                raise
            self._sweep()

    def optimize(self) -> None:
        """All entries in one segment, without what was deleted."""
        with self._writing():
            contents = self._contents()
            if len(contents.segments) > 1 or any(each.deleted for each in contents.segments):
                self._merged(contents, 0)

    def stamp(self) -> str | None:
        try:
            return self._contents().stamp
        except EngineUnavailable:
            return None

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for part in self._matcher().parts:
            for term, count in part.segment.frequencies(prefix, part.alive).items():
                found[term] = found.get(term, 0) + count
        return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:limit])

    def documents(self) -> Mapping[int, frozenset[str]]:
        held: dict[int, set[str]] = {}
        for part in self._matcher().parts:
            own = part.segment
            alive = np.arange(own.size) if part.alive is None else np.flatnonzero(part.alive)
            documents = own.documents[own.run_of_entry[alive]]
            for name, document in zip(own.ids(alive), documents.tolist(), strict=True):
                held.setdefault(document, set()).add(name)
        return {document: frozenset(ids) for document, ids in held.items()}

    # Reading

    def _matcher(self) -> Matcher:
        """For the index as it is now: a look at one file; opened anew only when a writer has moved it on."""
        seen = self._version()
        current = self._current
        if current is not None and current[0] == seen:
            return current[1]
        with self._opening:
            seen = self._version()
            current = self._current
            if current is None or current[0] != seen:
                current = self._current = (seen, self._steadily(self._open))
            return current[1]

    def _version(self) -> tuple[int, int, int]:
        try:
            found = self._toc.stat()
        except OSError as error:
            raise EngineUnavailable(MISSING) from error
        return found.st_mtime_ns, found.st_ino, found.st_size

    def _open(self) -> Matcher:
        contents = self._contents()
        parts = [Part(self._segment(each.file), self._alive_in(each)) for each in contents.segments]
        live = {each.file for each in contents.segments}
        self._segments = {name: own for name, own in self._segments.items() if name in live}
        pairs = {(each.file, each.deleted) for each in contents.segments}
        self._alive = {key: own for key, own in self._alive.items() if key in pairs}
        return Matcher(parts)

    def _steadily(self, read: Callable[[], Answer]) -> Answer:
        """Again where a writer took a file away between the look at the table of contents and that at the file."""
        for attempt in range(RETRIES):
            try:
                return read()
            except FileNotFoundError as gone:
                missing = gone
                time.sleep(0.002 * attempt)
            except (Damaged, ValueError, KeyError, OSError) as damage:
                raise EngineUnavailable(DAMAGED.format(damage)) from damage
        raise EngineUnavailable(DAMAGED.format(f"{Path(missing.filename).name} is missing"))

    def _contents(self) -> Contents:
        try:
            text = self._toc.read_text()
        except UnicodeDecodeError as error:
            raise EngineUnavailable(DAMAGED.format("its table of contents was changed")) from error
        except OSError as error:
            raise EngineUnavailable(MISSING) from error
        listing, _, checksum = text.rstrip("\n").rpartition("\n")
        if checksum != _checksum(listing):
            raise EngineUnavailable(DAMAGED.format("its table of contents was changed"))
        held = json.loads(listing)
        return Contents(held["stamp"], tuple(Listed(*each) for each in held["segments"]))

    def _segment(self, name: str) -> Segment:
        own = self._segments.get(name)
        if own is None:
            own = self._segments[name] = Segment(self.folder / name)
        return own

    def _alive_in(self, listed: Listed) -> Array | None:
        """Which entries of a segment are there; None: all."""
        if not listed.deleted:
            return None
        key = (listed.file, listed.deleted)
        if key not in self._alive:
            alive = np.ones(self._segment(listed.file).size, bool)
            alive[arrays.read(self.folder / listed.deleted)[0]["deleted"]] = False
            self._alive[key] = alive
        return self._alive[key]

    # Writing

    def _write(self, write: Callable[[Path], None]) -> Listed:
        name = f"{random_name(12)}.segment"
        try:
            write(self.folder / name)
        except OSError as error:
            raise EngineUnavailable(f"the index cannot be written: {error.strerror}") from error
        return Listed(name)

    def _without(self, document: int, listed: Listed) -> Listed | None:
        """The segment with the document's entries deleted; None if nothing is left of it."""
        own, alive = self._steadily(lambda: (self._segment(listed.file), self._alive_in(listed)))
        gone = own.of_document(document)
        if alive is not None:
            gone = gone[alive[gone]]
        if not len(gone):
            return listed
        left = np.ones(own.size, bool) if alive is None else alive.copy()
        left[gone] = False
        if not left.any():
            return None
        name = f"{random_name(12)}.deleted"
        try:
            arrays.write(
                self.folder / name, {"deleted": np.flatnonzero(~left).astype(np.uint32)}, {}
            )
        except OSError as error:
            raise EngineUnavailable(f"the index cannot be written: {error.strerror}") from error
        return Listed(listed.file, name)

    def _merge(self, largest: int) -> None:
        """Keep the parts few: like sizes are merged, so that an entry is copied a few times in all."""
        contents = self._contents()
        counts = [self._count(each) for each in contents.segments]
        first = len(counts) - 1
        while first > 0 and counts[first - 1] < 3 * sum(counts[first:]):
            if sum(counts[first - 1 :]) > largest and len(counts) <= MOST_PARTS:
                break
            first -= 1
        if 0 <= first < len(counts) - 1:
            self._merged(contents, first)

    def _merged(self, contents: Contents, first: int) -> None:
        """The parts from `first` on as one."""
        joined = contents.segments[first:]
        parts = self._steadily(
            lambda: [(self._segment(each.file), self._alive_in(each)) for each in joined]
        )
        written = self._write(lambda path: segment.merge(path, parts))
        self._commit(contents, replace(contents, segments=(*contents.segments[:first], written)))

    def _count(self, listed: Listed) -> int:
        alive = self._alive_in(listed)
        return self._segment(listed.file).size if alive is None else int(np.count_nonzero(alive))

    def _commit(self, before: Contents | None, after: Contents) -> None:
        """One rename decides; then what is no longer named is taken away."""
        listing = json.dumps(
            {
                "stamp": after.stamp,
                "segments": [[each.file, each.deleted] for each in after.segments],
            }
        )
        fresh = self.folder / "toc.next"
        try:
            with fresh.open("w") as file:
                file.write(f"{listing}\n{_checksum(listing)}\n")
                file.flush()
                os.fsync(file.fileno())
            os.utime(fresh, ns=(time.time_ns(), time.time_ns()))  # finer than the clock of the disk
            fresh.replace(self._toc)
            _sync_folder(self.folder)
        except OSError as error:
            raise EngineUnavailable(f"the index cannot be written: {error.strerror}") from error
        if before is not None:
            for name in _files(before) - _files(after):
                with suppress(OSError):
                    (self.folder / name).unlink()

    def _sweep(self) -> None:
        """Take away what the table of contents does not name: a killed writer left it."""
        try:
            live = _files(self._contents())
        except EngineUnavailable:
            live = set()
        for pattern in ("*.segment", "*.deleted"):
            for found in self.folder.glob(pattern):
                if found.name not in live:
                    with suppress(OSError):
                        found.unlink()

    @contextmanager
    def _writing(self, *, waiting: bool = True) -> Iterator[None]:
        """One writer at a time, over all processes; the lock goes with the process that held it."""
        if not self.folder.is_dir():
            raise EngineUnavailable(MISSING)
        if waiting:
            with self._locked("rebuilding", "the index is being rebuilt"):
                pass
        with self._locked("writing", "the index is being written", PATIENCE if waiting else 2):
            yield

    @contextmanager
    def _locked(self, name: str, reason: str, patience: float = 0.2) -> Iterator[None]:
        lock = FileStorage(str(self.folder)).lock(name)
        try:
            if not try_for(lock.acquire, timeout=patience, delay=0.005):
                raise EngineUnavailable(reason)
        except OSError as error:
            raise EngineUnavailable(f"the index cannot be locked: {error.strerror}") from error
        try:
            yield
        finally:
            lock.release()

    def _refuse_network(self) -> None:
        """Locks and maps of files do not hold between machines."""
        kind = file_system(self.folder)
        if kind in REMOTE or kind.startswith("fuse.sshfs"):
            raise EngineUnavailable(
                f"{self.folder} is on a network file system ({kind}); the index needs a local disk, several"
                " machines need SEARCH_URL=postgresql://…"
            )


class _Loader:
    """Collects entries into segments that nobody sees yet."""

    def __init__(self, engine: WhooshEngine) -> None:
        self.written: list[Listed] = []
        self._engine = engine
        self._builder = Builder()

    def add(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self._builder.add(entry)
            if self._builder.size == MOST_ROWS:
                self.flush()

    def flush(self) -> None:
        if self._builder.size:
            self.written.append(self._engine._write(self._builder.write))
        self._builder = Builder()


def file_system(folder: Path, mounts: Path = MOUNTS) -> str:
    """What kind of file system a folder is (or will be) on, as the kernel calls it; "" where that is not known."""
    try:
        lines = mounts.read_text().splitlines()
    except OSError:
        return ""
    wanted = folder.resolve()
    best = (-1, "")
    for line in lines:
        fields = line.split(" ")
        if len(fields) > 2:
            place = Path(fields[1].replace("\\040", " "))
            if wanted.is_relative_to(place):
                best = max(best, (len(place.parts), fields[2]))
    return best[1]


def _files(contents: Contents) -> set[str]:
    return {name for each in contents.segments for name in (each.file, each.deleted) if name}


def _checksum(listing: str) -> str:
    return f"{zlib.crc32(listing.encode()):08x}"


def _sync_folder(folder: Path) -> None:
    """A rename is on the disk when its folder is."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
