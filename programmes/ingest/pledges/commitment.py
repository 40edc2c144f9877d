"""Does a unit commit or demand? One function per cue of the codebook (§ 1.2, § 3.4–3.11)."""

from __future__ import annotations

import re

from programmes.ingest.pledges import actor
from programmes.ingest.pledges.grammar import MODALS, Reading
from programmes.ingest.pledges.rules import Rules
from programmes.ingest.pledges.units import Unit

RULES = Rules()
rule = RULES.rule


def _at(reading: Reading, index: int) -> str:
    """The words around a verb that show why it counts: "wollen wir"."""
    words = reading.words
    if index + 1 < len(words) and words[index + 1].low in ("wir", "nicht", "ich"):
        return f"{words[index].text} {words[index + 1].text}"
    if index and words[index - 1].low in ("wir", "ich"):
        return f"{words[index - 1].text} {words[index].text}"
    return words[index].text


def _search(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""


# -- wir wollen, wir werden, wir müssen ------------------------------------------------------------


@rule(3.0)
def we_want(unit: Unit, reading: Reading) -> str:
    """wir wollen / möchten …; die Fraktion will …"""
    for at in reading.main_modals("wollen", "möchten"):
        if actor.we(reading, at) or actor.own_side(reading, at):
            return _at(reading, at)
    return ""


@rule(3.0)
def we_will(unit: Unit, reading: Reading) -> str:
    """wir werden + infinitive (not: wir werden + participle)"""
    for at in reading.main_modals("werden"):
        if actor.we(reading, at) and not _passive(reading, at):
            return _at(reading, at)
    return ""


@rule(2.0)
def own_side_will(unit: Unit, reading: Reading) -> str:
    """die Fraktion wird … prüfen lassen"""
    for at in reading.main_modals("werden"):
        if actor.own_side(reading, at) and not actor.we(reading, at) and not _passive(reading, at):
            return _at(reading, at)
    return ""


@rule(2.2)
def we_must(unit: Unit, reading: Reading) -> str:
    """wir müssen / sollten / dürfen nicht"""
    for at in reading.main_modals("müssen", "sollen", "dürfen"):
        if actor.we(reading, at):
            return _at(reading, at)
    return ""


@rule(2.6)
def we_need(unit: Unit, reading: Reading) -> str:
    """wir brauchen + measure (§ 3.9)"""
    for at in reading.main_modals("brauchen"):
        if actor.we(reading, at):
            return _at(reading, at)
    return ""


@rule(0.6)
def we_can(unit: Unit, reading: Reading) -> str:
    """wir können uns vorstellen …, hier können wir … weak by itself"""
    for at in reading.main_modals("können"):
        if actor.we(reading, at):
            return _at(reading, at)
    return ""


@rule(1.4)
def relative_commitment(unit: Unit, reading: Reading) -> str:
    """… die wir in jedem Bezirk ausbauen wollen: the promise stands in a subordinate clause"""
    for lemma, at in reading.modals:
        if lemma in ("wollen", "werden", "möchten", "müssen") and not reading.is_main(at):
            clause = reading.clause_of(at)
            if actor.we(reading, at) and clause.opener not in (
                "weil",
                "wenn",
                "da",
                "ob",
                "obwohl",
            ):
                return _at(reading, at)
    return ""


# -- soll, muss, darf nicht ------------------------------------------------------------------------


@rule(2.4)
def shall(unit: Unit, reading: Reading) -> str:
    """soll / sollte(n) of a third person or the passive: the most frequent demand of council groups"""
    for at in reading.main_modals("sollen"):
        if at == 0 and reading.words[0].low in ("sollte", "sollten"):
            continue  # "Sollte der Zuschuss entfallen, …": a condition
        if not actor.we(reading, at):
            return _at(reading, at)
    return ""


@rule(2.0)
def must(unit: Unit, reading: Reading) -> str:
    for at in reading.main_modals("müssen"):
        if not actor.we(reading, at):
            return _at(reading, at)
    return ""


@rule(1.8)
def must_not(unit: Unit, reading: Reading) -> str:
    """darf nicht / dürfen keine …"""
    for at in reading.main_modals("dürfen"):
        if not actor.we(reading, at) and reading.has("nicht", "kein", "keine", "keinen", "nie"):
            return _at(reading, at)
    return ""


_MODAL_INFINITIVE = re.compile(
    r"\b(?:ist|sind|sei|seien|bleibt|bleiben|gehört|gehören)\b(?=[^.;:]{0,160}?(?:\bzu \w{4,}(?:en|ern|eln)\b|\b(?:ab|an|auf|aus|bei|ein|"
    r"bereit|fest|fort|her|mit|nach|sicher|um|vor|voran|weiter|zurück|ent|durch)zu\w{3,}en\b))"
)
_IMPERSONAL = re.compile(
    r"\b(?:gilt es|es gilt|gelte es|es gelte|geht es (?:uns )?(?:jetzt |nun |dabei |auch )?(?:darum|um)|uns geht es (?:dabei |auch |vor allem )?darum|es geht (?:uns )?(?:darum|um)|"
    r"kommt es darauf an)\b"
)


@rule(1.6)
def is_to_be_done(unit: Unit, reading: Reading) -> str:
    """ist / sind … zu + infinitive, outside relative clauses"""
    found = _MODAL_INFINITIVE.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start == found.start()), None)
    if at is None or not reading.is_main(at):
        return ""
    behind = [word.low for word in reading.words[at + 1 : at + 4]]
    if any(
        low in ("bereit", "froh", "stolz", "es", "schwer", "schwierig", "leicht") for low in behind
    ):
        return ""
    clause = reading.clause_of(at)
    for later in range(at + 1, clause.last):
        word = reading.words[later]
        under_zu = reading.words[later - 1].low == "zu" and _INFINITIVE.search(word.low)
        if (
            not word.is_capital
            and (under_zu or _ZU_INSIDE.match(word.low))
            and word.low not in _PERCEIVED
        ):
            return f"{reading.words[at].text} … {word.text}"
    return ""


