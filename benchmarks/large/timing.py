"""How long each kind of page takes, asked for as a server does it, through the whole WSGI application."""

from __future__ import annotations

import gc
import io
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.test.utils import CaptureQueriesContext
from django.urls import path

from archive import urls
from benchmarks.large.filling import ELECTIONS
from programmes.models import Document, Municipality, Party, Pledge, Topic

EMPTY, FRAME = "/leer-zum-messen/", "/rahmen-zum-messen/"
AGAIN = 25  # times a page made before is asked for
Ask = Callable[..., tuple[int, dict[str, str]]]
# What each state of a page forgets before it is asked for.
STATES: dict[str, tuple[str, ...]] = {
    "kept": (),
    "new": ("pages",),
    "first": ("pages", "default", "held"),
}


def measure(rng: random.Random, most: int) -> dict[str, Any]:
    """Milliseconds at the median, and queries, of each kind of page in each state; of the two peers; what is no 304."""
    urls.urlpatterns[:0] = [path(EMPTY[1:], _empty), path(FRAME[1:], _frame)]
    ask = _asker()
    kinds = addresses(rng, most)
    for peer in (EMPTY, FRAME):
        for _ in range(30):
            ask(peer)
    times: dict[str, dict[str, list[float]]] = {state: {} for state in STATES}
    peers: dict[str, list[float]] = {EMPTY: [], FRAME: []}
    queries: dict[str, dict[str, int]] = {state: {} for state in STATES}
    unchanged = []
    for kind, found in kinds.items():
        for address in found:
            etag = ask(address)[1].get("ETag", "")  # imports, templates, translations are there now
            for state, forgotten in STATES.items():
                gc.collect()
                for _ in range(1 if forgotten else AGAIN):
                    _forget(forgotten)
                    times[state].setdefault(kind, []).append(_timed(ask, address))
            for peer, taken in peers.items():
                taken += [_timed(ask, peer) for _ in range(AGAIN)]
        for state, forgotten in STATES.items():
            ask(found[0])
            _forget(forgotten)
            with CaptureQueriesContext(connection) as captured:
                ask(found[0])
            queries[state][kind] = len(captured)
        if ask(found[-1], HTTP_IF_NONE_MATCH=etag)[0] != 304:
            unchanged.append(kind)
    return {
        "empty": statistics.median(peers[EMPTY]),
        "frame": statistics.median(peers[FRAME]),
        "times": {
            state: {kind: statistics.median(taken) for kind, taken in by_kind.items()}
            for state, by_kind in times.items()
        },
        "queries": queries,
        "unchanged": unchanged,
    }


def _forget(names: tuple[str, ...]) -> None:
    for name in names:
        caches[name].clear()


def addresses(rng: random.Random, most: int) -> dict[str, list[str]]:
    """Of each kind of page some, another choice in each round."""

    def some(rows: list[Any]) -> list[Any]:
        return rng.sample(rows, min(most, len(rows)))

    lately = {"documents__year": ELECTIONS[-1], "documents__kind": "programme"}
    places = some(list(Municipality.objects.filter(**lately).distinct()))
    parties = some(list(Party.objects.filter(documents__isnull=False).distinct()))
    topics = some(list(Topic.objects.all()))
    documents = some(list(Document.objects.filter(kind="programme").defer("text")))
    keys = some(list(Pledge.objects.order_by("pk").values_list("key", flat=True)[:20_000]))
    beside = {
        place.pk: list(
            Party.objects.filter(documents__municipalities=place, documents__kind="programme")
            .distinct()
            .values_list("slug", flat=True)
        )
        for place in places
    }
    return {
        "home": ["/"],
        "places": ["/orte/"],
        "place": [place.get_absolute_url() for place in places],
        "matrix": [f"/orte/{place.ags}/{ELECTIONS[-1]}/" for place in places],
        "parties": ["/parteien/"],
        "party": [party.get_absolute_url() for party in parties],
        "years": ["/jahre/"],
        "year": [f"/jahre/{year}/" for year in ELECTIONS],
        "topics": ["/themen/"],
        "topic": [topic.get_absolute_url() for topic in topics],
        "topic narrowed": [
            f"{topic.get_absolute_url()}?partei={party.slug}"
            for topic, party in zip(topics, parties, strict=False)
        ],
        "documents": ["/dokumente/"],
        "documents narrowed": [f"/dokumente/?partei={party.slug}" for party in parties],
        "reader": [document.get_absolute_url() for document in documents],
        "pledge": [f"/versprechen/{key}/" for key in keys],
        "compare": ["/vergleich/"],
        "compare parties": [
            f"/vergleich/?ort={place.ags}&jahr={ELECTIONS[-1]}&"
            + "&".join(f"partei={slug}" for slug in beside[place.pk][:3])
            for place in places
        ],
        "compare elections": [
            f"/vergleich/?art=wahlen&ort={place.ags}&partei={slug}"
            for place in places
            for slug in beside[place.pk][:1]
        ],
        "due": ["/faellig/"],
        "countable": ["/faellig/?ansicht=zahlen"],
        "data": ["/daten/"],
        "imprint": ["/impressum/"],
    }


def _empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


def _frame(request: HttpRequest) -> HttpResponse:
    return render(request, "base.html")


def _timed(ask: Ask, address: str) -> float:
    """Milliseconds of this process: nothing here waits for another, and a busy machine does not count."""
    begin = time.process_time()
    ask(address)
    return 1000 * (time.process_time() - begin)


def _asker() -> Ask:
    """Asks the WSGI application as a server does, on behalf of a browser without a session."""
    from archive.wsgi import (
        application,
    )  # which also settles the garbage collector, as for visitors

    def ask(address: str, **headers: str) -> tuple[int, dict[str, str]]:
        where, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": where,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT_ENCODING": "gzip, deflate, br",
            "HTTP_ACCEPT_LANGUAGE": "de-DE,de;q=0.9",
            "REMOTE_ADDR": "127.0.0.1",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": True,
            "wsgi.run_once": False,
            **headers,
        }
        told: dict[str, Any] = {}

        def start(status: str, headers: list[tuple[str, str]], _: object = None) -> None:
            told.update(status=int(status[:3]), headers=dict(headers))

        body: Any = application(environ, start)
        for _ in body:
            pass
        body.close()
        assert told["status"] in (200, 304), (address, told["status"])
        return told["status"], told["headers"]

    return ask
