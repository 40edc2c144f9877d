"""How is a German sentence built? Words, clauses, modal verbs, verbs of action, nouns: one reading.

This is no parser. Clauses are cut at punctuation; a clause is subordinate when a subordinating word
opens it (for relative pronouns: and its verb comes last). That is enough to tell "wir müssen bauen"
from "weil Eltern lange warten müssen".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from programmes.ingest.pledges import lexicon
from programmes.ingest.pledges.verbs import Verb, verbs

_TOKEN = re.compile(r"\w[\w*/'’.:-]*\w|\w|[^\w\s]")
_BREAKS = frozenset(",;:–—!?-")
_ALTERNATIVES = frozenset("statt anstatt anstelle".split())
_SUBORDINATORS = frozenset(
    """weil da dass daß damit ob obwohl wenn falls sobald solange während nachdem bevor indem sodass
    obgleich wohingegen soweit sofern ehe als je wie wer was warum weshalb womit wodurch wofür
    wohin woher worauf wobei woran weswegen um statt anstatt ohne welche welcher welches welchen welchem wo
    deren dessen denen""".split()
)
_RELATIVES = frozenset("die der das den dem".split())
_PREPOSITIONS = frozenset(
    """in an auf mit für von bei zu aus durch über unter nach vor gegen neben zwischen seit
    hinter ohne bis im am""".split()
)

MODALS: dict[str, str] = {
    form: lemma
    for lemma, forms in {
        "wollen": "will wollen wolle",
        "möchten": "möchte möchten",
        "müssen": "muss muß müssen müsse müssten müsste",
        "sollen": "soll sollen sollte sollten solle",
        "dürfen": "darf dürfen dürfe",
        "werden": "wird werden werde",
        "können": "kann können könne",
        "brauchen": "braucht brauchen brauche bräuchte bräuchten benötigt benötigen benötige bedarf bedürfen",
        "könnten": "könnte könnten",
        "würden": "würde würden wäre wären",
        "past": "wollte wollten musste mussten konnte konnten durfte durften wurde wurden war waren",
        "haben": "hat haben habe hatte hatten",
        "sein": "ist sind sei seien bin",
    }.items()
    for form in forms.split()
}
PAST_FORMS = frozenset(
    """gab kam ging stand stieg sank fiel hielt blieb lag begann gelang fand brachte führte setzte
    zeigte machte stellte erhielt sagte forderte entstand scheiterte stimmte lehnte beschloss wuchs nahm
    sprach zog bauten entstanden führten setzten kamen gingen lagen fanden brachten erklärte lehnten
    stimmten verfielen schloss schlossen verlor verloren gewann zerstörte bekam bekamen geriet""".split()
)
_ACTION_NOUN_END = re.compile(r"(?:ung|ungen|bau|stopp|schutz|abbau|kampf|kontrollen)$")


@dataclass(frozen=True, slots=True)
class Word:
    text: str
    low: str
    start: int
    end: int
    clause: int

    @property
    def is_capital(self) -> bool:
        return self.text[:1].isupper()


@dataclass(frozen=True, slots=True)
class Clause:
    """Words `first` to `last` (exclusive) of a sentence; `opener` is its subordinating word or ""."""

    first: int
    last: int
    opener: str


@dataclass(frozen=True, slots=True)
class Action:
    """A verb of action: `form` is "infinitive", "participle" or "finite"; `word` its index."""

    infinitive: str
    form: str
    word: int


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the whole text before a sentence of it is read.

    `own` and `places`: how the author and its towns are called, in lower-case words ("bürgerliste",
    "talhausen"); `rivals`: how parties are called that have not written it, none where the author is not
    known. `impersonal`: a programme that says what will be without saying "we".
    """

    own: frozenset[str] = frozenset()
    rivals: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    impersonal: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """What can be seen of a sentence without a parser; `lowered` is its text in lower case."""

    text: str
    lowered: str
    words: tuple[Word, ...]
    clauses: tuple[Clause, ...]
    modals: tuple[tuple[str, int], ...]
    actions: tuple[Action, ...]
    action_nouns: tuple[int, ...]
    nouns: tuple[int, ...]
    finite: bool
    setting: Setting = Setting()

    def lows(self, clause: Clause) -> list[str]:
        return [word.low for word in self.words[clause.first : clause.last]]

    def clause_of(self, index: int) -> Clause:
        return self.clauses[self.words[index].clause]

    def is_main(self, index: int) -> bool:
        return not self.clause_of(index).opener

    def main_modals(self, *lemmas: str) -> list[int]:
        return [at for lemma, at in self.modals if lemma in lemmas and self.is_main(at)]

    def has(self, *lows: str) -> bool:
        wanted = set(lows)
        return any(word.low in wanted for word in self.words)


