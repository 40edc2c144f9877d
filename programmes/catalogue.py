"""A table that says what files are: CSV, TSV or JSON with a row for each use of a document.

The columns of the German Local Manifesto Project work as they are; so do the names of `About`, and the list of
motions that Antragsgrün's REST interface gives for a consultation. What a row says that the archive does not know
is reported and left out, never guessed.
"""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from programmes.ingest.about import find as what_is_known
from programmes.ingest.about.places import STATES, forms
from programmes.ingest.pieces import Block, Known, Outline, Refused, Source, Text
from programmes.ingest.readers import encoding

FILE_COLUMNS = ("source_filename", "file", "filename", "datei")
PLACE_COLUMNS = ("ags", "municipalities", "municipality", "ort", "orte")
PARTY_COLUMNS = ("party_abbreviation", "parties", "party", "partei", "parteien")
# What a row says in words, and the columns that it may stand in.
WORDS = {
    "title": ("title", "titel"),
    "date": ("date", "datum"),
    "publisher": ("publisher", "herausgeber"),
    "language": ("language", "sprache"),
    "scope": ("scope", "program_scope"),
    "rights": ("rights", "license", "licence", "lizenz"),
    "source_url": ("source_url", "url", "quelle"),
    "retrieved_on": ("retrieved_on", "abgerufen"),
}
YEAR_COLUMNS = ("election_year", "year", "jahr")
KIND_COLUMNS = ("document_type", "kind", "art")
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
PREFIX = "prefix"  # "A1", by which Antragsgrün names the files that it exports
SLUG = "slug"  # the end of a motion's address, by which a program that fetches it may name it
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
    unlisted: list[str] = field(default_factory=list)
    by_name: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_prefix: dict[str, str] = field(default_factory=dict)

    def about(self, path: Path, checksum: str) -> Mapping[str, str]:
        """What the catalogue says of a file, found by checksum, path or name."""
        name = self.checksums.get(checksum) or self._named(path)
        if name is None:
            self.unlisted.append(path.name)
            return {}
        if name not in self.used and self.expected.get(name, checksum) != checksum:
            self.problems.append(
                f"„{name}“ hat einen anderen Inhalt, als die Prüfsumme im Katalog sagt."
            )
        self.used.add(name)
        return self.rows[name]

    def _named(self, path: Path) -> str | None:
        """The row whose file is this one: the longest end of its path that a row names, however it is spelt."""
        parts = path.as_posix().split("/")
        for start in range(len(parts)):
            found = self.by_name.get(_spelt("/".join(parts[start:])), [])
            if len(found) == 1:
                return found[0]
        return self.by_prefix.get(re.split(r"[\s_.:]", _spelt(path.name), maxsplit=1)[0])

    def unused(self) -> list[str]:
        return sorted(self.rows.keys() - self.used)