_INFINITIVE = re.compile(r"^\w{3,}(?:en|ern|eln)$|^tun$")
_ZU_INSIDE = re.compile(
    r"^(?:ab|an|auf|aus|bei|bereit|durch|ein|fest|fort|frei|her|hin|instand|los|mit|nach|nieder|sicher|statt|still|um|unter|"
    r"vor|voran|weg|weiter|wieder|zurück|zusammen)+zu\w{3,}en$"
)
# What one perceives or must admit is told, not asked: "ist nicht zu übersehen".
_PERCEIVED = frozenset(
    """sehen hören finden spüren merken erkennen übersehen verstehen befürchten erwarten rechnen verzeichnen entnehmen
    bedenken bedauern beklagen vermuten erklären glauben danken verdanken haben sein festzustellen einzusehen
    beachten anzunehmen abzusehen vorauszusehen nachzulesen anzumerken tun""".split()
)


@rule(2.2)
def task_at_hand(unit: Unit, reading: Reading) -> str:
    """gilt es, … zu …; es geht darum, … zu …"""
    found = _IMPERSONAL.search(reading.lowered)
    if not found:
        return ""
    if "gilt" in found.group() or "gelte" in found.group():
        done = re.search(r"\bzu (\w+e[lr]?n)\b", reading.lowered)
        return "" if done and done.group(1) in _PERCEIVED else found.group()
    ahead = re.search(r"\bzu \w+e[lr]?n\b|zu\w{4,}e[lr]?n\b", reading.text)
    ours = re.search(r"\buns\b", found.group()) and "darum" in found.group()
    return found.group() if ahead or (ours and reading.has("dass")) else ""


# -- demands, engagement, support ------------------------------------------------------------------

_DEMAND = re.compile(
    r"\b(?:fordern|fordert|forderten?|fordere|verlangen|verlangt|beantragen|beantragt|plädieren|plädiert|"
    r"appellieren|appelliert|mahnt|mahnen|mahnten|drängen|drängt|pochen|pocht|bestehen auf|streben|strebt|befürworten|"
    r"befürwortet|beabsichtigen|beabsichtigt|erwarten (?:wir|ich)|(?:wir|ich) erwarten?|erwarte ich|schlagen wir|wir schlagen|schlägt|regen wir|bitten (?:wir|die|den)|wir bitten|bittet|"
    r"wir regen|regt|empfehlen|empfiehlt|spricht sich|sprechen (?:wir )?uns|wünschen (?:wir )?uns|wünscht sich|"
    r"begrüßen wir|wir begrüßen|wir planen|planen wir|erneuert ihre forderung|wiederholt ihre forderung|"
    r"(?:sehen|sieht|seh(?:en|e)? wir|nehmen)\b[^.;:]{2,60}\bin (?:der|die) pflicht\b|verpflichten (?:wir )?uns|versprechen wir|wir versprechen|wir garantieren|garantieren wir)\b",
)
_THIRD = re.compile(
    r"^(?:anwohner|bürger|mitbürger)(?:innen|n|schaft|initiative\w*)?$|^(?:eltern|opposition|kritiker|gegner|gewerkschaft|experten)\w*$|"
    r"^verb(?:a|ä)nd\w*$|verbund$|^(?:dgb|adfc|vcd|ihk|dehoga|nabu|bund der steuerzahler|verdi|feuerwehrverband|einzelhandelsverband|kammer)$|"
    r"(?:städte|gemeinde|landkreis)tag$|gewerkschaft(?:en)?$|kammer$"
)


@rule(3.0)
def demand(unit: Unit, reading: Reading) -> str:
    """fordern, beantragen, plädieren, sich aussprechen für, anstreben, vorschlagen …"""
    found = _DEMAND.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    if not reading.is_main(at):
        return ""
    if not actor.we(reading, at) and _THIRD.search(actor.subject(reading, at)):
        return ""
    if rival_acts(reading):
        return ""
    if found.group().endswith("t") and any(
        lemma in ("haben", "past") and i < at for lemma, i in reading.modals
    ):
        return ""
    weak = found.group().split()[0] in _WEAK_DEMANDS
    if weak and not (actor.we(reading, at) or actor.own_side(reading, at) or reading.has("beide")):
        return ""
    return found.group()


def rival_acts(reading: Reading) -> str:
    """The name of another party that a sentence begins with: what follows is its doing; "" if none."""
    if not reading.setting.rivals:
        return ""
    for at, word in enumerate(reading.words[:5]):
        adjective = at == 0 and word.low.endswith(("e", "en"))
        if adjective and reading.words[1:2] and reading.words[1].is_capital:
            continue  # "Grünen Strom", "Linke Straßenseite"
        if word.low in _OF_OTHERS or word.low in ("wir", "ich", "unser", "unsere"):
            return ""
        if actor.is_named_own(reading, word.low):
            return ""
        if actor.is_rival(reading, word):
            return word.text if not {"wir", "uns", "ich"} & {w.low for w in reading.words} else ""
    return ""


_OF_OTHERS = frozenset(
    "mit von gegen bei gemeinsam zusammen neben wie statt entgegen anders trotz für ohne".split()
)
_WEAK_DEMANDS = frozenset(
    "bittet bitten mahnten regt regen mahnt mahnen drängt drängen schlägt empfiehlt empfehlen appelliert appellieren strebt streben pocht pochen".split()
)
_ENGAGE = re.compile(
    r"\b(?:setz(?:en|t|e)\b[^.;:]{0,40}?\b(?:uns|sich|mich)\b[^.;:]{0,220}?\b(?:für|dafür|gegen|dagegen|ein)\b|"
    r"(?:uns|sich)\b[^.;]{0,160}?\beinsetzen|(?:mach|stark)\w*\b[^.;:]{0,40}?\b(?:uns|sich|mich)\b[^.;:]{0,120}?\bstark|"
    r"trete[nt]?\b[^.;:]{0,160}?\bein\b|tritt\b[^.;:]{0,160}?\bein\b|(?:wir )?kämpfen (?:wir )?(?:für|um|dafür|weiter|gegen)|"
    r"engagieren (?:wir )?uns|arbeiten (?:wir )?(?:daran|darauf hin|dafür)|wir arbeiten|(?:wir )?wirken (?:wir )?darauf hin|"
    r"(?:wir )?dringen (?:wir )?(?:auf|darauf)|legen (?:wir )?(?:besonderen |großen )?(?:wert|augenmerk)|"
    r"stell(?:en|t|e)\b[^.;:]{0,30}?\b(?:uns|sich|mich)\b[^.;:]{0,30}?\bgegen|(?:wir )?werben (?:wir )?(?:für|dafür)|wirbt für|"
    r"(?:wir )?streiten (?:wir )?(?:für|dafür)|streitet für|kämpft (?:für|gegen|um)|richten (?:wir )?[^.;:]{0,30}augenmerk|"
    r"bleib(?:t|en|e)\b[^.;:]{0,30}\b(?:dabei|bei (?:ein|unser|ihr)\w+ (?:forderung|ablehnung|nein))|"
    r"(?:wir )?sorgen (?:wir )?(?:dafür|für)|sorgt (?:die|der) \w+fraktion)\b"
)


