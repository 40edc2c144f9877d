"""Who speaks in a text, and how: a "we" that commits itself, an "I", a reporter, or a newspaper?"""

from __future__ import annotations

import re
from dataclasses import dataclass

QUOTE = re.compile(r"[„“\"»«]([^„“\"»«]{12,600})[“”\"«»]")
SAYS = re.compile(
    r"\b(?:sagt|sagte|erklärt|erklärte|betont|so|meint|fordert|forderte|kritisiert|ergänzt|unterstreicht|betonten?|erklärten?|sagten?|heißt es|berichtet|teilte?n? mit|zeigt sich|freut sich|stellt|resümiert|führt|findet|nannte|nennt|dazu|Kernbotschaft|hierzu)\b"
)
# "Dazu die Sprecherin Erika Muster:", before a quotation.
LEADS_IN = re.compile(r"[A-ZÄÖÜ][\wäöüß.-]+(?:,[^\n:]{3,90})?:\s*$")
COMMITS = re.compile(
    r"\b(?:wir (?:wollen|werden|fordern|setzen|stehen|möchten|brauchen|schaffen|stärken|fördern|bauen|sorgen|unterstützen|kämpfen)|(?:wollen|werden|fordern|setzen|stehen|schaffen|stärken|fördern|möchten|bauen|sorgen|unterstützen) wir)\b",
    re.IGNORECASE,
)
WE = re.compile(r"\b(?:wir|uns|unsere?[mnrs]?)\b", re.IGNORECASE)
ME = re.compile(r"\b(?:ich|mir|mich|meine?[mnrs]?)\b", re.IGNORECASE)
GROUP = (
    r"(?:[\wäöüß.-]{0,30}(?:[Ff]raktion(?:en)?|[Vv]erband|[Vv]erein|[Vv]orstand|[Rr]atsgruppe|[Ll]iste)|(?:[\wäöüß]{2,20}-)?[A-ZÄÖÜ]{3,5}(?:-[A-ZÄÖÜ]\w{2,20})?|"
    r"Grünen?|Linken?|Liberalen|Freien? (?:Wähler|Demokraten)|Christdemokraten|Sozialdemokraten|Piraten|Partei|Kandidat\w{0,6})"
)
ACT = r"(?:hat|haben|ist|sind|will|wollen|fordert|fordern|setzt|setzen|sieht|sehen|kritisier(?:t|en)|begrüß(?:t|en)|möchten?|stell(?:t|en)|lehn(?:t|en)|plan(?:t|en)|bleib(?:t|en)|zeig(?:t|en)|blick(?:t|en)|tritt|treten|hatten?|war(?:en)?|unterstütz(?:t|en)|begründeten?|legt(?:en)?|bewert(?:et|en)|geh(?:t|en)|star(?:tet|ten)|sucht|befürchtet|wünscht|wirbt|wird|schickt|nominiert|beantragt)"
ACTS = re.compile(
    rf"\b(?:[Dd]ie|[Dd]er)\s+(?:[A-ZÄÖÜ]?[\wäöüß.-]+\s+){{0,2}}?{GROUP}\s+(?:(?:in|im|aus)\s+(?:der\s+|dem\s+)?[\w-]+\s+)?{ACT}\b|"
    rf"\b{ACT}\s+(?:auch\s+|nun\s+|sich\s+)?(?:die|der)\s+{GROUP}\b|"
    rf"\b(?:nach (?:Ansicht|Auffassung|Meinung)|aus Sicht|so)\s+(?:die|der|des)\s+(?:[\w-]+\s+){{0,2}}?{GROUP}"
)
REPORTED = re.compile(
    r"\b(?:sei|seien|habe|hätten|müssten?|müsse|könne|wolle|solle|dürfe|gebe|belaste|lasse|sorge)\b"
)
PAST = re.compile(
    r"\b(?:wurden?|waren?|hatten?|fand(?:en)?|kam(?:en)?|stellten?|diskutierten?|freuten?|nahm(?:en)?|ging(?:en)?|gab|begrüßten?|dankten?|leiteten?|wiesen?|betonten?|zeigten?|wählten?|trafen?)\b"
)
SCENE = re.compile(
    r"\b(?:gestern|am (?:vergangenen|letzten|gestrigen)|[Aa]m (?:Mon|Diens|Donners|Frei|Sams|Sonn)(?:tag|abend)\w*|[Aa]m Mittwoch\w*|vergangene[nr]? Woche|Mitgliederversammlung|Jahreshauptversammlung|Kreisparteitag|Nominierungs\w+|nominierte?n?|gekürt|Pressetermin|Pressekonferenz|Infostand|Wahlkampfstand|kürzlich|in der letzten (?:Sitzung|Ratssitzung))\b"
)
# A body's own press text says so on top.
PRESS = re.compile(
    r"\b(?:presse(?:mitteilung|erklärung|information|meldung|statement|dienst|text|notiz)|medien(?:information|mitteilung)|pm\s+(?:nr|vom)\b)|\bzur sofortigen (?:veröffentlichung|freigabe)|\bsperrfrist\b",
    re.IGNORECASE,
)
# Whoever quotes a press text did not write it.
CITED = re.compile(
    r"\b[Ii]n (?:eine[rm]|der|seiner|ihrer) (?:\w+ )?(?:Presse|Medien)?(?:[Mm]itteilung|[Ee]rklärung|[Ii]nformation)\b[^.\n]{0,80}\bheißt es|"
    r"\b[Hh]eißt es in (?:der|eine[rm]|seiner|ihrer) (?:\w+ )?(?:Presse|Medien)?(?:[Mm]itteilung|[Ee]rklärung|[Ii]nformation)\b|"
    r"\b[Ll]aut (?:einer |der )?(?:Presse|Medien)?[Mm]itteilung\b|\bin der Mitteilung zitiert\b"
)
# What newspapers write and parties hardly do: a byline, ages, a party in brackets after each name, pictures' sources.
BYLINE = re.compile(
    r"^(?:Von|Text|Autor(?:in)?)\s?:\s+[A-ZÄÖÜ]|^Von [A-ZÄÖÜ][a-zäöüß-]+(?: [A-ZÄÖÜ][\wäöüß.-]+){1,2}$",
    re.MULTILINE,
)
PRINTED = re.compile(
    r"\b(?:Titelfoto|Archivfoto|Symbolbild|Symbolfoto|Foto|Bild)\s?:|\((?:dpa|epd|afp|red)\)|\b(?:dieser Zeitung|(?:führt|hat|sprach|bat|fragte|fragt) unsere Redaktion|unserer Redaktion|unserer Zeitung|Lesedauer|Lesezeit|Lesen Sie (?:auch|hier)|Mehr zum Thema|Aktualisiert:|Erstveröffentlicht|Zum Artikel|Abonnenten|Newsletter abonnieren)\b"
)
# Editors, who say "we" of themselves and not of a party.
EDITORS = re.compile(
    r"\b[Ww]ir (?:erklären,|zeigen,|haben (?:nach)?gefragt|(?:wollen|möchten|geben|stellen) (?:euch|Ihnen|allen Lesern)\b)|\b(?:unserer Themenwoche|unsere Leser\w*|(?:führt|hat|sprach|bat|fragte?) unsere Redaktion|unsere Redaktion (?:hat|führt|sprach|bat|fragte?))\b"
)
AGED = re.compile(r"[A-ZÄÖÜ][a-zäöüß-]+ \((?:1[89]|[2-8]\d)\)")
LABELLED = re.compile(
    r"[A-ZÄÖÜ][a-zäöüß-]+ [A-ZÄÖÜ][a-zäöüß-]+ \((?:[A-ZÄÖÜ]{2,4}|Grüne|Linke|Die Linke|Volt|parteilos|Freie Wähler)\)"
)
DISTANT = re.compile(
    r"\b(?:nach eigenen Angaben|eigenen Angaben zufolge|laut (?:[A-ZÄÖÜ]{3}|Grünen|Linken|der Partei)|nach (?:dem )?Willen der|aus Sicht der|bei einem Pressetermin|seine Partei|ihre Partei)\b|(?<!unserer )(?<!unsere )(?<!Die )\b(?:die|der) Partei\b(?! (?:der|für|des|mit|und|[A-Z]{3}))"
)


