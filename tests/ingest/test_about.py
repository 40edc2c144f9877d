"""Place, parties, year, date and kind are what a text says, or empty; each row is a trap.

The names of towns and parties are real, since telling them from words is the matter; the sentences are ours.
"""

from __future__ import annotations

import pytest

from programmes.ingest import pipeline
from programmes.ingest.pieces import Source
from tests.ingest import gazetteers

# What follows a head: a paragraph that says nothing of place, party or year.
P = "Das ist ein Satz über unsere Arbeit, der lang genug ist, um ein Absatz zu sein. Wir wollen mehr tun und wir werden handeln.\n"

# name, text, place (None: not looked at), parties, year, date, kind, [path]
CASES = [
    (
        "dateline press",
        "Pressemitteilung\n\nCDU fordert mehr Polizei\n\nKassel, 12. März 2024. Die CDU-Fraktion fordert mehr Streifen. „Wir brauchen Sicherheit in der Stadt“, sagt Fraktionschef Max Berger. Auch in Essen und Hagen sei das so.\n",
        "Kassel",
        ["CDU"],
        2024,
        "2024-03-12",
        "press",
    ),
    (
        "spd programme",
        "SPD Göttingen\nWahlprogramm zur Kommunalwahl am 12. September 2021\n\nBeschlossen auf dem Stadtparteitag am 7. November 2020\n\nWohnen\n\n"
        + P,
        "Göttingen",
        ["SPD"],
        2021,
        "2020-11-07",
        "programme",
    ),
    (
        "gruene",
        "# Grün wirkt.\n\nKommunalwahlprogramm von BÜNDNIS 90/DIE GRÜNEN Aalen 2024\n\n## Klima\n\n"
        + P,
        "Aalen",
        ["GRÜNE"],
        2024,
        None,
        "programme",
    ),
    (
        "essen noun",
        "# Gutes Essen für alle Kinder\n\n"
        + P
        + "Das Essen in der Kita soll besser werden. Für Essen darf kein Kind bezahlen.\n",
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "essen city",
        "CDU Essen\n\n# Programm zur Kommunalwahl 2020\n\n" + P,
        "Essen",
        ["CDU"],
        2020,
        None,
        "programme",
    ),
    (
        "halle",
        "# Eine neue Halle für den Sport\n\nDie Halle am Ring ist alt. " + P,
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "frankfurt oder",
        "Die Linke Frankfurt (Oder)\n\n# Kommunalwahlprogramm 2019\n\n"
        + P
        + "Frankfurt braucht mehr.\n",
        "Frankfurt (Oder)",
        ["DIE LINKE"],
        2019,
        None,
        "programme",
    ),
    (
        "frankfurt main",
        "# Volt Frankfurt\n\nProgramm zur Kommunalwahl 2021\n\n" + P,
        "Frankfurt am Main",
        ["Volt"],
        2021,
        None,
        "programme",
    ),
    (
        "230 volt",
        "# Mehr Ladesäulen\n\nEine Steckdose mit 230 Volt reicht nicht. " + P,
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "hagen person",
        "Antrag der FDP-Fraktion\n\nBetreff: Mehr Bäume\n\nSiegen, den 4. Mai 2023\n\nDer Rat möge beschließen:\n\nEs werden Bäume gepflanzt.\n\nMit freundlichen Grüßen\n\nKatharina Hagen\n",
        "Siegen",
        ["FDP"],
        2023,
        "2023-05-04",
        "motion",
    ),
    (
        "fw",
        "Freie Wähler Bad Homburg e.V.\n\nUnser Programm zur Kommunalwahl 2021\n\nVerkehr\n\n" + P,
        "Bad Homburg v. d. Höhe",
        ["FREIE WÄHLER"],
        2021,
        None,
        "programme",
    ),
    (
        "buergerliste",
        "Bürgerliste Weilheim e.V.\n\nKommunalwahl 2020\n\nWas wir wollen\n\n" + P,
        None,
        ["Bürgerliste Weilheim"],
        2020,
        None,
        "programme",
    ),
    (
        "wg",
        "Wählergemeinschaft Lebenswertes Lüneburg\n\nWahlprogramm 2021\n\nSoziales\n\n" + P,
        "Lüneburg",
        ["Wählergemeinschaft Lebenswertes Lüneburg"],
        2021,
        None,
        "programme",
    ),
    (
        "joint group",
        "SPD/Grüne-Gruppe im Rat der Stadt Celle\n\nAntrag: Radwege ausbauen\n\nCelle, 3.2.2022\n\nDer Rat möge beschließen:\n\nRadwege werden gebaut.\n",
        "Celle",
        ["SPD", "GRÜNE"],
        2022,
        "2022-02-03",
        "motion",
    ),
    (
        "ratsfraktion",
        "CDU-Ratsfraktion Osnabrück\n\nHaushaltsrede 2024\n\nRede der Fraktionsvorsitzenden Anna Meier in der Ratssitzung am 12. Dezember 2023\n\nSehr geehrte Frau Oberbürgermeisterin,\n\n"
        + P,
        "Osnabrück",
        ["CDU"],
        2023,
        "2023-12-12",
        "other",
    ),
    (
        "region",
        "SPD Region Hannover\n\nRegionswahlprogramm 2021–2026\n\nVerkehr\n\n" + P,
        "Region Hannover",
        ["SPD"],
        2021,
        None,
        "programme",
    ),
    (
        "landkreis",
        "Kreiswahlprogramm der CDU im Landkreis Gifhorn\n\nKreistagswahl am 12.09.2021\n\nSchulen\n\n"
        + P
        + "Gifhorn und Wolfsburg sind gut verbunden.\n",
        "Landkreis Gifhorn",
        ["CDU"],
        2021,
        None,
        "programme",
    ),
    (
        "kreis unna",
        "DIE LINKE. Kreisverband Unna\n\nProgramm zur Kreistagswahl 2020\n\nSoziales\n\n" + P,
        "Kreis Unna",
        ["DIE LINKE"],
        2020,
        None,
        "programme",
    ),
    (
        "samtgemeinde",
        "SPD Samtgemeinde Bardowick\n\nWahlprogramm zur Samtgemeinderatswahl 2021\n\nKitas\n\n" + P,
        "",
        ["SPD"],
        2021,
        None,
        "programme",
    ),
    (
        "stadtbezirk",
        "SPD-Ortsverein Brackwede\n\nProgramm für den Stadtbezirk Brackwede zur Kommunalwahl 2020\n\nBielefelds Süden\n\n"
        + P
        + "In Bielefeld und in Brackwede.\n",
        "Bielefeld",
        ["SPD"],
        2020,
        None,
        "programme",
    ),
    (
        "november may",
        "CDU Stadtverband Ulm\n\nWahlprogramm zur Gemeinderatswahl am 26. Mai 2019, beschlossen am 17. November 2018\n\nStadt\n\n"
        + P,
        "Ulm",
        ["CDU"],
        2019,
        "2018-11-17",
        "programme",
    ),
    (
        "vision",
        "# Münster 2030\n\nDas Programm der FDP zur Kommunalwahl am 13. September 2020 in Münster\n\n"
        + P
        + "Bis 2035 klimaneutral.\n",
        "Münster",
        ["FDP"],
        2020,
        None,
        "programme",
    ),
    (
        "copyright",
        "# Unser Plan für Lehrte\n\n" + P + "\n\n© 2019 SPD Lehrte\n",
        "Lehrte",
        ["SPD"],
        None,
        None,
        "programme",
    ),
    (
        "law year",
        "# Resolution für besseren Schutz\n\nAntrag der Fraktion DIE LINKE im Kreistag Northeim\n\nDas Gesetz von 2019 gilt. Der Kreistag möge beschließen:\n\nEtwas.\n",
        "Landkreis Northeim",
        ["DIE LINKE"],
        None,
        None,
        "motion",
    ),
    (
        "heimat words",
        "# Die Heimat stärken\n\nKommunalwahlprogramm der CSU Rosenheim 2020\n\n" + P,
        "Rosenheim",
        ["CSU"],
        2020,
        None,
        "programme",
    ),
    (
        "gruene wiesen",
        "# Grüne Wiesen, blaue Flüsse\n\n"
        + P
        + "Grüne Dächer und grüne Wände helfen. Familie und Kinder sind wichtig.\n",
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "familie caps",
        "KINDER UND FAMILIE\n\n" + P + "\nMEHR GRÜNE DÄCHER\n\n" + P,
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "newspaper",
        "Neue Brücke eröffnet\n\nVon Petra Sommer\n\nDie Stadt Hameln hat eine Brücke. „Das ist ein guter Tag“, sagt Bürgermeister Horst Wald. „Wir sind froh“, betont Ratsfrau Else Grün von der SPD.\n",
        "Hameln",
        [],
        None,
        None,
        "press",
    ),
    (
        "cdu kritisiert",
        "CDU kritisiert SPD wegen Baustelle\n\nTrier. Die CDU-Stadtratsfraktion kritisiert die SPD. „Das geht so nicht“, sagt Fraktionschef Peter Stein. „Wir fordern ein Konzept“, so Stein weiter.\n",
        "Trier",
        ["CDU"],
        None,
        None,
        "press",
    ),
    (
        "passing places",
        "# Mobil in unserer Stadt\n\nWir wollen einen Takt wie in Freiburg und Münster. Nach Hannover fährt man lange. Wir werden Busse kaufen.\n",
        "",
        [],
        None,
        None,
        "programme",
    ),
    (
        "file name",
        "Unsere Ziele\n\n" + P,
        "Aalen",
        ["SPD"],
        2024,
        None,
        "programme",
        "Aalen_SPD_2024.txt",
    ),
    ("file code", "Unsere Ziele\n\n" + P, "", ["SPD"], 1994, None, "programme", "ac94spd.txt"),
    (
        "file esslingen",
        "Unsere Ziele\n\n" + P,
        "Esslingen am Neckar",
        ["CDU"],
        2024,
        None,
        "programme",
        "Esslingen am Neckar_CDU_2024.txt",
    ),
    (
        "folder",
        "Unsere Ziele\n\n" + P,
        "Bremerhaven",
        ["FDP"],
        2023,
        None,
        "programme",
        "programme/Bremerhaven/2023/fdp.txt",
    ),
    (
        "moenchengladbach",
        "Unsere Ziele\n\n" + P,
        "Mönchengladbach",
        ["GRÜNE"],
        2014,
        None,
        "programme",
        "Moenchengladbach_gru_2014.txt",
    ),
    (
        "linke stadt",
        "# Für eine soziale Stadt\n\nKommunalwahlprogramm DIE LINKE. Oldenburg 2021\n\n" + P,
        "Oldenburg (Oldenburg)",
        ["DIE LINKE"],
        2021,
        None,
        "programme",
    ),
    (
        "afd",
        "AfD-Kreisverband Cham\n\nWahlprogramm zur Kommunalwahl am 15. März 2020\n\nSicherheit\n\n"
        + P,
        "Landkreis Cham",
        ["AfD"],
        2020,
        None,
        "programme",
    ),
    (
        "motion to mayor",
        "FDP-Fraktion im Stadtrat Worms\n\nHerrn Oberbürgermeister\nAdolf Kessel\nMarktplatz 2\n67547 Worms\n\n14. Juni 2022\n\nAntrag zur Sitzung des Stadtrates am 6. Juli 2022\n\nSehr geehrter Herr Oberbürgermeister,\n\ndie FDP-Fraktion beantragt: Der Stadtrat möge beschließen, dass etwas geschieht.\n",
        "Worms",
        ["FDP"],
        2022,
        "2022-06-14",
        "motion",
    ),
    (
        "last election",
        "# Wahlprogramm der UWG Borken\n\nBei der letzten Kommunalwahl 2014 waren wir stark.\n\n## Verkehr\n\n"
        + P,
        "",
        ["UWG"],
        None,
        None,
        "programme",
    ),
    (
        "press nr",
        "Pressemitteilung Nr. 7/2023 der GRÜNEN-Fraktion Marburg\n\nMehr Grün\n\nDie Grünen im Stadtparlament wollen mehr. „Bäume sind gut“, sagt die Sprecherin. „Wir freuen uns“, so die Sprecherin.\n",
        "Marburg",
        ["GRÜNE"],
        2023,
        None,
        "press",
    ),
    (
        "presents programme",
        "SPD stellt Kommunalwahlprogramm vor\n\nFulda, 3. Februar 2021 – Die SPD Fulda hat ihr Programm zur Kommunalwahl am 14. März 2021 vorgestellt. „Wir sind bereit“, sagt die Vorsitzende. „Fulda kann mehr“, so die Kandidatin.\n",
        "Fulda",
        ["SPD"],
        2021,
        "2021-02-03",
        "press",
    ),
    (
        "domain",
        "Unsere Ideen für die Stadt\n\n" + P + "\nwww.gruene-hildesheim.de\n",
        "Hildesheim",
        ["GRÜNE"],
        None,
        None,
        "programme",
    ),
    (
        "koeln demonym",
        "Kölner Perspektiven\n\nKommunalwahlprogramm 2025 der FDP Köln\n\nVerkehr\n\n" + P,
        "Köln",
        ["FDP"],
        2025,
        None,
        "programme",
    ),
    (
        "oedp",
        "ÖDP/Freie Wähler Passau\n\nStadtratswahl 2020: Unser Programm\n\nNatur\n\n" + P,
        "Passau",
        ["ÖDP", "FREIE WÄHLER"],
        2020,
        None,
        "programme",
    ),
    (
        "csu fw",
        "Gemeinsamer Antrag von CSU und Freien Wählern im Stadtrat Landshut\n\nLandshut, 05.10.2021\n\nDer Stadtrat möge beschließen: Etwas.\n",
        "Landshut",
        ["CSU", "FREIE WÄHLER"],
        2021,
        "2021-10-05",
        "motion",
    ),
    (
        "b90",
        "Bündnis 90 / Die Grünen\nOrtsverband Norderstedt\n\nKommunalwahl 2023\n\nKlima\n\n" + P,
        "Norderstedt",
        ["GRÜNE"],
        2023,
        None,
        "programme",
    ),
    (
        "muelheim",
        "SPD Mülheim an der Ruhr\n\nKommunalwahlprogramm 2020\n\nArbeit\n\n"
        + P
        + "Mülheim ist unsere Stadt.",
        "Mülheim an der Ruhr",
        ["SPD"],
        2020,
        None,
        "programme",
    ),
    (
        "two places",
        "Gemeinsames Programm für Nürnberg und Fürth\n\nSPD zur Kommunalwahl 2020\n\nArbeit\n\n"
        + P,
        "Fürth+Nürnberg",
        ["SPD"],
        2020,
        None,
        "programme",
    ),
    (
        "partei",
        "Die PARTEI Kreisverband Kiel\n\nKommunalwahlprogramm 2023\n\nBier\n\n" + P,
        "Kiel",
        ["Die PARTEI"],
        2023,
        None,
        "programme",
    ),
    (
        "term end",
        "# Was wir vorhaben\n\nIn der Wahlperiode bis 2026 wollen wir in Braunschweig viel. Wir als SPD in Braunschweig wollen mehr.\n"
        + P,
        "Braunschweig",
        ["SPD"],
        None,
        None,
        "programme",
    ),
    (
        "coalition",
        "Kooperationsvereinbarung zwischen SPD und Bündnis 90/Die Grünen im Rat der Stadt Emden\n\n2021–2026\n\nZiele\n\n"
        + P,
        "Emden",
        ["SPD", "GRÜNE"],
        None,
        None,
        "other",
    ),
    (
        "a newspaper's article",
        "# CDU will mehr Parkplätze in der Altstadt\n\nVon: Jana Beispiel\n\nDie CDU will in Lüneburg mehr Parkplätze. „Die Händler leiden“, sagte Fraktionschef Max Berger (51) im Ausschuss. Erika Muster (SPD) sprach von einem Rückschritt. Die Partei werde dagegen stimmen.\n",
        "Lüneburg",
        [],
        None,
        None,
        "press",
    ),
    (
        "a programme is presented",
        "# SPD Göttingen stellt Wahlprogramm zur Kommunalwahl 2021 vor\n\nDie SPD hat am Freitag ihr Programm vorgestellt. „Wir wollen mehr Wohnungen“, sagte die Vorsitzende Erika Muster. „Das ist ein guter Tag“, so der Kandidat Max Beispiel. Die Mitgliederversammlung wählte die Liste einstimmig.\n",
        "Göttingen",
        ["SPD"],
        None,
        None,
        "press",
    ),
    (
        "a budget speech",
        "# Haushaltsrede der FDP-Fraktion Ludwigsburg\n\nSehr geehrter Herr Oberbürgermeister, liebe Kolleginnen und Kollegen,\n\nwir werden dem Haushalt zustimmen. Wir wollen aber sparen, und wir werden darauf achten.\n",
        "Ludwigsburg",
        ["FDP"],
        None,
        None,
        "other",
    ),
    (
        "a page about a list",
        "# Über uns\n\nDie UWG Wilhelmshaven gibt es seit 2011. Wir wollen sachlich arbeiten und wir werden unabhängig bleiben. Wir stehen für Wilhelmshaven.\n",
        "Wilhelmshaven",
        ["UWG"],
        None,
        None,
        "other",
    ),
    (
        "a candidate",
        "# Erika Muster\n\nIch bin 44 Jahre alt und lebe mit meiner Familie in Krefeld. Ich arbeite als Lehrerin, und ich setze mich für meine Schule ein. Mir liegt Krefeld am Herzen.\n",
        "Krefeld",
        [],
        None,
        None,
        "other",
    ),
    (
        "a headline about a motion",
        "# Antrag der AfD-Fraktion zur Kreisumlage!\n\nAm 6. Oktober 2020 war der Antrag noch nicht auf der Tagesordnung. Die anderen Fraktionen nickten alles ab.\n",
        "",
        ["AfD"],
        None,
        None,
        None,
    ),
    (
        "a question to the county",
        "Landkreis Hildesheim, Herrn Landrat\n\nHildesheim, 28.05.2025\n\nAnfrage gem. § 56 NKomVG der CDU-Kreistagsfraktion\n\nSehr geehrter Herr Landrat,\n\nmit Schreiben vom 15.07.2024 haben wir gefragt. Wir bitten um Antwort.\n",
        "Landkreis Hildesheim",
        ["CDU"],
        2025,
        "2025-05-28",
        "motion",
    ),
    (
        "an alliance for children",
        "# Programm\n\nWir wollen ein Bündnis für Familien in Neuss gründen. Das Bündnis Kinderfreundliches Neuss soll wachsen. "
        + P,
        "Neuss",
        [],
        None,
        None,
        "programme",
    ),
    (
        "a green town",
        "# Grüne Stadt Dortmund\n\nUnser Programm zur Kommunalwahl 2025\n\n" + P,
        "Dortmund",
        [],
        2025,
        None,
        "programme",
    ),
    (
        "named once as one's own",
        "# Kommunalwahlprogramm 2024\n\nWir holen Leonberg aus dem Schlaf. In Leonberg geht mehr, und Leonberg kann mehr. Das Programm der Freien Demokraten gibt es hier. "
        + P,
        "Leonberg",
        ["FDP"],
        2024,
        None,
        "programme",
    ),
    (
        "named again and again as an opponent",
        "# Für ein offenes Jena\n\n"
        + P
        + "Der Hetze der AfD treten wir entgegen. Wir wollen nicht, dass die AfD gewinnt. Gegen die AfD hilft gute Politik.\n",
        "Jena",
        [],
        None,
        None,
        "programme",
    ),
    (
        "a town by the way in a county's text",
        "# Kreistag beschließt den Kreishaushalt\n\nDer Kreistag tagte in Stadtallendorf. Die Kreisumlage steigt, und die Kosten steigen auch.\n",
        "",
        [],
        None,
        None,
        None,
    ),
    (
        "a county named after its rivers",
        "# Kreistag tagt\n\nDer Kreistag tagte in Mosbach über den Haushalt des Neckar-Odenwald-Kreises.\n",
        "Neckar-Odenwald-Kreis",
        [],
        None,
        None,
        None,
    ),
    (
        "the county of a town's name",
        "# Kümmern statt kürzen\n\nWir wollen einen starken Landkreis. Der Landkreis muss handeln, und der Kreistag auch. "
        + P,
        "Landkreis Kassel",
        ["DIE LINKE"],
        2026,
        None,
        "programme",
        "linke-kassel-land-2026.txt",
    ),
    (
        "an association is not its namesake",
        "# Wahlprogramm der CDU in der Samtgemeinde Sottrum\n\nFür die Kommunalwahl 2021 haben wir in der Samtgemeinde Sottrum viel vor. "
        + P,
        "",
        ["CDU"],
        2021,
        None,
        "programme",
    ),
    (
        "a slogan is no list",
        "# Gemeinsam für Lüneburg\n\nUnser Programm zur Kommunalwahl 2021\n\n" + P,
        "Lüneburg",
        [],
        2021,
        None,
        "programme",
    ),
    (
        "a list by that name says that it is one",
        "# Bürger für Lüneburg e.V.\n\nUnser Programm zur Kommunalwahl 2021\n\n" + P,
        "Lüneburg",
        ["Bürger für Lüneburg"],
        2021,
        None,
        "programme",
    ),
    (
        "a town in its county",
        "# Haushaltsrede\n\nSehr geehrte Damen und Herren, liebe Kolleginnen und Kollegen im Rat,\n\nunsere Stadt ist die größte im Zollernalbkreis. Wir werden sparen.\n",
        "",
        [],
        None,
        None,
        "other",
    ),
    (
        "a venue of a state's party",
        "# Für starke Gemeinden\n\nBeschluss des Landesparteitags der FDP Niedersachsen am 3. Juni 2021 in Emden\n\nWir wollen mehr Geld für die Gemeinden.\n",
        "",
        ["FDP"],
        None,
        "2021-06-03",
        "programme",
    ),
    (
        "a state's party at its seat",
        "# SPD Hessen zieht Bilanz\n\nWiesbaden. Die SPD Hessen hat ihren Landesparteitag in Kassel beendet. „Wir sind zufrieden“, sagt die Vorsitzende Anna Beispiel. „Jetzt geht es los“, so der Sekretär.\n",
        "",
        ["SPD"],
        None,
        None,
        "press",
    ),
    (
        "a surname that is an adjective",
        "# Fraktionsvorsitzender Werner Beispiel zum Haushalt der Freien Wähler\n\nWir werden sparen, und wir werden den Gürtel enger schnallen. Im Keller des Rathauses liegt Schimmel.\n",
        "",
        ["FREIE WÄHLER"],
        None,
        None,
        "programme",
    ),
    (
        "a quarter with the name of a town",
        "# Meine Jahre in der Partei\n\nIch kam zum Ortsverband Mülheim, und mein Weg führte mich weiter. Mir gefiel die Arbeit im Ortsverband Mülheim. Ich war bei der Kölner Fraktion, und ich war im Kölner Rathaus.\n",
        "",
        [],
        None,
        None,
        "other",
    ),
    (
        "a seat of government in a report",
        "# Kongress der Ehrenamtlichen\n\nViele kamen aus dem Bahnhof. „Die Reise war lang“, sagte eine Besucherin. „Es hat sich gelohnt“, meinte ein Gast des Stuttgarter Bürgermeisters. In Stuttgart war das Wetter gut.\n",
        "",
        [],
        None,
        None,
        "press",
    ),
    (
        "the county of two rivers' towns",
        "# Wahlprogramm zur Kommunalwahl 2020\n\nCSU Dingolfing-Landau: Zukunft im Blick\n\n" + P,
        "Landkreis Dingolfing-Landau",
        ["CSU"],
        2020,
        None,
        "programme",
    ),
    (
        "a look back at an election",
        "# Rückblick auf die Kommunalwahl vom 26. Mai 2019\n\nLiebe Mitglieder, hier sind einige Zahlen. Die Beteiligung lag bei 69 Prozent, in den Dörfern höher.\n",
        "",
        [],
        2019,
        None,
        None,
    ),
    (
        "a report of a mayor's budget speech",
        "# Haushaltsrede der Bürgermeisterin mit düsterer Botschaft\n\nHildesheim. Mit Beifall wurde die Rede aufgenommen. „Wir müssen sparen“, so die Bürgermeisterin Anna Beispiel. „Es wird nicht leicht“, sagte sie.\n",
        "Hildesheim",
        [],
        None,
        None,
        "press",
    ),
    (
        "a speech that moves something",
        "# Rede zur Grundsteuer\n\nSehr geehrte Frau Präsidentin, sehr geehrte Damen und Herren,\n\ndie Bürger für Bensheim danken der Verwaltung. Gleichzeitig beantragen wir einen Bericht.\n",
        "Bensheim",
        [],
        None,
        None,
        "other",
    ),
    (
        "questions about a programme",
        "# Ein Blick auf alle, die zur Wahl stehen\n\nWir wollen euch einen Überblick geben und haben alle gefragt.\n\n© Freie Wähler Augsburg\n\nWas sind die Eckpunkte Ihres Wahlprogramms?\n\nDie Schulen sind das wichtigste Projekt.\n",
        None,
        [],
        None,
        None,
        None,
    ),
    (
        "a slogan with instead",
        "# Zuhören statt Ausgrenzen – Kommunalwahlprogramm 2026\n\n" + P,
        "",
        [],
        2026,
        None,
        "programme",
    ),
    (
        "a programme for a far year",
        "# Zukunftsprogramm 2035 der SPD Aalen\n\n" + P,
        "Aalen",
        ["SPD"],
        None,
        None,
        "programme",
    ),
    (
        "two that are words as well",
        "# Linke und Piraten stimmen dagegen\n\n„Wir lehnen das ab“, sagt Anna Beispiel, Sprecherin der Fraktion DIE LINKE & PIRATEN. „Das bleibt so“, sagt ihr Stellvertreter.\n",
        "",
        ["DIE LINKE", "PIRATEN"],
        None,
        None,
        "press",
    ),
    (
        "news of a party",
        "# Kommunalwahl: FDP will acht Prozent holen\n\nDie FDP will bei den Kommunalwahlen am 14. März zulegen. Dieses Ziel gaben der Vorsitzende Beispiel und der Generalsekretär am Freitag aus. Vor fünf Jahren hatte die Partei sechs Prozent erzielt.\n",
        "",
        [],
        None,
        None,
        "press",
    ),
    (
        "the day of an election is no date",
        "# Gehen Sie wählen!\n\nAm 6. Mai 2018 ist Kommunalwahl!\n\nWir stehen für ein gutes Leben.\n",
        "",
        [],
        2018,
        None,
        None,
    ),
    (
        "a group of two by a stroke",
        "Antrag\n\nDie Verwaltung wird beauftragt, in Krefeld Bänke aufzustellen.\n\nBegründung\n\nIn Krefeld fehlen Bänke.\n\ngez.\nAnna Beispiel\n\nSPD/Volt-Fraktion\n",
        "Krefeld",
        ["SPD", "Volt"],
        None,
        None,
        "motion",
    ),
    (
        "a letter that moves something",
        "Sehr geehrter Herr Bürgermeister,\n\ndie SPD-Fraktion stellt im Zuge der Haushaltsberatungen folgenden Antrag:\n\nDie Verwaltung erstellt ein Konzept. In der Antwort vom 21.12.2016 sagte sie das zu.\n",
        "",
        ["SPD"],
        None,
        None,
        "motion",
    ),
    (
        "motions for a numbered sitting",
        "Anträge zur 17. Stadtratssitzung\n\nDer Stadtrat beschließt: Es wird geprüft, ob es ein Parlament der Kinder geben kann.\n\nBegründung: Kinder wollen frei entscheiden.\n",
        "",
        [],
        None,
        None,
        "motion",
    ),
    (
        "a statement about an election",
        "# Unser Statement zur Bürgermeisterwahl 2024\n\nWir möchten erläutern, wie wir zur Wahl stehen. Wir werden niemanden aufstellen, und wir wollen sachlich bleiben.\n",
        "",
        [],
        2024,
        None,
        None,
    ),
    (
        "a speech printed as a statement",
        "# Dem Haushalt zugestimmt\n\n16.12.2023\n\nStellungnahme der CDU-Fraktionsvorsitzenden Anna Beispiel zum Haushalt, der mit den Stimmen von CDU und FDP beschlossen wurde.\n\n„Wir haben heute den Haushalt zu beschließen. Wir schaffen damit die Grundlage, um Fulda zu gestalten. Wir stehen zusammen.\n",
        "",
        ["CDU"],
        2023,
        "2023-12-16",
        "other",
    ),
    (
        "a speech that greets without honour",
        "# Wälder\n\nFrau Stadtverordnetenvorsteherin, meine Damen und Herren,\n\ndas Thema steht lange auf der Tagesordnung. Unser Ziel ist mehr Naturwald.\n",
        "",
        [],
        None,
        None,
        "other",
    ),
    (
        "three by strokes",
        "# Fraktionsgemeinschaft SPD-Grüne-FDP Herrenberg\n\nKommunalwahlprogramm 2024\n\n" + P,
        "Herrenberg",
        ["SPD", "GRÜNE", "FDP"],
        2024,
        None,
        "programme",
    ),
    (
        "a party and a local list",
        "# FDP & Freie Bürger Herrenberg\n\nKommunalwahlprogramm 2024\n\n" + P,
        None,
        ["FDP", "Freie Bürger Herrenberg"],
        2024,
        None,
        "programme",
    ),
    (
        "one list by two of its names",
        "# Freie Wähler (FWG) Herrenberg\n\nKommunalwahlprogramm 2024\n\n" + P,
        "Herrenberg",
        ["FREIE WÄHLER"],
        2024,
        None,
        "programme",
    ),
    (
        "two bodies in two lines",
        "CDU Kreisverband Main-Kinzig\nSPD Unterbezirk Main-Kinzig\n\nKoalitionsvereinbarung\n\nDie Partner werden den Main-Kinzig-Kreis gemeinsam gestalten.\n",
        "Main-Kinzig-Kreis",
        ["CDU", "SPD"],
        None,
        None,
        "other",
    ),
    (
        "others that we differ from",
        "# Für ein offenes Jena\n\nWir wollen Begegnung fördern, und wir werden beraten. Anders als CDU und FDP stehen wir zu den Vereinen in Jena.\n",
        "Jena",
        [],
        None,
        None,
        "programme",
    ),
    (
        "a flyer of few words",
        "Celle kann mehr!\n\nAm 12. September SPD wählen\n\n• Bezahlbar wohnen\n• Kitas ohne Gebühren\n\nV.i.S.d.P.: SPD Celle, Marktstraße 1, 29221 Celle\n",
        "Celle",
        ["SPD"],
        None,
        None,
        None,
    ),
    (
        "a year alone on the cover",
        "ZUKUNFT GESTALTEN\nKommunalwahlprogramm\nGRÜNE FREIBURG\n2024\n\nKlimaschutz\n\n" + P,
        "Freiburg im Breisgau",
        ["GRÜNE"],
        2024,
        None,
        "programme",
    ),
    (
        "an alliance of three",
        "Köln gestalten\n\nBündnisvereinbarung zwischen BÜNDNIS 90/DIE GRÜNEN, CDU und Volt im Rat der Stadt Köln\n\nWir wollen Köln klimaneutral machen.\n",
        "Köln",
        ["GRÜNE", "CDU", "Volt"],
        None,
        None,
        "other",
    ),
]


