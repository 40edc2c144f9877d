"""PDF: pages to blocks. Lines come from `glyphs`, their order from `columns`, what is no text goes in
`furniture`, paragraphs and headings are told in `blocks`, pages without text are read by `scan`."""

from __future__ import annotations

import re
import time
from collections import Counter
from dataclasses import replace
from typing import Any

import pypdfium2 as pdfium

from programmes.ingest.pieces import Block, Refused, Text, Warning
from programmes.ingest.readers.pdf import blocks as layout
from programmes.ingest.readers.pdf import (
    columns,
    contents,
    furniture,
    glyphs,
    headings,
    marks,
    scan,
)
from programmes.ingest.readers.pdf.furniture import Page, normalised

SPOKEN = re.compile(r"[-–—] .{6,60} [-–—]$|(?:gehalten|vorgetragen|anlässlich)\b")  # about a speech
QUOTED = re.compile(r"^[„“\"»«].{8,}[.!?…][“”\"«»]$")  # a sentence that somebody says
CHAPTER = re.compile(r"(?:\d|[IVX]+\.|Kapitel)")
MOST_TAGGED = 0.25  # of the letters; what marks more as headings marks anything
MAX_PAGES = 1500
MAX_CHARACTERS = 5_000_000
SECONDS = 12.0  # for all pages; what is left of a reading process's time goes to the later stages
PROPERTIES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate")


def read(data: bytes, warnings: tuple[Warning, ...] = ()) -> Text:
    """The blocks of a PDF file; `Refused` if it is encrypted, broken, or holds no text that can be read."""
    document = _opened(data)
    try:
        return _read(document, list(warnings))
    finally:
        document.close()
        normalised.cache_clear()


def _opened(data: bytes) -> Any:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or b"/Encrypt" in data[-4096:]:
            raise Refused(
                "Die PDF-Datei ist mit einem Passwort geschützt; speichern Sie sie ohne Passwort."
            ) from None
        raise Refused("Die PDF-Datei ist beschädigt und lässt sich nicht öffnen.") from None
    if len(document) < 1:
        raise Refused("Die PDF-Datei hat keine Seiten.")
    return document


def _read(document: Any, warnings: list[Warning]) -> Text:
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    pages, broken = _pages(document, warnings)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if broken > 0.05 * max(letters, 1) and broken > 20:
        warnings.append(
            Warning(
                "broken-font",
                f"{broken} Zeichen der PDF-Datei haben keine Bedeutung hinterlegt; der Text ist lückenhaft.",
            )
        )
    pages, scanned = scan.with_scans(document, pages, warnings)
    letters = sum(len(line.text) for page in pages for line in page.lines)
    if not letters:
        raise Refused(scan.sentence(len(pages)))
    if scanned:
        repairs["scanned-page"] += scanned
    pages = _with_sure_tags([_without_doubles(page, repairs) for page in pages])
    pages = _weighed(pages)
    size = layout.usual_size(pages)
    pages = furniture.without_furniture(pages, size, repairs, removed)
    pages, named = contents.without_contents(pages, repairs, removed)
    titles = {**dict.fromkeys(_bookmarks(document), 0.0), **named}
    found = _blocks(pages, size, titles, repairs)
    return Text(
        blocks=tuple(found),
        reader="pdf",
        media_type="application/pdf",
        pages=len(document),
        properties=_properties(document),
        repairs={name: count for name, count in repairs.items() if count},
        removed=tuple(removed),
        warnings=tuple(warnings),
    )


def _pages(document: Any, warnings: list[Warning]) -> tuple[list[Page], int]:
    pages: list[Page] = []
    broken = characters = 0
    until = time.monotonic() + SECONDS
    for index in range(len(document)):
        if index >= MAX_PAGES or characters > MAX_CHARACTERS or time.monotonic() > until:
            warnings.append(
                Warning(
                    "too-long",
                    f"Gelesen wurden nur die ersten {index} von {len(document)} Seiten; die Datei ist zu groß.",
                )
            )
            break
        try:
            page = document[index]
            textpage = page.get_textpage()
        except pdfium.PdfiumError:
            warnings.append(
                Warning("broken-page", f"Seite {index + 1} ist beschädigt und fehlt.", index + 1)
            )
            continue
        sheets, unknown = glyphs.lines_of(page, textpage, index + 1)
        broken += unknown
        for sheet in sheets:
            view = sheet.view
            drawn = marks.marks_of(page, view)
            lines = [
                line
                for line in sheet.lines
                if -5 < line.x0 < view.width + 5 and -5 < line.y < view.height + 5
            ]
            lines = marks.with_underlines(marks.with_bullets(lines, drawn), drawn)
            characters += sum(len(line.text) for line in lines)
            pages.append(
                Page(
                    index + 1,
                    view.width,
                    view.height,
                    tuple(lines),
                    tuple(drawn.boxes),
                    tuple(drawn.pictures),
                )
            )
        textpage.close()
        page.close()
    return pages, broken


