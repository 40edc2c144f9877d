"""Whose text is it: the parties and local lists that a document names as its own.

A party counts where a text says whose it is (title, cover, signature, imprint, address, or a sentence in
which its group acts), not wherever it is mentioned. A local list is called what it calls itself.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Iterator

from programmes.ingest.about import headlines, names
from programmes.ingest.about.lists import OWN_NAME, in_small_letters, own_name, with_lists
from programmes.ingest.about.mentions import (
    AMBIGUOUS,
    BODY,
    BODY_AFTER,
    BODY_BEFORE,
    MOST,
    VOTE,
    WE_BEFORE,
    in_text,
    index_of,
    place_follows,
    with_body,
)
from programmes.ingest.about.names import Index, Mention, around
from programmes.ingest.about.voice import ACTS, PRESS, WE, Voice
from programmes.ingest.about.zones import Zones
from programmes.ingest.pieces import Kind, Party

# Short codes of file names (German Local Manifesto Project and the like).
CODES = {
    "gru": "GRÜNE", "gruene": "GRÜNE", "grn": "GRÜNE", "b90": "GRÜNE", "lin": "DIE LINKE", "pds": "DIE LINKE", "linke": "DIE LINKE",
    "pir": "PIRATEN", "par": "Die PARTEI", "fw": "FREIE WÄHLER", "fwg": "FWG", "uwg": "UWG", "vol": "Volt", "odp": "ÖDP", "oedp": "ÖDP",
}  # fmt: skip
MEMBER = re.compile(
    r"(?:Rats(?:herr|frau|mitglied)\w*|Stadtr[aä]t\w*|Abgeordnete\w*|Kandidat\w*)[^.]{0,40}\($"
)
# "Als SPD-Fraktion fordern wir"; but "Die SPD lässt uns im Stich" is another's.
AS_BEFORE = re.compile(r"\b[Aa]ls\s+(?:die\s+|Ihre?\s+|eure?\s+)?$")
WE_AFTER = re.compile(r"[^.!?\n]{0,60}\b(?:wir|uns)\b|\s*:\s*(?:Wir|Unser)")
AGAINST = re.compile(
    r"(?:\b(?:gegen|statt|ohne|anders als|kritik an|kritisiert|kritisieren|attackiert|widerspricht|weist|antwort\w* (?:auf|an)|anfrage der|antrag der|vorwürfe der|von|mit|"
    r"(?:bündnis|koalition|mehrheit) (?:aus|von|der)|an|auf|nicht|und nicht|weder|noch|trotz)\s+(?:den\s+|die\s+|der\s+|dem\s+)?(?:\w*fraktion(?:en)?\s+(?:von\s+|der\s+|des\s+)?)?)$",
    re.IGNORECASE,
)
# "Antrag der", "Programm von", "Vertrag zwischen": what follows is whose it is; not in "Antwort auf die Anfrage der".
OF_THEIRS = re.compile(
    r"\b\w{0,30}(?:antrag|anfrage|rede|programm|mitteilung|stellungnahme|information|aufruf|ziele|liste|kandidat\w*|resolution|leitlinien|erklärung|vereinbarung|vertrag|antworten)\w*\s+(?:(?:19|20)\d\d(?:\s?[-–/]\s?(?:20)?\d\d)?\s+)?(?:der|von|des|vom|zwischen)\s+(?:(?:den|der|die|von|gemeinsamen|Partei|Fraktion(?:en)?|Gruppe|Ratsfraktion|Stadtratsfraktion|Kreistagsfraktion|Gemeinderatsfraktion|[\"„])\s*)*$",
    re.IGNORECASE,
)
PAPER_OF = re.compile(
    r"^\W*(?:\w+\s+)?\w*(?:rede|vereinbarung|vertrag|stellungnahme|erklärung|programm|resolution)\s+(?:der|von|des|zwischen)\s+(?:der\s+)?(?:\w*fraktion(?:en)?\s+(?:der|von)?\s*)?$",
    re.IGNORECASE,
)
ANSWERED = re.compile(
    r"\b(?:auf|zu|gegen|über|zur|zum|lehn(?:t|en)|\w*antwort\w*|erledigung|ablehnung)\s+(?:den\s+|die\s+|der\s+|das\s+|dem\s+|einen\s+|einer\s+)?$",
    re.IGNORECASE,
)
# In a speech: "Die SPD-Fraktion dankt der Verwaltung", "stimmt dem Haushalt zu".
SPEAKS_NOW = re.compile(
    r"-?(?:[\wäöüß]*[Ff]raktion)?\s+(?:dank(?:t|en)|bedank(?:t|en)|stimm(?:t|en)|wird\s+(?:dem|diesem)\s+(?:Haushalt|Etat)|lehn(?:t|en)\s+(?:den|diesen)\s+(?:Haushalt|Etat)|wünsch(?:t|en)\s+(?:Ihnen|allen))\b"
)
# "Erika Muster, Vorsitzende der SPD-Fraktion", under a title.
OFFICE = re.compile(
    r"^(?:(?:Rede\s+)?(?:von|der|des)\s+)?(?:Dr\.\s+)?[A-ZÄÖÜ][\w.-]+(?:\s[A-ZÄÖÜ][\w.-]+){1,3},\s+(?:stellv\w*\.?\s+)?\w*(?:[Vv]orsitzende|[Ss]precher|[Mm]itglied|[Rr]at|[Rr]ätin)\w*\s+(?:der|von|des|für)\s+(?:die\s+)?$"
)
# What a text speaks of: "Dem Antrag der", "mit den Stimmen der", "Wir danken der".
THEIRS = re.compile(
    r"(?:\b(?:antr[aä]g|anfrage|vorschl[aä]g|stimme|mehrheit|forderung|idee|kritik|vorw[uü]rf|position|haltung|pläne|kandidat|widerstand|schweigen|beispiel|unterstützung|zustimmung|einwand|einwänd|dank|argument|behauptung)\w*"
    r"|\b(?:danken|zustimmen|folgen|widersprechen)\s+wir|\bwir\s+(?:danken|folgen|widersprechen))\s+(?:auch\s+)?(?:der|von|durch|des|dem|den|an)\s+(?:(?:der|die|den)\s+)?(?:\w*fraktion(?:en)?\s+(?:der|von)\s+)?$",
    re.IGNORECASE,
)
AT_THEIR = re.compile(
    r"\b(?:Auf|auf)\s+(?:den\s+|die\s+)?(?:Antrag|Initiative|Vorschlag|Wunsch|Anregung)\s+(?:der|von|des)\s+[^.]{0,30}$"
)
CONCEDES = re.compile(
    r"\b(?:[Ss]elbst|[Aa]uch|[Ss]ogar|[Nn]icht einmal|[Nn]ur|[Ff]rüher|[Nn]un|[Ee]inst)\s+(?:war\s+)?(?:die\s+|der\s+)?$"
)
REASONS = re.compile(
    r"^\W*(?:Begründung|Begruendung|Sachverhalt|Hintergrund|Erläuterung)\b", re.MULTILINE
)
# Lines in a text that say who answers for it.
IMPRINT = re.compile(
    r"^(?:v\.?\s?i\.?\s?s\.?\s?d\.?\s?p|herausgeber|antragsteller|verantwortlich|impressum)\b",
    re.IGNORECASE,
)
SIGNED = re.compile(rf"\b(?:Ihre?|Eure?)\s+(?:{BODY}\s+)?(?:der\s+)?$")
ROLE_HEAD = re.compile(
    r"^(?:antragsteller\S*|antragsstell\S*|initiator\S*|herausgeber\S*|verantwortlich\S*|v\.?\s?i\.?\s?s\.?\s?d\.?\s?p\S*|fraktion|absender|von)\b\s*:?",
    re.IGNORECASE,
)
NAMED = re.compile(
    r"\b(?:Wählergemeinschaft|Wählergruppe|Wählervereinigung|Wählerinitiative|Bürgerliste|Wählerliste|Liste)\s+[„\"]?((?:[A-ZÄÖÜ][\w-]+\s?){2,5})"
)
ADDRESS = re.compile(
    r"(?<![\w-])[\w.-]{0,60}@?[\w-]{2,60}(?:\.[\w-]{2,60}){0,3}\.(?:de|org|net|info|eu|com|nrw|bayern|berlin|hamburg|saarland|example)\b"
)
# How a text speaks of the party whose it is, and how of one that it is against.
FAVOURED = re.compile(
    r"\s+(?:\w+\s+){0,3}?(?:kämpf\w+|steh(?:t|en) für|setz(?:t|en) sich|tr(?:itt|eten|at|aten)|versteh(?:t|en)|fass(?:t|en)|bekenn\w+|engagier\w+|sag(?:t|en) [^.\n]{0,40}(?:den Kampf|Nein)|wird sich|werden (?:uns|sich)|mach(?:t|en) sich)\b"
)
FAVOURED_BEFORE = re.compile(
    r"\b(?:setz(?:t|en) sich|kämpf(?:t|en)|tr(?:itt|eten)|steh(?:t|en)|kümmer(?:t|n) sich|fass(?:t|en)|verspr(?:icht|echen)|engagier(?:t|en) sich)\s+(?:die\s+|der\s+)?$"
)
# Only in a text that calls itself a programme and names no other party.
PLANS = re.compile(
    r"(?:\s+[A-ZÄÖÜ][\w-]+)?\s+(?:in der kommenden \w+\s+)?(?:\w+\s+){0,2}?(?:will|wollen|möchten?|wird|werden|fordert|fordern|sieht|sehen|unterstützt|unterstützen|aufgreifen)\b"
)
PROMOTED = re.compile(
    r"\b(?:\w*[Pp]rogramm|Mitglied(?:er|ern)?|Kandidat\w*|Team|Liste|Stimmen?|Gründung|Ziele?n?|Antworten|Vorschläge|Positionen|wählen|wählt|wähle|Abgeordneten?)\s+(?:Sie\s+|von\s+|für\s+)?(?:der|die|den)?\s*(?:Partei\s+)?[„\"]?$|\b(?:[Uu]nsere|[Aa]ls|[Bb]ei uns in der|[Ff]ür die)\s+(?:Partei\s+)?[„\"]?$"
)
ENTGEGEN = re.compile(r"[^.\n]{0,50}\b(?:entgegen|lehnen wir|ablehnen|abgelehnt|nicht mit uns)\b")
OPPOSED = re.compile(
    r"\b(?:gegen|kritik\w*|kritisier\w*|vorw[uü]rf\w*|versag\w*|populis\w*|hetze|scheiter\w*|blockier\w*|verhinder\w*|statt|anders als|im gegensatz zu|leider|nein zu|absurd\w*|heuchel\w*)\b",
    re.IGNORECASE,
)
# Groups that go by a name in full and by another's letters.
FREE = frozenset(("FREIE WÄHLER", "FWG", "UWG"))
# A picture's, not a text's: "© 2021 SPD Seehausen" is a text's.
CREDIT = re.compile(
    r"\s*(?:©(?![^\n]*\d{4})|(?:Fotos?|Bild(?:er|rechte)?|Grafik|Quelle)\s?[:©])", re.IGNORECASE
)
SAME = re.compile(r"\s*[(–-]?\s*")  # "Freie Wähler (FWG)" is one, by two of its names


def find(
    zones: Zones,
    kind: Kind | None,
    voice: Voice,
    known: tuple[Party, ...],
    places: Index,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    """Short names of parties; a local list that the gazetteer does not know by the name it gives itself."""
    index = index_of(known)
    if headlines.youth(zones.head, zones.opening) and not _letterhead(zones.head, index, places):
        return ()  # near a party, and no party
    if headlines.LETTER.search(zones.head):
        return _by_name(zones, known, index, places, evidence)
    if kind in ("press", None) and voice.distance >= 2:
        # A newspaper's article is of no party, whichever it writes about; the archivist's folder may say otherwise.
        return _by_name(zones, known, index, places, evidence)
    if kind in ("press", None) and voice.distance >= 1 and voice.reporting >= 3:
        # It may be a newspaper's: only a body of the party in the head ("CDU-Stadtverband") says that it is not.
        bodies = names.distinct(
            m for m in _own(zones.head, index, places) if with_body(m, zones.head, places)
        )
        if len(bodies) == 1:
            evidence["parties"] = _quote(bodies, zones.head)
            return (bodies[0].key,)
        return _by_name(zones, known, index, places, evidence)
    head = _uncredited(zones.head)
    if again := _begins_lines(zones.body, index, places):
        evidence["parties"] = _quote([again], zones.body)
        return (again.key,)
    silent = not (voice.we or voice.quotes or PRESS.search(head) or WE.search(head))
    short = "\n".join(line for line in zones.body[:3000].split("\n") if len(line.split()) <= 8)
    if (
        kind in ("press", None)
        and silent
        and not _asks_for_votes(f"{head}\n{short}", index, places)
    ):
        # Nobody says "we", nobody is quoted: news of a party, unless a body of it heads the text.
        bodies = [m for m in _own(head, index, places) if with_body(m, head, places)]
        if not bodies and not any(_addresses(zones, known)):
            return _by_name(zones, known, index, places, evidence)
    for where in (_roles(head), head):
        found = _own(where, index, places)
        own = own_name(where, index, places, elsewhere=f"{zones.body}\n{zones.foot}")
        if (
            own
            and found
            and all(
                OWN_NAME.match(in_small_letters(m.words))
                or (m.words in own[1] and "Liste" in own[1])
                for m in found
            )
        ):
            # "Bürgerliste Seehausen": a kind of list, and the name that this one gives itself.
            evidence["parties"] = f"„{own[1]}“"
            return (own[0],)
        if found and where is not head:
            found, where = _with_letterhead(found, where, head, index, places)
        elif found:
            found = _settled(found, zones, kind, known, index, places)
            if not found:
                break
            if found[0].start < 0:
                evidence["parties"] = ", ".join(mention.words for mention in found)
                return tuple(mention.key for mention in found)
        if found:
            said = _said(found, where, zones, index, places, evidence)
            return with_lists(said, found, where, index, evidence)
        if own:
            evidence["parties"] = f"„{own[1]}“"
            return (own[0],)
    for address, party in _addresses(zones, known):
        evidence["parties"] = address
        return (party,)
    foot = _uncredited(zones.foot)
    imprint = "\n".join(line for line in zones.body.split("\n") if IMPRINT.match(line))
    for where in (_roles(foot), imprint, zones.said, foot):
        found = names.distinct(in_text(where, index, places))
        if where is foot:  # in the frame of a page stand headlines, too
            found = [m for m in found if _alone(m, where)]
        if 1 <= len(found) <= (2 if where is not foot else 1):
            evidence["parties"] = _quote(found, where)
            return tuple(mention.key for mention in found)
        if own := own_name(where, index, places):
            evidence["parties"] = f"„{own[1]}“"
            return (own[0],)
    if signed := _signed(zones, index, places):
        evidence["parties"] = _quote(signed, zones.body[-600:])
        return tuple(mention.key for mention in signed)
    if kind == "other" and (voice.we >= 0.8 or voice.me >= 0.8):
        # A speech names the groups it answers to; its own it calls "wir", "meine Fraktion" or by what it does now.
        acting = _acting(zones.body, index, places, None, himself=True)
    else:
        acting = _acting(zones.body, index, places, kind or ("press" if voice.quotes else None))
    if acting:
        evidence["parties"] = _quote(acting, zones.body)
        return tuple(mention.key for mention in acting)
    if begins := _begins(zones.body, index, places):
        evidence["parties"] = _quote([begins], zones.body)
        return (begins.key,)
    if kind == "programme" and (local := _local(_uncredited(zones.body[:6000]), index, places)):
        evidence["parties"] = _quote([local], zones.body)
        return (local.key,)
    if own := _named_after_title(zones) or own_name(zones.opening, index, places, speaking=True):
        evidence["parties"] = f"„{own[1]}“"
        return (own[0],)
    if sole := _sole(f"{zones.head}\n{zones.body[:60_000]}", kind, voice, index, places):
        evidence["parties"] = around(zones.head + "\n" + zones.body[:60_000], sole.start, sole.end)
        return (sole.key,)
    return _by_name(zones, known, index, places, evidence)


def _asks_for_votes(head: str, index: Index, places: Index) -> bool:
    return any(VOTE.match(head, m.end) for m in in_text(head, index, places))


def _uncredited(where: str) -> str:
    """Without the lines that say whose a picture is: "Foto: SPD Seehausen"."""
    return "\n".join(line for line in where.split("\n") if not CREDIT.match(line))


def _roles(where: str) -> str:
    """The lines that say who files, publishes or answers for a text."""
    return "\n".join(line for line in where.split("\n") if ROLE_HEAD.match(line))


def _own(where: str, index: Index, places: Index) -> list[Mention]:
    """The parties that a head names as its own; those it turns against or replies to are not."""
    found = list(in_text(where, index, places))
    own = [m for m in found if not _is_against(m, found, where)]
    filed = [m for m in found if _is_filed(m, where)]
    return _with_company(filed, own, found, where)


def _is_filed(mention: Mention, where: str) -> bool:
    """Is a text said to be the party's: "Antrag der", "Programm von"; but not "Antwort auf den Antrag der"?"""
    before = where[max(0, mention.start - 90) : mention.start]
    found = OF_THEIRS.search(before)
    return bool(found and not ANSWERED.search(before[: found.start()]))


