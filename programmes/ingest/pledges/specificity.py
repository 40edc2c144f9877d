"""Is a pledge concrete or vague? (§ 4)

Concrete: a number, share, date or deadline; a named or newly created institution, programme, instrument,
building, place or law; a bounded act. Vague: direction only, or a vague verb on a named object. The rules
below see the signs; a judge that was fitted to labelled pledges weighs them with the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from programmes.ingest.pledges import actor, judge
from programmes.ingest.pledges.features import Seen
from programmes.ingest.pledges.grammar import Reading, names_action
from programmes.ingest.pledges.rules import Rules
from programmes.ingest.pledges.units import Unit

RULES = Rules()
rule = RULES.rule


def _search(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""


BIAS = -1.05


def _stated(reading: Reading) -> str:
    """The sentence without its purposes, reasons and conditions: "…, damit alle einen Platz finden"."""
    kept = [
        reading.text[reading.words[clause.first].start : reading.words[clause.last - 1].end]
        for clause in reading.clauses
        if clause.last > clause.first and clause.opener not in _ASIDE
    ]
    return ", ".join(kept) or reading.text


_ASIDE = frozenset("damit um weil da wenn obwohl sodass während".split())
_NUMBER = re.compile(
    r"(?<![\w-])\d[\d.,]*(?:\s?(?:%|€|prozent|euro|mio|mrd))?|\b(?:zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|(?:drei|vier|fünf|sech|sieb|acht|neun)zehn|"
    r"(?:zwan|vier|fünf|sech|sieb|acht|neun)zig|dreißig|hundert|\w+hundert|tausend|hälfte|halbier\w+|verdoppel\w+|verdreifach\w+|drittel|viertel|einmal|zweimal|dreimal)\b|\w+-euro-|\b\d+-"
)


@rule(2.2)
def number(unit: Unit, reading: Reading) -> str:
    return _search(_NUMBER, reading.lowered)


_TERM = re.compile(
    r"\b(?:bis (?:spätestens )?(?:zum? |zur )?(?:ende|sommer|herbst|frühjahr|jahresende|mitte|anfang|nächsten)|noch (?:in diesem|dieses) jahr|in diesem (?:jahr|haushalt)|im (?:kommenden|nächsten) (?:jahr|haushalt)|"
    r"(?:in|innerhalb) der (?:nächsten|kommenden|laufenden) (?:wahl|rats|amts)periode|jede[nsr]? (?:monat|woche|tag|jahr|quartal|samstag|sonntag)\w*|(?:am|an) (?:\w+ )?(?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|wochenende)\w*|"
    r"jährliche?\w*|monatliche?\w*|wöchentliche?\w*|halbjährliche?\w*|täglich\w*|rund um die uhr|nachts|abends)\b"
)


@rule(1.6)
def term_or_rhythm(unit: Unit, reading: Reading) -> str:
    """bis zum Sommer, noch in diesem Jahr, jeden Monat, am Samstag"""
    return _search(_TERM, _stated(reading).lower())


_REFUSAL = re.compile(
    r"\b(?:lehn(?:en|t|e)\b[^.;:]{0,160}?\bab\b|ablehn(?:en|ung)|zu?(?:zu)?stimmen|wird es (?:mit uns )?nicht geben|mit uns nicht|untersag\w+|verbiet\w+|verbot\w*|unterbind\w+|"
    r"(?:wenden|stell\w+|sprechen|spricht) (?:wir )?(?:uns|sich) (?:\w+ ){0,3}gegen|nein zu\w?|verzicht\w*|keine weiteren|abschaff\w+|schluss mit|"
    r"(?:darf|dürfen|soll|sollen|nicht|kein\w*)\b[^.;:]{0,60}\b(?:verkauft|verkaufen|geschlossen|schließen|privatisier\w+|steigen|erhöht|erhöhung|überschreiten|angetastet|gekürzt|kürzung|"
    r"ausgeschlossen|gestrichen|ausgewiesen|bebaut)|keine \w*(?:erhöhung\w*|privatisierung\w*|beiträge|gebühren|kürzung\w*|schließung\w*))\b"
)


@rule(1.3)
def refusal(unit: Unit, reading: Reading) -> str:
    """lehnen wir ab, darf nicht verkauft werden, keine Erhöhung: one can tell whether it was kept"""
    return _search(_REFUSAL, reading.lowered)


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
    ankaufen streichen beschließen ausweisen umwandeln anschaffen etablieren abreißen schließen übernehmen einladen
    umbenennen wiedereinführen wiedereröffnen wiederherstellen reaktivieren stoppen vorlegen aufstellen festlegen
    festschreiben verankern ausschließen erstatten umgestalten umwidmen verlegen verlagern freigeben beitreten kündigen
    rekommunalisieren zurückkaufen stilllegen abbestellen ausschreiben einberufen einsetzen umrüsten aufstocken""".split()
)
_BOUNDED = re.compile(
    r"\b(?:(?:ein|er|ab|an)?(?:zu)?(?:richten|geführt|führen|gerichtet)\b|gründen|gegründet|gründung|abschaff\w+|abgeschafft|abzuschaffen|einführ\w+|einzuführen|eingeführt|einricht\w+|einzurichten|"
    r"eingerichtet|erricht\w+|eröffn\w+|auflegen|aufzulegen|aufgelegt|erstell\w+|erarbeit\w+|beauftrag\w+|benenn\w+|ernenn\w+|verkauf\w*|streich\w+|gestrichen|"
    r"neubau (?:eines|einer|des|der|auf|in|am|im)|bau (?:eines|einer|des|der)|reaktivier\w+|übernahme|öffnung de[rs]|umbau de[rs]|rückkauf|rekommunalisier\w+|wiedereröffn\w+|schließ\w+|stopp\w*|beschließen|ausweis\w+|umwandl\w+|anschaff\w+|etablier\w+|"
    r"aufbau (?:eines|einer)|schaffung (?:eines|einer)|einstell\w+)\b"
)


