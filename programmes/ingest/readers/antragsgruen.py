"""Motions of Antragsgrün as its REST interface gives them: JSON with sections of HTML.

Source of the format: the project's OpenAPI description (motion, amendment, and lists of them) and the views that
write it. An amendment comes as the passages it changes, what goes and what comes in one; only what comes is its text.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from typing import Any

from programmes.ingest.pieces import Block, Refused, Text, Warning
from programmes.ingest.readers import web

NUMBERED_LINE = re.compile(r"<span[^>]*class=\"[^\"]*lineNumber[^\"]*\"[^>]*>.*?</span>", re.DOTALL)
NO_TEXT = frozenset(("title", "image", "pdfattachment", "videoembed", "pdfalternative"))
# What an amendment strikes, and "Von Zeile 3 bis 4:" above a passage.
STRUCK = "descendant::del | descendant::*[contains(concat(' ', @class, ' '), ' deleted ')]"
LINE_SUMMARY = "descendant::*[contains(concat(' ', @class, ' '), ' lineSummary ')]"
AMENDMENT = Warning(
    "amendment",
    "Das ist ein Änderungsantrag: Zu lesen ist, wie die geänderten Stellen lauten sollen; was er streicht, fehlt.",
)
BARE_TITLE = {"antragstext", "text", "titel", "inhalt", "motion text"}


def is_list(text: str) -> bool:
    """JSON that names the motions of a consultation and holds none of their texts."""
    return text.lstrip()[:1] == "{" and '"motion_links"' in text and '"sections"' not in text


def is_motion(text: str) -> bool:
    """JSON that names a motion's sections and title."""
    start = text.lstrip()[:1]
    return (
        start == "{"
        and '"sections"' in text
        and '"title"' in text
        and (
            '"motion' in text
            or '"prefix"' in text
            or '"supporters"' in text
            or '"initiators' in text
        )
    )


def read(text: str) -> Text:
    """The blocks of one motion; `Refused` where the JSON is none."""
    try:
        motion = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused("Die JSON-Datei ist beschädigt.") from None
    if not isinstance(motion, dict) or not isinstance(motion.get("sections"), list):
        raise Refused("Diese JSON-Datei ist kein Antrag aus Antragsgrün; sie wird nicht gelesen.")
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    blocks = list(_head(motion))
    title = _string(motion.get("title"))
    if title:
        blocks.append(Block("heading", title, level=1, marker=_string(motion.get("prefix"))))
    for section in motion["sections"]:
        blocks += _section(section, repairs, removed)
    amends = isinstance(motion.get("motion"), dict)
    if not any(block.kind not in ("meta", "heading") and block.text for block in blocks):
        raise Refused("Der Antrag enthält keinen Text.")
    return Text(
        blocks=tuple(blocks),
        reader="antragsgruen",
        media_type="application/json",
        properties={"address": _string(motion.get("url_html"))} if motion.get("url_html") else {},
        repairs=dict(repairs),
        removed=tuple(removed),
        warnings=(AMENDMENT,) if amends else (),
    )


def _head(motion: dict[str, Any]) -> list[Block]:
    """What the motion says of itself, as metadata lines."""
    rows: list[tuple[str, str]] = []
    if _string(motion.get("prefix")):
        rows.append(("Antrag", _string(motion["prefix"])))
    for key, label in (("consultation", "Veranstaltung"), ("agenda_item", "Tagesordnungspunkt")):
        value = motion.get(key)
        title = _string(value.get("title")) if isinstance(value, dict) else _string(value)
        if title:
            rows.append((label, title))
    # Those who only support a motion did not write it; older exports list them and the initiators together.
    people = motion.get("initiators_html") or motion.get("initiators") or _older(motion)
    if isinstance(people, str):
        rows.append(("Antragsteller*in", web.parsed(f"<p>{people}</p>").text_content().strip()))
    elif isinstance(people, list):
        names = [
            _string(one.get("organization") or one.get("name"))
            if isinstance(one, dict)
            else _string(one)
            for one in people
        ]
        if any(names):
            rows.append(("Antragsteller*in", ", ".join(name for name in names if name)))
    for key, label in (
        ("status_title", "Status"),
        ("date_published", "Veröffentlicht"),
        ("date_creation", "Angelegt"),
    ):
        if _string(motion.get(key)):
            rows.append((label, _string(motion[key])))
    return [Block("meta", f"{label}: {value}") for label, value in rows]


def _older(motion: dict[str, Any]) -> list[Any]:
    listed = motion.get("supporters")
    return [
        one
        for one in (listed if isinstance(listed, list) else [])
        if isinstance(one, dict) and one.get("type") in ("initiator", "initiates")
    ]


def _section(section: Any, repairs: Counter[str], removed: list[str]) -> list[Block]:
    if not isinstance(section, dict):
        return []
    markup = _string(section.get("html"))
    if not markup or _string(section.get("type")).lower() in NO_TEXT:
        return []
    cleaned = NUMBERED_LINE.sub("", markup)
    if cleaned != markup:
        repairs["line-number"] += len(NUMBERED_LINE.findall(markup))
    root = web.parsed(f"<body>{cleaned}</body>")
    for struck in root.xpath(STRUCK):
        removed.append(struck.text_content())
        struck.drop_tree()
    for line in root.xpath(LINE_SUMMARY):
        repairs["interface-words"] += 1
        line.drop_tree()
    body = web.blocks_of(root, repairs, removed)
    title = _string(section.get("title"))
    heading = (
        [Block("heading", title, level=2)]
        if title and title.lower() not in BARE_TITLE and body
        else []
    )
    return heading + [
        Block("heading", block.text, level=(block.level or 1) + 1)
        if block.kind == "heading"
        else block
        for block in body
    ]


def _string(value: Any) -> str:
    return value.strip() if isinstance(value, str) else ""
