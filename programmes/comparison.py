"""One party's programmes of two elections: which pledges were kept, reworded, dropped or are new.

Measure: the share of words (four letters and more, lower case) that two pledges have in common, twice the
common ones by all (Dice). 0.85 and more is kept, 0.45 and more reworded; one whose numbers differ is reworded
however alike its words are. Each pledge is paired once, the most alike first. It says how alike the words are, not
whether a promise was fulfilled.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Protocol

import numpy as np

KEPT, REWORDED = 0.85, 0.45
WORD = re.compile(r"[^\W_]{4,}")
NUMBER = re.compile(
    r"\d+(?:[.,:]\d+)*"
    r"|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|zwanzig|dreißig|hundert|tausend)\b"
)


class Promise(Protocol):
    """A pledge, however it was read."""

    @property
    def text(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Change:
    """A pledge before and after; one of them is missing where it was dropped or is new."""

    before: Any
    after: Any
    likeness: float = 0.0

    @property
    def shown(self) -> Any:
        """As it reads last."""
        return self.after or self.before

    @property
    def only_numbers(self) -> bool:
        """All words are the same, and a number is not."""
        return self.likeness == 1

    @property
    def words(self) -> list[tuple[str, str]]:
        """The words of both as (kind, words): "same", "gone" or "new"."""
        if self.before is None or self.after is None:
            return []
        old, new = self.before.text.split(), self.after.text.split()
        parts = []
        for kind, first, last, start, end in SequenceMatcher(
            None, old, new, autojunk=False
        ).get_opcodes():
            if kind == "equal":
                parts.append(("same", " ".join(new[start:end])))
            else:
                if first < last:
                    parts.append(("gone", " ".join(old[first:last])))
                if start < end:
                    parts.append(("new", " ".join(new[start:end])))
        return parts


@dataclass(frozen=True, slots=True)
class Comparison:
    kept: list[Change]
    reworded: list[Change]
    dropped: list[Change]
    new: list[Change]


def compare(before: Sequence[Promise], after: Sequence[Promise]) -> Comparison:
    """Pair the pledges of two elections."""
    old_words, new_words = [_words(one) for one in before], [_words(one) for one in after]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, words in enumerate(old_words):
        for word in words:
            holders[word].append(at)
    found = {word: np.array(own, np.intp) for word, own in holders.items()}
    old_sizes = np.array([len(words) for words in old_words])
    pairs = []
    for at, words in enumerate(new_words):
        shared = [found[word] for word in words if word in found]
        if not shared:
            continue
        common = np.bincount(np.concatenate(shared), minlength=len(old_words))
        likeness = 2 * common / (len(words) + old_sizes)
        alike = (likeness >= REWORDED).nonzero()[0].tolist()
        pairs += [(-float(likeness[other]), other, at) for other in alike]
    paired_old: set[int] = set()
    paired_new: set[int] = set()
    kept: list[Change] = []
    reworded: list[Change] = []
    for negative, old, new in sorted(pairs):
        if old in paired_old or new in paired_new:
            continue
        paired_old.add(old)
        paired_new.add(new)
        change = Change(before[old], after[new], round(-negative, 2))
        same = -negative >= KEPT and _numbers(before[old]) == _numbers(after[new])
        (kept if same else reworded).append(change)
    dropped = [Change(pledge, None) for at, pledge in enumerate(before) if at not in paired_old]
    new_ones = [Change(None, pledge) for at, pledge in enumerate(after) if at not in paired_new]
    return Comparison(kept, reworded, dropped, new_ones)


def _words(pledge: Promise) -> list[str]:
    """The words of a pledge; the second of the same word is another, so that both have it only if both have two."""
    found = WORD.findall(pledge.text.lower())
    if len(set(found)) == len(found):
        return found
    seen: Counter[str] = Counter()
    words = []
    for word in found:
        words.append(f"{word} {seen[word]}" if seen[word] else word)
        seen[word] += 1
    return words


def _numbers(pledge: Promise) -> Counter[str]:
    return Counter(NUMBER.findall(pledge.text.lower()))
