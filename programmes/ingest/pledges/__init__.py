"""Which sentences and items of a document are pledges, and by what cue? The rules of the codebook."""

from __future__ import annotations

import re

from programmes.ingest import sentences
from programmes.ingest.pieces import About, Pledge, Section

_CUE = re.compile(
    r"\b(?:wollen|werden|möchten|fordern|fordert|soll|sollen|sollte|sollten|muss|müssen|brauchen wir"
    r"|wir brauchen|setzen (?:wir )?uns|setzt sich|streben|stehen für|ziel ist)\b",
    re.IGNORECASE,
)


def find(sections: tuple[Section, ...], about: About) -> tuple[Pledge, ...]:
    """Every pledge of a document in reading order; none in an article that no party has written."""
    if about.kind == "press" and not about.parties:
        return ()
    found: list[Pledge] = []
    for section in sections:
        for passage in section.passages:
            if passage.kind not in ("paragraph", "item"):
                continue
            text = section.text[passage.start : passage.end]
            for start, end in sentences.split(text):
                cue = _CUE.search(text, start, end)
                if cue or (passage.kind == "item" and passage.lead_in):
                    found.append(
                        Pledge(
                            section=section.id,
                            start=passage.start + start,
                            end=passage.start + end,
                            text=text[start:end],
                            specificity="vague",
                            cue=f"modal: {cue.group()}" if cue else f"lead-in: {passage.lead_in}",
                            page=passage.page,
                        )
                    )
    return tuple(found)
