"""`{% machine_head %}`: what the head of a page tells machines."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import SafeString

from programmes import heads
from programmes.rendering import data_block

register = template.Library()


@register.inclusion_tag("includes/machine_head.html", takes_context=True)
def machine_head(context: template.Context) -> dict[str, Any]:
    request = context.get("request")
    if request is None:
        return {}
    rows: dict[str, Any] = context.flatten()  # type: ignore[assignment]
    head = heads.of_page(request, rows)
    return {"head": head, "root": request.build_absolute_uri("/")[:-1]}


@register.inclusion_tag("includes/takeaways.html", takes_context=True)
def takeaways(context: template.Context) -> dict[str, Any]:
    """What the list of this page can be taken away as."""
    request = context.get("request")
    return {"files": heads.takeaways(request) if request else []}


@register.simple_tag
def linked_data(value: dict[str, Any]) -> SafeString:
    return data_block(value)
