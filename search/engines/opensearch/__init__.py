"""The index in an OpenSearch cluster, for an operator with several machines: `SEARCH_URL=opensearch://host1,host2/`.

An alias names the index that answers, and another the small one beside it with the terms of the text and how many
entries hold each. A rebuild fills new ones and moves both aliases at once. All entries of a document lie in one
shard, which shows what was written only when told to, after the last of them; so nobody sees half a document.
"""

from __future__ import annotations

import hashlib
import os
import re
import ssl
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import replace
from typing import Any, TypeVar

from opensearchpy import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    NotFoundError,
    OpenSearch,
    OpenSearchException,
    SSLError,
    TransportError,
)
from urllib3 import Timeout

from search.engines.base import EngineUnavailable, Entry, Query, Results
from search.engines.opensearch import asking, schema
from search.engines.opensearch.address import Address, address
from search.engines.opensearch.bulk import BUSY, FULL, Bulk, is_full, pause
from search.engines.opensearch.writing import alone

REACHED = 2  # seconds for a node to take a connection; one without power never refuses it
PRESENT = 1  # to say that it is there
TRY = 4  # seconds for which a reader waits for one node's answer, where there is another to ask
REQUEST = 10  # where there is none
WRITTEN = 60  # a writer; it may be a busy cluster's own housekeeping
SHOWN = 900  # the one who makes a whole new index ready
FAILOVER = 12.0  # seconds for which a reader asks again while the cluster replaces a node
SHUNNED = 20  # seconds for which a node that did not answer is not asked; twice as long if it still does not
COPIED = (
    600  # seconds that a new index may take to be copied to all nodes before it goes live without
)
CHUNK = 5000
NO_INDEX = "Es gibt keinen Index; manage.py rebuild_index baut ihn."
Answer = TypeVar("Answer")


