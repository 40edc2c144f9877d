"""What is known of a document, with the words it was found in; what nothing says stays empty.

A wrong place or party is worse than none: a name counts where a document says whose it is (its title, cover,
head, imprint, contact, or a sentence in which the author acts), not wherever it is mentioned.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from programmes.ingest.pieces import About, Kind, Known, Outline, Party, Place, Source, Text

WORD = re.compile(r"[A-Za-zÄÖÜäöüßÀ-ÿ]+(?:[-–][A-Za-zÄÖÜäöüßÀ-ÿ]+)*")
YEAR = r"((?:19|20)\d\d)"
MONTHS = {
    m: n
    for n, m in enumerate(
        "januar februar märz april mai juni juli august september oktober november dezember".split(),
        1,
    )
}
SEPARATORS = re.compile(r"[|;,]")  # between several names in one value
ELECTION_YEAR = (
    re.compile(
        r"\b\w*(?:wahlprogramm|kommunalwahl|kreistagswahl|stadtratswahl|gemeinderatswahl|ratswahl|bürgermeisterwahl|regionswahl|"
        rf"bürgerschaftswahl|kreiswahl|gemeindewahl|wahl)\w*(?:\s+(?!bis\b|ab\b|seit\b)[\w./-]+){{0,6}}?\s+(?:am\s+\d{{1,2}}\.\s*\w+\.?\s+)?{YEAR}\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b\w*(?:wahlprogramm|kommunalwahl|programm)\w*\s+{YEAR}\s*(?:[-–/]|bis)\s*(?:20)?\d\d\b",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:kommunal)?wahlen?\s+(?:am|im)\s+(?:\d{{1,2}}\.\s*)?(?:\w+\s+|\d{{1,2}}\.\s*){YEAR}\b",
        re.IGNORECASE,
    ),
)
TERM = re.compile(r"(?:wahlperiode|legislatur\w*|ende|bis|amtszeit)\b[^.]{0,20}$", re.IGNORECASE)
ISO_MONTH = re.compile(rf"\b{YEAR}-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?\b")
NUMERIC_DATE = re.compile(rf"\b(0?[1-9]|[12]\d|3[01])\.\s?(0?[1-9]|1[0-2])\.\s?{YEAR}\b")
WORD_DATE = re.compile(
    rf"\b(0?[1-9]|[12]\d|3[01])\.\s+({'|'.join(MONTHS)})\s+{YEAR}\b", re.IGNORECASE
)
DECIDED = re.compile(
    r"beschlossen|verabschiedet|beschluss|stand|datum|date|veröffentlicht|pressemitteilung",
    re.IGNORECASE,
)
PROGRAMME_WORD = re.compile(
    r"\b(?:kommunal|regions?|kreis|bürgerschafts)?wahlprogramm|\bprogramm zur (?:kommunal)?wahl|\bkommunalprogramm|"
    r"\bkommunalpolitisches programm|\bregierungsprogramm für|\bwahlaufruf|\bunsere? ziele für",
    re.IGNORECASE,
)
PRESS_WORD = re.compile(
    r"\bpressemitteilung|\bpresseerklärung|\bpresseinformation|\bpressemeldung|\bmedieninformation",
    re.IGNORECASE,
)
MOTION_WORD = re.compile(
    r"^\s*(?:antrag|anfrage|änderungsantrag|dringlichkeitsantrag|prüfantrag)\b|\bder (?:rat|stadtrat|gemeinderat|kreistag|ausschuss) möge beschließen|\bbeschlussvorschlag",
    re.IGNORECASE,
)
SPEECH_WORD = re.compile(
    r"\bhaushaltsrede|\brede zum haushalt|\betatrede|\bes gilt das gesprochene wort", re.IGNORECASE
)
BYLINE = re.compile(r"^Von\s+(?:Dr\.\s+)?[A-ZÄÖÜ]")
QUOTE = re.compile(r"[„“\"»«]([^„“\"»«]{20,600})[“”\"«»]")
SAYS = re.compile(
    r"\b(?:sagt|erklärt|betont|so|meint|fordert|kritisiert|ergänzt|unterstreicht|betonten?|erklärten?|sagten?|heißt es|berichtet|teilte?n? mit)\b"
)
WE = re.compile(r"\b(?:wir|uns|unser\w*)\b", re.IGNORECASE)
COMMITS = re.compile(
    r"\b(?:wir (?:wollen|werden|fordern|setzen|stehen|möchten|brauchen|schaffen)|(?:wollen|werden|fordern|setzen|stehen|schaffen|stärken|fördern) wir)\b",
    re.IGNORECASE,
)
# A party in one of these does something: it is whose text this is, where the text tells of it in the third person.
ACTING = r"(?:-(?:Fraktion|Ratsfraktion|Stadtratsfraktion|Kreistagsfraktion|Gruppe|Ortsverband|Stadtverband|Kreisverband|Ortsverein|Unterbezirk|Ratsherr\w*|Ratsfrau\w*))"
BODIES = re.compile(
    r"\b(?:Fraktion|Ratsfraktion|Stadtratsfraktion|Kreistagsfraktion|Gemeinderatsfraktion|Ortsverband|Stadtverband|Kreisverband|Ortsverein|Unterbezirk|Kreistagsgruppe|Ratsgruppe)\b"
)
GROUP = re.compile(
    r"\bGruppe\b|\bZusammenarbeit\b|\bgemeinsam\w*\s+(?:Antrag|Liste|Programm|Fraktion)|\bKooperation\b"
)
COMMON = {  # names of places that are words, surnames or first names as well: only with a word of place before them
    "essen",
    "halle",
    "singen",
    "baden",
    "wangen",
    "leer",
    "moers",
    "melle",
    "brand",
    "berg",
    "wald",
    "hof",
    "bad",
    "senden",
    "werben",
    "aue",
    "weil",
    "lage",
    "hagen",
    "herne",
    "plan",
    "linden",
    "au",
    "bruch",
    "münster",
    "kiel",
    "fulda",
    "forst",
    "damme",
    "hamm",
    "bingen",
    "rain",
    "ulm",
    "roth",
    "haren",
    "kehl",
    "spenge",
    "heide",
    "norden",
    "wege",
    "bergen",
    "stadt",
    "burg",
    "dom",
    "horn",
    "winter",
    "sommer",
    "herbst",
    "wiesen",
    "regen",
    "altenkirchen",
    "erding",
    "garten",
    "markt",
    "neustadt",
    "wolfsburg-",
}
SEATS = {
    "berlin",
    "düsseldorf",
    "hannover",
    "münchen",
    "stuttgart",
    "wiesbaden",
    "mainz",
    "dresden",
    "potsdam",
    "erfurt",
    "magdeburg",
    "schwerin",
    "kiel",
    "saarbrücken",
    "bremen",
    "hamburg",
    "brüssel",
}
PLACE_BEFORE = re.compile(
    r"(?:\b(?:in|für|aus|nach|von|unser\w*|stadt|gemeinde|markt|ort|kreis|region|landkreis|hansestadt|landeshauptstadt|rat der stadt|bürgermeister\w*)\s+)$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Names:
    """Names by their first word, longest first, so that a text is gone through once."""

    by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]]


@dataclass(frozen=True, slots=True)
class _Mention:
    key: str
    words: str
    start: int
    end: int
    inflected: bool = False


def find(source: Source, text: Text, outline: Outline, known: Known) -> About:
    """What the document says of itself; what `source.about` says outranks it."""
    head, body, foot = _parts(text, outline)
    evidence: dict[str, str] = {}
    kind = _kind(head, body, foot, text, evidence)
    parties = _parties(head, body, foot, source, kind, known, evidence)
    if kind is None and parties and COMMITS.search(body):
        kind, evidence["kind"] = "programme", COMMITS.search(body)[0]  # type: ignore[index]
    places = _places(head, body, foot, source, kind, known, evidence)
    year, when = _time(head, body, foot, source, kind, evidence)
    publisher = _publisher(text, kind, parties, evidence)
    about = About(
        title=outline.title,
        kind=kind,
        municipalities=places,
        parties=parties,
        publisher=publisher,
        year=year,
        date=when,
        language="de" if _is_german(body or head) else None,
        evidence=evidence,
    )
    return given(about, source, known)


def _parts(text: Text, outline: Outline) -> tuple[str, str, str]:
    """Head (covers, metadata, titles), running text, and foot (contact, imprint), each as lines."""
    head: list[str] = [outline.title] if outline.title else []
    body: list[str] = []
    foot: list[str] = []
    seen = 0
    for block in text.blocks:
        if block.kind == "meta":
            (foot if seen > 400 else head).append(block.text)
        elif block.kind == "heading" or (
            seen == 0 and len(block.text.split()) <= 12 and not block.text.endswith(".")
        ):
            if seen == 0:
                head.append(block.text)
            else:
                body.append(block.text)
        else:
            body.append(block.text)
            seen += len(block.text)
    head += [
        value for name, value in text.properties.items() if name in ("title", "author", "subject")
    ]
    return "\n".join(head), "\n".join(body), "\n".join([*foot, *text.removed])


def _kind(head: str, body: str, foot: str, text: Text, evidence: dict[str, str]) -> Kind | None:
    start = head + "\n" + body[:600]
    byline = next(
        (block.text for block in text.blocks if block.kind == "meta" and BYLINE.match(block.text)),
        None,
    )
    for kind, pattern, where in (
        ("press", PRESS_WORD, start),
        ("other", SPEECH_WORD, start),
        ("programme", PROGRAMME_WORD, head),
        ("motion", MOTION_WORD, start),
        ("programme", PROGRAMME_WORD, body[:2000] + "\n" + foot),
    ):
        found = pattern.search(where)
        if found:
            evidence["kind"] = _around(where, found.start(), found.end())
            return kind  # type: ignore[return-value]
    if byline:
        evidence["kind"] = byline
        return "press"
    outside = QUOTE.sub(" ", body)
    quotes = [
        found
        for found in QUOTE.finditer(body)
        if SAYS.search(
            body[max(0, found.start() - 80) : found.start()] + body[found.end() : found.end() + 90]
        )
    ]
    commits = list(COMMITS.finditer(outside))
    if len(quotes) >= 2 and len(commits) <= len(quotes) // 2:
        evidence["kind"] = _around(
            body, quotes[0].start(), min(quotes[0].end(), quotes[0].start() + 60)
        )
        return "press"
    if len(commits) >= 2:
        evidence["kind"] = _around(outside, commits[0].start(), commits[0].end())
        return "programme"
    return None


def _parties(
    head: str,
    body: str,
    foot: str,
    source: Source,
    kind: Kind | None,
    known: Known,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    names = _party_names(known.parties)
    for where in (head, foot):
        found = _distinct(_mentions(where, names))
        if found and len(found) <= 3:
            evidence["parties"] = _quote(found, where)
            return tuple(mention.key for mention in found)
    for address, party in _domains(foot + "\n" + body[-3000:], known.parties):
        evidence["parties"] = address
        return (party,)
    acting = _acting(body, names, kind)
    if acting:
        evidence["parties"] = _quote(acting, body)
        return tuple(mention.key for mention in acting)
    found = _distinct(_mentions(_spaced(source.path), names))
    if len(found) == 1:
        evidence["parties"] = source.name
        return (found[0].key,)
    return ()


def _acting(body: str, names: _Names, kind: Kind | None) -> list[_Mention]:
    """Parties whose group acts in the first sentences of a press text, or that say "we" of themselves."""
    opening = body[:900]
    mentions = list(_mentions(opening, names))
    found: list[_Mention] = []
    for mention in mentions:
        after, before = (
            opening[mention.end : mention.end + 40],
            opening[max(0, mention.start - 60) : mention.start],
        )
        of_a_body = re.match(ACTING, after) or re.search(
            r"(?:Fraktion|Gruppe|Verband|Ortsverein|Partei)(?:\s+(?:der|von|die))?\s+(?:Partei\s+)?(?:der\s+|die\s+)?$",
            before,
        )
        member = re.search(
            r"(?:Rats(?:herr|frau|mitglied)\w*|Stadtr[aä]t\w*|Abgeordnete\w*)[^.]{0,40}\($", before
        ) and after.startswith(")")
        we = re.match(r"(?:\s+[A-ZÄÖÜ]\w+)?\s+(?:\w+\s+){0,2}wir\b|,\s+wir\b", after) or re.search(
            r"\bwir,?\s+(?:die\s+|von\s+der\s+|als\s+)?$", before, re.IGNORECASE
        )
        if of_a_body or member or we:
            found.append(mention)
    if kind == "press":
        return _distinct(found)
    we_ones = [m for m in found if WE.search(opening[max(0, m.start - 30) : m.end + 30])]
    if not we_ones:
        for mention in _mentions(body, names):
            before, after = (
                body[max(0, mention.start - 25) : mention.start],
                body[mention.end : mention.end + 30],
            )
            if re.search(
                r"\b(?:[Ww]ir|[Uu]ns),?\s+(?:als\s+|die\s+|in\s+der\s+)?$", before
            ) or re.match(
                r"(?:\s+[A-ZÄÖÜ]\w+)?,?\s+(?:wollen|fordern|setzen|stehen|werden)\s+wir\b", after
            ):
                we_ones.append(mention)
    return _distinct(we_ones)


def _domains(where: str, parties: tuple[Party, ...]) -> Iterator[tuple[str, str]]:
    """Addresses in which a party's name stands as a part: spd-dortmund.de, info@cdu-kiel.de."""
    stems = {_plain(party.short).replace(" ", ""): party.short for party in parties}
    stems |= {
        "gruene": "GRÜNE",
        "die-gruenen": "GRÜNE",
        "linke": "DIE LINKE",
        "dielinke": "DIE LINKE",
        "freiewaehler": "FREIE WÄHLER",
        "freie-waehler": "FREIE WÄHLER",
    }
    short = {party.short for party in parties}
    for address in re.findall(
        r"[\w.-]{0,60}@?[\w.-]{2,60}\.(?:de|org|net|info|eu|com|nrw|bayern)\b", where.lower()
    ):
        for part in re.split(r"[.@-]", address):
            if len(part) >= 3 and stems.get(part) in short:
                yield address, stems[part]
                return


