"""Target years and quantities."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.ingest.targets import quantities, years


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Bis 2030 werden wir klimaneutral.", (2030,)),
        ("2030 soll die Belastung halbiert sein.", (2030,)),
        ("Ab 2027 gibt es zehn Stellen, bis Ende 2029 zwanzig.", (2027, 2029)),
        ("Im Haushaltsjahr 2028/29 bauen wir.", (2028, 2029)),
        ("Bis zum 31. Dezember 2028 liegt der Plan vor.", (2028,)),
        ("Seit 2013 sitzen wir im Rat.", ()),
        ("Die Agenda 2030 gilt.", ()),
        ("Der Masterplan 2035 wird umgesetzt.", ()),
        ("Spätestens am 31.12.2027 ist die Brücke fertig.", (2027,)),
        ("In den Jahren 2027 und 2028 fließt das Geld.", (2027, 2028)),
        ("Bis 2035 sinkt der Ausstoß um 65 % gegenüber 1990.", (2035,)),
        ("Im Jahr 2019 beschlossen, nie gebaut.", ()),
        ("Wir wollen ein Konzept bis Mitte der 2030er Jahre.", ()),
        ("Wir pflanzen 2.030 Bäume für 2040 Euro.", ()),
    ],
)
def test_years(text, expected):
    assert years(text) == expected


def test_a_year_before_the_document_is_no_target():
    assert years("Bis 2020 und bis 2030", since=2026) == (2030,)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jedes Jahr 1.000 neue Bäume", (1000.0, "Bäume", "Jahr")),
        ("2.000 Wohnungen jährlich", (2000.0, "Wohnungen", "Jahr")),
        ("um 30 Prozent", (30.0, "Prozent", "")),
        ("25 % weniger", (25.0, "Prozent", "")),
        ("2,5 Mio. Euro pro Jahr", (2_500_000.0, "Euro", "Jahr")),
        ("eine Million Euro", (1_000_000.0, "Euro", "")),
        ("zwei neue Kitas in jedem Stadtteil", (2.0, "Kitas", "Stadtteil")),
        ("ein 49-Euro-Ticket", (49.0, "Euro", "")),
        ("Tempo 30 vor Schulen", (30.0, "km/h", "")),
        ("mindestens die Hälfte der Dächer", (50.0, "Prozent", "")),
        ("die Mittel verdoppeln", (2.0, "fach", "")),
        ("alle fünf Minuten ein Bus", (5.0, "Minuten", "")),
        ("im 15-Minuten-Takt", (15.0, "Minuten", "")),
        ("im Halbstundentakt bis Mitternacht", (30.0, "Minuten", "")),
        ("eine halbe Stelle im Jugendamt", (0.5, "Stelle", "")),
        ("ein Hebesatz von 450 v. H.", (450.0, "Prozent", "")),
        ("auf 380 Punkte senken", (380.0, "Punkte", "")),
        ("zwanzig Bäume pro Straße", (20.0, "Bäume", "Straße")),
        ("200.000 Euro jährlich", (200_000.0, "Euro", "Jahr")),
        ("höchstens 30 km/h", (30.0, "km/h", "")),
        ("150 000 Euro für das Bad", (150_000.0, "Euro", "")),
        ("12 Erzieher*innen mehr", (12.0, "Erzieher*innen", "")),
        ("bis zum Ende der Wahlperiode fertig", (1.0, "Wahlperiode", "")),
    ],
)
def test_one_quantity(text, expected):
    (found,) = quantities(text)
    assert (found.value, found.unit, found.per) == expected
    assert found.text in text


@pytest.mark.parametrize(
    "text",
    [
        "§ 34 BauGB",
        "die B 1",
        "Linie 7 fährt",
        "am 3. Mai",
        "5G für alle",
        "Kapitel 2 lesen",
        "im Jahr 2027",
        "gemäß § 13 Absatz 2 Satz 1",
        "in der Hauptstraße 12 und am Lindenweg 4",
        "für unter 3-Jährige",
        "am 12.09.2026",
        "Telefon 0231 12345",
        "rund um die Uhr, 24/7",
        "der 3. Bauabschnitt der B 31",
    ],
)
def test_numbers_of_names_are_no_quantities(text):
    assert quantities(text) == ()


def test_both_ends_of_a_range_are_quantities():
    found = quantities("10 bis 15 Wohnungen am Weiher")
    assert [(one.value, one.unit) for one in found] == [(10.0, "Wohnungen"), (15.0, "Wohnungen")]


def test_several_quantities_keep_their_order():
    found = quantities("von 20 Prozent in drei Jahren auf 15 Prozent")
    assert [(one.value, one.unit) for one in found] == [
        (20.0, "Prozent"),
        (3.0, "Jahre"),
        (15.0, "Prozent"),
    ]


@given(st.text(alphabet="0123456789 .,-%€§bisalleJahrEuroProzent2030/", max_size=60))
def test_no_text_breaks_the_reading_of_numbers(text):
    assert all(one.text in text for one in quantities(text))
    assert list(years(text)) == sorted(set(years(text)))


# Every form in which our own sentences say when and how much: years of a text of 2026, then quantities.
_FORMS = """
Bis spätestens 2030 sind alle Busse elektrisch. | 2030 |
In den nächsten fünf Jahren sanieren wir jede Schule. | 2031 | 5 Jahre
Ab dem Schuljahr 2026/27 essen alle Kinder kostenlos. | 2026 2027 |
Jährlich 1.000 Wohnungen sollen entstehen. | | 1000 Wohnungen/Jahr
Mindestens jede dritte neue Wohnung wird gefördert. | | 33.3 Prozent
Jede zweite Stelle besetzen wir mit einer Frau. | | 50 Prozent
Wir senken den Verbrauch um 30 Prozent. | | 30 Prozent
Zwei Millionen Euro fließen in den Sport. | | 2000000 Euro
Wir wollen die Zahl der Unfälle halbieren. | | 50 Prozent
Vor jeder Schule gilt Tempo 30. | | 30 km/h
Innerhalb von zwei Jahren liegt der Wärmeplan vor. | 2028 | 2 Jahre
Binnen drei Jahren bauen wir die Brücke. | 2029 | 3 Jahre
Im kommenden Jahr eröffnen wir das Bad. | 2027 |
Noch in diesem Jahr wird der Platz begrünt. | 2026 |
Nächstes Jahr beginnt der Bau. | 2027 |
In zehn Jahren soll die Stadt klimaneutral sein. | 2036 | 10 Jahre
Wir handeln bis Ende 2028 und nicht erst 2032. | 2028 2032 |
Zwei Drittel der Dächer tragen Solarmodule. | | 66.7 Prozent
Mindestens drei Viertel der Wege werden beleuchtet. | | 75 Prozent
Mittelfristig sinken die Kosten um ein Fünftel. | | 20 Prozent
Wir vervierfachen die Zahl der Ladepunkte. | | 4 fach
Wir fordern die Verdoppelung der Mittel. | | 2 fach
Der Rat tagt zweimal im Jahr im Ortsteil. | | 2 mal/Jahr
Dreimal jährlich laden wir ein. | | 3 mal/Jahr
5 bis 10 Prozent der Flächen bleiben frei. | | 5 Prozent, 10 Prozent
Höchstens 25 Kinder je Klasse. | | 25 Kinder/Klasse
Wir stellen 1,5 Millionen Euro bereit. | | 1500000 Euro
Familien erhalten 250 Euro pro Kind. | | 250 Euro/Kind
Wir pflanzen hundert Bäume in jedem Ortsteil. | | 100 Bäume/Ortsteil
Wir pflanzen 20 Bäume und sanieren jede Straße. | | 20 Bäume
Wir schaffen 12,5 neue Stellen im Jugendamt. | | 12.5 Stellen
Alle 20 Minuten fährt ein Bus. | | 20 Minuten
Jede halbe Stunde ein Zug. | | 30 Minuten
Wir entsiegeln 3.500 m² im Gewerbegebiet. | | 3500 m²
Wir bauen 15 km neue Radwege bis 2029. | 2029 | 15 km
Ein Budget von 50.000 € jährlich für die Jugend. | | 50000 Euro/Jahr
Wir stellen ein Dutzend Sitzbänke auf. | | 12 Sitzbänke
Bis zum Schuljahresbeginn 2027 ist die Mensa fertig. | 2027 |
Vom Jahr 2027 an fahren die Busse kostenlos. | 2027 |
Zum 1. Januar 2028 schaffen wir die Gebühr ab. | 2028 |
2027–2030 investieren wir 40 Mio. €. | 2027 2030 | 40000000 Euro
In den kommenden zwei bis drei Jahren wird das Haus gebaut. | 2029 | 3 Jahre
Wir bauen 40 Prozent mehr Wohnungen als 2020. | | 40 Prozent
Vor zehn Jahren war das anders. | |
In den letzten fünf Jahren ging es bergab. | |
Seit über zwanzig Jahren fehlt die Brücke. | |
Kinder unter drei Jahren bekommen einen Platz. | |
Der Zuschuss gilt ab 65 Jahren. | |
Mieten sind um 20 Prozent gestiegen; wir bauen 500 Wohnungen. | | 500 Wohnungen
Beide Seiten der Straße erhalten Bäume. | |
Beide Bäder werden saniert. | | 2 Bäder
Die Stadt mit ihren 60.000 Einwohnern braucht ein Bad. | |
Der Ort soll auf 20.000 Einwohner wachsen. | | 20000 Einwohner
Ein Prozent des Haushalts geht an die Kultur. | | 1 Prozent
Wir senken den Satz um einen Prozentpunkt. | | 1 Prozentpunkte
Das Mittagessen kostet einen Euro. | | 1 Euro
Eine Schule bekommt einen Garten. | |
Eine Million Euro geht an die Bäder. | | 1000000 Euro
Die Klasse hat 25 Kinder und soll 20 haben. | | 25 Kinder
Innerhalb von drei Jahren steht die Halle. | 2029 | 3 Jahre
Mit zehn Punkten beleben wir den Markt. | |
Der Hebesatz sinkt um zwanzig Punkte. | | 20 Punkte
"""


@pytest.mark.parametrize("line", _FORMS.strip().splitlines())
def test_every_form_of_when_and_how_much(line):
    text, when, how_much = (part.strip() for part in line.split("|"))
    assert years(text, 2026) == tuple(int(year) for year in when.split())
    found = [
        f"{one.value:g} {one.unit}" + (f"/{one.per}" if one.per else "")
        if one.value < 1e6
        else f"{one.value:.0f} {one.unit}"
        for one in quantities(text)
    ]
    assert ", ".join(found) == how_much


def test_a_relative_year_stays_empty_where_the_year_of_the_document_is_unknown():
    assert years("In den nächsten fünf Jahren und noch dieses Jahr bauen wir.") == ()
