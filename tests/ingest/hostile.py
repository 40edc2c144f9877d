"""Files that would break a careless reader: each is made here, none is kept."""

from __future__ import annotations

import io
import json
import random
import zipfile
import zlib
from collections.abc import Callable

MEGABYTE = 2**20
ALL: dict[str, Callable[[], bytes]] = {}


def hostile(make: Callable[[], bytes]) -> Callable[[], bytes]:
    ALL[make.__name__] = make
    return make


def repeated(name: str, words: str, size: int = 100_000, before: str = "") -> None:
    """A text that says one thing until it is long: what slows regular expressions down."""
    ALL[name] = lambda: (before + words * (size // len(words.encode()))).encode()


repeated("line_of_five_megabytes", "Wir bauen Wohnungen in Talhausen und ", 5 * MEGABYTE)
repeated("one_letter_five_megabytes", "a", 5 * MEGABYTE)
repeated("stars", "*")
repeated("stars_and_letters", "*a")
repeated("brackets", "[")
repeated("links", "[a](")
repeated("backslashes", "\\")
repeated("angle_brackets", "<a ")
repeated("open_tags", "<div>")
repeated("ampersands", "&#")
repeated("pipes", "|")
repeated("table_cells", "| a ", before="| a | b |\n|---|---|\n")
repeated("digits_and_dots", "1.")
repeated("digits_and_spaces", "0 ")
repeated("telephone_numbers", "0511/ 12 ")
repeated("addresses", "a@a.a")
repeated("web_addresses", "www.a")
repeated("page_marks", "Seite 1 von 9 ")
repeated("hyphens_at_line_ends", "wohn-\n")
repeated("hashes", "#")
repeated("empty_headings", "# \n")
repeated("blank_lines", "  \n")
repeated("bullets_without_text", "- \n")
repeated("quotation_marks", "„")
repeated("colons", ":")
repeated("abbreviations", "z. B. ")
repeated("capital_letters", "A B ")
repeated("spaces_before_a_letter", " ", before="a")
repeated("dots", ".")
repeated("combining_marks", "\u0301", before="a")
repeated("nulls", "\x00")
repeated("years", "bis 2030 ")
repeated("amounts", "1.000.000 Euro und ")
repeated("form_feeds", "\f")
repeated("image_marks", "![](")
repeated("underscores", "_a")
repeated("fences", "```\n")


@hostile
def list_500_deep() -> bytes:
    return "\n".join("  " * depth + f"- Punkt {depth}" for depth in range(500)).encode()


@hostile
def quotes_500_deep() -> bytes:
    return (">" * 500 + " Wohnen\n\n").encode() * 500


@hostile
def random_bytes() -> bytes:
    return random.Random(1).randbytes(MEGABYTE)


@hostile
def utf16_without_its_end() -> bytes:
    return b"\xff\xfe" + "Wir bauen. ".encode("utf-16-le") * 1000 + b"\xd8"


@hostile
def html_divs_100000_deep() -> bytes:
    return b"<!doctype html><html><body>" + b"<div>" * 100_000 + b"<p>Wir bauen Wohnungen.</p>"


@hostile
def html_list_500_deep() -> bytes:
    return b"<!doctype html><html><body>" + b"<ul><li>Punkt" * 500 + b"</li></ul>" * 500


@hostile
def html_tables_500_deep() -> bytes:
    return b"<!doctype html><html><body>" + b"<table><tr><td>a" * 500


@hostile
def html_attributes() -> bytes:
    many = b" ".join(b"a%d='1'" % number for number in range(100_000))
    return b"<!doctype html><html><body><p " + many + b">Wir bauen.</p></body></html>"


@hostile
def html_comment_without_end() -> bytes:
    return b"<!doctype html><html><body><p>Wir bauen.</p><!--" + b"- " * MEGABYTE


@hostile
def html_one_paragraph_of_five_megabytes() -> bytes:
    return (
        b"<!doctype html><html><body><p>"
        + b"Wir bauen Wohnungen. " * 250_000
        + b"</p></body></html>"
    )


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{("&" + chr(97 + n) + ";") * 10}">' for n in range(10))
    + "]>"
)
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
ODT = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
)
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(document: bytes) -> bytes:
    return zipped(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": document,
        }
    )


