"""Which municipality, county or region is a text about: names weighed by what stands around them.

A name in a title, a dateline, an address or after "Stadt" speaks for its place; one in passing hardly does.
Where two places are nearly as likely, none is said.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from programmes.ingest.about import names
from programmes.ingest.about.names import Index, Mention, around
from programmes.ingest.about.ordinary import ORDINARY
from programmes.ingest.about.zones import Zones
from programmes.ingest.pieces import Kind, Known, Place, Warning

ORDINARY_NAMES = frozenset(names.plain(name) for name in ORDINARY)
SEVERAL = "|"  # joins the keys of places that bear one name
SEATS = frozenset(
    "berlin düsseldorf hannover münchen stuttgart wiesbaden mainz dresden potsdam erfurt magdeburg schwerin kiel saarbrücken bremen hamburg brüssel".split()
)
TYPE_WORDS = (
    r"(?:(?:Landeshaupt|Hanse|Kreis|Universitäts|Groß|Klingen|Luther|Kur|Fußgänger|Residenz)?[Ss]tadt|Stadtgemeinde|(?:Kreisfreien?|Große) (?:Kreis)?[Ss]tadt|Gemeinde|Markt|Marktgemeinde|Ortsgemeinde|Flecken|"
    r"(?:Ober)?[Bb]ürgermeister(?:in|s|kandidat\w*|wahl)?|Stadtr[aä]t\w*|Gemeinderat\w*|Ratsfraktion|Stadtratsfraktion|Gemeinderatsfraktion|Stadtverordneten\w*|Gemeindevertret\w*|"
    r"Rathaus|Ortsverein\w*|Ortsverband\w*|Ortsgruppe|Stadtverband\w*|Stadtvorstand\w*|Gemeindeverband|Unterbezirk|Fraktion|Ratsgruppe|Bezirksverband|Kreisverband\w*|Vorstand|Stadtpartei|Kommunalwahl(?: \d{4})?|"
    r"Stadtwerke|Stadtverwaltung|Stadtrat|Rat|Landkreis(?:es)?|Kreis(?:es)?|Kreistag\w*|Landrat|Region|Regionsversammlung|Städteregion|Wahlprogramm(?: \d{4})?|Kommunalwahlprogramm(?: \d{4})?|Programm(?: \d{4})?|Unser|Liebes|Mein)"
)
STRONG_BEFORE = re.compile(
    rf"\b{TYPE_WORDS}(?:\s+(?:von|der|in|für|im|aus|des|am))?(?:\s+(?:der|die|das))?(?:\s+(?:Stadt|Gemeinde|Rat|Stadtrat))?\s+$"
)
COUNTY_WORD = re.compile(
    r"\b(?:kreistagswahl|kreiswahlprogramm|kreistag\w*|landkreis\w*|landrat|landrätin|kreisverband|kreispartei|kreisprogramm)",
    re.IGNORECASE,
)
COUNTY_BODY = re.compile(
    r"\b(?:kreistagswahl|kreiswahlprogramm|kreistag\w*|kreishaushalt\w*|kreis-[A-ZÄÖÜ]{3})",
    re.IGNORECASE,
)
CITY_WORD = re.compile(
    r"\b(?:Oberbürgermeister\w*|OB-[A-ZÄÖÜ]\w+|kreisfreien? Stadt|Großstadt|Bezirksvertretung\w*|Stadtbezirk\w*)\b"
)
RURAL = re.compile(r"\b(?:land|landkreis|kreis|lk|lkr)\b", re.IGNORECASE)
TOWN_WORD = re.compile(
    r"\b(?:stadtrat\w*|\brats\w*|gemeinderat\w*|stadtverband|ortsverein|ortsverband|oberbürgermeister\w*|bürgermeister\w*|ratsfraktion|rathaus)",
    re.IGNORECASE,
)
WEAK_BEFORE = re.compile(
    r"\b(?:in|für|aus|um|bei|ganz|durch|nach|von|unser\w*|rund um|auch in)\s+$", re.IGNORECASE
)
INSIDE = re.compile(r"\b(?:in|für|aus|ganz)\s+$", re.IGNORECASE)
ASSOCIATION = re.compile(
    r"\b(?:Samtgemeinde(?:rat\w*|bürgermeister\w*|wahl)?|Verbandsgemeinde(?:rat\w*)?|Verwaltungsgemeinschaft|Gemeindeverwaltungsverband|VG|Amt|Amtes|Amtsausschuss)\s+$"
)
IN_ASSOCIATION = re.compile(
    r"\b(?:Samtgemeinde|Verbandsgemeinde|Verwaltungsgemeinschaft)\s+[A-ZÄÖÜ][\w-]*(?:[ -][A-ZÄÖÜ][\w-]+)?"
)
# "Region Stuttgart" is more than Stuttgart; those that are in the table are found by their whole names.
REGION_BEFORE = re.compile(r"\b\w{0,20}[Rr]egion\s+$")
PART = re.compile(
    r"\b(?:Stadtbezirk|Stadtteil|Ortsteil|Ortschaft|Ortsbezirk|Ortsrat|Bezirksrat|Ortsbeirat|Bezirksvertretung)\s+(?:[A-ZÄÖÜ][\wäöüß]+(?:-[A-ZÄÖÜ][\wäöüß]+)*)(?:\s[A-ZÄÖÜ][\wäöüß]+)?"
)
REGION = re.compile(r"\b(?:\w{0,20}[Rr]egion|Regionalverband)\s+[A-ZÄÖÜ][\wäöüß-]+")
PART_BEFORE = re.compile(
    r"\b(?:Stadtbezirk\w*|Stadtteil\w*|Ortsteil\w*|Ortschaft\w*|Bezirk\w*|Ortsrat\w*|Bezirksrat\w*|Ortsbeirat\w*|Bezirksvertretung|Viertel|Quartier\w*|Dorf|Wahlkreis|Wahlbezirk|Sprengel)\s+$"
)
NOT_BEFORE = re.compile(
    r"\b(?:Bezirksregierung|(?:Amts|Land|Oberlandes|Verwaltungs|Arbeits|Sozial|Finanz)gericht|Regierungspräsidium|Universität|Uni|Hochschule|Fachhochschule|Flughafen|(?:Haupt)?[Bb]ahnhof|"
    r"Bistum|Erzbistum|Landesregierung|Richtung|Autobahn|Urteil|Kirche|Sankt|St\.|Herrn?|Frau|Dr\.|Prof\.|Familie|Partnerstadt|Vorbild|wie in|aus|gez\.|Messe|Börse|Theater|Verlag|Druck(?:erei)?|Polizeipräsidium|Sparkasse|Volksbank|Klinikum|nach)\s+$"
)
OFFICE = re.compile(
    r"\b(?:(?:[Oo]ber)?[Bb]ürgermeister(?:in)?|Landrat|Landrätin|Stadtr[aä]t(?:in)?|Kandidat(?:in)?|Vorstand|Fraktion)\s+$"
)
VENUE = re.compile(
    r"\b(?:beschlossen|verabschiedet|\w{0,30}(?:parteitag|versammlung|konferenz|klausur|tagung|kongress))",
    re.IGNORECASE,
)
# Where people met, a few words before the place: "auf dem Landesparteitag in Seehausen".
MET = re.compile(
    r"\b\w{0,30}(?:parteitag|versammlung|konferenz|klausur|tagung|kongress)\w{0,5}\b[^.!?\n]{0,40}\bin\s+$",
    re.IGNORECASE,
)
# A party of a whole state speaks: its towns are seats, venues and datelines.
STATEWIDE = re.compile(
    r"\b(?:Landes(?:parteitag|vorstand|delegierten|hauptausschuss|generalsekret|gesch[äa]ftsf[üu]hr|verband)\w{0,20}|Bundesparteitag\w{0,3}|"
    r"(?:CDU|CSU|SPD|FDP|AfD|BSW|ÖDP|Grünen?|GRÜNEN?|Linken?|LINKEN?|Volt|Freien? Wähler|FREIEN? WÄHLER|Freien? Demokraten)\s+(?:in |im |aus )?"
    r"(?:Schleswig-Holstein|Niedersachsen|Nordrhein-Westfalen|NRW|Hessen|Rheinland-Pfalz|RLP|Baden-Württemberg|Bayern|Brandenburg(?! an)|Mecklenburg-Vorpommern|Sachsen(?:-Anhalt)?|Thüringen|Saarland|"
    r"(?:Ober|Nieder)bayern|Oberpfalz|(?:Ober|Mittel|Unter)franken|(?:Ost|Süd)westfalen|Nordwürttemberg|Südbaden|Nordbaden|Schwaben|Südhessen|Nordhessen))\b"
)
# "die größte Stadt im Landkreis …": where it lies, not whose it is.
LIES_IN = re.compile(r"\b(?:im|in dem|aus dem)\s+$")
COUNTY_ONLY = re.compile(r"\b(?:vom|beim|der|des|den|dem|an den)\s+$")
# Where someone was born, what is done elsewhere: no word of whose text it is.
LIFE_AFTER = re.compile(
    r"\s+(?:geboren|aufgewachsen|studiert|gearbeitet|zur Welt|zur Schule|Abitur)\b|[^.\n]{0,20}\b(?:geboren|aufgewachsen|studierte?|zur Welt gekommen)\b"
)
ELSEWHERE = re.compile(
    r"\b(?:wie|beispielsweise|etwa|z\.\s?B\.|zum Beispiel|anders als|im Vergleich|Vorbild|Beispiele?|angelehnt|andere\w* (?:Städte|Kommunen|Gemeinden)|Nachbar\w*)\b[^.\n]{0,30}$"
)
# Bodies of a place, and its name: where the table has no such place, the text is about one that it lacks.
STRANGER = re.compile(
    r"\b(?:Stadt|Gemeinde|Markt|Marktgemeinde|Ortsgemeinde|Flecken|Gemeindeverband|Gemeinderat|Gemeindevertretung|Rathaus)\s+([A-ZÄÖÜ][a-zäöüß]{3,}(?:-[A-ZÄÖÜ][a-zäöüß]+)?)\b"
)
STREET = re.compile(
    r"^(?:er|r)?[\s-]?(?:Stra(?:ß|ss)e\w*|Str\.|Allee|Platz|Weg|Ring|Tor|Damm|Chaussee|Landstra\w+|Viertel|Vorstadt|Hof|Berg|Brücke|Kreuz|Modell|Erklärung|Appell|Konferenz|Klima|Tabelle|Mauer)\b"
)
PERSON_BEFORE = re.compile(r"(?:^|[\s(„\"])(?:[A-ZÄÖÜ][a-zäöüß]{2,12}(?:-[A-ZÄÖÜ][a-zäöüß]+)?)\s+$")
POSTCODE_BEFORE = re.compile(r"\b(?:D-)?\d{5}\s+$")
DATE_AFTER = re.compile(
    r"^(?:\s\([^)\n]{2,20}\))?\s*+,?\s*+\(?(?:den|am|im|vom)?\s*+(?:\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zäöü]+)\s?\d{2,4})|^\.\s(?:[–-]\s)?(?=[A-ZÄÖÜ„])|^\s*[/–-]\s*(?=[A-ZÄÖÜ„])"
)
SUFFIX = re.compile(r"\s*(?:\([^()]*\)|/.*|,.*)$")
PREPOSITION = re.compile(
    r"\s+(?:an der|am|im|in der|in|bei|auf|vor der|ob der|ob|unter|[av]\. ?d\.|i\. ?[dB]?\.?)\s*.*$"
)
PREFIX = re.compile(
    r"^(?:Landeshauptstadt|Hansestadt|Lutherstadt|Universitätsstadt|Stadt|Gemeinde|Markt|Flecken)\s+"
)
STATES = {
    "schleswig-holstein": "01", "hamburg": "02", "niedersachsen": "03", "bremen": "04", "nordrhein-westfalen": "05", "nrw": "05",
    "hessen": "06", "rheinland-pfalz": "07", "baden-württemberg": "08", "bayern": "09", "saarland": "10", "brandenburg": "12",
    "mecklenburg-vorpommern": "13", "sachsen-anhalt": "15", "sachsen": "14", "thüringen": "16",
}  # fmt: skip
STATE = re.compile(
    r"\b(" + "|".join(sorted(STATES, key=len, reverse=True)) + r")s?\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Names of places in all their forms, and what is known of each place."""

    index: Index
    places: dict[str, Place]
    counties: dict[str, str]  # a county's bare name → its key
    full: Index  # names that can mean one place alone


