"""How are the judges' weights found? L2 logistic regression over labelled units, plain and repeatable.

A judge is always asked about documents that it was not fitted to (`cross_validated`): sentences of one
text resemble each other, so that units dealt out singly would flatter it.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from programmes import evaluation, topic_fitting
from programmes.ingest import pledges
from programmes.ingest.pieces import Known, Parsed
from programmes.ingest.pledges import decision, features, specificity
from programmes.ingest.pledges.judge import Judge
from programmes.ingest.topics import Weights

Floats = NDArray[np.float64]

BORDERLINE = 0.6  # how much a unit counts that its annotator was not sure of
RAREST = 4  # units a feature must be seen in
FEWEST_DOCUMENTS = 2  # a feature of one text alone would be learned by heart
RIDGE = 6.0  # how strongly weights are held back
TRUST = 3.0  # how much more a rule that a person wrote is believed than a word
LEAST = 0.02  # a smaller weight is not worth its line


@dataclass(frozen=True, slots=True)
class Asked:
    """A unit as the judges see it, and what an annotator said of it (None: not labelled)."""

    text: str
    of_pledge: Sequence[str]
    of_specificity: Sequence[str]
    by_rules: tuple[bool, str]
    barred: bool
    label: evaluation.Unit | None


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled document: its name among all, the group it came with, its labels, its units."""

    name: str
    group: str
    units: Sequence[evaluation.Unit]
    asked: Sequence[Asked]
    topics: Sequence[topic_fitting.Example] = ()

    def named_units(self) -> list[evaluation.Unit]:
        """The labels under the document's own name, since two groups may have a file of one name."""
        return [replace(unit, seed=self.name) for unit in self.units]

    def by_rules(self) -> list[evaluation.Found]:
        """What the rules find by themselves."""
        return [
            evaluation.Found(one.text, one.by_rules[1]) for one in self.asked if one.by_rules[0]
        ]


def document(
    name: str, group: str, units: Sequence[evaluation.Unit], parsed: Parsed, known: Known
) -> Document:
    """A document with what is to be seen in it; labels go to units of the same letters."""
    labels: dict[str, list[evaluation.Unit]] = {}
    for unit in units:
        labels.setdefault(evaluation.only_letters(unit.text), []).append(unit)
    seen = pledges.examine(parsed.sections, parsed.about, known)
    asked = []
    own = [features.of_unit(one) for one in seen]
    around = features.of_document(seen, parsed.about, own)
    for one, alone, shown in zip(seen, own, around, strict=True):
        same = labels.get(evaluation.only_letters(one.unit.text))
        asked.append(
            Asked(
                text=one.unit.text,
                of_pledge=shown,
                of_specificity=specificity.shown(one, alone),
                by_rules=(one.score > 0, specificity.by_rules(one.unit, one.reading)),
                barred=decision.is_barred(one.evidence, one.unit.lead_in),
                label=same.pop(0) if same else None,
            )
        )
    topics = tuple(topic_fitting.examples(name, units, parsed, known))
    return Document(name, group, units, asked, topics)


def judges(documents: Sequence[Document]) -> tuple[Judge, Judge]:
    """The judge of pledges and the judge of specificity, fitted to all of the documents."""
    marks = frozenset(
        mark for document in documents for mark in evaluation.fingerprints(document.units)
    )
    labelled = [
        (one, one.label, document.name)
        for document in documents
        for one in document.asked
        if one.label is not None
    ]
    pledge = fit(
        [
            Example(one.of_pledge, label.is_pledge, name, BORDERLINE if label.borderline else 1.0)
            for one, label, name in labelled
        ]
    )
    concrete = fit(
        [
            Example(one.of_specificity, label.specificity == "concrete", name)
            for one, label, name in labelled
            if label.is_pledge and label.specificity
        ]
    )
    return replace(pledge, fitted=marks), replace(concrete, fitted=marks)


def judged(
    documents: Sequence[Document], pledge: Judge, concrete: Judge
) -> dict[str, list[evaluation.Found]]:
    """What two judges find in documents."""
    return {
        document.name: [
            evaluation.Found(
                one.text, "concrete" if concrete.score(one.of_specificity) > 0 else "vague"
            )
            for one in document.asked
            if pledge.score(one.of_pledge) > 0 and not one.barred
        ]
        for document in documents
    }


