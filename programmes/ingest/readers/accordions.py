"""Accordions of web pages: a title to click on heads the text it unfolds. At which level?

One below the heading above the accordion; headings in the unfolded text go below the title.
"""

from __future__ import annotations

import re
from typing import Any

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
NAMES = re.compile(
    r"(?:accordion|akkordeon|toggle|collapse|faq|spoiler|tab|panel|expander)(?:[\w-]{0,120}[_-])?"
    r"(?:title|titel|header|heading|head|button|btn|trigger|toggle|question|label|link)\b",
    re.IGNORECASE,
)
MENU = re.compile(
    r"nav|menu|menü|burger|search|suche|share|cookie|consent|modal|dropdown|language", re.I
)
MAX_TITLE = 140  # characters


def headed(body: Any) -> None:
    """The titles of accordions become headings of the tree."""
    ids = {element.get("id"): element for element in body.iter() if element.get("id")}
    levels: dict[tuple[str, str], int] = {}
    inside: set[Any] = set()  # headings of unfolded texts
    above = 0
    for element in list(body.iter()):
        if not isinstance(element.tag, str):
            continue
        if element.tag in HEADINGS:
            if element not in inside:
                above = HEADINGS[element.tag]
                levels = {key: level for key, level in levels.items() if level > above}
            continue
        panel = _panel(element, ids)
        if panel is None:
            continue
        key = (element.tag, element.get("class") or "")
        level = levels.setdefault(key, min(above + 1, 6))
        element.tag = f"h{level}"
        inner = [one for one in panel.iter(*HEADINGS) if one is not element]
        shift = level + 1 - min((HEADINGS[one.tag] for one in inner), default=9)
        for one in inner:
            inside.add(one)
            if shift > 0:
                one.tag = f"h{min(HEADINGS[one.tag] + shift, 6)}"


def _panel(element: Any, ids: dict[str, Any]) -> Any:
    """The element that a title unfolds; None if the element is no such title."""
    words = element.tag == "summary" or element.get("aria-expanded") or element.get("aria-controls")
    named = NAMES.search(element.get("class") or "")
    if not words and not named:
        return None
    title = " ".join("".join(element.itertext()).split())
    if not 2 < len(title) <= MAX_TITLE or element.find(".//p") is not None:
        return None
    if any(parent.tag in HEADINGS or parent.tag == "nav" for parent in element.iterancestors()):
        return None
    if any(True for _ in element.iter(*HEADINGS)):
        return None  # it has a heading of its own
    if MENU.search(f"{element.get('class')} {element.get('id')} {element.get('aria-controls')}"):
        return None
    if element.tag == "summary":
        return element.getparent()
    target = ids.get((element.get("aria-controls") or element.get("href") or "").lstrip("#"))
    if target is None:
        target = element.getnext()
        parent = element.getparent()
        while target is None and parent is not None and len(parent) == 1 and parent.tag != "body":
            target, parent = parent.getnext(), parent.getparent()
    if target is None or target.tag in HEADINGS or not _has_text(target):
        return None
    return target


def _has_text(element: Any) -> bool:
    """Whether it holds running text, and not only links."""
    linked = sum(len("".join(link.itertext())) for link in element.iter("a"))
    return len("".join(element.itertext()).strip()) - linked > 30
