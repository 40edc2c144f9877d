"""Which programmes does the archive lack? Expected are, per place and election, the parties that speak there.

A party is expected where it has a programme for another election of the same place, where it is a list of
that place, or where it has programmes for the same election in at least half of the other places.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.models import Document, Municipality, Party
from programmes.records import Absence

HALF = 0.5
FEWEST_PLACES = 3  # below this many places of an election, "half of the places" says nothing


@dataclass(frozen=True, slots=True)
class Row:
    """One place and election: parties that are there, missing, known not to have had a programme."""

    place: Municipality
    year: int
    there: tuple[tuple[Party, int], ...]
    missing: tuple[Party, ...]
    absent: tuple[Party, ...]


def rows(words: str = "", *, only_gaps: bool = False) -> list[Row]:
    """Newest election first, then by place; drafts count as there, what was withdrawn does not."""
    there: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    links = Document.objects.filter(kind=Document.Kind.PROGRAMME, year__isnull=False).exclude(
        status=Document.Status.WITHDRAWN
    )
    for pk, place, party, year in links.values_list("pk", "municipalities", "parties", "year"):
        if place is not None and year is not None:
            elections = there[place, year]
            if party is not None:
                elections[party] = pk
    absent: dict[tuple[str, int], set[int]] = defaultdict(set)
    for place, year, party in Absence.objects.values_list("municipality", "year", "party"):
        absent[place, year].add(party)
        there.setdefault((place, year), {})
    parties = {party.pk: party for party in Party.objects.all()}
    places = Municipality.objects.in_bulk({place for place, _year in there})
    expected = _expected(there, parties)
    found = []
    for (ags, year), here in there.items():
        town = places[ags]
        if words and not _matches(words, town, year):
            continue
        missing = expected[ags, year] - here.keys() - absent[ags, year]
        if only_gaps and not missing:
            continue
        found.append(
            Row(
                town,
                year,
                tuple((parties[pk], here[pk]) for pk in _sorted(here, parties)),
                tuple(parties[pk] for pk in _sorted(missing, parties)),
                tuple(parties[pk] for pk in _sorted(absent[ags, year], parties)),
            )
        )
    return sorted(found, key=lambda row: (-row.year, row.place.name, row.place.pk))


def _expected(
    there: dict[tuple[str, int], dict[int, int]], parties: dict[int, Party]
) -> dict[tuple[str, int], set[int]]:
    of_place: dict[str, set[int]] = defaultdict(set)
    of_year: dict[int, Counter[int]] = defaultdict(Counter)
    places: Counter[int] = Counter()
    for party in parties.values():
        if party.municipality_id:
            of_place[party.municipality_id].add(party.pk)
    for (ags, year), here in there.items():
        of_place[ags].update(here)
        of_year[year].update(here.keys())
        places[year] += 1
    usual = {
        year: {
            pk
            for pk, count in counted.items()
            if places[year] >= FEWEST_PLACES
            and count >= HALF * places[year]
            and not parties[pk].municipality_id
        }
        for year, counted in of_year.items()
    }
    return {(ags, year): of_place[ags] | usual.get(year, set()) for ags, year in there}


def _sorted(keys: object, parties: dict[int, Party]) -> Sequence[int]:
    order = sorted(parties.values(), key=lambda party: (party.position, party.short_name))
    return [party.pk for party in order if party.pk in keys]  # type: ignore[operator]


def _matches(words: str, place: Municipality, year: int) -> bool:
    return all(
        word.lower() in place.name.lower() or word == str(year) or place.pk.startswith(word)
        for word in words.split()
    )
