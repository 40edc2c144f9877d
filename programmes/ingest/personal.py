"""Which personal data does a text hold that an archivist should look at before it is published?"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from programmes.ingest.pieces import Text, Warning

# Every repetition is bounded, and every expression starts at a digit, an "@" or a capital pair: a text
# of any length costs a constant number of steps per character.
IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}(?![A-Za-z0-9])")
MAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64}) ?(?:@|\(at\)|\[at\]) ?((?:[\w-]{1,63}\.){1,4}[A-Za-z]{2,24})\b"
)
PHONE = re.compile(
    r"(?<![\w.,/+-])(?<!\d )(?:(?:\+|00)49[ /-]?(?:\(0\))?[ /-]?[1-9]\d{1,4}|\(0[1-9]\d{1,4}\)|0 [1-9]\d(?: \d{1,2}){1,2}(?= ?/)|0[1-9]\d{1,4})"
    r"(?: ?[/–-] ?|\.| )?\d{1,12}(?:[ /.–-]{1,3}\d{1,12}){0,6}(?![\w])"
)
LABELLED = re.compile(
    r"(?:\b(?:tel|telefon|telefonnummer|fon|phone|mobil|mobiltelefon|handy|handynummer|fax|telefax|rufnummer|anrufen)\b|☎|📞)[.: ]{0,4}$",
    re.IGNORECASE,
)
# "Drucksache 0815/2023-12", a file number: it has the shape of a telephone number and is none.
NUMBERED = re.compile(
    r"\b(?:drucksachen?|vorlagen?|antrag|anträge|beschluss|nr|nummer|az|aktenzeichen|ds|din|iso|bic|blz|konto|kto|isbn)\b[-.: ]{0,4}$",
    re.IGNORECASE,
)
DAY = re.compile(r"0?\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2})\b")
FILE_YEAR = re.compile(r"0\d{1,4} ?[/–-] ?(?:19|20)\d\d(?!\d)")
POSTCODE = re.compile(r"(?<![\d.,/+-])\d{5} {1,3}[A-ZÄÖÜ][A-Za-zäöüßÄÖÜ.-]{1,40}")
HOUSE = re.compile(
    r"(?<!\d)\d{1,4} ?[a-z]?(?: ?[-–/] ?\d{1,4} ?[a-z]?)?[ ,;·|•\n–-]{1,6}(?:(?:in|Ort|Wohnort|PLZ(?: ?[/,] ?Ort)?)[:\n ]{1,3})?(?:D ?[-–] ?)?$"
)
STREETS = tuple(
    "straße strasse str. weg platz allee gasse ring damm ufer markt chaussee hof steig stieg pfad graben kamp berg wall".split()
)
LEADS = frozenset("am an auf im in zum zur unter hinter vor alte alter neue neuer".split())
FREE_MAIL = re.compile(
    r"^(?:gmx|web|gmail|googlemail|t-online|freenet|hotmail|outlook|live|yahoo|aol|arcor|icloud|me|posteo|mailbox|protonmail|proton|online|kabelmail|vodafone|unitybox|ewetel|ewe|netcologne|htp-tel)\.[a-z.]{2,6}$",
    re.IGNORECASE,
)
# Words by which a body, an office or a list names its letter box; the short ones stand alone.
OFFICE = re.compile(
    r"(?:info|kontakt|contact|mail|post|presse|press|redaktion|geschaeftsstelle|geschäftsstelle|buero|büro|office|stadt|gemeinde|kreis|verwaltung|rathaus|"
    r"buergermeister|bürgermeister|wahl|partei|verein|vorstand|service|spende|mitglied|newsletter|datenschutz|webmaster|sekretariat|gruene|grüne|linke|piraten|"
    r"waehler|wähler|liste|buerger|bürger|landrat|anfrage|termin|zentrale)|.{0,40}(?:fraktion|verband|verein|liste)$"
    r"|(?:hallo|moin|team|spd|cdu|csu|fdp|afd|volt|oedp|ödp|fw|uwg|fwg|bund|rat|freie|gs|kv|ov|rv|lv)$",
    re.IGNORECASE,
)
# A contact block of an office is published to be used; one note says that there is one.
BODY = re.compile(
    r"\b(?:\w*[Gg]eschäftsstelle|\w*[Ff]raktion\w*|\w*[Bb]üros?|\w*[Vv]erband\w*|[Oo]rtsverein\w*|[Uu]nterbezirk\w*|[Rr]athaus\w*|[Ss]tadtverwaltung|[Gg]emeindeverwaltung|[Ll]andratsamt|[Kk]reishaus|[Ss]ekretariat|[Zz]entrale|"
    r"[Rr]edaktion|[Vv]erlag|[Vv]erein|e\.\s?V\.|GmbH|Partei|SPD|CDU|CSU|FDP|AfD|GRÜNEN?|Grünen?|LINKEN?|Linken?|Volt|BSW|ÖDP|UWG|FWG|Freie Wähler|Wählergemeinschaft|Bürgerliste|Postfach)\b|(?:info|kontakt|zentrale|fraktion|buero|presse|mail|buergermeister|gemeinde|stadt|rathaus)[\w.-]{0,30}@",
)
PRIVATE = re.compile(r"\b(?:privat\w*|[Pp]rivatanschrift|zu Hause|Wohnung)\b")
TITLES = r"(?:(?:Dr|Prof|Dipl|Ing)\.[ -]?){0,3}"
# "Erika Muster" or "Max von Muster-Beispiel" just before a street, a number or its label.
NAMED = re.compile(
    rf"(?:^|[\n,;:(|•·]|\b(?:Frau|Herrn?|Ratsfrau|Ratsherrn?|Kandidat(?:in)?)\b)\s{{0,3}}{TITLES}(?!(?:D(?:as|ie|er|en|em|es)|Eine?|Im|In|Am|An|Unsere?)\b)[A-ZÄÖÜ][a-zäöüß]{{1,15}}(?:-[A-ZÄÖÜ][a-zäöüß]{{1,15}})?[ ](?:von[ ]|van[ ]|de[ ])?[A-ZÄÖÜ][a-zäöüß]{{2,20}}(?:-[A-ZÄÖÜ][a-zäöüß]{{2,20}})?"
    r"(?:\s\([^()\n]{1,20}\))?[\s,;:|•·–-]{1,6}(?:(?:[Tt]el|[Tt]elefon|[Ff]on|[Mm]obil|[Hh]andy|[Ff]ax|[Pp]hone|erreichbar unter|unter)[.:\s]{0,3})?$"
)
MOBILE = re.compile(r"(?:\+49|0049)?[ /-]?(?:\(0\))?0?1[567]\d")
# Numbers of services, and those that everybody may call.
SERVICE = re.compile(
    r"(?:\+49|0049|0)[ /-]?(?:800|180|137|700|900)(?!\d)|(?:\+49|0049|0)[ /-]?(?:800|180|137|700|900)\d"
)
GOES_ON = re.compile(r"\)?,?\s(?:[a-zäöü]+\s)")
MOST = 20  # warnings of one kind; a list of members would bury everything else

Found = tuple[str, int, int]


def warnings(text: Text) -> tuple[Warning, ...]:
    """One warning for each piece of personal data: its kind, where it stands, and a masked form of it."""
    words, starts = _joined(text)
    said: dict[tuple[str, str], Warning] = {}
    counted: dict[str, int] = {}
    offices = 0
    for kind, start, end in find(words):
        value = words[start:end]
        if kind in ("phone", "address") and not is_private(words, kind, start, end):
            offices += 1
            continue
        key = (kind, re.sub(r"\W", "", value).lower())
        if key in said:
            continue
        counted[kind] = counted.get(kind, 0) + 1
        if counted[kind] > MOST:
            continue
        at = bisect_right(starts, start) - 1
        said[key] = Warning(
            f"personal-{kind}",
            f"{SAYS[kind]} {_where(text, at)}: {masked(kind, value)}. {ASKS}",
            text.blocks[at].page if at < len(text.blocks) else None,
        )
    more = [
        Warning(f"personal-{kind}", f"{SAYS[kind]}: {number - MOST} weitere im Text. {ASKS}")
        for kind, number in counted.items()
        if number > MOST
    ]
    if offices:
        more.append(
            Warning(
                "personal-office",
                f"{offices} Telefonnummern oder Anschriften von Geschäftsstellen, Fraktionen oder Gebäuden: gewöhnlich öffentlich.",
            )
            if offices > 1
            else Warning(
                "personal-office",
                "Eine Telefonnummer oder Anschrift einer Geschäftsstelle, einer Fraktion oder eines Gebäudes: gewöhnlich öffentlich.",
            )
        )
    return (*said.values(), *more)


def is_private(words: str, kind: str, start: int, end: int) -> bool:
    """Whether a number or an address may be a person's own: not an office's, not a building's in a sentence."""
    before, after = words[max(0, start - 160) : start], words[end : end + 90]
    line = before.rsplit("\n", 1)[-1] + words[start:end] + after.split("\n", 1)[0]
    if PRIVATE.search(line) or NAMED.search(before[-70:]):
        return True
    if kind == "phone" and MOBILE.match(words[start:end].lstrip("(")):
        return True
    if kind == "address" and GOES_ON.match(after):
        return False
    return not BODY.search(before + words[start:end]) and not BODY.search(after)


