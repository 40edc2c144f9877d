"""Which kind of text is it: programme, press text, motion, or something else?

A text is what it calls itself, unless it only tells of one: the report of a programme's presentation is no
programme. One that calls itself nothing is judged by how it speaks; where that does not settle it, nothing is said.
"""

from __future__ import annotations

import re

from programmes.ingest.about.names import around
from programmes.ingest.about.voice import COMMITS, PARTIES, PRESS, QUOTE, Voice
from programmes.ingest.about.zones import Zones
from programmes.ingest.pieces import Kind, Text

PROGRAMME = re.compile(
    r"\b\w{0,40}wahlprogramm\w{0,40}|\bwahlplattform|\bprogramm\s+(?:zur|für die|zu den)\s+\w{0,40}wahl|\bkommunalprogramm|\bkommunalpolitisch\w+\s+(?:programm|leitlinien|grundsatzprogramm)|\bkommunale\s+leitlinien|"
    r"\bregierungsprogramm\b|\bwahlaufruf|\bunsere?\s+ziele\s+für|\bunser\s+(?:programm|plan)\s+für|\bzukunftsprogramm|\bstadtprogramm|\bkurzprogramm|\b\d+-?\s?punkte-?programm",
    re.IGNORECASE,
)
# The election alone: a programme for it, or a report from the campaign.
ELECTION = re.compile(
    r"\b(?:kommunal|kreistags|stadtrats|gemeinderats|rats|bürgermeister|ob-|oberbürgermeister|regions|bürgerschafts|landrats|gemeinde)wahl(?:en)?\b(?=[^.\n]{0,30}\d{4})",
    re.IGNORECASE,
)
# What else is headed by an election: "Unser Statement zur Bürgermeisterwahl 2024".
NO_AIM = re.compile(
    r"\b(?:statement|stellungnahme|kommentar|interview|gespräch|analyse|wahlanalyse|rückblick|einladung|termine?|ergebnis\w{0,3}|dank\w{0,4})\b",
    re.IGNORECASE,
)
IN_HEAD = re.compile(r"\bprogramm\b|\bleitantrag\b", re.IGNORECASE)
# "Unsere Ziele", "Das wollen wir": a programme, if what follows commits itself.
AIMS = re.compile(
    r"^(?:(?:das sind\s+)?unsere?\s+(?:ziele|schwerpunkte|positionen|forderungen|themen|vorhaben)\b|(?:\d{1,2}|fünf|sieben|zehn|zwölf)\s+(?:punkte|ziele|ideen|vorhaben|schwerpunkte)\s+für\s|(?:das|was)\s+wir\s+wollen|wofür\s+\w[^\n]{0,40}steh(?:t|en)\b|dafür\s+stehen\s+wir|grüne\s+ziele\b|wir\s+wollen\b)",
    re.IGNORECASE | re.MULTILINE,
)
NO_PROGRAMME = re.compile(
    r"\b(?:kein|ohne|statt)\w*\s+(?:[\wäöüß]+\s+){0,3}\w{0,30}programm|\b(?:[Ii]hr|[Ee]uer)\w{0,3}\s+\w{0,20}programm|(?:wahl)?programm\b[^.\n]{0,120}\b(?:haben wir nicht|hat\s+[^.\n]{0,40}\bnicht\b)|\b(?:in|aus|zu)\s+(?:unserem|unserm|ihrem|dem)\s+\w{0,12}(?:wahl)?programm",
    re.IGNORECASE,
)
TELLS = re.compile(
    r"\b(?:stellt|stellen|präsentiert|präsentieren|verabschiedet|beschließt|beschließen|vorgestellt|verabschieden|legt|legen|diskutiert|diskutieren|kritisiert|veröffentlicht|veröffentlichen|berät|beraten|arbeitet|arbeiten)\b",
    re.IGNORECASE,
)
MOTION_HEAD = re.compile(
    r"^[^\S\n]*+(?:(?:gemeinsamer?|interfraktioneller|fraktionsübergreifender)\s+)?(?:antrag|anträge|anfrage|anfragen|\w{1,30}antrag|resolution)\b(?!\w)(?:[^.\n]|(?<=\d)\.){0,160}$",
    re.IGNORECASE | re.MULTILINE,
)
MOTION = re.compile(
    r"\bmögen?\s+(?:\w+\s+){0,4}(?:beschließen|beschliessen)|^[^\S\n]*+beschluss(?:vorschlag|antrag)\b|\b(?:hiermit\s+)?beantrag(?:en|t)\s+(?:wir|die\s+fraktion|die\s+\w+-fraktion)|"
    r"\bwir\s+beantragen\b[^.\n]{0,60}:|\bstellt\s+(?:die|den)\s+[^.\n]{0,60}folgenden\s+antrag|\bfolgenden\s+antrag\s+(?:auf|zur|in|zu|an)\b|\bstell(?:t|en)\b[^.]{0,120}?\bfolgenden\s+antrag\b|^[^\S\n]*+(?:antragsteller|antragstext)\b|"
    r"\b(?:antrag|anfrage)\s+(?:gem(?:äß|\.)|nach)\s+§|\bbitten wir (?:die verwaltung )?um (?:die )?beantwortung (?:der )?folgende",
    re.IGNORECASE | re.MULTILINE,
)
# What a motion asks for; a headline "Antrag der X" over a report has none of it.
ASKS = re.compile(
    r"\b(?:beschließ\w+|beschliess\w+|beantrag\w+|beauftrag\w+|wird\s+(?:gebeten|aufgefordert)|begründung|antragsteller\w*|sehr\s+geehrte\w?|der\s+antrag\s+lautet)\b",
    re.IGNORECASE,
)
SPEECH = re.compile(
    r"\b(?:haushalts?|etat|sprecher|grundsatz|antritts|neujahrs|fest|partei ?tags)rede\b|\b\w{0,30}fraktions\w{0,20}rede\b|\brede\s+zu[mr]\s+(?:haushalt|etat|verabschiedung)|\bes gilt das gesprochene wort|\bstellungnahme\s+(?:der\s+[^.\n]{0,60})?zum\s+haushalt|\bhaushaltsstellungnahme|\bneujahrsansprache|\brede\s+(?:von|der|des)\s|\brede\s+zur\b",
    re.IGNORECASE,
)
BUDGET_SPEECH = re.compile(
    r"\b(?:haushalts|etat)rede\s+(?:der|des|von|zum)\b|\bstellungnahme\s+(?:der|des|von)\s[^.\n]{0,80}\bzum\s+\w{0,10}haushalt",
    re.IGNORECASE,
)
SPOKEN = re.compile(r"\bes gilt das gesprochene wort", re.IGNORECASE)
# A salutation to a council: a speech, or the letter to which a motion belongs.
TO_COUNCIL = re.compile(
    r"^[„“\"]?(?:Frau|Herr)\s+(?:Stadtverordnetenvorsteher|Vorsitzende|Kreistagsvorsitzende|Präsident|Landr[aä]t|(?:Ober)?[Bb]ürgermeister)\w{0,10},\s+(?:meine|liebe|verehrte|sehr|werte|geschätzte)\b|^[„“\"]?(?:Sehr\s+(?:ge|ver)ehrte|Liebe|Werte|Verehrte)[^\n]{0,120}\b(?:Kolleg|Ratsmitglied|Stadtverordnete|Kreistagsmitglied|(?:Ober)?[Bb]ürgermeister|Landr[aä]t|Kämmerer|Präsident|Ratsvorsitzende)",
    re.MULTILINE,
)
OTHER = re.compile(
    r"\b(?:koalitions|kooperations|bündnis|zusammenarbeits)(?:vertrag|vereinbarung)|\b(?:vereinbarung|vertrag)\s+(?:über|zur|für|zu einer)\s+(?:die\s+|eine\s+)?(?:\w+\s+)?(?:zusammenarbeit|kooperation|koalition)|^\W*(?:herzliche\s+)?einladung\b|\bsatzung\b|\bprotokoll(?:\s+(?:der|über)|:)|\bniederschrift\b|(?<!nach der )(?<!gemäß der )(?<!\d der )(?<!gem\. der )\bgeschäftsordnung\b|\bwahlergebnis",
    re.IGNORECASE | re.MULTILINE,
)
ALLIANCE = re.compile(
    r"\b(?:(?:koalitions|kooperations|bündnis|zusammenarbeits)(?:vertrag|vereinbarung)|(?:vereinbarung|vertrag)\s+(?:über|zur|für)\s+(?:die\s+|eine\s+)?(?:\w+\s+)?(?:zusammenarbeit|kooperation|koalition))\b[^.]{0,90}\bzwischen\b",
    re.IGNORECASE,
)
# A title under which a party shows itself, its history or its people.
ABOUT_US = re.compile(
    r"^(?:über\s+(?:uns\b|die\s+\w+)|wer\s+(?:wir\s+sind|ist|sind)\b|wir\s+über\s+uns|unser\s+(?:team|leitfaden|leitbild|selbstverständnis|vorstand)\b|(?:unser\s+)?selbstverständnis\b|(?:unser\s+)?leitbild\b|"
    r"unsere\s+(?:kandidat\w*|geschichte|fraktion|mitglieder|ratsmitglieder|mandatsträger\w*|grundwerte|werte)\b|(?:die\s+)?kandidat(?:en|innen)\b|chronik\b|mitglied werden\b|was uns ausmacht\b)",
    re.IGNORECASE,
)
# A day in the head of a text that calls itself nothing: it is of that day, and no programme.
DATED = re.compile(r"(?<!am )\b\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ][a-zäöü]{2,8})\s?(?:20)?\d\d\b")
DATED_FIRST = re.compile(
    r"[A-ZÄÖÜ][\wäöüß.-]+(?: \([^)\n]{2,20}\))?,\s(?:den\s|am\s)?\d{1,2}\.\s?(?:\d{1,2}\.|[A-ZÄÖÜ])"
)
PERSON = re.compile(
    r"\b(?:geb\.|geboren|Jahrgang)\s+(?:\d{1,2}\.\s?\d{1,2}\.\s?)?(?:19|20)\d\d|\bverheiratet\b|\bHobbys\b|\b(?:Beruf|Familienstand|Alter|Listenplatz)\s?:|\b[Ii]ch (?:kandidiere|bewerbe mich|bin \d\d Jahre)",
)
# "Wie stehen Sie zu …?", in a line of its own: an interview, or a list of questions.
QUESTION = re.compile(
    r"^(?:(?:Frage|\d{1,2})\W{0,3}(?:\d{1,2}\W{0,2})?)?[^\n?.]{0,160}\b(?:Sie|Ihr\w{0,2}|Ihnen|du|dir)\b[^\n?]{0,160}\?\s*$",
    re.MULTILINE,
)
ANSWERING = re.compile(
    r"\b(?:antwort\w*\s+[^\n]{0,60}\b(?:fragen|wahlprüfsteine?n?|fragenkatalog)|wahlprüfsteine?|interview)\b",
    re.IGNORECASE,
)
EDITORIAL = re.compile(
    r"\b(?:Redaktion|dieser Zeitung|unserer Zeitung|(?:im|Im) (?:Gespräch|Interview) mit (?:der|dem|unserem|unserer)\s+\w*(?:[Zz]eitung|[Bb]latt|[Aa]nzeiger|[Rr]adio))\b"
)
# "CDU: Wir setzen auf …", party by party: a survey.
ANSWERS = re.compile(rf"(?:^|[.!?]\s+)({PARTIES.pattern})\s*:", re.MULTILINE)
BYLINE = re.compile(r"^(?:Von|Text:)\s+(?:Dr\.\s+)?[A-ZÄÖÜ]")


