"""Tags of the search pages: addresses of searches like this one, and what a page of results repeats by the dozen.

A tag of Django's language takes 10 µs. A hit of twenty tags and a facet value of eight made up half of the time in
which a page of results is made, so what is in them is written here, each text escaped where it is put in.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from django import template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from programmes import edition, known
from programmes.models import Document, Pledge, Topic
from programmes.rendering import plain
from programmes.templatetags.cards import who
from search.likeness import Part
from search.snippets import Fragment

if TYPE_CHECKING:
    from search.charts import Column
    from search.searching import Found
    from search.views import Value

CHOSEN = ' class="chosen"'
register = template.Library()


@register.filter
def suggested(address: str, query: str) -> str:
    """The search at an address with another query."""
    rest = [pair for pair in parse_qsl(address.lstrip("?")) if pair[0] != "q"]
    return "?" + urlencode([("q", query), *rest])


@register.filter
def hits(found: Iterable[Found]) -> SafeString:
    """Hits as items of a list: the text with its hits marked, where it stands, what and whose it is."""
    whose = _Whose()
    topics: dict[int, str] = {}
    units: dict[tuple[str, str], str] = {}
    rows = []
    for hit in found:
        kind = hit.unit, hit.pledge.specificity if hit.pledge else ""
        if kind not in units:
            units[kind] = escape(hit.unit_label)
        for topic in hit.topics:
            if topic.pk not in topics:
                topics[topic.pk] = _topic(topic)
        rows.append(
            f'<li>{_quoted(hit)}<p class="meta"><span class="unit">{units[kind]}</span> '
            f"{whose[hit.document]} {''.join([topics[topic.pk] for topic in hit.topics])}</p></li>\n"
        )
    return _safe(rows)


@register.filter
def hits_of_one(found: Iterable[Found]) -> SafeString:
    """The same of one document, which stands above them."""
    return _safe(f"<li>{_quoted(hit)}</li>\n" for hit in found)


@register.simple_tag
def alike(pledge: Pledge, parts: Iterable[Part] = ()) -> SafeString:
    """A pledge elsewhere and whose it is; where it is told in parts, those that both have are marked."""
    text = _marked(parts) if parts else escape(plain(pledge.text))
    return _safe(
        [
            f'<p class="quote" lang="{escape(pledge.document.language or "de")}">'
            f'<a href="{escape(pledge.get_absolute_url())}">{text}</a></p>\n'
            f'<p class="meta">{_Whose()[pledge.document]}</p>\n'
        ]
    )


@register.filter
def facet_values(values: Iterable[Value]) -> SafeString:
    """The values of a facet as items of a list, each a link that chooses it or takes it away."""
    said = _("(gewählt; wegnehmen)")
    taken = f'<span class="hidden-label"> {escape(said)}</span>'
    return _safe(
        f'<li><a rel="nofollow" href="{escape(value.address)}"'
        + (' aria-current="true">' if value.chosen else ">")
        + f'<span>{escape(value.label)}</span> <span class="number">{value.hits}</span>'
        + (taken if value.chosen else "")
        + "</a></li>\n"
        for value in values
    )


@register.filter
def columns(years: Iterable[Column]) -> SafeString:
    """The years of a chart, each a column and, as high as the chart, what is clicked at."""
    return _safe(
        f'<a href="{escape(one.address)}" tabindex="-1">'
        f'<rect class="field" x="{one.x:g}" y="0" width="{one.width:g}" height="40"/>'
        f'<rect{CHOSEN if one.chosen else ""} x="{one.x:g}" y="{one.y:g}" '
        f'width="{one.width:g}" height="{one.height:g}"/>'
        f"<title>{escape(one.year)}: {one.hits}</title></a>"
        for one in years
    )


@register.filter
def options(pairs: Iterable[Sequence[str]], chosen: str) -> SafeString:
    """The options of a field to choose from, each a value and its label."""
    return _safe(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>'
        f"{escape(str(label))}</option>"
        for value, label in pairs
    )


def _quoted(hit: Found) -> str:
    path = "".join(f"<span>{_marked(heading)}</span>" for heading in hit.headings)
    return (
        f'<p class="quote" lang="{escape(hit.document.language or "de")}">'
        f'<a href="{escape(hit.get_absolute_url())}">{_marked(hit.fragments)}</a></p>'
        + (f'<p class="path small">{path}</p>' if path else "")
    )


def _marked(found: Iterable[Fragment | Part]) -> str:
    return "".join(f"<mark>{escape(text)}</mark>" if hit else escape(text) for text, hit in found)


class _Whose:
    """Whose a document is, from where and from when; written once in an edition."""

    def __init__(self) -> None:
        self._held: dict[int, str] = edition.held(f"whose {get_language()}", dict)

    def __getitem__(self, document: Document) -> str:
        text = self._held.get(document.pk)
        if text is None:
            if len(self._held) >= known.MOST:
                self._held.clear()
            text = self._held[document.pk] = _whose(document)
        return text


def _whose(document: Document) -> str:
    where = ", ".join(escape(place.name) for place in document.municipalities.all())
    invented = f'<span class="tag">{escape(_("erfunden"))}</span>' if document.invented else ""
    return (
        f"{who(document)}\n"
        f"<span>{where or escape(_('Ort unbekannt'))}</span>\n"
        f"<span>{document.year or escape(_('Jahr unbekannt'))}</span>\n{invented}\n"
    )


def _topic(topic: Topic) -> str:
    return f'<a href="{escape(topic.get_absolute_url())}">{escape(topic.label)}</a>'


def _safe(parts: Iterable[str]) -> SafeString:
    return mark_safe("".join(parts))  # noqa: S308 – every text in the parts is escaped
