"""Searches that are kept: feed, files, suggestions, the browser's description."""

from __future__ import annotations

import csv
import io
import json

import atom
import pytest
from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"


def test_the_feed_has_what_came_in_last_first_and_ids_that_stay(
    client, archive, index, add_document
):
    document = add_document("Nachtrag", ("Ein Radweg zum Bahnhof.",), year=1999)
    index()
    first = client.get("/suche/feed/?q=Radweg")
    tree = etree.fromstring(first.content)
    assert first["Content-Type"].startswith("application/atom+xml")
    titles = [entry.findtext(f"{ATOM}title") for entry in tree.iter(f"{ATOM}entry")]
    assert titles[0] == "1999: Ein Radweg zum Bahnhof."
    ids = [entry.findtext(f"{ATOM}id") for entry in tree.iter(f"{ATOM}entry")]
    document.title = "Nachtrag, umbenannt"
    document.save()
    index()
    again = etree.fromstring(client.get("/suche/feed/?q=Radweg").content)
    assert ids == [entry.findtext(f"{ATOM}id") for entry in again.iter(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids) == 4


def test_a_feed_without_entries_is_whole_and_does_not_change(client, archive):
    one, other = (client.get("/suche/feed/?q=Raumschiff%01").content for _ in range(2))
    assert one == other
    assert etree.fromstring(one).findtext(f"{ATOM}updated")


def test_the_feed_is_valid_even_of_what_nobody_signed(client, index, add_document):
    add_document("Ohne Namen", ("Ein Radweg zum Bahnhof \x0b & zurück.",), year=None)
    index()
    for query in ("Radweg", "Raumschiff"):
        assert atom.faults(client.get(f"/suche/feed/?q={query}").content) == []


def test_the_csv_holds_every_hit_and_no_formula(client, index, add_document):
    add_document("=Formel", ("=SUMME(A1) wird ein Radweg.", "Ein Radweg."), year=2020)
    index()
    body = b"".join(client.get("/suche/treffer.csv?q=Radweg&einheit=pledge").streaming_content)
    rows = list(csv.DictReader(io.StringIO(body.decode())))
    assert sorted(row["text"] for row in rows) == ["'=SUMME(A1) wird ein Radweg.", "Ein Radweg."]
    assert {row["title"] for row in rows} == {"'=Formel"}


def test_the_json_holds_every_hit_and_the_facets(client, archive):
    body = b"".join(client.get("/suche/treffer.json?q=Radweg").streaming_content)
    found = json.loads(body)
    assert found["total"] == len(found["hits"]) == 3
    assert found["facets"]["party"] == {"blaue": 2, "rote": 1}


def test_json_lines_hold_a_hit_a_line_as_the_json_does(client, archive):
    whole, lines = (
        b"".join(client.get(f"/suche/treffer.{suffix}?q=Radweg").streaming_content)
        for suffix in ("json", "jsonl")
    )
    assert [json.loads(line) for line in lines.splitlines()] == json.loads(whole)["hits"]


def test_files_keep_the_narrowing_of_the_page(client, archive):
    body = b"".join(client.get("/suche/treffer.json?q=Radweg&ort=99000102").streaming_content)
    assert [hit["document"]["title"] for hit in json.loads(body)["hits"]] == ["Moorau für alle"]


@pytest.mark.parametrize(
    ("typed", "offer", "kind"),
    [
        ("Büch", "Bücherei", "word"),
        ("buech", "Bücherei", "word"),
        ("neue Hallenb", "neue Hallenbad", "word"),
        ("seef", 'ort:"Bad Seefeld"', "ort"),
        ("Radweg moor", "Radweg ort:Moorau", "ort"),
        ("blau", "partei:Blaue", "partei"),
        ("wege", "thema:mobil", "thema"),
    ],
)
def test_words_places_parties_and_topics_are_suggested(client, archive, typed, offer, kind):
    offers = client.get("/suche/vorschlaege/", {"q": typed}).json()["offers"]
    assert (offer, kind) in [(one["query"], one["kind"]) for one in offers]


@pytest.mark.parametrize("typed", ["", "x", "Radweg ", '"', "*", "ort:", "\x00\x00", "a" * 900])
def test_nothing_is_suggested_where_nothing_was_begun(client, archive, typed):
    assert client.get("/suche/vorschlaege/", {"q": typed}).json() == {"offers": []}


def test_a_suggested_query_finds_something(client, archive):
    for typed in ("radw", "moor", "blau", "wege"):
        for offer in client.get("/suche/vorschlaege/", {"q": typed}).json()["offers"]:
            assert "0 Treffer" not in client.get("/suche/", {"q": offer["query"]}).text


def test_a_browser_learns_where_to_search(client, db):
    answer = client.get("/opensearch.xml")
    assert answer["Content-Type"].startswith("application/opensearchdescription+xml")
    spaces = "{http://a9.com/-/spec/opensearch/1.1/}"
    urls = {
        url.get("type"): url.get("template")
        for url in etree.fromstring(answer.content).iter(f"{spaces}Url")
    }
    assert urls["text/html"].startswith("http://testserver/suche/?q={searchTerms}")


def test_a_browser_gets_its_suggestions(client, archive):
    assert client.get("/suche/vorschlaege/browser/?q=Hallenb").json() == ["Hallenb", ["Hallenbad"]]


def test_the_course_shows_hits_by_year_and_party(client, archive):
    page = client.get("/suche/verlauf/?q=Radweg").text
    assert page.index("Blaue") < page.index("Rote")
    assert (
        '<th scope="col" class="number">2016</th><th scope="col" class="number">2021</th>' in page
    )