def _without_doubles(page: Page, repairs: Counter[str]) -> Page:
    """Text drawn twice at one place (a shadow, a false bold) is text once."""
    seen: set[tuple[str, int, int]] = set()
    kept = []
    for line in page.lines:
        place = (line.text, round(line.x0 / 3), round(line.y / 3))
        if place in seen:
            repairs["doubled-line"] += 1
            continue
        seen.add(place)
        kept.append(line)
    return page if len(kept) == len(page.lines) else replace(page, lines=tuple(kept))


def _weighed(pages: list[Page]) -> list[Page]:
    """A medium face among regular ones, or a regular one among light ones, is what others set in bold."""
    letters: Counter[int] = Counter()
    for page in pages:
        for line in page.lines:
            letters[line.weight] += len(line.text)
    usual = letters.most_common(1)[0][0] if letters else 0
    if len(letters) < 2 or usual > 3:
        return pages
    return [
        replace(
            page,
            lines=tuple(
                replace(line, bold=True) if line.weight > usual and not line.bold else line
                for line in page.lines
            ),
        )
        for page in pages
    ]


def _with_sure_tags(pages: list[Page]) -> list[Page]:
    """The pages without the file's own marks of headings, where it marks too much or next to nothing."""
    letters = sum(len(line.text) for page in pages for line in page.lines)
    marked = [line for page in pages for line in page.lines if line.tag]
    if not marked or (
        len({line.tag for line in marked}) > 1
        and sum(len(line.text) for line in marked) < MOST_TAGGED * letters
    ):
        return pages
    return [
        replace(
            page, lines=tuple(replace(line, tag=0) if line.tag else line for line in page.lines)
        )
        for page in pages
    ]


def _bookmarks(document: Any) -> set[str]:
    """The titles (normalised) of the file's own outline; they are headings where they stand in the text."""
    titles: set[str] = set()
    try:
        for number, item in enumerate(document.get_toc(max_depth=6)):
            if number > 2000:
                break
            words = item.get_title() if hasattr(item, "get_title") else getattr(item, "title", "")
            if words and 3 < len(words) < 200:
                titles.add(normalised(words))
    except (pdfium.PdfiumError, AttributeError, ValueError):
        return titles
    titles.discard("")
    return titles


def _properties(document: Any) -> dict[str, str]:
    try:
        said = document.get_metadata_dict(skip_empty=True)
    except pdfium.PdfiumError:
        return {}
    return {name.lower(): said[name].strip() for name in PROPERTIES if said.get(name, "").strip()}


def _blocks(
    pages: list[Page], size: float, titles: dict[str, float], repairs: Counter[str]
) -> list[Block]:
    regions = [columns.ordered(page.lines, page.boxes, size) for page in pages]
    body = layout.body_of([region.lines for page in regions for region in page])
    raw = [
        block for page in regions for region in page for block in layout.raw_blocks(region, body)
    ]
    told = headings.classified(raw, body, pages, titles, repairs)
    repairs["columns"] += sum(len(page) > 1 for page in regions)
    told = layout.connected(told, body, repairs)
    told = _quotes_apart(told, body, titles)
    found = [layout.as_block(block, body) for block in told]
    return _cover(found, pages, body)


def _quotes_apart(
    raw: list[layout.Raw], body: layout.Body, titles: dict[str, float]
) -> list[layout.Raw]:
    """A sentence in large type that the text says too was pulled out of it."""
    texts = [normalised(block.text) for block in raw if block.size < 1.12 * body.size]
    whole = " ".join(words for words in texts if len(words) > 60)
    exact = set(texts)
    for block in raw:
        if block.size >= 1.12 * body.size and block.kind in ("paragraph", "heading"):
            words = normalised(block.text)
            long = len(words) > 30 and block.text.count(" ") > 4
            quoted = bool(QUOTED.match(block.text))
            if block.kind == "heading" and SPOKEN.match(block.text):
                block.kind = "paragraph"
            elif (long or quoted) and words in whole and words not in titles and words not in exact:
                block.kind = "caption"
            elif quoted and words not in titles:
                block.kind = "paragraph"
    return raw


