"""Which words of a programme mean what? Word classes by meaning, for the rules to ask.

Verbs stand as infinitives ("|" in front: its first part is no particle), nouns and adjectives as
lower-case stems. The classes are general German of council politics: nothing here was taken over as a
phrase from a text that the rules are measured on.
"""

from __future__ import annotations

# -- Verbs ----------------------------------------------------------------------------------------

# Something is done, made, changed, kept or prevented: what a pledge is about.
ACTION_VERBS = """
abbauen abbestellen abfedern abführen abgelten abhelfen abkehren ablehnen ablösen abmildern
abordnen abreißen abschaffen abschalten abschließen absenken absichern abstellen abstimmen abwenden
abwehren aktivieren aktualisieren analysieren anbieten anbinden anbringen ändern anfangen anfertigen
angehen angleichen ankaufen ankurbeln anlegen anmieten annehmen anpacken anpassen anpflanzen anregen
anschaffen anschieben anschließen ansiedeln anstellen anstoßen anstreben anwenden anwerben anordnen
asphaltieren aufbauen aufbessern aufbringen aufdecken aufforsten auffüllen aufheben aufklären auflegen
auflösen aufnehmen aufräumen aufrüsten aufsetzen aufspüren aufstellen aufstocken auftreiben aufwenden
aufwerten aufzeigen ausarbeiten ausbauen ausbessern ausbilden ausdehnen ausführen ausgeben ausgestalten
ausgleichen ausloben auslasten ausrichten ausrollen ausrüsten ausschließen ausschöpfen ausschreiben
ausstatten ausstellen ausweisen ausweiten auszahlen auszeichnen
bauen beantragen bebauen beenden befestigen befreien begehen begleiten begrenzen begrünen beheben
beibehalten beitreten bekämpfen beleben beleuchten belohnen bepflanzen beraten bereinigen
bereithalten bereitstellen berücksichtigen berufen beschaffen beschäftigen beschildern beschleunigen
beschließen beschränken beseitigen besetzen bestellen bestrafen beteiligen betreiben betreuen bevorzugen
bewahren bewerben bewilligen bezahlen beziffern bezuschussen bieten bilden bremsen bündeln
dämpfen darstellen deckeln decken demokratisieren dezentralisieren digitalisieren dokumentieren drosseln
durchführen durchsetzen |durchmischen
ebnen eindämmen einbauen einbeziehen einbinden einbringen einberufen einfordern einfrieren einführen
eingliedern eingrenzen eingreifen einhalten einladen einleiten einpreisen einplanen einrichten einsetzen
einsparen einstellen einteilen eintreten einwirken elektrifizieren entbürokratisieren entfernen
entflechten entgegentreten entgegenwirken entlasten entlohnen entschärfen entschlacken entsiegeln
entwickeln entwerfen entziehen erarbeiten erbauen ergänzen ergreifen erhalten erheben erhöhen
erleichtern erlassen ermäßigen ermitteln ermöglichen ermuntern ermutigen erneuern eröffnen erproben errichten
ersetzen erschließen erstatten erstellen ertüchtigen erweitern erwerben erwirken etablieren evaluieren
fertigstellen festhalten festlegen festschreiben feststellen finanzieren flexibilisieren fördern forcieren
fortentwickeln fortführen fortsetzen fortschreiben freigeben freihalten freistellen freihaben führen
garantieren geben genehmigen gestalten gewähren gewährleisten gewinnen gründen
handeln härten heben helfen herabsetzen herausgeben herrichten herstellen hinarbeiten hinwirken
implementieren informieren initiieren instandhalten instandsetzen integrieren intensivieren investieren
kaufen kennzeichnen klären klagen kombinieren konzipieren kontrollieren koordinieren kündigen kürzen
legen leisten lenken liefern limitieren lockern lösen
machen meistern mildern minimieren mitbestimmen miteinbeziehen mitgestalten mitnehmen mitwirken
modernisieren mobilisieren motivieren
nachbessern nachpflanzen nachrüsten nachverdichten neuordnen neuregeln nutzen
öffnen optimieren ordnen organisieren
pachten pflanzen pflegen planen prämieren priorisieren privatisieren profitieren prüfen
qualifizieren querfinanzieren
realisieren reaktivieren rechnen reduzieren reformieren regeln regulieren rekommunalisieren renaturieren
renovieren reparieren restaurieren retten revitalisieren rückbauen
sammeln sanieren säubern schaffen schließen schulen schützen senken sensibilisieren setzen sichern
sicherstellen sparen sperren stabilisieren stärken starten steigern stellen steuern stilllegen stoppen
straffen streichen strukturieren subventionieren
teilen testen tilgen tun
|überarbeiten |überdachen |überdenken |überführen |übergeben |überlassen |übernehmen |überprüfen |überplanen
|überwachen |überwinden |übertragen umbauen umbenennen |umfassen umgestalten umleiten umlegen umrüsten umschichten
umsetzen umstellen umwandeln umwidmen |unterbinden unterbringen |unterhalten |unterlassen |unternehmen
|unterrichten |untersagen |untersuchen |unterstützen |unterzeichnen
veranlassen veranstalten verankern verändern verbannen verbessern verbieten verbinden verbreitern
verdoppeln verdichten vereinbaren vereinfachen vereinheitlichen verfolgen vergeben vergrößern vergüten
verhandeln verhängen verhindern verkaufen verkleinern verknüpfen verkürzen verlagern verlangsamen
verlängern verlegen vermarkten vermeiden vermieten vermindern vermitteln vernetzen veröffentlichen
verpachten verpflichten verringern verschärfen verschieben verschlanken verschönern verstärken versetzen versorgen
verstetigen verteidigen verteilen vertiefen vertreiben vervielfachen vervollständigen verwandeln verwenden
verwirklichen verzahnen verzichten vollenden voranbringen vorantreiben voranschreiten vorbereiten vorbeugen
vorgeben vorgehen vorhalten vorlegen vorschreiben vorsehen
wahren wandeln wecken wegfallen weiterbetreiben weiterbilden weiterentwickeln weiterführen weitergeben
weiterverfolgen werben wiederaufbauen wiederaufnehmen wiederbeleben wiedereinführen wiedereröffnen
wiederherstellen wirken
zahlen zentralisieren zertifizieren zugehen zulassen zurückbauen zurückdrängen zurückführen zurückgeben
zurückgewinnen zurückkaufen zurücknehmen zurückstellen zusammenarbeiten zusammenbringen zusammenführen
zusammenlegen zusammenstellen zuweisen
befähigen bereichern beauftragen ausstrahlen bespielen verkabeln vernässen wiedervernässen entrümpeln
entkoppeln einzäunen bewirtschaften abrufen einwerben anerkennen aufzeichnen auslagern eingemeinden ausüben
einlösen einspeisen dimmen beimischen beschatten verschatten kühlen dämmen heizen pilotieren skalieren
clustern monitoren kooperieren gegensteuern nachsteuern durchgreifen abschieben ausweisen kontingentieren
offenlegen transparentmachen abholen ausbremsen befristen entfristen tariflich aufsuchen bekanntmachen
bewältigen |überbrücken niederlassen einlagern entsorgen recyceln wiederverwenden kostenfrei ausleihen
verleihen versteigern umziehen anlocken halten binden weichen
""".split()

