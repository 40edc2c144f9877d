"""Which entries of the embedded index match a query, how well, and how often each facet value is among them.

Set algebra over sorted arrays. What is sorted is one number for each occurrence, row above rank of the reading,
so that one sort gives the entries, how often they have the word and the best reading by which they have it;
nothing is as long as the index unless a word is that frequent.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np

from search.engines.arrays import Array, distinct, firsts, ranges
from search.engines.base import FACETS, Clause, Hit, Phrase, Query, Results
from search.engines.segment import GROUPS, Field, Segment

# A hit in a heading or title is worth this much of one in the text.
WORTH = {"text": 1.0, "heading": 0.3, "title": 0.2}
K1, B = 1.2, 0.6
# An entry with the asked words near each other gains up to this share of its score.
NEAR = 0.25
# Entries of spare alternatives that are looked for, and so many whatever it costs; a list of hits ends at 2,000.
SPARED, ENOUGH = 4_000, 100
TELLING = 0.6  # of the words of a text about so many are no fillers
LAST_COUNTED = 255
RANKS = 255  # readings of a clause that are told apart in the score
NONE = np.empty(0, np.int64)
NOWHERE: Mapping[str, Any] = MappingProxyType({})
LOW = np.uint64(0xFFFFFFFF)


@dataclass(slots=True)
class Part:
    """A segment of the index as it is now: which of its entries are not deleted (None: all are there)."""

    segment: Segment
    alive: Array | None = None

    @property
    def count(self) -> int:
        return self.segment.size if self.alive is None else int(np.count_nonzero(self.alive))


class _Reading(NamedTuple):
    """One alternative of a clause in one segment, by field: the words that have it, or the places of a phrase."""

    words: Mapping[str, Array]
    spread: int  # how many entries have it in the field where they are most
    phrase: Mapping[str, tuple[Array, Array]] = NOWHERE  # rows, positions; ascending


@dataclass(slots=True)
class _Places:
    """Where the words of a clause stand in the text: rows, and positions or where to read them."""

    rows: Array
    index: Array
    positions: Array | None = None


@dataclass(slots=True)
class _Found:
    """What matches in a segment, ascending, with scores, and for each clause that scores its places."""

    entries: Array
    scores: Array
    places: list[_Places] = field(default_factory=list)


class Matcher:
    """Searches the parts of one generation of the index. Holds what all searches need; safe to share by threads."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.parts = [part for part in parts if part.segment.size]
        self.count = sum(part.count for part in self.parts)
        # Lengths count what is deleted, too, until it is merged away.
        size = max(sum(part.segment.size for part in self.parts), 1)
        means = {
            name: max(sum(part.segment.fields[name].total for part in self.parts) / size, 1.0)
            for name in WORTH
        }
        # What BM25 adds to a frequency for the length of the row.
        self._norms = [
            {
                name: own.lengths * np.float32(K1 * B / means[name]) + np.float32(K1 * (1 - B))
                for name, own in part.segment.fields.items()
            }
            for part in self.parts
        ]
        self._places = sorted({place for part in self.parts for place in part.segment.places})
        place_rank = {place: rank for rank, place in enumerate(self._places)}
        self._place_ranks = [
            np.array([place_rank[place] for place in part.segment.places], np.int64)
            for part in self.parts
        ]
        self._values, self._firsts = self._facet_values()
        self._value_counts = [sum(len(self._values[name]) for name in names) for names in GROUPS]
        self._pairs = [self._facet_pairs(part.segment) for part in self.parts]

    def search(self, query: Query) -> Results:
        shared = query.order == "shared"
        found = self._shared(query) if shared else self._match(query.clauses)
        masks = [self._filter_masks(at, query) for at in range(len(self.parts))]
        kept: list[_Found] = []
        counts: dict[str, Array] = {}
        for at, (part, one) in enumerate(zip(self.parts, found, strict=True)):
            inside = self._inside(part, one, masks[at])
            self._count(at, one, masks[at], inside, query.facets, counts)
            kept.append(
                one
                if inside is None
                else _Found(one.entries[inside], one.scores[inside], one.places)
            )
        total = sum(len(one.entries) for one in kept)
        page = self._page(query, kept, total)
        return Results(
            total,
            page,
            self._named(query.facets, counts),
        )

    # Matching

    def _match(self, clauses: Sequence[Clause]) -> list[_Found]:
        readings = [
            [[_read(part.segment, phrase) for phrase in clause.alternatives] for clause in clauses]
            for part in self.parts
        ]
        values = [
            [
                self._value(phrase, [of[at][number] for of in readings])
                for number, phrase in enumerate(clause.alternatives)
            ]
            for at, clause in enumerate(clauses)
        ]
        for at, clause in enumerate(clauses):
            kept = _worth_looking(clause, values[at])
            if len(kept) < len(values[at]):
                values[at] = [values[at][number] for number in kept]
                for of in readings:
                    of[at] = [of[at][number] for number in kept]
        return [
            self._match_part(at, clauses, readings[at], values) for at in range(len(self.parts))
        ]

    def _value(self, phrase: Phrase, readings: Sequence[_Reading]) -> tuple[float, int]:
        """What a hit of an alternative is worth, and about how many there are."""
        held = min(sum(reading.spread for reading in readings), self.count)
        return phrase.weight * math.log(1 + (self.count - held + 0.5) / (held + 0.5)), held

    def _shared(self, query: Query) -> list[_Found]:
        """The entries whose text has most of the clauses, by the share that these are of all words of both.

        Each clause is counted once in an entry, in an array as long as the index: an addition for each occurrence,
        which takes a tenth of the time that a score does.
        """
        found = []
        one = np.uint8(1)
        for part in self.parts:
            text = part.segment.fields["text"]
            counts = np.zeros(part.segment.size, np.uint8)
            for clause in query.clauses[:LAST_COUNTED]:
                words = [
                    known["text"]
                    for phrase in clause.alternatives
                    if "text" in (known := part.segment.words(phrase.terms[0]).words)
                ]
                if words:
                    rows = text.rows_of(np.concatenate(words)).astype(np.intp)
                    more = counts.take(rows)
                    more += one
                    counts[rows] = more
            if part.alive is not None:
                counts *= part.alive
            least = _least(counts, query.limit)
            entries = (counts >= least).nonzero()[0]
            both = counts[entries].astype(np.float32)
            either = text.lengths[entries] * np.float32(TELLING) + len(query.clauses) - both
            found.append(_Found(entries, both / np.maximum(either, 1)))
        return found

    def _match_part(
        self,
        number: int,
        clauses: Sequence[Clause],
        readings: Sequence[Sequence[_Reading]],
        values: Sequence[Sequence[tuple[float, int]]],
    ) -> _Found:
        part = self.parts[number]
        segment = part.segment
        numbers = range(len(clauses))
        must = [at for at in numbers if clauses[at].occur == "must"]
        should = [at for at in numbers if clauses[at].occur == "should"]
        places: dict[int, _Places] = {}

        def score(at: int, mask: Array | None) -> tuple[Array, Array]:
            entries, scores, where = self._score(number, readings[at], values[at], mask)
            places[at] = where
            return entries, scores

        entries: Array | None = None
        scores = np.empty(0, np.float32)
        # The rarest first: what it rules out need not be looked at for the others.
        for at in sorted(must, key=lambda at: sum(held for _, held in values[at])):
            if entries is None:
                entries, scores = score(at, None)
            else:
                more, worth = (
                    score(at, _mask(segment.size, entries)) if len(entries) else (NONE, scores[:0])
                )
                scores = scores[entries.searchsorted(more)] + worth
                entries = more
        if should and entries is None:
            entries, scores = _either([score(at, None) for at in should])
        elif should and entries is not None and len(entries):
            mask = _mask(segment.size, entries)
            for at in should:
                more, worth = score(at, mask)
                scores[entries.searchsorted(more)] += worth
        if entries is None:
            entries = np.arange(segment.size)
            scores = np.zeros(segment.size, np.float32)
        kept: Array | None = None if part.alive is None else part.alive[entries]
        for at in numbers:
            if clauses[at].occur == "not" and len(entries):
                gone = self._score(number, readings[at], values[at], _mask(segment.size, entries))[
                    0
                ]
                kept = np.ones(len(entries), bool) if kept is None else kept
                kept[entries.searchsorted(gone)] = False
        if kept is not None:
            entries, scores = entries[kept], scores[kept]
        return _Found(entries, scores, [places[at] for at in (*must, *should) if at in places])

    def _score(
        self,
        number: int,
        readings: Sequence[_Reading],
        values: Sequence[tuple[float, int]],
        mask: Array | None,
    ) -> tuple[Array, Array, _Places]:
        """The entries (inside the mask) that have any reading, ascending, their scores, and the places in the text."""
        order = sorted(
            (at for at in range(len(readings)) if readings[at].spread),
            key=lambda at: -values[at][0],
        )
        chosen = [readings[at] for at in order]
        worth = np.array([values[at][0] * (K1 + 1) for at in order], np.float32)
        phrases = [
            (min(rank, RANKS), reading.phrase)
            for rank, reading in enumerate(chosen)
            if reading.phrase
        ]
        found: list[tuple[Array, Array]] = []
        places = _Places(NONE, NONE)
        for name, own in self.parts[number].segment.fields.items():
            if not any(name in reading.words or name in reading.phrase for reading in chosen):
                continue
            plain_mask = mask if own.is_plain else None
            words, ranks = _ranked_words([reading.words.get(name, NONE) for reading in chosen])
            starts, counts = own.slices(words)
            index = ranges(starts, counts)
            rows = own.rows[index]
            # One reading has one rank, and one word is in order as it is.
            rank = ranks.repeat(counts) if len(order) > 1 else None
            if plain_mask is not None:
                let = plain_mask[rows].nonzero()[0]
                rows, index = rows[let], index[let]
                rank = None if rank is None else rank[let]
            if phrases:
                if rank is None:
                    rank = np.zeros(len(rows), np.uint32)
                rows, rank, where = _with_phrases(
                    own, name, _Places(rows, index), rank, phrases, plain_mask
                )
            else:
                where = _Places(rows, index)
            if name == "text":
                places = where
            if not len(rows):
                continue
            rows, rank, frequency = _grouped(rows, rank, is_sorted=len(words) == 1 and not phrases)
            scores = worth[rank] if rank is not None else worth.repeat(len(rows))
            scores *= frequency
            frequency += self._norms[number][name][rows]
            scores /= frequency
            if WORTH[name] != 1.0:
                scores *= np.float32(WORTH[name])
            if not own.is_plain:
                rows, of = own.entries(rows)
                scores = scores[of]
                if mask is not None:
                    let = mask[rows].nonzero()[0]
                    rows, scores = rows[let], scores[let]
            if len(rows):
                found.append((rows, scores))
        if not found:
            return NONE, np.empty(0, np.float32), places
        if len(found) == 1:
            entries, scores = found[0]
            return entries.astype(np.int64), scores, places
        key = _keyed(found)
        # The last of an entry is its best.
        last = np.append(firsts(key >> np.uint64(32))[1:], len(key)) - 1
        return *_unkeyed(key[last]), places

    # Order

    def _page(self, query: Query, kept: Sequence[_Found], total: int) -> tuple[Hit, ...]:
        last = min(query.offset + query.limit, total)
        if query.offset >= last:
            return ()
        one = len(kept) == 1
        scores = kept[0].scores if one else np.concatenate([each.scores for each in kept])
        entries = kept[0].entries if one else np.concatenate([each.entries for each in kept])
        part_of = NONE if one else np.arange(len(kept)).repeat([len(each.entries) for each in kept])
        chosen: Array | None = None  # all
        several = any(len(each.places) > 1 for each in kept)
        if query.order == "relevance" and several:
            # Nearness adds a quarter at most: what is further below cannot come onto the page.
            if last < total:
                least = np.partition(scores, total - last)[total - last] / (1 + NEAR)
                chosen = (scores >= least * 0.999).nonzero()[0]
            scores = scores.copy()
            near = np.arange(total) if chosen is None else chosen
            self._add_nearness(kept, part_of, entries, scores, near)
        keys = self._keys(query.order, part_of, entries, scores)
        page = _smallest(last, keys, chosen, total)[query.offset :]
        if query.order != "relevance" and several:
            scores = scores.copy()
            self._add_nearness(kept, part_of, entries, scores, np.sort(page))
        if one:
            names = self.parts[0].segment.ids(entries[page])
        else:
            names = [""] * len(page)
            for at, part in enumerate(self.parts):
                own = (part_of[page] == at).nonzero()[0]
                found = part.segment.ids(entries[page[own]])
                for place, name in zip(own.tolist(), found, strict=True):
                    names[place] = name
        return tuple(map(Hit, names, scores[page].tolist()))

    def _add_nearness(
        self,
        kept: Sequence[_Found],
        part_of: Array,
        entries: Array,
        scores: Array,
        chosen: Array,
    ) -> None:
        for at, one in enumerate(kept):
            own = chosen[part_of[chosen] == at] if len(kept) > 1 else chosen
            if len(own) and len(one.places) > 1:
                text = self.parts[at].segment.fields["text"]
                scores[own] *= 1 + NEAR * _nearness(text, entries[own], one.places)

    def _keys(
        self, order: str, part_of: Array, entries: Array, scores: Array
    ) -> list[Callable[[Array], Array]]:
        """What hits are sorted by, most important first; each reads the key of some hits."""

        def of_run(read: Callable[[int, Array], Array]) -> Callable[[Array], Array]:
            def key(hits: Array) -> Array:
                if len(self.parts) == 1:
                    return read(0, self.parts[0].segment.run_of_entry[entries[hits]])
                found = np.empty(len(hits), np.int64)
                for at, part in enumerate(self.parts):
                    own = (part_of[hits] == at).nonzero()[0]
                    found[own] = read(at, part.segment.run_of_entry[entries[hits[own]]])
                return found

            return key

        def position(hits: Array) -> Array:
            if len(self.parts) == 1:
                return self.parts[0].segment.positions[entries[hits]]
            found = np.empty(len(hits), np.int64)
            for at, part in enumerate(self.parts):
                own = (part_of[hits] == at).nonzero()[0]
                found[own] = part.segment.positions[entries[hits[own]]]
            return found

        newest = of_run(lambda at, runs: self.parts[at].segment.newest[runs])
        document = of_run(lambda at, runs: self.parts[at].segment.documents[runs])
        if order == "added":
            return [lambda hits: -document(hits), position, lambda hits: hits]
        low = -scores
        ties = [
            lambda hits: low if len(hits) == len(low) else low[hits],
            document,
            position,
            lambda hits: hits,
        ]
        first: dict[str, list[Callable[[Array], Array]]] = {
            "relevance": [],
            "newest": [lambda hits: -newest(hits)],
            "oldest": [newest],
            "place": [
                of_run(
                    lambda at, runs: self._place_ranks[at][
                        self.parts[at].segment.place_of_run[runs]
                    ]
                )
            ],
        }
        return first.get(order, []) + ties

    # Facets

    def _facet_values(self) -> tuple[dict[str, Array], dict[str, int]]:
        """All values of each facet, and the number of the first of them among those of its group."""
        values: dict[str, Array] = {}
        firsts: dict[str, int] = {}
        for names in GROUPS:
            before = 0
            for name in names:
                listed = sorted(
                    {value for part in self.parts for value in part.segment.values[name]}
                )
                values[name] = np.array(listed, object)
                firsts[name] = before
                before += len(listed)
        return values, firsts

    def _facet_pairs(self, segment: Segment) -> list[tuple[Array, Array]]:
        """For each group which of its combinations has which value, numbered as in all segments."""
        pairs = []
        for names in GROUPS:
            codes, numbers = [], []
            for name in names:
                place = {value: at for at, value in enumerate(self._values[name].tolist())}
                renamed = np.array([place[value] for value in segment.values[name]], np.int64)
                held, value_of = segment.pairs[name]
                codes.append(held.astype(np.int64))
                numbers.append(
                    renamed[value_of] + self._firsts[name] if len(value_of) else value_of
                )
            pairs.append((np.concatenate(codes), np.concatenate(numbers).astype(np.int64)))
        return pairs

    def _filter_masks(self, at: int, query: Query) -> dict[str, tuple[int, Array]]:
        """For each facet that is filtered by, and each "-" facet with values that exclude: its group, and which
        combinations are let through."""
        segment = self.parts[at].segment
        masks: dict[str, tuple[int, Array]] = {}
        filters = [(name, name, wanted) for name, wanted in query.filters.items()]
        filters += [(f"-{name}", name, unwanted) for name, unwanted in query.without.items()]
        for key, name, wanted in filters:
            if not wanted or name not in FACETS:
                continue
            group = next(number for number, names in enumerate(GROUPS) if name in names)
            let = np.zeros(segment.code_counts[group], bool)
            chosen = [
                number for number, value in enumerate(segment.values[name]) if value in wanted
            ]
            codes, numbers = segment.pairs[name]
            let[codes[np.isin(numbers, chosen)]] = True
            masks[key] = (group, let if key == name else ~let)
        return masks

    def _inside(
        self,
        part: Part,
        found: _Found,
        masks: Mapping[str, tuple[int, Array]],
        without: str | None = None,
    ) -> Array | None:
        """Which of the found entries all filters (but one) let through; None: all."""
        let: dict[int, Array] = {}
        for name, (group, mask) in masks.items():
            if name != without:
                let[group] = let[group] & mask if group in let else mask
        inside: Array | None = None
        for group, mask in let.items():
            own: Array = mask[part.segment.codes[group][found.entries]]
            inside = own if inside is None else inside & own
        return inside

    def _count(
        self,
        at: int,
        found: _Found,
        masks: Mapping[str, tuple[int, Array]],
        inside: Array | None,
        facets: Sequence[str],
        counts: dict[str, Array],
    ) -> None:
        """Add how many of the found entries have each value, a facet as if its own filter were not set."""
        part = self.parts[at]
        plain = [name for name in facets if name not in masks]
        for names, chosen in (
            (plain, inside),
            *(
                ([name], self._inside(part, found, masks, without=name))
                for name in masks
                if name in facets
            ),
        ):
            entries = found.entries if chosen is None else found.entries[chosen]
            if not len(entries):
                continue
            for group, of_group in enumerate(GROUPS):
                wanted = [name for name in names if name in of_group]
                if not wanted:
                    continue
                codes = part.segment.codes[group]
                of_code = np.bincount(
                    codes if len(entries) == len(codes) else codes[entries],
                    minlength=part.segment.code_counts[group],
                )
                pair_codes, numbers = self._pairs[at][group]
                of_value = np.bincount(
                    numbers, weights=of_code[pair_codes], minlength=self._value_counts[group]
                ).astype(np.int64)
                for name in wanted:
                    first = self._firsts[name]
                    own = of_value[first : first + len(self._values[name])]
                    counts[name] = counts[name] + own if name in counts else own

    def _named(
        self, facets: Sequence[str], counts: Mapping[str, Array]
    ) -> dict[str, dict[str, int]]:
        named: dict[str, dict[str, int]] = {}
        for name in facets:
            if name not in self._values:
                continue
            own = counts.get(name)
            if own is None:
                named[name] = {}
                continue
            there = own.nonzero()[0]
            named[name] = dict(
                zip(self._values[name][there].tolist(), own[there].tolist(), strict=True)
            )
        return named