@rule(3.0)
def engage(unit: Unit, reading: Reading) -> str:
    """setzen uns für … ein, machen uns stark, treten ein, kämpfen für"""
    found = _ENGAGE.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    if not reading.is_main(at) and reading.clause_of(at).opener in _WHO:
        return ""
    lows = set(reading.lows(reading.clause_of(at)))
    if not (lows & {"wir", "uns", "ich", "mich"} or actor.own_side(reading, at) or "sich" in lows):
        return ""
    return found.group()[:60]


_WHO = frozenset("die der das wer welche welcher".split())
_STAND = re.compile(
    r"\b(?:stehen (?:wir )?(?:auch |natürlich |ganz |weiter |weiterhin |klar |fest |uneingeschränkt |hinter|ein für)?\s?(?:für|zu|zum|zur|hinter)|steht (?:[\wäöüß-]+ ){0,3}(?:für|zu[mr]?)|"
    r"wir sind (?:klar |entschieden |strikt )?(?:für|gegen)|(?:wir )?setzen (?:wir )?(?:[\wäöüß]+ ){0,3}auf|bekennen (?:wir )?uns|bekennt sich|"
    r"(?:halten|hält|halte) (?:wir )?(?:[\wäöüß-]+ ){0,9}fest\b|(?:wir )?sagen (?:wir )?(?:klar )?(?:ja|nein)|ja zu[mr]?|nein zu[mr]?|"
    r"wir (?:unterstützen|begrüßen|befürworten|favorisieren|bevorzugen|wünschen)|unterstützen wir|befürworten wir|bevorzugen wir|"
    r"unterstützt|befürwortet|sehen (?:wir )?\w* ?die aufgabe|setzt (?:[\wäöüß]+ ){0,3}auf|setzen (?:[\wäöüß]+ ){0,3}auf|(?:haben|hat) (?:für uns )?(?:klar |oberste |höchste |absolute )?(?:vorrang|priorität))\b"
)


_DUTY = re.compile(
    r"\b(?:ist|sind|bleibt|bleiben|sein|werden)\b (?:für (?:uns|mich) )?(?:\w+ )?(?:pflicht|pflichtaufgabe|selbstverständlich|bedingung|chefsache)\b|"
    r"\bdulde[tn]\b[^.;:]{0,30}\baufschub\b|\b(?:muss|müssen|hat|haben) (?:endlich |jetzt )?(?:an oberster|an erster) stelle\b"
)


@rule(1.2)
def is_a_duty(unit: Unit, reading: Reading) -> str:
    """Sichere Übergänge sind Pflicht; die Sanierung duldet keinen Aufschub"""
    return _search(_DUTY, reading.lowered)


_FIRST_TO = re.compile(
    r"^(?:auch |ebenso |außerdem |zudem )?zu (\w+e[lr]?n) (?:ist|sind|wäre|wären|sei|bleibt)\b"
)


@rule(1.6)
def to_be_done_first(unit: Unit, reading: Reading) -> str:
    """Zu prüfen ist, ob …: the infinitive before its "ist" """
    found = _FIRST_TO.search(reading.lowered)
    return found.group() if found and found.group(1) not in _PERCEIVED else ""


_PARTICLES = frozenset(
    """an ein vor aus auf ab um fort weiter her hin durch zurück bei zu heraus herunter voran nach frei bereit fest
    sicher zusammen wieder los""".split()
)


@rule(0.8)
def we_do_apart(unit: Unit, reading: Reading) -> str:
    """wir gehen gegen Raser vor, ordnen wir Gehwegparken an: a verb whose particle ends its clause"""
    for clause in reading.clauses:
        last = reading.words[clause.last - 1].low if clause.last - clause.first > 2 else ""
        if clause.opener or last not in _PARTICLES:
            continue
        lows = list(reading.lows(clause))
        if "wir" in lows and not any(low in MODALS for low in lows):
            return f"wir … {last}"
    return ""


@rule(2.0)
def stand_for(unit: Unit, reading: Reading) -> str:
    """stehen für / zu, setzen auf, bekennen uns, unterstützen, halten fest an"""
    found = _STAND.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    if not reading.is_main(at):
        return ""
    if (
        re.match(r"(?:ja|nein)", found.group())
        or actor.we(reading, at)
        or actor.own_side(reading, at)
    ):
        return found.group()
    return ""


_REJECT = re.compile(
    r"\b(?:lehn(?:en|t|e)\b[^.;:]{0,160}?\bab\b|ablehnen|(?:nicht|kein\w+ [^.;:,]{0,60}) (?:zu)?zu?stimmen|kommt? (?:für uns |mit uns )?nicht (?:in frage|infrage)|"
    r"(?:wir sind|bin|ist) (?:strikt |klar |entschieden )?gegen|"
    r"wenden uns gegen|keine[nr]?\b[^.;:]{0,80}?\bmit uns|mit uns (?:wird|gibt) es kein\w*|wird es mit uns nicht geben|"
    r"(?:erteilen|erteilt)\b[^.;:]{0,100}?\babsage|schluss mit|hände weg|stoppen wir|verhindern wir)\b"
)


@rule(2.0)
def reject(unit: Unit, reading: Reading) -> str:
    """lehnen … ab, sind gegen, mit uns keine (§ 3.8)"""
    return _search(_REJECT, reading.lowered)


# -- need, goals, importance -------------------------------------------------------------------------

