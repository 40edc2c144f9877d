"""What the archive itself knows of places, parties and topics, and the reference data it starts with."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.db import transaction

from programmes import edition
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Topic, german_slug


def known() -> pieces.Known:
    """Every place, party and topic of the database as the pipeline's value."""
    places = Municipality.objects.exclude(kind=Municipality.Kind.STATE).filter(merged_into=None)
    return pieces.Known(
        places=tuple(
            pieces.Place(ags, name, kind, tuple(aliases), population or 0)
            for ags, name, kind, aliases, population in places.order_by("pk").values_list(
                "ags", "name", "kind", "aliases", "population"
            )
        ),
        parties=tuple(
            pieces.Party(short, name, tuple(aliases))
            for short, name, aliases in Party.objects.order_by("position", "pk").values_list(
                "short_name", "name", "aliases"
            )
        ),
        topics=tuple(
            pieces.Topic(slug, label, tuple(indicators))
            for slug, label, indicators in Topic.objects.values_list(
                "slug", "label_de", "indicators"
            )
        ),
    )


def load_reference(folder: Path) -> dict[str, int]:
    """Add what is in the tables of `folder` and not in the archive yet; what is there stays as it is.

    An archivist's correction of a party or a topic therefore outlives every start. Returns the numbers added.
    """
    added = {}
    with transaction.atomic():
        for name, load in (("places", _places), ("parties", _parties), ("topics", _topics)):
            added[name] = load(folder)
    if any(added.values()):
        edition.renew()
    return added


def _places(folder: Path) -> int:
    if (folder / "municipalities.csv").exists():
        with (folder / "municipalities.csv").open(encoding="utf-8", newline="") as file:
            rows: list[dict[str, Any]] = list(csv.DictReader(file))
    else:
        rows = _json(folder / "reference.json").get("municipalities", [])
    there = set(Municipality.objects.values_list("pk", flat=True))
    new = [
        Municipality(
            ags=row["ags"],
            name=row["name"],
            slug=german_slug(row["name"]),
            kind=row["kind"],
            aliases=row.get("aliases") or [],
            population=int(row["population"]) if row.get("population") else None,
            latitude=float(row["latitude"]) if row.get("latitude") else None,
            longitude=float(row["longitude"]) if row.get("longitude") else None,
            invented=bool(row.get("invented")),
        )
        for row in rows
        if row["ags"] not in there
    ]
    Municipality.objects.bulk_create(new, batch_size=500)
    return len(new)


def _parties(folder: Path) -> int:
    rows = _json(folder / "parties.json") or _json(folder / "reference.json").get("parties", [])
    # By its address as well: a party that an archivist renamed is still the same one.
    names = set(Party.objects.values_list("short_name", flat=True))
    slugs = set(Party.objects.values_list("slug", flat=True))
    new = [
        Party(
            slug=row.get("slug") or german_slug(row["short_name"]),
            short_name=row["short_name"],
            name=row["name"],
            aliases=row.get("aliases") or [],
            colour=row.get("colour", ""),
            wikidata=row.get("wikidata") or "",
            parlgov=row.get("parlgov"),
            position=row.get("position", 100),
            invented=bool(row.get("invented")),
        )
        for row in rows
        if row["short_name"] not in names
        and (row.get("slug") or german_slug(row["short_name"])) not in slugs
    ]
    Party.objects.bulk_create(new)
    return len(new)


def _topics(folder: Path) -> int:
    _renew_terms(_json(folder / "topics.json") or [])
    there = set(Topic.objects.values_list("slug", flat=True))
    new = [
        Topic(
            slug=row["slug"],
            label_de=row["label_de"],
            label_en=row["label_en"],
            definition=row["definition"],
            indicators=row["indicators"],
            supplied=row["indicators"],
            marpor=row["marpor"],
            cap=row["cap"],
            position=position,
        )
        for position, row in enumerate(_json(folder / "topics.json"), start=1)
        if row["slug"] not in there
    ]
    Topic.objects.bulk_create(new)
    return len(new)


def _renew_terms(rows: Sequence[Mapping[str, Any]]) -> None:
    """Give the topics that are there the terms of this release.

    What an archivist added stays, and what an archivist took out of an earlier release stays out: only the
    difference between what was supplied then and now is applied.
    """
    supplied = {row["slug"]: row["indicators"] for row in rows}
    for topic in Topic.objects.filter(slug__in=supplied):
        now = supplied[topic.slug]
        if topic.supplied == now:
            continue
        then = set(topic.supplied)
        gone = then - set(now)
        kept = [term for term in topic.indicators if term not in gone]
        topic.indicators = kept + [term for term in now if term not in then and term not in kept]
        topic.supplied = now
        topic.save(update_fields=["indicators", "supplied"])


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
