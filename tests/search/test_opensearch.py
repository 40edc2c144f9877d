"""What the cluster is asked beyond the contract: its address, its sentences, and that a dead node loses nothing."""

from __future__ import annotations

import dataclasses
import os
import threading
import time
from collections.abc import Iterator

import pytest

from search.engines import UnknownEngine, get_engine
from search.engines.base import Clause, Engine, EngineUnavailable, Entry, Phrase, Query
from search.engines.opensearch import FAILOVER, TRY, OpenSearchEngine, schema
from search.engines.opensearch.address import Address, address
from tests import cluster


def word(text: str, document: int = 1, at: int = 0) -> Entry:
    places = [tuple(each.split("/")) for each in text.split(" ")]
    return Entry(f"p{document}-{at}", document, at, {"text": places}, {"year": (str(document),)})


def fill(engine: Engine, *entries: Entry) -> Engine:
    with engine.rebuild("stamp") as loader:
        loader.add(entries)
    return engine


def found(engine: Engine, *terms: str) -> int:
    return engine.search(Query((Clause(tuple(Phrase((term,)) for term in terms)),), limit=0)).total


@pytest.fixture
def engine(opensearch: cluster.Cluster, request: pytest.FixtureRequest) -> Iterator[Engine]:
    name = f"own-{abs(hash(request.node.name))}"
    made = OpenSearchEngine(opensearch.url(name, "?shards=2"))
    yield made
    made.close()


# The address


def test_an_address_has_hosts_login_index_and_options() -> None:
    url = "opensearchs://anna:ge%40heim@one,two:9201/archiv?shards=6&replicas=2&ca=/etc/ca.pem"
    assert address(url) == Address(
        hosts=(("one", 9200), ("two", 9201)),
        index="archiv",
        user="anna",
        password="ge@heim",
        tls=True,
        ca="/etc/ca.pem",
        shards=6,
        replicas=2,
    )
    assert address("opensearch://[::1]:9300") == Address(hosts=(("::1", 9300),))
    assert address("opensearch://one?tls=true&verify=false").verify is False


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("opensearch:///", "kein Rechner"),
        ("opensearch://one:port/", "kein Rechner"),
        ("opensearch://one/Archiv", "Kleinbuchstaben"),
        ("opensearch://one/?shard=3", "shard gibt es nicht"),
        ("opensearch://one/?replicas=viele", "replicas=viele"),
        ("opensearch://one/?shards=0", "ab 1"),
        ("opensearch://one/?tls=vielleicht", "weder true noch false"),
    ],
)
def test_an_address_that_is_none_is_said_in_one_sentence(url: str, sentence: str) -> None:
    with pytest.raises(UnknownEngine, match=sentence):
        get_engine(url)


def test_a_password_is_in_no_message() -> None:
    engine = OpenSearchEngine("opensearch://anna:geheim@127.0.0.1:9/")
    with pytest.raises(EngineUnavailable) as told:
        engine.stamp()
    assert "127.0.0.1:9" in str(told.value)
    assert "geheim" not in str(told.value)


# Sentences


def test_a_cluster_out_of_reach_is_one_german_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.engines.opensearch.FAILOVER", 0.2)
    engine = OpenSearchEngine("opensearch://127.0.0.1:9,127.0.0.1:10/")
    for use in (engine.documents, lambda: engine.replace(1, []), lambda: found(engine, "a")):
        with pytest.raises(EngineUnavailable, match=r"Suchcluster .*:9, .*:10\) ist nicht zu err"):
            use()


def test_a_cluster_that_does_not_speak_tls_is_told_from_one_that_is_gone(
    opensearch: cluster.Cluster,
) -> None:
    url = opensearch.url().replace("opensearch://", "opensearchs://")
    with pytest.raises(EngineUnavailable, match="kein TLS, dem dieser Rechner traut"):
        found(OpenSearchEngine(url), "a")


def test_full_disks_are_one_sentence_at_once(engine: Engine) -> None:
    """As the cluster itself does at its flood stage: it takes nothing more, in whichever index is touched first."""
    assert isinstance(engine, OpenSearchEngine)
    fill(engine, word("bus"))
    for blocked in (engine._alias, engine._lock):
        _block(engine, blocked, True)
        try:
            with pytest.raises(EngineUnavailable, match="ist der Platz zu Ende"):
                engine.replace(1, [word("bahn")])
        finally:
            _block(engine, blocked, None)
    assert found(engine, "bus") == 1
    engine.replace(1, [word("bahn")])
    assert found(engine, "bahn") == 1


def _block(engine: OpenSearchEngine, index: str, on: bool | None) -> None:
    engine._client().indices.put_settings(
        index=index, body={"index.blocks.read_only_allow_delete": on}
    )


# What the contract does not ask for


def test_terms_may_be_long_and_have_blanks_and_our_own_signs(engine: Engine) -> None:
    strange = ["a b", "\x01", "\x02a\x02", "\x03", "x" * 40_000, "\n", " "]
    entries = [Entry(f"p{at}", 1, at, {"text": [(one,)]}) for at, one in enumerate(strange)]
    fill(engine, *entries, Entry("p9", 1, 9, {"text": [(), ("bus",)]}))
    assert [found(engine, one) for one in strange] == [1] * len(strange)
    assert set(engine.vocabulary("", 20)) == {*strange, "bus"} - {"x" * 40_000} | {"x" * 2000}


def test_a_query_of_a_thousand_words_is_answered(engine: Engine) -> None:
    fill(engine, word("w3"), word("w999", 2))
    many = [f"w{at}" for at in range(2000)]
    assert found(engine, *many) == 2
    clauses = tuple(
        Clause(tuple(Phrase((f"w{at}",), weight / 10) for at in range(99)), "should")
        for weight in range(1, 10)
    )
    assert engine.search(Query(clauses)).total == 1