class OpenSearchEngine:
    """Safe for threads and processes: each process has a client of its own, made when first needed."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.address: Address = address(url)
        self._alias, self._terms = self.address.index, f"{self.address.index}-terms"
        self._lock = f"{self.address.index}-lock"
        self._clients: dict[tuple[int, bool], OpenSearch] = {}
        self._making = threading.Lock()
        self._awake: tuple[str, float] = "", 0.0

    def __reduce__(self) -> tuple[type[OpenSearchEngine], tuple[str]]:
        """To another process goes the address, and nothing that is open here."""
        return OpenSearchEngine, (self.url,)

    def search(self, query: Query) -> Results:
        body = asking.body(query)
        # The same question goes to the same copies: those of a shard count deleted entries differently, and so score.
        same = hashlib.blake2b(repr(body).encode(), digest_size=8).hexdigest()

        def page(**rest: Any) -> dict[str, Any]:
            answer: dict[str, Any] = self._ask(
                lambda: self._reader().search(
                    index=self._alias,
                    body={**body, **rest},
                    allow_partial_search_results=False,
                    search_type="dfs_query_then_fetch",
                    preference=self._preferred() or same,
                )
            )
            return answer

        if not query.limit:
            return asking.results(query, page(size=0))
        if query.offset + query.limit <= schema.DEEPEST:
            return asking.results(query, page(**{"from": query.offset, "size": query.limit}))
        # Beyond what the cluster gives at once one goes there step by step.
        answer, at = page(size=min(query.offset, CHUNK)), 0
        hits = answer["hits"]["hits"]
        while hits and at + len(hits) < query.offset:
            at += len(hits)
            left = min(query.offset - at, CHUNK)
            hits = page(size=left, search_after=hits[-1]["sort"], aggs={})["hits"]["hits"]
        if hits:
            after = hits[-1]["sort"]
            hits = page(size=query.limit, search_after=after, aggs={})["hits"]["hits"]
        answer["hits"]["hits"] = hits
        return asking.results(query, answer)

    def replace(self, document: int, entries: Iterable[Entry]) -> None:
        given = list(entries)
        with self._writing("written") as check:
            # A writer that died may have left what nobody has seen yet.
            self._refresh(self._alias, self._terms)
            held = self._held(document)
            counted: Counter[str] = Counter()
            for text in held.values():
                counted.subtract(schema.distinct(text))
            with Bulk(self._client(), self._alias, check) as bulk:
                for name in held.keys() - {entry.id for entry in given}:
                    bulk.delete(name, document)
                for entry in given:
                    row = schema.source(entry)
                    counted.update(schema.distinct(row.get("text", "")))
                    bulk.put(entry.id, row, document)
            self._count(counted, check)
            self._refresh(self._alias, self._terms)

    @contextmanager
    def rebuild(self, stamp: str) -> Iterator[_Loader]:
        client = self._client()
        with self._plainly():
            # 400: it is there already.
            client.indices.create(self._lock, schema.lock_body(self.address), ignore=[400])
        with self._writing("rebuilt") as check:
            self._sweep()
            fresh = f"{self._alias}-{time.strftime('%Y%m%d%H%M%S')}{time.time_ns() % 10**9:09}"
            try:
                # With every copy there from the start a node may die while it is filled.
                client.indices.create(
                    fresh, schema.index_body(self.address), wait_for_active_shards="all"
                )
                client.indices.create(
                    f"{fresh}-terms",
                    schema.terms_body(self.address),
                    wait_for_active_shards="all",
                )
                loader = _Loader(client, fresh, check)
                yield loader
                loader.finish()
                self._refresh(fresh, f"{fresh}-terms")
                self._wait_for_copies(fresh)
                check()
                client.indices.put_settings(
                    index=f"{fresh},{fresh}-terms", body={schema.REPLACED: None}
                )
                client.indices.put_mapping(index=fresh, body={"_meta": {"stamp": stamp}})
                self._swap(fresh)
            except BaseException:
                with suppress(OpenSearchException):  # the next rebuild sweeps
                    client.indices.delete(f"{fresh},{fresh}-terms", ignore_unavailable=True)
                raise
            self._sweep()

    def stamp(self) -> str | None:
        try:
            with self._plainly():
                found = self._client().indices.get_mapping(
                    index=self._alias, request_timeout=REQUEST
                )
        except EngineUnavailable as reason:
            if str(reason) == NO_INDEX:
                return None
            raise
        for mapping in found.values():
            stamp = mapping["mappings"].get("_meta", {}).get("stamp")
            return None if stamp is None else str(stamp)
        return None

    def vocabulary(self, prefix: str, limit: int) -> Mapping[str, int]:
        body = {
            "query": {"prefix": {"term": schema.term(prefix)}},
            "sort": [{"entries": "desc"}, {"term": "asc"}],
            "size": limit,
            "track_total_hits": False,
        }
        answer = self._ask(lambda: self._reader().search(index=self._terms, body=body))
        rows = (hit["_source"] for hit in answer["hits"]["hits"])
        return {schema.plain(row["term"]): row["entries"] for row in rows}

    def documents(self) -> Mapping[int, frozenset[str]]:
        found: dict[int, set[str]] = {}
        for hit in self._walk({"match_all": {}}):
            found.setdefault(hit["fields"]["document"][0], set()).add(hit["_id"])
        return {document: frozenset(ids) for document, ids in found.items()}

    def close(self) -> None:
        for client in self._clients.values():
            client.close()
        self._clients.clear()

    def _client(self, *, reading: bool = False) -> OpenSearch:
        of = os.getpid(), reading
        with self._making:
            if of not in self._clients:
                several = len(self.address.hosts) > 1
                self._clients[of] = (
                    _connect(self.address, wait=TRY if several else REQUEST)
                    if reading
                    else _connect(self.address, wait=WRITTEN, retries=len(self.address.hosts) + 1)
                )
            return self._clients[of]

    def _reader(self) -> OpenSearch:
        """The client that gives up on a node soon; `_ask` then asks another."""
        return self._client(reading=True)

    def _preferred(self) -> str:
        """The nodes to ask for copies while one of them is silent; empty if none is known to be."""
        nodes, until = self._awake
        return nodes if time.monotonic() < until else ""

    def _look_round(self) -> None:
        """Find out which nodes answer. The cluster itself takes half a minute or more to miss one that fell silent,
        and until then sends it questions; so we say whom to ask."""
        awake = []
        for host, port in self.address.hosts:
            client = _connect(replace(self.address, hosts=((host, port),)), wait=PRESENT)
            with suppress(OpenSearchException):
                awake += client.nodes.info(node_id="_local", metric="http")["nodes"]
            client.close()
        if 0 < len(awake) < len(self.address.hosts):
            self._awake = f"_prefer_nodes:{','.join(awake)}", time.monotonic() + SHUNNED

    def _ask(self, ask: Callable[[], Answer]) -> Answer:
        """Ask, and while the cluster replaces a node or an index, ask again."""
        end, tries = time.monotonic() + FAILOVER, 0
        while True:
            try:
                with self._plainly():
                    return ask()
            except EngineUnavailable as reason:
                # Without an index two more tries will do: one may just have been swapped for its successor.
                last = tries == 2 if str(reason) == NO_INDEX else time.monotonic() > end
                if last or isinstance(reason, _Refused):
                    raise
                if isinstance(reason, _Silent) and not self._preferred():
                    self._look_round()
            tries += 1
            time.sleep(pause(tries))

    @contextmanager
    def _plainly(self) -> Iterator[None]:
        """What the cluster cannot do, as the sentence for those who run it."""
        try:
            yield
        except NotFoundError as gone:
            raise EngineUnavailable(NO_INDEX) from gone
        except AuthenticationException as refused:
            raise _Refused(
                f"Der Suchcluster ({self.address}) weist Namen oder Passwort zurück; beide stehen in SEARCH_URL."
            ) from refused
        except AuthorizationException as refused:
            raise _Refused(
                f"Der Suchcluster ({self.address}) erlaubt dem Nutzer aus SEARCH_URL nicht, was das Archiv braucht:"
                f" alle Rechte auf „{self._alias}*“."
            ) from refused
        except SSLError as error:
            raise _Refused(
                f"Der Suchcluster ({self.address}) spricht kein TLS, dem dieser Rechner traut; siehe ca= in SEARCH_URL."
            ) from error
        except ConnectionTimeout as error:
            raise _Silent(
                f"Der Suchcluster ({self.address}) hat nicht rechtzeitig geantwortet."
            ) from error
        except ConnectionError as error:
            raise EngineUnavailable(
                f"Der Suchcluster ({self.address}) ist nicht zu erreichen; läuft er, und stimmt SEARCH_URL?"
            ) from error
        except TransportError as error:
            if is_full(error.info):
                raise _Refused(FULL) from error
            if error.status_code not in BUSY:
                raise
            raise EngineUnavailable(
                f"Der Suchcluster ({self.address}) ist gerade überlastet oder ersetzt einen Knoten ({error.status_code})."
            ) from error

    @contextmanager
    def _writing(self, what: Any) -> Iterator[Callable[[], None]]:
        """As the only writer; what is yielded raises once that is no longer sure."""
        with self._plainly():
            if what == "written" and not self._client().indices.exists_alias(name=self._alias):
                raise EngineUnavailable(NO_INDEX)
            with alone(self._client(), self._lock, what) as lease:
                yield lease.check

    def _held(self, document: int) -> dict[str, str]:
        """Its entries, each with its text as the cluster has it."""
        walk = self._walk({"term": {"document": document}}, source=["text"], routing=str(document))
        return {hit["_id"]: hit["_source"].get("text", "") for hit in walk}

    def _walk(
        self, wanted: dict[str, Any], source: list[str] | bool = False, **how: Any
    ) -> Iterator[dict[str, Any]]:
        """Every entry that matches, as the index is now, a few thousand in memory at a time."""
        body = {
            "query": wanted,
            "sort": ["_doc"],
            "size": CHUNK,
            "_source": source,
            "docvalue_fields": ["document"],
        }
        client = self._client()
        answer = self._ask(
            lambda: client.search(
                index=self._alias,
                body=body,
                scroll="2m",
                allow_partial_search_results=False,
                **how,
            )
        )
        try:
            while answer["hits"]["hits"]:
                yield from answer["hits"]["hits"]
                if len(answer["hits"]["hits"]) < CHUNK:
                    break
                page = {"scroll_id": answer["_scroll_id"], "scroll": "2m"}
                answer = self._ask(lambda page=page: client.scroll(body=page))  # type: ignore[misc]
        finally:
            client.clear_scroll(body={"scroll_id": [answer["_scroll_id"]]}, ignore=[404])

    def _count(self, counted: Counter[str], check: Callable[[], None]) -> None:
        """Add to the number of entries that hold each term."""
        changed = sorted((word, more) for word, more in counted.items() if more)
        with Bulk(self._client(), self._terms, check) as bulk:
            for start in range(0, len(changed), CHUNK):
                part = changed[start : start + CHUNK]
                ids = {_term_id(word): word for word, _ in part}
                rows = self._client().mget(index=self._terms, body={"ids": list(ids)})["docs"]
                now = {row["_id"]: row["_source"]["entries"] for row in rows if row.get("found")}
                for (name, word), (_, more) in zip(ids.items(), part, strict=True):
                    entries = now.get(name, 0) + more
                    if entries > 0:
                        bulk.put(name, {"term": word, "entries": entries})
                    elif name in now:
                        bulk.delete(name)

    def _refresh(self, *indices: str) -> None:
        """Show what was written."""
        self._ask(
            lambda: self._client().indices.refresh(index=",".join(indices), request_timeout=SHOWN)
        )

    def _wait_for_copies(self, fresh: str) -> None:
        self._client().cluster.health(
            index=f"{fresh},{fresh}-terms",
            wait_for_status="green",
            timeout=f"{COPIED}s",
            request_timeout=COPIED + WRITTEN,
            ignore=[408],
        )

    def _swap(self, fresh: str) -> None:
        """From one moment to the next the new indices answer."""
        old = self._own()
        self._client().indices.update_aliases(
            body={
                "actions": [
                    {"add": {"index": fresh, "alias": self._alias}},
                    {"add": {"index": f"{fresh}-terms", "alias": self._terms}},
                    *(
                        {
                            "remove": {
                                "index": name,
                                "alias": self._terms if name.endswith("-terms") else self._alias,
                                "must_exist": False,
                            }
                        }
                        for name in old
                        if name not in (fresh, f"{fresh}-terms")
                    ),
                ]
            }
        )

    def _sweep(self) -> None:
        """Delete what earlier rebuilds left: our own indices that no alias names."""
        left = [name for name, live in self._own().items() if not live]
        if left:
            self._client().indices.delete(",".join(left), ignore_unavailable=True)

    def _own(self) -> dict[str, bool]:
        """Our indices, with whether an alias names them."""
        found = self._client().indices.get_alias(index=f"{self._alias}-*")
        own = re.compile(rf"{re.escape(self._alias)}-\d{{23}}(-terms)?")
        return {name: bool(rest["aliases"]) for name, rest in found.items() if own.fullmatch(name)}


class _Refused(EngineUnavailable):
    """Asking again will not help."""


class _Silent(EngineUnavailable):
    """Whoever was asked has not answered."""


class _Loader:
    """Writes entries into a new index and counts which terms they hold."""

    def __init__(self, client: OpenSearch, fresh: str, check: Callable[[], None]) -> None:
        self._client, self._fresh, self._check = client, fresh, check
        self._counted: Counter[str] = Counter()

    def add(self, entries: Iterable[Entry]) -> None:
        with Bulk(self._client, self._fresh, self._check, alias=False) as bulk:
            for entry in entries:
                row = schema.source(entry)
                self._counted.update(schema.distinct(row.get("text", "")))
                bulk.put(entry.id, row, entry.document)

    def finish(self) -> None:
        with Bulk(self._client, f"{self._fresh}-terms", self._check, alias=False) as bulk:
            for word, entries in self._counted.items():
                bulk.put(_term_id(word), {"term": word, "entries": entries})


def _connect(where: Address, *, wait: float, retries: int = 0) -> OpenSearch:
    """`retries`: how often the client itself asks another node."""
    secure: dict[str, Any] = {}
    if where.tls:
        secure = {"use_ssl": True, "verify_certs": where.verify, "ssl_show_warn": False}
        secure |= {"ca_certs": _authorities(where.ca)} if where.ca and where.verify else {}
    if where.user:
        secure["http_auth"] = (where.user, where.password)
    return OpenSearch(
        [{"host": host, "port": port} for host, port in where.hosts],
        timeout=Timeout(connect=min(REACHED, wait), read=wait),
        max_retries=retries,
        # A reader's node that keeps silent is shunned; what is written may take its time.
        retry_on_timeout=not retries,
        retry_on_status=(),
        pool_maxsize=32,
        dead_timeout=SHUNNED if len(where.hosts) > 1 else 1,
        **secure,
    )


def _authorities(file: str) -> str:
    try:
        ssl.create_default_context(cafile=file)
    except OSError as error:  # of which SSLError is one
        raise _Refused(
            f"SEARCH_URL: ca={file} ist keine lesbare Datei mit Zertifikaten ({error.strerror or error})."
        ) from error
    return file


def _term_id(word: str) -> str:
    return hashlib.blake2b(word.encode(), digest_size=16).hexdigest()
