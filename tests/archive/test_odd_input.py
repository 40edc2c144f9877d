"""Whatever is asked of an address – odd queries, ids, languages, ranges, methods –, the answer is never an error of ours."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from parsing import parsed

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Topic

pytestmark = pytest.mark.django_db
REQUESTS = int(os.environ.get("ODD_REQUESTS", "1000"))
SEED = os.environ.get("ODD_SEED", "")
FINE = {200, 206, 301, 302, 303, 304, 307, 308, 400, 403, 404, 405, 406, 410, 413, 415, 416, 429}
# An address that another test asks, whose act is to end the session or to switch something for all.
LEFT_OUT = re.compile(r"logout|jsi18n|metrics")

WORDS = (
    *("", " ", "0", "-1", "1", "2", "99999999999999999999", "1e309", "NaN", "١٢", "2026", "٢٠٢٦"),
    *("null", "None", "true", "[]", "{}", "%00", "\x00", "\ud800", "é", "ß", "İ", "ﬁ", "\u202e"),
    *("'", '"', "\\", "';--", "' OR 1=1", "<script>alert(1)</script>", "{{7*7}}", "%s", "%(x)s"),
    *("../../etc/passwd", "..%2f..", "file:///etc/passwd", "//evil.example", "javascript:alert(1)"),
    *(
        "wohnen",
        "wohnung*",
        "*",
        "**",
        '"',
        '"a',
        "(",
        ")",
        "((((",
        "a OR",
        "OR",
        "NOT",
        "-",
        "--a",
    ),
    *("a~", "~", "ort:", "ort:x", "jahr:..", "jahr:2030..2010", "jahr:a..b", ":", "::", "a:b:c"),
    *("a" * 3000, "(" * 500, "-a " * 300, '" ' * 200, "ab* " * 100, "ä" * 1000, "\n\r\t", "👩‍👩‍👧"),
    *("2026-13-45", "9999-12-31", "0000-00-00", "2026-02-29T25:61", "cD0y", "cursor", "asc,desc"),
)
NAMES = (
    *("q", "seite", "page", "sort", "ort", "orte", "partei", "jahr", "thema", "art", "gruppe"),
    *("einheit", "land", "bis", "von", "ansicht", "darin", "format", "lieferung", "mit", "offen"),
    *(
        "stand",
        "url",
        "weiter",
        "zeichen",
        "cursor",
        "limit",
        "page_size",
        "id",
        "key",
        "specificity",
    ),
    *(
        "municipality",
        "party",
        "topic",
        "year",
        "kind",
        "state",
        "maxwidth",
        "next",
        "o",
        "p",
        "all",
    ),
    *("_popup", "_to_field", "_changelist_filters", "e", "id__in", "status__exact", "document__pk"),
    *("x[]", "x[a]", "__class__", "csrfmiddlewaretoken", "signature", "token", "alle", "kurz", "ß"),
)
METHODS = ("GET", "GET", "GET", "GET", "GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")
HEADERS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Accept-Language", ("", "en", "xx-YY;q=2", "de;q=zero", "*" * 500, "\x80", "de, " * 400)),
    ("Accept", ("", "*/*", "text/html", "application/json", "a/b;q=x", ";;;", "text/csv")),
    ("Range", ("bytes=0-5", "bytes=5-0", "bytes=-1", "bytes=a-b", "bytes=0-,0-,0-", "eggs=1-2")),
    ("If-None-Match", ("*", '"', 'W/"x"', "x" * 2000)),
    ("If-Modified-Since", ("gestern", "Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 99 Foo 99999")),
    ("Cookie", ("sessionid=x", "sprache=xx", "django_language=../..", "=;=;", "csrftoken=\x80")),
    ("Origin", ("null", "https://evil.example", "")),
    ("X-Forwarded-For", ("", ",,,", "x" * 500, "::1")),
    ("Content-Type", ("application/json", "multipart/form-data", "multipart/form-data; boundary=")),
    ("X-Requested-With", ("XMLHttpRequest",)),
)


def addresses(patterns: Any = None, before: str = "") -> Iterator[str]:
    """The routes of every address of the site, with their variable parts as `<name>`."""
    for one in patterns or get_resolver().url_patterns:
        part = str(one.pattern)
        if hasattr(one.pattern, "_regex"):  # (?P<name>…) and groups without a name become parts too
            part = re.sub(r"\(\?P<(\w+)>[^()]*(?:\([^()]*\)[^()]*)*\)", r"<\1>", part)
            part = re.sub(r"\([^()]*\)", "<group>", part).replace("^", "").replace("$", "")
            part = part.replace(r"\.", ".").replace("\\", "").replace("/?", "/")
        part = re.sub(r"<(?:\w+:)?(\w+)>", r"<\1>", part)
        if isinstance(one, URLResolver):
            yield from addresses(one.url_patterns, before + part)
        elif isinstance(one, URLPattern) and not LEFT_OUT.search(before + part):
            yield before + part


@pytest.fixture
def known() -> dict[str, list[str]]:
    """An archive of two texts, and the values that its addresses are made of."""
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    place = Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    party = Party.objects.create(short_name="MP", name="Musterpartei")
    found = []
    for year, sentence in ((2021, "Wir bauen 100 Wohnungen bis 2030."), (2026, "Wir bauen wenig.")):
        about = pieces.About(
            title=f"Programm {year}",
            kind="programme",
            year=year,
            municipalities=(place.ags,),
            parties=(party.short_name,),
        )
        text = parsed(("1. Wohnen", [sentence]), data=sentence.encode(), about=about)
        found.append(importing.store(text, publish=True).document)
    call_command("rebuild_index", verbosity=0)
    return {
        "ags": [place.ags, "00000000", "9"],
        "pk": [str(found[0].pk), "0", "999999999999999999"],
        "object_id": [str(found[0].pk), "x", "_5F"],
        "slug": [party.slug, "wohnen", "musterstadt", "impressum"],
        "year": ["2026", "1900", "2199", "12345"],
        "key": [found[0].pledges.get().key, "zzzz"],
        "code": ["de", "en", "xx"],
        "app_label": ["programmes", "auth", "x"],
        "content_type_id": ["1", "99999"],
    }


def request(
    chance: random.Random, routes: list[str], known: dict[str, list[str]]
) -> dict[str, Any]:
    """One odd request: what `Client.generic` needs."""

    def part(match: re.Match[str]) -> str:
        own = known.get(match[1], [])
        word = chance.choice(own if own and chance.random() < 0.7 else WORDS)
        return quote(word.encode("utf-8", "surrogatepass"), safe="")[:400]

    path = re.sub(r"<(\w+)>", part, chance.choice(routes))
    pairs = [
        (chance.choice(NAMES), chance.choice(WORDS).encode("utf-8", "surrogatepass"))
        for _number in range(chance.choice((0, 1, 1, 2, 3, 8)))
    ]
    query = urlencode(pairs)
    if chance.random() < 0.1:
        query = chance.choice(("&&&", "=", "a", "%", "%zz", "q=%ff%fe", "q", "?q=1", "q=a;q=b"))
    headers = {name: chance.choice(values) for name, values in HEADERS if chance.random() < 0.15}
    body = chance.choice((b"", b"a=b", b"{", b"\x00\xff" * 50, b"csrfmiddlewaretoken=x"))
    method = chance.choice(METHODS)
    content = headers.pop("Content-Type", "application/x-www-form-urlencoded")
    return {
        "method": method,
        "path": f"/{path}?{query}" if query else f"/{path}",
        "data": body if method not in ("GET", "HEAD") else b"",
        "content_type": content,
        "headers": headers,
    }


def administrator() -> User:
    """Somebody who may do everything; an odd request may have deleted them."""
    return User.objects.filter(username="verwaltung").first() or User.objects.create_superuser(
        "verwaltung"
    )


@pytest.mark.parametrize("who", ["stranger", "administrator"])
def test_odd_requests_get_an_answer_and_never_an_error(known, who):
    routes = sorted(set(addresses()))
    chance = random.Random(f"odd:{who}{SEED}")
    client = Client(raise_request_exception=False, enforce_csrf_checks=who == "stranger")
    wrong = []
    for _number in range(REQUESTS):
        if who == "administrator":
            client.force_login(administrator())
        asked = request(chance, routes, known)
        caches["limits"].clear()
        answer = client.generic(**asked)
        # 501 is oEmbed's own word for a format that is not there.
        if answer.status_code not in FINE | (
            {501} if asked["path"].startswith("/oembed/") else set()
        ):
            error = getattr(answer, "exc_info", None)
            told = repr(error[1])[:200] if error else ""
            wrong.append(f"{answer.status_code} {told} {asked}"[:700])
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert not wrong, "\n".join(wrong)


def test_every_part_of_the_site_is_asked():
    routes = set(addresses())
    for part in ("suche/", "api/pledges/<key>/", "admin/programmes/document/<object_id>/change/"):
        assert part in routes, sorted(routes)[:400]


@pytest.mark.parametrize("party", ["-", "x", "99999999999999999999", ""])
def test_a_new_row_cannot_begin_with_a_relation_to_nothing(client, party):
    client.force_login(administrator())
    assert client.get("/admin/programmes/absence/add/", {"party": party}).status_code == 200
