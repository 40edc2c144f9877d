"""Which personal data is an archivist warned of, and what only looks like it?"""

from __future__ import annotations

import pytest

from programmes.ingest import personal
from programmes.ingest.pieces import Block, Known, Source, Text
from programmes.ingest.pipeline import parse

FOUND = [
    ("Spenden an DE89 3704 0044 0532 0130 00 bitte.", "iban", "DE89 3704 0044 0532 0130 00"),
    ("IBAN: DE89370400440532013000 BIC COBADEFFXXX", "iban", "DE89370400440532013000"),
    ("Konto AT61 1904 3002 3457 3201 BIC ABCDATWW", "iban", "AT61 1904 3002 3457 3201"),
    ("Schreiben Sie an heidi.muster@gmx.de!", "email", "heidi.muster@gmx.de"),
    ("Oder an liste-seehausen@web.de.", "email", "liste-seehausen@web.de"),
    ("Erika Muster, erika.muster@spd-seehausen.de", "email", "erika.muster@spd-seehausen.de"),
    ("e.muster (at) t-online.de", "email", "e.muster (at) t-online.de"),
    ("Tel. 02301 / 44 55 66", "phone", "02301 / 44 55 66"),
    ("Mobil: 0151-12345678", "phone", "0151-12345678"),
    ("Rufen Sie an: +49 (0) 170 1234567", "phone", "+49 (0) 170 1234567"),
    ("Ich bin unter 015112345678 erreichbar.", "phone", "015112345678"),
    ("(02301) 44556", "phone", "(02301) 44556"),
    ("Heidi Muster, Lindenweg 7 a, 59999 Seehausen", "address", "Lindenweg 7 a, 59999 Seehausen"),
    ("Am Alten Markt 12\n59999 Seehausen", "address", "Am Alten Markt 12\n59999 Seehausen"),
    ("Er wohnt Am Hang 5 in 59999 Seehausen", "address", "Am Hang 5 in 59999 Seehausen"),
    (
        "Straße:\nBaumstr. 3\nOrt:\n59999 Seehausen",
        "address",
        "Baumstr. 3\nOrt:\n59999 Seehausen",
    ),
    ("Anrufe: 0 23 01 / 44 55 66", "phone", "0 23 01 / 44 55 66"),
    ("Kurze Str. 3 – 59999 Bad Seehausen", "address", "Kurze Str. 3 – 59999 Bad"),
]
NOTHING = [
    "IBAN DE89 3704 0044 0532 0130 01 stimmt nicht.",
    "Mehr unter info@gruene-seehausen.de oder fraktion@seehausen.de.",
    "Die Sitzung vom 01.03.2024 und vom 1.3.24.",
    "Drucksache 0815/2023-12 und Vorlage 02345/19.",
    "Von 2019-2024 stiegen die Kosten um 0,5 Prozent auf 10000 Euro.",
    "Im Haushalt 2024 stehen 12 500 000 Euro.",
    "Wir bauen 10000 Wohnungen und 59999 Bäume.",
    "Bei 0 12 34 beginnt die Zählung, 2024 in 59999 Fällen.",
    "Die B 54 und die Linie 012 fahren alle 10 Minuten.",
    "In 59999 Seehausen fehlen Kitas.",
]


@pytest.mark.parametrize(("words", "kind", "value"), FOUND)
def test_personal_data_is_found(words: str, kind: str, value: str) -> None:
    found = [(kind, words[start:end]) for kind, start, end in personal.find(words)]
    assert (kind, value) in found


@pytest.mark.parametrize("words", NOTHING)
def test_what_looks_like_it_is_left_alone(words: str) -> None:
    assert personal.find(words) == []


