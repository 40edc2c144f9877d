"""Motions and amendments as Antragsgrün's REST interface gives them; the texts are ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from programmes.ingest import pipeline
from programmes.ingest.pieces import Known, Parsed, Refused, Source


def section(html: str, **more: Any) -> dict[str, Any]:
    text = f'<div class="text motionTextFormattings textOrig">{html}</div>'
    return {"type": "TextSimple", "title": "Antragstext", "html": text} | more


def motion(*sections: dict[str, Any], **more: Any) -> Parsed:
    content = {
        "type": "motion",
        "id": 12,
        "agenda_item": "3. Verkehr",
        "prefix": "A1",
        "title": "Radwege für Seehausen",
        "status_title": "Eingereicht",
        "date_published": "2026-02-11T09:30:12+01:00",
        "supporters": [{"type": "person", "name": "Kim Muster", "organization": ""}],
        "initiators": [{"type": "organization", "name": "Ortsverband Seehausen"}],
        "initiators_html": "Ortsverband Seehausen (dort beschlossen am: 03.02.2026)",
        "sections": list(sections),
        "proposed_procedure": None,
        "amendment_links": [],
        "url_html": "https://antraege.example/kmv/Radwege-12",
    } | more
    return pipeline.parse(Source(json.dumps(content).encode(), "A1.json"), Known())


def test_the_title_is_said_once_and_pictures_are_no_text():
    parsed = motion(
        section("Radwege für Seehausen", type="Title", title="Titel"),
        section("<p>Wir wollen Radwege bauen.</p>"),
        section("<img>", type="Image", title="Bild"),
    )
    assert parsed.about.title == "Radwege für Seehausen"
    assert [each.text for each in parsed.sections] == ["Wir wollen Radwege bauen."]


def test_who_files_a_motion_and_when_it_was_decided_is_evidence_and_supporters_are_not():
    parsed = motion(section("<p>Wir wollen Radwege bauen.</p>"))
    assert (parsed.about.kind, parsed.about.date) == ("motion", "2026-02-03")
    said = " ".join(parsed.text.removed)
    assert "Antragsteller*in: Ortsverband Seehausen" in said
    assert "Kim Muster" not in said


def test_an_initiator_is_named_by_the_list_where_there_is_no_line():
    parsed = motion(section("<p>Wir bauen.</p>"), initiators_html=None)
    assert "Antragsteller*in: Ortsverband Seehausen" in " ".join(parsed.text.removed)


def test_line_numbers_go_and_the_lines_are_one_sentence():
    number = '<span class="lineNumber" data-line-number="{}" aria-hidden="true"></span>'
    lines = (
        f"{number.format(1)}Wir bauen Radwege, und wir<br>{number.format(2)}räumen sie im Winter."
    )
    assert motion(section(f"<p>{lines}</p>")).sections[0].text == (
        "Wir bauen Radwege, und wir räumen sie im Winter."
    )


def test_of_an_amendment_only_what_it_puts_in_is_its_text():
    parsed = motion(
        section(
            '<h4 class="lineSummary">Von Zeile 3 bis 4:</h4><div><p>Wir wollen '
            '<del style="color:#FF0000">200</del><ins style="color:#008000">400</ins> Wohnungen bauen.</p></div>'
            '<h4 class="lineSummary">In Zeile 7 einfügen:</h4><div><ul class="inserted"><li>ein Verbot</li></ul>'
            '<ul class="deleted"><li>eine Prüfung</li></ul></div>'
        ),
        motion={"id": 11, "prefix": "A1", "title": "Wohnen"},
        title="Änderungsantrag zu A1: Wohnen",
    )
    assert [each.text for each in parsed.sections] == [
        "Wir wollen 400 Wohnungen bauen.\n\n- ein Verbot"
    ]
    assert [warning.code for warning in parsed.warnings] == ["amendment"]
    assert "eine Prüfung" in parsed.text.removed


def test_a_motion_of_which_nothing_is_left_is_refused_in_a_sentence():
    with pytest.raises(Refused, match="enthält keinen Text"):
        motion(section("<p><del>Wir bauen.</del></p>"), motion={"id": 11})


def test_the_moment_of_publication_is_no_span_of_years():
    parsed = motion(section("<p>Wir bauen Radwege.</p>"), agenda_item="3. Wahlprogramm")
    assert (parsed.about.kind, parsed.about.year) == ("programme", None)
