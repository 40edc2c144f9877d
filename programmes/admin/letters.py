"""Messages of readers at the desk: a list with status, and the answer to one."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from programmes.admin.together import Together
from programmes.records import ReaderMessage


class LetterForm(forms.ModelForm):
    reply = forms.CharField(
        label=_("Antwort"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 8, "cols": 80}),
        help_text=_("Wird beim Speichern an diese Adresse geschickt und im Vermerk festgehalten."),
    )

    class Meta:
        model = ReaderMessage
        fields = ("status", "note")


@admin.register(ReaderMessage)
class ReaderMessageAdmin(Together):
    form = LetterForm
    list_display = ("short", "kind", "status", "created")
    actions = ("take_up", "close", "decline")
    list_filter = ("status", "kind")
    search_fields = ("text", "page", "note")
    readonly_fields = ("kind", "text", "where", "write_back", "created")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    @admin.action(description=_("Ausgewählte in Arbeit nehmen"), permissions=["change"])
    def take_up(self, request: HttpRequest, chosen: QuerySet[ReaderMessage]) -> None:
        self._move(request, chosen, ReaderMessage.Status.OPEN)

    @admin.action(description=_("Ausgewählte als erledigt ablegen"), permissions=["change"])
    def close(self, request: HttpRequest, chosen: QuerySet[ReaderMessage]) -> None:
        self._move(request, chosen, ReaderMessage.Status.DONE)

    @admin.action(description=_("Ausgewählte ablehnen"), permissions=["change"])
    def decline(self, request: HttpRequest, chosen: QuerySet[ReaderMessage]) -> None:
        self._move(request, chosen, ReaderMessage.Status.DECLINED)

    def _move(
        self, request: HttpRequest, chosen: QuerySet[ReaderMessage], status: ReaderMessage.Status
    ) -> None:
        """Only the letters chosen: a list with a field for each would write back what others have moved since."""
        with transaction.atomic():
            for letter in chosen.select_for_update().exclude(status=status):
                letter.status = status
                letter.save(update_fields=["status", "changed"])
                self.log_change(request, letter, [{"changed": {"fields": ["status"]}}])

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where the archive can send e-mails and the reader left an address, the answer is written here."""
        fields = ["kind", "text", "where", "write_back", "created", "status", "note"]
        can = obj is not None and obj.contact and settings.EMAIL_URL
        if can and self.has_change_permission(request, obj):
            fields.insert(5, "reply")
        return fields

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        reply = (form.cleaned_data.get("reply") or "").strip()
        if not reply or "reply" not in self.get_fields(request, obj):
            super().save_model(request, obj, form, change)
            return
        try:
            EmailMessage(_subject(obj), f"{reply}\n\n{_quoted(obj)}", to=[obj.contact]).send()
        except OSError:
            message = gettext("Die Antwort ging nicht hinaus; der Mailserver antwortet nicht.")
            messages.error(request, message)
            kept = gettext("Nicht abgeschickt:")
        else:
            messages.success(request, gettext("Die Antwort ist abgeschickt."))
            kept = f"{timezone.localtime():%d.%m.%Y %H:%M} {request.user}:"
            if obj.status == ReaderMessage.Status.NEW:
                obj.status = ReaderMessage.Status.DONE
        obj.note = f"{obj.note}\n\n{kept}\n{reply}".strip()
        super().save_model(request, obj, form, change)

    @admin.display(description=_("Nachricht"))
    def short(self, message: ReaderMessage) -> str:
        return message.text if len(message.text) <= 120 else message.text[:119] + "…"

    @admin.display(description=_("Seite im Archiv"))
    def where(self, message: ReaderMessage) -> Any:
        """A link only to a page of this archive: the address was typed by a stranger."""
        if message.page.startswith("/") and not message.page.startswith(("//", "/\\")):
            return format_html('<a href="{}">{}</a>', message.page, message.page)
        return message.page or "–"

    @admin.display(description=_("E-Mail-Adresse für eine Antwort"))
    def write_back(self, message: ReaderMessage) -> Any:
        """The address, as a letter begun in the archivist's own e-mail program."""
        if not message.contact:
            return "–"
        begun = f"subject={quote(_subject(message))}&body={quote(_quoted(message))}"
        address = quote(message.contact, safe="@")
        return format_html('<a href="mailto:{}?{}">{}</a>', address, begun, message.contact)


def _subject(message: ReaderMessage) -> str:
    return gettext("Ihre Nachricht an das Archiv: %s") % message.get_kind_display()


def _quoted(message: ReaderMessage) -> str:
    return "\n".join(f"> {line}" for line in message.text.splitlines())
