"""Programmes printed by a browser, in designs drawn by lot: columns, fonts, headings, heads and feet."""

from __future__ import annotations

import html
import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from tests.ingest.press.texts import Author, Piece, Shape, chosen

ARGS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
)
BASE = """
@page { margin: 20mm 18mm 22mm } body { margin: 0; hyphens: auto } h1, h2, h3 { break-after: avoid }
.cover { break-after: page; padding-top: 60mm } .contents { break-after: page }
.entry { display: flex } .dots { flex: 1; overflow: hidden; white-space: nowrap } .second { padding-left: 1em }
.picture { height: 30mm; background: #9cb } .caption { font-size: 75%; font-style: italic }
figure { break-inside: avoid; margin: .6em 0 } table { border-collapse: collapse; width: 100% }
td { border: .5pt solid #888; padding: 2pt 4pt } .tab { position: fixed; top: 45%; font-size: 8pt }
"""


@dataclass(frozen=True)
class Sheetful:
    """A design: its style sheet and what is printed around the text."""

    name: str
    css: str
    shape: Shape
    columns: int = 1
    cover: bool = False
    contents: str = ""  # "dots", "plain", "bare" (without page numbers)
    tab: str = ""
    imprint: bool = False
    absent: tuple[str, ...] = ()


def design(seed: int) -> Sheetful:
    """A design drawn by lot."""
    dice = random.Random(f"design {seed}")
    pick, chance = dice.choice, dice.random
    party = Author(seed).party
    columns = pick([1, 1, 1, 2, 2, 3])
    size = {1: pick([10, 11, 12]), 2: pick([9, 10, 10.5]), 3: pick([8.5, 9.5])}[columns]
    css = [f"body {{ font: {size}pt/{pick([1.2, 1.35, 1.5, 1.7])} '{pick(FONTS)}' }}"]
    css.append(f"body {{ text-align: {pick(['left', 'justify', 'justify'])} }}")
    if chance() < 0.25:
        css.append("body { hyphens: manual }")
    css.append(pick(PARAGRAPHS))
    css.append(pick(HEADINGS))
    css.append(pick(BULLETS))
    if columns > 1:
        rule = pick(["", "column-rule: .5pt solid #999;", ""])
        css.append(f".columns {{ columns: {columns}; column-gap: {pick([6, 8, 12])}mm; {rule} }}")
        if chance() < 0.3:
            css.append("h1 { column-span: all }")
        if chance() < 0.3:
            css.append(".columns { column-fill: auto }")
    if chance() < 0.25:
        css.append("h1 { break-before: page }")
    if chance() < 0.2:
        css.append(
            "h1 + p::first-letter { font-size: 290%; float: left; line-height: .85; padding-right: 2pt; font-weight: bold }"
        )
    paper = pick(["A4", "A4", "A4", "A5", "A4 landscape"]) if columns < 3 else "A4 landscape"
    css.append(f"@page {{ size: {paper} }}")
    css.append(pick(QUOTES if columns == 1 else QUOTES[::2]))
    furniture, absent = _furniture(dice, party)
    css.append(furniture)
    shape = Shape(
        chapters=dice.randint(3, 9),
        sections=pick([(0, 0), (1, 2), (1, 3), (2, 4)]),
        third=pick([0, 0, 0.5]),
        lists=pick([0.2, 0.5, 0.9]),
        nested=pick([0, 0, 0.4]),
        numbering=pick(["", "", "dot", "bare", "roman", "letter", "word"]),
        foreword=chance() < 0.7,
        quotes=pick([0, 0, 0.3]),
        captions=pick([0, 0, 0.2]),
        boxes=pick([0, 0, 0.2]),
        tables=pick([0, 0, 0.1]),
        people=chance() < 0.2,
    )
    return Sheetful(
        f"chromium {seed}",
        "\n".join(css),
        shape,
        columns,
        cover=chance() < 0.4,
        contents=pick(["", "", "dots", "plain", "bare"]),
        tab=pick(["", "", "", "Programm für Talente und Taten"]),
        imprint=chance() < 0.4,
        absent=absent,
    )