def _least(counts: Array, wanted: int) -> int:
    """How many clauses an entry has at least that may be among so many: a short text with one fewer may be nearer."""
    enough = int(counts.max())
    while enough > 1 and np.count_nonzero(counts >= enough) < wanted:
        enough -= 1
    return max(1, enough - 1)


def _worth_looking(clause: Clause, values: Sequence[tuple[float, int]]) -> Sequence[int]:
    """The alternatives that are looked for: of the spare ones the rarest, up to about so many entries."""
    spare = [at for at, phrase in enumerate(clause.alternatives) if phrase.spare and values[at][1]]
    spare.sort(key=lambda at: values[at][1])
    gone = set()
    total = 0
    for at in spare:
        held = values[at][1]
        if total >= ENOUGH and total + held > SPARED:
            gone.add(at)
        total += held
    return [at for at in range(len(values)) if at not in gone]


def _read(segment: Segment, phrase: Phrase) -> _Reading:
    if len(phrase.terms) == 1:
        return _Reading(*segment.words(phrase.terms[0], prefix=phrase.prefix))
    words = [
        segment.words(term, prefix=phrase.prefix and at == len(phrase.terms) - 1).words
        for at, term in enumerate(phrase.terms)
    ]
    places: dict[str, tuple[Array, Array]] = {}
    for name, own in segment.fields.items():
        if all(name in each for each in words):
            rows, positions = _phrase(own, [each[name] for each in words])
            if len(rows):
                places[name] = rows, positions
    spread = max((len(firsts(rows)) for rows, _ in places.values()), default=0)
    return _Reading(NOWHERE, spread, places)


