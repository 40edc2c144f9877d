"""`manage.py load_reference`: the places, parties and topics that ship with the archive."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from programmes import gazetteer


class Command(BaseCommand):
    help = "Nimmt Orte, Parteien, Themen und Kennwörter auf, die noch fehlen; was jemand geändert hat, bleibt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--folder", default=str(settings.BASE_DIR / "fixtures" / "reference"))

    def handle(self, *args: Any, **options: Any) -> None:
        added = gazetteer.load_reference(Path(options["folder"]))
        if options["verbosity"]:
            self.stdout.write(
                f"Neu: {added['places']} Orte, {added['parties']} Parteien, {added['topics']} Themen."
            )