_NEED = re.compile(
    r"(?:^(?:dringend |zwingend |unbedingt )?(?:erforderlich|notwendig|nötig|überfällig|unerlässlich|geboten|vonnöten) (?:ist|sind|wäre|wären|bleibt)\b)|\b(?:es bedarf|bedarf es|bedürfen|es braucht|braucht es|brauchts|(?:ist|sind|wäre|sei|wird)\b[^.;:]{0,110}?\b"
    r"(?:erforderlich|notwendig|nötig|überfällig|unerlässlich|unabdingbar|unverzichtbar|geboten|zwingend|angezeigt|von nöten|vonnöten|längst fällig)|"
    r"(?:halten|hält|halte)\b[^.;:]{0,120}?\bfür (?:\w+ )?(?:notwendig|erforderlich|nötig|sinnvoll|richtig|geboten|unverzichtbar|unerlässlich|überfällig|selbstverständlich|wünschenswert|wichtig)|"
    r"(?:erfordert|erfordern|verlangt nach|setzt (?:eine?n? )?[^.;:,]{3,60} voraus|müsse|solle|sollten|bräuchte|brauche|benötigt|benötigen))\b"
)


@rule(1.6)
def need(unit: Unit, reading: Reading) -> str:
    """es bedarf, es braucht, ist erforderlich + measure"""
    found = _NEED.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    return found.group() if reading.is_main(at) else ""


_GOAL_NOUN = (
    r"(?:(?:haupt|etappen|ober|teil|fern|kern|nah)?ziele?|anspruch|schwerpunkte?|anliegen|vorhaben|absicht|(?:kern)?forderung(?:en)?|"
    r"vorschl(?:ag|äge)|priorität|prioritäten|(?:zentrale |wichtigste |oberste |vorrangige )aufgaben?|aufgabe der (?:stadt|gemeinde|kommune|politik|verwaltung)|aufgabe für uns|auftrag|schritte?|wunsch|baustein|bausteine|"
    r"projekt|leuchtturmprojekt|konzept|ansatz|bestreben)"
)
_GOAL = re.compile(
    rf"(?:\b(?:unsere?[nrs]?|mein|unser \w+|wichtige[srn]?|wesentliche[srn]?|zentrale[srn]?|nächste[srn]?|weitere[srn]?|erste[srn]?|oberste[srn]?|vorrangige[srn]?|ein \w+|eine \w+|einer der \w+|eines der \w+)\s(?:\w+\s)?"
    rf"{_GOAL_NOUN}\b[^.;]{{0,80}}?(?:\b(?:ist|sind|bleibt|bleiben|wird|lautet|war|heißt|wäre|sei)\b|:)|"
    rf"^(?:[^.;:]{{0,30}})\b{_GOAL_NOUN}\b (?:der|des|von|dabei|hierbei|für uns|muss|soll|ist|sind|wird|bleibt|aus)\b|"
    rf"\b(?:ist|sind|bleibt|sehen|als)\b (?:es )?(?:uns )?(?:für uns |daher |deshalb |auch |dabei |weiterhin |für die \w+ |ein |eine |unser |unsere )*(?:\w+e[sr]? )?{_GOAL_NOUN}\b)"
)


@rule(2.2)
def goal(unit: Unit, reading: Reading) -> str:
    """Unser Ziel / Anspruch / Schwerpunkt / nächster Schritt ist … (§ 3.6)"""
    found = _GOAL.search(reading.lowered)
    if not found:
        return ""
    noun = _GOAL_AT.search(reading.lowered, found.start())
    start = noun.start() if noun else found.start()
    at = next((i for i, w in enumerate(reading.words) if w.start >= start), 0)
    if not reading.is_main(at):
        return ""
    loose = noun is not None and noun.group() in _LOOSE_GOALS
    if loose and not _OWNED_GOAL.search(found.group()):
        return ""
    return found.group()[:60]


_GOAL_AT = re.compile(rf"\b{_GOAL_NOUN}\b")
_LOOSE_GOALS = frozenset(
    "konzept ansatz projekt leuchtturmprojekt baustein bausteine schritt schritte auftrag wunsch".split()
)
_OWNED_GOAL = re.compile(
    r"\b(?:unser\w*|mein\w*|nächste\w*|weitere\w*|erste\w*|wichtige\w*|zentrale\w*|wesentliche\w*|guter|sinnvoller|richtige\w*)\b"
)


_IMPORTANT = re.compile(
    r"(?:^(?:entscheidend|zentral|wichtig|vordringlich|maßgeblich)\w*\b[^.;]{0,90}\b(?:ist|sind|wird|bleibt|sein)\b)|\b(?:(?:wichtig|entscheidend|zentral|zentrale bedeutung|vordringlich|besonders wichtig|dringend|sinnvoll|notwendig|denkbar|"
    r"wünschenswert|hilfreich|vorstellbar|überlegenswert|zielführend|erstrebenswert|am herzen|ein anliegen)"
    r"\s(?:\w+\s){0,3}?(?:ist|sind|wäre|wären|wird|bleibt|erscheint|scheint|sei|liegt|liegen)|"
    r"(?:ist|sind|wäre|wären|wird|bleibt|liegt|liegen|erscheint|scheint|halten wir|finden wir|sehen wir)\b[^.;:]{0,100}?\b(?:wichtig|entscheidend|zentral|vordringlich|sinnvoll|"
    r"wünschenswert|denkbar|vorstellbar|am herzen|ein anliegen|unser anliegen|der richtige weg|ein guter weg|richtig und wichtig|der (?:erste|nächste|richtige)(?: wichtige)? schritt))\b"
)


@rule(1.4)
def important(unit: Unit, reading: Reading) -> str:
    """wichtig ist, dass …; sinnvoll erscheint …; denkbar wäre …; am Herzen liegt uns"""
    found = _IMPORTANT.search(reading.lowered)
    if not found or re.search(r"\bzu wichtig\b", found.group()):
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    return found.group() if reading.is_main(at) else ""


_WOULD_BE = re.compile(
    r"\b(?:wäre|wären|könnte|könnten)\b[^.;:]{0,40}?\b(?:schritt|weg|lösung|ansatz|beitrag|maßnahme|anfang|baustein|idee|sinnvoll|hilfreich|wünschenswert|denkbar|vorstellbar)\b|"
    r"\b(?:denkbar|vorstellbar|wünschenswert|möglich|sinnvoll) (?:wäre|wären|ist|sind|erscheint)\b"
)


@rule(3.4)
def would_be_a_step(unit: Unit, reading: Reading) -> str:
    """Ein Besuchsdienst wäre ein erster Schritt; denkbar sind kürzere Sitzungen: proposed in the conditional"""
    if unit.kind == "item" or (reading.words[:1] and reading.words[0].low in ("das", "dies")):
        return ""
    return _search(_WOULD_BE, reading.lowered)


