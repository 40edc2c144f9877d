"""What the stages of the pipeline hand to each other: plain frozen values.

file ─read→ Text ─repair→ Text ─structure→ Sections ─pledges→ Pledges ─topics→ Parsed
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal


class Refused(ValueError):
    """A file that cannot be read; its message is one clear sentence for the person who offered it."""


@dataclass(frozen=True, slots=True)
class Warning:
    """Something an archivist should look at. `code` is stable, `message` is German prose."""

    code: str
    message: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was offered: its bytes, and the names it came under.

    `path` is evidence only (file name last), never opened. `about` is what the person who offered
    it says of it (keys of `About`); it outranks whatever the text says.
    """

    data: bytes
    path: str = ""
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.path.replace("\\", "/").rsplit("/", 1)[-1]


def printable(name: str) -> str:
    """A name as it can be shown and stored: line breaks, escapes of terminals, signs that turn the direction of
    writing and bytes that are no text are made visible."""
    return "".join(
        char if char.isprintable() else " " if char.isspace() and char not in "\r\n" else "\ufffd"
        for char in name
    )


BlockKind = Literal["heading", "paragraph", "item", "table", "caption", "meta"]


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of text that belongs together, in reading order, as plain text (no markup).

    `level`: of a heading, as the source has it (1 highest, None unknown); of an item, its depth (1 outermost).
    `size`: font size in points, `bold`: set in bold; None where the format does not say.
    `marker`: what stood before an item or heading ("•", "-", "3.", "2.1").
    `meta` blocks (covers, metadata lines, imprints, contact) are evidence and not body text.
    """

    kind: BlockKind
    text: str
    level: int | None = None
    page: int | None = None
    size: float | None = None
    bold: bool | None = None
    marker: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """What a reader found in a file, and what repair made of it.

    `repairs` counts each kind of repair ("hyphenation": 12). `removed` keeps what was taken out of
    the body (running heads, page marks, contact blocks), since it may still say what document this is.
    `properties` is what the file says of itself (title, author, created …). `pages` is None without pages.
    """

    blocks: tuple[Block, ...]
    reader: str
    media_type: str
    pages: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    repairs: Mapping[str, int] = field(default_factory=dict)
    removed: tuple[str, ...] = ()
    warnings: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """One block inside a section: `section.text[start:end]`, without its list marker.

    `lead_in` is the lead-in that an item completes ("Wir fordern:"), empty if there is none.
    """

    kind: BlockKind
    start: int
    end: int
    page: int | None = None
    depth: int = 0
    lead_in: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the text under it, up to the next heading.

    `id` and `parent` number the sections of a document from 0 in reading order. Level 0 with an empty
    title is text before or without a heading; chapters are level 1. `text` is Markdown without inline
    markup (paragraphs, "- " items, pipe tables) in which nothing of the source is live.
    """

    id: int
    parent: int | None
    level: int
    title: str
    text: str
    page: int | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Outline:
    """The document as a tree: its title (not a section of its own; None if it has none) and its sections.

    `left_out` are the texts that stand in no section: metadata, contact lines, the lines of a cover;
    `repairs` counts those of them that no earlier stage has counted.
    """

    title: str | None
    sections: tuple[Section, ...]
    left_out: tuple[str, ...] = ()
    repairs: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number a pledge can be held to: `value` of `unit`, per `per` ("Jahr"), in the words `text`."""

    value: float
    unit: str
    text: str
    per: str = ""


@dataclass(frozen=True, slots=True)
class Pledge:
    """A sentence or item that commits or demands: `sections[section].text[start:end] == text`.

    `topics` are slugs, the main one first, at most two. `cue` names the rule and the words that found it.
    `years` are target years, `reasons` what weighed most for and against ("+1.2 rule we-want"), `topic_reasons` what
    spoke for the main topic, `clues` the rules and words that spoke for a pledge and, behind a minus,
    against one ("-own-cause: Kandidatur"). Definition: Thomson et al. 2017, as widened in the project's codebook.
    """

    section: int
    start: int
    end: int
    text: str
    specificity: Literal["concrete", "vague"]
    cue: str
    topics: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    page: int | None = None
    reasons: tuple[str, ...] = ()
    topic_reasons: tuple[str, ...] = ()
    clues: tuple[str, ...] = ()


Kind = Literal["programme", "press", "motion", "other"]


@dataclass(frozen=True, slots=True)
class About:
    """What is known of a document; None or empty where nothing says so.

    `municipalities` are AGS keys, `parties` short names of the gazetteer. `date` is ISO, as exact as the
    source ("2021-01"). `evidence` maps each filled field to the words it was found in. `doubts` is what the text
    says and does not decide: a name that several places bear.
    """

    title: str | None = None
    kind: Kind | None = None
    municipalities: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    publisher: str | None = None
    year: int | None = None
    date: str | None = None
    language: str | None = None
    evidence: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Warning, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A municipality, county or region: its key, official name, kind and other names it goes by."""

    ags: str
    name: str
    kind: str = ""
    aliases: tuple[str, ...] = ()
    population: int = 0


@dataclass(frozen=True, slots=True)
class Party:
    """A party or local list: short name, long name, and every other name it goes by."""

    short: str
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the indicator terms (lower-case word stems) that speak for it."""

    slug: str
    label: str
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The gazetteer as a value: every place, party and topic the archive knows."""

    places: tuple[Place, ...] = ()
    parties: tuple[Party, ...] = ()
    topics: tuple[Topic, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """A document read to the end: everything the archive stores of it."""

    source: Source
    sha256: str
    text: Text
    about: About
    sections: tuple[Section, ...]
    pledges: tuple[Pledge, ...]
    warnings: tuple[Warning, ...] = ()