def find(zones: Zones, text: Text, voice: Voice, evidence: dict[str, str]) -> Kind | None:
    """The kind, by what the text calls itself, then by how it speaks."""
    opening = zones.head + "\n" + zones.body[:600]
    found = (
        _first(((PRESS, opening),), "press", evidence)
        or _speech(zones, voice, evidence)
        or _of_itself(zones, voice, evidence)
        or _first(((OTHER, zones.head), (ALLIANCE, zones.body[:160])), "other", evidence)
        or _programme(((PROGRAMME, zones.head),), zones, voice, evidence)
        or _motion(zones, voice, evidence)
        or _programme(
            (
                (ELECTION, zones.head),
                (AIMS, zones.head),
                (IN_HEAD, zones.head),
                (PROGRAMME, zones.said),
                (PROGRAMME, zones.body[:2000] + "\n" + zones.foot),
            ),
            zones,
            voice,
            evidence,
        )
    )
    if found:
        return found
    if text.reader == "antragsgruen":
        evidence["kind"] = zones.head.split("\n", 1)[0]
        return "motion"
    byline = next((b.text for b in text.blocks if b.kind == "meta" and BYLINE.match(b.text)), None)
    if byline:
        evidence["kind"] = byline
        return "press"
    return _by_voice(zones, voice, evidence)


