"""Tags of the desk: forms of acts on sections and pledges, and looking a value up by its name."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django import template
from django.core.exceptions import FieldDoesNotExist
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from programmes import seen
from programmes.models import Document, Pledge, Section

register = template.Library()


@register.filter
def of(values: Any, name: str) -> Any:
    """`values|of:name`; nothing where it is not there."""
    return values.get(name, "") if values else ""


@register.filter
def called(name: str) -> str:
    """What a field of a document or pledge is called: "specificity" gives "Bestimmtheit"."""
    for model in (Document, Pledge):
        with suppress(FieldDoesNotExist):
            return str(getattr(model._meta.get_field(name), "verbose_name", name))
    return name


@register.filter
def value_of(value: Any, name: str) -> str:
    """A value as people read it: "concrete" gives "konkret", a list its parts."""
    if isinstance(value, list):
        return ", ".join(map(str, value))
    for model in (Document, Pledge):
        with suppress(FieldDoesNotExist):
            choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
            return str(choices.get(value, value or ""))
    return str(value or "")


@register.simple_tag(takes_context=True)
def section_form(context: Any, document: Document, section: Section, act: str) -> SafeString:
    """The head of a form that does `act` to a section; the template closes it."""
    address = reverse("admin:programmes_document_section", args=[document.pk, section.pk, act])
    return _form(context, address, act, seen.mark(seen.of_section(section)))


@register.simple_tag(takes_context=True)
def pledge_form(context: Any, document: Document, pledge: Pledge, act: str) -> SafeString:
    """The head of a form that does `act` to a pledge; the template closes it."""
    address = reverse("admin:programmes_document_pledge", args=[document.pk, pledge.key, act])
    mark = seen.mark(seen.of_pledge(pledge, getattr(pledge, "topic_slugs", [])))
    return _form(context, address, act, mark)


def _form(context: Any, address: str, act: str, mark: str) -> SafeString:
    token = get_token(context["request"])
    return format_html(
        '<form method="post" action="{}" data-act="{}"><input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="seen" value="{}">',
        address,
        act,
        token,
        mark,
    )
