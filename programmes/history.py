"""Who changed what on a document, and how it is taken back: snapshots before a change, and their return."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from programmes import importing
from programmes.ingest.fingerprint import fingerprint
from programmes.models import Document, Pledge, PledgeTopic, Section, Topic
from programmes.records import Change

FIELDS = (
    *("title", "kind", "scope", "publisher", "year", "date", "status", "language", "source_url"),
    *("rights", "withdrawal_reason", "original_name", "media_type", "invented"),
)
SECTION_FIELDS = ("position", "level", "title", "anchor", "text", "page")
PLEDGE_FIELDS = (
    *("key", "position", "text", "start", "end", "page", "specificity", "years", "quantities"),
    *("cue", "decision"),
)


class NotUndoable(ValueError):
    """A change that cannot be taken back; its message is one clear sentence."""


def record(
    document: Document,
    user: Any,
    action: str,
    *,
    subject: str = "",
    details: Iterable[Mapping[str, Any]] = (),
    before: Mapping[str, Any] | None = None,
) -> Change:
    """Write a change down, in the transaction that makes it."""
    return Change.objects.create(
        document=document,
        user=user if getattr(user, "pk", None) else None,
        action=action,
        subject=subject[:200],
        details=list(details),
        before=packed(before) if before is not None else b"",
    )


def fields_of(document: Document) -> dict[str, Any]:
    """What a person can change on the document itself."""
    values: dict[str, Any] = {name: getattr(document, name) for name in FIELDS}
    values["retrieved_on"] = document.retrieved_on.isoformat() if document.retrieved_on else None
    values["twin_of"] = document.twin_of_id
    values["decided"] = list(document.decided)
    values["municipalities"] = sorted(document.municipalities.values_list("pk", flat=True))
    values["parties"] = sorted(document.parties.values_list("pk", flat=True))
    return values


def pledge_of(pledge: Pledge) -> dict[str, Any]:
    """One pledge as it stands, its section by anchor."""
    values = {name: getattr(pledge, name) for name in PLEDGE_FIELDS}
    values["section"] = pledge.section.anchor
    values["topics"] = [
        link.topic.slug for link in pledge.pledgetopic_set.select_related("topic").order_by("rank")
    ]
    return values


def whole_text_of(document: Document) -> dict[str, Any]:
    """All sections and pledges of a document, and the text made of them."""
    rows = list(document.sections.order_by("position"))
    number = {row.pk: at for at, row in enumerate(rows)}
    topics: dict[int, list[str]] = {}
    for pledge, slug in (
        PledgeTopic.objects.filter(pledge__document=document)
        .order_by("rank")
        .values_list("pledge", "topic__slug")
    ):
        topics.setdefault(pledge, []).append(slug)
    return {
        "text": document.text,
        "report": document.report,
        "decided": list(document.decided),
        "sections": [
            {
                **{name: getattr(row, name) for name in SECTION_FIELDS},
                "parent": number.get(row.parent_id) if row.parent_id else None,
            }
            for row in rows
        ],
        "pledges": [
            {
                **{name: getattr(pledge, name) for name in PLEDGE_FIELDS},
                "section": number[pledge.section_id],
                "topics": topics.get(pledge.pk, []),
            }
            for pledge in document.pledges.order_by("position")
        ],
    }


def undo(document: Document, user: Any) -> Change:
    """Take the last change of a document back; raises `NotUndoable` with one clear sentence."""
    with transaction.atomic():
        document = Document.objects.locked().get(pk=document.pk)
        last = document.changes.filter(undone=False).exclude(before=b"").first()
        if last is None:
            raise NotUndoable(_("Es gibt nichts, was sich zurücknehmen ließe."))
        newer = document.changes.filter(pk__gt=last.pk, undone=False).first()
        if newer is not None:
            raise NotUndoable(
                _("Die letzte Änderung („%(change)s“) lässt sich nicht zurücknehmen.")
                % {"change": newer.get_action_display()}
            )
        if last.action == Change.Action.WITHDRAWN:
            raise NotUndoable(_("Zurückgezogenes bringt „Wiederherstellen“ zurück."))
        put_back(document, unpacked(last.before))
        last.undone = True
        last.save(update_fields=["undone"])
    return last


def can_undo(document: Document) -> Change | None:
    """The change that `undo` would take back."""
    last = document.changes.filter(undone=False).defer("before").first()
    if last is None or last.action == Change.Action.WITHDRAWN:
        return None
    if not document.changes.filter(pk=last.pk).exclude(before=b"").exists():
        return None
    return last


def put_back(document: Document, before: Mapping[str, Any]) -> None:
    """Make the parts of a document that `before` names what they were."""
    if "fields" in before:
        _put_fields(document, before["fields"])
    if "whole" in before:
        put_whole_text(document, before["whole"])
    for key, values in before.get("pledges", {}).items():
        _put_pledge(document, key, values)
    if "sections" in before:
        _put_sections(document, before["sections"])
    importing.settle(document)


def put_whole_text(document: Document, whole: Mapping[str, Any]) -> None:
    """Sections, pledges and text exactly as they were, keys and anchors included."""
    document.text, document.report = whole["text"], whole["report"]
    document.fingerprint = fingerprint(document.text)
    document.decided = whole["decided"]
    document.pledges.all().delete()
    document.sections.all().delete()
    rows = Section.objects.bulk_create(
        Section(document=document, **{name: values[name] for name in SECTION_FIELDS})
        for values in whole["sections"]
    )
    for row, values in zip(rows, whole["sections"], strict=True):
        row.parent = rows[values["parent"]] if values["parent"] is not None else None
    Section.objects.bulk_update(rows, ["parent"], batch_size=200)
    pledges = Pledge.objects.bulk_create(
        Pledge(
            document=document,
            section=rows[values["section"]],
            due=max(values["years"], default=None),
            **{name: values[name] for name in PLEDGE_FIELDS},
        )
        for values in whole["pledges"]
    )
    topics = dict(Topic.objects.values_list("slug", "pk"))
    PledgeTopic.objects.bulk_create(
        PledgeTopic(pledge=pledge, topic_id=topics[slug], rank=rank)
        for pledge, values in zip(pledges, whole["pledges"], strict=True)
        for rank, slug in enumerate(values["topics"])
        if slug in topics
    )


def set_topics(pledge: Pledge, slugs: Iterable[str]) -> None:
    """The topics of a pledge, the main one first."""
    pledge.pledgetopic_set.all().delete()
    topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=list(slugs))}
    for rank, slug in enumerate(slug for slug in dict.fromkeys(slugs) if slug in topics):
        PledgeTopic.objects.create(pledge=pledge, topic=topics[slug], rank=rank)


def _put_fields(document: Document, values: Mapping[str, Any]) -> None:
    for name in FIELDS:
        setattr(document, name, values[name])
    document.retrieved_on = values["retrieved_on"]
    document.twin_of = Document.objects.filter(pk=values["twin_of"]).first()
    document.decided = values["decided"]
    document.municipalities.set(values["municipalities"])
    document.parties.set(values["parties"])


def _put_pledge(document: Document, key: str, values: Mapping[str, Any] | None) -> None:
    pledge = document.pledges.filter(key=key).first()
    if values is None:
        if pledge is not None:
            pledge.delete()
        return
    pledge = pledge or Pledge(document=document, key=key)
    for name in PLEDGE_FIELDS:
        setattr(pledge, name, values[name])
    pledge.section = document.sections.filter(anchor=values["section"]).first() or pledge.section
    pledge.save()
    set_topics(pledge, values["topics"])


def _put_sections(document: Document, values: Mapping[str, Mapping[str, Any]]) -> None:
    for anchor, was in values.items():
        document.sections.filter(anchor=anchor).update(**was)


def packed(value: Mapping[str, Any]) -> bytes:
    return zlib.compress(json.dumps(value, ensure_ascii=False).encode())


def unpacked(data: bytes | memoryview) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(zlib.decompress(bytes(data)))
    return value
