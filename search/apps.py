"""How it is found."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Suche")

    def ready(self):
        from search import lexicon, signals, synonyms  # noqa: F401 – connects the index to the database

        lexicon.keep_in(settings.DATA_DIR / "lexicon")
        post_migrate.connect(synonyms.ship, sender=self)
