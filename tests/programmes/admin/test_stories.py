"""Whole evenings at the desk, in a real browser against a real archive with its worker."""

from __future__ import annotations

import io
import re

import pytest
from docx import Document as Word
from reportlab.pdfgen.canvas import Canvas
from running import QUIET, need_a_browser, running

pytestmark = pytest.mark.browser

PEOPLE = """
from django.contrib.auth.models import Group, User
from programmes import roles
from programmes.models import Party
for name, role in (("anna", roles.ARCHIVIST), ("beate", roles.CONTRIBUTOR)):
    User.objects.create_user(name, password="geheim-genug", is_staff=True).groups.add(
        Group.objects.get(name=role))
Party.objects.create(short_name="Lurchpartei", name="Lurchpartei Auental")
"""


def markdown() -> bytes:
    return (
        "# Programm zur Kommunalwahl 2026\n\n## Schwimmen\n\n"
        "Wir bauen bis 2030 ein Hallenbad am Stadtpark.\n\nDer Park ist schön.\n\n"
        "## Verkehr\n\nWir senken den Fahrpreis für alle Lehrlinge.\n"
    ).encode()


def pdf() -> bytes:
    out = io.BytesIO()
    page = Canvas(out)
    page.setFont("Helvetica-Bold", 18)
    page.drawString(80, 780, "Wahlprogramm zur Kommunalwahl 2026")
    page.setFont("Helvetica", 11)
    page.drawString(80, 740, "Wir eröffnen bis 2029 eine Musikschule im Rathaus.")
    page.showPage()
    page.save()
    return out.getvalue()


def word() -> bytes:
    document = Word()
    document.add_heading("Unser Programm zur Kommunalwahl 2026", 1)
    document.add_heading("Klima", 2)
    document.add_paragraph("Wir pflanzen bis 2028 tausend Obstbäume an den Landstraßen.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    need_a_browser()
    with running(tmp_path_factory.mktemp("archive")) as archive:
        archive.python(PEOPLE)
        yield archive


@pytest.fixture(scope="module")
def chromium():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_a_browser(), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def desk(archive, chromium):
    """A page of the desk for somebody; a browser that complains (a script, the content policy) fails the test."""
    complaints: list[str] = []
    contexts = []

    def of(name: str):
        context = chromium.new_context(base_url=archive.address, locale="de-DE")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda said: (
                complaints.append(said.text)
                if said.type == "error" and "Failed to load resource" not in said.text
                else None
            ),
        )
        page.goto("/admin/")
        page.fill("#id_username", name)
        page.fill("#id_password", "geheim-genug")
        page.click("input[type=submit]")
        return page

    yield of
    for context in contexts:
        context.close()
    assert not complaints


def offer(page, *files: tuple[str, str, bytes]) -> None:
    """Offer files and wait until all are read."""
    page.goto("/admin/programmes/upload/add/")
    page.set_input_files(
        "#id_offered",
        [{"name": name, "mimeType": kind, "buffer": data} for name, kind, data in files],
    )
    page.click("button:has-text('Aufnehmen')")
    page.wait_for_url("**lieferung=**")
    page.wait_for_selector(f"text={len(files)} von {len(files)} erledigt")


def search(page, words: str) -> str:
    """What is found, without the words that were asked for."""
    page.goto(f"/suche/?q={words}")
    return "\n".join(page.locator(".quote, .meta").all_inner_texts())