@rule(1.1)
def bounded_act(unit: Unit, reading: Reading) -> str:
    """gründen, einführen, abschaffen, errichten …"""
    for action in reading.actions:
        if action.infinitive in _BOUNDED_VERBS:
            return action.infinitive
    found = _BOUNDED.search(reading.lowered)
    return found.group() if found else ""


_NEW_THING = re.compile(
    r"\b(?:ein|eine|einen|einem|einer|eines)\s(?:[\wäöüß*-]+(?:e|er|es|en|em)\s){0,3}(?=[A-ZÄÖÜ„\"])"
)
_INSTRUMENT = re.compile(
    r"(?:konzept|plan|programm|fonds|zentrum|büro|stelle|beirat|konferenz|gesellschaft|beauftragte\w*|netzwerk|plattform|satzung|kataster|index|ticket|quote|preis|tag|haus|halle|"
    r"bad|park|linie|brücke|straße|weg|platz|management|manager\w*|lotse\w*|parlament|rat|forum|kommission|studie|gutachten|register|app|portal|agentur|akademie|börse|bonus|karte|pass|"
    r"budget|steuer|gebühr|abgabe|stiftung|werkstatt|bus|bahn|modell|initiative|projekt|strategie|leitlinie\w*|verordnung|richtlinie\w*|regelung|verbot|zone|anlage|streife|wache|haushalt|kampagne|"
    r"überwachung|obergrenze|sprechstunde\w*|gebäude|treffpunkt|ausschuss|monitor|versammlung|unterkunft|buslinie|streife|dach|ampel|haltestelle|radweg|spur|netz|system|verzeichnis|bericht|tafel|brunnen|mensa|werkhof|garage|raum|ort|gremium|rat|vertretung|treff|kita|schule|campus|quartier|gebiet|museum|bibliothek|dashboard|check|gipfel|charta|vertrag|pakt)(?:s|es|e|n|en)?$"
)


@rule(1.7)
def new_instrument(unit: Unit, reading: Reading) -> str:
    """ein(e) … + a body, plan, building or instrument"""
    stated = _stated(reading)
    for found in _NEW_THING.finditer(stated):
        word = re.match(r"[„\"]?([\w*-]+)", stated[found.end() :])
        if word and _INSTRUMENT.search(word.group(1).lower()):
            return f"{found.group()}{word.group(1)}"
    return ""


@rule(0.4)
def instrument(unit: Unit, reading: Reading) -> str:
    for at in reading.nouns:
        if _INSTRUMENT.search(reading.words[at].low) and len(reading.words[at].low) > 7:
            return reading.words[at].text
    return ""


_NAME = re.compile(
    r"[A-ZÄÖÜ][A-ZÄÖÜ0-9]{1,}[a-z]?(?:[-‑]\w+)?|[A-Z][a-z]+[A-Z]\w*|[ABLKS]\s?\d+(?:-\w+)?|[A-ZÄÖÜ][\wäöüß-]+(?:straße|allee|brücke|tunnel)"
)
_OF_A_PLACE = re.compile(r"(?<!^)\b([A-ZÄÖÜ][a-zäöüß]{3,})er (?=[A-ZÄÖÜ][a-z])")


