"""What a search engine is asked, and what it answers.

The archive and the engines meet here and nowhere else. Terms are opaque to an engine: what is a word, a
lemma or a compound part was decided in `search/analysis.py`, so that all engines match the same entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Literal, Protocol, runtime_checkable

FACETS = ("unit", "kind", "place", "state", "party", "year", "topic", "specificity")
# Fields and what a hit in them is worth against one in the text.
FIELDS = ("text", "heading", "title")
Order = Literal["relevance", "newest", "oldest", "place", "added", "shared"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found: a pledge, a passage of a section or a document.

    `id` is unique in the index ("p12", "s3.0.120", "d1"). `fields` maps a field to its terms by position: the
    terms at one position are readings of the same word ("=radwege" as written, "radweg" its lemma,
    "+rad", "+weg" its parts). `newest` sorts descending for "newest", `place` ascending for "place".
    """

    id: str
    document: int
    position: int
    fields: Mapping[str, Sequence[Sequence[str]]]
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    newest: int = 0
    place: str = ""


@dataclass(frozen=True, slots=True)
class Phrase:
    """Terms that must stand at consecutive positions of one field (one term: a word), and their worth.

    Those of the spare alternatives of a clause that are in thousands of entries need not be looked for where others
    are in fewer: so the search for a rare word is not that for its frequent parts."""

    terms: tuple[str, ...]
    weight: float = 1.0
    prefix: bool = False  # the last term is only how the word begins
    spare: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Any of `alternatives` will do; the best one counts. `must`: without it no hit; `not`: no hit with it;
    `should`: raises the score, and at least one should-clause must match where there is no must-clause."""

    alternatives: tuple[Phrase, ...]
    occur: Literal["must", "should", "not"] = "must"


@dataclass(frozen=True, slots=True)
class Query:
    """No clause: everything. `filters`: within one facet any of the values will do; `without`: none may be there.

    `order` "added": the document with the highest number first, in it by position. "shared", of should-clauses alone:
    the entries first that have most of them for their length; which of those with few there are is left to the
    engine, and so is whether it takes relevance for it."""

    clauses: tuple[Clause, ...] = ()
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = FACETS
    order: Order = "relevance"
    offset: int = 0
    limit: int = 20
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    id: str
    score: float


@dataclass(frozen=True, slots=True)
class Results:
    """`facets` counts over the whole result, each facet without its own filter; what is excluded is never counted."""

    total: int
    hits: tuple[Hit, ...]
    facets: Mapping[str, Mapping[str, int]]


class EngineUnavailable(Exception):
    """The engine cannot answer now; the note stays, the page says so."""


@runtime_checkable
class Mergeable(Protocol):
    """An engine whose index may lie in several parts, and does not by itself become one."""

    def optimize(self) -> None: ...


class Loader(Protocol):
    def add(self, entries: Iterable[Entry]) -> None: ...


class Engine(Protocol):
    def search(self, query: Query) -> Results: ...

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        """Make `entries` all that the index holds of this document."""

    def rebuild(self, stamp: str) -> AbstractContextManager[Loader]:
        """Fill a new index beside the live one; it goes live on a clean exit."""

    def stamp(self) -> str | None:
        """The stamp the live index was built with; None if there is no index."""

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        """Terms of the text field that begin so, with the number of entries that hold them, most first."""

    def documents(self) -> Mapping[int, frozenset[str]]:
        """What the index holds, for `check_index`: document → ids of its entries."""
