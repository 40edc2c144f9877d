"""The official register of municipalities (GV100AD) into the archive's places.

Source: Federal Statistical Office, "Gemeindeverzeichnis GV100", data set description of the fixed-width form;
columns counted from 1: 1–2 record type, 3–10 date, 11–18 AGS, 23–72 name, 123–124 kind, 140–150 population.
The register has no coordinates: those that a place has stay.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import transaction

from programmes import edition
from programmes.ingest.pieces import Refused
from programmes.models import Municipality, german_slug

COUNTY, MUNICIPALITY = "40", "60"
KINDS = {
    (COUNTY, "43"): Municipality.Kind.COUNTY,
    (COUNTY, "44"): Municipality.Kind.COUNTY,
    (COUNTY, "45"): Municipality.Kind.REGION,
    (MUNICIPALITY, "60"): Municipality.Kind.MUNICIPALITY,  # Markt
    (MUNICIPALITY, "61"): Municipality.Kind.CITY,
    (MUNICIPALITY, "62"): Municipality.Kind.CITY,
    (MUNICIPALITY, "63"): Municipality.Kind.TOWN,
    (MUNICIPALITY, "64"): Municipality.Kind.MUNICIPALITY,
    (MUNICIPALITY, "65"): Municipality.Kind.MUNICIPALITY,  # unincorporated, but with inhabitants
    (MUNICIPALITY, "67"): Municipality.Kind.TOWN,
}
RECORD = re.compile(r"(?:10|20|30|40|50|60)\d{8}\d{2}")
OWN_KIND = re.compile(r"kreis\b|region|verband", re.IGNORECASE)
LANDER = {f"{number:02}" for number in range(1, 17)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One inhabited place of the register; `day` is the date that the register speaks of (ISO)."""

    ags: str
    name: str
    kind: str
    population: int | None
    day: str


@dataclass(slots=True)
class Report:
    """What an import did: names of places, each with its key."""

    day: str = ""
    read: int = 0
    new: int = 0
    changed: int = 0
    renamed: list[str] = field(default_factory=list)
    merged: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def read(data: bytes) -> list[Entry]:
    """The counties and municipalities of a register; `Refused` with one clear sentence if it is none."""
    text = _decoded(data)
    entries: dict[str, Entry] = {}
    for line in text.splitlines():
        kind = KINDS.get((line[:2], line[122:124]))
        ags = line[10:18].strip()
        if kind is None or not RECORD.match(line) or not re.fullmatch(r"\d{5}|\d{8}", ags):
            continue
        name = line[22:72].strip()
        if line[:2] == MUNICIPALITY:
            name = name.split(",", 1)[0].strip()
        elif not OWN_KIND.search(name):
            name = f"{'Kreis' if line[122:124] == '43' else 'Landkreis'} {name}"
        people = line[139:150].strip()
        population = int(people) if line[:2] == MUNICIPALITY and people.isdigit() else None
        day = f"{line[2:6]}-{line[6:8]}-{line[8:10]}"
        entries[ags] = Entry(ags, name, kind, population, day)
    if not any(len(ags) == 8 for ags in entries):
        raise Refused(
            "Das ist kein Gemeindeverzeichnis GV100AD: keine Zeile in fester Spaltenbreite mit der Satzart 60. "
            "Gebraucht wird die Textdatei (GV100AD_….txt), entpackt und nicht als Tabelle."
        )
    return _with_county_population(entries)


def update(entries: Iterable[Entry], successors: Mapping[str, str] | None = None) -> Report:
    """Bring the places of the archive up to the register, wholly or not at all; a second time changes nothing.

    A place that the register no longer has becomes part of its successor where that is known: given in
    `successors` (old key → new key), or the one place of the same name in the same county under a new key.
    Otherwise it is reported and stays as it is. Invented places are never touched.
    """
    wanted = {entry.ags: entry for entry in entries}
    report = Report(day=max(entry.day for entry in wanted.values()), read=len(wanted))
    with transaction.atomic():
        there = {
            place.ags: place
            for place in Municipality.objects.exclude(kind=Municipality.Kind.STATE).filter(
                invented=False
            )
        }
        _add(wanted, there, report)
        _change(wanted, there, report)
        _merge(wanted, there, dict(successors or {}), report)
        edition.renew()
    return report


def _add(wanted: Mapping[str, Entry], there: Mapping[str, Municipality], report: Report) -> None:
    new = [
        Municipality(
            ags=entry.ags,
            name=entry.name,
            slug=german_slug(entry.name),
            kind=entry.kind,
            population=entry.population,
        )
        for ags, entry in wanted.items()
        if ags not in there
    ]
    Municipality.objects.bulk_create(new, batch_size=1000)
    report.new = len(new)


def _change(wanted: Mapping[str, Entry], there: Mapping[str, Municipality], report: Report) -> None:
    numbers = []
    for ags, place in there.items():
        entry = wanted.get(ags)
        if entry is None:
            continue
        moved = (place.kind, place.merged_into_id) != (entry.kind, None)
        if place.name != entry.name:
            report.renamed.append(f"{place.name} heißt jetzt {entry.name} ({ags})")
            place.aliases = [*place.aliases, place.name]
            place.name, moved = entry.name, True
        if moved:
            place.kind, place.merged_into = entry.kind, None
            place.population = entry.population
            place.save()  # one by one: whoever listens (the index) learns of the new name
            report.changed += 1
        elif entry.population is not None and place.population != entry.population:
            place.population = entry.population
            numbers.append(place)
    Municipality.objects.bulk_update(numbers, ["population"], batch_size=400)
    report.changed += len(numbers)


def _merge(
    wanted: Mapping[str, Entry],
    there: Mapping[str, Municipality],
    successors: dict[str, str],
    report: Report,
) -> None:
    states = {ags[:2] for ags in wanted}
    by_name = defaultdict(list)
    for entry in wanted.values():
        by_name[entry.ags[:5], len(entry.ags), entry.name].append(entry.ags)
    for old, new in successors.items():
        if old not in there or new not in wanted:
            missing = (
                f"{old} steht nicht im Archiv" if old not in there else f"{new} nicht im Register"
            )
            report.problems.append(f"--merged {old}={new}: {missing}.")
    for ags, place in sorted(there.items()):
        if ags in wanted or place.merged_into_id or ags[:2] not in states & LANDER:
            continue
        same = by_name[ags[:5], len(ags), place.name]
        successor = successors.get(ags) or (same[0] if len(same) == 1 else "")
        if successor not in wanted:
            report.gone.append(f"{place.name} ({ags})")
            continue
        into = Municipality.objects.get(pk=successor)
        report.merged.append(f"{place.name} ({ags}) gehört jetzt zu {into.name} ({successor})")
        place.merged_into = into
        place.save()
        if place.name != into.name and place.name not in into.aliases:
            into.aliases = [*into.aliases, place.name]
            into.save()
        for document in place.documents.all():
            document.municipalities.add(into)
            document.municipalities.remove(place)


def _with_county_population(entries: Mapping[str, Entry]) -> list[Entry]:
    """A county has as many people as its municipalities together; the register itself does not say."""
    people: dict[str, int] = defaultdict(int)
    for entry in entries.values():
        if len(entry.ags) == 8:
            people[entry.ags[:5]] += entry.population or 0
    return [
        Entry(entry.ags, entry.name, entry.kind, people[entry.ags] or None, entry.day)
        if len(entry.ags) == 5
        else entry
        for entry in entries.values()
    ]


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")