CHIEF = re.compile(r"\b[\wäöüß-]{2,40}[cC]hef(?:in)?\b")
SYNONYMS = re.compile(
    r"\b(?:Christ|Sozial|Frei)demokraten\b|\bLiberalen\b|\bGenossen\b|\b(?:Öko|Links|Regierungs|Oppositions)partei(?:en)?\b"
)
PARTIES = re.compile(r"\b(?:CDU|CSU|SPD|FDP|AfD|BSW|Grünen?|Linken?|Volt|Freien? Wähler|UWG|FWG)\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """Counts in the running text, quotations apart; rates are per hundred words."""

    words: int
    commits: int
    we: float
    me: float
    quotes: int
    reporting: (
        float  # how much of it reads like a report of what others did and said; from 3 it is one
    )
    distance: float  # how much of it reads like a newspaper; from 2 it is one
    first_quote: tuple[int, int] | None


def of(head: str, body: str) -> Voice:
    """How a text speaks, by its first two pages: in a long text everything is said once."""
    body = body[:6_000]
    said = [found for found in QUOTE.finditer(body) if _has_speaker(body, found)]
    own = QUOTE.sub(" ", body)
    words = max(len(own.split()), 1)

    def rate(pattern: re.Pattern[str]) -> float:
        return 100 * len(pattern.findall(own)) / words

    cited = bool(CITED.search(body)) and not PRESS.search(head)
    we, past, reported = rate(WE), rate(PAST), rate(REPORTED)
    acts = len(ACTS.findall(own)) + len(ACTS.findall(head))
    reporting = (
        min(len(said), 3)
        + min(acts, 3)
        + (2 if past >= 1.5 else 1 if past >= 0.8 else 0)
        + (1 if reported >= 0.7 else 0)
        + min(len(SCENE.findall(head + "\n" + own)), 2)
        - (2 if we >= 2.5 else 1 if we >= 1.5 else 0)
    )
    distance = (
        (3 if BYLINE.search(f"{head}\n{body[:400]}") else 0)
        + (2 if PRINTED.search(f"{head}\n{body}") else 0)
        + (2 if AGED.search(own) else 0)
        + min(len(LABELLED.findall(own)), 2)
        + min(len(DISTANT.findall(own)), 2)
        + (1 if reported >= 0.9 else 0)
        + (0.5 if CHIEF.search(own) else 0)
        + (0.5 if SYNONYMS.search(own) else 0)
        + (0.5 if len({found[:3] for found in PARTIES.findall(own)}) >= 3 else 0)
        + (2 if EDITORS.search(own) else -2 if we >= 0.8 else 0)
        + (2 if cited else -3 if PRESS.search(f"{head}\n{body[:600]}") else 0)
    )
    return Voice(
        words=words,
        commits=len(COMMITS.findall(own)),
        we=we,
        me=rate(ME),
        quotes=len(said),
        reporting=reporting,
        distance=distance,
        first_quote=(said[0].start(), said[0].end()) if said else None,
    )


def _has_speaker(body: str, found: re.Match[str]) -> bool:
    before = body[max(0, found.start() - 90) : found.start()]
    return bool(
        SAYS.search(before[-80:] + body[found.end() : found.end() + 90]) or LEADS_IN.search(before)
    )