def _is_against(mention: Mention, found: list[Mention], where: str) -> bool:
    """Does a text turn against a party or to it, or to one named in one breath before: "an CDU, SPD und FDP"?"""
    if AGAINST.search(where[max(0, mention.start - 60) : mention.start]):
        return True
    before = [m for m in found if m.end <= mention.start]
    return bool(
        before
        and _in_one_breath(before[-1], mention, where)
        and _is_against(before[-1], before, where)
    )


def _letterhead(head: str, index: Index, places: Index) -> bool:
    """Does a line of the head say whose the text is?"""
    return any(_is_firm(m, head) for m in _own(head, index, places))


def _with_letterhead(
    found: list[Mention], where: str, head: str, index: Index, places: Index
) -> tuple[list[Mention], str]:
    """Those that file a text, with those whose letterhead stands beside: two groups in two lines."""
    keys = {m.key for m in found}
    beside = [
        m
        for m in _own(head, index, places)
        if m.key in keys or (_alone(m, head) and BODY_AFTER.match(head[m.end : m.end + 60]))
    ]
    both = names.distinct(beside)
    if keys < {m.key for m in both} and len(both) <= MOST:
        return both, head
    return found, where


def _is_firm(mention: Mention, head: str) -> bool:
    line = head[head.rfind("\n", 0, mention.start) + 1 :].split("\n", 1)[0]
    return bool(_is_filed(mention, head) or ROLE_HEAD.match(line) or _alone(mention, head))