def _particular(reading: Reading) -> int:
    """How many nouns are long enough to name a thing of policy."""
    return sum(len(reading.words[at].low) > 9 for at in reading.nouns)


_NEEDS = re.compile(r"\b(?:braucht|brauchen|benötigt|benötigen|verdient|verdienen|fehlt|fehlen)\b")
_MEASURE = re.compile(
    r"\b(?:mehr|bessere[nrs]?|weitere|zusätzliche\w*|verlässliche\w*|sichere\w*|dringend|endlich|ausreichend\w*|neue[nrs]?|eigene[nrs]?|feste[nrs]?|"
    r"bezahlbare\w*|barrierefreie\w*|z\.\s?b\.)(?!\w)"
)


@rule(3.2)
def something_needs(unit: Unit, reading: Reading) -> str:
    """Der Waldkindergarten braucht ein festes Gebäude: a thing is in need of a measure (§ 3.9)"""
    for at, word in enumerate(reading.words):
        if not reading.is_main(at) or not _NEEDS.fullmatch(word.low) or actor.we(reading, at):
            continue
        clause = reading.clause_of(at)
        if "es" in reading.lows(clause)[:3] or word.low.startswith("fehl"):
            continue
        behind = reading.lowered[word.end :]
        measure = _MEASURE.search(behind)
        subject = actor.subject(reading, at)
        object_is_policy = any(i > at and i in reading.action_nouns for i in reading.nouns)
        if (
            measure
            and subject
            and (not actor.is_people(subject) or object_is_policy or "z." in measure.group())
        ):
            return f"{word.text} … {measure.group()}"
    return ""


_SPEAK = re.compile(
    r"\b(?:haben|hat|habe)\b[^.;:]{0,70}\b(?:gesagt|betont|erklärt|gefordert|kommuniziert|beantragt|vorgeschlagen|angekündigt|versprochen|zugesagt|verlangt|beschlossen)\b"
    r"[^.;:]{0,12}?,? ?(?:dass|,|zu)\b"
)


@rule(5.5)
def said_that(unit: Unit, reading: Reading) -> str:
    """Wir haben klar gesagt, dass die Steuer unverändert bleiben muss: a standing demand retold (§ 3.1)"""
    found = _SPEAK.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    if not (actor.we(reading, at) or actor.own_side(reading, at)):
        return ""
    ahead = any(
        lemma in ("müssen", "sollen", "werden", "dürfen") and not reading.is_main(i)
        for lemma, i in reading.modals
    )
    return found.group()[:60] if ahead else ""


@rule(3.4)
def imperative(unit: Unit, reading: Reading) -> str:
    """Streichen Sie die Mittel für die Ortsumgehung: asked of those who decide"""
    if len(reading.words) < 4 or reading.words[1].low != "sie":
        return ""
    first = reading.words[0].low
    known = any(
        action.word == 0 and action.infinitive not in _TO_VOTERS for action in reading.actions
    )
    return f"{reading.words[0].text} Sie" if known and first.endswith("en") else ""


_TO_VOTERS = frozenset(
    "machen geben helfen unterstützen nutzen informieren wählen gestalten handeln werben annehmen mitnehmen anpacken".split()
)


@rule(2.4)
def rather_than(unit: Unit, reading: Reading) -> str:
    """Sachleistungen statt Geldleistungen: two things of policy against each other, no verb"""
    if reading.finite or unit.kind == "item" or not reading.has("statt", "anstatt"):
        return ""
    return "statt" if len(reading.nouns) > 1 and _particular(reading) > 1 else ""


_PRIORITY = re.compile(
    r"\b(?:vorrang|priorität|vorfahrt|(?:große|zentrale|besondere|hohe|höchste) (?:bedeutung|priorität)|(?:einen|ein) \w*schwerpunkt|im vordergrund|"
    r"im mittelpunkt|im fokus|an erster stelle|ganz oben)\b"
)
_SETS = re.compile(
    r"\b(?:ha(?:t|ben)|steh(?:t|en)|genieß\w+|bild(?:et|en)|soll|muss|geben|räum\w+)\b"
)


@rule(2.0)
def priority(unit: Unit, reading: Reading) -> str:
    """Vorrang hat der Ausbau …: a weight is set, and an action is what has it"""
    lowered = reading.lowered
    found = _search(_PRIORITY, lowered)
    if not found or not reading.action_nouns or not _SETS.search(lowered):
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.end > lowered.index(found)), 0)
    return found if reading.is_main(at) else ""


# -- programme present -------------------------------------------------------------------------------


@rule(2.8)
def we_act(unit: Unit, reading: Reading) -> str:
    """wir schaffen …, Kapazitäten erweitern wir: present tense of an action verb with wir"""
    for action in reading.actions:
        if action.form == "participle" or not reading.is_main(action.word):
            continue
        clause = reading.clause_of(action.word)
        lows = reading.lows(clause)
        if action.infinitive in _OTHER_CUES or (action.infinitive == "einsetzen" and "uns" in lows):
            continue
        if ("wir" in lows or "ich" in lows) and not any(low in MODALS for low in lows):
            around = range(max(0, action.word - 3), min(len(reading.words), action.word + 4))
            joined = action.word and reading.words[action.word - 1].low in ("und", "sowie", "oder")
            if (
                any(reading.words[i].low in ("wir", "ich") for i in around)
                or action.form == "finite"
                or joined
            ):
                return f"wir {reading.words[action.word].text}"
    return ""


# These have cues of their own, with their own limits ("setzen uns … ein", "lehnen … ab").
_OTHER_CUES = frozenset(
    "eintreten ablehnen festhalten unterstützen setzen stellen stehen annehmen".split()
)


@rule(1.5)
def is_carried_out(unit: Unit, reading: Reading) -> str:
    """wird / werden + participle of an action: a measure that is carried out (§ 3.5)"""
    for at in reading.main_modals("werden"):
        clause = reading.clause_of(at)
        known = any(
            action.form == "participle" and at < action.word < clause.last
            for action in reading.actions
        )
        if known and not actor.we(reading, at) and _passive(reading, at):
            return _at(reading, at)
    return ""


_RECEIVE = re.compile(
    r"\b(?:erhält|erhalten|bekommt|bekommen|kriegt|erfolgt|erfolgen|fließt|fließen)\b"
)


