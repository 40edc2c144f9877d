"""Invented programmes as pieces: what was typed, so that what is read can be held against it."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

Kind = Literal["title", "heading", "paragraph", "item", "quote", "caption", "box", "table", "note"]


@dataclass(frozen=True)
class Piece:
    """One block as its author meant it. `level`: of a heading, or the depth of an item (1 outermost).

    A `quote` repeats a sentence of the text, a `note` is a footnote; `parts` are what a box holds.
    """

    kind: Kind
    text: str
    level: int = 1
    parts: tuple[Piece, ...] = ()


@dataclass(frozen=True)
class Shape:
    """How a programme is built: chapters, what stands in them, and how often."""

    chapters: int = 5
    sections: tuple[int, int] = (1, 3)
    third: float = 0.0
    lists: float = 0.5
    nested: float = 0.0
    numbering: str = ""
    foreword: bool = True
    quotes: float = 0.0
    captions: float = 0.0
    boxes: float = 0.0
    tables: float = 0.0
    notes: float = 0.0
    people: bool = False
    sentences: tuple[int, ...] = (1, 2, 3, 3, 4, 5, 6)


TOWNS = ("Talhausen", "Birkenried", "Oberlauen", "Mühlenau", "Sankt Radolf", "Neuhagen am See")
PARTIES = (
    "Bürgerforum {town}",
    "Freie Liste {town}",
    "Gemeinsam für {town}",
    "Die Stadtverbesserer",
)
QUARTERS = (
    "in der Weststadt",
    "im Mühlfeld",
    "in Hinterlauen",
    "am Güterbahnhof",
    "in Klein Radolf",
    "rund um den Marktplatz",
    "im Gewerbegebiet Nord",
    "in allen Ortsteilen",
)
THINGS = (
    "Kinderbetreuung",
    "Stadtbücherei",
    "Grundschule",
    "Musikschule",
    "Feuerwache",
    "Sporthalle",
    "Volkshochschule",
    "Begegnungsstätte",
    "Bahnunterführung",
    "Stadtverwaltung",
)
SENTENCES = """Wir wollen, dass alle Familien {quarter} bis {year} einen Kita-Platz in der Nähe ihrer Wohnung finden.
Die Kinder- und Jugendarbeit {quarter} braucht verlässliche Mittel, denn sie leistet jeden Tag Unverzichtbares für den Zusammenhalt unserer Stadtgesellschaft.
Dafür stellen wir bis {year} jährlich {amount} Euro im Haushalt bereit.
Der öffentliche Nahverkehr muss auch am Abend und am Wochenende zuverlässig fahren, z. B. mit einem Anruf-Sammeltaxi {quarter}.
Viele Bürger*innen warten seit {past} auf die Sanierung der {thing}.
Mit der Stadtwerke-Tochter bauen wir {quarter} ein Nahwärmenetz, das ohne Erdgas auskommt und die Energieversorgung langfristig bezahlbar hält.
Auf den Dächern aller städtischen Gebäude {quarter} entstehen bis {year} Photovoltaik-Anlagen.
Wir setzen uns dafür ein, dass Vereine die {thing} weiterhin kostenlos nutzen können.
Das Ehrenamt ist das Rückgrat unserer Gemeinde, und deshalb verdient es mehr als warme Worte und {amount} Euro im Jahr.
Eine Stadt für alle heißt auch: barrierefreie Haltestellen, abgesenkte Bordsteine und gut lesbare Schilder {quarter}.
Die Verwaltung soll ihre Dienstleistungen bis Ende {year} vollständig digital anbieten; persönliche Beratung bleibt selbstverständlich möglich.
Beim Wohnungsbau {quarter} gilt für uns der Grundsatz „Innen vor Außen“, weil Boden ein knappes Gut ist.
Mindestens {percent} Prozent der neuen Wohnungen {quarter} müssen gefördert und damit für Menschen mit mittlerem Einkommen erschwinglich sein.
Der Hochwasserschutz {quarter} darf nicht länger an Zuständigkeiten scheitern.
Wir fordern ein Verkehrskonzept, das Rad- und Fußwege {quarter} von Anfang an mitdenkt und nicht erst am Ende, wenn das Geld fehlt.
Die {thing} bekommt bis {year} ein neues Gebäude.
Unsere Schulen brauchen nicht nur Tablets, sondern auch Menschen, die sich um die Technik kümmern – und zwar jeden Tag, nicht nur {percent} Minuten in der Woche.
In den Jahren seit {past} hat die Mehrheit im Rat viel angekündigt und {quarter} wenig umgesetzt.
Gemeinsam mit dem Landkreis wollen wir die Krankenhausversorgung im ländlichen Raum sichern und die Notfallambulanz über das Jahr {year} hinaus erhalten.
Kultur ist kein Luxus, sondern Lebensmittel für die Seele einer Stadt, die sich {quarter} nicht mit Mittelmaß zufriedengibt.
Deshalb werden wir die {thing} stärken und das Stadtteilfest {quarter} dauerhaft mit {amount} Euro fördern.
Die Grundsteuer soll in der kommenden Wahlperiode, also bis {year}, nicht steigen.
Bäume, Hecken und Blühstreifen kühlen die Luft {quarter} und geben Insekten einen Lebensraum.
Wer {quarter} arbeitet, soll hier auch wohnen können: Das gilt für Pflegekräfte ebenso wie für Polizistinnen und Polizisten.
Ein Runder Tisch mit Handwerk, Handel und Gastronomie soll dem Leerstand {quarter} begegnen.
Wir stehen zu unserer Verantwortung gegenüber geflüchteten Menschen und schaffen bis {year} dezentrale Unterkünfte statt Massenquartiere.
Der Jugendgemeinderat erhält ein eigenes Budget von {amount} Euro und ein Rede- und Antragsrecht im Stadtrat.
Das Freibad bleibt geöffnet – auch wenn es im Jahr {amount} Euro Zuschüsse kostet.
Was {past} noch als Zukunftsmusik galt, ist heute in vielen Nachbargemeinden Alltag.
Nach unserer Überzeugung gehört die {thing} in öffentliche Hand und nicht in die Bilanz eines Konzerns.
Die Verkehrsberuhigung {quarter} hat gezeigt, dass weniger Durchgangsverkehr mehr Aufenthaltsqualität schafft.
Für die Erweiterung der {thing} sind im Finanzplan {amount} Euro vorgesehen, die wir um {percent} Prozent aufstocken wollen.
Barrierefreiheit ist dabei kein Zusatz, den man sich leistet, wenn am Ende des Jahres {year} noch Mittel übrig sind.
Zugleich achten wir darauf, dass Sanierungen {quarter} nicht zu Mieterhöhungen führen, die sich langjährige Bewohner:innen nicht leisten können.
Wo heute noch Schotter liegt, sollen bis {year} Stauden und Gehölze wachsen.
Niemand darf {quarter} wegen des Geldbeutels vom Vereinsleben ausgeschlossen sein.
Mit einem Förderprogramm in Höhe von {amount} Euro unterstützen wir Hauseigentümer beim Umbau auf erneuerbare Wärme.
Regelmäßige Sprechstunden {quarter}, auch am Samstag, bringen das Rathaus näher zu den Menschen.
Die Gewerbesteuer ist seit {past} um {percent} Punkte gestiegen, ohne dass die Infrastruktur {quarter} besser geworden wäre.
Das Stadtarchiv zieht in die {thing} um und wird dort öffentlich zugänglich.""".split("\n")
OPENINGS = (
    "",
    "",
    "",
    "Aus unserer Sicht steht fest: ",
    "Kurz gesagt: ",
    "Noch einmal, weil es wichtig ist: ",
)
ITEMS = """mehr sichere Radwege {quarter}
Ausbau der Ganztagsbetreuung in der {thing} bis {year}
kostenfreies WLAN {quarter}
Erhalt der {thing} und längere Öffnungszeiten am Samstag
Tempo 30 {quarter}
ein Förderprogramm für Balkonkraftwerke mit {percent} Euro je Haushalt, das auch Mieterinnen und Mietern {quarter} offensteht
Schulsozialarbeit mit {percent} Wochenstunden an jeder Schule
ein kommunales Wohnungsunternehmen gründen, das {quarter} dauerhaft günstige Wohnungen baut und im Eigentum der Stadt bleibt
die Seniorenbeauftragte mit {percent} Stunden mehr ausstatten
neue Spielplätze {quarter}
Wir führen bis {year} ein Sozialticket für Bus und Bahn ein.
Einrichtung eines Bürgerbüros {quarter}
bessere Beleuchtung von Fußwegen {quarter}, vor allem an der {thing} und rund um die Unterführung
Trinkwasserbrunnen {quarter}
Unterstützung der Tafel mit {amount} Euro im Jahr
Die Beschaffung stellen wir bis {year} auf faire und ökologische Produkte um.
eine Anlaufstelle für Existenzgründungen {quarter}
Sanierung der {thing} und des Vorplatzes
Nachtbus am Wochenende, auch {quarter}""".split("\n")
LEAD_INS = (
    "Wir fordern deshalb:",
    "Das wollen wir erreichen:",
    "Konkret heißt das:",
    "Wir setzen uns ein für:",
    "Unsere Ziele bis {year}:",
)
CHAPTERS = """Wohnen und Bauen|Bildung, Schule und Kita|Mobilität für alle|Klima, Energie und Umwelt|Wirtschaft und Finanzen|Soziales und Gesundheit|Kultur und Sport|Demokratie und Beteiligung|Sicherheit und Ordnung|Unsere Stadt kann mehr|Digitale Stadt|Zusammenleben in Vielfalt|Stadtentwicklung mit Augenmaß|Natur und Landwirtschaft|Ehrenamt, Vereine und Feuerwehr|Gute Arbeit vor Ort|Gleichstellung und Familie|Verwaltung, die den Menschen dient""".split(
    "|"
)
SECTIONS = """Bezahlbare Wohnungen schaffen|Sanierung statt Abriss|Gute Kitas in jedem Stadtteil|Schulen modern ausstatten|Bus und Bahn stärken|Sicher mit dem Rad unterwegs|Erneuerbare Energien ausbauen|Hochwasser und Starkregen: Vorsorge treffen|Solide Haushaltspolitik ohne neue Schulden|Handwerk und Mittelstand fördern|Pflege vor Ort|Ärztliche Versorgung sichern|Vereine unterstützen|Ein neues Stadtteilzentrum für die Weststadt|Transparenz im Rathaus|Jugend beteiligen|Feuerwehr und Katastrophenschutz|Sauberkeit im öffentlichen Raum|Digitale Verwaltung|Integration gelingt gemeinsam|Warum wir den Bahnhof neu denken|Was uns die Innenstadt wert ist|Kein Kind darf verloren gehen!|Wie soll die Stadt in zehn Jahren aussehen?|Wasser – ein knappes Gut|Sport für alle Generationen|Mehr Grün in die Straßen|Flächen sparen, Boden schützen|Kulturelle Teilhabe ermöglichen und die freie Szene mit Räumen und Mitteln verlässlich unterstützen|Tierschutz|Friedhöfe als Orte der Begegnung|Regionale Landwirtschaft|Barrierefrei durch die Stadt|Gewalt gegen Frauen verhindern|Glasfaser bis ins Haus|Offene Daten""".split(
    "|"
)
THIRD = """Mietspiegel einführen|Bodenvorratspolitik|Ganztag ausbauen|Mensa und Sporthalle|Fahrplan und Takt|Parken in der Innenstadt|Solardächer|Gewerbegebiet Nord|Hausärzte gewinnen|Ehrenamtskarte|Bürgerhaushalt|Spielplätze pflegen|Leerstand erfassen|Schulwege|Ladesäulen|Jugendtreff|Wochenmarkt|Bauhof""".split(
    "|"
)
COSTS = (
    ("Maßnahme", "Kosten", "Jahr"),
    ("Neubau Kita Süd", "2,4 Mio. Euro", "2027"),
    ("Radweg nach Hinterlauen", "350.000 Euro", "2026"),
    ("Sanierung Freibad", "1,1 Mio. Euro", "2028"),
    ("Neue Drehleiter", "780.000 Euro", "2029"),
)
PEOPLE = (
    "Erika Beispiel, 45, Lehrerin",
    "Jonas Muster, 38, Tischler",
    "Aylin Probe, 29, Ärztin",
    "Karl Vorlage, 61, Rentner",
    "Dr. Ines Entwurf, 52, Biologin",
)
ROMAN = "I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII".split()


class Author:
    """Writes sentences that do not come twice, always the same ones for a seed."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self._drawn: dict[int, list[str]] = {}
        self._said: set[str] = set()
        self.town = self.dice.choice(TOWNS)
        self.party = self.dice.choice(PARTIES).format(town=self.town)

    def sentence(self) -> str:
        words = self._fresh(SENTENCES)
        opening = self.dice.choice(OPENINGS)
        return opening + words if ": " not in words else words

    def item(self) -> str:
        return self._fresh(ITEMS)

    def paragraph(self, sentences: tuple[int, ...]) -> str:
        return " ".join(self.sentence() for _ in range(self.dice.choice(sentences)))

    def _fresh(self, bank: list[str]) -> str:
        while True:
            left = self._drawn.setdefault(id(bank), [])
            if not left:
                left += bank
                self.dice.shuffle(left)
            words = self._filled(left.pop())
            if words not in self._said:
                self._said.add(words)
                return words

    def _filled(self, words: str) -> str:
        dice = self.dice
        return words.format(
            quarter=dice.choice(QUARTERS),
            thing=dice.choice(THINGS),
            year=dice.randint(2026, 2036),
            past=dice.randint(2009, 2022),
            amount=f"{dice.randint(2, 980)}.{dice.randint(1, 9)}00",
            percent=dice.randint(11, 95),
        )

    def lead_in(self) -> str:
        return self._filled(self.dice.choice(LEAD_INS))


