"""Gazetteers for tests: the table that ships, with the invented places and parties of our own examples;
and the official register, where it is beside the checkout."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path

from programmes.ingest import gazetteer
from programmes.ingest.pieces import Known, Party, Place

REFERENCE = Path(__file__).resolve().parents[2] / "fixtures" / "reference"

PLACES = (
    Place("99001000", "Musterstadt", "city", population=120_000),
    Place("99002", "Landkreis Mustertal", "county", population=90_000),
    Place("99002001", "Altenmoor", "town", population=8_000),
    Place("99002002", "Samtgemeinde Moorwiesen", "association", population=11_000),
    Place("99002003", "Grünfeld an der Lohe", "town", population=19_000),
    Place("99002004", "Seehausen", "municipality", population=3_000),
    Place("99003001", "Bad Quellenried", "town", population=15_000),
)
PARTIES = (
    Party("Stadtpartei", "Stadtpartei für alle", ("SPA",)),
    Party("Die Lupinen", "Bündnis Die Lupinen", ("Lupinen", "Lupine")),
    Party("Heimatbund", "Heimatbund der Mitte", ("HBM",)),
)


@lru_cache(maxsize=1)
def examples() -> Known:
    """What ships, and the invented places and parties of the examples."""
    ships = gazetteer.load(REFERENCE)
    return Known(ships.places + PLACES, ships.parties + PARTIES, ships.topics)


@lru_cache(maxsize=1)
def register(path: Path) -> Known:
    """What ships, and every other county and municipality of a table derived from the official register."""
    ships = gazetteer.load(REFERENCE)
    known = {place.ags: place for place in ships.places}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter=";"):
            name, kind = row["name"].split(",")[0], row["kind"]
            if "gemeindefrei" in kind or (len(row["ags"]) == 5 and "tadt" in kind):
                continue
            if kind in ("Kreis", "Landkreis") and "kreis" not in name and "Region" not in name:
                name = f"{kind} {name}"
            type_ = "county" if len(row["ags"]) == 5 else "municipality"
            known.setdefault(
                row["ags"], Place(row["ags"], name, type_, population=int(row["population"] or 0))
            )
    return Known(tuple(known.values()), ships.parties, ships.topics)
