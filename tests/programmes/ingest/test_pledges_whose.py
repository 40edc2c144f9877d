"""Whose demand is it, and whose text? The author's own, another party's, a newspaper's (codebook § 1.1, § 3.1)."""

from __future__ import annotations

import pytest

from programmes.ingest import pledges
from programmes.ingest.pieces import About, Known, Party, Passage, Section
from programmes.ingest.pledges import decision
from programmes.ingest.pledges.grammar import Setting, read
from programmes.ingest.pledges.units import Unit

LIBERAL = Setting(
    own=frozenset({"fdp", "liberalen"}), rivals=frozenset({"spd", "cdu", "grünen", "afd"})
)
RULES = {
    "rival-party-acts": (
        [
            "Die SPD schlägt eine Satzung vor.",
            "Die CDU-Fraktion will den Bahnhof verkaufen.",
            "Auch die Grünen fordern eine Umgehungsstraße.",
            "SPD und CDU wollen das Bad schließen.",
        ],
        [
            "Gemeinsam mit der SPD fordern wir ein Jugendzentrum.",
            "Die FDP will mit der CDU über die Halle reden.",
            "Anders als die Grünen wollen wir die Straße bauen.",
            "Grünen Strom soll die Stadt auch selbst erzeugen.",
        ],
    ),
    "own-side-sides-with": (
        [
            "Die Liberalen schlagen eine Satzung zum Schutz der Alleen vor.",
            "Die FDP hält den Umbau des Kreisels für überflüssig.",
            "Die FDP-Fraktion stimmt dem Zuschuss für das Tierheim zu.",
            "Auf digitale Bauanträge setzt die FDP seit langem.",
        ],
        [
            "Die SPD hält den Umbau des Kreisels für überflüssig.",
            "Viele Eltern unterstützen den Antrag.",
            "Die Verwaltung schlägt drei Standorte vor.",
            "Die FDP hat den Kreisel für überflüssig gehalten.",
        ],
    ),
    "holds-that": (
        [
            "Wir sind der Auffassung, dass der Marktplatz umgebaut werden muss.",
            "Wir sind überzeugt, dass die Feuerwehr mehr Geld braucht.",
            "Das bedeutet aus unserer Sicht, dass die Kita länger öffnen muss.",
            "Wir finden, dass die Stadt selbst bauen sollte.",
        ],
        [
            "Wir sind der Meinung, dass Vereine das Rückgrat der Stadt sind.",
            "Wir glauben, dass viele Menschen gern hier leben.",
            "Die SPD ist der Auffassung, dass der Markt umgebaut werden muss.",
            "Es heißt, dass die Halle alt ist.",
        ],
    ),
    "judged-from-our-side": (
        [
            "Aus Sicht der FDP-Fraktion ist der Standort am Bad die beste Lösung.",
            "Nach Auffassung der FDP ist eine zweite Brücke überfällig.",
            "Aus unserer Sicht ist ein Neubau der richtige Weg.",
            "Für uns ist eine eigene Wache am Hafen unverzichtbar.",
        ],
        [
            "Aus Sicht der SPD ist der Standort am Bad die beste Lösung.",
            "Nach Ansicht der Anwohner ist die Brücke überfällig.",
            "Die Brücke ist aus Sicht der FDP schön geworden.",
            "Der beste Weg führt durch den Wald.",
        ],
    ),
    "own-occasion": (
        [
            "Am Samstag stehen wir mit einem Infostand auf dem Markt.",
            "Unser Stammtisch findet jeden ersten Montag statt.",
            "Die Fraktion lädt am 12. Mai um 19 Uhr in die Linde ein.",
            "Darüber werden wir in einer Pressemitteilung berichten.",
        ],
        [
            "Die Bücherei soll auch am Samstag öffnen.",
            "Wir wollen am Markt eine Bühne bauen.",
            "Ab 2027 sollen die Busse häufiger fahren.",
            "Der Bürgerservice soll ins Internet.",
        ],
    ),
    "plan-of-others": (
        [
            "Nun soll leider der Zuschuss gestrichen werden.",
            "Angeblich sollen die Wurzeln den Kanal beschädigt haben.",
            "Der Rat hätte das Gutachten abwarten müssen.",
            "Die Halle soll nun verkauft werden.",
        ],
        [
            "Die Halle soll erhalten bleiben.",
            "Der Zuschuss muss steigen.",
            "Künftig soll jede Schule eine Mensa haben.",
            "Wir hätten gern einen zweiten Markttag.",
        ],
    ),
    "asks-to-know": (
        [
            "Wir wollen wissen, wie viele Plätze fehlen.",
            "Mit der Aktion möchten wir auf den Lärm aufmerksam machen.",
            "Die Arbeiten werden wir wachsam beobachten.",
            "Wir fragen, warum die Schule noch kein Netz hat.",
        ],
        [
            "Wir wollen das Wissen der Älteren in einer Börse sammeln.",
            "Wir wollen die Bänke am Weg erneuern.",
            "Wir fordern einen Bericht über freie Plätze.",
            "Die Verwaltung soll den Lärm messen.",
        ],
    ),
    "need-not": (
        [
            "Nicht alles muss bürokratisch geregelt werden.",
            "Für uns muss nicht jeder Sonntag verkaufsoffen sein.",
            "Es muss nicht immer ein Neubau sein.",
            "Nicht jede Straße braucht ein Schild.",
        ],
        [
            "Die Straße muss breiter werden.",
            "Flächen dürfen nicht versiegelt werden.",
            "Alle Schulen müssen saniert werden.",
            "Die Halle muss bleiben und nicht der Parkplatz.",
        ],
    ),
    "question": (
        [
            "Warum müssen Kinder so lange warten.",
            "Muss der Platz grau bleiben?",
            "Weshalb soll das Bad schließen?",
            "Wieso sollen Familien mehr zahlen.",
        ],
        [
            "Das ist der Grund, warum die Stadt bauen soll.",
            "Die Stadt soll bauen.",
            "Was wir brauchen, ist ein Bad.",
            "Wo es eng ist, soll Tempo 30 gelten.",
        ],
    ),
    "shall": (
        [
            "Die Stadt sollte selbst bauen.",
            "Künftig sollen Busse auch nachts fahren.",
            "Bei Neubauten sollte Regenwasser genutzt werden.",
            "Der Kreis soll die Kosten tragen.",
        ],
        [
            "Sollte der Zuschuss entfallen, wäre das eine Katastrophe.",
            "Sollten die Mittel reichen, bauen wir eine zweite Halle.",
            "Sollte das nicht gelingen, bleibt die Brücke gesperrt.",
            "Sollten Fragen bleiben, rufen Sie an.",
        ],
    ),
    "is-to-be-done": (
        [
            "In dieser Zeit seien die Brücken zu sanieren.",
            "Die Wege seien barrierefrei auszubauen, so der Sprecher.",
            "Das Gutachten sei vorzulegen.",
            "Die Ufer sind zu renaturieren.",
        ],
        [
            "Das sei nicht zu übersehen.",
            "Die Folgen seien kaum zu verstehen.",
            "Die Straße ist gut zu sehen.",
            "Die Lage sei schwer zu verstehen, so der Sprecher.",
        ],
    ),
}
CASES = [(rule, text, True) for rule, (some, _) in RULES.items() for text in some] + [
    (rule, text, False) for rule, (_, none) in RULES.items() for text in none
]