# A way of being or of listening, with no instrument: codebook § 2, style and attitude.
ATTITUDE_VERBS = """
zuhören hinhören hinschauen hinsehen anhören achten respektieren wertschätzen würdigen anpacken
akzeptieren hinnehmen dulden wegschauen wegsehen tolerieren zurücklassen zurückbleiben ausspielen
verstehen begreifen denken nachdenken glauben hoffen vertrauen wünschen freuen danken bedanken
dastehen begegnen austauschen reden diskutieren streiten ringen überzeugen kennenlernen
zusammenstehen zusammenhalten zusammenrücken mitreden mitdenken mitfühlen kümmern
verlieren vergessen aufgeben schweigen ruhen ausruhen nachlassen zurücklehnen
lernen wagen trauen träumen leben erleben fühlen wohlfühlen lieben lachen feiern erinnern gedenken
ausmachen ausnehmen hinwegsehen auseinandersetzen befassen darstellen reihen positionieren
zeigen beweisen sagen versprechen sprechen hören sehen blicken schauen wissen kennen erkennen meinen
nennen heißen bedeuten gehören vertreten stehen bekennen eintreten
""".split()

# Verbs of one's own cause: standing for election, founding a group, campaigning.
SELF_VERBS = """
kandidieren antreten bewerben anknüpfen wählen gewinnen vertreten mitmachen einziehen regieren
repräsentieren überzeugen vorstellen nominieren
""".split()