PLAIN_ADJECTIVES = frozenset(
    "werner werners bretter brettern frecher hammer hammern hammers".split()
)
CITY = 50_000  # people; of several places of one name the one that can have what `CITY_WORD` says
LARGE = 20_000  # people; the adjective of a smaller place is a word or a surname more often
# However often a name stands there in one way, it is worth so many points in one part of the text.
SHOWN = 5  # bearers of one name in a sentence
LIMITS = {"strong": 10.0, "weak": 7.0, "derived": 4.0, "bare": 2.0}
Resolve = Callable[[str], str | None]


@dataclass(slots=True)
class _Case:
    """What speaks for a place: points, the best words for it."""

    points: float = 0.0
    in_head: float = 0.0
    words: str = ""
    best: float = 0.0


def find(
    zones: Zones,
    known: Known,
    kind: Kind | None,
    party_ends: dict[str, set[int]],
    evidence: dict[str, str],
    doubts: list[Warning],
) -> tuple[str, ...]:
    """The keys of the places a text is about; empty where nothing, or too much, says so.

    Where a name is said that no one place bears, `doubts` gets the sentence for the archivist.
    """
    known_places = gazetteer(known.places)
    resolve = _resolver(zones, known_places)
    cases: dict[str, _Case] = defaultdict(_Case)
    association = IN_ASSOCIATION.search(f"{zones.head}\n{zones.body[:900]}")
    parts = (
        ("head", zones.head),
        ("body", zones.body[:120_000]),
        ("foot", zones.foot[:40_000]),
        ("said", zones.said),
    )
    mentions = {zone: list(names.mentions(where, known_places.index)) for zone, where in parts}
    named = {resolve(each.key) for found in mentions.values() for each in found if not each.derived}
    for zone, where in parts:
        seen: dict[tuple[str, str], float] = defaultdict(float)
        for mention in mentions[zone]:
            key = resolve(mention.key)
            if mention.derived and key not in named and _is_small(key, known_places):
                continue  # "Keller", "Bacher": of a village only where the village is named, too
            before = where[max(0, mention.start - 60) : mention.start].rsplit("\n", 1)[-1]
            if ASSOCIATION.search(before) and not _is_association(key, known_places):
                continue
            # A name that several bear and nothing decides speaks for none, but against the others.
            place = known_places.places[(key or mention.key).split(SEVERAL)[0]]
            key = key or mention.key
            sort, points = _weight(
                zone,
                mention,
                where,
                before,
                place,
                mention.start - 1 in party_ends.get(zone, ())
                or mention.start in party_ends.get(zone, ()),
            )
            limit = LIMITS[sort] * (1.0 if zone == "body" else 1.5 if sort != "bare" else 3.0)
            points = min(points, limit - seen[key, sort])
            if points <= 0:
                continue
            seen[key, sort] += points
            case = cases[key]
            case.points += points
            case.in_head += points if zone in ("head", "said") else 0
            if points > case.best:
                case.best, case.words = points, around(where, mention.start, mention.end)
    _addresses(zones, known_places, resolve, cases)
    _from_path(zones, known_places, resolve, cases)
    found = _decided(zones, cases, known_places, kind, bool(association), evidence)
    if not found:
        doubts += _doubts(zones, cases, known_places, association)
    return found


