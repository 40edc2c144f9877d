"""Filters of the templates: text as it was written, numbers and dates as one reads them, and small drawings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from html import escape
from typing import Any

from django import template
from django.utils.formats import date_format, localize, number_format
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from programmes.rendering import plain as without_escapes

register = template.Library()

REPAIRS = {
    "ascii-umlaut": _("Umlaute wiederhergestellt"),
    "caption": _("Bildunterschriften erkannt"),
    "columns": _("Spalten nacheinander gelesen"),
    "contact-line": _("Kontaktzeilen weggelassen"),
    "contents-line": _("Zeilen des Inhaltsverzeichnisses weggelassen"),
    "contents-list": _("Inhaltsverzeichnisse weggelassen"),
    "cover-line": _("Zeilen des Titelblatts weggelassen"),
    "doubled-line": _("doppelte Zeilen weggelassen"),
    "emphasis": _("Auszeichnungen entfernt"),
    "escaped-markdown": _("Maskierungen aufgelöst"),
    "footnote": _("Fußnoten erkannt"),
    "glued-heading": _("angeklebte Überschriften gelöst"),
    "hard-wrap": _("umbrochene Zeilen verbunden"),
    "html-block": _("HTML-Abschnitte gelesen"),
    "html-entity": _("HTML-Zeichen aufgelöst"),
    "html-tag": _("HTML-Reste entfernt"),
    "hyphenation": _("Trennstriche am Zeilenende entfernt"),
    "image-placeholder": _("Platzhalter für Bilder weggelassen"),
    "imprint": _("Zeilen des Impressums weggelassen"),
    "interface-words": _("Wörter einer Bedienoberfläche weggelassen"),
    "ligature": _("Ligaturen aufgelöst"),
    "line-break-tag": _("Zeilenumbrüche aufgelöst"),
    "line-number": _("Zeilennummern weggelassen"),
    "link": _("Verweise durch ihren Text ersetzt"),
    "metadata-line": _("Zeilen mit Metadaten weggelassen"),
    "page-number": _("Seitenzahlen weggelassen"),
    "run-together-bullets": _("aneinandergereihte Listenpunkte getrennt"),
    "running-head": _("Kopf- und Fußzeilen weggelassen"),
    "running-line": _("Kopf- und Fußzeilen weggelassen"),
    "scanned-page": _("Seiten durch Texterkennung gelesen"),
    "sentence-cut": _("durchtrennte Sätze verbunden"),
    "soft-hyphen": _("weiche Trennstriche entfernt"),
    "spaced-letters": _("gesperrte Wörter zusammengesetzt"),
    "web-furniture": _("Teile der Webseite um den Text weggelassen"),
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

# What the rules say that find pledges; a rule that is not named here is shown by its words alone.
CUES = {
    "we-want": _("sagt, was die Partei will"),
    "we-will": _("sagt, was die Partei tun wird"),
    "own-side-will": _("sagt, was die Partei tun wird"),
    "we-can": _("sagt, was die Partei tun wird"),
    "we-must": _("sagt, was nötig ist"),
    "we-need": _("sagt, was nötig ist"),
    "what-we-need": _("sagt, was nötig ist"),
    "something-needs": _("sagt, was nötig ist"),
    "need": _("sagt, was nötig ist"),
    "must": _("sagt, was nötig ist"),
    "is-to-be-done": _("sagt, was zu tun ist"),
    "to-be-done-first": _("sagt, was zu tun ist"),
    "is-a-duty": _("sagt, was nötig ist"),
    "we-do-apart": _("sagt, was die Partei tut"),
    "is-done-somehow": _("sagt, was geschieht"),
    "task-at-hand": _("sagt, was zu tun ist"),
    "important": _("sagt, was wichtig ist"),
    "priority": _("sagt, was wichtig ist"),
    "rather-than": _("sagt, was Vorrang hat"),
    "shall": _("sagt, was sein soll"),
    "must-not": _("sagt, was nicht sein darf"),
    "reject": _("lehnt etwas ab"),
    "demand": _("fordert etwas"),
    "is-demanded": _("fordert etwas"),
    "is-commissioned": _("fordert etwas"),
    "is-proposed": _("fordert etwas"),
    "is-rated-first": _("sagt, was wichtig ist"),
    "out-of-place": _("sagt, was nötig ist"),
    "stays": _("sagt, was sein soll"),
    "present-of-a-plan": _("sagt, was es geben wird"),
    "relative-commitment": _("sagt, was die Partei tun wird"),
    "would-be-a-step": _("sagt, was wichtig ist"),
    "heading-commits": _("gehört zu einer Liste, deren Einleitung zusagt"),
    "heading-names-action": _("gehört zu einer Liste, deren Einleitung zusagt"),
    "other-lead-in": _("nennt in Stichworten, was kommen soll"),
    "item": _("nennt in Stichworten, was kommen soll"),
    "item-starts-with-action": _("nennt in Stichworten, was kommen soll"),
    "item-ends-in-infinitive": _("nennt in Stichworten, was kommen soll"),
    "item-names-outcome": _("nennt in Stichworten, was kommen soll"),
    "future-time": _("nennt einen Zeitpunkt"),
    "judge": _("aus Wortwahl und Umgebung erkannt"),
    "imperative": _("fordert zu etwas auf"),
    "engage": _("setzt sich für etwas ein"),
    "stand-for": _("steht für etwas ein"),
    "own-side-sides-with": _("steht für etwas ein"),
    "holds-that": _("sagt, was nötig ist"),
    "judged-from-our-side": _("sagt, was wichtig ist"),
    "goal": _("nennt ein Ziel"),
    "agreed": _("hält eine Vereinbarung fest"),
    "said-that": _("gibt eine Zusage wieder"),
    "we-act": _("sagt, was die Partei tut"),
    "is-carried-out": _("sagt, was geschieht"),
    "is-delivered": _("sagt, was es geben wird"),
    "will-be": _("sagt, was es geben wird"),
    "there-will-be": _("sagt, was es geben wird"),
    "is-brought-about": _("sagt, was geschieht"),
    "authority-acts": _("sagt, was die Stadt tut"),
    "belongs": _("sagt, was wohin gehört"),
    "lead-in-commits": _("gehört zu einer Liste, deren Einleitung zusagt"),
    "continuation": _("führt den Satz davor fort"),
    "nominal": _("nennt in Stichworten, was kommen soll"),
    "action-noun": _("nennt eine Maßnahme"),
    "action-verb": _("nennt eine Maßnahme"),
    "infinitive-end": _("nennt in Stichworten, was kommen soll"),
    "ellipsis": _("nennt in Stichworten, was kommen soll"),
}


# What spoke for the topic of a pledge; what only says where a word stands is left out.
TOPIC_REASONS = {
    "sentence": _("der Satz"),
    "heading": _("die Überschrift"),
    "near heading": _("die Überschrift"),
    "heading above": _("die Überschrift darüber"),
    "lead-in": _("die Einleitung der Liste"),
    "before": _("der Text davor"),
    "after": _("der Satz danach"),
    "section": _("der Abschnitt"),
    "document": _("das Dokument"),
}
_TOPIC_REASON = re.compile(r"topic: \+[\d.]+ ([^,(]+?)(?:,[^(]*)?(?: \((.+)\))?$")


def _as_written(words: str, text: str) -> str:
    """Words that were looked for in lower case as the text has them."""
    at = text.lower().find(words)
    return text[at : at + len(words)] if at >= 0 else words


@register.filter
def reasons(pledge: Any) -> dict[str, list[Any]]:
    """Why a pledge was found, as readers would say it: what spoke for it, against it, and for its topic."""
    found: dict[str, list[Any]] = {"spoke_for": [], "against": [], "topic": []}
    for reason in pledge.reasons:
        topic = _TOPIC_REASON.match(reason)
        if topic:
            where = TOPIC_REASONS.get(topic.group(1).removesuffix(" item"))
            words = _as_written(topic.group(2) or "", pledge.text)
            if where and (where, words) not in found["topic"]:
                found["topic"].append((where, words))
        elif reason.startswith("-"):
            words = cue_words(reason)
            if words and words.lower() in pledge.text.lower():
                found["against"].append(words)
        elif cue_meaning(reason):
            words = cue_words(reason)
            found["spoke_for"].append((words, cue_meaning(reason)))
    return found


@register.filter
def cue_words(cue: str) -> str:
    """The words of the text that a pledge was found by."""
    return cue.partition(": ")[2]


@register.filter
def cue_meaning(cue: str) -> Any:
    """What these words do, as readers would say it; nothing where that is not known."""
    return CUES.get(cue.partition(": ")[0], "")


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
    thin, name = (' class="thin"', f' class="{conditional_escape(kind)}"') if kind else ("", "")
    return mark_safe(  # noqa: S308 – only numbers and an escaped word
        f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"{thin}>'
        f'<rect width="{max(share, 0.4):g}" height="10"{name}/></svg>'
    )


@register.simple_tag
def bar_rows(bars: Iterable[Any]) -> SafeString:
    """The rows of a table of bars: what each is of, its length, its number."""
    rows = []
    for one in bars:
        label, value = escape(one.label), localize(one.value, use_l10n=True)
        if one.address:
            label = f'<a href="{escape(one.address)}">{label}</a>'
        rows.append(
            f'<tr>\n<th scope="row">{label}</th>\n<td>{bar(one.share)}</td>\n'
            f'<td class="number">{value}</td>\n</tr>'
        )
    return mark_safe("\n".join(rows))  # noqa: S308 – every text in the rows is escaped


@register.simple_tag
def dot(colour: Any) -> SafeString:
    """A party's colour as a small mark; nothing where none is known."""
    if not colour:
        return SafeString("")
    return mark_safe(  # noqa: S308 – the colour is escaped
        '<svg class="dot" viewBox="0 0 10 10" aria-hidden="true">'
        f'<circle cx="5" cy="5" r="4.5" fill="{conditional_escape(colour)}" stroke="currentColor" stroke-width=".6"/></svg>'
    )
