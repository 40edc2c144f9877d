"""What can be said of a unit that a learned judge may weigh? Plain words, one per observation.

Every feature is a string that a person can read ("rule we-want", "word ausbau", "modal müssen people").
They come from the rules that fired, the grammar of the sentence, its words, what stands above it and what
stands around it. Words are cut to stems; nouns that are no words of their own matter count as what they
are (an action, a value, people, an authority), so that a judge learns from few texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from programmes.ingest.pieces import About
from programmes.ingest.pledges import actor, exclusions, lists
from programmes.ingest.pledges.grammar import MODALS, PAST_FORMS, Reading, names_action
from programmes.ingest.pledges.rules import Evidence
from programmes.ingest.pledges.units import Unit


@dataclass(frozen=True, slots=True)
class Seen:
    """A unit, its reading, the rules that fired on it, and the sum of their weights."""

    unit: Unit
    reading: Reading
    evidence: Sequence[Evidence]
    score: float


def of_document(
    seen: Sequence[Seen], about: About, own: Sequence[Sequence[str]] | None = None
) -> list[list[str]]:
    """The features of every unit of a document, in its order; `own` saves to look at each again."""
    own = own or [of_unit(one) for one in seen]
    common = [f"kind {about.kind}", f"parties {min(len(about.parties), 2)}"]
    return [
        [
            *common,
            *_around(seen, at),
            *_above(one.unit),
            *own[at],
        ]
        for at, one in enumerate(seen)
    ]


def of_unit(one: Seen) -> list[str]:
    """What the unit itself shows."""
    unit, reading = one.unit, one.reading
    found = [f"rule {item.rule}" for item in one.evidence]
    found.append(f"sum {_step(one.score, -5, 6)}")
    stems = [stem(word.low) for word in reading.words]
    found += {f"word {word}" for word in stems}
    forms = ["^", *_forms(reading), "$"]
    found += {f"form {first} {second}" for first, second in pairwise(forms)}
    found += {
        f"form {first} {second} {third}"
        for first, second, third in zip(forms, forms[1:], forms[2:], strict=False)
    }
    found += set(_modals(reading))
    found += {
        f"ending {reading.words[at].low[-5:]}"
        for at in reading.nouns
        if len(reading.words[at].low) > 7
    }
    found += {f"clause {clause.opener}" for clause in reading.clauses if clause.opener}
    found += {
        f"action {action.form} {'main' if reading.is_main(action.word) else 'sub'}"
        for action in reading.actions
    }
    found += _measures(unit, reading, stems)
    return found


def _measures(unit: Unit, reading: Reading, stems: list[str]) -> list[str]:
    rhetorical = sum(exclusions.is_rhetorical(reading.words[at].low) for at in reading.nouns)
    tail = unit.text.rstrip("”“\"»«’') ")[-1:]
    found = [
        f"policy nouns {min(len(exclusions.policy_nouns(reading)), 4)}",
        f"action nouns {min(len(reading.action_nouns), 3)}",
        f"rhetorical nouns {min(rhetorical, 4)}",
        f"length {min(len(stems) // 5, 6)}",
        f"finite {int(reading.finite)}",
        f"end {'letter' if tail.isalnum() else tail}",
        f"block {unit.kind} {int(unit.first)}",
    ]
    if stems:
        found.append(f"opens {stems[0]}")
    if any(char.isdigit() for char in unit.text):
        found.append("digit")
    if "„" in unit.text or "“" in unit.text or '"' in unit.text:
        found.append("quotation")
    return found


def _modals(reading: Reading) -> Iterator[str]:
    for lemma, at in reading.modals:
        where = "main" if reading.is_main(at) else reading.clause_of(at).opener
        yield f"modal {lemma} {where} {_subject(reading, at)}"


def _subject(reading: Reading, at: int) -> str:
    lows = reading.lows(reading.clause_of(at))
    for pronoun in ("wir", "ich", "es", "man"):
        if pronoun in lows:
            return pronoun
    if actor.own_side(reading, at):
        return "own"
    subject = actor.subject(reading, at)
    return _noun_class(subject, reading) if subject else "none"


def _above(unit: Unit) -> list[str]:
    asked = " asks" if unit.heading and lists.asks(unit.heading) else ""
    found = [f"heading is {lists.announces(unit.heading) or '-'}{asked}"]
    if unit.lead_in:
        found += [f"lead-in {word}" for word in _stems_of(unit.lead_in)]
        found.append(f"lead-in is {lists.announces(unit.lead_in) or '-'}")
    return found


def _around(seen: Sequence[Seen], at: int) -> list[str]:
    section = seen[at].unit.section
    scores: dict[int, float] = {}
    for distance in (-2, -1, 1, 2):
        other = at + distance
        if 0 <= other < len(seen) and seen[other].unit.section == section:
            scores[distance] = seen[other].score
    return [
        f"{name} {_step(scores[distance], -4, 4, 2) if distance in scores else '-'}"
        for distance, name in ((-1, "before"), (1, "after"), (-2, "before that"), (2, "after that"))
    ]


def _step(value: float, least: int, most: int, step: int = 1) -> str:
    return f"{step * round(max(least, min(most, value)) / step):+d}"


# -- words ---------------------------------------------------------------------------------------------

_ENDING = re.compile(
    r"(?:innen|ungen|ung|heiten|heit|keiten|keit|ern|ens|est|en|er|es|em|et|e|n|s|t)$"
)


@cache
def stem(low: str) -> str:
    """A word without its ending: "ausbauen", "ausbaut" → "ausbau"; short words stay whole."""
    if len(low) < 5:
        return low
    cut = _ENDING.sub("", low)
    return cut if len(cut) >= 4 else low


@cache
def _stems_of(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in re.findall(r"\w+", text.lower()))


def _forms(reading: Reading) -> list[str]:
    """The sentence with nouns, verbs and names replaced by what they are; small words stay."""
    nouns = frozenset(reading.nouns)
    actions = {action.word: action.form for action in reading.actions}
    forms = []
    for at, word in enumerate(reading.words):
        low = word.low
        if low in MODALS:
            forms.append(MODALS[low].upper())
        elif low in _SMALL:
            forms.append(low)
        elif at in nouns:
            forms.append(f"<{_noun_class(low, reading)}>")
        elif at in actions:
            forms.append(f"<{actions[at]}>")
        elif low in PAST_FORMS:
            forms.append("<past>")
        elif low[:1].isdigit():
            forms.append("<number>")
        else:
            forms.append("<name>" if word.is_capital else "<other>")
    return forms


def _noun_class(low: str, reading: Reading) -> str:
    rivals = reading.setting.rivals
    if low in rivals or ("-" in low and not rivals.isdisjoint(low.split("-"))):
        return "rival"
    if low in reading.setting.own or actor.is_own_side(low):
        return "own"
    if low in reading.setting.places:
        return "place"
    return _class_of(low)


@cache
def _class_of(low: str) -> str:
    if actor.is_authority(low):
        return "authority"
    if actor.is_people(low):
        return "people"
    if exclusions.is_value(low):
        return "value"
    if exclusions.is_rhetorical(low):
        return "neutral"
    return "act" if names_action(low) else "noun"


_SMALL = frozenset(
    """wir die der das den dem des ein eine einen einem einer eines kein keine keinen dies diese dieser dieses
    diesen diesem es er sie ich man auch aber als an auf aus bei bis da dabei dadurch dafür daher damit danach
    dann daran darauf darum darüber dazu denn deshalb deswegen doch dort durch ebenso für gegen gerade
    gleichzeitig hier hierfür hierzu im in insbesondere jede jeder jedes jetzt mit nach neben nicht noch nun
    nur ob obwohl oder ohne seine seit so sowie statt trotz um und unser unsere unserer unseren unserem unter
    viele vom von vor was weil weiter weitere weiterhin welche wenn wer wie wo zu zudem zum zur zusätzlich
    zwischen über allerdings außerdem zugleich alle allen aller alles während mehr weniger bisher ihr ihre beim
    uns nachdem ebenfalls wichtig künftig bereits heute leider endlich immer oft besonders natürlich schon
    selbst sich dass dessen deren denen""".split()
)
