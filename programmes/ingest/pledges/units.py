"""Which units does a document have, and what stands around each? One sentence or one item each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from programmes.ingest import sentences
from programmes.ingest.pieces import BlockKind, Passage, Section


@dataclass(frozen=True, slots=True)
class Unit:
    """`sections[section].text[start:end] == text`.

    `first`: it opens its block (follow-up sentences of an item need a cue of their own). `lead_in` and
    `heading` are what stands above it, `previous` the text of the unit before it, `quoted` whether it
    stands inside an open quotation.
    """

    section: int
    start: int
    end: int
    text: str
    kind: BlockKind
    page: int | None = None
    first: bool = True
    lead_in: str = ""
    heading: str = ""
    previous: str = ""
    quoted: bool = False
    siblings: int = 0


def units(sections: tuple[Section, ...]) -> Iterator[Unit]:
    """The units of the body in reading order: paragraphs and items, no headings, captions, metadata."""
    titles = {section.id: section.title for section in sections}
    for section in sections:
        previous = ""
        introduces = ""
        open_quotation = False
        heading = section.title
        if not heading and section.parent is not None:
            heading = titles.get(section.parent, "")
        items = sum(1 for passage in section.passages if passage.kind == "item")
        for at, passage in enumerate(section.passages):
            if passage.kind not in ("paragraph", "item"):
                continue
            text = section.text[passage.start : passage.end]
            spans = sentences.split(text)
            if passage.kind == "paragraph":
                introduces = _lead_in(text, spans, _next_kind(section.passages, at))
                spans = spans[:-1] if introduces else spans
            for number, (start, end) in enumerate(spans):
                sentence = text[start:end]
                yield Unit(
                    section=section.id,
                    start=passage.start + start,
                    end=passage.start + end,
                    text=sentence,
                    kind=passage.kind,
                    page=passage.page,
                    first=number == 0,
                    lead_in=(introduces or passage.lead_in) if passage.kind == "item" else "",
                    heading=heading,
                    previous=previous,
                    quoted=open_quotation,
                    siblings=items if passage.kind == "item" else 0,
                )
                open_quotation = _still_open(sentence, open_quotation)
                previous = sentence


def _next_kind(passages: tuple[Passage, ...], at: int) -> BlockKind | None:
    return passages[at + 1].kind if at + 1 < len(passages) else None


def _lead_in(text: str, spans: list[sentences.Span], following: BlockKind | None) -> str:
    """The last sentence of a paragraph if it only announces what follows: it is no unit (§ 3.2)."""
    if not spans:
        return ""
    last = text[spans[-1][0] : spans[-1][1]]
    if last.endswith(":"):
        return last
    return last if following == "item" and last[-1].isalnum() and len(last.split()) > 2 else ""


def _still_open(sentence: str, was_open: bool) -> bool:
    opened = max(sentence.rfind("„"), sentence.rfind("»"))
    closed = max(sentence.rfind("“"), sentence.rfind("”"), sentence.rfind("«"))
    if opened == closed == -1:
        return was_open
    return opened > closed