def _phrase(own: Field, words: Sequence[Array]) -> tuple[Array, Array]:
    """Where words stand one after the other: rows and positions of the first, ascending."""
    slices = [own.slices(each) for each in words]
    order = sorted(range(len(words)), key=lambda at: int(slices[at][1].sum()))
    starts: Array | None = None
    mask: Array | None = None
    for at in order:
        index = ranges(*slices[at])
        rows = own.rows[index]
        if mask is not None:
            kept = mask[rows]
            rows, index = rows[kept], index[kept]
        if not len(rows):
            return NONE, NONE
        # Shifted by the length of the phrase, so that no start is negative.
        key = (rows.astype(np.int64) << 20) + own.positions[index] + (len(words) - at)
        if starts is None:
            starts = distinct(key)
        else:
            key.sort()
            place = key.searchsorted(starts)
            place[place == len(key)] = 0
            starts = starts[key[place] == starts]
        if not len(starts):
            return NONE, NONE
        mask = np.zeros(len(own.lengths), bool)
        mask[starts >> 20] = True
    assert starts is not None  # noqa: S101 – a phrase has words
    starts -= len(words)
    return starts >> 20, starts & ((1 << 20) - 1)


def _ranked_words(listed: Sequence[Array]) -> tuple[Array, Array]:
    """Every word once, ascending, with the rank of the best reading it has."""
    counts = [len(words) for words in listed]
    if sum(count > 0 for count in counts) == 1:
        rank = next(at for at, count in enumerate(counts) if count)
        return listed[rank], np.full(counts[rank], min(rank, RANKS), np.uint32)
    if not any(counts):
        return NONE, np.empty(0, np.uint32)
    key = np.concatenate(listed).astype(np.uint32)
    key <<= np.uint32(8)
    key |= np.minimum(np.arange(len(counts), dtype=np.uint32), RANKS).repeat(counts)
    key.sort()
    words = key >> np.uint32(8)
    first = firsts(words)
    return words[first], key[first] & np.uint32(0xFF)


