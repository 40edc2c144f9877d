"""How it is found."""

from __future__ import annotations

from django.apps import AppConfig
from django.conf import settings
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Suche")

    def ready(self):
        from search import lexicon, signals  # noqa: F401 – connects the index to the database

        lexicon.keep_in(settings.DATA_DIR / "lexicon")
