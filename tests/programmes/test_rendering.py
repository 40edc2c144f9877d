"""What of a text's Markdown becomes HTML: paragraphs, lists, tables and marks, nothing else."""

from __future__ import annotations

import pytest

from programmes.rendering import Marking, section_html


@pytest.mark.parametrize(
    "text",
    [
        "[Hier](https://example.org) steht es.",
        "![Bild](bild.png) steht hier.",
        "Mehr *Grün* und **Rad** und `Code`.",
        "<https://example.org> und <wer@example.org>.",
        "[Hier][1] steht es.\n\n[1]: https://example.org",
        "<script>alert(1)</script>",
        "<b>Fett</b>",
        "# Kein Titel",
        "> Kein Zitat",
    ],
)
def test_nothing_of_the_source_is_live(text):
    html = str(section_html(text))
    tags = {part.split(">")[0].split()[0].strip("/") for part in html.split("<")[1:]}
    assert tags <= {"p"}, html


def test_escapes_and_entities_are_shown_as_signs():
    assert section_html(r"Bürger\*innen & &amp;") == "<p>Bürger*innen &amp; &amp;</p>"


def test_lists_and_tables_are_kept():
    html = section_html("- Rad\n- Bus\n\n| a | b |\n|---|---|\n| 1 | 2 |")
    assert html.count("<li>") == 2
    assert "<td>1</td>" in html


def test_a_pledge_is_marked_where_it_stands():
    text = "Es ist spät. Wir bauen Radwege."
    html = section_html(text, [Marking("abcd1234", 13, 31, "/versprechen/abcd1234/", True)])
    assert '<mark id="v-abcd1234" class="pledge concrete">Wir bauen Radwege.<a' in html
    assert html.startswith("<p>Es ist spät. <mark")