def _places(
    head: str,
    body: str,
    foot: str,
    source: Source,
    kind: Kind | None,
    known: Known,
    evidence: dict[str, str],
) -> tuple[str, ...]:
    names = _place_names(known.places)
    mentions = [
        mention for mention in _mentions(head, names) if _is_place(mention, head, strict=False)
    ]
    chosen = _best_place(mentions, known)
    if chosen:
        evidence["municipalities"] = _around(head, chosen[0].start, chosen[0].end)
        return _same_place(chosen, body, known)
    mentions = [
        mention for mention in _mentions(body, names) if _is_place(mention, body, strict=True)
    ]
    counted = Counter(mention.key for mention in mentions)
    own = Counter(
        mention.key
        for mention in mentions
        if PLACE_BEFORE.search(body[max(0, mention.start - 30) : mention.start])
        or mention.inflected
    )
    if counted:
        best, most = counted.most_common(1)[0]
        others = sum(count for key, count in counted.items() if key != best)
        enough = own[best] >= 1 and (most >= 2 or (most == 1 and others == 0 and len(body) < 6000))
        if enough and most > others:
            mention = next(m for m in mentions if m.key == best)
            evidence["municipalities"] = _around(body, mention.start, mention.end)
            return (best,)
    for where in (foot, _spaced(source.path)):
        found = _distinct([m for m in _mentions(where, names) if m.key])
        if len(found) == 1:
            evidence["municipalities"] = _around(where, found[0].start, found[0].end)
            return (found[0].key,)
    return ()