def cross_validated(
    documents: Sequence[Document], number: int = 10
) -> Mapping[str, list[evaluation.Found]]:
    """What is found in each document by judges that were fitted to others."""
    found: dict[str, list[evaluation.Found]] = {}
    for held in folds([document.name for document in documents], number):
        two = judges([document for document in documents if document.name not in held])
        found |= judged([document for document in documents if document.name in held], *two)
    return found


def topic_weights(documents: Sequence[Document], slugs: Sequence[str]) -> Weights:
    """The weights of topics, fitted to all of the documents."""
    return topic_fitting.fit([one for document in documents for one in document.topics], slugs)


def cross_validated_topics(
    documents: Sequence[Document], slugs: Sequence[str], number: int = 10
) -> Mapping[str, Sequence[tuple[bool, bool]]]:
    """For the labelled pledges of each document, by weights that were fitted to others: is the main topic
    the first one of the label, is it one of them?"""
    found: dict[str, Sequence[tuple[bool, bool]]] = {}
    for held in folds([document.name for document in documents], number):
        weights = topic_weights([one for one in documents if one.name not in held], slugs)
        asked = [one for document in documents if document.name in held for one in document.topics]
        found |= topic_fitting.right(asked, weights)
    return found


# -- logistic regression -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Example:
    """One labelled unit: its features, the answer, its document, and how much it counts."""

    features: Sequence[str]
    answer: bool
    document: str
    weight: float = 1.0


def fit(examples: Sequence[Example], ridge: float = RIDGE) -> Judge:
    """The judge that fits the examples best, its weights held back by `ridge`."""
    counts = Counter(feature for example in examples for feature in set(example.features))
    pairs_seen = {
        (feature, example.document) for example in examples for feature in example.features
    }
    spread = Counter(feature for feature, _ in pairs_seen)
    names = sorted(
        feature
        for feature, count in counts.items()
        if count >= RAREST and spread[feature] >= FEWEST_DOCUMENTS
    )
    column = {feature: number for number, feature in enumerate(names)}
    pairs = [
        (row, column[feature])
        for row, example in enumerate(examples)
        for feature in set(example.features)
        if feature in column
    ]
    rows = np.array([row for row, _ in pairs], dtype=np.int64)
    columns = np.array([number for _, number in pairs], dtype=np.int64)
    answers = np.array([example.answer for example in examples], dtype=np.float64)
    counted = np.array([example.weight for example in examples], dtype=np.float64)
    holding = np.array(
        [ridge / TRUST**2 if name.startswith("rule ") else ridge for name in names] + [1e-3]
    )
    weights = _newton(rows, columns, len(names), answers, counted, holding)
    kept = {
        name: round(float(weight), 2)
        for name, weight in zip(names, weights[:-1], strict=True)
        if abs(weight) >= LEAST
    }
    return Judge(round(float(weights[-1]), 2), kept)


def folds(documents: Sequence[str], number: int = 10) -> Iterator[frozenset[str]]:
    """Documents dealt into `number` heaps, the same ones each time."""
    ordered = sorted(set(documents))
    for fold in range(min(number, len(ordered))):
        yield frozenset(ordered[fold::number])


def _newton(
    rows: NDArray[np.int64],
    columns: NDArray[np.int64],
    width: int,
    answers: Floats,
    counted: Floats,
    holding: Floats,
) -> Floats:
    """Newton's method, each step solved by conjugate gradients; the last weight is the bias."""
    height = len(answers)

    def forward(weights: Floats) -> Floats:
        sums = np.bincount(rows, weights=weights[columns], minlength=height)
        return sums + weights[-1]

    def back(residual: Floats) -> Floats:
        sums = np.bincount(columns, weights=residual[rows], minlength=width)
        return np.append(sums, residual.sum())

    weights = np.zeros(width + 1)
    for _ in range(30):
        odds = 1 / (1 + np.exp(-np.clip(forward(weights), -30, 30)))
        gradient = back((odds - answers) * counted) + holding * weights
        curvature = odds * (1 - odds) * counted
        step = np.zeros(width + 1)
        left = -gradient
        direction = left.copy()
        size = float(left @ left)
        if math.sqrt(size) < 1e-3:
            break
        for _ in range(60):
            bent = back(curvature * forward(direction)) + holding * direction
            length = size / float(direction @ bent)
            step += length * direction
            left -= length * bent
            new = float(left @ left)
            if new < 1e-8:
                break
            direction = left + (new / size) * direction
            size = new
        weights += step
    return weights
