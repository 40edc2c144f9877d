"""The embedded index where a disk or a process fails: what it says, and what is left."""

from __future__ import annotations

import errno
import multiprocessing
import os
import random
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from search.engines import segment, whoosh
from search.engines.base import EngineUnavailable, Entry, Query
from search.engines.whoosh import WhooshEngine
from tests.search.test_engines import agrees, ask, entry, ids, in_words, must

DOCUMENTS = range(4)
# Between two of these the disk stays as it is.
CALLS = set("open write flush fsync close rename replace unlink utime flock lockf mkdir".split())


def built(folder: Path, word: str) -> WhooshEngine:
    """An index in which every document is in this word, and the stamp is it, too."""
    engine = WhooshEngine(folder)
    with engine.rebuild(word) as loader:
        for document in DOCUMENTS:
            loader.add(in_words(document, word))
    return engine


def some(document: int, word: str, count: int) -> list[Entry]:
    return [entry(f"p{document}-{at}", word, document=document) for at in range(count)]


def change(file: Path, at: int) -> None:
    """One byte is another, as a failing disk leaves it."""
    data = bytearray(file.read_bytes())
    data[at] ^= 0xFF
    file.write_bytes(data)


# Damage


@pytest.mark.parametrize("at", [0, 100, -1])
def test_a_changed_segment_is_refused_with_what_to_do(tmp_path: Path, at: int) -> None:
    built(tmp_path, "alt")
    (segment,) = tmp_path.glob("*.segment")
    change(segment, at)
    engine = WhooshEngine(tmp_path)
    for use in (
        lambda: engine.search(Query()),
        lambda: engine.replace(1, [entry("p1", "neu")]),
        engine.documents,
    ):
        with pytest.raises(EngineUnavailable, match=r"Der Index ist beschädigt .*rebuild_index"):
            use()


@pytest.mark.parametrize("length", [0, 7, 500])
def test_a_segment_that_is_cut_off_is_refused(tmp_path: Path, length: int) -> None:
    built(tmp_path, "alt")
    (segment,) = tmp_path.glob("*.segment")
    os.truncate(segment, length)
    with pytest.raises(EngineUnavailable, match=f"Der Index ist beschädigt .{segment.name} "):
        ask(WhooshEngine(tmp_path))


def test_a_segment_that_is_gone_is_named(tmp_path: Path) -> None:
    built(tmp_path, "alt")
    (segment,) = tmp_path.glob("*.segment")
    segment.unlink()
    with pytest.raises(EngineUnavailable, match=f"{segment.name} fehlt"):
        ask(WhooshEngine(tmp_path))


def test_a_changed_list_of_what_is_deleted_is_refused_by_search_and_merge(tmp_path: Path) -> None:
    built(tmp_path, "alt").replace(1, [])
    (deleted,) = tmp_path.glob("*.deleted")
    change(deleted, 20)
    for use in (lambda: ask(WhooshEngine(tmp_path)), WhooshEngine(tmp_path).optimize):
        with pytest.raises(EngineUnavailable, match="Der Index ist beschädigt"):
            use()


@pytest.mark.parametrize(
    "content", [b"", b"{}\n", b"\xff\xfe\x00", b'{"stamp": "alt"}\n00000000\n']
)
def test_a_changed_table_of_contents_is_refused(tmp_path: Path, content: bytes) -> None:
    engine = built(tmp_path, "alt")
    (tmp_path / "toc").write_bytes(content)
    with pytest.raises(
        EngineUnavailable, match=r"Inhaltsverzeichnis wurde verändert.*rebuild_index"
    ):
        ask(engine)
    assert engine.stamp() is None


def test_a_damaged_index_is_whole_after_a_rebuild(tmp_path: Path) -> None:
    engine = built(tmp_path, "alt")
    change(next(tmp_path.glob("*.segment")), 50)
    (tmp_path / "toc").write_bytes(b"\xff")
    built(tmp_path, "neu")
    assert ask(engine, must("neu")).total == ask(engine).total > 0
    assert len(list(tmp_path.glob("*.segment"))) == 1


