"""German, decided once for every engine: text to words, and each word to the terms that stand for it.

A word has several readings at its position, told apart by their first character:
`=radwege` as it is written (folded), `radweg` its lemma, `+rad` `+weg` the parts of a compound,
`~sanier` what a verb and its noun in -ung share. Lemmas: simplemma (MIT), since Snowball merges what a
search of pledges must keep apart (Förderung, Forderung). The text shown is never touched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from typing import NamedTuple

import marisa_trie

from search import lexicon

VERSION = 6

# A word with its hyphens, a gender form in any spelling, or a number with its separators.
WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?:[^\W\d_]+)?"
    r"|[^\W\d_]+(?:\\?[*:_·](?:[iI]nnen[a-zäöüß]+|-?(?:[iI]nnen|[iI]n|n|r|s|e|m)(?![^\W\d_])))?"
    r"(?:/-?(?:innen|in)(?![^\W\d_])|\((?:innen|in)\))?(?:\d+(?![^\W_]))?"
    r"|[€%§]"
)
GENDER = re.compile(
    r"(?:\\?[*:_·]\-?(?:[iI]nnen|[iI]n|n|r|s|e|m)|/-?(?:innen|in)|\((?:innen|in)\))$"
)
INNER_GENDER = re.compile(r"\\?[*:_·][iI]nnen(?=[a-zäöüß])|(?<=[a-zäöüß])Innen(?=[a-zäöüß])")
INNER_I = re.compile(r"(?<=[a-zäöüß])I(?=n(?:nen)?$)")
FEMININE = re.compile(r"(?<=[a-zäöüß]{3})in(?:nen)?$")
# Four letters before -in are a man in these; elsewhere a word of its own (Term-in, Benz-in).
SHORT_MEN = frozenset("arzt koch wirt chef jud".split())
SUPERLATIVE = re.compile(r"(?<=[a-zäöüß]{4})e?st(?:e[nmrs]?)$")
ENDINGS = ("en", "em", "er", "es", "e")  # of adjectives
PARTICIPLE = re.compile(r"^ge|[a-zäöüß]{2}ge|(?:iert|igt|elt|ert)$|^be|^ver|^er|^ent")
# Named by an adjective, and something else than what it says of others: parties, and people of age.
NAMED = {
    **dict.fromkeys(("Grüne", "Grünen", "Grüner"), "Grüne"),
    **dict.fromkeys(("Linke", "Linken", "Linker"), "Linke"),
    **dict.fromkeys(("Ältere", "Älteren", "Älterer"), "Ältere"),
}
# Words that are written short, and the word itself.
SHORTENED = {
    "€": "Euro",
    "eur": "Euro",
    "%": "Prozent",
    "§": "Paragraf",
    "mio": "Million",
    "mrd": "Milliarde",
    "tsd": "Tausend",
    "qm": "Quadratmeter",
    "m²": "Quadratmeter",
    "km": "Kilometer",
    "kfz": "Kraftfahrzeug",
    "str": "Straße",
    "hbf": "Hauptbahnhof",
    "bzgl": "bezüglich",
}
# Written small these are other words than the nouns that are spelled so ("wir laden ein", "leere Läden").
APART = frozenset(
    "laden graben wagen regen rasen fest weg wuerde ehe gruene gruenen linke linken".split()
)
APART_MARK = "0"  # after their terms
THOUSANDS = re.compile(r"^\d{1,3}(?:\.\d{3})+$")
FOLD = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
UNUMLAUT = str.maketrans({"ä": "a", "ö": "o", "ü": "u"})
# "Rad- und Fußwege": the first word ends as the last one does.
HANGING = re.compile(r"[^\W\d_]-,?\s")
HANGING_SLASH = re.compile(r"(?<![^\W\d_])([^\W\d_]{2,40})-/(?=([^\W\d_]{5,40}))")
BETWEEN = frozenset("und oder sowie bzw. beziehungsweise u. & / wie".split())
COMPARATIVE = re.compile(r"er(?:e[nmrs]?)?$")
UMLAUT = re.compile(r"ae|oe|ue|ss")
UNFOLD = {"ae": "ä", "oe": "ö", "ue": "ü", "ss": "ß"}
# A part that is itself made of parts: it has so many letters, and from here on its own parts may be such, too.
SHORTEST_WORD, LONGEST_WORD, SHORTEST_LONGER = 9, 30, 11
LONGEST = 2 * LONGEST_WORD + 3
THREE_PARTS = 12  # letters
REMEMBERED = 20_000  # pieces of text, some 500 bytes each
# Words whose parts are remembered in each of seven ways: 20,000 were no faster and took twice the memory.
CACHED = 8_000
LINKS = ("", "s", "es", "n", "en", "er", "e", "ens", "nen")
# Parts of three letters are the risk of every splitter: only these stand.
SHORT = frozenset(
    "rad bus bau weg rat amt bad hof ort tag see tor ruf alt arm eis fuß gas hut kind müll not öl zoo ost süd uni".split()
)
# Forms that head or begin compounds of local politics and that a dictionary lists only inflected or not at all.
MUNICIPAL = frozenset(
    """ganztag sozial plätze bäder jugend senioren kultur stadt kreis land bürger kita ehrenamt pflege klima umwelt
    verkehr wohn miet bau neubau schul sport spiel feuerwehr rathaus nahverkehr energie wärme solar digital breitband glasfaser
    gewerbe innenstadt ortsteil quartier haushalt steuer gebühren freizeit kinder frauen familien gesundheit kranken alten haus
    daten elektro kräfte ärzte häuser städte märkte räder spielplätze fachkräfte lehrkräfte pflegekräfte
    heim raum räume flächen fläche plan konzept zentrum zentren netz takt schutz hilfe förder beratung beauftragte beirat""".split()
)
# Nouns of the dictionary that are the rest of another word far more often than themselves.
NEVER = frozenset(
    "unter stag erin ling ende rung gung tung nung höhung chen schaft heit keit sion tion ment ismus ration ering eren".split()
)
# Stems of verbs that begin compounds: "Wohnraum", "Mietpreis".
MUNICIPAL_STEMS = frozenset("wohn miet bau fahr park pfleg lern spar heiz".split())
# What leads compounds without being a noun: "Gesamtschule", "Neubau", "Fernwärme".
LEADS = frozenset("gesamt neu alt groß klein hoch nah fern mehr voll".split())
# What makes an adjective of a noun: "barrierefrei", "seniorengerecht", "wohnortnah".
ADJECTIVE_HEADS = (
    "neutral",
    "gebunden",
    "gestützt",
    "intensiv",
    "schonend",
    "schwach",
    "stark",
    "orientiert",
    "bezogen",
    "frei",
    "gerecht",
    "freundlich",
    "nah",
    "los",
    "arm",
    "reich",
    "fähig",
    "feindlich",
    "sicher",
    "weit",
    "offen",
    "übergreifend",
)
# What no splitter may cut: names of places whose parts are words, and words that mean another thing than their parts.
WHOLE = frozenset(
    """dortmund salzgitter wolfsburg hamburg magdeburg freiburg augsburg regensburg duisburg mannheim heidelberg rosenheim nürnberg
    düsseldorf neustadt darmstadt ingolstadt rüsselsheim hildesheim oldenburg lüneburg flensburg offenburg ravensburg ludwigsburg
    naumburg merseburg brandenburg altenburg bernburg hartburg coburg marburg limburg homburg saarbrücken zweibrücken osnabrück
    innsbruck frankfurt schweinfurt erfurt ludwigshafen wilhelmshaven bremerhaven cuxhaven friedrichshafen gelsenkirchen reutlingen
    tübingen göttingen solingen waldkirch eisenach eisenhüttenstadt halberstadt delmenhorst ahrensburg bückeburg würzburg aschaffenburg
    bürgermeister rathaus haushalt aufenthalt unterhalt standort vorort jahrhundert jahrzehnt grundstück
    vertrag vortrag antrag auftrag beitrag betrag ertrag zeitpunkt schwerpunkt standpunkt fortschritt vorschlag
    wirtschaft gesellschaft gemeinschaft mannschaft botschaft hauptsache tatsache ursache augenblick
    bamberg siegburg moosburg königsberg wittenberg fürstenwalde eberswalde rosenberg heilbronn paderborn kaiserslautern""".split()
)
STOP = frozenset(
    """aber gegen gibt geben etwas man mir mich dir dich wer wen wem welche welchem welchen welcher welches wofür wogegen wozu wann warum
    wieso woher wohin tut tun macht machen bitte eigentlich alle allem allen aller alles als also am an auch auf aus bei beim bin bis bist da damit dann das dass dem den denn der
    des die dies diese diesem diesen dieser dieses doch dort du durch ein eine einem einen einer eines er es euch für hat
    haben habe hatte hier ich ihm ihn ihr ihre ihrem ihren ihrer im in ins ist ja jede jedem jeden jeder kann können mehr mein mit
    muss müssen nach nicht noch nun nur ob oder ohne sein seine seinem seinen seiner sehr sich sie sind so soll sollen sollte über
    um und uns unser unsere unserem unseren unserer unter vom von vor war waren was weil wenn werden wie wieder will wir wird wo
    wollen würde zu zum zur zwischen""".split()
)


Readings = tuple[tuple[str, ...], ...]  # of the words of a piece of text


class Word(NamedTuple):
    """A word of a text: where it stands and the terms that stand for it, the written one first."""

    start: int
    end: int
    terms: tuple[str, ...]


def words(text: str) -> Iterator[Word]:
    """Every word of `text`, in order; offsets are into `text` as it was given.

    The last word of a hyphened one also has the readings of the whole: "Kita-Plätze" is found as "Kitaplatz".
    """
    ends = hanging(text)
    whole = ""
    at = -1
    for found in WORD.finditer(text):
        start, end = found.span()
        if start == at + 1 and whole and text[at] == "-":
            whole += found[0].lower()
            own = joined(whole, found[0])
        else:
            whole = found[0]
            own = readings(whole)
        yield Word(start, end, _with(own, ends.get(end, ())))
        at = end


def terms(text: str) -> list[tuple[str, ...]]:
    """The readings by position, as an engine's `Entry` holds them."""
    if "-" in text and HANGING.search(text):
        return [word.terms for word in words(text)]
    return [readings for piece in text.split() for readings in _pieces[piece]]


