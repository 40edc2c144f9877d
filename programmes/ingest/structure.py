"""Blocks to one tree of sections, whatever the source says of levels.

Chapter numbers beat the source's levels; a title is no chapter; a lead-in belongs to its list.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import replace

from programmes.ingest.pieces import Block, Outline, Passage, Section, Text

MONTHS = "Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember"
NUMBER = re.compile(
    r"^(?P<arabic>\d{1,2}(?:\.\d{1,2}){0,3})(?P<dot>[.)]?)\s+(?=\S)|^(?P<roman>[IVX]{1,5})[.)]\s+(?=\S)|^(?P<letter>[A-Z])[.)]\s+(?=\S)"
)
CHAPTER_WORD = re.compile(
    r"^(?P<word>Teil|Kapitel|Abschnitt|Themenfeld|Schwerpunkt|Handlungsfeld)\s+(?:\d+|[IVX]+|[A-H])\b",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(
    "am an auf bei das dem den der des die ein eine einer für im in mit ob und unser unsere vom von vor zu zum zur".split()
)
ELECTION = re.compile(r"\b\w*[Ww]ahl(?:en|periode)?\s(?:am\s.{4,20})?20\d\d(?:\s?[-–]\s?20\d\d)?$")
END = re.compile(r"[.!?…:;,][“”\"»«')\]]*$")
VALUE = re.compile(
    r"(?!Antrag|Anfrage|Kapitel|Teil)([A-ZÄÖÜ][\w/-]{2,20}(?: [\w/-]{2,20})?):\s\S.{0,120}$"
)
# "Erika Beispiel, Fraktionsvorsitzende": who signs, or who is shown.
SIGNED = re.compile(
    r"(?:(?:Dr|Prof)\.\s)*(?:[A-ZÄÖÜ][\w-]+\s){1,3}[A-ZÄÖÜ][\w-]+,\s.*(?i:vorsitzende|sprecher|mitglied|kandidat|rätin|rat\b|beigeordnet|bürgermeister)\w*$"
)
# No heading ends with one of these, but a line that was broken does.
UNFINISHED = re.compile(
    r"\b(?:und|oder|sowie|von|vom|für|der|die|das|dem|den|des|ein|eine|einen|einer|einem|im|in|mit|zum|zur|zu|dass)$"
)
NOTED = re.compile(
    r"[^\W\d_]{2}[.!?][“”\"»«')\]]*\d{1,2}$"
)  # a sentence with the number of its footnote
ELECTION_DAY = re.compile(
    rf"^\w{{4,30}}wahl(?:en)?\s(?:am\s)?\d{{1,2}}\.\s?(?:\d{{1,2}}\.|{MONTHS})\s?\d{{4}}$"
)
SENTENCE_ENDED = re.compile(r"[.!?…:;][“”\"»«')\]]*$")
ASSOCIATION = re.compile(r",?\s*\be\.\s?V\.$")
SENTENCE_END = re.compile(r"[.…:;,][“”\"»«')\]]*$")
LIVE_INLINE = re.compile(r"([`\[\]]|(?<!\w)[*_]|[*_](?!\w)|\\)")
TAG_START = re.compile(r"<(?=[A-Za-z/!?])")
ENTITY_START = re.compile(r"&(?=#?\w{1,32};)")
LIVE_LINE = re.compile(
    r"^(?:(#{1,6}(?=\s|$)|>|[-+](?=\s)|={2,}|-{2,}|~{3,}|\|)|(\d{1,9})([.)](?=\s)))"
)
NO_HEADING = re.compile(
    rf"^(?:Sehr geehrte|Liebe[rs]?\s.*(?:innen|en|er|e)$|Guten (?:Tag|Morgen|Abend)|Meine (?:sehr )?(?:verehrten |geehrten )?Damen|Mit (?:freundlichen|besten|herzlichen|kollegialen)|"
    rf"(?:Herzliche|Freundliche|Beste|Viele) Grüße|Ihre?\s+[A-ZÄÖÜ]\w+$|gez\.|i\.\s?A\.|An (?:den|die|das)\b|Herrn?\s|Frau\s|z\.\s?Hd|Datum\b|Telefon|Tel\.|E-Mail|www\.|https?:|"
    rf"\d{{1,2}}\.\s*(?:\d{{1,2}}\.(?:\s?(?:\d{{4}}|\d{{2}})\b|\s*(?:$|[,:|–-]))|{MONTHS})|.{{0,60}}\b\d{{1,2}}\.\s?(?:\d{{1,2}}\.\s?\d{{4}}|(?:{MONTHS})\s\d{{4}})$|.*\b\d{{5}}\s[A-ZÄÖÜ]|Seite \d|Es gilt das gesprochene Wort|Foto:|Quelle:|Von:\s|Anlagen?:?\s|PS\b|P\.S\.)"
)
LABEL = re.compile(
    r"^(?:Begründung|Sachverhalt|Sachdarstellung|Beschluss(?:vorschlag|entwurf|text)?|Antrag(?:stext)?|Hintergrund|Finanzielle Auswirkungen|Finanzierung|"
    r"Ausgangslage|Zielsetzung|Ziel|Problem|Lösung|Fazit|Vorbemerkung|Erläuterung(?:en)?|Forderung(?:en)?|Einleitung|Präambel|Vorwort|Unsere (?:Ziele|Forderungen|Positionen|Schwerpunkte|Themen))\s*:?$",
    re.IGNORECASE,
)
SUBJECT = re.compile(r"^(?:Betreff|Betr\.|Betrifft|Thema|Titel)\s*:\s*(?=\S)", re.IGNORECASE)
SPEECH = re.compile(
    r"(?:(?:Haushalts|Etat|Neujahrs|Grundsatz|Antritts)rede|Rede(?:beitrag)?|Stellungnahme)\b(?!:)"
)
MOTION = re.compile(
    r"^(?:(?:gemeinsamer?|interfraktioneller|dringlichkeits|eil|änderungs|prüf|haushalts|begleit|leit|initiativ)?-?\s?(?:antrag|anfrage)|resolution)\b",
    re.IGNORECASE,
)
DOCUMENT_WORD = re.compile(
    r"programm|wahl(?:en)?\b|wahlaufruf|antrag|anfrage|haushaltsrede|etatrede|\brede\b|pressemitteilung|leitlinien|eckpunkte|positionspapier|resolution|agenda|manifest|\bziele für\b|\bpunkte\b|plan für",
    re.IGNORECASE,
)
# A line that names a body (a party, a group, an association) is whose text it is, not what it is called.
BODY_NAME = re.compile(
    r"verband\b|verein\b|fraktion\b|partei\b|gruppe\b|liste\b|wähler|bund\b|\bunion\b|e\.\s?V\.|unterbezirk|\b(?:SPD|CDU|CSU|FDP|AfD|Volt|BSW|ÖDP|DKP|UWG|FWG|FW)\b|\bGRÜNE|\bGrünen?\b|\bLINKE\b|\bLinke\b",
)
FRONT_OR_BACK = re.compile(
    r"^(?:vorwort|einleitung|präambel|grußwort|einführung|vorbemerkung(?:en)?|schlusswort|schluss|fazit|ausblick|zum schluss|impressum|kontakt|nachwort|anhang|glossar|"
    r"unsere kandidat.*|kandidat.*|unser team|ihre kandidat.*|zusammenfassung|liebe .*|das sind wir|wer wir sind|danke?)\b",
    re.IGNORECASE,
)
LEAD_VERB = re.compile(
    r"\b(?:wir|uns|unser\w*|sie|fordern|wollen|beschließen|beantragen|möge|dafür|dazu|daher|deshalb|folgende\w*|heißt|bedeutet|nämlich|insbesondere)\b",
    re.IGNORECASE,
)


def outline(text: Text) -> Outline:
    """The title of a document and its sections in reading order."""
    blocks = _joined_captions(list(text.blocks))
    blocks = _titled(_uncovered(_headings(blocks)))
    levels = _levels(blocks)
    title_at = _title_at(blocks, levels)
    title = blocks[title_at].text if title_at is not None else None
    if title is None and levels:
        first = min(levels)
        alone = levels[first] == 1 and list(levels.values()).count(1) == 1
        if _is_first_text(blocks, first) and alone and not FRONT_OR_BACK.match(blocks[first].text):
            title = blocks[first].text
    sections, left_out = _sections(blocks, levels, title_at)
    told = {id(block.text) for block in blocks if block.kind == "meta" and block.marker != "cover"}
    covers = sum(id(words) not in told for words in left_out)
    return Outline(title, sections, tuple(left_out), {"cover-line": covers} if covers else {})


def passages(text: str, title: str = "", page: int | None = None) -> tuple[Passage, ...]:
    """The blocks inside a section's Markdown, as they were when it was made."""
    found: list[Passage] = []
    lead_in, at = _title_lead_in(title), 0
    for line in text.split("\n"):
        start, end = at, at + len(line)
        at = end + 1
        item = re.match(r"( *)- ", line)
        if not line.strip():
            continue
        if item:
            found.append(
                Passage("item", start + item.end(), end, page, 1 + len(item[1]) // 2, lead_in)
            )
        elif line.startswith("|"):
            found.append(Passage("table", start, end, page))
        else:
            found.append(Passage("paragraph", start, end, page))
            lead_in = line if line.rstrip().endswith(":") else ""
    return tuple(found)


def escaped(words: str) -> str:
    """Plain words as Markdown in which nothing is live; a star inside a word (Bürger*innen) stays as it is."""
    words = ENTITY_START.sub("&amp;", TAG_START.sub("&lt;", words))
    words = LIVE_INLINE.sub(r"\\\1", words)
    line = LIVE_LINE.match(words)
    if line and line[1]:
        return "\\" + words
    if line and line[2]:
        return f"{line[2]}\\{line[3]}{words[line.end() :]}"
    return words


def _joined_captions(blocks: list[Block]) -> list[Block]:
    """Empty marks of pictures and pages have done their work in repair."""
    return [block for block in blocks if block.text]


def _headings(blocks: list[Block]) -> list[Block]:
    """Paragraphs that are headings by their form become headings."""
    marked = sum(
        block.kind == "heading" and block.marker != "title" and not _is_motion_number(block.marker)
        for block in blocks
    )
    blocks = _without_labels(blocks)
    out = list(blocks)
    body = [at for at, block in enumerate(blocks) if block.kind not in ("meta", "caption")]
    labels = Counter(found[1] for block in blocks if (found := VALUE.match(block.text)))
    following = dict(itertools.pairwise(body))
    for at in reversed(body):  # from below: a heading above a heading has text under it, too
        block, after = blocks[at], following.get(at)
        if block.kind != "paragraph" or after is None:
            continue
        if not block.bold and (found := VALUE.match(block.text)) and labels[found[1]] > 1:
            continue  # "Beruf: …", of each candidate
        if at in body[1:4] and ELECTION.search(block.text) and not block.bold:
            continue  # below the title, the election it was written for
        if _is_heading(blocks, out, at, after, marked > 0):
            words = block.text.rstrip(": ") if LABEL.match(block.text) or block.bold else block.text
            lead_in = not block.bold and not marked_number(block.text) and out[after].kind == "item"
            lead_in = lead_in and not LABEL.match(block.text)
            out[at] = replace(
                block, kind="heading", level=None, text=words, marker="lead-in" if lead_in else ""
            )
    return _numbered_items(out)


def _without_labels(blocks: list[Block]) -> list[Block]:
    """A line in the type of a heading that names an association or an election, and heads no text, is none."""
    out = list(blocks)
    for at, block in enumerate(blocks):
        if block.kind != "heading" or block.marker == "title":
            continue
        if ASSOCIATION.search(block.text) or ELECTION_DAY.match(block.text):
            below = next((b for b in blocks[at + 1 :] if b.kind not in ("meta", "caption")), None)
            if below is None or below.kind == "heading":
                out[at] = replace(block, kind="meta", level=None, marker="cover")
    return out


def marked_number(words: str) -> bool:
    """Does a line begin with a chapter's number?"""
    return bool(NUMBER.match(words) or CHAPTER_WORD.match(words))


def _is_motion_number(marker: str) -> bool:
    return bool(re.fullmatch(r"[A-ZÄÖÜ]{1,3}-?\d{1,4}[A-Za-z]?(?:-\d{1,3})?", marker))


def _is_heading(
    blocks: list[Block], out: list[Block], at: int, after: int, has_marked: bool
) -> bool:
    block, following = blocks[at], out[after]
    words = block.text
    if LABEL.match(words) and following.kind in ("paragraph", "item"):
        return True
    if block.marker == "named":  # by a contents list
        return following.kind in ("paragraph", "item", "heading", "table")
    if not _could_be_heading(words, bold=bool(block.bold)):
        return False
    if not block.bold and following.kind != "item" and UNFINISHED.search(words):
        return False  # "Wir stehen für" stands above a list
    if block.bold:
        if words.endswith(".") and following.bold:
            return False  # a slogan of several sentences
        return following.kind in ("paragraph", "item", "heading", "table") and not _is_cover(
            blocks, at
        )
    if SUBJECT.match(words) or (MOTION.match(words) and at < 12 and not has_marked):
        return True
    if following.kind == "item" and len(words.split()) <= 8 and not END.search(words):
        return True
    number = NUMBER.match(words)
    if CHAPTER_WORD.match(words):
        return True
    if number:
        return not has_marked or number["dot"] == "." or "." in (number["arabic"] or "")
    if has_marked:
        return False
    if following.kind == "heading":
        # Two short lines, one above the other: both head the text where their forms differ or the text
        # has begun; on a cover they are lines of it.
        begun = any(len(block.text) > 160 and block.kind == "paragraph" for block in blocks[:at])
        if begun and len(words.split()) <= 10 and not END.search(words):
            before = next(b for b in reversed(blocks[:at]) if b.kind not in ("meta", "caption"))
            return before.kind == "item" or bool(END.search(before.text))
        return words.isupper() and not following.text.isupper() and at > 0
    return following.kind in ("paragraph", "table") and (
        len(following.text) > 1.5 * len(words) or _is_short_sentence(words, following.text)
    )


def _is_short_sentence(words: str, below: str) -> bool:
    return len(words.split()) <= 6 and bool(END.search(below)) and len(below.split()) >= 3


def _could_be_heading(words: str, *, bold: bool = False) -> bool:
    if (
        len(words) > 130
        or len(words.split()) > 16
        or words[:1].islower()
        or NO_HEADING.match(words)
    ):
        return False
    if not re.search(r"[^\W\d_]{2}", words) or NOTED.search(words):
        return False
    if not bold and SIGNED.match(words):
        return False
    if words.endswith(("?", "!")):
        return len(words.split()) <= (12 if bold else 9)
    if words.endswith("."):
        return bold and len(words.split()) <= 6
    if words.endswith(":"):
        return bold and len(words.split()) <= 6 and not LEAD_VERB.search(words)
    return not SENTENCE_END.search(words)


def _numbered_items(blocks: list[Block]) -> list[Block]:
    """Numbered lines in a row with no text under any of them are the items of a list."""
    out = list(blocks)
    at = 0
    while at < len(out):
        run = at
        while run < len(out) and _is_bare_number(out[run]):
            run += 1
        # The last one may be a heading after all: it has text below it.
        below = next((block for block in out[run:] if block.kind not in ("meta", "caption")), None)
        if run - at >= 3 and (below is None or below.kind == "heading"):
            for place in range(at, run):
                found = NUMBER.match(out[place].text)
                words = out[place].text[found.end() :] if found else out[place].text
                out[place] = replace(out[place], kind="item", text=words, level=1, marker="1.")
        at = max(run, at + 1)
    return out


def _is_bare_number(block: Block) -> bool:
    found = NUMBER.match(block.text)
    return (
        block.kind == "heading"
        and block.level is None
        and not block.bold
        and bool(found)
        and "." not in ((found and found["arabic"]) or "")
    )


def _is_cover(blocks: list[Block], at: int) -> bool:
    """Short lines before the first heading or long paragraph."""
    for block in blocks[:at]:
        if block.kind in ("heading", "item") or len(block.text) > 120:
            return False
    following = next((b for b in blocks[at + 1 :] if b.kind not in ("meta", "caption")), None)
    return (
        following is None
        or following.kind == "heading"
        or (len(following.text) <= 120 and following.kind != "item")
        or at == 0
    )


def _uncovered(blocks: list[Block]) -> list[Block]:
    """Of the lines of a printed cover, each set as a heading, one is the title and the others are none.

    The title is the one that is set highest; a single word (a town, a party) is not where another line says more.
    A line with nothing below it but a higher heading heads nothing.
    """
    texts = [at for at, block in enumerate(blocks) if block.kind not in ("meta", "caption")]
    run = list(
        itertools.takewhile(
            lambda at: (
                blocks[at].kind == "heading"
                and blocks[at].level is not None
                and blocks[at].marker in ("", "title")
            ),
            texts,
        )
    )
    cover = [at for at in run if not marked_number(blocks[at].text)]
    if len(run) < 3 or len(cover) < 3 or len(cover) == len(run) == len(texts):
        return blocks
    cover = cover if len(cover) < len(run) else cover[:-1]  # the last has the text below it
    if any(FRONT_OR_BACK.match(blocks[at].text) for at in cover):
        return blocks
    title = min(cover, key=lambda at: (_height(blocks[at]), at))
    if len(blocks[title].text.split()) == 1:
        told = [
            at
            for at in cover
            if len(blocks[at].text.split()) > 1 and not DOCUMENT_WORD.search(blocks[at].text)
        ]
        title = min(told or cover, key=lambda at: (_height(blocks[at]), at))
    out = list(blocks)
    for at, below in itertools.pairwise(run):
        if at == title or at not in cover:
            continue
        if at < title or _height(blocks[at]) > _height(blocks[below]):
            out[at] = replace(blocks[at], kind="meta", level=None)
    if out == blocks:
        return blocks
    out[title] = replace(blocks[title], level=0, marker="title")
    return out


def _height(block: Block) -> int:
    return 9 if block.level is None else block.level


def _titled(blocks: list[Block]) -> list[Block]:
    """In a text without marked headings, the line of its cover that it is called by becomes its title."""
    if any(
        block.kind == "heading" and (block.level is not None or block.marker == "title")
        for block in blocks
    ):
        return _subtitled(blocks)
    cover, first = _cover(blocks)
    lines = [at for at in cover if not NO_HEADING.match(blocks[at].text)]
    named = [at for at in lines if SUBJECT.match(blocks[at].text)] or [
        at for at in lines if MOTION.match(blocks[at].text) or SPEECH.match(blocks[at].text)
    ]
    slogans = [
        at
        for at in lines
        if not (BODY_NAME.search(blocks[at].text) and not DOCUMENT_WORD.search(blocks[at].text))
    ]
    others = sum(block.kind == "heading" for block in blocks[first:]) if first is not None else 0
    chosen = next(iter(named or (slogans if others else [])), None)
    if chosen is None and first is not None and others > 1 and _names_the_whole(blocks, first):
        # A headline with the text of its own below it: the others are parts of that text.
        out = list(blocks)
        out[first] = replace(blocks[first], level=1, text=SUBJECT.sub("", blocks[first].text))
        return out
    if chosen is None:
        return blocks
    out = list(blocks)
    words = SUBJECT.sub("", blocks[chosen].text)
    alone = others == 0 or (others == 1 and blocks[chosen].kind == "heading")
    out[chosen] = replace(
        blocks[chosen],
        kind="heading",
        level=1 if alone else 0,
        text=words,
        marker="" if alone else "title",
    )
    return out


def _cover(blocks: list[Block]) -> tuple[list[int], int | None]:
    """The short lines on top of a text, and the first heading of its body."""
    cover: list[int] = []
    for at, block in enumerate(blocks):
        words = block.text
        if block.kind in ("meta", "caption"):
            continue
        if block.kind == "heading":
            names = SUBJECT.match(words) or MOTION.match(words)
            covering = not cover and DOCUMENT_WORD.search(words) and _is_above_cover(blocks, at)
            if not names and not covering:
                return cover, at
        elif (
            block.kind != "paragraph"
            or len(words) > 130
            or len(words.split()) > 16
            or (_is_sentence(words) and len(words.split()) > 6)
            or words.endswith((":", ","))
        ):
            later = next((n for n in range(at, len(blocks)) if blocks[n].kind == "heading"), None)
            return cover, later
        cover.append(at)
    return [], None


def _is_sentence(words: str) -> bool:
    return bool(SENTENCE_END.search(words)) and not words.endswith(("e.V.", "e. V."))


def _is_above_cover(blocks: list[Block], at: int) -> bool:
    """Does a line stand above others of a cover: no sentence follows it?"""
    below = next((b for b in blocks[at + 1 :] if b.kind not in ("meta", "caption")), None)
    return below is not None and not END.search(below.text) and len(below.text) < 160


def _names_the_whole(blocks: list[Block], first: int) -> bool:
    words = blocks[first].text
    if FRONT_OR_BACK.match(words) or LABEL.match(words) or marked_number(words):
        return False
    before = [block for block in blocks[:first] if block.kind not in ("meta", "caption")]
    if any(len(block.text.split()) > 8 for block in before):
        return False
    dated = any(block.kind == "meta" for block in blocks[: first + 2])
    return bool(DOCUMENT_WORD.search(words)) or len(words.split()) >= (4 if dated else 6)


def _subtitled(blocks: list[Block]) -> list[Block]:
    """A marked heading below the title that only says what kind of text this is belongs to the cover."""
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    if len(headings) < 4:
        return blocks
    first, second, third = headings[:3]
    words = blocks[second].text
    short = all(
        len(block.text.split()) <= 14 and not SENTENCE_END.search(block.text)
        for block in [*blocks[first + 1 : second], *blocks[second + 1 : third]]
        if block.kind not in ("meta", "caption")
    )
    if (
        short
        and DOCUMENT_WORD.search(words)
        and re.search(r"\b(?:19|20)\d\d\b", words)
        and not marked_number(words)
    ):
        out = list(blocks)
        out[second] = replace(blocks[second], kind="meta", level=None, marker="cover")
        return out
    return blocks


def _levels(blocks: list[Block]) -> dict[int, int]:
    """The level of each heading, by its place: 1 chapter, 2 below it, and so on."""
    headings = [at for at, block in enumerate(blocks) if block.kind == "heading"]
    depth = _depths(blocks, headings)
    chapters = [at for at in headings if depth[at] == 1]
    numbered = len(chapters) >= 2
    sources = {blocks[at].level for at in chapters} if numbered else set()
    contradicting = numbered and len(sources) > 1
    if numbered and not contradicting and _are_parts(blocks, headings, chapters):
        depth, numbered = dict.fromkeys(headings, 0), False
    beside = _between_chapters(blocks, headings, depth) if numbered else set()
    ranks = _ranks(blocks, headings, depth, numbered)
    told = {blocks[at].level or 1 for at in headings if blocks[at].level is not None}
    steps = {level: step for step, level in enumerate(sorted(told | {1}))}
    levels: dict[int, int] = {}
    last = above = 0
    for at in headings:
        block = blocks[at]
        if block.marker == "lead-in":
            levels[at] = 2 if last <= 1 and above <= 1 and last else max(last, 1)
            if last and last == above:
                levels[at] = last + 1
            continue
        if block.marker == "title" and block.level == 0:
            levels[at] = last = above = 1
            continue
        if depth[at] and (numbered or depth[at] > 1):
            level = depth[at]
        elif numbered and (at > chapters[0] or (block.level is not None and not contradicting)):
            if FRONT_OR_BACK.match(block.text) and (contradicting or block.level is None):
                level = 1
            elif contradicting or block.level is None or (at > chapters[0] and at in beside):
                level = _numbered_above(at, headings, depth) + 1
            else:
                level = max(1, steps[block.level] - steps[min(s or 1 for s in sources)] + 1)
        else:
            level = ranks[at]
        level = min(level, last + 1)
        levels[at] = last = above = level
    return levels


def _between_chapters(blocks: list[Block], headings: list[int], depth: dict[int, int]) -> set[int]:
    """Headings without numbers that the source sets as high as the numbered chapters they stand between."""
    chapters = [at for at in headings if depth[at] == 1]
    found = {
        at
        for at in headings
        if not depth[at]
        and blocks[at].level == blocks[chapters[0]].level
        and blocks[at].marker not in ("title", "lead-in")
        and not FRONT_OR_BACK.match(blocks[at].text)
    }
    return found if any(chapters[0] < at < chapters[-1] for at in found) else set()


def _are_parts(blocks: list[Block], headings: list[int], chapters: list[int]) -> bool:
    """Whether the numbered headings count inside chapters without numbers: larger ones stand before and between."""
    level = blocks[chapters[0]].level
    if level is None:
        return False
    above = [
        at
        for at in headings
        if (blocks[at].level or level) < level
        and at not in chapters
        and not FRONT_OR_BACK.match(blocks[at].text)
    ]
    return any(at < chapters[0] for at in above) and any(at > chapters[0] for at in above)


def _numbered_above(at: int, headings: list[int], depth: dict[int, int]) -> int:
    """How deep the numbered heading stands under which this one falls."""
    return next((depth[other] for other in reversed(headings) if other < at and depth[other]), 1)


def _ranks(
    blocks: list[Block], headings: list[int], depth: dict[int, int], numbered: bool
) -> dict[int, int]:
    """Levels of headings without numbers: what the source says, then size, then capitals."""
    own = [
        at
        for at in headings
        if blocks[at].marker not in ("lead-in", "title") and not (numbered and depth[at])
    ]
    plain = [at for at in own if blocks[at].level is None]
    capitals = sum(blocks[at].text.isupper() for at in plain)
    divided = 2 <= capitals <= 0.6 * len(plain) and bool(plain) and blocks[plain[0]].text.isupper()
    sizes = {round(blocks[at].size or 0) for at in plain}

    def style(at: int) -> tuple[int, int, int]:
        block = blocks[at]
        if block.level is not None:
            return (block.level, 0, 0)
        size = -round(block.size or 0) if len(sizes) > 1 else 0
        return (9, size, int(not block.text.isupper()) if divided else 0)

    styles = sorted({style(at) for at in own})
    return {at: styles.index(style(at)) + 1 if at in own else 1 for at in headings}


def _depths(blocks: list[Block], headings: list[int]) -> dict[int, int]:
    """How deep a chapter number says each heading is: "2." 1, "2.1" 2; 0 without a number.

    Of two kinds of numbers (I. and 1., A. and 1., Teil and Kapitel) the one that comes first is above.
    """
    kinds: dict[int, tuple[str, int, int]] = {}  # place → kind, number, dots
    for at in headings:
        if (told := _number_of(blocks[at].text)) is not None:
            kinds[at] = told
    valid = {
        kind
        for kind in {kind for kind, _, _ in kinds.values()}
        if _is_sequence(kinds, kind, blocks)
    }
    order: list[str] = []
    for at in headings:
        if at in kinds and kinds[at][0] in valid and kinds[at][0] not in order and not kinds[at][2]:
            order.append(kinds[at][0])
    depths: dict[int, int] = {}
    for at in headings:
        kind, _number, dots = kinds.get(at, ("", 0, 0))
        if kind not in valid:
            depths[at] = dots + 1 if dots else 0
        elif kind in order:
            depths[at] = order.index(kind) + 1 + dots
        else:
            depths[at] = 1 + dots
    return depths


def _number_of(words: str) -> tuple[str, int, int] | None:
    if found := CHAPTER_WORD.match(words):
        return found["word"].lower(), 0, 0
    found = NUMBER.match(words)
    if not found:
        return None
    if found["roman"]:
        return "roman", _roman(found["roman"]), 0
    if found["letter"]:
        return "letter", ord(found["letter"]) - 64, 0
    parts = found["arabic"].split(".")
    kind = "arabic" if found["dot"] or len(parts) > 1 else "bare"
    return kind, int(parts[0]), len(parts) - 1


def _roman(sign: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in sign]
    return sum(-v if v < max(values[at:]) else v for at, v in enumerate(values))


def _is_sequence(kinds: dict[int, tuple[str, int, int]], kind: str, blocks: list[Block]) -> bool:
    """Do the numbers of a kind count chapters? "5 Punkte für unsere Stadt" alone does not."""
    numbers = [
        number for at, (other, number, dots) in sorted(kinds.items()) if other == kind and not dots
    ]
    if kind not in ("arabic", "bare", "roman", "letter"):
        return True
    if not numbers:
        return kind == "arabic"
    if len(numbers) == 1:
        return kind == "arabic"
    steps = sum(b in (a + 1, 1) for a, b in itertools.pairwise(numbers))
    return steps >= 0.6 * (len(numbers) - 1)


def _title_at(blocks: list[Block], levels: dict[int, int]) -> int | None:
    """The heading that is the document's title and no chapter: the first, with nothing of its own below it."""
    explicit = next((at for at in sorted(levels) if blocks[at].marker == "title"), None)
    if explicit is not None and len(levels) > 1:
        return explicit
    if len(levels) < 2:
        return None
    first, second = sorted(levels)[:2]
    words = blocks[first].text
    if marked_number(words) or not _is_first_text(blocks, first) or FRONT_OR_BACK.match(words):
        return None
    between = [block for block in blocks[first + 1 : second] if block.kind != "meta"]
    if (
        all(
            block.kind in ("paragraph", "caption")
            and len(block.text.split()) <= 14
            and (not END.search(block.text) or block.bold)
            for block in between
        )
        and blocks[second].marker != "lead-in"
    ):
        return first
    return None


def _is_first_text(blocks: list[Block], at: int) -> bool:
    return all(
        block.kind in ("meta", "caption")
        or (len(block.text.split()) <= 8 and not SENTENCE_END.search(block.text))
        for block in blocks[:at]
    )


def _sections(
    blocks: list[Block], levels: dict[int, int], title_at: int | None
) -> tuple[tuple[Section, ...], list[str]]:
    """The sections, and the texts that stand in none: metadata, and the lines of the cover."""
    left_out: list[str] = []
    shift = (
        1
        if title_at is not None
        and levels[title_at] < min((lv for at, lv in levels.items() if at != title_at), default=9)
        else 0
    )
    cover_end = (
        min((at for at in levels if at != title_at), default=0) if title_at is not None else 0
    )
    sections: list[Section] = []
    stack: list[tuple[int, int]] = []  # (level, id) of the headings above
    current: list[Block] = []
    heading: Block | None = None
    level = 0

    def close() -> None:
        body = [block for block in current if block.kind != "meta"]
        if heading is None and not body:
            return
        text, found = _markdown(body, heading.text if heading else "")
        number = len(sections)
        while stack and stack[-1][0] >= max(level, 1):
            stack.pop()
        parent = stack[-1][1] if stack and level else None
        page = heading.page if heading else next((block.page for block in body if block.page), None)
        sections.append(
            Section(number, parent, level, heading.text if heading else "", text, page, found)
        )
        if level:
            stack.append((level, number))

    for at, block in enumerate(blocks):
        if at == title_at:
            continue
        if block.kind == "meta" and block.marker != "cover":
            left_out.append(block.text)
        elif at in levels:
            close()
            heading, current = block, []
            level = max(levels[at] - shift, 1)
        elif (block.marker == "cover" or at < cover_end) and _is_cover_line(block.text):
            left_out.append(block.text)  # known of the text (`about` reads it), not text
        elif block.kind == "meta":
            current.append(replace(block, kind="paragraph"))
        else:
            current.append(block)
    close()
    return tuple(sections), left_out


def _is_cover_line(words: str) -> bool:
    """Whether a line says no more than whose text it is, of what kind, for what place and election.

    A slogan says more, and so does a sentence: whatever is not sure to be a label stays text.
    """
    words = ASSOCIATION.sub("", words)
    parts = words.split()
    if len(parts) > 14 or SENTENCE_ENDED.search(words):
        return False
    if len(parts) <= 2 and (words.isupper() or (len(parts) == 1 and words[:1].isupper())):
        return True  # TALHAUSEN, 2026 – 2031
    if ":" in words:
        return False
    named = DOCUMENT_WORD.search(words) and re.search(r"\b(?:19|20)\d\d\b|[Ww]ahl", words)
    body = (BODY_NAME.search(words) or BODY_NAME.search(words.lower())) and len(parts) <= 5
    body = body and not {"zum", "zur", "für", "unser", "unsere", "mit"}.intersection(parts)
    return bool(named or body) and all(
        part[:1].isupper() or not part[:1].isalpha() or part in SMALL_WORDS for part in parts
    )


def _markdown(blocks: list[Block], title: str) -> tuple[str, tuple[Passage, ...]]:
    parts: list[str] = []
    found: list[Passage] = []
    at = 0
    lead_in = _title_lead_in(title)
    before: Block | None = None
    for block in blocks:
        if before is not None:
            gap = "\n" if before.kind == block.kind and block.kind in ("item", "table") else "\n\n"
            parts.append(gap)
            at += len(gap)
        indent = ""
        depth = 0
        if block.kind == "item":
            depth = max(block.level or 1, 1)
            if before is None or before.kind != "item":
                depth = 1
            indent = "  " * (depth - 1) + "- "
        words = _table(block.text) if block.kind == "table" else escaped(block.text)
        parts.append(indent + words)
        start = at + len(indent)
        found.append(
            Passage(
                block.kind,
                start,
                start + len(words),
                block.page,
                depth,
                lead_in if block.kind == "item" else "",
            )
        )
        at = start + len(words)
        if block.kind != "item":
            lead_in = block.text if block.text.endswith(":") else ""
        before = block
    return "".join(parts), tuple(found)


def _table(lines: str) -> str:
    """A pipe table with the line of dashes that Markdown wants, its cells dead text."""
    rows = [
        "| "
        + " | ".join(
            escaped(cell.strip()) for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))
        )
        + " |"
        for row in lines.split("\n")
    ]
    width = rows[0].count(" | ") + 1
    return "\n".join([rows[0], "|" + " --- |" * width, *rows[1:]])


def _title_lead_in(title: str) -> str:
    """A heading stands before its list: the first items complete it."""
    return title
