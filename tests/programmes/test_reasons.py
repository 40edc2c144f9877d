"""A reader can ask of every pledge why it is one, and is answered in words."""

from __future__ import annotations

import pytest

from programmes import importing
from programmes.ingest import pipeline
from programmes.ingest.pieces import Known, Source
from programmes.ingest.pieces import Topic as Scheme
from programmes.models import Pledge, Topic
from programmes.templatetags.reading import reasons

TEXT = """# Wahlprogramm 2026

## Verkehr

Wir wollen bis 2030 drei neue Radwege bauen. Die Busse fahren heute leer.
"""


@pytest.fixture
def pledge(db) -> Pledge:
    Topic.objects.create(slug="verkehr", label_de="Verkehr", label_en="Traffic")
    scheme = Known(topics=(Scheme("verkehr", "Verkehr", ("radweg", "verkehr")),))
    read = pipeline.parse(Source(TEXT.encode(), "programm.md"), scheme)
    document = importing.store(read, publish=True).document
    return document.pledges.get(text__contains="Radwege")


def test_the_page_of_a_pledge_says_why_it_is_one(client, pledge):
    page = client.get(pledge.get_absolute_url()).content.decode()
    why = page.partition("Warum ist das ein Versprechen?")[2].partition("</details>")[0]
    assert "Wir wollen" in why
    assert "sagt, was die Partei will" in why
    assert "die Überschrift" in why
    assert "„Radwege“" in why
    assert "we-want" not in page


def test_what_spoke_against_is_told_with_the_words_of_the_text():
    doubtful = Pledge(
        text="Wir wollen im Wahlkampf Radwege bauen.",
        reasons=["we-want: Wir wollen", "-own-cause: wahlkampf", "-no-object: values only"],
    )
    assert reasons(doubtful)["against"] == ["wahlkampf"]


def test_a_pledge_without_stored_reasons_has_no_empty_box(client, pledge):
    Pledge.objects.update(reasons=[])
    assert "Warum ist das" not in client.get(pledge.get_absolute_url()).content.decode()


def test_reading_a_text_again_renews_the_reasons(pledge):
    before = pledge.reasons
    Pledge.objects.update(reasons=[])
    read = pipeline.parse(Source(TEXT.encode(), "programm.md"), Known())
    importing.apply(pledge.document, read)
    pledge.refresh_from_db()
    assert pledge.reasons == [one for one in before if not one.startswith("topic")]
