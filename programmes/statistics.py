"""Numbers for pages: what the archive holds, by topic, party, place and year, each in one query."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil
from typing import Any, NamedTuple, TypeVar

from programmes import known, tally
from programmes.edition import held, remembered
from programmes.models import (
    Document,
    Municipality,
    Party,
    Pledge,
    PledgeTopic,
    Topic,
    address,
)
from programmes.prepared import Prepared
from programmes.records import Absence

Group = TypeVar("Group", bound=Hashable)
FEWEST = 25  # pledges of a year, below which shares of it say nothing
LONGEST = 30  # years that a chart shows without a gap
WIDEST = 44.0  # a bar of a chart with few of them


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: what it stands for, its number, and its length from 0 to 100."""

    label: str
    value: float
    share: float
    address: str = ""
    key: str = ""  # a short name for addresses


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar of a drawing: where its corners are."""

    label: str
    value: float
    x: float
    y: float
    width: float
    height: float
    address: str = ""

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def above(self) -> float:
        return self.y - 4


@dataclass(frozen=True, slots=True)
class Columns:
    """Upright bars side by side; every `every`th is labelled, so that no two labels touch."""

    bars: tuple[Column, ...]
    width: float
    height: float
    ground: float
    labelled: tuple[Column, ...]

    @property
    def beneath(self) -> float:
        """The line that labels stand on."""
        return self.ground + 15


@dataclass(frozen=True, slots=True)
class Holding:
    """What the archive holds of one party in one election of a place."""

    documents: tuple[Document, ...]
    absence: str | None = None  # how it is known that there was none


@dataclass(frozen=True, slots=True)
class Elections:
    """The programmes of a place: a row for each party, a cell for each election, and what is not there."""

    years: tuple[int | None, ...]
    rows: tuple[tuple[Party, tuple[Holding, ...]], ...]
    without_party: tuple[Document, ...]
    missing: tuple[tuple[int, tuple[Party, ...]], ...]

    @property
    def with_party(self) -> set[int | None]:
        """The elections of which there is a programme of a party."""
        return {
            year
            for _, holdings in self.rows
            for year, holding in zip(self.years, holdings, strict=True)
            if holding.documents
        }


class Said(NamedTuple):
    """A pledge as a page of hundreds shows it: its words and where they stand."""

    key: str
    text: str
    specificity: str
    document: Document

    @property
    def document_id(self) -> int:
        return self.document.pk

    def get_absolute_url(self) -> str:
        return address("programmes:pledge", self.key)


@dataclass(frozen=True, slots=True)
class Cell:
    """The pledges of one group on one topic; `heat` 0 to 4 is how many they are beside the fullest cell."""

    group: Any
    pledges: tuple[Said, ...]
    heat: int


@dataclass(frozen=True, slots=True)
class Row:
    """One topic across the groups; no topic: the pledges that none was found for."""

    topic: Topic | None
    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        return sum(len(cell.pledges) for cell in self.cells)

    @property
    def slug(self) -> str:
        return self.topic.slug if self.topic else "ohne-thema"


def topics() -> list[Topic]:
    """All topics in their order, without what only the machine reads of them."""
    return list(known.topics().values())


def holdings() -> dict[str, int]:
    """How many documents, pledges, sections, places and parties are published, and how many pledges are countable."""
    return remembered("holdings", _holdings)


def _holdings() -> dict[str, int]:
    whole = tally.of("all").values(*tally.MEASURES).first() or dict.fromkeys(tally.MEASURES, 0)
    return {
        **whole,
        "places": tally.of("place").count(),
        "parties": tally.of("party").count(),
    }


def table_counts() -> dict[str, int]:
    """How many rows each table for downloading has, but for those of uses."""
    held = holdings()
    return {
        **{name: held[name] for name in ("documents", "sections", "pledges", "parties")},
        "municipalities": held["places"],
        "topics": len(topics()),
    }


def lacking() -> dict[str, int]:
    """How many published documents say nothing of their place, party or year."""
    return remembered(
        "lacking",
        lambda: {
            name: sum(group.values_list("documents", flat=True))
            for name, group in (
                ("place", tally.of(tally.NOWHERE)),
                ("party", tally.of(tally.NOBODY)),
                ("year", tally.of("year", year=0)),
            )
        },
    )


def bars(pairs: Sequence[tuple[str, float, str]]) -> list[Bar]:
    """Bars as long as their share of the longest one."""
    most = max((value for _, value, _ in pairs), default=0) or 1
    return [
        Bar(label, value, round(100 * value / most, 1), address) for label, value, address in pairs
    ]


def party_bars(kind: str, most: int, **group: int) -> list[Bar]:
    """The parties of a group with the most pledges; the links narrow the page that shows them."""
    rows = tally.of(kind, **group).filter(pledges__gt=0)
    numbers = dict(rows.order_by("-pledges", "party").values_list("party", "pledges")[:most])
    parties = {party.pk: party for party in held_parties()}
    return bars(
        [
            (parties[pk].short_name, number, f"?partei={parties[pk].slug}")
            for pk, number in numbers.items()
            if pk in parties
        ]
    )


def place_bars(kind: str, most: int, **group: int) -> list[Bar]:
    """The same of places."""
    rows = tally.of(kind, **group).filter(pledges__gt=0)
    numbers = dict(rows.order_by("-pledges", "place").values_list("place", "pledges")[:most])
    names = dict(Municipality.objects.filter(pk__in=numbers).values_list("pk", "name"))
    return bars([(names[ags], number, f"?ort={ags}") for ags, number in numbers.items()])


def every_year(numbers: Mapping[int, int]) -> list[tuple[int, int]]:
    """The years in order, those between them with nothing: a gap is seen as one, where they are not too many."""
    if not numbers or max(numbers) - min(numbers) > LONGEST:
        return sorted(numbers.items())
    return [(year, numbers.get(year, 0)) for year in range(min(numbers), max(numbers) + 1)]


def columns(pairs: Sequence[tuple[str, float, str]], width: float = 400) -> Columns | None:
    """Upright bars for what has an order, such as years; None where there are fewer than two.

    As narrow as a phone, so that what is written in it is not too small there.
    """
    if len(pairs) < 2:
        return None
    height, ground, top = 150.0, 128.0, 18.0
    most = max(value for _, value, _ in pairs) or 1
    step = width / len(pairs)
    thick = min(step * 0.76, WIDEST)
    drawn = tuple(
        Column(
            label,
            value,
            x=round(at * step + (step - thick) / 2, 1),
            y=round(ground - (ground - top) * value / most, 1),
            width=round(thick, 1),
            height=round((ground - top) * value / most, 1),
            address=address,
        )
        for at, (label, value, address) in enumerate(pairs)
    )
    every = ceil(38 / step)  # a year is up to 32 units wide
    return Columns(drawn, width, height, ground, drawn[::every])


def topic_counts(kind: str = "topic", **group: Any) -> dict[int, int]:
    """Topic → how many published pledges have it; of one group with `"topic party", party=…` and the like."""
    counted = tally.of(kind, **group).filter(pledges__gt=0)
    return dict(counted.values_list("topic", "pledges"))


def all_topic_counts() -> dict[int, int]:
    return remembered("topic_counts", topic_counts)


def topic_bars(counts: Mapping[int, int], address: str = "") -> list[Bar]:
    """Bars of the topics that have pledges, most first; `address` is the query string of their links."""
    found = sorted(
        (topic for topic in topics() if counts.get(topic.pk)), key=lambda topic: -counts[topic.pk]
    )
    drawn = bars(
        [(topic.label, counts[topic.pk], topic.get_absolute_url() + address) for topic in found]
    )
    return [replace(bar, key=topic.slug) for bar, topic in zip(drawn, found, strict=True)]


def profile(own: Mapping[int, int], everything: Mapping[int, int]) -> list[dict[str, Any]]:
    """Each topic's share of a party's pledges beside its share of those of all others, in per cent."""
    others = {pk: number - own.get(pk, 0) for pk, number in everything.items()}
    own_share, other_share = _shares(own), _shares(others)
    rows: list[dict[str, Any]] = [
        {
            "topic": topic,
            "own": own_share.get(topic.pk, 0.0),
            "others": other_share.get(topic.pk, 0.0),
        }
        for topic in topics()
        if own_share.get(topic.pk) or other_share.get(topic.pk)
    ]
    most = max((max(row["own"], row["others"]) for row in rows), default=1) or 1
    for row in rows:
        row["own_length"] = round(100 * row["own"] / most, 1)
        row["others_length"] = round(100 * row["others"] / most, 1)
    return sorted(rows, key=lambda row: -row["own"])


def topic_by_year(topic: Topic) -> list[tuple[str, float, str]]:
    """The topic's share of the pledges of each year that has enough of them, in per cent, with the year's address."""
    everything = held("topics_by_year", _topics_by_year)
    return [
        (
            str(year),
            round(100 * counts.get(topic.pk, 0) / total, 1),
            f"?jahr={year}",
        )
        for year, counts in sorted(everything.items())
        if (total := sum(counts.values())) >= FEWEST
    ]


def _topics_by_year() -> dict[int, dict[int, int]]:
    found: dict[int, dict[int, int]] = defaultdict(dict)
    rows = tally.of("topic year", year__gt=0).values_list("year", "topic", "pledges")
    for year, topic, number in rows:
        found[year][topic] = number
    return dict(found)


def years() -> list[Any]:
    """Each year with its documents and pledges, newest first."""
    return remembered(
        "years",
        lambda: list(
            tally.of("year", year__gt=0).values("year", "documents", "pledges").order_by("-year")
        ),
    )


def elections(place: Municipality) -> Elections:
    """The programmes of a place, and which parties of its other elections are missing in one."""
    programmes = place.documents.published().filter(kind=Document.Kind.PROGRAMME)
    documents = known.Listed(programmes.order_by("pk"))[:]
    held: dict[tuple[Party, int | None], list[Document]] = defaultdict(list)
    for document in documents:
        for party in document.parties.all():
            held[party, document.year].append(document)
    known_absent = {
        (absence.party, absence.year): absence.note
        for absence in Absence.objects.filter(municipality=place).select_related("party")
    }
    parties = sorted(
        {party for party, _ in [*held, *known_absent]},
        key=lambda party: (party.position, party.short_name),
    )
    found = {document.year for document in documents} | {year for _, year in known_absent}
    years = sorted(found, key=lambda year: -(year or 0))
    rows = tuple(
        (
            party,
            tuple(
                Holding(tuple(held.get((party, year), ())), known_absent.get((party, year or 0)))
                for year in years
            ),
        )
        for party in parties
    )
    missing = []
    for year in years:
        lacking = tuple(
            party
            for party in parties
            if (party, year) not in held and (party, year) not in known_absent
        )
        if year and lacking:
            missing.append((year, lacking))
    without = tuple(document for document in documents if not document.parties.all())
    return Elections(tuple(years), rows, without, tuple(missing))


def by_party(documents: Iterable[Document]) -> dict[Party, list[Document]]:
    """Each party with its documents, in the parties' order; a joint one counts for each of its parties."""
    found: dict[Party, list[Document]] = defaultdict(list)
    for document in documents:
        for party in document.parties.all():
            found[party].append(document)
    return dict(sorted(found.items(), key=lambda pair: (pair[0].position, pair[0].short_name)))


