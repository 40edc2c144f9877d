"""`manage.py find_parallels`: which pledges of the whole archive are worded nearly alike; goes on where it stopped."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import likeness, parallels
from search.models import Parallel, Wording

STAGES = {"read": "gelesen", "compare": "verglichen"}


class Command(BaseCommand):
    help = (
        "Sucht Versprechen verschiedener Dokumente mit fast gleichem Wortlaut. "
        "Lässt sich jederzeit abbrechen; der nächste Aufruf macht dort weiter."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--restart", action="store_true", help="alles neu vergleichen")
        parser.add_argument("--json", action="store_true", help="Ergebnis als JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["restart"]:
            Parallel.objects.all().delete()
            Wording.objects.all().delete()
        try:
            count = parallels.find(self._say)
        except KeyboardInterrupt:
            raise CommandError(
                "Abgebrochen; derselbe Aufruf macht hier weiter.", returncode=130
            ) from None
        finally:
            if self.stderr.isatty():
                self.stderr.write("")
        if options["json"]:
            self.stdout.write(json.dumps({"compared": count.compared, "pairs": count.pairs}))
        else:
            self.stdout.write(
                f"{count.compared} Versprechen neu verglichen; {count.pairs} Paare, die mindestens "
                f"{likeness.ALIKE:.0%} ihrer Folgen von {likeness.RUN} Wörtern gemeinsam haben.".replace(
                    "%", " %"
                )
            )

    def _say(self, stage: str, done: int, total: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{STAGES[stage]}: {done} von {total} …", ending="")
