"""What speaks for each topic of a pledge? The sentence, the heading, the neighbours, the document.

Every observation has a name that a person can read and a strength; they are the same ones for all topics,
so that a term or a topic that an archivist adds is weighed like those that were there.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from programmes.ingest.pieces import Passage, Pledge, Section
from programmes.ingest.topics.terms import Mention, Terms, scores

Strengths = dict[str, float]

MEMORY = 0.55  # how much of what was said before is kept from sentence to sentence
MOST = 1.5  # however often one sentence says it, for what a section or a document is about
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Evidence:
    """`found[slug][observation]`: what speaks for a topic. `words`: the terms of the sentence."""

    found: Mapping[str, Strengths]
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """What one sentence of a section speaks of; `pledge` is its number among the pledges, if it is one."""

    pledge: int | None
    mentions: Sequence[Mention]
    scores: Mapping[str, float]


def collect(
    pledges: Sequence[Pledge], sections: Sequence[Section], terms: Terms
) -> Iterator[Evidence]:
    """The evidence of every pledge, in their order."""
    by_id = {section.id: section for section in sections}
    numbers: dict[int, list[int]] = {}
    for number, pledge in enumerate(pledges):
        numbers.setdefault(pledge.section, []).append(number)
    read = {
        section.id: list(_sentences(section, pledges, numbers.get(section.id, ()), terms))
        for section in sections
    }
    titles = {section.id: terms.scores(section.title) for section in sections}
    everything = _sum(one.scores for own in read.values() for one in own)
    found: dict[int, Evidence] = {}
    for section_id, own in read.items():
        if section_id not in numbers:
            continue
        section = by_id[section_id]
        starts = [passage.start for passage in section.passages]
        about = _sum(one.scores for one in own)
        memory: dict[str, float] = {}
        for at, one in enumerate(own):
            if one.pledge is not None:
                passage = _passage(section.passages, starts, pledges[one.pledge].start)
                item = passage is not None and passage.kind == "item"
                after = own[at + 1].scores if at + 1 < len(own) else {}
                found[one.pledge] = _evidence(
                    one,
                    _headings(section, by_id, titles),
                    terms.scores(passage.lead_in) if passage and passage.lead_in else {},
                    memory,
                    after,
                    about,
                    everything,
                    item,
                )
            memory = _remember(memory, one.scores)
    nothing = Evidence({}, {})
    for number in range(len(pledges)):
        yield found.get(number, nothing)


def _sentences(
    section: Section, pledges: Sequence[Pledge], numbers: Sequence[int], terms: Terms
) -> Iterator[_Sentence]:
    """The sentences of a section; the pledges among them with their own boundaries."""
    read_to = 0
    for number in numbers:
        pledge = pledges[number]
        yield from _told(section.text[read_to : pledge.start], terms)
        mentions = terms.mentions(pledge.text)
        yield _Sentence(number, mentions, scores(mentions))
        read_to = max(read_to, pledge.end)
    yield from _told(section.text[read_to:], terms)


def _told(text: str, terms: Terms) -> Iterator[_Sentence]:
    for sentence in _SENTENCE.split(text):
        if len(sentence) > 2:
            yield _Sentence(None, (), terms.scores(sentence))


def _passage(passages: Sequence[Passage], starts: Sequence[int], at: int) -> Passage | None:
    number = bisect_right(starts, at) - 1
    return passages[number] if number >= 0 else None


def _remember(memory: Mapping[str, float], said: Mapping[str, float]) -> dict[str, float]:
    """What the text was about lately; a sentence that speaks of nothing changes nothing."""
    if not said:
        return dict(memory)
    kept = {slug: score * MEMORY for slug, score in memory.items()}
    for slug, score in said.items():
        kept[slug] = kept.get(slug, 0.0) + (1 - MEMORY) * min(score, 2.0)
    return kept


def _headings(
    section: Section, by_id: Mapping[int, Section], titles: Mapping[int, Mapping[str, float]]
) -> tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]]:
    """What its own heading says, the nearest one that says something, and the nearest above its own."""
    own = titles[section.id]
    above: Mapping[str, float] = {}
    parent = section.parent
    for _ in range(3):
        if parent is None or above or parent not in by_id:
            break
        above = titles[parent]
        parent = by_id[parent].parent
    return own, own or above, above


def _evidence(
    one: _Sentence,
    headings: tuple[Mapping[str, float], Mapping[str, float], Mapping[str, float]],
    lead_in: Mapping[str, float],
    memory: Mapping[str, float],
    after: Mapping[str, float],
    about: Mapping[str, float],
    everything: Mapping[str, float],
    item: bool,
) -> Evidence:
    found: dict[str, Strengths] = {}

    def put(name: str, strengths: Mapping[str, float], most: float, times: float = 1.0) -> None:
        for slug, strength in strengths.items():
            if strength > 0:
                found.setdefault(slug, {})[name] = min(strength, most) * times

    silent = not one.scores
    put("sentence", one.scores, 1.0)
    for name, heading in zip(("heading", "near heading", "heading above"), headings, strict=True):
        put(name, heading, 1.0)
    put("lead-in", lead_in, 1.0)
    put("before", memory, 1.2)
    put("after", after, 1.5)
    rest = _without(about, one.scores)
    section = {slug: strength / (sum(rest.values()) + 1) for slug, strength in rest.items()}
    put("section", section, 1.0)
    others = _without(everything, one.scores)
    put("document", others, 1e9, 1 / (sum(others.values()) + 3))
    if item:
        put("before item", memory, 1.2)
        put("after item", after, 1.5)
    if silent:
        put("before, says nothing itself", memory, 1.2)
        put("near heading, says nothing itself", headings[1], 1.0)
        put("section, says nothing itself", section, 1.0)
    words: dict[str, str] = {}
    for number, mention in enumerate(one.mentions):
        words.setdefault(mention.slug, mention.word)
        own = found.setdefault(mention.slug, {})
        if number == 0:
            own["first word"] = 1.0
        for name, strength in _places(mention):
            own[name] = max(own.get(name, 0.0), strength)
    return Evidence(found, words)


def _places(mention: Mention) -> Iterator[tuple[str, float]]:
    """Where in its sentence a term stands."""
    place = mention.at / max(mention.words, 1)
    yield "early", mention.weight * (1 - place)
    yield "late", mention.weight * place
    if mention.serves:
        yield "served", mention.weight
    if mention.purpose:
        yield "purpose", mention.weight
    if mention.acted_on:
        yield "done to", mention.weight
    if mention.at >= mention.words - 3:
        yield "at the end", mention.weight


def _sum(many: Iterable[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for own in many:
        for slug, score in own.items():
            total[slug] = total.get(slug, 0.0) + min(score, MOST)
    return total


def _without(total: Mapping[str, float], own: Mapping[str, float]) -> dict[str, float]:
    rest = {slug: score - min(own.get(slug, 0.0), MOST) for slug, score in total.items()}
    return {slug: score for slug, score in rest.items() if score > 1e-9}
