"""What is a document called? A motion by its subject, not by the word "Antrag" that heads its form."""

from __future__ import annotations

import re

from programmes.ingest.pieces import Block, Kind, Outline, Text

SUBJECT = re.compile(
    r"^(?:Betreff|Betr\.?|Betrifft|Gegenstand|Thema|Titel(?: des Antrags)?|Bezeichnung)\s*:\s*(\S.{4,198})$"
)
LABEL = re.compile(r"^(?:Betreff|Betr\.?|Betrifft|Gegenstand|Thema)\s*:?$")
# "Antrag", "Gemeinsamer Antrag der Fraktionen …", "Anfrage Nr. 12/2023": the form's name, and no subject.
FORM = re.compile(
    r"^\W*(?:(?:gemeinsamer|interfraktioneller|fraktionsübergreifender|dringlicher)\s+)?\w{0,20}-?(?:antrag|anträge|anfrage|anfragen|resolution)\b"
    r"(?!\s*[:–-]\s*\w)(?!.{0,80}\b(?:zu|zum|zur|auf|für|über|betreffend)\b(?!\s+(?:sitzung|tagesordnung|ratssitzung|den\s+rat|die\s+sitzung)))",
    re.IGNORECASE,
)
PARTS = re.compile(
    r"^\W*(?:begründung|beschluss\w*|sachverhalt|antragstext|beschlussvorschlag|der\s+\w+\s+möge|finanzielle\s+auswirkungen|anlagen?|sitzung\b|gremium|an\s|herrn?\b|frau\b|fraktion|\d)",
    re.IGNORECASE,
)
FIRST = 25  # blocks of a form's head


def of(kind: Kind | None, outline: Outline, text: Text) -> tuple[str | None, str]:
    """The title, and the words that say so where it is not the outline's own."""
    if kind != "motion":
        return outline.title, ""
    blocks = text.blocks[:FIRST]
    if subject := _subject(blocks):
        return subject, f"„Betreff: {subject}“"
    if outline.title is None or FORM.match(outline.title):
        heading = next((b.text for b in blocks if _is_subject(b, outline.title)), None)
        if heading:
            return heading, f"„{heading}“"
    return outline.title, ""


def _subject(blocks: tuple[Block, ...]) -> str | None:
    """What stands after "Betreff:", in its line or in the next."""
    for at, block in enumerate(blocks):
        for line in block.text.split("\n"):
            if found := SUBJECT.match(line.strip()):
                return found[1].strip()
        if LABEL.match(block.text.strip()) and at + 1 < len(blocks):
            after = blocks[at + 1].text.strip()
            if 4 < len(after) < 200 and "\n" not in after:
                return after
    return None


def _is_subject(block: Block, title: str | None) -> bool:
    words = block.text.strip()
    return (
        block.kind == "heading"
        and words != title
        and 8 <= len(words) <= 200
        and not FORM.match(words)
        and not PARTS.match(words)
        and not words.endswith((",", ":"))
    )