def odt(content: bytes) -> bytes:
    return zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": content})


def huge(size: int) -> bytes:
    """A ZIP file whose Word document grows to `size` spaces; made without ever holding them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELATIONS)
        with archive.open("word/document.xml", "w", force_zip64=True) as entry:
            for _ in range(size // MEGABYTE):
                entry.write(b" " * MEGABYTE)
    return out.getvalue()


@hostile
def docx_zip_bomb() -> bytes:
    return huge(256 * MEGABYTE)


@hostile
def docx_entity_bomb() -> bytes:
    return docx(
        f"{BOMB}<w:document {WORD}><w:body><w:p><w:r><w:t>&k;</w:t></w:r></w:p></w:body></w:document>".encode()
    )


@hostile
def docx_outside_entity() -> bytes:
    text = (
        f'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><w:document {WORD}><w:body>'
        "<w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>"
    )
    return docx(text.encode())


@hostile
def docx_tables_500_deep() -> bytes:
    start, end = "<w:tbl><w:tr><w:tc>", "<w:p/></w:tc></w:tr></w:tbl>"
    return docx(
        f"<w:document {WORD}><w:body>{start * 500}{end * 500}</w:body></w:document>".encode()
    )


@hostile
def docx_half_a_file() -> bytes:
    whole = docx(f"<w:document {WORD}><w:body/></w:document>".encode())
    return whole[: len(whole) // 2]


@hostile
def docx_without_document() -> bytes:
    return zipped({"[Content_Types].xml": TYPES.encode()})


@hostile
def zip_of_60000_files() -> bytes:
    return zipped({f"a{number}": b"" for number in range(60_000)})


@hostile
def zip_inside_zip() -> bytes:
    inner = zipped({"a": b"0" * MEGABYTE})
    for _ in range(20):
        inner = zipped({f"{number}.zip": inner for number in range(3)})
        if len(inner) > MEGABYTE:
            break
    return inner


@hostile
def odt_entity_bomb() -> bytes:
    return odt(
        f"{BOMB}<office:document-content {ODT}><office:body><office:text><text:p>&k;</text:p></office:text></office:body></office:document-content>".encode()
    )


@hostile
def odt_list_500_deep() -> bytes:
    start, end = "<text:list><text:list-item>", "</text:list-item></text:list>"
    return odt(
        f"<office:document-content {ODT}><office:body><office:text>{start * 500}<text:p>Punkt</text:p>{end * 500}"
        "</office:text></office:body></office:document-content>".encode()
    )


@hostile
def odt_spaces_without_end() -> bytes:
    return odt(
        f'<office:document-content {ODT}><office:body><office:text><text:p><text:s text:c="2000000000"/>'
        "</text:p></office:text></office:body></office:document-content>".encode()
    )


@hostile
def epub_that_leads_outside() -> bytes:
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
        '<rootfile full-path="../../etc/passwd"/></rootfiles></container>'
    )
    return zipped(
        {"mimetype": b"application/epub+zip", "META-INF/container.xml": container.encode()}
    )


@hostile
def json_100000_deep() -> bytes:
    return b"[" * 100_000


@hostile
def json_with_strange_values() -> bytes:
    return json.dumps({"title": ["a"] * 1000, "sections": {"a": None}, "proposers": 7}).encode()


# PDF files, written by hand so that they may be wrong


def pdf(*objects: bytes, root: int = 1, more: bytes = b"") -> bytes:
    """Objects 1, 2, 3 … and a cross-reference table."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        root,
        more,
        start,
    )
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F 5 0 R >> /XObject << /X 4 0 R >> >> >>"
)
ONE_PAGE = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"


@hostile
def pdf_page_tree_loop() -> bytes:
    return pdf(
        CATALOGUE,
        b"<< /Type /Pages /Kids [3 0 R] /Count 5 >>",
        b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 5 >>",
    )