def hanging(text: str) -> dict[int, tuple[str, ...]]:
    """Where words end whose last part is that of a later one ("Rad- und Fußwege"), and the terms they have by it."""
    if "-" not in text:
        return {}
    found = {slash.end(1): completed(slash[1], slash[2]) for slash in HANGING_SLASH.finditer(text)}
    return found | _hanging_in_row(text) if HANGING.search(text) else found


def _hanging_in_row(text: str) -> dict[int, tuple[str, ...]]:
    """Of "Kinder-, Jugend- und Seniorenarbeit", read from its end."""
    found = {}
    pieces = list(re.finditer(r"\S+", text))
    shared = ""  # the word whose last part the words before it share, as long as the row goes on
    after = ""
    for at in range(len(pieces) - 1, -1, -1):
        piece = pieces[at][0]
        bare = piece.rstrip(",")
        if piece in BETWEEN:
            shared = after if after[:1].isupper() else ""
        elif bare.endswith("-") and shared:
            for open_one in WORD.finditer(bare):
                if open_one.end() == len(bare) - 1:
                    end = pieces[at].start() + open_one.end()
                    found[end] = completed(base(open_one[0]), shared)
        else:
            shared = ""
            word = WORD.match(piece)
            after = word[0] if word else ""
    return found


@lru_cache(maxsize=CACHED)
def completed(first: str, last: str) -> tuple[str, ...]:
    """The terms of a word that ends as another does: "Rad" as "Fußwege" gives those of "Radwege"."""
    lower = lemma(base(last)).lower()
    cut = _best_cut(lower) or (_longer_cut(lower) if len(lower) > SHORTEST_LONGER else None)
    if not cut or not first[:1].isupper() or len(first) + len(lower) > LONGEST:
        return ()
    inner = _best_cut(cut[0])
    ends = [cut[1], lower[len(cut[0]) - len(inner[1]) :]] if inner else [cut[1]]
    found: list[str] = []
    for end in ends:
        own = lemma(first + end)
        if lexicon.lemma(own) == own or _halves(own):
            found += readings(own)[1:]
    return tuple(dict.fromkeys(found))