def _first(
    where: tuple[tuple[re.Pattern[str], str], ...], kind: Kind, evidence: dict[str, str]
) -> Kind | None:
    for pattern, words in where:
        if found := pattern.search(words):
            evidence["kind"] = around(words, found.start(), found.end())
            return kind
    return None


def _speech(zones: Zones, voice: Voice, evidence: dict[str, str]) -> Kind | None:
    """A speech says so, or begins as one; a motion does, too, and a report may be headed "Haushaltsrede"."""
    opening = zones.head + "\n" + zones.body[:700]
    greets = TO_COUNCIL.search(opening)
    if not _is_formal(zones) and greets:
        return _first(((SPEECH, zones.head), (TO_COUNCIL, opening)), "other", evidence)
    if _is_formal(zones) and (not SPEECH.search(zones.head) or MOTION_HEAD.search(zones.head)):
        return None
    if voice.first_quote and voice.reporting >= 1 and voice.we < 0.8 and not greets:
        return None
    spoken = zones.head + "\n" + zones.body[:600] + "\n" + zones.foot
    first = zones.body.split("\n", 1)[0][:300]
    return _first(
        ((SPEECH, zones.head), (SPOKEN, spoken), (BUDGET_SPEECH, first)), "other", evidence
    )


def _of_itself(zones: Zones, voice: Voice, evidence: dict[str, str]) -> Kind | None:
    """A page on which a party or a person introduces itself."""
    if PROGRAMME.search(zones.head) or (voice.quotes and voice.reporting >= 2 and voice.we < 0.8):
        return None
    title = zones.head.split("\n", 1)[0]
    others = {found[:3] for found in PARTIES.findall(zones.head + "\n" + zones.body[:900])}
    if len(others) < 3 and (found := ABOUT_US.search(title)):
        evidence["kind"] = f"„{title[found.start() :].strip()}“"
        return "other"
    people = list(PERSON.finditer(zones.head + "\n" + zones.body[:6000]))
    if len(people) >= 3 or (voice.me >= 2.0 and voice.me > voice.we):
        words = re.search(r"\b[Ii]ch\b", zones.body) if len(people) < 3 else people[0]
        if words is not None:
            where = zones.body if len(people) < 3 else zones.head + "\n" + zones.body[:6000]
            evidence["kind"] = around(where, words.start(), words.end())
            return "other"
    return None


