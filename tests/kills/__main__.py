"""Kill the archive's own commands at random moments and see that nothing is lost: `python -m tests.kills --times 500`.

Each time: an archive as it was, one command in a process of its own, SIGKILL after a random delay; then the
state it left is looked at, the command is given again, and the state is looked at again. Prints one line of
JSON with how many of the commands died at each stage, and every complaint with the seed that repeats it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import multiprocessing
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

FORK = multiprocessing.get_context("fork")
FILES = 5
KEPT = 3  # files that the archive holds before
HASTE = 0.02  # shortest delay, in parts of what the command takes


def text(number: int) -> bytes:
    """A programme of two sections and some twenty pledges, unlike the others."""
    words = " ".join(
        f"Wir bauen bis {2027 + at % 9} die Anlage{number}x{at} am Ort{number}y{at}."
        for at in range(20)
    )
    return f"# Programm {number}\n\n## Ziele\n\n{words}\n\n## Wege\n\nWir schaffen Wege{number}.\n".encode()


# What is done, and done again after the kill. Each runs in a process of its own.


def command(*words: str, **options: Any) -> None:
    from django.core.management import call_command

    null = open(os.devnull, "w")  # noqa: SIM115, PTH123 – ends with the process
    os.dup2(null.fileno(), 1)
    os.dup2(null.fileno(), 2)
    call_command(*words, stdout=null, stderr=null, **options)


def upload() -> None:
    """Files handed in at the desk, large enough to pass through a temporary file."""
    from django.conf import settings
    from django.contrib.auth import get_user_model
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 100
    client = Client()
    client.force_login(get_user_model().objects.get(username="admin"))
    for number in range(FILES):
        file = SimpleUploadedFile(f"{number}.md", text(number))
        answer = client.post("/admin/programmes/upload/add/", {"offered": [file]})
        assert answer.status_code == 302, answer.content.decode()


def read() -> None:
    """The worker reads and stores what was handed in."""
    command("work", once=True)


def import_folder() -> None:
    command("import_documents", str(Work.folder / "texts"), publish=True)


def reread() -> None:
    command("import_documents", reparse=True, yes=True)


def index() -> None:
    command("sync_index")


def rebuild() -> None:
    command("rebuild_index")


def backup() -> None:
    target = Work.folder / "backup.tar.gz"
    if not target.exists():
        command("backup", str(target))


def restore() -> None:
    command("restore", str(Work.folder / "kept.tar.gz"), yes=True)


STAGES: dict[str, Callable[[], None]] = {
    "upload": upload,
    "read": read,
    "import": import_folder,
    "reread": reread,
    "index": index,
    "rebuild": rebuild,
    "backup": backup,
    "restore": restore,
}


# What is there before


def before(stage: str) -> None:
    """Bring the archive to where the stage begins."""
    from programmes.models import Document, Pledge

    if stage == "read":
        upload()
    if stage == "import":
        (Work.folder / "texts").mkdir()
        for number in range(FILES):
            (Work.folder / "texts" / f"{number}.md").write_bytes(text(number))
    if stage == "reread":  # as older rules left it
        for document in Document.objects.all():
            Pledge.objects.filter(document=document, position__gt=3).delete()
            Document.objects.filter(pk=document.pk).update(pledge_count=document.pledges.count())
    if stage == "index":
        from search.models import StaleDocument

        Document.objects.filter(pk=1).update(status=Document.Status.DRAFT)
        for document in Document.objects.all():
            StaleDocument.objects.create(document=document.pk, mark="0" * 32)


def template() -> None:
    """An archive that holds a few published documents, and a backup of it."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    command("rebuild_index")
    from programmes.models import Topic

    Topic.objects.create(slug="bauen", label_de="Bauen", label_en="Building")
    get_user_model().objects.create_superuser("admin", password=None)
    folder = Work.folder / "first"
    folder.mkdir()
    for number in range(100, 100 + KEPT):
        (folder / f"{number}.md").write_bytes(text(number))
    command("import_documents", str(folder), publish=True)
    shutil.rmtree(folder)
    command("backup", str(Work.folder / "kept.tar.gz"))


