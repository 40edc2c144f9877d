"""Things of the archive as linked data: schema.org in JSON-LD, for search engines and link previews.

Each function takes a row (with its places and parties prefetched) and `at`, which makes a path an absolute
address, and gives a JSON object. What is not known is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from programmes.models import Document, Municipality, Party, Pledge, Topic
from programmes.rendering import plain

At = Callable[[str], str]
CONTEXT = "https://schema.org"
INVENTED = "Invented for demonstration; there is no such thing."


def of_document(document: Document, at: At) -> dict[str, Any]:
    """A DigitalDocument; a programme is about the election it was written for."""
    address = at(document.get_absolute_url())
    places = list(document.municipalities.all())
    found = {
        "@type": "DigitalDocument",
        "@id": address,
        "url": address,
        "name": document.title,
        "inLanguage": document.language or None,
        "datePublished": document.date or None,
        "author": [of_party(party, at) for party in document.parties.all()]
        or ({"@type": "Organization", "name": document.publisher} if document.publisher else None),
        "spatialCoverage": [of_place(place, at) for place in places],
        "encodingFormat": document.media_type or None,
        "isBasedOn": document.source_url or None,
        "sha256": document.sha256,
        "isPartOf": {"@id": f"{at('/daten/')}#dataset"},
        "about": _election(document, places, at),
        "disambiguatingDescription": INVENTED if document.invented else None,
    }
    return _known(found)


def of_pledge(pledge: Pledge, at: At) -> dict[str, Any]:
    """A Quotation out of its document."""
    address = at(pledge.get_absolute_url())
    found = {
        "@type": "Quotation",
        "@id": address,
        "url": address,
        "text": plain(pledge.text),
        "inLanguage": pledge.document.language or None,
        "about": [
            {"@type": "DefinedTerm", "@id": at(topic.get_absolute_url()), "name": topic.label}
            for topic in pledge.ranked_topics
        ],
        "isPartOf": of_document(pledge.document, at),
    }
    return _known(found)


def of_party(party: Party, at: At) -> dict[str, Any]:
    address = at(party.get_absolute_url())
    same = [f"https://www.wikidata.org/entity/{party.wikidata}"] if party.wikidata else []
    return _known(
        {
            "@type": "Organization",
            "@id": address,
            "url": address,
            "name": party.name,
            "alternateName": list(dict.fromkeys([party.short_name, *party.aliases])),
            "sameAs": same,
            "disambiguatingDescription": INVENTED if party.invented else None,
        }
    )


def of_place(place: Municipality, at: At) -> dict[str, Any]:
    address = at(place.get_absolute_url())
    geo = (
        {"@type": "GeoCoordinates", "latitude": place.latitude, "longitude": place.longitude}
        if place.latitude is not None and place.longitude is not None
        else None
    )
    return _known(
        {
            "@type": "AdministrativeArea",
            "@id": address,
            "url": address,
            "name": place.name,
            "identifier": {"@type": "PropertyValue", "propertyID": "AGS", "value": place.ags},
            "geo": geo,
            "disambiguatingDescription": INVENTED if place.invented else None,
        }
    )


def of_topic(topic: Topic, at: At) -> dict[str, Any]:
    address = at(topic.get_absolute_url())
    return _known(
        {
            "@type": "DefinedTerm",
            "@id": address,
            "url": address,
            "name": topic.label,
            "description": topic.definition,
            "termCode": topic.slug,
            "inDefinedTermSet": at("/themen/"),
        }
    )


def of_archive(tables: Sequence[tuple[str, str]], at: At) -> dict[str, Any]:
    """The Dataset that the whole archive is; `tables` are (description, path) of its CSV files."""
    return {
        "@type": "Dataset",
        "@id": f"{at('/daten/')}#dataset",
        "url": at("/daten/"),
        "name": "Versprechen in kommunalen Wahlprogrammen",
        "description": "Kommunale Wahlprogramme und Pressetexte aus Deutschland mit Abschnitten, Versprechen, Themen und Zieljahren.",
        "inLanguage": "de",
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": "text/csv",
                "name": meaning,
                "contentUrl": at(path),
            }
            for meaning, path in tables
        ],
    }


def breadcrumbs(steps: Sequence[tuple[str, str]], at: At) -> dict[str, Any]:
    """The way from the start page; `steps` are (name, path)."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": number, "name": name, "item": at(path)}
            for number, (name, path) in enumerate(steps, start=1)
        ],
    }


def graph(*things: dict[str, Any]) -> dict[str, Any]:
    return {"@context": CONTEXT, "@graph": list(things)}


def _election(document: Document, places: Sequence[Municipality], at: At) -> dict[str, Any] | None:
    if document.kind != Document.Kind.PROGRAMME or not document.year:
        return None
    name = f"Kommunalwahl {document.year}"
    if len(places) == 1:
        name = f"{name}, {places[0].name}"
    return _known(
        {
            "@type": "Event",
            "name": name,
            "startDate": str(document.year),
            "location": [of_place(place, at) for place in places],
        }
    )


def _known(thing: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in thing.items() if value not in (None, "", [], {})}
