"""References that reference managers read, and nothing in a title can break."""

from __future__ import annotations

import json
from datetime import date

import bibtexparser
import pytest
from parsing import parsed

from programmes import citing, importing
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Topic

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 25)


@pytest.fixture
def document():
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    Party.objects.create(short_name="MP", name="Müller & Söhne {Partei}")
    about = pieces.About(
        title="100 % für_alle: {Programm} #1 \\ ~",
        kind="programme",
        year=2026,
        date="2026-03",
        municipalities=("09999001",),
        parties=("MP",),
    )
    return importing.store(
        parsed(("1. Ziele", ["Wir bauen 100 % mehr."]), about=about), publish=True
    ).document


def test_bibtex_is_read_by_a_parser_with_signs_that_mean_something_to_it(document):
    text = citing.bibtex(citing.of_document(document, "https://example.org/1", TODAY))
    (entry,) = bibtexparser.loads(text).entries
    assert entry["url"] == "https://example.org/1"
    assert entry["date"] == "2026-03"
    assert "100 \\%" in entry["title"]


def test_ris_has_one_tag_a_line_and_ends(document):
    lines = citing.ris(
        citing.of_pledge(document.pledges.get(), "https://example.org/2", TODAY)
    ).split("\r\n")
    assert lines[0] == "TY  - GEN"
    assert lines[-2:] == ["ER  - ", ""]
    assert all(line[2:6] == "  - " for line in lines[:-1])
    assert "AB  - Wir bauen 100 % mehr." in lines


def test_csl_says_the_month_and_no_more_than_is_known(document):
    (item,) = json.loads(citing.csl(citing.of_document(document, "https://example.org/1", TODAY)))
    assert item["issued"] == {"date-parts": [[2026, 3]]}
    assert "section" not in item


def test_what_is_unknown_is_left_out(document):
    document.parties.clear()
    document.year, document.date = None, ""
    text = citing.plain(citing.of_document(document, "https://example.org/1", TODAY))
    assert text.startswith("Ohne Verfasserangabe (o. J.): 100 % für_alle")


@pytest.mark.parametrize("style", ["text", "bibtex", "ris", "csl"])
def test_every_kind_of_thing_is_cited_in_every_format(client, document, style):
    section, pledge = document.sections.get(), document.pledges.get()
    for address in (
        f"/zitieren/dokument/{document.pk}/{style}/",
        f"/zitieren/abschnitt/{document.pk}/{section.anchor}/{style}/",
        f"/zitieren/versprechen/{pledge.key}/{style}/",
    ):
        answer = client.get(address)
        assert answer.status_code == 200
        assert "http://testserver/" in answer.text


def test_an_unknown_format_is_not_found(client, document):
    assert client.get(f"/zitieren/dokument/{document.pk}/word/").status_code == 404
