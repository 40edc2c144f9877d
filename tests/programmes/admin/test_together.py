"""Two at the same desk: nobody overwrites what the other did without being told, and nothing typed is lost."""

from __future__ import annotations

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.forms import ModelMultipleChoiceField
from django.test import Client
from django.urls import reverse

from programmes import editing, importing
from programmes.models import Document, Municipality, Party, Pledge, Section, TextPage, Topic
from programmes.records import ReaderMessage
from search.models import SynonymGroup


def opened(client: Client, row) -> dict:
    """What the form of a row would send as it stands."""
    address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
    page = client.get(address)
    form = page.context["adminform"].form
    data = {"seen": page.context["seen"], "_save": "1"}
    for name, field in form.fields.items():
        value = form[name].value()
        if isinstance(field, ModelMultipleChoiceField):
            data[name] = [getattr(one, "pk", one) for one in value]
        elif isinstance(value, list):
            data[name] = "\n".join(value)
        elif value not in (None, False):
            data[name] = value
    return {"address": address, **data}


def save(client: Client, data: dict, **changes):
    sent = {name: value for name, value in {**data, **changes}.items() if name != "address"}
    return client.post(data["address"], sent)


def other() -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("berta"))
    return client


def test_the_second_is_told_who_changed_what_and_keeps_the_own_words(desk, draft):
    mine, hers = desk("archivist"), other()
    form = opened(mine, draft)
    save(hers, opened(hers, draft), title="Bertas Titel", publisher="Bertas Verein")
    answer = save(mine, form, title="Mein Titel")
    [said] = answer.context["adminform"].form.non_field_errors()
    assert "berta" in said and "Titel: jetzt „Bertas Titel“" in said and "Bertas Verein" in said
    shown = answer.content.decode()
    assert 'value="Mein Titel"' in shown and 'value="Bertas Verein"' in shown
    draft.refresh_from_db()
    assert (draft.title, draft.publisher) == ("Bertas Titel", "Bertas Verein")
    again = opened(mine, draft) | {"seen": answer.context["seen"]}
    assert save(mine, again, title="Mein Titel", publisher="Bertas Verein").status_code == 302
    draft.refresh_from_db()
    assert (draft.title, draft.publisher) == ("Mein Titel", "Bertas Verein")


def test_nobody_is_asked_where_nothing_was_changed(desk, draft):
    form = opened(desk("archivist"), draft)
    assert save(desk("archivist"), form, title="Neu").status_code == 302
    draft.refresh_from_db()
    assert draft.title == "Neu"


def test_a_place_added_by_the_other_is_neither_lost_nor_hidden(desk, draft):
    place = Municipality.objects.create(ags="99001000", name="Musterstadt", kind="city")
    form = opened(desk("archivist"), draft)
    draft.municipalities.add(place)
    answer = save(desk("archivist"), form, title="Neu")
    assert "jetzt „Musterstadt“" in answer.content.decode()
    assert '<option value="99001000" selected>' in answer.content.decode()
    assert list(draft.municipalities.all()) == [place]


def test_words_parties_topics_pages_and_synonyms_are_kept_alike(desk, db):
    rows = {
        SynonymGroup.objects.create(words="Rad = Velo"): ("words", "Rad = Velo = Bike"),
        Party.objects.create(short_name="SPA", name="Stadtpartei", slug="spa"): ("name", "Neu"),
        Topic.objects.create(slug="x", label_de="Bauen", label_en="x"): ("label_de", "Neu"),
        TextPage.objects.first(): ("text_de", "Neu"),
    }
    for row, (field, value) in rows.items():
        mine, hers = other_named("anna"), other_named("berta")
        form = opened(mine, row)
        assert save(hers, opened(hers, row), **{field: value}).status_code == 302, row
        answer = save(mine, form, **{field: "Rad = Drahtesel"})
        assert answer.status_code == 200 and f"jetzt „{value}“" in answer.content.decode(), row
        row.refresh_from_db()
        assert getattr(row, field) == value


def other_named(name: str) -> Client:
    client = Client()
    user, _created = User.objects.get_or_create(username=name, is_staff=True, is_superuser=True)
    client.force_login(user)
    return client


