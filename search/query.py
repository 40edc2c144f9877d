"""What was typed, as clauses for an engine; nothing that can be typed is an error.

bezahlbarer Wohnraum        all words, in any form; then entries with some of them
"bezahlbarer Wohnraum"      these words in this order
-Miete                      not this word
Rad OR Bus                  either
wohn*                       words that begin so
Bibliotek~                  words of the index that are spelled nearly so
ort:Aachen partei:SPD jahr:2014..2020 thema:wohnen art:programme
-ort:Aachen                 nothing from there
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import Literal

from search import analysis
from search.engines.base import Clause, Phrase
from search.thesaurus import Synonym, Thesaurus, keys, lemma_of

LONGEST = 400  # characters of a query that are looked at
MOST = 24  # words of a query that are looked at
QUOTES = str.maketrans("„“”«»", '"""""')
TOKEN = re.compile(r'([-–−]?)(?:(\w{2,12}):)?(?:"([^"]*)"?|([^\s"]+))')
# Joining words as other search engines know them. All words are asked for anyway.
AND, OR, NOT = ("AND", "UND", "&", "&&", "+"), ("OR", "ODER", "|", "||"), ("NOT", "NICHT")
FIELDS = {
    "ort": "place",
    "place": "place",
    "partei": "party",
    "party": "party",
    "jahr": "year",
    "year": "year",
    "thema": "topic",
    "topic": "topic",
    "art": "kind",
    "kind": "kind",
    "land": "state",
    "state": "state",
    "bestimmtheit": "specificity",
    "einheit": "unit",
    "unit": "unit",
}
FIELD_SPACE = re.compile(rf"(?<![^\s-])({'|'.join(FIELDS)}):[ \t]+(?=[^\s])", re.IGNORECASE)
WRITTEN_AS = {facet: name for name, facet in reversed(FIELDS.items())}  # the first name of each
# What a reading is worth against the word as it was typed.
WRITTEN, LEMMA, NEAR, PART, DERIVED, SYNONYM, OWN_PART = 1.0, 0.92, 0.8, 0.7, 0.55, 0.5, 0.25
GENERAL_WORD = 0.2  # of a word that says little, beside others, where some of them will do
NOTHING: Mapping[str, tuple[str, ...]] = MappingProxyType({})


ASKING = frozenset(
    """was wer wen wem wo woher wohin wann warum wieso weshalb wozu wofür wogegen wie welche welcher welches welchen
    welchem inwiefern""".split()
)
# How a sentence begins that asks or wishes without such a word.
WISHING = frozenset(
    """ich wir gibt hat haben will wollen kann können soll sollen wird werden ist sind plant planen macht machen
    möchte suche suchen bitte zeig zeige""".split()
)
# Verbs and fillers of a question about what somebody plans or promises.
ASKED = frozenset(
    """möchte möchten wissen erfahren finden suche suchen interessiert interessieren zeig zeige gerne gern etwas alles
    aussagen aussage versprechen position positionen meinung meint meinen politik politiker programm programme
    wahlprogramm wahlprogramme bezüglich betrifft getan gemacht geplant plant planen sagt sagen gesagt verspricht versprechen versprochen unternimmt unternehmen
    unternommen passiert geschieht geschehen läuft vorgesehen vorhat vor denkt denken steht stehen fordert fordern
    viel viele genau konkret dagegen dafür partei parteien stadt gemeinde""".split()
)


# What a compound says least with: a hit that has this of it alone is about something else.
GENERAL = frozenset(
    """stadt gemeinde land kreis ort dorf region strasse platz politik haus heim amt zentrum stelle angebot massnahme
    konzept plan planung bereich raum verwaltung schutz bau arbeit foerderung mangel anlage flaeche gebiet programm
    projekt system dienst werk kosten gebuehr mensch person thema zeit jahr tag weg teil form zahl recht gesetz
    gesellschaft markt stand seite punkt ziel zone wesen netz gruppe hof grund not moeglichkeit hoch mehr mittel sache leben welt buerger""".split()
)

# What any pledge does with its subject.
DOING = frozenset(
    """abbauen abbau abschaffen abschaffung ausbauen ausbau aufbauen aufbau ausweiten ausweitung beenden beibehalten
    bekaempfen bekaempfung bereitstellen bewahren eindaemmen einfuehren einfuehrung einrichten einrichtung einsetzen
    entwickeln entwicklung erhalten erhalt erhaltung erhoehen erhoehung ermoeglichen errichten errichtung erweitern
    erweiterung fehlen foerdern fordern gestalten gestaltung gewaehrleisten reduzieren reduzierung sichern sicherung
    schaffen schaffung senken senkung staerken staerkung stoppen umsetzen umsetzung unterstuetzen unterstuetzung
    verbessern verbesserung verhindern verringern vermeiden voranbringen vorantreiben weiterentwickeln""".split()
)
LITTLE = GENERAL | DOING
# The families of such words: "~foerder", "~ausbau".
LITTLE_STEMS = frozenset(f"~{re.sub('(?:ung|e?n)$', '', word)}" for word in LITTLE)


