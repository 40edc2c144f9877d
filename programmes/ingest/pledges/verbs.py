"""Which forms does a German verb take? From an infinitive to the forms a programme uses.

Weak verbs follow the rule; the participles and the third person of strong ones are listed by their
base verb ("halten" serves "erhalten" and "offenhalten"). Simple tenses of the past are left out: the
past is recognised by its own signs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

PARTICLES = (
    "zusammen bereit entgegen hervor herbei zurück voran voraus weiter wieder sicher statt offen "
    "fest frei fort fertig durch nieder gegen über unter nach teil los her hin weg vor mit ein auf "
    "aus bei dar ab an um zu wahr bekannt still kaputt neu hoch gleich wett heran heraus herab "
    "hinaus hinein hinzu auseinander stand"
).split()
_INSEPARABLE = ("be", "ver", "er", "ent", "zer", "ge", "miss", "emp", "widm", "wider", "hinter")

_PARTICIPLES = dict(
    pair.split(":")
    for pair in """halten:gehalten geben:gegeben nehmen:genommen bieten:geboten bringen:gebracht
    schließen:geschlossen ziehen:gezogen lassen:gelassen heben:gehoben treiben:getrieben gehen:gegangen
    finden:gefunden beginnen:begonnen schreiben:geschrieben treten:getreten werben:geworben
    helfen:geholfen binden:gebunden greifen:gegriffen laden:geladen tragen:getragen steigen:gestiegen
    kommen:gekommen sprechen:gesprochen weisen:gewiesen schaffen:geschaffen schneiden:geschnitten
    gießen:gegossen fließen:geflossen lesen:gelesen denken:gedacht stehen:gestanden sehen:gesehen
    fahren:gefahren rufen:gerufen fallen:gefallen leihen:geliehen streichen:gestrichen
    brechen:gebrochen messen:gemessen essen:gegessen schieben:geschoben liegen:gelegen
    werfen:geworfen weichen:gewichen wachsen:gewachsen stoßen:gestoßen meiden:gemieden hängen:gehangen
    winnen:gewonnen gelten:gegolten schlagen:geschlagen bleiben:geblieben werden:geworden
    scheiden:geschieden rennen:gerannt wenden:gewendet senden:gesendet bewegen:bewegt
    befehlen:befohlen fangen:gefangen sein:gewesen haben:gehabt wissen:gewusst tun:getan
    nutzen:genutzt""".split()
)
_THIRD_PERSON = dict(
    pair.split(":")
    for pair in """halten:hält geben:gibt nehmen:nimmt lassen:lässt treten:tritt helfen:hilft tragen:trägt
    werben:wirbt laden:lädt sprechen:spricht lesen:liest sehen:sieht fahren:fährt fallen:fällt
    brechen:bricht messen:misst werfen:wirft wachsen:wächst stoßen:stößt gelten:gilt schlagen:schlägt
    fangen:fängt werden:wird sein:ist haben:hat wissen:weiß tun:tut""".split()
)


@dataclass(frozen=True, slots=True)
class Verb:
    """`infinitive` "ausbauen": particle "aus", base "bauen", `participle` "ausgebaut".

    `whole` are the forms in which the verb stands in one word, `finite` those of its base that stand
    apart from the particle ("baut … aus"); the particle is empty where the verb has none.
    """

    infinitive: str
    particle: str
    participle: str
    whole: frozenset[str]
    finite: frozenset[str]


@cache
def verb(infinitive: str) -> Verb:
    """The forms of one verb; a particle is cut off unless written "über|nehmen" with a bar in front.

    "|" marks a verb whose first part is not a particle: "|unterstützen".
    """
    fixed = infinitive.startswith("|")
    infinitive = infinitive.lstrip("|")
    particle, base = ("", infinitive) if fixed else _cut(infinitive)
    participle = _participle(base, bare=fixed)
    third = _third_person(base)
    first = _stem(base) + "e"
    finite = frozenset({base, third, first})
    to_infinitive = f"{particle}zu{base}" if particle else infinitive
    whole = {infinitive, to_infinitive, particle + participle, particle + third, particle + first}
    return Verb(infinitive, particle, particle + participle, frozenset(whole), finite)


def verbs(infinitives: Iterable[str]) -> tuple[Verb, ...]:
    return tuple(verb(infinitive) for infinitive in infinitives)


def _cut(infinitive: str) -> tuple[str, str]:
    for particle in sorted(PARTICLES, key=len, reverse=True):
        rest = infinitive.removeprefix(particle)
        if (
            rest != infinitive
            and len(rest) >= 4
            and any(vowel in rest[:-2] for vowel in "aeiouäöü")
        ):
            return particle, rest
    return "", infinitive


def _stem(base: str) -> str:
    return base[:-2] if base.endswith("en") else base[:-1]


def _weak(base: str) -> str:
    stem = _stem(base)
    if stem.endswith(("t", "d", "chn", "ffn", "gn", "dm", "tm", "ckn")):
        return stem + "et"
    return stem + "t"


def _third_person(base: str) -> str:
    for strong, form in _THIRD_PERSON.items():
        if base == strong or (
            base.endswith(strong) and base.startswith((*_INSEPARABLE, "über", "unter", "wieder"))
        ):
            return base.removesuffix(strong) + form
    return _weak(base)


def _participle(base: str, *, bare: bool) -> str:
    inseparable = base.startswith(_INSEPARABLE) and base not in _PARTICIPLES and len(base) > 5
    for strong, form in _PARTICIPLES.items():
        if base == strong:
            return form
        if base.endswith(strong) and (inseparable or bare):
            front = base.removesuffix(strong)
            return front + (form.removeprefix("ge") if form.startswith("ge") else form)
    if bare or inseparable or base.endswith("ieren"):
        return _weak(base)
    return "ge" + _weak(base)
