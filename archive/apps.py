"""The project itself, and Django's admin under the archive's name."""

from __future__ import annotations

from django.apps import AppConfig
from django.contrib.admin import apps as django_admin


class ArchiveConfig(AppConfig):
    name = "archive"
    default = True


class ArchiveAdminConfig(django_admin.AdminConfig):
    default = False
    default_site = "archive.admin.ArchiveAdminSite"
