"""Whatever changes a document leaves a note for the index."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import m2m_changed, post_delete, post_save
from django.dispatch import receiver

from programmes import edition
from programmes.models import Document, Municipality, Party, Pledge, PledgeTopic, Section
from search.indexing import mark_stale
from search.models import SynonymGroup


@receiver([post_save, post_delete], sender=Document)
def document_changed(instance: Document, **_: Any) -> None:
    mark_stale(instance.pk)


@receiver([post_save, post_delete], sender=Section)
@receiver([post_save, post_delete], sender=Pledge)
def part_changed(instance: Section | Pledge, **_: Any) -> None:
    mark_stale(instance.document_id)


@receiver([post_save, post_delete], sender=PledgeTopic)
def topic_changed(instance: PledgeTopic, **_: Any) -> None:
    document = (
        Pledge.objects.filter(pk=instance.pledge_id).values_list("document", flat=True).first()
    )
    if document is not None:
        mark_stale(document)


@receiver(m2m_changed, sender=Document.municipalities.through)
@receiver(m2m_changed, sender=Document.parties.through)
def relation_changed(
    instance: Any, action: str, reverse: bool, pk_set: set | None, **_: Any
) -> None:
    if not action.startswith(("post_", "pre_clear")):
        return
    documents = (
        pk_set or set(instance.documents.values_list("pk", flat=True)) if reverse else {instance.pk}
    )
    for document in documents:
        mark_stale(document)


@receiver([post_save, post_delete], sender=SynonymGroup)
def synonyms_changed(**_: Any) -> None:
    """They are part of what is found."""
    edition.renew()


@receiver(post_save, sender=Party)
@receiver(post_save, sender=Municipality)
def name_changed(instance: Party | Municipality, created: bool, **_: Any) -> None:
    """Its name is part of what its documents are found by."""
    if not created:
        for document in instance.documents.values_list("pk", flat=True):
            mark_stale(document)