def _alone(mention: Mention, where: str) -> bool:
    """Does a party stand in a line that tells nothing of it: a letterhead, a signature?"""
    start = where.rfind("\n", 0, mention.start) + 1
    line = where[start:].split("\n", 1)[0]
    return not headlines.tells(line[: mention.start - start] + line[mention.end - start :])


def _settled(
    found: list[Mention],
    zones: Zones,
    kind: Kind | None,
    known: tuple[Party, ...],
    index: Index,
    places: Index,
) -> list[Mention]:
    """The parties a head names, unless it only tells of them and another speaks; those that speak then.

    Mentions that stand elsewhere than in the head begin at -1 and have their words quoted.
    """
    head = zones.head
    if any(_is_firm(m, head) for m in found):
        return [m for m in found if _is_firm(m, head) or not _reproached(m, head)]
    found = [m for m in found if not _in_sentence(m, head)]
    told = {m.key for m in found}
    told_of = any(_reproached(m, head) for m in found) or bool(
        headlines.ASKS_ABOUT.match(head.split("\n", 1)[0])
    )
    speakers = _speakers(zones, kind, known, index, places)
    keys = {m.key for m in speakers}
    if not speakers:
        return [] if told_of else found
    if keys >= told or (keys & told and not told_of):
        return found
    if keys & told:
        return [m for m in speakers if m.key in told]
    body = Counter(m.key for m in in_text(zones.body[:6000], index, places))
    if not told_of and sum(body[key] for key in told) >= sum(body[key] for key in keys):
        return []
    return speakers