def _programme(
    where: tuple[tuple[re.Pattern[str], str], ...],
    zones: Zones,
    voice: Voice,
    evidence: dict[str, str],
) -> Kind | None:
    for pattern, words in where:
        for found in pattern.finditer(words):
            in_head = words is zones.head
            if _tells_of_it(words, found, voice) or _speaks_of_none(words, found):
                continue
            named = pattern is PROGRAMME or pattern is IN_HEAD
            if voice.reporting >= (3 if not (named and in_head) else 5) and not voice.commits:
                continue
            if not in_head and (voice.quotes >= 2 or voice.reporting >= 2 or not voice.commits):
                continue
            if pattern is AIMS and (
                not (voice.commits or voice.we >= 2.5 or _is_list(zones))
                or NO_PROGRAMME.search(zones.body[:800])
            ):
                continue
            if pattern is ELECTION and NO_AIM.search(_line(words, found)):
                continue
            if pattern is ELECTION and not (
                voice.reporting <= 1 and (voice.commits or (voice.we >= 1.0 and _is_list(zones)))
            ):
                continue
            evidence["kind"] = around(words, found.start(), found.end())
            return "programme"
    return None


def _is_list(zones: Zones) -> bool:
    lines = [line for line in zones.body.split("\n") if line]
    return len(lines) >= 6 and sum(len(line.split()) <= 14 for line in lines) * 2 > len(lines)


