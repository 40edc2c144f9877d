"""What is a pledge about? One main topic, at most two, none where no term speaks.

Indicator terms (`terms`) are looked for in the sentence, its heading and its neighbours (`evidence`); what
each observation is worth was fitted to labelled texts (`topics.tsv`, made by `manage.py fit_judge`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from programmes.ingest.pieces import Pledge, Section, Topic
from programmes.ingest.topics.evidence import Evidence, collect
from programmes.ingest.topics.terms import terms

WEIGHTS = Path(__file__).with_name("topics.tsv")
SECOND = 1.0  # how far behind the main topic, in log-odds, a second one may be


@dataclass(frozen=True, slots=True)
class Weights:
    """What an observation is worth, and how much likelier than others a topic is by itself (log-odds)."""

    observations: Mapping[str, float]
    topics: Mapping[str, float]


def assign(
    pledges: tuple[Pledge, ...], sections: tuple[Section, ...], topics: tuple[Topic, ...]
) -> tuple[Pledge, ...]:
    """The pledges with their topics, the main one first."""
    weights = load()
    assigned = []
    for pledge, evidence in zip(pledges, collect(pledges, sections, terms(topics)), strict=True):
        chosen = choose(evidence, weights)
        reasons = explain(evidence, weights, chosen[0]) if chosen else ()
        assigned.append(replace(pledge, topics=chosen, topic_reasons=reasons))
    return tuple(assigned)


def choose(evidence: Evidence, weights: Weights) -> tuple[str, ...]:
    """The topic that most speaks for, and a second one that the sentence names nearly as clearly."""
    ranked = sorted(
        (
            (score(strengths, weights) + weights.topics.get(slug, 0.0), slug)
            for slug, strengths in evidence.found.items()
        ),
        key=lambda pair: (-pair[0], pair[1]),
    )
    if not ranked:
        return ()
    best, main = ranked[0]
    for other, slug in ranked[1:2]:
        if other >= best - SECOND and slug in evidence.words:
            return (main, slug)
    return (main,)


def score(strengths: Mapping[str, float], weights: Weights) -> float:
    known = weights.observations
    return sum([known[name] * own for name, own in strengths.items() if name in known])


def explain(evidence: Evidence, weights: Weights, slug: str, most: int = 3) -> tuple[str, ...]:
    """What most spoke for a topic: "+1.9 sentence (radwege)", "+0.8 heading"."""
    known = weights.observations
    word = evidence.words.get(slug, "")
    weighed = sorted(
        ((known.get(name, 0.0) * own, name) for name, own in evidence.found[slug].items()),
        key=lambda pair: (-pair[0], pair[1]),
    )
    return tuple(
        f"{worth:+.1f} {name}" + (f" ({word})" if name == "sentence" and word else "")
        for worth, name in weighed[:most]
        if worth >= 0.05
    )


@cache
def load() -> Weights:
    """The weights that ship with the code."""
    return read(WEIGHTS.read_text(encoding="utf-8"))


def read(text: str) -> Weights:
    """Weights from the text of their file: "kind, name, weight" a line, tabs between."""
    found: dict[str, dict[str, float]] = {"observation": {}, "topic": {}}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            kind, name, weight = line.split("\t")
            found[kind][name] = float(weight)
    return Weights(found["observation"], found["topic"])


def write(weights: Weights, notes: tuple[str, ...] = ()) -> str:
    """The text of a weights file; `notes` say what it was fitted to and how well it did."""
    lines = [f"# {note}" for note in notes]
    for kind, own in (("observation", weights.observations), ("topic", weights.topics)):
        lines += [f"{kind}\t{name}\t{own[name]:.2f}" for name in sorted(own)]
    return "\n".join(lines) + "\n"
