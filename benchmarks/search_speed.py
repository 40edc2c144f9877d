"""How fast is search against engines in compiled languages? The same pledges, the same 200 queries in turn.

Ours is asked as the site asks: what was typed is read, the clauses go to the engine, the texts of the hits come
from the database (a table of SQLite here) and fragments are made of them. The memory of ours is measured in a
process of its own that does nothing else.
"""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.corpus import PER_DOCUMENT, Corpus, Made, batched
from search import analysis, learning, lexicon
from search import query as language
from search.engines.base import Entry, Query
from search.engines.whoosh import WhooshEngine
from search.snippets import snippets

SIZES = (10_000, 100_000)
ROUNDS = 3
CHUNK = 20 * PER_DOCUMENT  # as many documents as the site reads at a time
LARGE = 500_000  # from here on fewer rounds, and other goals
FACETS = ("place", "state", "party", "year", "specificity", "topic")
ADDED = 15  # documents that are added one by one
LATER = 50_000  # the number of the document that is added


class Ours:
    """The site's own way, with the texts in a table beside."""

    name = "whoosh"

    def __init__(self, folder: Path, texts: Callable[[Sequence[int]], dict[int, str]]) -> None:
        self.path = folder / "whoosh"
        self.engine = WhooshEngine(self.path)
        self.texts = texts

    def build(self, pledges: Iterable[Made]) -> None:
        with self.engine.rebuild("bench") as loader, learning.learner() as learner:
            for some in batched(pledges, CHUNK):
                learner.learn(made.text for made in some)
                loader.add(entries(some))

    def add(self, pledges: Iterable[Made]) -> None:
        made = list(entries(pledges))
        self.engine.replace(made[0].document, made)

    def ask(self, text: str) -> tuple[int, Any, list[Any]]:
        typed = language.understand(text)
        found = self.engine.search(Query(language.clauses(typed, {}), facets=FACETS))
        ids = [int(hit.id[1:]) for hit in found.hits]
        texts = self.texts(ids)
        terms = language.highlights(typed, {})
        return found.total, found.facets, [snippets(texts[each], terms) for each in ids]

    def size(self) -> int:
        return sum(file.stat().st_size for file in self.path.iterdir())


def entries(pledges: Iterable[Made]) -> Iterator[Entry]:
    title = heading = ""
    titles: list[tuple[str, ...]] = []
    headings: list[tuple[str, ...]] = []
    for made in pledges:
        if made.title != title:
            title, titles = made.title, analysis.terms(made.title)
        if made.heading != heading:
            heading, headings = made.heading, analysis.terms(made.heading)
        yield Entry(
            f"p{made.id}",
            made.document,
            made.id,
            {"text": analysis.terms(made.text), "heading": headings, "title": titles},
            {
                "unit": ("pledge",),
                "kind": ("programme",),
                "place": (made.place,),
                "state": (made.state,),
                "party": (made.party,),
                "year": (str(made.year),),
                "topic": made.topics,
                "specificity": (made.specificity,),
            },
            made.year * 10_000,
            made.town.lower(),
        )


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    corpus = Corpus()
    rare: dict[int, float] = {}
    with tempfile.TemporaryDirectory() as kept:
        lexicon.keep_in(Path(kept))
        analysis.terms("Wörterbuch")  # made once for an installation, not at a build
        for count in (size,) if size else SIZES:
            yield from _measure(corpus, count, rare)
        if len(rare) > 1:
            least, most = min(rare), max(rare)
            yield _line(
                "search_rare_word_growth",
                rare[most] / rare[least],
                1.3,
                {f"ms_{count}": round(ms, 3) for count, ms in rare.items()},
            )


def _measure(corpus: Corpus, count: int, rare: dict[int, float]) -> Iterator[dict[str, Any]]:
    from benchmarks import peers
    from tests import postgres

    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        fts5 = peers.Fts5(folder)
        ours = Ours(folder, fts5.texts)
        engines: list[Any] = [ours, fts5, peers.Tantivy(folder)]
        try:
            engines.append(peers.Postgres(stack.enter_context(postgres.server())))
        except postgres.Missing as missing:
            print(missing, file=sys.stderr)
        made = clock(lambda: sum(1 for _ in corpus.pledges(count)))
        building = {}
        for engine in engines:
            build = partial(engine.build, corpus.pledges(count))
            if engine is ours:
                building["whoosh"], memory = _build_apart(ours.path, count)
            else:
                building[engine.name] = clock(build) - made
            say(count, engine.name, f"built in {building[engine.name]:.1f} s")
        sizes = {engine.name: engine.size() / count for engine in engines}
        texts = corpus.queries()
        times = _ask(engines, texts, ROUNDS if count < LARGE else 1)
        median = {name: statistics.median(own) for name, own in times.items()}
        late = {name: percentile(own) for name, own in times.items()}
        rare[count] = _rare(ours, corpus)
        # Ours last: its texts are those of FTS5's table.
        added = {engine.name: _add(engine, corpus) for engine in reversed(engines)}
        adding = {name: statistics.median(own) for name, own in added.items()}
        worst = {name: max(own) for name, own in added.items()}
        held = _memory(ours.path, folder / "fts5.sqlite")
    detail = {
        "pledges": count,
        "queries": len(texts),
        "median_ms": _rounded(median),
        "p95_ms": _rounded(late),
        "worst_ms": _rounded({name: max(own) for name, own in times.items()}),
    }
    large = count >= LARGE
    tail = f"_{count}"
    yield _line(
        f"search_median_to_tantivy{tail}",
        median["whoosh"] / median["tantivy"],
        2.0 if large else 1.3,
        detail,
    )
    yield _line(
        f"search_p95_to_tantivy{tail}",
        late["whoosh"] / late["tantivy"],
        2.0 if large else 1.5,
        detail,
    )
    yield _line(
        f"search_median_fts5_to_ours{tail}", median["fts5"] / median["whoosh"], 3, detail, "higher"
    )
    yield _line(
        f"search_p95_fts5_to_ours{tail}", late["fts5"] / late["whoosh"], 3, detail, "higher"
    )
    yield _line(
        f"search_build_to_fts5{tail}",
        building["whoosh"] / building["fts5"],
        2.0,
        {"seconds": _rounded(building, 1), "build_mb": memory},
    )
    yield _line(f"search_build_memory{tail}", memory, 3000, {"pledges": count}, unit="MB")
    yield _line(
        f"search_add_150{tail}", adding["whoosh"], 100, {"ms": _rounded(adding, 1)}, unit="ms"
    )
    yield _line(
        f"search_add_150_worst{tail}", worst["whoosh"], 100, {"ms": _rounded(worst, 1)}, unit="ms"
    )
    yield _line(
        f"search_bytes_a_pledge{tail}",
        sizes["whoosh"],
        400,
        {
            "bytes": _rounded(sizes, 0),
            "note": "tantivy and PostgreSQL with the texts, ours and FTS5 without",
        },
        unit="bytes",
    )
    yield _line(f"search_memory{tail}", held, 3000 if large else 250, {"pledges": count}, unit="MB")


