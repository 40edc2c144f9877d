"""`manage.py move_database URL`: every row of this archive into another, empty database."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import Error, connections

from archive import backups
from archive.settings import database
from programmes import bulk
from programmes.models import Document


class Command(BaseCommand):
    help = "Kopiert das Archiv in eine andere, leere Datenbank (etwa von SQLite nach PostgreSQL)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("url", metavar="URL", help="postgresql://… oder sqlite:///…")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            target = database(options["url"])
        except ImproperlyConfigured as error:
            raise CommandError(str(error), returncode=2) from None
        connections.databases["target"] = target
        connections.configure_settings(connections.databases)
        try:
            call_command("migrate", database="target", interactive=False, verbosity=0)
            if Document.objects.using("target").exists():
                raise CommandError(
                    "Die Zieldatenbank hält schon Dokumente; sie muss leer sein.", returncode=2
                )
            counts = backups.copy(
                "default", "target", say=lambda name: self.stderr.write(f"  {name}")
            )
            bulk.learn("target")
        except Error as error:
            raise CommandError(
                f"Die Zieldatenbank antwortet nicht wie erwartet: {error}", returncode=2
            ) from None
        self.stdout.write(
            f"Kopiert: {counts['programmes.document']} Dokumente, {counts['programmes.pledge']} Versprechen. "
            "Setzen Sie jetzt DATABASE_URL auf die neue Adresse und starten Sie neu; die Originale bleiben im Datenordner."
        )
