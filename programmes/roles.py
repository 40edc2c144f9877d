"""Who may do what at the desk: three roles, kept up to date whenever migrations run."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

CONTRIBUTOR, ARCHIVIST, ADMINISTRATOR = "Beitragende", "Archivare", "Verwaltung"
DESCRIPTIONS = {
    CONTRIBUTOR: _("bieten Texte an und berichtigen ihre eigenen Entwürfe"),
    ARCHIVIST: _("prüfen, veröffentlichen, ziehen zurück und pflegen die Verzeichnisse"),
    ADMINISTRATOR: _("dürfen alles, auch Konten anlegen und endgültig löschen"),
}
ALL = ("add", "change", "delete", "view")
# (app, model): which of the four, then the names of others
RIGHTS: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    CONTRIBUTOR: {
        ("programmes", "upload"): ("add", "view"),
        ("programmes", "document"): ("view", "change"),
        ("programmes", "municipality"): ("view",),
        ("programmes", "party"): ("view",),
        ("programmes", "topic"): ("view",),
    },
    ARCHIVIST: {
        ("programmes", "upload"): ALL,
        ("programmes", "document"): ("add", "change", "view", "publish", "withdraw"),
        ("programmes", "section"): ALL,
        ("programmes", "pledge"): ALL,
        ("programmes", "municipality"): ("add", "change", "view"),
        ("programmes", "party"): ("add", "change", "view"),
        ("programmes", "topic"): ("add", "change", "view"),
        ("programmes", "absence"): ALL,
        ("programmes", "change"): ("view",),
        ("programmes", "rereading"): ALL,
        ("programmes", "readermessage"): ("change", "view"),
        ("programmes", "textpage"): ALL,
        ("search", "synonymgroup"): ALL,
        ("search", "emptyquery"): ("view",),
    },
}
OWN_APPS = ("programmes", "search", "auth")


def set_up(sender: Any, using: str, **_kwargs: Any) -> None:
    """Make the three groups and give each what it lacks; what an operator added to a group stays."""
    if sender.label not in OWN_APPS:
        return
    groups, every = Group.objects.using(using), Permission.objects.using(using)
    permissions = {
        (p.content_type.app_label, p.codename): p
        for p in every.filter(content_type__app_label__in=OWN_APPS).select_related("content_type")
    }
    for name, rights in RIGHTS.items():
        group, _created = groups.get_or_create(name=name)
        wanted = [
            permissions[app, f"{verb}_{model}"]
            for (app, model), verbs in rights.items()
            for verb in verbs
            if (app, f"{verb}_{model}") in permissions
        ]
        group.permissions.add(*wanted)
    group, _created = groups.get_or_create(name=ADMINISTRATOR)
    group.permissions.add(
        *every.filter(
            Q(content_type__app_label__in=("programmes", "search"))
            | Q(content_type__app_label="auth", content_type__model__in=("user", "group"))
        )
    )
