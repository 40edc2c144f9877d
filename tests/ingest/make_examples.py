"""Write the examples that are no plain text (DOCX, ODT, EPUB): `python -m tests.ingest.make_examples`.

The files are made once and kept beside their golden pages; running this again changes them only where a
maker below was changed.
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

EXAMPLES = Path(__file__).parent / "examples"
MOMENT = (2026, 1, 1, 0, 0, 0)


def styled_word() -> None:
    """Headings by style, nested lists, a table, a running head and foot, a contents list."""
    document = docx.Document()
    document.core_properties.author = "Heimatbund der Mitte"
    document.sections[0].header.paragraphs[0].text = "Heimatbund Musterstadt – Wahlprogramm 2021"
    document.sections[0].footer.paragraphs[0].text = "Seite 1"
    document.add_paragraph("Sicher leben in Musterstadt", style="Title")
    document.add_paragraph("Programm zur Kommunalwahl 2026", style="Subtitle")
    toc = document.styles.add_style("TOC 1", 1)
    for line in ("Sicherheit\t2", "Familie\t3"):
        document.add_paragraph(line, style=toc)
    document.add_heading("Sicherheit", 1)
    document.add_paragraph(
        "Das Ordnungsamt ist rund um die Uhr zu erreichen. Wir stellen zehn Leute ein."
    )
    document.add_heading("Beleuchtung", 2)
    document.add_paragraph("Wir fordern:")
    document.add_paragraph("Licht an allen Haltestellen", style="List Bullet")
    document.add_paragraph("mit Bewegungsmeldern", style="List Bullet 2")
    document.add_paragraph("Licht im Stadtpark", style="List Bullet")
    document.add_heading("Familie", 1)
    paragraph = document.add_paragraph(
        "Kein Kind wartet länger als drei Monate auf einen Kita-Platz."
    )
    paragraph.add_run(" Das kostet Geld, das wir haben.")
    table = document.add_table(rows=2, cols=2)
    for row, texts in enumerate((("Jahr", "Plätze"), ("2027", "120"))):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    document.add_paragraph("V.i.S.d.P.: Heimatbund der Mitte, Am Markt 1, 99000 Musterstadt")
    _save(document, "styled.docx")


def unstyled_word() -> None:
    """Headings that are only bold, typed bullets, a line break inside a paragraph, changes under review."""
    document = docx.Document()
    title = document.add_paragraph()
    title.add_run("Antrag der Stadtpartei-Fraktion: Ein Hitzeplan für Musterstadt").bold = True
    document.add_paragraph("Musterstadt, 4. Juni 2024")
    document.add_paragraph("Der Rat der Stadt Musterstadt möge beschließen:")
    document.add_paragraph("Die Verwaltung legt bis März 2025 einen Hitzeplan vor.")
    reason = document.add_paragraph()
    reason.add_run("Begründung").bold = True
    reason.add_run().add_break()
    reason.add_run("Im Sommer 2023 gab es in Musterstadt 22 Hitzetage.")
    document.add_paragraph("– Schatten auf Schulhöfen")
    document.add_paragraph("– Wasser an Haltestellen")
    deleted = document.add_paragraph("Der Plan gilt ")._p
    mark = OxmlElement("w:del")
    run = OxmlElement("w:r")
    words = OxmlElement("w:delText")
    words.text = "vorerst "
    run.append(words)
    mark.append(run)
    deleted.append(mark)
    inserted = OxmlElement("w:ins")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = "auf Dauer."
    run.append(words)
    inserted.append(run)
    deleted.append(inserted)
    _save(document, "unstyled.docx")


def numbered_word() -> None:
    """Chapters whose numbers Word counts itself, and a numbered list."""
    document = docx.Document()
    numbering = document.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "77")
    for level, pattern in ((0, "%1."), (1, "%1.%2")):
        element = OxmlElement("w:lvl")
        element.set(qn("w:ilvl"), str(level))
        for tag, value in (("w:start", "1"), ("w:numFmt", "decimal"), ("w:lvlText", pattern)):
            child = OxmlElement(tag)
            child.set(qn("w:val"), value)
            element.append(child)
        abstract.append(element)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "77")
    child = OxmlElement("w:abstractNumId")
    child.set(qn("w:val"), "77")
    number.append(child)
    numbering.append(number)
    document.add_paragraph("Die Lupinen Seehausen: Was wir bis 2030 vorhaben", style="Title")
    for level, words, below in (
        (1, "Natur", "Der See bleibt frei zugänglich. Wir kaufen das Ufer zurück."),
        (2, "Ufer", "Ein Weg führt um den ganzen See."),
        (1, "Energie", "Seehausen wird Bioenergiedorf."),
    ):
        heading = document.add_heading(words, level)
        properties = heading._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = level - 1
        properties.get_or_add_numId().val = 77
        document.add_paragraph(below)
    for words in ("Wärmenetz planen", "Satzung beschließen", "Häuser anschließen"):
        document.add_paragraph(words, style="List Number")
    _save(document, "numbered.docx")


def text_document() -> None:
    """An ODT with headings, a nested list, a contents list, a footnote and a bold line."""
    content = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.3">
<office:automatic-styles><style:style style:name="P1" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties fo:font-weight="bold"/></style:style>
<style:style style:name="T1" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>
<office:body><office:text>
<text:p text:style-name="Title">Kurs Küste</text:p>
<text:p text:style-name="Standard">Wahlprogramm der Stadtpartei Bad Quellenried zur Stadtratswahl 2024</text:p>
<text:table-of-content><text:index-body><text:p>Gesundheit<text:tab/>1</text:p><text:p>Tourismus<text:tab/>2</text:p></text:index-body></text:table-of-content>
<text:h text:outline-level="1">Gesundheit</text:h>
<text:p>Die Klinik bleibt im Ort.<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>Beschluss des Kreistags vom 3. Mai 2022.</text:p></text:note-body></text:note> Wir<text:s text:c="2"/>stimmen keinem Verkauf zu.</text:p>
<text:list><text:list-item><text:p>eine Hebammenpraxis</text:p><text:list><text:list-item><text:p>mit Rufbereitschaft</text:p></text:list-item></text:list></text:list-item><text:list-item><text:p>ein Ärztehaus</text:p></text:list-item></text:list>
<text:h text:outline-level="1">Tourismus</text:h>
<text:p text:style-name="P1">Kurtaxe</text:p>
<text:p>Die Kurtaxe steigt <text:span text:style-name="T1">nicht</text:span>.<text:line-break/>Das Geld fließt in den Park.</text:p>
</office:text></office:body></office:document-content>"""
    with zipfile.ZipFile(EXAMPLES / "text_document.odt", "w") as file:
        _part(file, "mimetype", "application/vnd.oasis.opendocument.text")
        _part(file, "content.xml", content)


