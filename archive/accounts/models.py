"""One session of somebody at the desk: whose it is, since when and in which browser, but not from where."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    account = models.PositiveBigIntegerField(_("Konto"), null=True, db_index=True)
    begun = models.DateTimeField(_("seit"), null=True)
    browser = models.CharField(_("Browser"), max_length=60, blank=True)

    class Meta(AbstractBaseSession.Meta):
        verbose_name = _("Anmeldung")  # type: ignore[assignment]
        verbose_name_plural = _("Anmeldungen")  # type: ignore[assignment]

    @property
    def handle(self) -> str:
        """A name for it that can stand in a page; the key itself would let its reader in."""
        return salted_hmac("accounts.session", self.session_key).hexdigest()[:16]

    @classmethod
    def get_session_store_class(cls) -> Any:
        from archive.accounts.sessions import SessionStore

        return SessionStore
