"""Which kind of text is it: programme, press text, motion, or something else?"""

from __future__ import annotations

import re

from programmes.ingest.about.names import around
from programmes.ingest.about.zones import Zones
from programmes.ingest.pieces import Kind, Text

PROGRAMME = re.compile(
    r"\b\w{0,40}wahlprogramm\w{0,40}|\bwahlplattform|\bprogramm\s+(?:zur|für die|zu den)\s+\w{0,40}wahl|\bkommunalprogramm|\bkommunalpolitisch\w+\s+(?:programm|leitlinien|grundsatzprogramm)|"
    r"\bregierungsprogramm\b|\bwahlaufruf|\bwahlprüfsteine?|\bunsere?\s+ziele\s+für|\bunser\s+(?:programm|plan)\s+für|\bzukunftsprogramm|\bstadtprogramm|\bkurzprogramm|\b\d+-?\s?punkte-?programm|"
    r"\b(?:kommunal|kreistags|stadtrats|gemeinderats|rats|bürgermeister|ob-|oberbürgermeister|regions|bürgerschafts|landrats|gemeinde)wahl(?:en)?\b(?=[^.\n]{0,30}\d{4})",
    re.IGNORECASE,
)
IN_HEAD = re.compile(r"\bprogramm\b|\bleitantrag\b", re.IGNORECASE)
TELLS = re.compile(
    r"\b(?:stellt|stellen|präsentiert|präsentieren|verabschiedet|beschließt|beschließen|vorgestellt|verabschieden|legt|legen|diskutiert|kritisiert)\b",
    re.IGNORECASE,
)
PRESS = re.compile(
    r"\b(?:presse(?:mitteilung|erklärung|information|meldung|statement|dienst|text|notiz)|medien(?:information|mitteilung)|pm\s+(?:nr|vom)\b)|\bzur sofortigen (?:veröffentlichung|freigabe)|\bsperrfrist\b",
    re.IGNORECASE,
)
MOTION = re.compile(
    r"^\s*(?:(?:gemeinsamer?|interfraktioneller|fraktionsübergreifender)\s+)?(?:antrag|anfrage|\w{1,30}antrag|resolution)\b(?!\w)[^.\n]{0,160}$|"
    r"\bmöge\s+(?:\w+\s+){0,4}(?:beschließen|beschliessen)|\bbeschlussvorschlag|\bbeschlussantrag|\b(?:hiermit\s+)?beantrag(?:en|t)\s+(?:wir|die\s+fraktion|die\s+\w+-fraktion)|"
    r"\bwir\s+beantragen\b[^.\n]{0,60}:|\bstellt\s+(?:die|den)\s+[^.\n]{0,60}folgenden\s+antrag|\bfolgenden\s+antrag\s+(?:auf|zur|in|zu|an)\b|^\s*(?:antragsteller|antragstext)\b|\bantrag\s+(?:gem(?:äß|\.)|nach)\s+§",
    re.IGNORECASE | re.MULTILINE,
)
SPEECH = re.compile(
    r"\bhaushaltsrede|\brede\s+zu[mr]\s+(?:haushalt|etat|verabschiedung)|\betatrede|\bes gilt das gesprochene wort|\bstellungnahme\s+(?:der\s+[^.\n]{0,60})?zum\s+haushalt|\bhaushaltsstellungnahme|\bneujahrs(?:rede|ansprache)|\brede\s+(?:von|der|des)\s|\brede\s+zur\b",
    re.IGNORECASE,
)
OTHER = re.compile(
    r"\b(?:koalitions|kooperations)(?:vertrag|vereinbarung)|\bsatzung\b|\bprotokoll\s+(?:der|über)|\bgeschäftsordnung\b|\bwahlergebnis",
    re.IGNORECASE,
)
BYLINE = re.compile(r"^(?:Von|Text:)\s+(?:Dr\.\s+)?[A-ZÄÖÜ]")
QUOTE = re.compile(r"[„“\"»«]([^„“\"»«]{12,600})[“”\"«»]")
SAYS = re.compile(
    r"\b(?:sagt|sagte|erklärt|erklärte|betont|so|meint|fordert|forderte|kritisiert|ergänzt|unterstreicht|betonten?|erklärten?|sagten?|heißt es|berichtet|teilte?n? mit|zeigt sich|freut sich|stellt|resümiert|führt|findet)\b"
)
COMMITS = re.compile(
    r"\b(?:wir (?:wollen|werden|fordern|setzen|stehen|möchten|brauchen|schaffen|stärken|fördern|bauen|sorgen|unterstützen|kämpfen)|(?:wollen|werden|fordern|setzen|stehen|schaffen|stärken|fördern|möchten|bauen|sorgen|unterstützen) wir)\b",
    re.IGNORECASE,
)