def act(
    client: Client, document: Document, kind: str, row: str | int, what: str, fetch=True, **data
):
    address = reverse(f"admin:programmes_document_{kind}", args=[document.pk, row, what])
    return client.post(address, data, headers={"X-Requested-With": "fetch"} if fetch else {})


def mark_of(client: Client, document: Document, what: str) -> str:
    """The mark in the first form of the review page that does this."""
    page = client.get(
        reverse("admin:programmes_document_change", args=[document.pk])
    ).content.decode()
    form = page[page.index(f'data-act="{what}"') :]
    return form.split('name="seen" value="')[1].split('"')[0]


def test_a_pledge_changed_meanwhile_is_changed_again_only_when_sent_again(desk, draft, person):
    pledge = draft.pledges.first()
    seen = mark_of(desk("archivist"), draft, "bearbeiten")
    editing.edit(pledge, User.objects.create(username="berta"), text="Wir bauen")
    answer = act(
        desk("archivist"),
        draft,
        "pledge",
        pledge.key,
        "bearbeiten",
        text="bauen Wohnungen.",
        seen=seen,
    )
    assert answer.status_code == 409
    said = answer.content.decode()
    assert "berta" in said and "jetzt „Wir bauen“" in said
    assert Pledge.objects.get(pk=pledge.pk).text == "Wir bauen"
    again = answer["X-Seen"]
    done = act(
        desk("archivist"),
        draft,
        "pledge",
        pledge.key,
        "bearbeiten",
        text="bauen Wohnungen.",
        seen=again,
    )
    assert done.status_code == 200
    assert Pledge.objects.get(pk=pledge.pk).text == "bauen Wohnungen."


def test_a_section_text_is_not_overwritten_and_the_words_come_back_without_a_script(desk, draft):
    section = draft.sections.exclude(title="").first()
    seen = mark_of(desk("archivist"), draft, "text")
    editing.rewrite(section, User.objects.create(username="berta"), "Bertas Absatz.")
    client = desk("archivist")
    answer = act(
        client, draft, "section", section.pk, "text", False, text="Mein Absatz.", seen=seen
    )
    page = client.get(answer["Location"]).content.decode()
    assert "Sie hatten geschrieben: „Mein Absatz.“" in page and "Bertas Absatz." in page
    assert Section.objects.get(pk=section.pk).text == "Bertas Absatz."


def test_editing_what_a_rereading_took_away_says_so(desk, draft):
    section = draft.sections.exclude(title="").first()
    parsed = importing.read(b"# 2. Neues\n\nWir bauen Schulen.\n", "a.md")
    importing.apply(draft, parsed)
    answer = act(
        desk("archivist"), draft, "section", section.pk, "umbenennen", title="Alt", seen=""
    )
    assert answer.status_code == 409 and "gibt es so nicht mehr" in answer.content.decode()


def test_a_stale_list_puts_back_nothing_that_was_not_chosen(desk, db):
    letters = [ReaderMessage.objects.create(kind="other", text=text) for text in "ab"]
    words = [SynonymGroup.objects.create(words=text) for text in ("x = y", "v = w")]
    mine = desk("archivist")
    lists = {letters[0]: "close", words[0]: "switch_off"}
    for row in lists:
        assert (
            "form-0-" not in mine.get(_list_of(row)).content.decode()
        )  # no field that grows stale
    ReaderMessage.objects.filter(pk=letters[1].pk).update(status="declined")
    SynonymGroup.objects.filter(pk=words[1].pk).update(active=False)
    for row, act in lists.items():
        mine.post(_list_of(row), {"action": act, "_selected_action": [row.pk]})
    assert [ReaderMessage.objects.get(pk=one.pk).status for one in letters] == ["done", "declined"]
    assert not SynonymGroup.objects.filter(pk__in=[one.pk for one in words], active=True).exists()
    assert SynonymGroup.objects.get(pk=words[0].pk).decided
    assert {entry.object_id for entry in LogEntry.objects.all()} == {
        str(letters[0].pk),
        str(words[0].pk),
    }


def _list_of(row) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_changelist")