YOUTH = {
    "Jusos Moorstadt": "Jusos Moorstadt",
    "Junge Union Kreisverband Unna": "Junge Union Kreisverband Unna",
    "GRÜNE JUGEND Bonn": "GRÜNE JUGEND Bonn",
    "Linksjugend Gera": "Linksjugend Gera",
}
# The whole text, and its kind; what could be of two kinds is of none.
KINDS = {
    "Stadtrat streitet über Parkgebühren\n\nVon Anna Beispiel\n\nDie Parkgebühren in der Innenstadt steigen. Das hat der Stadtrat am Donnerstag mit knapper Mehrheit beschlossen. „Ein Unding“, sagt CDU-Chef Max Muster. Die Grünen verteidigten die Erhöhung.\n": "press",
    "Kandidaten stellen sich vor\n\nRund 200 Besucher kamen am Dienstagabend in die Stadthalle, um die vier Bewerber für das Bürgermeisteramt zu erleben. Moderiert wurde die Runde von Redaktionsleiter Max Beispiel. Beim Thema Wohnen waren sich alle einig. „Wir brauchen mehr Sozialwohnungen“, sagte Erika Muster (SPD). Peter Stein (CDU) verwies auf die Kosten.\n": "press",
    "„Ich will Oberbürgermeisterin für alle sein“\n\nErika Muster tritt für die Grünen an. Im Gespräch mit unserer Redaktion spricht sie über Verkehr und Wohnen.\n\nFrau Muster, warum wollen Sie ins Rathaus?\nWeil sich etwas ändern muss. Wir wollen die Stadt umbauen.\n\nWas ist Ihr wichtigstes Ziel?\nWir werden die Straßenbahn ausbauen.\n": "press",
    "Resolution: Krankenhaus erhalten\n\nDer Kreistag möge beschließen:\n\nDer Kreistag fordert das Land auf, die Finanzierung des Klinikums zu sichern.\n\nBegründung\nDie Versorgung ist gefährdet.\n": "motion",
    "Anfrage der SPD-Fraktion gemäß § 12 der Geschäftsordnung\n\nSehr geehrter Herr Bürgermeister,\n\nwir bitten um Beantwortung folgender Fragen:\n1. Wie viele Kitaplätze fehlen?\n2. Wann werden sie geschaffen?\n\nMit freundlichen Grüßen\nErika Muster\n": "motion",
    "Änderungsantrag zur Vorlage 123/2024\n\nDie CDU-Fraktion beantragt, Ziffer 2 wie folgt zu ändern: Die Mittel werden um 50.000 Euro erhöht.\n\nBegründung: Der Bedarf ist gestiegen.\n": "motion",
    "FWG-Fraktion im Gemeinderat\n\nAn den Bürgermeister\nHerrn Max Muster\n\nAntrag auf Errichtung eines Zebrastreifens\n\nSehr geehrter Herr Bürgermeister,\n\ndie FWG-Fraktion stellt den Antrag, in der Schulstraße einen Zebrastreifen anzulegen. Kinder müssen sicher zur Schule kommen.\n": "motion",
    "Haushaltsanträge der Fraktion Bündnis 90/Die Grünen zum Doppelhaushalt 2025/2026\n\nAntrag 1: Radwege\nWir beantragen, 200.000 Euro einzustellen.\n\nAntrag 2: Bäume\nWir beantragen, 100 Bäume zu pflanzen.\n": "motion",
    "Rede des Fraktionsvorsitzenden Max Muster zum Haushalt 2023\n\nSehr geehrte Frau Bürgermeisterin, meine Damen und Herren,\n\nheute beschließen wir den Haushalt. Wir wollen sparsam sein. Wir werden zustimmen.\n": "other",
    "Etatrede 2022\nSPD-Kreistagsfraktion\n\nHerr Landrat, meine Damen und Herren,\n\nZahlen lügen nicht. Wir fordern mehr Geld für Schulen. Wir werden den Etat ablehnen.\n": "other",
    "Neujahrsempfang 2024: Rede der Vorsitzenden\n\nLiebe Gäste,\n\nein schwieriges Jahr liegt hinter uns. Wir wollen nach vorn blicken. Ich danke allen, die sich eingesetzt haben.\n": "other",
    "Vereinbarung über die Zusammenarbeit im Rat der Stadt Musterstadt\nzwischen der CDU-Fraktion und der Fraktion Bündnis 90/Die Grünen\nfür die Wahlperiode 2020 bis 2025\n\nWir wollen die Stadt gemeinsam gestalten. Wir werden Radwege bauen. Wir werden Schulen sanieren.\n": "other",
    "Kooperationsvertrag\n\nSPD und FDP im Kreistag vereinbaren für die Wahlperiode 2021–2026:\n\n1. Finanzen\nWir werden keine neuen Schulden machen. Wir wollen Steuern stabil halten.\n": "other",
    "Unsere Stadt kann mehr\nDas wollen wir in den nächsten fünf Jahren erreichen\n\nWohnen\nWir bauen 500 Wohnungen. Wir schaffen eine städtische Gesellschaft.\n\nVerkehr\nWir bauen die Straßenbahn nach Süden. Wir wollen einen dichteren Takt.\n": "programme",
    "Kommunalpolitische Leitlinien der CDU Musterstadt 2021–2026\n\nWir stehen für solide Finanzen. Wir wollen Vereine fördern. Wir werden die Feuerwehr stärken.\n": "programme",
    "Entwurf des Wahlprogramms zur Kommunalwahl 2026\n\nAntragsteller: Kreisvorstand\nBeschlossen vom Kreisvorstand am 3. Februar 2026\n\nKapitel 1: Wohnen\nWir wollen, dass alle gut wohnen. Wir werden Baulücken schließen.\n": "programme",
    "Am 14. September SPD wählen!\n\nDafür stehen wir:\n- Gute Kitas\n- Bezahlbare Mieten\n- Sichere Radwege\n\nUnser Programm: www.spd-musterstadt.example\n": "programme",
    "Medieninformation vom 4. Mai 2023\n\nLinke fordert Hitzeschutz\n\nDie Fraktion Die Linke fordert einen Hitzeaktionsplan. „Alte Menschen sterben“, sagt Erika Muster.\n": "press",
    "Grüne: Baumschutzsatzung ist überfällig\n\n„Seit Jahren versprechen uns CDU und SPD eine Baumschutzsatzung“, sagt Fraktionssprecherin Erika Muster. „Jetzt muss gehandelt werden.“ Die Grünen haben das Thema auf die Tagesordnung setzen lassen.\n": "press",
    "Infostand der CDU gut besucht\n\nAm vergangenen Samstag informierte der CDU-Ortsverband auf dem Wochenmarkt. Viele Bürgerinnen und Bürger nutzten die Gelegenheit zum Gespräch. Der Vorsitzende Max Muster freute sich über das Interesse. Im Herbst soll die nächste Veranstaltung stattfinden.\n": "press",
    "Nominierung: Erika Muster führt SPD-Liste an\n\nDie Mitglieder des SPD-Ortsvereins haben am Freitag ihre Liste für die Kommunalwahl aufgestellt. Auf Platz eins wählten sie Erika Muster. Sie erhielt 31 von 33 Stimmen. Muster kündigte an, sich für Kitas einzusetzen.\n": "press",
    "Unsere Kandidaten für den Gemeinderat\n\nPlatz 1: Max Muster, 41, Lehrer, verheiratet, zwei Kinder\nPlatz 2: Erika Beispiel, 36, Ärztin\nPlatz 3: Peter Stein, 52, Landwirt\n": "other",
    "Über uns\n\nDer SPD-Ortsverein wurde 1904 gegründet. Er hat heute 84 Mitglieder. Wir treffen uns jeden ersten Montag im Monat im Gasthaus zur Post.\n": "other",
    "Einladung zur Mitgliederversammlung\n\nLiebe Mitglieder,\n\nhiermit laden wir herzlich zur Mitgliederversammlung am 3. Mai um 19 Uhr ein.\n\nTagesordnung\n1. Begrüßung\n2. Bericht des Vorstands\n3. Wahlen\n": "other",
    "Satzung des CDU-Stadtverbandes Musterstadt\n\n§ 1 Name und Sitz\nDer Stadtverband führt den Namen CDU-Stadtverband Musterstadt.\n§ 2 Aufgaben\nEr hat die Aufgabe, die Mitglieder zu vertreten.\n": "other",
    "Antworten der FDP Musterstadt auf die Fragen des Radverkehrsvereins\n\nFrage 1: Werden Sie Radwege bauen?\nJa, wir werden Radwege bauen.\n\nFrage 2: Wie stehen Sie zu Tempo 30?\nWir wollen Tempo 30 vor Schulen.\n": None,
    "Niederschrift über die 12. Sitzung des Gemeinderats am 4. Mai 2023\n\nAnwesend: Bürgermeister Muster und 14 Mitglieder\nTOP 1: Begrüßung\nTOP 2: Haushalt\nDer Haushalt wird mit 12 zu 2 Stimmen beschlossen.\n": "other",
}


