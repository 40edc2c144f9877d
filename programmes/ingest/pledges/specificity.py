"""Is a pledge concrete or vague? (§ 4)

Concrete: a number, share, date or deadline; a named or newly created institution, programme, instrument,
building, place or law; a bounded act. Vague: direction only, or a vague verb on a named object.
"""

from __future__ import annotations

import re
from typing import Literal

from programmes.ingest.pledges.grammar import Reading, names_action
from programmes.ingest.pledges.rules import Rules
from programmes.ingest.pledges.units import Unit

RULES = Rules()
rule = RULES.rule
BIAS = -1.05


@rule(2.2)
def number(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"(?<![\w-])\d[\d.,]*(?:\s?(?:%|€|prozent|euro|mio|mrd))?|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|hundert|tausend|hälfte|"
        r"halbier\w+|verdoppel\w+|drittel|viertel|erste[nrs]?|einmal)\b|\w+-euro-|\b\d+-",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(1.5)
def quoted_name(unit: Unit, reading: Reading) -> str:
    found = re.search(r"[„\"»']([^“”\"«']{3,60})[“”\"«']", reading.text)
    return (
        found.group()
        if found and any(c.isupper() for c in found.group(1)) and len(found.group(1).split()) <= 6
        else ""
    )


_BOUNDED_VERBS = frozenset(
    """abschaffen einrichten einführen gründen errichten eröffnen auflegen erstellen erarbeiten beauftragen verkaufen kaufen
    ankaufen verzichten streichen verbieten beschließen ausweisen umwandeln anschaffen etablieren abreißen schließen
    umbenennen wiedereinführen wiedereröffnen wiederherstellen reaktivieren stoppen bauen""".split()
)
_BOUNDED = re.compile(
    r"\b(?:(?:ein|er|ab|an)?(?:zu)?(?:richten|geführt|führen|gerichtet)\b|gründen|gegründet|gründung|abschaff\w+|abgeschafft|abzuschaffen|einführ\w+|einzuführen|eingeführt|einricht\w+|einzurichten|"
    r"eingerichtet|erricht\w+|eröffn\w+|auflegen|aufzulegen|aufgelegt|erstell\w+|erarbeit\w+|beauftrag\w+|benenn\w+|ernenn\w+|verkauf\w*|verzicht\w*|streich\w+|gestrichen|"
    r"neubau\w*|bau (?:eines|einer|von|des|der)|bauen|gebaut|wiedereröffn\w+|schließ\w+|verbot\w*|verbieten|stopp\w*|beschließen|ausweis\w+|umwandl\w+|anschaff\w+|etablier\w+|"
    r"aufbau (?:eines|einer)|schaffung (?:eines|einer)|einstell\w+)\b"
)


@rule(1.1)
def bounded_act(unit: Unit, reading: Reading) -> str:
    """gründen, einführen, abschaffen, errichten …"""
    for action in reading.actions:
        if action.infinitive in _BOUNDED_VERBS:
            return action.infinitive
    found = _BOUNDED.search(reading.text.lower())
    return found.group() if found else ""


_NEW_THING = re.compile(
    r"\b(?:ein|eine|einen|einem|einer|eines)\s(?:[\wäöüß*-]+(?:e|er|es|en|em)\s){0,3}(?=[A-ZÄÖÜ„\"])"
)
_INSTRUMENT = re.compile(
    r"(?:konzept|plan|programm|fonds|zentrum|büro|stelle|beirat|konferenz|gesellschaft|beauftragte\w*|netzwerk|plattform|satzung|kataster|index|ticket|quote|preis|tag|haus|halle|"
    r"bad|park|linie|brücke|straße|weg|platz|management|manager\w*|lotse\w*|parlament|rat|forum|kommission|studie|gutachten|register|app|portal|agentur|akademie|börse|bonus|karte|pass|"
    r"budget|steuer|gebühr|abgabe|stiftung|werkstatt|bus|bahn|modell|initiative|projekt|strategie|leitlinie\w*|verordnung|richtlinie\w*|regelung|verbot|zone|anlage|streife|wache|haushalt|kampagne|"
    r"treff|kita|schule|campus|quartier|gebiet|museum|bibliothek|dashboard|check|gipfel|charta|vertrag|pakt)(?:s|es|e|n|en)?$"
)


@rule(1.7)
def new_instrument(unit: Unit, reading: Reading) -> str:
    """ein(e) … + a body, plan, building or instrument"""
    for found in _NEW_THING.finditer(reading.text):
        word = re.match(r"[„\"]?([\w*-]+)", reading.text[found.end() :])
        if word and _INSTRUMENT.search(word.group(1).lower()):
            return f"{found.group()}{word.group(1)}"
    return ""


@rule(0.4)
def instrument(unit: Unit, reading: Reading) -> str:
    for at in reading.nouns:
        if _INSTRUMENT.search(reading.words[at].low) and len(reading.words[at].low) > 7:
            return reading.words[at].text
    return ""


@rule(1.3)
def proper_name(unit: Unit, reading: Reading) -> str:
    """DOGEWO, WoBi 2.0, Bahnhofstraße, Dortmunder Norden"""
    for word in reading.words:
        if (
            re.fullmatch(
                r"[A-ZÄÖÜ][A-ZÄÖÜ0-9]{1,}[a-z]?|[A-Z][a-z]+[A-Z]\w*|B\d+|A\d+|[A-ZÄÖÜ][\wäöüß-]+(?:straße|platz|allee|brücke|weg|ring|hof)",
                word.text,
            )
            and word.text not in _COMMON
        ):
            return word.text
    found = re.search(r"(?<!^)\b[A-ZÄÖÜ][a-zäöüß]{3,}er (?=[A-ZÄÖÜ][a-z])", reading.text)
    return found.group() if found else ""


_COMMON = frozenset(
    """ÖPNV SPD CDU FDP AFD AfD CSU BSW EU NRW KITA KITAS WLAN CO2 IT LED PKW LKW PV USA GmbH MINT BBS KiTa KiTas KITAs Radweg Radwege Parkplatz
    Spielplatz Schulweg Schulhof Bahnhof Bauhof Friedhof Kitaplatz Arbeitsplatz Gehweg Fußweg Hauptstraße Fahrradstraße Marktplatz Sportplatz Ausbildungsplatz Wohnungsbau LSBTIQ LGBTIQ""".split()
)

_VAGUE_VERB = re.compile(
    r"\b(?:stärk\w+|gestärkt|förder\w+|gefördert|verbesser\w+|unterstütz\w+|ausbauen|ausgebaut|auszubauen|weiterentwickel\w+|entwickeln|optimier\w+|intensivier\w+|erleichter\w+|"
    r"sichern|gesichert|erhalten|gestalten|ermöglichen|voranbringen|vorantreiben|beschleunig\w+|erhöh\w+|senken|reduzier\w+|vernetz\w+|berücksichtig\w+|einbeziehen|einbinden)\b"
)


@rule(-0.7)
def vague_verb(unit: Unit, reading: Reading) -> str:
    found = _VAGUE_VERB.search(reading.text.lower())
    return found.group() if found else ""


@rule(-0.5)
def comparative(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"\b(?:mehr|weniger|besser\w*|stärker\w*|schneller\w*|weiter|verstärkt|attraktiv\w*|nachhaltig\w*|gezielt|konsequent)\b",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(1.0)
def totality(unit: Unit, reading: Reading) -> str:
    """alle Schulen, in jedem Stadtteil, flächendeckend, kostenlos"""
    found = re.search(
        r"\b(?:alle[nr]? (?:städtischen )?(?:schulen|kitas|grundschulen|stadtteile\w*|ortsteile\w*|buslinien|gebäude\w*|haltestellen)|jede[mnrs]? (?:stadtteil|ortsteil|schule|kita|bezirk|stadtbezirk|jahr)|"
        r"jährlich|kostenlos\w*|kostenfrei\w*|beitragsfrei\w*|gebührenfrei\w*|tempo 30|rund um die uhr)\b",
        reading.text.lower(),
    )
    return found.group() if found else ""


_MEANS = re.compile(
    r"\b(?:durch|mittels|mithilfe|über|mit) (?:ein\w* |den |dem |der |die |das |eigene\w* |neue\w* |den \w+ )?(?:[a-zäöüß-]+(?:e|en|er|em) ){0,2}[A-ZÄÖÜ„]"
)


@rule(0.4)
def means(unit: Unit, reading: Reading) -> str:
    """durch Quartiersfonds, mit einer Gesellschaft: the instrument is named"""
    for found in _MEANS.finditer(reading.text):
        word = re.match(r"[\w*-]+", reading.text[found.end() - 1 :].lstrip("„"))
        if word and len(word.group()) > 8:
            return f"{found.group()}{word.group()[1:]}"
    return ""


@rule(0.4)
def several_instruments(unit: Unit, reading: Reading) -> str:
    named = [
        reading.words[at].text
        for at in reading.nouns
        if len(reading.words[at].low) > 9 and _INSTRUMENT.search(reading.words[at].low)
    ]
    return ", ".join(named[:3]) if len(named) > 1 else ""


@rule(0.4)
def example(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"\b(?:z\. ?b\.|zum beispiel|beispielsweise|etwa|wie die|wie das|insbesondere)",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(0.5)
def money(unit: Unit, reading: Reading) -> str:
    """Steuern, Gebühren, Beiträge: an act upon them is bounded"""
    found = re.search(
        r"\b\w*(?:steuer\w*|gebühr\w*|beiträge\w*|hebes[aä]tz\w*|abgabe\w*|haushaltsmittel)\b",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(0.35)
def long_compound(unit: Unit, reading: Reading) -> str:
    """A noun of eighteen letters names something particular"""
    for at in reading.nouns:
        if len(reading.words[at].low) >= 18:
            return reading.words[at].text
    return ""


@rule(0.6)
def particular_act(unit: Unit, reading: Reading) -> str:
    """No vague verb and no mere comparison, done to a thing with a compound for a name"""
    if _VAGUE_VERB.search(reading.text.lower()) or goal_only(unit, reading):
        return ""
    for at in reading.nouns:
        if len(reading.words[at].low) >= 12 and not names_action(reading.words[at].low):
            return reading.words[at].text
    return ""


@rule(-0.6)
def points_back(unit: Unit, reading: Reading) -> str:
    """Dies wollen wir …, Hier …: the object stands elsewhere"""
    found = re.match(r"(?:dies|das|hier|sie|diese|dafür|daran|dabei|damit)\b", reading.text.lower())
    return found.group() if found and len(reading.nouns) <= 2 else ""


@rule(-0.6)
def goal_only(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"\b(?:ziel|anspruch|wichtig|anliegen|schwerpunkt\w*|grundsatz|selbstverständlich)\b",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(-0.5)
def short(unit: Unit, reading: Reading) -> str:
    return "short" if len(reading.words) <= 6 else ""


@rule(0.8)
def rule_or_limit(unit: Unit, reading: Reading) -> str:
    """verbindlich, mindestens, höchstens, nur, keine … mehr, ausschließlich"""
    found = re.search(
        r"\b(?:verbindlich\w*|mindestens|höchstens|maximal|ausschließlich|nicht mehr|keine weiteren|dauerhaft\w*|gesetzlich\w*|verpflichtend\w*|eigene[nrs]?|städtische[nrs]?)\b",
        reading.text.lower(),
    )
    return found.group() if found else ""


@rule(0.3)
def named_place(unit: Unit, reading: Reading) -> str:
    """im Stadtteil X, in der Nordstadt, am Bahnhof"""
    found = re.search(
        r"\b(?:in der|im|am|an der|auf dem|auf der|zwischen|entlang) (?:\w+er )?(?:[A-ZÄÖÜ][\wäöüß-]*(?:stadt|dorf|bahnhof|feld|tal|berg|hof|platz|straße|gelände|halle|park|viertel)|Innenstadt|Rathaus|Haushalt)\b",
        reading.text,
    )
    return found.group() if found else ""


def of(unit: Unit, reading: Reading) -> Literal["concrete", "vague"]:
    total = BIAS + sum(rule.weight for rule in RULES.rules if rule.find(unit, reading))
    return "concrete" if total > 0 else "vague"