def _doubts(
    zones: Zones, cases: dict[str, _Case], known: Gazetteer, association: re.Match[str] | None
) -> Iterator[Warning]:
    """What the archivist may decide who knows more than the text says."""
    if association:
        yield Warning(
            "place-association",
            f"Der Text nennt „{association[0]}“; das Verzeichnis führt Gemeinden und Kreise, keine Verbände von "
            "Gemeinden. Bitte die Gemeinden eintragen, für die er gilt.",
        )
        return
    head = f"{zones.head}\n{zones.said}\n{zones.body[:300]}"
    if part := PART.search(head):
        yield Warning(
            "place-part",
            f"Der Text nennt „{part[0]}“; das Verzeichnis führt Gemeinden und Kreise, keine Teile von Gemeinden. "
            "Bitte die Gemeinde eintragen, zu der er gehört.",
        )
        return
    if region := REGION.search(head):
        yield Warning(
            "place-region",
            f"Der Text nennt „{region[0]}“, die nicht im Verzeichnis steht. Bitte die Gemeinden oder Kreise eintragen, "
            "für die er gilt.",
        )
        return
    key, case = max(cases.items(), key=lambda entry: entry[1].points, default=("", _Case()))
    if SEVERAL in key and case.points >= 2.0:
        bearers = [known.places[each] for each in key.split(SEVERAL)]
        bearers.sort(key=lambda place: -place.population)
        listed = [
            f"{place.name} ({known.places[place.ags[:5]].name})"
            if len(place.ags) == 8 and place.ags[:5] in known.places
            else place.name
            for place in bearers[:SHOWN]
        ]
        more = f" und {len(bearers) - SHOWN} weitere" if len(bearers) > SHOWN else ""
        yield Warning(
            "place-ambiguous",
            f"Der Ort in {case.words} kann mehrere meinen: {', '.join(listed)}{more}. Bitte den richtigen eintragen.",
        )