def read(case: tuple, known) -> dict:
    _name, text, _place, _parties, _year, _date, _kind, *path = case
    about = pipeline.parse(Source(text.encode(), path[0] if path else "text.txt"), known).about
    names = {place.ags: place.name for place in known.places}
    return {
        "place": "+".join(sorted(names[ags] for ags in about.municipalities)),
        "parties": list(about.parties),
        "year": about.year,
        "date": about.date,
        "kind": about.kind,
    }


def expected(case: tuple) -> dict:
    return dict(zip(("place", "parties", "year", "date", "kind"), case[2:7], strict=True))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_what_a_text_says_among_all_the_places_of_the_register(case, shared):
    known = gazetteers.register(shared / "reference" / "municipalities.csv")
    got, wanted = read(case, known), expected(case)
    if wanted["place"] is None:
        wanted["place"] = got["place"]
    assert got == wanted


@pytest.mark.parametrize("case", CASES, ids=lambda case: case[0])
def test_with_the_shipped_table_alone_nothing_wrong_is_said(case):
    got, wanted = read(case, gazetteers.examples()), expected(case)
    assert got["place"] in ("", wanted["place"] or got["place"])
    assert {**got, "place": ""} == {**wanted, "place": ""}


def doubts(text: str, known, **about: str) -> dict[str, str]:
    parsed = pipeline.parse(Source(text.encode(), "text.txt", about), known)
    return {warning.code: warning.message for warning in parsed.warnings}


