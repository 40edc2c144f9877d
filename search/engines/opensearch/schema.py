"""How entries lie in the cluster, and how a term is written there.

A place of a text is one token of the whitespace tokeniser, its readings joined by a sign that no word has; a
pattern filter puts them all at that place. So phrases, prefixes and frequencies are the cluster's own, and the
words are those that `search/analysis.py` decided on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.engines.base import FACETS, FIELDS, Entry
from search.engines.opensearch.address import Address

BETWEEN, ESCAPE, NOTHING = "\x01", "\x02", "\x03"
# What would end a token, or be taken for one of our own signs.
UNSAFE = re.compile(r"[\s\x00-\x1f\x7f-\x9f]")
LONGEST = 2000  # characters of a term: the cluster refuses one of more than 32,766 bytes
WIDEST = 1_048_575  # characters of a place with all its readings; the cluster allows no more
# Pages as deep as this are asked for at once; every page further costs memory on each node.
DEEPEST = 50_000
# How long a node that went may stay away before others copy what it held: while an index is filled not at all, since
# it goes live when all copies are there; later the cluster's own minute, so that a restart moves nothing.
REPLACED = "index.unassigned.node_left.delayed_timeout"


def index_body(address: Address) -> dict[str, Any]:
    """Settings and mapping of the index that holds the entries."""
    words = {"type": "text", "analyzer": "places", "search_analyzer": "term"}
    kept = {"type": "keyword", "index": False}
    return {
        "settings": {
            "number_of_shards": address.shards,
            **_copies(address),
            REPLACED: "0s",
            # What was written is seen when a document is complete, and never before.
            "refresh_interval": "-1",
            "max_result_window": DEEPEST,
            "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.6}},
            "analysis": {
                "tokenizer": {"places": {"type": "whitespace", "max_token_length": WIDEST}},
                "filter": {
                    "readings": {
                        "type": "pattern_capture",
                        "preserve_original": False,
                        "patterns": ["([^\\u0001]+)"],
                    }
                },
                "analyzer": {
                    "places": {"type": "custom", "tokenizer": "places", "filter": ["readings"]},
                    "term": {"type": "custom", "tokenizer": "places"},
                },
            },
        },
        "mappings": {
            "dynamic": False,
            "properties": {
                **dict.fromkeys(FIELDS, words),
                "facets": {"properties": {facet: {"type": "keyword"} for facet in FACETS}},
                "document": {"type": "long"},
                "position": {"type": "integer", "index": False},
                "newest": {"type": "long", "index": False},
                "place": kept,
                "id": kept,
            },
        },
    }


def terms_body(address: Address) -> dict[str, Any]:
    """Of the small index beside it, which holds how many entries have each term of the text."""
    return {
        "settings": {
            "number_of_shards": 1,
            **_copies(address),
            "refresh_interval": "-1",
            REPLACED: "0s",
        },
        "mappings": {
            "dynamic": False,
            "properties": {"term": {"type": "keyword"}, "entries": {"type": "long"}},
        },
    }


def lock_body(address: Address) -> dict[str, Any]:
    """Of the index with one record: who is writing."""
    return {
        "settings": {"number_of_shards": 1, **_copies(address)},
        "mappings": {"dynamic": False, "properties": {}},
    }


def source(entry: Entry) -> dict[str, Any]:
    """An entry as the cluster keeps it."""
    return {
        **{field: written(readings) for field, readings in entry.fields.items() if readings},
        "facets": {facet: list(values) for facet, values in entry.facets.items() if values},
        "document": entry.document,
        "position": entry.position,
        "newest": entry.newest,
        "place": entry.place,
        "id": entry.id,
    }


def written(places: Sequence[Sequence[str]]) -> str:
    """The readings of a field by place, as one text."""
    return " ".join(
        BETWEEN.join(dict.fromkeys(map(term, readings))) or NOTHING for readings in places
    )


def distinct(text: str) -> set[str]:
    """The different terms in what `written` made, as they are written there."""
    return {reading for place in text.split() for reading in place.split(BETWEEN)} - {NOTHING}


def term(word: str) -> str:
    """A term as it is written in the cluster."""
    if UNSAFE.search(word):
        word = UNSAFE.sub(lambda sign: f"{ESCAPE}{ord(sign[0]):x}{ESCAPE}", word)
    return word[:LONGEST]


def plain(word: str) -> str:
    """The term that `term` wrote so."""
    return re.sub(f"{ESCAPE}([0-9a-f]+){ESCAPE}", lambda code: chr(int(code[1], 16)), word)


def facets_of(values: Mapping[str, Iterable[str]]) -> list[dict[str, Any]]:
    """One condition for each facet that has values: any of them will do."""
    return [
        {"terms": {f"facets.{facet}": list(wanted)}} for facet, wanted in values.items() if wanted
    ]


def _copies(address: Address) -> dict[str, Any]:
    """As many copies as wanted, but no more than there are nodes to hold them."""
    if not address.replicas:
        return {"number_of_replicas": 0}
    return {"auto_expand_replicas": f"0-{address.replicas}"}
