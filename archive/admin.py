"""The archivist's desk: Django's admin under the archive's own name."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _


class ArchiveAdminSite(admin.AdminSite):
    site_header = _("Versprochen – Archivtisch")
    site_title = _("Archivtisch")
    index_title = _("Was steht an?")
    enable_nav_sidebar = False

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from programmes.admin import overview  # the desk registers itself on this very site

        return {**super().each_context(request), "desk_menu": overview.menu(request)}

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        from programmes.admin import overview

        return super().index(
            request, {**(extra_context or {}), "desk_overview": overview.overview(request)}
        )
