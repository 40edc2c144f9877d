"""Programmes set by a word processor, in designs drawn by lot: as PDF, DOCX and ODT files of one source."""

from __future__ import annotations

import html
import random
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.ingest.press.texts import Author, Piece, Shape, chosen

NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
BOLD = "fo:font-weight='bold'"
UNDERLINED = "style:text-underline-style='solid' style:text-underline-width='auto'"
# Three levels of headings each: in sizes, in weight alone, underlined, coloured, in capitals.
HEADINGS = (
    (f"fo:font-size='16pt' {BOLD}", f"fo:font-size='13pt' {BOLD}", BOLD),
    (f"fo:font-size='20pt' {BOLD}", f"fo:font-size='12pt' {BOLD}", "fo:font-style='italic'"),
    (BOLD + " " + UNDERLINED, BOLD, UNDERLINED),
    (
        "fo:font-size='14pt' fo:color='#c00000' fo:text-transform='uppercase'",
        "fo:color='#c00000'",
        BOLD,
    ),
    (
        f"fo:font-size='18pt' fo:letter-spacing='0.15cm' {BOLD}",
        f"{BOLD} fo:letter-spacing='0.1cm'",
        BOLD,
    ),
    (f"{BOLD} fo:text-transform='uppercase'", BOLD, "fo:font-style='italic'"),
    (f"fo:font-size='12pt' {BOLD}", f"{BOLD} fo:font-style='italic'", UNDERLINED),
)
BULLETS = (
    ("\uf0b7", "Symbol", "o", "Courier New"),
    ("–", "", "•", ""),
    ("\uf0a7", "Wingdings", "\uf0d8", "Wingdings"),
    ("-", "", "-", ""),
    ("\uf0fc", "Wingdings", "–", ""),
    ("1", "", "a", ""),
)


@dataclass(frozen=True)
class Manuscript:
    """A design for the word processor; heads and feet may hold {p} and {n} for page and pages."""

    name: str
    shape: Shape
    font: str
    size: float
    headings: tuple[str, str, str]
    heading_space: str
    paragraph: str
    bullets: tuple[str, str, str, str]
    columns: int
    head: str
    foot: str
    real_headings: bool
    blank_lines: bool
    contents: bool
    cover: bool
    line_numbers: int
    absent: tuple[str, ...]


def manuscript(seed: int) -> Manuscript:
    """A design drawn by lot."""
    dice = random.Random(f"manuscript {seed}")
    pick, chance = dice.choice, dice.random
    party = Author(seed).party
    headings = pick(HEADINGS)
    blank = chance() < 0.3
    space = "0cm" if blank else pick(["0cm", "0.2cm", "0.25cm"])
    head, foot, absent = pick(
        [
            ("", "{t}{p}", ()),
            ("", "{t}- {p} -", ()),
            ("", f"{party} – Programm{{t}}{{t}}Seite {{p}} von {{n}}", (f"{party} – Programm",)),
            (
                "Kommunalwahlprogramm 2026",
                f"{party}{{t}}{{t}}{{p}}",
                ("Kommunalwahlprogramm 2026",),
            ),
            ("", "", ()),
        ]
    )
    columns = pick([1, 1, 1, 2])
    # Without room above it a heading in the size of the text needs an empty line.
    sized = "font-size" in headings[1]
    return Manuscript(
        f"writer {seed}",
        Shape(
            chapters=dice.randint(2, 8),
            sections=pick([(0, 1), (1, 3), (2, 3)]),
            third=pick([0, 0.5]),
            lists=pick([0.3, 0.6, 0.9]),
            nested=pick([0, 0, 0.4]),
            numbering=pick(["", "", "dot", "bare", "roman", "letter"]),
            foreword=chance() < 0.6,
            tables=pick([0, 0, 0.15]),
            notes=pick([0, 0, 0.2]),
        ),
        pick(["Liberation Sans", "Liberation Serif", "DejaVu Sans", "P052"]),
        pick([10, 11, 12]),
        headings,
        "0cm" if blank or (sized and space == "0cm") else "0.4cm",
        f"fo:margin-bottom='{space}' fo:text-align='{pick(['left', 'justify'])}' fo:line-height='{pick([100, 115, 150])}%'",
        pick(BULLETS),
        columns,
        head,
        foot,
        chance() < 0.5,
        blank or space == "0cm",
        chance() < 0.3,
        chance() < 0.3,
        pick([0, 0, 0, 0, 1, 5]) if columns == 1 else 0,
        absent,
    )


