"""How often one visitor may do a thing; counted in memory, by process, and forgotten with its window.

An address is counted under a keyed hash, so that no list of visitors comes about.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac

MINUTE = 60
# With no proxy declared these stand for whoever came through one: nobody in particular.
ON_THIS_MACHINE = ("127.0.0.1", "::1", "")


def exceeded(what: str, who: str, most: int, seconds: int) -> bool:
    """Count one more `what` of `who`; True above `most` within the window."""
    cache = caches["limits"]
    key = salted_hmac("programmes.limits", f"{what}\0{who}").hexdigest()
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # the window ended in between
        cache.set(key, 1, seconds)
        return most < 1


def visitor(request: HttpRequest) -> str:
    """The address of the visitor; behind `PROXIES` proxies the one that the outermost of them saw."""
    proxies: int = settings.PROXIES
    seen = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if proxies else []
    if proxies and len(seen) >= proxies and seen[-proxies].strip():
        return seen[-proxies].strip()
    return request.META.get("REMOTE_ADDR", "")


def per_minute(what: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view that one visitor may ask `settings.VISITOR_RATES[what]` times a minute; 0 is without limit.

    Ordinary pages have none, so that search engines can read them all.
    """

    def limit(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def limited(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
            most, who = settings.VISITOR_RATES[what], visitor(request)
            anybody = who in ON_THIS_MACHINE and not settings.PROXIES
            if most and not anybody and exceeded(what, who, most, MINUTE):
                return too_many(request)
            return view(request, *args, **kwargs)

        return limited

    return limit


def too_many(request: HttpRequest) -> HttpResponse:
    """429 and when to come back."""
    answer = render(request, "429.html", {"exception": "too many"}, status=429)
    answer["Retry-After"] = str(MINUTE)
    answer["Cache-Control"] = "no-store"
    return answer