@pytest.mark.parametrize(("rule", "text", "fires"), CASES)
def test_a_rule_fires_on_its_own_and_on_nothing_else(rule, text, fires):
    unit = Unit(0, 0, len(text), text, "paragraph")
    assert (rule in {one.rule for one in decision.evidence(unit, read(text, LIBERAL))}) is fires


def test_another_partys_demand_is_none_of_the_authors():
    text = "Die FDP fordert einen Nachtbus. Die SPD fordert einen Ruftaxi-Betrieb."
    assert pledged(text, About(kind="press", parties=("FDP",))) == [
        "Die FDP fordert einen Nachtbus."
    ]


def test_both_sides_of_a_joint_text_are_its_authors():
    text = "Die FDP fordert einen Nachtbus. Die SPD fordert einen Ruftaxi-Betrieb."
    assert len(pledged(text, About(kind="press", parties=("FDP", "SPD")))) == 2


def test_without_a_known_author_no_party_is_another_one():
    text = "Wir wollen die Halle sanieren. Die SPD fordert einen Nachtbus."
    assert "Die SPD fordert einen Nachtbus." in pledged(text, About(kind="other"))


@pytest.mark.parametrize(
    "text",
    [
        "Wer die Stadt gestalten will, muss FDP wählen!",
        "Jede Wählerin sollte prüfen, wen sie wählt.",
        "Am 14. September wählen gehen und Ihre Stimme der Liste geben!",
        "Deshalb brauchen wir Ihre Stimme.",
    ],
)
def test_what_voters_shall_do_is_no_pledge(text):
    assert pledged(text, About(kind="programme", parties=("FDP",))) == []


