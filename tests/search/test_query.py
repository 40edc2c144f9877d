"""What is looked for when something was typed, and what of it is left out as too common."""

from __future__ import annotations

import pytest

from search import query
from search.engines import matching
from search.engines.base import Clause, Phrase


@pytest.mark.parametrize(
    ("typed", "looked_for"),
    [
        ("Was wird für das Klima getan?", ("Klima",)),
        ("Welche Partei verspricht Kreuzungen ohne Ampeln", ("Kreuzungen", "Ampeln")),
        ("Wie viele Bäume sind geplant?", ("Bäume",)),
        ("Was ist mit der Stadtbücherei vor?", ("Stadtbücherei",)),
        ("Ich möchte wissen, was die Parteien zum Brückenbau sagen", ("Brückenbau",)),
        ("Gibt es Pläne für eine neue Turnhalle", ("Pläne", "neue", "Turnhalle")),
        ("Suche Wohnung Altstadt", ("Suche", "Wohnung", "Altstadt")),
        ("Bäume geplant", ("Bäume", "geplant")),
        ("Stadt", ("Stadt",)),
        ("Was tun?", ("Was", "tun?")),
    ],
)
def test_a_question_is_about_its_nouns(typed, looked_for):
    assert query.understand(typed).words == looked_for


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("Rad AND Bus", "Rad Bus"),
        ("Rad UND Bus", "Rad Bus"),
        ("Rad & Bus", "Rad Bus"),
        ("Rad | Bus", "Rad OR Bus"),
        ("Rad NOT Bus", "Rad -Bus"),
        ("Rad –Bus", "Rad -Bus"),
        ("(Rad OR Bus) Schule", "Rad OR Bus Schule"),
        ("ort: Aachen Rad", "ort:Aachen Rad"),
        ("NOT ort:Aachen Rad", "-ort:Aachen Rad"),
        ("jahr:2020,2021 Rad", "jahr:2020 jahr:2021 Rad"),
    ],
)
def test_what_other_search_engines_understand_is_understood(typed, same):
    one, other = query.understand(typed), query.understand(same)
    assert (one.terms, one.fields, one.without) == (other.terms, other.fields, other.without)


@pytest.mark.parametrize(
    "typed", ["Frauen in NOT", "Bürger(innen)", "Achtung: Rad", "AND", "NOT", "( )", "|"]
)
def test_what_looks_like_an_instruction_and_is_none_is_a_word_or_nothing(typed):
    understood = query.understand(typed)
    assert not understood.fields
    assert not any(term.excluded or term.others for term in understood.terms)


def test_a_noun_typed_small_is_looked_for_as_both_words():
    (clause,) = query.clauses(query.understand("laden"))
    assert {("=laden0",), ("=laden",)} <= {phrase.terms for phrase in clause.alternatives}


def test_a_short_part_of_a_compound_is_worth_a_partial_match():
    typed = query.understand("Busnetz")
    (clause,) = query.clauses(typed, partial=True)
    assert "bus" in {term for phrase in clause.alternatives for term in phrase.terms}


@pytest.mark.parametrize(
    "typed", ["„neue Brücke“", "»neue Brücke«", "“neue Brücke”", '"neue Brücke']
)
def test_quotes_of_every_kind_make_a_phrase(typed):
    assert query.understand(typed).terms == (query.Term("neue Brücke", "phrase"),)


def test_what_was_understood_is_typed_as_it_was():
    typed = query.understand('"neue Brücke" OR Steg -Maut Fähr* ort:Moorau -partei:"Rote Runde"')
    words = [*map(query.as_typed, typed.terms), *query.fields_as_typed(typed)]
    assert " ".join(words) == ('"neue Brücke" OR Steg -Maut Fähr* ort:Moorau -partei:"Rote Runde"')


def looked_for_in_part(typed):
    clauses = query.clauses(query.understand(typed), partial=True)
    return [{term for phrase in one.alternatives for term in phrase.terms} for one in clauses]


def test_a_general_part_of_a_compound_is_not_looked_for_by_itself():
    (found,) = looked_for_in_part("Drogenpolitik")
    assert "droge" in found and "politik" not in found
    (nothing_else,) = looked_for_in_part("Stadtplatz")
    assert {"stadt", "platz"} <= nothing_else


def test_a_general_word_counts_less_than_the_others_where_some_will_do():
    doctor, country = query.clauses(query.understand("Ärztemangel Land"), partial=True)
    assert max(one.weight for one in country.alternatives) < 0.25 < doctor.alternatives[0].weight
    (alone,) = query.clauses(query.understand("Land"), partial=True)
    assert alone.alternatives[0].weight == query.WRITTEN


def test_some_words_of_a_hyphened_one_will_do():
    assert query.is_loose(query.understand("365-Euro-Ticket"))
    (found,) = looked_for_in_part("365-Euro-Ticket")
    assert {"365", "ticket"} <= found


@pytest.mark.parametrize("typed", [":innen", "_in", "/innen"])
def test_an_ending_without_its_word_is_no_error(typed):
    asked = query.understand(typed)
    assert not query.is_loose(asked)
    assert query.clauses(asked, partial=True)


def test_of_the_parts_of_a_compound_the_rarest_are_looked_for():
    parts = tuple(Phrase((word,), 0.25, spare=True) for word in ("bus", "netz", "plan"))
    clause = Clause((Phrase(("=busnetzplan",)), *parts), "should")
    held = [(9.0, 1), (1.0, matching.SPARED - 200), (0.5, 150), (0.1, matching.SPARED * 5)]
    assert list(matching._worth_looking(clause, held)) == [0, 1, 2]
    alone = [(9.0, 0), (1.0, 3), (0.0, 0), (0.1, matching.SPARED * 5)]
    assert 3 in matching._worth_looking(clause, alone)
    typed = Clause((Phrase(("bus",)), Phrase(("rad",))), "should")
    assert list(matching._worth_looking(typed, held[2:])) == [0, 1]
