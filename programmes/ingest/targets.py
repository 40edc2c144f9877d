"""What can a pledge be held to? The target years and the quantities that it names.

"bis 2030" → 2030; "jedes Jahr 1.000 neue Bäume" → 1000 Bäume per Jahr; "um 30 Prozent" → 30 Prozent.
Years of the past ("seit 2013", "im Jahr 2019 beschlossen"), paragraphs, dates, telephone numbers, house
numbers and numbers that are part of a name (B1, Agenda 2030, WoBi 2.0) are none. "in den nächsten fünf
Jahren" is a year only where the year of the document is known.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from programmes.ingest.pieces import Quantity

_YEAR = re.compile(
    r"(?:(?<![\w.,/§-])|(?<=\b\d\.\d\.)|(?<=\b\d\d\.\d\.)|(?<=\b\d\d\.\d\d\.)|(?<=\b\d\.\d\d\.))(20[1-9]\d)(?:\s?(?:/|–|-|bis)\s?(20[1-9]\d|\d\d))?(?![\w€%]|[.,]\d|\s?(?:Euro|€|EUR|Menschen|Bäume|Wohnungen|Stellen|Plätze))"
)
_PAST_BEFORE = re.compile(
    r"\b(?:seit|von|vom|aus|schon|bereits|gegenüber|anno|im vergleich zu|stand|wahl|agenda|kommunalwahl|haushalt|vision|charta|"
    r"leitbild|strategie|masterplan|konzept|plan|programm|luft|smart city|nach|als)\s(?:(?:dem|im|ende|anfang|mitte|jahr|jahre|sommer|herbst|"
    r"frühjahr|januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember)\s){0,2}$",
    re.IGNORECASE,
)
_PAST_BEHIND = re.compile(
    r"\s(?:wurde|wurden|war|waren|haben|hat|hatte|hatten|beschlossen|gegründet|gewählt|neu aufgestellt)\b"
)
_DEADLINE_BEFORE = re.compile(
    r"\b(?:bis|ab|spätestens|ende|mitte|anfang|zum|zur|vor|noch|für|frühestens)\s(?:(?:zum|zur|spätestens|ende|mitte|anfang|des|dem|"
    r"jahr|jahre|jahres|herbst|sommer|frühjahr|winter|quartal|haushalt|doppelhaushalt|kommunalwahl|januar|februar|märz|april|mai|"
    r"juni|juli|august|september|oktober|november|dezember|\d+\.)\s){0,4}$",
    re.IGNORECASE,
)

_NUMBER_WORDS: dict[str, float] = {
    "zwei": 2, "beide": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10,
    "elf": 11, "zwölf": 12, "fünfzehn": 15, "zwanzig": 20, "dreißig": 30, "fünfzig": 50, "dutzend": 12, "hundert": 100,
    "einhundert": 100, "zweihundert": 200, "fünfhundert": 500, "tausend": 1000, "eintausend": 1000,
    "zweitausend": 2000,
}  # fmt: skip
_MULTIPLES = {
    "tsd": 1e3,
    "tausend": 1e3,
    "mio": 1e6,
    "million": 1e6,
    "millionen": 1e6,
    "mrd": 1e9,
    "milliarde": 1e9,
    "milliarden": 1e9,
}
_FRACTIONS = {
    "hälfte": 50.0, "halbieren": 50.0, "halbiert": 50.0, "halbierung": 50.0, "viertel": 25.0, "drittel": 100 / 3,
    "fünftel": 20.0, "zehntel": 10.0,
}  # fmt: skip
_PARTS = {"die": 1, "ein": 1, "eine": 1, "zwei": 2, "drei": 3, "vier": 4}
_ORDINALS = {
    "zweite": 50.0, "dritte": 100 / 3, "vierte": 25.0, "fünfte": 20.0, "zehnte": 10.0,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:[.\s\u202f]\d{3})+|\d+)(?:,\d+)?"
_QUANTITY = re.compile(
    rf"(?<![\w§.,/+-])(?P<number>{_NUMBER}|(?:\b(?:{'|'.join(_NUMBER_WORDS)}|ein|eine|einen|einem)\b))"
    r"(?P<joint>-(?=[A-Za-zÄÖÜäöü])|[ \u00a0]?)"
    r"(?P<multiple>(?:tsd|mio|mrd)\b\.?\s?|(?:tausend|million(?:en)?|milliarden?)\b\s?)?",
    re.IGNORECASE,
)
_REST = re.compile(
    r"(?:%|€|km/h|[vV]\. ?H\.|[A-Za-zÄÖÜäöüß²³*:][\w²³*:-]*(?:\s[A-Za-zÄÖÜäöüß][\w*:-]*){0,3})",
    re.IGNORECASE,
)
_UNITS = {
    "%": "Prozent", "prozent": "Prozent", "prozentpunkt": "Prozentpunkte", "prozentpunkte": "Prozentpunkte", "prozentpunkten": "Prozentpunkte", "€": "Euro",
    "euro": "Euro", "eur": "Euro", "cent": "Cent", "jahre": "Jahre", "jahren": "Jahre", "jahr": "Jahre", "monate": "Monate",
    "monaten": "Monate", "wochen": "Wochen", "tage": "Tage", "tagen": "Tage", "stunden": "Stunden", "minuten": "Minuten",
    "km": "km", "kilometer": "km", "kilometern": "km", "meter": "m", "metern": "m", "m": "m", "m²": "m²", "quadratmeter": "m²",
    "quadratmetern": "m²", "qm": "m²", "hektar": "ha", "ha": "ha", "kw": "kW", "kwp": "kWp", "mw": "MW", "megawatt": "MW",
    "gwh": "GWh", "mbit": "Mbit/s", "km/h": "km/h", "v.": "Prozent", "vh": "Prozent", "stundenkilometer": "km/h", "gigabit": "Gbit/s", "tonnen": "t", "grad": "Grad",
}  # fmt: skip
_PER_BEFORE = re.compile(
    r"\b(?:(jede[srn]?) (jahr|monat|woche|tag|quartal|stunde|schuljahr|wahlperiode|stadtteil|stadtbezirk|ortsteil|schule|kita|kind|einwohner\w*)|"
    r"(jährlich|monatlich|wöchentlich|täglich))\b(?:[^\w,.;]+(?:[^\W\d]\w*[^\w,.;]+){0,5})?$",
    re.IGNORECASE,
)
_PER_BEHIND = re.compile(
    r"^\W{0,2}(?:(?!und\b|sowie\b)[\w*-]+\s){0,4}?(?:(?:pro|je|(?:in )?jede[srnm]?) (jahr|monat|woche|tag|quartal|stunde|schuljahr|wahlperiode|stadtteil|stadtbezirk|ortsteil|schule|kita|kind|einwohner\w*|(?-i:[A-ZÄÖÜ])\w+)|"
    r"(?:im|in der|am) (jahr|monat|woche|tag|quartal|stunde|schuljahr|wahlperiode)(?! (?:19|20)\d\d)\b|"
    r"(jährlich|monatlich|wöchentlich|täglich))\b",
    re.IGNORECASE,
)
_SPANS = frozenset("Jahre Monate Wochen Tage".split())  # nothing is had of them per school
_PERIODS = {"jährlich": "Jahr", "monatlich": "Monat", "wöchentlich": "Woche", "täglich": "Tag"}
_NO_UNIT = frozenset(
    """satz absatz abs nr nummer ziffer artikel jährige jährigen jähriger klasse uhr von und oder der die das den dem des in im an am auf mit für von vom bei bis zu zum zur als wie sowie sind ist wird werden
    soll sollen wollen wir nach vor über unter um durch aus ab je pro sein haben hat mal uhr januar februar märz april
    mai juni juli august september oktober november dezember seiten geschlechter augen händen elternteile hinsichten punkten dinge aspekte gründe säulen""".split()
)
_ENDINGS = re.compile(r"(?:e|en|er|es|em)$")
_FACTOR = re.compile(
    r"\b(verdoppel|verdoppl|verdreifach|vervierfach|verfünffach|verzehnfach)\w+", re.IGNORECASE
)
_FACTORS = {"verdreifach": 3.0, "vervierfach": 4.0, "verfünffach": 5.0, "verzehnfach": 10.0}
_FRACTION = re.compile(
    rf"\b(?:({'|'.join(_PARTS)}) |mindestens )?({'|'.join(_FRACTIONS)})\b(?! vor| nach| über)",
    re.IGNORECASE,
)
_ORDINAL = re.compile(
    rf"\b[Jj]ede[rsnm]? ({'|'.join(_ORDINALS)})[nrs]?(?: [a-zäöüß]+(?:e|en|er|es)){{0,2}} (?=[A-ZÄÖÜ])(?!Jahr|Monat|Woche|Tag)[\w*-]+"
)
_OFTEN = re.compile(
    r"\b(ein|zwei|drei|vier|fünf|sechs|zehn)mal (?:(?:pro|im|in der|am|je) (Jahr|Monat|Woche|Tag|Quartal|Halbjahr|Wahlperiode)|"
    r"(jährlich|monatlich|wöchentlich|täglich))\b",
    re.IGNORECASE,
)
_EACH_HOUR = re.compile(r"\b(?:jede|alle) ((?:viertel|halbe )?stunde)\b", re.IGNORECASE)
_HOURS = {"viertelstunde": 15.0, "halbe stunde": 30.0, "stunde": 60.0}
_NEXT_YEARS = re.compile(
    rf"\b(?:in den (?:nächsten|kommenden)|innerhalb (?:von|der nächsten|der kommenden)|binnen|in|über die nächsten)"
    rf"(?: (?:den )?(?:nächsten|kommenden))? (?:\w+ (?:bis|oder) )?(\d\d?|{'|'.join(_NUMBER_WORDS)}) Jahren?\b(?! (?:alt|alten))",
    re.IGNORECASE,
)
_COMING_YEAR = re.compile(
    r"\b(?:(?:im|ab dem|zum|bis zum|des|für das) (?:nächsten?|kommenden?) Jahr(?:es)?|(?:nächstes|kommendes) Jahr)\b",
    re.IGNORECASE,
)
_THIS_YEAR = re.compile(r"\bnoch (?:in diesem|dieses) Jahr\b", re.IGNORECASE)
_EVERY = re.compile(r"\b(?:alle|aller)\s$", re.IGNORECASE)
_TO = re.compile(rf"\s?(?:bis|–|-)\s?(?:zu\s)?{_NUMBER}\s", re.IGNORECASE)
_RHYTHM = re.compile(r"\b(viertelstunden|halbstunden|stunden)takt\w*", re.IGNORECASE)
_MINUTES = {"viertelstunden": 15.0, "halbstunden": 30.0, "stunden": 60.0}
_HALF = re.compile(
    r"\b(eine?r?n?s? halbe[rsn]?|anderthalb|eineinhalb|zweieinhalb) ([A-ZÄÖÜ][\w-]+)"
)
_HALVES = {"anderthalb": 1.5, "eineinhalb": 1.5, "zweieinhalb": 2.5}
_TERM = re.compile(
    r"\b(?:bis|zum|innerhalb|in|noch in|während)\b(?: \w+){0,3}? ((?:Wahl|Rats|Amts|Legislatur)periode)(?! (?:19|20)\d\d)"
)
_TEMPO = re.compile(r"\btempo[- ](\d{2,3})\b", re.IGNORECASE)


def years(text: str, since: int | None = None) -> tuple[int, ...]:
    """The target years of a sentence, ascending. `since`: the document's year; earlier years are past."""
    found: set[int] = set()
    for match in _YEAR.finditer(text):
        before = text[max(0, match.start() - 60) : match.start()]
        first = int(match.group(1))
        second = match.group(2)
        deadline = bool(_DEADLINE_BEFORE.search(before))
        if not deadline and (
            (_PAST_BEFORE.search(before) and not _FROM_ON.match(text[match.start() :]))
            or (re.search(r"[A-Za-zÄÖÜäöüß]\s?$", before) and _is_name(before))
            or _PAST_BEHIND.match(text[match.end() :])
        ):
            continue
        named = [first] + (
            [int(second) if len(second) == 4 else first // 100 * 100 + int(second)]
            if second
            else []
        )
        found.update(year for year in named if since is None or year >= since)
    if since is not None:
        found.update(_relative(text, since))
    return tuple(sorted(found))


_FROM_ON = re.compile(r"20\d\d an\b")


def _relative(text: str, since: int) -> Iterator[int]:
    """The years that a sentence counts from the year of its document: "in den nächsten fünf Jahren"."""
    for match in _NEXT_YEARS.finditer(text):
        count = match.group(1).lower()
        yield since + int(count if count.isdigit() else _NUMBER_WORDS[count])
    if _COMING_YEAR.search(text):
        yield since + 1
    if _THIS_YEAR.search(text):
        yield since


def _is_name(before: str) -> bool:
    """Whether the word right before a year makes it part of a name: "Stadtentwicklungsplan 2030"."""
    word = re.search(r"([\wäöüÄÖÜß-]+)\s?[„\"]?$", before[-80:])
    if word is None or not word.group(1)[0].isupper():
        return False
    return word.group(1).lower() not in _TIME_WORDS


_TIME_WORDS = frozenset(
    """januar februar märz april mai juni juli august september oktober november dezember jahr jahre
    jahren jahres ende anfang mitte sommer herbst frühjahr winter bis ab im in zum für spätestens haushaltsjahr haushaltsjahre schuljahr schuljahresbeginn schuljahresende jahresbeginn jahresende jahresanfang saisonbeginn wahljahr jahreswechsel doppelhaushalt wahlperiode""".split()
)


def quantities(text: str) -> tuple[Quantity, ...]:
    """The quantities of a sentence in the order in which they stand."""
    found: list[tuple[int, Quantity]] = []
    for match in _QUANTITY.finditer(text):
        quantity = _quantity(text, match)
        if quantity:
            found.append((match.start(), quantity))
    for match in _FRACTION.finditer(text):
        parts = _PARTS[(match.group(1) or "ein").lower()]
        share = round(parts * _FRACTIONS[match.group(2).lower()], 1)
        found.append((match.start(), Quantity(share, "Prozent", match.group())))
    for match in _ORDINAL.finditer(text):
        share = round(_ORDINALS[match.group(1)], 1)
        found.append((match.start(), Quantity(share, "Prozent", match.group())))
    for match in _OFTEN.finditer(text):
        times = _NUMBER_WORDS.get(match.group(1).lower(), 1.0)
        period = (match.group(2) or match.group(3)).lower()
        per = _PERIODS.get(period, period.capitalize())
        found.append((match.start(), Quantity(float(times), "mal", match.group(), per)))
    for match in _EACH_HOUR.finditer(text):
        minutes = _HOURS[match.group(1).lower()]
        found.append((match.start(), Quantity(minutes, "Minuten", match.group())))
    for match in _FACTOR.finditer(text):
        factor = _FACTORS.get(match.group(1).lower(), 2.0)
        found.append((match.start(), Quantity(factor, "fach", match.group())))
    for match in _RHYTHM.finditer(text):
        minutes = _MINUTES[match.group(1).lower()]
        found.append((match.start(), Quantity(minutes, "Minuten", match.group())))
    for match in _HALF.finditer(text):
        half = _HALVES.get(match.group(1).lower(), 0.5)
        found.append((match.start(), Quantity(half, match.group(2), match.group())))
    for match in _TERM.finditer(text):
        found.append((match.start(), Quantity(1.0, "Wahlperiode", match.group())))
    for match in _TEMPO.finditer(text):
        found.append((match.start(), Quantity(float(match.group(1)), "km/h", match.group())))
    found.sort(key=lambda pair: pair[0])
    return tuple(quantity for _, quantity in found)


def _quantity(text: str, match: re.Match[str]) -> Quantity | None:
    number, multiple = match.group("number").lower(), (match.group("multiple") or "").strip(". ")
    one_of_a_measure = _MEASURE.match(text, match.end())
    if number in _ONE and not multiple and not one_of_a_measure:
        return None
    if _NUMBERED.search(text, max(0, match.start() - 20), match.start()):
        return None
    at = match.end()
    behind = _REST.match(text, at)
    rest = behind.group() if behind else ""
    glued = not multiple and match.end("number") == at and number[-1].isdigit()
    if glued and not match.group("joint") and rest[:1].isalpha():
        return None
    unit, end = _unit(rest)
    if not unit:
        # "10 bis 15 Wohnungen": the unit stands behind the second number.
        second = _TO.match(text, at)
        behind = _REST.match(text, second.end()) if second else None
        if behind is None:
            return None
        at = behind.start()
        unit, end = _unit(behind.group())
    if unit.lower() in _FRACTIONS:
        return None
    if not unit or (_PLAIN_YEAR.fullmatch(number) and unit not in _UNITS.values()):
        return None
    if _is_told(text, match.start(), at + end, unit):
        return None
    every = _EVERY.search(text, 0, match.start())
    start, stop = every.start() if every else match.start(), at + end
    return Quantity(
        value=_value(number) * _MULTIPLES.get(multiple.lower(), 1.0),
        unit=unit,
        text=text[start:stop].strip(),
        per="" if unit in _SPANS else _per(text[: match.start()], text[stop:]),
    )


_ONE = frozenset("ein eine einen einem".split())
_MEASURE = re.compile(r"(?:prozent|prozentpunkt|promille|euro|cent|%|€)(?!\w)", re.IGNORECASE)


def _is_told(text: str, start: int, stop: int, unit: str) -> bool:
    """Whether a number says how things are or for whom, and nothing that one could hold a pledge to."""
    before, behind = text[max(0, start - 40) : start], text[stop : stop + 30]
    if _TOLD_BEHIND.match(behind) or _BACK_THEN.search(before):
        return True
    if unit == "Jahre" and _OF_AN_AGE.search(before):
        return True
    return bool(_INHABITANTS.match(unit)) and not _GROWING_TO.search(before)


_BACK_THEN = re.compile(
    r"\b(?:vor|seit|(?:in|während) den (?:letzten|vergangenen)|(?:letzten|vergangenen)) (?:über |mehr als |rund |etwa |gut |fast |knapp )?$",
    re.IGNORECASE,
)
_TOLD_BEHIND = re.compile(
    r"\s(?:gestiegen|gesunken|gewachsen|teurer geworden|verloren|alten?\b|zuvor|lang\b.{0,20}\bgewartet)"
)
_OF_AN_AGE = re.compile(r"\b(?:unter|über|ab|(?<!innerhalb )von|zwischen \S+ und) $", re.IGNORECASE)
_INHABITANTS = re.compile(r"einwohner(?:n|innen)?$|menschen$", re.IGNORECASE)
_GROWING_TO = re.compile(r"\b(?:auf|für|mindestens|weitere) $", re.IGNORECASE)
_PLAIN_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBERED = re.compile(
    r"(?:§|\bAbsatz|\bSatz|\bZiffer|\bZimmer|\bRaum|\bHaus|[a-zäöü](?:weg|platz|allee|gasse|ring)|\bArtikel|\bArt\.|\bNr\.|\bKapitel|\bSeite|\bTempo|\bAbs\.|\bB|\bA|\bL|[Ss]traße|\bPhase|\bKlasse|\bLinie|"
    r"\bTel\.?)\s?$"
)


def _value(number: str) -> float:
    if number in _ONE:
        return 1.0
    if number in _NUMBER_WORDS:
        return float(_NUMBER_WORDS[number])
    return float(re.sub(r"[.\s\u202f]", "", number).replace(",", "."))


def _unit(rest: str) -> tuple[str, int]:
    """The unit in the words behind a number and where it ends: "neue Bäume in" gives ("Bäume", 10)."""
    position = 0
    for word in re.finditer(r"[^\s]+", rest):
        low = word.group().lower()
        joined = low.split("-")[0]
        if low in _UNITS:
            return _UNITS[low], word.end()
        if joined in _UNITS and "-" in low:
            return _UNITS[joined], word.end()
        if low in _NO_UNIT:
            return "", position
        if word.group()[0].isupper():
            return word.group(), word.end()
        if not _ENDINGS.search(low):
            return "", position
        position = word.end()
    return "", position


def _per(before: str, behind: str) -> str:
    for found in (_PER_BEHIND.search(behind), _PER_BEFORE.search(before[-80:])):
        if found:
            groups = [group for group in found.groups() if group]
            last = groups[-1].lower()
            return _PERIODS.get(last, last.capitalize())
    return ""
