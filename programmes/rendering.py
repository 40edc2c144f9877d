"""A section's Markdown as safe HTML with its pledges marked; the only module that calls anything safe.

The text goes through Python-Markdown with no inline markup, then through nh3 with the few tags it can make.
Pledges are marked by private-use characters that no text keeps (they are stripped first), so that a mark can
neither be forged nor split a tag.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import markdown
import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

TAGS = {"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "br", "mark", "a"}
ATTRIBUTES = {
    "mark": {"id", "class"},
    "a": {"href", "class", "aria-label"},
    "li": set(),
    "ol": {"start"},
}
# Every inline pattern of Python-Markdown but "escape" and "entity"; a test holds the list against the library.
INLINE = (
    *("backtick", "reference", "link", "image_link", "image_reference", "short_reference"),
    *("short_image_ref", "autolink", "automail", "linebreak", "html", "em_strong"),
)
OPEN, MIDDLE, CLOSE = "\ue000", "\ue001", "\ue002"
PRIVATE = re.compile("[\ue000-\uf8ff]")
MARK = re.compile(f"{OPEN}([a-z0-9]{{1,16}}){MIDDLE}(.*?){CLOSE}", re.DOTALL)
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~=-])")


@dataclass(frozen=True, slots=True)
class Marking:
    """A pledge in a section's text: its key, where it stands and the address of its page."""

    key: str
    start: int
    end: int
    address: str
    concrete: bool = False


def section_html(text: str, markings: Sequence[Marking] = ()) -> SafeString:
    """The text as HTML, each pledge a `<mark id="v-KEY">` with a link to its page."""
    marked = _marked(text, markings)
    by_key = {marking.key: marking for marking in markings}

    def mark(found: re.Match[str]) -> str:
        marking = by_key.get(found[1])
        if marking is None:
            return found[2]
        kind = "pledge concrete" if marking.concrete else "pledge"
        return (
            f'<mark id="v-{marking.key}" class="{kind}">{found[2]}'
            f'<a class="to-pledge" href="{conditional_escape(marking.address)}" aria-label="Zu diesem Versprechen">¶</a></mark>'
        )

    html = PRIVATE.sub("", MARK.sub(mark, _converter().convert(marked)))
    return mark_safe(nh3.clean(html, tags=TAGS, attributes=ATTRIBUTES, link_rel=None))  # noqa: S308


def plain(text: str) -> str:
    """Section text or a pledge as it was written: without escapes."""
    return ESCAPE.sub(r"\1", text).replace("&lt;", "<").replace("&amp;", "&")


def _marked(text: str, markings: Sequence[Marking]) -> str:
    clean = PRIVATE.sub(" ", text)
    parts, at = [], 0
    for marking in sorted(markings, key=lambda one: one.start):
        if marking.start < at or marking.end > len(clean) or marking.start >= marking.end:
            continue  # overlapping or no longer in the text: shown in its list, not marked
        parts += [
            clean[at : marking.start],
            OPEN,
            marking.key,
            MIDDLE,
            clean[marking.start : marking.end],
            CLOSE,
        ]
        at = marking.end
    parts.append(clean[at:])
    return "".join(parts)


def _converter() -> markdown.Markdown:
    """Paragraphs, lists and tables only: every inline pattern but escapes and entities is taken out."""
    converter = markdown.Markdown(
        extensions=["tables", "sane_lists"], output_format="html", tab_length=2
    )
    for name in ("hashheader", "setextheader", "hr", "code", "quote", "reference", "html_block"):
        if name in converter.parser.blockprocessors:
            converter.parser.blockprocessors.deregister(name)
    if "html_block" in converter.preprocessors:
        converter.preprocessors.deregister("html_block")
    for name in INLINE:
        converter.inlinePatterns.deregister(name)
    return converter


IN_SCRIPT = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def data_block(value: Any) -> SafeString:
    """The value as a JSON-LD block; nothing in it can end the block or become markup."""
    text = json.dumps(value, ensure_ascii=False).translate(IN_SCRIPT)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308
