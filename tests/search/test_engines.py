"""The contract: what every engine answers. Scores may differ between engines, sets and counts may not."""

from __future__ import annotations

import multiprocessing
import random
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from search.engines.base import (
    FACETS,
    Clause,
    Engine,
    EngineUnavailable,
    Entry,
    Phrase,
    Query,
    Results,
)
from tests.search import plain_engine

Made = Callable[[Iterable[Entry]], Engine]


def entry(
    name: str,
    text: str = "",
    *,
    document: int = 1,
    heading: str = "",
    title: str = "",
    position: int = 0,
    newest: int = 0,
    place: str = "",
    **facets: Any,
) -> Entry:
    """An entry whose words have one reading each, or several joined by "/"."""
    fields = {"text": text, "heading": heading, "title": title}
    return Entry(
        name,
        document,
        position,
        {
            field: [tuple(word.split("/")) for word in words.split()]
            for field, words in fields.items()
            if words
        },
        {
            facet: (values,) if isinstance(values, str) else tuple(values)
            for facet, values in facets.items()
        },
        newest,
        place,
    )


def must(*alternatives: str | Phrase) -> Clause:
    return Clause(tuple(map(_phrase, alternatives)))


def should(*alternatives: str | Phrase) -> Clause:
    return Clause(tuple(map(_phrase, alternatives)), "should")


def without(*alternatives: str | Phrase) -> Clause:
    return Clause(tuple(map(_phrase, alternatives)), "not")


def begins(*terms: str) -> Phrase:
    return Phrase(terms, prefix=True)


def _phrase(alternative: str | Phrase) -> Phrase:
    if isinstance(alternative, Phrase):
        return alternative
    return Phrase(tuple(alternative.split()))


def ask(engine: Engine, *clauses: Clause, **rest: Any) -> Results:
    return engine.search(Query(clauses, **rest))


def ids(engine: Engine, *clauses: Clause, **rest: Any) -> list[str]:
    return [hit.id for hit in ask(engine, *clauses, **rest).hits]


# Words


def test_a_word_finds_the_entries_that_have_it(holding: Made) -> None:
    engine = holding([entry("p1", "rad weg"), entry("p2", "bus")])
    assert ids(engine, must("weg")) == ["p1"]


def test_a_word_that_nothing_has_finds_nothing(holding: Made) -> None:
    assert ask(holding([entry("p1", "rad")]), must("bus")) == Results(
        0, (), {facet: {} for facet in FACETS}
    )


def test_every_reading_of_a_word_finds_it(holding: Made) -> None:
    engine = holding([entry("p1", "=radwege/radweg/+rad/+weg")])
    for term in ("=radwege", "radweg", "+rad", "+weg"):
        assert ids(engine, must(term)) == ["p1"]
    assert ids(engine, must("rad")) == []


def test_signs_and_other_scripts_are_letters_like_any(holding: Made) -> None:
    strange = ["c'est", "a\\b", "100%", "a_b", "мир", "a:b", "a&b|c!", "x*", "naïve", "日本", "(y)"]
    engine = holding(entry(f"p{at}", term) for at, term in enumerate(strange))
    assert [ids(engine, must(term)) for term in strange] == [
        [f"p{at}"] for at in range(len(strange))
    ]


def test_alternatives_are_one_or_the_other(holding: Made) -> None:
    engine = holding([entry("p1", "bus"), entry("p2", "bahn"), entry("p3", "rad")])
    assert set(ids(engine, must("bus", "bahn"))) == {"p1", "p2"}


def test_all_clauses_must_match(holding: Made) -> None:
    engine = holding([entry("p1", "bus bahn"), entry("p2", "bahn"), entry("p3", "bus")])
    assert ids(engine, must("bus"), must("bahn")) == ["p1"]


def test_clauses_may_match_in_different_fields(holding: Made) -> None:
    engine = holding([entry("p1", "bus", heading="verkehr", title="programm"), entry("p2", "bus")])
    assert ids(engine, must("bus"), must("verkehr"), must("programm")) == ["p1"]


