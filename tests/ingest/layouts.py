"""Layouts of party PDFs, drawn by a script; towns, parties and texts are invented.

Each function is one layout and answers with the file. `ALL` names them for the golden pages in `layouts/`.
"""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
from reportlab.lib.pagesizes import A4, A5, landscape
from reportlab.pdfbase import pdfmetrics

from tests.ingest.drawing import H1, H2, H3, ITEM, SOFT, P, Sheet, Style

ALL: dict[str, Callable[[], bytes]] = {}
RED = (0.75, 0.1, 0.1)
GREEN = (0.1, 0.5, 0.2)
WHITE = (1.0, 1.0, 1.0)
ONE = (60, 70, 475, 690)
LEFT, RIGHT = (60, 70, 227, 690), (307, 70, 227, 690)
SMALL = P.but(size=8)

WOHNEN = (
    "Wer in Talhausen arbeitet, soll hier auch wohnen können. Deshalb bauen wir bis 2031 drei"
    "hundert neue Wohnungen, davon ein Drittel mit Sozialbindung. Die städ\u00adtische Woh\u00adnungs\u00adge\u00adsell\u00adschaft "
    "erhält dafür zwei Grund\u00adstücke am alten Güter\u00adbahnhof."
)
MIETE = (
    "Leerstand ist in einer wach\u00adsen\u00adden Stadt nicht hin\u00adnehm\u00adbar. Wir schaffen eine Leerstands-Meldestelle und "
    "bera\u00adten Eigen\u00adtüme\u00adrin\u00adnen und Eigen\u00adtümer, die ihre Woh\u00adnung wieder ver\u00admie\u00adten wollen."
)
SCHULE = (
    "Unsere Schulen brauchen Räume, in denen Lernen Freude macht. Die Kinder- und Jugend\u00adarbeit in den Stadt\u00adteilen "
    "bekommt ver\u00adläss\u00adliche Mittel, und jede Grund\u00adschule erhält bis 2029 eine Mensa."
)
KITA = (
    "Ein Kita-Platz in der Nähe ist für Familien ent\u00adschei\u00addend. Wir bauen zwei Häuser in Neudorf und ver\u00adlän\u00adgern die "
    "Öff\u00adnungs\u00adzeiten, wo Eltern im Schicht\u00addienst arbei\u00adten."
)
VERKEHR = (
    "Der Bus muss auch am Abend fahren. Bürger*innen in den Ort\u00adsteilen warten heute bis zu zwei Stunden, z. B. am "
    "Sonn\u00adtag. Wir ver\u00addich\u00adten den Takt und füh\u00adren ein An\u00adruf-Sam\u00admel\u00adtaxi ein."
)
RAD = (
    "Rad- und Fuß\u00adwege ent\u00adste\u00adhen, bevor das Neubau\u00adgebiet bezogen wird. Zwischen Berg\u00adheim und dem Bahn\u00adhof "
    "bauen wir einen durch\u00adge\u00adhen\u00adden, be\u00adleuch\u00adte\u00adten Radweg."
)
KLIMA = (
    "Bis 2035 soll die Stadt\u00adver\u00adwal\u00adtung klima\u00adneutral arbei\u00adten. Auf allen ge\u00adeig\u00adne\u00adten Dächern ent\u00adste\u00adhen "
    "Solar\u00adan\u00adlagen, und der Fuhr\u00adpark fährt elek\u00adtrisch."
)
ITEMS = (
    "mehr sichere Radwege zwischen den Ortsteilen",
    "kostenfreies WLAN auf öffentlichen Plätzen und in der Bücherei, auch am Wochenende und in den Ferien",
    "Tempo 30 vor allen Schulen",
)


def layout(draw: Callable[[], bytes]) -> Callable[[], bytes]:
    ALL[draw.__name__] = draw
    return draw


def _programme(
    item: Style = ITEM, p: Style = P, h1: Style = H1, h2: Style = H2
) -> list[tuple[Style, str]]:
    return [
        (h1, "Wohnen und Bauen"),
        (p, WOHNEN),
        (h2, "Leerstand beenden"),
        (p, MIETE),
        (p, "Wir fordern:"),
        *((item, words) for words in ITEMS),
        (h1, "Bildung von Anfang an"),
        (p, SCHULE),
        (h2, "Kitas in jedem Stadtteil"),
        (p, KITA),
        (h2, "Sicher zur Schule"),
        (p, RAD),
        (h1, "Mobilität für alle"),
        (p, VERKEHR),
        (p, KLIMA),
    ]


@layout
def one_column() -> bytes:
    sheet = Sheet()
    sheet.flow([ONE], [(H1.but(size=26), "Unser Programm für Talhausen"), *_programme()])
    return sheet.bytes()


@layout
def two_columns_hyphenated() -> bytes:
    sheet = Sheet(each_page=lambda s, n: s.write(60, 810, f"{n}   Bürgerforum Talhausen", SMALL))
    p = P.but(justify=True)
    sheet.write(60, 60, "Unser Programm für Talhausen", H1.but(size=24))
    frames = [(60, 90, 227, 300), (307, 90, 227, 300)]
    sheet.flow(frames, _programme(p=p), [LEFT, RIGHT])
    return sheet.bytes()