def _with_phrases(
    own: Field,
    name: str,
    where: _Places,
    rank: Array,
    phrases: Sequence[tuple[int, Mapping[str, tuple[Array, Array]]]],
    mask: Array | None,
) -> tuple[Array, Array, _Places]:
    """The occurrences of words and of phrases; what two readings have at one place counts once, as the better."""
    rows, positions, ranks = [where.rows], [own.positions[where.index]], [rank]
    for number, places in phrases:
        if name in places:
            found, at = places[name]
            if mask is not None:
                kept = mask[found]
                found, at = found[kept], at[kept]
            rows.append(found)
            positions.append(at)
            ranks.append(np.full(len(found), number, np.uint32))
    key = np.concatenate(rows).astype(np.uint64) << np.uint64(24)
    key |= np.concatenate(positions).astype(np.uint64) << np.uint64(8)
    key |= np.concatenate(ranks).astype(np.uint64)
    key.sort()
    key = key[firsts(key >> np.uint64(8))]
    found = (key >> np.uint64(24)).astype(np.int64)
    at = ((key >> np.uint64(8)) & np.uint64(0xFFFF)).astype(np.int64)
    return found, (key & np.uint64(0xFF)).astype(np.uint32), _Places(found, NONE, at)


def _grouped(
    rows: Array, rank: Array | None, *, is_sorted: bool
) -> tuple[Array, Array | None, Array]:
    """Each row once, ascending, with its best rank (None: there is one) and how often it occurred."""
    key = rows.astype(np.uint32)
    if rank is not None:
        key <<= np.uint32(8)
        key |= rank
    if rank is not None or not is_sorted:
        key.sort()
    row = key if rank is None else key >> np.uint32(8)
    starts = firsts(row)
    frequency = np.empty(len(starts), np.float32)
    np.subtract(starts[1:], starts[:-1], out=frequency[:-1], casting="unsafe")
    frequency[-1:] = len(key) - starts[-1:]
    best = None if rank is None else key[starts] & np.uint32(0xFF)
    return row[starts], best, frequency


