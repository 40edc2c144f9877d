"""Filters of the templates: text as it was written, numbers and dates as one reads them, and small drawings."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format, number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from programmes.rendering import plain as without_escapes

register = template.Library()

REPAIRS = {
    "columns": _("Spalten nacheinander gelesen"),
    "contact-line": _("Kontaktzeilen weggelassen"),
    "contents-line": _("Zeilen des Inhaltsverzeichnisses weggelassen"),
    "doubled-line": _("doppelte Zeilen weggelassen"),
    "emphasis": _("Auszeichnungen entfernt"),
    "escaped-markdown": _("Maskierungen aufgelöst"),
    "hard-wrap": _("umbrochene Zeilen verbunden"),
    "html-entity": _("HTML-Zeichen aufgelöst"),
    "html-tag": _("HTML-Reste entfernt"),
    "hyphenation": _("Trennstriche am Zeilenende entfernt"),
    "image-placeholder": _("Platzhalter für Bilder weggelassen"),
    "interface-words": _("Wörter einer Bedienoberfläche weggelassen"),
    "line-break-tag": _("Zeilenumbrüche aufgelöst"),
    "line-number": _("Zeilennummern weggelassen"),
    "link": _("Verweise durch ihren Text ersetzt"),
    "metadata-line": _("Zeilen mit Metadaten weggelassen"),
    "page-number": _("Seitenzahlen weggelassen"),
    "running-line": _("Kopf- und Fußzeilen weggelassen"),
    "scanned-page": _("Seiten durch Texterkennung gelesen"),
    "sentence-cut": _("durchtrennte Sätze verbunden"),
    "soft-hyphen": _("weiche Trennstriche entfernt"),
}
FIELDS = {
    "title": _("Titel"),
    "kind": _("Art"),
    "municipalities": _("Ort"),
    "parties": _("Partei"),
    "publisher": _("Herausgeber"),
    "year": _("Jahr"),
    "date": _("Datum"),
    "scope": _("Geltungsbereich"),
    "language": _("Sprache"),
}


@register.filter
def plain(text: str) -> str:
    """Section or pledge text without the escapes of its Markdown."""
    return without_escapes(text)


@register.filter
def drawn(number: float) -> str:
    """A number as drawings want it, whatever the language: 12.5, never 12,5."""
    return f"{number:g}"


@register.filter
def grouped(number: int) -> str:
    """A count as one reads it: 12.345 in German, 12,345 in English."""
    return number_format(number, use_l10n=True, force_grouping=True)


@register.filter
def percent(share: float) -> str:
    """0.85 as 85 %."""
    return f"{round(100 * share)} %"


@register.filter
def partial_date(text: str) -> str:
    """A date as exactly as it is known, "2021", "2021-01" or "2021-01-31", in the reader's language."""
    parts = [int(part) for part in text.split("-") if part.isdigit()]
    try:
        if len(parts) == 3:
            return date_format(date(parts[0], parts[1], parts[2]), "DATE_FORMAT")
        if len(parts) == 2:
            return date_format(date(parts[0], parts[1], 1), "YEAR_MONTH_FORMAT")
    except ValueError:
        return text
    return text


@register.filter
def repair_name(name: str) -> Any:
    """What a repair is called for readers."""
    return REPAIRS.get(name, name)


@register.filter
def field_name(name: str) -> Any:
    """What a detected field is called for readers."""
    return FIELDS.get(name, name)


@register.filter
def without(text: str, ending: str) -> str:
    """An address without its last part."""
    return text.removesuffix(ending)


@register.filter
def pair(text: str) -> list[str]:
    """ "name value" as two."""
    return text.split(" ", 1)


@register.simple_tag
def bar(share: float, kind: str = "") -> SafeString:
    """A bar of `share` per cent of its column; the number stands beside it."""
    name = conditional_escape(kind)
    return mark_safe(  # noqa: S308 – only numbers and an escaped word
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"{" class=thin" if kind else ""}>'
        f'<rect width="{max(share, 0.4):g}" height="10"{f" class={name}" if kind else ""}/></svg>'
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
