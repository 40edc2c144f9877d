"""An import stopped with Ctrl-C keeps what it has stored; the same command goes on with the rest."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from running import ROOT, environment

FILES = 24


def start(folder: Path, *words: str) -> subprocess.Popen:
    """In a process group of its own, as a terminal starts it; Ctrl-C goes to the whole group."""
    return subprocess.Popen(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env=environment(folder),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=_heed_ctrl_c,
    )


def _heed_ctrl_c() -> None:
    """Whoever runs the tests in the background of a shell passes on that Ctrl-C is ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def done(folder: Path, *words: str) -> str:
    process = start(folder, *words)
    out, errors = process.communicate(timeout=400)
    assert process.returncode == 0, errors
    return out


def stored(folder: Path) -> int:
    connection = sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True, timeout=30)
    try:
        return connection.execute("select count(*) from programmes_document").fetchone()[0]
    finally:
        connection.close()


def contents(folder: Path) -> list[tuple]:
    """Every document with what is known of it, every pledge and where it stands; no number that is given out anew."""
    connection = sqlite3.connect(f"file:{folder / 'archive.sqlite3'}?mode=ro", uri=True, timeout=30)
    try:
        documents = connection.execute(
            """select d.sha256, d.title, d.year, d.kind, d.status, d.original_name, d.text, d.pledge_count,
                      (select group_concat(municipality_id) from programmes_document_municipalities m where m.document_id = d.id),
                      (select group_concat(p.short_name) from programmes_document_parties l
                       join programmes_party p on p.id = l.party_id where l.document_id = d.id)
               from programmes_document d order by d.sha256"""
        ).fetchall()
        pledges = connection.execute(
            """select p.key, p.text, p.position, s.title, s.anchor, s.position from programmes_pledge p
               join programmes_section s on s.id = p.section_id order by p.key"""
        ).fetchall()
        return documents + pledges
    finally:
        connection.close()


def test_a_catalogue_that_was_killed_on_its_way_in_ends_like_one_that_was_not(tmp_path):
    texts = tmp_path / "texte"
    texts.mkdir()
    rows = ["source_filename;municipality;party_abbreviation;election_year"]
    for n in range(FILES):
        words = " ".join(f"Wir bauen die Halle{n}x{k} am Ort{n}y{k}." for k in range(60))
        (texts / f"{n:02}.md").write_text(f"# Programm {n}\n\n## Ziele\n\n{words}\n")
        rows += [f"{n:02}.md;{'Dortmund' if n % 2 else 'Celle'};spd;{2000 + n}"]
    (tmp_path / "k.csv").write_text("\n".join([*rows, rows[-1]]) + "\n")
    words = ("import_documents", str(texts), "--catalogue", str(tmp_path / "k.csv"), "--publish")
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    killed.mkdir()
    done(killed, "migrate", "-v0")
    done(killed, "load_reference", "-v0")
    done(killed, "rebuild_index", "-v0")
    shutil.copytree(killed, whole)

    process = start(killed, *words)
    end = time.monotonic() + 60
    while stored(killed) < 6:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate(timeout=60)
    assert 6 <= stored(killed) < FILES

    done(killed, *words)
    done(whole, *words)
    assert contents(killed) == contents(whole)
    assert len(contents(whole)) == FILES + FILES * 60
    done(killed, "check_index")


def test_an_interrupted_import_keeps_what_it_stored_and_goes_on(tmp_path):
    texts = tmp_path / "texte"
    texts.mkdir()
    for n in range(FILES):
        words = " ".join(f"Wir bauen die Anlage{n}x{k} am Ort{n}y{k}." for k in range(200))
        (texts / f"{n:02}.md").write_text(f"# Programm {n}\n\n## Ziele\n\n{words}\n")
    done(tmp_path, "migrate", "-v0")
    done(tmp_path, "load_reference", "-v0")
    done(tmp_path, "rebuild_index", "-v0")

    process = start(tmp_path, "import_documents", str(texts))
    end = time.monotonic() + 60
    while stored(tmp_path) < 4:
        assert process.poll() is None and time.monotonic() < end
        time.sleep(0.02)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    kept = stored(tmp_path)
    assert process.returncode == 130
    assert "Unterbrochen" in errors and "Traceback" not in errors
    assert 4 <= kept < FILES

    report = json.loads(done(tmp_path, "import_documents", str(texts), "--json"))
    states = [file["status"] for file in report["files"]]
    assert (states.count("unchanged"), states.count("imported")) == (kept, FILES - kept)
    assert stored(tmp_path) == FILES
    done(tmp_path, "check_index")
