"""Does every kind of public page fit every screen, light in German and dark in English, and open itself to everybody?"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

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
    "withdrawn": "{withdrawn}",
    "not-found": "/gibt-es-nicht/",
}
STATUS = {"not-found": 404, "withdrawn": 410}
# Those that are another page where the archive holds nothing.
EMPTY = "home places parties years topics topic documents compare due countable search data".split()
ERRORS = ("400", "403", "403_csrf", "404", "500", "503")
RENDER = """
import json
from django.template.loader import render_to_string
from django.utils import translation
found = {{}}
for language in ("de", "en"):
    with translation.override(language):
        found |= {{f"{{name}}-{{language}}": render_to_string(f"{{name}}.html") for name in {names!r}}}
print("PAGES" + json.dumps(found))
"""
WIDTHS = (360, 768, 1440)
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# One width for each scheme keeps the rules and the screenshots quick; layout is looked at in all six.
RULES_AT = {"light": 360, "dark": 1440}
LOCALES = {"de": "de-DE", "en": "en-GB"}

BEYOND = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.querySelectorAll('body *')]
    .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll'))
    .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)
    .slice(0, 5).concat(`${document.documentElement.scrollWidth} px`)"""
BODY_SIZE = "() => parseFloat(getComputedStyle(document.body).fontSize)"


@pytest.fixture(scope="session")
def shoot() -> Callable[[Page, str], None]:
    """Leaves a picture in the folder that SCREENSHOTS names, for people to look at; without it, none."""
    named = os.environ.get("SCREENSHOTS")
    if not named:
        return lambda page, name: None
    folder = Path(named)
    folder.mkdir(parents=True, exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png") and None


@pytest.fixture(scope="session")
def errors(archive) -> dict[str, str]:
    """The pages that a visitor gets when something is wrong, as they are made without a request."""
    said = archive.python(RENDER.format(names=ERRORS))
    return json.loads(said.rpartition("PAGES")[2].partition("\n")[0])


@pytest.fixture(scope="module", params=[("light", "de"), ("dark", "en")], ids="-".join)
def screen(request, archive, chromium):
    """A page in one colour scheme and language, with what the browser complained about."""
    scheme, language = request.param
    context = chromium.new_context(
        base_url=archive.address, locale=LOCALES[language], color_scheme=scheme
    )
    page = context.new_page()
    page.scheme, page.language, page.complaints = scheme, language, []
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


@pytest.fixture(scope="module")
def phone(chromium):
    """A narrow light screen, for pages of which that is enough, by language."""
    contexts = {}

    def of(language):
        if language not in contexts:
            contexts[language] = chromium.new_context(
                locale=LOCALES[language],
                viewport={"width": WIDTHS[0], "height": 900},
            ).new_page()
        return contexts[language]

    yield of
    for page in contexts.values():
        page.context.close()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_fits_every_screen_and_breaks_no_rule_of_accessibility(kind, screen, names, shoot):
    screen.complaints.clear()
    screen.set_viewport_size({"width": WIDTHS[0], "height": 900})
    answer = screen.goto(PAGES[kind].format(**names))
    assert answer.status == STATUS.get(kind, 200)
    if not kind.startswith("embedded"):
        assert screen.get_attribute("html", "lang") == screen.language
    for width in WIDTHS:
        screen.set_viewport_size({"width": width, "height": 900})
        assert screen.evaluate(BEYOND) == [], f"wider than {width} px"
        shoot(screen, f"{kind}-{width}-{screen.scheme}")
        if width == RULES_AT[screen.scheme]:
            assert broken_rules(screen) == []
    before = screen.evaluate(BODY_SIZE)
    screen.evaluate("document.documentElement.style.fontSize = '200%'")
    assert screen.evaluate(BODY_SIZE) == pytest.approx(2 * before, rel=0.05)
    assert screen.evaluate(BEYOND) == [], "text of twice the size"
    assert screen.complaints == []


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", ERRORS)
def test_a_page_of_an_error_fits_and_breaks_no_rule(name, language, archive, phone, errors, shoot):
    page = phone(language)
    address = f"{archive.address}/fehler/{name}/"
    page.route(
        address,
        lambda route: route.fulfill(
            status=int(name[:3]), content_type="text/html", body=errors[f"{name}-{language}"]
        ),
    )
    page.goto(address)
    assert page.get_attribute("html", "lang") == language
    assert page.evaluate("document.styleSheets[0].cssRules.length") > 100
    assert page.evaluate(BEYOND) == []
    assert broken_rules(page) == []
    shoot(page, f"error-{name}-{language}")


@pytest.mark.parametrize("kind", EMPTY)
def test_a_page_with_nothing_in_it_fits_and_breaks_no_rule(kind, empty_archive, phone, shoot):
    page = phone("de")
    answer = page.goto(empty_archive.address + PAGES[kind])
    assert answer.status == 200
    assert page.evaluate(BEYOND) == []
    assert broken_rules(page) == []
    shoot(page, f"{kind}-empty")
