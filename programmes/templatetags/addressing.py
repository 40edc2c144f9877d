"""The `url` tag of all templates: Django's own, but an address that was found out once is not sought again.

Every page names some thirty addresses in its frame alone; at 25 µs each they were a tenth of the time in which a
page is made.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.template import defaulttags
from django.template.base import Parser, Token
from django.template.context import Context
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.html import conditional_escape

register = template.Library()


class AddressNode(defaulttags.URLNode):
    def render(self, context: Context) -> str:
        arguments = [one.resolve(context) for one in self.args]
        if self.kwargs or self.asvar or not all(isinstance(one, str | int) for one in arguments):
            return super().render(context)
        address = _found(
            (get_script_prefix(), get_urlconf() or settings.ROOT_URLCONF, _application(context)),
            self.view_name.resolve(context),
            *arguments,
        )
        return conditional_escape(address) if context.autoescape else address


@register.tag
def url(parser: Parser, token: Token) -> AddressNode:
    node = defaulttags.url(parser, token)
    return AddressNode(node.view_name, node.args, node.kwargs, node.asvar)


@lru_cache(maxsize=4000, typed=True)
def _found(site: tuple[str, Any, str | None], name: str, *arguments: Any) -> str:
    """Typed, since 1 and "1" may be written differently."""
    return reverse(name, site[1], list(arguments), current_app=site[2])


def _application(context: Context) -> str | None:
    """Which of several instances of an application is meant: as Django decides it."""
    request = getattr(context, "request", None)
    if hasattr(request, "current_app"):
        return request.current_app  # type: ignore[union-attr]
    return getattr(getattr(request, "resolver_match", None), "namespace", None)
