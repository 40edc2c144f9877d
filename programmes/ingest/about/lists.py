"""What does a local list call itself, alone or beside a party?"""

from __future__ import annotations

import re

from programmes.ingest.about import names
from programmes.ingest.about.mentions import BODY_AFTER, BODY_BEFORE, MOST, VOTE, WE_BEFORE
from programmes.ingest.about.names import Index, Mention

LIST_WORD = (
    r"(?:Bürgerliste|Bürgerinnenliste|Wählergemeinschaft|Wählergruppe|Wählervereinigung|Wählerinitiative|Wählerverband|Wählerliste|Wählerbündnis|Bürgerbündnis|Bürger[ -]Bündnis|Bürgerrunde|Bürgerforum|Bürgergemeinschaft|"
    r"Bürgerunion|Bürgerblock|Bürgerbund|Bürgerbewegung|Bürgerpartei|Bürgerinitiative|Bürgervereinigung|Bürgerverein|Bürgergruppe|Dorfliste|Dorfgemeinschaftsliste|Stadtliste|Ortsliste|Frauenliste|Seniorenliste|Umweltliste|"
    r"Heimatliste|Jugendliste|Kreisliste|Zukunftsliste|Wählergemeinschaften|Bündnis\s+für|Bürger\s+für|Liste\s+für|Initiative\s+für|Gemeinsam\s+für|Aktive\s+Bürger|Engagierte\s+Bürger|Junge\s+Liste|Bunte\s+Liste|Rosa\s+Liste|Parteifreie\s+Liste|Offene\s+Liste|Grüne\s+Liste|Linke\s+Liste|Soziale\s+Liste|Alternative\s+Liste|"
    r"Freie\s+(?:Bürger|Liste|Demokratische\s+Wähler|Christliche\s+Wähler)|Unabhängige\s+(?:Bürger|Liste|Wähler))"
)
ATTRIBUTE = r"(?:(?:Unabhängige|Freie|Überparteiliche|Parteilose|Christliche|Alternative|Bunte|Soziale|Junge|Neue|Offene|Bürgerliche|Ökologische|Grüne|Parteiunabhängige|Kommunale|Vereinigte|Gemeinsame)[rsn]?\s+){0,2}"
OWN_NAME = re.compile(
    rf"(?<![\w-])({ATTRIBUTE}{LIST_WORD}(?:[ -][A-ZÄÖÜ„\"][\wäöüßÄÖÜ.“\"-]*(?:\s+(?:an|am|im|in|bei|der|dem|ob|und|für)(?:\s+(?:der|dem|die))?\s+[A-ZÄÖÜ][\wäöüß-]+)?){{0,3}})(?:\s+\([^()\n]{{2,12}}\))?(\s*,?\s*e\.\s?V\.)?"
)
# "Gemeinsam für Lüneburg", "Bündnis für Familien", "Bürgerforum": slogans, aims and meetings more often than lists.
SLOGAN = re.compile(
    r"(?:Initiative|Bündnis|Gemeinsam|Liste|Bürger)\s+für\b|Bürger(?:initiative|forum|verein|gruppe|bewegung)\b|(?:Aktive|Engagierte)\s+Bürger\b"
)
TITLED = re.compile(r"\s*(?:$|\n|[–:|-]\s)")
LOUD_WORD = re.compile(r"[A-ZÄÖÜ]{3,40}")
LOUD_LIST = re.compile(
    rf"(?<![\w-])(?:[A-ZÄÖÜ]{{3,20}} )?(?:{LIST_WORD.upper().replace(chr(92) + 'S+', ' ')})(?![\w-])(?:[ -][A-ZÄÖÜ]{{2,40}}(?![a-zäöüß])){{0,4}}"
)
JOINT_LIST = re.compile(r"\s*(?:/|&|\+|und)\s*(?:der\s+|die\s+)?")
LETTERS = r"[A-ZÄÖÜ][a-zäöüß]{0,3}[A-ZÄÖÜ][\wÄÖÜ]{0,6}"
LETTERS_AFTER = re.compile(
    rf"\s?[/+&]\s?({LETTERS})(?![\w/])(\s?-?\s?\w{{0,14}}(?:[Ff]raktion|[Gg]ruppe)\w{{0,12}})?"
)
LETTERS_BEFORE = re.compile(
    rf"(\b\w{{0,14}}(?:[Ff]raktion|[Gg]ruppe)\s+)?(?<![\w/-])({LETTERS})\s?[/+&]\s?$"
)