@layout
def columns_drawn_row_by_row() -> bytes:
    """The stream goes across both columns, line by line."""
    sheet = Sheet()
    left = [
        "Wer in Talhausen arbeitet, soll hier auch woh-",
        "nen können. Dafür bauen wir dreihundert Woh-",
        "nungen und fördern Genossenschaften, die be-",
        "zahlbare Mieten auf Dauer sichern. Ein Drittel",
        "davon bleibt dauerhaft gebunden, damit auch",
    ]
    right = [
        "Pflegekräfte und Auszubildende eine Wohnung",
        "finden. Der Rat beschließt dazu bis zum Früh-",
        "jahr 2027 eine Satzung. Über den Stand der",
        "Arbeiten berichtet die Verwaltung jedes Jahr in",
        "öffentlicher Sitzung.",
    ]
    sheet.write(60, 80, "Wohnen und Bauen", H1)
    for row in range(5):
        sheet.write(60, 110 + 13 * row, left[row])
        sheet.write(310, 110 + 13 * row, right[row])
    sheet.write(60, 200, "Bildung von Anfang an", H1)
    sheet.flow([(60, 210, 475, 400)], [(P, SCHULE), (P, KITA)])
    return sheet.bytes()


@layout
def columns_drawn_right_first() -> bytes:
    """The stream begins with the right column and ends with the headline."""
    sheet = Sheet()
    blocks = _programme()
    sheet.flow([(307, 120, 227, 640)], blocks[7:])
    sheet.flow([(60, 120, 227, 640)], blocks[:7])
    sheet.write(60, 90, "Unser Programm für Talhausen", H1.but(size=26))
    return sheet.bytes()


@layout
def headline_across_columns() -> bytes:
    sheet = Sheet()
    y = 50.0
    for title, left, right in (
        ("Wohnen und Bauen in einer wachsenden Stadt", WOHNEN, MIETE),
        ("Verkehr", VERKEHR, RAD),
        ("Bildung von Anfang an: Kita und Schule", SCHULE, KITA),
    ):
        y = sheet.flow([(60, y, 475, 90)], [(H1.but(size=24), title)])
        sheet.flow([(60, y, 227, 130), (307, y, 227, 130)], [(P, left + " " + right), (P, KLIMA)])
        y += 145
    return sheet.bytes()


@layout
def flyer_three_panels() -> bytes:
    sheet = Sheet(size=landscape(A4))
    p, item = P.but(size=9), ITEM.but(size=9, bullet="dot")
    h = H1.but(size=14, colour=RED)
    panels = [(25, 40, 235, 530), (305, 40, 235, 530), (585, 40, 235, 530)]
    sheet.flow(
        [panels[0]], [(h, "Wohnen und Bauen"), (p, WOHNEN), (item, ITEMS[0]), (item, ITEMS[1])]
    )
    sheet.flow([panels[1]], [(h, "Bildung"), (p, SCHULE), (p, KITA)])
    sheet.flow(
        [panels[2]],
        [
            (h.but(size=24), "Talhausen kann mehr!"),
            (h, "Verkehr"),
            (p, VERKEHR),
            (item, ITEMS[2]),
            (item, ITEMS[0]),
        ],
    )
    sheet.next_page()
    sheet.flow([panels[0]], [(h, "Klima"), (p, KLIMA)])
    sheet.flow([panels[1]], [(h, "Rad"), (p, RAD)])
    sheet.flow([panels[2]], [(h, "Leerstand"), (p, MIETE)])
    return sheet.bytes()


@layout
def double_page_spreads() -> bytes:
    """Two pages of a booklet on one sheet, each with its number and its running foot."""
    wide = (2 * A5[0], A5[1])

    def foot(sheet: Sheet, number: int) -> None:
        sheet.write(40, 570, f"{2 * number} | Bürgerforum Talhausen", SMALL)
        sheet.write(2 * A5[0] - 170, 570, f"Wahlprogramm 2026 | {2 * number + 1}", SMALL)

    sheet = Sheet(size=wide, each_page=foot)
    pages = [(40, 40, 340, 500), (A5[0] + 40, 40, 340, 500)]
    sheet.flow(pages, [*_programme(p=P.but(justify=True)), *_programme()[:0]])
    sheet.next_page()
    sheet.flow(
        pages,
        [
            (H1, "Klima und Energie"),
            (P, KLIMA),
            (P, KLIMA.replace("2035", "2040")),
            (H2, "Sonne"),
            (P, MIETE),
        ],
    )
    sheet.next_page()
    sheet.flow(pages, [(H1, "Kultur"), (P, SCHULE), (H2, "Vereine"), (P, KITA), (P, RAD)])
    return sheet.bytes()


@layout
def pull_quote_between_lines() -> bytes:
    sheet = Sheet()
    sheet.write(60, 90, "Wohnen und Bauen", H1)
    text = WOHNEN + " " + MIETE + " " + SCHULE
    from tests.ingest.drawing import broken_lines

    words = text.split()
    y, at = 115.0, 0
    while at < len(words):
        width = 290 if 150 < y < 235 else 475
        row = next(broken_lines(" ".join(words[at:]), width, P))[0]
        parted = row.endswith("-") and not words[at + len(row.split()) - 1].endswith("-")
        sheet.write(60, y, row)
        at += len(row.split())
        if parted:
            last = words[at - 1]
            begun = row.split()[-1][:-1]
            rest = last.replace(SOFT, "")[len(begun) :]
            words.insert(at, rest)
        y += 13
    quote = ["„Wer hier arbeitet,", "soll hier auch", "wohnen können.“"]
    for number, row in enumerate(quote):
        sheet.write(370, 175 + 20 * number, row, H2.but(size=15, colour=RED))
    sheet.flow([(60, y + 10, 475, 300)], [(H1, "Verkehr"), (P, VERKEHR)])
    return sheet.bytes()


@layout
def tinted_box_beside_text() -> bytes:
    sheet = Sheet()
    sheet.flow([(60, 60, 300, 700)], _programme()[:10])
    sheet.box((390, 80, 150, 150))
    sheet.flow(
        [(400, 85, 130, 140)],
        [
            (H3, "Zahlen zur Stadt"),
            (
                P.but(size=9),
                "Talhausen hat 41.000 Einwohnerinnen und Einwohner in neun Ortsteilen.",
            ),
        ],
    )
    return sheet.bytes()