# -- Nouns: action ----------------------------------------------------------------------------------

# Nouns that name an action by themselves; those in -ung, -ierung, -bau are recognised by their form.
ACTION_NOUNS = """
abbau abriss abschaffung abschluss absage aktion aktivierung anbau anbindung ankauf anlage anpassung
ansiedlung anschaffung anschluss aufbau auflage aufklärung aufnahme aufstockung aufwertung ausbau ausgleich
ausweisung ausweitung ausstieg ausschluss
bau begrenzung begrünung beibehaltung bekämpfung bereitstellung beschleunigung beseitigung beitritt
einbau einbindung einbeziehung einführung einhaltung einrichtung einsatz einsparung einstieg einstellung
eindämmung entbürokratisierung entlastung entsiegelung entwicklung erarbeitung erhalt erhaltung erhöhung erlass
ermöglichung erneuerung eröffnung errichtung ersatz erschließung erstellung erweiterung erwerb etablierung
festlegung fertigstellung förderung fortführung fortsetzung freigabe
gewährleistung gewinnung gründung
hilfe initiierung instandhaltung instandsetzung integration investition investitionen kampf kauf kontrolle kontrollen
kürzung lockerung modernisierung nachrüstung neubau neuordnung nutzung
öffnung optimierung pflanzung pflege prüfung
reduktion reduzierung reaktivierung reform rekommunalisierung renaturierung renovierung rückbau rückkauf rückkehr
sanierung schaffung schließung schulung schutz senkung sicherung sicherstellung stabilisierung stärkung
start steigerung stopp streichung
überarbeitung überprüfung übernahme umbau umbenennung umgestaltung umnutzung umsetzung umstellung umwandlung
unterstützung
verankerung verbesserung verbot verdichtung verdopplung vereinfachung vergabe verhinderung verkauf verkehrsberuhigung
verknüpfung verkürzung verlagerung verlängerung vermeidung vernetzung verringerung verstetigung verstärkung
verzahnung verzicht vorrang
wahrung wechsel weiterentwicklung weiterführung wiederbelebung wiedereinführung wiederherstellung
wiederinbetriebnahme zusammenarbeit zusammenlegung zulassung ausstattung digitalisierung qualifizierung
vermarktung verpflichtung verschönerung verteilung vermittlung versorgung ausrichtung
angebot angebote einbürgerung bepflanzung aufforstung bezuschussung
""".split()

# Nouns in -ung and the like that name a state, a body or a thing rather than an action.
NOT_ACTION = """
wohnung zeitung verwaltung regierung bevölkerung meinung leitung sitzung satzung siedlung kleidung
bedeutung verantwortung erfahrung hoffnung überzeugung haltung stimmung lösung forderung entscheidung
umgebung abteilung stiftung verfassung rechnung ordnung zeichnung kreuzung nahrung bildung
herausforderung leistung nachbarschaft veranstaltung vereinigung grundlage auffassung beziehung
spannung richtung mischung währung rüstung übung endung handlung werbung heizung innung landung
auszeichnung vorstellung erinnerung achtung wertschätzung anerkennung begegnung lesung ausstellung
würdigung begründung bewegung vermutung wirkung erklärung mitteilung beratung bewerbung
einladung beobachtung enttäuschung begeisterung berechtigung gesinnung erwartung zustimmung ablehnung
diskriminierung ausgrenzung verschuldung vereinsamung erwärmung belastung verschmutzung vertreibung überlastung
abwanderung spaltung verwahrlosung verödung bevormundung gefährdung benachteiligung behinderung vernachlässigung
verknappung zumutung orientierung digitalisierungskrise planungssicherheit verdrängung vermehrung erschöpfung
deckung rückendeckung voraussetzung bedingung dienstleistung einschätzung feststellung erholung
""".split()