def programme(seed: int, shape: Shape) -> list[Piece]:
    """A programme: its title first, then chapters with sections, paragraphs and lists."""
    author = Author(seed)
    dice = author.dice
    titles = {1: list(CHAPTERS), 2: list(SECTIONS), 3: list(THIRD)}
    for names in titles.values():
        dice.shuffle(names)
    out = [Piece("title", f"Unser Programm für {author.town}")]
    if shape.foreword:
        out.append(Piece("heading", "Vorwort"))
        out += [Piece("paragraph", author.paragraph(shape.sentences)) for _ in range(2)]
    for chapter in range(1, shape.chapters + 1):
        out.append(Piece("heading", _numbered(shape.numbering, chapter) + titles[1].pop()))
        if dice.random() < 0.7:
            out += _body(author, shape)
        for section in range(1, dice.randint(*shape.sections) + 1):
            if not titles[2]:
                break
            number = _numbered(shape.numbering, chapter, section)
            out.append(Piece("heading", number + titles[2].pop(), 2))
            out += _body(author, shape)
            if titles[3] and dice.random() < shape.third:
                number = _numbered(shape.numbering, chapter, section, 1)
                out.append(Piece("heading", number + titles[3].pop(), 3))
                out += _body(author, shape)
    if shape.people:
        out.append(Piece("heading", "Unsere Kandidatinnen und Kandidaten"))
        out += [Piece("item", words) for words in PEOPLE]
    return out