def test_a_clause_without_alternatives_matches_nothing(holding: Made) -> None:
    engine = holding([entry("p1", "bus")])
    assert ids(engine, must("bus"), must()) == []
    assert ids(engine, should()) == []
    assert ids(engine, must("bus"), without()) == ["p1"]


def test_of_words_that_may_be_there_one_must(holding: Made) -> None:
    engine = holding([entry("p1", "bus bahn"), entry("p2", "bahn"), entry("p3", "rad")])
    assert ids(engine, should("bus"), should("bahn")) == ["p1", "p2"]


def test_a_word_that_may_be_there_only_raises_where_others_must(holding: Made) -> None:
    engine = holding([entry("p1", "bus und rad"), entry("p2", "bus und bahn")])
    assert ids(engine, must("bus"), should("bahn")) == ["p2", "p1"]


def test_an_excluded_word_takes_entries_out_in_any_field(holding: Made) -> None:
    engine = holding(
        [entry("p1", "bus"), entry("p2", "bus bahn"), entry("p3", "bus", heading="bahn")]
    )
    assert ids(engine, must("bus"), without("bahn")) == ["p1"]
    assert ids(engine, without("bahn")) == ["p1"]


def test_no_clause_finds_everything(holding: Made) -> None:
    assert ask(holding([entry("p1", "bus"), entry("p2")])).total == 2


# Phrases and beginnings


def test_a_phrase_is_words_one_after_the_other(holding: Made) -> None:
    engine = holding(
        [
            entry("p1", "bezahlbar wohnraum"),
            entry("p2", "wohnraum bezahlbar"),
            entry("p3", "bezahlbar neu wohnraum"),
        ]
    )
    assert ids(engine, must("bezahlbar wohnraum")) == ["p1"]


def test_a_phrase_does_not_run_from_one_field_into_the_next(holding: Made) -> None:
    engine = holding([entry("p1", "bezahlbar", heading="wohnraum")])
    assert ids(engine, must("bezahlbar wohnraum")) == []


def test_a_phrase_is_found_in_headings_that_entries_share(holding: Made) -> None:
    engine = holding(
        [entry(f"p{at}", "bus", heading="rad und bus", title=f"plan {at // 3}") for at in range(9)]
    )
    assert ask(engine, must("rad und")).total == 9
    assert ask(engine, must("plan 1")).total == 3


def test_readings_at_one_place_make_a_phrase_with_those_at_the_next(holding: Made) -> None:
    engine = holding([entry("p1", "=neue/neu =radwege/radweg")])
    assert ids(engine, must("neu =radwege")) == ["p1"]
    assert ids(engine, must("=neue neu")) == []


def test_a_word_may_stand_twice_in_a_phrase(holding: Made) -> None:
    engine = holding([entry("p1", "schritt für schritt"), entry("p2", "schritt für")])
    assert ids(engine, must("schritt für schritt")) == ["p1"]


def test_a_beginning_finds_all_words_that_begin_so(holding: Made) -> None:
    engine = holding(
        [entry("p1", "wohnung"), entry("p2", "wohnraum"), entry("p3", "wohl"), entry("p4", "wo")]
    )
    assert set(ids(engine, must(begins("wohn")))) == {"p1", "p2"}
    assert ids(engine, must(begins("xyz"))) == []


def test_the_last_word_of_a_phrase_may_be_a_beginning(holding: Made) -> None:
    engine = holding([entry("p1", "neu wohnung"), entry("p2", "wohnung neu")])
    assert ids(engine, must(begins("neu", "wohn"))) == ["p1"]


# Order


def test_the_text_counts_for_more_than_the_heading_and_that_for_more_than_the_title(
    holding: Made,
) -> None:
    engine = holding(
        [
            entry("p1", "x y", title="bus z"),
            entry("p2", "x y", heading="bus z"),
            entry("p3", "bus y", heading="x z"),
        ]
    )
    assert ids(engine, must("bus")) == ["p3", "p2", "p1"]


def test_what_is_worth_more_comes_first(holding: Made) -> None:
    engine = holding([entry("p1", "=busse/bus"), entry("p2", "=bus/bus")])
    clause = Clause((Phrase(("=bus",), 1.0), Phrase(("bus",), 0.5)))
    assert ids(engine, clause) == ["p2", "p1"]