def with_lists(
    said: tuple[str, ...],
    found: list[Mention],
    where: str,
    index: Index,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    """A local list that shares a text with a party: "FDP & Freie Bürger Seehausen"."""
    calm = in_small_letters(where)
    for mention in found:
        if mention.key not in said:
            continue
        own = OWN_NAME.match(calm, mention.start)
        if own and own.end() > mention.end and len(said) > 1:
            # "FDP/Bürgerliste Seehausen": a kind of list, and the name that this one gives itself.
            name = cased(re.sub(r"\s+", " ", own[1]).strip(" ,.-"))
            said = tuple(name if key == mention.key else key for key in said)
            continue
        joint = JOINT_LIST.match(calm, mention.end)
        listed = joint and OWN_NAME.match(calm, joint.end())
        if joint and listed and not any(names.mentions(listed[0], index)):
            name = cased(re.sub(r"\s+", " ", listed[1]).strip(" ,.-"))
            evidence["parties"] = f"„{where[mention.start : listed.end()].strip()}“"
            return (*said, name)
    return _with_letters(said, found, where, index)


def _with_letters(
    said: tuple[str, ...], found: list[Mention], where: str, index: Index
) -> tuple[str, ...]:
    """A list that shares a group and goes by its letters: "FDP/MfM-Fraktion", "Fraktion MfM/FDP"."""
    for mention in found:
        if mention.key not in said or len(said) >= MOST:
            continue
        head = BODY_BEFORE.search(where[max(0, mention.start - 40) : mention.start])
        after = LETTERS_AFTER.match(where, mention.end)
        before = LETTERS_BEFORE.search(where[max(0, mention.start - 30) : mention.start])
        if after and (after[2] or head) and not any(names.mentions(after[1], index)):
            return (*said, after[1])
        grouped = before and (
            before[1] or re.match(r"-?\s?\w*(?:[Ff]raktion|[Gg]ruppe)", where[mention.end :])
        )
        if before and grouped and not any(names.mentions(before[2], index)):
            return (before[2], *said)
    return said


def own_name(
    where: str, index: Index, places: Index, *, speaking: bool = False, elsewhere: str = ""
) -> tuple[str, str] | None:
    """The name that a local list gives itself, and the words; only where it speaks, if `speaking`.

    What may be a slogan is a name where it stands with "e.V." `elsewhere`.
    """
    for found in OWN_NAME.finditer(in_small_letters(where)):
        words = re.sub(r"\s+", " ", found[1]).strip(" ,.-")
        before = where[max(0, found.start() - 30) : found.start()]
        if speaking and not (WE_BEFORE.search(before) or BODY_BEFORE.search(before)):
            continue
        if (
            re.search(r"\b(?:mit|gegen|die|der|einer?|keine)\s+$", before)
            and not speaking
            and not found[2]
        ):
            continue
        bare = words.split()[-1]
        if (
            len(words.split()) == 1
            and not found[2]
            and not re.search(r"^\s*$", before.split("\n")[-1])
        ):
            continue
        if bare == "für":
            continue
        after = where[found.end() : found.end() + 40]
        line_start = not before.split("\n")[-1].strip()
        if SLOGAN.match(words) and not (
            found[2]
            or BODY_BEFORE.search(before)
            or BODY_AFTER.match(after)
            or VOTE.match(after)
            or re.search(rf"{re.escape(found[1].strip())}\s+e\.\s?V\.", elsewhere)
            or (line_start and _is_of_place(words, places) and TITLED.match(after))
        ):
            continue
        return cased(words), where[found.start() : found.end()].strip()
    return None


def _is_of_place(words: str, places: Index) -> bool:
    """ "Bürger für Seehausen", which is a list where "Bürger für Klimaschutz" is an aim."""
    found = re.match(r"(?:[\w]+ )?Bürger für\s+", words)
    if not found:
        return False
    return any(m.start == 0 for m in names.mentions(words[found.end() :], places))


def in_small_letters(where: str) -> str:
    """A list's name that is set in capitals, as a name; everything keeps its place."""
    return LOUD_LIST.sub(
        lambda found: LOUD_WORD.sub(lambda word: word[0].capitalize(), found[0]), where
    )


def cased(words: str) -> str:
    return words.title() if words.isupper() else words
