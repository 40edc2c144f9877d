"""The archivist's desk: what one offers, reviews, publishes, mends and takes back."""

from __future__ import annotations

from django.contrib import admin
from django_tasks_db.models import DBTaskResult

from programmes.admin import (  # noqa: F401 – each registers itself
    changes,
    documents,
    gaps,
    letters,
    parts,
    reference,
    rereadings,
    texts,
    uploads,
)

if admin.site.is_registered(DBTaskResult):  # jobs are shown at the files they are for
    admin.site.unregister(DBTaskResult)