def load(path: Path, known: Known) -> Catalogue:
    """Read a catalogue; `Refused` with one clear sentence if it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise Refused(f"Der Katalog lässt sich nicht öffnen ({error.strerror}).") from None
    text, _ = encoding.decode(data)
    rows = list(_rows(text, known))
    if not rows:
        raise Refused("Der Katalog hat keine Zeile.")
    if not any(column in row for row in rows[:1] for column in (*FILE_COLUMNS, PREFIX)):
        raise Refused(
            f"Dem Katalog fehlt eine Spalte mit dem Dateinamen ({', '.join(FILE_COLUMNS)})."
        )
    return _merged(rows, known)


def _rows(text: str, known: Known) -> Iterator[dict[str, Any]]:
    if text.lstrip()[:1] in "[{":
        try:
            content = json.loads(text)
        except ValueError as error:
            raise Refused(f"Der Katalog ist kein gültiges JSON ({error}).") from None
        if isinstance(content, dict) and isinstance(content.get("motion_links"), list):
            said = _said_by(str(content.get("title") or ""), known)
            for motion in _motions(content["motion_links"]):
                # An amendment to a programme is a motion.
                yield (said if motion["title"] else said | {"kind": "motion"}) | motion
            return
        listed = content.get("documents", []) if isinstance(content, dict) else content
        if not isinstance(listed, list) or not all(isinstance(row, dict) for row in listed):
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


def _said_by(title: str, known: Known) -> dict[str, Any]:
    """What the name of a consultation says of all its motions: "Wahlprogramm Musterstadt 2026"."""
    source = Source(title.encode(), "consultation.txt")
    text = Text((Block("heading", title, level=1),), "antragsgruen", "text/plain")
    found = what_is_known(source, text, Outline(title, ()), known)
    row: dict[str, Any] = {"ags": list(found.municipalities), "parties": list(found.parties)}
    if found.kind == "programme":
        row |= {"kind": "programme", "year": found.year}
    return row


def _motions(links: list[Any]) -> Iterator[dict[str, Any]]:
    """A row for each motion of a consultation and each of its amendments."""
    for link in links:
        if isinstance(link, dict):
            yield {
                PREFIX: link.get("prefix"),
                "title": link.get("title"),
                "source_url": link.get("url_html"),
                SLUG: str(link.get("url_html") or "").rsplit("/", 1)[-1]
                if link.get("title")
                else "",
            }
            yield from _motions(link.get("amendment_links") or [])


def _merged(rows: Iterable[dict[str, Any]], known: Known) -> Catalogue:
    """One entry a file: several rows of the same file are several places or parties."""
    catalogue = Catalogue()
    places, parties = _place_names(known), _party_names(known)
    lists: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows, start=2):
        name = next((str(row[column]) for column in (*FILE_COLUMNS, PREFIX) if row.get(column)), "")
        if not name:
            catalogue.problems.append(f"Zeile {number} nennt keine Datei.")
            continue
        if name not in catalogue.rows:
            catalogue.by_name[_spelt(name)].append(name)
            if row.get(PREFIX) == name:
                catalogue.by_prefix[_spelt(name)] = name
                for ending in (".json", ".txt", ".html", ".pdf", ""):
                    if slug := row.get(SLUG):
                        catalogue.by_name[_spelt(f"{slug}{ending}")].append(name)
        about = catalogue.rows.setdefault(name, {})
        checksum = str(row.get("content_hash") or row.get("sha256") or "").strip().lower()
        if CHECKSUM.fullmatch(checksum):
            catalogue.checksums[checksum] = name
            catalogue.expected[name] = checksum
        for place in _places(row, places, catalogue, number):
            lists[name]["municipalities"].append(place)
        for key, party in _parties(row, parties, catalogue, number):
            lists[name][key].append(party)
        for key, columns in WORDS.items():
            if said := _first(row, columns):
                about[key] = said
        if said := _first(row, YEAR_COLUMNS):
            if year := re.fullmatch(r"((?:19|20)\d\d)(?:\.0)?", said):
                about["year"] = year[1]
            else:
                catalogue.problems.append(f"Zeile {number}: „{said}“ ist kein Jahr.")
        if said := _first(row, KIND_COLUMNS).lower():
            if said in KINDS:
                about["kind"] = KINDS[said]
            else:
                catalogue.problems.append(f"Zeile {number}: die Art „{said}“ ist nicht bekannt.")
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
            found = _in_state(names.get(_plain(value)) or names.get(_key(value)) or [], row)
            if len(found) == 1:
                yield found[0]
            elif column != "ags" or not any(row.get(other) for other in PLACE_COLUMNS[1:]):
                reason = "ist nicht bekannt" if not found else "ist nicht eindeutig"
                catalogue.problems.append(f"Zeile {number}: der Ort „{value}“ {reason}.")
            else:
                break
        else:
            return


def _in_state(found: list[str], row: Mapping[str, Any]) -> list[str]:
    """Of several places of one name those in the state that the row names."""
    state = str(row.get("state") or row.get("land") or "").strip().lower()
    number = STATES.get(state, state.zfill(2))
    return [ags for ags in found if ags.startswith(number)] if len(found) > 1 and state else found


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


def _first(row: Mapping[str, Any], columns: Iterable[str]) -> str:
    return next((str(row[column]).strip() for column in columns if row.get(column)), "")


def _spelt(name: str) -> str:
    """A file's name to be compared: case aside, and "ü" as one sign, which file systems write as two."""
    return (
        unicodedata.normalize("NFC", name.replace("\\", "/")).strip().removeprefix("./").casefold()
    )


def _values(value: Any) -> list[str]:
    if isinstance(value, list):
        return [str(part) for part in value]
    return [part.strip() for part in str(value or "").split("|") if part.strip()]


def _place_names(known: Known) -> dict[str, list[str]]:
    """Keys by every name: an official one outranks another place's short one ("Halle" for "Halle (Saale)")."""
    names: dict[str, list[str]] = defaultdict(list)
    short: dict[str, list[str]] = defaultdict(list)
    for place in known.places:
        for name in {place.ags, place.name, *place.aliases}:
            names[_plain(name)].append(place.ags)
            for form in forms(name):
                if place.ags not in short[_plain(form)]:
                    short[_plain(form)].append(place.ags)
    return {**short, **names}


def _party_names(known: Known) -> dict[str, str]:
    names = {
        _plain(name): party.short
        for party in known.parties
        for name in (*party.aliases, party.name, party.short)
    }
    short = {party.short for party in known.parties}
    return names | {_plain(code): name for code, name in ABBREVIATIONS.items() if name in short}


def _key(value: str) -> str:
    """A key that a spreadsheet took for a number: "3355022" or "3355022.0" for "03355022"."""
    number = re.fullmatch(r"(\d{4}|\d{7})(?:\.0)?|(\d{5}|\d{8})\.0", value.strip())
    if not number:
        return ""
    return f"0{number[1]}" if number[1] else number[2]


def _plain(name: str) -> str:
    folded = name.strip().lower()
    for umlaut, letters in UMLAUTS:
        folded = folded.replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", " ", folded).strip()
