"""What several pages do alike: pages of a list, and being made once per edition of the archive."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from programmes import edition, known
from programmes.models import Document, Pledge
from programmes.stacks import OfTopic

PER_PAGE = 25
LARGEST = 1_500_000  # bytes of HTML that are kept; a larger page is made each time
View = Callable[..., HttpResponse]


def page_of(
    request: HttpRequest,
    rows: QuerySet | OfTopic | known.Listed,
    per_page: int = PER_PAGE,
    count: int | None = None,
) -> Page:
    """The page that the address asks for; the nearest there is where it asks for another.

    `count` is how many rows there are, where that is known already.
    """
    if isinstance(rows, QuerySet) and rows.model in (Document, Pledge):
        rows = known.Listed(rows)
    pages: Paginator = Paginator(rows, per_page)  # type: ignore[arg-type]
    if count is not None:
        pages.count = count  # type: ignore[misc]
    return pages.get_page(request.GET.get("page"))


def public(view: View) -> View:
    """A page that is the same for every stranger: made once per edition, language and address.

    Its ETag is known before it is made, so that a conditional request costs one query. Whoever has a session
    (the desk) always gets a fresh page. A page that says "no-store" is made each time.
    """
    return kept_in("pages", view)


def kept_in(name: str, view: View) -> View:
    """The same with the cache named in which pages are kept: those of one kind shall not push out all others."""

    @require_safe
    @wraps(view)
    def shown(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            response = view(request, *args, **kwargs)
            response["Cache-Control"] = "private, no-store"
            return response
        with edition.during_one_page() as mark:
            etag = _etag(request, mark)
            unchanged = get_conditional_response(request, etag=etag)
            if unchanged is not None and unchanged.status_code == 304:
                return _labelled(unchanged, etag)
            kept = caches[name].get(etag)
            if kept is None:
                response = view(request, *args, **kwargs)
                passing = response.get("Cache-Control") == "no-store"
                if passing or response.status_code != 200 or len(response.content) > LARGEST:
                    return response
                body = gzip.compress(response.content, compresslevel=4, mtime=0)
                kept = body, response["Content-Type"]
                caches[name].set(etag, kept, edition.LONGEST)
        body, media_type = kept
        if "gzip" in request.headers.get("Accept-Encoding", ""):
            response = HttpResponse(body, content_type=media_type)
            response["Content-Encoding"] = "gzip"
        else:
            response = HttpResponse(gzip.decompress(body), content_type=media_type)
        return _labelled(response, etag)

    return shown


def _labelled(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = "no-cache"
    patch_vary_headers(response, ["Accept-Encoding", "Accept-Language", "Cookie"])
    return response


def _etag(request: HttpRequest, mark: str) -> str:
    """Weak, since the compressed and the plain page share it. The day is part of every citation."""
    parts = (
        mark,
        build(),
        get_language() or "",
        timezone.localdate().isoformat(),
        request.build_absolute_uri(),
    )
    return f'W/"{hashlib.sha256(chr(0).join(parts).encode()).hexdigest()[:32]}"'


@lru_cache(maxsize=1)
def build() -> str:
    """Changes with every file that pages are made by, so that no page outlives the code that made it."""
    stamp = hashlib.sha256()
    for folder in ("templates", "static", "programmes", "search", "archive"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".mo", ".svg"}:
                stamp.update(f"{path}{path.stat().st_mtime_ns}".encode())
    return stamp.hexdigest()
