"""The search page as a reader sees it."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search import indexing
from search.engines.base import EngineUnavailable
from search.models import EmptyQuery, SynonymGroup


def shown(response) -> str:
    """The visible text of a page."""
    body = re.sub(r"(?s)<(script|style|title)\b.*?</\1>|<head>.*?</head>", " ", response.text)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", body)).split())


def marked(response) -> list[str]:
    return re.findall(r"<mark>(.*?)</mark>", response.text)


@pytest.fixture
def find(client, archive):
    return lambda query="", **rest: client.get("/suche/", {"q": query, **rest})


def test_a_hit_shows_its_sentence_marked_with_path_party_place_and_year(find):
    page = find("Kilometer")
    assert "1 Treffer" in shown(page)
    assert marked(page) == ["Kilometer"]
    for part in ("12 Kilometer Radwege", "Unsere Vorhaben", "Blaue", "Bad Seefeld", "2016"):
        assert part in shown(page)


def test_ascii_spelling_and_gender_forms_are_found_and_shown_as_written(find):
    assert marked(find("Buerger")) == ["Bürger*innen"]


def test_what_has_all_words_comes_first_and_the_rest_is_named_partial(find):
    text = shown(find("bezahlbarer Wohnraum Radweg"))
    assert "mit allen Wörtern" in text
    first, rest = text.split("Nur ein Teil der Wörter")
    assert "der Radweg am See wird breiter" in first
    assert "bezahlbaren Wohnraum für Familien" in rest


def test_a_misspelling_without_hits_shows_what_was_searched_instead(find):
    page = find("Büchrei")
    assert "Zu „Büchrei“ gibt es keinen Treffer" in shown(page)
    assert "Die Bücherei öffnet samstags" in shown(page)


def test_a_misspelling_beside_hits_is_only_asked_about(find):
    page = find("Radweg OR Büchrei")
    assert "gibt es keinen Treffer" not in shown(page)
    assert "öffnet samstags" not in shown(page)


def test_the_page_says_which_synonyms_were_used_and_how_to_do_without(find):
    SynonymGroup.objects.create(words="Planschtempel = Hallenbad")
    page = find("Planschtempel")
    assert "Für Planschtempel auch gesucht: Hallenbad" in shown(page)
    assert "Wir sanieren das Hallenbad" in shown(page)
    assert "?q=%22Planschtempel%22" in page.text


def test_a_changed_synonym_counts_from_the_next_search_on(find):
    assert "0 Treffer" in shown(find("Planschtempel"))
    group = SynonymGroup.objects.create(words="Planschtempel = Hallenbad")
    assert "1 Treffer" in shown(find("Planschtempel"))
    group.active = False
    group.save()
    assert "0 Treffer" in shown(find("Planschtempel"))


def test_each_facet_is_counted_without_its_own_filter(find):
    page = find("Radweg", partei="blaue")
    counts = dict(re.findall(r"<span>(Blaue|Rote)</span> <span class=\"number\">(\d+)", page.text))
    assert counts == {"Blaue": "2", "Rote": "1"}
    assert "2 Treffer" in shown(page)


def test_several_values_of_a_facet_are_alternatives_and_each_can_be_taken_away(find):
    page = find("Radweg", partei=["blaue", "rote"])
    assert "3 Treffer" in shown(page)
    assert "?q=Radweg&amp;partei=rote" in page.text


def test_a_field_in_the_query_is_a_facet(find):
    assert "1 Treffer" in shown(find("Radweg ort:Moorau"))
    assert "2 Treffer" in shown(find('Radweg ort:"Bad Seefeld" jahr:2014..2018'))


def test_a_field_that_names_nothing_finds_nothing_and_says_so(find):
    page = find("Radweg ort:Nirgendwo")
    assert "0 Treffer" in shown(page)
    assert "ort:Nirgendwo kennt das Archiv nicht" in shown(page)


def test_nothing_found_says_what_to_do(find):
    page = find("Raumschiffhangar", partei="rote")
    assert "Nichts gefunden" in shown(page)
    assert "Ohne Eingrenzung suchen" in shown(page)


def test_a_search_that_found_nothing_is_counted_without_who_asked(find):
    find("Raumschiff")
    find("  raumschiff ")
    assert list(EmptyQuery.objects.values_list("text", "count")) == [("raumschiff", 2)]


@pytest.mark.parametrize("query", ["max@beispiel.de", "0151 2345678", "Radweg", "x" * 200])
def test_what_may_name_a_person_or_has_hits_is_not_counted(find, query):
    find(query)
    assert not EmptyQuery.objects.exists()


def test_hits_can_be_shown_by_document(find):
    page = find("Radweg", gruppe="dokument")
    assert [*re.findall(r"<h3>\s*<a href=\"[^\"]+\"[^>]*>(.*?)</a>", page.text)] == [
        "Seefeld bewegt",
        "Moorau für alle",
    ]


def test_newest_first_sorts_by_year(find):
    hits = find("Radweg", sortierung="neueste").text.split('<div class="hits">')[1]
    years = re.findall(r"<span>(20\d\d)</span>", hits)
    assert years == sorted(years, reverse=True)
    assert years[0] == "2021"


def test_the_form_writes_the_query(client, index):
    written = {
        "alle": "Radweg",
        "genau": "am See",
        "ohne": "Bus",
        "ort": "Bad Seefeld",
        "von": "2014",
    }
    answer = client.get("/suche/schreiben/", written)
    assert answer.status_code == 302
    query = 'Radweg "am See" -Bus ort:"Bad Seefeld" jahr:2014..'
    assert client.get(answer.url).wsgi_request.GET["q"] == query


def test_the_form_shows_the_query_that_was_typed(find):
    page = find('Radweg "am See" -Bus Bad OR Halle jahr:2014..2016')
    for name, value in [("alle", "Radweg"), ("genau", "am See"), ("ohne", "Bus"), ("von", "2014")]:
        assert re.search(rf'name="{name}"[^>]* value="{value}"', page.text)


def test_the_empty_search_explains_itself(client, index):
    assert "So wird gesucht" in shown(client.get("/suche/"))


def test_an_engine_that_cannot_answer_is_a_503_with_a_way_on(client, archive, monkeypatch):
    def refuse(query):
        raise EngineUnavailable("away")

    monkeypatch.setattr(type(indexing.engine()), "search", lambda self, query: refuse(query))
    page = client.get("/suche/?q=Radweg")
    assert page.status_code == 503
    assert "gerade nicht verfügbar" in shown(page)
    for machine in ("/suche/feed/", "/suche/treffer.csv", "/suche/treffer.json"):
        assert client.get(machine, {"q": "Radweg"}).status_code == 503


@pytest.mark.parametrize(
    "address",
    [
        "?q=Radweg&page=999999999999999999999",
        "?q=Radweg&page=-1&jahr=zwanzig&ort=%00&partei=%F0%9F%9A%B2&sortierung=quer",
        "?einheit=alles&thema=%27%3B--&land=7&bestimmtheit=1",
        "?q=%00&gruppe=x",
        "?q=" + "%22" * 300,
        "?q=ort:&jahr=..&jahr=99999..1",
        "?q=Radweg&gruppe=dokument&page=7",
    ],
)
def test_an_odd_address_still_shows_a_page(client, archive, address):
    assert client.get(f"/suche/{address}").status_code == 200


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(query=st.text(max_size=60) | st.text('ab"*~-:. ORort', max_size=40))
def test_no_query_is_an_error(client, archive, query):
    assert client.get("/suche/", {"q": query}).status_code == 200


def test_the_number_of_database_queries_does_not_grow_with_the_hits(
    client, archive, add_document, index, django_assert_max_num_queries
):
    for number in range(6):
        add_document(f"Radweg {number}", ("Ein Radweg. Ein Bus.",), other="Am Radweg. Zu weit.")
    index()
    client.get("/suche/?q=Kilometer")
    with django_assert_max_num_queries(20):
        assert "Treffer" in shown(client.get("/suche/?q=Radweg OR Armut OR Moorau"))


def test_a_result_leads_to_its_feed_its_files_and_its_alert(client, archive, settings):
    ways = [f"/suche/{name}?q=Radweg" for name in ("feed/", "treffer.csv", "treffer.json")]
    settings.ALERTS = True
    page = client.get("/suche/?q=Radweg").text
    assert all(f'href="{way}"' in page for way in [*ways, "/suche/benachrichtigen/?q=Radweg"])
    settings.ALERTS = False
    assert "benachrichtigen" not in client.get("/suche/?q=Radweg").text


@pytest.mark.parametrize(
    "address", ["/", "/orte/", "/suche/", "/suche/?q=Radweg", "/gibt-es-nicht/"]
)
def test_every_search_box_suggests_and_is_an_ordinary_form(client, archive, address):
    page = client.get(address).text
    assert page.count("combobox.js") == 1
    assert page.count('data-suggest="/suche/vorschlaege/"') == page.count('action="/suche/"') > 0


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Radweg -ort:Moorau", {"Seefeld bewegt"}),
        ('Radweg -ort:"Bad Seefeld"', {"Moorau für alle"}),
        ("Radweg -partei:Blaue -jahr:2021", set()),
        ("-jahr:2016 einheit:dokument", {"Moorau für alle"}),
        ("Radweg ort:Moorau -ort:Moorau", set()),
        ("Radweg -ort:Nirgends", {"Seefeld bewegt", "Moorau für alle"}),
        ("Radweg NOT ort:Moorau", {"Seefeld bewegt"}),
    ],
)
def test_a_field_with_a_minus_excludes(client, archive, typed, found):
    hits = client.get("/api/search/", {"q": typed}).json()["hits"]
    assert {hit["document"]["title"] for hit in hits} == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Radweg ort: Moorau", {"Moorau für alle"}),
        ("Radweg ort:Mooraus", {"Moorau für alle"}),
        ('Radweg ort:"Bad Seefelder"', {"Seefeld bewegt"}),
        ("Radweg ort:Moorau,99000101", {"Seefeld bewegt", "Moorau für alle"}),
        ("Radweg jahr:2015-2017", {"Seefeld bewegt"}),
        ("Radweg jahr:2017–2021", {"Moorau für alle"}),
        ("Radweg partei:blauen", {"Seefeld bewegt"}),
        ('Radweg partei:"die Roten"', {"Moorau für alle"}),
        ("Radwege thema:Weg", {"Seefeld bewegt"}),
    ],
)
def test_a_field_is_understood_in_other_forms_too(client, archive, typed, found):
    hits = client.get("/api/search/", {"q": typed}).json()["hits"]
    assert {hit["document"]["title"] for hit in hits} == found


def test_a_field_that_excludes_nothing_is_named(client, archive):
    page = client.get("/suche/", {"q": "Radweg -ort:Nirgends"}).text
    assert "<strong>-ort:Nirgends</strong> kennt das Archiv nicht." in page


def test_the_form_keeps_an_excluded_field(client, archive):
    typed = 'Radweg -ort:"Bad Seefeld"'
    page = html.unescape(client.get("/suche/", {"q": typed}).text)
    assert 'name="ohne" maxlength="200" value="ort:"Bad Seefeld""' in page
    written = client.get("/suche/schreiben/", {"alle": "Radweg", "ohne": 'ort:"Bad Seefeld"'})
    assert written["Location"] == "/suche/?q=Radweg+-ort%3A%22Bad+Seefeld%22"


def test_a_corrected_query_keeps_its_fields(client, archive):
    page = html.unescape(
        client.get("/suche/", {"q": "Hallenbat ort:Moorau -bestimmtheit:konkret"}).text
    )
    assert "Hallenbad ort:Moorau -bestimmtheit:konkret" in page


def test_what_is_offered_where_nothing_is_found_keeps_place_and_exclusions(find):
    page = find('Wurstbahnhof "kalte Mondfähre" -Bus ort:Moorau').text
    kept = 'Wurstbahnhof OR "kalte Mondfähre" -Bus ort:Moorau'
    assert kept in html.unescape(page)


def test_a_whole_word_is_offered_before_longer_ones(client, archive, add_document, index):
    add_document("Neu", ("Jedes Rad zählt.", "Radwege, Radwege, Radweg."), place=archive[0])
    index()
    offers = client.get("/suche/vorschlaege/", {"q": "rad"}).json()["offers"]
    assert [offer["label"] for offer in offers][:2] == ["Rad", "Radweg"]
