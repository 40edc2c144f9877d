"""Documents and topics as pages show them, read once in an edition and then held.

Most pages of a process show the same few hundred documents, and to read one with its places and parties takes longer
than all else that is read for a pledge.
"""

from __future__ import annotations

from collections.abc import Iterable

from programmes import edition
from programmes.models import Document, Topic
from programmes.querysets import WORDS_OF_TOPICS

MOST = 2000  # documents that are held, some 5 KB each


def documents(wanted: Iterable[int]) -> dict[int, Document]:
    """Those of the documents that are published, as cards show them. They are shared: nobody changes one."""
    held: dict[int, Document] = edition.held("documents", dict)
    keys = set(wanted)
    found = {pk: document for pk in keys if (document := held.get(pk))}
    missing = keys - found.keys()
    if missing:
        fresh = Document.objects.published().cards().in_bulk(missing)
        if len(held) + len(fresh) > MOST:
            held.clear()
        held.update(fresh)
        found |= fresh
    return found


def topics() -> dict[int, Topic]:
    """All topics in their order, without what only the machine reads of them."""
    return edition.held("topics", _topics)


def _topics() -> dict[int, Topic]:
    return {topic.pk: topic for topic in Topic.objects.defer(*WORDS_OF_TOPICS)}
