"""`manage.py serve`: everything between a fresh checkout and a working archive; `make run` calls it."""

from __future__ import annotations

import ctypes
import errno
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connections

from programmes import files
from programmes.models import Document
from programmes.standing import empty_text_pages

DEMONSTRATION = settings.BASE_DIR / "fixtures" / "demonstration"
PR_SET_PDEATHSIG = 1  # linux/prctl.h


class Command(BaseCommand):
    help = "Richtet ein, was fehlt, und startet das Archiv."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--without-worker",
            action="store_true",
            help="die Aufträge des Archivtisches führt ein anderer aus: manage.py work",
        )
        parser.add_argument(
            "--prepare-only", action="store_true", help="einrichten, aber nicht starten"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if settings.DEBUG and host not in ("127.0.0.1", "::1", "localhost"):
            raise CommandError(
                f"Mit DEBUG=true zeigt das Archiv auf {host} jedem sein Inneres. "
                "Lassen Sie DEBUG weg, oder nehmen Sie --host 127.0.0.1.",
                returncode=2,
            )
        if not options["prepare_only"]:
            _port_is_free(host, port)
        _data_folder_is_writable()
        try:
            call_command("migrate", interactive=False, verbosity=0)
            call_command("load_reference", verbosity=0)
            self._load_demonstration()
        except OperationalError as error:
            raise CommandError(
                f"Die Datenbank antwortet nicht wie erwartet: {error}", returncode=2
            ) from None
        call_command("rebuild_index", if_needed=True, verbosity=0)
        password = _create_first_admin()
        if password:
            self.stdout.write(
                f"\nArchivtisch: Benutzer „admin“, Passwort „{password}“ (wird nur dieses eine Mal gezeigt;"
                " ein anderes setzt: manage.py changepassword admin)"
            )
            self.stdout.flush()
        if options["prepare_only"]:
            return
        self.stdout.write(
            f"\nVersprochen läuft unter http://{host}:{port}/  (Archivtisch: /admin/, Ende mit Strg+C)\n"
        )
        empty = empty_text_pages()
        if empty:
            self.stdout.write(
                f"Noch leer, obwohl das Gesetz sie verlangt: {', '.join(map(str, empty))}"
                " – zu schreiben unter /admin/programmes/textpage/\n"
            )
        self.stdout.flush()
        connections.close_all()
        _run(host, port, options["workers"], desk=not options["without_worker"])

    def _load_demonstration(self) -> None:
        """Once: what an operator withdraws from it later does not come back. Broken off, it goes on next time."""
        mark = settings.DATA_DIR / ".demonstration-loaded"
        if mark.exists():
            return
        if not Document.objects.filter(invented=False).exists():
            self.stdout.write("Der Vorführbestand wird aufgenommen …")
            self.stdout.flush()
            call_command("load_reference", folder=str(DEMONSTRATION), verbosity=0)
            call_command(
                "import_documents",
                str(DEMONSTRATION / "documents"),
                catalogue=str(DEMONSTRATION / "catalogue.json"),
                publish=True,
                invented=True,
                json=True,
                stdout=_Quiet(),
            )
        mark.touch()


class _Quiet:
    """Takes a command's report and says nothing."""

    def write(self, text: str) -> None:
        pass

    def flush(self) -> None:
        pass


def _create_first_admin() -> str | None:
    """The password of a new administrator where there is no account at all yet."""
    users = get_user_model().objects
    if users.exists():
        return None
    password = secrets.token_urlsafe(12)
    users.create_superuser("admin", password=password)
    return password


def _port_is_free(host: str, port: int) -> None:
    if not 0 < port < 65536:
        raise CommandError(f"PORT={port} gibt es nicht; nehmen Sie 1024 bis 65535.", returncode=2)
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            reason = (
                "ist belegt"
                if error.errno == errno.EADDRINUSE
                else f"lässt sich nicht öffnen ({error.strerror})"
            )
            other = port + 1 if 1024 <= port < 65535 else 8000
            raise CommandError(
                f"Port {port} {reason}. Nehmen Sie einen anderen: make run PORT={other}",
                returncode=2,
            ) from None


def _data_folder_is_writable() -> None:
    try:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=settings.DATA_DIR) as probe:
            probe.write(bytes(65536))
    except OSError as error:
        raise CommandError(
            f"In den Datenordner {settings.DATA_DIR} lässt sich nicht schreiben: {files.reason(error)}. "
            "Schaffen Sie dort Platz, oder setzen Sie DATA_DIR auf einen Ordner, der diesem Benutzer gehört.",
            returncode=2,
        ) from None


def _run(host: str, port: int, workers: int, *, desk: bool) -> None:
    """The web server and, with `desk`, the desk's worker beside it, until they are stopped."""
    python = str(Path(sys.executable))
    manage = str(settings.BASE_DIR / "manage.py")
    environment = {**os.environ, "HASHED_STATIC": "true"}
    if settings.METRICS:  # figures of processes that have ended
        shutil.rmtree(os.environ["PROMETHEUS_MULTIPROC_DIR"], ignore_errors=True)
    subprocess.run(  # noqa: S603
        [python, manage, "collectstatic", "--noinput", "--verbosity=0"],
        cwd=settings.BASE_DIR,
        env=environment,
        check=True,
    )
    server = subprocess.Popen(  # noqa: S603 – our own server with checked arguments
        [
            *(python, "-m", "gunicorn", "archive.wsgi:application"),
            *("--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4"),
            # Longer than proxies keep a connection (60 s): closed at our end first, it may be just as the next request
            # comes, and that is an error at theirs. A connection that waits costs no thread.
            *("--keep-alive", "65"),
            *("--max-requests", "20000", "--max-requests-jitter", "2000", "--log-level", "warning"),
        ],
        cwd=settings.BASE_DIR,
        env=environment,
        preexec_fn=_end_with_parent,
    )
    worker = _Kept([python, manage, "work"]) if desk else None

    def stop(number: int, frame: object) -> None:
        if worker:
            worker.stop()
        server.send_signal(signal.SIGTERM)

    for received in (signal.SIGINT, signal.SIGTERM):
        signal.signal(received, stop)
    code = server.wait()
    if worker:
        worker.stop()
    sys.exit(code)


def _end_with_parent() -> None:
    """Where the system can (Linux): a killed parent leaves no server behind that holds the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class _Kept:
    """A process that is started again when it ends, until it is stopped."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def stop(self) -> None:
        self._stopped.set()
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)

    def _keep(self) -> None:
        while not self._stopped.is_set():
            self._process = subprocess.Popen(  # noqa: S603
                self._command, cwd=settings.BASE_DIR, preexec_fn=_end_with_parent
            )
            if self._stopped.is_set():
                self._process.terminate()
            self._process.wait()
            self._stopped.wait(1)