def _mask(size: int, entries: Array) -> Array:
    mask = np.zeros(size, bool)
    mask[entries] = True
    return mask


def _keyed(found: Sequence[tuple[Array, Array]]) -> Array:
    """Entries with scores as one number each, ascending; scores are positive, and then their bits are in order."""
    total = sum(len(entries) for entries, _ in found)
    key = np.empty(total, np.uint64)
    at = 0
    for entries, scores in found:
        own = key[at : at + len(entries)]
        own[:] = entries
        own <<= np.uint64(32)
        own |= scores.view(np.uint32)
        at += len(entries)
    key.sort()
    return key


def _unkeyed(key: Array) -> tuple[Array, Array]:
    return (key >> np.uint64(32)).astype(np.int64), (key & LOW).astype(np.uint32).view(np.float32)


def _either(found: Sequence[tuple[Array, Array]]) -> tuple[Array, Array]:
    """The entries of any, with the sum of their scores."""
    if len(found) == 1:
        return found[0]
    entries, scores = _unkeyed(_keyed(found))
    if not len(entries):
        return entries, scores
    starts = firsts(entries)
    return entries[starts], np.add.reduceat(scores, starts)


def _nearness(text: Field, entries: Array, clauses: Sequence[_Places]) -> Array:
    """1 where words of two clauses that follow each other stand side by side, less the further apart."""
    near = np.zeros(len(entries), np.float32)
    mask = _mask(text.size, entries)
    keys = []
    for places in clauses:
        kept = mask[places.rows].nonzero()[0]
        positions = (
            text.positions[places.index[kept]]
            if places.positions is None
            else places.positions[kept]
        )
        key = (places.rows[kept].astype(np.int64) << 20) + positions
        key.sort()
        keys.append(key)
    for first, second in itertools.pairwise(keys):
        if not len(first) or not len(second):
            continue
        at = second.searchsorted(first)
        for neighbour in (np.minimum(at, len(second) - 1), np.maximum(at - 1, 0)):
            other = second[neighbour]
            same = ((first >> 20) == (other >> 20)).nonzero()[0]
            distance = np.maximum(np.abs(first[same] - other[same]), 1)
            np.maximum.at(
                near, entries.searchsorted(first[same] >> 20), (1 / distance).astype(np.float32)
            )
    return near


