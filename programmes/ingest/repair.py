"""Blocks as a careful reader would have typed them: markup, broken sentences, furniture, contact lines."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from dataclasses import replace

from programmes.ingest import umlauts
from programmes.ingest.pieces import Block, Text
from programmes.ingest.readers.joining import joined

ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|~-])")
BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = re.compile(
    r"</?(?:sub|sup|b|i|u|em|strong|span|div|p|a|font|small|mark|center|img)\b[^<>]{0,500}>",
    re.IGNORECASE,
)
EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3})(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s*])\1(?![\w*])")
UNDERLINE = re.compile(r"(?<![\w_])(_{1,2})(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s_])\1(?![\w_])")
LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,500})\]\(([^()\s]{1,500})(?:\s[^()]{0,200})?\)")
SPACES = re.compile(r"[ \t\r\f\u00a0\u2000-\u200a\u202f\u3000]+")
INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
# A glyph of two or three letters that the file gives no meaning, told by the letters around it.
GAP = "[\ufffd\x01\x03-\x08\x0e-\x1f]"
FILLED = tuple(
    (letters, re.compile(around, re.IGNORECASE))
    for letters, around in (
        ("ffi", rf"(?<=\b[oe]){GAP}(?=zi)|(?<=gra){GAP}(?=t[io])"),
        ("fl", rf"{GAP}(?=eg|äch|üch|uch|üss|uss|ug|ieg|exib|ich|ikt|ott|ur\b|ure|echt|ohm)"),
        ("fi", rf"{GAP}(?=nan|n[dk]|rm|lm|gur|sch|ll|zi|x|kt|bel|lia|[nt]e?[rn]?\b|ti|ls?\b)"),
        ("ff", rf"(?<=[aeioöuäü]){GAP}(?=[eftnlkis]|\b)"),
    )
)
EMAIL = re.compile(r"[\w.+-]{1,64}\s?@\s?[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
WEB = re.compile(
    r"(?:https?://|www\.)\S{3,200}|\b[\w-]{2,60}(?:\.[\w-]{2,60}){0,3}\.(?:de|org|net|info|eu|com|nrw|bayern|berlin|hamburg)(?:/\S{0,100})?\b"
)
FULL_DATE = re.compile(r"\b\d{1,2}\.\s?\d{1,2}\.(?:\s?\d{2,4})?(?!\d)")
PHONE = re.compile(r"(?:\+49|\b0)[\d\s()/–.-]{6,22}\d")
STREET = re.compile(
    r"(?i:\b[\wäöüÄÖÜß.-]{2,40}?(?:stra(?:ß|ss)e|str\.|weg|platz|allee|gasse|ring|damm|ufer|markt|chaussee|hof)\s*\d{1,3}\s?[a-z]?)\b(?![.,]\d)|"
    r"\b(?:Am|An der|Auf dem|Im|Zum|Zur|Alte[rn]?|Neue[rn]?)(?:\s[A-ZÄÖÜ][\wäöüß-]+){1,2}\s\d{1,3}\s?[a-z]?\b(?![.,]\d)|(?i:\bPostfach\s[\d ]{2,10})",
)
ADDRESSEE = re.compile(
    r"^(?:An (?:den|die|das)\b.{0,40}\b(?:(?:Ober)?[Bb]ürgermeister|Stadt|Gemeinde|Rat\b|Landr[aä]t|Kreis|Verwaltung|Vorsitzende|Ausschuss|Fraktion|Presse|Redaktion|Herrn|Frau|Magistrat)[^.!?]{0,60}|(?:Herrn?|Frau)(?:\s+(?:[A-ZÄÖÜ][\w.äöüÄÖÜß-]*|von|van|de[rn]?|und|des|im|Dr\.)){1,6}|(?:z\.\s?Hd\.|zu Händen).{3,80}|per E-?Mail.{0,40})$"
)
SALUTATION = re.compile(
    r"^(?:Sehr geehrte|Liebe|Meine (?:sehr )?(?:verehrten|geehrten)|Guten)\b.*,$"
)
POSTCODE = re.compile(
    r"\b(?:D-)?\d{5}\s+[A-ZÄÖÜ][\wäöüß.-]+(?:[ /-](?:(?:an|am|im|in|bei|der|dem|ob|vor|von|und|auf|den)\s)*[A-ZÄÖÜ(][\wäöüß.)-]*){0,3}"
)
CONTACT_LABEL = re.compile(
    r"\b(?:tel(?:efon)?|fon|fax|telefax|e-?mail|mail|web|internet|homepage|website|mobil|handy|facebook|instagram|"
    r"twitter|x|youtube|tiktok|adresse|anschrift|kontakt|post|konto|iban|bic)\b\s*[.:]?",
    re.IGNORECASE,
)
IMPRINT = re.compile(
    r"^(?:V\.?\s?i\.?\s?S\.?\s?d\.?\s?(?:P|PR|M)|Impressum|Herausgeber(?:in)?\b|Verantwortlich\b.{0,60}(?::|\bi\.|\bim Sinne\b)|Verantwortliche[rn]?\b.{0,30}:|Redaktion\s*:|Satz\b.{0,20}:|"
    r"Gestaltung\b.{0,20}:|Layout\b.{0,20}:|Druck\s*:|Druckerei\s*:|Auflage\s*:|Bildnachweis|Fotos?\s*:|Fotonachweis|Bilder\s*:|Titelbild\s*:|©|\(c\)\s|Copyright\b|"
    r"Stand\s*:\s*.{0,30}$|Pressekontakt|Kontakt\s*:|Ansprechpartner(?:in)?\s*:|Für Rückfragen\b.{0,60}:?$|Rückfragen\b.{0,40}:|Weitere Informationen\s*:$|"
    r"Bankverbindung|Spendenkonto|IBAN\b|BIC\b)",
    re.IGNORECASE,
)
IMPRINT_HEADING = re.compile(
    r"^(?:Impressum|Kontakt|Kontaktdaten|Pressekontakt|Bildnachweise?|Herausgeber|So erreichen Sie uns|Ansprechpartner(?:in|innen)?)\s*:?$",
    re.IGNORECASE,
)
BYLINE = re.compile(
    r"^(?:Von|Text:|Autor(?:in)?:)\s+(?:(?:Dr|Prof)\.\s+)*[A-ZÄÖÜ][\wäöüß-]+(?:\s+(?:von|van|de|zu|[A-ZÄÖÜ][\wäöüß-]+)){1,3}$"
)
MONTH = "(?:Januar|Jänner|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|Jan\\.?|Feb\\.?|Mrz\\.?|Apr\\.?|Jun\\.?|Jul\\.?|Aug\\.?|Sept?\\.?|Okt\\.?|Nov\\.?|Dez\\.?)"
DATE = rf"(?:\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTH})\s?(?:\d{{4}}|\d{{2}})|\d{{4}}-\d{{2}}(?:-\d{{2}})?|{MONTH}\s+\d{{4}})"
DATELINE = re.compile(
    rf"^(?:(?i:(?:date|datum|stand|published|veröffentlicht|erstellt|aktualisiert|angelegt|letzte änderung|zuletzt geändert)\b(?:\s*:)?\s*(?:am\s+|den\s+|on\s+)?(?:\w{{2,10}},\s*)?{DATE}).{{0,60}}"
    # A place or a paper before the date; "Kommunalwahl am 8. März" says something of its own.
    r"|(?!(?:Am|Ab|Bis|Im|Seit|Nach|Vor|Zum)\b)(?:[A-ZÄÖÜ][\w.]+(?:[ /-](?:[A-ZÄÖÜ(][\w.()]*|an|am|im|in|bei|der|dem|ob|vor|den)){0,6},\s+(?:den\s+|am\s+)?"
    r"|[A-ZÄÖÜ][\w.]+(?:[ /-][A-ZÄÖÜ][\w.]+)?\s+(?:den\s+)?|(?:den|am|vom)\s+)?"
    rf"(?i:{DATE})(?:\s*(?:[,|·•/–-]|um)\s*[\d:.]{{1,5}}(?:\s*Uhr)?)?(?:\s*(?:[,|·•/–-]|von|by)\s*[\w .äöüÄÖÜß-]{{1,40}})?)$"
)
PRESS_NUMBER = re.compile(
    r"^(?:Presse(?:mitteilung|information|erklärung|meldung|dienst|text)|Medien(?:mitteilung|information))\b.{0,60}$",
    re.IGNORECASE,
)
INTERFACE = re.compile(
    r"^(?:(?:direkt\s+)?zum (?:haupt)?inhalt(?: springen)?|zur (?:haupt)?navigation(?: springen)?|skip to (?:main )?content|"
    r"(?:mehr|weiter)\s?(?:lesen|erfahren)?\s*(?:…|\.\.\.|»|>+|→)|weiterlesen|mehr erfahren|mehr lesen|read more|"
    r"(?:beitrag |artikel |seite |auf [\w ]{3,20} )?(?:teilen|drucken|empfehlen|kommentieren)(?: auf.{0,30}| mit:?)?|diesen (?:beitrag|artikel) teilen:?|share|tweet|twittern|print|"
    r"per (?:e-?mail|whatsapp) (?:teilen|versenden)|(?:facebook|twitter|instagram|whatsapp|telegram|youtube|linkedin|xing|tiktok|mastodon|threads|bluesky)(?:\s*+(?:[|·/,]\s*+)?(?:facebook|twitter|x|instagram|whatsapp|telegram|youtube|e-?mail))*+|"
    r"nach oben|zum seitenanfang|zurück|zurück zur (?:übersicht|startseite|liste)|(?:vorheriger|nächster|vorige[rs]?|nächste[rs]?) (?:beitrag|artikel|seite).{0,80}|"
    r"cookie-?(?:einstellungen|richtlinie|hinweis|zustimmung verwalten|banner)?s?|(?:alle )?(?:cookies )?akzeptieren|nur (?:notwendige|essenzielle)(?: cookies)?|ablehnen|einstellungen|"
    r"(?:diese|unsere) (?:web)?seite (?:verwendet|nutzt|benutzt) cookies.{0,300}|wir (?:verwenden|nutzen|setzen) (?:auf .{0,40} )?cookies.{0,300}|"
    r"menü(?: öffnen| schließen)?|menu|suche|suchen(?: nach:?)?|navigation(?: überspringen)?|startseite|home|kontakt|newsletter(?: abonnieren)?|anmelden|abmelden|login|einloggen|registrieren|"
    r"(?:impressum|datenschutz(?:erklärung|hinweise)?|agb|sitemap|barrierefreiheit(?:serklärung)?|kontakt|cookie-?einstellungen|startseite|presse|spenden|mitmachen|mitglied werden)(?:\s*[|·•/–-]\s*(?:impressum|datenschutz(?:erklärung|hinweise)?|agb|sitemap|barrierefreiheit(?:serklärung)?|kontakt|cookie-?einstellungen|startseite|presse|spenden|mitmachen|mitglied werden)){0,6}|"
    r"(?:schlagwort|schlagwörter|schlagworte|tags?|kategorien?)\s*:.{0,120}|lesezeit:?\s.{0,20}|\d+ (?:min(?:uten|\.)?|minuten) lesezeit|"
    r"(?:\d+ )?kommentare?(?: \d+)?|kommentar (?:schreiben|verfassen|hinterlassen)|schreibe einen kommentar|antworten(?: abbrechen)?|"
    r"(?:als )?pdf(?: herunterladen| download)?|download(?:en)?|herunterladen|bild(?:er)?galerie|zur galerie|ähnliche (?:beiträge|artikel)|das könnte (?:sie|dich) auch interessieren:?|related posts?|"
    r"seite \d{1,4}(?: von \d{1,4})?|page \d{1,4}(?: of \d{1,4})?)$",
    re.IGNORECASE,
)
CAPTION_WORDS = re.compile(
    r"^(?:(?:Foto|Bild|Grafik|Abbildung|Abb\.|Quelle|Bildquelle|Bildunterschrift)\s*(?:\d{1,3}\s*)?[:|])|\((?:Foto|Bild|Grafik|Quelle)\s*:[^()]{1,80}\)\s*$|\b(?:Foto|Bild|Grafik|Bildquelle)\s*:\s*[^.:]{2,60}$"
)
CONTENTS = re.compile(
    r"^(?:inhalt|inhaltsverzeichnis|inhaltsübersicht|gliederung|inhalte|unsere themen im überblick|auf dieser seite)\s*:?$",
    re.IGNORECASE,
)
ENTRY_PAGE = re.compile(
    r"(?:(?<![\s.])\s*+(?:\.\s?){3,}+|(?<![\s…])\s*+…++|(?<!\s)\s++)\s*+(?:S\.\s*+|Seite\s*+)?\d{1,3}\s*+$"
)
END = re.compile(r"[.!?…:;][“”\"»«')\]]*$")
# A word after which no sentence and no heading ends.
OPEN_END = re.compile(
    r"\b(?:und|oder|sondern|dass|weil|wenn|als|wie|der|die|das|den|dem|des|ein|eine|einen|einer|einem|für|in|im|mit|"
    r"von|zu|zur|zum|auf|an|am|durch|bei|beim|vom|aus|nach|über|unter|sowie|wir|ist|sind|wird|werden|nicht|unser\w*)$"
)
LETTERS = re.compile(r"[^\W\d_]+")
PRINTED = ("pdf", "docx", "odt")  # a web page's frame is rare in them, and "Themen: …" is text


def repair(text: Text) -> Text:
    """The text with clean blocks; what was done is counted, what was taken out is kept in `removed`."""
    repairs: Counter[str] = Counter(text.repairs)
    removed = list(text.removed)
    blocks = [_clean(block, repairs) for block in text.blocks]
    blocks = _captions(blocks, repairs)
    blocks = [block for block in blocks if block.text or block.kind == "caption"]
    blocks = _without_contents(blocks, repairs, removed)
    blocks = _without_interface(blocks, text.reader in PRINTED, repairs, removed)
    blocks = _broken_sentences(blocks, repairs)
    blocks = _meta_lines(blocks, repairs)
    blocks = _imprint(blocks, repairs)
    blocks = umlauts.restored(blocks, repairs)
    return replace(text, blocks=tuple(blocks), repairs=dict(+repairs), removed=tuple(removed))


def _clean(block: Block, repairs: Counter[str]) -> Block:
    words = block.text
    if block.kind == "table":
        return block

    def step(name: str, changed: str) -> None:
        nonlocal words
        if changed != words:
            repairs[name] += 1
            words = changed

    step("soft-hyphen", INVISIBLE.sub("", words))
    step("ligature", _with_ligatures(words.translate(LIGATURES)))
    step("line-break-tag", BREAK.sub(" ", words))
    step("html-tag", TAG.sub("", words))
    if "&" in words:
        step("html-entity", html.unescape(words))
    step("link", LINK.sub(lambda found: _linked(found[1], found[2]), words))
    step("emphasis", UNDERLINE.sub(r"\2", EMPHASIS.sub(r"\2", words)))
    step("emphasis", words.strip("*") if words.startswith("**") or words.endswith("**") else words)
    step("escaped-markdown", ESCAPED.sub(r"\1", words))
    words = unicodedata.normalize("NFC", SPACES.sub(" ", words.replace("\n", " "))).strip()
    return replace(block, text=words)


def _with_ligatures(words: str) -> str:
    if not re.search(GAP, words):
        return words
    for letters, around in FILLED:
        words = around.sub(letters, words)
    return words


def _linked(words: str, target: str) -> str:
    """The words of a link; its address too where the words do not say it and it is an address."""
    return words


def _captions(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """A short paragraph beside a picture is its caption, and so is one that names the photographer."""
    out = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind == "paragraph" and len(block.text) < 250 and CAPTION_WORDS.search(block.text):
            out[at] = replace(block, kind="caption")
            repairs["caption"] += 1
        if block.kind != "caption" or block.marker != "image" or block.text:
            continue
        beside = [
            near
            for near in (at + 1, at - 1)
            if 0 <= near < len(out)
            and out[near].kind == "paragraph"
            and not out[near].bold
            and len(out[near].text.split()) <= 14
        ]
        if beside:
            near = min(beside, key=lambda place: len(out[place].text))
            out[near] = replace(out[near], kind="caption")
            repairs["caption"] += 1
    return out


def _without_contents(
    blocks: list[Block], repairs: Counter[str], removed: list[str]
) -> list[Block]:
    """A contents list names headings that come later; it goes with the word above it."""
    out: list[Block] = []
    at = 0
    while at < len(blocks):
        block = blocks[at]
        if block.kind in ("heading", "paragraph") and CONTENTS.match(block.text):
            end = _contents_end(blocks, at + 1)
            if end > at + 1:
                repairs["contents-list"] += 1
                removed.append("\n".join(one.text for one in blocks[at:end] if one.text))
                at = end
                continue
        out.append(block)
        at += 1
    return out


def _contents_end(blocks: list[Block], start: int) -> int:
    """Where the entries stop: each is short and comes again later, or carries a page number."""
    later: Counter[str] = Counter(
        _plain(block.text) for block in blocks[start:] if len(block.text) < 160
    )
    end, passed = start, 0
    for at in range(start, min(len(blocks), start + 400)):
        block = blocks[at]
        if block.kind == "caption" and not block.text:
            continue
        words = ENTRY_PAGE.sub("", block.text)
        entry = _plain(words)
        again = (entry and later[_plain(block.text)] > 1) or later[entry] > (
            1 if words == block.text else 0
        )
        if len(block.text) > 160 or not (again or words != block.text):
            passed += 1  # one entry may be worded otherwise than its chapter
            if passed > 1 or len(block.text) > 160 or END.search(block.text):
                break
            continue
        if words == block.text and later[entry] <= 1 and passed:
            break
        if words == block.text:
            later[entry] -= 1
            if later[entry] < 1:
                break
        passed, end = 0, at + 1
    return end if end - start >= 2 else start


def _plain(words: str) -> str:
    """A heading without its number and signs, to be compared."""
    words = re.sub(r"^(?:\d{1,2}(?:\.\d{1,2})*\.?|[IVX]{1,5}\.|[A-Za-z][.)])\s+", "", words.strip())
    return re.sub(r"\W+", " ", words).strip().lower()


def _without_interface(
    blocks: list[Block], printed: bool, repairs: Counter[str], removed: list[str]
) -> list[Block]:
    """Words of a web page's frame that were copied with its text.

    One word ("Kontakt", "Suche") may be a heading of the text; in a row of others it is part of a frame.
    """
    found = [
        _is_interface(block) and not (printed and LABELLED.match(block.text)) for block in blocks
    ]
    gone = {
        at
        for at, block in enumerate(blocks)
        if found[at]
        and (
            len(block.text.split()) > 1
            or block.text.lower() in ALWAYS
            or (at >= len(blocks) - 2 and not printed)
        )
    }
    row: list[int] = []
    for at, block in enumerate([*blocks, Block("heading", "")] if not printed else ()):
        short = block.kind in ("paragraph", "item") and len(block.text.split()) <= 3
        if short and not END.search(block.text):
            row.append(at)
            continue
        words = [place for place in row if found[place]]
        if len(words) >= max(2, len(row) // 3):
            gone.update(range(words[0], words[-1] + 1))
        row = []
    for at in sorted(gone):
        repairs["interface-words"] += 1
        removed.append(blocks[at].text)
    return [block for at, block in enumerate(blocks) if at not in gone]


def _is_interface(block: Block) -> bool:
    if block.kind not in ("paragraph", "item", "heading") or len(block.text) > 400:
        return False
    if INTERFACE.match(block.text.strip(" ›»«‹→←|·•")):
        return True
    parts = re.split(r"\s[|·•»›]\s", block.text)
    return (
        len(parts) >= 3
        and any(INTERFACE.match(part.strip()) for part in parts)
        and not END.search(block.text)
    )


LABELLED = re.compile(r"(?:kategorien?|schlagworte?)\s*:", re.IGNORECASE)
ALWAYS = {"weiterlesen", "drucken", "teilen", "share", "tweet", "herunterladen", "download"}


def _broken_sentences(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """A paragraph that stops without an end was cut by a page or a picture, or goes on in lower case."""
    out: list[Block] = []
    cut = False
    aside: list[Block] = []  # captions between the halves of a sentence
    for block in blocks:
        if block.kind == "caption":
            if not block.text:
                cut = True
            else:
                aside.append(block)
            continue
        last = out[-1] if out else None
        if last and not _is_cover(out, last) and _goes_on(last, block, cut or bool(aside)):
            repairs["sentence-cut"] += 1
            out[-1] = replace(last, text=joined([last.text, block.text], repairs))
        else:
            out += aside
            aside = []
            out.append(block)
        cut = False
    return out + aside


def _is_cover(out: list[Block], last: Block) -> bool:
    """The first line of all: what stands below it in lower case says more of it ("gehalten am 4. Mai von …")."""
    return len(last.text.split()) <= 14 and all(block.kind == "meta" for block in out[:-1])


def _goes_on(last: Block, block: Block, cut: bool) -> bool:
    if (
        block.kind != "paragraph"
        or last.kind not in ("paragraph", "item")
        or block.marker == "footnote"
    ):
        return False
    if (
        END.search(last.text)
        or SALUTATION.match(last.text)
        or last.bold != block.bold
        or len(last.text.split()) <= (3 if cut and _is_open(last, block) else 5)
    ):
        return False
    if block.text[:1].islower():
        return True
    hyphen = last.text[-1] in "-\u2010" and not last.text.endswith(" -")
    if cut and OPEN_END.search(last.text) and (END.search(block.text) or last.kind == "item"):
        return True
    # Across a page a sentence may go on with a noun; a heading before a page's end is short.
    return (
        cut
        and len(last.text) > 60
        and (hyphen or len(block.text) > 20)
        and bool(END.search(block.text))
    )


def _is_open(last: Block, block: Block) -> bool:
    """Whether a few words before a page's end plainly want what follows."""
    return block.text[:1].islower() or bool(OPEN_END.search(last.text))


