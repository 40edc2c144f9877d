"""Whose a text is: the party that speaks, and none of those it speaks of; each class of error has its table.

The parties are real, since telling them from words is the matter; the sentences, people and most towns are ours.
"""

from __future__ import annotations

import pytest

from programmes.ingest import pipeline
from programmes.ingest.pieces import Source
from tests.ingest import gazetteers

# name → text, its parties. What an archivist must not be told wrongly stays empty.
OPPONENTS = {
    "two in the title, a third acts": (
        "# SPD und Grüne verspielen die Zukunft der Stadt\n\nDie CDU-Fraktion im Rat der Stadt Bochum lehnt den Haushalt ab. „Das ist mutlos“, sagt ihr Sprecher Max Beispiel. „Wir hätten gespart“, ergänzt er.",
        ["CDU"],
    ),
    "a no to others": (
        "# Nein zum Haushalt von CDU und FDP\n\nStellungnahme der SPD-Fraktion\n\nWir lehnen diesen Haushalt ab. Wir wollen mehr Geld für Kitas.",
        ["SPD"],
    ),
    "a reproach as a title": (
        "# CDU lässt Familien im Regen stehen\n\nDie SPD-Fraktion ist entsetzt. „Das ist kalt“, sagt die Vorsitzende Erika Muster. „Wir bleiben dran“, so Muster weiter.",
        ["SPD"],
    ),
    "a warning of a party": (
        "# Warum die AfD keine Alternative ist\n\nWir als Linke in Gera stehen für Solidarität. Wir wollen Wohnungen bauen und wir werden Busse fahren lassen.",
        ["DIE LINKE"],
    ),
    "an administration answers": (
        "# Antwort der Verwaltung auf die Anfrage der AfD-Fraktion\n\nZu Frage 1: Die Stadt hat 14 Stellplätze. Zu Frage 2: Dazu liegen keine Zahlen vor.",
        [],
    ),
    "an adjective of the colour": (
        "# Grüne Märchen vom Radweg\n\nDie FDP-Fraktion sieht das anders. „Der Radweg ist zu schmal“, sagt Max Beispiel. „Wir wollen Sicherheit“, so Beispiel.",
        ["FDP"],
    ),
    "a letter to others": (
        "# Offener Brief an die SPD-Fraktion\n\nSehr geehrte Damen und Herren,\n\nwir bitten Sie um Zustimmung zu unserem Antrag.\n\nMit freundlichen Grüßen\n\nIhre CDU-Fraktion",
        ["CDU"],
    ),
    "who speaks before the colon": (
        "# FDP: CDU bricht ihr Wort\n\n„Das ist enttäuschend“, sagt die Fraktionsvorsitzende Erika Muster. „Wir hatten eine Abrede“, so Muster. Die FDP-Fraktion wird dem nicht zustimmen.",
        ["FDP"],
    ),
    "a check of another's claims": (
        "# Was die CDU über den Haushalt behauptet\n\nWir Grünen haben nachgerechnet. Wir wollen, dass alle die Zahlen kennen.",
        ["GRÜNE"],
    ),
    "a press text about an alliance": (
        "Pressemitteilung der FDP-Ratsfraktion\n\n# Bündnis aus SPD, Grünen und Linken scheitert\n\n„Das war abzusehen“, sagt Max Beispiel. „Wir haben gewarnt.“",
        ["FDP"],
    ),
    "others only as those who decide": (
        "# Unser Programm für Moorstadt\n\nWir wollen Bäume pflanzen und wir werden Schulen bauen. Die Mehrheit aus CDU und SPD hat das abgelehnt.",
        [],
    ),
    "a lone opponent": (
        "# Unser Programm für Moorstadt\n\nWir wollen Bäume pflanzen und wir werden Schulen bauen. Die SPD will das Bad schließen, wir nicht. Die SPD hat das Bad schon einmal verkauft.",
        [],
    ),
    "a minister's party": (
        "# Unser Programm für Moorstadt\n\nWir wollen Bäume pflanzen und wir werden Schulen bauen. Minister Beispiel (CDU) zahlt nichts dazu.",
        [],
    ),
    "in the countryside": (
        "# Unser Programm für Moorstadt\n\nWohnen im Grünen soll bleiben. Wir wollen Bäume pflanzen. Mehr Häuser im Grünen bauen wir nicht.",
        [],
    ),
    "its own with the town, a partner without": (
        "# Vorwort\n\nDie SPD Duisburg hat Verantwortung getragen. Gemeinsam mit der CDU haben wir gespart.\n\n# Arbeit\n\nWir wollen Arbeit sichern. Wir werden Wohnungen bauen. Wir stehen für Kitas.",
        ["SPD"],
    ),
    "a programme of a year": (
        "# Unser Münster\n\nKommunalwahlprogramm 2025 von Bündnis 90/Die Grünen\n\nWir wollen die Verkehrswende. Wir werden Busse kaufen.",
        ["GRÜNE"],
    ),
    "a federal group in passing": (
        "# Unser Programm für Füssen\n\nDie CSU Füssen steht für Verlässlichkeit. Wir wollen bauen. Die CDU/CSU-Bundestagsfraktion hat das Gesetz beschlossen.",
        ["CSU"],
    ),
}
TOGETHER = {
    "a contract of two": (
        "# Koalitionsvertrag zwischen SPD Herne und CDU Herne 2020–2025\n\nWir wollen Herne gestalten.",
        ["SPD", "CDU"],
    ),
    "an agreement of three": (
        "# Kooperationsvereinbarung von Bündnis 90/Die Grünen, SPD und Volt im Rat der Stadt Münster\n\nDie Partner werden zusammenarbeiten.",
        ["GRÜNE", "SPD", "Volt"],
    ),
    "a motion of three": (
        "Antrag der Fraktionen CDU, Bündnis 90/Die Grünen und FDP\n\nDer Rat möge beschließen: Es werden Bänke gebaut.\n\nBegründung: Bänke fehlen.",
        ["CDU", "GRÜNE", "FDP"],
    ),
    "a partner in a title": (
        "# Zusammenarbeit mit der SPD wird fortgesetzt\n\nDie Fraktion Bündnis 90/Die Grünen im Kreistag freut sich. „Das ist gut“, sagt Erika Muster. „Wir gestalten weiter.“",
        ["GRÜNE"],
    ),
    "a partner in a programme": (
        "CDU Neuss\n\n# Wahlprogramm 2025\n\nGemeinsam mit unserem Partner FDP haben wir viel erreicht. Wir wollen weitermachen.",
        ["CDU"],
    ),
    "a group with a stroke": (
        "CDU/FDP-Fraktion im Rat der Stadt Witten\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["CDU", "FDP"],
    ),
    "a group with hyphens": (
        "CDU-FDP-Fraktion\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["CDU", "FDP"],
    ),
    "left and pirates": (
        "Fraktion Die Linke und Piraten\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["DIE LINKE", "PIRATEN"],
    ),
    "left and pirates with a stroke": (
        "Fraktion LINKE/PIRATEN im Rat der Stadt Moers\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["DIE LINKE", "PIRATEN"],
    ),
    "a council group": (
        "Ratsgruppe FDP/Piraten\n\nAnfrage\n\nWir bitten die Verwaltung um Beantwortung folgender Fragen.\n\nBegründung: Sie fehlen.",
        ["FDP", "PIRATEN"],
    ),
    "greens and ecologists": (
        "Grüne/ÖDP-Fraktion\n\nAntrag\n\nDer Stadtrat möge beschließen: Es werden Bänke gebaut.",
        ["GRÜNE", "ÖDP"],
    ),
    "free voters beside liberals": (
        "Fraktionsgemeinschaft FDP/Freie Wähler\n\nAntrag\n\nDer Stadtrat möge beschließen: Es werden Bänke gebaut.",
        ["FDP", "FREIE WÄHLER"],
    ),
    "greens and free voters": (
        "Fraktion Bündnis 90/Die Grünen-Freie Wähler\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["GRÜNE", "FREIE WÄHLER"],
    ),
    "left and satirists": (
        "Fraktion DIE LINKE./Die PARTEI im Rat\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["DIE LINKE", "Die PARTEI"],
    ),
    "a list by its letters": (
        "# FDP/MfM-Fraktion: Marktplatz muss sauberer werden\n\n„Der Zustand ist schlimm“, sagt Erika Muster. „Wir fordern mehr Kontrollen“, ergänzt Max Beispiel.",
        ["FDP", "MfM"],
    ),
    "letters before a party": (
        "Fraktion BfK/CDU im Rat\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["BfK", "CDU"],
    ),
    "two letterheads": (
        "CDU-Fraktion im Rat der Stadt Wuppertal\nFraktion Bündnis 90/Die Grünen im Rat der Stadt Wuppertal\n\nHerrn Oberbürgermeister\n\nGemeinsamer Antrag: Blühstreifen\n\nDer Rat möge beschließen, Streifen anzulegen. Die SPD-Fraktion hatte dazu gefragt.",
        ["CDU", "GRÜNE"],
    ),
    "an appeal of three": (
        "# Gemeinsamer Wahlaufruf von SPD, Grünen und FDP\n\nWir unterstützen Max Muster. Wir wollen, dass die Stadt zusammenhält.",
        ["SPD", "GRÜNE", "FDP"],
    ),
    "all groups of a council": (
        "# Gemeinsame Erklärung aller Fraktionen\n\nDie Fraktionen von SPD, CDU, Bündnis 90/Die Grünen, FDP, Die Linke und Volt erklären: Wir wollen Frieden.",
        [],
    ),
    "a party and a list in one group": (
        "Fraktion FDP/Bürgerliste Seehausen\n\nAntrag\n\nDer Rat möge beschließen: Es werden Bänke gebaut.",
        ["FDP", "Bürgerliste Seehausen"],
    ),
}
NEWSPAPERS = {
    "a byline": (
        "# CDU will Freibad schließen\n\nVon Petra Sommer\n\nDie CDU will das Freibad schließen. „Es kostet zu viel“, sagt Max Beispiel. Die SPD ist dagegen.",
        [],
    ),
    "it quotes a press text": (
        "date 2019-06 Nach der Wahl bilden sie eine Fraktion.\n\nDie CDU-Fraktion und der neu gewählte FDP-Stadtrat Max Beispiel haben beschlossen, eine gemeinsame Fraktion zu bilden. In einer Pressemitteilung der CDU heißt es, dass man gemeinsame Themen habe. „Wir zeigen Flagge“, wird Erika Muster in der Mitteilung zitiert.",
        [],
    ),
    "a radio's notice": (
        "date 2026-02-02 Der Vertrag sei das Fundament der Zusammenarbeit. Das Angebot gilt nicht für die Linke und die AfD.\n\nDie SPD betont, dass sie investieren will. Das ist auch ein Thema der CDU. Beide Parteien haben keine Mehrheit.",
        [],
    ),
    "an interview of the editors": (
        "# „Die CSU hat mehr Format“\n\nIm Vorfeld der Kommunalwahl führt unsere Redaktion Interviews mit allen, die antreten. Dieses Mal ist Max Beispiel von den Grünen an der Reihe.\n\nHerr Beispiel, wie geht es Ihnen?\n\nGut. Wir wollen gewinnen, und wir werden es schaffen.",
        [],
    ),
    "a reader's letter": (
        "# Leserbrief: Die CDU hat recht\n\nDie CDU-Fraktion hat mit ihrem Antrag recht. Ich wohne seit 30 Jahren hier.",
        [],
    ),
    "a survey of the parties": (
        "# Was die Parteien wollen\n\nWir haben alle Parteien gefragt.\n\nCDU\n\nWir wollen bauen.\n\nSPD\n\nWir wollen wohnen.\n\nGrüne\n\nWir wollen pflanzen.",
        [],
    ),
    "a nomination, told by others": (
        "# Erika Muster geht für die SPD ins Rennen\n\nHameln (red). Die 43-jährige Anwältin Erika Muster soll für die SPD in den Rat. Auf einer Versammlung erhielt sie 31 von 33 Stimmen. „Ich freue mich“, sagte Muster (43). Ihre Partei hofft auf einen Erfolg.",
        [],
    ),
}
LISTS = {
    "a list with its town": (
        "Unabhängige Wählergemeinschaft Kronmoor\n\n# Unsere Ziele\n\nWir wollen bauen und wir werden pflanzen.",
        ["Unabhängige Wählergemeinschaft Kronmoor"],
    ),
    "what such a list is": (
        "# Was ist eine Wählergemeinschaft?\n\nEine Wählergemeinschaft ist eine Vereinigung engagierter Bürgerinnen und Bürger. Wählergemeinschaften sind unabhängig.",
        [],
    ),
    "ours without a name": (
        "# Programm\n\nDas Ziel unserer Wählergemeinschaft war von Anfang an, dass die Bürger im Mittelpunkt stehen. Wir wollen eine Antwort auf die Parteien sein.",
        [],
    ),
    "a list that differs from parties": (
        "Bürgerliste Seehausen\n\n# Unsere Ziele\n\nAnders als CDU und SPD sind wir frei. Wir wollen bauen.",
        ["Bürgerliste Seehausen"],
    ),
    "a list that has a colour in its name": (
        "Freie Grüne Liste Konstanz\n\n# Programm\n\nWir wollen bauen und wir werden pflanzen.",
        ["Freie Grüne Liste Konstanz"],
    ),
    "the letters of free voters": (
        "FWG Freie Wählergemeinschaft Seehausen e.V.\n\n# Unsere Ziele\n\nWir wollen bauen und wir werden pflanzen.",
        ["FWG"],
    ),
    "free voters in a table": (
        "Freie Wähler sind keine Partei und doch eine Kraft.\n\nFreie Wähler wollen keine Ideologie im Rathaus.\n\nFreie Wähler fördern die Vereine.",
        ["FREIE WÄHLER"],
    ),
    "a citizens' initiative is no list": (
        "# Bürgerinitiative gegen die Umgehungsstraße\n\nWir wollen Ruhe. Wir fordern den Rat auf, die Straße nicht zu bauen.",
        [],
    ),
    "a meeting is no list": (
        "# Bürgerforum Dorfmitte\n\nWir laden ein. Der Bürgermeister und die CDU-Fraktion haben zugesagt. Wir wollen reden.",
        [],
    ),
}
IMPRINTS = {
    "a party's headquarters": (
        "# Gute Arbeit in Ulm\n\nWir wollen Tariflöhne und wir werden sie zahlen.\n\nHerausgeber: SPD-Parteivorstand, Wilhelmstraße 141, 10963 Berlin",
        ["SPD"],
    ),
    "a domain": (
        "# Unsere Ideen\n\nWir wollen bauen und wir werden pflanzen.\n\nMehr: www.fdp-fraktion-ulm.de",
        ["FDP"],
    ),
    "an address for letters": (
        "# Unsere Ideen\n\nWir wollen bauen und wir werden pflanzen.\n\nKontakt: fraktion@gruene-ulm.de",
        ["GRÜNE"],
    ),
    "pictures of a party": (
        "# Unsere Ideen\n\nWir wollen bauen und wir werden pflanzen.\n\nFoto: CDU Ulm",
        [],
    ),
}
YOUTH = {
    "young socialists": (
        "# Jusos Moorstadt: Forderungen zur Kommunalwahl\n\nWir Jusos fordern mehr Busse. Von der SPD erwarten wir Mut. Wir wollen, dass die SPD-Fraktion zuhört.",
        [],
    ),
    "young greens": (
        "# Wünsche für das neue Jahr\n\nAls GRÜNE JUGEND fordern wir einen Wechsel. Auch bei Bündnis 90/Die Grünen sind junge Menschen selten. Wir wünschen uns Plätze auf den Listen der GRÜNEN.",
        [],
    ),
    "young conservatives": (
        "Junge Union Kreisverband Unna\n\n# Busse in der Nacht\n\nWir als Junge Union wollen Nachtbusse. Die CDU-Kreistagsfraktion hat zugestimmt.",
        [],
    ),
    "young liberals": (
        "# Junge Liberale Köln fordern Nachtbusse\n\n„Das wird Zeit“, sagt der Vorsitzende Max Beispiel. „Wir haben die FDP überzeugt“, so Beispiel. Die FDP-Fraktion will einen Antrag stellen.",
        [],
    ),
    "a party for the young": (
        "SPD Moorstadt\n\n# Programm zur Kommunalwahl 2025\n\nDie Jusos sind unsere Zukunft. Wir wollen mehr Plätze für die Jugend.",
        ["SPD"],
    ),
}
ALONE = {
    "supported by two": (
        "# Mein Programm für Musterstadt\n\nMax Muster, parteiloser Bürgermeisterkandidat, unterstützt von SPD und Grünen\n\nIch will bauen und ich werde pflanzen.",
        [],
    ),
    "no party behind it": (
        "# Unabhängig für Musterstadt\n\nIch trete als unabhängiger Kandidat an. Hinter mir steht keine Partei, weder CDU noch SPD. Ich will bauen.",
        [],
    ),
    "of a party": (
        "# Erika Muster (SPD), Kandidatin für das Amt der Oberbürgermeisterin\n\nIch will bauen und ich werde pflanzen.",
        ["SPD"],
    ),
}
OTHERS = {
    "a cyclists' club asks": (
        "# Wahlprüfsteine des ADFC zur Kommunalwahl 2025\n\nWir haben CDU, SPD, Grünen und FDP acht Fragen gestellt. Die Antworten der SPD waren ausführlich. Wir wollen sichere Wege.",
        [],
    ),
    "a party answers": (
        "# Antworten der SPD auf die Wahlprüfsteine des ADFC\n\nWie stehen Sie zu Radwegen?\n\nWir wollen Radwege bauen und wir werden Bügel aufstellen.",
        ["SPD"],
    ),
    "unions demand": (
        "# DGB-Forderungen zur Kommunalwahl\n\nWir fordern von SPD, CDU und Linken Tariftreue. Wir wollen gute Arbeit.\n\nHerausgeber: DGB Region Ruhr-Mark",
        [],
    ),
    "parents write to the groups": (
        "# Brief der Stadteltern\n\nAn die Fraktionen von CDU, SPD und FDP im Stadtrat\n\nWir bitten Sie um mehr Plätze. Wir wollen verlässliche Zeiten.",
        [],
    ),
    "a draft of the administration": (
        "Beschlussvorlage 14/2023\n\nDer Rat beschließt den Bebauungsplan. Der Antrag der SPD-Fraktion vom 3. Mai 2022 ist damit erledigt.",
        [],
    ),
    "a chamber": (
        "# Positionen der IHK zur Kommunalwahl\n\nWir fordern niedrige Hebesätze. Die FDP hat das bereits zugesagt. Wir wollen schnelle Genehmigungen.",
        [],
    ),
}

