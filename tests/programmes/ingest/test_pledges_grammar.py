"""Verb forms, clauses, frames: what the rules about pledges stand on."""

from __future__ import annotations

import pytest

from programmes.ingest.pledges.grammar import names_action, read
from programmes.ingest.pledges.quotations import spoken
from programmes.ingest.pledges.verbs import verb


@pytest.mark.parametrize(
    ("infinitive", "participle", "to_infinitive", "third"),
    [
        ("ausbauen", "ausgebaut", "auszubauen", "baut"),
        ("schaffen", "geschaffen", "schaffen", "schafft"),
        ("erhalten", "erhalten", "erhalten", "erhält"),
        ("einrichten", "eingerichtet", "einzurichten", "richtet"),
        ("modernisieren", "modernisiert", "modernisieren", "modernisiert"),
        ("|unterstützen", "unterstützt", "unterstützen", "unterstützt"),
        ("|übernehmen", "übernommen", "übernehmen", "übernimmt"),
        ("gründen", "gegründet", "gründen", "gründet"),
        ("beenden", "beendet", "beenden", "beendet"),
    ],
)
def test_the_forms_of_a_verb(infinitive, participle, to_infinitive, third):
    forms = verb(infinitive)
    assert forms.participle == participle
    assert to_infinitive in forms.whole
    assert third in forms.finite


@pytest.mark.parametrize(
    "noun", ["ausbau", "schulsanierung", "stärkung", "wohnungsbau", "abschaffung"]
)
def test_nouns_of_action(noun):
    assert names_action(noun)


@pytest.mark.parametrize(
    "noun", ["wohnung", "verwaltung", "bevölkerung", "diskriminierung", "zeitung", "haus"]
)
def test_nouns_of_no_action(noun):
    assert not names_action(noun)


@pytest.mark.parametrize(
    ("text", "openers"),
    [
        ("Wir wollen, dass Busse fahren.", ["", "dass"]),
        ("Viele warten, weil Plätze fehlen.", ["", "weil"]),
        ("Die Wege, die wir bauen wollen, sind lang.", ["", "die", ""]),
        ("Da brauchen wir Hilfe.", [""]),
        ("Sie sagt: Die Stadt muss bauen.", ["", ""]),
        ("Wir bauen, um Platz zu schaffen.", ["", "um"]),
    ],
)
def test_subordinate_clauses_are_told_from_main_ones(text, openers):
    assert [clause.opener for clause in read(text).clauses] == openers


@pytest.mark.parametrize(
    "text",
    [
        "Die Stadt unterstützt Vereine.",
        "Plätze fehlen.",
        "Das ist gut.",
        "Wir bauen.",
        "Konzepte sorgen für Ruhe.",
    ],
)
def test_a_finite_verb_is_seen(text):
    assert read(text).finite


@pytest.mark.parametrize(
    "text",
    [
        "Radwege ausbauen",
        "Mehr Personal für Kitas",
        "Gut getaktete Busse einführen",
        "Kitas zügig und bedarfsgerecht ausbauen",
        "Ein Klimaschutzkonzept für Neudorf",
    ],
)
def test_none_is_seen_where_there_is_none(text):
    assert not read(text).finite


@pytest.mark.parametrize(
    ("text", "content"),
    [
        ("„Wir fordern mehr Busse“, sagt Frau Muster.", "Wir fordern mehr Busse"),
        ("Muster: „Wir fordern mehr Busse.“", "Wir fordern mehr Busse."),
        ("Wir brauchen Ärzte“, erklärt der Vorsitzende der Fraktion.", "Wir brauchen Ärzte"),
        ("Wir wollen das „Haus am Markt“ öffnen.", "Wir wollen das „Haus am Markt“ öffnen."),
        ("Unser Ziel: Mehr Busse.", "Unser Ziel: Mehr Busse."),
        ("Die Halle müsse bleiben, so Fraktionschef Jan Pohl.", "Die Halle müsse bleiben"),
        ("Das Land müsse zahlen, sagte die Sprecherin der Liste.", "Das Land müsse zahlen"),
        ("Das Bad müsse bleiben, heißt es in einer Erklärung.", "Das Bad müsse bleiben"),
        ("Der Takt sei zu verdichten, betonten Ott und Brandt.", "Der Takt sei zu verdichten"),
        ("Wir bauen, so schnell es geht.", "Wir bauen, so schnell es geht."),
        ("Wenn wir bauen, so gewinnt das Dorf.", "Wenn wir bauen, so gewinnt das Dorf."),
        ("Wir bauen Wege, fordern Tempo 30.", "Wir bauen Wege, fordern Tempo 30."),
        ("Wir wollen, sagte sie, einen Bus.", "Wir wollen, sagte sie, einen Bus."),
    ],
)
def test_the_frame_of_a_quotation_is_left_out(text, content):
    assert spoken(text) == content