def _with(own: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*own, *more))) if more else own


def of_piece(piece: str) -> Readings:
    """The readings of what stands between two spaces: no word reaches over one."""
    if piece.isalpha():
        return (readings(piece),)
    return tuple([word.terms for word in words(piece)])


def unknown(texts: Iterable[str]) -> list[str]:
    """The pieces of these texts that were not looked at yet, once each, without the stops after them."""
    fresh = {piece for text in texts for piece in text.split() if piece not in _pieces}
    bare = dict.fromkeys(_bare(piece) for piece in sorted(fresh))
    return [piece for piece in bare if piece not in _pieces and len(piece) <= LONGEST]


def remember(learned: Iterable[tuple[str, Readings]]) -> None:
    """What another process has found out."""
    _pieces.update(learned)


def remember_most(pieces: int = REMEMBERED) -> None:
    """How many pieces are remembered; what is more is forgotten."""
    _pieces.most = pieces
    if len(_pieces) > pieces:
        _pieces.clear()


def _bare(piece: str) -> str:
    """A word without the stops after it; anything else as it is."""
    word = piece.rstrip(".,;:!?")
    return word if word.isalpha() else piece


class _Pieces(dict[str, Readings]):
    """The same few pieces make up most of any text."""

    most = REMEMBERED

    def __missing__(self, piece: str) -> Readings:
        bare = _bare(piece)
        found = self[bare] if bare != piece else of_piece(piece)
        if len(piece) <= LONGEST:
            if len(self) >= self.most:
                self.clear()
            self[piece] = found
        return found


