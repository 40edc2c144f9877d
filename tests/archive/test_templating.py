"""Is a template compiled for one language never shown in another, and what hangs on the page left to it?"""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.template.loader import get_template
from django.utils.translation import override

from archive.templating import fold

SOURCE = (
    '{% load i18n %}<b>{% translate "Suche" %}</b>{% if on %}{% translate "Ort" %}{% else %}'
    '{% blocktranslate %}Partei{% endblocktranslate %}{% endif %}'
    '{% for one in many %}{% translate "Jahr" %} {% blocktranslate %}{{ one }} & mehr{% endblocktranslate %}{% endfor %}'
    '{% language "en" %}{% translate "Thema" %}{% endlanguage %}'
    '{% translate "Suche" as kept %}{{ kept }}{% translate word %}'
    "{% blocktranslate count n=many|length %}{{ n }} Treffer{% plural %}{{ n }} Treffer{% endblocktranslate %}"
)  # fmt: skip
PAGE = {"on": False, "many": ["<a>", "b"], "word": "Jahr"}


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_folded_template_says_what_it_said(language):
    with override(language):
        plain, folded = Template(SOURCE), Template(SOURCE)
        fold(folded)
        assert folded.render(Context(PAGE)) == plain.render(Context(PAGE))
        assert len(folded.nodelist) < len(plain.nodelist)


def test_what_is_the_same_on_every_page_is_one_text():
    template = Template('{% load i18n %}<b>{% translate "Suche" %}</b>\n{% translate "Ort" %}')
    fold(template)
    assert [node.s for node in template.nodelist] == ["<b>Suche</b>\nOrt"]


@pytest.mark.django_db
def test_each_language_has_its_own(rf):
    pages = {}
    for language in ("de", "en", "de"):
        with override(language):
            page = get_template("search/unavailable.html").render({}, rf.get("/suche/"))
            assert pages.setdefault(language, page) == page
    assert "Die Suche ist gerade nicht verfügbar" in pages["de"]
    assert "Die Suche ist" not in pages["en"]
