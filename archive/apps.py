"""The admin of this project is Django's own, under the archive's name."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class ArchiveAdminConfig(AdminConfig):
    default_site = "archive.admin.ArchiveAdminSite"