def test_a_rare_word_counts_for_more_than_a_frequent_one(holding: Made) -> None:
    common = [entry(f"p{at}", "wir wollen") for at in range(20)]
    engine = holding([*common, entry("p90", "wir bauen"), entry("p91", "tram bauen")])
    assert ids(engine, should("wir"), should("tram"), limit=1) == ["p91"]


def test_the_newest_or_the_oldest_or_the_first_place_comes_first(holding: Made) -> None:
    engine = holding(
        [
            entry("p1", "bus", document=1, newest=2014, place="bremen"),
            entry("p2", "bus", document=2, newest=2024, place="aachen"),
            entry("p3", "bus", document=3, newest=2019, place="celle"),
        ]
    )
    assert ids(engine, must("bus"), order="newest") == ["p2", "p3", "p1"]
    assert ids(engine, must("bus"), order="oldest") == ["p1", "p3", "p2"]
    assert ids(engine, must("bus"), order="place") == ["p2", "p1", "p3"]
    assert ids(engine, order="added") == ["p3", "p2", "p1"]


def test_what_shares_most_words_comes_first(holding: Made) -> None:
    engine = holding(
        [
            entry("p1", "wir bauen tram und bus", unit=("pledge",)),
            entry("p2", "wir fahren bus", unit=("pledge",)),
            entry("s3.0.9", "wir bauen tram und bus", unit=("section",)),
            entry("p4", "wir sparen", unit=("pledge",)),
        ]
    )
    asked = [should(word) for word in ("bauen", "tram", "bus")]
    found = ids(engine, *asked, order="shared", filters={"unit": ("pledge",)}, facets=())
    assert found[0] == "p1"
    assert "p4" not in found
    assert "s3.0.9" not in found


def test_what_is_equal_comes_in_the_order_of_the_document(holding: Made) -> None:
    engine = holding(
        entry(f"p{document}{at}", "bus", document=document, position=at)
        for document in (3, 1)
        for at in (2, 0, 1)
    )
    assert ids(engine, must("bus")) == ["p10", "p11", "p12", "p30", "p31", "p32"]
    assert ids(engine, order="newest") == ["p10", "p11", "p12", "p30", "p31", "p32"]


def test_pages_follow_each_other_without_gap(holding: Made) -> None:
    engine = holding(entry(f"p{at:02}", "bus", position=at) for at in range(25))
    pages = [ids(engine, must("bus"), offset=start, limit=10) for start in (0, 10, 20, 30)]
    assert [len(page) for page in pages] == [10, 10, 5, 0]
    assert [each for page in pages for each in page] == [f"p{at:02}" for at in range(25)]
    assert ask(engine, must("bus"), offset=20, limit=0).total == 25


# Facets


@pytest.fixture
def town(holding: Made) -> Engine:
    return holding(
        [
            entry("p1", "bus", party="a", year="2014", topic=("verkehr", "klima")),
            entry("p2", "bus", party="a", year="2019", topic="verkehr"),
            entry("p3", "bus", party=("a", "b"), year="2019", topic="wohnen"),
            entry("p4", "rad", party="b", year="2019"),
        ]
    )


def test_facets_count_the_whole_result_and_not_the_page(town: Engine) -> None:
    found = ask(town, must("bus"), limit=1)
    assert found.facets["party"] == {"a": 3, "b": 1}
    assert found.facets["topic"] == {"verkehr": 2, "klima": 1, "wohnen": 1}
    assert found.facets["state"] == {}


def test_a_filter_narrows_the_result_and_all_other_facets(town: Engine) -> None:
    found = ask(town, must("bus"), filters={"year": ("2019",)})
    assert {hit.id for hit in found.hits} == {"p2", "p3"}
    assert found.facets["topic"] == {"verkehr": 1, "wohnen": 1}


def test_a_facet_is_counted_without_its_own_filter(town: Engine) -> None:
    found = ask(town, must("bus"), filters={"year": ("2019",), "topic": ("verkehr",)})
    assert found.total == 1
    assert found.facets["year"] == {"2014": 1, "2019": 1}
    assert found.facets["topic"] == {"verkehr": 1, "wohnen": 1}
    assert found.facets["party"] == {"a": 1}


