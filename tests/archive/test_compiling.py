"""Do compiled templates give what Django's own give, whatever is asked of them?"""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.template import Context, Engine, Template
from django.template.base import VariableDoesNotExist
from django.template.loaders import locmem
from django.utils.safestring import SafeString
from django.utils.translation import override

from archive.compiling import Compiled
from programmes.models import Document, Pledge


class Place:
    name = "Köln & <Deutz>"
    towns = ("Aachen", "Bonn")
    mark = SafeString("<b>1</b>")

    def __str__(self):
        return "<Ort>"

    def population(self):
        return 1_084_831

    def near(self, kilometres):
        return kilometres

    def gone(self):
        raise ObjectDoesNotExist

    def delete(self):
        raise AssertionError("a template has deleted something")

    delete.alters_data = True  # type: ignore[attr-defined]

    @property
    def broken(self):
        raise AttributeError("no such thing inside")


PAGE = {
    "place": Place(),
    "row": {"name": "<i>", "0": "null", "items": "own"},
    "pairs": [("a", 1.5), ("b", None)],
    "day": datetime.datetime(2026, 3, 1, 12, 30, tzinfo=datetime.UTC),
    "number": 12345,
    "share": 0.5,
    "yes": True,
    "kinds": Document.Kind,
    "nothing": None,
}
SOURCES = [
    "{{ place.name }} {{ place.mark }} {{ place }} {{ place.towns.1 }} {{ place.towns.7 }}|",
    "{{ place.population }} {{ place.near }} {{ place.gone }} {{ place.delete }} {{ place.missing.more }}",
    "{{ row.name }} {{ row.0 }} {{ row.items }} {{ row.keys }} {{ row.missing|default:'–' }}",
    "{% for one, two in pairs %}{{ forloop.counter }}{{ one }}{{ two }}{{ two|default_if_none:place }}{% endfor %}",
    "{{ day }} {{ day|date:'j. F Y H:i' }} {{ number }} {{ share }} {{ yes }} {{ nothing }} {{ 'a<b' }} {{ 7 }}",
    "{{ kinds.PRESS }} {{ kinds.PRESS.label }} {{ kinds }}",
    "{% autoescape off %}{{ place.name }} {{ place }} {{ place.name|upper }}{% endautoescape %}",
    "{{ place.name|upper|truncatechars:6 }} {{ place.mark|lower }} {{ place.name|safe }} {{ place.name|linebreaksbr }}",
    "{% if absent %}a{% elif place.missing == nothing %}b{% endif %}{{ absent }}{{ absent|default:number }}",
    "{% if not place.population > number and row.name in 'a <i>' %}no{% else %}yes{% endif %}",
    "{% with name=place.name other=row.name|upper %}{{ name }}{{ other }}{% endwith %}{{ name }}",
    "{{ place.name|default:row.name|add:place.mark }} {{ pairs|length }} {{ pairs|join:place.name }}",
    "{{ False }} {{ None }} {{ autoescape }} {{ template_name }}",
]  # fmt: skip


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("language", ["de", "en"])
def test_it_gives_what_django_gives(source, language):
    with override(language):
        assert Compiled(source).render(Context(PAGE)) == Template(source).render(Context(PAGE))


def test_what_raises_raises():
    for compiled in (Compiled, Template):
        with pytest.raises(AttributeError, match="no such thing inside"):
            compiled("{{ place.broken }}").render(Context(PAGE))
    with pytest.raises(VariableDoesNotExist):
        Compiled("{{ number|add:absent }}").render(Context(PAGE))


def test_what_is_missing_is_said_where_it_shall_be():
    engine = Engine(string_if_invalid="?%s?")
    for source in ("{{ absent }}", "{{ place.absent|upper }}", "{% if absent %}a{% endif %}"):
        shown = [kind(source, engine=engine).render(Context(PAGE)) for kind in (Compiled, Template)]
        assert shown[0] == shown[1]


def test_a_frame_is_sought_once_and_filled_anew_each_time():
    frame = "{% block title %}Archiv{% endblock %}: {% block content %}{% endblock %}{% include 'foot' with n=number %}"
    files = {
        "frame": frame,
        "middle": "{% extends 'frame' %}{% block title %}{{ block.super }}s{% endblock %}",
        "page": "{% extends 'middle' %}{% block content %}{{ number }}{% block inner %}{% endblock %}{% endblock %}",
        "foot": "({{ n }}, {{ number }}{% if n %}, {% include 'foot' with n=0 only %}{% endif %})",
    }
    engine = Engine(loaders=[("tests.archive.test_compiling.Files", files)])
    page = engine.get_template("page")
    assert page.render(Context({"number": 5})) == "Archivs: 5(5, 5, (0, ))"
    assert page.render(Context({"number": 6})) == "Archivs: 6(6, 6, (0, ))"
    assert engine.get_template("middle").render(Context({"number": 1})) == "Archivs: (1, 1, (0, ))"


@pytest.mark.django_db
def test_a_row_of_the_database_is_shown():
    pledge = Pledge(text="Wir <bauen>.", document=Document(title="Programm", year=2025, slug="p"))
    source = "{{ pledge.text }} {{ pledge.document.year }} {{ pledge.document.kind }} {{ pledge.get_specificity_display }} {{ pledge.section.title }}"
    shown = [kind(source).render(Context({"pledge": pledge})) for kind in (Compiled, Template)]
    assert shown[0] == shown[1]


class Files(locmem.Loader):
    def get_template(self, template_name, skip=None):
        origin = next(iter(self.get_template_sources(template_name)))
        return Compiled(self.get_contents(origin), origin, template_name, self.engine)