def find(zones: Zones, text: Text, evidence: dict[str, str]) -> Kind | None:
    """The kind, by what the text calls itself, then by how it speaks."""
    start = zones.head + "\n" + zones.body[:600]
    motion_export = text.reader == "antragsgruen"
    quotes = _quotes(zones.body)
    for kind, pattern, where in (
        ("press", PRESS, start),
        ("other", SPEECH, start),
        ("other", OTHER, zones.head),
        ("programme", PROGRAMME, zones.head),
        ("motion", MOTION, zones.head + "\n" + zones.body[:2500]),
        ("programme", IN_HEAD, zones.head),
        ("programme", PROGRAMME, zones.said),
        ("programme", PROGRAMME, zones.body[:2000] + "\n" + zones.foot),
    ):
        found = pattern.search(where)
        if not found:
            continue
        if kind == "programme" and _tells_of_it(where, found, quotes):
            continue
        if kind == "programme" and where is not zones.head and quotes >= 2:
            continue
        if kind == "motion" and quotes >= 1 and not _is_formal(zones):
            continue
        evidence["kind"] = around(where, found.start(), found.end())
        return kind  # type: ignore[return-value]
    if motion_export:
        evidence["kind"] = zones.head.split("\n", 1)[0]
        return "motion"
    byline = next((b.text for b in text.blocks if b.kind == "meta" and BYLINE.match(b.text)), None)
    if byline:
        evidence["kind"] = byline
        return "press"
    return _by_voice(zones, quotes, evidence)


def _is_formal(zones: Zones) -> bool:
    return bool(
        re.search(
            r"möge\s+(?:\w+\s+){0,4}beschließen|beschlussvorschlag|^antrag",
            zones.head + "\n" + zones.body[:2500],
            re.IGNORECASE | re.MULTILINE,
        )
    )


def _tells_of_it(where: str, found: re.Match[str], quotes: int) -> bool:
    """Does a headline tell of a programme, rather than head one?"""
    line_start = where.rfind("\n", 0, found.start()) + 1
    stop = where.find("\n", found.end())
    line = where[line_start : stop if stop >= 0 else len(where)]
    return bool(TELLS.search(line)) and (quotes >= 1 or len(line) < 160)


def _quotes(body: str) -> int:
    """How many quotations have a speaker beside them."""
    return sum(
        bool(
            SAYS.search(
                body[max(0, found.start() - 80) : found.start()]
                + body[found.end() : found.end() + 90]
            )
        )
        for found in QUOTE.finditer(body)
    )


def _by_voice(zones: Zones, quotes: int, evidence: dict[str, str]) -> Kind | None:
    """A text that quotes its actors reports of them; one that says "wir wollen" commits itself."""
    outside = QUOTE.sub(" ", zones.body)
    commits = list(COMMITS.finditer(outside))
    if quotes >= 2 and len(commits) <= quotes // 2:
        first = next(QUOTE.finditer(zones.body))
        evidence["kind"] = around(zones.body, first.start(), min(first.end(), first.start() + 60))
        return "press"
    if quotes >= 1 and not commits and zones.published:
        first = next(QUOTE.finditer(zones.body))
        evidence["kind"] = around(zones.body, first.start(), min(first.end(), first.start() + 60))
        return "press"
    if len(commits) >= 2 or (commits and quotes == 0):
        evidence["kind"] = around(outside, commits[0].start(), commits[0].end())
        return "programme"
    return None
