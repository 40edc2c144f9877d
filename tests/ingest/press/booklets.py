"""Programmes as agencies design them: covers, contents over pages, chapters' own pages, heads that change, margins that speak."""

from __future__ import annotations

import base64
import html
import io
import itertools
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from tests.ingest.press.chromium import ARGS
from tests.ingest.press.texts import Author, Piece, Shape, chosen

esc = html.escape
BASE = """
* { box-sizing: border-box } body { margin: 0; hyphens: auto } h1, h2, h3 { break-after: avoid }
.page { break-after: page; break-inside: avoid } .entry { display: flex; margin: 0 0 3pt } .entry.second { padding-left: 5mm }
.dots { flex: 1; overflow: hidden; white-space: nowrap; height: 1.2em } figure { margin: 6pt 0; break-inside: avoid }
img { display: block; width: 100%; height: 32mm } figcaption { font-size: 75%; color: #555 } table { border-collapse: collapse; width: 100% }
td { border-bottom: .5pt solid #888; padding: 2pt 4pt } .note { font-size: 80% }
"""


@dataclass(frozen=True)
class Booklet:
    """A design: its name, the shape of its text, and the page made of a text."""

    name: str
    shape: Shape
    page: str = ""
    absent: tuple[str, ...] = field(default=())


def printed(
    seeds: Sequence[int], texts: list[list[Piece]] | None = None
) -> Iterator[tuple[Booklet, list[Piece], bytes]]:
    """Each design in turn with its text and the PDF file of it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=ARGS.split())
        page = browser.new_page()
        for seed in seeds:
            booklet, pieces = made(seed, texts)
            page.set_content(booklet.page)
            yield booklet, pieces, page.pdf(prefer_css_page_size=True, print_background=True)
        browser.close()


def made(seed: int, texts: list[list[Piece]] | None = None) -> tuple[Booklet, list[Piece]]:
    """The design of a seed, filled with its text."""
    design = DESIGNS[seed % len(DESIGNS)]
    dice = random.Random(f"booklet {seed}")
    shape = SHAPES[design.__name__](dice)
    pieces = list(chosen(texts, seed, shape))
    css, body, absent = design(dice, Author(seed).party, pieces)
    page = (
        f"<!doctype html><html lang=de><meta charset=utf-8><style>{BASE}{css}</style><body>{body}"
    )
    return Booklet(f"{design.__name__} {seed}", shape, page, tuple(absent)), pieces


def chapters(pieces: list[Piece]) -> list[list[Piece]]:
    """The pieces after the title, each chapter with its heading first."""
    parts: list[list[Piece]] = [[]]
    for piece in pieces[1:]:
        if piece.kind == "heading" and piece.level == 1:
            parts.append([])
        parts[-1].append(piece)
    return [part for part in parts if part]


def flowing(pieces: Sequence[Piece], tags: dict[str, str] | None = None) -> str:
    """Pieces as elements in a row."""
    tags = tags or {}
    out: list[str] = []
    for listed, group in itertools.groupby(pieces, key=lambda piece: piece.kind == "item"):
        if listed:
            depth = 0
            for piece in group:
                wanted = min(piece.level, depth + 1)
                out += ["<ul>"] * max(wanted - depth, 0) + ["</ul>"] * max(depth - wanted, 0)
                depth = wanted
                out.append(f"<li>{esc(piece.text)}</li>")
            out += ["</ul>"] * depth
            continue
        for piece in group:
            words = esc(piece.text)
            match piece.kind:
                case "heading":
                    inner = f"<span>{words}</span>"
                    out.append(f"<h{piece.level}>{inner}</h{piece.level}>")
                case "quote":
                    out.append(tags.get("quote", "<div class=quote>„{}“</div>").format(words))
                case "caption":
                    out.append(
                        f"<figure><img src='{picture()}'><figcaption>{words}</figcaption></figure>"
                    )
                case "box":
                    out.append(f"<div class=box>{flowing(piece.parts)}</div>")
                case "table":
                    rows = [row.split("\t") for row in words.split("\n")]
                    out.append(
                        "<table>"
                        + "".join(
                            f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>"
                            for row in rows
                        )
                        + "</table>"
                    )
                case _:
                    out.append(f"<p>{words}</p>")
    return "".join(out)


def picture() -> str:
    from PIL import Image

    out = io.BytesIO()
    Image.new("RGB", (8, 8), (90, 140, 110)).save(out, "PNG")
    return f"data:image/png;base64,{base64.b64encode(out.getvalue()).decode()}"


def contents(pieces: list[Piece], dots: str, first: int = 5, deep: int = 2) -> str:
    rows = []
    for number, piece in enumerate(
        piece for piece in pieces if piece.kind == "heading" and piece.level <= deep
    ):
        second = " second" if piece.level > 1 else ""
        rows.append(
            f"<div class='entry{second}'><span>{esc(piece.text)}</span>"
            f"<span class=dots>{dots * 200}</span><span>{first + number // 2}</span></div>"
        )
    return "".join(rows)


Made = tuple[str, str, list[str]]


def numbered(pieces: list[Piece]) -> None:
    """The chapters get the numbers that are set large above them."""
    number = itertools.count(1)
    for at, piece in enumerate(pieces):
        if piece.kind == "heading" and piece.level == 1:
            pieces[at] = replace(piece, text=f"{next(number):02} {piece.text}")


def named_pages(parts: list[list[Piece]], small: str, party: str, sides: bool = True) -> str:
    """Style of pages that carry the name of their chapter, outside, with the number of the page."""
    rules = []
    for number, part in enumerate(parts):
        name = part[0].text if part[0].kind == "heading" else party
        name = name.replace("\\", "").replace("'", "")[:70]
        right = f"@top-right {{ content: '{name}'; {small} }} @bottom-right {{ content: counter(page); {small} }}"
        left = f"@top-left {{ content: '{party}'; {small} }} @bottom-left {{ content: counter(page); {small} }}"
        if sides:
            rules.append(f"@page c{number}:right {{ {right} }} @page c{number}:left {{ {left} }}")
        else:
            rules.append(f"@page c{number} {{ {right} }}")
        rules.append(f".c{number} {{ page: c{number} }}")
    return "".join(rules)


def book(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """A thick programme: picture on the cover, contents with dots, chapters that open on coloured pages."""
    opens = dice.random() < 0.6 and not any(p.text[:1].isdigit() for p in pieces)
    if opens:
        numbered(pieces)
    parts = chapters(pieces)
    serif = dice.choice(["Liberation Serif", "DejaVu Serif", "Liberation Sans"])
    colour = dice.choice(["#00694f", "#b3002d", "#004b93"])
    small = f"font: 8pt 'Liberation Sans'; color: {colour}"
    css = (
        "@page { size: A4; margin: 24mm 22mm 22mm 26mm } @page bleed { margin: 0 }"
        f"body {{ font: {dice.choice([10, 10.5, 11])}pt/1.45 '{serif}' }}"
        ".cover, .opener { page: bleed; height: 296mm; position: relative; overflow: hidden }"
        ".cover img { position: absolute; height: 100% }"
        ".cover div { position: absolute; left: 20mm; top: 150mm; color: white; width: 150mm; font: bold 40pt/1.1 'Liberation Sans' }"
        ".cover p { position: absolute; left: 20mm; top: 250mm; color: white; font: 14pt 'Liberation Sans' }"
        f".opener {{ background: {colour}; color: white; padding: 90mm 25mm }} .opener .no {{ font: bold 90pt 'Liberation Sans' }}"
        ".opener h1 { font: bold 34pt/1.15 'Liberation Sans'; margin: 0; hyphens: manual } .imprint { font-size: 8pt; padding-top: 180mm }"
        f"h2 {{ font: bold 15pt/1.2 'Liberation Sans'; color: {colour}; margin: 14pt 0 5pt; hyphens: manual }} h3 {{ font: bold 11pt/1.3 'Liberation Sans'; margin: 9pt 0 2pt }}"
        "p { margin: 0 0 6pt; text-align: justify } ul { margin: 0 0 6pt; padding-left: 5mm; list-style-type: '■  ' } li::marker { font-size: 60% }"
        f".margin {{ position: absolute; left: -24mm; width: 22mm; font: italic 8pt/1.2 'Liberation Sans'; color: {colour}; hyphens: manual }}"
        f".quote {{ font: italic 16pt/1.3 '{serif}'; color: {colour}; margin: 10pt 10mm; border-left: 3pt solid; padding-left: 4mm }}"
        f".box {{ background: #eee; padding: 4mm; margin: 8pt 0; break-inside: avoid }} .lead {{ font-weight: bold }}"
    )
    css += named_pages(parts, small, party)
    cover = f"<div class='cover page'><img src='{picture()}'><div>{esc(pieces[0].text)}</div><p>{esc(party)} · Kommunalwahl 2026</p></div>"
    imprint = (
        f"<div class='imprint page'><p>Impressum</p><p>Herausgegeben von {esc(party)}, Marktplatz 3, 12345 Talhausen</p>"
        "<p>V.i.S.d.P.: Erika Beispiel · Gestaltung: Büro für Form · Druck: Druckerei Muster</p></div>"
    )
    table = f"<div class=page><h2>Inhaltsverzeichnis</h2>{contents(pieces, dice.choice(['.', '. ', ' .']))}</div>"
    body = [cover, imprint, table]
    for number, part in enumerate(parts):
        head, rest = (part[0], part[1:]) if part[0].kind == "heading" else (None, part)
        if head is not None and opens:
            body.append(
                f"<div class='opener page'><div class=no>{head.text[:2]}</div><h1>{esc(head.text[3:])}</h1></div>"
            )
        inner = flowing(rest)
        if head is not None and not opens:
            inner = f"<h1>{esc(head.text)}</h1>{inner}"
        body.append(f"<section class='c{number}' style='break-before: page'>{inner}</section>")
    return css, "".join(body), [f"{party} · Kommunalwahl", "V.i.S.d.P."]


def magazine(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """Two columns under headlines that span them, with kickers, boxes, pull quotes and first letters."""
    parts = chapters(pieces)
    colour = dice.choice(["#d4007f", "#1a7f37", "#e3000f"])
    small = "font: bold 7.5pt 'Liberation Sans Narrow'; color: #666; letter-spacing: .5pt"
    css = (
        "@page { size: A4; margin: 18mm 16mm 18mm }"
        f"body {{ font: {dice.choice([9, 9.5])}pt/1.4 '{dice.choice(['Liberation Sans', 'Liberation Serif'])}' }}"
        f".columns {{ columns: {dice.choice([2, 2, 3])}; column-gap: 7mm; {dice.choice(['', 'column-fill: auto; min-height: 120mm;'])} }}"
        f"h1 {{ font: 900 {dice.choice([26, 32])}pt/1.05 'Liberation Sans Narrow'; text-transform: {dice.choice(['uppercase', 'none'])}; color: {colour}; margin: 2pt 0 10pt; hyphens: manual }}"
        f".kicker {{ font: bold 9pt 'Liberation Sans'; letter-spacing: 2pt; text-transform: uppercase; color: #888 }}"
        f"h2 {{ font: bold 12pt/1.2 'Liberation Sans Narrow'; color: {colour}; margin: 10pt 0 3pt; hyphens: manual }} h3 {{ font: bold 9pt/1.4 'Liberation Sans'; margin: 6pt 0 0 }}"
        f"p {{ margin: 0; {dice.choice(['text-indent: 4mm', 'padding-bottom: 5pt'])}; text-align: {dice.choice(['justify', 'left'])} }} h1 + p, h2 + p, h3 + p {{ text-indent: 0 }}"
        "ul { margin: 3pt 0 6pt; padding-left: 4mm; list-style-type: '➜ ' }"
        f".quote {{ font: bold 15pt/1.2 'Liberation Sans Narrow'; color: {colour}; margin: 8pt 0; text-align: center }}"
        f".box {{ background: {colour}22; padding: 3mm; margin: 6pt 0; break-inside: avoid }}"
    )
    if dice.random() < 0.5:
        css += ".columns > p:first-child::first-letter { font-size: 300%; float: left; line-height: .8; padding-right: 2pt; font-weight: bold }"
    css += named_pages(parts, small, party)
    body = [f"<h1>{esc(pieces[0].text)}</h1>"]
    kickers = dice.random() < 0.5
    fresh = dice.random() < 0.5
    for number, part in enumerate(parts):
        head, rest = (part[0], part[1:]) if part[0].kind == "heading" else (None, part)
        kicker = f"<div class=kicker>Thema {number + 1}</div>" if kickers and head else ""
        top = f"{kicker}<h1>{esc(head.text)}</h1>" if head else ""
        style = " style='break-before: page'" if fresh and number else ""
        body.append(
            f"<section class='c{number}'{style}>{top}<div class=columns>{flowing(rest)}</div></section>"
        )
    return css, "".join(body), []


def folder(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """A sheet folded twice: three panels on each side, the cover on the right of the first."""
    parts = [_fitting(part) for part in chapters(pieces)[:5]]
    pieces[1:] = itertools.chain.from_iterable(parts)
    colour = dice.choice(["#003b7c", "#7a1f5c", "#2e7d32"])
    css = (
        "@page { size: A4 landscape; margin: 0 } .side { display: flex; height: 209mm; break-after: page }"
        ".panel { width: 99mm; padding: 10mm 8mm; overflow: hidden }"
        f"body {{ font: {dice.choice([8, 8.5])}pt/1.3 'Liberation Sans'; hyphens: {dice.choice(['auto', 'manual'])} }}"
        f".front {{ background: {colour}; color: white }} .front h1 {{ font-size: 30pt; line-height: 1.1; margin-top: 60mm }}"
        f"h1 {{ font: bold 15pt/1.15 'Liberation Sans'; color: {dice.choice([colour, 'white'])}; background: {colour}33; margin: 0 0 4pt; padding: 2pt 3pt; hyphens: manual }}"
        f"h2 {{ font: bold 9.5pt/1.2 'Liberation Sans'; color: {colour}; margin: 5pt 0 1pt }} h3 {{ font-size: 8.5pt; margin: 3pt 0 0 }} p {{ margin: 0 0 3pt }}"
        "ul { margin: 0 0 3pt; padding-left: 4mm; list-style-type: '✓ ' }"
    )
    texts = ["".join(flowing(part)) for part in parts]
    while len(texts) < 5:
        texts.append("")
    front = f"<div class='panel front'><h1>{esc(pieces[0].text)}</h1><p>{esc(party)}</p></div>"
    panel = "<div class=panel>{}</div>"
    back = f"{texts[4]}<p style='margin-top: 10mm'>{esc(party)}<br>Marktplatz 1<br>12345 Talhausen<br>www.beispiel.de</p>"
    first = panel.format(texts[3]) + panel.format(back) + front
    second = "".join(panel.format(text) for text in texts[:3])
    order = [second, first] if dice.random() < 0.3 else [first, second]
    return css, "".join(f"<div class=side>{side}</div>" for side in order), []


def _fitting(part: list[Piece], room: int = 1300) -> list[Piece]:
    """As much of a chapter as a panel has room for."""
    sizes = itertools.accumulate(len(piece.text) + 60 for piece in part)
    return [piece for piece, size in zip(part, sizes, strict=True) if size <= room]


def bars(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """Each line of a headline on its own coloured bar; all capitals; lead paragraphs in bold; a box with demands."""
    css = (
        f"@page {{ size: {dice.choice(['A4', 'A5', '148mm 210mm'])}; margin: 16mm 14mm 18mm; @bottom-center {{ content: counter(page); font: bold 9pt 'DejaVu Sans'; color: #e3000f }} }}"
        f"body {{ font: 10pt/1.4 '{dice.choice(['DejaVu Sans', 'Liberation Sans'])}'; hyphens: manual }}"
        "h1 { font: bold 20pt/1.45 'DejaVu Sans Condensed'; text-transform: uppercase; margin: 12pt 0 8pt } h1 span { background: #e3000f; color: white; padding: 1pt 5pt; box-decoration-break: clone; -webkit-box-decoration-break: clone }"
        "h2 { font: bold 11.5pt/1.3 'DejaVu Sans'; color: #e3000f; margin: 9pt 0 3pt } h3 { font: bold 10pt/1.4 'DejaVu Sans'; margin: 5pt 0 0 }"
        "p { margin: 0 0 5pt } h1 + p { font-weight: bold } ul { margin: 0 0 5pt; padding-left: 5mm; list-style-type: '▸ ' } li { margin-bottom: 2pt }"
        ".quote { font: bold italic 14pt/1.3 'DejaVu Sans'; margin: 8pt 0; color: #777 } .box { border: 2pt solid #e3000f; padding: 3mm; margin: 6pt 0; break-inside: avoid }"
    )
    return (
        css,
        f"<h1 style='font-size: 34pt'><span>{esc(pieces[0].text)}</span></h1>{flowing(pieces[1:])}",
        [],
    )


def letterpress(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """A text from a word processor: numbered or not, contents, footers, "Seite 3 von 12"."""
    small = "font: 9pt 'Carlito', 'Liberation Sans'"
    css = (
        f"@page {{ size: A4; margin: 25mm 25mm 20mm; @bottom-right {{ content: 'Seite ' counter(page) ' von ' counter(pages); {small} }}"
        f" @top-left {{ content: '{party} – Wahlprogramm 2026'; {small}; border-bottom: .5pt solid }} }}"
        f"body {{ font: {dice.choice([11, 12])}pt/{dice.choice([1.15, 1.5])} '{dice.choice(['Liberation Serif', 'Liberation Sans', 'DejaVu Sans'])}'; hyphens: manual }}"
        f"h1 {{ font-size: {dice.choice([14, 16])}pt; color: #2f5496; font-weight: {dice.choice([400, 700])}; margin: 12pt 0 0 }} h2 {{ font-size: {dice.choice([12, 13])}pt; color: #2f5496; font-weight: {dice.choice([400, 700])}; margin: 6pt 0 0 }}"
        f"h3 {{ font-size: {dice.choice([11, 12])}pt; color: #1f3763; font-weight: {dice.choice([400, 700])}; margin: 4pt 0 0 }} p {{ margin: 0 0 8pt; text-align: {dice.choice(['left', 'justify'])} }}"
        f"ul {{ margin: 0 0 8pt; padding-left: 10mm; list-style-type: '{dice.choice(['•', '-', 'o', '▪'])}   ' }}"
    )
    table = ""
    if dice.random() < 0.6:
        dots = dice.choice([".", "", "."])
        table = f"<div class=page><p><b>{dice.choice(['Inhaltsverzeichnis', 'Inhalt'])}</b></p>{contents(pieces, dots, 3, dice.choice([1, 2, 3]))}</div>"
    title = f"<p style='font-size: 28pt; text-align: center; margin: 60mm 0 0'>{esc(pieces[0].text)}</p><p class=page style='text-align: center'>beschlossen am 3. Oktober 2025</p>"
    return css, title + table + flowing(pieces[1:]), [f"{party} – Wahlprogramm 2026", "Seite 2 von"]


def margins(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """Headings in a column of their own beside the text, or catchwords in the margin."""
    beside = dice.random() < 0.5
    css = (
        f"@page {{ size: A4; margin: 20mm 18mm; @bottom-left {{ content: counter(page) ' | {party}'; font: 8pt 'Liberation Sans' }} }}"
        f"body {{ font: 10pt/1.45 '{dice.choice(['Liberation Serif', 'Liberation Sans'])}' }} .text {{ margin-left: 52mm; position: relative }}"
        "h1 { font: bold 22pt/1.1 'Liberation Sans'; margin: 16pt 0 10pt; hyphens: manual } p { margin: 0 0 5pt } ul { margin: 0 0 5pt; padding-left: 4mm }"
    )
    if beside:
        css += (
            "h2, h3 { position: absolute; left: -52mm; width: 46mm; margin: 0; font: bold 10.5pt/1.35 'Liberation Sans'; color: #06c; text-align: right; hyphens: manual }"
            ".row { position: relative; min-height: 16mm; break-inside: avoid-page }"
        )
    else:
        css += (
            "h2 { font: bold 12pt/1.3 'Liberation Sans'; margin: 8pt 0 2pt } h3 { font: bold 10pt/1.45 'Liberation Sans'; margin: 5pt 0 0 }"
            ".margin { position: absolute; left: -52mm; width: 46mm; font: 8pt/1.2 'Liberation Sans'; color: #06c; hyphens: manual }"
        )
    body = [f"<h1 style='font-size: 34pt'>{esc(pieces[0].text)}</h1>"]
    for part in chapters(pieces):
        head, rest = (part[0], part[1:]) if part[0].kind == "heading" else (None, part)
        if head:
            body.append(f"<h1>{esc(head.text)}</h1>")
        rows: list[list[Piece]] = [[]]
        for piece in rest:
            if piece.kind == "heading":
                rows.append([])
            rows[-1].append(piece)
        for row in rows:
            if row:
                body.append(f"<div class=text><div class=row>{flowing(row)}</div></div>")
    return css, "".join(body), [f"| {party}"]


def cards(dice: random.Random, party: str, pieces: list[Piece]) -> Made:
    """Chapters as tinted cards, two beside each other, of different heights."""
    tints = ["#fde9e7", "#e7f0fd", "#e9fbe9", "#fdf7dc"]
    css = (
        f"@page {{ size: A4; margin: 12mm }} body {{ font: 9pt/1.35 'Liberation Sans'; hyphens: {dice.choice(['auto', 'manual'])} }}"
        ".grid { display: grid; grid-template-columns: 1fr 1fr; gap: 5mm; align-items: start } .card { padding: 4mm; break-inside: avoid }"
        "h1 { font: bold 16pt/1.15 'Liberation Sans'; margin: 0 0 4pt; hyphens: manual } h2 { font: bold 10.5pt/1.2 'Liberation Sans'; margin: 6pt 0 1pt } h3 { font-size: 9pt; margin: 4pt 0 0 }"
        "p { margin: 0 0 4pt } ul { margin: 0 0 4pt; padding-left: 4mm; list-style-type: '✔ ' } .wide { grid-column: span 2 }"
    )
    body = [
        f"<h1 style='font-size: 30pt; margin: 10mm 0'>{esc(pieces[0].text)}</h1><div class=grid>"
    ]
    for number, part in enumerate(chapters(pieces)):
        wide = " wide" if dice.random() < 0.2 else ""
        body.append(
            f"<div class='card{wide}' style='background: {tints[number % 4]}'>{flowing(part)}</div>"
        )
    return css, "".join(body) + "</div>", []


DESIGNS: list[Callable[[random.Random, str, list[Piece]], Made]] = [
    book,
    magazine,
    folder,
    bars,
    letterpress,
    margins,
    cards,
]
SHAPES: dict[str, Callable[[random.Random], Shape]] = {
    "book": lambda dice: Shape(
        chapters=dice.randint(6, 12),
        sections=(2, 5),
        third=dice.choice([0, 0.4]),
        lists=0.5,
        quotes=0.2,
        boxes=0.1,
        captions=0.1,
        numbering=dice.choice(["", "", "dot"]),
    ),
    "magazine": lambda dice: Shape(
        chapters=dice.randint(4, 8),
        sections=dice.choice([(0, 2), (2, 4)]),
        lists=0.4,
        quotes=0.3,
        boxes=0.2,
        captions=0.2,
    ),
    "folder": lambda dice: Shape(
        chapters=5,
        sections=(0, 1),
        lists=0.8,
        sentences=(1, 1, 2),
        foreword=False,
    ),
    "bars": lambda dice: Shape(
        chapters=dice.randint(4, 9), sections=(1, 3), lists=0.8, quotes=0.2, boxes=0.2
    ),
    "letterpress": lambda dice: Shape(
        chapters=dice.randint(5, 9),
        sections=(1, 4),
        third=dice.choice([0, 0.5]),
        lists=0.6,
        nested=dice.choice([0, 0.3]),
        numbering=dice.choice(["", "dot", "dot", "bare", "roman"]),
        tables=0.05,
    ),
    "margins": lambda dice: Shape(chapters=dice.randint(4, 7), sections=(1, 4), lists=0.4),
    "cards": lambda dice: Shape(
        chapters=dice.randint(5, 9), sections=(0, 1), lists=0.8, sentences=(1, 2, 2)
    ),
}
