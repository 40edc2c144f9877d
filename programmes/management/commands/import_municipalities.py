"""`manage.py import_municipalities FILE`: the official register of municipalities (GV100AD) into the archive."""

from __future__ import annotations

import json
import re
from argparse import ArgumentParser
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes import register
from programmes.ingest.pieces import Refused
from programmes.management import offered


class Command(BaseCommand):
    help = (
        "Nimmt das amtliche Gemeindeverzeichnis (GV100AD, Textdatei) auf: neue Orte, neue Namen, "
        "Einwohnerzahlen; dieselbe Datei ein zweites Mal ändert nichts."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="GV100AD_….txt, UTF-8 oder Latin-1")
        parser.add_argument(
            "--merged",
            action="append",
            default=[],
            metavar="ALT=NEU",
            help="der Ort mit dem Schlüssel ALT gehört jetzt zu NEU (das Verzeichnis sagt es nicht)",
        )
        parser.add_argument("--json", action="store_true", help="Bericht als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        successors = {}
        for pair in options["merged"]:
            if not re.fullmatch(r"\d{5,8}=\d{5,8}", pair):
                raise CommandError(
                    f"--merged {pair}: gebraucht werden zwei Schlüssel, ALT=NEU.", returncode=2
                )
            old, new = pair.split("=")
            successors[old] = new
        try:
            data = offered.load(Path(options["file"]), settings.MAX_DOCUMENT_BYTES)
            report = register.update(register.read(data), successors)
        except Refused as refusal:
            raise CommandError(f"{options['file']}: {refusal}", returncode=2) from None
        if options["json"]:
            self.stdout.write(json.dumps(asdict(report), ensure_ascii=False))
            return
        for sign, lines in (
            ("Neuer Name", report.renamed),
            ("Aufgegangen", report.merged),
            ("Nicht mehr im Verzeichnis (Nachfolger unbekannt, bleibt stehen)", report.gone),
            ("Achtung", report.problems),
        ):
            for line in lines:
                self.stdout.write(f"{sign}: {line}")
        self.stdout.write(
            f"Stand {report.day}: {report.read} Orte gelesen, {report.new} neu, {report.changed} geändert, "
            f"{len(report.renamed)} umbenannt, {len(report.merged)} aufgegangen, {len(report.gone)} verschwunden."
            if report.new or report.changed or report.merged
            else f"Stand {report.day}: {report.read} Orte gelesen, nichts zu ändern."
        )
