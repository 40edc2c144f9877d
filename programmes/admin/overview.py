"""What stands at the top of the desk: its menu with numbers, and what is to be done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.models import Document
from programmes.records import Change, ReaderMessage, Upload

STATE = Upload.State


def menu(request: HttpRequest) -> list[dict[str, Any]]:
    """The parts of the desk that whoever asks may see, with how much waits there."""
    user = request.user
    if not user.is_authenticated or not user.is_staff:
        return []
    everything = user.has_perm("programmes.publish_document")
    entries: list[tuple[str, str, str, Any]] = [
        ("programmes.view_upload", "programmes_upload_changelist", _("Eingang"), _uploads),
        ("programmes.view_document", "programmes_document_changelist", _("Dokumente"), _drafts),
        ("programmes.view_pledge", "programmes_pledge_changelist", _("Versprechen"), None),
        ("programmes.view_absence", "programmes_absence_gaps", _("Lücken"), None),
        (
            "programmes.view_readermessage",
            "programmes_readermessage_changelist",
            _("Nachrichten"),
            _new,
        ),
        ("programmes.view_rereading", "programmes_rereading_changelist", _("Neulesungen"), None),
        ("programmes.view_party", "programmes_party_changelist", _("Parteien"), None),
        ("programmes.view_municipality", "programmes_municipality_changelist", _("Orte"), None),
        ("programmes.view_topic", "programmes_topic_changelist", _("Themen"), None),
        ("search.view_synonymgroup", "search_synonymgroup_changelist", _("Synonyme"), None),
        ("programmes.view_textpage", "programmes_textpage_changelist", _("Seiten"), None),
    ]
    found = []
    for right, name, label, count in entries:
        if not user.has_perm(right):
            continue
        address = reverse(f"admin:{name}")
        found.append(
            {
                "address": address,
                "label": label,
                "count": count(user, everything) if count else 0,
                "here": request.path.startswith(address),
            }
        )
    return found


def overview(request: HttpRequest) -> dict[str, Any]:
    """Tiles with numbers, drafts that wait, and what was changed last."""
    user = request.user
    everything = user.has_perm("programmes.publish_document")
    uploads = Upload.objects.all() if everything else Upload.objects.filter(user=user.pk)
    inbox = reverse("admin:programmes_upload_changelist")
    documents = reverse("admin:programmes_document_changelist")
    tiles = []
    if user.has_perm("programmes.view_upload"):
        busy = uploads.filter(state__in=(STATE.WAITING, STATE.READING)).count()
        asking = uploads.filter(state=STATE.ASKING).count()
        failed = uploads.filter(state=STATE.FAILED).count()
        tiles += [
            {"count": busy, "label": _("werden gelesen"), "address": inbox},
            {
                "count": asking,
                "label": _("Rückfragen (Doppelte)"),
                "address": f"{inbox}?stand=asking",
            },
            {"count": failed, "label": _("nicht gelesen"), "address": f"{inbox}?stand=failed"},
        ]
    if user.has_perm("programmes.view_document"):
        tiles.append(
            {
                "count": _drafts(user, everything),
                "label": _("Entwürfe zu prüfen"),
                "address": f"{documents}?status__exact=draft",
            }
        )
        tiles.append(
            {
                "count": Document.objects.filter(twin_of__isnull=False).count(),
                "label": _("Kopien anderer Dokumente"),
                "address": reverse("admin:programmes_document_copies"),
            }
        )
    if user.has_perm("programmes.view_readermessage"):
        tiles.append(
            {
                "count": _new(user, everything),
                "label": _("neue Nachrichten"),
                "address": reverse("admin:programmes_readermessage_changelist")
                + "?status__exact=new",
            }
        )
    changes = Change.objects.none()
    if user.has_perm("programmes.view_change"):
        changes = Change.objects.select_related("user", "document").defer(
            "before", "document__text", "document__report", "document__fingerprint"
        )
    return {
        "tiles": tiles,
        "can_offer": user.has_perm("programmes.add_upload"),
        "drafts": _draft_documents(user, everything).cards().order_by("-pk")[:10],
        "changes": changes[:10],
    }


def _draft_documents(user: Any, everything: bool) -> Any:
    drafts = Document.objects.filter(status=Document.Status.DRAFT)
    if everything:
        return drafts
    return drafts.filter(pk__in=Upload.objects.filter(user=user).values("document"))


def _uploads(user: Any, everything: bool) -> int:
    open_states = (STATE.WAITING, STATE.READING, STATE.ASKING, STATE.FAILED)
    uploads = Upload.objects.filter(state__in=open_states)
    return (uploads if everything else uploads.filter(user=user)).count()


def _drafts(user: Any, everything: bool) -> int:
    return int(_draft_documents(user, everything).count())


def _new(user: Any, everything: bool) -> int:
    return ReaderMessage.objects.filter(status=ReaderMessage.Status.NEW).count()
