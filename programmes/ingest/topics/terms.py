"""Which indicator terms does a text hold, and how do they stand in it?

The terms of a topic are lower-case stems, data that an archivist can extend:

- "schul" counts at the beginning of a word or of a part of a compound ("Grundschulen"); the longest stem
  at a place wins, so that "gründung" keeps "grün" out of "Gründung";
- "bus " (a space behind) must end the word, too: "Bus", "Schulbus", not "Busch";
- "~kinder" (a tilde before) is weak: a word that names a target group or half of everything;
- "!wohnort" (an exclamation mark before) speaks for nothing and keeps "wohn" out of "wohnortnah";
- "leichte sprache": several words count where they stand together.

The last part of a compound weighs most ("Kindergesundheit" is about health).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from programmes.ingest.pieces import Topic

WEAK = 0.5
PHRASE = 1.2
MODIFIER = 0.9  # of a compound's parts before the last one
AUDIENCE = 0.8  # of a term behind "für": whom it serves, not what it is
PURPOSE = 0.6  # of a term behind "um … zu", "damit": what it is for
LATER = 0.03  # how much less each further word of a sentence weighs
_WORD = re.compile(r"[^\W_][\w*:-]*")
_GENDER = re.compile(r"[*:_](?=in)")
_SHORTEST_INSIDE = 4  # letters of a stem, and before it, to count inside a compound
_FOR_WHOM = re.compile(
    r"\bfür (?:(?:alle|die|den|das|unsere|ihre|viele|mehr|andere|junge|ältere|und|sowie|oder|auch|\w+(?:e|en|er|te|ten)) ){0,3}([\w*:-]+(?:(?:, | und | oder | sowie )[\w*:-]+){0,3})"
)


_PURPOSE = re.compile(
    r"(?:\bum (?=[^,.;:]{3,160}\b(?:zu \w+|\w*zu\w+en)\b)|\b(?:damit|sodass|so dass) (?=\w+ \w+)|\bunter (?:berücksichtigung|beachtung|einbeziehung)\b|\bauch (?:für|als)\b)[^,.;:]*"
)
# Nouns of doing: what stands right behind one is done to ("der Ausbau von Radwegen").
_ACT = re.compile(
    r"(?:(?<!verwalt)(?<!wohn)(?<!ordn)(?<!zeit)(?<!sied)(?<!bevölker)(?<!einricht)(?<!regier)(?<!bild)ung|ierung|"
    r"bau|erhalt|schutz|einsatz|verzicht|verbot|kauf|stopp|abschaffung|rückkehr|wegfall|anhebung|anschluss|"
    r"start|zugang|wechsel|beitritt|einstieg|ausstieg|erlass|vorrang|nein|austausch|kampf)(?:en|e|s|es)?$"
)


_OPENING = 4  # letters of a phrase's longest word that it is looked up by


_REMEMBERED = 100_000  # words


@cache
def _acts(word: str) -> bool:
    return bool(_ACT.search(word))


@dataclass(frozen=True, slots=True)
class Hit:
    slug: str
    weight: float


@dataclass(frozen=True, slots=True)
class Mention:
    """A term in a text: `word` number `at` of `words`; whom it serves, what it is for, done to or not."""

    slug: str
    weight: float
    word: str
    at: int
    words: int
    serves: bool = False
    purpose: bool = False
    acted_on: bool = False


def scores(mentions: Sequence[Mention]) -> dict[str, float]:
    """How strongly the mentions of a text speak of each topic: early ones more, purposes less."""
    found: dict[str, float] = {}
    for one in mentions:
        weight = one.weight * max(0.5, 1 - LATER * one.at)
        weight *= (AUDIENCE if one.serves else 1.0) * (PURPOSE if one.purpose else 1.0)
        found[one.slug] = found.get(one.slug, 0.0) + weight
    return found


@lru_cache(maxsize=2)
def terms(topics: tuple[Topic, ...]) -> Terms:
    """The terms of a scheme, made once for all documents that are read with it."""
    return Terms(topics)


class Terms:
    """The indicator terms of all topics, ready to be looked up; remembers each word it has seen."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._stems: dict[str, list[Hit]] = {}
        self._whole: dict[str, list[Hit]] = {}
        self._phrases: dict[str, list[tuple[re.Pattern[str], Hit]]] = {}
        for topic in topics:
            for term in topic.indicators:
                self._add(topic.slug, term.lower())
        lengths = {len(stem) for stem in (*self._stems, *self._whole)}
        self._lengths = sorted(lengths, reverse=True)
        self._seen: dict[str, tuple[Hit, ...]] = {}

    def _add(self, slug: str, term: str) -> None:
        if term.startswith("!"):
            self._stems.setdefault(term[1:], [])
            return
        hit = Hit(slug, WEAK if term.startswith("~") else 1.0)
        stem = term.lstrip("~")
        if " " in stem.strip():
            words = r"\W+".join(re.escape(word) for word in stem.split())
            # Looked for only where its longest word begins one: a pattern costs more than a word.
            longest = max(stem.split(), key=len)
            hit = Hit(slug, PHRASE * hit.weight)
            phrase = re.compile(rf"\b{words}")
            self._phrases.setdefault(longest[:_OPENING], []).append((phrase, hit))
        elif stem.endswith(" "):
            self._whole.setdefault(stem.strip(), []).append(hit)
        elif stem:
            self._stems.setdefault(stem, []).append(hit)

    def scores(self, text: str) -> dict[str, float]:
        """How strongly a text speaks of each topic it speaks of."""
        return scores(self.mentions(text))

    def mentions(self, text: str) -> list[Mention]:
        """Every term of a text in the order in which they stand, and how each stands in its sentence."""
        lowered = _GENDER.sub("", text.lower())
        words = list(_WORD.finditer(lowered))
        found = []
        for number, word in enumerate(words):
            for hit in self._of(word.group()):
                found.append((number, word.start(), word.group(), hit))
        for opening in {word.group()[:_OPENING] for word in words} & self._phrases.keys():
            for phrase, hit in self._phrases[opening]:
                for match in phrase.finditer(lowered):
                    number = bisect_left(words, match.start(), key=re.Match.start)
                    found.append((number, match.start(), match.group(), hit))
        if not found:
            return []
        found.sort(key=lambda one: (one[0], one[3].slug))
        audience = {
            word for match in _FOR_WHOM.finditer(lowered) for word in _WORD.findall(match.group(1))
        }
        purposes = [(match.start(), match.end()) for match in _PURPOSE.finditer(lowered)]
        return [
            Mention(
                hit.slug,
                hit.weight,
                word,
                number,
                len(words),
                serves=word in audience,
                purpose=any(start <= at < end for start, end in purposes),
                acted_on=any(_acts(one.group()) for one in words[max(0, number - 3) : number]),
            )
            for number, at, word, hit in found
        ]

    def _of(self, word: str) -> tuple[Hit, ...]:
        if word not in self._seen:
            if len(self._seen) > _REMEMBERED:
                self._seen.clear()
            self._seen[word] = self._look_up(word)
        return self._seen[word]

    def _look_up(self, word: str) -> tuple[Hit, ...]:
        """The hits of a word; the last part of a compound in full, the others as its modifiers."""
        parts: list[list[Hit]] = []
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
            Hit(hit.slug, hit.weight * (1.0 if number == len(parts) - 1 else MODIFIER))
            for number, part in enumerate(parts)
            for hit in part
        ]
        best: dict[str, float] = {}
        for hit in hits:
            best[hit.slug] = max(best.get(hit.slug, 0.0), hit.weight)
        return tuple(Hit(slug, weight) for slug, weight in best.items())

    def _at(self, word: str, position: int) -> tuple[int, list[Hit]] | None:
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
