"""What belongs to the pages and not to the text: running heads and feet, page and line numbers, contents.

Told by repetition: what stands at the same height on many pages with the same words (numbers aside).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from programmes.ingest.readers.pdf.glyphs import Line

ZONE = 0.13  # of the page's height, above and below
PAGE_MARK = re.compile(
    r"^[-–—|·•\s]*(?:(?:Seite|S\.|Page)\s*)?(\d{1,3})(?:\s*(?:von|/|\|)\s*\d{1,3})?[-–—|·•\s]*$",
    re.IGNORECASE,
)
CONTENTS_WORD = re.compile(
    r"^(?:\d+\.?\s*)?(?:Inhalt|Inhaltsverzeichnis|Inhaltsübersicht|Inhaltsangabe|Das Programm im Überblick|Gliederung|Contents|Themenübersicht|Kapitelübersicht)\s*:?$",
    re.IGNORECASE,
)
ENTRY = re.compile(r"^(\S.{0,200}?)(\s?[.…·_]{2,}[\s.…·_]*|\s+)(?:S\.\s*|Seite\s*)?(\d{1,3})$")
ENTRY_AHEAD = re.compile(r"^(\d{1,3})\s+(\S.{2,200})$")
DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Page:
    number: int
    width: float
    height: float
    lines: tuple[Line, ...]


def without_furniture(
    pages: list[Page], repairs: Counter[str], removed: list[str]
) -> tuple[list[Page], set[str]]:
    """The pages without their furniture, and the titles (normalised) that a contents page names."""
    pages = _without_line_numbers(pages, repairs)
    pages = _without_running_lines(pages, repairs, removed)
    pages = _without_page_numbers(pages, repairs, removed)
    return _without_contents(pages, repairs, removed)


def normalised(text: str) -> str:
    """A title as it is compared: letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", text.lower())


def _keep(page: Page, gone: set[int]) -> Page:
    if not gone:
        return page
    return replace(page, lines=tuple(line for at, line in enumerate(page.lines) if at not in gone))


