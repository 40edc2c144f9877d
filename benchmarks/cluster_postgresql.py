"""Does search grow with a large archive in PostgreSQL? `make bench ONLY=cluster SIZE=1000000`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import psycopg

from benchmarks.growing import Grown, measure, resident
from search.engines.postgres import PostgresEngine
from tests import postgres

BUFFERS = "1GB"


def run(size: int | None = None) -> Iterator[dict[str, Any]]:
    with ExitStack() as stack:
        try:
            url = stack.enter_context(postgres.server(shared_buffers=BUFFERS))
        except postgres.Missing as missing:
            print(f"PostgreSQL left out: {missing}", file=sys.stderr)
            return
        base = stack.enter_context(psycopg.connect(url, autocommit=True))

        def size_of(table: str) -> int:
            row = base.execute(
                "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND relname ~ %s",
                [f"^{table}(_|$)"],
            ).fetchone()
            return int(row[0]) if row else 0

        grown = Grown(
            name="postgresql",
            engine=lambda table: PostgresEngine(url, table=table),
            size=size_of,
            memory=lambda: resident(_processes(base)),
            note=f"shared_buffers = {BUFFERS}; server and client share this machine",
        )
        yield from measure(grown, base, size)


def _processes(base: psycopg.Connection[Any]) -> list[str]:
    (first,) = base.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    server = Path(f"/proc/{first}/stat").read_text().rsplit(")", 1)[1].split()[1]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [server, *children]