_pieces = _Pieces()


@lru_cache(maxsize=CACHED)
def joined(whole: str, last: str) -> tuple[str, ...]:
    """The readings of the last part of a hyphened word and, after them, of the whole in one."""
    return tuple(dict.fromkeys((*readings(last), *readings(whole)[:2])))


@lru_cache(maxsize=CACHED)
def readings(word: str) -> tuple[str, ...]:
    """All terms of one word: written, lemma, parts, derived."""
    plain = word if word.isalpha() and word[1:].islower() else base(_number(word))
    is_short = len(plain) < 5 or plain.endswith("str")
    own = lemma((_whole(plain) if is_short else None) or plain)
    found = [f"={fold(plain)}", fold(own)]
    if plain[:1].islower() and not APART.isdisjoint((found[0][1:], found[1])):
        return (found[0] + APART_MARK, found[1] + APART_MARK * (found[1] in APART))
    if "in" in own and (man := masculine(own)):
        found.append(fold(man))
    if "ss" in plain or "SS" in plain:
        name = plain.capitalize()
        if lexicon.lemma(name) != name:  # "Strassen" is listed as a form of "Strass", too
            sharp = lexicon.lemma(name.replace("ss", "ß"))
            if sharp and "ß" in sharp:
                found.append(fold(sharp))
    halves = _halves(own)
    for part in halves:
        found += _readings_of_part(part)
    if len(halves) > 1 and len(own) >= THREE_PARTS:
        found += [f"+{fold(part)}" for part in _across(own.lower(), halves)]
    found += [f"~{fold(stem)}" for stem in derived(own)]
    return tuple(dict.fromkeys(found))


def _whole(word: str) -> str | None:
    """The word that is written short: "Mio" Million, "Bahnhofstr" Bahnhofstraße."""
    if len(word) > 6 and word.endswith("str"):
        return f"{word}aße"
    return SHORTENED.get(word.lower()) if len(word) < 5 else None


def _across(word: str, halves: tuple[str, ...]) -> list[str]:
    """Nouns that reach over the cut: "Straßenbahnlinie" is a Bahnlinie, and of the Straßenbahn."""
    first, second = halves[0].lower(), halves[1].lower()
    found = []
    if len(second) > 6 and word.endswith(second) and (inner := _halves(halves[1])):
        found.append(word[: len(word) - len(second)] + inner[0].lower())
    if len(first) > 6 and word.startswith(first) and len(inner := _halves(halves[0])) > 1:
        found.append(word[len(first) - len(inner[1]) :])
    return [noun for noun in found if noun in lexicon.nouns()]