MOTION = "Antrag an den Rat der Stadt Halle\n\nDer Rat möge beschließen: Es werden Bänke gebaut.\n"


def test_a_name_that_several_bear_stays_empty_and_names_them(shared):
    known = gazetteers.register(shared / "reference" / "municipalities.csv")
    said = doubts(MOTION, known)["place-ambiguous"]
    assert "Halle (Saale), Halle (Westf.) (Kreis Gütersloh)" in said
    assert "place-ambiguous" not in doubts(MOTION, known, municipalities="Halle (Saale)")


@pytest.mark.parametrize(
    ("evidence", "place"),
    [
        ("Der Oberbürgermeister wird gebeten, sie aufzustellen.", "Halle (Saale)"),
        ("Der Kreis Gütersloh zahlt die Hälfte.", "Halle (Westf.)"),
        ("Sie stehen, wie überall im Land, an jeder Straße.", ""),
    ],
)
def test_what_else_a_text_says_tells_which_of_several_it_is(shared, evidence, place):
    known = gazetteers.register(shared / "reference" / "municipalities.csv")
    about = pipeline.parse(Source((MOTION + evidence).encode(), "text.txt"), known).about
    names = {one.ags: one.name for one in known.places}
    assert "".join(names[ags] for ags in about.municipalities) == place


