"""Blocks as a careful reader would have typed them: markup, broken sentences, furniture, contact lines."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import replace

from programmes.ingest.pieces import Block, Text

ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:sub|sup|b|i|u|em|strong|span|div|p|a|font|small|mark|center|img)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])")
UNDERLINE = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\1(?![\w_])")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})(?:\s[^()]{0,200})?\)")
SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
WEB = re.compile(r"(?:https?://|www\.)\S{3,200}")
PHONE = re.compile(r"(?:\+49|0)[\d\s()/–-]{6,22}\d")
CONTACT_LABEL = re.compile(
    r"^(?:tel(?:efon)?|fax|telefax|e-?mail|mail|web|internet|homepage|mobil)\b[.:]?", re.IGNORECASE
)
BYLINE = re.compile(
    r"^(?:Von|Text:|Autor(?:in)?:)\s+(?:(?:Dr|Prof)\.\s+)?[A-ZÄÖÜ][\wäöüß-]+(?:\s+(?:von|van|de|[A-ZÄÖÜ][\wäöüß-]+)){1,3}$"
)
DATELINE = re.compile(
    r"^(?:date|datum|stand|published|veröffentlicht)\b[:\s].{0,60}$", re.IGNORECASE
)
END = re.compile(r"[.!?…:;][“”\"»«')\]]*$")


def repair(text: Text) -> Text:
    """The text with clean blocks; what was done is counted, what was taken out is kept in `removed`."""
    repairs: Counter[str] = Counter(text.repairs)
    removed = list(text.removed)
    blocks = [_clean(block, repairs) for block in text.blocks]
    blocks = _captions(blocks)
    blocks = [block for block in blocks if block.text]
    blocks = _broken_sentences(blocks, repairs)
    blocks = _meta_lines(blocks, repairs, removed)
    return replace(text, blocks=tuple(blocks), repairs=dict(repairs), removed=tuple(removed))


def _clean(block: Block, repairs: Counter[str]) -> Block:
    words = block.text
    if block.kind == "table":
        return block

    def step(name: str, changed: str) -> None:
        nonlocal words
        if changed != words:
            repairs[name] += 1
            words = changed

    step("soft-hyphen", INVISIBLE.sub("", words))
    step("ligature", words.translate(LIGATURES))
    step("line-break-tag", BREAK.sub(" ", words))
    step("html-tag", TAG.sub("", words))
    if "&" in words:
        step("html-entity", html.unescape(words))
    step("link", LINK.sub(lambda found: _linked(found[1], found[2]), words))
    step("emphasis", UNDERLINE.sub(r"\2", EMPHASIS.sub(r"\2", words)))
    step("emphasis", words.strip("*") if words.startswith("**") or words.endswith("**") else words)
    step("escaped-markdown", ESCAPED.sub(r"\1", words))
    words = unicodedata.normalize("NFC", SPACES.sub(" ", words.replace("\n", " "))).strip()
    return replace(block, text=words)


def _linked(words: str, target: str) -> str:
    """The words of a link; its address too where the words do not say it and it is an address."""
    return words


def _captions(blocks: list[Block]) -> list[Block]:
    """A short paragraph beside a picture is its caption."""
    out = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind != "caption" or block.marker != "image" or block.text:
            continue
        beside = [
            near
            for near in (at + 1, at - 1)
            if 0 <= near < len(out)
            and out[near].kind == "paragraph"
            and len(out[near].text.split()) <= 14
        ]
        if beside:
            near = min(beside, key=lambda place: len(out[place].text))
            out[near] = replace(out[near], kind="caption")
    return out


def _broken_sentences(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """A paragraph that stops without an end and goes on in lower case was cut by a page or a picture."""
    out: list[Block] = []
    for block in blocks:
        last = out[-1] if out else None
        if (
            last
            and block.kind == "paragraph"
            and last.kind in ("paragraph", "item")
            and not END.search(last.text)
            and block.text[:1].islower()
            and len(last.text.split()) > 5
        ):
            repairs["sentence-cut"] += 1
            out[-1] = replace(last, text=f"{last.text} {block.text}")
        else:
            out.append(block)
    return out


def _meta_lines(blocks: list[Block], repairs: Counter[str], removed: list[str]) -> list[Block]:
    """Date lines on top, bylines at the end and contact lines are known of the text, not text."""
    out = []
    for number, block in enumerate(blocks):
        kind = block.kind
        if kind == "paragraph":
            first, last = number < 3, number >= len(blocks) - 3
            if (first and DATELINE.match(block.text)) or (
                (first or last) and BYLINE.match(block.text)
            ):
                kind = "meta"
                repairs["metadata-line"] += 1
            elif _is_contact(block.text):
                kind = "meta"
                repairs["contact-line"] += 1
        out.append(replace(block, kind=kind))
    return out


def _is_contact(words: str) -> bool:
    """A line that holds nothing but an address, a number and the labels before them."""
    rest = PHONE.sub(" ", WEB.sub(" ", EMAIL.sub(" ", words)))
    if rest == words:
        return False
    rest = CONTACT_LABEL.sub("", rest.strip()).strip(" .:|/·•–-,")
    return len(rest.split()) <= 1
