"""A section's Markdown as safe HTML with its pledges marked; the only module that calls anything safe.

The text goes through Python-Markdown with no inline markup, then through nh3 with the few tags it can make.
Pledges are marked by private-use characters that no text keeps (they are stripped first), so that a mark can
neither be forged nor split a tag.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import markdown
import nh3
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

TAGS = {"p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "br", "mark", "a"}
ATTRIBUTES = {
    "mark": {"id", "class", "data-n"},
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
HIT_OPEN, HIT_CLOSE = "\ue003", "\ue004"
PRIVATE = re.compile("[\ue000-\uf8ff]")
MARK = re.compile(f"{OPEN}([a-z0-9]{{1,16}}){MIDDLE}([^{OPEN}{CLOSE}]*){CLOSE}")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~=-])")


@dataclass(frozen=True, slots=True)
class Marking:
    """A pledge in a section's text: its key, where it stands, the address of its page, its number in the
    document, and the topic that stands in the margin beside it, with that topic's address."""

    key: str
    start: int
    end: int
    address: str
    concrete: bool = False
    number: int = 0
    topic: str = ""
    topic_address: str = ""


def section_html(
    text: str, markings: Sequence[Marking] = (), hits: re.Pattern[str] | None = None
) -> SafeString:
    """The text as HTML, each pledge a `<mark id="v-KEY">` with a link to its page, each hit a `<mark class="hit">`."""
    marked = _marked(text, markings, hits)
    by_key = {marking.key: marking for marking in markings}

    def mark(found: re.Match[str]) -> str:
        marking = by_key.get(found[1])
        return _mark(marking, found[2]) if marking else found[2]

    html = MARK.sub(mark, _convert(marked))
    html = html.replace(HIT_OPEN, '<mark class="hit">').replace(HIT_CLOSE, "</mark>")
    clean = nh3.clean(PRIVATE.sub("", html), tags=TAGS, attributes=ATTRIBUTES, link_rel=None)
    return mark_safe(_scrollable(clean))  # noqa: S308


def words_pattern(words: str) -> re.Pattern[str] | None:
    """What finds each of the words where one begins so: "wohn" finds "Wohnung"; None where there is no word."""
    found = re.findall(r"\w+", words)[:20]
    if not found:
        return None
    return re.compile(rf"(?<![\w&])(?:{'|'.join(map(re.escape, found))})\w*", re.IGNORECASE)


def _mark(marking: Marking, inner: str) -> str:
    kind = "pledge concrete" if marking.concrete else "pledge"
    number = f' data-n="{marking.number}"' if marking.number else ""
    label = f"{_('Versprechen')} {marking.number}" if marking.number else _("Zu diesem Versprechen")
    topic = ""
    if marking.topic:
        topic = (
            f'<a class="topic" href="{conditional_escape(marking.topic_address)}">'
            f"{conditional_escape(marking.topic)}</a>"
        )
    return (
        f'<mark id="v-{marking.key}" class="{kind}"{number}>{inner}'
        f'<a class="to-pledge" href="{conditional_escape(marking.address)}" aria-label="{conditional_escape(label)}">¶</a>'
        f"</mark>{topic}"
    )


def _scrollable(html: str) -> str:
    """A wide table scrolls within itself and not the page, and by keyboard, too."""
    if "<table>" not in html:
        return html
    name = conditional_escape(_("Tabelle"))
    frame = f'<div class="scroll" role="region" tabindex="0" aria-label="{name}"><table>'
    return html.replace("<table>", frame).replace("</table>", "</table></div>")


def plain(text: str) -> str:
    """Section text or a pledge as it was written: without escapes."""
    if "\\" in text:
        text = ESCAPE.sub(r"\1", text)
    return text.replace("&lt;", "<").replace("&amp;", "&")


def _marked(text: str, markings: Sequence[Marking], hits: re.Pattern[str] | None) -> str:
    def found(piece: str) -> str:
        return hits.sub(rf"{HIT_OPEN}\g<0>{HIT_CLOSE}", piece) if hits else piece

    clean = PRIVATE.sub(" ", text)
    parts, at = [], 0
    for marking in sorted(markings, key=lambda one: one.start):
        if marking.start < at or marking.end > len(clean) or marking.start >= marking.end:
            continue  # overlapping or no longer in the text: shown in its list, not marked
        parts += [
            found(clean[at : marking.start]),
            OPEN,
            marking.key,
            MIDDLE,
            found(clean[marking.start : marking.end]),
            CLOSE,
        ]
        at = marking.end
    parts.append(found(clean[at:]))
    return "".join(parts)


_own = threading.local()


def _convert(text: str) -> str:
    """One converter for each thread: making one takes longer than most sections do."""
    if not hasattr(_own, "converter"):
        _own.converter = _converter()
    _own.converter.reset()
    html: str = _own.converter.convert(text)
    return html


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