SAYS = {
    "iban": "IBAN",
    "email": "E-Mail-Adresse einer Person",
    "phone": "Telefonnummer",
    "address": "Anschrift",
}
ASKS = "Vor dem Veröffentlichen prüfen, ob sie privat ist."


def find(words: str) -> list[Found]:
    """Kind, start and end of everything that may be personal, in reading order."""
    found = [*_ibans(words), *_mails(words), *_addresses(words)]
    # The digits of an account or a house are no telephone number.
    pieces, at = [], 0
    for _, start, end in sorted(found, key=lambda one: one[1]):
        if start >= at:
            pieces += [words[at:start], "x" * (end - start)]
            at = end
    found += _phones("".join([*pieces, words[at:]]))
    return sorted(found, key=lambda one: one[1])


def _ibans(words: str) -> Iterator[Found]:
    for match in IBAN.finditer(words):
        # A word in capitals may follow the number ("… 00 BIC XYZ"): the longest valid part counts.
        end = match.end()
        while end > match.start():
            if is_iban(words[match.start() : end]):
                yield "iban", match.start(), end
                break
            end = words.rfind(" ", match.start(), end)


def is_iban(value: str) -> bool:
    """Whether the check digits of ISO 13616 hold."""
    plain = value.replace(" ", "")
    if not 15 <= len(plain) <= 34 or (plain.startswith("DE") and len(plain) != 22):
        return False
    digits = "".join(str(int(sign, 36)) for sign in plain[4:] + plain[:4])
    return int(digits) % 97 == 1