def test_several_values_of_a_facet_are_alternatives(town: Engine) -> None:
    assert set(ids(town, filters={"topic": ("klima", "wohnen")})) == {"p1", "p3"}
    assert set(ids(town, filters={"party": ("b",)})) == {"p3", "p4"}


def test_an_unknown_value_finds_nothing_and_an_empty_filter_everything(town: Engine) -> None:
    found = ask(town, filters={"party": ("zzz",)})
    assert (found.total, found.facets["party"]) == (0, {"a": 3, "b": 2})
    assert ask(town, filters={"party": ()}).total == 4


def test_an_excluded_value_is_neither_found_nor_counted(town: Engine) -> None:
    assert set(ids(town, without={"party": ("b",)})) == set(ids(town)) - {"p3", "p4"}
    found = ask(town, filters={"party": ("a", "b")}, without={"party": ("b",), "year": ("2014",)})
    assert "b" not in found.facets["party"] and "2014" not in found.facets["year"]
    assert ask(town, without={"party": ("zzz",), "year": ()}).total == 4


def test_only_the_facets_asked_for_are_counted(town: Engine) -> None:
    assert ask(town, must("bus"), facets=("year",)).facets == {"year": {"2014": 1, "2019": 2}}


# Against the plain engine

WORDS = (
    ("=radwege", "radweg", "+rad", "+weg"),
    ("=radweg", "radweg", "+rad", "+weg"),
    ("=rad", "rad"),
    ("=bus", "bus"),
    ("=busse", "bus"),
    ("=wohnung", "wohnung", "+wohn"),
    ("=wohnen", "wohnen", "~wohn"),
    ("=bau", "bau", "~bau"),
    ("=und",),
)
TERMS = tuple(dict.fromkeys(term for word in WORDS for term in word))
VALUES = {"unit": "ps", "party": "abc", "year": "12345", "topic": "vwk", "place": "xyz"}


def some_entries(rng: random.Random, documents: Sequence[int]) -> list[Entry]:
    made = []
    for document in documents:
        title = tuple(rng.choices(WORDS, k=rng.randrange(3)))
        shared = {
            name: tuple(rng.sample(VALUES[name], rng.randrange(3))) for name in ("party", "place")
        }
        for at in range(rng.randrange(1, 9)):
            if at % 3 == 0:
                heading = tuple(rng.choices(WORDS, k=rng.randrange(3)))
            own = {
                name: tuple(rng.sample(VALUES[name], rng.randrange(3)))
                for name in ("unit", "topic", "year")
            }
            text = tuple(rng.choices(WORDS, k=rng.randrange(7)))
            made.append(
                Entry(
                    f"p{document}-{at}",
                    document,
                    at,
                    {"text": text, "heading": heading, "title": title},
                    {**shared, **own},
                    newest=rng.randrange(4),
                    place=rng.choice("abc"),
                )
            )
    return made


def some_query(rng: random.Random) -> Query:
    def phrase() -> Phrase:
        terms = tuple(rng.choices(TERMS, k=rng.choice((1, 1, 1, 2, 2, 3))))
        prefix = rng.random() < 0.2
        if prefix:
            terms = (*terms[:-1], terms[-1][: rng.randrange(1, 4)])
        return Phrase(terms, rng.choice((1.0, 0.5)), prefix)

    clauses = tuple(
        Clause(
            tuple(phrase() for _ in range(rng.choice((1, 1, 2, 4)))),
            rng.choice(("must", "must", "should", "not")),
        )
        for _ in range(rng.randrange(4))
    )
    filters = {
        name: tuple(rng.sample(values, rng.randrange(1, 3)))
        for name, values in VALUES.items()
        if rng.random() < 0.2
    }
    without = {
        name: tuple(rng.sample(values, rng.randrange(1, 3)))
        for name, values in VALUES.items()
        if rng.random() < 0.1
    }
    order = rng.choice(("relevance", "newest", "place"))
    return Query(clauses, filters, order=order, limit=1000, without=without)