def _in_sentence(mention: Mention, head: str) -> bool:
    """Does a sentence below the title name a party in passing? A flyer's head is all of the flyer."""
    start = head.rfind("\n", 0, mention.start) + 1
    line = head[start:].split("\n", 1)[0]
    before, after = head[max(0, mention.start - 40) : mention.start], head[mention.end :][:80]
    return (
        start > 0
        and line.endswith((".", "!"))
        and not (_says_we(before, after) or SIGNED.search(before) or VOTE.match(after))
    )


def _reproached(mention: Mention, head: str) -> bool:
    return bool(headlines.REPROACH.match(head[mention.end :].split("\n", 1)[0]))


def _speakers(
    zones: Zones,
    kind: Kind | None,
    known: tuple[Party, ...],
    index: Index,
    places: Index,
) -> list[Mention]:
    """Who speaks below a headline: whose address or imprint stands there, who says "we", whose group acts."""
    for address, party in _addresses(zones, known):
        return [Mention(party, address, -1, -1)]
    title = zones.head.split("\n", 1)[0]
    for where in (_roles(zones.foot), zones.said.replace(title, "")):
        if found := names.distinct(_own(where, index, places)):
            return _quoted(found, where)
    body = zones.body[:6000]
    ours = [
        m
        for m in in_text(body, index, places)
        if _says_we(body[max(0, m.start - 40) : m.start], body[m.end : m.end + 80])
        or SIGNED.search(body[max(0, m.start - 30) : m.start])
    ]
    if ours:
        return _quoted(names.distinct(ours), body)
    return _quoted(_acting(zones.body, index, places, "press"), zones.body)


