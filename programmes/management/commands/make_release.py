"""`manage.py make_release VERSION`: the whole archive as a folder that can be cited."""

from __future__ import annotations

import shutil
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes import edition, files, releases, shelf


class Command(BaseCommand):
    help = "Schreibt eine zitierfähige Ausgabe des ganzen Archivs (Tabellen, Texte, Prüfsummen)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "version", nargs="?", help="Name der Ausgabe; sonst das Datum von heute"
        )
        parser.add_argument("--folder", metavar="DIR", help="wohin; sonst releases/ im Datenordner")
        parser.add_argument(
            "--originals", action="store_true", help="auch Originale, deren Rechte es erlauben"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        version = options["version"] or f"{date.today():%Y.%m.%d}"
        folder = (
            Path(options["folder"] or settings.DATA_DIR / "releases") / f"versprochen-{version}"
        )
        try:
            counts = releases.make(
                folder, version, originals=options["originals"], progress=self._say
            )
        except releases.BadRelease as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        if folder.parent == shelf.shelf():
            try:
                shelf.pack(folder)
            except OSError as error:
                shutil.rmtree(folder, ignore_errors=True)
                raise CommandError(
                    f"{folder} lässt sich nicht packen: {files.reason(error)}.", returncode=2
                ) from None
            edition.renew()  # the page that offers it is made anew
        rows = ", ".join(f"{name} {count}" for name, count in counts.items())
        self.stdout.write(f"{folder}: {rows}")

    def _say(self, name: str) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r\x1b[K{name}", ending="")
