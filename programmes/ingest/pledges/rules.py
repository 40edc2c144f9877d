"""What is a rule? A named question to a unit, answered with the words that made it fire."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from programmes.ingest.pledges.grammar import Reading
from programmes.ingest.pledges.units import Unit

Find = Callable[[Unit, Reading], str]


@dataclass(frozen=True, slots=True)
class Rule:
    """`weight`: what the rule adds to the log-odds that a unit is a pledge (below 0: speaks against)."""

    name: str
    weight: float
    find: Find


@dataclass(frozen=True, slots=True)
class Evidence:
    """A rule that fired, and the words that made it."""

    rule: str
    words: str


class Rules:
    """A list of rules that is written as decorated functions, in the order in which they stand."""

    def __init__(self) -> None:
        self.rules: list[Rule] = []

    def rule(self, weight: float) -> Callable[[Find], Find]:
        def add(find: Find) -> Find:
            self.rules.append(Rule(find.__name__.replace("_", "-"), weight, find))
            return find

        return add

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.rules)
