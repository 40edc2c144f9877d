"""A file that breaks its reader is refused, and the others of the batch go on."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from django.core.management import call_command

from programmes.ingest import patience, pipeline, workers
from programmes.ingest.pieces import About, Known, Parsed, Refused, Source, Text


def stand_in(source: Source, known: Known) -> Parsed:
    """A pipeline that does what the file says."""
    match source.data.decode():
        case "schlafen":
            time.sleep(60)
        case "sterben":
            os._exit(1)
        case "fressen":
            bytearray(2**31)
        case "anrufen":
            socket.create_connection(("127.0.0.1", int(source.path)), timeout=5)
        case "Fehler":
            raise KeyError("ein Fehler im Programm")
        case "ablehnen":
            raise Refused("So nicht.")
        case "Tiefe":
            raise RecursionError
    return Parsed(source, "", Text((), "test", "text/plain"), About(), (), ())


@pytest.fixture
def read(monkeypatch):
    monkeypatch.setattr(pipeline, "parse", stand_in)

    def read(*texts: str, processes: int = 2) -> list[str]:
        sources = [Source(text.encode(), text) for text in texts]
        results = workers.parse_all(sources, Known(), processes=processes, seconds=2, megabytes=300)
        return [
            r.source.data.decode() if isinstance(r, Parsed) else f"Refused: {r}" for r in results
        ]

    return read


def test_results_come_in_the_order_of_the_files_with_their_bytes(read):
    texts = [str(number) for number in range(50)]
    assert read(*texts) == texts


def test_a_reader_reaches_no_network(monkeypatch):
    monkeypatch.setattr(pipeline, "parse", stand_in)
    monkeypatch.setattr(workers.seclusion, "leave_the_network", lambda: False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        call = Source(b"anrufen", str(server.getsockname()[1]))
        [before] = workers.parse_all([call], Known(), processes=1, seconds=9)
        assert isinstance(before, Parsed)  # where it is not cut off it gets through
        monkeypatch.undo()
        monkeypatch.setattr(pipeline, "parse", stand_in)
        if os.fork() == 0:
            os._exit(0 if workers.seclusion.leave_the_network() else 3)
        if os.waitstatus_to_exitcode(os.wait()[1]) == 3:
            pytest.skip("this system lets no process leave the network")
        [result] = workers.parse_all([call], Known(), processes=1, seconds=9)
    assert isinstance(result, Refused) and "OSError" in str(result)


def test_no_files_give_no_results(read):
    assert read() == []


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("schlafen", "länger als 2 Sekunden"),
        ("sterben", "beschädigt"),
        ("fressen", "mehr Speicher"),
        ("Fehler", "Fehler im Programm auf (KeyError)"),
        ("ablehnen", "So nicht."),
        ("Tiefe", "zu tief verschachtelt"),
    ],
)
@pytest.mark.parametrize("processes", [1, 2])
def test_a_breaking_file_is_refused_and_its_neighbours_are_read(read, text, sentence, processes):
    before, broken, after = read("davor", text, "danach", processes=processes)
    assert (before, after) == ("davor", "danach")
    assert broken.startswith("Refused: ") and sentence in broken


def test_files_are_fetched_only_as_they_are_needed(monkeypatch):
    monkeypatch.setattr(pipeline, "parse", stand_in)
    fetched = []

    def sources():
        for number in range(100):
            fetched.append(number)
            yield Source(str(number).encode())

    results = workers.parse_all(sources(), Known(), processes=2)
    next(results)
    assert len(fetched) < 20
    results.close()


KILLED = """
import os, signal
from programmes.ingest.pieces import Known, Source
from programmes.ingest.workers import parse_all
results = parse_all((Source(b"Wir bauen.") for _ in range(9)), Known(), processes=2)
next(results)
import multiprocessing
print(*(child.pid for child in multiprocessing.active_children()), flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_a_killed_parent_leaves_no_reader_behind():
    done = subprocess.run([sys.executable, "-c", KILLED], capture_output=True, text=True)
    children = [int(number) for number in done.stdout.split()]
    assert len(children) == 2
    end = time.monotonic() + 60
    while any(map(_runs, children)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(_runs, children))


def _runs(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_parse_stops_a_slow_file_and_says_so(monkeypatch, tmp_path, capsys, settings):
    assert settings.READING_SECONDS <= 15  # with the start of the command at most 20
    settings.READING_SECONDS = 0.5
    monkeypatch.setattr(pipeline, "parse", stand_in)
    slow = tmp_path / "langsam.txt"
    slow.write_text("schlafen")
    start = time.monotonic()
    with pytest.raises(SystemExit):
        call_command("parse", str(slow))
    assert time.monotonic() - start < 20
    assert "langsam.txt: Das Lesen dauerte länger als 0.5 Sekunden" in capsys.readouterr().err


def test_waits_for_another_program_do_not_count(monkeypatch):
    def recognise(source: Source, known: Known) -> Parsed:
        with patience.waiting(5):
            time.sleep(0.8)
        return stand_in(source, known)

    monkeypatch.setattr(pipeline, "parse", recognise)
    sources = [Source(b"Scan"), Source(b"schlafen")]
    read, stopped = workers.parse_all(sources, Known(), processes=1, seconds=0.5)
    assert isinstance(read, Parsed) and isinstance(stopped, Refused)


def test_two_readers_share_a_folder_of_200_files(monkeypatch):
    def told(source: Source, known: Known) -> Refused:
        time.sleep(0.005)
        return Refused(str(os.getpid()))

    monkeypatch.setattr(workers, "_parse", told)
    sources = (Source(b"", f"{number}.txt") for number in range(200))
    readers = Counter(str(one) for one in workers.parse_all(sources, Known(), processes=2))
    assert readers.total() == 200
    assert len(readers) == 2 and min(readers.values()) > 10
