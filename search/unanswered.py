"""Which searches found nothing? Counted by day, without address, account or time of who asked."""

from __future__ import annotations

import re

from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from search.models import EmptyQuery

MOST = 5000  # different searches that are kept; beyond, the rarest and oldest go
LONGEST = 120
# What may name or reach a person is not kept: addresses, telephone and account numbers.
PERSONAL = re.compile(r"@|https?://|www\.|\d(?:[\s/().-]?\d){5}")


def count(text: str) -> None:
    """Note that nothing was found for `text`; a database that cannot be written to loses only the note."""
    words = " ".join(text.casefold().split())
    if not words or len(words) > LONGEST or PERSONAL.search(words):
        return
    today = timezone.localdate()
    try:
        with transaction.atomic():
            if not EmptyQuery.objects.filter(text=words).update(count=F("count") + 1, last=today):
                EmptyQuery.objects.get_or_create(text=words, defaults={"count": 1})
                _make_room()
    except DatabaseError:  # read-only, or busy for longer than a reader should wait
        return


def _make_room() -> None:
    if EmptyQuery.objects.count() > MOST:
        rarest = EmptyQuery.objects.order_by("count", "last").values_list("pk", flat=True)[:100]
        EmptyQuery.objects.filter(pk__in=list(rarest)).delete()
