"""The accounts of the desk as an app of their own, after Django's."""

from __future__ import annotations

import axes.apps
from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "archive.accounts"
    label = "accounts"
    verbose_name = _("Konten")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from archive.accounts import sessions

        user_logged_in.connect(sessions.note_device, dispatch_uid="accounts.note_device")


class AttemptsConfig(axes.apps.AppConfig):
    """The library that slows down guessing, under a name that says what its lists hold."""

    verbose_name = _("Anmeldungen")
