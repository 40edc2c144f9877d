"""Do prepared queries answer as Django's own do, whatever they are asked with?"""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from parsing import parsed

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Document, Pledge
from programmes.prepared import AT_ONCE, Prepared

in_list = Prepared(
    Pledge,
    lambda numbers, specificity: (
        Pledge.objects.filter(pk__in=numbers, specificity=specificity)
        .order_by("pk")
        .values_list("pk", "text", "years", "document__invented", "document__changed")
    ),
)
of_year = Prepared(Document, lambda year: Document.objects.filter(year=year).values_list("pk"))


@pytest.fixture
def pledges(db):
    text = parsed(("Verkehr", ["Wir bauen bis 2030 zwölf Radwege.", "Wir wollen mehr Busse."]))
    importing.store(text, publish=True)
    return list(Pledge.objects.order_by("pk"))


def test_it_answers_what_the_query_answers(pledges):
    numbers = [pledge.pk for pledge in pledges]
    for specificity in ("concrete", "vague", "' OR 1=1 --"):
        asked = Pledge.objects.filter(specificity=specificity).order_by("pk")
        plain = asked.values_list("pk", "text", "years", "document__invented", "document__changed")
        assert [tuple(row) for row in in_list(numbers, specificity)] == list(plain)
        assert not in_list([numbers[-1] + 1], specificity)


def test_a_list_of_any_length_is_one_query(pledges):
    numbers = {pledges[0].pk: None} | dict.fromkeys(range(10**6, 10**6 + 3 * AT_ONCE))
    with CaptureQueriesContext(connection) as asked:
        (row,) = in_list(numbers, pledges[0].specificity)
    assert row[0] == pledges[0].pk
    assert len(asked) == 1


def test_a_year_may_be_any_that_an_address_has(db):
    about = pieces.About("Programm", year=2025)
    document = importing.store(parsed(("A", ["Wir bauen."]), about=about), publish=True).document
    assert [tuple(row) for row in of_year(2025)] == [(document.pk,)]
    assert [tuple(row) for row in of_year(1999)] == []
