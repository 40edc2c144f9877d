"""Words the reader may have meant: a correction for one that nothing holds, and how one that was begun goes on."""

from __future__ import annotations

from collections.abc import Iterable

from search import analysis, lexicon
from search.engines.base import Clause, Engine, Phrase, Query
from search.query import Typed, as_typed, fields_as_typed

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
        words.append(other or as_typed(term))
    fields = fields_as_typed(typed)
    return " ".join([*words, *fields]) if changed else None


def correct(word: str, engine: Engine) -> str | None:
    """The nearest word for one that neither the dictionary nor the index knows, of the index or else of the dictionary.

    Never for a number, for a word that the dictionary knows, or for one made of such: `strassenbahn` is not
    Straßenbau.
    """
    readings = analysis.readings(word)
    folded = readings[0][1:]
    if len(folded) < SHORTEST or not folded.isalpha() or analysis.is_known(word):
        return None
    if any(_held(reading, engine) for reading in readings[:2]):
        return None
    found = _neighbours(folded, engine)
    if found:
        return _shown(found[0][2])
    return next(lexicon.near(analysis.unfold(folded).capitalize(), distance), None)


def _held(term: str, engine: Engine) -> bool:
    asked = Query(clauses=(Clause((Phrase((term,)),)),), facets=(), limit=0)
    return engine.search(asked).total > 0


def _neighbours(folded: str, engine: Engine) -> list[tuple[int, int, str]]:
    """(edits, entries less than none, form) of written words and lemmas that are spelled nearly so, best first;
    the first letter is right or swapped with the second."""
    starts = dict.fromkeys((folded[:2], folded[0] + folded[2:3], folded[1::-1]))
    return _spelled_nearly(folded, starts, engine) or _spelled_nearly(folded, folded[:1], engine)


def _spelled_nearly(
    folded: str, starts: Iterable[str], engine: Engine
) -> list[tuple[int, int, str]]:
    most = 2 if len(folded) >= LONG else 1
    found: dict[str, tuple[int, int, str]] = {}
    for start in starts:
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


def complete(beginning: str, engine: Engine, limit: int = 6) -> list[str]:
    """Words of the index that begin so, the most frequent first, as the dictionary writes them; before them what
    was typed, if it is a whole word already."""
    folded = analysis.fold(beginning.strip())
    if len(folded) < 2 or not folded.isalpha():
        return []
    found = [analysis.bare(term) for term in engine.vocabulary(folded, limit * 2)]
    if folded in found or _held(folded, engine) or _held(f"+{folded}", engine):
        found.insert(0, folded)
    return list(
        dict.fromkeys(_shown(term) for term in found if len(term) > 2 and term not in analysis.STOP)
    )[:limit]


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


def _shown(folded: str) -> str:
    """A folded word as it is written: with its umlauts and, where it is a noun, its capital."""
    word = analysis.unfold(folded)
    noun = analysis.lemma(word.capitalize())
    if lexicon.lemma(word) == word and not (word in analysis.SHORT and noun[:1].isupper()):
        return word  # a verb or adjective, though the dictionary may know a noun made of it
    return word.capitalize() if noun[:1].isupper() else word
