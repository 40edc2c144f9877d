"""The embedded index: a folder on a local disk, for threads and processes of one machine.

Of Whoosh it uses the locks of a folder and the names of files. The format of the segments is ours: Whoosh's
matchers score a posting at a time in Python, ours work on arrays that are mapped into memory (`segment.py`,
`matching.py`).

`toc` names the segments that are live, what of them is deleted, and the stamp. It is replaced by a rename, after
what it names is on the disk: whenever a writer is killed, the old index is there or the new one, and nothing
between. What a killed writer left is swept by the next.

Small segments are merged by the writer that makes one too many. Larger ones are merged behind its back, by a
thread that needs the lock of the writers only to put the result in place; what was deleted meanwhile is then
deleted in it, too.
"""

from __future__ import annotations

import errno
import json
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
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
# Segments of fewer entries are small. With so many of them a writer merges them: 30 ms.
SMALL = 1_000
MOST_SMALL = 4
# Large ones are merged until each holds so many times what all smaller ones hold together.
GROWTH = 3
MISSING = "Es gibt keinen Index; manage.py rebuild_index baut ihn."
REFUSED = {
    errno.ENOSPC: "auf dem Datenträger ist kein Platz mehr",
    errno.EDQUOT: "auf dem Datenträger ist kein Platz mehr",
    errno.EROFS: "der Ordner lässt sich nicht beschreiben",
    errno.EACCES: "der Ordner lässt sich nicht beschreiben",
    errno.EPERM: "der Ordner lässt sich nicht beschreiben",
}
DAMAGED = "Der Index ist beschädigt ({}); manage.py rebuild_index baut ihn neu."
CHANGED = "sein Inhaltsverzeichnis wurde verändert"
REBUILT = "Der Index wird gerade neu gebaut."
WRITTEN = "Der Index wird gerade geschrieben."
MERGED = "Der Index wird gerade zusammengefasst."
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


@dataclass(frozen=True, slots=True)
class _Merged:
    """A segment that is not live yet, and which entries of each that it was made of are in it, in order."""

    file: str
    kept: tuple[tuple[str, Array], ...]


class _NoContents(EngineUnavailable):
    """There is no table of contents, or none that says anything: there is no index."""


