"""`manage.py restore FILE`: make the archive what a backup holds."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from archive import backups
from programmes import schema
from programmes.models import Document


class Command(BaseCommand):
    help = "Ersetzt das ganze Archiv durch eine Sicherung und baut den Index neu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE")
        parser.add_argument(
            "--yes",
            action="store_true",
            help="nicht nachfragen, auch wenn das Archiv nicht leer ist",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self._prepare()
        there = Document.objects.count()
        if there and not options["yes"]:
            if not sys.stdin.isatty():
                raise CommandError(
                    f"Das Archiv hält {there} Dokumente, die ersetzt würden; mit --yes geschieht es.",
                    returncode=2,
                )
            if (
                input(f"Das Archiv hält {there} Dokumente, die ersetzt werden. Fortfahren? [j/N] ")
                .strip()
                .lower()
                != "j"
            ):
                raise CommandError("Abgebrochen, nichts geändert.")
        try:
            counts = backups.restore(
                Path(options["file"]), say=lambda name: self.stderr.write(f"  {name}")
            )
        except backups.BadBackup as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        try:
            call_command("rebuild_index", verbosity=0)
        except CommandError as refusal:
            raise CommandError(
                f"Die Daten sind wiederhergestellt, der Index noch nicht: {refusal} Danach: manage.py rebuild_index",
                returncode=2,
            ) from None
        self.stdout.write(
            f"Wiederhergestellt: {counts['programmes.document']} Dokumente, {counts['programmes.pledge']} Versprechen; der Index ist neu gebaut."
        )

    def _prepare(self) -> None:
        """Make the tables of an empty database; one of an older program is for people to decide on."""
        lacking = schema.lacking()
        if lacking and MigrationRecorder(connection).applied_migrations():
            raise CommandError(lacking, returncode=2)
        if lacking:
            call_command("migrate", verbosity=0)