def _meta_lines(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """Date lines on top, bylines at the end and contact lines are known of the text, not text."""
    out = []
    texts = [at for at, block in enumerate(blocks) if block.kind not in ("meta", "caption")]
    top, bottom = set(texts[:9]), set(texts[-4:])
    for at, block in enumerate(blocks):
        kind = block.kind
        if block.marker == "cover" and (IMPRINT.match(block.text) or is_contact(block.text)):
            block = replace(block, marker="")
            repairs["contact-line"] += 1
        if kind in ("paragraph", "heading") and not block.text.endswith("?"):
            ends = at in top or at in bottom
            if (
                (at in top and kind == "paragraph" and ADDRESSEE.match(block.text))
                or (
                    at in top
                    and (
                        DATELINE.match(block.text)
                        or (PRESS_NUMBER.match(block.text) and at in texts[:3] and len(texts) > 2)
                    )
                )
                or (ends and BYLINE.match(block.text))
                or (at in bottom and kind == "paragraph" and DATELINE.match(block.text))
            ):
                kind = "meta"
                repairs["metadata-line"] += 1
            elif kind == "paragraph" and is_contact(block.text) and _is_surely(blocks, at):
                kind = "meta"
                repairs["contact-line"] += 1
        out.append(replace(block, kind=kind))
    return out


def _is_surely(blocks: list[Block], at: int) -> bool:
    """Whether a contact line says how to reach somebody: a street with a number ("Radweg 3") alone does not."""
    if any(pattern.search(blocks[at].text) for pattern in (EMAIL, WEB, POSTCODE, PHONE)):
        return True
    before, after = _neighbours(blocks, at)
    return any(
        pattern.search(near.text) and is_contact(near.text)
        for near in (*before[:2], *after[:2])
        for pattern in (EMAIL, WEB, POSTCODE, PHONE)
    )


def is_contact(words: str) -> bool:
    """A line that holds nothing but addresses, numbers, and the labels and the name before them."""
    if len(words) > 400:
        return False
    rest = FULL_DATE.sub(" x ", words)
    hits = 0
    for pattern in (EMAIL, WEB, STREET, POSTCODE, PHONE):
        rest, number = pattern.subn(" ", rest)
        hits += number
    if not hits:
        return False
    labels = len(CONTACT_LABEL.findall(rest))
    rest = CONTACT_LABEL.sub(" ", rest).strip(" .:|/·•–-,")
    left = [word for word in rest.split() if LETTERS.search(word)]
    if len(left) <= 1:
        return True
    # A name or a body before its address: no verb, few words, most of them with a capital.
    capitals = sum(word[:1].isupper() for word in left)
    return (
        hits + labels >= 2
        and len(left) <= 10
        and capitals >= 0.6 * len(left)
        and not END.search(rest)
    )


def _imprint(blocks: list[Block], repairs: Counter[str]) -> list[Block]:
    """Who is responsible, who took the pictures, where to write: an imprint at either end is no body text."""
    out = list(blocks)
    texts = [at for at, block in enumerate(blocks) if block.kind != "caption"]
    ends = set(texts[:8]) | set(texts[-max(12, len(texts) // 10) :])
    for at in texts:
        block = blocks[at]
        if (
            block.kind in ("paragraph", "item")
            and at in ends
            and len(block.text) < 600
            and IMPRINT.match(block.text)
        ):
            out[at] = replace(block, kind="meta")
            repairs["imprint"] += 1
    # A name, a body or a heading beside contact lines belongs to them.
    for at in [*texts, *reversed(texts)]:
        block = out[at]
        if block.kind not in ("paragraph", "heading") or at not in ends:
            continue
        near = _neighbours(out, at)
        meta_after = (
            bool(near[1])
            and near[1][0].kind == "meta"
            and near[1][0].text != ""
            and _is_imprint(near[1][0])
        )
        meta_before = bool(near[0]) and near[0][0].kind == "meta" and _is_imprint(near[0][0])
        if block.kind == "heading" or block.bold:
            if IMPRINT_HEADING.match(block.text) and meta_after:
                out[at] = replace(block, kind="meta")
                repairs["imprint"] += 1
        elif ((meta_after and meta_before) or (meta_before and not near[1])) and _is_name(
            block.text
        ):
            out[at] = replace(block, kind="meta")
            repairs["contact-line"] += 1
    return out


def _is_name(words: str) -> bool:
    """A few words, nearly all with a capital: who can be reached there. A slogan is text."""
    parts = words.split()
    capitals = sum(part[:1].isupper() for part in parts)
    return len(parts) <= 8 and capitals >= 0.7 * len(parts) and not END.search(words)


def _neighbours(blocks: list[Block], at: int) -> tuple[list[Block], list[Block]]:
    before = [block for block in blocks[max(0, at - 3) : at][::-1] if block.kind != "caption"]
    after = [block for block in blocks[at + 1 : at + 4] if block.kind != "caption"]
    return before, after


def _is_imprint(block: Block) -> bool:
    return bool(IMPRINT.match(block.text)) or is_contact(block.text)