@rule(1.3)
def is_delivered(unit: Unit, reading: Reading) -> str:
    """Alle Schulen erhalten WLAN: a service is delivered (§ 3.5)"""
    for found in _RECEIVE.finditer(reading.lowered):
        at = next((i for i, w in enumerate(reading.words) if w.start == found.start()), None)
        if at is None or not reading.is_main(at):
            continue
        lows = reading.lows(reading.clause_of(at))
        if not any(low in MODALS for low in lows):
            return found.group()
    return ""


@rule(0.6)
def is_done_somehow(unit: Unit, reading: Reading) -> str:
    """wird / werden + the form of a participle that names no known action: weaker than the known ones"""
    for at in reading.main_modals("werden"):
        clause = reading.clause_of(at)
        known = any(at < action.word < clause.last for action in reading.actions)
        if not known and not actor.we(reading, at) and _passive(reading, at):
            return _at(reading, at)
    return ""


@rule(1.0)
def will_be(unit: Unit, reading: Reading) -> str:
    """wird es … geben, wird … erhalten: future of a third person"""
    for at in reading.main_modals("werden"):
        if not actor.we(reading, at) and not _passive(reading, at):
            return _at(reading, at)
    return ""


@rule(1.4)
def there_will_be(unit: Unit, reading: Reading) -> str:
    """wird es … geben, soll es … geben: something comes into being"""
    for at in reading.main_modals("werden", "sollen"):
        clause = reading.clause_of(at)
        if reading.words[clause.last - 1].low == "geben" and "es" in reading.lows(clause):
            return "es … geben"
    return ""


_COMES_INTO_BEING = re.compile(
    r"\b(?:entsteht|entstehen)\b[^.;:,]{0,60}\b(?:ein|eine|zwei|drei|neue|weitere|zusätzliche)\b|\b(?:findet|finden)\b[^.;:,]{0,80}\bstatt\b|"
    r"\b(?:erscheint|erscheinen|öffnet|öffnen|startet|starten|beginnt|beginnen)\b"
)


@rule(3.6)
def is_brought_about(unit: Unit, reading: Reading) -> str:
    """In jedem Stadtteil entsteht ein Sozialbüro: told as a plan in a programme that never says "we" (§ 3.5)"""
    if not reading.setting.impersonal or _EFFECT_FIRST.match(reading.lowered):
        return ""
    return _search(_COMES_INTO_BEING, reading.lowered)


_EFFECT_FIRST = re.compile(r"(?:so|dadurch|damit|denn|hierdurch|bereits|schon)\b")


@rule(3.2)
def authority_acts(unit: Unit, reading: Reading) -> str:
    """Die Stadt sichert sich Belegungsrechte: the same with an authority as its subject"""
    if not reading.setting.impersonal:
        return ""
    for action in reading.actions:
        if action.form == "finite" and reading.is_main(action.word):
            subject = actor.subject(reading, action.word)
            if actor.is_authority(subject):
                return f"{subject} {reading.words[action.word].text}"
    return ""


_BELONGS = re.compile(
    r"\b(?:in|auf|an|vor|neben) (?:jede[snrm]?|den|die|das|alle|unsere)\b[^.;:,]{0,60}\bgehör(?:t|en)\b|\bgehör(?:t|en) (?:\w+ )?(?:in|auf|an|vor) (?:den|die|das|jede[sn]?|öffentliche)\b|"
    r"\bgehör(?:t|en)\b[^.;]{0,80}\b(?:hin|abgeschafft|verboten|weg|auf den prüfstand|in öffentliche hand|auf die tagesordnung)\b"
)


@rule(2.6)
def belongs(unit: Unit, reading: Reading) -> str:
    """gehört abgeschafft, gehören auf den Prüfstand"""
    return _search(_BELONGS, reading.lowered)


_WHAT_WE_NEED = re.compile(
    r"\bwas (?:wir|es|die stadt|die gemeinde) (?:jetzt |also )?(?:brauch\w+|woll\w+|fordern)\b"
)


@rule(3.0)
def what_we_need(unit: Unit, reading: Reading) -> str:
    """Was wir brauchen, sind sichere Radwege"""
    return _search(_WHAT_WE_NEED, reading.lowered)


_AGREED = re.compile(
    r"\b(?:vereinbart|verständigt|geeinigt|verabredet|vorgenommen|zum ziel gesetzt)\b"
)


@rule(4.5)
def agreed(unit: Unit, reading: Reading) -> str:
    """wurde vereinbart, … zu stärken: an agreement for the future (§ 3.1)"""
    found = _search(_AGREED, reading.lowered)
    if not found:
        return ""
    ahead = any(action.form == "infinitive" for action in reading.actions) or any(
        lemma in ("sollen", "werden") for lemma, _ in reading.modals
    )
    return found if ahead else ""


_DEMANDED = re.compile(
    r"\b(?:wird|werden|sei|ist) (?:[\w-]+ ){0,8}(?:gefordert|verlangt|beantragt|angestrebt|vorgeschlagen|angeregt|abgelehnt|eingefordert)\b"
)


@rule(3.0)
def is_demanded(unit: Unit, reading: Reading) -> str:
    """Eine Analyse wird gefordert"""
    return _search(_DEMANDED, reading.lowered)


_COMMISSIONED = re.compile(
    r"\b(?:wird|werden) (?:[\w-]+ ){0,8}(?:beauftragt|aufgefordert|gebeten|ermächtigt|angewiesen|verpflichtet)\b"
)


@rule(3.6)
def is_commissioned(unit: Unit, reading: Reading) -> str:
    """Die Verwaltung wird beauftragt, … zu prüfen: the wording of a motion"""
    return _search(_COMMISSIONED, reading.lowered)


_STAYS = re.compile(r"\bbleib(?:t|en)\b")
_AS_IT_IS = re.compile(
    r"\b(?:erhalten|bestehen|unverändert|unangetastet|stabil|konstant|kostenlos|kostenfrei|beitragsfrei|gebührenfrei|geöffnet|offen|gesichert|"
    r"in (?:öffentlicher|kommunaler|städtischer|gemeindlicher|bürgerschaftlicher) hand|auf (?:heutigem|hohem|dem heutigen|bisherigem) niveau|tabu)\b"
)


@rule(2.8)
def stays(unit: Unit, reading: Reading) -> str:
    """Die Wasserversorgung bleibt in öffentlicher Hand: kept as it is (§ 3.11)"""
    for at, word in enumerate(reading.words):
        if _STAYS.fullmatch(word.low) and reading.is_main(at):
            kept = _AS_IT_IS.search(reading.lowered)
            return f"{word.text} … {kept.group()}" if kept else ""
    return ""


