"""Does a line on top say whose the text is, or does it only tell of a party?

"CDU-Ratsfraktion Seehausen" heads a text of that party; "CDU lässt Familien im Regen stehen" is by others as often
as not.
"""

from __future__ import annotations

import re

# Words in small letters that a letterhead or a title without a verb may hold.
PLAIN = frozenset(
    "am an auf aus bei beim das dem den der des die durch e ein eine einer eines für gegen im in ins mit nach ob "
    "ohne pro sowie statt u über um und unser unsere unserer v vom von vor wir zu zum zur".split()
)
WORD = re.compile(r"(?<![\w.@/-])[a-zäöüß][\wäöüß]*(?![\w@/]|\.\w)")
REPROACH = re.compile(
    r"[^.\n]{0,60}\b(?:lassen|lässt|verspiel\w+|brechen|bricht|blockier\w+|verhinder\w+|versag\w+|scheiter\w+|täusch\w+|knick\w+|kneif\w+|gefährd\w+|verweiger\w+|behaupt\w+|irr(?:t|en)|"
    r"schad\w+|schür\w+|hetz\w+|verschlaf\w+|verschläft|ignorier\w+|drück(?:t|en)\s+sich|missbrauch\w+|belüg\w+|lüg\w+|betrüg\w+|verschwend\w+|verschlepp\w+|zerstör\w+|spalte\w+|"
    r"vergess\w+|vergisst|verrät|verraten|opfer(?:t|n)|kein\w{0,2}|nicht|nie|wieder einmal|schon wieder|\w*zickzack\w*|\w*chaos\w*|\w*märchen\w*)\b",
    re.IGNORECASE,
)
LETTER = re.compile(r"^\W*(?:Leserbriefe?|Leserzuschrift|Leserinnenbrief)\b", re.MULTILINE)
ASKS_ABOUT = re.compile(r"^\W*(?:Warum|Wieso|Weshalb|Wie|Was|Wo|Wann|Faktencheck|Wer)\b[^:\n]*$")
# Those who belong to a party and speak for themselves.
YOUTH = re.compile(
    r"\b(?:Jusos?\b|Jungsozialist\w+|Jungen?\s+Union\b|JU\s(?=[A-ZÄÖÜ])|(?:GRÜNEN?|Grünen?)\s+(?:JUGEND|Jugend)\b|Jungen?\s+Liberalen?\b|JuLis\b|Jungen?\s+Alternativen?\b|Generation Deutschland\b|"
    r"Linksjugend\b(?:\s+\['?solid'?\])?|Schüler[ -]?Union\b|Jungen?\s+Freien?\s+Wähler\b)",
)
YOUTH_SPEAKS = re.compile(
    rf"\b(?:[Aa]ls|[Ww]ir|[Uu]ns(?:ere)?|[Ww]ir als|(?:Presse|Medien)?(?:mitteilung|erklärung|information)\s+(?:der|des)|(?:Landes|Kreis|Stadt|Orts)?(?:vorstand|verband|gruppe)\s+(?:der|des))\s+(?:die\s+)?{YOUTH.pattern}"
)
# Another level's: a local text speaks of it, and is not its.
ELSEWHERE_AFTER = re.compile(
    r"(?:/[A-ZÄÖÜ]\w+)?-(?:Bundes|Landes|Landtags|EU|[Gg]eführt|[Mm]inister|[Gg]eneral|[Rr]egiert|[Mm]ehrheit|[Rr]egierung|[Kk]anzler|[Ss]enator|[Bb]undes)"
)
MARKED_OFF = re.compile(
    r"[^.!?\n]{0,90}(?:,\swir|\swir\s+(?:nicht|aber|dagegen|hingegen|jedoch)|\sdoch wir|\saber wir)\b",
    re.IGNORECASE,
)


def tells(line: str) -> bool:
    """Is a line a sentence or headline with a verb, rather than a letterhead, a name or a title?"""
    return any(word not in PLAIN for word in WORD.findall(line.split(" – ")[0]))


def youth(head: str, opening: str) -> str | None:
    """The youth organisation that heads a text or says "we" in it."""
    for number, line in enumerate(head.split("\n")):
        found = YOUTH.search(line)
        if found and (number == 0 or not tells(line)) and _leads(line[: found.start()]):
            return _named(line, found)
    spoken = YOUTH_SPEAKS.search(f"{head}\n{opening}")
    if spoken and (found := YOUTH.search(spoken[0])):
        return found[0]
    return None


def _leads(before: str) -> bool:
    return not before.strip() or bool(
        re.search(r"(?:\b(?:der|die|des|Die|von)|[:|–-])\s*$", before)
        and not re.search(r"\b(?:an|mit|für|gegen|bei)\s+(?:der|die|den)\s*$", before)
    )


def _named(line: str, found: re.Match[str]) -> str:
    """With what of the party or the town stands behind it: "Junge Union Kreisverband Seehausen"."""
    after = re.match(
        r"(?:\s+(?:der|im|in|Kreisverband|Stadtverband|Ortsverband|[A-ZÄÖÜ][\wäöüß-]+)){0,4}",
        line[found.end() :],
    )
    words = found[0] + (after[0] if after else "")
    return re.sub(r"\s+(?:der|im|in)$", "", words).strip()
