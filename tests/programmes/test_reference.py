"""The places and parties that ship with the archive are those that exist, where they are."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from pathlib import Path

import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "fixtures" / "reference"
DEMONSTRATION = REFERENCE.parent / "demonstration"
DEGREES = 0.05  # about five kilometres


@pytest.fixture(scope="module")
def places() -> dict[str, dict[str, str]]:
    with (REFERENCE / "municipalities.csv").open(encoding="utf-8", newline="") as file:
        return {row["ags"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def parties() -> list[dict]:
    return json.loads((REFERENCE / "parties.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def official(shared) -> dict[str, dict[str, str]]:
    path = shared / "reference" / "municipalities.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["ags"]: row for row in csv.DictReader(file, delimiter=";")}


def test_there_are_sixteen_laender_and_every_other_place_lies_in_one(places):
    laender = {ags for ags, row in places.items() if row["kind"] == "state"}
    assert laender == {f"{number:02}" for number in range(1, 17)}
    assert {ags[:2] for ags in places} == laender
    assert {len(ags) for ags in places} == {2, 5, 8}


def test_every_county_city_and_larger_town_is_there(places, official):
    wanted = {
        ags
        for ags, row in official.items()
        if (len(ags) == 5 and row["kind"] in ("Kreis", "Landkreis", "Regionalverband"))
        or (len(ags) == 8 and row["kind"] in ("kreisfreie Stadt", "Stadtkreis"))
        or (len(ags) == 8 and int(row["population"] or 0) > 50_000)
    }
    assert len(wanted) > 450
    assert wanted - places.keys() == set()


def test_names_and_coordinates_are_the_official_ones(places, official):
    for ags, row in places.items():
        there = official.get(ags)
        if len(ags) != 8 or there is None:
            continue
        assert row["name"] == there["name"].split(",")[0]
        if there["latitude"]:
            assert float(row["latitude"]) == pytest.approx(float(there["latitude"]), abs=DEGREES)
            assert float(row["longitude"]) == pytest.approx(float(there["longitude"]), abs=DEGREES)


def test_a_county_lies_among_its_municipalities(places, official):
    for ags in (ags for ags in places if len(ags) == 5):
        for axis in ("latitude", "longitude"):
            inside = [
                float(row[axis])
                for key, row in official.items()
                if len(key) == 8 and key.startswith(ags) and row[axis]
            ]
            assert min(inside) <= float(places[ags][axis]) <= max(inside), places[ags]["name"]


def test_no_two_parties_share_a_name(parties):
    names = Counter(
        name.casefold()
        for party in parties
        for name in {
            spelled.casefold()
            for spelled in (party["short_name"], party["name"], *party["aliases"])
        }
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_every_party_has_a_colour_and_an_address(parties):
    for party in parties:
        assert re.fullmatch(r"#[0-9a-f]{6}", party["colour"]), party["short_name"]
        assert re.fullmatch(r"[a-z0-9-]+", party["slug"])
    assert len({party["slug"] for party in parties}) == len(parties)


def test_what_is_invented_does_not_exist(places, official, parties):
    invented = json.loads((DEMONSTRATION / "reference.json").read_text(encoding="utf-8"))
    real = {row["name"].split(",")[0].casefold() for row in (*places.values(), *official.values())}
    for place in invented["municipalities"]:
        assert place["invented"] and place["name"].casefold() not in real
        assert not 1 <= int(place["ags"][:2]) <= 16
    known = {
        name.casefold()
        for party in parties
        for name in (party["short_name"], party["name"], *party["aliases"])
    }
    for party in invented["parties"]:
        assert party["invented"]
        assert not known & {party["short_name"].casefold(), party["name"].casefold()}


def test_the_catalogue_names_every_text_of_the_corpus_once():
    rows = json.loads((DEMONSTRATION / "catalogue.json").read_text(encoding="utf-8"))
    files = sorted(path.name for path in (DEMONSTRATION / "documents").iterdir())
    assert sorted(row["file"] for row in rows) == files
    invented = json.loads((DEMONSTRATION / "reference.json").read_text(encoding="utf-8"))
    places = {place["ags"] for place in invented["municipalities"]}
    parties = {party["short_name"] for party in invented["parties"]}
    for row in rows:
        assert set(row["municipalities"]) <= places
        assert set(row["parties"]) <= parties
