"""Which documents are the same text, in which groups, and where does a person see that?"""

from __future__ import annotations

import random
import re

import pytest
from django.urls import reverse

from programmes import copies, importing
from programmes.ingest.fingerprint import fingerprint, resemblance
from programmes.models import Document

pytestmark = pytest.mark.django_db

NOUNS = "Radweg Schule Platz Brücke Halle Garten Bibliothek Wohnung Haltestelle Feuerwehr".split()
VERBS = (
    "bauen sanieren erweitern öffnen beleuchten begrünen erhalten planen fördern sichern".split()
)


def text(seed: int, sentences: int = 60) -> str:
    rng = random.Random(seed)
    return " ".join(
        f"Wir wollen {rng.choice(NOUNS)} {rng.randrange(99)} und {rng.choice(NOUNS)} in Straße {rng.randrange(999)} {rng.choice(VERBS)}."
        for _ in range(sentences)
    )


def edited(words: str, share: float) -> str:
    """Every so many-th word replaced, dropped or doubled, by turns."""
    rng = random.Random(1)
    kept: list[str] = []
    for word in words.split():
        if rng.random() < share:
            kept += rng.choice(([], ["neu"], [word, "auch"]))
        else:
            kept.append(word)
    return " ".join(kept)


def stored(name: str, words: str) -> Document:
    parsed = importing.read(f"# Programm\n\n{words}\n".encode(), name)
    return importing.store(parsed, publish=True).document


@pytest.mark.parametrize("share", [0.01, 0.05, 0.1])
def test_a_copy_with_every_tenth_word_changed_is_found(share):
    first = stored("a.md", text(1))
    assert stored("b.md", edited(text(1), share)).twin_of == first


def test_texts_that_only_sound_alike_are_no_copies():
    stored("a.md", text(1))
    assert stored("b.md", text(2)).twin_of is None


def test_the_same_text_in_another_format_is_the_same():
    page = "<html><body><main><h1>Programm</h1><p>" + text(1) + "</p></main></body></html>"
    first = stored("a.md", text(1))
    again = importing.store(importing.read(page.encode(), "a.html")).document
    assert again.twin_of == first
    assert resemblance(first.fingerprint, again.fingerprint) == 1


def test_what_hangs_together_is_one_group_and_what_is_hidden_is_not_told_of(client):
    first, second = stored("a.md", text(1)), stored("b.md", edited(text(1), 0.02))
    third, other = stored("c.md", edited(text(1), 0.1)), stored("d.md", text(2))
    Document.objects.filter(pk=second.pk).update(status=Document.Status.DRAFT)
    (group,) = copies.groups(Document.objects.all())
    assert [copy.document for copy in group] == [first, second, third]
    assert [copy.document for copy in copies.of(first, Document.objects.published())] == [third]
    assert copies.of(other, Document.objects.all()) == []
    page = client.get(first.get_absolute_url()).content.decode()
    assert third.get_absolute_url() in page
    assert second.get_absolute_url() not in page
    assert re.search(r"\d\d\s% der Wortfolgen gleich", page)


def test_the_desk_shows_every_group_and_a_document_its_own(admin_client):
    first, second = stored("eins.md", text(1)), stored("zwei.md", edited(text(1), 0.02))
    stored("allein.md", text(2))
    page = admin_client.get(reverse("admin:programmes_document_copies")).content.decode()
    assert "eins.md" in page and "zwei.md" in page and "allein.md" not in page
    for one, other in ((first, second), (second, first)):
        address = reverse("admin:programmes_document_change", args=[one.pk])
        assert f"({other.original_name}" in admin_client.get(address).content.decode()


def test_no_group_is_told_in_a_sentence(admin_client):
    page = admin_client.get(reverse("admin:programmes_document_copies")).content.decode()
    assert "Kein Text steht mehrmals im Archiv." in page


def test_a_fingerprint_of_another_make_is_like_nothing():
    assert resemblance(fingerprint(text(1)), b"x" * 384) == 0


def test_a_page_without_copies_asks_for_none(django_assert_num_queries):
    stored("a.md", text(1))
    document = copies.with_copies(Document.objects.all()).get()
    with django_assert_num_queries(0):
        assert copies.of(document, Document.objects.all()) == []
