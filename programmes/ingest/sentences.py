"""Where do the sentences of a German text begin and end?

A block (paragraph, list item) is split at full stops, question and exclamation marks that end a
sentence, and not at those of abbreviations, ordinals, dates, initials and Roman numerals. A quotation
of several sentences is split inside, too; a quotation followed by its frame ("…!", sagte er) is not.
"""

from __future__ import annotations

import re

Span = tuple[int, int]

# A run of closing marks, what may close behind it, and white space (a blank line always ends a block).
_CANDIDATE = re.compile(r"(?:(?<![.!?…])[.!?…]++[\"”“»«’')\]]{0,3}(?=\s))|\n[ \t]*\n")
_WORD_BEFORE = re.compile(r"([\w§&/-]+)$")
_OPENING = "\"„“»«‚'’([{–—-"

_ABBREVIATIONS = frozenset(
    """kl abb abs abt allg anm art aufl bd bes betr bez bgm bspw btr bzgl bzw ca cf co d.h dipl div dr ebd ehem
    eigtl einschl entspr etc evtl exkl f ff fr geb gegr ggf ggfs ggü hg hl hr hrsg hrn inkl ing insb insbes jh
    jhd jr kath kfm lfd lt m.e max mdl mind min mio mrd mtl nachm nr o.ä o.g obb od op pkt pos prof rd red stv ziff
    resp s.o sen sog st std stellv str tel tsd u.a u.ä u.s.w u.v.m usf usw v.a verh vgl vol vorm vors wg
    z.b z.t z.zt zb zzgl zzt allgem vmtl zw km/h dgl desgl ggfls gem gez hptst jew lat österr urspr
    evang ev verw b.a m.a phil jur med rer nat habil""".split()
)
# These end a sentence as often as not: they do so before a word that can only begin one.
_MAY_END = frozenset("usw etc u.a u.ä u.v.m o.ä usf dgl uvm ff mio mrd co str uhr".split())
_MONTHS = frozenset(
    """januar jänner februar märz april mai juni juli august september oktober november dezember jan feb
    mrz apr jun jul aug sep sept okt nov dez""".split()
)
# Words that, with a capital, begin a sentence rather than stand inside one.
_STARTERS = frozenset(
    """wir die der das den dem des ein eine einen einem einer dies diese dieser dieses diesen es er sie ich
    man auch aber als an auf aus bei bis da dabei dadurch dafür daher damit danach dann daran darauf
    darum darüber dazu denn deshalb deswegen doch dort durch ebenso für gegen gerade gleichzeitig hier
    hierfür hierzu im in insbesondere ist jede jeder jedes jetzt kein keine mit nach neben nicht noch nun nur ob
    obwohl oder ohne schließlich sein seine seit so sobald soll sollte sowie statt trotz um und unser
    unsere unserer unter viele vom von vor was weil weiter weitere weiterhin welche wenn wer wie wo zu zudem
    zum zur zusätzlich zwischen über allerdings außerdem darüber denen zugleich zwar alle allen
    zuerst nachdem während mehr bisher ziel ihr ihre beim""".split()
)
_ROMAN = re.compile(r"(?:X{0,3})(?:IX|IV|V?I{0,3})")


def split(text: str) -> list[Span]:
    """The sentences of `text` as (start, end) offsets without surrounding white space, in order."""
    spans: list[Span] = []
    start = 0
    for found in _CANDIDATE.finditer(text):
        if found.group().startswith("\n"):
            _add(spans, text, start, found.start())
            start = found.end()
        elif _ends_sentence(text, found.start(), found.end(), start):
            _add(spans, text, start, found.end())
            start = found.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))


def _ends_sentence(text: str, mark: int, end: int, start: int) -> bool:
    following = _following_word(text, end)
    if not following:
        return True
    first = following[0]
    if first.islower():
        return False
    if text[mark] in "!?" or text[mark : mark + 2] in ("..", "…") or text[mark] == "…":
        return True
    before = _WORD_BEFORE.search(text, max(start, mark - 40), mark)
    if before is None:
        return True
    word = before.group(1).lstrip("-/")  # "vom 3.-5. Mai", "in der 3./4. Klasse"
    starts_new = following.lower() in _STARTERS
    if end > mark + 1 and text[end - 1] in '”“"»«':
        return not _is_abbreviation(word, text, before.start(1))
    if word.isdigit():
        return _number_ends(
            word, following, starts_new, text[start : before.start(1)].strip() == ""
        )
    if _is_abbreviation(word, text, before.start(1)):
        return starts_new and _full_abbreviation(word, text, before.start(1)) in _MAY_END
    if len(word) == 1 and word.isalpha():
        return word.islower() and starts_new
    if len(word) <= 5 and _ROMAN.fullmatch(word):
        return starts_new
    return True


def _following_word(text: str, end: int) -> str:
    """The next word behind white space and opening marks, "" at the end of the text."""
    position = end
    while position < len(text) and (text[position].isspace() or text[position] in _OPENING):
        position += 1
    stop = position
    while stop < len(text) and (text[stop].isalnum() or text[stop] in "-/"):
        stop += 1
    return text[position : max(stop, position + 1)]


def _number_ends(word: str, following: str, starts_new: bool, begins_block: bool) -> bool:
    """Whether "30." ends a sentence ("bis 2030. Wir …") or is an ordinal ("am 30. Mai")."""
    if begins_block or following.lower() in _MONTHS:
        return False
    if following[0].isdigit():
        return len(word) == 4
    return starts_new or len(word) > 2


def _full_abbreviation(word: str, text: str, start: int) -> str:
    """The abbreviation with the letters before it: "B" in "z. B." gives "z.b"."""
    whole = word.lower()
    while start >= 2 and text[start - 1] in ". ":
        stop = start - 1
        while stop > 0 and text[stop] in " .":
            stop -= 1
        if "." not in text[stop + 1 : start] or not text[stop].isalpha():
            break
        if stop > 0 and text[stop - 1].isalnum():
            break
        whole = f"{text[stop].lower()}.{whole}"
        start = stop
    return whole


def _is_abbreviation(word: str, text: str, start: int) -> bool:
    whole = _full_abbreviation(word, text, start)
    return whole in _ABBREVIATIONS or (whole != word.lower() and len(word) == 1)