def _cover(found: list[Block], pages: list[Page], body: layout.Body) -> list[Block]:
    """The title of the document: the largest lines of a first page that holds no running text."""
    first = found[0].page if found else None
    opening = [block for block in found if block.page == first]
    if not opening or len(opening) == len(found):
        return _title_on_top(found, body)
    running = [
        block
        for block in opening
        if block.kind in ("paragraph", "item") and len(block.text) > 160 and _ends_a_sentence(block)
    ]
    letters = sum(len(block.text) for block in opening)
    if running or letters > 700:
        return _title_on_top(found, body)
    items = sum(block.kind == "item" for block in opening)
    if items > 1 or _holds_text(opening):
        return _title_on_top(found, body)
    sizes = [block.size or 0 for block in opening]
    largest = max(sizes)
    out: list[Block] = []
    title: list[str] = []
    for at, block in enumerate(opening):
        if (block.size or 0) >= 0.95 * largest and (
            not title or out_is_title(opening, at, largest)
        ):
            title.append(block.text)
        else:
            out.append(replace(block, kind="meta", level=None, marker="cover"))
    words = " ".join(title)
    head = [Block("heading", words, level=0, page=first, size=largest, marker="title")]
    return [*head, *out, *found[len(opening) :]]


def _holds_text(opening: list[Block]) -> bool:
    """Whether a page without long paragraphs is text all the same: headings with sentences below, a flyer's panel."""
    told = [
        block
        for block in opening
        if block.kind == "paragraph" and _ends_a_sentence(block) and len(block.text.split()) > 6
    ]
    return len(told) > 2 or (len(told) > 1 and any(block.kind == "heading" for block in opening))


def out_is_title(opening: list[Block], at: int, largest: float) -> bool:
    return (opening[at - 1].size or 0) >= 0.95 * largest


def _title_on_top(found: list[Block], body: layout.Body) -> list[Block]:
    """The one heading of the largest style: where it opens the document, or on the cover of a folded sheet."""
    places = [at for at, block in enumerate(found) if block.kind == "heading"]
    pages = {block.page for block in found}
    # The cover of a folded sheet may be on its other side.
    first_page = [at for at in places if found[at].page == found[0].page or len(pages) == 2]
    if len(places) < 2 or not first_page:
        return found
    opening = [at for at in first_page[:3] if at <= 4]
    for among, least in ((opening, 1.1), (first_page, 1.6)):
        if not among:
            continue
        at = max(among, key=lambda place: found[place].size or 0)
        largest = max(found[n].size or 0 for n in places if n != at)
        if (found[at].size or 0) > least * largest and not CHAPTER.match(found[at].text):
            title = replace(found[at], level=0, marker="title")
            above = found[:at]
            if at in opening and all(_may_stand_above(block) for block in above):
                return [*map(_without_rank, above), title, *found[at + 1 :]]
            if least > 1.5:
                return [*above, title, *_below_title(found, at)]
    return found


def _below_title(found: list[Block], at: int) -> list[Block]:
    """The blocks after a title in the middle of a sheet: headings with nothing below them are lines of the cover."""
    out = list(found[at + 1 :])
    for number, block in enumerate(out):
        after = out[number + 1] if number + 1 < len(out) else None
        heads = after is not None and after.page == block.page and after.kind != "heading"
        if block.kind != "heading" or block.page != found[at].page or heads:
            break
        out[number] = replace(block, kind="meta", level=None, marker="cover")
    return out


def _may_stand_above(block: Block) -> bool:
    return len(block.text) <= 90 and block.kind != "item"


def _without_rank(block: Block) -> Block:
    """What stands above the title says whose text it is, and heads nothing."""
    return replace(block, kind="paragraph", level=None) if block.kind == "heading" else block


def _ends_a_sentence(block: Block) -> bool:
    return bool(re.search(r"[.!?:][“”\"»«')]*$", block.text))