def test_a_page_beyond_what_is_given_at_once_is_reached(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(engine, *(word("bus", at // 10, at) for at in range(95)))
    asked = Query((Clause((Phrase(("bus",)),)),), limit=7)
    everything = engine.search(dataclasses.replace(asked, limit=95))
    monkeypatch.setattr(schema, "DEEPEST", 20)
    monkeypatch.setattr("search.engines.opensearch.CHUNK", 8)
    for offset in (17, 40, 93, 95, 200):
        page = engine.search(dataclasses.replace(asked, offset=offset))
        assert page.hits == everything.hits[offset : offset + 7]
        assert (page.total, page.facets) == (95, everything.facets)


def test_what_a_killed_rebuild_left_is_swept_by_the_next(engine: Engine) -> None:
    assert isinstance(engine, OpenSearchEngine)
    fill(engine, word("bus"))
    client = engine._client()
    left = f"{engine.address.index}-{'0' * 23}"
    client.indices.create(left)
    client.indices.create(f"{engine.address.index}-anders")
    fill(engine, word("bahn"))
    assert not client.indices.exists(left)
    assert client.indices.exists(f"{engine.address.index}-anders")
    assert len(engine._own()) == 2


def test_the_record_of_a_dead_writer_runs_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(engine, OpenSearchEngine)
    fill(engine, word("bus"))
    record = {"holder": "dead", "what": "rebuilt", "until": time.time() + 1}
    engine._client().index(index=engine._lock, id="writer", body=record)
    with pytest.raises(EngineUnavailable, match="wird gerade neu gebaut"):
        engine.replace(1, [])
    time.sleep(1)
    engine.replace(1, [])
    assert engine.documents() == {}


def test_a_writer_whose_record_was_taken_over_stops(engine: Engine) -> None:
    assert isinstance(engine, OpenSearchEngine)
    fill(engine, word("bus"))
    with pytest.raises(EngineUnavailable, match="übernommen"), engine._writing("written") as check:
        check()
        time.sleep(0.01)
        _run_out(check)
        check()


def _run_out(check: object) -> None:
    check.__self__._until = time.time() - 1  # type: ignore[attr-defined]


# Three nodes


@pytest.fixture(scope="module")
def three() -> Iterator[cluster.Cluster]:
    try:
        with cluster.running(3) as made:
            yield made
    except cluster.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


def test_a_node_that_dies_while_many_write_and_read_loses_nothing(
    three: cluster.Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The node that leads is killed while an index is rebuilt, documents change and readers ask; all arrives."""
    three.whole()
    url = three.url("killed", "?shards=3&replicas=1")
    engine = OpenSearchEngine(url)
    fill(engine, *(word("alt", at) for at in range(60)))
    leader = engine._client().cat.cluster_manager(format="json")[0]["node"]
    dying = next(node for node in three.nodes if leader.endswith(f":{node.transport}"))
    done = threading.Event()
    wrong: list[str] = []
    longest = 0.0

    def read() -> None:
        nonlocal longest
        own = OpenSearchEngine(url)
        while not done.is_set():
            start = time.monotonic()
            try:
                answer = own.search(Query((Clause((Phrase(("alt",)), Phrase(("neu",)))),), limit=5))
                if answer.total != 60 or sum(answer.facets["year"].values()) != 60:
                    wrong.append(f"{answer.total} entries, years {answer.facets['year']}")
            except EngineUnavailable as reason:
                wrong.append(str(reason))
            longest = max(longest, time.monotonic() - start)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for document in range(60):
            if document == 20:
                dying.kill()
            engine.replace(document, [word("neu", document)])
    finally:
        done.set()
        for reader in readers:
            reader.join()
    assert (found(engine, "neu"), found(engine, "alt")) == (60, 0)
    assert engine.documents() == {at: frozenset({f"p{at}-0"}) for at in range(60)}
    assert wrong == []
    assert longest < FAILOVER, (
        "it was less than a second on a machine with four times as much to do as it has cores"
    )

    dying.start()
    three.wait(3)
    other = next(node for node in three.nodes if node is not dying)

    monkeypatch.setattr("search.engines.opensearch.bulk.ROWS", 100)

    def entries() -> Iterator[Entry]:
        for document in range(3000):
            if document == 1500:
                other.kill()
            yield word("ganz/neu", document)

    with engine.rebuild("later") as loader:
        loader.add(entries())
    assert (engine.stamp(), found(engine, "ganz"), found(engine, "alt")) == ("later", 3000, 0)
    assert len(engine.documents()) == 3000
    assert engine.vocabulary("ganz", 1) == {"ganz": 3000}


def test_a_node_that_falls_silent_is_asked_around(three: cluster.Cluster) -> None:
    """It takes connections and says nothing, as one without power or network; the cluster itself misses it much later."""
    three.whole()
    engine = OpenSearchEngine(three.url("silent", "?shards=3&replicas=1"))
    fill(engine, *(word("bus", at) for at in range(30)))
    leader = engine._client().cat.cluster_manager(format="json")[0]["node"]
    silent = next(node for node in three.nodes if leader.endswith(f":{node.transport}"))
    silent.freeze()
    try:
        # Different questions, so that other copies would be asked each time.
        for at in range(6):
            start = time.monotonic()
            assert found(engine, "bus", f"nicht{at}") == 30
            assert time.monotonic() - start < FAILOVER + TRY
    finally:
        silent.thaw()