def test_what_cannot_be_read_for_a_while_is_not_swept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = built(tmp_path, "alt")

    def too_many_open_files(path: Path) -> str:
        raise OSError(errno.EMFILE, os.strerror(errno.EMFILE), str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", too_many_open_files)
        with pytest.raises(EngineUnavailable, match="nicht zu lesen: Too many open files"):
            engine.stamp()
        with pytest.raises(RuntimeError), engine.rebuild("neu") as loader:
            loader.add(in_words(1, "neu"))
            raise RuntimeError
    assert ask(engine, must("alt")).total == 10


# Merging


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Segments of five entries are large."""
    monkeypatch.setattr(whoosh, "SMALL", 5)
    monkeypatch.setattr(whoosh, "MOST_SMALL", 2)


def merged(engine: WhooshEngine) -> int:
    """How many segments there are once nothing is to be merged."""
    while engine._merging and engine._merging.is_alive():
        engine._merging.join()
    return len(list(engine.folder.glob("*.segment")))


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("seed", range(2))
def test_segments_are_merged_behind_the_writers_and_nothing_is_lost(
    tmp_path: Path, seed: int
) -> None:
    rng = random.Random(seed)
    engine = built(tmp_path, "alt")
    held = {document: in_words(document, "alt") for document in DOCUMENTS}
    for turn in range(60):
        document = rng.randrange(30)
        held[document] = some(document, f"neu{turn}", rng.randrange(7))
        engine.replace(document, held[document])
        if turn % 10 == 0:
            every = [each for entries in held.values() for each in entries]
            agrees(engine, every, Query((must(f"neu{turn - 10}", "alt"),), limit=1000))
    assert merged(engine) <= 6
    agrees(engine, [each for entries in held.values() for each in entries], Query(limit=1000))


def test_a_writer_that_never_reads_lets_go_of_what_was_merged_away(tmp_path: Path) -> None:
    engine = built(tmp_path, "alt")
    for turn in range(40):
        document = DOCUMENTS[turn % len(DOCUMENTS)]
        engine.replace(document, in_words(document, f"neu{turn}"))
    there = {path.name for path in engine.folder.glob("*.segment")}
    assert merged(engine) < 10
    assert set(engine._segments) <= there


def test_what_changes_while_segments_are_merged_stays_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = built(tmp_path, "alt")
    other = WhooshEngine(tmp_path)

    def merge_and_change(path: Path, parts: Any, real: Any = segment.merge) -> None:
        monkeypatch.setattr(segment, "merge", real)
        real(path, parts)
        other.replace(2, in_words(2, "neu"))
        other.replace(3, [])

    engine.replace(4, some(4, "rad", 6))
    monkeypatch.setattr(segment, "merge", merge_and_change)
    engine.optimize()
    assert ids(engine, must("neu")) == [each.id for each in in_words(2, "neu")]
    assert sorted(ids(engine, must("alt"))) == ["p0-0", "p1-0", "p1-1"]
    assert ask(engine).total == 3 + 3 + 6
    engine.optimize()
    assert (merged(engine), list(tmp_path.glob("*.deleted"))) == (1, [])
    assert ask(engine).total == 3 + 3 + 6


@pytest.mark.usefixtures("small")
def test_a_long_merge_keeps_no_writer_waiting(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = built(tmp_path, "alt")
    begun, go_on = threading.Event(), threading.Event()

    def slowly(path: Path, parts: Any, real: Any = segment.merge) -> None:
        if threading.current_thread() is not threading.main_thread():
            begun.set()
            assert go_on.wait(30)
        real(path, parts)

    monkeypatch.setattr(segment, "merge", slowly)
    try:
        for document in range(10, 14):
            engine.replace(document, some(document, f"neu{document}", 6))
            assert ask(engine, must(f"neu{document}")).total == 6
        assert begun.wait(30)
        engine.replace(11, [])
        assert ask(engine, must("neu11")).total == 0
    finally:
        go_on.set()
    assert merged(engine) < 5
    assert ask(engine).total == 10 + 3 * 6


def test_a_rebuild_meanwhile_makes_a_merge_void(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = built(tmp_path, "alt")
    engine.replace(7, some(7, "rad", 4))

    def merge_and_rebuild(path: Path, parts: Any, real: Any = segment.merge) -> None:
        real(path, parts)
        built(tmp_path, "neu")

    monkeypatch.setattr(segment, "merge", merge_and_rebuild)
    engine.optimize()
    assert (engine.stamp(), ask(engine, must("neu")).total, ask(engine).total) == ("neu", 10, 10)
    assert merged(engine) == 1


# Where it may lie


@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs", "9p"])
def test_a_network_file_system_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/data {tmp_path}/far {kind} rw 0 0\n")
    monkeypatch.setattr(
        whoosh, "file_system", lambda folder, real=whoosh.file_system: real(folder, mounts)
    )
    far = tmp_path / "far" / "index"
    with (
        pytest.raises(EngineUnavailable, match=rf"Netzlaufwerk \({kind}\).*SEARCH_URL"),
        WhooshEngine(far).rebuild("alt"),
    ):
        pass
    assert not far.exists()
    assert built(tmp_path / "near", "alt").stamp() == "alt"


def test_the_nearest_mount_tells_the_file_system(tmp_path: Path) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "server:/all /srv nfs rw 0 0\n/dev/sdb /srv/my\\040disk ext4 rw 0 0\nnone / tmpfs rw 0 0\n"
    )
    folders = ("/srv/index", "/srv/my disk/index", "/index", "/srvindex")
    assert [whoosh.file_system(Path(each), mounts) for each in folders] == [
        "nfs",
        "ext4",
        "tmpfs",
        "tmpfs",
    ]
    assert whoosh.file_system(Path("/srv"), tmp_path / "none") == ""


# Killed writers


def die(step: int) -> None:
    """Have this process killed before its step-th call that touches a file."""
    left = step

    def count(_frame: FrameType, event: str, called: Any) -> None:
        nonlocal left
        if event == "c_call" and called.__name__ in CALLS:
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)


def rebuild_and_die(folder: Path, step: int) -> None:
    die(step)
    built(folder, "neu")


def replace_and_die(folder: Path, step: int) -> None:
    engine = WhooshEngine(folder)
    die(step)
    engine.replace(2, in_words(2, "neu"))


def every_death(work: Callable[[Path, int], None], tmp_path: Path, stride: int = 1) -> list[Path]:
    """The index after a kill -9 at each step of the work, from the first to the last, and after its end."""
    start = multiprocessing.get_context("forkserver")
    start.set_forkserver_preload([__name__])
    left = []
    for step in range(1, 200, stride):
        folder = tmp_path / str(step)
        built(folder, "alt")
        process = start.Process(target=work, args=(folder, step))
        process.start()
        process.join(60)
        left.append(folder)
        if process.exitcode == 0:
            return left
        assert process.exitcode == -signal.SIGKILL
    raise AssertionError("the work has no end")


def test_a_rebuild_killed_at_any_step_leaves_the_old_index_or_the_new(tmp_path: Path) -> None:
    stamps = []
    for folder in every_death(rebuild_and_die, tmp_path):
        engine = WhooshEngine(folder)
        word = engine.stamp() or ""
        assert sorted(ids(engine, must(word), limit=50)) == sorted(
            each.id for document in DOCUMENTS for each in in_words(document, word)
        )
        assert ask(engine).total == ask(engine, must(word)).total
        stamps.append(word)
    assert stamps == sorted(stamps)  # once it is new it is not old again
    assert stamps.count("alt") > 3
    assert stamps[-1] == "neu"


def test_a_replacement_killed_at_any_step_leaves_the_old_entries_or_the_new(tmp_path: Path) -> None:
    seen = []
    whole = [each.id for each in in_words(2, "neu")]
    for folder in every_death(replace_and_die, tmp_path):
        engine = WhooshEngine(folder)
        fresh = sorted(ids(engine, must("neu")))
        assert fresh in ([], whole)
        assert ask(engine, must("alt")).total == ask(engine).total - len(fresh) == 10 - len(fresh)
        seen.append(bool(fresh))
    assert seen == sorted(seen)
    assert seen.count(False) > 3
    assert seen[-1]


def test_after_a_kill_the_next_writer_goes_on_and_sweeps(tmp_path: Path) -> None:
    for folder in every_death(rebuild_and_die, tmp_path, 7):
        engine = WhooshEngine(folder)
        engine.replace(2, in_words(2, "bus"))
        assert ask(engine, must("bus")).total == 3
        built(folder, "rad")
        assert ask(engine, must("rad")).total == 10
        assert len([*folder.glob("*.segment"), *folder.glob("*.deleted")]) == 1