def test_three_formats_are_offered_one_party_corrected_and_all_published_and_found(desk):
    page = desk("anna")
    offer(
        page,
        ("a.md", "text/markdown", markdown()),
        ("b.pdf", "application/pdf", pdf()),
        ("c.docx", "application/octet-stream", word()),
    )
    page.click("text=3 Entwürfe prüfen")
    page.wait_for_selector("#result_list")
    drafts = page.url
    page.click("th.field-title a >> nth=0")
    title = page.inner_text("h1")
    page.click(".field:has(label:text-is('Parteien:')) .select2-selection")
    page.keyboard.type("Lurch")
    page.click(".select2-results__option:has-text('Lurchpartei')")
    page.click("button:text-is('Speichern')")
    assert "Lurchpartei" in page.inner_text(".field:has(label:text-is('Parteien:'))")
    assert "Von Hand entschieden" in page.inner_text(".about")
    page.goto(drafts)
    page.check("#action-toggle")
    page.select_option("select[name=action]", "publish")
    page.click("button:has-text('Ausführen')")
    assert "3 Dokumente veröffentlicht" in page.inner_text(".messagelist")
    for word_ in ("Hallenbad", "Musikschule", "Obstbäume"):
        assert word_ in search(page, word_)
    assert "Lurchpartei" in search(page, title)


