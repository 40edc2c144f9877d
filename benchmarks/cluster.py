"""Does search grow with a large archive? The same pledges in PostgreSQL and in an OpenSearch node on this machine.

Both engines are given the same entries, chunk by chunk, and asked the same 200 queries in turn with all facets;
texts of the hits come from a table of PostgreSQL and fragments are made of them, as the site does it. What counts
is the growth from a tenth of the size to the size: `make bench ONLY=cluster SIZE=1000000`.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.corpus import PER_DOCUMENT, Corpus, Made, batched
from benchmarks.search_speed import CHUNK, FACETS, LATER, entries
from search import analysis, learning, lexicon
from search import query as language
from search.engines.base import Engine, Query
from search.engines.opensearch import OpenSearchEngine
from search.engines.postgres import PostgresEngine
from search.snippets import snippets
from tests import cluster, postgres

SIZE = 100_000
GROWTH = 3.0
HEAP = "1g"


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    corpus = Corpus()
    most = size or SIZE
    late: dict[int, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as kept:
        lexicon.keep_in(Path(kept))
        analysis.terms("Wörterbuch")
        for count in (most // 10, most):
            try:
                detail = _measure(corpus, count)
            except (cluster.Missing, postgres.Missing) as missing:
                print(f"cluster left out: {missing}", file=sys.stderr)
                return
            late[count] = detail["p95_ms"]
            yield _line(f"cluster_search_p95_{count}", detail["p95_ms"]["opensearch"], None, detail)
    for name in ("opensearch", "postgresql"):
        yield {
            "bench": f"cluster_growth_p95_{name}",
            "value": round(late[most][name] / late[most // 10][name], 2),
            "unit": "ratio",
            "goal": GROWTH,
            "better": "lower",
            "detail": {f"p95_ms_{count}": round(ms[name], 1) for count, ms in late.items()},
        }


def _measure(corpus: Corpus, count: int) -> dict[str, Any]:
    with ExitStack() as stack:
        url = stack.enter_context(postgres.server())
        nodes = stack.enter_context(cluster.running(heap=HEAP, folder=None))
        base = stack.enter_context(psycopg.connect(url, autocommit=True))
        base.execute("CREATE TABLE pledge (id bigint PRIMARY KEY, text text NOT NULL)")
        engines: dict[str, Engine] = {
            "opensearch": OpenSearchEngine(nodes.url()),
            "postgresql": PostgresEngine(url),
        }
        building = _build(engines, base, corpus, count)
        _say(count, "built", {name: round(each, 1) for name, each in building.items()})
        times = _ask(engines, base, corpus.queries())
        adding = {name: _add(engine, corpus) for name, engine in engines.items()}
        memory = {
            "opensearch": _resident([str(node.process.pid) for node in nodes.nodes]),
            "postgresql": _resident(_postgres_processes(base)),
        }
        sizes = {
            "opensearch": nodes.nodes[0].ask("/_stats/store")["_all"]["total"]["store"][
                "size_in_bytes"
            ],
            "postgresql": base.execute(
                "SELECT pg_total_relation_size('search_entries') + pg_total_relation_size('search_entries_terms')"
            ).fetchone()[0],
        }
    return {
        "pledges": count,
        "queries": len(corpus.queries()),
        "pledges_a_second": {name: round(count / each) for name, each in building.items()},
        "median_ms": {name: round(statistics.median(own), 1) for name, own in times.items()},
        "p95_ms": {name: round(_percentile(own), 1) for name, own in times.items()},
        "worst_ms": {name: round(max(own), 1) for name, own in times.items()},
        "add_150_ms": {name: round(ms, 1) for name, ms in adding.items()},
        "memory_mb": memory,
        "bytes_a_pledge": {name: round(each / count) for name, each in sizes.items()},
        "note": f"one node with a heap of {HEAP}, three shards, no copies; server and client share this machine",
    }


def _build(
    engines: dict[str, Engine], base: psycopg.Connection[Any], corpus: Corpus, count: int
) -> dict[str, float]:
    """Seconds that each engine took, without those in which the entries were made."""
    taken = dict.fromkeys(engines, 0.0)
    with ExitStack() as stack:
        learner = stack.enter_context(learning.learner())
        filling = {name: engine.rebuild("bench") for name, engine in engines.items()}
        loaders: dict[str, Any] = {}
        for name, each in filling.items():
            taken[name] += _clock(
                lambda name=name, each=each: loaders.update({name: each.__enter__()})
            )
        done = 0
        for some in batched(corpus.pledges(count), CHUNK):
            learner.learn(made.text for made in some)
            _keep(base, some)
            made = list(entries(some))
            for name, loader in loaders.items():
                taken[name] += _clock(lambda loader=loader, made=made: loader.add(made))
            done += len(some)
            if done % 99_000 == 0:
                _say(done, {name: round(each) for name, each in taken.items()})
        for name, each in filling.items():
            taken[name] += _clock(lambda each=each: each.__exit__(None, None, None))
    base.execute("ANALYZE pledge")
    return taken


def _keep(base: psycopg.Connection[Any], some: Sequence[Made]) -> None:
    with base.cursor() as cursor, cursor.copy("COPY pledge FROM STDIN") as copy:
        for made in some:
            copy.write_row((made.id, made.text))


def _ask(
    engines: dict[str, Engine], base: psycopg.Connection[Any], texts: Sequence[str]
) -> dict[str, list[float]]:
    """Milliseconds of every query, each on both engines in turn; the first round only warms."""
    times: dict[str, list[float]] = {name: [] for name in engines}
    for turn in range(3):
        for text in texts:
            for name, engine in engines.items():
                start = time.perf_counter()
                typed = language.understand(text)
                found = engine.search(Query(language.clauses(typed, {}), facets=FACETS))
                ids = [int(hit.id[1:]) for hit in found.hits]
                rows = base.execute("SELECT text FROM pledge WHERE id = ANY(%s)", [ids])
                terms = language.highlights(typed, {})
                for (one,) in rows:
                    snippets(one, terms)
                if turn:
                    times[name].append((time.perf_counter() - start) * 1000)
    return times


def _add(engine: Engine, corpus: Corpus) -> float:
    """Milliseconds from a new programme of 150 pledges to the search that finds it; the median of five."""
    query = Query(language.clauses(language.understand("Klima"), {}), facets=FACETS)
    times = []
    for number in range(5):
        fresh = list(entries(corpus.pledges(PER_DOCUMENT, first_document=LATER + number)))
        start = time.perf_counter()
        engine.replace(fresh[0].document, fresh)
        engine.search(query)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _postgres_processes(base: psycopg.Connection[Any]) -> list[str]:
    (first,) = base.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    server = Path(f"/proc/{first}/stat").read_text().rsplit(")", 1)[1].split()[1]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [server, *children]


def _resident(processes: Sequence[str]) -> int:
    """Megabytes; what several share counts once."""
    total = 0
    for pid in processes:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return round(total / 1024)


def _percentile(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.95)]


def _clock(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _say(*words: object) -> None:
    print(*words, file=sys.stderr, flush=True)


def _line(bench: str, value: float, goal: float | None, detail: dict[str, Any]) -> dict[str, Any]:
    return {
        "bench": bench,
        "value": round(value, 1),
        "unit": "ms",
        "goal": goal,
        "better": "lower",
        "detail": detail,
    }
