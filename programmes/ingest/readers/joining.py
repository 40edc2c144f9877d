"""Lines that were broken by a page's width, put together again: when does a hyphen go?"""

from __future__ import annotations

import re
from collections import Counter

# The soft hyphen is how the PDF reader marks a hyphen that the library took for a word break.
SPLIT = re.compile(r"[a-zäöüß][-\u00ad\u2010]$")
ENUMERATION = re.compile(r"^(?:und|oder|bzw\.?|beziehungsweise|sowie|als|wie|noch|bis|&|/)(?!\w)")


def joined(lines: list[str], repairs: Counter[str]) -> str:
    """The lines as one, with a space between them.

    A hyphen at a line's end goes where it split a word: between lower-case letters, and not before
    "und" ("Rad- und Fußwege"). It stays in "Kita-Plätze" and "CO2-neutral", and " -" is a dash.
    """
    whole = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if not following:
            continue
        hyphen = whole[-1:] in ("-", "\u00ad", "\u2010")
        if not hyphen or len(whole) < 2 or whole[-2].isspace():
            whole += " " + following
        elif ENUMERATION.match(following):
            whole = whole[:-1] + "- " + following
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