def _best_place(mentions: list[_Mention], known: Known) -> list[_Mention]:
    distinct = _distinct(mentions)
    if len(distinct) <= 1:
        return distinct
    counted = Counter(mention.key for mention in mentions)
    (best, most), (_, second) = counted.most_common(2)
    return [m for m in distinct if m.key == best] if most > second else []


def _same_place(chosen: list[_Mention], body: str, known: Known) -> tuple[str, ...]:
    return tuple(mention.key for mention in chosen)


def _is_place(mention: _Mention, where: str, *, strict: bool) -> bool:
    """Not a word, a surname or a seat of government that only looks like a place."""
    word = mention.words.lower()
    before = where[max(0, mention.start - 30) : mention.start]
    after = where[mention.end : mention.end + 2]
    if re.search(r"-$", before) or re.match(r"-\w", after):
        return bool(re.match(r"-\w", after)) and not strict
    if word in COMMON and not PLACE_BEFORE.search(before):
        return not strict and mention.words.isupper()
    if word in SEATS and re.search(r"\b(?:in|nach|aus)\s+$", before) and strict:
        return where.count(mention.words) > 2
    return True


def _time(
    head: str, body: str, foot: str, source: Source, kind: Kind | None, evidence: dict[str, str]
) -> tuple[int | None, str | None]:
    """The year (of the election for programmes, of publication otherwise) and the date of the document."""
    when, words = _date(head, body, foot)
    if when:
        evidence["date"] = words
    if kind in ("programme", None):
        for where in (head, body[:1500], foot):
            for pattern in ELECTION_YEAR:
                for found in pattern.finditer(where):
                    if not TERM.search(where[max(0, found.start(1) - 30) : found.start(1)]):
                        evidence["year"] = _around(where, found.start(), found.end())
                        return int(found[1]), when
        found_name = re.search(rf"(?<!\d){YEAR}(?!\d)", source.name.rsplit(".", 1)[0])
        if (
            found_name
            and re.search(r"[A-Za-zÄÖÜäöüß]{2}", source.name.rsplit(".", 1)[0])
            and not re.fullmatch(r"[0-9a-f_-]+", source.name.rsplit(".", 1)[0])
        ):
            evidence["year"] = source.name
            return int(found_name[1]), when
        return None, when
    if when:
        evidence["year"] = words
        return int(when[:4]), when
    return None, None


