"""A query as the cluster takes it, and its answer as results: one request, so that hits and counts are of one moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from search.engines.base import FIELDS, Clause, Hit, Phrase, Query, Results
from search.engines.opensearch.schema import facets_of, term

WORTH = {"text": 1.0, "heading": 0.3, "title": 0.2}
# A beginning stands for many words, so it has no rarity of its own; this is about that of a common word.
BEGINNING = 2.0
# The cluster refuses a query of more than 1,024 parts. Alternatives of one worth beyond so many are asked for as a
# set, which scores alike whichever is found.
APART = 8
MOST_PARTS = 900
EXPANDED = 500  # words that the beginning at the end of a phrase may stand for
MOST_VALUES = 65_535  # of a facet, and buckets of an answer
ORDERS: dict[str, list[dict[str, str]]] = {
    "relevance": [{"_score": "desc"}, {"document": "asc"}, {"position": "asc"}, {"id": "asc"}],
    "newest": [
        {"newest": "desc"},
        {"_score": "desc"},
        {"document": "asc"},
        {"position": "asc"},
        {"id": "asc"},
    ],
    "oldest": [
        {"newest": "asc"},
        {"_score": "desc"},
        {"document": "asc"},
        {"position": "asc"},
        {"id": "asc"},
    ],
    "place": [
        {"place": "asc"},
        {"_score": "desc"},
        {"document": "asc"},
        {"position": "asc"},
        {"id": "asc"},
    ],
    "added": [{"document": "desc"}, {"position": "asc"}, {"id": "asc"}],
}
Body = dict[str, Any]


def body(query: Query) -> Body:
    """What is asked, with all but the page. Filters of a facet that is counted act on the hits and on the other
    facets, and not on its own count."""
    filters = {facet: values for facet, values in query.filters.items() if values}
    counted = {facet: values for facet, values in filters.items() if facet in query.facets}
    others = {facet: values for facet, values in filters.items() if facet not in counted}
    return {
        "query": {
            "bool": {
                "must": [_matching(query.clauses)],
                "filter": facets_of(others),
                "must_not": facets_of(query.without),
            }
        },
        **({"post_filter": {"bool": {"filter": facets_of(counted)}}} if counted else {}),
        "aggs": {facet: _count(facet, counted) for facet in query.facets},
        "sort": ORDERS.get(query.order, ORDERS["relevance"]),
        "track_total_hits": True,
        "_source": False,
    }


def results(query: Query, answer: Body) -> Results:
    """The cluster's answer to `body(query)`."""
    counts = answer.get("aggregations", {})

    def values(facet: str) -> dict[str, int]:
        found = counts[facet].get("values", counts[facet])
        return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}

    return Results(
        answer["hits"]["total"]["value"],
        tuple(Hit(hit["_id"], hit["_score"] or 0.0) for hit in answer["hits"]["hits"]),
        {facet: values(facet) for facet in query.facets},
    )


def _count(facet: str, filters: dict[str, tuple[str, ...]]) -> Body:
    rest = {name: values for name, values in filters.items() if name != facet}
    values = {"terms": {"field": f"facets.{facet}", "size": MOST_VALUES}}
    if not rest:
        return values
    return {"filter": {"bool": {"filter": facets_of(rest)}}, "aggs": {"values": values}}


def _matching(clauses: Sequence[Clause]) -> Body:
    for apart in (APART, 1):
        must = [_any(clause, apart) for clause in clauses if clause.occur == "must"]
        should = [_any(clause, apart) for clause in clauses if clause.occur == "should"]
        never = [_any(clause, apart) for clause in clauses if clause.occur == "not"]
        if sum(map(_parts, (*must, *should, *never))) <= MOST_PARTS:
            break
    if not clauses:
        return {"match_all": {}}
    asked: Body = {"must": must, "should": should, "must_not": never}
    if should and not must:
        asked["minimum_should_match"] = 1
    return {"bool": asked}


def _any(clause: Clause, apart: int) -> Body:
    """The best alternative in its best field."""
    found = [
        _weighed(one, worth * weight)
        for weight, phrases in _by_weight(clause.alternatives)
        for field, worth in WORTH.items()
        for one in _alternatives(phrases, field, apart)
    ]
    return {"dis_max": {"queries": found}} if found else {"match_none": {}}


def _by_weight(phrases: Sequence[Phrase]) -> Iterator[tuple[float, list[Phrase]]]:
    for weight, same in groupby(sorted(phrases, key=_weight, reverse=True), key=_weight):
        yield weight, list(dict.fromkeys(same))


def _weight(phrase: Phrase) -> float:
    return phrase.weight


def _alternatives(phrases: Sequence[Phrase], field: str, apart: int) -> Iterator[Body]:
    words = [each for each in phrases if len(each.terms) == 1 and not each.prefix]
    if len(words) > apart:
        yield {"terms": {field: [term(each.terms[0]) for each in words]}}
    else:
        for each in words:
            yield {"term": {field: {"value": term(each.terms[0])}}}
    for each in phrases:
        *first, last = map(term, each.terms)
        row = " ".join((*first, last))
        if each.prefix and not first:
            yield {"constant_score": {"filter": {"prefix": {field: last}}, "boost": BEGINNING}}
        elif each.prefix:
            yield {"match_phrase_prefix": {field: {"query": row, "max_expansions": EXPANDED}}}
        elif first:
            yield {"match_phrase": {field: {"query": row}}}


def _weighed(one: Body, weight: float) -> Body:
    """The same with its worth in it, whichever place the language of the cluster has for that."""
    (kind, inner) = next(iter(one.items()))
    if kind == "terms":
        return {kind: {**inner, "boost": weight}}
    if kind == "constant_score":
        return {kind: {**inner, "boost": inner["boost"] * weight}}
    (field, rest) = next(iter(inner.items()))
    return {kind: {field: {**rest, "boost": weight}}}


def _parts(one: Body) -> int:
    """How many parts of a query this counts for."""
    count = 0
    for each in one.get("dis_max", {}).get("queries", ()):
        (kind, inner) = next(iter(each.items()))
        if kind in ("match_phrase", "match_phrase_prefix"):
            (rest,) = (value for name, value in inner.items() if name in FIELDS)
            count += rest["query"].count(" ") + 1
        else:
            count += 1
    return count
