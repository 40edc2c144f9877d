"""Does every kind of public page fit every screen, in light and dark, and open itself to everybody?"""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ROOT

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "places": "/orte/",
    "place": "{place}",
    "matrix": "/orte/{ags}/{year}/",
    "matrix-opened": "/orte/{ags}/{year}/?offen=1",
    "parties": "/parteien/",
    "party": "/parteien/{party}/",
    "years": "/jahre/",
    "year": "/jahre/{year}/",
    "topics": "/themen/",
    "topic": "/themen/wohnen/",
    "documents": "/dokumente/",
    "reader": "{programme}",
    "reader-of-a-real-programme": "{real}",
    "reader-searched": "{programme}?darin=wohn",
    "pledge": "{pledge}",
    "compare": "/vergleich/",
    "compare-parties": "/vergleich/?ort={ags}&jahr={year}&{parties}",
    "compare-elections": "/vergleich/?art=wahlen&{twice}",
    "compare-towns": "/vergleich/?art=orte&partei={party}",
    "due": "/faellig/",
    "countable": "/faellig/?ansicht=zahlen",
    "search": "/suche/",
    "search-hits": "/suche/?q=wohnung",
    "search-by-document": "/suche/?q=wohnung&gruppe=dokument",
    "search-nothing": "/suche/?q=quastenflosserzucht",
    "search-course": "/suche/verlauf/?q=wohnung",
    "search-writing": "/suche/schreiben/",
    "data": "/daten/",
    "api": "/api/",
    "letter": "/meldung/?seite={pledge}",
    "letter-thanks": "/meldung/danke/",
    "imprint": "/impressum/",
    "privacy": "/datenschutz/",
    "accessibility": "/barrierefreiheit/",
    "embedded-pledge": "/einbetten/versprechen/{key}/",
    "embedded-matrix": "/einbetten/orte/{ags}/{year}/",
    "not-found": "/gibt-es-nicht/",
}
WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# One width for each scheme keeps the rules and the screenshots quick; layout is looked at in all six.
RULES_AT = {"light": 360, "dark": 1440}

BEYOND = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll'))
    .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)
    .slice(0, 5).concat(`${document.documentElement.scrollWidth} px`)"""
BODY_SIZE = "() => parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.fixture(scope="session")
def shots() -> Path:
    """Where the screenshots are left; git ignores it."""
    folder = ROOT / "var" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module", params=["light", "dark"])
def screen(request, archive, chromium):
    """A page in one colour scheme, with what the browser complained about."""
    context = chromium.new_context(
        base_url=archive.address, locale="de-DE", color_scheme=request.param
    )
    page = context.new_page()
    page.scheme, page.complaints = request.param, []
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on(
        "console",
        lambda said: (
            page.complaints.append(said.text)
            if said.type == "error" and "Failed to load resource" not in said.text
            else None
        ),
    )
    yield page
    context.close()


def broken_rules(page) -> list[str]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"runOnly": RULES}).response["violations"]
    return [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits_every_screen_and_breaks_no_rule_of_accessibility(kind, screen, names, shots):
    screen.complaints.clear()
    screen.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = screen.goto(PAGES[kind].format(**names))
    assert answer.status == (404 if kind == "not-found" else 200)
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 900})
        assert screen.evaluate(BEYOND) == [], f"wider than {width} px"
        if width == RULES_AT[screen.scheme]:
            screen.screenshot(path=shots / f"{kind}-{width}-{screen.scheme}.png")
            assert broken_rules(screen) == []
    before = screen.evaluate(BODY_SIZE)
    screen.evaluate("document.documentElement.style.fontSize = '200%'")
    assert screen.evaluate(BODY_SIZE) == pytest.approx(2 * before, rel=0.05)
    assert screen.evaluate(BEYOND) == [], "text of twice the size"
    assert screen.complaints == []
