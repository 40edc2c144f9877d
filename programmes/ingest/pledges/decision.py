"""What do the rules say of a unit: which fire, what is their sum, which is the cue?"""

from __future__ import annotations

from collections.abc import Sequence

from programmes.ingest.pledges import commitment, exclusions, lists
from programmes.ingest.pledges.grammar import Reading
from programmes.ingest.pledges.rules import Evidence, Rule
from programmes.ingest.pledges.units import Unit

RULES: tuple[Rule, ...] = (*commitment.RULES.rules, *lists.RULES.rules, *exclusions.RULES.rules)
BIAS = -1.0


# Cues that commit by themselves; a sentence without any of them is not a pledge.
_WEAK = frozenset("action-noun action-verb we-can will-be".split())
COMMITTING = frozenset(rule.name for rule in commitment.RULES.rules) - _WEAK
# Cues whose verb is "sein", "haben" or "gehören": the verb states no fact beside them.
_COPULAR = frozenset(
    "would-be-a-step said-that something-needs belongs goal important continuation priority need task-at-hand stand-for is-to-be-done infinitive-end".split()
)
# What voters are told to do is told with these, too.
_OF_VOTERS = frozenset(
    "must shall we-need we-want we-must imperative need important demand relative-commitment".split()
)
NO_CUE = Rule("no-commitment", -2.5, lambda unit, reading: "")


def evidence(unit: Unit, reading: Reading) -> list[Evidence]:
    """Every rule that fires on a unit."""
    found = {}
    for rule in RULES:
        words = rule.find(unit, reading)
        if words:
            found[rule.name] = words
    if "engage" in found or "stand-for" in found:
        found.pop("we-act", None)
    cues = COMMITTING & found.keys()
    if cues & _COPULAR:
        found.pop("states-a-fact", None)
        found.pop("ongoing", None)
    if cues & {"demand", "engage"}:
        found.pop("ongoing", None)
        found.pop("told-time", None)
    if "said-that" in cues:
        for name in ("perfect", "told-time", "own-cause"):
            found.pop(name, None)
    if cues & {"is-brought-about", "authority-acts"}:
        for name in ("third-subject-present", "others-announce"):
            found.pop(name, None)
    if "would-be-a-step" in cues:
        found.pop("can-or-could", None)
    if "ellipsis" in cues:
        found.pop("fragment", None)
    if "something-needs" in cues:
        found.pop("people-must", None)
        found.pop("value-statement", None)
    if cues:
        found.pop("item-states", None)
    elif unit.kind != "item":
        found[NO_CUE.name] = "no cue"
    return [Evidence(name, words) for name, words in found.items()]


WEIGHTS = {rule.name: rule.weight for rule in (*RULES, NO_CUE)}


def score(found: Sequence[Evidence]) -> float:
    """The sum of the rules' own weights; a judge may see it otherwise."""
    return BIAS + sum(WEIGHTS[item.rule] for item in found)


def is_barred(found: Sequence[Evidence], lead_in: str = "") -> bool:
    """Whether it is settled already: a contact line, an appeal to voters, an item of a list of facts without a cue of its own."""
    rules = {item.rule for item in found}
    told = bool(lead_in) and "lead-in-tells-facts" in rules and not rules & COMMITTING
    canvasses = "appeal-to-voters" in rules and not rules & COMMITTING - _OF_VOTERS
    return told or canvasses or "no-statement" in rules


def clues(found: Sequence[Evidence], most: int = 3) -> tuple[str, ...]:
    """The rules that weighed most, with their words; those against a pledge behind a minus."""
    ordered = sorted(found, key=lambda item: -WEIGHTS[item.rule])
    spoke_for = [f"{item.rule}: {item.words[:60]}" for item in ordered if WEIGHTS[item.rule] > 0]
    against = [f"-{item.rule}: {item.words[:60]}" for item in ordered if WEIGHTS[item.rule] < 0]
    return (*spoke_for[:most], *against[::-1][:most])


def cue(found: Sequence[Evidence]) -> str:
    """The rule that weighed most for a pledge, with its words: "we-want: wollen wir"; "" if none did."""
    best = max(found, key=lambda item: WEIGHTS[item.rule], default=None)
    if best is None or WEIGHTS[best.rule] <= 0:
        return ""
    return f"{best.rule}: {best.words}"[:200]
