"""What pledges are about."""

from __future__ import annotations

import pytest

from programmes.ingest import topics
from programmes.ingest.pieces import Pledge, Section, Topic

SCHEME = (
    Topic("verkehr", "Verkehr", ("bus ", "radweg", "verkehr")),
    Topic("bildung", "Bildung", ("schul",)),
    Topic("natur", "Natur", ("grün", "baum")),
    Topic("wirtschaft", "Wirtschaft", ("gründung",)),
    Topic("jugend", "Jugend", ("~kinder", "kita")),
    Topic("gesundheit", "Gesundheit", ("gesundheit",)),
    Topic("wohnen", "Wohnen", ("wohn", "!wohnort", "!bewohn")),
    Topic("teilhabe", "Teilhabe", ("leichte sprache",)),
)


def about(text: str, title: str = "", before: str = "") -> tuple[str, ...]:
    whole = f"{before}\n\n{text}" if before else text
    start = len(whole) - len(text)
    section = Section(0, None, 1, title, whole)
    (found,) = topics.assign((Pledge(0, start, len(whole), text, "vague", ""),), (section,), SCHEME)
    return found.topics


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir bauen Radwege.", ("verkehr",)),
        ("Alle Grundschulen werden saniert.", ("bildung",)),
        ("Wir fördern die Gründung neuer Betriebe.", ("wirtschaft",)),
        ("Mehr Büsche pflanzen.", ()),
        ("Der Bus kommt öfter.", ("verkehr",)),
        ("Kindergesundheit geht vor.", ("gesundheit",)),
        ("Angebote wohnortnah für Bewohnerinnen.", ()),
        ("Alles in leichte Sprache übersetzen.", ("teilhabe",)),
        ("Wir handeln entschlossen.", ()),
    ],
)
def test_topics_of_a_sentence(text, expected):
    assert about(text)[:1] == expected[:1]


def test_at_most_two_topics():
    assert len(about("Radwege, Schulen, Bäume, Kitas und Wohnungen.")) == 2


def test_the_heading_speaks_where_the_sentence_does_not():
    assert about("Das bauen wir aus.", title="Schulen") == ("bildung",)


def test_the_sentence_outweighs_the_heading():
    assert about("Wir bauen Radwege.", title="Schulen")[0] == "verkehr"


def test_what_came_before_helps_an_anaphora():
    assert about("Dies wollen wir ausbauen.", before="Unsere Radwege sind gut.") == ("verkehr",)


def test_the_target_group_weighs_less_than_the_object():
    assert about("Wohnungen für Familien mit Kindern.")[0] == "wohnen"


def test_the_purpose_weighs_less_than_the_measure():
    assert about("Wir bauen Radwege, um Schulen besser zu erreichen.")[0] == "verkehr"


def test_an_unknown_scheme_gives_no_topics():
    section = Section(0, None, 1, "", "Wir bauen.")
    (found,) = topics.assign((Pledge(0, 0, 10, "Wir bauen.", "vague", ""),), (section,), ())
    assert found.topics == ()


def test_a_term_that_an_archivist_adds_is_weighed_like_the_others():
    section = Section(0, None, 1, "", "Wir sanieren die Seilbahn am Hang.")
    pledge = Pledge(0, 0, len(section.text), section.text, "vague", "")
    added = (*SCHEME[1:], Topic("verkehr", "Verkehr", ("bus ", "seilbahn")))
    assert topics.assign((pledge,), (section,), SCHEME)[0].topics == ()
    assert topics.assign((pledge,), (section,), added)[0].topics == ("verkehr",)


def test_a_topic_that_an_archivist_adds_can_be_the_main_one():
    section = Section(0, None, 1, "", "Wir eröffnen einen Weltladen.")
    pledge = Pledge(0, 0, len(section.text), section.text, "vague", "")
    added = (*SCHEME, Topic("eine-welt", "Eine Welt", ("weltladen",)))
    assert topics.assign((pledge,), (section,), added)[0].topics == ("eine-welt",)


def test_what_is_done_to_outweighs_where_it_happens():
    assert about("Für den Ausbau der Radwege geben Schulen Flächen her.")[0] == "verkehr"


def test_what_follows_helps_where_the_sentence_says_nothing():
    section = Section(0, None, 1, "", "Das wollen wir ändern. Die Radwege enden im Nichts.")
    pledge = Pledge(0, 0, 22, section.text[:22], "vague", "")
    assert topics.assign((pledge,), (section,), SCHEME)[0].topics == ("verkehr",)


def test_reasons_name_the_observation_and_the_word():
    section = Section(0, None, 1, "Verkehr", "Wir bauen Radwege.")
    pledge = Pledge(0, 0, len(section.text), section.text, "vague", "")
    reasons = topics.assign((pledge,), (section,), SCHEME)[0].topic_reasons
    assert any("sentence (radwege)" in reason for reason in reasons)
    assert any("heading" in reason for reason in reasons)


def test_weights_survive_writing_and_reading():
    weights = topics.Weights({"sentence": 2.5, "before": -0.25}, {"verkehr": 0.1})
    assert topics.read(topics.write(weights, ("a note",))) == weights