def e_book() -> None:
    """An EPUB of two chapters and its contents page."""
    page = '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head><body>{}</body></html>'
    with zipfile.ZipFile(EXAMPLES / "book.epub", "w") as file:
        _part(file, "mimetype", "application/epub+zip")
        _part(file, "META-INF/container.xml", '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles><rootfile full-path="OEBPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>')  # fmt: skip
        _part(file, "OEBPS/book.opf", '<package xmlns="http://www.idpf.org/2007/opf" version="3.0"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Wahlprogramm 2025 der Lupinen Musterstadt</dc:title></metadata><manifest><item id="n" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/><item id="a" href="eins.xhtml" media-type="application/xhtml+xml"/><item id="b" href="zwei.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="n"/><itemref idref="a"/><itemref idref="b"/></spine></package>')  # fmt: skip
        _part(file, "OEBPS/nav.xhtml", page.format("<nav><ol><li>Eins</li></ol></nav>"))
        _part(
            file,
            "OEBPS/eins.xhtml",
            page.format("<h1>Wärme</h1><p>Wir bauen ein Wärmenetz für die Südstadt.</p>"),
        )
        _part(
            file,
            "OEBPS/zwei.xhtml",
            page.format("<h1>Wasser</h1><h2>Bäche</h2><p>Die Bäche kommen ans Licht.</p>"),
        )


def _part(file: zipfile.ZipFile, name: str, content: str) -> None:
    file.writestr(zipfile.ZipInfo(name, MOMENT), content)


def _save(document: object, name: str) -> None:
    """Save with fixed times, so that making a file again gives the same bytes."""
    path = EXAMPLES / name
    document.save(path)  # type: ignore[attr-defined]
    with zipfile.ZipFile(path) as file:
        parts = [(entry.filename, file.read(entry)) for entry in file.infolist()]
    with zipfile.ZipFile(path, "w") as file:
        for part, data in parts:
            file.writestr(zipfile.ZipInfo(part, MOMENT), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    for make in (styled_word, unstyled_word, numbered_word, text_document, e_book):
        make()
