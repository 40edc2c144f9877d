"""`manage.py check_index`: does the index hold what the database holds? Exit 1 on any difference."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Vergleicht Datenbank und Index."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            difference = indexing.check()
        except EngineUnavailable as reason:
            raise CommandError(f"Es gibt keinen lesbaren Index: {reason}", returncode=1) from None
        for label, documents in (
            ("fehlt im Index", difference.missing),
            ("nur noch im Index", difference.surplus),
            ("im Index mit anderen Einträgen", difference.different),
        ):
            for document in documents:
                self.stdout.write(f"Dokument {document}: {label}")
        current = indexing.is_current()
        if not current:
            self.stdout.write(
                "Der Index ist älter als das Programm; „manage.py rebuild_index“ baut ihn neu."
            )
        if difference or not current:
            sys.exit(1)
        self.stdout.write("Index und Datenbank stimmen überein.")