_RATED = re.compile(
    r"\bha(?:t|ben) (?:für uns |bei uns |dabei |hier )*(?:\w+ )?(?:priorität|vorrang|vorfahrt|stellenwert|bedeutung)\b|\bgeh(?:t|en) (?:für uns )?vor \w+"
)


@rule(2.0)
def is_rated_first(unit: Unit, reading: Reading) -> str:
    """Sichere Schulwege haben für uns oberste Priorität; Innenentwicklung geht vor Außenentwicklung"""
    return _search(_RATED, reading.lowered)


_WRONG_THERE = re.compile(
    r"\b(?:hat|haben)\b[^.;:]{0,80}\bnichts (?:zu suchen|verloren)\b|\bgehör(?:t|en) (?:[\w-]+ ){0,3}\w+(?:iert|t)\b[,.!]?|"
    r"\bmach(?:t|en)\b[^.;:]{0,80}\b(?:notwendig|erforderlich|nötig|unumgänglich)\b|\bmuss (?:[\wäöüß-]+ ){0,6}her\b"
)


@rule(2.0)
def out_of_place(unit: Unit, reading: Reading) -> str:
    """hat dort nichts zu suchen, gehören saniert, muss her: what is, shall change"""
    return _search(_WRONG_THERE, reading.lowered)


_PROPOSED = re.compile(
    r"\b(?:schlagen|schlägt|regen|regt|bringen|bringt)\b[^.;:]{2,60}?\b(?:vor|an|ein)\b|\b(?:änderungs)?antrag\b[^.;:]{0,40}\b(?:eingebracht|gestellt)\b"
)


@rule(1.0)
def is_proposed(unit: Unit, reading: Reading) -> str:
    """Zudem regen die Liberalen an, … zu …: weak, since others may propose as well"""
    found = _search(_PROPOSED, reading.lowered)
    ahead = re.search(r"\bzu \w+e[lr]?n\b|zu\w{4,}e[lr]?n\b|\bdass\b|\bsoll", reading.text)
    return found if found and ahead and not rival_acts(reading) else ""


_SIDES_WITH = re.compile(
    r"\b(?:schl(?:a|ä)g(?:en|t)\b[^.;:]{3,120}\bvor\b|unterstütz(?:en|t)|begrüß(?:en|t)|befürworte(?:n|t)|favorisier(?:en|t)|bevorzug(?:en|t)|plan(?:en|t)|"
    r"(?:halten|hält)\b[^.;:]{3,120}\bfür (?:\w+ )?(?:über\w+|notwendig|nötig|erforderlich|sinnvoll|falsch|richtig|unnötig|geboten|unverzichtbar|dringlich|verzichtbar|entbehrlich)|"
    r"setz(?:en|t)\b[^.;:]{0,40}\bauf\b|^auf\b[^.;:]{3,60}\bsetz(?:en|t)\b|spr(?:icht|echen) sich|steh(?:en|t)\b[^.;:]{0,40}\b(?:zu[mr]?|hinter)\b|leg(?:en|t)\b[^.;:]{0,40}\b(?:wert|augenmerk)|"
    r"seh(?:en|t)\b[^.;:]{3,80}\bbedarf\b|stimm(?:en|t)\b[^.;:]{0,80}\bzu\b|wirb(?:t)?\b[^.;:]{0,40}\bfür\b)"
)


@rule(1.8)
def own_side_sides_with(unit: Unit, reading: Reading) -> str:
    """Die Grünen schlagen eine Satzung vor; die CDU hält den Umbau für überflüssig: the author in the third person"""
    if "wir" in {word.low for word in reading.words}:
        return ""
    found = _SIDES_WITH.search(reading.lowered)
    if not found:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    if not reading.is_main(at) or actor.we(reading, at) or not actor.own_side(reading, at):
        return ""
    if any(i <= at for _, i in reading.modals if reading.is_main(i)):
        return ""
    return found.group()[:60]


_HOLDS = re.compile(
    r"\b(?:(?:der|unserer) (?:auffassung|überzeugung|meinung|ansicht)|überzeugt|einig|(?:bedeutet|heißt)\b[^.;:]{0,60}|(?:finden|meinen|glauben|denken|sagen|sehen) wir|wir (?:finden|meinen|glauben|denken|sagen|wissen))(?: davon)?,? dass\b"
)


@rule(2.4)
def holds_that(unit: Unit, reading: Reading) -> str:
    """Wir sind der Auffassung, dass der Platz umgebaut werden muss: a demand in a clause of opinion"""
    found = _HOLDS.search(reading.lowered) if " dass " in reading.lowered else None
    if not found or rival_acts(reading):
        return ""
    for lemma, at in reading.modals:
        late = reading.words[at].start > found.end()
        if late and lemma in ("müssen", "sollen", "brauchen", "dürfen"):
            return f"{found.group()[:40]} … {reading.words[at].text}"
    return ""


_SEEN_FROM = re.compile(
    r"\b(?:aus (?:unserer )?sicht|nach (?:auffassung|ansicht|meinung|überzeugung)|nach unserer (?:auffassung|ansicht|meinung|überzeugung)|unserer (?:auffassung|ansicht|meinung|überzeugung) nach|für uns)\b"
)
_JUDGED = re.compile(
    r"\b(?:beste|richtige|bessere|sinnvollste|einzige|bestmögliche|falsche)\w* (?:\w+ )?(?:weg|lösung|variante|standort|ansatz|schritt|maßnahme|alternative|ort|instrument|mittel)\b|"
    r"\b(?:sinnvoll|notwendig|nötig|erforderlich|überfällig|geboten|überflüssig|unnötig|unverzichtbar|dringlich)\b"
)


@rule(1.6)
def judged_from_our_side(unit: Unit, reading: Reading) -> str:
    """Aus Sicht der Fraktion ist die Halle am Markt die beste Lösung: an endorsement (§ 3.7)"""
    found = _SEEN_FROM.search(reading.lowered)
    judged = _JUDGED.search(reading.lowered) if found else None
    if not found or not judged:
        return ""
    at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
    ours = "uns" in found.group() or actor.own_side(reading, at)
    return f"{found.group()} … {judged.group()}" if ours else ""