@dataclass(frozen=True, slots=True)
class Term:
    """One thing typed: a word, a phrase, a beginning, a word spelled nearly so; `others` are alternatives joined by OR."""

    text: str
    kind: Literal["word", "phrase", "prefix", "fuzzy"] = "word"
    excluded: bool = False
    others: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed, understood: the terms, the fields, and the words left out as too common.

    `sequence` is the terms as they were typed, those left out among them; `without` the fields with a minus."""

    terms: tuple[Term, ...] = ()
    fields: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    sequence: tuple[Term, ...] = ()
    without: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(term.text for term in self.terms if not term.excluded)


@lru_cache(maxsize=256)
def understand(text: str) -> Typed:
    """The terms and fields in what was typed."""
    terms: list[Term] = []
    fields: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    either = negated = False
    typed = FIELD_SPACE.sub(r"\1:", text[:LONGEST].replace("\0", " ").translate(QUOTES))
    tokens = list(TOKEN.finditer(typed))
    for at, found in enumerate(tokens):
        minus, name, quoted, bare = found.groups()
        if name and name.lower() not in FIELDS:
            bare, name = f"{name}:{bare or quoted or ''}", None
            quoted = None
        value = (quoted if quoted is not None else bare or "").strip()
        if name:
            into = excluded if minus or negated else fields
            either = negated = False
            for each in [value] if quoted is not None else value.split(","):
                if each.strip():
                    into.setdefault(FIELDS[name.lower()], []).append(each.strip())
            continue
        if bare in OR and terms and not minus:
            either = True
            continue
        if bare in AND and not minus:
            continue
        if bare in NOT and not minus and at + 1 < len(tokens):
            negated = True
            continue
        if quoted is None:
            value = _without_brackets(value)
        term = _term(value, quoted is not None, bool(minus) or negated)
        negated = False
        if term is None:
            continue
        if either and terms and not term.excluded:
            last = terms.pop()
            term = Term(last.text, last.kind, last.excluded, (*last.others, term))
        either = False
        terms.append(term)
        if len(terms) == MOST:
            break
    asked = _is_question(terms)
    kept = [
        term
        for term in terms
        if term.kind != "word" or term.excluded or term.others or not _is_common(term.text, asked)
    ]
    if not any(not term.excluded for term in kept):
        kept = terms  # nothing but common words: then they are what is meant
    dropped = tuple(term.text for term in terms if term not in kept)
    return Typed(
        tuple(kept),
        {name: tuple(dict.fromkeys(values)) for name, values in fields.items()},
        dropped,
        tuple(terms),
        {name: tuple(dict.fromkeys(values)) for name, values in excluded.items()},
    )


def clauses(
    typed: Typed,
    synonyms: Sequence[Synonym] = (),
    near: Mapping[str, tuple[str, ...]] = NOTHING,
    *,
    partial: bool = False,
) -> tuple[Clause, ...]:
    """The clauses of a query; `partial`: some of the words will do, the more the better.

    `synonyms` are those that `expand` finds; `near` maps a fuzzy
    word as it was typed to the written forms of the index (folded) that it may be.
    """
    found = []
    asked = [term for term in typed.terms if not term.excluded]
    general = [term for term in asked if _is_general(term)]
    if len(general) == len(asked):
        general = []
    for term in typed.terms:
        alternatives = tuple(
            phrase
            for one in (term, *term.others)
            for phrase in _phrases(one, synonyms, near, partial)
        )
        if not alternatives:
            continue
        occur: Literal["must", "should", "not"] = (
            "not" if term.excluded else "should" if partial else "must"
        )
        if partial and term in general:
            alternatives = tuple(
                replace(phrase, weight=phrase.weight * GENERAL_WORD) for phrase in alternatives
            )
        if term.excluded:
            alternatives = tuple(phrase for phrase in alternatives if phrase.weight > DERIVED)
        found.append(Clause(alternatives, occur))
    return tuple(found)


def expand(typed: Typed, words: Thesaurus) -> tuple[Synonym, ...]:
    """Which words typed, alone or several in a row, have others that stand for them; the longest run counts."""
    terms = [
        (one, keys(one.text) if one.kind == "word" and not one.excluded else ())
        for first in typed.sequence
        for one in (first, *first.others)
    ]
    found = []
    at = 0
    while at < len(terms):
        for length in range(min(words.longest, len(terms) - at), 0, -1):
            run = terms[at : at + length]
            key = tuple(part for _, own in run for part in own)
            others = words.others.get(key) if all(own for _, own in run) else None
            if others:
                text = " ".join(one.text for one, _ in run)
                found.append(Synonym(text, tuple(one.text for one, _ in run), others))
                at += length
                break
        else:
            at += 1
    return tuple(found)


def write(
    every: str = "",
    exact: str = "",
    some: str = "",
    without: str = "",
    fields: Mapping[str, Iterable[str]] = NOTHING,
) -> str:
    """The query that says: all of these words, exactly these in a row, any of these, none of these; `fields` by name."""
    parts = [*_plain(every)]
    row = _plain(exact)
    if row:
        parts.append(f'"{" ".join(row)}"')
    if any_of := _plain(some):
        parts.append(" OR ".join(any_of))
    parts += [f"-{word}" for word in _without(without)]
    parts += [
        named(name, value) for name, values in fields.items() for value in values if _bare(value)
    ]
    return " ".join(parts)[:LONGEST]


def as_typed(term: Term) -> str:
    """A term as it is typed, with its alternatives."""
    text = {"phrase": f'"{term.text}"', "prefix": f"{term.text}*", "fuzzy": f"{term.text}~"}.get(
        term.kind, term.text
    )
    text = f"-{text}" if term.excluded else text
    return " OR ".join([text, *(as_typed(other) for other in term.others)])


def fields_as_typed(typed: Typed) -> list[str]:
    """The fields of a query, and those with a minus."""
    return [
        f"{minus}{named(WRITTEN_AS[name], value)}"
        for minus, fields in (("", typed.fields), ("-", typed.without))
        for name, values in fields.items()
        for value in values
    ]


def named(name: str, value: str) -> str:
    """A field as it is typed: ort:Aachen, ort:"Bad Seefeld"."""
    word = _bare(value)
    return f'{name}:"{word}"' if " " in word else f"{name}:{word}"


def _bare(value: str) -> str:
    return " ".join(value.replace('"', " ").split())


def _without(words: str) -> list[str]:
    """The words that shall not be there, the fields among them whole."""
    found = []
    for typed in TOKEN.finditer(words):
        _minus, name, quoted, bare = typed.groups()
        value = quoted if quoted is not None else bare or ""
        if name and name.lower() in FIELDS:
            found += [named(name, value)] * bool(_bare(value))
        else:
            found += _plain(typed[0])
    return found


def _plain(words: str) -> list[str]:
    """The words without what the language would take for an instruction; the star of a beginning stays."""
    found = []
    for word in words.translate(QUOTES).replace('"', " ").split():
        name, colon, value = word.partition(":")
        word = value if colon and name.lower() in FIELDS else word
        word = word.lstrip("-").rstrip("~")
        if word and word not in (*AND, *OR, *NOT) and analysis.terms(word):
            found.append(word)
    return found


def is_loose(typed: Typed) -> bool:
    """Can an entry have only some of it: several words, or one made of parts?"""
    asked = [term for term in typed.terms if not term.excluded]
    return len(asked) > 1 or any(
        term.kind == "word"
        and (
            len(analysis.terms(term.text)) > 1
            or any(reading.startswith("+") for reading in analysis.readings(term.text))
        )
        for term in asked
    )


def fuzzy(typed: Typed) -> tuple[str, ...]:
    """The words typed with a tilde: what `near` is asked for."""
    return tuple(
        one.text for term in typed.terms for one in (term, *term.others) if one.kind == "fuzzy"
    )


def highlights(
    typed: Typed,
    synonyms: Sequence[Synonym] = (),
    near: Mapping[str, tuple[str, ...]] = NOTHING,
    *,
    partial: bool = False,
) -> frozenset[str]:
    """The terms that a snippet marks: words in a row with spaces between, beginnings with a star."""
    marked: set[str] = set()
    for term in typed.terms:
        if term.excluded:
            continue
        for one in (term, *term.others):
            for phrase in _phrases(one, synonyms, near, partial):
                marked.add(" ".join(phrase.terms) + "*" * phrase.prefix)
    return frozenset(marked)


def _without_brackets(value: str) -> str:
    """A word without the brackets around it or a group that begins or ends with it: "(Rad", but "Bürger(innen)"."""
    value = value.lstrip("([{")
    return value if "(" in value else value.rstrip(")]}")


def _term(value: str, quoted: bool, excluded: bool) -> Term | None:
    if quoted:
        return Term(value, "phrase", excluded) if analysis.terms(value) else None
    if value.endswith("*") and len(value.rstrip("*")) >= 2 and analysis.terms(value):
        return Term(value.rstrip("*"), "prefix", excluded)
    if not analysis.terms(value):
        return None
    if value.endswith("~") and len(analysis.terms(value)) == 1:
        return Term(value.strip("*~"), "fuzzy", excluded)
    return Term(value.strip("*~"), "word", excluded)


def _phrases(
    term: Term,
    synonyms: Sequence[Synonym],
    near: Mapping[str, tuple[str, ...]],
    partial: bool,
) -> list[Phrase]:
    words = analysis.terms(term.text)
    if not words:
        return []
    nouns = analysis.as_nouns(term.text)
    if nouns != term.text and term.kind != "prefix":
        as_noun = _phrases(replace(term, text=nouns), synonyms, near, partial)
        return [*_phrases_as_typed(term, words, synonyms, near, partial), *as_noun]
    return _phrases_as_typed(term, words, synonyms, near, partial)


def _phrases_as_typed(
    term: Term,
    words: Sequence[tuple[str, ...]],
    synonyms: Sequence[Synonym],
    near: Mapping[str, tuple[str, ...]],
    partial: bool,
) -> list[Phrase]:
    if term.kind == "prefix":
        return [
            Phrase((f"={analysis.fold(term.text)}",), WRITTEN, prefix=True),
            Phrase((analysis.fold(term.text),), LEMMA, prefix=True),
        ]
    if len(words) > 1:
        # Hyphened or quoted: the words in this order, as written before inflected; hyphened also as one word.
        whole = analysis.joined(term.text.replace("-", ""), term.text.replace("-", ""))
        return [
            Phrase(tuple(readings[0] for readings in words), WRITTEN),
            Phrase(tuple(lemma_of(readings) for readings in words), LEMMA),
            *(
                [Phrase((whole[0],), WRITTEN), Phrase((whole[1],), LEMMA)]
                if term.kind == "word" and "-" in term.text and len(whole) > 1
                else []
            ),
            *(
                Phrase((lemma_of(readings),), OWN_PART, spare=True)
                for readings in words
                if partial and term.kind == "word" and _tells(lemma_of(readings))
            ),
        ]
    readings = words[0]
    if term.kind == "phrase":
        return (
            [Phrase((readings[0],), WRITTEN), Phrase((readings[1],), LEMMA)]
            if len(readings) > 1
            else [Phrase((readings[0],))]
        )
    if term.kind == "fuzzy":
        return [
            Phrase((readings[0],), WRITTEN),
            *(Phrase((f"={other}",), NEAR) for other in near.get(term.text, ())),
        ]
    found = [Phrase((readings[0],), WRITTEN)]
    family = analysis.family(term.text)
    parts = {reading for reading in readings if reading.startswith("+") and len(reading) > 3}
    telling = {reading for reading in parts if reading[1:] not in LITTLE} or parts
    for reading in readings[1:]:
        if reading.startswith("~"):
            if reading in family:
                found.append(Phrase((reading,), DERIVED))
            elif partial and reading not in LITTLE_STEMS:
                found.append(Phrase((reading,), OWN_PART * DERIVED, spare=True))
        elif reading.startswith("+"):
            if partial and reading in telling:
                found.append(Phrase((reading[1:],), OWN_PART, spare=True))
                found.append(Phrase((reading,), OWN_PART * PART, spare=True))
        else:
            found.append(Phrase((reading,), LEMMA))
            found.append(Phrase((f"+{reading}",), PART))
    for other in (other for one in synonyms if term.text in one.words for other in one.others):
        lemmas = keys(other)
        if lemmas:
            found.append(Phrase(lemmas, SYNONYM))
            if len(lemmas) == 1:
                found.append(Phrase((f"+{lemmas[0]}",), PART * SYNONYM))
    return found


def _tells(lemma: str) -> bool:
    return lemma not in LITTLE and lemma not in analysis.STOP and len(lemma) > 2


def _is_general(term: Term) -> bool:
    if term.kind != "word" or term.others:
        return False
    lemma = analysis.lemma(term.text)
    return analysis.fold(lemma) in LITTLE


def _is_question(terms: Sequence[Term]) -> bool:
    """Whether a sentence was typed that asks: then its verb asks too, and is not looked for."""
    words = [term.text for term in terms if term.kind == "word" and not term.excluded]
    first = words[0].lower() if words else ""
    return len(words) > 2 and (
        first in ASKING or words[-1].endswith("?") or (first in WISHING and len(words) > 3)
    )


def _is_common(word: str, asked: bool) -> bool:
    bare = word.lower().rstrip("?!.,")
    return bare in analysis.STOP or (asked and (bare in ASKING or bare in ASKED))