def read(text: str, setting: Setting = Setting()) -> Reading:
    words, breaks = _words(text)
    clauses = _clauses(words, breaks)
    words = tuple(
        Word(word.text, word.low, word.start, word.end, number)
        for number, clause in enumerate(clauses)
        for word in words[clause.first : clause.last]
    )
    modals = tuple(
        (MODALS[word.low], at)
        for at, word in enumerate(words)
        if word.low in MODALS and not _governed(words, clauses, at)
    )
    nouns = tuple(at for at, word in enumerate(words) if is_noun(words, at))
    return Reading(
        text=text,
        lowered=text.lower(),
        words=words,
        clauses=clauses,
        modals=modals,
        actions=_actions(words, clauses),
        action_nouns=tuple(at for at in nouns if names_action(words[at].low)),
        nouns=nouns,
        finite=_has_finite_verb(words, clauses),
        setting=setting,
    )


_AUXILIARIES = frozenset("können werden müssen dürfen sollen wollen haben sein".split())


def _governed(words: tuple[Word, ...], clauses: tuple[Clause, ...], at: int) -> bool:
    """Whether a modal is an infinitive under another one: "können" in "sollen … lernen können"."""
    clause = clauses[words[at].clause]
    if at + 1 < clause.last or words[at].low not in _AUXILIARIES or clause.opener:
        return False
    return any(words[before].low in MODALS for before in range(clause.first, at))


def _words(text: str) -> tuple[tuple[Word, ...], list[int]]:
    """The words, and for each break the number of words before it."""
    words: list[Word] = []
    breaks: list[int] = []
    for found in _TOKEN.finditer(text):
        piece = found.group()
        if piece[0].isalnum():
            if piece.lower() in _ALTERNATIVES and words:
                breaks.append(len(words))
            words.append(Word(piece, piece.lower(), found.start(), found.end(), 0))
        elif piece in _BREAKS:
            dash = piece == "-"
            if not dash or (text[found.start() - 1 : found.start()] in (" ", "") and words):
                breaks.append(len(words))
    return tuple(words), breaks


def _clauses(words: tuple[Word, ...], breaks: list[int]) -> tuple[Clause, ...]:
    edges = sorted({0, len(words), *breaks})
    clauses = [
        Clause(first, last, _opener(words, first, last, number))
        for number, (first, last) in enumerate(pairwise(edges))
    ]
    return tuple(clauses) or (Clause(0, 0, ""),)


def _opener(words: tuple[Word, ...], first: int, last: int, number: int) -> str:
    at = first
    while at < last - 1 and words[at].low in ("und", "oder", "aber", "sowie", "auch", "nur"):
        at += 1
    low = words[at].low
    following = words[at + 1].low if at + 1 < last else ""
    final = words[last - 1].low
    if following in MODALS and low not in _RELATIVES | {"wer", "was", "welche", "ob", "dass"}:
        return ""
    if number and words[at].is_capital and low in _RELATIVES | _PREPOSITIONS:
        return ""
    verb_inside = any(word.low in MODALS for word in words[at + 1 : last - 2])
    if low in ("wie", "als", "um", "statt", "ohne", "da", "während") and not (
        _is_finite(final) or (low in ("um", "statt", "ohne") and _has_zu(words, at, last))
    ):
        return ""
    if low in ("statt", "ohne", "um") and not _has_zu(words, at, last):
        return ""
    if low == "als" and not number and verb_inside:
        return ""
    if low in _SUBORDINATORS:
        return low
    if (
        number
        and low in _RELATIVES
        and not verb_inside
        and (_is_finite(final) or _is_finite(words[last - 2].low))
    ):
        return low
    if (
        number
        and low in _PREPOSITIONS
        and following in (_RELATIVES | {"denen", "deren", "dessen", "welchen", "welcher"})
        and _is_finite(final)
        and last - at > 3
        and not any(word.low in MODALS for word in words[at + 2 : last - 2])
    ):
        return following
    return ""


def _has_zu(words: tuple[Word, ...], first: int, last: int) -> bool:
    return any(words[at].low == "zu" or words[at].low in _forms().zu for at in range(first, last))


def _is_finite(low: str) -> bool:
    return low in MODALS or low in PAST_FORMS or (low.endswith(("t", "en")) and len(low) > 3)


def is_noun(words: tuple[Word, ...], at: int) -> bool:
    """A capital inside a sentence; at its beginning only what ends like a noun or is known as one."""
    word = words[at]
    if not word.is_capital or not word.text[:1].isalpha() or len(word.low) < 2:
        return False
    if word.low in _FUNCTION_WORDS:
        return False
    if at:
        return True
    if names_action(word.low) or word.low.endswith(_NOUN_ENDS):
        return True
    return word.low not in MODALS and not _ADJECTIVE_END.search(word.low)