@rule(1.3)
def proper_name(unit: Unit, reading: Reading) -> str:
    """DOGEWO, WoBi 2.0, Bahnhofstraße, Mühlbacher Hof; not the author's name nor that of the town itself"""
    own = reading.setting.own | reading.setting.places
    for word in reading.words:
        if not _NAME.fullmatch(word.text) or word.text in _COMMON or word.low in own:
            continue
        if not any(actor.is_own_side(part) for part in (word.low, word.low.split("-")[-1])):
            return word.text
    for found in _OF_A_PLACE.finditer(reading.text):
        place = found.group(1).lower()
        if not any(place.startswith(known.rstrip("en")) for known in reading.setting.places):
            return found.group()
    return ""


_COMMON = frozenset(
    """KI MVZ OGS SPNV VHS FFW KOD PR HH DRK THW IHK ADFC Kernstadt Südstadt Leichter Erster Weiterer Hauptstraßen Fahrradstraßen Bundesstraße Landesstraße Kreisstraße Ringstraße Umgehungsstraße ÖPNV SPD CDU FDP AFD AfD CSU BSW EU NRW KITA KITAS WLAN CO2 IT LED PKW LKW PV USA GmbH MINT BBS KiTa KiTas KITAs Radweg Radwege Parkplatz
    Spielplatz Schulweg Schulhof Bahnhof Bauhof Friedhof Kitaplatz Arbeitsplatz Gehweg Fußweg Hauptstraße Fahrradstraße Marktplatz Sportplatz Ausbildungsplatz Wohnungsbau LSBTIQ LGBTIQ""".split()
)

_VAGUE_VERB = re.compile(
    r"\b(?:stärk\w+|gestärkt|förder\w+|gefördert|verbesser\w+|unterstütz\w+|ausbauen|ausgebaut|auszubauen|weiterentwickel\w+|entwickeln|optimier\w+|intensivier\w+|erleichter\w+|"
    r"sichern|gesichert|gestalten|ermöglichen|voranbringen|vorantreiben|beschleunig\w+|erhöh\w+|senken|reduzier\w+|vernetz\w+|berücksichtig\w+|einbeziehen|einbinden)\b"
)


@rule(-0.6)
def vague_verb(unit: Unit, reading: Reading) -> str:
    found = _VAGUE_VERB.search(reading.lowered)
    return found.group() if found else ""


@rule(-0.5)
def comparative(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"\b(?:mehr|weniger|besser\w*|stärker\w*|schneller\w*|weiter|verstärkt|attraktiv\w*|nachhaltig\w*|gezielt|konsequent)\b",
        reading.lowered,
    )
    return found.group() if found else ""


@rule(1.6)
def totality(unit: Unit, reading: Reading) -> str:
    """alle Schulen, in jedem Stadtteil, flächendeckend, kostenlos"""
    found = re.search(
        r"\b(?:alle[nr]? (?:städtischen )?(?:schulen|kitas|grundschulen|stadtteile\w*|ortsteile\w*|buslinien|gebäude\w*|haltestellen)|allen (?:dörfern|orten|ortsteilen|stadtteilen|gemeinden|schulen|kitas)|alle (?:orte|dörfer|grundschulen|bushaltestellen)|jede[mnrs]? (?:\w+ )?(?:stadtteil|ortsteil|ort|dorf|schule|\w*schulkind|kita|bezirk|stadtbezirk|haltestelle|\w*haltestelle|dach|kommunalen dach|kind)|in der ganzen \w+|flächendeckend\w*|bundesweit\w*|stadtweit\w*|autofrei\w*|"
        r"jährlich|kostenlos\w*|kostenfrei\w*|beitragsfrei\w*|gebührenfrei\w*|tempo 30|rund um die uhr)\b",
        reading.lowered,
    )
    return found.group() if found else ""


_MEANS = re.compile(
    r"\b(?:durch|mittels|mithilfe|über|mit) (?:ein\w* |den |dem |der |die |das |eigene\w* |neue\w* |den \w+ )?(?:[a-zäöüß-]+(?:e|en|er|em) ){0,2}[A-ZÄÖÜ„]"
)


@rule(1.2)
def means(unit: Unit, reading: Reading) -> str:
    """durch Quartiersfonds, mit einer Gesellschaft: the instrument is named"""
    stated = _stated(reading)
    for found in _MEANS.finditer(stated):
        word = re.match(r"[\w*-]+", stated[found.end() - 1 :].lstrip("„"))
        if word and len(word.group()) > 7 and _INSTRUMENT.search(word.group().lower()):
            return f"{found.group()}{word.group()[1:]}"
    return ""