def chosen(texts: list[list[Piece]] | None, seed: int, shape: Shape) -> list[Piece]:
    """One of the given texts, or an invented one."""
    return texts[seed % len(texts)] if texts else programme(seed, shape)


def _numbered(kind: str, *numbers: int) -> str:
    if not kind:
        return ""
    if len(numbers) == 1:
        number = numbers[0]
        match kind:
            case "roman":
                return f"{ROMAN[number - 1]}. "
            case "letter":
                return f"{chr(64 + number)}. "
            case "dot":
                return f"{number}. "
            case "word":
                return f"Kapitel {number}: "
        return f"{number} "
    return ".".join(map(str, numbers)) + " " if kind in ("dot", "bare") else ""


def _body(author: Author, shape: Shape) -> list[Piece]:
    dice = author.dice
    out: list[Piece] = []
    for _ in range(dice.choice([1, 2, 2, 3])):
        words = author.paragraph(shape.sentences)
        out.append(Piece("paragraph", words))
        if dice.random() < shape.quotes and len(words) > 200:
            out.append(Piece("quote", words.split(". ")[0].rstrip(".") + "."))
        if dice.random() < shape.captions:
            out.append(Piece("caption", f"Foto: Der Marktplatz im Jahr {dice.randint(1950, 2024)}"))
    if dice.random() < shape.lists:
        if dice.random() < 0.7:
            out.append(Piece("paragraph", author.lead_in()))
        for _ in range(dice.randint(3, 6)):
            out.append(Piece("item", author.item()))
            if dice.random() < shape.nested:
                out += [Piece("item", author.item(), 2) for _ in range(2)]
        if dice.random() < 0.4:
            out.append(Piece("paragraph", author.paragraph(shape.sentences)))
    if dice.random() < shape.boxes:
        parts = [Piece("heading", f"Gut zu wissen: {author.town} in Zahlen", 3)]
        parts += [Piece("paragraph", author.paragraph((1, 2)))]
        out.append(Piece("box", "", parts=tuple(parts)))
    if dice.random() < shape.tables:
        out.append(Piece("table", "\n".join("\t".join(row) for row in COSTS)))
    if dice.random() < shape.notes:
        out.append(
            Piece(
                "note",
                f"Beschluss des Stadtrats Nummer {dice.randint(10, 400)} aus dem Jahr {dice.randint(2011, 2022)}.",
            )
        )
    return out
