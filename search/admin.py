"""The archivist's desk for search: synonyms, and what readers looked for in vain."""

from __future__ import annotations

from typing import Any, ClassVar
from urllib.parse import urlencode

from django.contrib import admin
from django.db import transaction
from django.db.models import QuerySet, TextField
from django.forms import ModelForm, Textarea
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programmes.admin.together import Together
from search.models import EmptyQuery, SynonymGroup


@admin.register(SynonymGroup)
class SynonymGroupAdmin(Together):
    list_display = ("words", "active", "origin", "note")
    actions = ("switch_on", "switch_off")
    list_filter = ("active", "decided")
    search_fields = ("words", "note")
    fields = ("words", "active", "note")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        TextField: {"widget": Textarea(attrs={"rows": 2, "cols": 80})}
    }

    @admin.display(description=_("Herkunft"))
    def origin(self, group: SynonymGroup) -> str:
        if not group.shipped_as:
            return str(_("vom Archivtisch"))
        return str(_("mitgeliefert, geändert") if group.decided else _("mitgeliefert"))

    def save_model(
        self, request: HttpRequest, obj: SynonymGroup, form: ModelForm, change: bool
    ) -> None:
        obj.decided = True
        super().save_model(request, obj, form, change)

    @admin.action(description=_("Ausgewählte einschalten"), permissions=["change"])
    def switch_on(self, request: HttpRequest, chosen: QuerySet[SynonymGroup]) -> None:
        self._switch(request, chosen, True)

    @admin.action(description=_("Ausgewählte ausschalten"), permissions=["change"])
    def switch_off(self, request: HttpRequest, chosen: QuerySet[SynonymGroup]) -> None:
        self._switch(request, chosen, False)

    def _switch(self, request: HttpRequest, chosen: QuerySet[SynonymGroup], active: bool) -> None:
        """Only what was chosen, and of it only this: a list with a field for each would write back stale values."""
        with transaction.atomic():
            for group in chosen.select_for_update().exclude(active=active):
                group.active, group.decided = active, True
                group.save(update_fields=["active", "decided"])
                self.log_change(request, group, [{"changed": {"fields": ["active"]}}])

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A group that ships with the program would come back: it is switched off instead."""
        allowed = super().has_delete_permission(request, obj)
        return allowed and not (obj is not None and obj.shipped_as)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions


@admin.register(EmptyQuery)
class EmptyQueryAdmin(admin.ModelAdmin):
    list_display = ("text", "count", "first", "last", "again", "as_synonym")
    list_filter = ("last",)
    search_fields = ("text",)
    date_hierarchy = "last"

    @admin.display(description=_("Nachsehen"))
    def again(self, empty: EmptyQuery) -> SafeString:
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("search:search"),
            urlencode({"q": empty.text}),
            _("noch einmal suchen"),
        )

    @admin.display(description=_("Abhelfen"))
    def as_synonym(self, empty: EmptyQuery) -> SafeString:
        return format_html(
            '<a href="{}?{}">{}</a>',
            reverse("admin:search_synonymgroup_add"),
            urlencode({"words": f"{empty.text} = "}),
            _("Wortgruppe anlegen"),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