@pytest.mark.parametrize(
    "text",
    [
        "Wir setzen uns dafür ein, dass alle ab 16 Jahren den Rat wählen können.",
        "Wir fordern ein Wahlrecht für alle, die hier leben.",
        "Die Wahllokale müssen barrierefrei werden.",
        "Ortsräte sollen in jedem Dorf gewählt werden.",
    ],
)
def test_what_shall_be_done_about_voting_is_one(text):
    assert pledged(text, About(kind="programme", parties=("FDP",))) == [text]


TOLD = "Die SPD will das Bad retten. „Wir fordern eine Sanierung“, sagte der Vorsitzende."


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (TOLD, {"kind": "Von Ina Holm"}),
        (f"{TOLD} (dpa)", {}),
        (f"{TOLD} Das Bad sei marode, heißt es in einer Mitteilung.", {}),
        (f"{TOLD} Die Verwaltung äußerte sich gegenüber dieser Zeitung nicht.", {}),
    ],
)
def test_an_edited_article_about_a_party_holds_no_pledge(text, evidence):
    assert pledged(text, About(kind="press", parties=("SPD",), evidence=evidence)) == []


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        (TOLD, {}),
        (TOLD, {"kind": "„Pressemitteilung“"}),
        (TOLD, {"kind": "Von hier aus"}),
        (f"{TOLD} Wir bleiben dabei. (red)", {}),
    ],
)
def test_a_partys_own_press_text_in_the_third_person_does(text, evidence):
    assert pledged(text, About(kind="press", parties=("SPD",), evidence=evidence))


RELEASED = "Die Seefelder Runde lehnt höhere Gebühren ab. „Wir fordern ein beitragsfreies Kitajahr“, sagt Ina Holm."


def test_a_press_release_of_an_unknown_group_is_its_own():
    about = About(kind="press", evidence={"kind": "„Pressemitteilung“"})
    assert len(pledged(RELEASED, about)) == 2


@pytest.mark.parametrize("said", ["„Pressemitteilung der Stadt Seefeld“", "Von Ina Holm", ""])
def test_a_citys_release_or_an_article_is_not(said):
    assert pledged(RELEASED, About(kind="press", evidence={"kind": said})) == []


def pledged(text: str, about: About) -> list[str]:
    section = Section(0, None, 1, "", text, passages=(Passage("paragraph", 0, len(text)),))
    known = Known(parties=(Party("SPD", "Sozialdemokratische Partei Deutschlands"),))
    return [one.text for one in pledges.find((section,), about, known)]
