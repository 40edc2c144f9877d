"""Who may do what at the desk: every page and every act, for each role and for strangers."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.urls import reverse
from parsing import parsed

from programmes import editing, importing, roles
from programmes.models import Document, Municipality, Party
from programmes.records import Absence, Change, ReaderMessage, Rereading, Upload

pytestmark = pytest.mark.django_db

ROLES = ("contributor", "archivist", "administrator")
NONE, ALL, ARCHIVISTS = (), ROLES, ("archivist", "administrator")
ADMINISTRATORS = ("administrator",)

PAGES = {
    "index": ALL,
    "programmes_upload_changelist": ALL,
    "programmes_upload_add": ALL,
    "programmes_document_changelist": ALL,
    "programmes_party_changelist": ALL,
    "programmes_municipality_changelist": ALL,
    "programmes_topic_changelist": ALL,
    "programmes_party_add": ARCHIVISTS,
    "programmes_municipality_add": ARCHIVISTS,
    "programmes_pledge_changelist": ARCHIVISTS,
    "programmes_section_changelist": ARCHIVISTS,
    "programmes_absence_gaps": ARCHIVISTS,
    "programmes_absence_changelist": ARCHIVISTS,
    "programmes_change_changelist": ARCHIVISTS,
    "programmes_rereading_changelist": ARCHIVISTS,
    "programmes_readermessage_changelist": ARCHIVISTS,
    "programmes_textpage_changelist": ARCHIVISTS,
    "search_synonymgroup_changelist": ARCHIVISTS,
    "auth_user_changelist": ADMINISTRATORS,
    "auth_group_changelist": ADMINISTRATORS,
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize(("name", "allowed"), PAGES.items())
def test_a_page_is_open_to_whom_it_is_meant_for(desk, name, allowed, role):
    answer = desk(role).get(reverse(f"admin:{name}"))
    assert answer.status_code == (200 if role in allowed else 403)


@pytest.mark.parametrize("stranger", [None, "reader"])
@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_is_asked_who_they_are(desk, name, stranger):
    answer = desk(stranger).get(reverse(f"admin:{name}"))
    assert answer.status_code == 302 and answer.url.startswith("/admin/login/")


def address(name: str, *args: object) -> str:
    return reverse(f"admin:programmes_document_{name}", args=args)


# name → (who may, address and form of the act, whether it happened)
ACTS = {
    "publish": (ARCHIVISTS, "draft", lambda d: (address("veroeffentlichen", d.pk), {})),
    "unpublish": (ARCHIVISTS, "published", lambda d: (address("entwurf", d.pk), {})),
    "withdraw": (
        ARCHIVISTS,
        "published",
        lambda d: (address("zurueckziehen", d.pk), {"reason": "Grund"}),
    ),
    "restore": (ARCHIVISTS, "withdrawn", lambda d: (address("wiederherstellen", d.pk), {})),
    "purge": (ADMINISTRATORS, "withdrawn", lambda d: (address("endgueltig", d.pk), {})),
    "confirm": (
        ARCHIVISTS,
        "draft",
        lambda d: (address("pledge", d.pk, d.pledges.get().key, "bestaetigen"), {}),
    ),
    "reject": (
        ARCHIVISTS,
        "draft",
        lambda d: (address("pledge", d.pk, d.pledges.get().key, "verwerfen"), {}),
    ),
    "edit": (
        ARCHIVISTS,
        "draft",
        lambda d: (
            address("pledge", d.pk, d.pledges.get().key, "bearbeiten"),
            {"specificity": "concrete"},
        ),
    ),
    "add": (
        ARCHIVISTS,
        "draft",
        lambda d: (
            address("section", d.pk, d.sections.get().pk, "versprechen"),
            {"words": "Die Mieten steigen."},
        ),
    ),
    "rename": (
        ARCHIVISTS,
        "draft",
        lambda d: (address("section", d.pk, d.sections.get().pk, "umbenennen"), {"title": "Neu"}),
    ),
    "split": (
        ARCHIVISTS,
        "draft",
        lambda d: (
            address("section", d.pk, d.sections.get().pk, "teilen"),
            {"words": "Die Mieten steigen."},
        ),
    ),
    "rewrite": (
        ARCHIVISTS,
        "draft",
        lambda d: (address("section", d.pk, d.sections.get().pk, "text"), {"text": "Anders."}),
    ),
}


@pytest.mark.parametrize("role", [None, "reader", *ROLES])
@pytest.mark.parametrize("act", ACTS)
def test_an_act_is_done_by_whom_it_is_meant_for_and_nobody_else(desk, request, act, role):
    allowed, which, form = ACTS[act]
    document = request.getfixturevalue(which)
    before = Change.objects.count()
    where, data = form(document)
    answer = desk(role).post(where, data)
    assert (Change.objects.count() > before) is (role in allowed)
    if role not in allowed:
        stranger = role in (None, "reader")
        assert answer.status_code == 302 if stranger else answer.status_code in (403, 404)


def test_every_act_on_an_offered_file_is_on_record(desk, draft):
    upload = Upload.objects.create(name="a.md", sha256="0" * 64, state=Upload.State.FAILED)
    administrator = desk("administrator")
    for act, done in (("nochmal", False), ("verwerfen", True)):
        where = reverse("admin:programmes_upload_act", args=[upload.pk, act])
        administrator.post(where)
        assert LogEntry.objects.filter(object_id=upload.pk, change_message=act).exists() is done
    assert LogEntry.objects.get().object_repr == str(upload)


@pytest.mark.parametrize("act", sorted(set(ACTS) - {"withdraw"}))
def test_an_act_is_not_done_by_following_a_link(desk, request, act):
    _allowed, which, form = ACTS[act]
    where, _data = form(request.getfixturevalue(which))
    assert desk("administrator").get(where).status_code == 405


@pytest.mark.parametrize("role", [None, "reader", *ROLES])
def test_the_last_act_is_taken_back_by_archivists(desk, person, draft, role):
    editing.reject(draft.pledges.get(), person("archivist"))
    desk(role).post(address("zuruecknehmen", draft.pk))
    undone = draft.pledges.get().decision == "machine"
    assert undone is (role in ARCHIVISTS)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("action", ["publish", "unpublish"])
def test_many_are_published_at_once_by_archivists(desk, draft, role, action):
    desk(role).post(
        reverse("admin:programmes_document_changelist"),
        {"action": action, "_selected_action": [draft.pk]},
    )
    draft.refresh_from_db()
    assert (draft.status == "published") is (role in ARCHIVISTS and action == "publish")


def fields(document: Document, **other: str) -> dict[str, str]:
    return {
        "title": document.title,
        "kind": document.kind,
        "year": str(document.year),
        "language": document.language,
        **other,
    }


def test_a_contributor_corrects_an_own_draft(desk, draft):
    page = address("change", draft.pk)
    desk("contributor").post(page, fields(draft, title="Richtig", _save="1"))
    draft.refresh_from_db()
    assert draft.title == "Richtig" and draft.decided == ["title"]


def test_a_contributor_does_not_publish_with_the_form_either(desk, draft):
    page = address("change", draft.pk)
    desk("contributor").post(page, fields(draft, _publish="1", status="published"))
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_contributor_changes_nothing_that_is_public(desk, draft, person):
    editing.publish(draft, person("archivist"))
    answer = desk("contributor").post(address("change", draft.pk), fields(draft, title="Anders"))
    draft.refresh_from_db()
    assert answer.status_code == 403 and draft.title == "Unser Programm"


def test_a_contributor_sees_no_draft_of_others(desk):
    other = importing.store(parsed(("A", ["Wir tun."]), data=b"von anderen")).document
    browser = desk("contributor")
    assert browser.get(address("change", other.pk)).status_code in (302, 404)
    assert "Unser Programm" not in browser.get(reverse("admin:programmes_document_changelist")).text


def test_a_contributor_is_shown_no_button_that_does_not_work(desk, draft):
    page = desk("contributor").get(address("change", draft.pk)).text
    for label in ("Veröffentlichen", "Zurückziehen", "Bestätigen", "Gliederung", "Neu lesen"):
        assert f">{label}" not in page
    assert ">Speichern<" in page


def test_an_upload_of_others_is_none_of_a_contributor_s_business(desk, person, draft):
    upload = Upload.objects.get()
    Upload.objects.filter(pk=upload.pk).update(user=person("archivist"), state="failed")
    where = reverse("admin:programmes_upload_act", args=[upload.pk, "verwerfen"])
    assert desk("contributor").post(where).status_code == 404
    assert desk("archivist").post(where).status_code == 302
    assert not Upload.objects.exists()


@pytest.mark.parametrize("role", [None, "reader", *ROLES])
def test_the_picture_of_a_page_is_only_for_the_desk(desk, draft, role):
    answer = desk(role).get(address("page", draft.pk, 1))
    assert answer.status_code == (302 if role in (None, "reader") else 404)  # it is no PDF


@pytest.mark.parametrize("role", ROLES)
def test_a_gap_is_explained_by_archivists(desk, role):
    Municipality.objects.create(ags="99001000", name="Auental", kind="town")
    Party.objects.create(short_name="ABC", name="ABC")
    form = {"place": "99001000", "party": "abc", "year": "2026"}
    desk(role).post(reverse("admin:programmes_absence_note"), form)
    assert Absence.objects.exists() is (role in ARCHIVISTS)


@pytest.mark.parametrize("role", ROLES)
def test_all_documents_are_read_again_at_the_word_of_archivists(desk, draft, role):
    desk(role).post(reverse("admin:programmes_rereading_all"))
    assert Rereading.objects.exists() is (role in ARCHIVISTS)


@pytest.mark.parametrize("role", ROLES)
def test_a_message_is_settled_by_archivists(desk, role):
    message = ReaderMessage.objects.create(kind="other", text="Hallo")
    page = reverse("admin:programmes_readermessage_change", args=[message.pk])
    desk(role).post(page, {"status": "done", "note": "Danke"})
    message.refresh_from_db()
    assert (message.status == "done") is (role in ARCHIVISTS)


@pytest.mark.parametrize("role", ROLES)
def test_accounts_are_made_by_administrators(desk, role):
    answer = desk(role).get(reverse("admin:auth_user_add"))
    assert answer.status_code == (200 if role == "administrator" else 403)


def test_the_three_roles_are_there_after_a_migration():
    assert set(Group.objects.values_list("name", flat=True)) >= set(roles.DESCRIPTIONS)
    assert not Group.objects.get(name=roles.CONTRIBUTOR).permissions.filter(
        codename__in=("publish_document", "withdraw_document", "change_pledge")
    )
