"""Do a citizen, a journalist and a researcher get what they came for, in a real browser?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PATIENCE = 20_000.0  # milliseconds, for machines with much else to do
PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
FOCUSED = """() => {
  const one = document.activeElement, look = getComputedStyle(one), box = one.getBoundingClientRect();
  return {name: one.tagName + ' ' + (one.id || one.textContent.trim().slice(0, 40)),
    visible: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    ringed: look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2};
}"""


@pytest.fixture
def visitor(archive, chromium):
    """A page for somebody who comes with a browser of this kind."""
    contexts = []

    def coming(**kind):
        context = chromium.new_context(base_url=archive.address, locale="de-DE", **kind)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return page

    expect.set_options(timeout=PATIENCE)

    yield coming
    for context in contexts:
        context.close()


def follow(page, link: str) -> None:
    """Click and be there: a bare click returns before the new page is whole."""
    with page.expect_navigation():
        page.click(link)


def send(page, field: str) -> None:
    with page.expect_navigation():
        page.press(field, "Enter")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_citizen_finds_their_town_and_what_three_parties_say_about_housing(visitor, scripts):
    page = visitor(java_script_enabled=scripts)
    page.goto("/")
    if scripts:
        page.locator("#ort").press_sequentially("Falken")
        page.click("[role=option]:has-text('Falkenmünde')")
        page.wait_for_url("**/orte/*-falkenmuende/")
    else:
        page.fill("#ort", "Falkenmünde")
        send(page, "#ort")
    expect(page.locator("h1")).to_contain_text("Falkenmünde")
    follow(page, "main a[href^='/orte/'][href$='/2025/'] >> nth=0")
    housing = page.locator("table.matrix tr", has_text="Wohnen")
    expect(housing.locator("td a").nth(2)).to_be_visible()
    with page.expect_navigation():
        housing.locator("td a >> nth=0").click()
    words = page.locator("details.verbatim", has=page.locator("#wohnen"))
    if not words.evaluate("one => one.open"):
        words.locator("summary").click()
    for number in range(3):
        expect(
            words.locator(".side-by-side > div").nth(number).locator("li a").first
        ).to_be_visible()
    promise = words.locator("li a >> nth=0").inner_text()
    with page.expect_navigation():
        words.locator("li a >> nth=0").click()
    expect(page.locator(":target")).to_contain_text(promise)


def test_a_search_is_narrowed_twice_shared_and_a_hit_opened_in_its_context(visitor):
    page = visitor()
    page.goto("/")
    page.fill("main input[type=search]", "Wohnung")
    send(page, "main input[type=search]")
    totals = [int(re.search(r"\d+", page.inner_text(".count"))[0])]
    for facet in ("einheit", "ort"):
        if page.locator("details.facets:not([open]) > summary").is_visible():
            page.click("details.facets > summary")
        follow(page, f"section[aria-labelledby=facette-{facet}] a >> nth=0")
        totals.append(int(re.search(r"\d+", page.inner_text(".count"))[0]))
    assert totals[0] > totals[1] > totals[2] > 0
    friend = visitor()
    friend.goto(page.url)
    assert friend.inner_text(".hits") == page.inner_text(".hits")
    assert friend.locator(".chip.chosen").count() == 2
    quoted = friend.inner_text(".hits .quote >> nth=0").strip(" …")
    follow(friend, ".hits .quote a >> nth=0")
    around = friend.inner_text("blockquote.context, :target")
    assert quoted[:40] in around
    assert len(around) > len(quoted)


def test_a_journalist_compares_one_party_over_two_elections(visitor):
    page = visitor()
    page.goto("/vergleich/")
    follow(page, "main a:has-text('Eine Partei, zwei Wahlen')")
    follow(page, "main a.chip:has-text('Falkenmünde')")
    page.locator("input[name=partei]").first.check()
    follow(page, "main button:has-text('Zeigen')")
    assert re.search(r"in Falkenmünde: 2020 und 2025", page.inner_text("main"))
    counts = [int(number) for number in page.locator(".figures dd").all_inner_texts()]
    assert len(counts) == 4
    assert counts[0] > 0
    assert page.locator("#umformuliert + ul ins, #umformuliert + ul del").count() >= counts[0]
    page.click(".figures a[href='#neu']")
    expect(page.locator("#neu[open] > ul > li")).to_have_count(max(counts[3], 1))
    expect(page.locator("#neu li >> nth=0")).to_be_visible()
    assert "Gemessen wird" in page.inner_text("main")


def test_a_researcher_cites_a_pledge(visitor, names):
    page = visitor(permissions=["clipboard-read", "clipboard-write"])
    page.goto(names["pledge"])
    sentence = page.inner_text("h1")
    page.click(".actions a:has-text('Zitieren')")
    expect(page.locator("#zitieren[open]")).to_be_visible()
    page.click("#zitieren button")
    expect(page.locator("#zitieren button")).to_have_text("Kopiert")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert sentence[:30] in copied
    assert names["pledge"] in copied
    with page.expect_download() as download:
        page.click("#zitieren a:has-text('BibTeX')")
    assert "@" in download.value.path().read_text()


def test_somebody_reads_a_programme_on_a_phone(visitor, names):
    page = visitor(**PHONE)
    page.goto(names["programme"])
    size, width = page.evaluate(
        "() => { const one = document.querySelector('article mark.pledge').closest('p, li');"
        "return [parseFloat(getComputedStyle(one).fontSize), one.getBoundingClientRect().width] }"
    )
    assert size >= 16
    assert 240 < width <= 360
    page.locator("mark.pledge").last.scroll_into_view_if_needed()
    assert page.evaluate("scrollX") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_a_keyboard_alone_reaches_a_promise_and_always_shows_where_it_is(visitor):
    page = visitor(reduced_motion="reduce")
    page.goto("/")
    page.keyboard.press("Tab")
    assert "Zum Inhalt" in page.evaluate(FOCUSED)["name"]
    page.keyboard.press("Enter")
    for _ in range(5):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "q":
            break
    page.keyboard.type("Radweg")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/?q=Radweg")
    for _ in range(120):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUSED)
        assert focus["visible"], focus
        assert focus["ringed"], focus
        if page.evaluate("document.activeElement.matches('.hits .quote a')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/(versprechen|dokumente)/"))
    expect(page.locator("main")).to_contain_text("Radweg")


@pytest.mark.parametrize(
    "kind", ["/", "/orte/", "/vergleich/", "/faellig/", "{programme}", "{pledge}"]
)
def test_every_control_of_a_page_can_be_tabbed_to_and_shows_its_focus(visitor, names, kind):
    page = visitor(reduced_motion="reduce")
    page.goto(kind.format(**names))
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        focus = page.evaluate(FOCUSED)
        assert focus["visible"], focus
        assert focus["ringed"], focus


def test_without_scripts_a_programme_is_searched_and_a_mistake_reported(visitor, names):
    page = visitor(java_script_enabled=False)
    page.goto(names["programme"] + "?darin=wohn")
    assert "ohn" in page.inner_text("article mark.hit >> nth=0")
    assert not page.locator("button[data-copy]").first.is_visible()
    page.goto(names["pledge"])
    follow(page, "main a[href^='/meldung/']")
    assert page.locator("main form textarea").is_visible()
    assert page.locator(f"main input[value*='{names['key']}']").count() == 1


def test_a_keyboard_alone_takes_a_town_from_the_suggestions(visitor):
    page = visitor()
    page.goto("/")
    field = page.locator("#ort")
    field.focus()
    page.keyboard.type("Falken")
    page.locator("#ort-vorschlaege [role=option]").first.wait_for()
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    page.keyboard.press("Escape")
    expect(page.locator("#ort-vorschlaege")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.locator("#ort-vorschlaege [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/orte/*-falkenmuende/")


def test_a_keyboard_alone_takes_a_word_from_the_suggestions(visitor):
    page = visitor()
    page.goto("/dokumente/")
    page.locator("#suche-oben").focus()
    page.keyboard.type("Wohn")
    page.locator("#suche-oben-vorschlaege [role=option]").first.wait_for()
    expect(page.locator(".find [role=status]")).to_contain_text("Pfeiltasten")
    page.keyboard.press("ArrowDown")
    word = page.inner_text("#suche-oben-vorschlaege [aria-selected=true] > span >> nth=0")
    page.keyboard.press("Enter")
    page.wait_for_url("**/suche/?q=*")
    assert page.input_value("#q").lower() == word.lower()


def test_a_reader_numbers_the_pledges_enlarges_the_text_and_sees_where_they_are(visitor, names):
    page = visitor(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page.goto(names["programme"])
    number = "getComputedStyle(document.querySelector('article mark.pledge'), '::before').content"
    assert page.evaluate(number) == "none"
    page.check("#nummern")
    assert page.evaluate(number).strip('"') == "1"
    size = "parseFloat(getComputedStyle(document.querySelector('.text')).fontSize)"
    before = page.evaluate(size)
    page.click("[data-size='text-largest']")
    assert page.evaluate(size) > 1.3 * before
    page.reload()
    assert page.evaluate(size) > 1.3 * before  # remembered on this device
    last = page.locator(".contents ol a[href^='#']:not([href='#herkunft'])").last
    page.goto(names["programme"] + last.get_attribute("href"))
    page.locator(".contents a[aria-current=location]").wait_for()
    page.wait_for_function(
        "href => document.querySelector('.contents a[aria-current=location]').hash === href",
        arg=last.get_attribute("href"),
    )


def test_on_paper_a_matrix_shows_its_words_and_no_menu(visitor, names):
    page = visitor()
    page.goto(f"/orte/{names['ags']}/{names['year']}/")
    words = page.locator("details.verbatim li").first
    assert not words.is_visible()
    page.emulate_media(media="print")
    assert words.bounding_box()["height"] > 0
    assert not page.locator(".masthead").is_visible()
    assert not page.locator(".foot").is_visible()
    assert page.locator("table.matrix").is_visible()


def test_filters_are_folded_on_a_phone_and_open_on_a_desk(visitor):
    phone, desk = visitor(**PHONE), visitor(viewport={"width": 1440, "height": 900})
    for page in (phone, desk):
        page.goto("/faellig/")
    assert not phone.locator("form.filters").is_visible()
    assert desk.locator("form.filters").is_visible()
    phone.click(".fold > summary")
    phone.select_option("form.filters [name=thema]", "wohnen")
    phone.click("form.filters button")
    phone.wait_for_url("**thema=wohnen**")
    assert phone.locator("form.filters").is_visible()  # what narrows the list is in sight
    assert phone.locator("main .list > li").count() > 0
