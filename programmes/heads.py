"""What the head of a page tells machines: its permanent address, JSON twin, feeds, preview and linked data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from programmes import exports, linked
from programmes.rendering import plain

# The list of the API that shows the same as a page.
TWINS = {
    "municipalities": "municipalities",
    "parties": "parties",
    "topics": "topics",
    "documents": "documents",
    "years": "years",
    "year": "documents",
    "due": "pledges",
    "matrix": "compare-parties",
    "compare": "compare-parties",
}
LISTS = {"municipalities", "parties", "topics", "documents", "sections", "pledges"}


# What a list and the other pages without a row of their own are about, for previews.
TOLD = {
    "home": (
        "Versprochen",
        gettext_lazy("Das durchsuchbare Archiv deutscher Kommunalwahlprogramme."),
    ),
    "municipalities": (
        gettext_lazy("Orte"),
        gettext_lazy("Städte, Gemeinden und Kreise im Archiv."),
    ),
    "parties": (gettext_lazy("Parteien"), gettext_lazy("Parteien und örtliche Listen im Archiv.")),
    "years": (gettext_lazy("Jahre"), gettext_lazy("Wahlprogramme und Pressetexte nach Jahren.")),
    "topics": (
        gettext_lazy("Themen"),
        gettext_lazy("Versprechen nach Themen der Kommunalpolitik."),
    ),
    "documents": (gettext_lazy("Dokumente"), gettext_lazy("Alle Texte im Archiv, zum Eingrenzen.")),
    "due": (
        gettext_lazy("Was wann fällig ist"),
        gettext_lazy("Versprechen, die ein Jahr nennen oder die man nachzählen kann."),
    ),
    "compare": (
        gettext_lazy("Vergleich"),
        gettext_lazy("Parteien nebeneinander, eine Partei über zwei Wahlen."),
    ),
}
# The table that holds what a list shows, and the filter that a page is by itself.
TABLES = {
    "documents": ("documents", ""),
    "party": ("documents", "partei"),
    "year": ("documents", "jahr"),
    "municipality": ("documents", "ort"),
    "topic": ("pledges", "thema"),
}


@dataclass(frozen=True, slots=True)
class Head:
    """`feeds` are (title, path); `data` is a JSON-LD object or None."""

    canonical: str = ""
    title: str = ""
    description: str = ""
    kind: str = "website"
    twin: str = ""
    embed: str = ""
    feeds: tuple[tuple[str, str], ...] = ()
    data: dict[str, Any] | None = None


def of_page(request: HttpRequest, context: dict[str, Any]) -> Head:
    """The head of the page that is being shown, from the row it is about."""
    match = request.resolver_match
    name = match.url_name if match and match.namespace == "programmes" else None
    at = request.build_absolute_uri
    news = (_("Neues im Archiv"), reverse("programmes:feed"))
    if "withdrawn" in context or "exception" in context:
        return Head(feeds=(news,))  # nothing is there to describe or to fetch
    if name == "data":
        return _archive(context, at, news)
    if name in ABOUT:
        row, about = ABOUT[name]
        # A refusal at this address has no row.
        return about(context, at, news) if row in context else Head(feeds=(news,))
    twin = ""
    if name in TWINS:
        twin = _list(TWINS[name], request, match.kwargs if match else {})
    feeds: tuple[tuple[str, str], ...] = (news,)
    if name == "documents":
        own = f"{reverse('programmes:documents-feed')}?{request.GET.urlencode()}".rstrip("?")
        feeds = ((_("Neues in dieser Liste"), own), news)
    embed = at(request.path) if name == "matrix" else ""
    canonical = at(request.path) if name and not request.GET else ""
    if name == "home":
        twin = reverse("api:overview") + "?format=json"
    title, description = _told(name, match.kwargs if match else {}, context)
    return Head(canonical, title, description, twin=twin, feeds=feeds, embed=embed)


def takeaways(request: HttpRequest) -> list[tuple[str, str]]:
    """(name, address) of what the list on this page can be taken away as, narrowed as it is."""
    match = request.resolver_match
    if match is None or match.url_name not in TABLES:
        return []
    table, fixed = TABLES[match.url_name]
    query = [(key, value) for key, values in request.GET.lists() for value in values if value]
    query = [(key, value) for key, value in query if key not in ("page", "sortierung", fixed)]
    if fixed:
        query.append((fixed, str(next(iter(match.kwargs.values())))))
    narrowed = f"?{urlencode(query)}" if query else ""
    files = [
        (label, reverse("programmes:table", args=[table, suffix]) + narrowed)
        for label, suffix in (("CSV", "csv"), ("JSON Lines", "jsonl"))
    ]
    if match.url_name == "documents":
        files.insert(0, (_("Als Feed abonnieren"), reverse("programmes:documents-feed") + narrowed))
    elif match.url_name != "year":
        files.insert(0, (_("Als Feed abonnieren"), f"{request.path}feed/"))
    return files


def _told(name: str | None, arguments: dict[str, Any], context: dict[str, Any]) -> tuple[str, str]:
    if name == "year":
        title = _("Kommunale Wahlprogramme %s") % arguments["year"]
        return title, _("Was in diesem Jahr versprochen wurde, nach Parteien, Orten und Themen.")
    if name == "matrix" and "place" in context:
        title = f"{context['place'].name} {arguments['year']}"
        return title, _("Was welche Partei zu welchem Thema verspricht.")
    title, description = TOLD.get(name or "", ("", ""))
    return str(title), str(description)


def _list(name: str, request: HttpRequest, arguments: dict[str, Any]) -> str:
    address = reverse(f"api:{name}-list" if name in LISTS else f"api:{name}")
    query = [(key, value) for key, values in request.GET.lists() for value in values if value]
    query = [(key, value) for key, value in query if key not in ("page", "sortierung", "q")]
    if request.path == reverse("programmes:due") and "ansicht" not in request.GET:
        query.append(("ansicht", "zieljahr"))
    if "year" in arguments:
        query.append(("jahr", arguments["year"]))
    if "ags" in arguments:
        query.append(("ort", arguments["ags"]))
    return f"{address}?{urlencode(query)}" if query else address


def _document(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    document = context["document"]
    places = list(document.municipalities.all())
    steps = [(_("Dokumente"), reverse("programmes:documents"))]
    steps += [(place.name, place.get_absolute_url()) for place in places[:1]]
    steps.append((document.title, document.get_absolute_url()))
    who = ", ".join(party.short_name for party in document.parties.all()) or document.publisher
    where = ", ".join(place.name for place in places)
    count = ngettext("%d Versprechen", "%d Versprechen", document.pledge_count)
    parts = [who, where, str(document.year or ""), count % document.pledge_count]
    return Head(
        canonical=at(document.get_absolute_url()),
        title=document.title,
        description=" · ".join(filter(None, parts)),
        kind="article",
        twin=reverse("api:documents-detail", args=[document.pk]),
        feeds=(*map(_of_place, places[:3]), news),
        data=linked.graph(linked.of_document(document, at), linked.breadcrumbs(steps, at)),
    )


def _pledge(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    pledge = context["pledge"]
    document = pledge.document
    steps = [
        (_("Dokumente"), reverse("programmes:documents")),
        (document.title, document.get_absolute_url()),
        (plain(pledge.text)[:80], pledge.get_absolute_url()),
    ]
    return Head(
        canonical=at(pledge.get_absolute_url()),
        title=plain(pledge.text)[:110],
        description=document.title,
        kind="article",
        twin=reverse("api:pledges-detail", args=[pledge.key]),
        embed=at(pledge.get_absolute_url()),
        feeds=(news,),
        data=linked.graph(linked.of_pledge(pledge, at), linked.breadcrumbs(steps, at)),
    )


def _of_place(place: Any) -> tuple[str, str]:
    address = reverse("programmes:municipality-feed", args=[place.ags, place.slug])
    return _("Neues aus %s") % place.name, address


def _place(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    place = context["place"]
    steps = [
        (_("Orte"), reverse("programmes:municipalities")),
        (place.name, place.get_absolute_url()),
    ]
    return Head(
        canonical=at(place.get_absolute_url()),
        title=place.name,
        description=_("Was Parteien in %s versprochen haben: Wahlprogramme und Pressetexte")
        % place.name,
        twin=reverse("api:municipalities-detail", args=[place.ags]),
        feeds=(_of_place(place), news),
        data=linked.graph(linked.of_place(place, at), linked.breadcrumbs(steps, at)),
    )


def _party(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    party = context["party"]
    steps = [(_("Parteien"), reverse("programmes:parties")), (party.name, party.get_absolute_url())]
    own = (
        _("Neues von %s") % party.short_name,
        reverse("programmes:party-feed", args=[party.slug]),
    )
    return Head(
        canonical=at(party.get_absolute_url()),
        title=party.name,
        description=_("Was %s in Städten und Gemeinden versprochen hat") % party.short_name,
        twin=reverse("api:parties-detail", args=[party.slug]),
        feeds=(own, news),
        data=linked.graph(linked.of_party(party, at), linked.breadcrumbs(steps, at)),
    )


def _topic(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    topic = context["topic"]
    steps = [(_("Themen"), reverse("programmes:topics")), (topic.label, topic.get_absolute_url())]
    own = (_("Neues zu %s") % topic.label, reverse("programmes:topic-feed", args=[topic.slug]))
    return Head(
        canonical=at(topic.get_absolute_url()),
        title=topic.label,
        description=_("Was Parteien in Städten und Gemeinden dazu versprochen haben: %s")
        % topic.label,
        twin=reverse("api:topics-detail", args=[topic.slug]),
        feeds=(own, news),
        data=linked.graph(linked.of_topic(topic, at), linked.breadcrumbs(steps, at)),
    )


def _archive(context: dict[str, Any], at: linked.At, news: tuple[str, str]) -> Head:
    tables = [
        (table.meaning, reverse("programmes:table", args=[table.name, "csv"]))
        for table in exports.TABLES.values()
    ]
    return Head(
        canonical=at(reverse("programmes:data")),
        title=_("Daten zum Herunterladen"),
        description=_("Das ganze Archiv als Tabellen"),
        twin=reverse("api:overview") + "?format=json",
        feeds=(news,),
        data=linked.graph(linked.of_archive(tables, at)),
    )


# What a page is about: the name of its row in the page's context, and what is told of it.
ABOUT = {
    "document": ("document", _document),
    "pledge": ("pledge", _pledge),
    "municipality": ("place", _place),
    "party": ("party", _party),
    "topic": ("topic", _topic),
}
