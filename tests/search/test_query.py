"""What is looked for when something was typed, and what of it is left out as too common."""

from __future__ import annotations

import pytest

from search import query


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("Was wird für das Klima getan?", ("Klima",)),
        ("Welche Partei verspricht Kreuzungen ohne Ampeln", ("Kreuzungen", "Ampeln")),
        ("Wie viele Bäume sind geplant?", ("Bäume",)),
        ("Was ist mit der Stadtbücherei vor?", ("Stadtbücherei",)),
        ("Bäume geplant", ("Bäume", "geplant")),
        ("Stadt", ("Stadt",)),
        ("Was tun?", ("Was", "tun?")),
    ],
)
def test_a_question_is_about_its_nouns(typed, looked_for):
    assert query.understand(typed).words == looked_for


def test_a_short_part_of_a_compound_is_worth_a_partial_match():
    typed = query.understand("Busnetz")
    (clause,) = query.clauses(typed, partial=True)
    assert "bus" in {term for phrase in clause.alternatives for term in phrase.terms}