@lru_cache(maxsize=CACHED)
def _readings_of_part(part: str) -> tuple[str, ...]:
    """What a part of a compound adds to its readings, with what its own parts add."""
    found = [f"+{fold(part)}"]
    man = masculine(part)
    if man:
        found.append(f"+{fold(man)}")
    found += [f"~{fold(stem)}" for stem in derived(part)]
    for inner in _halves(part):
        found += _readings_of_part(inner)
    return tuple(found)


def _number(word: str) -> str:
    """A number without the points between its thousands."""
    return word.replace(".", "") if THOUSANDS.match(word) else word


def fold(word: str) -> str:
    """Lower case without umlauts: "Straße" and "Strasse" give "strasse", "CO₂" gives "co2"."""
    return unicodedata.normalize("NFKC", word).lower().translate(FOLD)


def base(word: str) -> str:
    """A gender form as its plain word: "Bürger*innen", "BürgerInnen", "Bürger/innen" give "Bürger"."""
    plain = GENDER.sub("", word)
    if plain != word:
        return _man(plain) or plain
    within = INNER_GENDER.search(word)
    if within:
        first = word[: within.start()]
        return (_man(first) or first) + word[within.end() :]
    inner = INNER_I.search(word)
    return (_man(word[: inner.start()]) or word[: inner.start()]) if inner else word


def bare(term: str) -> str:
    """A lemma without the mark that tells it from a noun."""
    return term[: -len(APART_MARK)] if term[: -len(APART_MARK)] in APART else term


def as_nouns(typed: str) -> str:
    """What was typed in small letters and may mean a noun, with capitals: "leere laden" gives "leere Laden"."""
    return " ".join(
        word.capitalize() if word.islower() and fold(word) in APART else word
        for word in typed.split()
    )


def masculine(own: str) -> str | None:
    """The man's form of a woman's: "Lehrerin" gives "Lehrer", "Ärztin" "Arzt"; None for "Termin"."""
    if not own.endswith(("in", "innen")) or not own[:1].isupper():
        return None
    stem = FEMININE.sub("", own)
    return _man(stem) if stem != own else None


def _man(stem: str) -> str | None:
    """The noun that a gender form without its ending stands for: "Pädagog" Pädagoge, "Ärzt" Arzt."""
    lower = stem.lower()
    plain = lower.translate(UNUMLAUT)
    if len(lower) > 4 or plain in SHORT_MEN:
        for form in (lower + "e", lower, plain + "e", plain):
            if lexicon.lemma(form.capitalize()) is not None:
                return lemma(form.capitalize())
    return None


def unfold(word: str) -> str:
    """A folded word with the umlauts that the dictionary knows, of its parts, too: "buecherei" gives "bücherei"."""
    if not UMLAUT.search(word) or lexicon.lemma(word.capitalize()) == word.capitalize():
        return word
    forms = [form for form in _spellings(word) if form.lower() != word and fold(form) == word]
    for form in forms:
        if lexicon.lemma(form) and not (form[:1].isupper() and lexicon.lemma(form) != form):
            return form.lower()
    for form in forms:
        if lexicon.lemma(form) or parts(form.capitalize()):
            return form.lower()
    return word


@lru_cache(maxsize=CACHED)
def lemma(word: str) -> str:
    """The dictionary form, nouns with their capital; a word without umlauts ("buerger") is tried with them."""
    if word[:1].isdigit() or (word.isupper() and 1 < len(word) < 4):
        return word.lower()
    if word in NAMED:
        return NAMED[word]
    if word.isupper() and len(word) > 1:  # a heading in capitals, or an abbreviation
        plain = word.capitalize()
        found = word if plain.isupper() else lemma(plain)  # some letters have one case only
        return word.lower() if found in (word, plain) and lexicon.lemma(found) is None else found
    if word[:1].isupper() or (lexicon.lemma(word) or "") not in lexicon.verbs():
        adjective = _adjective_as_noun(word.lower())
        if adjective:
            return adjective
    listed = next(filter(None, map(lexicon.lemma, _spellings(word))), None)
    if listed:
        if word == f"{listed}en" and word.islower() and word.endswith(ADJECTIVE_HEADS):
            return word  # listed as a form of another: "weltoffen"
        return _named_by(listed) if listed[:1].isupper() else _without_ending(listed)
    if word[:1].islower() and (adjective := _unlisted_adjective(word)):
        return adjective
    ending = SUPERLATIVE.search(word) if "st" in word else None
    if ending := ending or COMPARATIVE.search(word):
        stem = word[: ending.start()].lower()
        for plain in (stem, stem.translate(UNUMLAUT)):
            if lexicon.lemma(plain) == plain:
                return plain
    own = _lemma_of_compound(word)
    return _without_any_ending(own) if own.islower() else own


