"""Which way do learned weights lean? A linear judge over the features of a unit.

The weights are those of a logistic regression (L2), fitted by `manage.py fit_judge` to texts that people
have labelled; a weights file holds numbers for words, forms and rules, and no text. It is plain: one
feature and its weight a line, so that every decision can be read as a sum. `fitted` are fingerprints of
the documents that were fitted to, so that figures for them can be told from honest ones.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

WEIGHTS = Path(__file__).with_name("weights")


@dataclass(frozen=True, slots=True)
class Judge:
    """`bias` and `weights`: log-odds. A feature without a weight says nothing."""

    bias: float = 0.0
    weights: Mapping[str, float] | None = None
    fitted: frozenset[str] = frozenset()

    def score(self, features: Iterable[str]) -> float:
        """The log-odds that what was asked is so; above 0: yes."""
        known = self.weights or {}
        return self.bias + sum([known[feature] for feature in features if feature in known])

    def reasons(self, features: Sequence[str], most: int = 3) -> tuple[str, ...]:
        """The features that weighed most, for and against: "+1.2 rule we-want", "-0.8 form …"."""
        known = self.weights or {}
        weighed = sorted((known[name], name) for name in set(features) if known.get(name))
        chosen = [pair for pair in weighed[::-1][:most] if pair[0] > 0]
        chosen += [pair for pair in weighed[:most] if pair[0] < 0]
        return tuple(f"{weight:+.1f} {name}" for weight, name in chosen)


@cache
def load(name: str) -> Judge:
    """The judge `name` that ships with the code."""
    return read((WEIGHTS / f"{name}.tsv").read_text(encoding="utf-8"))


def read(text: str) -> Judge:
    """A judge from the text of a weights file."""
    bias, weights, fitted = 0.0, {}, frozenset[str]()
    for line in text.splitlines():
        if line.startswith("#"):
            if line.startswith("# fitted "):
                fitted = frozenset(line.split()[2:])
            continue
        feature, _, weight = line.partition("\t")
        if feature == "":
            bias = float(weight)
        else:
            weights[feature] = float(weight)
    return Judge(bias, weights, fitted)


def write(judge: Judge, notes: Sequence[str]) -> str:
    """The text of a weights file; `notes` say what it was fitted to and how well it did."""
    lines = [f"# {note}" for note in notes]
    lines.append(f"# fitted {' '.join(sorted(judge.fitted))}")
    lines.append(f"\t{judge.bias:.2f}")
    weights = judge.weights or {}
    lines += [f"{feature}\t{weights[feature]:.2f}" for feature in sorted(weights)]
    return "\n".join(lines) + "\n"
