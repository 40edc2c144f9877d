"""Are parties, elections and places set side by side as they should be?"""

from __future__ import annotations

import re

import pytest
from parsing import parsed

from programmes import comparison, importing
from programmes.models import Municipality, Party, Pledge, Topic


def change(before, after):
    """What becomes of one pledge: "kept", "reworded" or "dropped"."""
    found = comparison.compare([Pledge(text=before)], [Pledge(text=after)])
    return next(name for name in ("kept", "reworded", "dropped") if getattr(found, name))


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("Wir bauen neue Radwege.", "Wir bauen neue Radwege!", "kept"),
        ("Das Bußgeld soll 150 Euro betragen.", "Das Bußgeld soll 250 Euro betragen.", "reworded"),
        ("Es gibt drei neue Kitas am Hafen.", "Es gibt acht neue Kitas am Hafen.", "reworded"),
        ("Bis 2025 fahren Busse im Takt.", "Bis 2030 fahren Busse im Takt.", "reworded"),
        ("Wir bauen neue Radwege.", "Die Steuern sollen sinken.", "dropped"),
    ],
)
def test_a_pledge_is_kept_only_with_its_words_and_its_numbers(before, after, what):
    assert change(before, after) == what


def test_the_changed_words_are_told_apart():
    before, after = Pledge(text="Wir bauen 30 Wohnungen."), Pledge(text="Wir bauen 40 Wohnungen.")
    (found,) = comparison.compare([before], [after]).reworded
    assert found.words == [
        ("same", "Wir bauen"),
        ("gone", "30"),
        ("new", "40"),
        ("same", "Wohnungen."),
    ]


def test_each_pledge_is_paired_once_and_the_most_alike_first():
    old = [Pledge(text="Wir bauen neue Radwege im Norden.")]
    new = [
        Pledge(text="Wir bauen neue Radwege im Süden der Stadt."),
        Pledge(text="Wir bauen neue Radwege im Norden."),
    ]
    found = comparison.compare(old, new)
    assert [one.after.text for one in found.kept] == ["Wir bauen neue Radwege im Norden."]
    assert len(found.new) == 1 and not found.reworded and not found.dropped


@pytest.fixture
def moorau(db):
    """Three parties, two of them on one joint programme, and one of them in an earlier election."""
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    place = Municipality.objects.create(ags="99001000", name="Moorau", kind="city")
    for number, (slugs, year, sentence) in enumerate(
        [
            (["rot"], 2026, "Wir bauen 400 Wohnungen am Hafen."),
            (["gelb", "blau"], 2026, "Wir senken die Grundsteuer für alle."),
            (["rot"], 2020, "Wir bauen 300 Wohnungen am Hafen."),
        ]
    ):
        text = parsed(("Wohnen", [sentence]), data=str(number).encode())
        document = importing.store(text, publish=True).document
        document.year = year
        document.save()
        document.municipalities.set([place])
        for slug in slugs:
            party, _ = Party.objects.get_or_create(
                slug=slug, short_name=slug.upper(), name=slug.upper()
            )
            document.parties.add(party)
    return place


def words(html):
    return " ".join(re.sub("<[^>]+>", " ", html).split())


def test_the_matrix_counts_a_joint_programme_for_each_of_its_parties(client, moorau):
    page = client.get("/orte/99001000/2026/").text
    row = re.search(r"<tr>\s*<th scope=.row.><a[^>]*>Wohnen</a>.*?</tr>", page, re.DOTALL)[0]
    assert re.findall(r'class="heat-(\d)"', row) == ["4", "4", "4"]
    assert page.count("Wir senken die Grundsteuer für alle.") == 2
    assert "Wir bauen 400 Wohnungen am Hafen." in page and "300" not in page


def test_a_cell_of_the_matrix_leads_to_its_words_and_they_to_the_text(client, moorau):
    page = client.get("/orte/99001000/2026/").text
    pledge = Pledge.objects.get(text__contains="400")
    assert 'href="#wohnen-rot"' in page and 'id="wohnen-rot"' in page
    assert f'href="{pledge.document.get_absolute_url()}#v-{pledge.key}"' in page


def test_an_election_without_a_programme_has_no_matrix(client, moorau):
    assert client.get("/orte/99001000/2019/").status_code == 404


def test_two_parties_stand_side_by_side(client, moorau):
    page = words(
        client.get("/vergleich/?ort=99001000&jahr=2026&partei=rot&partei=blau").text.partition(
            "<main"
        )[2]
    )
    assert "Wir bauen 400 Wohnungen am Hafen." in page
    assert "Wir senken die Grundsteuer für alle." in page


def test_one_party_alone_is_asked_for_another(client, moorau):
    page = client.get("/vergleich/?ort=99001000&jahr=2026&partei=rot").text
    assert "Wählen Sie mindestens zwei Parteien." in page


def test_one_party_over_two_elections_shows_the_changed_number(client, moorau):
    page = client.get("/vergleich/?art=wahlen&ort=99001000&partei=rot").text
    assert "<del>300</del>" in page and "<ins>400</ins>" in page
    assert "ab 85" in page and "ab 45" in page  # the measure is stated


@pytest.mark.parametrize(
    "query",
    [
        "ort=Moorau",
        "ort=quatsch&partei=x",
        "art=orte&partei=rot&orte=99001000&orte=1",
        "art=wahlen&ort=99001000&partei=blau",
        "art=x&jahr=abc&mit=99999",
        "ort=%00&jahr=%F0",
    ],
)
def test_an_odd_comparison_is_a_page_and_no_error(client, moorau, query):
    assert client.get(f"/vergleich/?{query}").status_code == 200
