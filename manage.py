#!/usr/bin/env python
"""Django's command line for the archive."""

from __future__ import annotations

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "archive.settings")
    from django.conf import settings
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        settings.DATA_DIR  # noqa: B018 – reads the settings, so that a wrong one is one sentence
    except ImproperlyConfigured as error:
        print(f"Falsche Einstellung: {error}", file=sys.stderr)
        sys.exit(2)
    from django.db import DatabaseError

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        print("\nAbgebrochen.", file=sys.stderr)
        sys.exit(130)
    except (OSError, DatabaseError) as error:
        from programmes import files, schema

        reason = files.of_the_disk(error)
        if not reason and isinstance(error, DatabaseError) and (lacking := schema.lacking()):
            print(lacking, file=sys.stderr)
            sys.exit(2)
        if not reason:
            raise
        print(
            f"Abgebrochen: {reason} (Datenordner {settings.DATA_DIR}). Was fertig war, bleibt; danach denselben "
            "Befehl noch einmal.",
            file=sys.stderr,
        )
        sys.exit(2)


if __name__ == "__main__":
    main()