@hostile
def pdf_page_tree_of_itself() -> bytes:
    return pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 100000 /Parent 2 0 R >>")


@hostile
def pdf_with_a_billion_pages() -> bytes:
    return pdf(
        CATALOGUE, b"<< /Type /Pages /Kids [3 0 R] /Count 1000000000 >>", PAGE, stream(b""), FONT
    )


@hostile
def pdf_without_pages() -> bytes:
    return pdf(CATALOGUE, b"<< /Type /Pages /Kids [] /Count 0 >>")


@hostile
def pdf_cut_off() -> bytes:
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(b"BT /F 12 Tf (Wir bauen) Tj ET"), FONT)[:200]


@hostile
def pdf_nothing_but_a_head() -> bytes:
    return b"%PDF-1.4\n"


@hostile
def pdf_cross_reference_loop() -> bytes:
    data = pdf(CATALOGUE, ONE_PAGE, PAGE, stream(b""), FONT)
    place = data.rindex(b"xref\n0")
    return data.replace(b"/Root", b"/Prev %d /Root" % place)


@hostile
def pdf_drawing_itself() -> bytes:
    form = stream(
        b"/X Do /X Do",
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >>",
    )
    return pdf(CATALOGUE, ONE_PAGE, PAGE, form, FONT)


@hostile
def pdf_stream_bomb() -> bytes:
    packed = zlib.compressobj(9)
    data = b"".join(packed.compress(b" " * MEGABYTE) for _ in range(256)) + packed.flush()
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(data, b"/Filter /FlateDecode"), FONT)


@hostile
def pdf_text_without_end() -> bytes:
    words = b"BT /F 10 Tf 50 800 Td " + b"(Wir bauen Wohnungen ) Tj 0 -0.001 Td " * 60_000 + b"ET"
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(words), FONT)


@hostile
def pdf_words_in_one_place() -> bytes:
    words = (
        b"BT /F 10 Tf "
        + b"1 0 0 1 50 700 Tm (Wohnen) Tj 1 0 0 1 300 700 Tm (Bauen) Tj " * 20_000
        + b"ET"
    )
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(words), FONT)


@hostile
def pdf_words_strewn_about() -> bytes:
    chance = random.Random(1)
    words = b"BT /F 5 Tf " + b"".join(
        b"1 0 0 1 %d %d Tm (Wohnen) Tj " % (chance.randint(0, 560), chance.randint(0, 830))
        for _ in range(12_000)
    )
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(words + b"ET"), FONT)


@hostile
def pdf_drawing_of_many_shapes() -> bytes:
    shapes = b"".join(b"%d %d 3 3 re f " % (n % 590, n % 840) for n in range(200_000))
    text = b"BT /F 10 Tf 50 700 Td (Wir bauen Wohnungen.) Tj ET"
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(shapes + text), FONT)


@hostile
def pdf_picture_of_ten_gigapixels() -> bytes:
    image = stream(
        zlib.compress(b"\0" * 1000),
        b"/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /ColorSpace /DeviceGray "
        b"/BitsPerComponent 8 /Filter /FlateDecode",
    )
    page = PAGE.replace(b"/Contents 4 0 R", b"/Contents 6 0 R")
    return pdf(CATALOGUE, ONE_PAGE, page, image, FONT, stream(b"q 595 0 0 842 0 0 cm /X Do Q"))


@hostile
def pdf_page_of_a_square_kilometre() -> bytes:
    page = PAGE.replace(b"[0 0 595 842]", b"[0 0 3000000 3000000]")
    return pdf(
        CATALOGUE, ONE_PAGE, page, stream(b"BT /F 9 Tf (Wir) Tj ET 0 0 3000000 3000000 re f"), FONT
    )


@hostile
def pdf_bookmark_loop() -> bytes:
    outline = b"<< /First 7 0 R /Last 7 0 R /Count 2 >>"
    item = b"<< /Title (Wohnen) /Parent 6 0 R /Next 7 0 R /First 7 0 R >>"
    catalogue = b"<< /Type /Catalog /Pages 2 0 R /Outlines 6 0 R >>"
    text = stream(b"BT /F 12 Tf 50 700 Td (Wir bauen Wohnungen.) Tj ET")
    return pdf(catalogue, ONE_PAGE, PAGE, text, FONT, outline, item)


