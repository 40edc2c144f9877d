"""A table that says what files are: CSV, TSV or JSON with a row for each use of a document.

The columns of the German Local Manifesto Project work as they are; so do the names of `About`. What a row
says that the archive does not know is reported and left out, never guessed.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from programmes.ingest.pieces import Known, Refused
from programmes.ingest.readers import encoding

FILE_COLUMNS = ("source_filename", "file", "filename", "datei")
PLACE_COLUMNS = ("ags", "municipalities", "municipality", "ort")
PARTY_COLUMNS = ("party_abbreviation", "parties", "party", "partei")
KINDS = {
    "kommunalwahlprogramm gemeinde": "programme",
    "anderes kommunales wahlprogramm": "programme",
    "grundsatzprogramm": "programme",
    "programme": "programme",
    "wahlprogramm": "programme",
    "press": "press",
    "pressetext": "press",
    "pressemitteilung": "press",
    "motion": "motion",
    "antrag": "motion",
    "other": "other",
}
# Abbreviations of the German Local Manifesto Project that are no name of the party.
ABBREVIATIONS = {
    "gru": "GRÜNE",
    "gruene": "GRÜNE",
    "lin": "DIE LINKE",
    "pds": "DIE LINKE",
    "fw": "FREIE WÄHLER",
    "pir": "PIRATEN",
    "par": "Die PARTEI",
}
CHECKSUM = re.compile(r"[0-9a-f]{64}")
UMLAUTS = (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss"))


@dataclass
class Catalogue:
    """What is said of each file, by its name and by its checksum; what could not be understood."""

    rows: dict[str, dict[str, str]] = field(default_factory=dict)
    checksums: dict[str, str] = field(default_factory=dict)
    expected: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    used: set[str] = field(default_factory=set)

    def about(self, path: Path, checksum: str) -> Mapping[str, str]:
        """What the catalogue says of a file, found by checksum, path or name."""
        for name in (self.checksums.get(checksum), path.as_posix(), path.name):
            if name in self.rows:
                self.used.add(name)
                if self.expected.get(name, checksum) != checksum:
                    self.problems.append(
                        f"„{name}“ hat einen anderen Inhalt, als die Prüfsumme im Katalog sagt."
                    )
                return self.rows[name]
        return {}

    def unused(self) -> list[str]:
        return sorted(self.rows.keys() - self.used)


def load(path: Path, known: Known) -> Catalogue:
    """Read a catalogue; `Refused` with one clear sentence if it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"Der Katalog lässt sich nicht öffnen ({error.strerror}).") from None
    text, _ = encoding.decode(data)
    rows = list(_rows(text))
    if not rows:
        raise Refused("Der Katalog hat keine Zeile.")
    if not any(column in rows[0] for column in FILE_COLUMNS):
        raise Refused(
            f"Dem Katalog fehlt eine Spalte mit dem Dateinamen ({', '.join(FILE_COLUMNS)})."
        )
    return _merged(rows, known)


def _rows(text: str) -> Iterator[dict[str, Any]]:
    if text.lstrip()[:1] in "[{":
        try:
            content = json.loads(text)
        except ValueError as error:
            raise Refused(f"Der Katalog ist kein gültiges JSON ({error}).") from None
        listed = content.get("documents", []) if isinstance(content, dict) else content
        if not all(isinstance(row, dict) for row in listed):
            raise Refused("Im JSON-Katalog muss jede Zeile ein Objekt sein.")
        for row in listed:
            yield {str(name).lower(): value for name, value in row.items()}
        return
    first = text.split("\n", 1)[0]
    delimiter = max(";,\t", key=first.count)
    csv.field_size_limit(10**7)
    try:
        for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
            yield {
                str(name).strip().lower(): (value or "").strip()
                for name, value in row.items()
                if name and isinstance(value, str)
            }
    except csv.Error as error:
        raise Refused(f"Der Katalog ist keine lesbare Tabelle ({error}).") from None


