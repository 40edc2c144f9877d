"""How alike are two pledges, and in which words? Plain numbers with a plain meaning.

Wording: the share of runs of three words (in their dictionary forms) that both have, of all that either has
(Jaccard); found fast by minima of hashes in bands (Broder 1997; Leskovec et al., Mining of Massive Datasets,
ch. 3). Content: the share of content words that both have.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any, NamedTuple

import numpy as np

from search import analysis
from search.thesaurus import lemma_of

VERSION = 1
RUN = 3  # words
FEWEST = 6  # words: shorter ones are alike by chance
BANDS, ROWS = (
    16,
    3,
)  # at a share of 0.5 a pair is seen with 88 %, at 0.6 with 98 %, at 0.7 with 99.9 %
ALIKE = 0.5  # the share of runs from which two pledges count as worded nearly alike
COMMON = frozenset(f"={analysis.fold(word)}" for word in analysis.STOP)  # as they are written
_random = np.random.default_rng(41)
_factors = _random.integers(1, 1 << 63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
_shifts = _random.integers(0, 1 << 63, BANDS * ROWS, dtype=np.uint64)
_mixers = _random.integers(1, 1 << 63, ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)


class Part(NamedTuple):
    """A piece of a text; `shared`: the other has this word, too."""

    text: str
    shared: bool


def runs(text: str) -> frozenset[str]:
    """The runs of three words; none of a text that is too short to be alike but by chance."""
    words = [lemma_of(readings) for readings in analysis.terms(text)]
    if len(words) < FEWEST:
        return frozenset()
    return frozenset(" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1))


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """What both have of what either has, from 0 to 1."""
    either = len(one | other)
    return len(one & other) / either if either else 0.0


def bands(found: frozenset[str]) -> np.ndarray[Any, np.dtype[np.int64]]:
    """Keys of which two texts share one or more if they are alike; as many as there are bands."""
    values = np.fromiter(
        (int.from_bytes(blake2b(run.encode(), digest_size=8).digest(), "big") for run in found),
        np.uint64,
        len(found),
    )
    minima = (np.outer(values, _factors) + _shifts).min(axis=0).reshape(BANDS, ROWS)
    mixed = (minima * _mixers).sum(axis=1, dtype=np.uint64)
    keys: np.ndarray[Any, np.dtype[np.int64]]
    keys = (mixed ^ np.arange(BANDS, dtype=np.uint64)).view(np.int64)
    return keys


def content(text: str) -> frozenset[str]:
    """The content words of a text in their dictionary forms."""
    return frozenset(
        lemma_of(readings)
        for readings in analysis.terms(text)
        if readings[0] not in COMMON and len(readings[0]) > 2
    )


def compared(text: str, other: frozenset[str]) -> list[Part]:
    """The text with the content words that the other has told apart."""
    parts = []
    at = 0
    for start, end, lemma in _content(text):
        if lemma in other:
            if start > at:
                parts.append(Part(text[at:start], False))
            parts.append(Part(text[start:end], True))
            at = end
    if at < len(text):
        parts.append(Part(text[at:], False))
    return parts


def differing(text: str, other: frozenset[str]) -> list[str]:
    """The content words that the other does not have, as written, in order and once each."""
    return list(
        dict.fromkeys(text[start:end] for start, end, lemma in _content(text) if lemma not in other)
    )


def _content(text: str) -> Iterator[tuple[int, int, str]]:
    for word in analysis.words(text):
        if word.terms[0] not in COMMON and len(word.terms[0]) > 2:
            yield word.start, word.end, lemma_of(word.terms)