_made: list[tuple[tuple[Place, ...], Gazetteer]] = []


def gazetteer(places: tuple[Place, ...]) -> Gazetteer:
    """The names of these places; made once for each table, since hashing 11,000 places takes longer than a text."""
    for table, found in _made:
        if table is places:
            return found
    _made[:] = [(places, _gazetteer(places)), *_made[:1]]
    return _made[0][1]


def _gazetteer(places: tuple[Place, ...]) -> Gazetteer:
    """Every name of every place: official, short ("Frankfurt"), inflected, and the adjective in -er."""
    bearers: dict[str, list[Place]] = defaultdict(list)
    by_key = {place.ags: place for place in places}
    counties: dict[str, str] = {}
    bare_of_counties: list[tuple[str, Place]] = []
    full: list[tuple[str, str, bool]] = []
    for place in places:
        for name in dict.fromkeys((place.name, *place.aliases)):
            full.append((name, place.ags, False))
            for form in forms(name):
                if place not in bearers[form]:
                    bearers[form].append(place)
        if len(place.ags) <= 5:
            bare = re.sub(
                r"^(?:Landkreis|Kreis|Region|Regionalverband|Städteregion|StädteRegion)\s+",
                "",
                place.name,
            )
            counties[names.plain(bare)] = place.ags
            bare_of_counties.append((bare, place))
    for bare, place in bare_of_counties:
        if bare == place.name:
            continue
        if "-" in bare and bare not in bearers:
            bearers[bare].append(place)  # "Dingolfing-Landau" is no town
        for form in (
            f"Landkreis {bare}",
            f"Kreis {bare}",
            f"Landkreises {bare}",
            f"Kreises {bare}",
            f"Lkr {bare}",
            f"Kreisverband {bare}",
            f"Kreistag {bare}",
            f"Kreistagsfraktion {bare}",
            f"Landrat {bare}",
            *(
                (f"Regionsversammlung {bare}", f"Regionsfraktion {bare}")
                if place.name.startswith("Region ")
                else ()
            ),
        ):
            if place not in bearers[form]:
                bearers[form].append(place)
    entries: list[tuple[str, str, bool]] = []
    for name, there in bearers.items():
        key = SEVERAL.join(place.ags for place in there)
        entries.append((name, key, False))
    for name, there in bearers.items():
        key = SEVERAL.join(place.ags for place in there)
        for form in _derived(name, max(place.population for place in there)):
            entries.append((form, key, True))
    return Gazetteer(names.index(entries), by_key, counties, names.index(full))


