"""Headings set with space between their letters ("U N S E R  P L A N"): the words they mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

WORD = re.compile(r"[^\W\d_]{2,}")
SMALL = frozenset(
    "und für der die das den dem mit von zur zum im in am an auf statt als wir uns".split()
)


def closed(lines: list[str], titles: Iterable[str], repairs: Counter[str]) -> list[str]:
    """The lines, spaced ones among them as words."""
    places = [at for at, line in enumerate(lines) if _is_spaced(line)]
    if not places:
        return lines
    out = list(lines)
    said = Counter(
        word.casefold()
        for at, line in enumerate(lines)
        if at not in places
        for word in WORD.findall(line)
    )
    known = set(titles)
    for at in places:
        repairs["spaced-letters"] += 1
        out[at] = _words(lines[at].strip(), said, known)
    return out


def _is_spaced(line: str) -> bool:
    parts = line.split()
    if len(parts) < 4 or len(line) > 200:
        return False
    letters = [part for part in parts if part.isalpha()]
    single = sum(len(part) == 1 for part in letters)
    return (
        single >= 0.6 * len(letters)
        and len(letters) >= 4
        and all(len(part) <= 3 for part in letters)
        and sum(map(len, letters)) <= 1.5 * len(letters)
    )


def _words(line: str, said: Counter[str], titles: set[str]) -> str:
    gaps = re.split(r"\s{2,}", line)
    if len(gaps) > 1 and any(" " in gap for gap in gaps):
        return " ".join(gap.replace(" ", "") for gap in gaps)
    # One space between letters and words alike: the words are those the text uses elsewhere.
    return " ".join(_parted(part, said) for part in _pieces(line.replace(" ", "")))


def _pieces(solid: str) -> list[str]:
    """Cut where a small letter meets a capital, or a number ends."""
    return re.sub(
        r"(?<=[a-zäöüß])(?=[A-ZÄÖÜ])|(?<=[\d.,:])(?=[^\W\d])|(?<=[–&])|(?=[–&])", " ", solid
    ).split()


def _parted(solid: str, said: Counter[str]) -> str:
    """The words that most likely make up the letters: those the text uses, small ones between them."""
    low = solid.casefold()
    if not solid.isalpha() or low in said or len(low) != len(solid) or len(solid) > 80:
        return solid
    best: list[tuple[float, int]] = [(0.0, 0)] + [(1e9, 0)] * len(
        low
    )  # cost so far, where the word begins
    for end in range(2, len(low) + 1):
        for start in range(max(0, end - 40), end - 1):
            cost = best[start][0] + _cost(low[start:end], said, last=end == len(low))
            if cost < best[end][0]:
                best[end] = (cost, start)
    out: list[str] = []
    at = len(low)
    while at:
        out.append(solid[best[at][1] : at])
        at = best[at][1]
    return " ".join(reversed(out))


def _cost(word: str, said: Counter[str], *, last: bool) -> float:
    if word in SMALL and not last:
        return 1.0
    if said[word] and len(word) > 3:
        return 1.0
    return 1.0 + 0.6 * len(word) if len(word) > 3 else 1e9
