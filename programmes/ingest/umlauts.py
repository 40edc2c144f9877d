"""Texts written without umlauts ("fuer Buergerinnen"): are they, and what did they mean?

Only with evidence: no umlaut anywhere, and several words that exist with one alone. Names are left to the
gazetteer; what could be two words stays as it is.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace

from programmes.ingest.pieces import Block

UMLAUT = re.compile("[äöüÄÖÜß]")
# Words and stems that exist with an umlaut alone: each is evidence.
CERTAIN = re.compile(
    r"\b(?:f(?:ue)r|(?:ue)ber\w*|w(?:ue)rde\w*|k(?:oe)nn\w*|m(?:ue)ss\w*|m(?:oe)cht\w*|h(?:ae)tte\w*|w(?:ae)re\w*|"
    r"\w*b(?:ue)rger\w*|\w*st(?:ae)dt\w*|\w*l(?:ae)nd\w*|\w*sch(?:ue)ler\w*|\w*pl(?:ae)tz\w*|\w*gr(?:ue)n\w*|\w*m(?:oe)glich\w*|"
    r"\w*f(?:oe)rder\w*|\w*unterst(?:ue)tz\w*|\w*st(?:ae)rk\w*|\w*k(?:ue)nftig\w*|\w*verf(?:ue)g\w*|\w*h(?:oe)h\w*|\w*f(?:uehr)\w*|"
    r"\w*b(?:ae)um\w*|\w*r(?:ae)um\w*|\w*h(?:ae)us\w*|\w*gem(?:aess)\w*|\w*(?:oe)ffentlich\w*|\w*(?:ae)nder\w*|\w*t(?:ae)t(?:en)?|j(?:ae)hr\w*|"
    r"dar(?:ue)ber|daf(?:ue)r|zur(?:ue)ck\w*|\w*gr(?:oess)\w*|\w*w(?:ae)hl\w*|\w*l(?:oes)\w*|\w*h(?:oe)r\w*|\w*k(?:uerz)\w*|\w*erh(?:ae)lt\w*)\b",
    re.IGNORECASE,
)
# No umlaut: two vowels that meet, foreign words, and "ue" after a vowel or q.
KEPT = re.compile(
    r"\b(?:zue\w+|soeben|koe(?:ff|x)\w*|poe(?:sie|t\w*)|statuen?|revue\w*|avenue\w*|aero\w*|maestr\w*|israel\w*|\w*michael\w*|"
    r"raphael\w*|samuel\w*|manuel\w*|\w*duell\w*|\w*uell\w*|\w*uent\w*|\w*uenz\w*|guerilla\w*|suez\w*|duett\w*|goeth\w*|\w*tuend\w*|"
    r"gebaeudet?)\b",
    re.IGNORECASE,
)
DIGRAPH = re.compile(r"(?<![aeiouq])ue|ae|oe(?!u)", re.IGNORECASE)
SHARP = re.compile(
    r"(?P<before>stra|gro|gr[öo]|gr[üu]|f[üu](?=ss(?:e\b|en\b|g|b|w|n|ig|l))|spa|blo|sto|st[öo]|hei|wei|drei(?=ssig)|flei|schlie|flie|genie|gie|s[üu]|m[äa](?=ssig)|gem[äa]|"
    r"ma(?=ss(?:nahm|stab|geb|voll))|\bau(?=ss(?:er|en\b))|[äa]u(?=sserung|ssern))ss",
    re.IGNORECASE,
)
WORD = re.compile(r"[A-Za-z]{3,}")
ADDRESS = re.compile(r"(?<!\S)\S*(?:@|://|www\.|\.(?:de|org|net|com|info|eu|example)\b)\S*")


def restored(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """The blocks with their umlauts, where the text was evidently written without."""
    if not is_without(" ".join(block.text for block in blocks[:2000])):
        return blocks
    return [replace(block, text=_with(block.text, repairs)) for block in blocks]


def is_without(words: str) -> bool:
    """No umlaut at all, and three different words that need one."""
    if UMLAUT.search(words):
        return False
    needed = {
        found[0].lower() for found in CERTAIN.finditer(words[:100_000]) if DIGRAPH.search(found[0])
    }
    return len(needed) >= 3


def _with(words: str, repairs: Counter[str]) -> str:
    kept = [found.span() for found in ADDRESS.finditer(words)]

    def mended(found: re.Match[str]) -> str:
        word = found[0]
        if KEPT.fullmatch(word) or any(start <= found.start() < end for start, end in kept):
            return word
        changed = SHARP.sub(lambda part: part["before"] + "ß", DIGRAPH.sub(_umlaut, word))
        repairs["ascii-umlaut"] += changed != word
        return changed

    return WORD.sub(mended, words)


def _umlaut(found: re.Match[str]) -> str:
    letter = {"a": "ä", "o": "ö", "u": "ü"}[found[0][0].lower()]
    return letter.upper() if found[0][0].isupper() else letter