def forms(name: str) -> Iterator[str]:
    """A name and the shorter ones it goes by: without what tells it from its namesakes."""
    yield name
    short = SUFFIX.sub("", name)
    if short != name:
        yield short
    base = PREPOSITION.sub("", short)
    if base != short and len(base) > 3:
        yield base
    stripped = PREFIX.sub("", base)
    if stripped != base and len(stripped) > 3:
        yield stripped
    if name.startswith("Sankt "):
        yield "St. " + name[6:]
    if name.startswith("St. "):
        yield "Sankt " + name[4:]


def _derived(name: str, population: int) -> Iterator[str]:
    """Genitive and adjective: Dortmunds, Dortmunder, Dortmunderinnen."""
    if " " in name or len(name) < 4 or "(" in name:
        return
    if name.lower().endswith("kreis"):
        yield name + "es"
        yield name + "s"
        return
    if not name.endswith("s"):
        yield name + "s"
    stems = {name[:-1] if name.endswith("e") else name}
    if name.endswith("en") and len(name) > 6 and population >= 20_000:
        stems.add(name.removesuffix("en"))
    if name.endswith("München"):
        stems.add(name.replace("München", "Münchn"))
    if name.endswith("Bremen"):
        stems.add(name.replace("Bremen", "Brem"))
    if name in ("Dresden", "Münster", "Hannover", "Halle", "Jena"):
        stems.add(
            {
                "Dresden": "Dresdn",
                "Münster": "Münsteran",
                "Hannover": "Hannoveran",
                "Halle": "Hallens",
                "Jena": "Jenens",
            }[name]
        )
    for stem in stems:
        for ending in ("er", "erin", "erinnen", "ern", "ers"):
            yield stem + ending


def _resolver(zones: Zones, known: Gazetteer) -> Resolve:
    """Which place is meant by a name that several bear: the one named in full, or in the county or state named."""
    everything = "\n".join((zones.head, zones.body[:60_000], zones.foot[:20_000], zones.said))
    named_fully = {m.key for m in names.mentions(everything, known.full)}
    counties = {key for key in named_fully if len(key) == 5}
    counties |= {
        known.counties[name]
        for found in re.finditer(
            r"\b(?:Landkreis(?:es)?|Kreis(?:es)?)\s+([A-ZÄÖÜ][\wäöüß-]+(?:[ -][A-ZÄÖÜ][\wäöüß-]+)?)",
            everything,
        )
        for name in (names.plain(found[1]), names.plain(found[1].split()[0]))
        if name in known.counties
    }
    states = {STATES[found[1].lower()] for found in STATE.finditer(everything)}
    city = bool(CITY_WORD.search(f"{zones.head}\n{zones.body[:3000]}"))
    cache: dict[str, str | None] = {}

    def resolve(key: str) -> str | None:
        if SEVERAL not in key:
            return key
        if key not in cache:
            cache[key] = _resolved(key.split(SEVERAL), known, named_fully, counties, states, city)
        return cache[key]

    return resolve


def _resolved(
    keys: list[str],
    known: Gazetteer,
    named: set[str],
    counties: set[str],
    states: set[str],
    city: bool,
) -> str | None:
    by_name = [
        key for key in keys if key in named and names.plain(known.places[key].name) not in ("",)
    ]
    longest = [
        key
        for key in by_name
        if any(mark in known.places[key].name for mark in (" ", "(", "/", "-"))
    ]
    if len(longest) == 1:
        return longest[0]
    in_county = [key for key in keys if len(key) == 8 and key[:5] in counties]
    if len(in_county) == 1:
        return in_county[0]
    first, *others = sorted(keys, key=lambda key: -known.places[key].population)
    in_state = [key for key in keys if key[:2] in states]
    if len(states) == 1 and len(in_state) == 1:
        return in_state[0]
    towns = [key for key in keys if len(key) == 8]
    large = [key for key in towns if known.places[key].population >= CITY]
    if city and len(large) == 1:
        return large[0]
    if (len(towns) == 1 and first == towns[0]) or (len(keys) == 2 and len(towns) == 1):
        return towns[0]  # a town and the county named after it
    bare = min((names.plain(known.places[key].name) for key in keys), key=len)
    if names.plain(known.places[first].name) == bare:
        # Of "Hagen", the city of that very name before those that bear it with an addition.
        same = [key for key in others if names.plain(known.places[key].name) == bare]
        people = sum(known.places[key].population for key in others if len(key) == 8)
        named_so = sum(known.places[key].population for key in same if len(key) == 8)
        population = known.places[first].population
        return first if population > max(12 * named_so, 5 * people, 1) else None
    people = sum(known.places[key].population for key in others if len(key) == 8)
    return (
        first
        if known.places[first].population > 12 * people and known.places[first].population
        else None
    )


