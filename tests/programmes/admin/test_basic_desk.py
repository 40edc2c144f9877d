"""The shortest way through the desk: offer a text, look at what was read, publish it."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import Group, User
from django.urls import reverse

from programmes import intake
from programmes.models import Document
from programmes.records import Upload

pytestmark = pytest.mark.django_db

TEXT = """# Programm der Bürgerliste Auental

## Wohnen

Wir bauen bis 2031 achtzig neue Wohnungen am Bahnhof.
"""


@pytest.fixture
def archivist(client):
    user = User.objects.create_user("anna", is_staff=True)
    user.groups.add(Group.objects.get(name="Archivare"))
    client.force_login(user)
    return client


def test_a_pasted_text_becomes_a_draft_and_then_a_page(archivist):
    archivist.post(reverse("admin:programmes_upload_add"), {"text": TEXT})
    intake.drain(1)
    document = Document.objects.get()
    assert document.status == "draft"
    page = archivist.get(reverse("admin:programmes_document_change", args=[document.pk]))
    assert "Programm der Bürgerliste Auental" in page.text
    assert "achtzig neue Wohnungen" in page.text
    archivist.post(reverse("admin:programmes_document_veroeffentlichen", args=[document.pk]))
    archivist.logout()
    assert "achtzig neue Wohnungen" in archivist.get(document.get_absolute_url()).text


def test_the_answer_to_an_upload_does_not_wait_for_the_reading(archivist):
    archivist.post(reverse("admin:programmes_upload_add"), {"text": TEXT})
    assert Upload.objects.get().state == "waiting"
    assert not Document.objects.exists()
