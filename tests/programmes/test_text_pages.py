"""Are the operator's pages shown as written, and is their absence loud?"""

from __future__ import annotations

import pytest
from django.core import checks

from programmes.models import TextPage

PAGES = ["impressum", "datenschutz", "barrierefreiheit"]


def write(slug, **texts):
    TextPage.objects.update_or_create(pk=slug, defaults=texts)


@pytest.mark.django_db
def test_what_the_operator_wrote_is_shown_with_its_headings_and_nothing_live(client):
    write("impressum", text_de="## Anschrift\n\nRathausplatz 1\n\n<script>alert(1)</script>")
    page = client.get("/impressum/").text
    assert "<h2>Anschrift</h2>" in page and "Rathausplatz 1" in page
    assert "<script>alert" not in page


@pytest.mark.django_db
def test_in_english_the_german_text_stands_in_and_says_that_it_is_german(client):
    write("datenschutz", text_de="Keine Daten.")
    page = client.get("/datenschutz/", headers={"accept-language": "en"}).text
    assert '<html lang="en">' in page and '<div class="prose" lang="de">' in page
    write("datenschutz", text_en="No data.")
    page = client.get("/datenschutz/", headers={"accept-language": "en"}).text
    assert '<div class="prose" lang="en">' in page and "No data." in page


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/orte/", "/suche/", "/gibt-es-nicht/"])
def test_every_page_leads_to_them(client, address):
    page = client.get(address).text
    assert all(f'href="/{slug}/"' in page for slug in PAGES)


@pytest.mark.django_db
def test_the_operator_is_told_on_every_page_while_one_is_empty(client, admin_client):
    write("impressum", text_de="Rathausplatz 1")
    page = admin_client.get("/orte/").text
    banner = page.partition('class="banner loud"')[2].partition("</div>")[0]
    assert "Datenschutz" in banner and "Impressum" not in banner
    assert 'class="banner loud"' not in client.get("/orte/").text
    for slug in PAGES:
        write(slug, text_de="Text")
    assert 'class="banner loud"' not in admin_client.get("/orte/").text


@pytest.mark.django_db
def test_the_check_names_the_empty_pages():
    def warnings():
        found = checks.run_checks(tags=["pages"], databases=["default"])
        return [one.msg for one in found if one.id == "programmes.W001"]

    write("impressum", text_de="Rathausplatz 1")
    (said,) = warnings()
    assert "Datenschutz" in said and "Impressum" not in said
    for slug in PAGES:
        write(slug, text_de="Text")
    assert warnings() == []
