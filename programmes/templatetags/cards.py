"""Documents and pledges as they stand in lists.

Written here and not as templates: a page shows up to a thousand of them, and made of includes a list of 25
documents took 14 ms of which these take one.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programmes.models import Document, Pledge, Topic
from programmes.rendering import plain
from programmes.statistics import Row, Said
from programmes.templatetags.reading import dot, grouped, percent

register = template.Library()
NOTHING = SafeString("")
KINDS = {"same": ("", ""), "gone": ("<del>", "</del>"), "new": ("<ins>", "</ins>")}
CONCRETE = Pledge.Specificity.CONCRETE.value
PLACES = 3  # named of a document; the others are counted


@register.simple_tag
def document_card(document: Document) -> SafeString:
    return format_html(
        '<h3><a href="{}" lang="{}">{}</a>{}</h3>\n<p class="meta">{}{}<span>{}</span>{}<span class="together">{}</span></p>',
        document.get_absolute_url(),
        document.language or "de",
        document.title,
        _invented(document),
        who(document),
        where(document),
        document.year or _("Jahr unbekannt"),
        format_html("<span>{}</span>", document.get_kind_display()) if document.kind else NOTHING,
        pledge_count(document.pledge_count),
    )


@register.simple_tag
def pledge_card(pledge: Pledge) -> SafeString:
    document = pledge.document
    language = document.language or "de"
    title = pledge.section.title
    return format_html(
        '<p class="quote" lang="{}"><a href="{}">{}</a></p>\n'
        '<p class="meta">{}<a href="{}#v-{}">{}</a>{}{}</p>',
        language,
        pledge.get_absolute_url(),
        marked(pledge),
        _of_document(document),
        document.get_absolute_url(),
        pledge.key,
        format_html('<span lang="{}">{}</span>', language, Truncator(title).chars(60))
        if title
        else _("im Text"),
        topic_links(pledge.ranked_topics),
        _aims(pledge),
    )


@register.simple_tag
def pledge_source(pledge: Pledge) -> SafeString:
    """Who says it, where, when, and by when it is to be done."""
    return format_html("{}{}", _of_document(pledge.document), _aims(pledge))


@register.simple_tag
def marked(pledge: Pledge) -> SafeString:
    """The marked sentence."""
    kind = " concrete" if pledge.specificity == Pledge.Specificity.CONCRETE else ""
    return format_html('<mark class="pledge{}">{}</mark>', kind, plain(pledge.text))


@register.simple_tag
def counted(pledge: Pledge) -> SafeString:
    """The sentence with the numbers marked that it can be held to."""
    rest, parts = plain(pledge.text), []
    for quantity in pledge.quantities:
        before, found, after = rest.partition(plain(quantity["text"]))
        if found:
            parts.append((before, format_html('<mark class="pledge concrete">{}</mark>', found)))
            rest = after
    return format_html("{}{}", format_html_join("", "{}{}", parts), rest)


@register.simple_tag
def side_by_side(row: Row) -> SafeString:
    """What each group says about the topic of a row, verbatim."""
    nothing = f'<p class="quiet small">{escape(_("Kein Versprechen dazu gefunden."))}</p>'
    return _rows(
        f'<div id="{escape(row.slug)}-{escape(cell.group.slug)}"><h3>{dot(cell.group.colour)} '
        f"{escape(cell.group.short_name or cell.group.name)} "
        f'<span class="quiet">{len(cell.pledges)}</span></h3>'
        + (f"<ul>\n{_wordings(cell.pledges)}\n</ul>" if cell.pledges else nothing)
        + "</div>"
        for cell in row.cells
    )


@register.simple_tag
def matrix_rows(rows: Iterable[Row]) -> SafeString:
    """Topic × group in numbers; each leads to its wording."""
    word = escape(_("Versprechen"))
    made = []
    for row in rows:
        label = escape(row.topic.label if row.topic else _("ohne Thema"))
        slug = escape(row.slug)
        cells = "".join(
            f'<td class="heat-{cell.heat:d}">'
            + (
                f'<a href="#{slug}-{escape(cell.group.slug)}">{len(cell.pledges)}<span class="hidden-label">'
                f" {word}: {escape(cell.group.short_name)}, {label}</span></a>"
                if cell.pledges
                else '<span class="none">–</span>'
            )
            + "</td>\n"
            for cell in row.cells
        )
        made.append(f'<tr><th scope="row"><a href="#{slug}">{label}</a></th>\n{cells}</tr>')
    return _rows(made)


def _wordings(pledges: Iterable[Said]) -> str:
    """Marked sentences as items, each leading to its place in the text."""
    starts: dict[int, str] = {}  # of the items of one document
    items = []
    for pledge in pledges:
        document = pledge.document
        start = starts.get(document.pk)
        if start is None:
            address = escape(document.get_absolute_url())
            language = escape(document.language or "de")
            start = starts[document.pk] = f'<li lang="{language}"><a href="{address}#v-'
        kind = " concrete" if pledge.specificity == CONCRETE else ""
        items.append(
            f'{start}{escape(pledge.key)}"><mark class="pledge{kind}">{escape(plain(pledge.text))}</mark></a></li>'
        )
    return "\n".join(items)


@register.simple_tag
def changed_wordings(changes: Iterable[Any]) -> SafeString:
    """A list of pledges that were dropped, are new or stayed as they were; what is new is marked."""
    rows = []
    for change in changes:
        shown = change.shown
        text = escape(plain(shown.text))
        if not change.before:
            kind = " concrete" if shown.specificity == CONCRETE else ""
            text = f'<mark class="pledge{kind}">{text}</mark>'
        language, address = shown.document.language or "de", shown.get_absolute_url()
        rows.append(f'<li lang="{escape(language)}"><a href="{escape(address)}">{text}</a></li>')
    return _rows(rows)


@register.simple_tag
def reworded_wordings(changes: Iterable[Any], first: int, last: int) -> SafeString:
    """A list of pledges as they read last, with the words that went and that came, and how alike both are."""
    before, after = (escape(_("Wortlaut %(y)s") % {"y": year}) for year in (first, last))
    only_numbers = escape(_("nur Zahlen geändert"))
    rows = []
    for change in changes:
        words = "".join(
            f"{opening}{escape(plain(text))}{closing} "
            for kind, text in change.words
            for opening, closing in [KINDS[kind]]
        )
        share = _("%(share)s gemeinsame Wörter") % {"share": percent(change.likeness)}
        rows.append(
            f'<li>\n<p class="quote" lang="{escape(change.after.document.language or "de")}">{words}</p>\n'
            f'<p class="meta">\n<span>{only_numbers if change.only_numbers else escape(share)}</span>\n'
            f'<a href="{escape(change.before.get_absolute_url())}">{before}</a>\n'
            f'<a href="{escape(change.after.get_absolute_url())}">{after}</a>\n</p>\n</li>'
        )
    return _rows(rows)


@register.simple_tag
def place_links(places: Iterable[Any]) -> SafeString:
    """List items of places with the number of their documents."""
    word = escape(_("Dokumente"))
    return _rows(
        f'<li><a href="{one.get_absolute_url()}">{escape(one.name)}</a> <span class="quiet small">'
        f'{one.document_count:d}<span class="hidden-label"> {word}</span></span></li>'
        for one in places
    )


@register.simple_tag
def place_chips(places: Iterable[Any]) -> SafeString:
    return format_html_join(
        "\n",
        '<li><a class="chip" href="{}">{} <span class="quiet">{}</span></a></li>',
        ((one.get_absolute_url(), one.name, one.document_count) for one in places),
    )


@register.simple_tag
def map_dots(dots: Iterable[dict[str, Any]]) -> SafeString:
    """The places of a map as links with their names."""
    return _rows(
        f'<a href="{dot["place"].get_absolute_url()}" tabindex="-1"><title>{escape(dot["place"].name)}</title>'
        f'<circle cx="{dot["x"]:g}" cy="{dot["y"]:g}" r="{dot["r"]:g}"/></a>'
        for dot in dots
    )


@register.simple_tag
def who(document: Document) -> SafeString:
    """Its parties with their marks, or who else published it."""
    parties = document.parties.all()
    if not parties:
        return format_html("<span>{}</span>", document.publisher or _("Partei unbekannt"))
    return format_html_join(
        "", "<span>{} {}</span>", ((dot(party.colour), party.short_name) for party in parties)
    )


@register.simple_tag
def where(document: Document) -> SafeString:
    """Its places, the first three by name."""
    places = document.municipalities.all()
    if not places:
        return format_html("<span>{}</span>", _("Ort unbekannt"))
    named = ", ".join(place.name for place in places[:PLACES])
    if len(places) > PLACES:
        more = _("und %(n)s weitere") % {"n": len(places) - PLACES}
        named = f"{named} {more}"
    return format_html("<span>{}</span>", named)


def _rows(rows: Iterable[str]) -> SafeString:
    """For hundreds of rows: text in them is escaped, and everything else addresses of ours and numbers."""
    return mark_safe("\n".join(rows))  # noqa: S308


def topic_links(topics: Iterable[Topic]) -> SafeString:
    return format_html_join(
        "", '<a href="{}">{}</a>', ((topic.get_absolute_url(), topic.label) for topic in topics)
    )


def pledge_count(number: int) -> str:
    if not number:
        return _("kein Versprechen")
    return ngettext("%(n)s Versprechen", "%(n)s Versprechen", number) % {"n": grouped(number)}


def _of_document(document: Document) -> SafeString:
    year = format_html("<span>{}</span>", document.year) if document.year else NOTHING
    return format_html("{}{}{}", who(document), where(document), year)


def _aims(pledge: Pledge) -> SafeString:
    due = (
        format_html("<span>{} {}</span>", _("Zieljahr"), str(pledge.due)) if pledge.due else NOTHING
    )
    return format_html("{}{}", due, _invented(pledge.document))


def _invented(document: Document) -> SafeString:
    if not document.invented:
        return NOTHING
    return format_html(' <span class="tag">{}</span>', _("erfunden"))
