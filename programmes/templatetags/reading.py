"""Filters of the templates: text as it was written, and numbers for drawings."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

from programmes.rendering import plain as without_escapes

register = template.Library()


@register.filter
def plain(text: str) -> str:
    """Section or pledge text without the escapes of its Markdown."""
    return without_escapes(text)


@register.filter
def drawn(number: float) -> str:
    """A number as drawings want it, whatever the language: 12.5, never 12,5."""
    return f"{number:g}"


@register.simple_tag
def bar(share: float, kind: str = "") -> SafeString:
    """A bar of `share` per cent of its column; the number stands beside it."""
    name = f' class="{conditional_escape(kind)}"' if kind else ""
    return mark_safe(  # noqa: S308 – only numbers and an escaped word
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"{name and " class=thin"}>'
        f'<rect width="{max(share, 0.4):g}" height="10"{name}/></svg>'
    )


@register.simple_tag
def dot(colour: Any) -> SafeString:
    """A party's colour as a small mark; nothing where none is known."""
    if not colour:
        return SafeString("")
    return mark_safe(  # noqa: S308 – the colour is escaped
        '<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">'
        f'<circle cx="5" cy="5" r="4.5" fill="{conditional_escape(colour)}" stroke="currentColor" stroke-width=".6"/></svg>'
    )