class WhooshEngine:
    """Safe for threads and processes of one machine; refuses a folder that other machines may share."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(folder)
        self._toc = self.folder / "toc"
        self._opening = threading.Lock()
        self._current: tuple[tuple[int, int, int], Matcher] | None = None
        self._segments: dict[str, Segment] = {}
        self._alive: dict[tuple[str, str], Array] = {}
        self._merging: threading.Thread | None = None
        self._swept = False

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
            contents = self._commit(
                contents, replace(contents, segments=tuple(filter(None, listed)))
            )
            small = [each for each in contents.segments if self._size(each) < SMALL]
            if len(small) >= MOST_SMALL and (merged := self._merged(small)):
                contents = self._put(merged, contents)
            self._let_go(contents)
            self._sweep_once()
        self._merge_behind()

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[_Loader]:
        self._refuse_network()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise EngineUnavailable(
                f"{self.folder} lässt sich nicht anlegen: {_why(error)}."
            ) from error
        with self._locked("rebuilding", REBUILT), self._writing(waiting=False):
            self._sweep()
            loader = _Loader(self)
            try:
                yield loader
                loader.flush()
                self._commit(None, Contents(stamp, tuple(loader.written)))
            finally:
                self._sweep()

    def optimize(self) -> None:
        """All entries in one segment, without what was deleted; writers need not wait for it."""

        def all_of_several(segments: Sequence[Listed]) -> Sequence[Listed]:
            several = len(segments) > 1 or any(each.deleted for each in segments)
            return segments if several else ()

        with self._locked("merging", MERGED, PATIENCE):
            self._replace_by_one(all_of_several)

    def stamp(self) -> str | None:
        try:
            return self._contents().stamp
        except _NoContents:
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
        self._let_go(contents)
        return Matcher(parts)

    def _let_go(self, contents: Contents) -> None:
        """Of segments that are not live any more: each is a file in memory, though it is gone from the disk.
        A process that writes hundreds and reads none would keep them all."""
        live = {each.file for each in contents.segments}
        self._segments = {name: own for name, own in list(self._segments.items()) if name in live}
        pairs = {(each.file, each.deleted) for each in contents.segments}
        self._alive = {key: own for key, own in list(self._alive.items()) if key in pairs}

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
        raise EngineUnavailable(DAMAGED.format(f"{Path(missing.filename).name} fehlt"))

    def _contents(self) -> Contents:
        try:
            text = self._toc.read_text()
        except UnicodeDecodeError as error:
            raise _NoContents(DAMAGED.format(CHANGED)) from error
        except FileNotFoundError as error:
            raise _NoContents(MISSING) from error
        except OSError as error:  # not for ever, perhaps: too many open files, a disk that is away
            raise EngineUnavailable(f"Der Index ist nicht zu lesen: {error.strerror}.") from error
        listing, _, checksum = text.rstrip("\n").rpartition("\n")
        if checksum != _checksum(listing):
            raise _NoContents(DAMAGED.format(CHANGED))
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
        alive = self._alive.get(key)
        if alive is None:
            alive = np.ones(self._segment(listed.file).size, bool)
            alive[arrays.read(self.folder / listed.deleted)[0]["deleted"]] = False
            self._alive[key] = alive
        return alive

    # Writing

    def _write(self, write: Callable[[Path], None]) -> Listed:
        name = f"{random_name(12)}.segment"
        try:
            write(self.folder / name)
        except BaseException as error:
            self._take_away([name])
            if isinstance(error, OSError):
                raise _unwritable(error) from error
            raise
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
        return Listed(listed.file, self._deleted(~left))

    def _deleted(self, gone: Array) -> str:
        """The name of a new file that says so."""
        name = f"{random_name(12)}.deleted"
        try:
            arrays.write(
                self.folder / name, {"deleted": np.flatnonzero(gone).astype(np.uint32)}, {}
            )
        except OSError as error:
            self._take_away([name])
            raise _unwritable(error) from error
        return name

    # Merging

    def _size(self, listed: Listed) -> int:
        """How many entries it was written with. What is left of them does not count: a large segment stays large,
        and the writers leave it to those who merge behind their backs."""
        return self._segment(listed.file).size

    def _count(self, listed: Listed) -> int:
        alive = self._alive_in(listed)
        return self._size(listed) if alive is None else int(np.count_nonzero(alive))

    def _merge_behind(self) -> None:
        """Have a thread merge what is due, unless one does already."""
        if self._merging and self._merging.is_alive():
            return
        # Whatever comes between, the parts answer as well, and the next writer asks again.
        with suppress(EngineUnavailable):
            if self._steadily(lambda: self._due(self._contents().segments)):
                self._merging = threading.Thread(target=self._merge, name="index-merge")
                self._merging.start()

    def _merge(self) -> None:
        with suppress(EngineUnavailable), self._locked("merging", MERGED, 0):
            while self._replace_by_one(self._due):
                pass

    def _due(self, segments: Sequence[Listed]) -> Sequence[Listed]:
        """The large segments to merge now: the smallest, until what is left is each much larger than all before;
        or one of which most was deleted."""
        counted = [(self._count(each), each) for each in segments if self._size(each) >= SMALL]
        counted.sort(key=lambda pair: pair[0])
        total = due = 0
        for at, (count, _) in enumerate(counted):
            if total + count > MOST_ROWS:
                break
            if count < GROWTH * total:
                due = at + 1
            total += count
        if due:
            return [each for _, each in counted[:due]]
        return [each for count, each in counted if 2 * count < self._size(each)][:1]

    def _replace_by_one(self, choose: Callable[[Sequence[Listed]], Sequence[Listed]]) -> bool:
        """Merge the chosen segments while others write, then put the one in their place; False: none was chosen."""
        merged = self._steadily(lambda: self._merged(choose(self._contents().segments)))
        if merged is None:
            return False
        with self._writing():
            try:
                # A rebuild that was broken off may have swept it.
                if (self.folder / merged.file).exists():
                    self._let_go(self._put(merged, self._contents()))
            finally:
                self._sweep()
        return True

    def _merged(self, listed: Sequence[Listed]) -> _Merged | None:
        parts = [(self._segment(each.file), self._alive_in(each)) for each in listed]
        if not parts:
            return None
        written = self._write(lambda path: segment.merge(path, parts))
        kept = [
            (own.name, np.arange(own.size) if alive is None else np.flatnonzero(alive))
            for own, alive in parts
        ]
        return _Merged(written.file, tuple(kept))

    def _put(self, merged: _Merged, contents: Contents) -> Contents:
        """In the place of what it was made of; what was deleted there since is deleted in it."""
        now = {each.file: each for each in contents.segments}
        dead: list[Array] = []
        for file, kept in merged.kept:
            found = now.pop(file, None)
            if found is None:  # nothing of it is left, or somebody else has merged it
                dead.append(np.ones(len(kept), bool))
            else:
                alive = self._alive_in(found)
                dead.append(np.zeros(len(kept), bool) if alive is None else ~alive[kept])
        gone = np.concatenate(dead)
        segments = list(now.values())
        if not gone.all():
            segments.append(Listed(merged.file, self._deleted(gone) if gone.any() else ""))
        return self._commit(contents, replace(contents, segments=tuple(segments)))

    # The one moment

    def _commit(self, before: Contents | None, after: Contents) -> Contents:
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
            self._take_away([fresh.name])
            raise _unwritable(error) from error
        if before is not None:
            self._take_away(_files(before) - _files(after))
        return after

    def _sweep(self) -> None:
        """Take away what the table of contents does not name: a killed writer left it. Nothing where there is a
        table that cannot be read now: it may name what it would be."""
        try:
            live = _files(self._contents())
        except EngineUnavailable:
            if os.path.lexists(self._toc):
                return
            live = set()
        found = [*self.folder.glob("*.segment"), *self.folder.glob("*.deleted")]
        self._take_away(each.name for each in found if each.name not in live)

    def _sweep_once(self) -> None:
        """What another writer left when it was killed, by the first that comes after it; not while one merges,
        whose segment is not named yet."""
        if not self._swept:
            with suppress(EngineUnavailable), self._locked("merging", MERGED, 0):
                self._sweep()
                self._swept = True

    def _take_away(self, names: Iterable[str]) -> None:
        for name in names:
            with suppress(OSError):
                (self.folder / name).unlink()

    @contextmanager
    def _writing(self, *, waiting: bool = True) -> Iterator[None]:
        """One writer at a time, over all processes; the lock goes with the process that held it."""
        if not self.folder.is_dir():
            raise EngineUnavailable(MISSING)
        if waiting:
            with self._locked("rebuilding", REBUILT):
                pass
        with self._locked("writing", WRITTEN, PATIENCE if waiting else 2):
            yield

    @contextmanager
    def _locked(self, name: str, reason: str, patience: float = 0.2) -> Iterator[None]:
        lock = FileStorage(str(self.folder)).lock(name)
        try:
            if not try_for(lock.acquire, timeout=patience, delay=0.005):
                raise EngineUnavailable(reason)
        except OSError as error:
            raise EngineUnavailable(
                f"Der Index lässt sich nicht sperren: {_why(error)}."
            ) from error
        try:
            yield
        finally:
            lock.release()

    def _refuse_network(self) -> None:
        """Locks and maps of files do not hold between machines."""
        kind = file_system(self.folder)
        if kind in REMOTE or kind.startswith("fuse.sshfs"):
            raise EngineUnavailable(
                f"{self.folder} liegt auf einem Netzlaufwerk ({kind}); der Index braucht eine Platte dieses"
                " Rechners, und mehrere Rechner brauchen SEARCH_URL=postgresql://… oder opensearch://…"
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


def _unwritable(error: OSError) -> EngineUnavailable:
    return EngineUnavailable(f"Der Index lässt sich nicht schreiben: {_why(error)}.")


def _why(error: OSError) -> str:
    return REFUSED.get(error.errno or 0) or error.strerror or str(error)


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
