"""What the values of the facets are called: from words in an address or a query to values, and back to labels.

Each function asks the database only about the facets it is given; a word that names nothing gives nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from programmes import edition, known
from programmes.models import Document, Municipality, Party, Pledge, Topic, german_slug
from programmes.records import FIRST_YEAR, LAST_YEAR
from search import analysis

# The name of each facet in addresses and in the query language.
PARAMETERS = {
    "einheit": "unit",
    "art": "kind",
    "land": "state",
    "ort": "place",
    "partei": "party",
    "jahr": "year",
    "thema": "topic",
    "bestimmtheit": "specificity",
}
NAMES = {facet: name for name, facet in PARAMETERS.items()}
TITLES = {
    "unit": _("Was"),
    "kind": _("Art des Textes"),
    "state": _("Land"),
    "place": _("Ort"),
    "party": _("Partei oder Liste"),
    "year": _("Jahr"),
    "topic": _("Thema"),
    "specificity": _("Bestimmtheit"),
}
UNITS = {"pledge": _("Versprechen"), "section": _("Andere Textstellen"), "document": _("Dokumente")}
# Other words for values that a choice of the code names.
WORDS = {
    "unit": {
        "versprechen": "pledge",
        "abschnitt": "section",
        "abschnitte": "section",
        "dokument": "document",
        "dokumente": "document",
    },
    "kind": {
        "programm": "programme",
        "wahlprogramm": "programme",
        "presse": "press",
        "pressetext": "press",
        "antrag": "motion",
        "anderes": "other",
    },
    "specificity": {"konkret": "concrete", "allgemein": "vague", "vage": "vague"},
}
LABELS = {
    "unit": UNITS,
    "kind": dict(Document.Kind.choices),
    "specificity": dict(Pledge.Specificity.choices),
}
YEARS = re.compile(r"^((?:18|19|20|21)\d\d)?(\.\.)?((?:18|19|20|21)\d\d)?$")
SPAN = re.compile(r"(?<!\s)\s*+(?:\.{2,3}|…|-|–|bis)\s*")  # between two years
MOST = 50  # values that one facet is narrowed to


def values(facet: str, words: Iterable[str]) -> tuple[str, ...]:
    """The values that the words name, in order and once each: "Aachen" an AGS, "Grüne" a slug, "2014..2016" three years."""
    asked = [word.strip()[:120] for word in words if word.strip()][:MOST]
    if not asked:
        return ()
    found: Sequence[str | None] = ()
    if facet in LABELS:
        found = [_choice(facet, word.casefold()) for word in asked]
    elif facet == "year":
        found = [year for word in asked for year in years(word)]
    elif facet in ("place", "state"):
        found = [ags for word in asked for ags in _places(facet, word)]
    elif facet == "party":
        found = _parties(asked)
    elif facet == "topic":
        found = _topics(asked)
    return tuple(dict.fromkeys(value for value in found if value))[:250]


def years(word: str) -> list[str]:
    """The years in "2020", "2014..2020" (or with a dash), "..2020"; none in anything else."""
    word = SPAN.sub("..", word, count=1)
    span = YEARS.match(word)
    if not span or not (span[1] or span[3]) or (span[1] and span[3] and not span[2]):
        return []
    if not span[2]:
        return [word]
    first, last = int(span[1] or FIRST_YEAR), int(span[3] or LAST_YEAR)
    return [str(year) for year in range(first, min(last, first + 200) + 1)]


def labels(facets: Mapping[str, Iterable[str]]) -> dict[str, dict[str, str]]:
    """What the values of the facets are called, each looked up once in an edition; one without a name is its own."""
    named: dict[str, Mapping[str, str]] = {
        facet: {value: str(label) for value, label in choices.items()}
        for facet, choices in LABELS.items()
        if facet in facets
    }
    places = {*facets.get("place", ()), *facets.get("state", ())}
    named["place"] = named["state"] = _names(Municipality, "pk", "name", places)
    named["party"] = _names(Party, "slug", "short_name", facets.get("party", ()))
    if facets.get("topic"):
        named["topic"] = {topic.slug: topic.label for topic in known.topics().values()}
    return {
        facet: {value: named.get(facet, {}).get(value, value) for value in found}
        for facet, found in facets.items()
    }


def _names(model: Any, key: str, label: str, values: Iterable[str]) -> dict[str, str]:
    """The names of so many, and of others that were asked for before."""
    held: dict[str, str] = edition.held(f"{label} by {key}", dict)
    missing = [value for value in values if value not in held]
    if missing:
        found = model.objects.filter(**{f"{key}__in": missing}).values_list(key, label)
        held.update({value: value for value in missing} | dict(found))
    return held


def _choice(facet: str, word: str) -> str | None:
    value = WORDS[facet].get(word, word)
    return value if value in LABELS[facet] else None


def _places(facet: str, word: str) -> list[str]:
    known = Municipality.objects.all()
    if facet == "state":
        known = known.filter(kind=Municipality.Kind.STATE)
    if word.isascii() and word.isdigit():
        return list(known.filter(pk=word).values_list("pk", flat=True))
    slug = german_slug(word, 80)
    if slug == "-":
        return []
    if facet == "place":
        known = known.filter(documents__status="published").distinct()
    return (
        list(known.filter(slug=slug).values_list("pk", flat=True)[:20])
        or list(known.filter(slug__in=_uninflected(slug)).values_list("pk", flat=True)[:20])
        or list(known.filter(slug__startswith=f"{slug}-").values_list("pk", flat=True)[:20])
        or [
            ags
            for ags, aliases in known.exclude(aliases=[]).values_list("pk", "aliases")
            if slug in {german_slug(str(alias), 80) for alias in aliases}
        ]
    )


def _uninflected(slug: str) -> list[str]:
    """What a form of a place's name may be of: "dortmunder", "aachens", "muenchner"."""
    found = [slug.removeprefix("stadt-").removeprefix("gemeinde-"), slug.removesuffix("s")]
    if slug.endswith("er"):
        found += [slug[:-2], f"{slug[:-2]}en", f"{slug[:-3]}en"]
    return [form for form in found if form != slug and len(form) > 2]