def _is_small(key: str | None, known: Gazetteer) -> bool:
    return key is None or known.places[key].population < LARGE


def _is_association(key: str | None, known: Gazetteer) -> bool:
    return key is not None and known.places[key].name.startswith(
        ("Samtgemeinde", "Verbandsgemeinde", "Amt ")
    )


def _weight(
    zone: str, mention: Mention, where: str, before: str, place: Place, after_party: bool
) -> tuple[str, float]:
    """How much a mention says: its sort and its points."""
    after = where[mention.end : mention.end + 45]
    ordinary = names.plain(mention.words) in ORDINARY_NAMES or (
        mention.derived and _is_plain_word(mention.words)
    )
    head = zone in ("head", "said")
    line_after = after.split("\n", 1)[0]
    if before.endswith("-") and not after_party:
        return "bare", 0.0
    if re.match(r"[-–][A-ZÄÖÜ]", after) and not re.match(
        r"[-–](?:Stadt|Mitte|Nord|Süd|West|Ost|Land)\b", after
    ):
        # "Aachen-Brand" is a part of Aachen; "Essen-Ausgabe" is no place.
        if ordinary and not (after_party and place.population >= CITY):
            return "bare", 0.0
        return "weak", 3.0 if head else 0.3
    if STREET.match(line_after):
        return "bare", 0.0
    if PART_BEFORE.search(before) or REGION_BEFORE.search(before):
        return "bare", 0.0
    if not head and (LIFE_AFTER.match(after) or ELSEWHERE.search(before)):
        return "bare", 0.0
    if zone != "head" and MET.search(before):
        return "bare", 0.0
    line = where[where.rfind("\n", 0, mention.start) + 1 :].split("\n", 1)[0]
    if (
        head
        and VENUE.search(line[: max(mention.start - where.rfind("\n", 0, mention.start) - 1, 0)])
        and WEAK_BEFORE.search(before)
    ):
        return "weak", 1.0  # where it was decided
    if (
        len(place.ags) <= 5
        and re.match(r"(?:Land)?[Kk]reis|Region|St[äa]dte[Rr]egion", mention.words)
        and not COUNTY_ONLY.search(before)
    ):
        return "strong", {"head": 8.0, "said": 6.0, "foot": 3.0, "body": 1.0}[zone]
    if re.search(r"(?:^|[-–])Kreis(?:es)?$|kreis(?:es)?$", mention.words):
        # "des Neckar-Odenwald-Kreises" can mean nothing else.
        if zone == "body" and LIES_IN.search(before):
            return "weak", 0.7
        return "strong", {"head": 8.0, "said": 6.0, "foot": 3.0, "body": 2.0}[zone]
    if POSTCODE_BEFORE.search(before):
        return "strong", {"head": 5.0, "said": 5.0, "foot": 4.0, "body": 2.0}[zone]
    person = ordinary and OFFICE.search(before) and re.match(r"\s+[A-ZÄÖÜ][a-zäöüß]", after)
    if person or re.search(r"\bBad\s+$", before):
        return "bare", 0.0
    if (after_party or STRONG_BEFORE.search(before)) and not mention.derived:
        points = {"head": 8.0, "said": 6.0, "foot": 3.0, "body": 2.0}[zone]
        if zone == "body" and _is_short_form(mention, place):
            points = 1.0  # the quarter of another town may bear it: "Ortsverein Mülheim"
        return "strong", points
    line_start = not before.strip()
    if line_start and DATE_AFTER.match(after):
        return "strong", {
            "head": 5.0,
            "said": 3.0,
            "foot": 1.0,
            "body": 3.0 if mention.start < 300 else 0.5,
        }[zone]
    if NOT_BEFORE.search(before) and not (head and re.search(r"\baus\s+$", before)):
        return "bare", 0.0
    if mention.derived:
        if ordinary or (PERSON_BEFORE.search(before) and not head):
            return "derived", 0.0
        if (
            names.plain(mention.words).endswith("er")
            and not re.match(r"\s+[A-ZÄÖÜ]", after)
            and not mention.words.endswith("s")
        ):
            return "derived", 0.5 if not head else 3.0
        return "derived", 4.0 if head else 1.0
    if WEAK_BEFORE.search(before):
        seat = names.plain(place.name) in _SEATS
        if ordinary:
            return "weak", (2.0 if head else 0.0) if re.search(
                r"\b(?:in|aus|ganz)\s+$", before, re.IGNORECASE
            ) else 0.0
        if seat and not head:
            return "weak", 0.3
        inside = bool(INSIDE.search(before))
        return "weak", {"head": 7.0, "said": 5.0, "foot": 0.7, "body": 1.0}[zone] * (
            1 if inside else 0.5
        )
    if ordinary:
        whole = (
            where[: mention.start].rsplit("\n", 1)[-1].strip() == ""
            and line_after.strip(" .!,") == ""
        )
        return "bare", 4.0 if head and whole and place.population >= 10_000 else 0.0
    if head:
        named = PERSON_BEFORE.search(before) and re.search(
            r"\b(?:Herrn?|Frau|von|gez\.|Redaktion|Autor\w*)\b", before
        )
        return "bare", 0.0 if named else 5.0
    return "bare", 0.8 if zone == "foot" else 0.4


