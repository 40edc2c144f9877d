"""After better rules: what they would change on a document, and changing it; people's decisions stay."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from programmes import history, importing
from programmes.ingest.pieces import Parsed, Refused
from programmes.models import Document
from programmes.records import Change, Rereading

State = Rereading.State


def ask(document: Document, user: Any, parsed: Parsed | None = None) -> Rereading:
    """Write down what today's rules would change, without changing it."""
    values: dict[str, Any] = {"user": user if getattr(user, "pk", None) else None, "sentence": ""}
    try:
        found = importing.changes(document, parsed or importing.reread(document))
    except Refused as refusal:
        values.update(state=State.FAILED, sentence=str(refusal)[:500], changes={})
    else:
        values.update(
            state=State.CHANGES if found else State.SAME,
            changes={
                "kept": found.kept,
                "new": list(found.new),
                "gone": list(found.gone),
                "new_sections": list(found.new_sections),
                "gone_sections": list(found.gone_sections),
                "judged": [list(change) for change in found.judged],
                "fields": {
                    name: [_plain(old), _plain(new)] for name, (old, new) in found.fields.items()
                },
            },
        )
    row, _created = Rereading.objects.update_or_create(document=document, defaults=values)
    return row


def apply(document: Document, user: Any, parsed: Parsed | None = None) -> Rereading:
    """Make it so; the whole can be taken back like any other change."""
    values: dict[str, Any] = {"user": user if getattr(user, "pk", None) else None, "sentence": ""}
    try:
        parsed = parsed or importing.reread(document)
    except Refused as refusal:
        values.update(state=State.FAILED, sentence=str(refusal)[:500])
    else:
        with transaction.atomic():
            before = {
                "fields": history.fields_of(document),
                "whole": history.whole_text_of(document),
            }
            applied = importing.apply(document, parsed)
            history.record(document, user, Change.Action.REREAD, before=before)
        values.update(state=State.APPLIED, sentence=importing.new_lists(applied)[:500])
    row, _created = Rereading.objects.update_or_create(document=document, defaults=values)
    return row


def wait(documents: Any, user: Any, state: str = State.WAITING) -> int:
    """Note documents for the background worker; the number noted."""
    count = 0
    for pk in documents.exclude(status=Document.Status.WITHDRAWN).values_list("pk", flat=True):
        Rereading.objects.update_or_create(
            document_id=pk, defaults={"state": state, "user": user, "sentence": ""}
        )
        count += 1
    return count


def work_off() -> int:
    """Everything noted, one document after the other; what is interrupted is still noted."""
    count = 0
    while True:
        row = (
            Rereading.objects.filter(state__in=(State.WAITING, State.APPLY))
            .select_related("document", "user")
            .first()
        )
        if row is None:
            return count
        (ask if row.state == State.WAITING else apply)(row.document, row.user)
        count += 1


def _plain(value: object) -> object:
    return value if isinstance(value, (str, int, list, type(None))) else str(value)