def test_a_rejected_pledge_is_gone_from_the_page_and_from_the_index(archive, desk):
    page = desk("anna")
    text = (
        "# Wahlprogramm zur Kommunalwahl 2026\n\n## Baden\n\nWir öffnen 2031 ein Freibad an der Aue.\n\n"
        "Der Fluss ist sauber.\n\n## Fahren\n\nWir senken den Fahrpreis für Rentner im ganzen Kreis um ein Drittel.\n"
    )
    offer(page, ("freibad.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    page.click("button:text-is('Speichern und veröffentlichen')")
    address, desk_page = page.get_attribute("text=Öffentliche Seite", "href"), page.url
    page.goto(address)
    assert page.locator("mark.pledge:has-text('Freibad')").count() == 1
    page.go_back()
    page.keyboard.press("u")
    assert "Freibad" in page.inner_text("li.pledge.now")
    page.keyboard.press("x")
    page.wait_for_selector("li.pledge.rejected")
    page.goto(address)
    assert page.locator("mark.pledge:has-text('Freibad')").count() == 0
    assert page.locator("mark.pledge:has-text('Fahrpreis')").count() == 1
    assert "Freibad" in search(page, "Freibad&einheit=section")
    assert "Freibad" not in search(page, "Freibad&einheit=pledge")
    archive.manage("check_index")
    page.goto(desk_page)
    page.click("text=Letzte Änderung zurücknehmen")
    page.goto(address)
    assert page.locator("mark.pledge:has-text('Freibad')").count() == 1


def test_marked_text_becomes_a_pledge_and_a_heading(desk):
    page = desk("anna")
    text = "# Programm 2026\n\n## Alles\n\nWir tun viel. 🙂 Der Teich ist grün. Neue Ziele. Wir feiern.\n"
    offer(page, ("teich.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    page.wait_for_selector(".source")
    mark_text(page, "Der Teich ist grün.")
    page.keyboard.press("n")
    page.wait_for_selector("li.pledge.added:has-text('Der Teich ist grün.')")
    mark_text(page, "Neue Ziele.")
    page.click("#marking button:has-text('Überschrift')")
    page.wait_for_selector(".part h3:text-is('Neue Ziele.')")
    assert page.inner_text(".part:has(h3:text-is('Neue Ziele.')) .source") == "Wir feiern."


def mark_text(page, words: str) -> None:
    page.evaluate(
        """words => {
          for (const source of document.querySelectorAll(".source")) {
            const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
            for (let node; (node = walker.nextNode());) {
              const at = node.data.indexOf(words);
              if (at < 0) continue;
              getSelection().setBaseAndExtent(node, at, node, at + words.length);
              return;
            }
          }
          throw new Error("not there: " + words);
        }""",
        words,
    )


def test_a_new_local_list_is_added_without_leaving_the_page(desk):
    page = desk("anna")
    text = "# Unser Programm 2026\n\nWir öffnen das Museum am Montag.\n"
    offer(page, ("museum.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    with page.expect_popup() as opened:
        page.click("#add_id_parties")
    popup = opened.value
    popup.fill("#id_short_name", "Museumsfreunde")
    popup.fill("#id_name", "Museumsfreunde Auental")
    with popup.expect_event("close"):
        popup.click("input[name=_save]")
    page.wait_for_selector(".select2-selection__choice:has-text('Museumsfreunde')")
    page.click("button:text-is('Speichern')")
    assert "Museumsfreunde" in page.inner_text(".field:has(label:text-is('Parteien:'))")


def test_a_contributor_cannot_publish(desk):
    page = desk("beate")
    text = "# Programm 2026\n\nWir pflegen den Brunnen am Markt.\n"
    offer(page, ("brunnen.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    assert page.locator("button:has-text('eröffentlichen')").count() == 0
    pk = re.search(r"document/(\d+)/", page.url)[1]
    token = page.input_value("#document_form input[name=csrfmiddlewaretoken]")
    answer = page.request.post(
        f"/admin/programmes/document/{pk}/veroeffentlichen/",
        form={"csrfmiddlewaretoken": token},
        headers={"Referer": page.url},
    )
    assert answer.status == 403
    assert "Brunnen" not in search(page, "Brunnen Markt pflegen")


def test_a_document_is_withdrawn_with_a_reason_and_restored(archive, desk):
    page = desk("anna")
    text = "# Programm 2026\n\n## Märkte\n\nWir gründen bis 2029 einen Wochenmarkt am Kanal.\n"
    offer(page, ("markt.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    page.click("button:text-is('Speichern und veröffentlichen')")
    address, desk_page = page.get_attribute("text=Öffentliche Seite", "href"), page.url
    original = re.sub(r"-[^/]*/$", "/original/", address)
    assert page.request.get(original).status == 200
    assert "Wochenmarkt am Kanal" in search(page, "Wochenmarkt")
    page.goto(desk_page)
    page.click("text=Zurückziehen …")
    page.fill("#reason", "Auf Wunsch der Verfasser")
    page.click("button:text-is('Zurückziehen')")
    assert page.request.get(address).status == 410
    assert page.request.get(original).status == 404
    page.goto(address)
    assert "Auf Wunsch der Verfasser" in page.inner_text("main")
    assert "Kanal" not in search(page, "Wochenmarkt")
    archive.manage("check_index")
    page.goto(desk_page)
    page.click("button:text-is('Wiederherstellen')")
    assert page.request.get(address).status == 200
    assert page.request.get(original).status == 200
    assert "Wochenmarkt am Kanal" in search(page, "Wochenmarkt")


def test_a_decision_survives_a_restart_a_re_import_and_a_re_reading(archive, desk, tmp_path):
    page = desk("anna")
    text = "# Programm 2026\n\n## Kultur\n\nWir retten das Kino.\n\nWir retten die Oper.\n"
    offer(page, ("kino.md", "text/markdown", text.encode()))
    page.click("table.inbox a")
    page.fill("#id_title", "Programm mit richtigem Titel")
    page.click("button:text-is('Speichern und veröffentlichen')")
    page.click("li.pledge:has-text('Oper') button:has-text('Verwerfen')")
    page.wait_for_selector("li.pledge.rejected:has-text('Oper')")
    address, desk_page = page.get_attribute("text=Öffentliche Seite", "href"), page.url
    (tmp_path / "kino.md").write_text(text)
    archive.manage("import_documents", str(tmp_path / "kino.md"), "--reparse")
    archive.manage("serve", "--prepare-only")  # everything that a restart does to the data
    page.goto(desk_page.split("#")[0])
    page.click("text=Neu lesen …")
    assert "nichts zu übernehmen" in page.inner_text("#content")
    page.goto(address)
    assert "Programm mit richtigem Titel" in page.inner_text("h1")
    assert page.locator("mark.pledge:has-text('Kino')").count() == 1
    assert page.locator("mark.pledge:has-text('Oper')").count() == 0