def _speaks_of_none(where: str, found: re.Match[str]) -> bool:
    """A programme that a text has not, or that it points to: "mehr in unserem Wahlprogramm"."""
    return any(
        other.start() <= found.start() < other.end()
        for other in NO_PROGRAMME.finditer(where, max(0, found.start() - 160), found.end() + 160)
    )


def _tells_of_it(where: str, found: re.Match[str], voice: Voice) -> bool:
    """Does a headline tell of a programme, rather than head one?"""
    line = _line(where, found)
    return bool(TELLS.search(line)) and (voice.quotes >= 1 or len(line) < 160)


def _line(where: str, found: re.Match[str]) -> str:
    stop = where.find("\n", found.end())
    return where[where.rfind("\n", 0, found.start()) + 1 : stop if stop >= 0 else len(where)]


def _motion(zones: Zones, voice: Voice, evidence: dict[str, str]) -> Kind | None:
    where = zones.head + "\n" + zones.body[:2500]
    below = zones.head.split("\n", 1)[-1] if "\n" in zones.head else ""
    asks = ASKS.search(f"{below}\n{zones.body[:4000]}")
    for pattern in (MOTION_HEAD, MOTION):
        found = pattern.search(where)
        if not found or (voice.quotes >= 1 and not _is_formal(zones)):
            continue
        if pattern is MOTION_HEAD and not asks:
            continue
        evidence["kind"] = around(where, found.start(), found.end())
        return "motion"
    return None


def _is_formal(zones: Zones) -> bool:
    return bool(
        re.search(
            r"mögen?\s+(?:\w+\s+){0,4}beschließen|\bfraktion(?:en)?\b[^.\n]{0,60}\bbeantrag(?:t|en)\b|\bstell(?:t|en)\b[^.]{0,120}?\bfolgenden\s+antrag\b|^beschlussvorschlag|^antrag\b|^(?:\w+\s)?anfrage\b|\bbeantragen wir\b|\bwir beantragen\b",
            zones.head + "\n" + zones.body[:2500],
            re.IGNORECASE | re.MULTILINE,
        )
    )


def _by_voice(zones: Zones, voice: Voice, evidence: dict[str, str]) -> Kind | None:
    """A text that tells what others did and said reports of them; one that says "wir wollen" commits itself."""
    body = zones.body
    if voice.first_quote and (
        (voice.reporting >= 3 and voice.commits <= voice.quotes)
        or (voice.quotes >= 2 and voice.commits <= voice.quotes // 2)
        or (zones.published and not voice.commits)
        or (voice.reporting >= 2 and not voice.commits and voice.we < 0.8)
        or (not voice.commits and (DATED.search(zones.head) or DATED_FIRST.match(body)))
    ):
        start, end = voice.first_quote
        evidence["kind"] = around(body, start, min(end, start + 60))
        return "press"
    newspaper = voice.distance >= 2 and voice.reporting >= 1
    if (voice.reporting >= 3 or newspaper) and not voice.commits and voice.we < 1.0:
        evidence["kind"] = "Bericht in der dritten Person"
        return "press"
    # Every fourth sentence or so commits itself; a page of opinions or values does so less often.
    own = voice.reporting <= 0 and voice.distance < 2 and not DATED.search(zones.head)
    own = own and not NO_AIM.search(zones.head.split("\n", 1)[0])
    if len(QUESTION.findall(body[:6000])) >= 2 or ANSWERING.search(zones.head):
        if EDITORIAL.search(f"{zones.head}\n{body[:1500]}"):
            evidence["kind"] = "Fragen und Antworten"
            return "press"
        return None  # answers to others' questions: a programme to some, to others none
    own = own and len({found[:3] for found in ANSWERS.findall(body)}) < 3
    if own and voice.commits and voice.commits * 60 >= voice.words:
        outside = QUOTE.sub(" ", body)
        first = COMMITS.search(outside)
        if first is not None:
            evidence["kind"] = around(outside, first.start(), first.end())
            return "programme"
    return None