def _is_short_form(mention: Mention, place: Place) -> bool:
    """Without what tells a place from its namesakes: "Mülheim" for "Mülheim an der Ruhr"."""
    return len(place.ags) == 8 and names.plain(mention.words) != names.plain(
        PREFIX.sub("", SUFFIX.sub("", place.name))
    )


_SEATS = frozenset(names.plain(name) for name in SEATS)


def _is_plain_word(words: str) -> bool:
    """Adjectives in -er that are surnames or nouns: Berger, Sieger, Singer."""
    if names.plain(words) in PLAIN_ADJECTIVES:
        return True
    stem = re.sub(r"(?:erinnen|erin|ern|ers|er|s)$", "", names.plain(words))
    return any(form in ORDINARY_NAMES for form in (stem, stem + "en", stem + "e"))


def _addresses(zones: Zones, known: Gazetteer, resolve: Resolve, cases: dict[str, _Case]) -> None:
    """Places in addresses: spd-dortmund.de, info@gruene-aalen.de."""
    from programmes.ingest.about.parties import ADDRESS

    for where in (zones.head, zones.foot[:40_000], zones.body[-3000:], zones.said):
        for address in dict.fromkeys(ADDRESS.findall(where[:40_000])):
            words = re.sub(r"[.@_-]+", " ", address.rsplit(".", 1)[0])
            for mention in names.mentions(words, known.index, loose=True):
                key = resolve(mention.key)
                if (
                    key is None
                    or mention.derived
                    or names.plain(mention.words) in ORDINARY_NAMES
                    or len(mention.words) < 4
                ):
                    continue
                case = cases[key]
                case.points += 4.0 if case.points < 20 else 0.0
                if case.best < 4.0:
                    case.best, case.words = 4.0, address


def _from_path(zones: Zones, known: Gazetteer, resolve: Resolve, cases: dict[str, _Case]) -> None:
    """Places in the file's name and folders: Aalen_SPD_2024.txt, Esslingen am Neckar/programm.pdf."""
    if re.fullmatch(r"[0-9a-f_ -]{12,}", zones.path.rsplit(" / ", 1)[-1].strip()):
        return
    parts = zones.path.split(" / ")
    for depth, part in enumerate(reversed(parts)):
        part = re.sub(r"-", " ", part)
        found = [
            (mention, key)
            for mention in names.mentions(part, known.index, loose=True)
            if (key := resolve(mention.key)) is not None
            and not mention.derived
            and len(mention.words) > 3
            and (
                names.plain(mention.words) not in ORDINARY_NAMES
                or (mention.start == 0 and mention.words[:1].isupper() and depth == 0)
            )
        ]
        if len({key for _, key in found}) == 1:
            mention, key = found[0]
            points = 6.0 if depth == 0 and names.plain(mention.words) not in ORDINARY_NAMES else 4.0
            namesake = known.counties.get(names.plain(SUFFIX.sub("", known.places[key].name)))
            if len(key) == 8 and namesake and (RURAL.search(part) or _mostly_county(zones)):
                key = namesake  # "kassel land": the county of that name
            cases[key].points += points
            if cases[key].best < points:
                cases[key].best, cases[key].words = points, part.strip()


def _mostly_county(zones: Zones) -> bool:
    """Does a text speak of a county, and hardly of a town?"""
    where = zones.head + "\n" + zones.body[:20_000]
    counties = len(COUNTY_WORD.findall(where))
    towns = len(
        re.findall(
            r"\b(?:unsere[rn]? Stadt|Innenstadt|Stadtr[aä]t\w*|Rathaus|Stadtverwaltung|unsere[rn]? Gemeinde|Gemeinderat)\b",
            where,
        )
    )
    return counties >= 2 and counties > 2 * towns