def _date(head: str, body: str, foot: str) -> tuple[str | None, str]:
    """A date in the head, or one that a text says it was decided or published on."""
    start = body[:200]
    for where, needs_word in ((head, False), (start, True), (body[-300:], True), (foot, True)):
        best: tuple[int, str, str] | None = None
        for pattern in (ISO_MONTH, NUMERIC_DATE, WORD_DATE):
            for found in pattern.finditer(where):
                before = where[max(0, found.start() - 60) : found.start()]
                said = bool(DECIDED.search(before))
                if needs_word and not said:
                    continue
                iso = _iso(pattern, found)
                rank = 0 if re.search(r"beschlossen|verabschiedet", before, re.IGNORECASE) else 1
                if best is None or rank < best[0]:
                    best = (rank, iso, _around(where, found.start(), found.end()))
        if best:
            return best[1], best[2]
    return None, ""


def _iso(pattern: re.Pattern[str], found: re.Match[str]) -> str:
    if pattern is ISO_MONTH:
        return "-".join(part for part in found.groups() if part)
    day, month, year = found.groups()
    number = int(month) if month.isdigit() else MONTHS[month.lower()]
    return f"{year}-{number:02}-{int(day):02}"


def _publisher(
    text: Text, kind: Kind | None, parties: tuple[str, ...], evidence: dict[str, str]
) -> str | None:
    """Who wrote it, where that is no party: the name in a byline."""
    if kind != "press" or parties:
        return None
    for block in text.blocks:
        if block.kind == "meta" and BYLINE.match(block.text):
            evidence["publisher"] = block.text
            return block.text.removeprefix("Von ").strip()
    return None


