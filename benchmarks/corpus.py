"""Pledges that nobody made: as many as wanted, the same for the same seed, spread like those of real programmes.

Words follow Zipf's law within their topic, and a long tail of compounds lets the vocabulary grow with the size
of the corpus, as it does in real ones. Towns and sentences are invented.
"""

from __future__ import annotations

import bisect
import itertools
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

SEED = 20260401
PER_DOCUMENT = 150
PER_SECTION = 13
TOWNS = 400
YEARS = (2009, 2011, 2013, 2014, 2015, 2016, 2018, 2019, 2020, 2021, 2024, 2026)
PARTIES = tuple(f"partei-{letter}" for letter in "abcdefghijkl")
PARTY_SHARES = (20, 20, 15, 9, 10, 8, 5, 4, 3, 3, 2, 1)
STATES = tuple(f"{number:02}" for number in range(1, 17))
TOPICS = tuple(
    """wohnen verkehr klima umwelt bildung kita soziales gesundheit kultur sport wirtschaft arbeit finanzen
    digitales sicherheit integration beteiligung stadtplanung verwaltung jugend""".split()
)
NOUNS = tuple(
    """Wohnung Miete Straße Radweg Schule Kind Familie Stadt Gemeinde Bürger Rathaus Bus Bahn Verkehr Klima Energie
    Wasser Park Platz Baum Garten Schwimmbad Bibliothek Theater Museum Verein Sport Halle Feuerwehr Polizei Krankenhaus
    Arzt Pflege Senior Jugend Zentrum Quartier Viertel Ortsteil Haushalt Steuer Gebühr Förderung Beratung Angebot
    Betreuung Ausbau Sanierung Planung Konzept Programm Projekt Netz Anschluss Glasfaser Verwaltung Amt Antrag Dienst
    Gewerbe Betrieb Arbeit Ausbildung Handwerk Innenstadt Markt Einzelhandel Tourismus Kultur Kunst Musik Fest Geschichte
    Denkmal Gebäude Dach Solaranlage Wärme Heizung Lärm Luft Müll Abfall Boden Fläche Wald Fluss Bach Brücke Kreuzung
    Ampel Gehweg Haltestelle Fahrplan Takt Parkhaus Ladesäule Auto Fahrrad Fußgänger Schulweg Sicherheit Beleuchtung
    Spielplatz Kita Erzieher Lehrer Klasse Mensa Unterricht Hort Ferien Volkshochschule Sprache Integration Zuwanderung
    Unterkunft Hilfe Armut Teilhabe Behinderung Barriere Inklusion Frau Gleichstellung Gewalt Schutz Ehrenamt Beirat
    Beteiligung Umfrage Haushaltsplan Schulden Investition Vermögen Grundstück Bauland Neubau Mieter Genossenschaft
    Kosten Preis Zuschuss Fonds Stelle Personal Fachkraft Frist Bericht Ziel Maßnahme Bedarf Standort Region Kreis Land
    Zukunft Qualität Versorgung Nahverkehr Tarif Karte Ticket Bildung Forschung Hochschule Gründer Start Idee Raum
    Treffpunkt Nachbarschaft Friedhof Tier Hund Landwirtschaft Acker Hof Ernte Markthalle Kreislauf Reparatur Werkstatt""".split()
)
VERBS = tuple(
    """bauen ausbauen fördern schaffen sichern erhalten sanieren stärken senken erhöhen einführen einrichten prüfen
    unterstützen verbessern erweitern abschaffen verhindern begrenzen planen beteiligen vernetzen öffnen modernisieren
    beschleunigen entlasten investieren beraten begleiten entwickeln umsetzen anbieten bereitstellen verdoppeln""".split()
)
ADJECTIVES = tuple(
    """neue bezahlbare sichere moderne kostenlose barrierefreie zusätzliche regionale soziale kommunale öffentliche
    gemeinsame bessere schnelle saubere grüne digitale kulturelle offene verlässliche wohnortnahe nachhaltige gerechte
    jährliche städtische dezentrale energetische flächendeckende""".split()
)
LINKING = ("", "s", "", "en", "", "s")
TOWN_HEADS = "Ober Nieder Neu Alt Groß Klein Wald Berg Stein Lauf Schwarz Rot Linden Eichen Birken Mühl Kirch Hoch Sonnen Winter".split()
TOWN_TAILS = "stadt hausen burg berg heim dorf feld bach brück hafen au ingen kirchen walde münde rode tal stein furt weiler".split()
# What stands in a pledge: N a noun, A an adjective, V a verb, T the town, # a number.
PATTERNS = (
    "Wir wollen A N und A N in T V .",
    "Wir werden die N für N V und die N bis # V .",
    "Die N muss A N V , damit N und N möglich sind .",
    "Wir setzen uns dafür ein , dass die N in der N A N erhält .",
    "Bis # sollen # A N im N entstehen und die N soll V .",
    "Wir fordern A N , A N und eine N für alle N .",
    "Mit uns wird die N der N nicht teurer : Wir V die N um # Prozent .",
    "Für die N stellen wir # Euro im N bereit und V die N .",
    "Gemeinsam mit N und N V wir A N am N .",
    "Jede N soll eine N in der Nähe haben , deshalb V wir N .",
    "Wir V die N , die N und das N in T .",
    "Den N der N werden wir V , ohne die N zu belasten .",
)


@dataclass(frozen=True, slots=True)
class Made:
    """One invented pledge with what is known of it."""

    id: int
    document: int
    title: str
    heading: str
    text: str
    place: str
    town: str
    state: str
    party: str
    year: int
    topics: tuple[str, ...]
    specificity: str


