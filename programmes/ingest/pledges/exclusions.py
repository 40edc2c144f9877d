"""What speaks against a pledge? Past, description, values, attitude, effects, one's own cause (§ 2)."""

from __future__ import annotations

import re
from functools import cache

from programmes.ingest.pledges import actor, lexicon
from programmes.ingest.pledges.commitment import rival_acts
from programmes.ingest.pledges.grammar import PAST_FORMS, Reading
from programmes.ingest.pledges.rules import Rules
from programmes.ingest.pledges.units import Unit
from programmes.ingest.pledges.verbs import verbs

RULES = Rules()
rule = RULES.rule


def _search(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found.group().strip() if found else ""


@rule(-5.0)
def no_statement(unit: Unit, reading: Reading) -> str:
    """Questions, addresses, lines without words"""
    if not reading.words:
        return "no words"
    if re.search(r"www\.|https?:|\w@\w|^tel|^foto|^bild\b|^quelle|©", reading.lowered):
        return "contact"
    return "no words" if sum(map(str.isalpha, reading.text)) < 6 else ""


@rule(-4.0)
def question(unit: Unit, reading: Reading) -> str:
    if reading.words and reading.words[0].low in ("warum", "weshalb", "wieso"):
        return reading.words[0].text
    return "?" if reading.text.rstrip("”“\"»«’') ").endswith("?") else ""


_APPEAL = re.compile(
    r"^(?:bitte )?(?:wählen|gehen|geben|kommen|machen|schenken|unterstützen|helfen|schreiben|sprechen|rufen|besuchen|lesen|"
    r"nutzen|lassen|schauen|informieren|melden|werden|seien) sie\b|\b(?:ihre stimme|ihr kreuz|ihr vertrauen|ihre unterstützung)\b|"
    r"\b(?:muss|müssen|sollte|sollten) (?:\w+ ){1,3}wählen\b|^(?:am \d+\. \w+ )?(?:wählen|wähle|wählt)\b|\bprüfen, (?:wen|wem|welche\w*)\b|\bdie stimme (?:zu )?geben\b|^(?:liebe|sehr geehrte|herzlich|willkommen|danke|vielen dank|mach mit|macht mit)\b"
)


@rule(-3.5)
def appeal_to_voters(unit: Unit, reading: Reading) -> str:
    return _search(_APPEAL, reading.lowered)


_COURTESY = re.compile(
    r"\b(?:laden|lade) (?:wir |ich )?(?:sie|euch|dich|alle)\b[^.;]{0,60}\b(?:ein|dazu)\b|\bum (?:ihr|euer|ihre|eure) (?:verständnis|vertrauen|stimme|unterstützung)\b|"
    r"\bfreuen (?:wir )?uns (?:auf|über|wenn)\b|\bstehen (?:wir )?(?:ihnen|euch)\b|\b(?:danken|bedanken) (?:wir )?(?:uns|ihnen|allen|den)\b"
)


@rule(-2.0)
def courtesy(unit: Unit, reading: Reading) -> str:
    """Wir laden Sie herzlich ein; wir bitten um Ihr Verständnis"""
    return _search(_COURTESY, reading.lowered)


_SELF = re.compile(
    r"\b(?:(?:allen|anderen|demokratischen) (?:parteien|fraktionen)|der kandidat\w+|\w*quotum|\w*kommunalwahl\w*|\w*kandidatenliste\w*|kandidatinnen und kandidaten|wahlperiode eine|\w*wahlkampf\w*|\w*wahlprogramm\w*|\w*parteitag\w*|"
    r"verantwortung übernehmen|unser name|unsere arbeit|parteienlandschaft|altparteien|etablierten parteien|der anderen parteien|freie wähler sind|wir sind die|"
    r"mitglieder(?:n|versammlung)?|kandidier\w+|kandidatur|bewerb(?:en|e|t) (?:wir |ich )?(?:uns|mich|sich)|(?:uns|mich|sich)\b[^.;]{0,60}\bbewerben|"
    r"zur wahl|wahlkampf\w*|antreten|trete ich|treten wir|(?:ich|wir|uns|mich|kandidat\w*)\b[^.;]{0,60}\bgewählt werden|ihre stimme|wahlprogramm|unser programm|dieses programm|diesem programm|"
    r"eine gruppe bilden|fraktionsgemeinschaft|(?:rats)?gruppe (?:bilden|gebildet|gegründet)|parteimitglied\w*|mitglied werden|unsere kampagne|"
    r"spitzenkandidat\w*|listenplatz|wahlsieg|stärkste kraft|stichwahl|mandate?|unsere partei|ortsverein|ortsverband|"
    r"programm (?:vor)?(?:zu)?(?:stellen|legen)|werben (?:wir )?um|stärkste \w+|starke mannschaft|personelle\w* angebot\w*|(?:mit|durch) (?:einer kandidatin|einem kandidaten|eigenen kandidat\w+)|komplett neu auf\w+|oberbürgermeister (?:zu )?stellen|in die (?:\w+ )?gremien (?:gewählt|einziehen)|(?:neue|andere) politische|erinnern\b|"
    r"werden wir (?:im rat )?(?:vertreten|einziehen)|mehrheit (?:im rat|werden|bekommen|erreichen)|opposition|koalition)\b"
)


@rule(-2.8)
def own_cause(unit: Unit, reading: Reading) -> str:
    """The party's own organisation, candidacy or campaign"""
    for lemma, at in reading.modals:
        last = reading.words[reading.clause_of(at).last - 1].low
        if lemma in ("wollen", "möchten", "werden") and last in _SELF_VERBS and reading.is_main(at):
            return f"{reading.words[at].text} … {last}"
    return _search(_SELF, reading.lowered)


_SELF_VERBS = frozenset(lexicon.SELF_VERBS)


@rule(-2.4)
def rival_party_acts(unit: Unit, reading: Reading) -> str:
    """Die CDU will …, in a text of others: told of another party"""
    return rival_acts(reading)


_OCCASIONS = (
    "infostand", "infostände", "stammtisch", "haustürbesuch", "haustürgespräch", "pressemitteilung", "anmeldung", "anmelden",
    "mitgliederversammlung", "konstituierende", "neujahrsempfang", "frühjahrsempfang", "sommerfest", "podiumsdiskussion", "rundgang",
    "wahlwerbung",
)  # fmt: skip
_AT_A_TIME = re.compile(
    r"\b(?:\d{1,2}(?:[.:]\d\d)? uhr|(?:am|ab) \d{1,2}\. ?(?:\w+|\d{1,2}\.)(?: \d{4})? (?:um|ab) \d{1,2})\b"
)


@rule(-1.6)
def own_occasion(unit: Unit, reading: Reading) -> str:
    """Infostände, der Stammtisch, die Sitzung um 18 Uhr: what the party itself will hold or send"""
    for word in reading.words:
        if word.low.startswith(_OCCASIONS):
            return word.text
    return (
        _search(_AT_A_TIME, reading.lowered)
        if "uhr" in reading.lowered or " um " in reading.lowered
        else ""
    )


_ALAS = re.compile(
    r"\b(?:soll|sollen|sollte|sollten)\b (?:[\wäöüß]+ ){0,3}(?:nun|ja|leider|angeblich|plötzlich|ausgerechnet|offenbar)\b|"
    r"\b(?:leider|angeblich|offenbar|plötzlich|ausgerechnet)\b[^.;:]{0,40}\b(?:soll|sollen|sollte|sollten)\b|\bhätte\w*\b[^.;:]{0,120}\b(?:müssen|sollen|können|dürfen)\b"
)


@rule(-1.8)
def plan_of_others(unit: Unit, reading: Reading) -> str:
    """Nun soll leider gekürzt werden; hätte man prüfen müssen: what others plan or failed to do"""
    may_be = "soll" in reading.lowered or "hätte" in reading.lowered
    return _search(_ALAS, reading.lowered) if may_be else ""


_NEED_NOT = re.compile(
    r"\b(?:muss|müssen|müsse) (?:[\wäöüß]+ ){0,2}nicht (?:jede\w*|alle\w*|immer|unbedingt|zwingend|gleich|erst|überall)\b|"
    r"\bnicht (?:jede\w*|alle\w*)\b[^.;:,]{0,60}\b(?:muss|müssen|braucht|brauchen|kann|können)\b"
)


@rule(-1.8)
def need_not(unit: Unit, reading: Reading) -> str:
    """Nicht alles muss geregelt werden; nicht jeder Sonntag braucht einen Markt: no duty at all"""
    return _search(_NEED_NOT, reading.lowered) if "nicht" in reading.lowered else ""


_ASKS_TO_KNOW = re.compile(
    r"\b(?:woll(?:en|t)|möchten?)\b[^.;:]{0,80}\bwissen\b(?=[,.!“”]|$)|\bfragen (?:wir )?(?:uns|nach)\b|\bwir fragen\b|\bauf\b[^.;:]{3,80}\baufmerksam (?:zu )?machen\b|"
    r"\b(?:wachsam|genau|aufmerksam|kritisch|weiter) (?:zu )?(?:beobachten|verfolgen|begleiten)\b|\bwird sich zeigen\b"
)


@rule(-1.8)
def asks_to_know(unit: Unit, reading: Reading) -> str:
    """Wir wollen wissen, ob …; auf das Problem aufmerksam machen; wachsam beobachten"""
    return _search(_ASKS_TO_KNOW, reading.lowered)


# -- time --------------------------------------------------------------------------------------------

_PERFECT_END = re.compile(
    r"(?:^ge|^(?:ab|an|auf|aus|bei|ein|vor|um|zu|durch|mit|nach|statt|weiter|zurück|fest|bereit|los|hin|her)ge|^(?:be|ver|er|ent|zer)|iert$|^über|^unter)"
)


@rule(-3.0)
def perfect(unit: Unit, reading: Reading) -> str:
    """haben / hat / wurde(n) … + participle in a main clause: told as done"""
    for lemma, at in reading.modals:
        if lemma not in ("haben", "past") or not reading.is_main(at):
            continue
        clause = reading.clause_of(at)
        word = reading.words[at]
        if lemma == "past":
            return word.text
        following = reading.words[at + 1 : clause.last]
        for later in following:
            if (
                not later.is_capital
                and _PERFECT_END.search(later.low)
                and re.search(r"(?:t|en)$", later.low)
                and len(later.low) > 4
            ):
                return f"{word.text} … {later.text}"
    return ""


@rule(-2.0)
def preterite(unit: Unit, reading: Reading) -> str:
    for at, word in enumerate(reading.words):
        if word.low in PAST_FORMS and not word.is_capital and reading.is_main(at):
            return word.text
    return ""


_PAST_TIME = re.compile(
    r"\b(?:in den (?:letzten|vergangenen) \w+|im vergangenen \w+|im letzten jahr|vergangene[nrs]? (?:jahr|woche|monat|sitzung)\w*|"
    r"seit (?:\d{4}|jahren|jahrzehnten|langem|vielen|einigen|über|mehr|dem jahr|beginn|ende)|damals|wie früher|früher war\w*|einst|bereits (?:\d{4}|im jahr)|"
    r"bisher|bislang|jahrelang|jahrzehntelang|zuletzt|kürzlich|jüngst|gestern|vor (?:\w+ )?jahren|nach wie vor|noch immer|immer noch|immer wieder|derzeit|aktuell|"
    r"momentan|zurzeit|gegenwärtig|inzwischen|mittlerweile|schon heute|bereits heute|heute schon|oft|oftmals|häufig|meist|meistens|leider|zunehmend|tagtäglich|viel zu lange|längst)\b"
)


@rule(-1.2)
def told_time(unit: Unit, reading: Reading) -> str:
    """Adverbs of the past or of the present state, in a main clause"""
    for found in _PAST_TIME.finditer(reading.lowered):
        at = next((i for i, w in enumerate(reading.words) if w.start >= found.start()), 0)
        if reading.words and reading.is_main(at):
            return found.group()
    return ""


_FUTURE_TIME = re.compile(
    r"\b(?:künftig\w*|zukünftig\w*|in zukunft|bis (?:zum jahr |spätestens |ende |mitte )?20[2-9]\d|ab (?:dem jahr )?20[2-9]\d|in den (?:nächsten|kommenden)|"
    r"mittelfristig|kurzfristig|langfristig|schnellstmöglich|umgehend|unverzüglich|zeitnah|endlich|sofort|dauerhaft)\b"
)


@rule(0.7)
def future_time(unit: Unit, reading: Reading) -> str:
    return _search(_FUTURE_TIME, reading.lowered)


# -- description -------------------------------------------------------------------------------------

_COPULA = frozenset(
    "ist sind war waren bleibt bleiben bildet bilden zählt zählen gehört gehören heißt bedeutet steht stehen gibt lebt leben".split()
)


@rule(-1.0)
def states_a_fact(unit: Unit, reading: Reading) -> str:
    """The first finite verb of the main clause is sein, bleiben, haben, geben …"""
    for at, word in enumerate(reading.words):
        if not reading.is_main(at):
            continue
        if word.low in (
            "wird",
            "werden",
            "soll",
            "sollen",
            "sollte",
            "sollten",
            "muss",
            "müssen",
            "will",
            "wollen",
            "möchte",
            "möchten",
            "wir",
            "darf",
            "dürfen",
        ):
            return ""
        if word.low in _COPULA or word.low in ("hat", "haben"):
            return word.text
    return ""


@rule(-1.6)
def people_must(unit: Unit, reading: Reading) -> str:
    """Eltern müssen lange warten: people who must, cannot or do something"""
    for lemma, at in reading.modals:
        if lemma in (
            "müssen",
            "können",
            "dürfen",
            "wollen",
            "brauchen",
            "haben",
            "werden",
        ) and reading.is_main(at):
            subject = actor.subject(reading, at)
            if (
                actor.is_people(subject)
                and not actor.we(reading, at)
                and not _is_passive_of(reading, at)
            ):
                return f"{subject} {reading.words[at].text}"
    return ""


def _is_passive_of(reading: Reading, at: int) -> bool:
    clause = reading.clause_of(at)
    lows = reading.lows(clause)
    return lows[-1] in ("werden", "erhalten", "bekommen") or (
        reading.words[at].low in ("wird", "werden")
        and any(a.form == "participle" and a.word > at for a in reading.actions)
    )


@rule(-1.5)
def can_or_could(unit: Unit, reading: Reading) -> str:
    """kann, können, könnte, würde: possibility, not commitment"""
    for at in reading.main_modals("können", "könnten", "würden"):
        if not actor.we(reading, at):
            return reading.words[at].text
    return ""


_EFFECT_OPENING = re.compile(
    r"^(?:und |denn |aber )?(?:so|damit|dadurch|denn|nur so|nur dann|nur wenn|dann|somit|auf diese weise|hierdurch|deshalb ist|daher ist|das ist|dies ist|das sind|es ist|es gibt|das heißt)\b"
)


@rule(-0.9)
def effect_opening(unit: Unit, reading: Reading) -> str:
    """So …, Damit …, Denn …: a reason or an effect"""
    return _search(_EFFECT_OPENING, reading.lowered)


@rule(-1.3)
def so_we_serve(unit: Unit, reading: Reading) -> str:
    """So schaffen wir …, Damit stärken wir …: the effect of what was said before (§ 3.12)"""
    if not reading.words or reading.words[0].low not in ("so", "damit", "dadurch", "hiermit"):
        return ""
    for action in reading.actions:
        if (
            action.word in (1, 2)
            and action.infinitive in _SERVING
            and actor.we(reading, action.word)
        ):
            return f"{reading.words[0].text} {reading.words[action.word].text} wir"
    return ""


_SERVING = frozenset(
    "unterstützen stärken schaffen sichern machen sorgen ermöglichen geben gewinnen bringen bieten leisten erhalten".split()
)


@rule(-2.0)
def value_as_object(unit: Unit, reading: Reading) -> str:
    """schaffen wir Wohlstand für 50.000 Menschen: what is made, given or wanted is a value"""
    for at, word in enumerate(reading.words):
        if word.low not in ("wir", "ich") or not reading.is_main(at):
            continue
        for later in range(at + 1, min(at + 5, reading.clause_of(at).last)):
            low = reading.words[later].low
            if low in _PREPOSITIONS:
                break
            if later in reading.nouns:
                joined = later + 1 < len(reading.words) and reading.words[later + 1].low in (
                    "und",
                    "in",
                    "bei",
                )
                return reading.words[later].text if low in _VALUES and not joined else ""
    return ""


_PREPOSITIONS = frozenset(
    "in im an am auf mit für von vom zu zum zur bei durch gegen über unter nach aus um ohne".split()
)


_EFFECT_VERBS = """
ermöglichen beitragen führen bringen stärken fördern verbessern entlasten sichern helfen unterstützen sorgen
bieten schaffen tragen leisten erleichtern senken verhindern erhöhen steigern machen bilden geben begleiten
verknüpfen vorbeugen verbinden eröffnen profitieren belasten gefährden wirken reduzieren vermeiden verursachen
kosten verdienen entstehen wachsen sinken steigen hemmen behindern
""".split()
_EFFECT = frozenset(form for verb in verbs(_EFFECT_VERBS) for form in verb.finite) | frozenset(
    "sorgt sorgen trägt tragen führt führen hilft helfen".split()
)


@rule(-1.5)
def third_subject_present(unit: Unit, reading: Reading) -> str:
    """An instrument or a person is subject of an active verb in the present (§ 3.5)"""
    for at, word in enumerate(reading.words):
        if not reading.is_main(at) or word.is_capital:
            continue
        lows = reading.lows(reading.clause_of(at))
        if "wir" in lows or "uns" in lows:
            return ""
        if (
            word.low in _EFFECT
            and at
            and not (set(lows) & _MODAL_WORDS)
            and _stands_second(reading, at)
        ):
            return word.text
    return ""


def _stands_second(reading: Reading, at: int) -> bool:
    """Whether a verb form is the finite one: something follows it in its clause, and no "zu" precedes."""
    clause = reading.clause_of(at)
    return at + 1 < clause.last and reading.words[at - 1].low != "zu" and reading.finite


_MODAL_WORDS = frozenset(
    "soll sollen sollte sollten muss müssen will wollen möchte möchten wird werden darf dürfen müsse solle gilt".split()
)


_OTHERS = re.compile(
    r"\b(?:die|der|das|den|dem)?\s?(?:bürgermeister\w*|oberbürgermeister\w*|verwaltung|stadtverwaltung|landesregierung|bundesregierung|investor\w*|"
    r"opposition|mehrheit|ratsmehrheit|kooperationspartner|unternehmen|vereine?|stadt|gemeinde|kreis|land|bund|deutsche bahn|betreiber|eigentümer) "
    r"(?:will|wollen|möchte|plant|planen|hat|haben|kündigt|prüft|lehnt|investiert|baut|stellt|beteiligt|setzt)\b"
)


@rule(-2.2)
def others_announce(unit: Unit, reading: Reading) -> str:
    """Die Verwaltung will / plant …: a third party's announcement"""
    return _search(_OTHERS, reading.lowered)


# -- values and attitude -------------------------------------------------------------------------------

_ATTITUDE = re.compile(
    r"\b(?:klare kante|gegenpol|lassen (?:wir )?nicht zu|zuhören|zuzuhören|hinhören|zugehört|(?:genau |genauer )?hin(?:zu)?schauen|hinsehen|ernst (?:zu )?nehmen|nehmen (?:wir )?\w* ?ernst|ernstnehmen|ernst genommen|auf den weg machen|unseren beitrag|"
    r"im blick (?:behalten|haben|zu behalten)|im auge behalten|aus dem auge|aus den augen|aus dem blick|begegnen wir|auf augenhöhe|"
    r"ins gespräch|im gespräch|austauschen|hinnehmen|hinzunehmen|akzeptieren|wegschauen|zurücklassen|zurückgelassen|zurückbleib\w+|"
    r"her denken|mitdenken|neu denken|zusammendenken|umdenken|in den mittelpunkt|im mittelpunkt|gedanken machen|mut haben|den mut|mutig\w*|mit herz|"
    r"neue wege|neuen weg|mit gutem beispiel|mit neuem leben|vorreiter\w*|als motor|aufbegehren|wehren (?:wir )?(?:uns|sich)|handeln statt|nicht nur reden|eigene wege|menschlich|an einem strang|hand in hand|schulter an schulter|ideologie\w*|gemeinsam gestalten|"
    r"für sie da|für euch da|ansprechpartner|offenes? ohr|das gespräch|verantwortung übernehmen|verantwortung tragen|bereit sein|"
    r"die zukunft gestalten|zukunft gestalten|mitgestalten|unsere stadt gestalten|vertrauen\w*|dankbar|dank(?:en)?|stolz|freuen uns|uns freuen|"
    r"anerkenn\w+|wertschätz\w+|würdig\w+|respekt\w*|nicht vergessen|niemanden vorschreiben|niemandem vorschreiben|verlieren)\b"
)


@rule(-1.8)
def attitude(unit: Unit, reading: Reading) -> str:
    """zuhören, ernst nehmen, im Blick behalten …: a way of being, no instrument"""
    if reading.has("sondern") and reading.actions:
        return ""
    return _search(_ATTITUDE, reading.lowered)


@rule(-1.6)
def attitude_only(unit: Unit, reading: Reading) -> str:
    """An attitude, and nothing that it could be about"""
    if policy_nouns(reading) or reading.action_nouns:
        return ""
    return _search(_ATTITUDE, reading.lowered)


_VALUES = frozenset(lexicon.VALUE_NOUNS)
_NEUTRAL = frozenset(lexicon.NEUTRAL_NOUNS)


def policy_nouns(reading: Reading) -> list[str]:
    """The nouns that are neither rhetoric nor mere people and places: what a policy could be about."""
    lows = [reading.words[at].low for at in reading.nouns]
    names = reading.setting.own | reading.setting.places
    return [low for low in lows if low not in names and not is_rhetorical(low)]


def is_value(low: str) -> bool:
    """Whether a noun is one that nobody is against: freedom, future, cohesion."""
    return low in _VALUES


@cache
def is_rhetorical(low: str) -> bool:
    """Whether a noun is a value, a person or the place as a whole."""
    return (
        low in _VALUES
        or low in _NEUTRAL
        or low.endswith(_VALUE_ENDS)
        or actor.is_people(low)
        or actor.is_own_side(low)
    )


_VALUE_ENDS = (
    "partei",
    "region",
    "zusammenhalt",
    "miteinander",
    "lebensqualität",
    "gerechtigkeit",
    "freundlichkeit",
)


@rule(-2.6)
def rhetorical_object(unit: Unit, reading: Reading) -> str:
    """Every noun is a value or a person: nothing that one could do, create or change"""
    values = [
        reading.words[at].text
        for at in reading.nouns
        if reading.words[at].low in _VALUES or reading.words[at].low.endswith(_VALUE_ENDS)
    ]
    return " ".join(values[:3]) if values and not policy_nouns(reading) else ""


@rule(-2.2)
def no_object(unit: Unit, reading: Reading) -> str:
    """No noun at all, and nothing that points back to one"""
    return "" if reading.nouns or points_back(reading) or reading.has("es", "das") else "no noun"


@rule(-1.9)
def attitude_verb(unit: Unit, reading: Reading) -> str:
    """wollen … zeigen, soll … stehen: the verb under the modal is one of being or looking"""
    for lemma, at in reading.modals:
        if lemma not in ("wollen", "werden", "sollen", "müssen", "möchten") or not reading.is_main(
            at
        ):
            continue
        clause = reading.clause_of(at)
        last = reading.words[clause.last - 1].low
        if last in _ATTITUDE_VERBS and not any(
            clause.first <= action.word < clause.last or reading.has("sondern")
            for action in reading.actions
        ):
            return last
    return ""


_ATTITUDE_VERBS = frozenset(lexicon.ATTITUDE_VERBS)


@rule(-2.0)
def ongoing(unit: Unit, reading: Reading) -> str:
    """derzeit, aktuell, bereits heute + present: it is being done, not promised"""
    if any(lemma in _FUTURE_MODALS for lemma, _ in reading.modals):
        return ""
    return _search(_ONGOING, reading.lowered)


_FUTURE_MODALS = frozenset("wollen werden sollen müssen möchten dürfen".split())
_ONGOING = re.compile(
    r"\b(?:derzeit|aktuell|momentan|zurzeit|gegenwärtig|schon heute|bereits heute|heute schon|inzwischen|mittlerweile|seit (?:\d{4}|jahren|vielen|langem|über|mehr))\b"
)


_VALUE = re.compile(
    r"\b(?:recht haben|ein recht|die chance (?:haben|bekommen)|die freiheit|politik für alle|politik (?:für|der|mit|ist|heißt)|eine (?:stadt|gemeinde|gesellschaft|region|politik)|(?:menschen)?recht auf|grundrecht|menschenrecht|grundlage|fundament|basis|voraussetzung|schlüssel|rückgrat|herzstück|motor|herz unserer|aushängeschild|"
    r"standortfaktor|visitenkarte|lebensader|bereicher\w+|unverzichtbar\w* (?:für|teil|bestandteil)|teil unserer|kein luxus|kein privileg|selbstverständlich|"
    r"von (?:zentraler|großer|besonderer|entscheidender) bedeutung|hohes gut|keine einbahnstraße|verdien(?:t|en))\b"
)


@rule(-1.4)
def value_statement(unit: Unit, reading: Reading) -> str:
    """… ist Grundlage, ist ein Menschenrecht, ist das Rückgrat"""
    lowered = reading.lowered
    found = _search(_VALUE, lowered)
    if found in _PLACE_AS_GOAL and len(policy_nouns(reading)) > 0 and "ziel" in lowered:
        return ""
    return found


_PLACE_AS_GOAL = ("eine stadt", "eine gemeinde", "eine region")


_POLITICS = re.compile(
    r"\b(?:(?:für|eine?r?|als|unsere|machen|diese|neue|andere|sach|gute)\s(?:[\wäöüß,-]+\s){0,6}?(?:politik|kommunalpolitik|ratsarbeit|gemeinderatsarbeit)\b(?! (?:der|des) (?:bund|land|eu)))|"
    r"^politik\b|\bpolitik (?:für|mit|aus) (?:die |den |dem |alle |\w+ )?\w+|\bpolitik (?:zu )?machen"
)
_FIELD = re.compile(r"\w(?<!kommunal)(?<!partei)(?<!sach)(?<!symbol)(?<!stadt)politik\b")


@rule(-2.2)
def politics_itself(unit: Unit, reading: Reading) -> str:
    """Wir stehen für eine Politik, die …: a manner of politics, no field of it"""
    lowered = reading.lowered
    if _FIELD.search(lowered) or reading.action_nouns:
        return ""
    return _search(_POLITICS, lowered)


_BEING = re.compile(
    r"\b(?:bin|sind|bleiben|verstehen uns|versteht sich|verstehe mich|begreifen uns|sehen uns)\b(?! (?:zu|\w+ zu)\b)[^.;:]{0,60}?\b(?:partei|kraft|alternative|"
    r"stimme|team|liste|zusammenschluss|gemeinschaft|bewegung|fraktion|demokrat\w+|interessenvertretung|ansprechpartner\w*|opposition|"
    r"bürgermeister\w*|kandidat\w*|mitglied\w*)\b|\b(?:partei|alternative|kraft|liste), die\b|diejenige partei"
)


@rule(-2.4)
def says_who_we_are(unit: Unit, reading: Reading) -> str:
    """Wir sind die Partei, die …; wir verstehen uns als Stimme der Dörfer: a description of oneself"""
    return _search(_BEING, reading.lowered)


@rule(-1.8)
def wants_to_be(unit: Unit, reading: Reading) -> str:
    """Ich möchte eine Bürgermeisterin für alle sein: a role, not a measure"""
    for _, at in reading.modals:
        clause = reading.clause_of(at)
        ends = reading.words[clause.last - 1].low in ("sein", "bleiben")
        roles = all(
            is_rhetorical(low) or actor.is_authority(low.removesuffix("in"))
            for low in policy_nouns(reading)
        )
        if ends and actor.we(reading, at) and not reading.actions and roles:
            return reading.words[at].text
    return ""


_GESTURE = re.compile(
    r"\bzeichen (?:zu )?setzen|\bsignal (?:zu )?(?:setzen|senden)|\borientieren\b|leiten lassen|in die hand nehmen|verwalten\b|besser machen\b|"
    r"anders machen\b|sprung nach vorne?|zukunftsfest|nach vorne? (?:zu )?bringen|voran ?(?:zu ?)?bringen|weiter ?(?:zu ?)?bringen|aufbruch|"
    r"in (?:eine|die) (?:\w+ )?zukunft|auf (?:den|einen) (?:\w+ )?(?:weg|kurs) bringen|kritisch (?:nachfragen|begleiten|hinterfragen)|hinterfragen|"
    r"zum wohle?|mit augenmaß|herausforderungen (?:zu )?(?:meistern|angehen|stellen)|weichen (?:zu )?stellen"
)


@rule(-1.6)
def gesture(unit: Unit, reading: Reading) -> str:
    """ein Zeichen setzen, zukunftsfest aufstellen, kritisch begleiten: moves nothing in particular"""
    if len(set(policy_nouns(reading))) > 1:
        return ""
    return _search(_GESTURE, reading.lowered)


@rule(-1.4)
def told_of_today(unit: Unit, reading: Reading) -> str:
    """Lehrer müssen sich heute um mehr kümmern: what must be done already"""
    for at in reading.main_modals("müssen", "sollen", "werden"):
        clause = reading.lows(reading.clause_of(at))
        if not actor.we(reading, at) and set(clause) & {
            "heute",
            "inzwischen",
            "mittlerweile",
            "derzeit",
            "bereits",
        }:
            return f"{reading.words[at].text} … heute"
    return ""


_IMAGE = re.compile(
    r"\b(?:nr\. ?1|nummer eins|vorreiter\w*|vorbild|spitze|leuchtturm\w*|hauptstadt|\w+-stadt|high-?\w+|metropole|beste stadt|markenzeichen|attraktivste\w*|"
    r"lebenswerteste\w*|modernste\w*|schönste\w*|zukunftsfähig\w*|fit (?:für|machen)|nach vorne?|voranbringen|weiterhin gut|erlebnis)\b"
)


@rule(-2.4)
def norm(unit: Unit, reading: Reading) -> str:
    """Soziale Kriterien dürfen keine Rolle spielen; jedes Kind muss die Chance haben: how things ought to be"""
    return _search(_NORM, reading.lowered)


_NORM = re.compile(
    r"\b(?:(?:muss|müssen|soll|sollen) sich (?:wieder |auch |endlich )?(?:lohnen|auszahlen)|(?:darf|dürfen) (?:kein\w*|nicht) (?:mehr |zur? )?(?:\w+ )?(?:selbstzweck|luxus\w*|ware|spielball|einbahnstraße|tabu|privileg)|"
    r"keine rolle (?:mehr )?spielen|abhäng(?:en|ig sein|t)|nicht zu[rm] \w+ werden|die (?:gleiche[nr]? )?(?:chance|chancen|freiheit) (?:haben|bekommen)|"
    r"die menschen in den mittelpunkt|selbstbestimmt (?:leben|zu leben)|(?:soll|muss|sollte) (?:wieder |auch |weiterhin )?(?:ein|der) (?:\w+ )?ort (?:sein|bleiben|werden)|ort sein, an dem|das gefühl haben|(?:jeder|jede|jedes|alle|niemand|keiner)\b[^.;:]{0,90}\b(?:leben können|sich wohlfühlen|willkommen|fühlen))\b"
)


@rule(-2.0)
def slogan(unit: Unit, reading: Reading) -> str:
    """niemanden zurücklassen, ohne Angst leben, für alle da sein"""
    return _search(_SLOGAN, reading.lowered)


_SLOGAN = re.compile(
    r"\b(?:niemand\w*\b[^.;:]{0,60}\b(?:zurück\w*|allein gelassen|vergessen|ausgegrenzt)|ohne angst|gut leben können|stadt für alle|gemeinden? für alle|politik für alle|"
    r"gleiche rechte|vielfalt selbstverständlich|mit herz und verstand|für alle da|in den griff|fit (?:zu )?mach\w+|fit für|mensch\w* in den mittelpunkt|verbote statt|statt verbot\w*|keine verbote|statt reden|reden statt|statt (?:nur )?zu reden)\b"
)


def points_back(reading: Reading) -> bool:
    """Whether a sentence opens with a word that takes its object from the one before it (§ 3.4)."""
    return any(word.low in _POINTERS for word in reading.words[:3])


@rule(-1.9)
def empty_object(unit: Unit, reading: Reading) -> str:
    """Only words that say nothing of a policy (Menschen, Städte, Ziele), and no action"""
    if not reading.nouns or reading.action_nouns or policy_nouns(reading):
        return ""
    if any(reading.words[at].low in _VALUES for at in reading.nouns) or points_back(reading):
        return ""
    if any(action.infinitive in _DONE_TO_PEOPLE for action in reading.actions):
        return ""
    if _STATE_TO_REACH.search(reading.lowered):
        return ""
    return reading.words[reading.nouns[0]].text


_STATE_TO_REACH = re.compile(
    r"\b(?:klimaneutral|barrierefrei|schuldenfrei|beitragsfrei|gebührenfrei|kostenfrei|kostenlos|autofrei|autoarm|plastikfrei|co2-neutral|treibhausgasneutral|pestizidfrei|verkehrsberuhigt)\w*\b"
)


_DONE_TO_PEOPLE = frozenset(
    """beteiligen informieren entlasten einbeziehen einbinden miteinbeziehen beraten befragen einstellen schulen ausbilden
    qualifizieren integrieren unterbringen versorgen betreuen unterstützen fördern vermitteln abschieben eingemeinden verkaufen""".split()
)
_POINTERS = frozenset(
    "dies diese diesen dieses das sie dazu hier dafür ihn dabei damit daran hierzu".split()
)


@rule(-2.5)
def not_needed(unit: Unit, reading: Reading) -> str:
    """Wir brauchen nicht noch mehr Konzepte: a need denied"""
    found = re.search(
        r"\bbrauch(?:en|t) (?:wir |es )?(?:keine?n?|nicht noch|nicht mehr)\b", reading.lowered
    )
    return found.group() if found else ""


@rule(-0.6)
def image(unit: Unit, reading: Reading) -> str:
    """Rank and image: Vorreiter, Nummer eins, die lebenswerteste Stadt"""
    return _search(_IMAGE, reading.lowered)


_EXTENSION = re.compile(
    r"^(?:und )?(?:das|dies|gleiches|dasselbe|ähnliches|dieses|all das|selbiges) (?:gilt|trifft)\b(?! es)"
)


@rule(-3.5)
def extension(unit: Unit, reading: Reading) -> str:
    """Das gilt auch für X (§ 3.4)"""
    return _search(_EXTENSION, reading.lowered)


@rule(-1.4)
def conditional(unit: Unit, reading: Reading) -> str:
    """Wer …, Wenn … opens the sentence"""
    return (
        reading.words[0].text
        if reading.words and reading.words[0].low in ("wer", "wenn", "obwohl", "während", "ob")
        else ""
    )


@rule(-1.0)
def frame_of_quotation(unit: Unit, reading: Reading) -> str:
    """so X, sagt Y, without a demand inside"""
    found = re.search(
        r"\b(?:sagt|sagte|betont|betonten?|erklärt|erklärte|erläutert|kritisiert|kritisierte|freut sich|lobt|lobte|heißt es|berichtet|berichtete|zeigt sich|bedauert|so der|so die)\b",
        reading.lowered,
    )
    return found.group() if found else ""


@rule(-2.0)
def all_capitals(unit: Unit, reading: Reading) -> str:
    letters = sum(map(str.isalpha, reading.text))
    capitals = sum(map(str.isupper, reading.text))
    return "capitals" if letters > 6 and capitals > 0.8 * letters else ""


@rule(-0.5)
def exclamation(unit: Unit, reading: Reading) -> str:
    return "!" if reading.text.rstrip("”“\"»«’') ").endswith("!") else ""


@rule(-0.7)
def very_short(unit: Unit, reading: Reading) -> str:
    return "short" if len(reading.words) <= 4 and unit.kind != "item" else ""


@rule(-0.8)
def fragment(unit: Unit, reading: Reading) -> str:
    """No finite verb and no action in it"""
    if unit.kind == "item" or reading.action_nouns or reading.actions or reading.finite:
        return ""
    return "no verb"


_EVIL = re.compile(
    r"(?:gewalt|prostitution|extremismus|rassismus|hass|hetze|antisemitismus|diskriminierung|ausgrenzung|ideologie|sexismus|hetzer|bevormundung)\w*$"
)


@rule(-2.5)
def rejects_an_evil(unit: Unit, reading: Reading) -> str:
    """lehnen … ab, sind gegen + what nobody is for (§ 3.8)"""
    found = re.search(
        r"\b(?:lehn\w+|gegen|wehren|ablehnen|keinen? platz|nicht hinnehmbar|verurteil\w+)\b",
        reading.lowered,
    )
    if not found or any(action.infinitive not in ("ablehnen",) for action in reading.actions):
        return ""
    evils = [reading.words[at].text for at in reading.nouns if _EVIL.search(reading.words[at].low)]
    return evils[0] if evils and "kampf" not in reading.lowered else ""
