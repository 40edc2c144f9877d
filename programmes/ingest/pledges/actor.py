"""Who is to act, and who speaks? The author's own side, an authority, or a third party."""

from __future__ import annotations

import re

from programmes.ingest.pledges import lexicon
from programmes.ingest.pledges.grammar import Reading, Word

_OWN = frozenset(lexicon.OWN_SIDE)
_AUTHORITY = frozenset(lexicon.AUTHORITY)
_PEOPLE = frozenset(lexicon.PEOPLE)
_WE = frozenset("wir ich".split())


def we(reading: Reading, at: int) -> bool:
    """Whether the clause around word `at` has "wir" (or a candidate's "ich") in it."""
    return any(low in _WE for low in reading.lows(reading.clause_of(at)))


def own_side(reading: Reading, at: int) -> bool:
    """Whether the clause around word `at` names the author's side: the group, the list, its members.

    Where it names another party and not the author's by name, the group is the other one's.
    """
    clause = reading.clause_of(at)
    if any(is_named_own(reading, low) for low in reading.lows(clause)):
        return True
    words = reading.words[clause.first : clause.last]
    if any(is_rival(reading, word) for word in words):
        return False
    return any(is_own_side(word.low) for word in words)


def is_named_own(reading: Reading, low: str) -> bool:
    """Whether a word names the author's party: "spd", "rathaus-spd", "spd/fdp-gruppe"."""
    own = reading.setting.own
    return low in own or (("-" in low or "/" in low) and not own.isdisjoint(_PARTS.split(low)))


def is_rival(reading: Reading, word: Word) -> bool:
    """Whether a word names a party that has not written the text: "CDU", "SPD-Ratsfraktion"."""
    rivals = reading.setting.rivals
    if not rivals or not word.is_capital:
        return False
    low = word.low
    return low in rivals or (
        ("-" in low or "/" in low) and not rivals.isdisjoint(_PARTS.split(low))
    )


_PARTS = re.compile(r"[-/]")


def is_own_side(low: str) -> bool:
    return low in _OWN or bool(_GROUP.search(low))


_GROUP = re.compile(
    r"fraktion(?:en)?$|wählergruppe|bürgerliste|wählergemeinschaft|^[a-zäöü]{1,3}wg$|^wg[a-z]{0,2}$|^fwv$"
)


def subject(reading: Reading, at: int) -> str:
    """A guess at the subject of the verb at `at`: the nearest noun before it or, if it comes first,
    behind it; lower case, "" if there is none."""
    clause = reading.clause_of(at)
    words = reading.words
    before = [i for i in reading.nouns if clause.first <= i < at]
    if before and at - clause.first <= 14 and not _starts_adverbially(reading, clause.first):
        return words[before[0]].low
    behind = [i for i in reading.nouns if at < i < clause.last]
    if behind:
        return words[behind[0]].low
    return words[before[0]].low if before else ""


_ADVERBIAL = frozenset(
    """in im am an auf bei mit für zur zum durch nach vor seit bis ab um aus über unter neben trotz
    wegen statt ohne gegen von vom zu dazu daher deshalb dafür hier dort heute so auch gerade damit
    dabei künftig zukünftig zudem außerdem weiterhin zusätzlich darüber gleichzeitig ebenso jedes
    jährlich dann darum deswegen hierfür hierzu immer nur noch spätestens""".split()
)


def _starts_adverbially(reading: Reading, first: int) -> bool:
    return reading.words[first].low in _ADVERBIAL


def is_authority(low: str) -> bool:
    return low in _AUTHORITY or low.endswith(
        (
            "verwaltung",
            "regierung",
            "amt",
            "rat",
            "tag",
            "meister",
            "meisterin",
            "kommune",
            "kommunen",
        )
    )


def is_people(low: str) -> bool:
    return low in _PEOPLE or low.endswith(("innen", "familien", "eltern", "betriebe", "pendler"))
