"""How much slower is search in ten times as many pledges? The small and the large index of one engine, asked in turn.

Both lie on the same server and are asked the same 200 queries with all facets, each query on one and then on the
other, so that whatever else the machine does meets both; texts of the hits come from a table of PostgreSQL and
fragments are made of them, as the site does it. A figure is told as soon as it is known: a run that is broken off
has those until then.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.corpus import PER_DOCUMENT, Corpus, Made, batched
from benchmarks.search_speed import CHUNK, FACETS, LATER, clock, entries, percentile, say
from search import analysis, learning, lexicon
from search import query as language
from search.engines.base import Engine, Query
from search.snippets import snippets

SIZE = 100_000
GROWTH = 3.0
ROUNDS = 3  # the first only warms
STEP = 30_000  # pledges between two words of progress


@dataclass(frozen=True, slots=True)
class Grown:
    """An engine on an empty server: it makes an index of that name, tells its bytes and the server's megabytes."""

    name: str
    engine: Callable[[str], Engine]
    size: Callable[[str], int]
    memory: Callable[[], int]
    note: str


def measure(
    grown: Grown, base: psycopg.Connection[Any], size: int | None
) -> Iterator[dict[str, Any]]:
    """The lines of one engine; `base` is an empty database for the texts."""
    corpus, most = Corpus(), size or SIZE
    least = most // 10
    base.execute("CREATE TABLE pledge (id bigint PRIMARY KEY, text text NOT NULL)")
    engines = {count: grown.engine(f"pledges_{count}") for count in (least, most)}
    with tempfile.TemporaryDirectory() as kept:
        lexicon.keep_in(Path(kept))
        analysis.terms("Wörterbuch")  # made once for an installation, not at a build
        for count, engine in engines.items():
            seconds = _build(grown, engine, base if count == most else None, corpus, count)
            detail = {
                "seconds": round(seconds, 1),
                "bytes_a_pledge": round(grown.size(f"pledges_{count}") / count),
                "memory_mb": grown.memory(),
                "note": grown.note,
            }
            yield _line(
                f"cluster_build_{grown.name}_{count}",
                count / seconds,
                None,
                detail,
                "pledges a second",
                better="higher",
            )
        times = _ask(engines, base, corpus.queries())
        late = {count: percentile(own) for count, own in times.items()}
        for count, own in times.items():
            detail = {
                "median_ms": round(statistics.median(own), 1),
                "worst_ms": round(max(own), 1),
                "queries": len(own) // (ROUNDS - 1),
                "memory_mb": grown.memory(),
                "note": grown.note,
            }
            yield _line(f"cluster_p95_{grown.name}_{count}", late[count], None, detail)
        yield _line(
            f"cluster_growth_p95_{grown.name}",
            late[most] / late[least],
            GROWTH,
            {f"p95_ms_{count}": round(ms, 1) for count, ms in late.items()}
            | {
                f"median_ms_{count}": round(statistics.median(own), 1)
                for count, own in times.items()
            },
            "ratio",
        )
        for count, engine in engines.items():
            yield _line(f"cluster_add_150_{grown.name}_{count}", _add(engine, corpus), None, {})


def _build(
    grown: Grown, engine: Engine, base: psycopg.Connection[Any] | None, corpus: Corpus, count: int
) -> float:
    """Seconds that the engine took, without those in which the entries were made."""
    taken, done, said = 0.0, 0, 0
    with learning.learner() as learner:
        filling = engine.rebuild("bench")
        loader = filling.__enter__()
        for some in batched(corpus.pledges(count), CHUNK):
            learner.learn(made.text for made in some)
            if base:
                _keep(base, some)
            made = list(entries(some))
            taken += clock(lambda made=made: loader.add(made))
            done += len(some)
            if done - said >= STEP:
                said = done
                say(
                    f"{grown.name}: {done} of {count}, {done / taken:.0f} a second, {grown.memory()} MB"
                )
        say(f"{grown.name}: {done} given, making it ready")
        taken += clock(lambda: filling.__exit__(None, None, None))
    if base:
        base.execute("ANALYZE pledge")
    return taken


def _keep(base: psycopg.Connection[Any], some: Sequence[Made]) -> None:
    with base.cursor() as cursor, cursor.copy("COPY pledge FROM STDIN") as copy:
        for made in some:
            copy.write_row((made.id, made.text))


def _ask(
    engines: Mapping[int, Engine], base: psycopg.Connection[Any], texts: Sequence[str]
) -> dict[int, list[float]]:
    """Milliseconds of every query, each on both sizes in turn."""
    times: dict[int, list[float]] = {count: [] for count in engines}
    for turn in range(ROUNDS):
        for text in texts:
            for count, engine in engines.items():
                took = clock(lambda engine=engine, text=text: _answer(engine, base, text))
                if turn:
                    times[count].append(took * 1000)
        known = {count: round(percentile(own)) for count, own in times.items() if own}
        say(f"round {turn + 1} of {ROUNDS}, 95 of 100 within {known} ms")
    return times


def _answer(engine: Engine, base: psycopg.Connection[Any], text: str) -> None:
    typed = language.understand(text)
    found = engine.search(Query(language.clauses(typed, {}), facets=FACETS))
    ids = [int(hit.id[1:]) for hit in found.hits]
    rows = base.execute("SELECT text FROM pledge WHERE id = ANY(%s)", [ids])
    terms = language.highlights(typed, {})
    for (one,) in rows:
        snippets(one, terms)


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


def resident(processes: Sequence[str]) -> int:
    """Megabytes of these processes; what several share counts once."""
    total = 0
    for pid in processes:
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:  # it ended meanwhile
            continue
        total += sum(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    return round(total / 1024)


def _line(
    bench: str,
    value: float,
    goal: float | None,
    detail: dict[str, Any],
    unit: str = "ms",
    better: str = "lower",
) -> dict[str, Any]:
    return {
        "bench": bench,
        "value": round(value, 2 if unit == "ratio" else 1),
        "unit": unit,
        "goal": goal,
        "better": better,
        "detail": detail,
    }
