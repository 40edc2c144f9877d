"""Web pages: the article's text as blocks, without navigation, cookie notices and footers.

What is left out is kept in `removed`. Nothing is left out that holds a good part of the page's sentences,
whatever its class says: a page builder's "sidebar-layout" may be the page.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from lxml import etree, html

from programmes.ingest.pieces import Block, Refused, Text, Warning
from programmes.ingest.readers import accordions, encoding, runs, tables

START = re.compile(
    rb"^\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:(?><!--.{0,2000}?-->)\s*+)*+<(?:!doctype\s+html|html|head|body)\b",
    re.IGNORECASE | re.DOTALL,
)
FRAGMENT = re.compile(
    rb"<(?:p|div|h[1-6]|ul|article|main|section|table)\b[^>]{0,500}>", re.IGNORECASE
)
CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{2,30})", re.IGNORECASE)
XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
PUBLISHED = re.compile(r"\"datePublished\"\s*:\s*\"([^\"]{4,40})\"")
NEVER = {
    "script", "style", "noscript", "template", "svg", "iframe", "object", "embed", "select", "input",
    "textarea", "math", "canvas", "video", "audio", "map", "head", "datalist", "dialog", "option", "fencedframe",
}  # fmt: skip
FURNITURE_TAGS = {"nav", "menu"}
BLOCKS = {
    "p", "div", "section", "article", "main", "header", "footer", "aside", "h1", "h2", "h3", "h4", "h5", "h6",
    "ul", "ol", "li", "dl", "dt", "dd", "table", "tr", "td", "th", "thead", "tbody", "tfoot", "blockquote",
    "figure", "figcaption", "pre", "address", "fieldset", "form", "details", "summary", "body", "html", "hr",
    "center", "hgroup", "caption",
}  # fmt: skip
FURNITURE_NAMES = {
    "cookie", "cookies", "cookiebanner", "consent", "gdpr", "cookielaw", "cmplz", "borlabs", "usercentrics",
    "breadcrumb", "breadcrumbs", "breadcrump", "brotkrume", "brotkrumen", "rootline", "pagination", "pager",
    "skiplink", "skiplinks", "skip", "share", "sharing", "shariff", "sharebuttons", "socialmedia", "social",
    "newsletter", "sidebar", "related", "comments", "kommentare", "respond", "commentform", "navbar",
    "navigation", "nav", "menu", "menue", "mainmenu", "submenu", "offcanvas", "fusszeile", "footer",
    "sitefooter", "siteheader", "masthead", "topbar", "toolbar", "search", "suche", "searchform", "popup",
    "modal", "lightbox", "overlay", "login", "advert", "advertisement", "werbung", "anzeige", "hidden",
    "screenreadertext", "visuallyhidden", "sronly", "printonly", "tagcloud", "taglist", "tagslinks",
    "postnavigation", "authorbox", "languageswitcher", "totop", "backtotop", "widget", "widgets",
    "inhaltsverzeichnis", "toc", "tableofcontents", "metanavigation", "servicenavigation", "spenden", "donate",
    "recommendations", "readmore", "relatedposts", "outofline",
}  # fmt: skip
PAIRS = {
    ("screen", "reader"), ("visually", "hidden"), ("sr", "only"), ("post", "navigation"), ("site", "footer"),
    ("page", "footer"), ("site", "header"), ("author", "box"), ("back", "top"), ("to", "top"), ("tag", "list"),
    ("skip", "link"), ("social", "links"), ("nav", "links"),
}  # fmt: skip
META_NAMES = {
    "meta",
    "byline",
    "postmeta",
    "entrymeta",
    "postdate",
    "dateline",
    "author",
    "date",
    "datum",
    "published",
}
LIGHT = {
    "hidden",
    "search",
    "suche",
    "skip",
    "widget",
    "overlay",
    "login",
    "modal",
    "anzeige",
    "related",
    "social",
}
MAIN_NAMES = {
    "entrycontent", "postcontent", "articlecontent", "articlebody", "maincontent", "pagecontent", "storycontent",
    "contentmain", "singlecontent",
}  # fmt: skip
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
BOLD_TAGS = {"b", "strong"}
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
WEIGHTY = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
SENTENCE = re.compile(r"[.!?][“”\"»«')\]]*(?:\s|$)")
MAX_REMOVED = 400  # characters kept of each piece of furniture


def is_page(data: bytes) -> bool:
    """Does the file begin like a web page, or hold the elements of one throughout?"""
    head = data[:8000]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            head = head.decode("utf-16", errors="ignore").encode()
        except UnicodeError:
            return False
    head = head.removeprefix(b"\xef\xbb\xbf")
    if START.match(head):
        return True
    text = head.lstrip()
    return text.startswith(b"<") and len(FRAGMENT.findall(head)) >= 3


def read(data: bytes) -> Text:
    """The blocks of a web page; `Refused` if it holds no text."""
    text, warnings = _decoded(data)
    return read_markup(text, warnings)


def read_markup(text: str, warnings: tuple[Warning, ...] = (), reader: str = "html") -> Text:
    """The blocks of HTML that is decoded already (a page, a chapter, a motion's text)."""
    root = parsed(text)
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    properties = _properties(root)
    body = root if root.tag == "body" else root.find("body")
    body = root if body is None else body
    top = _without_furniture(body, repairs, removed)
    blocks = blocks_of(top, repairs, removed)
    if not any(block.text for block in blocks):
        raise Refused(
            "Die Webseite enthält keinen Text (vielleicht lädt sie ihn erst im Browser nach)."
        )
    return Text(
        blocks=tuple(blocks),
        reader=reader,
        media_type="text/html",
        properties=properties,
        repairs=dict(repairs),
        removed=tuple(removed),
        warnings=warnings,
    )


def parsed(text: str) -> Any:
    """A tree of the markup, however broken or deep; entities of its own are never resolved."""
    text = XML_DECLARATION.sub("", text).replace("\x00", "")
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        raise Refused("Die Webseite enthält keinen Text.") from None
    if "&#" in text or NOT_XML.search(text):
        _without_controls(root)
    return root


def _without_controls(root: Any) -> None:
    """The tree keeps control characters it was read with, but lets no one move them."""
    for node in root.iter():
        if node.text and NOT_XML.search(node.text):
            node.text = NOT_XML.sub(" ", node.text)
        if node.tail and NOT_XML.search(node.tail):
            node.tail = NOT_XML.sub(" ", node.tail)


def _decoded(data: bytes) -> tuple[str, tuple[Warning, ...]]:
    declared = CHARSET.search(data[:4096])
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = declared[1].decode("ascii").lower()
        # What calls itself Latin-1 is Windows-1252 on the web (WHATWG Encoding Standard).
        name = (
            "cp1252" if name in ("iso-8859-1", "latin1", "us-ascii", "ascii", "iso8859-1") else name
        )
        try:  # many pages were moved to UTF-8 and kept their old declaration
            return data.decode("utf-8"), ()
        except UnicodeDecodeError:
            pass
        try:
            return data.decode(name), ()
        except (LookupError, UnicodeDecodeError):
            pass
    return encoding.decode(data)


def _properties(root: Any) -> dict[str, str]:
    """What the page says of itself in its head: title, author, date, site."""
    found: dict[str, str] = {}
    title = root.find(".//head/title")
    if title is not None and title.text_content().strip():
        found["title"] = SPACE.sub(" ", title.text_content()).strip()
    names = {
        "author": "author",
        "date": "date",
        "dcterms.date": "date",
        "article:published_time": "date",
        "og:title": "og:title",
        "og:site_name": "site",
        "keywords": "keywords",
        "description": "description",
    }
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        if name in names and (meta.get("content") or "").strip():
            found.setdefault(names[name], meta.get("content").strip()[:300])
    for script in root.iter("script"):
        if script.get("type") == "application/ld+json" and script.text:
            date = PUBLISHED.search(script.text)
            if date:
                found.setdefault("date", date[1])
    for link in root.iter("link"):
        if link.get("rel") == "canonical" and link.get("href"):
            found.setdefault("address", link.get("href")[:300])
    return found


def _without_furniture(body: Any, repairs: Counter[str], removed: list[str]) -> Any:
    """The element that holds the article, its furniture taken out."""
    for element in list(body.iter(*NEVER)):
        if element.tag != "head":
            _drop(element)
    _unwrap_forms(body)
    accordions.headed(body)
    for button in list(body.iter("button")):
        if not _inside(button, HEADINGS.keys() | {"summary"}):
            _take_out(button, repairs, removed, "web-furniture")
    whole = _sentences_length(body)
    weights = _weights(body)
    gone: set[Any] = set()
    for element in list(body.iter()):
        if element.getparent() in gone:
            gone.add(element)
        elif (
            isinstance(element.tag, str)
            and element is not body
            and _is_furniture(element, weights[element], whole)
        ):
            _take_out(element, repairs, removed, "web-furniture")
            gone.add(element)
    _without_teasers(body, repairs, removed)
    main = _main(body, _weights(body))
    if main is not body:
        _outside(main, body, repairs, removed)
    return main


def _unwrap_forms(body: Any) -> None:
    """Some page systems put the whole page into one form; a small form is furniture with its labels."""
    for form in list(body.iter("form")):
        if len(form.text_content()) < 600:
            _drop(form)


def _without_teasers(body: Any, repairs: Counter[str], removed: list[str]) -> None:
    """Cards in a row, each a headline that links to a text of its own and a few words of it."""
    weights = _weights(body)
    rows: dict[tuple[Any, str, str], list[Any]] = {}
    for element in body.iter("div", "article", "li", "section"):
        if weights[element].letters < 400 and _is_card(element):
            key = (element.getparent(), element.tag, element.get("class") or "")
            rows.setdefault(key, []).append(element)
    for cards in rows.values():
        own = sum(weights[card].letters for card in cards)
        if len(cards) > 1 and own <= 0.3 * weights[body].letters:
            for card in cards:
                _take_out(card, repairs, removed, "web-furniture")


def _is_card(element: Any) -> bool:
    headings = list(element.iter(*HEADINGS))
    if len(headings) != 1:
        return False
    words = SPACE.sub("", headings[0].text_content())
    links = [*headings[0].iter("a"), *(one for one in headings[0].iterancestors("a"))]
    return any(
        SPACE.sub("", link.text_content()).startswith(words)
        and words
        and not (link.get("href") or "#").startswith("#")
        for link in links
    )


@dataclass(slots=True)
class _Weight:
    """What an element holds: letters outside links, and whether a main part or first headings are among it."""

    letters: int = 0
    main: bool = False
    h1: int = 0

    def add(self, other: _Weight) -> None:
        self.letters += other.letters
        self.main = self.main or other.main
        self.h1 += other.h1


def _weights(body: Any) -> dict[Any, _Weight]:
    """The weight of each element below `body`, counted once from the leaves upwards."""
    elements = list(body.iter())
    found = {element: _Weight() for element in elements}
    for element in reversed(elements):
        own = found[element]
        if not isinstance(element.tag, str) or element.tag == "a":
            own.letters = 0
        else:
            own.letters += _letters(element.text)
        parent = element.getparent()
        if element is body or parent is None:
            continue
        above = found[parent]
        above.add(own)
        above.main = above.main or element.tag == "main"
        above.h1 += element.tag == "h1"
        above.letters += _letters(element.tail)
    return found


def _letters(words: str | None) -> int:
    return len(SPACE.sub(" ", words)) if words else 0


def _is_furniture(element: Any, weight: _Weight, whole: int) -> bool:
    tag, own = element.tag, weight.letters
    if tag in ("html", "body", "main", "article") or tag in HEADINGS:
        return False
    if tag in FURNITURE_TAGS or element.get("role") in (
        "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu",
    ):  # fmt: skip
        return own <= 0.3 * whole or element.tag == "nav"
    names = _names(element)
    if names & FURNITURE_NAMES or any(one in names and other in names for one, other in PAIRS):
        if weight.main or weight.h1:
            return False
        limit = 0.1 if names & LIGHT and not names & (FURNITURE_NAMES - LIGHT) else 0.3
        return own <= limit * whole or own < 60
    if tag == "footer":
        return own <= 0.3 * whole
    if tag == "aside":
        inside = _inside(element, {"main", "article"})
        return not (inside and own >= 150 and _link_share(element) < 0.3)
    if tag == "header":
        if weight.h1 and (_inside(element, {"main", "article"}) or not _other_h1(element)):
            return False
        if _inside(element, {"main", "article", "section"}):
            return False
        return own <= 0.2 * whole
    if tag in ("ul", "ol"):
        return _is_link_list(element)
    return False


def _other_h1(element: Any) -> bool:
    own = set(element.iter("h1"))
    return any(h1 not in own for h1 in element.getroottree().getroot().iter("h1"))


def _names(element: Any) -> set[str]:
    """Class and id as words: whole, and part by part."""
    found: set[str] = set()
    for value in ((element.get("class") or "") + " " + (element.get("id") or "")).split():
        value = re.sub(r"([a-zäöü])([A-Z])", r"\1-\2", value).lower()
        parts = [part for part in re.split(r"[^a-zäöüß]+", value) if part]
        found.update(parts)
        found.add("".join(parts))
        if {"has", "with", "no", "is", "layout"} & set(
            parts
        ):  # has-sidebar, with-menu: the page's own state
            found.difference_update(parts)
    return found


def _is_link_list(element: Any) -> bool:
    """A list of three or more short entries that are links and nothing else: a menu or a contents list."""
    items = [child for child in element if child.tag == "li"]
    if len(items) < 3:
        return False
    words = SPACE.sub(" ", element.text_content()).strip()
    return (
        _link_share(element) > 0.9 and len(words) / len(items) < 90 and not SENTENCE.search(words)
    )


def _link_share(element: Any) -> float:
    words = len(SPACE.sub("", element.text_content()))
    linked = sum(
        len(SPACE.sub("", link.text_content())) for link in element.iter("a") if link.get("href")
    )
    return linked / max(words, 1)


def _sentences_length(element: Any) -> int:
    """How much running text an element holds: its letters outside links."""
    total = len(SPACE.sub(" ", element.text_content()))
    return max(total - sum(len(link.text_content()) for link in element.iter("a")), 0)


def _main(body: Any, weights: dict[Any, _Weight]) -> Any:
    """The smallest marked element that holds the greater part of the page's running text."""
    best = body
    candidates = [
        element
        for element in body.iter("main", "article", "div", "section")
        if element.tag in ("main", "article")
        or element.get("role") in ("main", "article")
        or element.get("itemprop") in ("articleBody", "mainContentOfPage")
        or _names(element) & MAIN_NAMES
        or (element.get("id") or "").lower() in ("content", "main", "inhalt", "hauptinhalt")
    ]
    total = weights[body].letters
    for element in candidates:
        own = weights[element].letters
        marked = element.tag == "main" or element.get("role") == "main"
        inside = best is body or _is_attached(element, best)
        if inside and own >= (0.4 if marked and best is body else 0.75) * total:
            best, total = element, own
    return best


def _outside(main: Any, body: Any, repairs: Counter[str], removed: list[str]) -> None:
    """What stands outside the article is furniture, but for the headline where it has none of its own."""
    if main.find(".//h1") is None:
        before = None
        for element in body.iter("h1", "h2"):
            if _is_attached(element, main):
                break
            if element.tag == "h1":
                before = element
        if before is not None and SPACE.sub(" ", before.text_content()).strip():
            heading = html.Element("h1")
            heading.text = SPACE.sub(" ", before.text_content()).strip()
            _drop(before)
            main.insert(0, heading)
            if main.text and main.text.strip():
                heading.tail, main.text = main.text, None
    node = main
    while node is not body and node.getparent() is not None:
        parent = node.getparent()
        for sibling in list(parent):
            if sibling is not node:
                _take_out(sibling, repairs, removed, "web-furniture")
        node = parent


def _take_out(element: Any, repairs: Counter[str], removed: list[str], name: str) -> None:
    words = SPACE.sub(" ", " ".join(element.itertext())).strip()
    if words:
        repairs[name] += 1
        removed.append(words[:MAX_REMOVED])
    _drop(element)


def _drop(element: Any) -> None:
    """Take an element out and leave what follows it."""
    parent = element.getparent()
    if parent is None:
        return
    if element.tail:
        before = element.getprevious()
        if before is not None:
            before.tail = (before.tail or "") + element.tail
        else:
            parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _is_attached(element: Any, top: Any) -> bool:
    return element is top or any(parent is top for parent in element.iterancestors())


def _inside(element: Any, tags: set[str]) -> bool:
    return any(parent.tag in tags for parent in element.iterancestors())


@dataclass(slots=True)
class _Walk:
    """Where the walk through an element is: the words gathered, and what they will be."""

    repairs: Counter[str]
    removed: list[str]
    blocks: list[Block] = field(default_factory=list)
    words: list[runs.Run] = field(default_factory=list)
    heading: int = 0
    bold: int = 0
    lists: list[str] = field(default_factory=list)
    items: list[list[int]] = field(default_factory=list)  # per open item: [blocks written, depth]
    caption: int = 0
    meta: int = 0
    pre: int = 0
    emphatic: int = 0  # dt, summary: a label that heads what follows


def blocks_of(top: Any, repairs: Counter[str], removed: list[str]) -> list[Block]:
    """The blocks of an element in reading order."""
    walk = _Walk(repairs, removed)
    skip_until: Any = None
    for event, element in etree.iterwalk(top, events=("start", "end")):
        if skip_until is not None:
            if event == "end" and element is skip_until:
                skip_until = None
                _add(walk, element.tail)
            continue
        tag = element.tag
        if not isinstance(tag, str):
            if event == "end":
                _add(walk, element.tail)
            continue
        if event == "start":
            if tag == "table" and (rows := _data_rows(element)):
                _flush(walk)
                found, _ = tables.blocks_of(rows)
                walk.blocks += found
                skip_until = element
                continue
            _enter(walk, element, tag)
            _add(walk, element.text)
        else:
            _leave(walk, element, tag)
            if element is not top:
                _add(walk, element.tail)
    _flush(walk)
    return walk.blocks


def _enter(walk: _Walk, element: Any, tag: str) -> None:
    if tag in BLOCKS:
        _flush(walk)
    if tag in HEADINGS:
        walk.heading = HEADINGS[tag]
    elif tag == "br":
        walk.words.append(runs.BREAK)
    elif tag in ("ul", "ol"):
        walk.lists.append(tag)
    elif tag == "li":
        walk.items.append([0, max(len(walk.lists), 1)])
    elif tag in ("figcaption", "caption") or (tag in BLOCKS and "caption" in _names(element)):
        walk.caption += 1
    elif tag == "pre":
        walk.pre += 1
    elif tag in ("dt", "summary"):
        walk.emphatic += 1
    if tag in BLOCKS and tag not in HEADINGS and _is_meta(element):
        walk.meta += 1
    if tag in BOLD_TAGS or (tag == "span" and WEIGHTY.search(element.get("style") or "")):
        walk.bold += 1


def _leave(walk: _Walk, element: Any, tag: str) -> None:
    if tag in BLOCKS:
        _flush(walk)
    if tag in HEADINGS:
        walk.heading = 0
    elif tag in ("ul", "ol") and walk.lists:
        walk.lists.pop()
    elif tag == "li" and walk.items:
        walk.items.pop()
    elif tag in ("figcaption", "caption") or (tag in BLOCKS and "caption" in _names(element)):
        walk.caption -= 1
    elif tag == "pre":
        walk.pre -= 1
    elif tag in ("dt", "summary"):
        walk.emphatic -= 1
    if tag in BLOCKS and tag not in HEADINGS and _is_meta(element):
        walk.meta -= 1
    if tag in BOLD_TAGS or (tag == "span" and WEIGHTY.search(element.get("style") or "")):
        walk.bold -= 1


def _is_meta(element: Any) -> bool:
    return bool(_names(element) & META_NAMES) and len(element.text_content()) < 200


def _add(walk: _Walk, words: str | None) -> None:
    if not words:
        return
    words = words.replace("\r\n", "\n") if walk.pre else SPACE.sub(" ", words)
    walk.words.append((words, walk.bold > 0))


def _flush(walk: _Walk) -> None:
    """Make blocks of the words gathered; a line break may divide a bold line from the text under it."""
    told, walk.words = runs.paragraphs(walk.words), []
    if not told:
        return
    if walk.heading:
        walk.blocks.append(
            Block("heading", " ".join(words for words, _ in told), level=walk.heading)
        )
        if walk.items:
            walk.items[-1][0] = -1
        return
    for words, bold in told:
        _write(walk, words, bold)


def _write(walk: _Walk, words: str, bold: bool) -> None:
    if walk.caption > 0:
        walk.blocks.append(Block("caption", words))
    elif walk.meta > 0:
        walk.blocks.append(Block("meta", words))
        walk.repairs["metadata-line"] += 1
    elif walk.items and walk.items[-1][0] >= 0:
        item = walk.items[-1]
        if (
            item[0]
            and walk.blocks
            and walk.blocks[-1].kind == "item"
            and walk.blocks[-1].level == item[1]
        ):
            last = walk.blocks.pop()
            walk.blocks.append(
                Block("item", f"{last.text} {words}", level=item[1], marker=last.marker)
            )
        else:
            marker = "1." if walk.lists and walk.lists[-1] == "ol" else "•"
            walk.blocks.append(
                Block("item", runs.BULLET.sub("", words), level=item[1], marker=marker)
            )
        item[0] += 1
    elif found := runs.BULLET.match(words):
        walk.blocks.append(Block("item", words[found.end() :], level=1, marker=found[1]))
    else:
        walk.blocks.append(Block("paragraph", words, bold=(bold or walk.emphatic > 0) or None))


def _data_rows(table: Any) -> list[list[str]]:
    """The cells of a table that holds data; none for one that only lays out the page."""
    if table.find(".//table") is not None or any(True for _ in table.iter(*HEADINGS, "ul", "ol")):
        return []
    rows = [
        [SPACE.sub(" ", " ".join(cell.itertext())).strip() for cell in row.iter("td", "th")]
        for row in table.iter("tr")
    ]
    filled = [row for row in rows if sum(bool(cell) for cell in row) >= 2]
    return rows if filled and not tables.is_layout(rows) else []
