"""German, pinned: what terms stand for a word. `=` as written, bare the lemma, `+` a part, `~` a family."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import analysis

TERMS = """
Wohnungen           =wohnungen wohnung ~wohn
Häuser              =haeuser haus
Kitas               =kitas kita
Busse               =busse bus busse
Schulen             =schulen schule ~schul
Schüler             =schueler schueler
Bürger              =buerger buerger
Burg                =burg burg
Förderung           =foerderung foerderung ~foerder
Forderung           =forderung forderung ~forder
Bäume               =baeume baum
Baeume              =baeume baum
Buerger             =buerger buerger
Straße              =strasse strasse
Strasse             =strasse strass strasse
Straßenbahnen       =strassenbahnen strassenbahn +strasse +bahn
strassenbahn        =strassenbahn strassenbahn +strasse +bahn
Grünfläche          =gruenflaeche gruenflaeche +gruen +flaeche
gruenflaeche        =gruenflaeche gruenflaeche +gruen +flaeche
Fussgaenger         =fussgaenger fussgaenger +fuss +gaenger
Masse               =masse masse ~mass
Maße                =masse mass
Bürger*innen        =buerger buerger
Bürger\\*innen      =buerger buerger
Bürger:innen        =buerger buerger
Bürger_innen        =buerger buerger
Bürger·innen        =buerger buerger
BürgerInnen         =buerger buerger
Bürger/innen        =buerger buerger
Anwohner/-innen     =anwohner anwohner
Lehrer*in           =lehrer lehrer
Lehrerinnen         =lehrerinnen lehrerin lehrer
Pädagog_innen       =paedagoge paedagoge
Ärzt*innen          =arzt arzt
Ärztin              =aerztin aerztin arzt
Kolleg:innen        =kollege kollege
Kollegin            =kollegin kollegin kollege
Köchinnen           =koechinnen koechin koch
Bürger*innenbeteiligung  =buergerbeteiligung buergerbeteiligung +buerger +beteiligung ~beteilig ~buergerbeteilig
Expert*innenrat     =experterat experterat +experte +rat
Bürgerinnenrat      =buergerinnenrat buergerinnenrat +buergerin +buerger +rat
Termin              =termin termin
Medizin             =medizin medizin
Benzin              =benzin benzin
Berlin              =berlin berlin
Radwege             =radwege radweg +rad +weg
Radwegenetz         =radwegenetz radwegenetz +radweg +rad +weg +netz
Kitaplätze          =kitaplaetze kitaplatz +kita +platz ~platz
Hallenbäder         =hallenbaeder hallenbad +halle ~hall +bad ~hallenbad
Wohnungsbau         =wohnungsbau wohnungsbau +wohnung ~wohn +bau ~bau
Mieterhöhungen      =mieterhoehungen mieterhoehung +miete ~miet +erhoehung ~erhoeh ~mieterhoeh
Mietpreis           =mietpreis mietpreis +miete ~miet +preis ~preis
Ganztagsschule      =ganztagsschule ganztagsschule +ganztag +schule ~schul
Gesamtschule        =gesamtschule gesamtschule +schule ~schul
Feuerwehrhaus       =feuerwehrhaus feuerwehrhaus +feuerwehr +feuer +wehr +haus
Bundestagswahl      =bundestagswahl bundestagswahl +bundestag +bund +tag +wahl
Glasfaserausbau     =glasfaserausbau glasfaserausbau +glasfaser +glas +faser +ausbau ~ausbau
Beratungsstelle     =beratungsstelle beratungsstelle +beratung ~berat +stelle ~stell
Abstellplatz        =abstellplatz abstellplatz +abstellen ~abstell +platz ~platz
seniorengerecht     =seniorengerecht seniorengerecht +senior
barrierefrei        =barrierefrei barrierefrei +barriere ~barrierefrei
hundert             =hundert hundert
robust              =robust robust ~robust
vereinbart          =vereinbart vereinbaren ~vereinbar
Vorrat              =vorrat vorrat
Heirat              =heirat heirat ~heirat
Monat               =monat monat
Unterhaltung        =unterhaltung unterhaltung ~unterhalt
Erneuerung          =erneuerung erneuerung ~erneuer
Dortmund            =dortmund dortmund
Salzgitter          =salzgitter salzgitter
Wolfsburg           =wolfsburg wolfsburg
Magdeburg           =magdeburg magdeburg
Mannheim            =mannheim mannheim
Stuttgart           =stuttgart stuttgart
Neustadt            =neustadt neustadt
Geflüchtete         =gefluechtete gefluechtet
Geflüchteten        =gefluechteten gefluechtet
geflüchtete         =gefluechtete gefluechtet
Jugendlichen        =jugendlichen jugendlich ~jugendlich
Ehrenamtliche       =ehrenamtliche ehrenamtlich
Studierenden        =studierenden studierend
Obdachlosen         =obdachlosen obdachlos +obdach ~obdachlos
Pflegebedürftige    =pflegebeduerftige pflegebeduerftig ~pflegebeduerftig
barrierefreien      =barrierefreien barrierefrei +barriere ~barrierefrei
klimaneutrale       =klimaneutrale klimaneutral +klima
Fachkräftemangel    =fachkraeftemangel fachkraeftemangel +fachkraft +fach +kraft +mangel
Klimaanpassungskonzept  =klimaanpassungskonzept klimaanpassungskonzept +klimaanpassung ~klimaanpass +klima +anpassung ~anpass +konzept
Strassen            =strassen strass strasse
Kinderspielplatzflächen  =kinderspielplatzflaechen kinderspielplatzflaeche +kinderspielplatz +kind +spielplatz +spiel ~spiel +platz ~platz +flaeche
Wohnungsbauförderungsgesellschaft  =wohnungsbaufoerderungsgesellschaft wohnungsbaufoerderungsgesellschaft +wohnungsbaufoerderung ~wohnungsbaufoerder +wohnungsbau +wohnung ~wohn +bau ~bau +foerderung ~foerder +gesellschaft
Datenschutz         =datenschutz datenschutz +datum +schutz
Bürgermeisterin     =buergermeisterin buergermeisterin buergermeister
Haushalt            =haushalt haushalt ~haushalt
Grüne               =gruene gruene ~gruen
Grünen              =gruenen gruene ~gruen
grünen              =gruenen0 gruen
linke               =linke0 link
ÖPNV                =oepnv oepnv
öpnv                =oepnv oepnv
LKW                 =lkw lkw
DOGEWO              =dogewo dogewo
RADWEGE             =radwege radweg +rad +weg
WOHNEN              =wohnen wohnen ~wohn
Sanieren            =sanieren sanieren ~sanier
CO2                 =co2 co2
U3                  =u3 u3
365                 =365 365
1.000               =1000 1000
1,5                 =1,5 1,5
30er                =30er 30er
CO₂                 =co2 co2
€                   =€ euro
%                   =% prozent
Mio.                =mio million
Bahnhofstr.         =bahnhofstr bahnhofstrasse +bahnhof +bahn +hof +strasse
Läden               =laeden laden
Laden               =laden laden
laden               =laden0 laden0
lädt                =laedt0 laden0
Feste               =feste fest
feste               =feste0 fest0
Würde               =wuerde wuerde
würde               =wuerde0 werden
Mitarbeiter*Innen   =mitarbeiter mitarbeiter
Schüler(innen)      =schueler schueler
Bürger(in)          =buerger buerger
Wohnungsnot         =wohnungsnot wohnungsnot +wohnung ~wohn +not
parkplatznot        =parkplatznot parkplatznot +parkplatz +park ~park +platz ~platz +not
Notar               =notar notar
Straßenbahnlinie    =strassenbahnlinie strassenbahnlinie +strasse +bahnlinie +bahn +linie +strassenbahn
Grundschulkinder    =grundschulkinder grundschulkind +grund +schulkind +schule ~schul +kind +grundschule
queeren             =queeren queer
inhabergeführter    =inhabergefuehrter inhabergefuehrt
digitalere          =digitalere digital ~digital
gesünder            =gesuender gesund ~gesund
weltoffene          =weltoffene weltoffen +welt ~weltoffen
weltoffen           =weltoffen weltoffen +welt ~weltoffen
Kommunale           =kommunale kommunal ~kommunal
Armen               =armen arm
Älteren             =aelteren aeltere
Rechtsextremen      =rechtsextremen rechtsextrem
Linken              =linken linke ~link
sanieren            =sanieren sanieren ~sanier
Sanierung           =sanierung sanierung ~sanier
Ausbau              =ausbau ausbau ~ausbau
ausbauen            =ausbauen ausbauen ~ausbau
Sauberkeit          =sauberkeit sauberkeit ~sauber
sauber              =sauber sauber ~sauber
Digitalisierung     =digitalisierung digitalisierung ~digitalisier ~digital
digital             =digital digital ~digital
"""
ROWS = [row.split() for row in TERMS.replace("\\\\", "\\").strip().splitlines()]


@pytest.mark.parametrize(("word", "wanted"), [(row[0], row[1:]) for row in ROWS])
def test_a_word_stands_for_these_terms(word, wanted):
    assert [list(readings) for readings in analysis.terms(word)] == [wanted]


def test_the_parts_of_a_hyphened_word_stand_alone_and_joined():
    assert analysis.terms("Kita-Plätze") == [
        ("=kita", "kita"),
        ("=plaetze", "platz", "~platz", "=kitaplaetze", "kitaplatz"),
    ]


@pytest.mark.parametrize(
    ("text", "first", "wanted"),
    [
        ("Rad- und Fußwege", "Rad", "radweg"),
        ("Fuß-/Radwege", "Fuß", "fussweg"),
        ("Bus-, Bahn- und Radverkehr", "Bus", "busverkehr"),
        ("Rats- und Ausschusssitzungen", "Rats", "ratssitzung"),
        ("Bürger*innen- oder Jugendräte", "Bürger*innen", "buergerrat"),
        ("Rad- sowie Fußwegenetz", "Rad", "radwegenetz"),
    ],
)
def test_a_word_that_is_left_open_ends_as_the_one_after_it(text, first, wanted):
    open_one = next(word for word in analysis.words(text) if text[word.start : word.end] == first)
    assert wanted in open_one.terms


@pytest.mark.parametrize(
    "text", ["Auf- und Ausbau", "Rad- und schnell", "Rad- ", "Rad-\nWeg", "A- und B"]
)
def test_a_word_ends_as_no_other_where_that_makes_no_compound(text):
    alone = [analysis.readings(text[word.start : word.end]) for word in analysis.words(text)]
    assert [word.terms for word in analysis.words(text)] == alone


def test_a_row_of_open_words_without_end_is_read_in_one_go():
    assert len(analysis.terms("Rad-, " * 20_000 + "und Fußwege")) == 20_002


def test_a_dash_between_words_joins_nothing():
    assert analysis.terms("Bus - Bahn") == [*analysis.terms("Bus"), *analysis.terms("Bahn")]


def test_tempo_30_is_found_in_a_zone_of_it():
    assert [readings[0] for readings in analysis.terms("Tempo-30-Zone")] == [
        "=tempo",
        "=30",
        "=zone",
    ]


@pytest.mark.parametrize("word", ["Rat", "Tag", "Ort", "Bus", "Bad", "Eis"])
@pytest.mark.parametrize(
    "trap", ["Beratung", "Verrat", "Vertagung", "Antwort", "Robustheit", "Sofort", "Preise"]
)
def test_a_short_word_is_no_part_of_a_longer_one_by_chance(word, trap):
    assert f"+{analysis.fold(word)}" not in analysis.readings(trap)


@pytest.mark.parametrize("word", ["rad" * 30_000, "x" * 100_000, "Straßenbahn" * 5_000])
def test_a_word_without_end_is_one_word_without_parts(word):
    ((written, *others),) = analysis.terms(word)
    assert len(written) > 50_000
    assert not [term for term in others if term[0] in "+~"]


def test_offsets_are_into_the_text_as_it_was_given():
    text = "Für Bürger\\*innen: 365-Euro-Ticket!"
    assert [text[word.start : word.end] for word in analysis.words(text)] == [
        "Für",
        "Bürger\\*innen",
        "365",
        "Euro",
        "Ticket",
    ]


@pytest.mark.parametrize(
    ("folded", "word"),
    [("buecherei", "bücherei"), ("strassenbahn", "strassenbahn"), ("bus", "bus")],
)
def test_a_folded_word_gets_the_umlauts_that_the_dictionary_knows(folded, word):
    assert analysis.unfold(folded) in (word, "straßenbahn")


@given(st.text(max_size=60))
def test_any_text_has_terms_and_they_stand_where_the_words_do(text):
    found = list(analysis.words(text))
    assert [word.terms for word in found] == analysis.terms(text)
    assert all(word.terms[0].startswith("=") and len(word.terms) >= 1 for word in found)