def _smallest(
    count: int, keys: Sequence[Callable[[Array], Array]], hits: Array | None, total: int
) -> Array:
    """The first `count` of the hits (None: of all) in the order of the keys; a key is read only for those that the
    keys before leave open."""
    if hits is None:
        hits = np.arange(total)
    return _in_order(_narrowed(count, keys, hits), keys)[:count]


def _narrowed(count: int, keys: Sequence[Callable[[Array], Array]], hits: Array) -> Array:
    if len(hits) <= count or not keys:
        return hits[:count]
    values = keys[0](hits)
    threshold = np.partition(values, count - 1)[count - 1]
    best: Array = hits[values <= threshold]
    if len(best) <= 2 * count:
        return best
    better = hits[values < threshold]
    open_ = hits[values == threshold]
    return np.concatenate([better, _narrowed(count - len(better), keys[1:], open_)])


def _in_order(hits: Array, keys: Sequence[Callable[[Array], Array]]) -> Array:
    """Sorted by the first key; by the others where that leaves any two equal."""
    values = keys[0](hits)
    order = values.argsort()
    ranked = values[order]
    if len(keys) == 1 or not (ranked[1:] == ranked[:-1]).any():
        return hits[order]
    return hits[np.lexsort([*(key(hits) for key in reversed(keys[1:])), values])]