def _parties(words: list[str]) -> list[str]:
    known = set(Party.objects.filter(slug__in=words).values_list("slug", flat=True))
    found = [word for word in words if word in known]
    rest = {german_slug(word) for word in words if word not in known} - {"-"}
    if rest:
        named = {
            slug: {german_slug(str(name)) for name in (slug, *names, *aliases)}
            for slug, *names, aliases in Party.objects.values_list(
                "slug", "short_name", "name", "aliases"
            )
        }
        for word in rest:  # "die Grünen" are meant by "Grüne", too
            forms = {word, word.removeprefix("die-"), word.removeprefix("die-").removesuffix("n")}
            exact = [slug for slug, names in named.items() if word in names]
            found += exact or [s for s, names in named.items() if not forms.isdisjoint(names)]
    return found


def _topics(words: list[str]) -> list[str]:
    found = []
    topics = list(Topic.objects.values_list("slug", "label_de", "label_en"))
    for word in words:
        folded = word.casefold()
        found += [slug for slug, _, _ in topics if slug == folded] or [
            slug
            for slug, *named in topics
            if len(folded) > 2 and any(folded in label.casefold() for label in named)
        ]
        if not found:
            own = _stems(word)
            found = [slug for slug, label, _ in topics if not own.isdisjoint(_stems(label))]
    return found


def _stems(words: str) -> frozenset[str]:
    """Lemmas and families of the words: "Wohnungen" and "Wohnen" share one."""
    found = {term for readings in analysis.terms(words) for term in readings[1:]}
    return frozenset(term for term in found if term[0] != "+" and term not in analysis.STOP)
