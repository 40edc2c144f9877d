"""`manage.py import_release DIR`: what `make_release` wrote, into this archive."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programmes import bulk, releases


class Command(BaseCommand):
    help = "Nimmt eine Ausgabe auf, wie make_release sie schreibt; was schon da ist, bleibt, wie es ist."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            counts = releases.load(
                Path(options["folder"]), progress=lambda name: self.stderr.write(name)
            )
        except releases.BadRelease as refusal:
            raise CommandError(str(refusal), returncode=2) from None
        bulk.learn()
        self.stdout.write(
            f"Aufgenommen: {counts['documents']} Dokumente, {counts['sections']} Abschnitte, "
            f"{counts['pledges']} Versprechen; {counts['skipped']} Dokumente waren schon da."
        )
