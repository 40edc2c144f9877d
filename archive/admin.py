"""The archivist's desk: Django's admin under the archive's own name."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class ArchiveAdminSite(admin.AdminSite):
    site_header = _("Versprochen – Archivtisch")
    site_title = _("Archivtisch")
    index_title = _("Was möchten Sie tun?")