def agrees(engine: Engine, entries: Sequence[Entry], query: Query) -> None:
    found = engine.search(query)
    wanted, facets = plain_engine.answer(entries, query)
    assert {hit.id for hit in found.hits} == wanted, query
    assert found.total == len(found.hits) == len(wanted), query
    assert {name: dict(counts) for name, counts in found.facets.items()} == facets, query


@pytest.mark.parametrize("seed", range(3))
def test_sets_and_counts_are_those_of_a_plain_engine(holding: Made, seed: int) -> None:
    rng = random.Random(seed)
    entries = some_entries(rng, range(1, 13))
    engine = holding(entries)
    for _ in range(60):
        agrees(engine, entries, some_query(rng))


@pytest.mark.parametrize("seed", range(2))
def test_they_are_so_after_many_changes(holding: Made, seed: int) -> None:
    rng = random.Random(seed + 100)
    held = {each: some_entries(rng, [each]) for each in range(1, 9)}
    engine = holding([entry for entries in held.values() for entry in entries])
    for _ in range(25):
        document = rng.randrange(1, 13)
        held[document] = [] if rng.random() < 0.25 else some_entries(rng, [document])
        engine.replace(document, held[document])
        every = [entry for entries in held.values() for entry in entries]
        for _ in range(4):
            agrees(engine, every, some_query(rng))
    assert engine.documents() == {
        document: frozenset(entry.id for entry in entries)
        for document, entries in held.items()
        if entries
    }


# Changes


def test_replacing_a_document_leaves_nothing_of_what_it_was(holding: Made) -> None:
    engine = holding([entry("p1", "bus", document=1), entry("p2", "bus", document=2)])
    engine.replace(1, [entry("p1", "bahn", document=1), entry("p3", "bahn", document=1)])
    assert ids(engine, must("bus")) == ["p2"]
    assert set(ids(engine, must("bahn"))) == {"p1", "p3"}


def test_a_document_without_entries_is_gone(holding: Made) -> None:
    engine = holding([entry("p1", "bus", document=1, party="a"), entry("p2", "bus", document=2)])
    engine.replace(1, [])
    engine.replace(7, [])
    found = ask(engine, must("bus"))
    assert ([hit.id for hit in found.hits], found.facets["party"]) == (["p2"], {})
    engine.replace(2, [])
    assert ask(engine).total == 0
    engine.replace(3, [entry("p9", "rad", document=3)])
    assert ids(engine) == ["p9"]


def test_a_replacement_that_fails_midway_changes_nothing(holding: Made) -> None:
    engine = holding([entry("p1", "bus", document=1)])

    def broken() -> Iterable[Entry]:
        yield entry("p2", "bahn", document=1)
        raise RuntimeError("no more")

    with pytest.raises(RuntimeError):
        engine.replace(1, broken())
    assert ids(engine) == ["p1"]
    engine.replace(1, [entry("p3", "rad", document=1)])
    assert ids(engine) == ["p3"]


def test_the_vocabulary_is_the_terms_of_the_text_with_what_holds_them(holding: Made) -> None:
    engine = holding(
        [
            entry("p1", "=bahn/bahn bus", heading="bauen"),
            entry("p2", "=bahnen/bahn =bahn/bahn", document=2),
            entry("p3", "bad", document=3),
        ]
    )
    assert dict(engine.vocabulary("ba", 10)) == {"bahn": 2, "bad": 1}
    assert list(engine.vocabulary("=", 1).items()) == [("=bahn", 2)]
    engine.replace(3, [])
    assert dict(engine.vocabulary("bad", 10)) == {}


# Rebuilding


def test_without_an_index_the_engine_says_what_to_do(engine: Engine) -> None:
    assert engine.stamp() is None
    for use in (
        lambda: ask(engine),
        lambda: engine.replace(1, [entry("p1")]),
        engine.documents,
        lambda: engine.vocabulary("a", 1),
    ):
        with pytest.raises(EngineUnavailable, match="rebuild_index"):
            use()


def test_an_empty_archive_has_an_index(holding: Made) -> None:
    engine = holding([])
    assert (ask(engine).total, engine.documents(), engine.stamp()) == (0, {}, "stamp")


