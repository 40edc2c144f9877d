"""`manage.py move_index URL`: fill the index of another engine while the present one answers."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search import indexing
from search.engines import UnknownEngine, get_engine
from search.engines.base import EngineUnavailable
from search.models import NextStaleDocument


class Command(BaseCommand):
    help = (
        "Füllt den Index unter einer anderen Adresse (etwa von Whoosh nach OpenSearch oder zurück). Der jetzige "
        "antwortet so lange und folgt jeder Änderung, der neue ebenso."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "url",
            metavar="URL",
            help="whoosh:ORDNER, postgresql://… oder opensearch://host1,host2/…",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        url = options["url"]
        if url == settings.SEARCH_URL:
            raise CommandError(
                "Das ist der Index, der jetzt antwortet; „manage.py rebuild_index“ baut ihn neu.",
                returncode=2,
            )
        try:
            get_engine(url)
            count = indexing.move(url, self._say)
        except UnknownEngine as error:
            raise CommandError(str(error), returncode=2) from None
        except EngineUnavailable as reason:
            raise CommandError(
                f"Der neue Index lässt sich nicht füllen: {reason}", returncode=2
            ) from None
        left = NextStaleDocument.objects.count()
        self.stdout.write(
            f"{count} Einträge im neuen Index{f', {left} Dokumente stehen aus' if left else ''}. Setzen Sie jetzt "
            "SEARCH_URL auf genau diese Adresse und starten Sie die Prozesse einen nach dem anderen neu; Änderungen "
            "bis dahin stehen in der Datenbank und werden nachgeführt. Danach: manage.py sync_index, manage.py check_index."
        )

    def _say(self, done: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{done} Einträge …", ending="")