@hostile
def pdf_of_3000_pages() -> bytes:
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 3005))
    text = stream(b"BT /F 12 Tf 50 700 Td (Wir bauen Wohnungen.) Tj ET")
    page = PAGE.replace(b"/Contents 4 0 R", b"/Contents 3 0 R").replace(b"/F 5 0 R", b"/F 4 0 R")
    page = page.replace(b"/X 4 0 R", b"/X 3 0 R")
    return pdf(
        CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count 3000 >>" % kids, text, FONT, *[page] * 3000
    )


@hostile
def pdf_numbers_out_of_range() -> bytes:
    words = b"BT /F 1e30 Tf 1e30 0 0 1e30 1e30 -1e30 Tm (Wir) Tj /F 0 Tf (bauen) Tj -99999 Tc (mehr) Tj ET"
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(words), FONT)


@hostile
def pdf_arrays_100000_deep() -> bytes:
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(b"[" * 100_000), FONT)


@hostile
def pdf_full_of_dots() -> bytes:
    """What a contents page looks like to a regular expression that backtracks."""
    words = b"BT /F 4 Tf 20 800 Td " + b"(" + b". " * 3000 + b"1) Tj 0 -6 Td (Inhalt) Tj ET"
    return pdf(CATALOGUE, ONE_PAGE, PAGE, stream(words), FONT)


@hostile
def pdf_font_that_maps_to_half_characters() -> bytes:
    mapped = b"/CIDInit /ProcSet findresource begin begincmap 100 beginbfrange " + (
        b"<0000> <FFFF> <D800>\n" * 5000 + b"endbfrange endcmap"
    )
    below = (
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /X "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>"
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /X /Encoding /Identity-H /DescendantFonts [7 0 R] /ToUnicode 6 0 R >>"
    words = stream(b"BT /F 12 Tf 50 700 Td " + b"<00410042FFFFD800> Tj 0 -1 Td " * 5000 + b"ET")
    return pdf(CATALOGUE, ONE_PAGE, PAGE, words, font, stream(mapped), below)


@hostile
def pdf_that_runs_a_script() -> bytes:
    catalogue = (
        b"<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>"
    )
    return pdf(catalogue, ONE_PAGE, PAGE, stream(b"BT /F 12 Tf 50 700 Td (Wir bauen.) Tj ET"), FONT)


@hostile
def pdf_behind_a_web_page() -> bytes:
    return b"<html><script>alert(1)</script>\n" + pdf(CATALOGUE, ONE_PAGE, PAGE, stream(b""), FONT)


@hostile
def pdf_count_of_two_billion() -> bytes:
    pages = b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"
    return pdf(CATALOGUE, pages, PAGE, stream(b""), FONT)


@hostile
def pdf_forms_that_draw_each_other_ten_times() -> bytes:
    forms = [
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >> /Length 60 >>\n"
        b"stream\n%s\nendstream" % (number + 1, b"/X Do " * 10)
        for number in range(4, 12)
    ]
    return pdf(CATALOGUE, ONE_PAGE, PAGE, *forms, stream(b"BT (x) Tj ET"))


@hostile
def odt_table_of_a_trillion_cells() -> bytes:
    table = (
        "<table:table><table:table-row table:number-rows-repeated='1000000'>"
        "<table:table-cell table:number-columns-repeated='1000000'><text:p>Wir bauen.</text:p>"
        "</table:table-cell></table:table-row></table:table>"
    )
    names = f"{ODT} xmlns:table='urn:oasis:names:tc:opendocument:xmlns:table:1.0'"
    body = f"<office:body><office:text>{table}</office:text></office:body>"
    return odt(f"<office:document-content {names}>{body}</office:document-content>".encode())


@hostile
def html_cells_that_span_a_billion() -> bytes:
    row = b"<tr><td colspan=999999999 rowspan=999999999>Wir bauen.</td></tr>"
    return b"<!doctype html><html><body><table>" + row * 2000 + b"</table></body></html>"


@hostile
def html_style_sheets_of_megabytes() -> bytes:
    rules = b"a" * 200 + b"{b:c}" * 200_000
    return (
        b"<!doctype html><html><head><style>%s</style></head><body><p style='%s'>Wir bauen.</p></body></html>"
        % (rules, b"a:b;" * 200_000)
    )


@hostile
def html_class_that_hung_an_expression() -> bytes:
    name = b"accordion_" + b"a_" * 20_000
    return b"<!doctype html><html><body><div class='%s'>Titel</div><p>Wir bauen.</p>" % name


@hostile
def html_entities_of_a_document_type() -> bytes:
    return BOMB.encode() + b"<html><body><p>Wir bauen &k;</p></body></html>"


@hostile
def epub_that_reads_one_chapter_100000_times() -> bytes:
    container = (
        "<container xmlns='urn:oasis:names:tc:opendocument:xmlns:container'><rootfiles>"
        "<rootfile full-path='a.opf'/></rootfiles></container>"
    )
    chapter = b"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>Wir bauen.</p></body></html>"
    package = (
        b"<package xmlns='http://www.idpf.org/2007/opf'><manifest><item id='a' href='a.xhtml' "
        b"media-type='application/xhtml+xml'/></manifest><spine>%s</spine></package>"
        % (b"<itemref idref='a'/>" * 100_000)
    )
    return zipped(
        {
            "mimetype": b"application/epub+zip",
            "META-INF/container.xml": container.encode(),
            "a.opf": package,
            "a.xhtml": chapter,
        }
    )


@hostile
def docx_styles_that_rest_on_each_other() -> bytes:
    paragraph = "<w:p><w:pPr><w:pStyle w:val='A'/></w:pPr><w:r><w:t>Wir bauen.</w:t></w:r></w:p>"
    style = "<w:style w:styleId='{0}'><w:name w:val='{0}'/><w:basedOn w:val='{1}'/></w:style>"
    both = style.format("A", "B") + style.format("B", "A")
    return zipped(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": f"<w:document {WORD}><w:body>{paragraph * 500}</w:body></w:document>".encode(),
            "word/styles.xml": f"<w:styles {WORD}>{both}</w:styles>".encode(),
        }
    )


