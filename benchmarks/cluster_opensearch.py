"""Does search grow with a large archive in OpenSearch? `make bench ONLY=cluster SIZE=1000000`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import psycopg

from benchmarks.growing import Grown, measure, resident
from search.engines.opensearch import OpenSearchEngine
from tests import cluster, postgres

HEAP = "1g"


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    with ExitStack() as stack:
        try:
            nodes = stack.enter_context(cluster.running(heap=HEAP, folder=None))
            url = stack.enter_context(postgres.server())
        except (cluster.Missing, postgres.Missing) as missing:
            print(f"OpenSearch left out: {missing}", file=sys.stderr)
            return
        node = nodes.nodes[0]
        assert node.process is not None  # it runs
        pid = str(node.process.pid)

        def size_of(index: str) -> int:
            found = node.ask(f"/{index},{index}-terms/_stats/store")
            return int(found["_all"]["total"]["store"]["size_in_bytes"])

        grown = Grown(
            name="opensearch",
            engine=lambda index: OpenSearchEngine(nodes.url(index)),
            size=size_of,
            memory=lambda: resident([pid]),
            note=f"one node with a heap of {HEAP}, three shards, no copies; server and client share this machine",
        )
        base = stack.enter_context(psycopg.connect(url, autocommit=True))
        yield from measure(grown, base, size)
