"""`manage.py recount`: count anew what pages show of topics, parties, places and years."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from programmes import edition, tally


class Command(BaseCommand):
    help = "Zählt neu, was Seiten über Themen, Parteien, Orte und Jahre zeigen."

    def handle(self, *args: Any, **options: Any) -> None:
        tally.recount()
        edition.renew()
        whole = tally.of("all").first()
        documents, pledges = (whole.documents, whole.pledges) if whole else (0, 0)
        self.stdout.write(f"Gezählt: {documents} Dokumente, {pledges} Versprechen.")