# The same for whole words only: "Gestaltung" says nothing, "Umgestaltung" does.
PLAIN_NOT_ACTION = """gestaltung entwicklung handlung bewegung planung regionalplanung""".split()

# -- Nouns: values and persons ------------------------------------------------------------------------

# Objects of rhetoric: what one can only be for (codebook § 2, rhetorical object).
VALUE_NOUNS = """
wert werte werten miteinander miteinanders gemeinschaft gemeinschaften geist zusammenhalt zukunft heimat vertrauen
respekt toleranz vielfalt freiheit verantwortung mut herz verstand augenhöhe lebensqualität wohlstand würde
solidarität gerechtigkeit demokratie frieden identität stärke stärken kraft leidenschaft tatkraft
vernunft augenmaß weitsicht nachhaltigkeit fortschritt aufbruch neuanfang wandel veränderung veränderungen
politik politikstil stil haltung kurs kompass vision visionen leitbild leitmotiv motto prinzip grundsatz grundsätze
stadtgesellschaft gesellschaft gemeinwesen gemeinwesens zusammenleben glück geborgenheit zuversicht hoffnung
offenheit ehrlichkeit verlässlichkeit sachlichkeit kompetenz bürgernähe dialog gespräch wohl gemeinwohl
menschenwürde angst ausgrenzung hass hetze rassismus extremismus intoleranz weg wege
traditionen tradition geschichte lebensgefühl selbstverständnis eigenverantwortung selbstbestimmung attraktivität
ideologie ideologien bevormundung selbstverwaltung kommunalpolitik stadtpolitik alternative chancengleichheit
gleichmacherei rechte lebensbedingungen bedürfnisse perspektive perspektiven chance chancen sinne idee ideen
leben alltag linie beitrag erfolg erfolge kampf diskriminierung gewalt anstrengungen sichtweise betrachtung diskussion debatte
gestaltung gestaltungswille selbstzweck sozialstaat umsetzungsperspektiven verbundenheit
gegeneinander mitverantwortung engagement gefühl neugier respekts anstands ehrgeiz aufmerksamkeit gehör rückendeckung gegenpol wachstum zuspruch rückhalt menschenverstand sachverstand scheuklappen stabilität menschlichkeit teamgeist gemeinsinn gemeinschaftssinn bodenhaftung
weltoffenheit bürgersinn realismus optimismus sachpolitik heimatverbundenheit anstand fleiß tugend tugenden pioniergeist
stillstand symbolpolitik parteipolitik sonntagsreden versprechungen worte taten wohlstand aufstieg erfolgskurs lebensfreude
stadtgesellschaft zivilgesellschaft mehrheitsgesellschaft bürgergesellschaft dorfgemeinschaft bürgerwille wahrheit wille
""".split()

# Nouns that say nothing of a policy by themselves: people at large, places as a whole, words of programmes.
NEUTRAL_NOUNS = """
stadt gemeinde ort kreis landkreis region land dorf kommune kommunen städte gemeinden kreise regionen dörfer bürger
bürgerin bürgerinnen menschen mensch leute einwohner einwohnerinnen einwohnern bürgern generation generationen
richtung ziel ziele lösung lösungen anspruch qualität herausforderung herausforderungen aufgabe aufgaben interesse
interessen blick ohr auge augen seite hand stimme deutschland europa welt jahr jahre jahren zeit zeiten tag tage
mittelpunkt vordergrund grundlage basis fundament voraussetzung potenzial potenziale möglichkeit möglichkeiten
umfeld teil beitrag rolle thema themen punkt punkte bereich bereiche recht wahl programm wahlprogramm partei
fraktion liste wähler wählerinnen kandidat kandidatin kandidaten team erfahrung transparenz sicherheit
rahmenbedingungen rahmen strukturen entscheidung entscheidungen problem probleme zustand zustände beispiel
krise krisen unterschied unterschiede sinn bedeutung schwerpunkt schwerpunkte anliegen bestreben maßnahme
nachbarn nachbar schwerpunktfelder schwerpunktfeldern handlungsfelder handlungsfeldern leute leitgedanken grundkonsens räte rätinnen gremien hinterzimmern fraktionen europas welten orte motto themenfeldern programms wahlprogramms konzepten papier entwurf leitbild ansammlung blickwinkel punkten themenfelder bereichen leitlinien richtlinie zeichen signal weichen agenda gespräche grund gründe kern gegenwart
zukunftsprogramm stillstands antworten fragen frage vorschläge anregungen angelegenheiten belange sorgen bedarf
vergangenheit status quo mitte macht wahlen wahlkreis mandat ratsarbeit gemeinderatsarbeit lebenswirklichkeit
zweck landesebene bundesebene ebene politikfelder engagierten kollegen maßnahmen politikfelder auffassung ort platz personen gruppen akteure akteuren kräfte jahrzehnt
""".split()