_NEW_HERE = re.compile(
    r"\b(?:entsteh(?:t|en)|steh(?:t|en)|biete(?:t|n)|berät|beraten|begleite(?:t|n)|sorg(?:t|en)|erhält|erhalten|bekomm(?:t|en)|"
    r"öffne(?:t|n)|zahl(?:t|en)|entscheide(?:t|n)|stell(?:t|en)|verbinde(?:t|n))\b"
)


@rule(0.4)
def present_of_a_plan(unit: Unit, reading: Reading) -> str:
    """Am Bahnhof entsteht ein Fahrradparkhaus; Ein Lotse berät: a plan in the present, or a fact (§ 3.5)"""
    for at, word in enumerate(reading.words):
        if reading.is_main(at) and _NEW_HERE.fullmatch(word.low):
            lows = set(reading.lows(reading.clause_of(at)))
            if not lows & {"wir", "ich"} and not lows & MODALS.keys() and at:
                indefinite = lows & _INDEFINITE
                return f"{word.text} … {min(indefinite)}" if indefinite else ""
    return ""


_INDEFINITE = frozenset(
    "ein eine einen einem einer jährlich jedes jeder jede jedem jeden mindestens künftig".split()
)


# -- continuation and ellipsis -----------------------------------------------------------------------

_CONTINUATION = re.compile(
    r"^(?:(?:das|dies) (?:bedeutet|heißt)\b[^.;]{0,200}\b(?:zu \w+en|\w+zu\w{3,}en)\b|(?:auch |und )?(?:dazu|hierzu|darunter|dafür|zu \w+ \w+) (?:gehör\w+|zähl\w+|fallen|bedarf|dient|dienen)|"
    r"(?:ein |weitere |gute |mögliche |erste )?beispiele? (?:wär\w*|sind|ist|hierfür|dafür)|denkbar|möglich wär\w+|"
    r"ein (?:weiterer|erster|wichtiger|zentraler|nächster) (?:baustein|schritt|punkt|ansatz|hebel))\b"
)
_ELLIPSIS = re.compile(
    r"^(?:ebenso|ebenfalls|gleichfalls|genauso|dazu|zudem|außerdem|und|sowie|konkret|im einzelnen|vor allem|insbesondere)\b"
)


@rule(2.0)
def continuation(unit: Unit, reading: Reading) -> str:
    """Dazu gehören auch …; Beispiel wäre … (§ 3.4)"""
    return _search(_CONTINUATION, reading.lowered)


@rule(2.4)
def ellipsis(unit: Unit, reading: Reading) -> str:
    """Ebenso ein Klimaschutzkonzept: the verb stands in the unit before (§ 3.4)"""
    if reading.finite or unit.kind == "item":
        return ""
    return _search(_ELLIPSIS, reading.lowered)


@rule(2.4)
def nominal(unit: Unit, reading: Reading) -> str:
    """A sentence without a finite verb that asks for a thing: "Mehr Personal für …", "Ausbau der …" """
    if reading.finite or unit.kind == "item" or len(reading.words) < 2:
        return ""
    opening = _ASKS.match(reading.lowered)
    if opening:
        return opening.group()
    early = [at for at in reading.action_nouns if at <= 2]
    if early and reading.words[0].low not in _DEFINITE:
        return reading.words[early[0]].text
    return ""


_ASKS = re.compile(
    r"(?:für |gegen )?(?:mehr|weniger|keine?n?|bessere[rsn]?|bezahlbare[rsn]?|kostenlose[rsn]?|kostenfreie[rsn]?|schluss mit|weg mit)\b"
)
_DEFINITE = frozenset("der die das dem den ein eine diese dieser dieses hier dort damit so".split())


@rule(1.0)
def action_noun(unit: Unit, reading: Reading) -> str:
    """The sentence names an action as a noun; weak by itself"""
    return reading.words[reading.action_nouns[0]].text if reading.action_nouns else ""


@rule(0.6)
def action_verb(unit: Unit, reading: Reading) -> str:
    """The sentence has a verb of action; weak by itself"""
    return reading.actions[0].infinitive if reading.actions else ""


@rule(3.0)
def infinitive_end(unit: Unit, reading: Reading) -> str:
    """A unit without a finite verb that ends in an infinitive: "Radwege ausbauen." """
    if unit.kind == "item" or not reading.words or reading.finite:
        return ""
    return final_infinitive(reading)


def final_infinitive(reading: Reading) -> str:
    """The infinitive that ends a main clause, "" if none does."""
    infinitives = {action.word for action in reading.actions if action.form == "infinitive"}
    for clause in reading.clauses:
        if clause.opener or clause.last - clause.first < 2:
            continue
        last = reading.words[clause.last - 1]
        if clause.last - 1 in infinitives and not last.is_capital:
            return last.text
        if clause.last == len(reading.words) and _LIKE_INFINITIVE.search(last.text):
            return last.text
    return ""


_LIKE_INFINITIVE = re.compile(
    r"^(?!ge\w+en$|(?:selten|eben|offen|trocken|zufrieden|vorhanden|verschieden|bescheiden|oben|unten|hinten|innen|außen|morgen|gestern|modern|extern|intern|gern|sondern|besten|meisten|ersten|letzten|anderen|wenigsten|ehesten|mindestens)$)[a-zäöü](?!.*(?:einen|keinen|ihren|unseren|allen|vielen)$)[\wß]{3,}(?:en|ern|eln)$"
)


def _passive(reading: Reading, at: int) -> bool:
    """Whether werden at `at` goes with a participle at the end of its clause (and no infinitive)."""
    clause = reading.clause_of(at)
    last = reading.words[clause.last - 1].low
    if any(
        action.word == clause.last - 1 and action.form == "infinitive" for action in reading.actions
    ):
        return False
    previous = reading.words[clause.last - 2].low if clause.last - 2 > at else ""
    for action in reading.actions:
        if action.form == "participle" and at < action.word < clause.last:
            return last not in ("werden", "haben", "sein", "können", "müssen")
    looks = re.search(
        r"(?:^ge\w+(?:t|en)|(?:be|ver|er|ent|zer)\w+t|iert|(?:ab|an|auf|aus|bei|ein|vor|um|zu|heraus|heran|herunter|durch|fort|frei|nach|weiter|wieder|zurück|zusammen|unter)ge\w+(?:t|en))$",
        last,
    )
    return bool(looks) and previous not in ("zu",) and at < clause.last - 1
