"""What the search for crashes starts from: the examples of the readers' tests, and a few lines of each format."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.fuzz import parcels
from tests.ingest import hostile

EXAMPLES = Path(__file__).parents[1] / "ingest" / "examples"
ODT = (
    b'=== content.xml\n<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    b'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    b'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    b'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0">'
    b'<office:automatic-styles><style:style style:name="P1" style:parent-style-name="Heading"><style:text-properties '
    b'fo:font-size="14pt" fo:font-weight="bold"/></style:style></office:automatic-styles><office:body><office:text>'
    b'<text:h text:outline-level="1">Ziele</text:h><text:p text:style-name="P1">Wir<text:s text:c="2"/>bauen<text:tab/>'
    b"eine Halle.<text:line-break/><text:note><text:note-body><text:p>Fu\xc3\x9f</text:p></text:note-body></text:note></text:p>"
    b'<text:list><text:list-item><text:p>Mehr <text:span text:style-name="P1">Busse</text:span></text:p></text:list-item></text:list>'
    b'<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Jahr</text:p></table:table-cell>'
    b"</table:table-row></table:table><text:section><text:p>Ende.</text:p></text:section></office:text></office:body>"
    b"</office:document-content>\n=== meta.xml\n<office:document-meta "
    b'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    b"<office:meta><dc:title>Programm</dc:title></office:meta></office:document-meta>\n"
)
DOCX = (
    b'=== word/document.xml\n<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:body><w:p><w:pPr><w:pStyle w:val="Heading1"/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    b'<w:r><w:rPr><w:b/><w:sz w:val="28"/></w:rPr><w:t>Ziele</w:t></w:r></w:p><w:p><w:r><w:t xml:space="preserve">Wir </w:t>'
    b'<w:tab/><w:br w:type="page"/><w:t>bauen</w:t></w:r><w:ins><w:r><w:t>neu</w:t></w:r></w:ins><w:del><w:r><w:delText>alt'
    b'</w:delText></w:r></w:del></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge/></w:tcPr><w:p><w:r><w:t>Jahr'
    b"</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:sdt><w:sdtContent><w:p/></w:sdtContent></w:sdt></w:body></w:document>\n"
    b'=== word/styles.xml\n<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults>'
    b'<w:rPrDefault><w:rPr><w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:styleId="Heading1">'
    b'<w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>\n'
    b'=== word/numbering.xml\n<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    b'<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    b'<w:lvlText w:val="%1."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>\n'
)
PDF = (
    b"BT /B 18 Tf 50 780 Td (1. Ziele) Tj /F 10 Tf 0 -30 Td (Wir bauen eine Sport-) Tj 0 -12 Td (halle bis 2027.) Tj ET",
    b"BT /F 10 Tf 1 0 0 1 50 700 Tm (Links steht ein) Tj 1 0 0 1 300 700 Tm (Rechts ein) Tj 1 0 0 1 50 688 Tm (Satz.) Tj "
    b"1 0 0 1 300 688 Tm (anderer Satz.) Tj ET 50 650 400 1 re f 50 640 m 300 640 l S",
    b"=== 1\nBT /F 8 Tf 50 820 Td (Programm 2027) Tj /F 10 Tf 0 -40 Td [(W) 80 (ir f) -300 (ordern:)] TJ T* "
    b"0 -14 Td (\x95 mehr Busse,) Tj ET\n=== 2\nBT /F 8 Tf 50 820 Td (Programm 2027) Tj 14 TL 0 -40 Td (2) ' 0 1 -1 0 9 9 Tm (quer) Tj ET\n",
)
QUERIES = (
    "bezahlbarer Wohnraum", '"mehr Busse" -Miete', "Rad OR Bus", "wohn* Bibliotek~", "ort:Aachen partei:SPD jahr:2014..2020",
    '-ort:"Bad Seefeld" thema:wohnen', "Straßenbahn-Linie 5", "C++ §34 10.000 €", "art:programme land:05 einheit:pledge", "ÄÖÜß ﬁ ſ",
)  # fmt: skip
TEXTS = (
    "Wir bauen.\n\n- mehr *Busse*\n  - bis 2027\n- weniger\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "1. Eins\n2. Zwei\n\n&lt;script&gt; \\*kein\\* `Code` [a](b) ![c](d) <b>fett</b> &amp; https://a.example\n",
    "Mit \ue000abc\ue001Marke\ue002 darin  \nund Umbruch.\n\n    vier Leerzeichen\n\n> Zitat\n\n# Titel\n\nTitel\n=====\n",
)
ANTRAG = (
    '{"type": "motion", "prefix": "A1", "title": "Busse", "date_published": "2026-01-02", "initiators_html": "<b>OV</b>", '
    '"url_html": "https://a.example/1", "sections": [{"type": "TextSimple", "title": "Antragstext", "layout_right": false, '
    '"html": "<ol><li>Wir <em>bauen</em>.</li></ol><p>Ende</p>"}, {"type": "Title", "title": "x", "html": null}], "supporters": []}'
)
# What a change may put in whole: words that mean something to a reader.
WORDS: dict[str, tuple[str, ...]] = {
    "pdf": tuple("BT|ET|Tf|Tj|TJ|Td|TD|Tm|T*|Tc|Tw|Tz|TL|Ts|Tr|re|f|S|q|Q|cm|/F|/B|(Wir)|(1.)|(Inhalt ..... 3)|(-)|W n|rg|Do".split("|")),
    "docx": tuple(
        '<w:p>|</w:p>|<w:r>|<w:t>|</w:t>|<w:tbl>|<w:tr>|<w:tc>|<w:br/>|<w:tab/>|w:val="|w:val="-1"|w:val="99999999999"|<w:numPr>|'
        "<w:hyperlink>|<w:footnoteReference/>|<w:sdt>|<w:vMerge/>|<w:gridSpan |<w:txbxContent>|<w:ins>|<w:del>|<w:sym/>|<w:basedOn |\n=== word/header1.xml\n|\n=== word/footnotes.xml\n".split("|")
    ),
    "odt": tuple(
        '<text:p>|</text:p>|<text:h text:outline-level="|<text:s text:c="|<text:list>|<text:list-item>|<table:table>|'
        'table:number-columns-repeated="|table:number-rows-spanned="|<text:note>|<text:section>|<text:tracked-changes>|'
        "<text:bookmark-ref>|<text:ruby>|<draw:frame>|<office:annotation>|\n=== styles.xml\n|<text:table-of-content>".split("|")
    ),
    "html": tuple(
        "<div>|</div>|<p>|<ul>|<ol start=|<li>|<table>|<tr>|<td colspan=|<h1>|<h2>|<nav>|<details>|<summary>|<br>|<!--|-->|<script>|"
        "<style>|<template>|<pre>|<base href=|<meta charset=|&nbsp;|&#x0;|&#xd800;|<![CDATA[|<?xml|<svg>|<math>|hidden|role=|class=|<main>|<article>".split("|")
    ),
    "epub": tuple('<itemref idref="|<item id="|href="|full-path="|properties="nav"|../|%2e%2e/|<p>|<h1>|\n=== '.split("|")),
    "text": tuple(
        "# |## |- |* |1. |1.1 |a) |• | | |---|===|```|> |[1]|Seite 1 von 2|\f|\u00ad|\u200b|&amp;|<!-- 1 -->|Inhalt|.....|z. B. |bis 2030|Euro|Wir |werden|"
        "10 %|Wir fordern:|\r\n|\t|www.|@|0511/12|§ 3|ﬁ|\u2028|\ufeff".split("|")
    ),
    "query": tuple('"|-|OR|ort:|partei:|jahr:|2014..2020|*|~|thema:|land:|:|..|ß|ODER|einheit:'.split("|")),
    "antragsgruen": tuple('"sections"|"title"|"html"|"type"|null|true|[|]|{|}|"initiators_html"|"prefix"|1e999|"\\ud800"|<p>|<span class=\\"lineNumber\\">|"amendments"|"motion'.split("|")),
}  # fmt: skip


HUNGRY = (
    "bomb",
    "ten_times",
    "two_billion",
    "half_characters",
    "gigapixels",
    "kilometre",
    "pages",
    "itself",
    "without_end",
    "out_of_range",
)
TARGETS = (
    *("pdf", "docx", "odt", "html", "epub", "markdown", "text", "antragsgruen"),
    *("whole", "query", "render"),
)


def examples(*endings: str) -> Iterator[bytes]:
    for file in sorted(EXAMPLES.iterdir()):
        if file.suffix in endings:
            yield file.read_bytes()


def hostile_files(beginning: str) -> Iterator[bytes]:
    """The small ones, and none that asks for more memory than a reader is given."""
    for name, make in hostile.ALL.items():
        if name.startswith(beginning) and not name.endswith(HUNGRY):
            data = make()
            if len(data) < 8192:
                yield data


def seeds(target: str) -> Iterator[bytes]:
    """The inputs a target starts from."""
    if target == "pdf":
        yield from PDF
        yield from hostile_files("pdf")
    elif target == "docx":
        yield DOCX
        yield from (parcels.taken_apart(data) for data in examples(".docx") if len(data) > 100)
        yield from hostile_files("docx")
    elif target == "odt":
        yield ODT
        yield from hostile_files("odt")
    elif target == "epub":
        yield from (parcels.taken_apart(data) for data in examples(".epub"))
        yield from examples(".epub")
    elif target == "html":
        yield from examples(".html")
    elif target in ("markdown", "text", "whole"):
        yield from examples(
            *({"markdown": (".md",), "text": (".txt",)}.get(target, (".md", ".txt")))
        )
        yield from (text.encode() for text in TEXTS)
    elif target == "antragsgruen":
        yield ANTRAG.encode()
        yield from examples(".json")
    elif target == "query":
        yield from (query.encode() for query in QUERIES)
    elif target == "render":
        yield from (text.encode() for text in TEXTS)


def words(target: str) -> tuple[str, ...]:
    same = {"markdown": "text", "whole": "text", "render": "text"}
    return WORDS.get(same.get(target, target), ())
