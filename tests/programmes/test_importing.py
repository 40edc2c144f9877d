"""What goes in stays: the same bytes once, keys and anchors for ever, people's decisions before machines'."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from parsing import parsed

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Document, Municipality, Party, Pledge, Topic

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def topics():
    for slug in ("wohnen", "mobilitaet"):
        Topic.objects.create(slug=slug, label_de=slug, label_en=slug)


HOUSING = ("1. Wohnen", ["Wir bauen zweihundert Wohnungen am Bahnhof.", "Die Mieten steigen."])
TRAFFIC = ("2. Verkehr", ["Wir bauen einen Radweg nach Süden.", "Wir senken den Fahrpreis."])


def keys(document: Document) -> dict[str, str]:
    return dict(document.pledges.values_list("text", "key"))


def test_a_document_is_stored_with_its_sections_and_pledges_in_order():
    document = importing.store(parsed(HOUSING, TRAFFIC)).document
    assert [section.anchor for section in document.sections.all()] == ["wohnen", "verkehr"]
    assert [pledge.text for pledge in document.pledges.all()] == [
        "Wir bauen zweihundert Wohnungen am Bahnhof.",
        "Wir bauen einen Radweg nach Süden.",
        "Wir senken den Fahrpreis.",
    ]
    assert document.pledge_count == 3
    assert document.topic_counts.get().pledges == 3


def test_the_same_bytes_twice_change_nothing():
    first = importing.store(parsed(HOUSING))
    second = importing.store(parsed(HOUSING, TRAFFIC))
    assert (first.created, second.created) == (True, False)
    assert second.document == first.document
    assert Document.objects.get().sections.count() == 1


def test_the_original_is_kept_under_its_checksum():
    document = importing.store(parsed(HOUSING, data=b"ganz genau dies")).document
    assert document.original.open().read() == b"ganz genau dies"
    assert "programm" not in document.original.name


def test_two_equal_headings_get_two_anchors():
    document = importing.store(parsed(("Ziele", ["A."]), ("Ziele", ["B."]))).document
    assert [section.anchor for section in document.sections.all()] == ["ziele", "ziele-2"]


def test_keys_and_anchors_survive_a_re_reading_with_other_sections():
    document = importing.store(parsed(HOUSING, TRAFFIC)).document
    before = keys(document)
    anchors = {section.title: section.anchor for section in document.sections.all()}
    importing.apply(document, parsed(("Vorwort", ["Liebe Leute."]), TRAFFIC, HOUSING))
    after = keys(document)
    assert after == before
    assert {s.title: s.anchor for s in document.sections.all()} == {"Vorwort": "vorwort", **anchors}


def test_a_key_survives_a_better_cut_of_the_sentence():
    document = importing.store(
        parsed(("A", ["Wir bauen bis 2030 zweihundert Wohnungen am alten Bahnhof – und mehr."]))
    ).document
    key = document.pledges.get().key
    importing.apply(
        document, parsed(("A", ["Wir bauen bis 2030 zweihundert Wohnungen am alten Bahnhof"]))
    )
    assert document.pledges.get().key == key


def test_equal_sentences_have_keys_of_their_own():
    document = importing.store(parsed(("A", ["Wir sparen."]), ("B", ["Wir sparen."]))).document
    assert len(set(document.pledges.values_list("key", flat=True))) == 2


def test_a_new_sentence_with_the_words_of_a_kept_one_gets_another_key():
    document = importing.store(parsed(("A", ["Wir sparen."]))).document
    importing.apply(document, parsed(("A", ["Wir sparen."]), ("B", ["Wir sparen."])))
    assert len(set(document.pledges.values_list("key", flat=True))) == 2


@pytest.mark.parametrize("decision", ["confirmed", "edited", "added", "rejected"])
def test_what_a_person_decided_stays_when_the_machine_no_longer_finds_it(decision):
    document = importing.store(parsed(HOUSING, TRAFFIC)).document
    pledge = document.pledges.get(text="Wir senken den Fahrpreis.")
    pledge.decision = decision
    pledge.save()
    without = parsed(HOUSING, ("2. Verkehr", ["Heute ist es teuer. Wir senken den Fahrpreis."]))
    importing.apply(document, without)
    pledge.refresh_from_db()
    assert pledge.decision == decision
    assert pledge.section.text[pledge.start : pledge.end] == pledge.text


def test_a_rejected_pledge_is_not_found_again():
    document = importing.store(parsed(TRAFFIC)).document
    document.pledges.filter(text="Wir senken den Fahrpreis.").update(
        decision=Pledge.Decision.REJECTED
    )
    importing.apply(document, parsed(TRAFFIC))
    assert [pledge.text for pledge in document.pledges.standing()] == [
        "Wir bauen einen Radweg nach Süden."
    ]
    document.refresh_from_db()
    assert document.pledge_count == 1


def test_an_edited_topic_stays():
    document = importing.store(parsed(HOUSING)).document
    pledge = document.pledges.get()
    pledge.decision = Pledge.Decision.EDITED
    pledge.save()
    pledge.pledgetopic_set.all().delete()
    pledge.pledgetopic_set.create(topic=Topic.objects.get(slug="mobilitaet"))
    importing.apply(document, parsed(HOUSING))
    assert [topic.slug for topic in document.pledges.get().ranked_topics] == ["mobilitaet"]


def test_a_corrected_field_stays_and_others_follow_the_text():
    document = importing.store(parsed(HOUSING)).document
    document.title, document.decided = "Richtiger Titel", ["title"]
    document.save()
    importing.apply(document, parsed(HOUSING, about=pieces.About(title="Falsch", year=2025)))
    document.refresh_from_db()
    assert (document.title, document.year) == ("Richtiger Titel", 2025)


def test_changes_are_shown_without_being_made():
    document = importing.store(parsed(HOUSING, TRAFFIC)).document
    changes = importing.changes(
        document, parsed(HOUSING, ("3. Neu", ["Wir bauen eine Schule im Norden."]))
    )
    assert changes.new == ("Wir bauen eine Schule im Norden.",)
    assert set(changes.gone) == {"Wir bauen einen Radweg nach Süden.", "Wir senken den Fahrpreis."}
    assert (changes.new_sections, changes.gone_sections) == (("3. Neu",), ("2. Verkehr",))
    assert document.pledges.count() == 3
    assert not importing.changes(document, parsed(HOUSING, TRAFFIC))


def test_a_near_copy_is_reported_with_its_twin_and_stored_all_the_same():
    long = [
        f"Satz Nummer {number} handelt von Dingen und Sachen der Stadt." for number in range(40)
    ]
    first = importing.store(parsed(("A", long), data=b"eins")).document
    second = importing.store(parsed(("A", [*long, "Noch einer."]), data=b"zwei"))
    other = importing.store(
        parsed(("B", ["Etwas ganz anderes steht in diesem kurzen Text."]), data=b"drei")
    )
    assert second.created and second.twin == first
    assert other.twin is None


def test_places_and_parties_are_those_of_the_archive():
    Municipality.objects.create(ags="99001000", name="Musterstadt", kind="city")
    Party.objects.create(short_name="Die Beispielpartei", name="Die Beispielpartei")
    about = pieces.About(title="T", municipalities=("99001000",), parties=("Die Beispielpartei",))
    document = importing.store(parsed(HOUSING, about=about)).document
    assert [place.name for place in document.municipalities.all()] == ["Musterstadt"]
    assert [party.short_name for party in document.parties.all()] == ["Die Beispielpartei"]


def test_a_text_without_title_is_shown_by_its_first_words():
    about = pieces.About()
    document = importing.store(parsed(("", ["Wir bauen. " * 20]), about=about)).document
    assert document.title.startswith("Wir bauen. Wir bauen.") and document.title.endswith("…")
    assert document.report["title_from_text"] is False


def test_an_edited_pledge_with_other_words_is_known_by_its_place():
    document = importing.store(parsed(HOUSING, TRAFFIC)).document
    pledge = document.pledges.get(text="Wir senken den Fahrpreis.")
    pledge.text, pledge.decision = "Busfahren wird billiger.", Pledge.Decision.EDITED
    pledge.save()
    importing.apply(document, parsed(HOUSING, TRAFFIC))
    assert not document.pledges.filter(text="Wir senken den Fahrpreis.").exists()
    assert document.pledges.get(key=pledge.key).text == "Busfahren wird billiger."


def test_what_is_judged_otherwise_is_shown_before_it_is_changed():
    document = importing.store(parsed(HOUSING)).document
    document.pledges.update(specificity="concrete")
    (change,) = importing.changes(document, parsed(HOUSING)).judged
    assert change[1:] == ("specificity", "concrete", "vague")
    assert document.pledges.get().specificity == "concrete"


def test_a_decided_pledge_is_judged_by_nobody_else():
    document = importing.store(parsed(HOUSING)).document
    document.pledges.update(specificity="concrete", decision=Pledge.Decision.CONFIRMED)
    assert not importing.changes(document, parsed(HOUSING))


SENTENCES = [
    f"Wir bauen Haus Nummer {n} in der {n}. Straße." for n in "eins zwei drei vier".split()
]


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(order=st.permutations(SENTENCES), kept=st.sets(st.sampled_from(SENTENCES)))
def test_keys_and_decisions_survive_any_change_of_the_neighbourhood(order, kept):
    Document.objects.all().delete()
    document = importing.store(parsed(("A", SENTENCES))).document
    document.pledges.filter(text=SENTENCES[0]).update(decision=Pledge.Decision.REJECTED)
    before = dict(document.pledges.values_list("text", "key"))
    again = parsed(("Neu", ["Es regnet.", *(one for one in order if one in kept)]), ("B", []))
    importing.apply(document, again)
    after = dict(document.pledges.values_list("text", "key"))
    assert after == {text: before[text] for text in kept | {SENTENCES[0]}}
    assert document.pledges.get(text=SENTENCES[0]).decision == Pledge.Decision.REJECTED
    importing.apply(document, parsed(("A", SENTENCES)))
    assert dict(document.pledges.values_list("text", "key")) == before