def _adjective_as_noun(word: str) -> str | None:
    """The adjective or participle that is used as a noun: "Jugendlichen" jugendlich, "Geflüchtete" geflüchtet."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem == word or len(stem) < 5:
            continue
        if stem.endswith(("lich", "ig", "los", "isch")) and lexicon.lemma(stem) == stem:
            return stem
        if stem.endswith("end") and stem[:-1] in lexicon.verbs():
            return stem
        if stem.endswith("t") and PARTICIPLE.search(stem) and lexicon.lemma(stem):
            return stem
    return None


def _without_ending(listed: str) -> str:
    """Some adjectives are listed with an ending as their own lemma: "barrierefreie"."""
    stem = listed.removesuffix("e")
    if stem != listed and listed[:1].islower() and lexicon.lemma(stem) == stem:
        return stem
    return listed


def _named_by(noun: str) -> str:
    """A noun that is an adjective by itself stands for it: "Ältere" alt, "Armen" arm."""
    if noun[-1] != "e":  # most are none: every word of a build comes by here
        return noun
    lower = noun.lower()
    adjective = lexicon.lemma(lower)
    if not adjective or adjective == lower or adjective[0].isupper():
        return noun
    return noun if adjective in lexicon.verbs() else adjective


def _unlisted_adjective(word: str) -> str | None:
    """An adjective that no dictionary lists, without its ending: "klimaneutralen" gives klimaneutral."""
    if word.endswith(ADJECTIVE_HEADS):
        return word
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if (
            stem != word
            and len(stem) > 5
            and (
                stem.endswith(("lich", "ig", "los", "isch", "bar", "sam", "end"))
                or any(
                    at < len(stem) - 2 and lexicon.lemma(stem[at:]) == stem[at:]
                    for at in _joints(stem)
                )
            )
        ):
            return stem
    return None


def _without_any_ending(word: str) -> str:
    """What is written small, in no dictionary and no compound noun, is an adjective most often: "queeren" queer."""
    for ending in ENDINGS:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) > 4:
            return stem
    return word


def _lemma_of_compound(word: str) -> str:
    """A compound that no dictionary lists is inflected like its last part."""
    lower = word.lower()
    for at in _joints(lower):
        if at >= len(lower) - 3 and lower[at:] not in SHORT:
            break
        head = lexicon.lemma(lower[at:].capitalize())
        if head and head[:1].isupper() and (len(head) > 3 or head.lower() in SHORT):
            own = _named_by(head)
            return lower[:at] + own if own != head else (lower[:at] + head.lower()).capitalize()
    return word


def parts(word: str) -> tuple[str, ...]:
    """The parts of a compound noun as lemmas, outer and inner: "Radwegenetz" gives Radweg, Rad, Weg, Netz."""
    found: list[str] = []
    for part in _halves(word):
        found.append(part)
        found.extend(parts(part))
    return tuple(dict.fromkeys(found))


@lru_cache(maxsize=CACHED)
def _halves(word: str) -> tuple[str, ...]:
    """The outer parts of a compound as lemmas, nothing for a word that is none."""
    if len(word) < 6 or not word.isalpha():
        return ()
    lower = word.lower()
    if lower in WHOLE:
        return ()
    if lower.endswith("in") and (masculine(word) or "").lower() in WHOLE:
        return ()
    return (_cut_adjective(word) if word[:1].islower() else _cut(lower)) or ()


def family(word: str) -> frozenset[str]:
    """The terms that stand for the family of the whole word, not of its parts."""
    return frozenset(f"~{fold(stem)}" for stem in derived(lemma(base(word))))


@lru_cache(maxsize=CACHED)
def derived(own: str) -> tuple[str, ...]:
    """Stems that a word shares with others of its family.

    Verb and noun ("sanieren", "Sanierung": sanier; "ausbauen", "Ausbau": ausbau; "mieten", "Miete": miet),
    adjective and noun ("sauber", "Sauberkeit": sauber), and -isieren with its adjective ("Digitalisierung": digital).
    """
    lower, verbs = own.lower(), lexicon.verbs()
    stems: list[str] = []
    if lower in MUNICIPAL_STEMS:
        stems.append(lower)
    elif own[:1].isupper():
        if lower.endswith(("keit", "heit")):
            for ending in ("igkeit", "keit", "heit"):
                stem = lower.removesuffix(ending)
                if stem != lower and lexicon.lemma(stem) == stem:
                    stems.append(stem)
                    break
        if lower.endswith("ung") and len(own) > 6:
            stems.append(lower[:-3])
        elif len(own) > 5 and lower.endswith("en") and lower in verbs:
            stems.append(lower[:-2])  # a verb as a noun: "das Wohnen"
        elif len(own) > 4 and lower + "en" in verbs:
            stems.append(lower)
        elif len(own) > 4 and lower.endswith("e") and lower + "n" in verbs:
            stems.append(lower[:-1])
    elif lower in verbs and len(own) > 5:
        stems.append(lower[:-2] if lower.endswith("en") else lower[:-1])
    elif len(own) > 4 and any(
        lexicon.lemma(lower.capitalize() + ending) for ending in ("igkeit", "keit", "heit")
    ):
        stems.append(lower)
    for stem in list(stems):
        if stem.endswith("isier") and lexicon.lemma(stem[:-5]) == stem[:-5]:
            stems.append(stem[:-5])
    if not stems and own[:1].islower() and f"{lower}isieren" in verbs:
        stems.append(lower)
    return tuple(stems)


def is_known(word: str) -> bool:
    """Is it a word of the dictionary, in any spelling, or a compound of such?"""
    return any(lexicon.lemma(form) is not None for form in _spellings(word)) or bool(
        parts(lemma(word).capitalize())
    )


def _spellings(word: str) -> Iterator[str]:
    """The ways a word may stand in the dictionary: as it is, capitalised, with umlauts."""
    yield word
    lower = word.lower()
    name = lower.capitalize()
    if name != word:
        yield name
    if lower != word:
        yield lower
    if UMLAUT.search(lower) and len(lower) <= 40:
        whole = UMLAUT.sub(lambda found: UNFOLD[found[0]], lower)
        yield from (whole.capitalize(), whole)
        for found in list(UMLAUT.finditer(lower))[:4]:
            one = lower[: found.start()] + UNFOLD[found[0]] + lower[found.end() :]
            yield from (one.capitalize(), one)


def _cut(word: str) -> tuple[str, ...] | None:
    """The best cut in two: both sides known nouns or, failing that, made of such; linking letters between."""
    if len(word) > LONGEST:
        return None
    best = _best_cut(word) or (_longer_cut(word) if len(word) > SHORTEST_LONGER else None)
    if best is None:
        return _cut_lead(word)
    return lemma(best[0].capitalize()), lemma(best[1].capitalize())


def _best_cut(word: str) -> tuple[str, str] | None:
    """Into two listed nouns: the more even the sides and the shorter the link, the better."""
    most = 0
    best = None
    size = len(word)
    for left in _beginnings(word):
        for link in _links(word[left : left + 3]):
            at = left + link
            if at <= size - 3 and _is_part(word[at:]):
                score = _evenness(left, at, size)
                if score > most:
                    most = score
                    best = word[:left], word[at:]
    return best


def _longer_cut(word: str) -> tuple[str, str] | None:
    """The same where a side may itself be made of nouns."""
    most = 0
    best = None
    size = len(word)
    for left in _word_beginnings(word):
        for link in _links(word[left : left + 3]):
            at = left + link
            if at <= size - 3:
                score = _evenness(left, at, size)
                if score > most and size - at in _word_beginnings(word[at:]):
                    most = score
                    best = word[:left], word[at:]
    return best


def _evenness(left: int, at: int, size: int) -> int:
    """How well a word of this size is cut into one of `left` letters and one that begins at `at`, the link between.
    Between equals the sooner is the better."""
    return (min(left, size - at) * 2 - (at - left)) * (LONGEST + 1) - at


def _cut_lead(word: str) -> tuple[str, ...] | None:
    """No two nouns: what leads may be an adjective ("Gesamtschule") or a verb ("Abstellplatz")."""
    for at in _leads(word):
        right = word[at:]
        if len(right) >= 3 and _is_part(right):
            if word[:at] in LEADS:
                return (lemma(right.capitalize()),)
            return lemma(f"{word[:at]}en"), lemma(right.capitalize())
    return None


def _cut_adjective(word: str) -> tuple[str, ...] | None:
    for head in ADJECTIVE_HEADS:
        left = word.removesuffix(head)
        if left != word:
            for link in LINKS:
                noun = left.removesuffix(link) if link else left
                if len(noun) > 3 and _is_part(noun):
                    return (lemma(noun.capitalize()),)
    return None


@lru_cache(maxsize=CACHED)
def _word_beginnings(word: str) -> tuple[int, ...]:
    """How long the words are that a word can begin with, ascending: known nouns, and longer ones made of such.

    Every start is looked at once, and only those that a part and its link lead to.
    """
    simple = _beginnings(word)
    found = list(simple)
    for at in _leads(word):
        for length in _beginnings(word[at:]):
            if _may_be_made(word, at + length) and at + length not in found:
                found.append(at + length)
    for left in found:  # which grows meanwhile
        for link in _links(word[left : left + 3]):
            at = left + link
            rest = word[at:]
            if len(rest) < 3:
                continue
            next_simple = _beginnings(rest) if left in simple else ()
            for length in _word_beginnings(rest):
                size = at + length
                if (
                    size not in found
                    and (size > SHORTEST_LONGER or length in next_simple)
                    and _may_be_made(word, size)
                ):
                    found.append(size)
    return tuple(sorted(found))


def _may_be_made(word: str, size: int) -> bool:
    """Are the first letters, so many, not too few or too many for a part that is made of parts?"""
    return SHORTEST_WORD <= size <= LONGEST_WORD and word[:size] not in WHOLE


@lru_cache(maxsize=CACHED)
def _beginnings(word: str) -> tuple[int, ...]:
    """How long the parts are that a word can begin with."""
    found = lexicon.nouns().prefixes(word)
    for part in _listed().prefixes(word):
        if part not in found:
            found.append(part)
    return tuple([len(part) for part in found if part not in NEVER])


def _joints(word: str) -> list[int]:
    """Where what leads a compound may end, with its linking element, ascending."""
    return sorted({end + link for end in _beginnings(word) for link in _links(word[end : end + 3])})


@lru_cache(maxsize=20_000)
def _links(letters: str) -> tuple[int, ...]:
    """How long the linking elements are that three letters begin with."""
    return tuple(len(link) for link in LINKS if letters.startswith(link))


def _leads(word: str) -> list[int]:
    """How long what leads a compound may be without being a noun, ascending: an adjective, or the stem of a verb."""
    return [len(lead) for lead in _leading().prefixes(word)]


@cache
def _listed() -> marisa_trie.Trie:
    """The parts that are listed here and not in the dictionary."""
    own = [word for word in MUNICIPAL | MUNICIPAL_STEMS if len(word) > 3]
    own += [word for word in SHORT if len(word) == 3]
    return marisa_trie.Trie(own)


@cache
def _leading() -> marisa_trie.Trie:
    """What leads a compound without being a noun: adjectives, and verbs without their -en."""
    stems = [verb[:-2] for verb in lexicon.verbs() if len(verb) > 6 and verb.endswith("en")]
    return marisa_trie.Trie([*stems, *LEADS])


def _is_part(word: str) -> bool:
    if len(word) <= 3:
        return word in SHORT
    if word in NEVER:
        return False
    return word in MUNICIPAL or word in MUNICIPAL_STEMS or word in lexicon.nouns()
