"""What the archive holds."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class ProgrammesConfig(AppConfig):
    name = "programmes"
    verbose_name = _("Archiv")

    def ready(self) -> None:
        from programmes import edition, roles, standing, tally  # noqa: F401 – both listen from here on

        post_migrate.connect(roles.set_up, dispatch_uid="programmes.roles")
        post_migrate.connect(
            standing.make_text_pages, sender=self, dispatch_uid="programmes.text-pages"
        )
        post_migrate.connect(tally.recount_if_new, sender=self, dispatch_uid="programmes.tally")
