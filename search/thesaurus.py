"""Words that stand for each other: how a list of them is read, and what it says of a word.

A line is a group: `Krankenhaus = Klinikum = Klinik` stand for each other, `Sportstätte > Turnhalle, Sportplatz`
means that who looks for the first finds the others, too, and not the other way round. `#` begins a remark.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from search import analysis


@dataclass(frozen=True, slots=True)
class Group:
    """Words that stand for each other; `one_way`: the first for the others and not they for it."""

    words: tuple[str, ...]
    one_way: bool = False


@dataclass(frozen=True, slots=True)
class Synonym:
    """Words typed side by side (`typed`, each in `words`) and what else stands for them."""

    typed: str
    words: tuple[str, ...]
    others: tuple[str, ...]

    @property
    def exactly(self) -> str:
        """What is typed to find these words alone."""
        return f'"{self.typed}"'


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """Synonyms made ready for asking: the lemmas of one or several words in a row → what stands for them."""

    others: Mapping[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    longest: int = 1


def read(lines: Iterable[str]) -> Iterator[Group]:
    """The groups of a list; a line of fewer than two words says nothing."""
    for line in lines:
        text = line.partition("#")[0]
        one_way = ">" in text
        first, _, rest = text.partition(">")
        words = [first, *rest.split(",")] if one_way else text.split("=")
        words = [" ".join(word.split()) for word in words if word.strip()]
        if len(words) > 1:
            yield Group(tuple(dict.fromkeys(words)), one_way)


def thesaurus(groups: Iterable[Group]) -> Thesaurus:
    """What each word of the groups, and each run of words, stands for."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for group in groups:
        named = [(keys(word), word) for word in group.words]
        for place, (key, _) in enumerate(named):
            if key and not (group.one_way and place):
                others = found.setdefault(key, {})
                others.update((word, None) for other, word in named if other and other != key)
    return Thesaurus(
        {key: tuple(others) for key, others in found.items()}, max(map(len, found), default=1)
    )


def keys(words: str) -> tuple[str, ...]:
    """Words that are the same synonym: by their lemmas."""
    return tuple(lemma_of(readings) for readings in analysis.terms(words))


def lemma_of(readings: tuple[str, ...]) -> str:
    """The lemma among the readings of a word."""
    return readings[1] if len(readings) > 1 else readings[0]