def _mails(words: str) -> Iterator[Found]:
    for match in MAIL.finditer(words):
        if FREE_MAIL.match(match[2]) or not _is_office(match[1]):
            yield "email", match.start(), match.end()


def _is_office(local: str) -> bool:
    return any(OFFICE.match(part) for part in re.split(r"[.+_-]", local))


def _phones(words: str) -> Iterator[Found]:
    for match in PHONE.finditer(words):
        value = match[0]
        digits = sum(sign.isdigit() for sign in value)
        before = words[max(0, match.start() - 24) : match.start()]
        labelled = bool(LABELLED.search(before))
        if not 7 <= digits <= 16 or DAY.match(value) or SERVICE.match(value):
            continue
        if not labelled and (digits < 8 or NUMBERED.search(before) or FILE_YEAR.match(value)):
            continue
        if not labelled and value.isdigit() and not re.match(r"01[567]\d{8,10}$|00491", value):
            continue
        yield "phone", match.start(), match.end()


def _addresses(words: str) -> Iterator[Found]:
    for match in POSTCODE.finditer(words):
        house = HOUSE.search(words, max(0, match.start() - 32), match.start())
        if house:
            street = _street(words[max(0, house.start() - 80) : house.start()])
            if street:
                yield "address", house.start() - street, match.end()


def _street(before: str) -> int:
    """How many characters of the end of these words name a street; 0 if none do."""
    line = before.rsplit("\n", 1)[-1]
    *rest, last = line.rstrip().split(" ")[-4:]
    if not last:
        return 0
    name = [last]
    if last.lower().endswith(STREETS):
        # "Kurze Str.", "Am Alten Markt": words with a capital before it are part of the name.
        alone = last.lower() in STREETS
    else:
        alone = last[0].isupper() and any(word.lower() in LEADS for word in rest[-2:])
        if not alone:
            return 0
    while alone and rest and (rest[-1][:1].isupper() or rest[-1] in ("der", "den", "dem")):
        name.insert(0, rest.pop())
        if name[0].lower() in LEADS or name[0].endswith((",", ".")):
            break
    if name[0].endswith(",") and len(name) > 1:
        name.pop(0)
    return len(" ".join(name)) + len(line) - len(line.rstrip())


def masked(kind: str, value: str) -> str:
    """Enough to find it in the text, too little to use it."""
    value = " ".join(value.split())
    if kind == "email":
        local, _, domain = re.sub(r" ?(?:\(at\)|\[at\]|@) ?", "@", value).partition("@")
        return f"{local[:2]}…@{domain}"
    if kind == "address":
        return re.sub(r"(?<!\d)\d{1,4}(?: ?[a-z])?(?![\d\w])", "…", value, count=1)
    return f"{value[:4].rstrip()} …"


def _joined(text: Text) -> tuple[str, list[int]]:
    """All texts of the document, those that repair took out too: they stand in the kept original."""
    parts = [block.text for block in text.blocks] + list(text.removed)
    starts, at = [], 0
    for part in parts:
        starts.append(at)
        at += len(part) + 1
    return "\n".join(parts), starts


def _where(text: Text, at: int) -> str:
    if at >= len(text.blocks):
        return "in den entfernten Rand- und Kontaktzeilen"
    page = text.blocks[at].page
    if text.blocks[at].kind == "meta":
        return "in einer Kontakt- oder Randzeile" + (f", Seite {page}" if page else "")
    for block in reversed(text.blocks[: at + 1]):
        if block.kind == "heading" and block.text:
            title = block.text if len(block.text) <= 60 else block.text[:59].rstrip() + "…"
            return f"unter „{title}“" + (f", Seite {page}" if page else "")
    return f"auf Seite {page}" if page else "am Anfang des Textes"
