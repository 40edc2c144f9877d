"""Does every page of the desk fit a phone, a tablet and a wide screen, and open itself to everybody?"""

from __future__ import annotations

import pytest
from browser.test_every_page import BEYOND, WIDTHS, broken_rules

pytestmark = pytest.mark.browser

PREPARED = """
from django.contrib.auth.models import Group, User
from programmes import editing, roles
from programmes.models import Document
from programmes.records import ReaderMessage
anna = User.objects.create_user("anna", password="geheim-genug", is_staff=True)
anna.groups.add(*Group.objects.all())
document = Document.objects.published().filter(pledge_count__gt=20).order_by("pk").first()
editing.confirm(document.pledges.order_by("position")[0], anna)
editing.reject(document.pledges.order_by("position")[1], anna)
message = ReaderMessage.objects.create(kind="missing", text="Es fehlt etwas.", contact="a@example.org")
party = document.parties.first()
topic = document.pledges.first().topics.first()
print("KEYS", document.pk, message.pk, party.pk, topic.pk)
"""
PAGES = [
    *("", "konto/", "programmes/upload/", "programmes/upload/add/", "programmes/document/"),
    *("programmes/document/{document}/change/", "programmes/document/{document}/history/"),
    "programmes/document/{document}/zurueckziehen/",
    "programmes/document/{document}/neu-lesen/",
    *("programmes/pledge/", "programmes/section/", "programmes/absence/luecken/"),
    *("programmes/absence/add/", "programmes/readermessage/"),
    "programmes/readermessage/{message}/change/",
    *("programmes/rereading/", "programmes/party/", "programmes/party/{party}/change/"),
    *("programmes/municipality/", "programmes/municipality/add/", "programmes/topic/"),
    *("programmes/topic/{topic}/change/", "programmes/textpage/", "search/synonymgroup/"),
    "search/emptyquery/",
]


@pytest.fixture(scope="module")
def keys(archive) -> dict[str, str]:
    told = archive.python(PREPARED).rpartition("KEYS")[2].split()
    return dict(zip(("document", "message", "party", "topic"), told, strict=False))


@pytest.fixture(scope="module")
def desk(archive, chromium, keys):
    """A page of the desk for somebody with every role."""
    context = chromium.new_context(base_url=archive.address, locale="de-DE")
    page = context.new_page()
    page.goto("/admin/")
    page.fill("#id_username", "anna")
    page.fill("#id_password", "geheim-genug")
    with page.expect_navigation(url="**/admin/"):
        page.click("input[type=submit]")
    yield page
    context.close()


@pytest.mark.parametrize("address", PAGES)
def test_a_page_of_the_desk_fits_every_screen_and_breaks_no_rule(address, desk, keys):
    answer = desk.goto(f"/admin/{address.format(**keys)}")
    assert answer.status == 200
    for width in WIDTHS:
        desk.set_viewport_size({"width": width, "height": 900})
        assert desk.evaluate(BEYOND) == [], f"wider than {width} px"
        cut = desk.evaluate(
            "() => [...document.querySelectorAll('.results, .scroll')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.className)"
        )
        assert cut == [], f"cut off at {width} px"
    assert broken_rules(desk) == []