_ADJECTIVE_END = re.compile(
    r"(?:lich|isch|sam|haft|bar|los|ig|lichen?|ische[rn]?|bare[rn]?|ige[rn]?)$"
)


_NOUN_ENDS = ("ung", "ungen", "heit", "keit", "schaft", "tion", "innen", "tät", "plätze", "schulen")
_FUNCTION_WORDS = frozenset(
    """wir die der das den dem des ein eine einen einem einer eines kein keine keinen dies diese dieser
    dieses diesen diesem es er sie ich man auch aber als an auf aus bei bis da dabei dadurch dafür daher
    damit danach dann daran darauf darum darüber dazu denn deshalb deswegen doch dort durch ebenso für gegen
    gerade gleichzeitig hier hierfür hierzu im in insbesondere ist sind jede jeder jedes jetzt mit nach neben
    nicht noch nun nur ob obwohl oder ohne schließlich sein seine seit so soll sollen sollte sollten sowie
    statt trotz um und unser unsere unserer unseren unserem unter viele vom von vor was weil weiter
    weitere weiterhin welche wenn wer wie wo zu zudem zum zur zusätzlich zwischen über allerdings außerdem
    darüber zugleich zwar alle allen aller alles während mehr weniger bisher ihr ihre beim muss müssen will
    wollen wird werden hat haben kann können darf uns euch ihnen ihm ihn mich nachdem sobald solange
    ebenfalls beispielsweise wichtig mindestens künftig zukünftig langfristig kurzfristig dringend
    gemeinsam bereits heute leider endlich weitere neue neuen neuer neues gute guten große großen jeden
    einige manche andere anderen sehr immer oft besonders natürlich sinnvoll zentral entscheidend notwendig
    hierbei hinzu darunter deren dessen denen dagegen davon dahin hiermit somit also genau ganz keiner
    niemand jemand etwas nichts beide beiden dank gegenüber innerhalb außerhalb mithilfe anstatt""".split()
)


@dataclass(frozen=True, slots=True)
class _Forms:
    """Every form of the verbs of action, by what it shows."""

    infinitives: dict[str, str]
    participles: dict[str, str]
    finite: dict[str, str]
    apart: dict[str, dict[str, str]]
    zu: frozenset[str]


@cache
def _forms() -> _Forms:
    infinitives: dict[str, str] = {}
    participles: dict[str, str] = {}
    finite: dict[str, str] = {}
    apart: dict[str, dict[str, str]] = {}
    zu = set()
    known: tuple[Verb, ...] = verbs(lexicon.ACTION_VERBS)
    for verb in known:
        infinitives[verb.infinitive] = verb.infinitive
        participles.setdefault(verb.participle, verb.infinitive)
        for form in verb.whole - {verb.infinitive, verb.participle}:
            if verb.particle and form.startswith(verb.particle + "zu"):
                infinitives[form] = verb.infinitive
                zu.add(form)
            else:
                finite[form] = verb.infinitive
        if verb.particle:
            for form in verb.finite:
                apart.setdefault(form, {})[verb.particle] = verb.infinitive
        else:
            for form in verb.finite:
                finite.setdefault(form, verb.infinitive)
    return _Forms(infinitives, participles, finite, apart, frozenset(zu))


def _actions(words: tuple[Word, ...], clauses: tuple[Clause, ...]) -> tuple[Action, ...]:
    forms = _forms()
    found: list[Action] = []
    for clause in clauses:
        ends = _ends(words, clause)
        for at in range(clause.first, clause.last):
            word = words[at]
            low = word.low
            if word.is_capital and at:
                continue
            particles = forms.apart.get(low)
            if particles:
                parted = [particle for particle, end in ends if end > at and particle in particles]
                if parted:
                    found.append(Action(particles[parted[0]], "finite", at))
                    continue
            if low in forms.infinitives:
                found.append(Action(forms.infinitives[low], "infinitive", at))
            elif low in forms.participles:
                found.append(Action(forms.participles[low], "participle", at))
            elif low in forms.finite:
                found.append(Action(forms.finite[low], "finite", at))
    return tuple(found)


def _ends(words: tuple[Word, ...], clause: Clause) -> list[tuple[str, int]]:
    """The words that end a clause or a part of it before "und": where a verb's particle stands."""
    return [
        (words[at].low, at)
        for at in range(clause.first, clause.last)
        if at + 1 == clause.last or words[at + 1].low in ("und", "oder", "sowie", "um")
    ]