def test_the_old_index_answers_while_the_new_one_is_built(holding: Made) -> None:
    engine = holding([entry("p1", "bus")])
    with engine.rebuild("later") as loader:
        loader.add([entry("p2", "bahn")])
        loader.add([entry("p3", "bahn")])
        assert (ids(engine), engine.stamp()) == (["p1"], "stamp")
    assert (set(ids(engine)), engine.stamp()) == ({"p2", "p3"}, "later")


def test_a_change_waits_while_the_index_is_rebuilt(holding: Made) -> None:
    engine = holding([entry("p1", "bus")])
    with engine.rebuild("later") as loader:
        loader.add([entry("p2", "bahn")])
        with pytest.raises(EngineUnavailable, match="wird gerade"):
            engine.replace(1, [entry("p3", "rad")])
    assert ids(engine) == ["p2"]


def test_an_interrupted_rebuild_leaves_the_old_index(holding: Made) -> None:
    engine = holding([entry("p1", "bus")])
    with pytest.raises(KeyboardInterrupt), engine.rebuild("later") as loader:
        loader.add([entry("p2", "bahn")])
        raise KeyboardInterrupt
    assert (ids(engine), engine.stamp()) == (["p1"], "stamp")
    with engine.rebuild("again") as loader:
        loader.add([entry("p4", "rad")])
    assert (ids(engine), engine.stamp()) == (["p4"], "again")


# Many at once


def test_two_writers_at_once_both_arrive(holding: Made) -> None:
    engine = holding([])

    def write(first: int) -> None:
        for document in range(first, first + 10):
            engine.replace(document, [entry(f"p{document}", "bus", document=document)])

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(write, (0, 100)))
    assert ask(engine, must("bus")).total == 20


COUNTS = {document: document + 1 for document in range(4)}


def in_words(document: int, word: str) -> list[Entry]:
    return [
        entry(f"p{document}-{at}", word, document=document, year=str(document))
        for at in range(COUNTS[document])
    ]


def read_until(engine: Engine, done: Callable[[], bool]) -> int:
    """Search and check; a document holds its whole number of entries, in the one word or in the other."""
    searches = 0
    while not done():
        found = ask(engine, must("alt", "neu"), limit=50)
        assert len(found.hits) == found.total == sum(COUNTS.values())
        assert found.facets["year"] == {str(at): count for at, count in COUNTS.items()}
        old = ask(engine, must("alt")).facets["year"]
        assert all(COUNTS[int(year)] == count for year, count in old.items())
        searches += 2
        time.sleep(0.001)
    return searches


def read_elsewhere(engine: Engine, done: Any, started: Any, told: Any) -> None:
    """In a process of its own."""
    try:
        started.release()
        told.put(read_until(engine, done.is_set))
    except BaseException as error:
        told.put(repr(error))


def test_eight_threads_and_four_processes_read_right_while_two_write(
    holding: Made, address: Callable[[], Engine]
) -> None:
    engine = holding([each for document in COUNTS for each in in_words(document, "alt")])
    fresh = multiprocessing.get_context("spawn")
    done, started, told = fresh.Event(), fresh.Semaphore(0), fresh.Queue()
    processes = [
        fresh.Process(target=read_elsewhere, args=(address(), done, started, told))
        for _ in range(4)
    ]
    for process in processes:
        process.start()
    for _ in processes:
        assert started.acquire(timeout=60)

    def write(documents: Sequence[int]) -> None:
        for turn in range(6):
            for document in documents:
                engine.replace(document, in_words(document, "neu" if turn % 2 == 0 else "alt"))

    with ThreadPoolExecutor(10) as pool:
        readers = [pool.submit(read_until, engine, done.is_set) for _ in range(8)]
        writers = [pool.submit(write, part) for part in ((0, 1), (2, 3))]
        try:
            for writer in writers:
                writer.result()
        finally:
            done.set()
        counts = [reader.result() for reader in readers] + [told.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert all(isinstance(count, int) and count > 0 for count in counts), counts
    assert ask(engine, must("alt")).total == sum(COUNTS.values())