def _decided(
    zones: Zones,
    cases: dict[str, _Case],
    known: Gazetteer,
    kind: Kind | None,
    blocked: bool,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    if not cases:
        return ()
    _county_or_town(zones, cases, known)
    ranked = sorted(cases.items(), key=lambda entry: -entry[1].points)
    key, case = ranked[0]
    second = next((other for _, other in ranked[1:]), _Case())
    together = _together(zones, ranked, known)
    if together:
        evidence["municipalities"] = case.words
        return together
    if SEVERAL in key:
        return ()
    alone = len(ranked) == 1 or second.points <= 0.4
    # Named once in passing: a town of some size, since villages are parts of other municipalities more often.
    alone = alone and known.places[key].population >= 10_000
    if kind not in ("programme", "motion"):
        # A seat of a state's government is named for other reasons.
        alone = alone and names.plain(SUFFIX.sub("", known.places[key].name)) not in _SEATS
    if case.in_head < 8.0 and STATEWIDE.search(f"{zones.head}\n{zones.body[:600]}"):
        return ()
    enough = case.points >= 2.0 or (case.points >= 1.0 and alone and len(zones.body) < 6000)
    if blocked and case.in_head < 8.0 and not _is_association(key, known):
        return ()
    if _of_county(zones, key, known):
        county = cases.get(key[:5])
        if county is None or county.points < 1.0:
            return ()
        key, case = key[:5], county
        evidence["municipalities"] = case.words
        return (key,)
    if not enough or case.points < 1.5 * second.points:
        return ()
    if case.in_head < 5.0 and _about_a_stranger(zones, known, key):
        return ()
    evidence["municipalities"] = case.words
    return (key,)


def _about_a_stranger(zones: Zones, known: Gazetteer, key: str) -> bool:
    """Does a text name, as often as the place, another's bodies that the table does not know?"""
    where = f"{zones.head}\n{zones.body[:20_000]}"
    own = SUFFIX.sub("", known.places[key].name)
    for name in {found[1] for found in STRANGER.finditer(where)}:
        times = len(re.findall(rf"\b{re.escape(name)}\b", where))
        unknown = not any(names.mentions(name, known.index))
        if unknown and times >= 2 and times >= where.count(own):
            return True
    return False


def _of_county(zones: Zones, key: str, known: Gazetteer) -> bool:
    """Does a county's body speak in the head, of a town in it by the way?"""
    head = zones.head + "\n" + zones.said
    if len(key) != 8 or key.endswith("000") or key[:5] not in known.places:
        return False
    return bool(COUNTY_BODY.search(head)) and not TOWN_WORD.search(head)


def _county_or_town(zones: Zones, cases: dict[str, _Case], known: Gazetteer) -> None:
    """A county's programme names its towns, and a town's its county: the head says which it is."""
    head = zones.head + "\n" + zones.said
    county_head, town_head = bool(COUNTY_WORD.search(head)), bool(TOWN_WORD.search(head))
    for key in [key for key in cases if len(key) == 8]:
        name = names.plain(SUFFIX.sub("", known.places[key].name))
        county = known.counties.get(name)
        if county and county_head and not town_head and key[:5] == county:
            # "CDU Kreisverband Gifhorn zur Kreistagswahl": the county of that name.
            cases[county].points += cases[key].points
            cases[county].in_head += cases[key].in_head
            if cases[key].best >= cases[county].best:
                cases[county].best, cases[county].words = cases[key].best, cases[key].words
            cases[key].points = 0.0
    for key in [key for key in cases if len(key) == 5]:
        inside = [other for other in cases if len(other) == 8 and other.startswith(key)]
        if cases[key].in_head >= 5.0 and county_head:
            for other in inside:
                if cases[other].in_head < cases[key].in_head or not town_head:
                    cases[other].points = min(cases[other].points, cases[key].points / 2)
        elif inside:
            best = max(cases[other].points for other in inside)
            if best >= 2.0 and cases[key].in_head < 5.0:
                cases[key].points = min(cases[key].points, best / 2)


def _together(zones: Zones, ranked: list[tuple[str, _Case]], known: Gazetteer) -> tuple[str, ...]:
    """Two or three places that a head names in one breath: "für Aachen und Düren"."""
    strong = [(key, case) for key, case in ranked if case.in_head >= 4.0 and SEVERAL not in key][:4]
    if len(strong) < 2:
        return ()
    for line in zones.head.split("\n"):
        found: list[tuple[int, int, str]] = []
        for key, _ in strong:
            words = SUFFIX.sub("", known.places[key].name)
            at = line.find(words)
            if at >= 0:
                found.append((at, at + len(words), key))
        found.sort()
        if len(found) >= 2 and all(
            re.fullmatch(r"\s*(?:,|und|sowie|&|/)\s*(?:für\s+|in\s+)?", line[a[1] : b[0]])
            for a, b in itertools.pairwise(found)
        ):
            return tuple(key for _, _, key in found)
    return ()