_NO_VERBS = frozenset(
    """gut mit seit statt nicht weit laut breit echt dicht leicht schlecht recht fest selbst erst jetzt sonst meist
    fast oft bereit derzeit bekannt insgesamt überhaupt dort sofort zuletzt direkt konkret kompakt komplett
    exakt privat separat bunt vielleicht samt nächst zunächst möglichst längst höchst rund dringend acht
    kaputt hart zart alt kalt wert satt glatt nett intakt perfekt korrekt indirekt abrupt bedarfsgerecht
    desolat akut absolut diskret violett damit somit womit hiermit zuerst ernst trotzt sowohl halt nebst dient
    zweit dritt jüngst anstatt mitsamt zeit strikt gezielt verstärkt vernetzt verlässlichst unbegrenzt zuletzt
    zukünft zumindest mindest wenigst bezahlt geplant gut getaktet gesamt welt stadt""".split()
)
_STATE_VERBS = frozenset(
    """gibt steht stehen bleibt bleiben zeigt gilt gelten geht gehen liegt liegen macht kommt kommen heißt lebt
    leben gehört gehören zählt zählen fehlt fehlen reicht reichen wächst findet lässt bedeutet braucht hilft
    trifft treffen profitieren entsteht entstehen setzt setzen""".split()
)


def _has_finite_verb(words: tuple[Word, ...], clauses: tuple[Clause, ...]) -> bool:
    """Whether a main clause has a finite verb; a guess from forms and position."""
    return any(
        not clause.opener and _finite_in(words[clause.first : clause.last]) for clause in clauses
    )


def _finite_in(words: tuple[Word, ...]) -> bool:
    lows = [word.low for word in words]
    if "wir" in lows or any(low in MODALS or low in PAST_FORMS for low in lows):
        return True
    return any(_is_finite_at(words, at) for at in range(len(words)))


def _is_finite_at(words: tuple[Word, ...], at: int) -> bool:
    """Whether the word at `at` is a finite verb: a verb's form with more of its clause behind it."""
    word = words[at]
    low = word.low
    if word.is_capital or low in _NO_VERBS:
        return False
    if not at:
        return low in _STATE_VERBS and not words[at].is_capital
    last = at + 1 == len(words)
    following = "" if last else words[at + 1].low
    if low in _STATE_VERBS and (last or following not in ("und", "oder", "sowie")):
        return True
    if last or following in ("und", "oder", "sowie"):
        return (
            last
            and low.endswith("t")
            and low in _forms().finite
            and low not in _forms().participles
        )
    if words[at - 1].low == "zu" or low.startswith("zu"):
        return False
    forms = _forms()
    if low in forms.infinitives or low in forms.apart:
        base = low in forms.finite or low in forms.apart
        return base and words[at - 1].low not in ("und", "oder", "zu")
    if low in forms.finite and low not in forms.participles:
        return True
    if low.endswith("t") and len(low) > 3:
        if low in forms.participles or low.startswith("ge"):
            after_noun = words[at - 1].is_capital and words[at + 1].is_capital
            return low in forms.finite and (following in _AFTER_VERBS or after_noun)
        return not _ADVERB_END.search(low) or following in _AFTER_VERBS
    return (
        low.endswith("en")
        and len(low) > 4
        and low not in _NOT_PLURALS
        and following in _AFTER_VERBS
    )


_AFTER_VERBS = frozenset(
    """für auf die der das den dem eine einen einem ein nicht mit sich in im an am bei zu zur zum keine
    keinen von unter gegen über durch auch oft immer uns unsere ihre dazu davon daran""".split()
)
_NOT_PLURALS = frozenset(
    """neben gegen zwischen wegen außen oben unten einen keinen ihren unseren allen vielen diesen jeden eigenen
    deren denen innen beiden anderen einigen hinten drüben ebenen mitten zusammen willen seinen meinen""".split()
)
_ADVERB_END = re.compile(r"(?:haft|iert|recht|icht|echt|elt|ngt|tzt|rkt|ert|dert)$")


@cache
def names_action(low: str) -> bool:
    """Whether a noun names an action: "Ausbau", "Schulsanierung", not "Wohnung", "Verwaltung"."""
    if low in _ACTION_NOUNS:
        return True
    if low in _PLAIN_NOT_ACTION or low.endswith(_NOT_ACTION_ENDS):
        return False
    return any(low.endswith(end) for end in _LONG_ACTION_NOUNS) or bool(
        _ACTION_NOUN_END.search(low) and len(low) > 6
    )


_ACTION_NOUNS = frozenset(lexicon.ACTION_NOUNS)
_PLAIN_NOT_ACTION = frozenset(lexicon.PLAIN_NOT_ACTION)
_LONG_ACTION_NOUNS = tuple(noun for noun in lexicon.ACTION_NOUNS if len(noun) > 5)
_NOT_ACTION_ENDS = tuple(
    end for noun in lexicon.NOT_ACTION for end in (noun, noun + "en") if noun not in _ACTION_NOUNS
)
