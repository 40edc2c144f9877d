"""Lines that were broken by a page's width, put together again: when does a hyphen go?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

# The soft hyphen is how the PDF reader marks a hyphen that the library took for a word break.
SPLIT = re.compile(r"[a-zäöüß][-\u00ad\u2010]$")
ENUMERATION = re.compile(r"^(?:und|oder|bzw\.?|beziehungsweise|sowie|als|wie|noch|bis|&|/)(?!\w)")
# Words that were split before such a word: so-wie, den-noch.
SPLIT_BEFORE = re.compile(r"(?:^|\W)(?:(?:so|irgend|gleich)\W wie|den\W noch)(?!\w)", re.IGNORECASE)


# "nicht-" "städtische" keeps its hyphen, "Nicht-" "raucher" does not; so does "Nice-to-" "have".
KEEPS = re.compile(r"(?:^|\s|[„“\"(])nicht$|-(?:to|of|in|on|up|by|and|the)$")
PAIRS = (
    "start-up",
    "sozial-ökolog",
    "sozial-kultur",
    "sozial-emotion",
    "sozial-räum",
    "öffentlich-privat",
    "make-up",
    "coming-out",
    "check-in",
    "check-up",
    "follow-up",
    "pop-up",
    "back-up",
    "stand-by",
    "drive-in",
    "know-how",
)
# One adjective before another: "politisch-" "gesellschaftliche"; but "politisch-" "en" is one word, and so is "Pro-" "jekt".
ADVERB = re.compile(r"\b(?:\w{3,}(?:isch|lich|ell)|pro|non|queer|deutsch)$", re.IGNORECASE)
ADJECTIVE = re.compile(r"\w{4,}(?:isch|lich|ig|ell|al|iv|är|ar|frei)(?:e[nrms]?)?\b", re.IGNORECASE)
COMPOUND = re.compile(r"[^\W\d_]{2,}-[a-zäöüß]{3,}")


def compounds_of(lines: Iterable[str]) -> frozenset[str]:
    """Words with a hyphen inside, before a small letter, that the text writes within its lines."""
    return frozenset(word.lower() for line in lines for word in COMPOUND.findall(line))


def joined(lines: list[str], repairs: Counter[str], compounds: frozenset[str] = frozenset()) -> str:
    """The lines as one, with a space between them.

    A hyphen at a line's end goes where it split a word: between lower-case letters, and not before
    "und" ("Rad- und Fußwege"). It stays in "Kita-Plätze" and "CO2-neutral", in `compounds`, and " -" is a dash.
    """
    whole = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if not following:
            continue
        hyphen = whole[-1:] in ("-", "\u00ad", "\u2010")
        if not hyphen or len(whole) < 2 or whole[-2].isspace():
            whole += " " + following
        elif ENUMERATION.match(following) and not SPLIT_BEFORE.search(
            f"{whole[-8:]} {following[:5]}"
        ):
            whole = whole[:-1] + "- " + following
        elif SPLIT.search(whole) and following[0].islower() and _keeps(whole, following, compounds):
            whole = whole[:-1] + "-" + following
        elif SPLIT.search(whole) and following[0].islower():
            whole = whole[:-1] + following
            repairs["hyphenation"] += 1
        elif following[0].isalnum():
            whole = whole[:-1] + "-" + following
        else:
            whole += " " + following
    if whole.endswith("\u00ad"):
        whole = whole[:-1] + "-"
    return whole


def _keeps(whole: str, following: str, compounds: frozenset[str]) -> bool:
    """Whether the hyphen at a line's end belongs to the word."""
    # To search the whole of a long paragraph cost a twentieth of the reading.
    last = whole[-60:-1].rsplit(None, 1)[-1]
    first = re.search(r"[^\W\d_]+$", last)
    second = re.match(r"[^\W\d_]+", following)
    if first and second:
        pair = f"{first[0]}-{second[0]}".lower()
        if pair in compounds or pair.startswith(PAIRS):
            return True
    return bool(KEEPS.search(last) or (ADVERB.search(last) and ADJECTIVE.match(following)))