@hostile
def docx_note_of_fifty_kilobytes_asked_for_50000_times() -> bytes:
    asked = "<w:r><w:footnoteReference w:id='1'/></w:r>" * 50_000
    note = (
        f"<w:footnote w:id='1'><w:p><w:r><w:t>{'Wir bauen. ' * 5000}</w:t></w:r></w:p></w:footnote>"
    )
    return zipped(
        {
            "[Content_Types].xml": TYPES.encode(),
            "_rels/.rels": RELATIONS.encode(),
            "word/document.xml": f"<w:document {WORD}><w:body><w:p>{asked}</w:p></w:body></w:document>".encode(),
            "word/footnotes.xml": f"<w:footnotes {WORD}>{note}</w:footnotes>".encode(),
        }
    )


@hostile
def spreadsheet_called_a_text() -> bytes:
    return zipped({"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<c/>" * MEGABYTE})


@hostile
def json_number_of_a_million_digits() -> bytes:
    return b'{"type": "motion", "title": %s, "sections": []}' % (b"9" * 1_000_000)


@hostile
def utf32_and_marks_of_direction() -> bytes:
    return (
        "\ufeff" + "\u202eWir bauen \u05e9\u05dc\u05d5\u05dd\u202c \u2066a\u2069. " * 3000
    ).encode("utf-32-le")


@hostile
def utf8_that_is_latin1() -> bytes:
    return b"\xef\xbb\xbf" + "Wir bauen Straßen für Bürger. ".encode("latin-1") * 3000


@hostile
def columns_50000_wide() -> bytes:
    return ("\t".join(["Wir bauen"] * 50_000) + "\n").encode() * 3


@hostile
def headings_100000() -> bytes:
    return b"".join(b"## Kapitel %d\n\nWir bauen.\n\n" % number for number in range(100_000))