def matrix(groups: Mapping[Group, Sequence[Document]]) -> list[Row]:
    """Main topic × group: the pledges in each cell, verbatim and in reading order, in two queries."""
    documents = {document.pk: document for found in groups.values() for document in found}
    owners: dict[int, list[int]] = defaultdict(list)
    for at, found in enumerate(groups.values()):
        for document in found:
            owners[document.pk].append(at)
    main: dict[int, int] = dict(_main_topics(documents)) if documents else {}
    cells: dict[tuple[int | None, int], list[Said]] = defaultdict(list)
    for pk, pledge in said(documents):
        number = main.get(pk)
        for at in owners[pledge.document.pk]:
            cells[number, at].append(pledge)
    most = max((len(found) for found in cells.values()), default=1)
    rows = []
    for topic in [*topics(), None]:
        row = Row(
            topic,
            tuple(
                Cell(group, tuple(said_here), ceil(4 * len(said_here) / most))
                for at, group in enumerate(groups)
                for said_here in [cells.get((topic.pk if topic else None, at), [])]
            ),
        )
        if row.total:
            rows.append(row)
    return rows


def most_held(kind: str, most: int, **group: int) -> list[Municipality]:
    """The places of a group with the most documents, each with their number."""
    rows = tally.of(kind, **group).order_by("-documents", "place").values_list("place", "documents")
    numbers = dict(rows[:most])
    places = Municipality.objects.in_bulk(numbers)
    for place in places.values():
        place.document_count = numbers[place.pk]  # type: ignore[attr-defined]
    return sorted(places.values(), key=lambda place: (-numbers[place.pk], place.name, place.pk))