# What must hold


def look(stage: str, finished: bool) -> list[str]:
    """What is wrong with the archive; `finished`: the command has been given again and has ended well."""
    from django.core.management import call_command
    from django.db import connections

    from programmes import intake
    from programmes.models import Document
    from programmes.records import Upload

    wrong = []
    base = sqlite3.connect(Work.data / "archive.sqlite3", timeout=30)
    for pragma in ("integrity_check", "foreign_key_check"):
        if (found := base.execute(f"PRAGMA {pragma}").fetchall()) not in ([("ok",)], []):
            wrong.append(f"{pragma}: {found}")
    base.close()
    for document in Document.objects.all():
        data = Path(document.original.path).read_bytes() if document.original else b""
        if hashlib.sha256(data).hexdigest() != document.sha256:
            wrong.append(f"the original of {document} is not whole")
        if not document.sections.exists() or document.pledges.count() != document.pledge_count:
            wrong.append(f"{document} is half in")
        if Document.objects.filter(sha256=document.sha256).count() > 1:
            wrong.append(f"{document} is in twice")
    for row in Upload.objects.exclude(state__in=(Upload.State.DONE, Upload.State.CANCELLED)):
        if not intake.kept(row.sha256).is_file():
            wrong.append(f"{row} waits, and its file is gone")
        elif hashlib.sha256(intake.kept(row.sha256).read_bytes()).hexdigest() != row.sha256:
            wrong.append(f"{row} waits, and its file is not whole")
    backup_file = Work.folder / "backup.tar.gz"
    if backup_file.exists():
        import tarfile

        with tarfile.open(backup_file) as tar:
            if sum(member.name.startswith("originals/") for member in tar) != KEPT:
                wrong.append("the backup is not whole")
    if not finished:
        return wrong
    with open(os.devnull, "w") as null:  # noqa: PTH123
        call_command("sync_index", stdout=null, stderr=null)
        try:
            call_command("check_index", stdout=null)
        except SystemExit:
            wrong.append("check_index finds a difference")
    expected = KEPT + (FILES if stage in ("read", "import", "upload") else 0)
    if Document.objects.count() != expected:
        wrong.append(f"{Document.objects.count()} documents instead of {expected}")
    if Upload.objects.filter(state__in=intake.OPEN).exists():
        wrong.append("an upload still waits")
    if stage == "backup" and not backup_file.exists():
        wrong.append("no backup")
    connections.close_all()
    return wrong + leftovers()


def leftovers() -> list[str]:
    """Files that nothing needs any more."""
    from programmes.models import Document

    known = {
        "archive.sqlite3",
        "archive.sqlite3-wal",
        "archive.sqlite3-shm",
        "secret_key",
        ".secret_key",
    }
    originals = {
        f"originals/{name}" for name in Document.objects.values_list("original", flat=True)
    }
    segments = json.loads((Work.data / "index" / "toc").read_text().splitlines()[0])
    live = json.dumps(segments)
    wrong = []
    for path in Work.data.rglob("*"):
        name = str(path.relative_to(Work.data))
        if path.is_dir() or name in known or name in originals:
            continue
        if name.startswith("index/"):
            dead = path.suffix in (".segment", ".deleted") and path.name not in live
            if not dead and path.name not in ("toc.next", "toc.tmp"):
                continue
        wrong.append(f"{name} is left")
    wrong += [f"{path.name} is left in the temporary folder" for path in Work.temporary.iterdir()]
    wrong += [
        f"{path.name} is left beside the backup"
        for path in Work.folder.iterdir()
        if path.name
        not in ("backup.tar.gz", "kept.tar.gz", "texts", "data", "tmp", "template", "says")
    ]
    return wrong


# The machinery


class Work:
    """Where it all happens."""

    folder = Path()
    data = Path()
    temporary = Path()


