"""The words of many texts, looked at by two processes."""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Future

import pytest

from search import analysis, learning

NOUNS = "Rad Bus Bahn Schul Wald Markt Kinder Sport Wohnungs Klima Feuerwehr Gesundheits".split()
HEADS = "weg haus plan platz netz dienst konzept zentrum förderung beratung".split()


def texts(ending: str) -> list[str]:
    """New words for each ending, with a stop or a bracket after them."""
    pairs = itertools.product(NOUNS, HEADS, HEADS)
    return [f"{first}{second}s{third}{ending}, ({third})." for first, second, third in pairs]


@pytest.fixture(autouse=True)
def forgetful() -> Iterator[None]:
    """Nothing is remembered from other tests, nor left for them."""
    analysis.remember_most(0)
    with learning.learner():
        yield


def learned(learner: learning.Learner, some: list[str]) -> bool:
    """Learn them; was there another process? The terms are those that each word has by itself."""
    learner.learn(some)
    for text in some:
        assert analysis.terms(text) == [word.terms for word in analysis.words(text)]
    return learner._pool is not None


def test_two_processes_learn_what_one_would(monkeypatch):
    monkeypatch.setattr(learning, "FEWEST", 100)
    learner = learning.Learner(processes=2)
    learner._awake = True
    try:
        assert learned(learner, texts("amt"))
        assert analysis.unknown(texts("amt")) == []
    finally:
        learner.close()


def test_when_the_other_process_is_killed_this_one_goes_on(monkeypatch):
    monkeypatch.setattr(learning, "FEWEST", 100)
    learner = learning.Learner(processes=2)
    learner._awake = True
    learned(learner, texts("rat"))
    for pid in list(learner._pool._processes):
        os.kill(pid, signal.SIGKILL)
    assert not learned(learner, texts("hof"))


def test_nobody_waits_for_a_process_that_is_not_awake_yet(monkeypatch):
    monkeypatch.setattr(learning, "FEWEST", 100)
    learner = learning.Learner(processes=2)
    monkeypatch.setattr(learner, "_given", lambda batch: Future())
    learner.learn(texts("bau"))
    assert 0 < len(analysis.unknown(texts("bau"))) <= learning.AHEAD * learning.BATCH


@pytest.mark.parametrize(("processes", "some"), [(1, texts("tor")), (2, texts("bad")[:3])])
def test_one_processor_or_a_few_words_need_no_other_process(processes, some):
    assert not learned(learning.Learner(processes), some)


def test_no_more_is_remembered_than_may_be():
    analysis.remember_most(5)
    assert [len(analysis.terms(f"Wort{at} Bus")) for at in range(20)] == [2] * 20
    assert 0 < len(analysis._pieces) <= 5
    analysis.remember_most(0)
    assert not analysis._pieces