def test_an_association_of_municipalities_is_named_and_left_to_the_archivist():
    text = "# Wahlprogramm der CDU in der Samtgemeinde Bardowick 2021\n\n" + P
    said = doubts(text, gazetteers.examples())["place-association"]
    assert said.startswith("Der Text nennt „Samtgemeinde Bardowick“;")


MOVES = (
    "Der Rat möge beschließen:\n\nEs werden drei Brunnen gebaut.\n\nBegründung\n\nEs ist heiß.\n"
)


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("# Antrag der FDP-Fraktion\n\nBetreff: Brunnen am Markt\n\n", "Brunnen am Markt"),
        ("# Antrag\n\nBetreff:\n\nBrunnen am Markt\n\n", "Brunnen am Markt"),
        ("# Gemeinsamer Antrag von CDU und FDP\n\n## Brunnen am Markt\n\n", "Brunnen am Markt"),
        ("# Anfrage Nr. 12/2023\n\n## Brunnen am Markt\n\n", "Brunnen am Markt"),
        ("# Antrag: Brunnen am Markt\n\n## Anlass\n\n", "Antrag: Brunnen am Markt"),
        ("# Antrag auf Bau von Brunnen\n\n## Anlass\n\n", "Antrag auf Bau von Brunnen"),
        ("# Antrag der FDP-Fraktion\n\n## Begründung\n\n", "Antrag der FDP-Fraktion"),
    ],
)
def test_a_motion_is_called_by_its_subject(head, title):
    source = Source((head + MOVES).encode(), "text.md")
    assert pipeline.parse(source, gazetteers.examples()).about.title == title