def printed(
    seeds: Sequence[int],
    kinds: Sequence[str] = ("pdf",),
    texts: list[list[Piece]] | None = None,
) -> Iterator[tuple[Manuscript, list[Piece], str, bytes]]:
    """Each design with its text, a kind and the file of that kind."""
    program = shutil.which("soffice")
    assert program, "LibreOffice (soffice) is not installed"
    jobs = {f"m{seed}": manuscript(seed) for seed in seeds}
    with tempfile.TemporaryDirectory() as folder:
        typed = {}
        for name, design in jobs.items():
            typed[name] = chosen(texts, int(name[1:]), design.shape)
            (Path(folder) / f"{name}.fodt").write_text(source_of(design, typed[name]))
        for kind in kinds:
            subprocess.run(
                [
                    program,
                    f"-env:UserInstallation=file://{folder}/profile",
                    "--headless",
                    "--convert-to",
                    kind,
                    "--outdir",
                    folder,
                    *[f"{folder}/{name}.fodt" for name in jobs],
                ],
                check=True,
                capture_output=True,
            )
            for name, design in jobs.items():
                yield design, typed[name], kind, (Path(folder) / f"{name}.{kind}").read_bytes()


def source_of(design: Manuscript, pieces: list[Piece]) -> str:
    """The flat OpenDocument text."""
    body: list[str] = []

    def add(style: str, words: str) -> None:
        body.append(f"<text:p text:style-name='{style}'>{words}</text:p>")

    add("T", html.escape(pieces[0].text))
    if design.cover:
        add("ST", "Beschlossen von der Mitgliederversammlung")
        body.append("<text:p text:style-name='PB'/>")
    if design.contents:
        add("H1", "Inhaltsverzeichnis")
        for number, piece in enumerate(p for p in pieces if p.kind == "heading"):
            add("TC", f"{html.escape(piece.text)}<text:tab/>{number + 3}")
        body.append("<text:p text:style-name='PB'/>")
    if design.columns > 1:
        body.append("<text:section text:style-name='sec' text:name='s'>")
    depth = notes = 0
    for place, piece in enumerate(pieces[1:], 1):
        wanted = piece.level if piece.kind == "item" else 0
        while depth > wanted:
            body.append("</text:list-item></text:list>")
            depth -= 1
        words = html.escape(piece.text)
        match piece.kind:
            case "heading":
                if design.blank_lines:
                    add("Standard", "")
                if design.real_headings:
                    body.append(
                        f"<text:h text:style-name='H{piece.level}' text:outline-level='{piece.level}'>{words}</text:h>"
                    )
                else:
                    add(f"H{piece.level}", words)
            case "paragraph":
                after = pieces[place + 1] if place + 1 < len(pieces) else None
                if after and after.kind == "note":
                    notes += 1
                    words += (
                        f"<text:note text:id='n{notes}' text:note-class='footnote'><text:note-citation>{notes}</text:note-citation>"
                        f"<text:note-body><text:p text:style-name='FN'>{html.escape(after.text)}</text:p></text:note-body></text:note>"
                    )
                add("Standard", words)
                if design.blank_lines:
                    add("Standard", "")
            case "item":
                if depth == wanted:
                    body.append("</text:list-item><text:list-item>")
                while depth < wanted:
                    body.append(
                        "<text:list text:style-name='LS'><text:list-item>"
                        if depth == 0
                        else "<text:list><text:list-item>"
                    )
                    depth += 1
                add("L", words)
            case "table":
                rows = [row.split("\t") for row in words.split("\n")]
                body.append(
                    "<table:table>"
                    + "<table:table-column/>" * len(rows[0])
                    + "".join(
                        "<table:table-row>"
                        + "".join(
                            f"<table:table-cell><text:p text:style-name='L'>{cell}</text:p></table:table-cell>"
                            for cell in row
                        )
                        + "</table:table-row>"
                        for row in rows
                    )
                    + "</table:table>"
                )
    body += ["</text:list-item></text:list>"] * depth
    if design.columns > 1:
        body.append("</text:section>")
    return _around("".join(body), design)