def given(about: About, source: Source, known: Known) -> About:
    """What the person who offered the file says of it, before what was found."""
    said = {name: value.strip() for name, value in source.about.items() if value and value.strip()}
    if not said:
        return about
    values = {
        name: getattr(about, name) for name in About.__dataclass_fields__ if name != "evidence"
    }
    evidence = dict(about.evidence)
    for name, value in said.items():
        if name == "municipalities":
            values[name] = tuple(_resolved_places(value, known))
        elif name == "parties":
            short = {
                _plain(n): p.short for p in known.parties for n in (p.short, p.name, *p.aliases)
            }
            values[name] = tuple(
                short[_plain(part)] for part in SEPARATORS.split(value) if _plain(part) in short
            )
        elif name == "year":
            values[name] = int(value) if value.isdigit() else values[name]
        elif name in values:
            values[name] = value
        evidence[name] = f"Angabe: {value}"
    return About(**values, evidence=evidence)


def _resolved_places(value: str, known: Known) -> Iterator[str]:
    keys = {place.ags for place in known.places}
    names: dict[str, list[str]] = defaultdict(list)
    for place in known.places:
        names[_plain(place.name)].append(place.ags)
    for part in SEPARATORS.split(value):
        word = part.strip()
        if word in keys:
            yield word
        elif len(names.get(_plain(word), ())) == 1:
            yield names[_plain(word)][0]


