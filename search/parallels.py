"""Which pledges of the whole archive are worded nearly alike? Found once and kept, pair by pair.

`find` goes on where it was stopped: it takes the fingerprint of each pledge that is new or was reworded, then
looks each of these up among all, in transactions of a few hundred.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from hashlib import blake2b
from operator import or_
from typing import Any

import numpy as np
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from programmes import edition
from programmes.models import Document, Party, Pledge
from programmes.prepared import Prepared, Row
from programmes.rendering import plain
from search import analysis, learning, likeness
from search.models import Parallel, Wording

CHUNK = 500
SIDES = ("first", "second")
MOST = 50  # pairs kept of one pledge: what stands in hundreds of programmes is a common phrase
CANDIDATES = 500  # that are compared with one pledge

LOOKED_AT = 20  # pairs looked at for one that is shown: many are of the same pledge

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Pair:
    """A pledge, the one worded nearly alike, and the share of runs of three words in both."""

    pledge: Pledge
    other: Pledge
    share: float

    @property
    def per_cent(self) -> int:
        return round(100 * self.share)


@dataclass(frozen=True, slots=True)
class Count:
    """What a run did: pledges newly compared, pairs in all."""

    compared: int
    pairs: int


def find(progress: Progress = lambda stage, done, total: None) -> Count:
    """Bring the pairs up to date; may be stopped at any time and called again."""
    _take_fingerprints(progress)
    waiting = list(
        Wording.objects.filter(compared=False).order_by("pk").values_list("pk", flat=True)
    )
    table = _Table() if waiting else None
    for at in range(0, len(waiting), CHUNK):
        assert table is not None  # noqa: S101
        _compare(waiting[at : at + CHUNK], table)
        progress("compare", min(at + CHUNK, len(waiting)), len(waiting))
    if waiting:
        edition.renew()
    return Count(len(waiting), Parallel.objects.count())


def of_pledge(pledge: Pledge, limit: int = 5) -> list[Pair]:
    """Its pairs, the most alike first."""
    rows = _of_one(pledge.pk)[: LOOKED_AT * limit]
    return _pairs(rows, lambda one: one.pk == pledge.pk)[:limit]


def of_document(document: Document, limit: int = 10) -> list[Pair]:
    rows = _first(_of_either_side(document.pledges), limit)
    return _each_once(_pairs(rows, lambda one: one.document_id == document.pk))[:limit]


def of_party(party: Party, limit: int = 10) -> list[Pair]:
    # A party has so many pledges that it is quicker to look through the pairs than to look each pledge up.
    links = Document.parties.through.objects.filter(party=party)
    own = (Exists(links.filter(document=OuterRef(f"{side}__document"))) for side in SIDES)
    rows = _first(
        Parallel.objects.filter(reduce(or_, own)).values_list("share", *SIDES),
        limit,
    )
    return _each_once(_pairs(rows, lambda one: party in one.document.parties.all()))[:limit]


_of_one = Prepared(
    Parallel,
    lambda pledge: _of_either_side(Pledge.objects.filter(pk=pledge)).order_by("-share", *SIDES),
)


def _of_either_side(own: Any) -> QuerySet:
    """The pairs of these pledges, asked for from each side, so that an index answers."""
    numbers = own.order_by().values("pk")
    first, second = (
        Parallel.objects.filter(**{f"{side}__in": numbers}).values_list("share", *SIDES)
        for side in SIDES
    )
    return first.union(second)


def _first(found: QuerySet, limit: int) -> list[Row]:
    """Enough of the pairs to show so many, the most alike first."""
    return list(found.order_by("-share", *SIDES)[: LOOKED_AT * limit])


def _pairs(rows: Sequence[Row], is_own: Callable[[Pledge], bool]) -> list[Pair]:
    """Those pairs of one's own pledges that everybody sees, in a constant number of queries."""
    if not rows:
        return []
    cards = (
        Pledge.objects.published()
        .select_related("document")
        .prefetch_related("document__municipalities", "document__parties")
        .defer("document__text", "document__report", "document__fingerprint")
        .in_bulk({pk for _, *pair in rows for pk in pair})
    )
    shown = []
    for share, *pair in rows:
        one, other = cards.get(pair[0]), cards.get(pair[1])
        if one and other:
            shown.append(Pair(one, other, share) if is_own(one) else Pair(other, one, share))
    return shown


def _each_once(pairs: Iterable[Pair]) -> list[Pair]:
    """What stands in many programmes would fill the list otherwise; all pairs where it is one pledge alone."""
    pairs = list(pairs)
    if len({pair.pledge.pk for pair in pairs}) < 2:
        return pairs
    found: list[Pair] = []
    seen: set[int] = set()
    for pair in pairs:
        if not seen & {pair.pledge.pk, pair.other.pk}:
            seen |= {pair.pledge.pk, pair.other.pk}
            found.append(pair)
    return found


def _take_fingerprints(progress: Progress) -> None:
    """Fingerprints of all pledges whose text is new or another; their old pairs go."""
    total = Pledge.objects.count()
    last = done = 0
    with learning.learner() as learner:
        while chunk := list(
            Pledge.objects.filter(pk__gt=last).order_by("pk").values_list("pk", "text")[:CHUNK]
        ):
            last = chunk[-1][0]
            _take_some(chunk, learner)
            done += len(chunk)
            progress("read", done, total)


