"""Tags of the search pages: addresses of searches like this one."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from django import template

register = template.Library()


@register.filter
def suggested(address: str, query: str) -> str:
    """The search at an address with another query."""
    rest = [pair for pair in parse_qsl(address.lstrip("?")) if pair[0] != "q"]
    return "?" + urlencode([("q", query), *rest])
