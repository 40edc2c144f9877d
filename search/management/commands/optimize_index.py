"""`manage.py optimize_index`: all entries of the embedded index in one segment."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = (
        "Fasst den eingebetteten Suchindex zu einem Stück zusammen, in dem sich am schnellsten suchen lässt; "
        "sinnvoll nach einer großen Aufnahme. Suche und Aufnahme laufen so lange weiter."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            done = indexing.optimize()
        except EngineUnavailable as reason:
            raise CommandError(
                f"Der Index lässt sich nicht zusammenfassen: {reason}", returncode=2
            ) from None
        if options["verbosity"]:
            self.stdout.write(
                "Der Index ist ein Stück."
                if done
                else "Diese Suche fasst ihren Index selbst zusammen."
            )
