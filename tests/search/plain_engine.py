"""An engine so plain that one sees that it is right: what the real ones must agree with, but for the scores."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from search.engines.base import FIELDS, Clause, Entry, Phrase, Query


def answer(entries: Iterable[Entry], query: Query) -> tuple[set[str], dict[str, dict[str, int]]]:
    """The ids of what matches, and the facet counts."""
    matching = [
        entry
        for entry in entries
        if _matches(entry, query.clauses)
        and not any(
            _passes(entry, {name: values}) for name, values in query.without.items() if values
        )
    ]
    counts: dict[str, dict[str, int]] = {}
    for facet in query.facets:
        others = {name: values for name, values in query.filters.items() if name != facet}
        counts[facet] = dict(
            Counter(
                value
                for entry in matching
                if _passes(entry, others)
                for value in dict.fromkeys(entry.facets.get(facet, ()))
            )
        )
    return {entry.id for entry in matching if _passes(entry, query.filters)}, counts


def _passes(entry: Entry, filters: Mapping[str, Sequence[str]]) -> bool:
    return all(
        set(values) & set(entry.facets.get(name, ())) for name, values in filters.items() if values
    )


def _matches(entry: Entry, clauses: Sequence[Clause]) -> bool:
    held = {clause: any(_holds(entry, each) for each in clause.alternatives) for clause in clauses}
    must = [held[clause] for clause in clauses if clause.occur == "must"]
    should = [held[clause] for clause in clauses if clause.occur == "should"]
    return (
        all(must)
        and (bool(must) or not should or any(should))
        and not any(held[clause] for clause in clauses if clause.occur == "not")
    )


def _holds(entry: Entry, phrase: Phrase) -> bool:
    return any(
        all(
            _is(place, term, phrase.prefix and at == len(phrase.terms) - 1)
            for at, (place, term) in enumerate(zip(field[start:], phrase.terms, strict=False))
        )
        for field in (entry.fields.get(name, ()) for name in FIELDS)
        for start in range(len(field) - len(phrase.terms) + 1)
    )


def _is(place: Sequence[str], term: str, prefix: bool) -> bool:
    return any(each.startswith(term) if prefix else each == term for each in place)
