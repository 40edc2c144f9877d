"""What machines are told: feeds, sitemap, linked data, previews, embedding."""

from __future__ import annotations

import json
import re
from html import unescape
from xml.etree import ElementTree

import atom
import feedparser
import pytest
from parsing import parsed
from pyld import jsonld

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Municipality, Party, Pledge, Topic

pytestmark = pytest.mark.django_db
TRICKY = 'Wir bauen <b>hundert</b> Wohnungen & "mehr" </script>.'


@pytest.fixture
def document():
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    Topic.objects.create(slug="kultur", label_de="Kultur", label_en="Culture")
    Municipality.objects.create(
        ags="09999001", name="Musterstadt", kind="town", latitude=50.5, longitude=9.5
    )
    Party.objects.create(short_name="MP", name="Musterpartei", wikidata="Q42")
    importing.store(parsed(("Entwurf", ["Wir schweigen."]), data=b"Entwurf"))
    return importing.store(
        parsed(
            ("Ziele", [TRICKY, "Es ist spät."]),
            about=pieces.About(
                title="Programm <2026>",
                kind="programme",
                year=2026,
                date="2026-03-01",
                municipalities=("09999001",),
                parties=("MP",),
            ),
        ),
        publish=True,
    ).document


FEEDS = [
    "/feed/",
    "/dokumente/feed/?partei=mp",
    "/orte/09999001-musterstadt/feed/",
    "/parteien/mp/feed/",
    "/themen/wohnen/feed/",
]


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_is_well_formed_and_names_the_document(client, document, address):
    feed = feedparser.parse(client.get(address).content)
    assert not feed.bozo
    assert feed.feed.links[0].href
    assert [unescape(entry.title) for entry in feed.entries] == [
        "Programm <2026> – MP – Musterstadt – 2026"
    ]
    assert "<b>" not in feed.entries[0].summary


@pytest.mark.parametrize("address", [*FEEDS, "/themen/kultur/feed/"])
def test_a_feed_is_valid_even_of_what_nobody_signed(client, document, address):
    unsigned = parsed(("Ziele", ["Wir bauen Häuser."]), data=b"ohne", about=pieces.About(title=""))
    importing.store(unsigned, publish=True)
    assert atom.faults(client.get(address).content) == []


def test_an_empty_feed_does_not_change_by_itself(client, document):
    one, other = (client.get("/themen/kultur/feed/").content for _ in range(2))
    assert one == other


def test_an_entry_keeps_its_id_when_the_title_changes(client, document):
    before = feedparser.parse(client.get("/feed/").content).entries[0].id
    document.title = "Anderer Titel"
    document.save()
    after = feedparser.parse(client.get("/feed/").content).entries[0]
    assert (after.id, "anderer-titel" in after.link) == (before, True)


def test_a_feed_of_another_topic_is_empty(client, document):
    assert feedparser.parse(client.get("/themen/kultur/feed/").content).entries == []


def test_control_characters_do_not_break_a_feed(client, document):
    document.title = "Mit \x0b Steuerzeichen"
    document.save()
    assert not feedparser.parse(client.get("/feed/").content).bozo


def test_a_list_that_is_narrowed_has_a_feed_that_is(client, document):
    assert feedparser.parse(client.get("/dokumente/feed/?jahr=1999").content).entries == []


def linked_data(client, address):
    html = client.get(address).text
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', html)[1])


@pytest.fixture
def context(monkeypatch):
    """schema.org's vocabulary without a network: every word is one of its own."""

    def load(address, options):
        document = {"@context": {"@vocab": "https://schema.org/"}}
        return {
            "contextUrl": None,
            "documentUrl": address,
            "document": document,
            "contentType": "application/ld+json",
        }

    jsonld.set_document_loader(load)


def test_a_document_is_linked_data_that_a_parser_reads(client, document, context):
    data = linked_data(client, document.get_absolute_url())
    expanded = jsonld.expand(data)
    kinds = {kind for thing in expanded for kind in thing["@type"]}
    assert kinds == {"https://schema.org/DigitalDocument", "https://schema.org/BreadcrumbList"}
    author = expanded[0]["https://schema.org/author"][0]
    assert author["https://schema.org/sameAs"][0] == {
        "@value": "https://www.wikidata.org/entity/Q42"
    }


def test_a_pledge_that_ends_a_script_stays_in_its_block(client, document, context):
    pledge = document.pledges.get()
    data = linked_data(client, pledge.get_absolute_url())
    assert data["@graph"][0]["text"] == TRICKY


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("/orte/09999001-musterstadt/", "AdministrativeArea"),
        ("/parteien/mp/", "Organization"),
        ("/themen/wohnen/", "DefinedTerm"),
        ("/daten/", "Dataset"),
    ],
)
def test_every_kind_of_page_says_what_it_is_about(client, document, context, address, kind):
    data = linked_data(client, address)
    assert jsonld.expand(data)
    assert data["@graph"][0]["@type"] == kind


def links(client, address, kind):
    html = client.get(address).text
    return re.findall(rf'<link rel="alternate" type="{re.escape(kind)}"[^>]* href="([^"]*)"', html)


