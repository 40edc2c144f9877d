"""Is a unit a pledge, all evidence weighed?"""

from __future__ import annotations

from programmes.ingest.pledges import commitment, exclusions, lists
from programmes.ingest.pledges.grammar import Reading
from programmes.ingest.pledges.rules import Evidence, Rule
from programmes.ingest.pledges.units import Unit

RULES: tuple[Rule, ...] = (*commitment.RULES.rules, *lists.RULES.rules, *exclusions.RULES.rules)
BIAS = -1.0


def evidence(unit: Unit, reading: Reading) -> list[Evidence]:
    """Every rule that fires on a unit."""
    found = []
    for rule in RULES:
        words = rule.find(unit, reading)
        if words:
            found.append(Evidence(rule.name, words))
    return found


WEIGHTS = {rule.name: rule.weight for rule in RULES}


def score(found: list[Evidence]) -> float:
    return BIAS + sum(WEIGHTS[item.rule] for item in found)


def cue(found: list[Evidence]) -> str:
    """The rule that weighed most for a pledge, with its words: "we-want: wollen wir"."""
    best = max(found, key=lambda item: WEIGHTS[item.rule])
    return f"{best.rule}: {best.words}"[:200]
