"""What a person does at the desk: it is exact, written down, undoable, and no machine overwrites it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from parsing import parsed

from programmes import completeness, editing, history, importing, rereading
from programmes.ingest import pieces
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic
from programmes.records import Change

pytestmark = pytest.mark.django_db

HOUSING = ("1. Wohnen", ["Wir bauen zweihundert Wohnungen.", "Die Mieten steigen."])
TRAFFIC = ("2. Verkehr", ["Wir bauen einen Radweg.", "Wir senken den Fahrpreis."])


@pytest.fixture(autouse=True)
def topics():
    for slug in ("wohnen", "mobilitaet"):
        Topic.objects.create(slug=slug, label_de=slug, label_en=slug)


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def document() -> Document:
    return importing.store(parsed(HOUSING, TRAFFIC)).document


def section(document: Document, title: str) -> Section:
    return document.sections.get(title=title)


def pledge(document: Document, words: str) -> Pledge:
    return document.pledges.get(text__contains=words)


def outline(document: Document) -> list[tuple[int, str]]:
    return list(document.sections.order_by("position").values_list("level", "title"))


def everything(document: Document) -> dict:
    document = Document.objects.get(pk=document.pk)
    whole = history.whole_text_of(document)
    return {**history.fields_of(document), **whole, "count": document.pledge_count}


def every_pledge_stands_where_it_says(document: Document) -> bool:
    return all(
        one.section.text[one.start : one.end] == one.text
        for one in document.pledges.select_related("section")
    )


# ── pledges ──


def test_a_rejected_pledge_no_longer_counts_and_a_confirmed_one_does_again(document, anna):
    rejected = editing.reject(pledge(document, "Radweg"), anna)
    document.refresh_from_db()
    assert (rejected.decision, document.pledge_count) == ("rejected", 2)
    editing.confirm(rejected, anna)
    document.refresh_from_db()
    assert document.pledge_count == 3


def test_an_edited_pledge_is_a_literal_part_of_its_section(document, anna):
    edited = editing.edit(pledge(document, "Radweg"), anna, text="einen\n  Radweg")
    assert (edited.text, edited.decision) == ("einen Radweg", "edited")
    assert every_pledge_stands_where_it_says(document)
    with pytest.raises(editing.Refusal, match="steht nicht im Abschnitt"):
        editing.edit(edited, anna, text="Wir bauen ein Schloss")


def test_an_edited_pledge_keeps_its_address(document, anna):
    before = pledge(document, "Radweg")
    assert editing.edit(before, anna, text="einen Radweg").key == before.key


def test_a_pledge_cannot_lie_over_another(document, anna):
    with pytest.raises(editing.Refusal, match="schon zu einem anderen"):
        editing.add(section(document, "2. Verkehr"), anna, start=4, end=40)


def test_topics_are_set_with_the_main_one_first(document, anna):
    editing.edit(pledge(document, "Radweg"), anna, slugs=["mobilitaet", "wohnen"])
    assert [t.slug for t in pledge(document, "Radweg").ranked_topics] == ["mobilitaet", "wohnen"]


def test_a_marked_stretch_becomes_a_pledge_without_the_space_around_it(document, anna):
    place = section(document, "1. Wohnen")
    start = place.text.index("Die Mieten")
    added = editing.add(place, anna, start=start - 1, end=len(place.text))
    assert (added.text, added.decision) == ("Die Mieten steigen.", "added")
    assert every_pledge_stands_where_it_says(document)
    assert [p.text for p in document.pledges.order_by("position")][:2] == [
        "Wir bauen zweihundert Wohnungen.",
        "Die Mieten steigen.",
    ]


def test_an_added_pledge_with_a_year_and_a_number_has_them(anna):
    text = "Gut ist: bis 2031 entstehen 80 Wohnungen im Norden."
    document = importing.store(parsed(("A", [text]))).document
    place = document.sections.get()
    added = editing.add(place, anna, start=text.index("bis"), end=len(text))
    assert (added.years, added.due, added.specificity) == ([2031], 2031, "concrete")


# ── sections ──


def test_a_heading_is_demoted_with_what_is_under_it_and_promoted_again(anna):
    document = importing.store(parsed(("A", ["a."]), ("B", ["b."]), ("C", ["c."]))).document
    editing.demote(section(document, "C"), anna)
    assert section(document, "C").parent == section(document, "B")
    editing.demote(section(document, "B"), anna)
    assert outline(document) == [(1, "A"), (2, "B"), (3, "C")]
    editing.promote(section(document, "B"), anna)
    assert outline(document) == [(1, "A"), (1, "B"), (2, "C")]
    assert section(document, "C").parent == section(document, "B")


def test_a_heading_without_one_before_it_cannot_be_demoted(document, anna):
    with pytest.raises(editing.Refusal, match="Davor steht kein Abschnitt"):
        editing.demote(section(document, "1. Wohnen"), anna)


@pytest.mark.parametrize("keep", [True, False])
def test_merging_moves_text_and_pledges_into_the_section_before(document, anna, keep):
    keys = set(document.pledges.values_list("key", flat=True))
    editing.merge(section(document, "2. Verkehr"), anna, keep_title=keep)
    merged = document.sections.get()
    assert ("2. Verkehr" in merged.text) is keep
    assert set(document.pledges.values_list("key", flat=True)) == keys
    assert every_pledge_stands_where_it_says(document)


def test_splitting_makes_the_marked_words_the_heading(document, anna):
    place = section(document, "1. Wohnen")
    start = place.text.index("Die Mieten")
    editing.split(place, anna, start=start, end=start + len("Die Mieten steigen."))
    assert outline(document) == [(1, "1. Wohnen"), (1, "Die Mieten steigen."), (1, "2. Verkehr")]
    assert every_pledge_stands_where_it_says(document)
    with pytest.raises(editing.Refusal, match="Teil eines Versprechens"):
        editing.split(section(document, "2. Verkehr"), anna, start=0, end=9)


def test_splitting_takes_the_pledges_behind_it_along(document, anna):
    text = "Wir bauen. Unsere Ziele. Wir pflanzen Bäume."
    other = importing.store(
        parsed(("A", ["Wir bauen.", "Unsere Ziele.", "Wir pflanzen Bäume."]), data=b"x")
    ).document
    start = text.index("Unsere")
    editing.split(other.sections.get(), anna, start=start, end=start + len("Unsere Ziele."))
    assert pledge(other, "Bäume").section.title == "Unsere Ziele."
    assert every_pledge_stands_where_it_says(other)


def test_split_and_merge_give_the_order_of_the_text(document, anna):
    editing.split(section(document, "1. Wohnen"), anna, start=33, end=52)
    editing.merge(section(document, "Die Mieten steigen."), anna, keep_title=True)
    editing.merge(section(document, "2. Verkehr"), anna)
    assert document.sections.get().text == (
        "Wir bauen zweihundert Wohnungen.\n\nDie Mieten steigen.\n\n"
        "Wir bauen einen Radweg. Wir senken den Fahrpreis."
    )


def test_another_heading_keeps_its_address(document, anna):
    editing.retitle(section(document, "1. Wohnen"), anna, "Bauen  und Wohnen")
    assert section(document, "Bauen und Wohnen").anchor == "wohnen"


def test_a_mended_word_in_the_text_moves_the_pledges_with_it(document, anna):
    place = section(document, "2. Verkehr")
    editing.rewrite(place, anna, "Vorweg gesagt: " + place.text)
    assert document.pledges.count() == 3
    assert every_pledge_stands_where_it_says(document)


def test_a_machine_s_pledge_goes_with_its_words_and_a_person_s_stays(document, anna):
    editing.confirm(pledge(document, "Radweg"), anna)
    editing.rewrite(section(document, "2. Verkehr"), anna, "Alles anders.")
    assert [p.text for p in document.pledges.filter(section__title="2. Verkehr")] == [
        "Wir bauen einen Radweg."
    ]


# ── history ──


ACTS = {
    "confirm": lambda d, u: editing.confirm(pledge(d, "Radweg"), u),
    "reject": lambda d, u: editing.reject(pledge(d, "Radweg"), u),
    "edit": lambda d, u: editing.edit(pledge(d, "Radweg"), u, text="Radweg", slugs=["mobilitaet"]),
    "add": lambda d, u: editing.add(section(d, "1. Wohnen"), u, start=33, end=52),
    "demote": lambda d, u: editing.demote(section(d, "2. Verkehr"), u),
    "merge": lambda d, u: editing.merge(section(d, "2. Verkehr"), u),
    "split": lambda d, u: editing.split(section(d, "1. Wohnen"), u, start=33, end=52),
    "retitle": lambda d, u: editing.retitle(section(d, "1. Wohnen"), u, "Neu"),
    "rewrite": lambda d, u: editing.rewrite(section(d, "1. Wohnen"), u, "Nichts."),
    "publish": lambda d, u: editing.publish(d, u),
    "reread": lambda d, u: rereading.apply(d, u, parsed(("Neu", ["Wir tun was."]))),
}


@pytest.mark.parametrize("act", ACTS)
def test_every_act_is_written_down_with_its_author_and_can_be_taken_back(document, anna, act):
    before = everything(document)
    ACTS[act](document, anna)
    assert everything(document) != before
    assert document.changes.get().user == anna
    history.undo(document, anna)
    assert everything(document) == before
    assert document.changes.get().undone


def test_undoing_twice_takes_two_acts_back(document, anna):
    before = everything(document)
    editing.reject(pledge(document, "Radweg"), anna)
    editing.merge(section(document, "2. Verkehr"), anna)
    history.undo(document, anna)
    history.undo(document, anna)
    assert everything(document) == before
    with pytest.raises(history.NotUndoable):
        history.undo(document, anna)


def test_a_field_that_a_person_changed_is_theirs(document, anna):
    before = history.fields_of(document)
    document.title = "Richtig"
    document.save()
    editing.fields_changed(document, anna, before)
    importing.apply(document, parsed(HOUSING, about=pieces.About(title="Falsch")))
    document.refresh_from_db()
    assert document.title == "Richtig"
    assert document.changes.get().details[0] == {
        "field": "title",
        "old": "Unser Programm",
        "new": "Richtig",
    }


# ── withdrawing ──


def test_a_withdrawn_document_keeps_its_record_and_loses_text_and_original(document, anna):
    editing.publish(document, anna)
    path = document.original.path
    editing.withdraw(document, anna, "Auf Wunsch der Partei")
    document.refresh_from_db()
    assert (document.title, document.withdrawal_reason) == (
        "Unser Programm",
        "Auf Wunsch der Partei",
    )
    assert not document.text and not document.original and not document.fingerprint
    assert not document.sections.exists() and not document.pledges.exists()
    assert document.original.storage.exists(path) is True  # until the transaction is committed


def test_the_address_of_a_withdrawn_pledge_says_why(document, anna, client):
    editing.publish(document, anna)
    editing.reject(pledge(document, "Radweg"), anna)
    shown, rejected = pledge(document, "Fahrpreis"), pledge(document, "Radweg")
    editing.withdraw(document, anna, "Auf Wunsch der Partei")
    gone = client.get(shown.get_absolute_url())
    assert gone.status_code == 410 and "Auf Wunsch der Partei" in gone.text
    assert shown.text not in gone.text and "ld+json" not in gone.text
    assert "ld+json" not in client.get(document.get_absolute_url()).text
    assert client.get(rejected.get_absolute_url()).status_code == 404
    editing.restore(document, anna)
    assert client.get(shown.get_absolute_url()).status_code == 200
    editing.withdraw(document, anna, "Gericht")
    editing.purge(document, anna)
    assert client.get(shown.get_absolute_url()).status_code == 410


def test_a_reason_is_needed(document, anna):
    with pytest.raises(editing.Refusal, match="Grund"):
        editing.withdraw(document, anna, "  ")
    document.refresh_from_db()
    assert document.status == "draft"


def test_a_restored_document_is_what_it_was(document, anna, django_capture_on_commit_callbacks):
    editing.publish(document, anna)
    editing.reject(pledge(document, "Radweg"), anna)
    before = everything(document)
    path = document.original.path
    with django_capture_on_commit_callbacks(execute=True):
        editing.withdraw(document, anna, "Irrtum")
    assert not document.original.storage.exists(path)
    with django_capture_on_commit_callbacks(execute=True):
        editing.restore(document, anna)
    assert everything(document) == before
    document.refresh_from_db()
    assert document.original.open().read() == b"Datei"


def test_what_was_deleted_for_good_cannot_be_restored(document, anna):
    editing.withdraw(document, anna, "Gericht")
    editing.purge(document, anna)
    with pytest.raises(editing.Refusal, match="endgültig gelöscht"):
        editing.restore(document, anna)
    assert not Change.objects.exclude(before=b"").exists()


def test_what_is_not_withdrawn_cannot_be_deleted(document, anna):
    with pytest.raises(editing.Refusal):
        editing.purge(document, anna)


# ── re-reading ──


def test_decisions_survive_a_re_reading(document, anna):
    editing.confirm(pledge(document, "Radweg"), anna)
    editing.reject(pledge(document, "Fahrpreis"), anna)
    editing.edit(pledge(document, "Wohnungen"), anna, slugs=["mobilitaet"])
    editing.demote(section(document, "2. Verkehr"), anna)
    rereading.apply(document, anna, parsed(HOUSING, TRAFFIC, ("3. Neu", ["Wir tun mehr."])))
    decisions = dict(document.pledges.values_list("text", "decision"))
    assert decisions["Wir bauen einen Radweg."] == "confirmed"
    assert decisions["Wir senken den Fahrpreis."] == "rejected"
    assert decisions["Wir bauen zweihundert Wohnungen."] == "edited"
    assert outline(document) == [(1, "1. Wohnen"), (2, "2. Verkehr")]


def test_what_would_change_is_shown_and_nothing_is_changed(document, anna):
    before = everything(document)
    row = rereading.ask(document, anna, parsed(HOUSING, ("3. Neu", ["Wir tun mehr."])))
    assert row.state == "changes"
    assert row.changes["new"] == ["Wir tun mehr."]
    assert everything(document) == before


def test_a_lost_original_is_said_in_a_sentence(document, anna):
    document.original = ""
    document.save()
    row = rereading.ask(document, anna)
    assert row.state == "failed" and "keine Originaldatei" in row.sentence


def test_the_anchor_of_a_heading_that_was_merged_still_leads_there(document, anna, client):
    editing.publish(document, anna)
    gone = section(document, "2. Verkehr").anchor
    here = section(document, "1. Wohnen").anchor
    editing.merge(section(document, "2. Verkehr"), anna)
    page = client.get(document.get_absolute_url()).text
    assert page.index(f'id="{here}"') < page.index(f'id="{gone}"') < page.index("Radweg")
    cited = client.get(f"/zitieren/abschnitt/{document.pk}/{gone}/text/")
    assert (cited.status_code, cited.url) == (
        301,
        f"/zitieren/abschnitt/{document.pk}/{here}/text/",
    )
    history.undo(Document.objects.get(pk=document.pk), anna)
    assert client.get(document.get_absolute_url()).text.count(f'id="{gone}"') == 1


def test_anchors_lead_on_when_their_new_section_is_merged_too(document, anna):
    first = importing.store(
        parsed(("Eins", ["Wir a."]), ("Zwei", ["Wir b."]), ("Drei", ["Wir c."]), data=b"drei")
    ).document
    names = dict(first.sections.values_list("title", "anchor"))
    editing.merge(section(first, "Drei"), anna)
    editing.merge(section(first, "Zwei"), anna)
    assert Document.objects.get(pk=first.pk).former_anchors == {
        names["Drei"]: names["Eins"],
        names["Zwei"]: names["Eins"],
    }


def test_the_anchor_of_a_heading_that_a_new_reading_lost_leads_to_the_one_before(document):
    again = parsed((HOUSING[0], [*HOUSING[1], *TRAFFIC[1]]))
    importing.apply(document, again)
    document.refresh_from_db()
    assert document.former_anchors == {"verkehr": "wohnen"}


def test_years_and_numbers_of_a_pledge_are_set_in_its_own_words(document, anna):
    one = pledge(document, "zweihundert")
    editing.edit(one, anna, text="Wir bauen zweihundert Wohnungen.", years=[2030, 2027, 2030])
    one.refresh_from_db()
    assert (one.years, one.due, one.decision) == ([2027, 2030], 2030, "edited")
    editing.edit(one, anna, quantities=["zweihundert Wohnungen"])
    one.refresh_from_db()
    assert [(q["value"], q["text"]) for q in one.quantities] == [(200, "zweihundert Wohnungen")]
    with pytest.raises(editing.Refusal, match="300 Wohnungen"):
        editing.edit(one, anna, quantities=["300 Wohnungen"])
    editing.edit(one, anna, quantities=[], years=[])
    one.refresh_from_db()
    assert (one.years, one.quantities) == ([], [])


def test_all_pledges_of_a_section_get_one_main_topic_and_back(document, anna):
    before = everything(document)
    changed = editing.set_section_topic(section(document, "2. Verkehr"), anna, "mobilitaet")
    assert changed == 2
    traffic = section(document, "2. Verkehr").pledges.all()
    assert {one.ranked_topics[0].slug for one in traffic} == {"mobilitaet"}
    assert {one.decision for one in traffic} == {"edited"}
    history.undo(document, anna)
    assert everything(document) == before


def test_a_withdrawn_programme_is_missing_again(document, anna):
    place = Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    party = Party.objects.create(short_name="MP", name="Musterpartei")
    for row, year in (
        (document, 2026),
        (importing.store(parsed(HOUSING, data=b"2")).document, 2020),
    ):
        Document.objects.filter(pk=row.pk).update(kind="programme", year=year)
        row.municipalities.add(place)
        row.parties.add(party)
    row = next(row for row in completeness.rows() if row.year == 2026)
    assert [party for party, _ in row.there] == [party]
    editing.withdraw(document, anna, "Auf Wunsch")
    assert 2026 not in [row.year for row in completeness.rows()]


def test_what_was_said_of_a_text_when_it_came_in_survives_a_new_reading(db):
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    Party.objects.create(short_name="Liste A, B", name="Liste A, B")
    said = {
        "municipalities": "09999001",
        "local_lists": "Liste A, B",
        "year": "2020",
        "date": "2020-05",
        "kind": "programme",
        "title": "Unser Angebot",
    }
    data = b"# Wohnen\n\nWir bauen Wohnungen.\n"
    document = importing.store(importing.read(data, "angebot.md", said)).document
    before = history.fields_of(document)
    row = rereading.ask(document, None)
    assert row.changes["fields"] == {}
    rereading.apply(document, None)
    document.refresh_from_db()
    assert history.fields_of(document) == before
    assert (document.year, document.date) == (2020, "2020-05")
