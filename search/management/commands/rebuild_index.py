"""`manage.py rebuild_index [--if-needed]`: a new index beside the live one, then swapped."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Baut den Suchindex neu; der alte antwortet so lange weiter."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--if-needed",
            action="store_true",
            help="nur, wenn er fehlt oder älter ist als das Programm",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_needed"] and indexing.is_current():
            indexing.sync()
            return
        if options["if_needed"] and indexing.is_older():
            self.stdout.write(
                "Der Suchindex ist älter als das Programm und wird neu gebaut; das kann Minuten dauern."
            )
            self.stdout.flush()
        try:
            count = indexing.rebuild(self._say)
        except EngineUnavailable as reason:
            raise CommandError(
                f"Der Index lässt sich nicht bauen: {reason}", returncode=2
            ) from None
        if options["verbosity"]:
            self.stdout.write(f"Index gebaut: {count} Einträge.")

    def _say(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} Einträge …", ending="")
