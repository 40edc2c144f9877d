"""Is the reader of a long programme light, and does it ask the database little?"""

from __future__ import annotations

import gzip
import random

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from parsing import parsed

from programmes import importing
from programmes.models import Document, Municipality, Party, Pledge, Topic
from search.models import Parallel

PAGES, SENTENCES = 60, 22  # some 2,400 letters a page
SYLLABLES = (
    "ver ge be stadt rad weg bau haus kin der gar ten schu le kli ma schutz bür ger amt".split()
)


def programme(seed, pages=PAGES):
    """Words as varied as those of a real text; every third sentence is a pledge."""
    drawn = random.Random(seed)

    def sentence(number):
        words = ["".join(drawn.choices(SYLLABLES, k=drawn.randint(1, 4))) for _ in range(14)]
        return f"{'Wir' if number % 3 == 0 else 'Es'} {' '.join(words)}."

    sections = [
        (f"{page}. {drawn.choice(SYLLABLES)}", [sentence(number) for number in range(SENTENCES)])
        for page in range(pages)
    ]
    stored = importing.store(parsed(*sections, data=str(seed).encode()), publish=True).document
    place, _ = Municipality.objects.get_or_create(ags="99001000", name="Moorau", kind="city")
    party, _ = Party.objects.get_or_create(slug="mitte", short_name="Mitte", name="Mitte")
    stored.municipalities.set([place])
    stored.parties.set([party])
    return stored


@pytest.fixture
def long_programme(db):
    Topic.objects.get_or_create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    for seed in range(3):
        beside = programme(seed, pages=2)
    Document.objects.filter(pk=beside.pk).update(year=2021)
    read = programme(3)
    for one, other in zip(read.pledges.all()[:9], beside.pledges.all()[:9], strict=True):
        Parallel.objects.create(first=other, second=one, share=0.9)
    return read


def test_a_programme_of_sixty_pages_is_below_150_kb_and_15_queries(client, long_programme):
    with CaptureQueriesContext(connection) as asked:
        page = client.get(long_programme.get_absolute_url())
    text = page.text
    assert text.count('<mark id="v-') == long_programme.pledge_count > 400
    assert len("".join(section.text for section in long_programme.sections.all())) > 120_000
    assert "Fast derselbe Wortlaut anderswo" in text and "Mehr aus diesem Ort" in text
    assert len(gzip.compress(page.content)) < 150_000
    assert len(asked) < 15


def test_the_reader_costs_the_same_however_many_pledges_a_document_has(client, long_programme):
    def queries(document):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(document.get_absolute_url()).status_code == 200
        return len(asked)

    Parallel.objects.all().delete()
    short = Document.objects.exclude(pk=long_programme.pk).latest("pk")
    assert short.pledge_count * 10 < long_programme.pledge_count
    assert queries(short) == queries(long_programme)


def test_what_a_person_rejected_is_not_marked(client, long_programme):
    pledge = long_programme.pledges.first()
    Pledge.objects.filter(pk=pledge.pk).update(decision="rejected")
    assert f'id="v-{pledge.key}"' not in client.get(long_programme.get_absolute_url()).text
