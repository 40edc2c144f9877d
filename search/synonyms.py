"""Which synonyms are in use: those that ship with the program, as archivists have changed and added to them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Count, Max

from programmes import edition
from search.models import SynonymGroup
from search.thesaurus import Thesaurus, read, thesaurus

SHIPPED = Path("fixtures") / "reference" / "synonyms.txt"
# The state of the table that the thesaurus in memory was made of, and that thesaurus.
_made: tuple[Any, Thesaurus] = (None, Thesaurus())


def current() -> Thesaurus:
    """The thesaurus of now: looked for once in an edition, made anew only when the table has changed."""
    return edition.held("thesaurus", _current)


def _current() -> Thesaurus:
    global _made
    state = tuple(
        SynonymGroup.objects.filter(active=True)
        .aggregate(number=Count("pk"), last=Max("changed"), highest=Max("pk"))
        .values()
    )
    if _made[0] != state:
        rows = SynonymGroup.objects.filter(active=True).values_list("words", flat=True)
        _made = (state, thesaurus(read(rows)))
    return _made[1]


def ship(**_: Any) -> None:
    """Bring the table up to the list that ships with the program, but for what a person changed."""
    path = settings.BASE_DIR / SHIPPED
    wanted = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        for group in read([line]):
            name = f"{group.words[0]} >" if group.one_way else group.words[0]
            wanted[name[:120]] = line.partition("#")[0].strip()
    known = SynonymGroup.objects.in_bulk(field_name="shipped_as")
    SynonymGroup.objects.bulk_create(
        SynonymGroup(words=words, shipped_as=name)
        for name, words in wanted.items()
        if name not in known
    )
    for name, row in known.items():
        if row.decided:
            continue
        if name not in wanted:
            row.delete()
        elif row.words != wanted[name]:
            row.words = wanted[name]
            row.save()