class Corpus:
    """The vocabulary, made once; `pledges(count)` tells them one after the other, always the same."""

    def __init__(self, seed: int = SEED) -> None:
        self.seed = seed
        made = random.Random(seed)
        towns = [head + tail for head in TOWN_HEADS for tail in TOWN_TAILS]
        made.shuffle(towns)
        self.towns = towns[:TOWNS]
        self.compounds = self._compounds(made, 300_000)
        self._nouns_by_topic = []
        for topic in range(len(TOPICS)):
            own = list(NOUNS)
            random.Random(seed + topic).shuffle(own)
            self._nouns_by_topic.append(own)

    def pledges(self, count: int, first_document: int = 1) -> Iterator[Made]:
        rng = random.Random(self.seed + first_document)
        nouns = _zipf(len(NOUNS), 0.9, 2)
        tail = _zipf(len(self.compounds), 0.85, 20)
        verbs, adjectives = _zipf(len(VERBS), 0.8, 2), _zipf(len(ADJECTIVES), 0.8, 2)
        topics = _zipf(len(TOPICS), 0.5, 3)
        towns = _zipf(len(self.towns), 0.6, 5)
        parties = list(itertools.accumulate(PARTY_SHARES))

        def one(cumulated: Sequence[float]) -> int:
            return bisect.bisect_left(cumulated, rng.random() * cumulated[-1])

        for number in range(count):
            within = number % PER_DOCUMENT
            if within == 0:
                document = first_document + number // PER_DOCUMENT
                town = one(towns)
                year = YEARS[int(rng.random() * len(YEARS))]
                party = PARTIES[one(parties)]
                title = f"Wahlprogramm der {party.upper()} für {self.towns[town]} {year}"
            if within % PER_SECTION == 0:
                topic = one(topics)
                own = self._nouns_by_topic[topic]
                heading = f"{TOPICS[topic].capitalize()} und {own[one(nouns)]}"
            words: list[str] = []
            wanted = max(8, min(60, int(rng.gauss(24, 7))))
            while len(words) < wanted:
                for kind in PATTERNS[int(rng.random() * len(PATTERNS))].split():
                    if kind == "N":
                        word = own[one(nouns)] if rng.random() < 0.72 else self.compounds[one(tail)]
                    elif kind == "V":
                        word = VERBS[one(verbs)]
                    elif kind == "A":
                        word = ADJECTIVES[one(adjectives)]
                    elif kind == "T":
                        word = self.towns[town]
                    elif kind == "#":
                        word = str(int(rng.random() * 2000) + 1)
                    else:
                        word = kind
                    words.append(word)
            state = STATES[town % len(STATES)]
            second = TOPICS[one(topics)] if rng.random() < 0.25 else TOPICS[topic]
            yield Made(
                id=(document - 1) * PER_DOCUMENT + within + 1,
                document=document,
                title=title,
                heading=heading,
                text=" ".join(words).replace(" .", ".").replace(" ,", ",").replace(" :", ":"),
                place=f"{state}{town:06}",
                town=self.towns[town],
                state=state,
                party=party,
                year=year,
                topics=tuple(dict.fromkeys((TOPICS[topic], second))),
                specificity="concrete" if rng.random() < 0.4 else "vague",
            )

    def queries(self, count: int = 200) -> list[str]:
        """What readers might type: words frequent and rare, several, phrases, beginnings, with a word left out."""
        rng = random.Random(self.seed + 1)
        nouns = [noun for noun in NOUNS if len(noun) > 3]
        sample = [made.text.rstrip(".").split() for made in self.pledges(3000, first_document=5)]
        found: list[str] = []
        kinds = itertools.cycle(
            ("word", "rare", "all", "phrase", "prefix", "word", "any", "all", "without", "compound")
        )
        while len(found) < count:
            kind = next(kinds)
            first, second = rng.sample(nouns, 2)
            text = [word.strip(".,:") for word in sample[rng.randrange(len(sample))]]
            if kind == "word":
                found.append(first)
            elif kind == "rare":
                found.append(self.compounds[rng.randrange(2000, 60_000)])
            elif kind == "compound":
                found.append(self.compounds[rng.randrange(0, 200)])
            elif kind == "all":
                found.append(f"{first} {second}")
            elif kind == "any":
                found.append(f"{first} OR {second}")
            elif kind == "without":
                found.append(f"{first} -{second}")
            elif kind == "prefix":
                found.append(f"{first[: rng.choice((4, 5, 6))]}*")
            else:
                at = rng.randrange(0, max(len(text) - 1, 1))
                pair = text[at : at + 2]
                if len(pair) == 2 and all(word[:1].isalpha() and len(word) > 3 for word in pair):
                    found.append(f'"{" ".join(pair)}"')
                else:
                    found.append(f'"{rng.choice(ADJECTIVES)} {first}"')
        return found

    @staticmethod
    def _compounds(made: random.Random, count: int) -> list[str]:
        blocks = [noun for noun in NOUNS if 3 <= len(noun) <= 12]
        found: dict[str, None] = {}
        while len(found) < count:
            parts = [made.choice(blocks) for _ in range(2 if made.random() < 0.6 else 3)]
            word = parts[0]
            for part in parts[1:]:
                word += made.choice(LINKING) + part.lower()
            if len(word) < 32:
                found[word] = None
        return list(found)


def batched(pledges: Iterable[Made], size: int) -> Iterator[list[Made]]:
    """Up to `size` of them at a time."""
    rest = iter(pledges)
    while batch := list(itertools.islice(rest, size)):
        yield batch


def _zipf(count: int, exponent: float, shift: float) -> list[float]:
    return list(
        itertools.accumulate(1.0 / (rank + shift) ** exponent for rank in range(1, count + 1))
    )
