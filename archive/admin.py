"""The archivist's desk: Django's admin under the archive's own name."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from django.contrib import admin
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class ArchiveAdminSite(admin.AdminSite):
    site_header = _("Versprochen – Archivtisch")
    site_title = _("Archivtisch")
    index_title = _("Was steht an?")
    enable_nav_sidebar = False

    def get_urls(self) -> list[Any]:
        from archive.accounts import views

        return [
            path("konto/", self.admin_view(views.account), name="account"),
            *super().get_urls(),
        ]

    def has_permission(self, request: HttpRequest) -> bool:
        from archive.accounts import entrance

        return super().has_permission(request) and entrance.proven(request.user)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Where a second device is wanted, whoever has none can only set one up."""
        inner = super().admin_view(view, cacheable)

        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            from archive.accounts import entrance

            if request.GET.get("_to_field") == "" or request.POST.get("_to_field") == "":
                raise SuspiciousOperation("an empty name of a field")  # Django's forms look it up
            own = (reverse("admin:account"), reverse("admin:logout"))
            if (
                request.path not in own
                and entrance.must_set_up(request.user)
                and self.has_permission(request)
            ):
                return redirect("admin:account")
            return inner(request, *args, **kwargs)

        return update_wrapper(guarded, inner)

    def password_change(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Django keeps on record who changes another's password, but not who changes the own."""
        from archive.accounts import entrance

        answer = super().password_change(request, extra_context)
        if request.method == "POST" and answer.status_code == 302:
            entrance.note(request.user, gettext("Passwort geändert"))
        return answer

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        from programmes.admin import overview  # the desk registers itself on this very site

        return {**super().each_context(request), "desk_menu": overview.menu(request)}

    def index(self, request: HttpRequest, extra_context: Any = None) -> TemplateResponse:
        from programmes.admin import overview

        return super().index(
            request, {**(extra_context or {}), "desk_overview": overview.overview(request)}
        )
