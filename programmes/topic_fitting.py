"""How are the weights of topics found? A conditional logit (McFadden 1974) over what speaks for each topic.

All topics share the weights of the observations, so that a few numbers suffice and hold for topics and
terms that are added later; what differs is how likely a topic is by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from programmes import evaluation
from programmes.ingest.pieces import Known, Parsed, Pledge
from programmes.ingest.pledges.units import units as split
from programmes.ingest.topics import Weights, choose
from programmes.ingest.topics.evidence import Evidence, collect
from programmes.ingest.topics.terms import terms

Floats = NDArray[np.float64]

FIRST = 0.85  # of the answer that goes to the first of two topics
TOLD = 0.25  # how much a unit counts that is no pledge but has a topic
RIDGE = 1.0


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled unit with topics: its document, what speaks for each topic, the answer (main one first)."""

    document: str
    evidence: Evidence
    topics: tuple[str, ...]
    is_pledge: bool


def examples(
    name: str, units: Sequence[evaluation.Unit], parsed: Parsed, known: Known
) -> Iterator[Example]:
    """The labelled units of a document that have topics; the unlabelled ones stand around them."""
    labels: dict[str, list[evaluation.Unit]] = {}
    for unit in units:
        labels.setdefault(evaluation.only_letters(unit.text), []).append(unit)
    every = tuple(split(parsed.sections))
    pieces = [Pledge(one.section, one.start, one.end, one.text, "vague", "") for one in every]
    slugs = {topic.slug for topic in known.topics}
    for one, evidence in zip(
        every, collect(pieces, parsed.sections, terms(known.topics)), strict=True
    ):
        same = labels.get(evaluation.only_letters(one.text))
        label = same.pop(0) if same else None
        topics = tuple(slug for slug in label.topics if slug in slugs) if label else ()
        if label and topics:
            yield Example(name, evidence, topics, label.is_pledge)


def fit(examples: Sequence[Example], slugs: Sequence[str]) -> Weights:
    """The weights under which the labelled topics are likeliest, held back by `RIDGE`."""
    names = sorted(
        {name for one in examples for own in one.evidence.found.values() for name in own}
    )
    column = {name: number for number, name in enumerate(names)}
    row = {slug: number for number, slug in enumerate(slugs)}
    seen = np.zeros((len(examples), len(slugs), len(names)))
    answers = np.zeros((len(examples), len(slugs)))
    for number, one in enumerate(examples):
        for slug, strengths in one.evidence.found.items():
            for name, strength in strengths.items():
                seen[number, row[slug], column[name]] = strength
        first, *others = one.topics[:2]
        answers[number, row[first]] = FIRST if others else 1.0
        for other in others:
            answers[number, row[other]] = 1 - FIRST
    counted = np.array([1.0 if one.is_pledge else TOLD for one in examples])
    width = len(names)

    def loss(weights: Floats) -> tuple[float, Floats]:
        odds = seen @ weights[:width] + weights[width:]
        odds -= odds.max(axis=1, keepdims=True)
        log = odds - np.log(np.exp(odds).sum(axis=1, keepdims=True))
        off = counted[:, None] * (np.exp(log) - answers)
        slope = np.concatenate([np.einsum("nk,nks->s", off, seen), off.sum(axis=0)])
        value = -float((counted[:, None] * answers * log).sum())
        return value + RIDGE / 2 * float(weights @ weights), slope + RIDGE * weights

    found = _descend(loss, np.zeros(width + len(slugs)))
    return Weights(
        {name: round(float(found[number]), 2) for name, number in column.items()},
        {slug: round(float(found[width + number]), 2) for slug, number in row.items()},
    )


def right(examples: Sequence[Example], weights: Weights) -> Mapping[str, list[tuple[bool, bool]]]:
    """For the pledges of each document: is the main topic the first of the labelled ones, one of them?"""
    found: dict[str, list[tuple[bool, bool]]] = {}
    for one in examples:
        if one.is_pledge:
            main = choose(one.evidence, weights)[:1]
            answer = (main == one.topics[:1], bool(main) and main[0] in one.topics)
            found.setdefault(one.document, []).append(answer)
    return found


def _descend(
    loss: Callable[[Floats], tuple[float, Floats]], at: Floats, memory: int = 10
) -> Floats:
    """The lowest point of a smooth, convex function: L-BFGS (Nocedal 1980)."""
    value, slope = loss(at)
    steps: list[tuple[Floats, Floats]] = []
    for _ in range(300):
        if float(np.linalg.norm(slope)) < 1e-3:
            break
        way = slope.copy()
        taken = []
        for step, change in reversed(steps):
            part = float(step @ way) / float(change @ step)
            taken.append(part)
            way -= part * change
        if steps:
            step, change = steps[-1]
            way *= float(step @ change) / float(change @ change)
        else:
            way /= max(1.0, float(np.linalg.norm(slope)))
        for (step, change), part in zip(steps, reversed(taken), strict=True):
            way += (part - float(change @ way) / float(change @ step)) * step
        length, downhill = 1.0, float(slope @ way)
        while True:
            new, new_slope = loss(at - length * way)
            if new <= value - 1e-4 * length * downhill or length < 1e-8:
                break
            length /= 2
        step, change = -length * way, new_slope - slope
        if float(step @ change) > 1e-12:
            steps = [*steps, (step, change)][-memory:]
        at, value, slope = at - length * way, new, new_slope
    return at