_SINGLE = re.compile(
    r"\b(?:[Dd]as|[Dd]es|[Dd]em|[Dd]en|[Aa]m|[Vv]om|[Bb]eim|[Zz]um|[Dd]er|[Dd]ie|[Ii]m) (?:[a-zäöüß-]+(?:e|en|er|es|em) )?([A-ZÄÖÜ][\w*-]+)"
)
_SINGLE_THING = re.compile(
    r"(?:haus|hauses|bad|bades|halle|platz|platzes|park|parks|bahnhof|bahnhofs|büro|büros|netz|netzes|gesetz|gesetzes|bremse|umlage|steuer|bibliothek|theater|theaters|museum|museums|"
    r"klinik|klinikum|klinikums|straße|brücke|bahn|linie|satzung|ordnung|plan|planes|konzept|konzepts|konzeptes|programm|programms|ticket|tickets|fonds|gelände|geländes|wald|waldes|see|sees|"
    r"stelle|zentrum|zentrums|schule|amt|amtes|stadion|stadions|kreisel|kreuzung|vertrag|vertrages|verordnung|recht|rechts|gebäude|gebäudes|hof|hofs|werk|werke|gesellschaft|rathaus|umgehung|treff|"
    r"gebiet|gebietes|altstadt|innenstadt)$"
)


@rule(0.9)
def single_thing(unit: Unit, reading: Reading) -> str:
    """das Freibad, des Krankenhauses, die Kreisumlage: one of its kind in the town, as good as named"""
    for found in _SINGLE.finditer(_stated(reading)):
        low = found.group(1).lower()
        if _SINGLE_THING.search(low) and len(low) > 5 and low not in _TOO_GENERAL:
            return found.group()
    return ""


_TOO_GENERAL = frozenset(
    "innenstadt haushalt stelle straße rathaus schule platz wirtschaft verwaltung".split()
)


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
        reading.lowered,
    )
    return found.group() if found else ""


@rule(0.8)
def money(unit: Unit, reading: Reading) -> str:
    """Steuern, Gebühren, Beiträge: an act upon them is bounded"""
    found = re.search(
        r"\b\w*(?:steuer\w*|gebühr\w*|beiträge\w*|hebes[aä]tz\w*|abgabe\w*|haushaltsmittel)\b",
        reading.lowered,
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
    if _VAGUE_VERB.search(reading.lowered) or goal_only(unit, reading):
        return ""
    for at in reading.nouns:
        if len(reading.words[at].low) >= 12 and not names_action(reading.words[at].low):
            return reading.words[at].text
    return ""


@rule(-0.6)
def points_back(unit: Unit, reading: Reading) -> str:
    """Dies wollen wir …, Hier …: the object stands elsewhere"""
    found = re.match(r"(?:dies|das|hier|sie|diese|dafür|daran|dabei|damit)\b", reading.lowered)
    return found.group() if found and len(reading.nouns) <= 2 else ""


@rule(-0.9)
def goal_only(unit: Unit, reading: Reading) -> str:
    found = re.search(
        r"\b(?:ziel|anspruch|wichtig|anliegen|schwerpunkt\w*|grundsatz|selbstverständlich)\b",
        reading.lowered,
    )
    return found.group() if found else ""


@rule(-0.3)
def short(unit: Unit, reading: Reading) -> str:
    return "short" if len(reading.words) <= 6 else ""


@rule(0.8)
def rule_or_limit(unit: Unit, reading: Reading) -> str:
    """verbindlich, mindestens, höchstens, nur, keine … mehr, ausschließlich"""
    found = re.search(
        r"\b(?:verbindlich\w*|mindestens|höchstens|maximal|ausschließlich|nicht mehr|keine weiteren|dauerhaft\w*|gesetzlich\w*|verpflichtend\w*|eigene[nrs]?|städtische[nrs]?)\b",
        reading.lowered,
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


def of(one: Seen, own: Sequence[str]) -> Literal["concrete", "vague"]:
    """What a judge makes of the rules and of a pledge's own features (`features.of_unit`)."""
    return "concrete" if judge.load("specificity").score(shown(one, own)) > 0 else "vague"


def shown(one: Seen, own: Sequence[str]) -> list[str]:
    """The features of a pledge that may tell how concrete it is."""
    total, fired = _weigh(one.unit, one.reading)
    return [
        *(f"concrete {name}" for name in fired),
        f"concrete sum {round(2 * max(-2.0, min(2.0, total))):+d}",
        *(name for name in own if not name.startswith(("rule ", "sum "))),
    ]


def by_rules(unit: Unit, reading: Reading) -> Literal["concrete", "vague"]:
    """What the rules say by themselves."""
    return "concrete" if _weigh(unit, reading)[0] > 0 else "vague"


def _weigh(unit: Unit, reading: Reading) -> tuple[float, list[str]]:
    fired = [rule for rule in RULES.rules if rule.find(unit, reading)]
    return BIAS + sum(rule.weight for rule in fired), [rule.name for rule in fired]
