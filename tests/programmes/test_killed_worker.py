"""A worker killed in the middle leaves every file done or waiting; the next one goes on."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from running import ROOT, environment

FILES = 30
OFFER = f"""
import uuid
from programmes import intake, jobs
batch = uuid.uuid4()
for n in range({FILES}):
    words = " ".join(f"Wir bauen bis {{2027 + k % 9}} die Anlage{{n}}x{{k}} am Ort{{n}}y{{k}}." for k in range(60))
    intake.offer(f"# Programm {{n}}\\n\\n## Ziele\\n\\n{{words}}\\n".encode(), f"{{n}}.md", None, batch)
jobs.start_reading()
"""


def rows(folder: Path, query: str) -> list[tuple]:
    connection = sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def states(folder: Path) -> Counter[str]:
    return Counter(state for (state,) in rows(folder, "select state from programmes_upload"))


def whole_documents(folder: Path) -> tuple[int, int]:
    """All documents, and those with a section, pledges and an original that is there."""
    found = rows(
        folder,
        "select d.original, d.pledge_count, (select count(*) from programmes_section s where s.document_id = d.id),"
        " (select count(*) from programmes_pledge p where p.document_id = d.id) from programmes_document d",
    )
    whole = [
        one
        for one in found
        if one[1] == one[3] > 0 and one[2] and (folder / "originals" / one[0]).exists()
    ]
    return len(found), len(whole)


def work(folder: Path, *words: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "manage.py", "work", *words], cwd=ROOT, env=environment(folder)
    )


def manage(folder: Path, *words: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment(folder), check=True
    )


def test_a_killed_worker_leaves_every_file_done_or_waiting(tmp_path):
    manage(tmp_path, "migrate", "-v0")
    manage(tmp_path, "rebuild_index", "-v0")
    manage(tmp_path, "shell", "--no-imports", "-c", OFFER)
    worker = work(tmp_path)
    end = time.monotonic() + 60
    while states(tmp_path)["done"] < 5:
        assert time.monotonic() < end and worker.poll() is None
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()

    left = states(tmp_path)
    assert sum(left.values()) == FILES
    assert set(left) <= {"done", "waiting", "reading"} and left["done"] < FILES
    assert whole_documents(tmp_path) == (left["done"], left["done"])

    assert work(tmp_path, "--once").wait(400) == 0
    assert states(tmp_path) == {"done": FILES}
    assert whole_documents(tmp_path) == (FILES, FILES)
    manage(tmp_path, "check_index")