FONTS = (
    "Liberation Sans",
    "Liberation Serif",
    "DejaVu Sans",
    "DejaVu Serif",
    "Liberation Sans Narrow",
    "Liberation Sans",
    "Liberation Serif",
    "P052",  # an OpenType face: the browser writes it without a name
)
PARAGRAPHS = (
    "p { margin: 0 0 .7em }",
    "p { margin: 0 0 .35em }",
    "p { margin: 0; text-indent: 1.4em } h1 + p, h2 + p, h3 + p { text-indent: 0 }",
    "p { margin: 0; text-indent: 1em }",
    "p { margin: 0 } h1, h2, h3 { margin: 0 }",
)
HEADINGS = (
    "h1 { font-size: 180% } h2 { font-size: 130% } h3 { font-size: 100% }",
    "h1, h2, h3 { font-size: 100%; margin: .9em 0 .2em } h1 { text-transform: uppercase } h3 { font-style: italic }",
    "h1, h2, h3 { font-weight: normal; color: #b00 } h1 { font-size: 190% } h2 { font-size: 100%; color: #090 } h3 { font-size: 100% }",
    "h1 { letter-spacing: .3em; text-transform: uppercase; font-size: 130% } h2 { letter-spacing: .08em; font-size: 100% } h3 { font-size: 100%; font-style: italic }",
    "h1 { text-transform: uppercase; font-weight: 900; font-size: 150% } h2 { text-transform: uppercase; font-size: 100%; font-weight: normal } h3 { font-size: 100% }",
    "h1 { background: #070; color: #fff; padding: 4pt 8pt; font-size: 160% } h2 { color: #070; font-size: 120% } h3 { font-size: 100%; color: #070 }",
    "h1 { font-size: 240%; line-height: 1.1; font-weight: 300 } h2 { font-size: 120%; font-weight: 300; border-bottom: 1pt solid #333 } h3 { font-size: 100%; text-decoration: underline; font-weight: normal }",
    "h1 { font-size: 150%; color: #e60; text-align: center } h2 { font-size: 110%; color: #e60 } h3 { font-size: 100%; font-style: italic; font-weight: normal }",
    "h1, h2, h3 { font-size: 100%; margin: .9em 0 .2em; font-weight: bold } h1 { color: #06c; text-transform: uppercase } h2 { color: #06c } h3 { color: #333 }",
)
BULLETS = (
    "ul { margin: 0 0 .7em; padding-left: 1.4em }",
    "ul { margin: .3em 0 .6em; padding-left: 1.2em; list-style-type: '– ' }",
    "ul { margin: 0 0 .7em; padding-left: 1.4em; list-style-type: square } li { margin-bottom: .3em }",
    "ul { margin: 0 0 .7em; padding-left: 1.6em; list-style-type: '✓ ' } li::marker { color: #090 }",
    "ul { margin: 0 0 .7em; padding-left: 1em; list-style-type: '» ' } ul ul { list-style-type: '• ' }",
    "ul { margin: 0 0 .7em; padding-left: 0; list-style-position: inside }",
)
QUOTES = (
    ".quote { font-size: 150%; color: #c03; margin: .6em 0; text-align: left }",
    ".quote { font-size: 140%; float: right; width: 42%; margin: 4pt 0 4pt 10pt; font-weight: bold; text-align: left }",
    ".quote { font-size: 130%; text-align: center; font-style: italic; margin: 1em 0; border-top: 1pt solid; border-bottom: 1pt solid }",
)


def _furniture(dice: random.Random, party: str) -> tuple[str, tuple[str, ...]]:
    year = f"Kommunalwahlprogramm {dice.choice([2024, 2025, 2026])}"
    small = "font: 8pt 'Liberation Sans'"
    match dice.randint(0, 6):
        case 0:
            return "", ()
        case 1:
            return f"@page {{ @bottom-center {{ content: counter(page); {small} }} }}", ()
        case 2:
            return (
                f"@page {{ @bottom-right {{ content: 'Seite ' counter(page) ' von ' counter(pages); {small} }}"
                f" @top-left {{ content: '{year}'; {small} }} }}",
                (year, "Seite 2 von"),
            )
        case 3:
            return (
                f"@page :left {{ @bottom-left {{ content: counter(page) '  |  {party}'; {small} }} }}"
                f"@page :right {{ @bottom-right {{ content: '{year}  |  ' counter(page); {small} }} }}",
                (party + " ", year),
            )
        case 4:
            return (
                f"@page {{ @top-center {{ content: '{party} · {year}'; {small}; font-style: italic }}"
                f" @bottom-center {{ content: '– ' counter(page) ' –'; {small} }} }}",
                (f"{party} · {year}",),
            )
        case 5:
            return (
                f"@page {{ @top-left {{ content: '{party}'; font: 11pt 'Liberation Sans' }}"
                f" @top-right {{ content: counter(page); font: 11pt 'Liberation Sans' }} }}",
                (),
            )
    return (
        f"@page {{ @bottom-left {{ content: '{party} | www.beispiel-{dice.randint(1, 9)}.de'; {small}; color: #777 }}"
        f" @bottom-right {{ content: counter(page); {small}; color: #777 }} }}",
        ("www.beispiel-",),
    )