def _quoted(found: list[Mention], where: str) -> list[Mention]:
    return [Mention(m.key, around(where, m.start, m.end, 30), -1, -1) for m in found]


def _with_company(
    filed: list[Mention], own: list[Mention], found: list[Mention], where: str
) -> list[Mention]:
    """Those that a text is said to be of, with those named in one breath with them; else all its own."""
    chosen = list(filed or own)
    grown = bool(filed)
    while grown:
        more = [
            m
            for m in found
            if m not in chosen and any(_in_one_breath(other, m, where) for other in chosen)
        ]
        chosen += more
        grown = bool(more)
    chosen = names.distinct(sorted(chosen, key=lambda m: m.start))
    chosen = [
        m
        for at, m in enumerate(chosen)
        if not (
            at
            and {chosen[at - 1].key, m.key} <= FREE
            and SAME.fullmatch(where[chosen[at - 1].end : m.start])
        )
    ]
    return chosen if len(chosen) <= MOST else []


def _in_one_breath(one: Mention, other: Mention, where: str) -> bool:
    first, second = sorted((one, other), key=lambda m: m.start)
    between = where[first.end : second.start]
    return len(between) < 60 and bool(
        re.fullmatch(
            r"(?:\s[A-ZÄÖÜ][\wäöüß-]+(?=\s(?:und|sowie|&)\s)|)(?:\s*+-?\s?(?:[\wäöüß]*[Ff]raktion(?:en)?|Gruppe|Ratsfraktion)?\s*+(?:,|/|&|und|sowie|\+|-|–|mit)\s*+(?:(?:der|die|den|dem|von|des|Fraktion(?:en)?|Gruppe|Ratsfraktion|Ratsherr\w*|Ratsfrau)\s*+)*+)",
            between,
        )
    )