@lru_cache(maxsize=8)
def _place_names(places: tuple[Place, ...]) -> _Names:
    """Names of places, with the forms "Dortmunder" and "Dortmunds"; a name that two places bear is left out."""
    bearers: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        for name in (place.name, *place.aliases):
            bearers[name].append(place)
    entries = []
    for name, there in bearers.items():
        chosen = there[0] if len(there) == 1 else _greater(there)
        if chosen is None:
            continue
        entries.append((name, chosen.ags, False))
        if " " not in name and len(name) > 3:
            stem = name.removesuffix("en") if name.endswith("en") and len(name) > 6 else name
            for ending in ("s", "er", "erin", "erinnen", "ern", "ers"):
                entries.append(((name if ending == "s" else stem) + ending, chosen.ags, True))
    return _indexed(entries)


def _greater(places: list[Place]) -> Place | None:
    """The one place that is meant where nothing else is said: five times as many people as all others."""
    first, *others = sorted(places, key=lambda place: -place.population)
    return (
        first
        if first.population > 5 * sum(place.population for place in others) and first.population
        else None
    )


@lru_cache(maxsize=8)
def _party_names(parties: tuple[Party, ...]) -> _Names:
    entries = []
    for party in parties:
        for name in dict.fromkeys((party.short, party.name, *party.aliases)):
            entries.append((name, party.short, False))
            if name.upper() != name and len(name) > 4:
                entries.append((name.upper(), party.short, False))
    return _indexed(entries)


def _indexed(entries: Iterable[tuple[str, str, bool]]) -> _Names:
    by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]] = defaultdict(list)
    for name, key, inflected in entries:
        words = tuple(WORD.findall(name.replace("-", " ").replace("–", " ")))
        if words:
            by_first[words[0]].append((words, key, inflected))
            if all(word.isalpha() and word[0].isupper() for word in words) and name == name.title():
                upper = tuple(word.upper() for word in words)
                by_first[upper[0]].append((upper, key, inflected))
    for names in by_first.values():
        names.sort(key=lambda entry: -len(entry[0]))
    return _Names(dict(by_first))


SIMPLE = re.compile(r"[A-Za-zÄÖÜäöüßÀ-ÿ]+")


def _mentions(where: str, names: _Names) -> Iterator[_Mention]:
    """Every name in the text, longest first, without overlaps."""
    tokens = [(found[0], found.start(), found.end()) for found in SIMPLE.finditer(where)]
    at = 0
    while at < len(tokens):
        word, start, _ = tokens[at]
        for words, key, inflected in names.by_first.get(word, ()):
            end = at + len(words)
            if end <= len(tokens) and tuple(token[0] for token in tokens[at:end]) == words:
                stretch = where[start : tokens[end - 1][2]]
                if "\n" not in stretch and len(stretch) <= len(" ".join(words)) + 6:
                    yield _Mention(key, stretch, start, tokens[end - 1][2], inflected)
                    at = end - 1
                    break
        at += 1


def _distinct(mentions: Iterable[_Mention]) -> list[_Mention]:
    return list({mention.key: mention for mention in reversed(list(mentions))}.values())[::-1]


def _around(where: str, start: int, end: int, width: int = 40) -> str:
    """The words found, with those around them on the same line."""
    left = max(where.rfind("\n", 0, start) + 1, start - width)
    stop = where.find("\n", end)
    right = min(stop if stop >= 0 else len(where), end + width)
    return f"„{where[left:right].strip()}“"


def _quote(mentions: list[_Mention], where: str) -> str:
    return ", ".join(_around(where, mention.start, mention.end, 30) for mention in mentions)


def _spaced(path: str) -> str:
    """A file's path as words: Aalen_SPD_2024.txt."""
    return re.sub(r"[_\-.]+", " ", path.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0])


def _plain(name: str) -> str:
    folded = name.strip().lower()
    for umlaut, letters in (("ä", "ae"), ("ö", "oe"), ("ü", "ue"), ("ß", "ss")):
        folded = folded.replace(umlaut, letters)
    return re.sub(r"[^a-z0-9]+", " ", folded).strip()


def _is_german(words: str) -> bool:
    sample = re.findall(r"[a-zäöüß]+", words[:4000].lower())
    common = sum(
        word in {"und", "die", "der", "das", "für", "wir", "ist", "in", "den", "mit", "zu", "nicht"}
        for word in sample
    )
    return common >= max(3, len(sample) // 25)
