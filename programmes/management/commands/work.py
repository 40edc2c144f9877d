"""`manage.py work`: the desk's background worker, which reads what was offered; `serve` starts one."""

from __future__ import annotations

import logging
import os
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError
from django_tasks_db.management.commands.db_worker import Worker

from programmes import files, intake, jobs, schema

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Erledigt die Hintergrundarbeit des Archivtischs, bis es beendet wird."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="erledigen, was ansteht, und dann enden"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        os.nice(10)  # whoever reads a page comes first
        try:
            found = jobs.recover()
        except OperationalError as error:  # a database that is not there yet: the next start tries
            said = f"Die Datenbank antwortet nicht: {files.reason(error)}"
            self.stderr.write(schema.lacking() or said)
            raise SystemExit(1) from None
        if found:
            self.stderr.write(f"{found} unterbrochene Arbeiten beginnen von vorn.")
        logging.getLogger("django_tasks").setLevel(logging.WARNING)
        logging.getLogger("django_tasks_db").setLevel(logging.ERROR)  # being stopped is no warning
        worker = Worker(
            queue_names=["default"],
            excluded_queue_names=[],
            interval=0.5,
            batch=options["once"],
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=intake.this_process(),
        )
        worker.configure_signals()
        worker.run()
