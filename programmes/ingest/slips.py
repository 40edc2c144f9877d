"""Slips of text recognition: which words look misread? They are left as they are, and the archivist is told."""

from __future__ import annotations

import re
from collections import Counter

from programmes.ingest.pieces import Text, Warning

FEW = 2  # so many suspicious words may be anything
SHOWN = 5
WORD = re.compile(r"[^\W_](?:[^\W_]|[|!¬])+")
SUSPICIOUS = re.compile(
    "|".join(
        (
            r"(?<!e)ii(?=[bcdfghklmnprstz])",  # ü read as ii: fiir, Biirger
            r"^f[tl]ir$",
            r"(?<=[^\W\d_][a-zäöü])B(?:e[nrs]?|t(?:en?)?|lich\w*|ig\w*|ung\w*)?$",  # ß read as B: StraBe, groBe
            r"(?<=[^\W\d_])0(?=[a-zäöüß]{2})|(?<=[a-zäöüß]{2})1(?=[a-zäöüß])",  # o or l read as a digit: W0hnung, Schu1e
            r"(?<=[a-zäöüß])[|!](?=[a-zäöüß])",  # l or i read as a stroke
            r"¬",
            r"^(?:nnd|uud|dcr|dcn|nncl|dic|cine?r?|nieht|anch|durcb|wcrden)$",
        )
    )
)
# Units, file names and made-up names that mix letters and digits, and words that do have a double i.
ORDINARY = re.compile(r"\d{2}|[a-z]B$|[a-z]B[a-z]+[A-Z]|^[WH]ii|Hawaii")


def warnings(text: Text) -> tuple[Warning, ...]:
    """One warning that names some words that look misread, if there are more than a few."""
    found: Counter[str] = Counter()
    page: int | None = None
    for block in text.blocks:
        slips = suspicious(block.text)
        found.update(slips)
        if slips and page is None:
            page = block.page
    if found.total() <= FEW:
        return ()
    examples = ", ".join(f"„{word}“" for word, _ in found.most_common(SHOWN))
    return (
        Warning(
            "ocr-slips",
            f"{found.total()} Wörter sehen nach Fehlern einer Texterkennung aus ({examples}); "
            "sie stehen im Text, wie sie in der Datei stehen.",
            page,
        ),
    )


def suspicious(words: str) -> list[str]:
    """The words that look misread."""
    out = []
    for found in WORD.finditer(words):
        word = found.group()
        if SUSPICIOUS.search(word):
            at = found.start()
            glued = words[max(at - 1, 0)] in "@./" or words[found.end() : found.end() + 1] in (
                "@",
                "/",
            )
            if not glued and not ORDINARY.search(word):
                out.append(word)
    return out
