"""A newer release brings its terms to the topics of an archive that is there, and undoes no archivist."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from programmes import gazetteer
from programmes.models import Topic

pytestmark = pytest.mark.django_db


@pytest.fixture
def release(tmp_path: Path):
    """Load the topic "wohnen" with these terms, as a release supplies them."""
    (tmp_path / "municipalities.csv").write_text("ags,name,kind\n", encoding="utf-8")
    (tmp_path / "parties.json").write_text("[]", encoding="utf-8")

    def load(*terms: str) -> list[str]:
        row = {
            "slug": "wohnen", "label_de": "Wohnen", "label_en": "Housing", "definition": "",
            "indicators": list(terms), "marpor": [], "cap": "",
        }  # fmt: skip
        (tmp_path / "topics.json").write_text(json.dumps([row]), encoding="utf-8")
        gazetteer.load_reference(tmp_path)
        return Topic.objects.get(slug="wohnen").indicators

    return load


def change(*terms: str) -> None:
    Topic.objects.filter(slug="wohnen").update(indicators=list(terms))


def test_new_terms_reach_a_topic_that_is_there(release):
    release("miet", "wohnung")
    assert release("miet", "wohnung", "bauland") == ["miet", "wohnung", "bauland"]


def test_terms_that_an_archivist_added_stay(release):
    release("miet")
    change("miet", "stadtvilla")
    assert release("miet", "bauland") == ["miet", "stadtvilla", "bauland"]


def test_terms_that_an_archivist_took_out_stay_out(release):
    release("miet", "wohnung")
    change("miet")
    assert release("miet", "wohnung", "bauland") == ["miet", "bauland"]


def test_terms_that_a_release_takes_back_go(release):
    release("miet", "haus")
    change("miet", "haus", "stadtvilla")
    assert release("miet") == ["miet", "stadtvilla"]


def test_an_archive_older_than_this_gets_what_is_missing(release):
    release("miet", "wohnung")
    Topic.objects.update(supplied=[], indicators=["stadtvilla", "miet"])
    assert release("miet", "wohnung") == ["stadtvilla", "miet", "wohnung"]
