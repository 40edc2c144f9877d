"""What belongs to the pages and not to the text: running heads and feet, page numbers, line numbers.

Told by repetition (what stands at one height on many pages with the same words, numbers aside) and by what
the writing program itself marked as belonging to the page.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from programmes.ingest.readers.pdf.glyphs import Line
from programmes.ingest.readers.pdf.marks import Area

ZONE = 0.13  # of the page's height, above and below
LONGEST_MARK = 40  # characters of a page number with all its signs; looked at before the pattern
SHORTEST_NOTE = 3  # characters of a word that says something; chapters are numbered with fewer
PAGE_NUMBER = 26.0  # points; a larger one counts chapters
PAGE_MARK = re.compile(
    r"^[-–—|·•~\s]*(?:(?:Seite|S\.|Page|Blatt)\s*)?(\d{1,3})(?:\s*(?:von|of|/|\|)\s*\d{1,3})?[-–—|·•~\s]*$",
    re.IGNORECASE,
)
BESIDE_NUMBER = re.compile(r"^(\d{1,3})\s*[|·•–—/]\s*\D|\D\s*[|·•–—/]\s*(\d{1,3})$")
PAGE_WORD = re.compile(r"\b(?:Seite|Blatt)\s*\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?\b", re.IGNORECASE)
SLUG = re.compile(
    r"\.(?:indd|qxd|qxp|afpub)\b", re.IGNORECASE
)  # left by a layout program at the edge
DIGITS = re.compile(r"\d+")
SENTENCE = re.compile(r"[.!?;:,][“”\"»«')]*$")


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    boxes: tuple[Area, ...] = ()
    pictures: tuple[Area, ...] = ()


def without_furniture(
    pages: list[Page], size: float, repairs: Counter[str], removed: list[str]
) -> list[Page]:
    """The pages without what repeats on them. `size` is that of the running text."""
    pages = _without_line_numbers(pages, repairs)
    pages = _without_tabs(pages, size, repairs, removed)
    pages = _without_running_lines(pages, size, repairs, removed)
    return _without_page_numbers(pages, repairs, removed)


@lru_cache(maxsize=4096)  # several stages compare the same lines of a file
def normalised(text: str) -> str:
    """A title as it is compared: letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", text.lower())


def kept(page: Page, gone: set[int]) -> Page:
    """The page without the lines at some places."""
    if not gone:
        return page
    return replace(page, lines=tuple(line for at, line in enumerate(page.lines) if at not in gone))


def _without_line_numbers(pages: list[Page], repairs: Counter[str]) -> list[Page]:
    """Numbers at the margin that count lines: many to a page, rising downwards, beside the text."""
    found = [_counted(page) for page in pages]
    places = [
        (page.lines[at].x0, page.lines[at].x1)
        for page, own in zip(pages, found, strict=True)
        for at in own
    ]
    if places:  # the last page may have too few to be sure of
        left, right = min(x0 for x0, _ in places) - 2, max(x1 for _, x1 in places) + 2
        for page, own in zip(pages, found, strict=True):
            own |= {
                at
                for at, line in enumerate(page.lines)
                if _is_number(line.text) and left <= line.x0 and line.x1 <= right
            }
    out = []
    for page, gone in zip(pages, found, strict=True):
        repairs["line-number"] += len(gone)
        out.append(_without_glued_numbers(kept(page, gone), repairs))
    return out


def _is_number(text: str) -> bool:
    return text.isdecimal() and len(text) <= 4