@pytest.mark.parametrize("first", YOUTH)
def test_a_youth_organisation_publishes_and_is_no_party(first):
    text = f"{first}\n\n# Busse in der Nacht\n\n{P}Die CDU-Fraktion und die SPD-Fraktion zögern.\n"
    about = pipeline.parse(Source(text.encode(), "text.txt"), gazetteers.examples()).about
    assert (about.parties, about.publisher) == ((), YOUTH[first])


@pytest.mark.parametrize("text", KINDS)
def test_a_text_is_of_the_kind_that_it_shows_or_of_none(text):
    about = pipeline.parse(Source(text.encode(), "text.txt"), gazetteers.examples()).about
    assert about.kind == KINDS[text]


# The head of a text, its lines parted by " // ", and its place: a part, an association or a region is not its town.
LEVELS = {
    "SPD Samtgemeinde Bardowick // Wahlprogramm zur Samtgemeinderatswahl 2021": "",
    "CDU-Samtgemeindeverband Elbtalaue // Wahlprogramm 2021": "",
    "FWG Verbandsgemeinde Rhein-Selz // Programm zur Kommunalwahl 2024": "",
    "SPD in der Verbandsgemeinde Landstuhl // Programm zur Kommunalwahl 2024": "",
    "Programm der FDP für die VG Nieder-Olm // Kommunalwahl 2024": "",
    "CDU Amt Hüttener Berge // Programm zur Kommunalwahl 2023": "",
    "CDU-Ortsverband Hiltrup // Unser Programm für den Stadtteil Hiltrup 2020": "",
    "SPD-Ortsverein Ortsteil Bergheim // Unser Programm 2020": "",
    "SPD Münster-Hiltrup // Programm zur Kommunalwahl 2020": "Münster",
    "Grüne Köln-Ehrenfeld // Programm für den Stadtbezirk Ehrenfeld 2020": "Köln",
    "SPD Stadtbezirk Dortmund-Hombruch // Programm zur Kommunalwahl 2020": "Dortmund",
    "Programm der CDU für die Bezirksvertretung Mitte // Kommunalwahl 2020": "",
    "CDU Berlin-Mitte // Programm zur BVV-Wahl 2021": "Berlin",
    "Die Linke Pankow // Wahlprogramm zur Bezirksverordnetenversammlung 2021": "",
    "Programm der SPD für den Ortsrat Langenhagen-Engelbostel // Kommunalwahl 2021": "Langenhagen",
    "SPD Kreis Unna // Kreiswahlprogramm 2020": "Kreis Unna",
    "Grüne im Kreis Viersen // Programm zur Kreistagswahl 2025": "Kreis Viersen",
    "CDU Rhein-Sieg-Kreis // Wahlprogramm 2020": "Rhein-Sieg-Kreis",
    "CDU-Kreistagsfraktion Göttingen // Wahlprogramm 2021": "Landkreis Göttingen",
    "FDP Kreisverband Mainz-Bingen // Kommunalwahlprogramm 2024": "Landkreis Mainz-Bingen",
    "Freie Wähler Kreisvereinigung Starnberg // Kreistagswahl 2026": "Landkreis Starnberg",
    "SPD Region Hannover // Regionswahlprogramm 2021": "Region Hannover",
    "SPD Region Stuttgart // Programm zur Regionalwahl 2024": "",
    "Grüne im Regionalverband Ruhr // Programm zur RVR-Wahl 2020": "",
    "Regionalwahlprogramm der CDU für die Region Stuttgart // Verband Region Stuttgart 2019": "",
    "CDU StädteRegion Aachen // Wahlprogramm 2020": "Städteregion Aachen",
    "Metropolregion Nürnberg: Unsere Ziele // SPD": "",
    "Für die Region Braunschweig // Kommunalwahlprogramm der FDP 2021": "",
    "FDP Niedersachsen // Rahmenprogramm zur Kommunalwahl 2021": "",
    "SPD Aachen und Düren // Gemeinsames Programm 2020": "Aachen+Düren",
    "SPD-Unterbezirk Dortmund // Programm zur Kommunalwahl 2020": "Dortmund",
    "SPD-Bezirk Hannover // Programm zur Kommunalwahl 2021": "",
}


@pytest.mark.parametrize("head", LEVELS)
def test_parts_associations_and_regions_are_no_municipality(head):
    known = gazetteers.examples()
    text = head.replace(" // ", "\n\n") + "\n\n" + P
    about = pipeline.parse(Source(text.encode(), "text.txt"), known).about
    names = {place.ags: place.name for place in known.places}
    assert "+".join(names[ags] for ags in about.municipalities) == LEVELS[head]


@pytest.mark.parametrize(
    ("head", "code", "named"),
    [
        ("SPD Stadtteil Hiltrup", "place-part", "Stadtteil Hiltrup"),
        ("SPD Region Stuttgart", "place-region", "Region Stuttgart"),
        ("FWG Verbandsgemeinde Rhein-Selz", "place-association", "Verbandsgemeinde Rhein-Selz"),
    ],
)
def test_what_is_no_municipality_is_named_to_the_archivist(head, code, named):
    said = doubts(f"# Wahlprogramm\n\n{head}\n\n{P}", gazetteers.examples())[code]
    assert said.startswith(f"Der Text nennt „{named}“") and "Bitte die Gemeinde" in said
