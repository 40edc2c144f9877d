"""Does the database have the tables that this version of the program works with?"""

from __future__ import annotations

from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def lacking() -> str:
    """What the database lacks, in one sentence that says what to do; empty where it lacks nothing."""
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return ""
    if executor.loader.applied_migrations:
        return "Die Datenbank ist von einem älteren Stand des Programms; „manage.py migrate“ bringt sie auf diesen."
    return "Die Datenbank ist noch nicht eingerichtet; „manage.py migrate“ legt ihre Tabellen an."
