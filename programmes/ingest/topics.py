"""What is a pledge about? Indicator terms, weighed by where they stand.

The terms of a topic are lower-case stems. A stem counts at the beginning of a word or of a part of a
compound ("schul" in "Grundschulen"); the longest stem at a place wins, so that "gründ" keeps "grün"
out of "Gründung". A stem that ends in a space must end the word, too ("bus "). A term of several words
counts where they stand together. The sentence weighs most, then the heading, then the unit before it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from programmes.ingest.pieces import Pledge, Section, Topic

HEADING = 0.45
BEFORE = 0.25
SECOND = 0.6  # of the main topic's score that a second topic needs
_WORD = re.compile(r"[\w-]+(?:[*:_][\w-]+)*")
_SHORTEST_INSIDE = 4  # letters of a stem, and before it, to count inside a compound


def assign(
    pledges: tuple[Pledge, ...], sections: tuple[Section, ...], topics: tuple[Topic, ...]
) -> tuple[Pledge, ...]:
    """The pledges with their topics: the main one first, at most two, none where no term speaks."""
    terms = _Terms(topics)
    titles = {section.id: terms.scores(section.title) for section in sections}
    texts = {section.id: section.text for section in sections}
    assigned = []
    before: Mapping[str, float] = {}
    last = (-1, 0)
    for pledge in pledges:
        own = terms.scores(pledge.text)
        if last[0] != pledge.section:
            before = {}
            last = (pledge.section, 0)
        gap = texts.get(pledge.section, "")[max(last[1], pledge.start - 300) : pledge.start]
        near: Counter[str] = Counter()
        _add(near, before, 0.5)
        _add(near, terms.scores(gap), 0.5)
        total: Counter[str] = Counter()
        _add(total, own, 1.0)
        _add(total, titles.get(pledge.section, {}), HEADING)
        _add(total, near, BEFORE)
        assigned.append(replace(pledge, topics=_best(total, own)))
        before = own
        last = (pledge.section, pledge.end)
    return tuple(assigned)


def _add(total: Counter[str], more: Mapping[str, float], weight: float) -> None:
    for slug, score in more.items():
        total[slug] += score * weight


def _best(total: Mapping[str, float], own: Mapping[str, float]) -> tuple[str, ...]:
    ranked = sorted(total.items(), key=lambda pair: -pair[1])
    if not ranked:
        return ()
    main, score = ranked[0]
    for slug, other in ranked[1:2]:
        if other >= SECOND * score and slug in own:
            return (main, slug)
    return (main,)


class _Terms:
    """The indicator terms of all topics, ready to be looked up; remembers each word it has seen."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._stems: dict[str, list[str]] = {}
        self._whole: dict[str, list[str]] = {}
        self._phrases: list[tuple[re.Pattern[str], str]] = []
        for topic in topics:
            for term in topic.indicators:
                lowered = term.lower()
                if " " in lowered.strip():
                    words = r"\W+".join(re.escape(word) for word in lowered.split())
                    self._phrases.append((re.compile(rf"\b{words}"), topic.slug))
                elif lowered.endswith(" "):
                    self._whole.setdefault(lowered.strip(), []).append(topic.slug)
                else:
                    self._stems.setdefault(lowered, []).append(topic.slug)
        self._lengths = sorted({len(stem) for stem in self._stems}, reverse=True)
        self._seen: dict[str, tuple[str, ...]] = {}

    def scores(self, text: str) -> dict[str, float]:
        lowered = text.lower()
        scores: Counter[str] = Counter()
        for found in _WORD.finditer(lowered):
            for slug in self._of(found.group()):
                scores[slug] += 1.0
        for phrase, slug in self._phrases:
            scores[slug] += len(phrase.findall(lowered)) * 1.5
        return {slug: score for slug, score in scores.items() if score}

    def _of(self, word: str) -> tuple[str, ...]:
        if word not in self._seen:
            self._seen[word] = self._look_up(word)
        return self._seen[word]

    def _look_up(self, word: str) -> tuple[str, ...]:
        hits: list[str] = list(self._whole.get(word, ()))
        position = 0
        while position < len(word):
            for length in self._lengths:
                stem = word[position : position + length]
                at_start = position == 0 or word[position - 1] == "-"
                if len(stem) < length or stem not in self._stems:
                    continue
                if at_start or (length >= _SHORTEST_INSIDE and position >= _SHORTEST_INSIDE - 1):
                    hits.extend(self._stems[stem])
                    position += length - 1
                    break
            position += 1
        return tuple(hits)
