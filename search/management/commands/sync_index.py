"""`manage.py sync_index`: bring noted documents into the index."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import indexing


class Command(BaseCommand):
    help = "Bringt den Index auf den Stand der Datenbank, wo Änderungen noch ausstehen."

    def handle(self, *args: Any, **options: Any) -> None:
        done = indexing.sync()
        left = indexing.left()
        self.stdout.write(f"{done} Dokumente nachgeführt, {left} stehen aus.")
        if left:
            raise CommandError(
                "Die Suche antwortet gerade nicht; die Vermerke bleiben.", returncode=1
            )
