"""How may a query that was begun go on? Words of the index, places, parties and topics."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes.models import Municipality, Party, Topic, german_slug
from search import suggesting
from search.engines.base import EngineUnavailable
from search.indexing import engine
from search.query import LONGEST

EACH = 4  # offers of a kind


def offers(typed: str) -> list[dict[str, Any]]:
    """For what was typed so far: each the whole query that it would make, what is shown, and what it is.

    Only the last word is completed; what stands before it stays.
    """
    text = typed.replace("\x00", "")[:LONGEST]
    before, _space, last = text.rpartition(" ")
    last = last.lstrip('-"(')
    if len(last) < 2 or text.endswith(" ") or ":" in last:
        return []
    lead = f"{before} " if before else ""
    found = [
        {"query": lead + word, "label": word, "kind": "word", "of": ""} for word in _words(last)
    ]
    named = (
        ("ort", _("Ort"), _places(text), _places(last)),
        ("partei", _("Partei oder Liste"), _parties(text), _parties(last)),
        ("thema", _("Thema"), _topics(text), _topics(last)),
    )
    for name, of, whole, rest in named:
        kept = ["" for _one in whole] + [lead for _one in rest]
        pairs = (
            dict.fromkeys(zip(kept, [*whole, *rest], strict=True))
            if before
            else {("", one): None for one in whole}
        )
        for start, word in list(pairs)[:EACH]:
            value = f'"{word}"' if " " in word else word
            found.append({"query": f"{start}{name}:{value}", "label": word, "kind": name, "of": of})
    return found


def _words(beginning: str) -> list[str]:
    try:
        return suggesting.complete(beginning, engine())
    except EngineUnavailable:
        return []


def _places(beginning: str) -> list[str]:
    slug = german_slug(beginning, 80)
    if len(slug) < 2:
        return []
    places = Municipality.objects.filter(documents__status="published").distinct()
    return list(
        dict.fromkeys(
            places.filter(Q(slug__startswith=slug) | Q(slug__contains=f"-{slug}"))
            .order_by("name")
            .values_list("name", flat=True)[:EACH]
        )
    )


def _parties(beginning: str) -> list[str]:
    slug = german_slug(beginning)
    if len(slug) < 2:
        return []
    parties = Party.objects.filter(documents__status="published").distinct()
    return list(_beginning(slug, parties.values_list("short_name", "name", "aliases")))[:EACH]


def _topics(beginning: str) -> list[str]:
    slug = german_slug(beginning)
    if len(slug) < 2:
        return []
    label = "label_en" if get_language() == "en" else "label_de"
    topics = Topic.objects.values_list("slug", label)
    return [name for name, text in topics if _begins(slug, text) or name.startswith(slug)][:EACH]


def _beginning(slug: str, rows: Any) -> Iterator[str]:
    for short, name, aliases in rows:
        if any(_begins(slug, str(one)) for one in (short, name, *aliases)):
            yield short


def _begins(slug: str, text: str) -> bool:
    own = german_slug(text)
    return own.startswith(slug) or f"-{slug}" in own