def _without_line_numbers(pages: list[Page], repairs: Counter[str]) -> list[Page]:
    """Numbers at the margin that count lines: many to a page, rising downwards, beside the text."""
    out = []
    for page in pages:
        body = [line for line in page.lines if len(line.text) > 12]
        gone: set[int] = set()
        stripped: dict[int, Line] = {}
        if len(body) >= 5:
            left = sorted(line.x0 for line in body)[len(body) // 4]
            beside = [
                (line.y, int(line.text), at)
                for at, line in enumerate(page.lines)
                if line.text.isdigit() and len(line.text) <= 4 and line.x1 <= left + 1
            ]
            beside.sort()
            heights = [line.y for line in body]
            steps = Counter(b[1] - a[1] for a, b in itertools.pairwise(beside))
            common = steps.most_common(1)
            if (
                len(beside) >= 4
                and common
                and common[0][0] in (1, 2, 5, 10)
                and common[0][1] >= 0.7 * (len(beside) - 1)
                and sum(any(abs(y - h) < 3 for h in heights) for y, _, _ in beside)
                >= 0.5 * len(beside)
            ):
                gone = {at for _, _, at in beside}
            glued = []
            for at, line in enumerate(page.lines):
                found = re.match(r"(\d{1,4}) (?=\S)", line.text)
                if found:
                    glued.append((line.y, int(found[1]), at, found.end()))
            glued.sort()
            follow = sum(b[1] - a[1] == 1 for a, b in itertools.pairwise(glued))
            if (
                len(glued) >= 6
                and follow >= 0.8 * (len(glued) - 1)
                and len(glued) >= 0.6 * len(body)
            ):
                for _, _, at, end in glued:
                    line = page.lines[at]
                    # The text begins where most lines without a number begin; the number was outside.
                    width = (line.x1 - line.x0) * end / max(len(line.text), 1)
                    stripped[at] = replace(line, text=line.text[end:], x0=line.x0 + width)
        if gone or stripped:
            repairs["line-number"] += len(gone) + len(stripped)
            lines = tuple(
                stripped.get(at, line) for at, line in enumerate(page.lines) if at not in gone
            )
            if stripped:
                x0 = Counter(round(line.x0) for at, line in enumerate(lines)).most_common(1)[0][0]
                lines = tuple(
                    replace(line, x0=float(x0)) if abs(line.x0 - x0) < 9 else line for line in lines
                )
            page = replace(page, lines=lines)
        out.append(page)
    return out


def _without_running_lines(
    pages: list[Page], repairs: Counter[str], removed: list[str]
) -> list[Page]:
    if len(pages) < 2:
        return pages
    seen: dict[tuple[str, bool], list[tuple[int, float, int]]] = defaultdict(list)
    for index, page in enumerate(pages):
        for at, line in enumerate(page.lines):
            place = _zone(line, page)
            if place is not None:
                key = DIGITS.sub("#", " ".join(line.text.lower().split()))
                seen[key, place].append((index, line.y if place else page.height - line.y, at))
    gone: dict[int, set[int]] = defaultdict(set)
    heights: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for (_, place), places in seen.items():
        on = {index for index, _, _ in places}
        if len(on) < (2 if len(pages) <= 4 else 3) or not key.strip("# -–—|"):
            continue
        common = Counter(round(y / 3) for _, y, _ in places)
        near = max(common, key=lambda y: common[y] + common[y - 1] + common[y + 1])
        same = [(index, at) for index, y, at in places if abs(round(y / 3) - near) <= 1]
        if len({index for index, _ in same}) < max(2, 0.6 * len(on)):
            continue
        for index, at in same:
            gone[index].add(at)
        heights[place][near] += len(same)
    # A running head that names the chapter changes with it: it stands where the others stand,
    # and its words stand as a heading somewhere else.
    everywhere = Counter(normalised(line.text) for page in pages for line in page.lines)
    for (_, place), places in seen.items():
        for index, y, at in places:
            near = round(y / 3)
            if at in gone[index] or not any(heights[place][near + d] >= 3 for d in (-1, 0, 1)):
                continue
            words = normalised(DIGITS.sub("", pages[index].lines[at].text))
            if everywhere[words] > 1 or everywhere[normalised(pages[index].lines[at].text)] > 1:
                gone[index].add(at)
    told: set[str] = set()
    for index, places_gone in sorted(gone.items()):
        repairs["running-line"] += len(places_gone)
        for at in sorted(places_gone):
            words = pages[index].lines[at].text
            if DIGITS.sub("#", words) not in told:
                told.add(DIGITS.sub("#", words))
                removed.append(words)
    return [_keep(page, gone[index]) for index, page in enumerate(pages)]


def _zone(line: Line, page: Page) -> bool | None:
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
            if found and _zone(line, page) is not None:
                marks.append((index, at, int(found[1])))
    offsets = Counter(number - pages[index].number for index, _, number in marks)
    out = list(pages)
    gone: dict[int, set[int]] = defaultdict(set)
    for index, at, number in marks:
        words = pages[index].lines[at].text
        offset = number - pages[index].number
        outermost = _is_outermost(pages[index], at)
        if not words.strip().isdigit() or offsets[offset] >= 2 or offset in (0, -1) or outermost:
            gone[index].add(at)
            repairs["page-number"] += 1
            if len(removed) < 500 and not words.strip().isdigit():
                removed.append(words)
    for index, places in gone.items():
        out[index] = _keep(pages[index], places)
    return out


def _is_outermost(page: Page, at: int) -> bool:
    line = page.lines[at]
    others = [other.y for number, other in enumerate(page.lines) if number != at]
    return not others or line.y <= min(others) - 8 or line.y >= max(others) + 8


def _without_contents(
    pages: list[Page], repairs: Counter[str], removed: list[str]
) -> tuple[list[Page], set[str]]:
    """Contents pages go; the titles they name are told, since they are headings for certain."""
    titles: set[str] = set()
    out = list(pages)
    later: Counter[str] | None = None
    for index, page in enumerate(pages[: max(6, len(pages) // 5)]):
        rows = sorted(
            range(len(page.lines)), key=lambda at: (round(page.lines[at].y / 3), page.lines[at].x0)
        )
        texts = _row_texts(page, rows)
        start = next((n for n, (_, text) in enumerate(texts) if CONTENTS_WORD.match(text)), None)
        entries = [bool(_entry(text, page, len(pages))) for _, text in texts]
        led = sum(
            bool((found := _entry(text, page, len(pages))) and len(found[1].strip()) > 1)
            for _, text in texts
        )
        going_on = bool(titles) and index and sum(entries) >= max(2, 0.5 * len(texts))
        if start is None and led < 3 and not going_on:
            continue
        if later is None:
            later = Counter(
                normalised(line.text) for other in pages[index + 1 :] for line in other.lines
            )
        begin = start + 1 if start is not None else 0
        last = begin - 1
        numbers: list[int] = []
        for n in range(begin, len(texts)):
            text = texts[n][1]
            found = _entry(text, page, len(pages))
            ahead = ENTRY_AHEAD.match(text)
            if found and (not numbers or int(found[3]) >= numbers[-1] - 1):
                numbers.append(int(found[3]))
                last = n
            elif start is not None and (
                later[normalised(text)] or (ahead and later[normalised(ahead[2])])
            ):
                last = n
        if start is None and len(numbers) < 3:
            continue
        if start is not None and last < begin:
            continue  # a heading that reads "Inhalt" and no contents below it
        gone: set[int] = set()
        pending = ""
        for n in range(start if start is not None else begin, last + 1):
            places, text = texts[n]
            found = _entry(text, page, len(pages))
            if (
                start is None
                and not found
                and n < next((k for k, is_entry in enumerate(entries) if is_entry), 0)
            ):
                continue
            if len(text) > 160 and not found:
                continue
            gone.update(places)
            removed.append(text)
            if found:
                titles.add(normalised(pending + found[1]))
                titles.add(normalised(found[1]))
                pending = ""
            elif n != start:
                pending = text + " "
                ahead = ENTRY_AHEAD.match(text)
                words = normalised(ahead[2] if ahead else text)
                if later[words]:
                    titles.add(words)
        repairs["contents-line"] += len(gone)
        out[index] = _keep(page, gone)
    titles.discard("")
    return out, titles


def _entry(text: str, page: Page, pages: int) -> re.Match[str] | None:
    found = ENTRY.match(text)
    if not found or int(found[3]) > pages + 20 or not re.search(r"[^\W\d]{2}", found[1]):
        return None
    return found


def _row_texts(page: Page, rows: list[int]) -> list[tuple[list[int], str]]:
    """What stands on one baseline, as one text, with the places of its lines."""
    texts: list[tuple[list[int], str]] = []
    last = -99.0
    for at in rows:
        line = page.lines[at]
        if texts and abs(line.y - last) <= 3:
            texts[-1] = ([*texts[-1][0], at], f"{texts[-1][1]} {line.text}")
        else:
            texts.append(([at], line.text))
            last = line.y
    return texts
