"""The reference data that ships with the archive, read without a database."""

from __future__ import annotations

import csv
import json
from functools import lru_cache
from pathlib import Path

from programmes.ingest.pieces import Known, Party, Place, Topic


@lru_cache(maxsize=4)
def load(folder: Path) -> Known:
    """Every place, party and topic in the tables of `folder`; states are not places of documents."""
    with (folder / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        places = tuple(
            Place(row["ags"], row["name"], row["kind"], population=int(row["population"] or 0))
            for row in csv.DictReader(file)
            if row["kind"] != "state"
        )
    parties = tuple(
        Party(row["short_name"], row["name"], tuple(row["aliases"]))
        for row in json.loads((folder / "parties.json").read_text(encoding="utf-8"))
    )
    topics = tuple(
        Topic(row["slug"], row["label_de"], tuple(row["indicators"]))
        for row in json.loads((folder / "topics.json").read_text(encoding="utf-8"))
    )
    return Known(places, parties, topics)