def _merged(rows: Iterable[dict[str, Any]], known: Known) -> Catalogue:
    """One entry a file: several rows of the same file are several places or parties."""
    catalogue = Catalogue()
    places, parties = _place_names(known), _party_names(known)
    lists: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows, start=2):
        name = next((str(row[column]) for column in FILE_COLUMNS if row.get(column)), "")
        if not name:
            catalogue.problems.append(f"Zeile {number} nennt keine Datei.")
            continue
        about = catalogue.rows.setdefault(name, {})
        checksum = str(row.get("content_hash") or row.get("sha256") or "").strip().lower()
        if CHECKSUM.fullmatch(checksum):
            catalogue.checksums[checksum] = name
            catalogue.expected[name] = checksum
        for place in _places(row, places, catalogue, number):
            lists[name]["municipalities"].append(place)
        for key, party in _parties(row, parties, catalogue, number):
            lists[name][key].append(party)
        for column, key in (
            ("title", "title"),
            ("date", "date"),
            ("publisher", "publisher"),
            ("language", "language"),
        ):
            if row.get(column):
                about[key] = str(row[column])
        year = re.match(r"(\d{4})(?:\.0)?$", str(row.get("election_year") or row.get("year") or ""))
        if year:
            about["year"] = year[1]
        said = str(row.get("document_type") or row.get("kind") or "").lower()
        if said:
            if said in KINDS:
                about["kind"] = KINDS[said]
            else:
                catalogue.problems.append(f"Zeile {number}: die Art „{said}“ ist nicht bekannt.")
        for column in ("rights", "scope", "source_url"):
            if row.get(column):
                about[column] = str(row[column])
        if row.get("program_scope"):
            about["scope"] = str(row["program_scope"])
    for name, found in lists.items():
        for key, values in found.items():
            catalogue.rows[name][key] = "|".join(dict.fromkeys(values))
    return catalogue


def _places(
    row: Mapping[str, Any], names: Mapping[str, list[str]], catalogue: Catalogue, number: int
) -> Iterator[str]:
    for column in PLACE_COLUMNS:
        values = _values(row.get(column))
        if not values:
            continue
        for value in values:
            found = names.get(_plain(value), [])
            if len(found) == 1:
                yield found[0]
            elif column != "ags" or not any(row.get(other) for other in PLACE_COLUMNS[1:]):
                reason = "ist nicht bekannt" if not found else "ist nicht eindeutig"
                catalogue.problems.append(f"Zeile {number}: der Ort „{value}“ {reason}.")
            else:
                break
        else:
            return


def _parties(
    row: Mapping[str, Any], names: Mapping[str, str], catalogue: Catalogue, number: int
) -> Iterator[tuple[str, str]]:
    """Parties by any of their names; a full name that is no party's is a local list's own."""
    unknown: list[str] = []
    for column in PARTY_COLUMNS:
        values = _values(row.get(column))
        found = [names.get(_plain(value)) for value in values]
        if column != "party_abbreviation" and any(found):
            for value, name in zip(values, found, strict=True):
                yield ("parties", name) if name else ("local_lists", value)
            return
        if values and all(found):
            yield from (("parties", name) for name in found if name)
            return
        unknown += values if column != "party_abbreviation" else []
    full = [value for value in unknown if len(_plain(value)) >= 6]
    yield from (("local_lists", value) for value in full)
    code = _values(row.get("party_abbreviation"))
    if not full and (unknown or code):
        catalogue.problems.append(
            f"Zeile {number}: die Partei oder Liste „{[*code, *unknown][-1]}“ ist nicht bekannt."
        )


def _values(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(part) for part in value]
    return [part.strip() for part in str(value or "").split("|") if part.strip()]


def _place_names(known: Known) -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for place in known.places:
        for name in {place.ags, place.name, *place.aliases}:
            names[_plain(name)].append(place.ags)
    return names


def _party_names(known: Known) -> dict[str, str]:
    names = {
        _plain(name): party.short
        for party in known.parties
        for name in (*party.aliases, party.name, party.short)
    }
    short = {party.short for party in known.parties}
    return names | {_plain(code): name for code, name in ABBREVIATIONS.items() if name in short}


def _plain(name: str) -> str:
    folded = name.strip().lower()
    for umlaut, letters in UMLAUTS:
        folded = folded.replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", " ", folded).strip()
