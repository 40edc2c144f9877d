"""The desk for the operator's own pages: imprint, privacy, accessibility."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from programmes.admin.together import Together
from programmes.models import TextPage


@admin.register(TextPage)
class TextPageAdmin(Together):
    list_display = ["slug", "written", "changed"]
    readonly_fields = ["slug", "changed"]
    fields = ["slug", "text_de", "text_en", "changed"]

    @admin.display(description=_("ausgefüllt"), boolean=True)
    def written(self, page: TextPage) -> bool:
        return bool(page.text_de.strip())

    def has_add_permission(self, request: HttpRequest, *args: Any) -> bool:
        return False  # the three are there from the first migration on

    def has_delete_permission(self, request: HttpRequest, obj: TextPage | None = None) -> bool:
        return False
