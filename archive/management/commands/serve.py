"""`manage.py serve`: everything between a fresh checkout and a working archive; `make run` calls it."""

from __future__ import annotations

import secrets
import signal
import socket
import subprocess
import sys
import threading
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from programmes.models import Document

DEMONSTRATION = settings.BASE_DIR / "fixtures" / "demonstration"


class Command(BaseCommand):
    help = "Richtet ein, was fehlt, und startet das Archiv."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument(
            "--prepare-only", action="store_true", help="einrichten, aber nicht starten"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        if not options["prepare_only"]:
            _port_is_free(host, port)
        try:
            settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise CommandError(
                f"Der Datenordner {settings.DATA_DIR} lässt sich nicht anlegen: {error.strerror}."
            ) from None
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0)
        self._load_demonstration()
        call_command("rebuild_index", if_needed=True, verbosity=0)
        password = _create_first_admin()
        if password:
            self.stdout.write(
                f"\nArchivtisch: Benutzer „admin“, Passwort „{password}“ (wird nur dieses eine Mal gezeigt)"
            )
        if options["prepare_only"]:
            return
        self.stdout.write(
            f"\nVersprochen läuft unter http://{host}:{port}/  (Archivtisch: /admin/, Ende mit Strg+C)\n"
        )
        self.stdout.flush()
        connections.close_all()
        _run(host, port, options["workers"])

    def _load_demonstration(self) -> None:
        """Once: what an operator withdraws from it later does not come back."""
        mark = settings.DATA_DIR / ".demonstration-loaded"
        if mark.exists():
            return
        if not Document.objects.exists():
            self.stdout.write("Der Vorführbestand wird aufgenommen …")
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
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise CommandError(
                f"Port {port} ist nicht frei ({error.strerror}); nehmen Sie einen anderen: make run PORT={port + 1}"
            ) from None


def _run(host: str, port: int, workers: int) -> None:
    """The web server and the desk's worker beside it, until they are stopped."""
    python = str(Path(sys.executable))
    server = subprocess.Popen(  # noqa: S603 – our own server with checked arguments
        [
            *(python, "-m", "gunicorn", "archive.wsgi:application"),
            *("--bind", f"{host}:{port}", "--workers", str(workers), "--threads", "4"),
            *("--max-requests", "20000", "--max-requests-jitter", "2000", "--log-level", "warning"),
        ],
        cwd=settings.BASE_DIR,
    )
    desk = _Kept([python, str(settings.BASE_DIR / "manage.py"), "work"])

    def stop(number: int, frame: object) -> None:
        desk.stop()
        server.send_signal(signal.SIGTERM)

    for received in (signal.SIGINT, signal.SIGTERM):
        signal.signal(received, stop)
    code = server.wait()
    desk.stop()
    sys.exit(code)


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
            self._process = subprocess.Popen(self._command, cwd=settings.BASE_DIR)  # noqa: S603
            self._process.wait()
            self._stopped.wait(1)
