"""Tags of the desk: forms of acts on sections and pledges, and looking a value up by its name."""

from __future__ import annotations

from typing import Any

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programmes.models import Document, Pledge, Section

register = template.Library()


@register.filter
def of(values: Any, name: str) -> Any:
    """`values|of:name`; nothing where it is not there."""
    return values.get(name, "") if values else ""


@register.simple_tag(takes_context=True)
def section_form(context: Any, document: Document, section: Section, act: str) -> SafeString:
    """The head of a form that does `act` to a section; the template closes it."""
    address = reverse("admin:programmes_document_section", args=[document.pk, section.pk, act])
    return _form(context, address, act)


@register.simple_tag(takes_context=True)
def pledge_form(context: Any, document: Document, pledge: Pledge, act: str) -> SafeString:
    """The head of a form that does `act` to a pledge; the template closes it."""
    address = reverse("admin:programmes_document_pledge", args=[document.pk, pledge.key, act])
    return _form(context, address, act)


def _form(context: Any, address: str, act: str) -> SafeString:
    token = get_token(context["request"])
    return format_html(
        '<form method="post" action="{}" data-act="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">',
        address,
        act,
        token,
    )