def _ask(engines: Sequence[Any], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Milliseconds of every query on every engine, each query on all engines in turn; the first round only warms."""
    times: dict[str, list[float]] = {engine.name: [] for engine in engines}
    typed = [language.understand(text) for text in texts]
    for turn in range(rounds + 1):
        for text, understood in zip(texts, typed, strict=True):
            for engine in engines:
                question = text if isinstance(engine, Ours) else understood
                start = time.perf_counter()
                engine.ask(question)
                if turn:
                    times[engine.name].append((time.perf_counter() - start) * 1000)
    return times


def _rare(ours: Ours, corpus: Corpus) -> float:
    """The median of a search for words that few entries have."""
    words = [corpus.compounds[at] for at in range(30_000, 60_000, 300)]
    times = []
    for _ in range(3):
        for word in words:
            query = Query(language.clauses(language.understand(word), {}), facets=FACETS)
            start = time.perf_counter()
            ours.engine.search(query)
            times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def _add(engine: Any, corpus: Corpus) -> list[float]:
    """Milliseconds from a new programme of 150 pledges to the search that finds it. So often that merges are due."""
    question = "Klima"
    times = []
    for number in range(ADDED):
        fresh = list(corpus.pledges(PER_DOCUMENT, first_document=LATER + number))
        start = time.perf_counter()
        engine.add(fresh)
        engine.ask(question if isinstance(engine, Ours) else language.understand(question))
        times.append((time.perf_counter() - start) * 1000)
    return times


def _build_apart(path: Path, count: int) -> tuple[float, int]:
    """Seconds and megabytes of the build in a process of its own."""
    found = _apart("build", str(path), str(count))
    return found["seconds"], found["mb"]


def _memory(path: Path, texts: Path) -> int:
    """Megabytes of a process that answers all queries."""
    return int(_apart("ask", str(path), str(texts))["mb"])


def _apart(*arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.search_speed", *arguments, str(lexicon.folder())]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _in_own_process(what: str, path: str, more: str, words: str) -> None:
    lexicon.keep_in(Path(words))
    if what == "build":
        corpus = Corpus()
        analysis.terms("Wörterbuch")
        made = clock(lambda: sum(1 for _ in corpus.pledges(int(more))))
        ours = Ours(Path(path).parent, lambda ids: {})
        seconds = clock(lambda: ours.build(corpus.pledges(int(more)))) - made
        peak = sum(
            resource.getrusage(who).ru_maxrss // 1024
            for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(json.dumps({"seconds": seconds, "mb": peak}))
        return
    import sqlite3

    texts = Corpus().queries()  # the corpus itself is let go
    db = sqlite3.connect(more)

    def read(ids: Sequence[int]) -> dict[int, str]:
        marks = ",".join("?" * len(ids))
        return dict(db.execute(f"SELECT id, text FROM pledge WHERE id IN ({marks})", ids))

    ours = Ours(Path(path).parent, read)
    for text in texts:
        ours.ask(text)
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    print(json.dumps({"mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6}))


def clock(work: Callable[[], Any]) -> float:
    """Seconds that the work takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def percentile(times: Sequence[float]) -> float:
    """What 95 of 100 stay below."""
    return sorted(times)[int(len(times) * 0.95)]


def _rounded(values: dict[str, float], digits: int = 2) -> dict[str, float]:
    return {name: round(value, digits) for name, value in values.items()}


def say(*words: object) -> None:
    """To stderr: stdout holds the figures alone."""
    print(*words, file=sys.stderr, flush=True)


def _line(
    bench: str,
    value: float,
    goal: float,
    detail: dict[str, Any],
    better: str = "lower",
    unit: str = "ratio",
) -> dict[str, Any]:
    return {
        "bench": bench,
        "value": round(value, 2),
        "unit": unit,
        "goal": goal,
        "better": better,
        "detail": detail,
    }


if __name__ == "__main__":
    _in_own_process(*sys.argv[1:])
