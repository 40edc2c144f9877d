"""What is a pledge about? Indicator terms, weighed by where they stand.

The terms of a topic are lower-case stems, data that an archivist can extend:

- "schul" counts at the beginning of a word or of a part of a compound ("Grundschulen"); the longest stem
  at a place wins, so that "gründung" keeps "grün" out of "Gründung";
- "bus " (a space behind) must end the word, too: "Bus", "Schulbus", not "Busch";
- "~kinder" (a tilde before) is weak: a word that names a target group or half of everything;
- "!wohnort" (an exclamation mark before) speaks for nothing and keeps "wohn" out of "wohnortnah";
- "leichte sprache": several words count where they stand together.

The last part of a compound weighs most ("Kindergesundheit" is about health). The sentence weighs most,
then the heading, then what the text before was about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from programmes.ingest.pieces import Pledge, Section, Topic

HEADING = 0.6  # of the weight that the same words have in the sentence
BEFORE = 0.85
BEFORE_ITEM = 0.4  # the items of a list name one field after another
WEAK = 0.5
MODIFIER = 0.9  # of a compound's parts before the last one
AUDIENCE = 0.8  # of a term behind "für": whom it serves, not what it is
OWN_MOST = 2.5  # however often a sentence says it
HEADING_MOST = 1.0
MEMORY_MOST = 1.2
PURPOSE = 0.6  # of a term behind "um … zu", "damit": what it is for
LATER = 0.03  # how much less each further word of a sentence weighs
SECOND = 0.6  # of the main topic's score that a second topic needs
MEMORY = 0.55  # how much of what was said before is kept from sentence to sentence
_WORD = re.compile(r"[^\W_][\w*:-]*")
_GENDER = re.compile(r"[*:_](?=in)")
_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n+")
_SHORTEST_INSIDE = 4  # letters of a stem, and before it, to count inside a compound
_FOR_WHOM = re.compile(
    r"\bfür (?:(?:alle|die|den|das|unsere|ihre|viele|mehr|andere|junge|ältere|und|sowie|oder|auch|\w+(?:e|en|er|te|ten)) ){0,3}([\w*:-]+(?:(?:, | und | oder | sowie )[\w*:-]+){0,3})"
)


_PURPOSE = re.compile(
    r"(?:\bum (?=[^,.;:]{3,160}\b(?:zu \w+|\w*zu\w+en)\b)|\b(?:damit|sodass|so dass) (?=\w+ \w+)|\bunter (?:berücksichtigung|beachtung|einbeziehung)\b|\bauch (?:für|als)\b)[^,.;:]*"
)


def assign(
    pledges: tuple[Pledge, ...], sections: tuple[Section, ...], topics: tuple[Topic, ...]
) -> tuple[Pledge, ...]:
    """The pledges with their topics: the main one first, at most two, none where no term speaks."""
    terms = _Terms(topics)
    by_id = {section.id: section for section in sections}
    items = {
        (section.id, passage.start)
        for section in sections
        for passage in section.passages
        if passage.kind == "item"
    }
    assigned = []
    memory: dict[str, float] = {}
    section, read_to = -1, 0
    for pledge in pledges:
        if pledge.section != section:
            section, read_to, memory = pledge.section, 0, {}
        text = by_id[section].text if section in by_id else ""
        for sentence in _SENTENCE.split(text[read_to : pledge.start]):
            memory = _remember(memory, terms.scores(sentence)) if sentence.strip() else memory
        own = terms.scores(pledge.text)
        total: dict[str, float] = {}
        _add(total, own, 1.0, OWN_MOST)
        _add(total, _heading(pledge.section, by_id, terms), HEADING, HEADING_MOST)
        before = BEFORE_ITEM if (section, pledge.start) in items else BEFORE
        _add(total, memory, before, MEMORY_MOST)
        assigned.append(replace(pledge, topics=_best(total, own)))
        memory = _remember(memory, own)
        read_to = pledge.end
    return tuple(assigned)


def _remember(memory: Mapping[str, float], scores: Mapping[str, float]) -> dict[str, float]:
    """What the text was about lately; a sentence that speaks of nothing changes nothing."""
    if not scores:
        return dict(memory)
    kept = {slug: score * MEMORY for slug, score in memory.items()}
    for slug, score in scores.items():
        kept[slug] = kept.get(slug, 0.0) + (1 - MEMORY) * min(score, 2.0)
    return kept


def _heading(number: int, by_id: Mapping[int, Section], terms: _Terms) -> Mapping[str, float]:
    """What the heading says, or the nearest heading above it that says something."""
    section = by_id.get(number)
    for _ in range(4):
        if section is None:
            return {}
        scores = terms.scores(section.title)
        if scores:
            return scores
        section = by_id.get(section.parent) if section.parent is not None else None
    return {}


def _add(total: dict[str, float], more: Mapping[str, float], weight: float, most: float) -> None:
    for slug, score in more.items():
        total[slug] = total.get(slug, 0.0) + min(score, most) * weight


def _best(total: Mapping[str, float], own: Mapping[str, float]) -> tuple[str, ...]:
    ranked = sorted(total.items(), key=lambda pair: -pair[1])
    if not ranked:
        return ()
    main, score = ranked[0]
    for slug, other in ranked[1:2]:
        if other >= SECOND * score and slug in own:
            return (main, slug)
    return (main,)


@dataclass(frozen=True, slots=True)
class _Hit:
    slug: str
    weight: float


class _Terms:
    """The indicator terms of all topics, ready to be looked up; remembers each word it has seen."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._stems: dict[str, list[_Hit]] = {}
        self._whole: dict[str, list[_Hit]] = {}
        self._phrases: list[tuple[str, re.Pattern[str], str]] = []
        for topic in topics:
            for term in topic.indicators:
                self._add(topic.slug, term.lower())
        lengths = {len(stem) for stem in (*self._stems, *self._whole)}
        self._lengths = sorted(lengths, reverse=True)
        self._seen: dict[str, tuple[_Hit, ...]] = {}

    def _add(self, slug: str, term: str) -> None:
        if term.startswith("!"):
            self._stems.setdefault(term[1:], [])
            return
        hit = _Hit(slug, WEAK if term.startswith("~") else 1.0)
        stem = term.lstrip("~")
        if " " in stem.strip():
            words = r"\W+".join(re.escape(word) for word in stem.split())
            rarest = max(
                stem.split(), key=len
            )  # looked for first: a pattern costs more than a word
            self._phrases.append((rarest, re.compile(rf"\b{words}"), slug))
        elif stem.endswith(" "):
            self._whole.setdefault(stem.strip(), []).append(hit)
        elif stem:
            self._stems.setdefault(stem, []).append(hit)

    def scores(self, text: str) -> dict[str, float]:
        """How strongly a text speaks of each topic it speaks of."""
        lowered = _GENDER.sub("", text.lower())
        audience = {
            word for found in _FOR_WHOM.finditer(lowered) for word in _WORD.findall(found.group(1))
        }
        scores: dict[str, float] = {}
        purposes = [(found.start(), found.end()) for found in _PURPOSE.finditer(lowered)]
        for number, found in enumerate(_WORD.finditer(lowered)):
            word = found.group()
            for hit in self._of(word):
                weight = hit.weight * (AUDIENCE if word in audience else 1.0)
                weight *= max(0.5, 1 - LATER * number)
                if any(start <= found.start() < end for start, end in purposes):
                    weight *= PURPOSE
                scores[hit.slug] = scores.get(hit.slug, 0.0) + weight
        for rarest, phrase, slug in self._phrases:
            if rarest not in lowered:
                continue
            count = len(phrase.findall(lowered))
            if count:
                scores[slug] = scores.get(slug, 0.0) + 1.2 * count
        return scores

    def _of(self, word: str) -> tuple[_Hit, ...]:
        if word not in self._seen:
            self._seen[word] = self._look_up(word)
        return self._seen[word]

    def _look_up(self, word: str) -> tuple[_Hit, ...]:
        """The hits of a word; the last part of a compound in full, the others as its modifiers."""
        parts: list[list[_Hit]] = []
        position = 0
        while position < len(word):
            found = self._at(word, position)
            if found is None:
                position += 1
                continue
            length, hits = found
            parts.append(hits)
            position += length
        hits = [
            _Hit(hit.slug, hit.weight * (1.0 if number == len(parts) - 1 else MODIFIER))
            for number, part in enumerate(parts)
            for hit in part
        ]
        best: dict[str, float] = {}
        for hit in hits:
            best[hit.slug] = max(best.get(hit.slug, 0.0), hit.weight)
        return tuple(_Hit(slug, weight) for slug, weight in best.items())

    def _at(self, word: str, position: int) -> tuple[int, list[_Hit]] | None:
        """The longest stem that begins at a place of a word, and its hits."""
        at_start = position == 0 or word[position - 1] == "-"
        for length in self._lengths:
            stem = word[position : position + length]
            if len(stem) < length:
                continue
            inside = length >= _SHORTEST_INSIDE and position >= _SHORTEST_INSIDE - 1
            if stem in self._stems and (at_start or inside):
                return length, self._stems[stem]
            whole = position + length == len(word)
            if stem in self._whole and whole and (at_start or position >= _SHORTEST_INSIDE - 1):
                return length, self._whole[stem]
        return None