def printed(
    jobs: Sequence[tuple[Sheetful, list[Piece]]],
) -> Iterator[tuple[Sheetful, list[Piece], bytes]]:
    """Each design with its text and the PDF file of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS.split())
        page = browser.new_page()
        for sheet, pieces in jobs:
            page.set_content(page_of(sheet, pieces))
            yield sheet, pieces, page.pdf(prefer_css_page_size=True, print_background=True)
        browser.close()


def lot(
    seeds: Iterable[int], texts: list[list[Piece]] | None = None
) -> list[tuple[Sheetful, list[Piece]]]:
    """Designs drawn by lot, each with a text."""
    return [
        (sheet, chosen(texts, seed, sheet.shape))
        for seed, sheet in ((seed, _with_absent(design(seed))) for seed in seeds)
    ]


def _with_absent(sheet: Sheetful) -> Sheetful:
    more = [sheet.tab] if sheet.tab else []
    more += ["V.i.S.d.P."] if sheet.imprint else []
    return replace(sheet, absent=(*sheet.absent, *more))


def page_of(sheet: Sheetful, pieces: list[Piece]) -> str:
    """The web page that is printed."""
    escape = html.escape
    title = pieces[0].text
    parts = [f"<h1 class=title style='font-size: 250%'>{escape(title)}</h1>"]
    if sheet.cover:
        parts = [
            f"<div class=cover><p>Bürgerforum</p><div style='font-size: 36pt'><b>{escape(title)}</b></div>"
            "<p style='font-size: 16pt'>zur Kommunalwahl</p></div>"
        ]
    if sheet.tab:
        parts.append(
            f"<div class=tab style='right: -14mm; writing-mode: vertical-rl'>{escape(sheet.tab)}</div>"
        )
    if sheet.contents:
        parts.append(_contents(sheet.contents, pieces))
    parts.append("<div class=columns>")
    depth = 0
    for piece in [*pieces[1:], Piece("paragraph", "")]:
        wanted = piece.level if piece.kind == "item" else 0
        parts += ["<ul>"] * max(wanted - depth, 0) + ["</ul>"] * max(depth - wanted, 0)
        depth = wanted
        parts.append(_piece(piece))
    parts.append("</div>")
    if sheet.imprint:
        parts.append(
            "<div style='font-size: 8pt'>V.i.S.d.P.: Erika Beispiel, Hauptstraße 1, 12345 Talhausen<br>"
            "Tel. 01234 567890, www.beispiel.de</div>"
        )
    body = "".join(parts)
    return f"<!doctype html><html lang=de><meta charset=utf-8><style>{BASE}{sheet.css}</style><body>{body}"


def _piece(piece: Piece) -> str:
    words = html.escape(piece.text)
    match piece.kind:
        case "heading":
            return f"<h{piece.level}>{words}</h{piece.level}>"
        case "item":
            return f"<li>{words}</li>"
        case "quote":
            return f"<div class=quote>„{words}“</div>"
        case "caption":
            return f"<figure><div class=picture></div><div class=caption>{words}</div></figure>"
        case "box":
            inner = "".join(_piece(part) for part in piece.parts)
            return f"<div style='background: #fdd; padding: 8pt; margin: .6em 0'>{inner}</div>"
        case "table":
            rows = [row.split("\t") for row in words.split("\n")]
            return (
                "<table>"
                + "".join(
                    "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows
                )
                + "</table>"
            )
    return f"<p>{words}</p>" if words else ""


def _contents(kind: str, pieces: list[Piece]) -> str:
    rows = ["<div class=contents><h2>Inhalt</h2>"]
    number = 3
    for piece in pieces:
        if piece.kind == "heading" and piece.level <= 2:
            dots = "." * 300 if kind == "dots" else ""
            shown = "" if kind == "bare" else str(number)
            second = " second" if piece.level == 2 else ""
            rows.append(
                f"<div class='entry{second}'><span>{html.escape(piece.text)}</span>"
                f"<span class=dots>{dots}</span><span>{shown}</span></div>"
            )
            number += 1
    return "".join(rows) + "</div>"