@layout
def running_heads_left_and_right() -> bytes:
    def head(sheet: Sheet, number: int) -> None:
        if number % 2:
            sheet.write(380, 40, "Bürgerforum Talhausen", SMALL)
            sheet.write(520, 810, str(number), SMALL)
        else:
            sheet.write(60, 40, "Wahlprogramm 2026", SMALL)
            sheet.write(60, 810, str(number), SMALL)

    sheet = Sheet(each_page=head)
    blocks = _programme()
    for _ in range(3):
        sheet.flow([ONE], [*blocks, *blocks[:0]])
        sheet.next_page()
    sheet.flow([ONE], [(H1, "Schluss"), (P, KLIMA)])
    return sheet.bytes()


@layout
def running_head_names_the_chapter() -> bytes:
    chapters = ["Wohnen und Bauen", "Bildung von Anfang an", "Mobilität für alle"]

    def head(sheet: Sheet, number: int) -> None:
        sheet.write(60, 40, chapters[(number - 1) // 2], P.but(size=9, font="Helvetica-Oblique"))
        sheet.write(290, 810, f"– {number} –", SMALL)

    sheet = Sheet(each_page=head)
    long = [(P, WOHNEN), (P, MIETE), (P, SCHULE), (P, KITA), (P, VERKEHR), (P, RAD), (P, KLIMA)]
    for number, chapter in enumerate(chapters):
        sheet.flow([ONE], [(H1, chapter), *long])
        sheet.next_page()
        sheet.flow(
            [ONE],
            [(P, f"Kapitel {number + 1} geht hier mit einem neuen Gedanken weiter."), *long[::-1]],
        )
        if number < 2:
            sheet.next_page()
    return sheet.bytes()


@layout
def page_of_pages() -> bytes:
    def foot(sheet: Sheet, number: int) -> None:
        sheet.write(60, 810, "Antrag der Fraktion Bürgerforum", SMALL)
        sheet.write(460, 810, f"Seite {number} von 2", SMALL)

    sheet = Sheet(each_page=foot)
    sheet.flow([(60, 70, 475, 420)], [*_programme()])
    return sheet.bytes()


@layout
def sentence_across_pages() -> bytes:
    sheet = Sheet(each_page=lambda s, n: s.write(290, 810, str(n + 4), SMALL))
    sheet.flow(
        [(60, 70, 475, 100)], [(H1, "Wohnen"), (P, WOHNEN + " " + MIETE + " " + SCHULE), (P, KITA)]
    )
    return sheet.bytes()


def _numbered_lines(step: int) -> bytes:
    sheet = Sheet()
    count = 0
    write = sheet.write

    def counting(x: float, y: float, text: str, style: Style = P, angle: float = 0) -> None:
        nonlocal count
        write(x, y, text, style, angle)
        if x < 90 and text not in ("•",):
            count += 1
            if count % step == 0:
                write(30, y, str(count), SMALL)

    sheet.write = counting  # type: ignore[method-assign]
    sheet.flow(
        [(70, 70, 460, 690)],
        [
            (H2, "A1: Bezahlbar wohnen"),
            (P, WOHNEN),
            (P, MIETE),
            (H2, "Begründung"),
            (P, SCHULE),
            (P, KITA),
            (P, VERKEHR),
        ],
    )
    return sheet.bytes()


@layout
def every_line_numbered() -> bytes:
    return _numbered_lines(1)


@layout
def every_fifth_line_numbered() -> bytes:
    return _numbered_lines(5)


def _with_contents(leader: str, ahead: bool = False) -> bytes:
    def foot(sheet: Sheet, number: int) -> None:
        if number > 1:
            sheet.write(290, 810, str(number), SMALL)

    sheet = Sheet(each_page=foot)
    sheet.write(60, 300, "Zukunft für Talhausen", H1.but(size=34))
    sheet.write(60, 340, "Programm zur Kommunalwahl 2026", P.but(size=16))
    sheet.write(60, 700, "Bürgerforum Talhausen", P.but(size=12))
    sheet.next_page()
    sheet.write(60, 90, "Inhalt", H1)
    entries = [
        (0, "1 Wohnen und Bauen", 3),
        (14, "1.1 Leerstand beenden", 3),
        (14, "1.2 Genossenschaften fördern und den Boden in öffentlicher Hand", 4),
        (0, "2 Bildung von Anfang an", 4),
        (0, "3 Mobilität für alle", 5),
    ]
    y = 120.0
    for indent, title, page in entries:
        if ahead:
            sheet.write(60, y, str(page))
            sheet.write(90 + indent, y, title)
        else:
            sheet.write(60 + indent, y, title + (leader and f" {leader * 40}"))
            sheet.write(500, y, str(page))
        y += 18
    sheet.next_page()
    sheet.flow(
        [ONE],
        [
            (H1, "1 Wohnen und Bauen"),
            (P, WOHNEN),
            (H2, "1.1 Leerstand beenden"),
            (P, MIETE),
            (H2, "1.2 Genossenschaften fördern und den Boden in öffentlicher Hand"),
            (P, KLIMA),
            (H1, "2 Bildung von Anfang an"),
            (P, SCHULE),
            (H1, "3 Mobilität für alle"),
            (P, VERKEHR),
        ],
    )
    return sheet.bytes()


@layout
def contents_with_dots() -> bytes:
    return _with_contents(".")


@layout
def contents_without_dots() -> bytes:
    return _with_contents("")


@layout
def contents_numbers_first() -> bytes:
    return _with_contents("", ahead=True)


@layout
def contents_above_the_text() -> bytes:
    """No page of its own: the text begins below the contents, with the first title once more."""
    sheet = Sheet()
    sheet.write(60, 80, "Haushaltsrede 2026", H1.but(size=24))
    sheet.write(60, 115, "Inhaltsverzeichnis", H2)
    for number, title in enumerate(("Einleitung", "Schulden und Zinsen", "Was wir ändern wollen")):
        sheet.write(60, 140 + 16 * number, f"{title} {'.' * 60} {number + 1}")
    sheet.flow(
        [(60, 200, 475, 560)],
        [
            (H2, "Einleitung"),
            (P, WOHNEN),
            (H2, "Schulden und Zinsen"),
            (P, MIETE),
            (H2, "Was wir ändern wollen"),
            (P, KLIMA),
        ],
    )
    return sheet.bytes()


@layout
def spaced_and_capital_headings() -> bytes:
    sheet = Sheet()
    sheet.flow(
        [ONE],
        [
            (H1.but(space=6), "WOHNEN UND BAUEN"),
            (P, WOHNEN),
            (P.but(before=8), "LEERSTAND BEENDEN"),
            (P, MIETE),
            (H1.but(space=6), "BILDUNG"),
            (P, SCHULE),
            (P.but(before=8), "KITAS IN JEDEM STADTTEIL"),
            (P, KITA),
        ],
    )
    return sheet.bytes()


@layout
def coloured_headings_of_body_size() -> bytes:
    sheet = Sheet()
    h = P.but(colour=GREEN, before=8, after=0)
    sheet.flow(
        [ONE],
        [
            (H1.but(size=22), "Grün und gerecht"),
            (h, "Wohnen und Bauen"),
            (P, WOHNEN),
            (h, "Leerstand beenden"),
            (P, MIETE),
            (h, "Kitas in jedem Stadtteil"),
            (P, KITA),
        ],
    )
    return sheet.bytes()


@layout
def underlined_headings() -> bytes:
    sheet = Sheet()
    h1 = P.but(font="Helvetica-Bold", underline=True, before=8)
    h2 = P.but(underline=True, before=8)
    sheet.flow(
        [ONE],
        [
            (h1, "1. Wohnen"),
            (P, WOHNEN),
            (h2, "Leerstand beenden:"),
            (P, MIETE),
            (h1, "2. Bildung"),
            (P, SCHULE),
            (h2, "Kitas:"),
            (P, KITA),
        ],
    )
    return sheet.bytes()


@layout
def run_in_headings() -> bytes:
    """Bold words open the paragraph and belong to it."""
    sheet = Sheet()
    sheet.write(60, 80, "Unsere Ziele", H1)
    y = 110.0
    for words, text in (("Wohnen.", MIETE), ("Bildung.", SCHULE)):
        from reportlab.pdfbase.pdfmetrics import stringWidth

        from tests.ingest.drawing import broken_lines

        wide = stringWidth(words + " ", "Helvetica-Bold", 10)
        sheet.write(60, y, words, P.but(font="Helvetica-Bold"))
        for number, (row, _) in enumerate(broken_lines(text, 475, P.but(first=wide))):
            sheet.write(60 + (wide if number == 0 else 0), y, row)
            y += 13
        y += 8
    return sheet.bytes()


@layout
def drop_cap() -> bytes:
    sheet = Sheet()
    sheet.write(60, 90, "Wohnen und Bauen", H1)
    sheet.write(60, 141, "W", P.but(size=38))
    rows = [
        "er in Talhausen arbeitet, soll hier auch wohnen können. Deshalb bauen wir bis 2031",
        "dreihundert neue Wohnungen, davon ein Drittel mit Sozialbindung. Das Geld dafür",
        "kommt aus dem Verkauf von Grundstücken, die die Stadt nicht mehr braucht.",
    ]
    for number, row in enumerate(rows):
        sheet.write(98, 115 + 13 * number, row)
    sheet.write(60, 154, "Über jeden Verkauf entscheidet der Rat in öffentlicher Sitzung.")
    return sheet.bytes()


@layout
def bullets_of_many_kinds() -> bytes:
    sheet = Sheet()
    vera = ITEM.but(font="Vera")
    blocks: list[tuple[Style, str]] = [(H1, "Was wir fordern")]
    for title, bullet, font in (
        ("Punkte", "•", "Helvetica"),
        ("Striche", "–", "Helvetica"),
        ("Pfeile", ">", "Helvetica"),
        ("Haken", "4", "ZapfDingbats"),
        ("Kästchen", "n", "ZapfDingbats"),
        ("Gezeichnet", "dot", ""),
        ("Nummern", "1.", "Helvetica"),
    ):
        blocks.append((H2, title))
        for number, words in enumerate(ITEMS):
            sign = f"{number + 1}." if bullet == "1." else bullet
            blocks.append((vera.but(font="Helvetica", bullet=sign, bullet_font=font), words))
    sheet.flow([(60, 60, 300, 740)], blocks)
    return sheet.bytes()


@layout
def nested_bullets() -> bytes:
    sheet = Sheet()
    inner = ITEM.but(indent=30, bullet="–")
    sheet.flow(
        [(60, 60, 300, 700)],
        [
            (H1, "Forderungen"),
            (P, "Wir setzen uns ein für:"),
            (ITEM, ITEMS[0]),
            (inner, ITEMS[2]),
            (inner, ITEMS[1]),
            (ITEM, ITEMS[1]),
            (P, KLIMA),
        ],
    )
    return sheet.bytes()


@layout
def ligatures_and_invisible_signs() -> bytes:
    sheet = Sheet()
    p = P.but(font="Vera")
    sheet.write(60, 80, "Grünﬂächen für alle", H1.but(font="VeraBd"))
    sheet.write(60, 110, "Wir öffnen die Schulhöfe am Nachmittag und pﬂegen die Grünﬂächen,", p)
    sheet.write(
        60,
        124,
        "damit Familien sie ﬁnden und nutzen\u00a0können. Die Kosten von 20.000\u00a0Euro",
        p,
    )
    sheet.write(60, 138, "stehen im Haushalt bereit.", p)
    return sheet.bytes()


@layout
def captions_and_pictures() -> bytes:
    sheet = Sheet()
    y = sheet.flow([ONE], [(H1, "Wohnen und Bauen"), (P, WOHNEN)])
    sheet.picture((60, y, 475, 120))
    sheet.write(
        60, y + 131, "Der alte Güterbahnhof im Frühjahr", P.but(size=8, font="Helvetica-Oblique")
    )
    sheet.flow([(60, y + 140, 475, 400)], [(P, MIETE), (H1, "Verkehr"), (P, VERKEHR)])
    return sheet.bytes()


@layout
def table_of_costs() -> bytes:
    sheet = Sheet()
    y = sheet.flow([ONE], [(H1, "Was es kostet"), (P, MIETE)])
    for number, row in enumerate(
        (
            ("Maßnahme", "Kosten", "Jahr"),
            ("Kita in Neudorf", "2,4 Mio. Euro", "2027"),
            ("Radweg nach Bergheim", "350.000 Euro", "2026"),
            ("Freibad", "1,1 Mio. Euro", "2028"),
        )
    ):
        for x, cell in zip((60, 230, 400), row, strict=True):
            sheet.write(x, y + 16 + 16 * number, cell, P if number else H3)
    sheet.flow([(60, y + 85, 475, 400)], [(P, KLIMA)])
    return sheet.bytes()


@layout
def footnotes() -> bytes:
    sheet = Sheet()
    sheet.flow([ONE], [(H1, "Wohnen und Bauen")])
    sheet.write(60, 110, "Die Stadt hat im Jahr 2019 ein Konzept beschlossen.")
    sheet.write(60 + 231, 106, "1", P.but(size=6))
    sheet.write(298, 110, "Wir setzen es um.")
    sheet.write(60, 123, "Dafür brauchen wir 200 m² Fläche je Haus und einen langen Atem.")
    sheet.flow([(60, 130, 475, 500)], [(P, MIETE)])
    sheet.canvas.line(60, 90, 200, 90)
    sheet.write(60, 765, "1", P.but(size=5))
    sheet.write(65, 768, "Beschluss des Rates vom 12. Juni 2019.", SMALL)
    return sheet.bytes()


@layout
def text_set_sideways() -> bytes:
    sheet = Sheet()
    sheet.flow([ONE], [(H1, "Wohnen und Bauen"), (P, WOHNEN), (P, MIETE)])
    sheet.write(30, 500, "Entwurf – nicht zur Veröffentlichung", SMALL, angle=90)
    return sheet.bytes()


@layout
def white_headings_on_bars() -> bytes:
    sheet = Sheet()
    bar = H2.but(colour=WHITE, tint=GREEN, before=16, after=8)
    sheet.flow(
        [ONE],
        [
            (bar, "Wohnen und Bauen"),
            (P, WOHNEN),
            (bar, "Bildung"),
            (P, SCHULE),
            (bar, "Verkehr"),
            (P, VERKEHR),
        ],
    )
    return sheet.bytes()


@layout
def numbered_chapters() -> bytes:
    sheet = Sheet()
    sheet.flow(
        [ONE],
        [
            (H2, "I. Wohnen und Bauen"),
            (P, WOHNEN),
            (H3, "1. Leerstand beenden"),
            (P, MIETE),
            (H3, "2. Sicher zur Schule"),
            (P, RAD),
            (H2, "II. Bildung"),
            (P, SCHULE),
            (H3, "1. Kitas"),
            (P, KITA),
            (H2, "III. Klima"),
            (P, KLIMA),
        ],
    )
    return sheet.bytes()


@layout
def large_chapter_numbers() -> bytes:
    """The number of the chapter stands alone, larger than its title."""
    sheet = Sheet()
    y = 60.0
    for number, (title, text) in enumerate(
        (("Wohnen und Bauen", WOHNEN), ("Bildung", SCHULE), ("Verkehr", VERKEHR))
    ):
        sheet.write(60, y + 40, str(number + 1), H1.but(size=44, colour=RED))
        sheet.write(100, y + 40, title, H1.but(size=22))
        y = sheet.flow([(60, y + 50, 475, 300)], [(P, text)]) + 10
    return sheet.bytes()


@layout
def indented_paragraphs() -> bytes:
    """No space between paragraphs: the first line is set in."""
    sheet = Sheet()
    p = P.but(first=14, after=0, justify=True)
    sheet.flow(
        [(60, 60, 300, 700)],
        [
            (H1, "Wohnen und Bauen"),
            (p, WOHNEN),
            (p, MIETE),
            (p, SCHULE),
            (H1, "Verkehr"),
            (p, VERKEHR),
            (p, RAD),
        ],
    )
    return sheet.bytes()


@layout
def lead_paragraph_and_large_type() -> bytes:
    """A lead in larger, bold type is text and no heading; a closing slogan is none either."""
    sheet = Sheet()
    sheet.flow(
        [ONE],
        [
            (H1.but(size=26), "Talhausen kann mehr"),
            (
                P.but(size=12, font="Helvetica-Bold"),
                "Unsere Stadt wächst, und mit ihr wachsen die Aufgaben. Wir sagen, was wir in den nächsten fünf Jahren anpacken, und was es kostet.",
            ),
            (H2, "Wohnen und Bauen"),
            (P, WOHNEN),
            (H2, "Verkehr"),
            (P, VERKEHR),
            (H1.but(size=22, colour=RED, before=40), "Am 8. März: Bürgerforum wählen!"),
        ],
    )
    return sheet.bytes()


@layout
def council_motion() -> bytes:
    sheet = Sheet()
    for number, row in enumerate(
        ("Bürgerforum Talhausen", "Fraktion im Rat der Stadt", "Rathausplatz 1", "12345 Talhausen")
    ):
        sheet.write(380, 70 + 12 * number, row, P.but(size=9))
    for number, row in enumerate(
        ("An den", "Bürgermeister der Stadt Talhausen", "Herrn Otto Beispiel")
    ):
        sheet.write(60, 110 + 13 * number, row)
    sheet.write(400, 170, "Talhausen, 3. Februar 2026")
    sheet.flow(
        [(60, 190, 475, 560)],
        [
            (H2, "Antrag: Sichere Schulwege in Bergheim"),
            (P, "Sehr geehrter Herr Bürgermeister,"),
            (
                P,
                "die Fraktion Bürgerforum bittet, folgenden Antrag auf die Tagesordnung zu setzen:",
            ),
            (H3, "Beschlussvorschlag"),
            (
                ITEM.but(bullet="1."),
                "Die Verwaltung legt bis zum Sommer ein Konzept für sichere Schulwege vor.",
            ),
            (ITEM.but(bullet="2."), "Vor der Grundschule wird Tempo 30 angeordnet."),
            (H3, "Begründung"),
            (P, RAD),
            (P, "Mit freundlichen Grüßen"),
            (P, "Erika Muster, Fraktionsvorsitzende"),
        ],
    )
    return sheet.bytes()


@layout
def budget_speech() -> bytes:
    sheet = Sheet(each_page=lambda s, n: s.write(500, 40, str(n), SMALL))
    p = P.but(size=13, leading=22, after=10)
    sheet.flow(
        [(60, 70, 475, 690)],
        [
            (P.but(size=16, font="Helvetica-Bold", centre=True), "Haushaltsrede 2026"),
            (
                P.but(size=13, font="Helvetica-Bold", centre=True),
                "der Fraktion Bürgerforum im Rat der Stadt Talhausen",
            ),
            (
                P.but(size=11, font="Helvetica-Oblique", centre=True),
                "Es gilt das gesprochene Wort.",
            ),
            (p, "Sehr geehrte Damen und Herren,"),
            (p, WOHNEN),
            (p, MIETE),
            (p.but(font="Helvetica-Bold"), "Bildung"),
            (p, SCHULE),
            (p, KITA),
            (p.but(font="Helvetica-Bold"), "Verkehr und Klima"),
            (p, VERKEHR),
            (p, KLIMA),
            (p, "Vielen Dank für Ihre Aufmerksamkeit."),
        ],
    )
    return sheet.bytes()


@layout
def bullets_of_a_symbol_font() -> bytes:
    """Word's bullets: letters of Wingdings, in one list named by their places in the private use area."""
    sheet = Sheet()
    blocks: list[tuple[Style, str]] = [(H1, "Was wir fordern")]
    for title, bullet, font in (
        ("Kästchen", "\u00a7", "Courier"),
        ("Pfeile", "\u00d8", "Courier"),
        ("Haken", "\u00fc", "Courier"),
        ("Punkte", "\u00b7", "Courier-Bold"),
    ):
        blocks.append((H2, title))
        blocks += [(ITEM.but(bullet=bullet, bullet_font=font), words) for words in ITEMS]
        blocks.append((P, KLIMA))
    sheet.flow([(60, 60, 300, 740)], blocks)
    return _as_word_embeds(sheet.bytes())


def _as_word_embeds(data: bytes) -> bytes:
    """Courier becomes Wingdings, and Courier-Bold Symbol with each character named U+F000 and more."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(data)) as file:
        for item in file.objects:
            if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
                continue
            if item.BaseFont == "/Courier":
                item.BaseFont = pikepdf.Name("/ABCDEF+Wingdings-Regular")
            elif item.BaseFont == "/Courier-Bold":
                item.BaseFont = pikepdf.Name("/ABCDEF+OpenSymbol")
                item.ToUnicode = file.make_stream(
                    b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
                    b"1 begincodespacerange <00> <FF> endcodespacerange\n"
                    b"1 beginbfchar <B7> <F0B7> endbfchar\nendcmap end end"
                )
        out = io.BytesIO()
        file.save(out, static_id=True)
        return out.getvalue()


@layout
def locked_against_changes() -> bytes:
    """A file that anybody may read and only its owner may change: no password is asked for."""
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(ALL["one_column"]())) as file:
        out = io.BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="geheim", user=""))
        return out.getvalue()


@layout
def flyer_with_a_panel_upside_down() -> bytes:
    """A sheet that is folded and turned: the upper half stands on its head."""
    sheet = Sheet()
    sheet.flow([(60, 460, 475, 330)], [(H1, "Wohnen und Bauen"), (P, WOHNEN), (P, MIETE)])
    sheet.canvas.saveState()
    sheet.canvas.translate(sheet.size[0], sheet.size[1])
    sheet.canvas.rotate(180)
    sheet.flow([(60, 460, 475, 330)], [(H1, "Mobilität für alle"), (P, VERKEHR), (P, RAD)])
    sheet.canvas.restoreState()
    sheet.write(588, 800, "Foto: Erika Beispiel / Talhausen", SMALL, angle=90)
    return sheet.bytes()


@layout
def budget_table_with_numbered_rows() -> bytes:
    """Amounts set to the right, the names of the columns bold above them, a number before each row."""
    sheet = Sheet()
    y = sheet.flow([ONE], [(H1, "Wo das Geld bleibt"), (P, MIETE)])
    bold, small = P.but(size=9, font="Helvetica-Bold"), P.but(size=9)
    for x, name in zip((60, 90, 300, 420), ("Nr.", "Bereich", "2025", "2026"), strict=True):
        sheet.write(x, y + 16, name, bold)
    for number, (row, area, before, after) in enumerate(
        (
            ("11", "Innere Verwaltung", "4.210.300", "4.380.100"),
            ("21", "Schulen", "400.250", "610.000"),
            ("36", "Kinder und Jugend", "6.900.000", "7.450.000"),
            ("54", "Verkehrsflächen", "2.050.000", "980.000"),
        )
    ):
        line = y + 30 + 14 * number
        sheet.write(60, line, row, small)
        sheet.write(90, line, area, small)
        for right, amount in ((360, before), (480, after)):
            sheet.write(right - 5 * len(amount), line, amount, small)
    sheet.flow([(60, y + 95, 475, 400)], [(H2, "Schulden abbauen"), (P, KLIMA)])
    return sheet.bytes()


@layout
def folded_flyer_with_its_cover_on_the_right() -> bytes:
    """The outer side holds a panel of items, an address and the cover; no long paragraph stands on it."""
    sheet = Sheet(size=landscape(A4))
    p, item = P.but(size=9), ITEM.but(size=9, bullet="dot")
    h = H1.but(size=14, colour=RED)
    panels = [(25, 40, 235, 530), (305, 40, 235, 530), (585, 40, 235, 530)]
    sheet.flow([panels[0]], [(h, "Unsere Ziele"), *((item, words) for words in ITEMS)])
    address = (
        "Bürgerforum Talhausen e. V.|Marktplatz 1|12345 Talhausen|www.buergerforum-talhausen.de"
    )
    sheet.flow([panels[1]], [(p, line) for line in address.split("|")])
    sheet.flow(
        [panels[2]],
        [
            (h.but(size=34), "Talhausen kann mehr."),
            (P.but(size=12, font="Helvetica-Bold"), "Kommunalwahl am 8. März 2026"),
        ],
    )
    sheet.next_page()
    sheet.flow([panels[0]], [(h, "Wohnen"), (p, WOHNEN)])
    sheet.flow([panels[1]], [(h, "Bildung"), (p, SCHULE), (p, KITA)])
    sheet.flow([panels[2]], [(h, "Verkehr"), (p, VERKEHR)])
    return sheet.bytes()


@layout
def body_above_the_title_of_a_speech() -> bytes:
    """Whose speech it is stands bold above its title; a remark between dashes is no item of a list."""
    sheet = Sheet()
    bold = P.but(size=12, font="Helvetica-Bold", centre=True)
    centre = P.but(size=12, centre=True)
    sheet.flow(
        [ONE],
        [
            (bold, "Bürgerforum Talhausen"),
            (centre, "Fraktion im Rat der Stadt"),
            (P.but(size=17, font="Helvetica-Bold", centre=True), "Haushaltsrede 2026"),
            (centre, "gehalten von Erika Beispiel am 17. Dezember 2025"),
            (centre, "– es gilt das gesprochene Wort –"),
            (P, "Sehr geehrter Herr Bürgermeister, meine Damen und Herren,"),
            (P, WOHNEN),
            (P, MIETE),
            (P.but(font="Helvetica-Bold"), "Zu den Schulen"),
            (P, SCHULE),
            (P, "Dafür danke ich Ihnen."),
        ],
    )
    return sheet.bytes()


@layout
def headings_marked_by_the_program() -> bytes:
    """Headings that look like text: the word processor marked them as what they are."""
    sheet = Sheet()
    y = 80.0
    blocks = [
        ("H1", "Wohnen und Bauen"),
        ("P", WOHNEN),
        ("H2", "Leerstand beenden"),
        ("P", MIETE),
        ("H1", "Bildung von Anfang an"),
        ("P", SCHULE),
    ]
    for number, (kind, words) in enumerate(blocks):
        sheet.canvas._code.append(f"/{kind} <</MCID {number}>> BDC")
        y = sheet.flow([(60, y, 475, 600)], [(P, words)])
        sheet.canvas._code.append("EMC")
    return _with_tags(sheet.bytes(), [kind for kind, _ in blocks])


def _with_tags(data: bytes, kinds: list[str]) -> bytes:
    """The one page's marked pieces as elements of the file's structure."""
    with pikepdf.open(io.BytesIO(data)) as file:
        page = file.pages[0].obj
        root = file.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
        elements = [
            file.make_indirect(
                pikepdf.Dictionary(
                    Type=pikepdf.Name.StructElem,
                    S=pikepdf.Name(f"/{kind}"),
                    P=root,
                    Pg=page,
                    K=number,
                )
            )
            for number, kind in enumerate(kinds)
        ]
        root.K = pikepdf.Array(elements)
        root.ParentTree = pikepdf.Dictionary(Nums=pikepdf.Array([0, pikepdf.Array(elements)]))
        page.StructParents = 0
        file.Root.StructTreeRoot = root
        file.Root.MarkInfo = pikepdf.Dictionary(Marked=True)
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()


@layout
def headings_beside_their_text() -> bytes:
    """Headings in a column of their own, level with the first line of what they head."""
    sheet = Sheet()
    head = H3.but(colour=GREEN)
    sheet.write(60, 80, "Unser Programm für Talhausen", H1.but(size=24))
    y = 110.0
    for title, text in (
        ("Bezahlbar wohnen, auch in der Innenstadt", WOHNEN),
        ("Leerstand beenden", MIETE),
        ("Schulen", SCHULE),
        ("Kitas in jedem Stadtteil", KITA),
    ):
        sheet.flow([(60, y - 8, 110, 200)], [(head, title)])
        y = sheet.flow([(190, y, 345, 300)], [(P, text)]) + 14
    return sheet.bytes()


@layout
def letters_set_apart_one_by_one() -> bytes:
    """Headings drawn letter by letter, so far apart that each letter could be a word."""
    sheet = Sheet()
    y = 80.0
    for title, text in (
        ("Zur Wahl", WOHNEN),
        ("Kita und Schule für alle", SCHULE),
        ("Bus", VERKEHR),
    ):
        x = 60.0
        for letter in title:
            sheet.write(x, y, letter, H2)
            x += pdfmetrics.stringWidth(letter, H2.font, H2.size) + 0.15 * H2.size
        y = sheet.flow([(60, y + 6, 475, 300)], [(P, text)]) + 30
    return sheet.bytes()


@layout
def cards_of_different_width() -> bytes:
    """Tinted boxes: one above half a page's width, two side by side, one as wide as the page."""
    sheet = Sheet()
    for frame, title, text in (
        ((60, 70, 230, 110), "Wohnen", WOHNEN),
        ((60, 200, 230, 130), "Schule", SCHULE),
        ((305, 200, 230, 130), "Kita", KITA),
        ((60, 350, 475, 90), "Verkehr", VERKEHR),
    ):
        sheet.box(frame)
        left, top, width, height = frame
        sheet.flow([(left + 10, top + 4, width - 20, height)], [(H2, title), (P, text)])
    return sheet.bytes()


def _renamed(data: bytes, names: dict[str, str]) -> bytes:
    """The file with other names of its fonts, and nothing else that tells how heavy they are."""
    with pikepdf.open(io.BytesIO(data)) as file:
        for item in file.objects:
            if not isinstance(item, pikepdf.Dictionary):
                continue
            for key in ("/BaseFont", "/FontName"):
                for old, new in names.items():
                    if key in item and str(item[key]).endswith(old):
                        item[key] = pikepdf.Name(f"/{new}")
            if "/StemV" in item:
                item.StemV, item.Flags = 0, 4
        out = io.BytesIO()
        file.save(out, deterministic_id=True)
        return out.getvalue()


def _vera() -> bytes:
    sheet = Sheet()
    body, head = P.but(font="Vera"), P.but(font="VeraBd", before=8, after=2)
    sheet.flow(
        [ONE],
        [
            (head, "Bezahlbar wohnen"),
            (body, WOHNEN),
            (head, "Leerstand beenden"),
            (body, MIETE),
            (head, "Schulen für alle"),
            (body, SCHULE),
        ],
    )
    return sheet.bytes()


@layout
def medium_headings_above_light_text() -> bytes:
    return _renamed(
        _vera(),
        {
            "BitstreamVeraSans-Roman": "ABCDEF+Frutiger-Light",
            "BitstreamVeraSans-Bold": "ABCDEF+Frutiger-Roman",
        },
    )


@layout
def fonts_that_are_numbered() -> bytes:
    """As some printers name them: nothing says which of them is the bold one."""
    return _renamed(
        _vera(), {"BitstreamVeraSans-Roman": "CIDFont+F1", "BitstreamVeraSans-Bold": "CIDFont+F2"}
    )


@layout
def short_chapters_that_begin_where_heads_stand() -> bytes:
    """Each chapter has a page of its own and begins at its top, in bold type of the text's size, as on the contents."""
    sheet = Sheet()
    texts = {"Wohnen": WOHNEN, "Schule": SCHULE, "Kita": KITA, "Verkehr": VERKEHR, "Klima": KLIMA}
    sheet.flow([(60, 60, 475, 300)], [(H2, "Inhalt"), *((P, name) for name in texts)])
    for name, text in texts.items():
        sheet.next_page()
        sheet.flow(
            [(60, 60, 475, 300)],
            [(H3, f"Unser Programm: {name}" if name == "Kita" else name), (P, text), (P, MIETE)],
        )
    return sheet.bytes()


@layout
def candidates_with_a_line_below_each_name() -> bytes:
    sheet = Sheet()
    name, job = P.but(size=13, font="Helvetica-Bold", after=0), P.but(font="Helvetica-Oblique")
    people = (
        ("Erika Beispiel", "45 Jahre, Lehrerin", KITA),
        ("Jonas Muster", "38 Jahre, Tischler", RAD),
    )
    blocks = [(H1, "Wohnen und Bauen"), (P, WOHNEN), (P, MIETE), (H1, "Unser Team")]
    for who, what, text in people:
        blocks += [(name, who), (job, what), (P, text)]
    sheet.flow([ONE], blocks)
    return sheet.bytes()


@layout
def goals_beside_their_text_in_a_table() -> bytes:
    """Two columns of a table: bold words on grey at the left, what they mean at the right; text above and below."""
    sheet = Sheet()
    y = sheet.flow([(60, 60, 475, 300)], [(H1, "Klima und Energie"), (P, KLIMA), (P, VERKEHR)]) + 10
    for title, text in (
        ("Bezahlbar wohnen", WOHNEN),
        ("Schulen bauen", SCHULE),
        ("Sicher radeln", RAD),
    ):
        sheet.box((60, y, 150, 60))
        sheet.flow([(68, y + 2, 130, 60)], [(H3, title)])
        sheet.flow([(225, y + 2, 310, 200)], [(P, text)])
        y += 62
    sheet.flow([(60, y + 10, 475, 300)], [(H1, "Kinder"), (P, KITA)])
    return sheet.bytes()
