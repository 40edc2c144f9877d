"""`manage.py send_alerts`: tell those who asked for it what is new; safe to run as often as one likes."""

from __future__ import annotations

import smtplib
from argparse import ArgumentParser
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import alerts
from search.engines.base import EngineUnavailable


class Command(BaseCommand):
    help = "Verschickt fällige Benachrichtigungen; zweimal gestartet verschickt es nichts doppelt."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--site",
            default=settings.SITE_URL,
            help="Adresse des Archivs für die Links, etwa https://archiv.example.org",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.ALERTS:
            raise CommandError("Kein Mailserver: setzen Sie EMAIL_URL.", returncode=2)
        site = (options["site"] or "").rstrip("/")
        if not urlsplit(site).netloc:
            raise CommandError("Die Adresse des Archivs fehlt: --site oder SITE_URL.", returncode=2)
        now = timezone.now()
        sent = told = 0
        for number in alerts.due(now):
            try:
                documents = alerts.run(number, now, lambda path: f"{site}{path}")
            except EngineUnavailable as reason:
                raise CommandError(f"Die Suche ist gerade nicht verfügbar: {reason}") from None
            except (OSError, smtplib.SMTPException) as reason:
                self.stderr.write(f"Benachrichtigung {number}: nicht verschickt ({reason}).")
                continue
            sent, told = sent + bool(documents), told + documents
        self.stdout.write(f"{sent} Nachrichten über {told} Dokumente verschickt.")