PRIVATE = [
    ("Erika Muster, Lindenweg 7, 59999 Musterstadt", "Lindenweg 7, 59999 Musterstadt"),
    (
        "V.i.S.d.P.: Dr. Erika Muster, Lindenweg 7, 59999 Musterstadt",
        "Lindenweg 7, 59999 Musterstadt",
    ),
    ("SPD-Ortsverein\nMax von Beispiel\nAm Hang 3\n59999 Seehausen", "Am Hang 3\n59999 Seehausen"),
    ("SPD-Fraktion, mobil 0171 2345678", "0171 2345678"),
    ("Ratsfrau Erika Muster, Tel. 02301 12345", "02301 12345"),
    ("Fraktionsbüro: Tel. 02301 12345 (privat)", "02301 12345"),
    ("Tel. 02301 445566", "02301 445566"),
]
OFFICES = [
    "V.i.S.d.P.: CDU-Stadtverband, Bahnhofstraße 12, 59999 Musterstadt",
    "Geschäftsstelle: Lange Straße 5, 59999 Musterstadt, Tel. 02301 445566, Fax 02301 445567",
    "Fraktionsbüro im Rathaus, Rathausplatz 1, 59999 Musterstadt",
    "Bündnis 90/Die Grünen\nKreisverband\nTelefon: 02301/990-123",
    "Telefonisch unter 02301-4921 oder per E-Mail unter buergermeister@seehausen.example zu haben.",
    "Das Hallenbad (Badstraße 3, 59999 Musterstadt) wird saniert.",
    "In der Schulstraße 4, 59999 Musterstadt, entsteht eine Kita.",
]


@pytest.mark.parametrize(("words", "value"), PRIVATE)
def test_what_may_be_a_persons_own_is_warned_of(words: str, value: str) -> None:
    start = words.index(value)
    kind = "phone" if value.replace(" ", "").isdigit() else "address"
    assert personal.is_private(words, kind, start, start + len(value))


@pytest.mark.parametrize("words", OFFICES)
def test_a_contact_block_of_an_office_is_noted_and_not_warned_of(words: str) -> None:
    (note,) = personal.warnings(Text((Block("paragraph", words),), "text", "text/plain"))
    assert note.code == "personal-office" and "gewöhnlich öffentlich" in note.message


def test_numbers_that_everybody_may_call_are_no_personal_data() -> None:
    assert personal.find("Hotline 0800 1234567 oder 0180 5 123456, Behördenruf 115.") == []


def test_a_warning_says_what_and_where_without_repeating_it() -> None:
    text = Text(
        (
            Block("heading", "Mitmachen", page=3),
            Block("paragraph", "Heidi Muster, Lindenweg 7, 59999 Seehausen", page=3),
            Block("paragraph", "Tel. 02301 445566, heidi.muster@gmx.de", page=4),
        ),
        "text",
        "text/plain",
        removed=("Konto DE89 3704 0044 0532 0130 00",),
    )
    address, phone, mail, iban = personal.warnings(text)
    assert (address.page, phone.page, iban.page) == (3, 4, None)
    assert address.message.startswith(
        "Anschrift unter „Mitmachen“, Seite 3: Lindenweg …, 59999 Seehausen."
    )
    assert "0230 …" in phone.message and "445566" not in phone.message
    assert "he…@gmx.de" in mail.message
    assert "DE89 …" in iban.message and "entfernten" in iban.message


def test_the_same_number_is_warned_of_once_and_a_long_list_is_summed_up() -> None:
    lines = [f"Tel. 02301 4455{number}" for number in range(10, 40)] + ["Tel. 02301/445510"]
    found = personal.warnings(
        Text(tuple(Block("item", line) for line in lines), "text", "text/plain")
    )
    assert len(found) == personal.MOST + 1
    assert "10 weitere" in found[-1].message


def test_parse_hands_the_warnings_on() -> None:
    data = b"# Wahlprogramm\n\nWir bauen Radwege. Rufen Sie Heidi Muster an: 0151 12345678.\n"
    assert [one.code for one in parse(Source(data), Known()).warnings] == ["personal-phone"]