_standing = Prepared(
    Pledge,
    lambda documents: (
        Pledge.objects.standing()
        .filter(document__in=documents)
        .order_by("document", "position")
        .values_list("pk", "document", "key", "text", "specificity")
    ),
)
_main_topics = Prepared(
    PledgeTopic,
    lambda documents: (
        PledgeTopic.objects.filter(pledge__document__in=documents, rank=0)
        .order_by()
        .values_list("pledge", "topic")
    ),
)


def said(documents: Mapping[int, Document]) -> Iterator[tuple[int, Said]]:
    """The standing pledges of these documents with their numbers, in reading order: one query."""
    rows = _standing(documents) if documents else ()
    for pk, document, key, text, specificity in rows:
        yield pk, Said(key, text, specificity, documents[document])


def held_keys() -> list[tuple[str, int]]:
    """The key of every place with documents, and their number, most first."""
    return held(
        "places",
        lambda: list(
            tally.of("place").order_by("-documents", "place").values_list("place", "documents")
        ),
    )


def held_parties() -> list[Party]:
    """Every party or list with documents, in their order, with its documents and pledges."""
    return held("parties", _held_parties)


def _held_parties() -> list[Party]:
    rows = tally.of("party").values_list("party", "documents", "pledges")
    numbers = {party: (documents, pledges) for party, documents, pledges in rows}
    parties = list(Party.objects.filter(pk__in=numbers).order_by("position", "short_name"))
    for party in parties:
        party.document_count, party.pledge_total = numbers[party.pk]  # type: ignore[attr-defined]
    return parties


def states() -> list[Municipality]:
    """The states by their key."""
    return held(
        "states",
        lambda: list(Municipality.objects.filter(kind=Municipality.Kind.STATE).order_by("pk")),
    )


def _shares(counts: Mapping[int, int]) -> dict[int, float]:
    total = sum(counts.values()) or 1
    return {topic: round(100 * number / total, 1) for topic, number in counts.items()}
