"""Which parties does a text name, as far as its words can only mean one?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from programmes.ingest.about import names
from programmes.ingest.about.names import Index, Mention
from programmes.ingest.about.ordinary import ORDINARY
from programmes.ingest.pieces import Party

# Names that are words as well: a party only beside a word that makes it one.
AMBIGUOUS = {
    "die heimat", "die basis", "familie", "die partei", "piraten", "linke", "bp", "gal", "fw", "die liberalen", "werteunion",
    "freie demokraten", "volt", "partei", "basis", "heimat", "wir buerger", "alfa", "die grauen", "republikaner",
    "die republikaner", "unabhaengige buerger", "die rechte", "big", "rep", "alternative liste", "buendnis deutschland",
}  # fmt: skip
BODY = (
    r"(?:Fraktion|Rats?fraktion|Stadtrats?fraktion|Kreistags?fraktion|Gemeinderatsfraktion|Regionsfraktion|Bezirksfraktion|Stadtfraktion|Bürgerschaftsfraktion|Gruppe|Ratsgruppe|"
    r"Kreistagsgruppe|Stadtratsgruppe|Ortsverband|Ortsverein|Ortsgruppe|Stadtverband|Gemeindeverband|Kreisverband|Kreisvorstand|Unterbezirk|Bezirksverband|Regionsverband|Regionalverband|Stadtratsgruppe|Liste|"
    r"Basisgruppe|Stadtvorstand|Ortsvorstand|Vorstand|Samtgemeindeverband|(?:Gemeinderats|Stadtrats|Kreistags|Landrats|Bürgermeister)?[Kk]andidat\w*|Kreistagsfraktion|Ratsherr\w*|Ratsfrau\w*|Ratsmitglied\w*|Stadtr[aä]t\w*|Fraktionsvorsitzende\w*|Kommunalpolitiker\w*|Partei)"
)
BODY_AFTER = re.compile(
    rf"\s?[-–]?\s?(?:(?:im|in)\s+(?:\w+\s+){{1,4}})?{BODY}\b|\s+(?:im|in der)\s+(?:Rat|Stadtrat|Gemeinderat|Kreistag|Bezirksvertretung|Regionsversammlung|Bezirksrat|Ortsrat)",
    re.IGNORECASE,
)
BODY_BEFORE = re.compile(rf"{BODY}(?:\s+(?:der|von|des|die|aus|im|Partei|[\"„»]))*\s*[\"„»]?$")
WE_BEFORE = re.compile(
    r"\b(?:(?:wir|uns)(?:,\s+(?:die\s+|der\s+)?|\s+)(?:als\s+(?:die\s+)?|in\s+der\s+|bei\s+(?:der|den)\s+)?|wir\s+von\s+(?:der|den)\s+|unsere[rn]?\s+|bei\s+uns\s+in\s+der\s+)$",
    re.IGNORECASE,
)
MOST = 4  # parties of one text; more are those of a council, and none of them its author
VOTE = re.compile(r"[ \t]++(?:zu[ \t]++)?wähl(?:en|t|e)\b|[ \t]*+(?:[!.][ \t]*+)?Listen?platz\b")
# A name that is a word as well is a party beside another party: "Linke und Piraten".
OTHER_PARTY = r"(?:CDU|CSU|SPD|FDP|AfD|BSW|ÖDP|Grünen?|GRÜNEN?|Linken?|LINKEN?|Volt|Piraten|PIRATEN|Die PARTEI|Freien? Wähler|FREIEN? WÄHLER)"
BESIDE_BEFORE = re.compile(rf"\b{OTHER_PARTY}\s*(?:,|&|/|\+|und|sowie)\s*(?:(?:der|die|den)\s+)?$")
AMONG = re.compile(rf"-{OTHER_PARTY}(?![\w])")  # "SPD-Grüne-FDP"
BESIDE = re.compile(rf"\s*(?:,|&|/|\+|und|sowie)\s*(?:(?:der|die|den)\s+)?{OTHER_PARTY}(?![\w])")
ORDINARY_NAMES = frozenset(names.plain(name) for name in ORDINARY)
SATIRISTS = re.compile(r"\s?[./]\s?((?:Die )?PARTEI)\b(?!\s+[A-ZÄÖÜ])")
NATURE = re.compile(r"\b(?:[Ii]m|[Ii]ns|[Dd]as|[Ee]in|[Aa]ns|[Aa]m)\s+$")
LOWER_GREEN = re.compile(r"Grünen?$|GRÜNEN?$")


@lru_cache(maxsize=4)
def index_of(parties: tuple[Party, ...]) -> Index:
    entries: list[tuple[str, str, bool]] = []
    for party in parties:
        for name in dict.fromkeys((party.short, party.name, *party.aliases)):
            entries.append((name, party.short, False))
            last = name.split()[-1]
            if len(last) > 4 and not name.isupper() and not last.endswith("s"):
                entries.append((name + "s", party.short, True))  # des Heimatbunds
                entries.append((name + "es", party.short, True))
            if last.lower().endswith("e"):
                entries.append((name + "n", party.short, True))
            if last.endswith("er"):
                entries.append((name + "n", party.short, True))
            first, *rest = name.split()
            if rest and first.endswith("e") and first not in ("Die",):
                entries.append((" ".join((first + "n", *rest)), party.short, True))
                entries.append((" ".join((first + "n", *rest)) + "n", party.short, True))
            if name.startswith(("Die ", "DIE ")):
                entries.append(("der " + name[4:], party.short, True))
                entries.append(("den " + name[4:] + "n", party.short, True))
    return names.index(entries)


def mentions(where: str, known: tuple[Party, ...], places: Index) -> list[Mention]:
    """Every party named in a text, as far as the words can only mean one."""
    return list(in_text(where, index_of(known), places))


def in_text(where: str, index: Index, places: Index) -> Iterator[Mention]:
    for mention in names.mentions(where, index):
        if _is_party(mention, where, places):
            yield mention
            if beside := SATIRISTS.match(where, mention.end):
                yield Mention("Die PARTEI", beside[1], beside.start(1), beside.end())


def _is_party(mention: Mention, where: str, places: Index) -> bool:
    before, after = (
        where[max(0, mention.start - 60) : mention.start],
        where[mention.end : mention.end + 60],
    )
    body = BODY_AFTER.match(after) or BODY_BEFORE.search(before)
    if names.plain(mention.words) in AMBIGUOUS:
        listed = before.endswith("(") and after.startswith(")")
        if mention.words[0].isupper() and (BESIDE_BEFORE.search(before) or BESIDE.match(after)):
            return True
        if names.plain(mention.words) == "volt":
            return not re.search(r"\d\s?$", before)
        exact = mention.words in ("DIE LINKE", "Die PARTEI", "dieBasis", "PIRATEN", "Piraten")
        return bool(
            body
            or listed
            or re.search(r"\b[Ww]ir (?:als )?$", before)
            or (
                exact
                and (place_follows(mention, where, places) or before.strip()[-1:] in ("", "\n"))
            )
        )
    if re.fullmatch(r"(?i:Grünen?)", mention.words) and re.match(
        r"\s+(?:Stadt|Region|Gemeinde|Kommune|Wiese|Insel|Mitte|Oase|Lunge|Band|Ring)\b", after
    ):
        return False  # "Grüne Stadt Dortmund"
    if NATURE.search(before) and re.fullmatch(r"Grünen?", mention.words) and not body:
        return False  # "Wohnen im Grünen"
    if LOWER_GREEN.search(mention.words) and len(mention.words.split()) <= 2:
        following = re.match(r"\s+([A-ZÄÖÜ][\wäöüß-]+)", after)
        if following and not body and not AMONG.match(after) and not place_follows(mention, where, places) and following[1] not in (
            "Jugend", "Fraktion", "Partei", "Kreisverband", "Ortsverband", "Liste", "Alternative",
        ):  # fmt: skip
            # "Grüne Wiesen", "die grünen Dächer" in capitals: the colour.
            loud = mention.words.isupper() and not following[1].isupper()
            return loud or mention.words.lower().startswith("die grünen")
        if where[mention.end : mention.end + 1] == "-" and not body and not AMONG.match(after):
            return False
    return True


def with_body(mention: Mention, where: str, places: Index) -> bool:
    before, after = where[max(0, mention.start - 60) : mention.start], where[mention.end :][:60]
    return bool(
        BODY_AFTER.match(after)
        or BODY_BEFORE.search(before)
        or (re.match(r"[- ][A-ZÄÖÜ]", after) and place_follows(mention, where, places))
    )


def place_follows(mention: Mention, where: str, places: Index) -> bool:
    after = where[mention.end : mention.end + 80].split("\n", 1)[0]
    lead = re.match(
        r"[\s,:|/–-]*(?:(?:in|aus|im|für|Stadt|Region|Kreis|Landkreis|Gemeinde)\s+)?", after
    )
    start = lead.end() if lead else 0
    return any(
        found.start <= 1 and names.plain(found.words) not in ORDINARY_NAMES
        for found in names.mentions(after[start:], places)
    )
