"""Which programmes are missing, by place and election: the worklist of an archivist."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from programmes import completeness
from programmes.admin.initial import CheckedInitial
from programmes.models import Municipality, Party
from programmes.records import FIRST_YEAR, LAST_YEAR, Absence

PAGE = 40


@admin.register(Absence)
class AbsenceAdmin(CheckedInitial):
    list_display = ("municipality", "year", "party", "note")
    list_filter = ("year",)
    search_fields = ("municipality__name", "party__short_name", "note")
    autocomplete_fields = ("municipality", "party")
    list_select_related = ("municipality", "party")

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        return [
            path("luecken/", wrap(self.gaps), name="programmes_absence_gaps"),
            path("luecken/merken/", wrap(require_POST(self.note)), name="programmes_absence_note"),
            *super().get_urls(),
        ]

    def gaps(self, request: HttpRequest) -> HttpResponse:
        """Every place and election with what is there, missing, and known not to exist."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        only_gaps = request.GET.get("alle") != "1"
        rows = completeness.rows(request.GET.get("q", ""), only_gaps=only_gaps)
        page = Paginator(rows, PAGE).get_page(request.GET.get("seite"))
        return TemplateResponse(
            request,
            "admin/programmes/absence/gaps.html",
            {
                **self.admin_site.each_context(request),
                "title": _("Lücken"),
                "opts": self.opts,
                "page": page,
                "q": request.GET.get("q", ""),
                "only_gaps": only_gaps,
                "may_note": self.has_add_permission(request),
            },
        )

    def note(self, request: HttpRequest) -> HttpResponse:
        """It is known that this programme does not exist – or it is no longer known."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        place = get_object_or_404(Municipality, pk=request.POST.get("place", ""))
        party = get_object_or_404(Party, slug=request.POST.get("party", ""))
        year = request.POST.get("year", "")
        if year.isdecimal() and len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR:
            found = Absence.objects.filter(municipality=place, party=party, year=int(year))
            if not found.delete()[0]:
                Absence.objects.create(
                    municipality=place,
                    party=party,
                    year=int(year),
                    note=request.POST.get("note", "")[:300],
                )
        query = request.POST.get("back", "")
        return redirect(reverse("admin:programmes_absence_gaps") + (f"?{query}" if query else ""))