# A text that does not say whose it is; in the place of {} it names a party once.
ANONYMOUS = {
    "programme": "# Unser Programm für Moorstadt\n\nWir wollen Bäume pflanzen und wir werden Schulen bauen. {}\n\n## Wohnen\n\nWir wollen bezahlbare Wohnungen. Wir setzen uns für Familien ein.",
    "speech": "# Haushaltsrede 2024\n\nSehr geehrter Herr Bürgermeister, liebe Kolleginnen und Kollegen,\n\nein schwieriges Jahr liegt hinter uns. {} Wir werden dem Haushalt zustimmen. Wir danken der Kämmerei.",
    "motion": "# Antrag: Mehr Bänke\n\nDer Rat möge beschließen: Es werden Bänke aufgestellt.\n\n## Begründung\n\nIn der Stadt fehlen Bänke. {} Die Kosten sind gering.",
    "press": "# Rat beschließt Bänke\n\nDer Rat hat am Montag Bänke beschlossen. {} „Wir freuen uns“, sagt Erika Muster. „Das wurde Zeit“, ergänzt Max Beispiel.",
    "flyer": "# Moorstadt kann mehr\n\n- Wir wollen Bäume\n- Wir wollen Bänke\n\n{}\n\nGehen Sie wählen!",
}
IN_PASSING = (
    "Mit den Stimmen der CDU wurde das abgelehnt.",
    "Das ist peinlich für die SPD.",
    "Der Kandidat der FDP hat dazu geschwiegen.",
    "Die Vorschläge der AfD sind untauglich.",
    "Die Landesregierung unter Führung der CDU zahlt nichts.",
    "Die Ampel aus SPD, Grünen und FDP hat versagt.",
    "Der SPD-Bürgermeister hat das verhindert.",
    "Die CDU-geführte Landesregierung kürzt.",
    "Die Positionen der Grünen teilen wir nicht.",
    "Die SPD hat uns im Stich gelassen.",
    "Der AfD widersprechen wir.",
    "Von der CDU erwarten wir Einsicht.",
    "Das haben wir die CDU schon oft gefragt.",
    "Das unterscheidet uns von der SPD.",
    "Die Grünen wollen Verbote, wir wollen Anreize.",
    "Die SPD fordert höhere Steuern.",
    "Minister Muster (FDP) hat das zugesagt.",
    "Die CDU setzt sich nicht durch.",
    "Unsere Forderung hat die SPD übernommen.",
    "Auf Anfrage der AfD-Fraktion teilte die Verwaltung mit, dass 20 Bänke fehlen.",
    "Selbst die CDU steht für diese Idee.",
    "Auch die SPD tritt dafür ein.",
    "Wir sind weder links noch rechts und nicht die CDU.",
    "Früher war die SPD hier stark.",
    "Die CDU/CSU-Bundestagsfraktion hat das Gesetz beschlossen.",
    "Nur mit der FDP ließ sich das umsetzen.",
    "Der Landtagsabgeordnete Max Muster, CDU, hat geholfen.",
    "Dafür danken wir der SPD-Fraktion.",
    "Dem Antrag der Grünen stimmen wir zu.",
    "Uns hat die Linke zugestimmt.",
)
AS_OWN = {
    "Wir als SPD wollen das ändern.": "SPD",
    "Wir Freien Demokraten stehen dafür.": "FDP",
    "Als Grüne setzen wir uns dafür ein.": "GRÜNE",
    "Am Sonntag: CDU wählen!": "CDU",
    "Unsere SPD steht dafür ein.": "SPD",
    "Wir, die FDP, bleiben dran.": "FDP",
}


def parties(text: str) -> list[str]:
    known = gazetteers.examples()
    return list(pipeline.parse(Source(text.encode(), "text.txt"), known).about.parties)


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        pytest.param(*row, id=name)
        for table in (
            OPPONENTS, TOGETHER, NEWSPAPERS, LISTS, IMPRINTS, YOUTH, ALONE, OTHERS,
        )
        for name, row in table.items()
    ],
)  # fmt: skip
def test_a_text_is_of_the_party_that_speaks(text, whose):
    assert parties(text) == whose


@pytest.mark.parametrize("sentence", IN_PASSING)
def test_a_party_named_in_passing_is_not_the_author(sentence):
    assert {kind: parties(text.format(sentence)) for kind, text in ANONYMOUS.items()} == {
        kind: [] for kind in ANONYMOUS
    }


@pytest.mark.parametrize("sentence", AS_OWN)
def test_a_party_named_once_as_ones_own_is(sentence):
    found = [parties(text.format(sentence)) for text in ANONYMOUS.values()]
    assert found == [[AS_OWN[sentence]]] * len(ANONYMOUS)
