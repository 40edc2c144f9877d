"""How often one visitor may do a thing; counted in memory, by process, and forgotten with its window.

An address is counted under a keyed hash, so that no list of visitors comes about.
"""

from __future__ import annotations

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.crypto import salted_hmac


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