def _counted(page: Page) -> set[int]:
    body = [line for line in page.lines if len(line.text) > 12]
    if len(body) < 4:
        return set()
    left = sorted(line.x0 for line in body)[len(body) // 4]
    right = sorted(line.x1 for line in body)[-1]
    gone: set[int] = set()
    for number, side in enumerate(
        (
            [(line, at) for at, line in enumerate(page.lines) if line.x1 <= left + 1],
            [(line, at) for at, line in enumerate(page.lines) if line.x0 >= right - 1],
        )
    ):
        if number and _is_contents(page):
            continue
        beside = sorted((line.y, int(line.text), at) for line, at in side if _is_number(line.text))
        steps = Counter(b[1] - a[1] for a, b in itertools.pairwise(beside)).most_common(1)
        if not steps or steps[0][0] not in (1, 2, 3, 5, 10):
            continue
        sure = steps[0][0] in (5, 10) and all(count % steps[0][0] == 0 for _, count, _ in beside)
        if len(beside) < (2 if sure else 3):
            continue
        if steps[0][0] == 1 and len(beside) < max(6, 0.6 * len(body)):
            continue  # a list or a contents page, where lines are counted that are no text lines
        level = sum(any(abs(y - line.y) < 4 for line in body) for y, _, _ in beside)
        if steps[0][1] >= 0.7 * (len(beside) - 1) and level >= 0.5 * len(beside):
            gone |= {at for _, _, at in beside}
    return gone


def _is_contents(page: Page) -> bool:
    return any(re.match(r"(?:Inhalt|Gliederung)", line.text) for line in page.lines[:12])


def _without_glued_numbers(page: Page, repairs: Counter[str]) -> Page:
    """Line numbers that came as the first word of their lines."""
    body = [line for line in page.lines if len(line.text) > 12]
    glued = []
    for at, line in enumerate(page.lines):
        found = re.match(r"(\d{1,4}) (?=\S)", line.text)
        if found:
            glued.append((line.y, int(found[1]), at, found.end()))
    glued.sort()
    follow = sum(b[1] - a[1] in (1, 5) for a, b in itertools.pairwise(glued))
    if len(glued) < 6 or follow < 0.8 * (len(glued) - 1) or len(glued) < 0.6 * len(body):
        return page
    stripped: dict[int, Line] = {}
    for _, _, at, end in glued:
        line = page.lines[at]
        width = (line.x1 - line.x0) * end / max(len(line.text), 1)
        stripped[at] = replace(line, text=line.text[end:], x0=line.x0 + width)
    repairs["line-number"] += len(stripped)
    lines = [stripped.get(at, line) for at, line in enumerate(page.lines)]
    # The text begins where most lines without a number begin; the number was outside.
    x0 = Counter(round(line.x0) for line in lines).most_common(1)[0][0]
    return replace(
        page,
        lines=tuple(
            replace(line, x0=float(x0)) if abs(line.x0 - x0) < 9 else line for line in lines
        ),
    )


def _without_tabs(
    pages: list[Page], size: float, repairs: Counter[str], removed: list[str]
) -> list[Page]:
    """Chapter tabs: short words or numbers at the outer edge, beside the text, on several pages."""
    found: dict[int, list[int]] = {}
    for index, page in enumerate(pages):
        body = [line for line in page.lines if len(line.text) > 24]
        if len(body) < 3:
            continue
        left = sorted(line.x0 for line in body)[len(body) // 10]
        right = sorted(line.x1 for line in body)[-1 - len(body) // 10]
        found[index] = [
            at
            for at, line in enumerate(page.lines)
            if len(line.text) < 40
            and line.size < 1.3 * size
            and zone(line, page) is None
            and (
                (line.x1 < left - 4 and line.x0 < 0.5 * (left - 4))
                or (line.x0 > right + 4 and page.width - line.x1 < 0.5 * (page.width - right))
            )
            and not _numbers_a_heading(line, page, size)
        ]
    places: Counter[tuple[int, int]] = Counter()
    words: Counter[str] = Counter()
    for index, own in found.items():
        page = pages[index]
        places.update({_edge_place(page.lines[at], page) for at in own})
        words.update({page.lines[at].text for at in own})
    out = list(pages)
    for index, own in found.items():
        page = pages[index]
        told = Counter(normalised(line.text) for line in page.lines) if own else Counter()
        gone = {
            at
            for at in own
            if words[page.lines[at].text] > 1
            # Words that the page says nowhere else are a heading beside its text, or a note on it.
            or (
                places[_edge_place(page.lines[at], page)] > 2
                and (
                    len(page.lines[at].text) <= SHORTEST_NOTE
                    or told[normalised(page.lines[at].text)] > 1
                )
            )
        }
        repairs["running-line"] += len(gone)
        removed += sorted({page.lines[at].text for at in gone} - set(removed))
        out[index] = kept(page, gone)
    return out


def _numbers_a_heading(line: Line, page: Page, size: float) -> bool:
    """Whether a larger or heavier line begins beside it: the number hangs before its chapter."""
    return any(
        other.x0 > line.x1
        and abs(other.y - line.y) < 0.8 * max(other.size, line.size)
        and (other.size > 1.12 * size or other.bold)
        for other in page.lines
    )


def _stands_in_text(line: Line, page: Page) -> bool:
    """Whether words of its size stand close beside it: a number of a justified line."""
    room = 5 * line.size
    beside = [
        other
        for other in page.lines
        if other is not line and abs(other.y - line.y) < 1 and abs(other.size - line.size) < 0.6
    ]
    before = any(-1 < line.x0 - other.x1 < room for other in beside)
    after = any(-1 < other.x0 - line.x1 < room for other in beside)
    return before or after


def _edge_place(line: Line, page: Page) -> tuple[int, int]:
    """How far from the nearer edge, coarsely, and the size: what tabs have in common."""
    return round(min(line.x0, page.width - line.x1) / 8), round(line.size * 2)


def _without_running_lines(
    pages: list[Page], size: float, repairs: Counter[str], removed: list[str]
) -> list[Page]:
    gone: dict[int, set[int]] = defaultdict(set)
    seen: dict[tuple[str, bool], list[tuple[int, float, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            if SLUG.search(line.text) and len(line.text) < 120:
                gone[index].add(at)
                continue
            place = zone(line, page)
            if place is None:
                continue
            if line.artifact and len(line.text) < 160:
                gone[index].add(at)
            key = DIGITS.sub("#", " ".join(line.text.lower().split())).strip("# -–—|•·")
            if key:
                seen[key, place].append((index, line.y if place else page.height - line.y, at))
    if len(pages) > 1:
        _repeated(pages, size, seen, gone)
        _chapter_names(pages, size, seen, gone)
    _beside_page_numbers(pages, size, gone)
    _set_as_page_numbers(pages, size, gone)
    told: set[str] = set()
    for index, places_gone in sorted(gone.items()):
        repairs["running-line"] += len(places_gone)
        for at in sorted(places_gone):
            words = pages[index].lines[at].text
            if DIGITS.sub("#", words) not in told:
                told.add(DIGITS.sub("#", words))
                removed.append(words)
    return [kept(page, gone[index]) for index, page in enumerate(pages)]


def _repeated(
    pages: list[Page],
    size: float,
    seen: dict[tuple[str, bool], list[tuple[int, float, int]]],
    gone: dict[int, set[int]],
) -> None:
    """The same words at the same height on several pages."""
    slots: Counter[tuple[bool, int]] = Counter()
    for (_, place), places in seen.items():
        slots.update((place, round(y / 3)) for _, y, _ in places)
    for (_, place), places in seen.items():
        on = {index for index, _, _ in places}
        if len(on) < 2:
            continue
        common = Counter(round(y / 3) for _, y, _ in places)
        near = max(common, key=lambda y: common[y] + common[y - 1] + common[y + 1])
        same = [(index, at) for index, y, at in places if abs(round(y / 3) - near) <= 1]
        here = {index for index, _ in same}
        if len(here) < max(2, 0.5 * len(on)):
            continue
        lines = [pages[index].lines[at] for index, at in same]
        # On two pages alone, or in the size of a heading, words may repeat because the text does.
        sure = len(here) >= 3 or len(pages) <= 3
        large = min(line.size for line in lines) > 1.15 * size
        # Looked at only where it decides: it costs a look at the whole page for each line.
        outer = (
            len(same)
            if sure and not large
            else sum(_is_outermost(pages[index], at, gone[index]) for index, at in same)
        )
        plain = not any(line.bold or line.italic or line.colour for line in lines)
        if plain and len(lines[0].text) > 60 and len(here) < 0.6 * len(pages):
            continue
        ends = any(re.search(r"[.!?:]$", line.text) and len(line.text) > 40 for line in lines)
        # Where the first line of the text always stands, a few pages may begin alike.
        others = sum(slots[place, near + d] for d in (-1, 0, 1))
        share = 0.8 if len(here) == 2 and len(pages) > 3 else 0.35
        if lines[0].size > 0.93 * size and len(same) < share * others:
            continue
        if (sure or outer == len(same)) and not ends and (not large or outer >= 0.8 * len(same)):
            for index, at in same:
                gone[index].add(at)


def _chapter_names(
    pages: list[Page],
    size: float,
    seen: dict[tuple[str, bool], list[tuple[int, float, int]]],
    gone: dict[int, set[int]],
) -> None:
    """A running head that names the chapter: where and as heads stand on most pages, and a heading elsewhere."""
    style: Counter[tuple[object, ...]] = Counter()
    for (_, place), places in seen.items():
        style.update((place, round(y / 3), *_style(pages[i].lines[at])) for i, y, at in places)
    said = [Counter(normalised(line.text) for line in page.lines) for page in pages]
    everywhere: Counter[str] = Counter()
    for own in said:
        everywhere.update(own.keys())
    for index, page in enumerate(pages):
        if _is_contents(page):  # names each heading once
            said[index] = Counter()
    for (_, place), places in seen.items():
        for index, y, at in places:
            line = pages[index].lines[at]
            near = round(y / 3)
            alike = sum(style[(place, near + d, *_style(line))] for d in (-1, 0, 1))
            small = line.size < 0.93 * size
            named = small and place and everywhere[normalised(line.text)] > 1
            set_off = small or line.bold or line.italic or line.colour
            if (
                at in gone[index]
                or not set_off
                or line.size > 1.05 * size
                or len(line.text) > 90
                or SENTENCE.search(line.text)
                or (
                    alike < max(2 if small and len(pages) <= 4 else 3, 0.4 * len(pages))
                    and not named
                )
                or not _is_outermost(pages[index], at, gone[index])
                or _is_part(line, pages[index])
            ):
                continue
            if small or _comes_near(said, index, line.text):
                gone[index].add(at)


def _comes_near(said: list[Counter[str]], index: int, text: str) -> bool:
    """Whether a page says the words of its head a second time, or a page close by does: the chapter's others.

    A chapter of one page that begins in the place of a head says its name once.
    """
    around = range(max(index - 2, 0), min(index + 3, len(said)))
    return any(
        said[index][words] > 1 or any(said[near][words] for near in around if near != index)
        for words in {normalised(text), normalised(DIGITS.sub("", text))} - {""}
    )


def _is_part(line: Line, page: Page) -> bool:
    """Whether other words of its look stand close beside it: one of a justified line."""
    return any(
        other is not line
        and abs(other.y - line.y) < 1
        and _style(other) == _style(line)
        and not PAGE_MARK.match(other.text[:LONGEST_MARK])
        and max(other.x0 - line.x1, line.x0 - other.x1) < 3 * line.size
        for other in page.lines
    )


def _style(line: Line) -> tuple[float, bool, bool, int]:
    return line.size, line.bold, line.italic, line.colour


def _beside_page_numbers(pages: list[Page], size: float, gone: dict[int, set[int]]) -> None:
    """What shares the outermost line with the number of the page ("4 | Programm"), or a line with "Seite 4"."""
    numbered: list[tuple[int, int, int]] = []
    for index, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            if at in gone[index] or zone(line, page) is None or len(line.text) > 120:
                continue
            beside = BESIDE_NUMBER.search(line.text)
            if not beside and not PAGE_WORD.search(line.text):
                continue
            if not _is_outermost(page, at, gone[index]):
                continue
            if beside:
                numbered.append((index, at, int(beside[1] or beside[2]) - page.number))
            else:
                gone[index].add(at)
    offsets = Counter(offset for _, _, offset in numbered)
    for index, at, offset in numbered:
        small = pages[index].lines[at].size < 0.93 * size
        if offsets[offset] > 1 or (offset == 0 and small and len(pages) > 1):
            gone[index].add(at)


def _set_as_page_numbers(pages: list[Page], size: float, gone: dict[int, set[int]]) -> None:
    """A head or foot that comes once: outermost, well apart from the text, and small as the numbers of the pages."""
    small = {
        line.size
        for page in pages
        for line in page.lines
        if line.size < 0.93 * size and zone(line, page) is not None and PAGE_MARK.match(line.text)
    }
    for index, page in enumerate(pages) if small and len(pages) > 1 else ():
        for at, line in enumerate(page.lines):
            if (
                line.size not in small
                or len(line.text) > 90
                or at in gone[index]
                or SENTENCE.search(line.text)
                or PAGE_MARK.match(line.text)
                or zone(line, page) is None
                or not _is_outermost(page, at, gone[index])
            ):
                continue
            others = [abs(other.y - line.y) for n, other in enumerate(page.lines) if n != at]
            if min((gap for gap in others if gap > 3), default=99.0) > 2.2 * size:
                gone[index].add(at)


def zone(line: Line, page: Page) -> bool | None:
    """True in the head of a page, False in its foot, None in between."""
    if line.y < ZONE * page.height:
        return True
    if line.y > (1 - ZONE) * page.height:
        return False
    return None


def _without_page_numbers(
    pages: list[Page], repairs: Counter[str], removed: list[str]
) -> list[Page]:
    """A number alone in head or foot that goes on from page to page, or is the number of its page."""
    marks: list[tuple[int, int, int]] = []
    for index, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            found = PAGE_MARK.match(line.text)
            if (
                found
                and zone(line, page) is not None
                and line.size < PAGE_NUMBER
                and not _stands_in_text(line, page)
            ):
                marks.append((index, at, int(found[1])))
    offsets = Counter(number - pages[index].number for index, _, number in marks)
    # Two pages side by side on one sheet: 4 and 5 on the third, 6 and 7 on the fourth.
    spread = Counter(number - 2 * pages[index].number for index, _, number in marks)
    out = list(pages)
    gone: dict[int, set[int]] = defaultdict(set)
    for index, at, number in marks:
        words = pages[index].lines[at].text
        offset = number - pages[index].number
        doubled = number - 2 * pages[index].number
        if (
            not words.strip().isdigit()
            or offsets[offset] >= 2
            or spread[doubled] >= 2
            or offset in (0, -1)
            or _is_outermost(pages[index], at, set())
        ):
            gone[index].add(at)
            repairs["page-number"] += 1
            if len(removed) < 500 and not words.strip().isdigit():
                removed.append(words)
    for index, places in gone.items():
        out[index] = kept(pages[index], places)
    return out


def _is_outermost(page: Page, at: int, gone: Iterable[int]) -> bool:
    """Whether nothing stands above (in the head) or below (in the foot) but what is gone already."""
    line = page.lines[at]
    passed = set(gone) | {at}
    others = [
        other.y
        for number, other in enumerate(page.lines)
        if abs(other.y - line.y) > 3
        and number not in passed
        and (len(other.text) > LONGEST_MARK or not PAGE_MARK.match(other.text))
    ]
    if not others:
        return True
    return line.y <= min(others) - 8 or line.y >= max(others) + 8
