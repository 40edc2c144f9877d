"""Words the reader may have meant: a correction for one that nothing holds, and how one that was begun goes on."""

from __future__ import annotations

import re

from search import analysis
from search.engines.base import Engine
from search.query import Term, Typed

# At distance 1 below this many letters, at 2 from here on: at 2, short words turn into others.
LONG = 12
SHORTEST = 4
MOST = 4000  # words of the vocabulary that are compared


def suggestion(typed: Typed, engine: Engine) -> str | None:
    """What was typed with each unknown word replaced by the nearest one in the index; None if nothing changes."""
    changed = False
    words = []
    for term in typed.terms:
        other = (
            None
            if term.excluded or term.others or term.kind != "word"
            else correct(term.text, engine)
        )
        changed = changed or other is not None
        words.append(other or _written(term))
    return " ".join(words) if changed else None


def correct(word: str, engine: Engine) -> str | None:
    """The nearest word of the index for one that it does not hold; never for a number or a compound of known words."""
    readings = analysis.readings(word)
    folded = readings[0][1:]
    if len(folded) < SHORTEST or not folded.isalpha():
        return None
    if any(reading.startswith("+") for reading in readings):
        return None
    best = _neighbours(folded, engine)
    if not best or best[0][0] == 0 or readings[1:2] == (best[0][2],):
        return None
    return _unfolded(best[0][2])


def _neighbours(folded: str, engine: Engine) -> list[tuple[int, int, str]]:
    """(edits, entries less than none, form) of written words and lemmas that are spelled nearly so, best first;
    the first letter is right or swapped with the second."""
    most = 2 if len(folded) >= LONG else 1
    found: dict[str, tuple[int, int, str]] = {}
    for start in dict.fromkeys((folded[:2], folded[0] + folded[2:3], folded[1::-1])):
        for mark in ("", "="):
            for term, entries in engine.vocabulary(mark + start, MOST).items():
                other = term.removeprefix("=")
                if abs(len(other) - len(folded)) > most or not other.isalpha():
                    continue
                away = distance(folded, other, most)
                if away is not None and -entries < found.get(other, (0, 0, ""))[1]:
                    found[other] = (away, -entries, other)
    return sorted(found.values())


def near(word: str, engine: Engine, limit: int = 20) -> tuple[str, ...]:
    """Written forms of the index (folded) that a fuzzy word may be, the nearest and most frequent first."""
    folded = analysis.fold(word)
    if len(folded) < SHORTEST or not folded.isalpha():
        return ()
    return tuple(other for _, _, other in _neighbours(folded, engine) if other != folded)[:limit]


def complete(beginning: str, engine: Engine, limit: int = 8) -> list[str]:
    """Words of the index that begin so, the most frequent first."""
    folded = analysis.fold(beginning.strip())
    if len(folded) < 2 or not re.fullmatch(r"\w+", folded):
        return []
    found = engine.vocabulary(f"={folded}", limit)
    return [_unfolded(term[1:]) for term in found]


def distance(one: str, other: str, most: int) -> int | None:
    """Edits between two words, neighbours swapped being one (optimal string alignment); None above `most`."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        last, before, row = before, row, [at] + [0] * len(other)
        for place, against in enumerate(other, start=1):
            row[place] = min(
                before[place] + 1, row[place - 1] + 1, before[place - 1] + (letter != against)
            )
            if (
                at > 1
                and place > 1
                and letter == other[place - 2]
                and one[at - 2] == against
                and last
            ):
                row[place] = min(row[place], last[place - 2] + 1)
        if min(row) > most:
            return None
    return row[-1] if row[-1] <= most else None


def _unfolded(word: str) -> str:
    """The word with its umlauts, as far as the lexicon knows them."""
    return analysis.unfold(word)


def _written(term: Term) -> str:
    text = {"phrase": f'"{term.text}"', "prefix": f"{term.text}*", "fuzzy": f"{term.text}~"}.get(
        term.kind, term.text
    )
    text = f"-{text}" if term.excluded else text
    return " OR ".join([text, *(_written(other) for other in term.others)])