# Bodies that may act and that the author may want to act (codebook § 1.1).
AUTHORITY = """
stadt gemeinde kreis landkreis region land bund eu verwaltung stadtverwaltung kreisverwaltung rat
stadtrat gemeinderat kreistag kommune kommunen städte gemeinden bürgermeister bürgermeisterin
oberbürgermeister oberbürgermeisterin landrat landrätin landesregierung bundesregierung magistrat ordnungsamt
bauamt jugendamt sozialamt stadtwerke politik staat gesetzgeber landtag bundestag polizei eigenbetrieb
""".split()

# The author's own side when it is spoken of in the third person.
OWN_SIDE = """
fraktion ratsfraktion kreistagsfraktion stadtratsfraktion gruppe ratsgruppe ratsherr ratsfrau ratsmitglied
ratsmitglieder stadtverband ortsverband kreisverband ortsverein wählergemeinschaft wählergruppe bürgerliste liste
spd cdu csu fdp grüne grünen linke linken linkspartei afd volt piraten freie freien sozialdemokraten christdemokraten
liberalen freidemokraten bündnis uwg fwg bsw ödp tierschutzpartei bürgermeisterkandidat bürgermeisterkandidatin
oberbürgermeisterkandidat oberbürgermeisterkandidatin landratskandidat spitzenkandidat spitzenkandidatin
fraktionsvorsitzender fraktionsvorsitzende vorsitzende vorsitzender sprecher sprecherin kandidat kandidatin
jusos kommunalpolitiker kommunalpolitikerin mitglieder partei
""".split()

# How the parties that sit in many councils are called in running text, by their short names.
PARTY_WORDS = {
    "SPD": "spd sozialdemokraten sozialdemokratinnen sozialdemokratie".split(),
    "CDU": "cdu christdemokraten christdemokratinnen".split(),
    "CSU": "csu christsoziale christsozialen".split(),
    "GRÜNE": "grüne grünen bündnisgrüne bündnisgrünen".split(),
    "FDP": "fdp liberale liberalen freidemokraten".split(),
    "DIE LINKE": "linke linken linkspartei linksfraktion".split(),
    "AfD": ["afd"],
    "Volt": ["volt"],
    "PIRATEN": "piraten piratenpartei piratenfraktion".split(),
    "ÖDP": ["ödp"],
    "BSW": ["bsw"],
    "UWG": ["uwg"],
    "FWG": ["fwg"],
}

# People of whom a text tells that they must or cannot do something (codebook § 2, description).
PEOPLE = """
eltern menschen bürger bürgerinnen bürgern kinder jugendliche schüler schülerinnen senioren seniorinnen
familien alleinerziehende mieter mieterinnen pendler pendlerinnen betriebe unternehmen händler handwerker
beschäftigte mitarbeiter mitarbeiterinnen lehrkräfte erzieherinnen ärzte patienten patientinnen radfahrer
fußgänger autofahrer anwohner anwohnerinnen nachbarn frauen männer rentner geflüchtete ehrenamtliche vereine
lehrer lehrerinnen pflegekräfte fachkräfte verkäufer polizisten arbeitnehmer arbeitgeber rentnerinnen schülern kindern
geflüchteten migranten touristinnen gewerbetreibende gastronomen einzelhändler mandatsträger
viele jeder jede wer man niemand keiner studierende auszubildende gäste besucher touristen landwirte
steuerzahler hausbesitzer eigentümer investoren kommunen städte gemeinden einwohner dorfbewohner
""".split()


# -- Adverbs -------------------------------------------------------------------------------------------
