"""What a stranger does in the first ten minutes, in a real browser: start, search, read, log in, add a text, find it."""

from __future__ import annotations

import re

import pytest
from running import QUIET, need_a_browser, running

pytestmark = pytest.mark.browser

TEXT = """Programm für Hellerbrück zur Kommunalwahl 2025

Wir eröffnen bis 2028 eine Sternwarte auf dem Schlossberg. Der Himmel ist dunkel genug."""


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    need_a_browser()
    with running(tmp_path_factory.mktemp("archive"), demonstration=True) as archive:
        yield archive


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_a_browser(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def page(request, archive, chromium):
    context = chromium.new_context(
        base_url=archive.address, locale="de-DE", java_script_enabled=request.param
    )
    page = context.new_page()
    page.set_default_timeout(20_000)
    yield page
    context.close()


def test_a_visitor_searches_narrows_and_reads_the_promise_where_it_stands(page):
    page.goto("/")
    page.fill("main input[name=q]", "Freibad am Mühlenteich")
    page.press("main input[name=q]", "Enter")
    assert "Freibad" in page.inner_text("mark >> nth=0")
    page.click("main a:has-text('KBU') >> nth=0")
    assert {"KBU"} == {
        re.search("NAP|ÖSU|KBU|LiWe", words)[0]
        for words in page.locator("main .meta").all_inner_texts()
    }
    page.click(".quote a >> nth=0")
    assert "Freibad am Mühlenteich" in page.inner_text("main")
    assert "erfunden" in page.inner_text("main")


@pytest.mark.parametrize("place", ["Falkenmünde", "Hellerbrück", "Niederquell"])
def test_every_way_in_leads_to_a_programme(page, place):
    page.goto("/orte/")
    page.click(f"main a:text-is('{place}')")
    assert place in page.inner_text("h1")
    page.click("main a[href^='/dokumente/'] >> nth=0")
    assert page.locator("mark.pledge, .pledge").count() > 3


def test_a_text_that_is_pasted_at_the_desk_is_found_once_it_is_published(archive, chromium):
    password = re.search(r"Passwort „(\S+)“", archive.said)[1]
    page = chromium.new_context(base_url=archive.address, locale="de-DE").new_page()
    page.goto("/admin/")
    page.fill("#id_username", "admin")
    page.fill("#id_password", password)
    page.click("input[type=submit]")
    page.goto("/admin/programmes/upload/add/")
    page.fill("textarea", TEXT)
    page.click("button:has-text('Aufnehmen')")
    page.wait_for_selector("text=1 von 1 erledigt")
    page.click("table.inbox a")
    assert "Hellerbrück" in page.inner_text(".about")
    page.goto("/suche/?q=Sternwarte")
    assert "Schlossberg" not in page.inner_text("main")
    page.go_back()
    page.click("button:text-is('Speichern und veröffentlichen')")
    page.goto("/suche/?q=Sternwarten")
    assert "Sternwarte auf dem Schlossberg" in page.inner_text(".quote >> nth=0")
    page.context.close()