@pytest.mark.parametrize(
    "address",
    [
        "/orte/",
        "/orte/09999001-musterstadt/",
        "/orte/09999001/2026/",
        "/parteien/",
        "/parteien/mp/",
        "/jahre/",
        "/jahre/2026/",
        "/themen/",
        "/themen/wohnen/",
        "/dokumente/?partei=mp",
        "/faellig/",
        "/daten/",
    ],
)
def test_a_page_has_a_json_twin_that_answers(client, document, address):
    (twin,) = links(client, address, "application/json")
    answer = client.get(twin.replace("&amp;", "&"))
    assert answer.status_code == 200
    assert answer.json()


@pytest.mark.parametrize(
    ("address", "listed"), [("/faellig/", {"jahr"}), ("/faellig/?ansicht=zahlen", {"zahl"})]
)
def test_the_twin_of_what_is_due_holds_what_the_page_shows(client, document, address, listed):
    pledge = document.pledges.get()
    values = {**Pledge.objects.values().get(pk=pledge.pk), "position": 1}
    named = {}
    for name, years, quantities in (("jahr", [2030], []), ("zahl", [], [{"text": "zwei"}])):
        named[name * 2] = name
        Pledge(
            **{**values, "id": None, "key": name * 2, "years": years, "quantities": quantities}
        ).save()
    (twin,) = links(client, address, "application/json")
    answer = client.get(twin.replace("&amp;", "&")).json()
    assert {named[row["key"]] for row in answer["results"]} == listed


PAGES = [
    *("/", "/orte/", "/orte/09999001-musterstadt/", "/orte/09999001/2026/", "/parteien/"),
    *("/parteien/mp/", "/jahre/", "/jahre/2026/", "/themen/", "/themen/wohnen/", "/dokumente/"),
    *("/faellig/", "/vergleich/", "/daten/"),
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_tells_a_preview_its_title_and_its_one_address(client, document, address):
    html = client.get(address).text
    told = dict(re.findall(r'<meta property="og:(\w+)" content="([^"]*)">', html))
    assert told["title"] and told["description"]
    assert re.findall(r'<link rel="canonical" href="([^"]*)">', html) == [
        f"http://testserver{address}"
    ]
    assert len(re.findall(r'<meta name="description"', html)) == 1


@pytest.mark.parametrize(
    ("address", "rows"),
    [
        ("/dokumente/?partei=mp&page=2", 1),
        ("/parteien/mp/?jahr=2026", 1),
        ("/jahre/2026/", 1),
        ("/orte/09999001-musterstadt/", 1),
        ("/themen/kultur/?partei=mp", 0),
    ],
)
def test_a_list_is_taken_away_as_it_is_narrowed(client, document, address, rows):
    html = client.get(address).text
    files = [unescape(href) for href in re.findall(r'href="(/daten/[^"]+)"', html)]
    assert [file.split("?")[0].rsplit(".")[1] for file in files] == ["csv", "jsonl"]
    csv_file, json_file = (b"".join(client.get(file).streaming_content) for file in files)
    assert len(json_file.splitlines()) == rows
    assert len(csv_file.splitlines()) == rows + 1


def test_the_sitemap_leads_to_every_published_page(client, document):
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    parts = [loc.text for loc in index.findall(".//s:loc", spaces)]
    pages = [
        loc.text
        for part in parts
        for loc in ElementTree.fromstring(client.get(part).content).findall(".//s:loc", spaces)
    ]
    assert f"http://testserver{document.get_absolute_url()}" in pages
    assert f"http://testserver{document.pledges.get().get_absolute_url()}" in pages
    assert not [page for page in pages if "entwurf" in page]
    assert all(client.get(page).status_code == 200 for page in pages)


def test_robots_are_kept_off_the_desk_and_shown_the_sitemap(client):
    text = client.get("/robots.txt").text
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text


def test_a_pledge_can_be_framed_by_any_site_and_links_back(client, document):
    pledge = document.pledges.get()
    answer = client.get(f"/einbetten/versprechen/{pledge.key}/")
    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert pledge.get_absolute_url() in answer.text


def test_other_pages_cannot_be_framed(client, document):
    answer = client.get("/")
    assert answer["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_oembed_leads_to_the_frame(client, document):
    pledge = document.pledges.get()
    (address,) = links(client, pledge.get_absolute_url(), "application/json+oembed")
    found = client.get(address).json()
    assert found["type"] == "rich"
    frame = re.search(r'src="http://testserver([^"]*)"', found["html"])[1]
    assert client.get(frame).status_code == 200
    assert "</script>" not in found["html"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("url=https://example.org/versprechen/abcd/", 404),
        ("url=http://testserver/orte/", 404),
        ("", 404),
        ("format=xml", 501),
    ],
)
def test_oembed_refuses_what_it_cannot_embed(client, query, status):
    assert client.get(f"/oembed/?{query}").status_code == status


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/orte/", "/dokumente/", "/suche/?q=Wohnungen", "/vergleich/", "/faellig/"),
        *("/api/documents/", "/feed/", "/suche/benachrichtigen/?q=Wohnungen", "/gibtesnicht/"),
    ],
)
def test_a_visitor_gets_no_cookie(client, document, address):
    assert not client.get(address).cookies
