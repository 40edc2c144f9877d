"""Names of German places that are words, first names or surnames as well: a place only where a text says so.

Drawn up by going through the names of the official register for what a German text says without meaning the
place ("Essen", "Halle", "Wald", "Hagen").
"""

from __future__ import annotations

ORDINARY = frozenset(
    """aach achim acht ahorn aland alf allmannsweiler alpen altenkirchen anger angern appel arnis au auen
    auerbach aurach baar bad baiern balge bann bark baumgarten becherbach beilstein bell bendorf benz berg
    berge bergen bergkirchen bescheid besitz bingen binnen blender blumberg boden bogen borne brand brechen
    brecht breit bremm brenz bruch bruck brunn brunnen brücken buch buchen buchholz bunde burg burgen bücken
    bühl bünde büttel carlsberg datteln demen dill dillingen dingen dreieich dümmer ebern eck eggingen ehr
    eich eichen einhaus einig elbe elben ellern elz engen enger erden erding ernst erpel esch esche essen
    fahren falkenstein felde fell fellen feucht filz finne fisch flacht fleckeby floß forst frankenstein
    freistatt gering gersten geyer glatten gleichen graben grafschaft grande gries grub grube gräben
    gutenberg göttin güster haag haar hage hagen hahn halbe halle hammerstein harsum hasel hassel haste
    hatten hausen hecken heere heide heideland heiden herold herten hirten hof hohn holle holler holm holt
    holzen horn horst hosten hude häusern hütten iden igel isen jade jucken kalt kamen kandel karl kasel
    kehl keltern kenn kirchen kirn klausen klink kommen kopp korb krempel kuchen körner küsten lachen lage
    lahn landrecht langen lanze lauben lauf laufen lauter leck lederhose leer lehmen lehre leimen lemberg
    lenne lieg lilienthal lind linden lindern lohne loop lotte lunden lutter löhne machern mandel mantel
    march mauer mauern meine mengen merzen moos motten much mücke müden mühlenbach münster müssen nagel nahe
    nassau nebel neuhaus neukirchen neumark neunkirchen neustadt nieden norden nützen oberstadt ohne orbis
    osten otter owen perl petersberg pohl polle pommern pracht preist puls rade rain rainau rauen rech recke
    regen rehe reich reichenbach reiff reut reute ried rieden ringe roden rohr rom rosa rosenberg rosenfeld
    rosengarten roth rott rust saal salem salm salz salzburg sandberg sande scheer scheid schieren schlangen
    schleich schleife schlier schlitz schmelz schmitt schneeberg schonungen schotten schuld schutz schwall
    schwarz schwarzen seebach seeblick seelen seelow seifen selb senden singen sinn sitters sohren
    sommerloch sonnen spalt speicher spessart springe stapel starkenburg stegen stein steinach steinau
    steinbach steinen steinreich stelle stemmen strahlungen strande süßen tann tarp tauche tauer tengen
    tessin train treuen trogen twist ulmen velden vellberg viereck vogt vogtei vorwerk waal wald waldeck
    wallen wang wangen waren wehr weiden weil weiler weingarten weißenborn welle wellen welt wenden weng
    werben werder weste wetter wied wieden wiesen wiesengrund winden winkel winzer wirft wisch wissen wolken
    worth zell zimmern zwiesel übersee""".split()
)
