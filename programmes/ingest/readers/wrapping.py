"""Hard-wrapped lines: where does a paragraph end, and which lines between two of them are a heading?

Exports of PDF files keep no empty line there. What tells is whether the next word would still have fitted,
how the line ends, and what begins below it. Widths are counted in letters, or in the usual widths of printed
letters where the lines are better told so; there is some play in both.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from dataclasses import dataclass

FULL_STOP = re.compile(r"[.!?…][“”\"»«')\]]*\d{0,2}$")
ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:ggf|bzw|inkl|exkl|zzgl|mind|max|min|insb|ca|evtl|sog|vgl|z\.\s?B|u\.\s?a|d\.\s?h|v\.\s?a|o\.\s?ä|Nr|Dr|Prof|Art|Abs|"
    r"(?:der|die|das|den|dem|zum|zur|am|im|vom|bis)\s\d{1,2})\.$"
)
# No heading and no item ends after these; "im öffentlichen" wants its noun, too.
OPEN_END = re.compile(
    r"(?:[,;–—&/]|\b(?:und|oder|sondern|dass|für|in|von|zur|zum|als|wie|durch|beim|vom|nach|über|unter|sowie|ohne|gegen|"
    r"statt|bis|je|pro|sehr|seit|zwischen|hinter|rund|wir|zu|auf|an|mit|aus|bei|am|im|um|vor|"
    r"(?:(?:in|im|am|vom|beim|zum|zur|für|mit|von|der|die|das|den|dem|des|ein|eine[rmns]?|unser(?:e[rmns]?)?|ihre[rmns]?|kein(?:e[rmns]?)?|"
    r"jede[rmsn]?|diese[rmsn]?)(?:\s(?-i:[a-zäöüß]{3,}(?:e|en|er|es|em)))?)))$",
    re.IGNORECASE,
)
CHAPTER = re.compile(
    r"^(?:\d{1,2}(?:\.\d{1,2}){1,3}\.?|\d{1,2}\.|[IVX]{1,5}\.|[A-H]\.|(?:Kapitel|Teil|Abschnitt)\s+(?:\d{1,2}|[IVX]{1,5}):?)\s+(?=[A-ZÄÖÜ„\"])"
)
DEEP = re.compile(r"^\d{1,2}(?:\.\d{1,2}){1,3}\.?\s")
SURE = 0.05  # of the lines inside paragraphs may end early
HYPHENS = ("-", "\u00ad", "\u2010")
WORDS = 16  # a heading has no more
LINES = 3
# How wide printed letters are, beside the average one; what is not named is as wide as "n".
LETTERS = {
    letter: wide
    for letters, wide in (
        ("ijl'|", 0.45),
        ("ft.,:;!/ I\u00a0", 0.56),
        ('r()-[]"„“', 0.68),
        ("sckvxyzJ", 1.0),
        ("ABEKPSVXYÄ", 1.34),
        ("CDHNRUGOQÖÜ", 1.45),
        ("wm", 1.55),
        ("MW", 1.8),
    )
    for letter in letters
}
USUAL_LETTER = 1.12
LONGEST_LINE = 400  # that is measured by its letters


@dataclass(frozen=True, slots=True)
class Ruler:
    """How wide the lines of a text are at most, and how that is measured.

    `sure`: nearly no line ends early inside a paragraph, measured so.
    """

    width: float
    printed: bool = False
    sure: bool = False

    def of(self, words: str) -> float:
        if not self.printed or len(words) > LONGEST_LINE:
            return float(len(words))
        return sum(LETTERS.get(letter, USUAL_LETTER) for letter in words)


def ruler(pairs: Iterable[tuple[str, str]], width: int) -> Ruler:
    """The better measure of lines that are followed by others; `width` is how many letters most have at most."""
    pairs = [(one, other) for one, other in pairs if len(one) <= LONGEST_LINE]
    inside = [
        (one, other.split(maxsplit=1)[0])
        for one, other in pairs
        if other[:1].islower() and not one.endswith(HYPHENS)
    ]
    if len(inside) < 20:
        return Ruler(width)
    found = []
    for measure in (Ruler(width), Ruler(width, printed=True)):
        extents = sorted(measure.of(one) for one, _ in pairs)
        widest = extents[int(0.95 * (len(extents) - 1))] if measure.printed else float(width)
        early = sum(measure.of(f"{one} {word}") <= 0.96 * widest for one, word in inside)
        found.append((early / len(inside), widest, measure.printed))
    letters, printed = found
    share, widest, by_print = printed if printed[0] < 0.7 * letters[0] else letters
    return Ruler(widest, by_print, share < SURE)


def paragraphs(lines: list[str], ruler: Ruler, *, on_top: bool = False) -> list[list[str]]:
    """The lines of each paragraph or heading, in order; `on_top` of a document a title stands alone."""
    lines = [line.strip() for line in lines]
    cuts: set[int] = set()  # a paragraph begins at these lines
    start = 0
    for at in range(len(lines) - 1):
        line, below = lines[at], lines[at + 1]
        if is_cut(line, below, ruler):
            cuts.add(at + 1)
            start = at + 1
            continue
        # The first line of a paragraph is full; one inside may end early before a long word.
        share = 1.0 if at == start else 1.0 if ruler.sure else 0.9
        if _goes_on(line, below) or not ended_early(line, below, ruler, share):
            continue
        if OPEN_END.search(line):
            continue
        # A line with room left that ends no sentence: the heading, or the last line of it.
        first = next((n + 1 for n in range(at - 1, start - 1, -1) if is_stopped(lines[n])), start)
        if at - first < LINES and _is_heading(lines[first : at + 1]):
            cuts |= {first, at + 1}
            start = at + 1
        elif ruler.of(line) < 0.5 * ruler.width:
            cuts.add(at + 1)
            start = at + 1
    places = sorted(cuts | {0, len(lines)})
    parts = [lines[a:b] for a, b in itertools.pairwise(places) if a < b]
    if on_top and len(parts) > 1 and not OPEN_END.search(parts[0][-1]):
        return [parts[0], *_rejoined(parts[1:], ruler)]
    return _rejoined(parts, ruler)


def _rejoined(parts: list[list[str]], ruler: Ruler) -> list[list[str]]:
    """A heading in large type is broken before the width of the text: its lines belong together."""
    out: list[list[str]] = []
    for at, part in enumerate(parts):
        text_below = at + 1 < len(parts) and ruler.of(" ".join(parts[at + 1])) > ruler.width
        if (
            out
            and text_below
            and len(part) == 1
            and len(out[-1]) <= 2
            and not CHAPTER.match(part[0])
            and not is_stopped(out[-1][-1])
            and not is_stopped(part[0])
            and out[-1][-1].isupper() == part[0].isupper()
            and (
                OPEN_END.search(out[-1][-1])
                or ruler.of(out[-1][-1]) > 0.85 * ruler.width
                or _wants_a_word(out[-1][-1], part[0])
            )
            and (len(out) < 2 or is_stopped(out[-2][-1]))
        ):
            out[-1] = [*out[-1], *part]
        else:
            out.append(part)
    return out


def _wants_a_word(line: str, below: str) -> bool:
    """ "… Beleuchtung, klare" above "Querungen": a long line that ends small, and a word or two."""
    last = line.split()[-1]
    return len(line) >= 25 and last.islower() and last.isalpha() and len(below.split()) <= 2


def is_broken(line: str, below: str) -> bool:
    """Whether two short lines are one heading that was broken: the next word would not have fitted."""
    room = max(len(line), len(below))
    return bool(OPEN_END.search(line)) or (
        len(line) >= (12 if (line + below).isupper() else 20)
        and line.isupper() == below.isupper()
        and len(line) + 1 + len(below.split()[0]) > room
    )


def is_cut(line: str, below: str, ruler: Ruler) -> bool:
    """Whether a line surely is the last of its paragraph."""
    if _goes_on(line, below):
        return False
    early = ended_early(line, below, ruler)
    stopped = is_stopped(line)
    if CHAPTER.match(below) and (stopped or early or (DEEP.match(below) and CHAPTER.match(line))):
        return not OPEN_END.search(line)
    return (stopped or line.endswith(":")) and early


def ended_early(line: str, below: str, ruler: Ruler, share: float = 1.0) -> bool:
    """Whether the first word of the next line would have fitted, and some play besides.

    `share`: of the width, where lines are known to have less room.
    """
    word = below.split(maxsplit=1)[0] if below.strip() else ""
    width = share * ruler.width
    play = max(1.5, 0.03 * width) if ruler.sure else max(2, 0.05 * width)
    return ruler.of(f"{line} {word}") <= width - play


def _goes_on(line: str, below: str) -> bool:
    if line.endswith(HYPHENS) and not line.endswith(" -"):
        return True
    return below[:1].islower()


def is_stopped(line: str) -> bool:
    """Whether a line ends a sentence, and no abbreviation or ordinal number, or leads a list in."""
    return (bool(FULL_STOP.search(line)) and not ABBREVIATED.search(line)) or line.endswith(":")


def _is_heading(lines: list[str]) -> bool:
    """Whether lines after a finished sentence may be a heading: few words, none of them a sentence's."""
    whole = " ".join(lines)
    words = whole.split()
    if len(words) > WORDS or len(whole) > 130 or not re.match(r"[A-ZÄÖÜ\d„\"»›#…]", whole):
        return False
    return not re.search(r"[.!?]\s+[A-ZÄÖÜ]", re.sub(r"^\S{1,8}\s", "", whole))
