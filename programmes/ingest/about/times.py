"""When is it from: the year (of the election for programmes, of publication otherwise) and the date.

Years that are none of it: the end of a term, a target, a law's year, an old running head, a copyright, the
budget that a speech is about.
"""

from __future__ import annotations

import re

from programmes.ingest.about.names import around
from programmes.ingest.about.zones import Zones
from programmes.ingest.pieces import Kind

YEAR = r"((?:19[4-9]|20[0-4])\d)"
MONTH_NAMES = (
    "januar februar märz april mai juni juli august september oktober november dezember".split()
)
MONTHS = {name: number for number, name in enumerate(MONTH_NAMES, 1)} | {
    "jan": 1, "feb": 2, "mrz": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "okt": 10, "nov": 11, "dez": 12, "jänner": 1,
}  # fmt: skip
MONTH = "(" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\.?"
WAHL = r"(?:kommunal|kreistags|stadtrats|gemeinderats|rats|bürgermeister(?:innen)?|oberbürgermeister|ob-?|regions|bürgerschafts|kreis|gemeinde|landrats|stadtverordneten|ortsrats|samtgemeinde|stadt|super)?-?wahl(?:en)?"
# Each gives the year in its first group.
ELECTION = (
    re.compile(
        rf"\b\w{{0,40}}programm\w{{0,20}}(?:[ \t]+(?!bis\b|ab\b|seit\b)[\w./&-]+){{0,14}}?[ \t]+(?:\d{{1,2}}\.[ \t]*(?:\d{{1,2}}\.|{MONTH})[ \t]*)?{YEAR}\b(?!\s*Uhr)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b{WAHL}\b(?:[ \t]+(?!bis\b|ab\b|seit\b|nach\b|vor\b)[\w./()-]+){{0,6}}?[ \t]+(?:am[ \t]+|vom[ \t]+)?(?:\d{{1,2}}\.[ \t]*(?:\d{{1,2}}\.|{MONTH})[ \t]*)?{YEAR}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:am|vom)\s+(?:\w+tag,?\s+(?:dem\s+|den\s+)?)?\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{MONTH})\s*{YEAR}\b[^.\n]{{0,50}}\b(?:{WAHL}|wählen|gewählt|zur wahl|ihre stimmen?)\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:wählen|wahltag|wahlsonntag|stimmen?)\b[^.\n]{{0,60}}?\bam\s+(?:\w+tag,?\s+(?:dem\s+|den\s+)?)?\d{{1,2}}\.\s*(?:\d{{1,2}}\.|{MONTH})\s*{YEAR}\b",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{YEAR}\s+{WAHL}\b", re.IGNORECASE),
)
VISION = 2030  # a programme "2035" without a word of an election names its aim
TERM_OF_OFFICE = re.compile(
    rf"\b(?:wahlperiode|legislatur(?:periode)?|amtszeit|ratsperiode|wahlzeit|programm|für)\b[^\n\d]{{0,20}}{YEAR}\s*(?:[-–—/]|bis)\s*(?:20)?\d\d\b",
    re.IGNORECASE,
)
HEAD_SPAN = re.compile(rf"\b{YEAR}\s*(?:[-–—/]|bis)\s*(?:20)?\d\d\b(?!-\d)")  # not 2026-02-11
TITLED = re.compile(
    rf"\b(?:programm|wahl|ziele|plan)\w*\b[^\n]{{0,60}}\b{YEAR}\b(?!\s*(?:[-–/]|bis))|\b{YEAR}\b[^\n]{{0,30}}\b(?:programm|wahl)\w*\b",
    re.IGNORECASE,
)
NOT_BEFORE = re.compile(
    r"(?:\bbis(?:\s+(?:zum\s+)?(?:jahr|ende|spätestens|sommer|herbst|märz|mai|juni))?|\bseit(?:\s+der\s+\w+)?|\bab|\bnach der \w*wahl|\bende(?:\s+der)?|\bvision|\bagenda|\bklimaneutral(?:ität)?|\bgesetz(?:es)?(?:\s+von)?|"
    r"wahlperiode|legislaturperiode|haushalt\w*|zensus|corona\w*|\bletzten?\s+\w*wahl(?:en)?(?:\s+(?:im jahr|am))?|\bbeschlossen\s+am[\d. ]*|©|copyright|\(c\))\s*$",
    re.IGNORECASE,
)
PAST = re.compile(
    r"\b(?:letzten?|vergangenen?|vorigen?|bei der|nach der|seit der|schon|bereits)\s+\w*wahl(?:en)?\s+(?:am\s+|im\s+)?[\w. ]*$",
    re.IGNORECASE,
)
ISO = re.compile(rf"\b{YEAR}-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?(?!\d)")
NUMERIC = re.compile(rf"\b(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?{YEAR}\b")
SHORT = re.compile(r"\b(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?(\d\d)(?![\d.])")
WORDS = re.compile(rf"\b(0?[1-9]|[12]\d|3[01])\.\s*{MONTH}\s+{YEAR}\b", re.IGNORECASE)
MONTH_ONLY = re.compile(rf"\b{MONTH}\s+{YEAR}\b", re.IGNORECASE)
DECIDED = re.compile(
    r"(?:beschlossen|verabschiedet|beschluss|beschlossenes|stand|datum|date|veröffentlicht|erstellt|pressemitteilung|pressemeldung|presseinformation|aktualisiert|gehalten|eingereicht|angelegt|vorgelegt|parteitag|mitgliederversammlung|versammlung|vom)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
ELSEWHERE = re.compile(
    r"\b(?:schreiben|artikel|zeitung|anzeiger|blatt|[A-Z]{2,4}|\w{0,30}gericht\w{0,6}|urteils?|gesetz(?:es)?|erlass|antrag|anfrage|bescheid)\b[^\n]{0,40}\bvom\s+(?:\w+tag,?\s+)?$"
)  # another paper's date
OF = re.compile(r"\bvom\s+(?:\w+tag,?\s+)?$")
OWN = re.compile(
    r"(?:beschlossen|beschluss(?:es)?|verabschiedet|fassung|stand|mitteilung|meldung|information|programm\w*|parteitag\w*|versammlung|antrag|anfrage|rede|sitzung)\b[^\n]{0,40}\bvom\s+(?:\w+tag,?\s+)?$",
    re.IGNORECASE,
)
FORMAL = re.compile(r"(?:beschlossen|verabschiedet|beschluss)\b[^\n]{0,80}$", re.IGNORECASE)
EVENT = re.compile(
    rf"(?:{WAHL}|wählen|gewählt|wahltag|wahlsonntag|sitzung\w*|termin\w*|einladung|lädt|stattfinde\w*|ratssitzung|\ban\s+den\s+rat|ausschuss\w*|tagesordnung|frist|bis(?: zum)?|ab|seit|spätestens|inkrafttreten|geboren)\b[^\n]{{0,40}}$",
    re.IGNORECASE,
)
SITTING = re.compile(r"sitzung|rat\b|kreistag|gehalten|rede", re.IGNORECASE)
# "Musterstadt, den 4. Mai 2023", "(Köln, 3.2.22) –"; not "Am 4. Mai 2023 beschloss der Rat".
NO_TOWN = r"(?!(?:Am|Im|In|Vom|Ab|Bis|Seit|Zum|Zur|Der|Die|Das|Den|Wenn|Auf|Nach|Vor|Bei|Mit|In)\b|\w*(?:[Ww]ahl(?:en)?|[Tt]ag|[Rr]at|[Ss]itzung|[Ss]tand)\b)"
DATELINE = re.compile(
    rf"^[^\w\n]{{0,3}}{NO_TOWN}(?:[A-ZÄÖÜ][\wäöüßÄÖÜ.-]+(?:[ /-](?:[A-ZÄÖÜ(][\wäöüßÄÖÜ.()-]+|an|der|am|im|in|bei|ob)){{0,4}},?\s*+\(?(?:den|am|vom)?\s*+|\(\s*+)(?<!\d)((?:0?[1-9]|[12]\d|3[01])\.\s?(?:(?:0?[1-9]|1[0-2])\.|(?i:{MONTH}))\s?\d{{2,4}})",
    re.MULTILINE,
)
PRESS_NUMBER = re.compile(
    rf"\b(?:presse\w+|medien\w+|pm|nr\.?)\s*(?:nr\.?\s*)?\d{{1,3}}\s*/\s*{YEAR}\b", re.IGNORECASE
)
URL_DATE = re.compile(rf"/{YEAR}/(0[1-9]|1[0-2])(?:/(0[1-9]|[12]\d|3[01]))?/")


def find(
    zones: Zones, kind: Kind | None, evidence: dict[str, str]
) -> tuple[int | None, str | None]:
    """Year and ISO date, each None where nothing says it."""
    when, words = _date(zones, kind)
    if when:
        evidence["date"] = words
    if kind in ("programme", None):
        year, said = _election_year(zones, everywhere=kind == "programme")
        if year is None and kind == "programme":
            year, said = _cover_year(zones)
        if year is None and kind == "programme":
            year, said = _name_year(zones)
        if year is not None:
            evidence["year"] = said
            return year, when
        if kind == "programme":
            return None, when
    if when:
        evidence["year"] = words
        return int(when[:4]), when
    if kind == "press" and (
        found := PRESS_NUMBER.search(zones.head + "\n" + zones.body[:300] + "\n" + zones.foot)
    ):
        evidence["year"] = f"„{found[0]}“"
        return int(found[1]), None
    if kind in ("press", "motion"):
        year, said = _name_year(zones)
        if year is not None:
            evidence["year"] = said
            return year, None
    return None, None


def _election_year(zones: Zones, *, everywhere: bool) -> tuple[int | None, str]:
    """The year of the election that a text says it is for; only its head may say so, unless `everywhere`."""
    running = (zones.body[:1500], zones.foot, zones.body[1500:8000], zones.body[-1500:])
    for where in (zones.head, zones.said, *(running if everywhere else ())):
        strict = where is not zones.head and where is not zones.said
        for pattern in ELECTION:
            for found in pattern.finditer(where):
                year = next(
                    (
                        group
                        for group in found.groups()[::-1]
                        if group and group.isdigit() and len(group) == 4
                    ),
                    None,
                )
                if year is None:
                    continue
                start = where.rindex(year, found.start(), found.end())
                before = where[max(0, start - 40) : start]
                if NOT_BEFORE.search(before) or PAST.search(
                    where[max(0, found.start() - 30) : start]
                ):
                    continue
                if int(year) >= VISION and "wahl" not in found[0].lower():
                    continue
                if (
                    strict
                    and pattern is ELECTION[0]
                    and not re.search(r"wahl", found[0], re.IGNORECASE)
                ):
                    continue
                return int(year), around(where, found.start(), found.end(), 20)
        if not strict:
            for pattern in (TERM_OF_OFFICE, TITLED, HEAD_SPAN):
                for found in pattern.finditer(where):
                    year = found[1] or (
                        found[2] if found.lastindex and found.lastindex > 1 else None
                    )
                    if year and int(year) >= VISION and "wahl" not in found[0].lower():
                        continue
                    if year and not NOT_BEFORE.search(
                        where[max(0, found.start() - 40) : where.index(year, found.start())]
                    ):
                        return int(year), around(where, found.start(), found.end(), 20)
    return None, ""


def _cover_year(zones: Zones) -> tuple[int | None, str]:
    """A year in a line of its own on the cover of a programme, the only one there."""
    years = set(re.findall(rf"\b{YEAR}\b", zones.head))
    alone = re.search(rf"^\W*{YEAR}\W*$", zones.head, re.MULTILINE)
    named = re.search(r"programm|wahl", zones.head, re.IGNORECASE)
    if alone and named and len(years) == 1 and int(alone[1]) < VISION:
        return int(alone[1]), f"„{alone[1]}“"
    return None, ""


def _name_year(zones: Zones) -> tuple[int | None, str]:
    """A year in the file's name (Aalen_SPD_2024, ac94spd) or its folder; none in names that are mere codes."""
    name = zones.name
    if re.fullmatch(r"[0-9a-f_-]{16,}|\d{3}_[0-9a-f]{12,}", name):
        return None, ""
    years = re.findall(rf"(?<!\d){YEAR}(?!\d)", name)
    if len(set(years)) == 1 and re.search(r"[A-Za-zÄÖÜäöüß]{2}", name):
        return int(years[0]), name
    short = re.fullmatch(r"[a-z]{1,4}(\d\d)[a-z]{2,6}", name)
    if short:
        number = int(short[1])
        return (1900 if number > 40 else 2000) + number, name
    folders = zones.path.split(" / ")[:-1]
    for folder in reversed(folders):
        if re.fullmatch(rf"\D{{0,30}}{YEAR}\D{{0,10}}", folder) and re.search(
            r"wahl|programm|^\s*\d{4}\s*$", folder, re.IGNORECASE
        ):
            found = re.search(YEAR, folder)
            return (int(found[0]), folder.strip()) if found else (None, "")
    return None, ""


def _date(zones: Zones, kind: Kind | None) -> tuple[str | None, str]:
    """A date in the head, or one that a text says it was decided, published or written on."""
    for where in (zones.head, zones.body[:300]):
        found = DATELINE.search(where)
        if found and (kind == "programme" or EVENT.search(where[found.start() : found.start(1)])):
            found = None  # "Ein Rückblick auf die Kommunalwahl vom 26. Mai 2019"
        if found and (iso := _first_date(found[1])):
            return iso, f"„{found[0].strip()}“"
    for where, needs_word in (
        (zones.head, kind == "programme"),
        (zones.body[:300], True),
        (zones.body[-300:], True),
        (zones.foot, True),
    ):
        if best := _best(where, needs_word, kind, running=where is not zones.head):
            return best
    if zones.published and kind != "programme" and (iso := _first_date(zones.published)):
        return iso, zones.published
    if kind not in ("programme",):
        if found := URL_DATE.search(zones.said):
            return "-".join(part for part in found.groups() if part), found[0]
        stem = re.match(rf"{YEAR}[-_.](0[1-9]|1[0-2])[-_.](0[1-9]|[12]\d|3[01])(?!\d)", zones.name)
        if stem:
            return "-".join(stem.groups()), zones.name
    return None, ""


def _best(
    where: str, needs_word: bool, kind: Kind | None, *, running: bool
) -> tuple[str, str] | None:
    best: tuple[int, int, str, str] | None = None
    for pattern in (ISO, NUMERIC, WORDS, MONTH_ONLY, SHORT):
        for found in pattern.finditer(where):
            line = where.rfind("\n", 0, found.start()) + 1
            before = where[max(line, found.start() - 70) : found.start()]
            if pattern is MONTH_ONLY and re.search(r"\d\.?\s*$", before):
                continue  # a whole date that was passed over
            speech = kind == "other" and SITTING.search(before)
            if EVENT.search(before) and not FORMAL.search(before) and not speech:
                continue
            after = where[found.end() : found.end() + 40]
            if re.match(r"[^\n]{0,30}\b(?:\w{0,20}wahl(?:en)?\b|wählen)", after) or re.match(
                r"\s*(?:bis|[-–])\s*\d", after
            ):
                continue
            said = bool(DECIDED.search(before) or speech) and not ELSEWHERE.search(before)
            if running and OF.search(before) and not OWN.search(before):
                said = False  # "die Antwort vom 3. Mai": another paper's
            if (needs_word or pattern in (MONTH_ONLY, SHORT)) and not said:
                alone = where[line:].split("\n", 1)[0].strip(" .,|") == found[0].strip(" .")
                if not (alone and not needs_word) and not (
                    alone and pattern is MONTH_ONLY and where.count("\n") < 12
                ):
                    continue
            iso = _iso(pattern, found)
            if iso is None:
                continue
            rank = (0 if FORMAL.search(before) else 1 if said else 2, found.start())
            if best is None or rank < best[:2]:
                best = (*rank, iso, around(where, found.start(), found.end()))
    return (best[2], best[3]) if best else None


def _first_date(words: str) -> str | None:
    for pattern in (ISO, NUMERIC, WORDS, SHORT):
        if (found := pattern.search(words)) and (iso := _iso(pattern, found)):
            return iso
    return None


def _iso(pattern: re.Pattern[str], found: re.Match[str]) -> str | None:
    if pattern is ISO:
        return "-".join(part for part in found.groups() if part)
    if pattern is MONTH_ONLY:
        return f"{found[2]}-{MONTHS[found[1].lower()]:02}"
    day, month, year = found.groups()
    if len(year) == 2:
        year = ("19" if int(year) > 40 else "20") + year
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    return f"{year}-{number:02}-{int(day):02}"