def _take_some(chunk: list[tuple[int, str]], learner: learning.Learner) -> None:
    known = dict(
        Wording.objects.filter(pk__in=[pk for pk, _ in chunk]).values_list("pk", "text_hash")
    )
    fresh = [
        (pk, digest, plain(text))
        for pk, text in chunk
        if bytes(known.get(pk, b"")) != (digest := _hash(text))
    ]
    if not fresh:
        return
    learner.learn(text for _, _, text in fresh)
    changed = [pk for pk, _, _ in fresh if pk in known]
    with transaction.atomic():
        Parallel.objects.filter(Q(first__in=changed) | Q(second__in=changed)).delete()
        Wording.objects.bulk_create(
            (_wording(*one) for one in fresh),
            update_conflicts=True,
            unique_fields=["pledge"],
            update_fields=["text_hash", "bands", "compared"],
        )


def _wording(pledge: int, digest: bytes, text: str) -> Wording:
    runs = likeness.runs(text)
    keys = likeness.bands(runs).tobytes() if runs else b""
    return Wording(pledge_id=pledge, text_hash=digest, bands=keys, compared=not keys)


def _hash(text: str) -> bytes:
    return blake2b(
        f"{likeness.VERSION}-{analysis.VERSION}\n{text}".encode(), digest_size=16
    ).digest()


class _Table:
    """All fingerprints in memory, sorted by key: 12 bytes a band, 20 MB for 100,000 pledges."""

    def __init__(self) -> None:
        owners: list[int] = []
        keys: list[bytes] = []
        rows = Wording.objects.exclude(bands=b"").values_list("pk", "bands")
        for pk, found in rows.iterator(chunk_size=5000):
            owners.append(pk)
            keys.append(bytes(found))
        each = np.frombuffer(b"".join(keys), np.int64).reshape(len(owners), -1)
        self.own = {pk: at for at, pk in enumerate(owners)}
        self.keys = each
        flat = each.ravel()
        order = np.argsort(flat, kind="stable")
        self._sorted = flat[order]
        self._owners = np.repeat(np.array(owners, np.int64), each.shape[1])[order]

    def near(self, pk: int) -> list[int]:
        """Pledges that share a band with it, those that share more first."""
        own = self.keys[self.own[pk]]
        starts = np.searchsorted(self._sorted, own, "left")
        ends = np.searchsorted(self._sorted, own, "right")
        found = np.concatenate([self._owners[a:b] for a, b in zip(starts, ends, strict=True)])
        others, shared = np.unique(found[found != pk], return_counts=True)
        return [int(one) for one in others[np.argsort(-shared, kind="stable")][:CANDIDATES]]


def _compare(pledges: list[int], table: _Table) -> None:
    near = {pk: table.near(pk) for pk in pledges if pk in table.own}
    wanted = {other for others in near.values() for other in others} | set(near)
    texts: dict[int, str] = {}
    documents: dict[int, int] = {}
    for chunk in _chunks(sorted(wanted)):
        for pk, text, document in Pledge.objects.filter(pk__in=chunk).values_list(
            "pk", "text", "document"
        ):
            texts[pk], documents[pk] = text, document
    twins = dict(
        Document.objects.filter(pk__in=set(documents.values()), twin_of__isnull=False).values_list(
            "pk", "twin_of"
        )
    )
    runs: dict[int, frozenset[str]] = {}

    def runs_of(pk: int) -> frozenset[str]:
        if pk not in runs:
            runs[pk] = likeness.runs(plain(texts[pk]))
        return runs[pk]

    found = []
    for pk, others in near.items():
        if pk not in texts:
            continue
        mine = documents[pk]
        rated = []
        for other in others:
            theirs = documents.get(other)
            if theirs is None or theirs == mine:
                continue
            if twins.get(mine) == theirs or twins.get(theirs) == mine:
                continue  # the same programme twice is no parallel
            share = likeness.share(runs_of(pk), runs_of(other))
            if share >= likeness.ALIKE:
                rated.append((-share, other))
        found += [(pk, other, -share) for share, other in sorted(rated)[:MOST]]
    pairs = {(min(one, other), max(one, other)): share for one, other, share in found}
    with transaction.atomic():
        Parallel.objects.bulk_create(
            (
                Parallel(first_id=one, second_id=other, share=round(share, 4))
                for (one, other), share in pairs.items()
            ),
            ignore_conflicts=True,
            batch_size=CHUNK,
        )
        Wording.objects.filter(pk__in=pledges).update(compared=True)


def _chunks(numbers: list[int]) -> Iterable[list[int]]:
    for at in range(0, len(numbers), CHUNK):
        yield numbers[at : at + CHUNK]


def summary() -> dict[str, Any]:
    """What is known: pledges compared, pairs, whether any waits."""
    return {
        "compared": Wording.objects.filter(compared=True).count(),
        "pairs": Parallel.objects.count(),
        "waiting": Wording.objects.filter(compared=False).exists(),
    }
