"""What an administrator can do for other accounts: log them out everywhere, take a lost second device away."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import entrance, sessions

admin.site.login_form = entrance.LoginForm
admin.site.unregister(User)
# Secrets are nobody's to look at: devices are set up by their owner and only ever taken away here.
for _model in (StaticDevice, TOTPDevice):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)


@admin.register(User)
class AccountAdmin(UserAdmin):
    list_display = ("username", "first_name", "last_name", "is_staff", "second_device")
    actions = ["log_out_everywhere", "forget_second_device"]

    @admin.display(description=_("zweites Gerät"), boolean=True)
    def second_device(self, user: User) -> bool:
        return user_has_device(user)

    @admin.action(description=_("Überall abmelden"), permissions=["change"])
    def log_out_everywhere(self, request: HttpRequest, accounts: Any) -> None:
        for user in accounts:
            sessions.of(user.pk).delete()
            self._note(request, user, gettext("überall abgemeldet"))
        self._say(request, len(accounts))

    @admin.action(
        description=_("Zweites Gerät entfernen (wenn es verloren ist)"), permissions=["change"]
    )
    def forget_second_device(self, request: HttpRequest, accounts: Any) -> None:
        for user in accounts:
            entrance.forget_devices(user)
            sessions.of(user.pk).delete()
            self._note(request, user, gettext("zweites Gerät entfernt, überall abgemeldet"))
        self._say(request, len(accounts))

    def _note(self, request: Any, user: User, what: str) -> None:
        LogEntry.objects.log_actions(
            request.user.pk, [user], CHANGE, change_message=what, single_object=True
        )

    def _say(self, request: HttpRequest, count: int) -> None:
        self.message_user(
            request,
            ngettext("Erledigt für %d Konto.", "Erledigt für %d Konten.", count) % count,
            messages.SUCCESS,
        )
