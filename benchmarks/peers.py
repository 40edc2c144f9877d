"""The engines that ours is measured against, on the same pledges: SQLite FTS5, tantivy and PostgreSQL.

Each does the same work for a query: the hits of three fields by relevance, the number of all, six facets (one
of them with several values), and fragments of twenty hits with the words marked. All stem German by Snowball,
as is usual with them. They are written as someone would who knows them well: FTS5 matches once and counts from
that; tantivy keeps facets as columns of numbers; PostgreSQL has a GIN index over a stored tsvector.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import psycopg
import Stemmer
import tantivy

from benchmarks.corpus import PARTIES, TOPICS, Made, batched
from search.query import Term, Typed

LIMIT = 20
WORD = re.compile(r"\w+")
FOLD = str.maketrans({"ä": "a", "ö": "o", "ü": "u", "ß": "ss"})
FACETS = ("place", "state", "party", "year", "specificity", "topic")
Answer = tuple[int, dict[str, dict[int, int]], list[str]]

_stem = Stemmer.Stemmer("german", 0).stemWord


@lru_cache(maxsize=400_000)
def stem(word: str) -> str:
    return str(_stem(word)).translate(FOLD)


def stems(text: str) -> list[str]:
    return [stem(word) for word in WORD.findall(text.lower())]


def numbers(made: Made) -> tuple[int, int, int, int, int]:
    """The facets of one value as numbers, as engines with columns like them."""
    return (
        int(made.place),
        int(made.state),
        PARTIES.index(made.party),
        made.year,
        int(made.specificity == "concrete"),
    )


def topics(made: Made) -> list[int]:
    return [TOPICS.index(topic) for topic in made.topics]


def marked(text: str, wanted: set[str], beginnings: tuple[str, ...]) -> str:
    """The text with its hits marked, where an engine keeps stems and so cannot do it itself."""
    out, at = [], 0
    for found in WORD.finditer(text):
        own = stem(found[0].lower())
        if own in wanted or (beginnings and own.startswith(beginnings)):
            out += [text[at : found.start()], "<mark>", found[0], "</mark>"]
            at = found.end()
    out.append(text[at:])
    return "".join(out)


def asked(typed: Typed) -> tuple[set[str], tuple[str, ...]]:
    """Stems and beginnings of what is not left out."""
    found: set[str] = set()
    beginnings: list[str] = []
    for first in typed.terms:
        for term in (first, *first.others):
            if term.kind == "prefix":
                beginnings.append(term.text.lower().translate(FOLD))
            elif not term.excluded:
                found.update(stems(term.text))
    return found, tuple(beginnings)


class Fts5:
    """A table with the text, and an index over its stems without the text."""

    name = "fts5"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "fts5.sqlite"
        self.db = sqlite3.connect(self.path)

    def build(self, pledges: Iterable[Made]) -> None:
        self.db.executescript(
            """CREATE TABLE pledge (id INTEGER PRIMARY KEY, text TEXT, place INT, state INT, party INT, year INT,
                   specificity INT, topics TEXT);
               CREATE TABLE topic (pledge INT, topic INT, PRIMARY KEY (pledge, topic)) WITHOUT ROWID;
               CREATE VIRTUAL TABLE words USING fts5 (text, heading, title, content='', prefix='4 5 6');"""
        )
        self.add(pledges)
        self.db.execute("INSERT INTO words (words) VALUES ('optimize')")
        self.db.commit()

    def add(self, pledges: Iterable[Made]) -> None:
        for batch in batched(pledges, 2000):
            self.db.executemany(
                "INSERT INTO pledge VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(made.id, made.text, *numbers(made), json.dumps(topics(made))) for made in batch],
            )
            self.db.executemany(
                "INSERT INTO topic VALUES (?, ?)",
                [(made.id, topic) for made in batch for topic in topics(made)],
            )
            self.db.executemany(
                "INSERT INTO words (rowid, text, heading, title) VALUES (?, ?, ?, ?)",
                [
                    (
                        made.id,
                        " ".join(stems(made.text)),
                        " ".join(stems(made.heading)),
                        " ".join(stems(made.title)),
                    )
                    for made in batch
                ],
            )
        self.db.commit()

    def texts(self, ids: Sequence[int]) -> dict[int, str]:
        marks = ",".join("?" * len(ids))
        return dict(self.db.execute(f"SELECT id, text FROM pledge WHERE id IN ({marks})", ids))

    def ask(self, typed: Typed) -> Answer:
        self.db.execute("DROP TABLE IF EXISTS temp.found")
        self.db.execute(
            "CREATE TEMP TABLE found AS SELECT rowid AS id, bm25(words, 1.0, 0.3, 0.2) AS rank"
            " FROM words WHERE words MATCH ?",
            [self._match(typed)],
        )
        counts: dict[str, dict[int, int]] = {}
        for facet in FACETS[:-1]:
            counts[facet] = dict(
                self.db.execute(
                    f"SELECT {facet}, count(*) FROM found JOIN pledge USING (id) GROUP BY 1"
                )
            )
        counts["topic"] = dict(
            self.db.execute(
                "SELECT topic, count(*) FROM found JOIN topic ON topic.pledge = found.id GROUP BY 1"
            )
        )
        total = self.db.execute("SELECT count(*) FROM found").fetchone()[0]
        best = [
            row[0] for row in self.db.execute(f"SELECT id FROM found ORDER BY rank LIMIT {LIMIT}")
        ]
        texts = self.texts(best)
        wanted = asked(typed)
        return total, counts, [marked(texts[each], *wanted) for each in best]

    def size(self) -> int:
        """Of the index alone, without the texts."""
        return int(
            self.db.execute("SELECT sum(pgsize) FROM dbstat WHERE name LIKE 'words%'").fetchone()[0]
        )

    def _match(self, typed: Typed) -> str:
        wanted, left_out = [], []
        for first in typed.terms:
            either = " OR ".join(self._one(term) for term in (first, *first.others))
            (left_out if first.excluded else wanted).append(f"({either})")
        match = " AND ".join(wanted)
        return f"({match}) NOT ({' OR '.join(left_out)})" if left_out else match

    @staticmethod
    def _one(term: Term) -> str:
        if term.kind == "prefix":
            return f'"{term.text.lower().translate(FOLD)}"*'
        return f'"{" ".join(stems(term.text))}"'


class Tantivy:
    """Text stored, facets as columns, one segment after the build."""

    name = "tantivy"

    def __init__(self, folder: Path) -> None:
        self.path = folder / "tantivy"
        self.path.mkdir()
        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("id", stored=True, indexed=True)
        schema.add_text_field("text", stored=True, tokenizer_name="german")
        schema.add_text_field("heading", tokenizer_name="german")
        schema.add_text_field("title", tokenizer_name="german")
        for facet in FACETS:
            schema.add_unsigned_field(facet, fast=True)
        self.schema = schema.build()
        self.index = tantivy.Index(self.schema, path=str(self.path))
        self.analyzer = (
            tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
            .filter(tantivy.Filter.lowercase())
            .filter(tantivy.Filter.stemmer("german"))
            .filter(tantivy.Filter.ascii_fold())
            .build()
        )
        self.index.register_tokenizer("german", self.analyzer)
        self.facets = {
            facet: {"terms": {"field": facet, "size": 1000, "segment_size": 1000}}
            for facet in FACETS
        }

    def build(self, pledges: Iterable[Made]) -> None:
        writer = self.index.writer(heap_size=256_000_000, num_threads=1)
        self._add(writer, pledges)
        writer.wait_merging_threads()
        self.reload()

    def add(self, pledges: Iterable[Made]) -> None:
        writer = self.index.writer(heap_size=20_000_000, num_threads=1)
        self._add(writer, pledges)
        self.reload()

    def reload(self) -> None:
        self.index.reload()
        self.searcher = self.index.searcher()

    def ask(self, typed: Typed) -> Answer:
        query = self._query(typed)
        found = self.searcher.search(query, LIMIT, count=True)
        counts = {
            facet: {int(bucket["key"]): bucket["doc_count"] for bucket in counted["buckets"]}
            for facet, counted in self.searcher.aggregate(query, self.facets).items()
        }
        snippets = tantivy.SnippetGenerator.create(self.searcher, query, self.schema, "text")
        snippets.set_max_num_chars(260)
        shown = [
            snippets.snippet_from_doc(self.searcher.doc(address)).to_html()
            for _, address in found.hits
        ]
        return found.count, counts, shown

    def size(self) -> int:
        """With the stored texts."""
        return sum(file.stat().st_size for file in self.path.iterdir())

    def _add(self, writer: tantivy.IndexWriter, pledges: Iterable[Made]) -> None:
        for made in pledges:
            document = tantivy.Document()
            document.add_unsigned("id", made.id)
            document.add_text("text", made.text)
            document.add_text("heading", made.heading)
            document.add_text("title", made.title)
            for facet, number in zip(FACETS[:-1], numbers(made), strict=True):
                document.add_unsigned(facet, number)
            for topic in topics(made):
                document.add_unsigned("topic", topic)
            writer.add_document(document)
        writer.commit()

    def _query(self, typed: Typed) -> tantivy.Query:
        clauses = [
            (
                tantivy.Occur.MustNot if first.excluded else tantivy.Occur.Must,
                _any([self._one(term) for term in (first, *first.others)]),
            )
            for first in typed.terms
        ]
        return tantivy.Query.boolean_query(clauses) if len(clauses) > 1 else clauses[0][1]

    def _one(self, term: Term) -> tantivy.Query:
        fields = []
        for field, boost in (("text", 1.0), ("heading", 0.3), ("title", 0.2)):
            terms = self.analyzer.analyze(term.text)
            if term.kind == "prefix":
                beginning = re.escape(term.text.lower().translate(FOLD))
                query = tantivy.Query.regex_query(self.schema, field, f"{beginning}.*")
            elif len(terms) > 1:
                query = tantivy.Query.phrase_query(self.schema, field, list(terms))
            else:
                query = tantivy.Query.term_query(self.schema, field, terms[0])
            fields.append(tantivy.Query.boost_query(query, boost) if boost != 1.0 else query)
        return _any(fields)


class Postgres:
    """A stored tsvector of the server's own German under GIN; facets by grouping sets over what matched."""

    name = "postgresql"

    def __init__(self, url: str) -> None:
        self.db = psycopg.connect(url, autocommit=True)
        self.db.execute("SET jit = off")

    def build(self, pledges: Iterable[Made]) -> None:
        self.db.execute(
            """CREATE TABLE pledge (id int PRIMARY KEY, text text, place int, state int, party int, year int,
                   specificity int, topics int[], words tsvector)"""
        )
        self.add(pledges)
        self.db.execute("CREATE INDEX ON pledge USING gin (words)")
        self.db.execute("VACUUM ANALYZE pledge")

    def add(self, pledges: Iterable[Made]) -> None:
        self.db.execute(
            """CREATE TEMP TABLE IF NOT EXISTS fresh (id int, text text, heading text, title text, place int, state int,
                   party int, year int, specificity int, topics int[])"""
        )
        with self.db.transaction():
            with self.db.cursor().copy("COPY fresh FROM STDIN") as copy:
                for made in pledges:
                    copy.write_row(
                        (made.id, made.text, made.heading, made.title, *numbers(made), topics(made))
                    )
            self.db.execute(
                """INSERT INTO pledge SELECT id, text, place, state, party, year, specificity, topics,
                       setweight(to_tsvector('german', text), 'A') || setweight(to_tsvector('german', heading), 'C')
                       || setweight(to_tsvector('german', title), 'D') FROM fresh"""
            )
            self.db.execute("TRUNCATE fresh")

    def ask(self, typed: Typed) -> Answer:
        match = self._match(typed)
        best = self.db.execute(
            f"""SELECT ts_headline('german', text, q, 'StartSel=<mark>,StopSel=</mark>,MaxWords=45,MinWords=30')
                FROM (SELECT text, q FROM pledge, to_tsquery('german', %s) q WHERE words @@ q
                      ORDER BY ts_rank('{{0.2,0.3,0.3,1}}', words, q, 1) DESC LIMIT {LIMIT}) best""",
            [match],
        ).fetchall()
        counts: dict[str, dict[int, int]] = {facet: {} for facet in FACETS}
        total = 0
        for *values, count in self.db.execute(
            """WITH found AS MATERIALIZED (SELECT * FROM pledge WHERE words @@ to_tsquery('german', %s))
               SELECT place, state, party, year, specificity, NULL, count(*) FROM found
               GROUP BY GROUPING SETS ((place), (state), (party), (year), (specificity), ())
               UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, topic, count(*) FROM found, unnest(topics) topic
               GROUP BY topic""",
            [match],
        ):
            for facet, value in zip(FACETS, values, strict=True):
                if value is not None:
                    counts[facet][value] = count
                    break
            else:
                total = count
        return total, counts, [row[0] for row in best]

    def size(self) -> int:
        """With the texts."""
        row = self.db.execute("SELECT pg_total_relation_size('pledge')").fetchone()
        return int(row[0]) if row else 0

    @staticmethod
    def _match(typed: Typed) -> str:
        def one(term: Term) -> str:
            words = " <-> ".join(WORD.findall(term.text))
            return f"{words}:*" if term.kind == "prefix" else f"({words})"

        return " & ".join(
            ("!" if first.excluded else "")
            + f"({' | '.join(one(term) for term in (first, *first.others))})"
            for first in typed.terms
        )


def _any(queries: Sequence[tantivy.Query]) -> tantivy.Query:
    if len(queries) == 1:
        return queries[0]
    return tantivy.Query.boolean_query([(tantivy.Occur.Should, query) for query in queries])
