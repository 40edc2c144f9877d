"""Whatever a file is made of, each word of its text comes back; what is left out is kept and counted."""

from __future__ import annotations

import html
import io
import random
import re
import textwrap
from collections import Counter
from collections.abc import Callable

import docx
import pytest

from programmes.ingest import pipeline
from programmes.ingest.pieces import Known, Parsed, Source
from tests.ingest.drawing import Sheet, Style, broken_lines
from tests.ingest.press.texts import Author

# Lines of text that look like a date, a byline, an address, a mark, a page's frame – and are none.
DECEPTIVE = """Von Anfang an gut betreut
Von Tür zu Tür: Was wir gehört haben
Am 9. Juni Bürgerforum wählen
Wir sehen uns am 1. Mai 2024
Themen: Wohnen, Verkehr und Kita
Listenplatz 1
Radweg 3
Projektring 12
Probezeit vom 01.09.2024 – 30.09.2024
Zuhören. Anpacken. Umsetzen.
Mehr Platz für Kinder
Frau sein in Talhausen
Verantwortlich handeln, jeden Tag
Bild der Stadt
Druck machen für den Bahnhof
Stand der Dinge
Seite an Seite
Zurück in die Zukunft
Unsere Stadt 2030
Redaktion und Druckerei bleiben hier
Suche nach Wohnraum
Inhalt statt Parolen
Das Programm für unsere Stadt
Gemeinsam für Talhausen – weil es um alle geht
1,5 Mio. Euro für die Schulen
Drei Fragen an die Kandidatin""".split("\n")
Written = list[tuple[str, str]]  # (kind, words)


def text_of(seed: int) -> Written:
    """A programme with deceptive lines anywhere: on top, between, at the end."""
    author, dice = Author(seed), random.Random(f"nothing lost {seed}")
    lines = dice.sample(DECEPTIVE, 9)
    out: Written = []
    for chapter in ("Wohnen und Bauen", "Bus und Bahn", "Schule und Kita"):
        out.append(("heading", chapter))
        for _ in range(dice.randint(1, 3)):
            out.append(("paragraph", author.paragraph((2, 3, 4))))
        out += [("item", author.item()) for _ in range(dice.choice([0, 3, 5]))]
    for words in lines:
        at = dice.choice([0, 1, len(out), len(out) - 1, dice.randrange(len(out))])
        out.insert(at, (dice.choice(["paragraph", "paragraph", "item"]), words))
    return out


def plain(written: Written) -> bytes:
    return "\n\n".join(
        f"- {words}" if kind == "item" else words for kind, words in written
    ).encode()


def wrapped(written: Written) -> bytes:
    return "\n\n".join(
        textwrap.fill(f"- {words}" if kind == "item" else words, 70) for kind, words in written
    ).encode()


def markdown(written: Written) -> bytes:
    signs = {"heading": "## ", "item": "- ", "paragraph": ""}
    return ("# Unser Programm\n\n" + "\n\n".join(signs[k] + words for k, words in written)).encode()


def page(written: Written) -> bytes:
    tags = {"heading": "h2", "item": "li", "paragraph": "p"}
    body = "".join(f"<{tags[k]}>{html.escape(words)}</{tags[k]}>" for k, words in written)
    return f"<!doctype html><html><body><main><h1>Unser Programm</h1>{body}</main></body></html>".encode()


def word(written: Written) -> bytes:
    document = docx.Document()
    styles = {"heading": "Heading 1", "item": "List Bullet", "paragraph": "Normal"}
    for kind, words in written:
        document.add_paragraph(words, style=styles[kind])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(written: Written) -> bytes:
    sheet = Sheet()
    body = Style(10.5, "Helvetica")
    styles = {
        "heading": body.but(size=15.0, font="Helvetica-Bold"),
        "paragraph": body,
        "item": body,
    }
    y = 80.0
    for kind, words in written:
        style = styles[kind]
        for line, _ in broken_lines(f"• {words}" if kind == "item" else words, 420, style):
            y += 1.3 * style.size
            if y > 760:
                sheet.next_page()
                y = 80.0
            sheet.write(80, y, line, style)
        y += 9
    return sheet.bytes()


def words_of(*texts: str) -> Counter[str]:
    return Counter(re.findall(r"[^\W_]+", re.sub(r"\\(.)", r"\1", " ".join(texts)).casefold()))


def shown(parsed: Parsed) -> Counter[str]:
    return words_of(parsed.about.title or "", *(f"{s.title} {s.text}" for s in parsed.sections))


@pytest.mark.parametrize("form", [plain, wrapped, markdown, page, word, pdf])
def test_each_word_of_the_text_is_in_the_sections_or_the_title(form: Callable[[Written], bytes]):
    for seed in range(700, 706):
        written = text_of(seed)
        parsed = pipeline.parse(Source(form(written)), Known())
        assert words_of(*(words for _, words in written)) - shown(parsed) == Counter(), seed


@pytest.mark.parametrize("form", [plain, wrapped, markdown, page, word, pdf])
def test_what_is_left_out_is_kept_and_counted(form: Callable[[Written], bytes]):
    head = [("paragraph", "Bürgerforum Talhausen"), ("paragraph", "Kommunalwahlprogramm 2026")]
    foot = [
        ("paragraph", "V.i.S.d.P.: Erika Beispiel, Am Markt 1, 12345 Talhausen"),
        ("paragraph", "www.buergerforum-talhausen.de"),
    ]
    for seed in range(720, 722):
        written = [*head, *text_of(seed), *foot]
        parsed = pipeline.parse(Source(form(written)), Known())
        lost = words_of(*(words for _, words in written)) - shown(parsed)
        assert lost - words_of(*parsed.text.removed) == Counter(), seed
        assert sum(parsed.text.repairs.get(kind, 0) for kind in ("imprint", "contact-line")) >= 1