def _said(
    found: list[Mention],
    where: str,
    zones: Zones,
    index: Index,
    places: Index,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    """Of several parties that a head names apart from each other, those that another place confirms."""
    if len(found) > 1 and not all(
        _in_one_breath(a, b, where) for a, b in itertools.pairwise(found)
    ):
        others = {m.key for m in in_text(zones.foot + "\n" + zones.said, index, places)}
        others |= {m.key for m in names.mentions(zones.path, index, loose=True)}
        confirmed = [m for m in found if m.key in others]
        first_line = [m for m in found if "\n" not in where[: m.start].strip("\n")]
        # "CDU Kreisverband Seehausen", and in a line of its own "SPD Unterbezirk Seehausen".
        lines = [m for m in found if _heads_line(m, where)]
        found = confirmed or (
            found
            if len(lines) == len(found)
            else [found[0]]
            if first_line and _subject(found[0], where)
            else found[:1]
            if len(found) > 2
            else found
        )
    evidence["parties"] = _quote(found, where)
    return tuple(mention.key for mention in found)


def _heads_line(mention: Mention, where: str) -> bool:
    """Does a line begin with the body of a party: "CDU-Fraktion im Rat", "Fraktion Die Linke"?"""
    before = where[: mention.start].rsplit("\n", 1)[-1].strip()
    if not before:
        return bool(BODY_AFTER.match(where[mention.end : mention.end + 60]))
    return bool(re.fullmatch(rf"{BODY}(?:\s+(?:der|von))?", before, re.IGNORECASE))


def _subject(mention: Mention, where: str) -> bool:
    return where[: mention.start].strip() in ("", "Die", "Der")


def _addresses(zones: Zones, known: tuple[Party, ...]) -> Iterator[tuple[str, str]]:
    """Addresses in which a party's name stands as a part: spd-dortmund.de, info@cdu-kiel.de."""
    stems = {re.sub(r" ", "", names.plain(party.short)): party.short for party in known}
    short = set(stems.values())
    stems |= {
        "gruene": "GRÜNE", "diegruenen": "GRÜNE", "gruenen": "GRÜNE", "linke": "DIE LINKE", "dielinke": "DIE LINKE",
        "freiewaehler": "FREIE WÄHLER", "diepartei": "Die PARTEI", "piratenpartei": "PIRATEN", "freiedemokraten": "FDP",
        "lupinen": "Die Lupinen",
    }  # fmt: skip
    stems = {stem: name for stem, name in stems.items() if name in short and len(stem) >= 3}
    found: dict[str, str] = {}
    for where in (zones.head, zones.foot, zones.body[-3000:], zones.said):
        for address in ADDRESS.findall(where.lower()[:40_000]):
            parts = [part for part in re.split(r"[.@-]", address) if part]
            joined = [a + b for a, b in itertools.pairwise(parts)]
            for part in [*joined, *parts]:
                if part in stems:
                    found.setdefault(stems[part], address)
                    break
        if len(found) == 1:
            party, address = next(iter(found.items()))
            yield address, party
            return
        if found:
            return


def _acting(
    body: str, index: Index, places: Index, kind: Kind | None, *, himself: bool = False
) -> list[Mention]:
    """Parties whose group acts in the first sentences, or that say "we" of themselves."""
    opening = body[:900]
    if kind == "motion" and (reasons := REASONS.search(opening)):
        opening = opening[: reasons.start()]  # there others are spoken of
    found: list[Mention] = []
    for mention in in_text(opening, index, places):
        after, before = (
            opening[mention.end : mention.end + 50],
            opening[max(0, mention.start - 60) : mention.start],
        )
        if OPPOSED.search(before.rsplit(".", 1)[-1]) or ENTGEGEN.match(after):
            continue
        if THEIRS.search(before) and not AT_THEIR.search(before):
            continue
        member = MEMBER.search(before) and after.startswith(")")
        if (
            BODY_AFTER.match(after)
            or BODY_BEFORE.search(before)
            or member
            or _says_we(before, after)
        ):
            found.append(mention)
    if kind in ("press", "motion", "other"):
        named = list(in_text(opening, index, places))
        grown = bool(found)
        while grown:
            beside = [
                m
                for m in named
                if m not in found and any(_in_one_breath(m, other, opening) for other in found)
            ]
            found += beside
            grown = bool(beside)
        found.sort(key=lambda m: m.start)
        joint = _joint(names.distinct(found), opening)
        return joint if len(joint) <= MOST else []
    ours = [
        m
        for m in found
        if _says_we(opening[max(0, m.start - 40) : m.start], opening[m.end : m.end + 80])
    ]
    if himself:
        named = list(in_text(opening, index, places))
        ours = [m for m in named if m in ours or _stands_for_it(m, opening)]
        if ours:
            return _with_company(ours, [], named, opening)
    if not ours:
        for mention in in_text(body[:60_000], index, places):
            before = body[max(0, mention.start - 40) : mention.start]
            if OPPOSED.search(body[: mention.start][-90:].rsplit(".", 1)[-1]):
                continue  # "Anders als CDU und FDP stehen wir zu …"
            if _says_we(before, body[mention.end : mention.end + 80]):
                ours.append(mention)
    ours = names.distinct(ours)
    return ours if len(ours) <= 2 else []


def _says_we(before: str, after: str) -> bool:
    """Does a text say "we" of a party, by the words around its name?"""
    return bool(
        WE_BEFORE.search(before)
        or (AS_BEFORE.search(before) and WE_AFTER.match(after))
        or re.match(r"\s*:\s*(?:Wir|Unser)", after)
    )


def _sole(
    where: str, kind: Kind | None, voice: Voice, index: Index, places: Index
) -> Mention | None:
    """The only party that a text names again and again, if it speaks of it as one's own or reports its doings."""
    found = [
        m
        for m in in_text(where, index, places)
        if not headlines.ELSEWHERE_AFTER.match(where, m.end)
        and not where[max(0, m.start - 4) : m.start].endswith(("CDU/", "CSU/"))
    ]
    if not found:
        return None
    (key, times), *others = Counter(mention.key for mention in found).most_common(2)
    if others and times < max(4, 3 * others[0][1]):
        return None
    frames = [
        (
            where[max(0, m.start - 70) : m.start].rsplit("\n", 1)[-1],
            where[m.end : m.end + 70].split("\n", 1)[0],
            m,
        )
        for m in found
        if m.key == key
    ]
    against = sum(
        not FAVOURED.match(after)
        and bool(
            OPPOSED.search(before)
            or OPPOSED.search(after)
            or headlines.MARKED_OFF.match(after)
            or AGAINST.search(before)
            or (THEIRS.search(before) and not AT_THEIR.search(before))
        )
        for before, after, _ in frames
    )
    if against * 4 > times:
        return None
    for before, after, mention in frames:
        if VOTE.match(after) or _says_we(before, after):
            return mention
        conceded = CONCEDES.search(before) or re.match(r"[^.,]{0,40}\bnicht\b", after)
        favoured = FAVOURED.match(after) or FAVOURED_BEFORE.search(before)
        if (times >= 2 or kind == "programme") and favoured and not conceded:
            return mention
        if kind == "programme" and re.search(r"\b\w*[Pp]rogramm\s+(?:der|von)\s+$", before):
            return mention
        if times < 2:
            continue
        if PROMOTED.search(before) or with_body(mention, where, places):
            return mention
        if kind == "programme" and not others and PLANS.match(after) and not conceded:
            return mention
        if voice.we >= 0.8 and WE.search(before[-40:] + " " + after[:40]):
            return mention
        if times >= 3 and voice.we < 0.8 and ACTS.search(before[-6:] + mention.words + after):
            return mention
    return None


def _named_after_title(zones: Zones) -> tuple[str, str] | None:
    """Its own name, in a text headed "Echt Seehausen" that is "für die Wählergemeinschaft Echt Seehausen"."""
    title = zones.head.split("\n", 1)[0]
    for found in NAMED.finditer(zones.body[:2500]):
        words = found[1].split()
        for length in range(len(words), 1, -1):
            name = " ".join(words[:length])
            if title.startswith(name):
                return name, found[0]
    return None


def _begins(body: str, index: Index, places: Index) -> Mention | None:
    """The party whose group the first sentence is about: "Die SPD Seehausen gibt es seit …"."""
    first = next(in_text(body[:120], index, places), None)
    if first is None or body[: first.start] not in ("", "Die ", "Der "):
        return None
    if headlines.REPROACH.match(body[first.end :]) or not with_body(first, body, places):
        return None
    return first


def _local(body: str, index: Index, places: Index) -> Mention | None:
    """The one party that a programme names with its town: "Die SPD Seehausen hat Verantwortung getragen"."""
    found = [
        m
        for m in in_text(body, index, places)
        if body[m.end : m.end + 1] in (" ", "-") and place_follows(m, body, places)
    ]
    for m in found:
        before, after = body[max(0, m.start - 60) : m.start], body[m.end : m.end + 80]
        if (
            OPPOSED.search(before.rsplit(".", 1)[-1])
            or AGAINST.search(before)
            or THEIRS.search(before)
            or CONCEDES.search(before)
            or headlines.REPROACH.match(after)
            or headlines.MARKED_OFF.match(after)
        ):
            return None
    return found[0] if len({m.key for m in found}) == 1 else None


def _begins_lines(body: str, index: Index, places: Index) -> Mention | None:
    """The party of which a text says something line by line: "X will …", "X steht …"."""
    found = list(in_text(body[:6000], index, places))
    first = [m for m in found if body[: m.start].rsplit("\n", 1)[-1].strip() in ("", "Die", "Der")]
    same = {m.key for m in found}
    if len(first) >= 3 and len(same) == 1 and len(first) * 2 > body[:6000].count("\n"):
        return first[0]
    return None


def _signed(zones: Zones, index: Index, places: Index) -> list[Mention]:
    """Those that sign a text: "Ihre CDU-Fraktion", or the name of the group in a line of its own, at its end."""
    body = zones.body[-600:]
    start = max(0, len(body) - 400)
    last = body.rfind("\n", 0, max(0, len(body) - 120)) + 1
    found = [
        m
        for m in in_text(body, index, places)
        if m.start >= start
        and (
            SIGNED.search(body[max(0, m.start - 30) : m.start])
            or (m.start >= last and BODY_AFTER.match(body[m.end : m.end + 60]) and _alone(m, body))
        )
    ]
    if not found:
        return []
    named = [m for m in in_text(body, index, places) if m.start >= start]
    return _with_company(found, [], named, body)


def _stands_for_it(mention: Mention, where: str) -> bool:
    """Does a speech's opening say that it is the party's: by what the group does now, or in a line of its own?"""
    before = where[max(0, mention.start - 120) : mention.start].rsplit("\n", 1)[-1]
    return not THEIRS.search(before) and bool(
        SPEAKS_NOW.match(where[mention.end : mention.end + 60])
        or OFFICE.match(before)
        or PAPER_OF.search(before)
        or _alone(mention, where)
    )


def _joint(found: list[Mention], where: str) -> list[Mention]:
    """The first that acts, and those that act with it."""
    if len(found) <= 1:
        return found
    chosen = [found[0]]
    for mention in found[1:]:
        if (
            _in_one_breath(chosen[-1], mention, where)
            or len(where[chosen[-1].end : mention.start]) < 45
        ):
            chosen.append(mention)
    return chosen


def _by_name(
    zones: Zones,
    known: tuple[Party, ...],
    index: Index,
    places: Index,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    """What an archivist called the file or its folder, where the text itself says nothing."""
    found = _from_name(zones, known, index, places)
    if found:
        evidence["parties"] = zones.name or zones.path
    return found


def _from_name(
    zones: Zones, known: tuple[Party, ...], index: Index, places: Index
) -> tuple[str, ...]:
    """The party in a file's name or folder."""
    short = {party.short for party in known}
    for where in (zones.path.rsplit(" / ", 1)[-1], zones.path):
        found = [
            m
            for m in names.distinct(names.mentions(where, index, loose=True))
            if names.plain(m.words)
            not in AMBIGUOUS - {"linke", "piraten", "volt", "die partei", "fw", "die basis"}
        ]
        if 1 <= len(found) <= 2:
            return tuple(m.key for m in found)
        codes = [word.lower() for word in re.split(r"[^A-Za-zÄÖÜäöüß0-9]+", where)]
        by_code = [CODES[code] for code in codes if CODES.get(code) in short]
        if len(set(by_code)) == 1:
            return (by_code[0],)
    packed = re.fullmatch(r"[a-z]{1,4}\d\d([a-z]{2,6})", zones.name)
    if packed:
        code = packed[1]
        for party in known:
            if names.plain(party.short).replace(" ", "") == code:
                return (party.short,)
        if CODES.get(code) in short:
            return (CODES[code],)
    return ()


def _quote(found: Iterable[Mention], where: str) -> str:
    return ", ".join(
        dict.fromkeys(around(where, mention.start, mention.end, 30) for mention in found)
    )