def run(do: Callable[[], Any], delay: float | None = None) -> tuple[bool, float]:
    """In a process of its own; with a delay it is killed then. Whether it ended by itself, and when."""

    def inside() -> None:
        os.setsid()
        try:
            do()
        except BaseException:
            (Work.folder / "says").write_text(traceback.format_exc())
            os._exit(1)
        os._exit(0)

    began = time.monotonic()
    process = FORK.Process(target=inside)
    process.start()
    process.join(delay)
    if process.exitcode is None and delay is not None and process.pid:
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        return False, _until_alone(process.pid) - began
    if process.exitcode != 0:
        raise RuntimeError((Work.folder / "says").read_text())
    return True, time.monotonic() - began


def _until_alone(group: int) -> float:
    """When the last process that the killed one had started is gone, too."""
    end = time.monotonic() + 10
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return time.monotonic()
        time.sleep(0.005)
    raise RuntimeError("a process that the killed one started still runs")


def asked(do: Callable[[], list[str]]) -> list[str]:
    """The answer of a process of its own."""
    answer = Work.folder / "says"
    run(lambda: answer.write_text(json.dumps(do())))
    return list(json.loads(answer.read_text()))


def fresh(stage: str) -> None:
    """The archive as it was, brought to the beginning of the stage."""
    for path in Work.folder.iterdir():
        if path.name not in ("template", "kept.tar.gz"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(Work.folder / "template", Work.data)
    Work.temporary.mkdir()
    run(lambda: before(stage))


def once(stage: str, seconds: float, chance: random.Random) -> tuple[bool, list[str]]:
    """One kill: whether the command died of it, and what was wrong afterwards."""
    fresh(stage)
    ended, _ = run(STAGES[stage], seconds * (HASTE + chance.random()))
    wrong = [f"after the kill: {found}" for found in asked(lambda: look(stage, False))]

    def again() -> None:
        STAGES[stage]()

    run(again)
    run(read)  # the worker starts as it does with the archive, and puts in order what was left
    wrong += [f"after the second time: {found}" for found in asked(lambda: look(stage, True))]
    return not ended, wrong


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=sorted(STAGES))
    arguments = parser.parse_args()
    stages = [arguments.only] if arguments.only else list(STAGES)
    Work.folder = Path(tempfile.mkdtemp(prefix="versprochen-kills-"))
    Work.data, Work.temporary = Work.folder / "data", Work.folder / "tmp"
    Work.data.mkdir()
    Work.temporary.mkdir()
    (Work.data / "static").mkdir()
    os.environ.update(
        DATA_DIR=str(Work.data),
        DJANGO_SETTINGS_MODULE="archive.settings",
        READING_PROCESSES="2",
        ALLOWED_HOSTS="testserver",
    )
    os.environ.pop("DATABASE_URL", None)
    os.environ.pop("SEARCH_URL", None)
    tempfile.tempdir = str(Work.temporary)
    import django

    django.setup()
    import django.test

    import archive.urls  # noqa: F401 – loaded once, so that the many processes start at once
    import search.indexing  # noqa: F401

    died: Counter[str] = Counter()
    complaints: list[str] = []
    began = time.monotonic()
    try:
        run(template)
        shutil.copytree(Work.data, Work.folder / "template")
        takes = {}
        for stage in stages:
            fresh(stage)
            takes[stage] = run(STAGES[stage])[1]
        for number in range(arguments.times):
            stage = stages[number % len(stages)]
            chance = random.Random(f"{arguments.seed}:{number}")
            killed, wrong = once(stage, takes[stage], chance)
            died[stage] += killed
            complaints += [
                f"{stage} (seed {arguments.seed}, kill {number}): {found}" for found in wrong
            ]
            for found in wrong:
                print(f"{stage} {number}: {found}", file=sys.stderr, flush=True)
    finally:
        shutil.rmtree(Work.folder, ignore_errors=True)
    print(
        json.dumps(
            {
                "times": arguments.times,
                "died": dict(died),
                "died_in_all": died.total(),
                "wrong": complaints,
                "minutes": round((time.monotonic() - began) / 60, 1),
            },
            ensure_ascii=False,
        )
    )
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
