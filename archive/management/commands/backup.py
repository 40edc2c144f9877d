"""`manage.py backup FILE`: the whole archive in one file, while the site runs."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from archive import backups
from programmes import files


class Command(BaseCommand):
    help = "Sichert Datenbank und Originale in eine Datei; die Seite läuft dabei weiter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="zum Beispiel archiv.tar.gz")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"])
        if file.exists():
            raise CommandError(
                f"{file} gibt es schon; eine Sicherung wird nicht überschrieben.", returncode=2
            )
        try:
            counts = backups.backup(file, say=lambda name: self.stderr.write(f"  {name}"))
        except OSError as error:
            raise CommandError(
                f"Die Sicherung lässt sich nicht schreiben: {files.reason(error)}.",
                returncode=2,
            ) from None
        size = file.stat().st_size / 2**20
        self.stdout.write(
            f"{file}: {counts['programmes.document']} Dokumente, {counts['programmes.pledge']} Versprechen, {size:.1f} MB."
        )
