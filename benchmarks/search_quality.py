"""Does search find what readers mean? nDCG@10 and Recall@20 over queries judged by a person.

Every unit (sentence, item) of the judged texts is an entry, a pledge where the gold calls it one, a passage of
a section otherwise; so the figure tells of language and ranking and not of how well pledges were found. Peer in
the same run: SQLite FTS5 over the same units.
"""

from __future__ import annotations

import json
import math
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search import analysis, query, ranking, thesaurus
from search.engines.base import Engine, Entry
from search.engines.whoosh import WhooshEngine

ROOT = Path(__file__).resolve().parents[1]
GOLD = ROOT.parent / "shared" / "gold"
SYNONYMS = ROOT / "fixtures" / "reference" / "synonyms.txt"
Ask = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and how relevant (2 very, 1 partly) which units are to it."""

    qid: str
    text: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Quality:
    """Means over the queries; `empty`: queries without hits that have an answer."""

    ndcg10: float
    recall20: float
    empty: tuple[str, ...]
    each: Mapping[str, float]


def judged(path: Path = GOLD / "search.jsonl") -> list[Judged]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    return [Judged(row["qid"], row["query"], row["judgments"]) for row in rows]


def units(path: Path = GOLD / "pledges.jsonl") -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]


def quality(queries: Sequence[Judged], ask: Ask) -> Quality:
    """`ask` answers a query with names of units, the best first; what it names twice counts once."""
    each, recalls, empty = {}, [], []
    for one in queries:
        found = list(dict.fromkeys(ask(one.text)))
        each[one.qid] = ndcg([one.grades.get(name, 0) for name in found[:10]], one.grades.values())
        recalls.append(len(one.grades.keys() & set(found[:20])) / len(one.grades))
        if not found:
            empty.append(one.qid)
    return Quality(sum(each.values()) / len(each), sum(recalls) / len(recalls), tuple(empty), each)


def ndcg(gains: Sequence[int], possible: Any) -> float:
    """Discounted cumulative gain of ten (Järvelin and Kekäläinen 2002) over the best there is."""

    def dcg(values: Sequence[int]) -> float:
        return sum(value / math.log2(place + 2) for place, value in enumerate(values))

    return dcg(gains) / dcg(sorted(possible, reverse=True)[:10])


def entries(gold: Sequence[Mapping[str, Any]]) -> Iterator[Entry]:
    seeds = {seed: number for number, seed in enumerate(dict.fromkeys(u["seed"] for u in gold), 1)}
    for number, unit in enumerate(gold):
        yield Entry(
            f"{unit['seed']}#{unit['index']}",
            seeds[unit["seed"]],
            number,
            {
                "text": analysis.terms(unit["text"]),
                "heading": analysis.terms(unit["section"] or ""),
            },
            {"unit": ("pledge" if unit["is_pledge"] else "section",)},
        )


def ours(folder: Path, gold: Sequence[Mapping[str, Any]], words: thesaurus.Thesaurus) -> Ask:
    engine: Engine = WhooshEngine(folder)
    with engine.rebuild("quality") as loader:
        loader.add(entries(gold))

    def ask(text: str) -> Sequence[str]:
        found = ranking.find(engine, query.understand(text), words, limit=50, facets=())
        return [hit.id for hit, _ in found.hits]

    return ask


def fts5(gold: Sequence[Mapping[str, Any]]) -> Ask:
    base = sqlite3.connect(":memory:")
    base.execute("CREATE VIRTUAL TABLE unit USING fts5(name UNINDEXED, text)")
    base.executemany(
        "INSERT INTO unit VALUES (?, ?)", [(f"{u['seed']}#{u['index']}", u["text"]) for u in gold]
    )

    def ask(text: str) -> Sequence[str]:
        words = " ".join(f'"{word}"' for word in text.replace('"', " ").split())
        rows = base.execute(
            "SELECT name FROM unit WHERE unit MATCH ? ORDER BY rank LIMIT 50", (words,)
        )
        return [name for (name,) in rows]

    return ask


def shipped() -> thesaurus.Thesaurus:
    """The synonyms that ship with the archive."""
    return thesaurus.thesaurus(thesaurus.read(SYNONYMS.read_text(encoding="utf-8").splitlines()))


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    """What `make bench` prints; only a sentence where the judged texts are not beside this checkout."""
    if not GOLD.is_dir():
        print(f"search_quality left out: {GOLD} is missing", file=sys.stderr)
        return
    gold, queries = units(), judged()
    with tempfile.TemporaryDirectory() as folder:
        with_synonyms = quality(queries, ours(Path(folder) / "a", gold, shipped()))
        without = quality(queries, ours(Path(folder) / "b", gold, thesaurus.Thesaurus()))
    peer = quality(queries, fts5(gold))
    detail = {
        "queries": len(queries),
        "units": len(gold),
        "without_synonyms": round(without.ndcg10, 4),
        "fts5": round(peer.ndcg10, 4),
        "empty": list(with_synonyms.empty),
        "each": {qid: round(value, 3) for qid, value in with_synonyms.each.items()},
    }
    for name, value, goal in (
        ("search_ndcg10", with_synonyms.ndcg10, 0.80),
        ("search_recall20", with_synonyms.recall20, 0.60),
    ):
        yield {
            "bench": name,
            "value": round(value, 4),
            "unit": "share",
            "goal": goal,
            "better": "higher",
            "detail": detail,
        }


def main(pledges: Path, queries: Path) -> None:
    """The figures for anybody's own judged texts, worst query first: `python -m benchmarks.search_quality UNITS QUERIES`."""
    gold, asked = units(pledges), judged(queries)
    with tempfile.TemporaryDirectory() as folder:
        found = quality(asked, ours(Path(folder) / "a", gold, shipped()))
    for one in sorted(asked, key=lambda one: found.each[one.qid]):
        print(f"{found.each[one.qid]:.2f}  {one.text}")
    print(
        f"nDCG@10 {found.ndcg10:.3f}, Recall@20 {found.recall20:.3f}, without hits {len(found.empty)}"
    )


if __name__ == "__main__":
    main(*(Path(name) for name in sys.argv[1:3]))
