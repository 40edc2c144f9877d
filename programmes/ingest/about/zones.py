"""The parts of a document that speak of it in different ways: its head, its text, its foot, its names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from programmes.ingest.pieces import Outline, Source, Text

# What a file says of itself that is written by people, not by programs.
SPOKEN = ("title", "og:title", "subject", "site", "author", "address")
PROGRAM_TITLE = re.compile(
    r"^(?:Microsoft Word|PowerPoint|InDesign|Adobe|untitled|Unbenannt|Dokument\d*)", re.IGNORECASE
)


SENTENCE = re.compile(
    r"\b(?:wir|ich|sie|ist|sind|hat|haben|wird|werden|soll|sollen|muss|müssen|will|wollen|kann|können)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Zones:
    """Lines of text. `head`: title, cover, metadata on top. `foot`: contact, imprint, running heads, frame of
    a web page. `said`: what the file's properties say. `path`: folder and file name as words."""

    head: str
    body: str
    foot: str
    said: str
    path: str
    name: str
    published: str

    @property
    def opening(self) -> str:
        return self.body[:900]


def _is_line(words: str) -> bool:
    """A line of a cover or a letterhead, rather than a sentence."""
    return len(words.split()) <= 12 and (
        not words.endswith((".", ":")) or words.endswith(("e.V.", "e. V."))
    )


def _is_slogan(words: str) -> bool:
    """ "Für ein starkes Seehausen." on a cover."""
    return len(words.split()) <= 8 and words.endswith(".") and not SENTENCE.search(words)


def _after(text: Text, at: int) -> str:
    return text.blocks[at + 1].text if at + 1 < len(text.blocks) else ""


def of(source: Source, text: Text, outline: Outline) -> Zones:
    head: list[str] = [outline.title] if outline.title else []
    body: list[str] = []
    foot: list[str] = []
    left_out = set(outline.left_out)
    seen = 0
    for at, block in enumerate(text.blocks):
        words = block.text
        if block.kind == "meta":
            (foot if seen > 400 else head).append(words)
        elif seen == 0 and (
            block.kind == "heading"
            or words in left_out
            or _is_line(words)
            or (_is_slogan(words) and _is_line(following := _after(text, at)) and following)
        ):
            if words != outline.title:
                head.append(words)
        else:
            body.append(words)
            seen += len(words) if block.kind != "heading" else 0
    said = [
        value
        for name, value in text.properties.items()
        if name in SPOKEN and not PROGRAM_TITLE.match(value)
    ]
    stem = source.path.replace("\\", "/")
    stem = stem.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", stem) else stem
    return Zones(
        head="\n".join(head),
        body="\n".join(body),
        foot="\n".join([*foot, *text.removed]),
        said="\n".join(said),
        path=" / ".join(stem.split("/")[-3:]).replace("_", " ").replace(".", " "),
        name=source.name.rsplit(".", 1)[0],
        published=text.properties.get("date", ""),
    )