def _around(body: str, design: Manuscript) -> str:
    font = f"style:font-name='F' fo:font-family=\"'{design.font}'\" fo:font-size='{design.size}pt'"
    language = "fo:language='de' fo:country='DE' fo:hyphenate='true' fo:hyphenation-remain-char-count='2' fo:hyphenation-push-char-count='2'"
    counted = "text:number-lines='true'" if design.line_numbers else ""
    styles = [
        _style(
            "Standard",
            f"{design.paragraph} {counted} fo:hyphenation-ladder-count='no-limit'",
            f"{font} {language}",
            parent="",
        ),
        _style(
            "T",
            "fo:text-align='center' fo:margin-bottom='1cm'",
            f"fo:font-size='26pt' {BOLD}",
        ),
        _style("ST", "fo:text-align='center'", "fo:font-size='14pt'"),
        _style(
            "Foot",
            "fo:margin-bottom='0cm'",
            "fo:font-size='9pt'",
            inner="<style:tab-stops><style:tab-stop style:position='8cm' style:type='center'/><style:tab-stop style:position='16cm' style:type='right'/></style:tab-stops>",
        ),
        _style("L", "fo:margin-bottom='0.1cm'", ""),
        _style("FN", "fo:margin-bottom='0cm'", "fo:font-size='9pt'"),
        _style("PB", "fo:break-after='page'", ""),
        _style(
            "TC",
            "fo:margin-bottom='0.05cm'",
            "",
            inner="<style:tab-stops><style:tab-stop style:position='16cm' style:type='right' style:leader-style='dotted' style:leader-text='.'/></style:tab-stops>",
        ),
    ]
    for level, look in enumerate(design.headings, 1):
        styles.append(
            _style(
                f"H{level}",
                f"fo:margin-top='{design.heading_space}' fo:margin-bottom='0.15cm' fo:keep-with-next='always' fo:text-align='left'",
                f"{look} fo:hyphenate='false'",
            )
        )
    bullets = "".join(_bullet(design.bullets, level) for level in (1, 2))
    lines = (
        f"<text:linenumbering-configuration text:number-lines='true' text:increment='{design.line_numbers}' text:number-position='left' text:offset='0.5cm' style:num-format='1' text:count-empty-lines='false'/>"
        if design.line_numbers
        else ""
    )
    margins = " ".join(
        f"fo:margin-{side}='{cm}cm'"
        for side, cm in (("top", 1.5), ("bottom", 1.5), ("left", 2.5), ("right", 2.5))
    )
    layout = (
        f"<style:page-layout style:name='pm'><style:page-layout-properties fo:page-width='21cm' fo:page-height='29.7cm' {margins}/>"
        "<style:header-style><style:header-footer-properties fo:min-height='0.8cm' fo:margin-bottom='0.5cm'/></style:header-style>"
        "<style:footer-style><style:header-footer-properties fo:min-height='0.8cm' fo:margin-top='0.5cm'/></style:footer-style></style:page-layout>"
        "<style:style style:name='sec' style:family='section'><style:section-properties text:dont-balance-text-columns='true'>"
        f"<style:columns fo:column-count='{design.columns}' fo:column-gap='0.8cm'/></style:section-properties></style:style>"
        f"<text:list-style style:name='LS'>{bullets}</text:list-style>"
    )
    head = f"<style:header>{_running(design.head)}</style:header>" if design.head else ""
    foot = f"<style:footer>{_running(design.foot)}</style:footer>" if design.foot else ""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMESPACES} office:version="1.3" '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{''.join(styles)}{lines}</office:styles><office:automatic-styles>{layout}</office:automatic-styles>"
        f"<office:master-styles><style:master-page style:name='Standard' style:page-layout-name='pm'>{head}{foot}</style:master-page></office:master-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>"
    )


def _running(words: str) -> str:
    number = "<text:page-number text:select-page='current'/>"
    words = html.escape(words).replace("{p}", number).replace("{n}", "<text:page-count/>")
    return f"<text:p text:style-name='Foot'>{words.replace('{t}', '<text:tab/>')}</text:p>"


def _style(
    name: str, paragraph: str, words: str, *, parent: str = "Standard", inner: str = ""
) -> str:
    above = f"style:parent-style-name='{parent}'" if parent else ""
    return (
        f"<style:style style:name='{name}' style:family='paragraph' {above}>"
        f"<style:paragraph-properties {paragraph}>{inner}</style:paragraph-properties>"
        f"<style:text-properties {words}/></style:style>"
    )


def _bullet(bullets: tuple[str, str, str, str], level: int) -> str:
    sign, font = bullets[2 * level - 2 : 2 * level]
    left = 0.63 * level + 0.6
    place = (
        "<style:list-level-properties text:list-level-position-and-space-mode='label-alignment'>"
        f"<style:list-level-label-alignment text:label-followed-by='listtab' text:list-tab-stop-position='{left}cm' "
        f"fo:text-indent='-0.63cm' fo:margin-left='{left}cm'/></style:list-level-properties>"
    )
    if sign in "1a":
        suffix = "." if sign == "1" else ")"
        return f"<text:list-level-style-number text:level='{level}' style:num-format='{sign}' style:num-suffix='{suffix}'>{place}</text:list-level-style-number>"
    look = (
        f"<style:text-properties fo:font-family='{font}' style:font-charset='x-symbol'/>"
        if font
        else ""
    )
    return f"<text:list-level-style-bullet text:level='{level}' text:bullet-char='{sign}'>{place}{look}</text:list-level-style-bullet>"
