"""What archivists change in the registers counts at once and outlives a restart."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.urls import reverse

from programmes import gazetteer
from programmes.models import Party, Topic

pytestmark = pytest.mark.django_db
REFERENCE = settings.BASE_DIR / "fixtures" / "reference"


def test_a_renamed_party_stays_renamed_and_single_after_a_restart():
    gazetteer.load_reference(REFERENCE)
    party = Party.objects.get(short_name="SPD")
    party.short_name = "Sozialdemokraten vor Ort"
    party.save()
    assert gazetteer.load_reference(REFERENCE)["parties"] == 0
    assert not Party.objects.filter(short_name="SPD").exists()


def test_an_alias_counts_from_the_next_file_on(desk):
    party = Party.objects.create(short_name="ABC", name="Auental Bürgerclub")
    form = {
        "short_name": "ABC",
        "name": party.name,
        "aliases": "Auenclub\nAuenbürger",
        "position": 5,
    }
    desk("archivist").post(reverse("admin:programmes_party_change", args=[party.pk]), form)
    assert gazetteer.known().parties[0].aliases == ("Auenclub", "Auenbürger")


def test_a_term_of_a_topic_counts_from_the_next_file_on(desk):
    topic = Topic.objects.create(slug="teiche", label_de="Teiche", label_en="Ponds")
    form = {"label_de": "Teiche", "label_en": "Ponds", "indicators": "teich\nweiher", "position": 5}
    desk("archivist").post(reverse("admin:programmes_topic_change", args=[topic.pk]), form)
    assert gazetteer.known().topics[0].indicators == ("teich", "weiher")


def test_two_lists_of_the_same_letters_get_addresses_of_their_own(desk):
    for name in ("Bürgerliste", "BÜRGERLISTE"):
        form = {"short_name": name, "name": name, "position": 100}
        desk("archivist").post(reverse("admin:programmes_party_add"), form)
    assert set(Party.objects.values_list("slug", flat=True)) == {"buergerliste", "buergerliste-2"}
