"""What is known of a document, with the words it was found in; what nothing says stays empty.

A wrong place or party is worse than none: a name counts where a document says whose it is (its title, cover,
head, imprint, contact, or a sentence in which the author acts), not wherever it is mentioned.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from programmes.ingest.about import (
    headlines,
    kinds,
    mentions,
    names,
    parties,
    places,
    times,
    titles,
    voice,
    zones,
)
from programmes.ingest.pieces import About, Kind, Known, Outline, Source, Text, Warning

SEPARATORS = re.compile(r"[|;,]")  # between several names in one value
GERMAN = frozenset(
    "und die der das für wir ist in den mit zu nicht von im auf eine ein werden dass".split()
)
BYLINE = re.compile(r"^(?:Von|Text:)\s+(?:Dr\.\s+)?[A-ZÄÖÜ]")


def find(source: Source, text: Text, outline: Outline, known: Known) -> About:
    """What the document says of itself; what `source.about` says outranks it."""
    parts = zones.of(source, text, outline)
    evidence: dict[str, str] = {}
    doubts: list[Warning] = []
    heard = voice.of(parts.head, parts.body)
    kind = kinds.find(parts, text, heard, evidence)
    gazetteer = places.gazetteer(known.places)
    found_parties = parties.find(parts, kind, heard, known.parties, gazetteer.index, evidence)
    ends = {
        zone: {m.end for m in mentions.mentions(where[:120_000], known.parties, gazetteer.index)}
        for zone, where in (
            ("head", parts.head),
            ("body", parts.body),
            ("foot", parts.foot),
            ("said", parts.said),
        )
    }
    found_places = places.find(parts, known, kind, ends, evidence, doubts)
    year, when = times.find(parts, kind, evidence)
    title, subject = titles.of(kind, outline, text)
    if subject:
        evidence["title"] = subject
    about = About(
        title=title,
        kind=kind,
        municipalities=found_places,
        parties=found_parties,
        publisher=_publisher(text, parts, kind, found_parties, evidence),
        year=year,
        date=when,
        language="de" if _is_german(f"{parts.head}\n{parts.body}") else None,
        evidence=evidence,
        doubts=tuple(doubts),
    )
    return given(about, source, known)


def _publisher(
    text: Text,
    parts: zones.Zones,
    kind: Kind | None,
    found: tuple[str, ...],
    evidence: dict[str, str],
) -> str | None:
    """Who wrote or published it, where that is no party: a youth organisation, the name in a byline, or the site's."""
    if found:
        return None
    if young := headlines.youth(parts.head, parts.opening):
        evidence["publisher"] = f"„{young}“"
        return young
    if kind not in ("press", "other"):
        return None
    for block in text.blocks:
        if block.kind == "meta" and BYLINE.match(block.text):
            evidence["publisher"] = block.text
            return re.sub(r"^(?:Von|Text:)\s+", "", block.text).strip()
    site = text.properties.get("site", "").strip()
    if site:
        evidence["publisher"] = site
    return site or None


GIVEN = (
    "Angabe: "  # what evidence of a value begins with that was said of the text and not found in it
)


def given(about: About, source: Source, known: Known) -> About:
    """What the person who offered the file says of it, before what was found.

    `local_lists` names lists that the gazetteer does not know; any other unknown name is left out.
    """
    said = {name: value.strip() for name, value in source.about.items() if value and value.strip()}
    if not said:
        return about
    values = {
        name: getattr(about, name) for name in About.__dataclass_fields__ if name != "evidence"
    }
    if "municipalities" in said:
        values["doubts"] = ()
    evidence = dict(about.evidence)
    for name, value in said.items():
        if name == "municipalities":
            values[name] = tuple(dict.fromkeys(_resolved_places(value, known)))
        elif name in ("parties", "local_lists"):
            values["parties"] = tuple(dict.fromkeys(_resolved_parties(said, known)))
            name = "parties"
        elif name == "year":
            values[name] = int(value) if value.isdecimal() and len(value) < 9 else values[name]
        elif name in values:
            values[name] = value
        else:
            continue
        evidence[name] = f"{GIVEN}{value}"
    return About(**values, evidence=evidence)


def _resolved_parties(said: dict[str, str], known: Known) -> Iterator[str]:
    short = {
        names.plain(name): party.short
        for party in known.parties
        for name in (*party.aliases, party.name, party.short)
    }
    for part in SEPARATORS.split(said.get("parties", "")):
        if names.plain(part) in short:
            yield short[names.plain(part)]
    for part in said.get("local_lists", "").split("|"):
        if part.strip():
            yield short.get(names.plain(part), part.strip())


def _resolved_places(value: str, known: Known) -> Iterator[str]:
    keys = {place.ags for place in known.places}
    by_name: dict[str, list[str]] = defaultdict(list)
    for place in known.places:
        by_name[names.plain(place.name)].append(place.ags)
    for part in SEPARATORS.split(value):
        word = part.strip()
        if word in keys:
            yield word
        elif len(by_name.get(names.plain(word), ())) == 1:
            yield by_name[names.plain(word)][0]


def _is_german(words: str) -> bool:
    sample = re.findall(r"[a-zäöüß]+", words[:4000].lower())
    common = sum(word in GERMAN for word in sample)
    return common >= max(2, len(sample) // 25)
