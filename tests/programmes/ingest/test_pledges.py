"""Which sentences are pledges: the codebook's cases in sentences of our own about invented towns."""

from __future__ import annotations

import pytest

from programmes.ingest import pledges
from programmes.ingest.pieces import About, Known, Party, Passage, Place, Pledge, Section
from programmes.ingest.pledges import decision
from programmes.ingest.pledges.grammar import read
from programmes.ingest.pledges.units import Unit

PROGRAMME = About(kind="programme", parties=("SPD",))


def section(*blocks: str, title: str = "", lead_in: str = "", kind: str = "paragraph") -> Section:
    text, passages = "", []
    for block in blocks:
        start = len(text)
        text += f"{block}\n\n"
        passages.append(Passage(kind, start, start + len(block), lead_in=lead_in))  # type: ignore[arg-type]
    return Section(0, None, 1, title, text.rstrip(), passages=tuple(passages))


def found(*blocks: str, about: About = PROGRAMME, **around: str) -> list[Pledge]:
    return list(pledges.find((section(*blocks, **around),), about))


def is_pledge(text: str, **around: str) -> bool:
    return bool(found(text, **around))


@pytest.mark.parametrize(
    "text",
    [
        # wir wollen, werden, müssen, brauchen
        "Wir wollen das Hallenbad in Talhausen sanieren.",
        "Das Hallenbad werden wir in städtischer Hand behalten und sanieren.",
        "Wir müssen die Feuerwehrhäuser erneuern.",
        "Für die Kitas brauchen wir zwanzig zusätzliche Fachkräfte.",
        "Wir möchten, dass jeder Ortsteil einen Dorfladen bekommt.",
        # demands on others
        "Die Stadt soll leerstehende Läden zwischennutzen.",
        "Die Gebühren für Marktstände müssen sinken.",
        "Das Land muss die Kosten der Ganztagsbetreuung tragen.",
        "Städtische Grundstücke dürfen nicht verkauft werden.",
        "Die Fraktion fordert einen Ersatzbus für die Linie 12.",
        "Wir setzen uns für ein Jugendzentrum in Neudorf ein.",
        "Die Gruppe spricht sich für eine Verkehrsberuhigung der Ringstraße aus.",
        "Wir streben eine Partnerschaft mit der Hochschule an.",
        "Wir plädieren für einen zweiten Wochenmarkt.",
        # need, goal, importance
        "Es bedarf eines Konzepts gegen Starkregen.",
        "Erforderlich ist die Sanierung der Brücke am Mühlbach.",
        "Unser Ziel ist ein dichtes Netz von Ladesäulen.",
        "Nächster Schritt ist der Bau eines Feuerwehrhauses.",
        "Vorrang hat der Ausbau der Grundschulen.",
        "Wichtig ist uns, dass die Bücherei auch samstags öffnet.",
        "Jetzt gilt es, den Radweg nach Bergheim zu bauen.",
        "Die Ufer des Mühlbachs sind zu renaturieren.",
        # programme present
        "Wir schaffen hundert neue Kitaplätze.",
        "Den Nachtbus bauen wir aus.",
        "Alle Schulen erhalten schnelles Internet.",
        "Spielplätze werden barrierefrei umgestaltet.",
        # continuity, rejection, prevention
        "Wir halten an der Förderung der Musikschule fest.",
        "Wir lehnen den Bau der Umgehungsstraße ab.",
        "Die Schließung des Krankenhauses wollen wir verhindern.",
        # bare infinitives and nominal demands
        "Feuerwehr besser ausstatten.",
        "Mehr Personal für das Ordnungsamt.",
        "Keine neuen Schulden im Kernhaushalt.",
        # continuation
        "Dazu gehört auch ein Zuschuss für Vereinsheime.",
        # press
        "„Wir wollen die Sporthalle retten“, sagt der Fraktionsvorsitzende.",
        "Außerdem wurde vereinbart, die Jugendarbeit zu stärken.",
    ],
)
def test_a_commitment_or_demand_with_an_action_is_a_pledge(text):
    assert is_pledge(text)


