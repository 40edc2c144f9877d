"""The kept numbers are those that counting gives, whatever was changed."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from parsing import parsed

from programmes import editing, history, importing, tally
from programmes.models import Document, Municipality, Party, Pledge, Topic
from programmes.standing import Tallied, Tally

pytestmark = pytest.mark.django_db

HOUSING = ("1. Wohnen", ["Wir bauen zweihundert Wohnungen.", "Wir senken die Miete."])
TRAFFIC = ("2. Verkehr", ["Wir bauen einen Radweg."])


@pytest.fixture
def anna() -> User:
    return User.objects.create_user("anna")


@pytest.fixture
def held() -> list[Document]:
    """Two published documents and a draft, of two parties in two places."""
    topics = [Topic.objects.create(slug=slug, label_de=slug) for slug in ("wohnen", "mobilitaet")]
    places = [
        Municipality.objects.create(ags=f"9900100{at}", name=f"Ort {at}", kind="town")
        for at in range(2)
    ]
    parties = [Party.objects.create(short_name=name, name=name) for name in ("Mitte", "Rand")]
    documents = []
    for at in range(3):
        text = parsed(HOUSING, TRAFFIC, data=str(at).encode())
        document = importing.store(text, publish=at < 2).document
        document.municipalities.set(places[: at + 1])
        document.parties.set(parties[at % 2 :])
        for number, pledge in enumerate(document.pledges.all()):
            pledge.years, pledge.quantities = [2030 + number], [{"text": "200"}] * (number % 2)
            pledge.save()
            history.set_topics(pledge, [topics[number % 2].slug])
        importing.settle(document)
        documents.append(document)
    return documents


def kept() -> dict:
    rows = Tally.objects.exclude(documents=0).values(*tally.GROUP, *tally.MEASURES)
    return {tuple(row[name] for name in tally.GROUP): row for row in rows}


def pledge(held) -> Pledge:
    return held[0].pledges.order_by("position").first()


def set_year(document: Document, year: int) -> None:
    document.year = year
    document.save()


CHANGES = {
    "published": lambda held, anna: editing.publish(held[2], anna),
    "unpublished": lambda held, anna: editing.unpublish(held[0], anna),
    "withdrawn": lambda held, anna: editing.withdraw(held[0], anna, "Wunsch"),
    "restored": lambda held, anna: (
        editing.withdraw(held[0], anna, "Wunsch"),
        editing.restore(held[0], anna),
    ),
    "deleted": lambda held, anna: held[0].delete(),
    "another year": lambda held, anna: set_year(held[0], 1999),
    "pledge rejected": lambda held, anna: editing.reject(pledge(held), anna),
    "pledge edited": lambda held, anna: editing.edit(pledge(held), anna, slugs=["mobilitaet"]),
    "pledge taken back": lambda held, anna: (
        editing.reject(pledge(held), anna),
        history.undo(held[0], anna),
    ),
    "section's topic": lambda held, anna: editing.set_section_topic(
        held[0].sections.first(), anna, "mobilitaet"
    ),
    "text rewritten": lambda held, anna: editing.rewrite(
        held[0].sections.get(title="1. Wohnen"), anna, "Die Miete steigt."
    ),
    "read again": lambda held, anna: importing.apply(held[0], parsed(TRAFFIC, data=b"0")),
    "another place": lambda held, anna: held[0].municipalities.set(["99001001"]),
    "no place": lambda held, anna: Municipality.objects.get(pk="99001000").documents.clear(),
    "a place goes": lambda held, anna: Municipality.objects.get(pk="99001001").delete(),
    "a party goes": lambda held, anna: Party.objects.get(short_name="Rand").delete(),
    "no party": lambda held, anna: Party.objects.get(short_name="Mitte").documents.remove(held[0]),
}


@pytest.mark.parametrize("what", CHANGES)
def test_after_every_kind_of_change_the_sums_are_those_of_a_recount(held, anna, what):
    CHANGES[what](held, anna)
    found = kept()
    tally.recount()
    assert found == kept()


def test_only_what_is_published_counts(held):
    whole = tally.of("all").get()
    assert (whole.documents, whole.pledges, whole.sections, whole.countable) == (2, 6, 4, 2)
    assert dict(tally.of("place").values_list("place", "documents")) == {
        "99001000": 2,
        "99001001": 1,
    }
    topics = tally.of("topic party", party=Party.objects.get(short_name="Mitte").pk)
    assert sorted(topics.values_list("pledges", flat=True)) == [1, 2]


def test_what_a_document_does_not_say_is_counted_as_unknown(held):
    held[0].parties.clear()
    held[0].municipalities.clear()
    assert tally.of(tally.NOBODY).get().documents == tally.of(tally.NOWHERE).get().documents == 1
    held[0].publisher = "Stadtverwaltung"
    held[0].save()
    assert not tally.of(tally.NOBODY).exists()


def test_a_change_that_does_not_come_to_pass_is_not_counted(held):
    before = kept()
    with pytest.raises(RuntimeError), transaction.atomic():
        held[0].delete()
        raise RuntimeError
    assert kept() == before


def test_a_change_of_one_document_asks_nothing_of_the_others(held):
    with CaptureQueriesContext(connection) as few:
        held[0].save()
    for at in range(10, 16):
        importing.store(parsed(HOUSING, data=str(at).encode()), publish=True)
    with CaptureQueriesContext(connection) as many:
        held[0].save()
    assert len(few) == len(many)


def test_an_archive_that_was_never_counted_is_counted_by_the_command(held, capsys):
    right = kept()
    Tally.objects.all().delete()
    Tallied.objects.all().delete()
    call_command("recount")
    assert kept() == right
    assert "2 Dokumente, 6 Versprechen" in capsys.readouterr().out