@pytest.mark.parametrize(
    "text",
    [
        # facts and forecasts
        "In Talhausen leben 12.000 Menschen.",
        "Der Einzelhandel leidet unter dem Internet.",
        "Viele Eltern müssen lange auf einen Kitaplatz warten.",
        "Im Jahr 2031 findet hier die Landesgartenschau statt.",
        # past
        "Wir haben in den letzten Jahren drei Schulen saniert.",
        "Die Brücke wurde erneuert.",
        "Damals konnten wir die Schließung verhindern.",
        # values
        "Zusammenhalt ist die Grundlage unserer Gesellschaft.",
        "Bildung ist ein Menschenrecht.",
        "Wir stehen für Respekt und Toleranz.",
        "Wir wollen unsere Werte stärken.",
        "Unser Ziel ist eine Stadt für alle.",
        "Jedes Kind muss die Chance haben, glücklich zu leben.",
        # attitude
        "Wir wollen zuhören und Sie ernst nehmen.",
        "Das dürfen wir nicht hinnehmen.",
        "Wir werden genau hinschauen.",
        # criticism, reason, effect
        "Die Förderung des Landes reicht nicht aus.",
        "Denn gute Schulen gibt es nicht umsonst.",
        "So entsteht ein lebendiges Quartier.",
        "Beratungsstellen stärken Familien.",
        # own cause
        "Wir treten zur Kommunalwahl am 14. September an.",
        "Ich bitte um Ihre Stimme.",
        "Wählen Sie am Sonntag unsere Liste!",
        # extension, question, contact
        "Das gilt auch für die Ortsteile.",
        "Warum dauert der Radweg so lange?",
        "Telefon: 01234 56789, info@example.org",
        # third parties, general evils
        "Der Investor will im Frühjahr bauen.",
        "Wir lehnen Rassismus entschieden ab.",
    ],
)
def test_the_rest_is_none(text):
    assert not is_pledge(text)


# -- lists -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["ein Haus der Vereine", "Ausbau der Radwege", "Radwege ausbauen", "dass es mehr Ärzte gibt"],
)
def test_a_lead_in_lends_its_commitment_to_its_items(text):
    assert is_pledge(text, kind="item", lead_in="Wir fordern:")


@pytest.mark.parametrize("text", ["Respekt und Toleranz", "Politik mit Herz und Verstand"])
def test_a_value_stays_a_value_behind_a_lead_in(text):
    assert not is_pledge(text, kind="item", lead_in="Wir stehen für:")


@pytest.mark.parametrize("text", ["Sanierung der Grundschule am Park", "Turnhalle erneuert"])
def test_items_under_a_balance_sheet_are_facts(text):
    assert not is_pledge(text, kind="item", lead_in="Das haben wir erreicht:")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Stärkung des Ehrenamts", True),
        ("Grünflächen pflegen", True),
        ("12 Jahre im Gemeinderat", False),
        ("Unser Dorf", False),
    ],
)
def test_an_item_without_lead_in_needs_an_action(text, expected):
    assert is_pledge(text, kind="item") is expected


def test_a_heading_that_commits_serves_as_lead_in():
    assert is_pledge("ein Haus der Vereine", kind="item", title="Unsere Ziele")


# -- documents -----------------------------------------------------------------------------------------


def test_an_article_that_no_party_wrote_holds_no_pledge():
    told = (
        "Die Stadt will das Hallenbad sanieren. „Wir werden es nicht schließen“, sagte der Bürgermeister. "
        "Die SPD fordert einen Neubau."
    )
    assert found(told, about=About(kind="press")) == []


def test_a_press_text_that_says_we_counts_though_its_author_is_not_known():
    assert found("Wir wollen das Hallenbad sanieren.", about=About(kind="press"))


def test_whoever_the_text_is_of_acts_in_it():
    known = Known(parties=(Party("Aufbruch Talhausen", "Aufbruch Talhausen"),))
    about = About(kind="programme", parties=("Aufbruch Talhausen",))
    (one,) = pledges.find(
        (section("Der Aufbruch will die Bücherei am Samstag öffnen."),), about, known
    )
    assert one.cue.startswith("we-want")


def test_a_town_is_no_object_of_policy():
    known = Known(places=(Place("99001000", "Talhausen"),))
    about = About(kind="programme", parties=("SPD",), municipalities=("99001000",))
    sections = (section("Wir wollen Talhausen aufwerten. Wir wollen die Bücherei aufwerten."),)
    assert [pledge.text for pledge in pledges.find(sections, about, known)] == [
        "Wir wollen die Bücherei aufwerten."
    ]


def test_a_press_text_of_a_party_does():
    about = About(kind="press", parties=("CDU",))
    assert len(found("Die CDU-Fraktion fordert mehr Busse.", about=about)) == 1


def test_headings_captions_and_metadata_hold_none():
    for kind in ("heading", "caption", "meta", "table"):
        assert not is_pledge("Wir wollen das Hallenbad sanieren.", kind=kind)


def test_offsets_point_at_the_exact_words():
    around = section("Es regnet. Wir bauen eine Halle. Schön.", "Wir sanieren die Brücke.")
    for pledge in pledges.find((around,), PROGRAMME):
        assert around.text[pledge.start : pledge.end] == pledge.text
    assert [pledge.text for pledge in pledges.find((around,), PROGRAMME)] == [
        "Wir bauen eine Halle.",
        "Wir sanieren die Brücke.",
    ]


def test_the_page_of_the_passage_is_kept():
    text = "Wir sanieren die Brücke."
    one = Section(0, None, 1, "", text, passages=(Passage("paragraph", 0, len(text), page=7),))
    assert pledges.find((one,), PROGRAMME)[0].page == 7


def test_the_cue_names_the_rule_and_the_words():
    assert found("Das Bad wollen wir sanieren.")[0].cue == "we-want: wollen wir"


def test_years_and_quantities_come_with_the_pledge():
    (pledge,) = found("Bis 2030 pflanzen wir jedes Jahr 500 Bäume.")
    assert pledge.years == (2030,)
    assert [(one.value, one.unit, one.per) for one in pledge.quantities] == [
        (500.0, "Bäume", "Jahr")
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir wollen 30 Prozent der Wohnungen fördern.", "concrete"),
        ("Wir werden einen Klimabeirat gründen.", "concrete"),
        ("Wir schaffen die Hundesteuer ab.", "concrete"),
        ("Wir wollen das „Haus am Markt“ wieder öffnen.", "concrete"),
        ("Wir wollen den Nahverkehr stärken.", "vague"),
        ("Wir wollen die Vereine besser unterstützen.", "vague"),
        ("Unser Ziel ist bezahlbares Wohnen.", "vague"),
    ],
)
def test_specificity(text, expected):
    assert found(text)[0].specificity == expected


def test_html_and_markdown_in_a_text_do_no_harm():
    assert found("&lt;b>Wir bauen\\* eine Halle.&lt;/b>", "- * # > |", "") is not None


def test_odd_texts_are_read_without_error():
    for text in (
        "„",
        "- ",
        "…",
        "Wir",
        "wollen",
        "(((",
        "Wir wollen " * 500,
        "ä" * 5000,
        "1. 2. 3.",
    ):
        found(text)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Zu prüfen ist, ob die Halle bleibt.", "to-be-done-first"),
        ("Sichere Übergänge an Schulen sind Pflicht.", "is-a-duty"),
        ("Deshalb gehen wir gegen Raser in der Altstadt vor.", "we-do-apart"),
        ("Der Durchgangsverkehr wird aus der Gasse herausgehalten.", "is-done-somehow"),
        ("Zudem regen die Liberalen an, ein Konzept zu entwickeln.", "is-proposed"),
        ("Deshalb fordern wir Bürgerentscheide bei Großprojekten.", "demand"),
        ("Der Stadtverband fordert mehr Geld für Kitas.", "demand"),
        ("Wir laden Sie herzlich dazu ein.", "courtesy"),
        ("Wir als Liste stehen natürlich zum kostenlosen Schülerticket.", "stand-for"),
    ],
)
def test_a_rule_sees_what_it_is_named_after(text, rule):
    unit = Unit(0, 0, len(text), text, "paragraph")
    assert rule in {one.rule for one in decision.evidence(unit, read(text))}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Die Busse fahren heute zu selten.", "infinitive-end"),
        ("Dabei gilt es zu beachten, dass die Halle alt ist.", "task-at-hand"),
        ("Der Verkehrsverbund fordert mehr Geld.", "demand"),
        ("Zu bedenken ist, dass die Halle alt ist.", "to-be-done-first"),
    ],
)
def test_a_rule_keeps_out_of_what_only_looks_like_it(text, rule):
    unit = Unit(0, 0, len(text), text, "paragraph")
    assert rule not in {one.rule for one in decision.evidence(unit, read(text))}
