"""Lines of a text that were a page once: line numbers, page marks, running heads and contents lists go.

What goes is counted and kept. A page's end stays as the line `PAGE`, since a sentence may run across it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

from programmes.ingest.readers import wrapping

PAGE = "\f"
HEAD_LINES = 3  # a head has no more; a text that was printed twice stays
BULLET = re.compile(r"[-–—*•●▪■◦‣►➢\ue000-\uf8ff]\s")
STOP = re.compile(r"[.!?:]$")
PAGE_MARK = re.compile(
    r"^\s*+(?:"
    r"[-–—\[(<|]{0,3}\s*+(?:Seite|S\.|Page|Blatt)\s*\d{1,4}(?:\s*(?:von|/|of)\s*\d{1,4})?\s*[-–—\])>|]{0,3}"
    r"|[-–—]{1,3}\s*\d{1,4}\s*[-–—]{1,3}"
    r"|\d{1,3}\s*/\s*\d{1,3}"  # 2018/2019 are years
    r"|\[\d{1,4}\]"
    r"|<!--\s*(?:Seite|page)[^>]{0,40}-->"
    r"|-{3,}\s*(?:Seite|Page|Seitenumbruch|page break)[^-]{0,20}-{3,}"
    r")\s*$",
    re.IGNORECASE,
)
BARE_NUMBER = re.compile(r"^\s*\d{1,3}\s*$")
WITH_PAGE = re.compile(
    r"\bSeite\s+\d{1,4}\b|\b\d{1,4}\s*/\s*\d{1,4}\s*$|(?:^\d{1,3}\s*[|·]|[|·]\s*\d{1,3}$)",
    re.IGNORECASE,
)
LINE_NUMBER = re.compile(r"^[ \t]*(\d{1,4})(?:[ \t.:|]+(?=\S)|[ \t]*$)")
LINE_NUMBER_AT_END = re.compile(r"[ \t]{2,}(\d{1,4})[ \t]*$")
# Possessive throughout: a line of 3,000 dots took minutes when each could be given back.
LEADER = re.compile(
    r"^\s*+(\S.{1,150}?)"
    r"(?:\s*+(?:(?:\.\s?+){3,}+|…\s?+(?:…\s?+)++|_{3,}+)\s*+|(?=\s*?(?:[ \t]{3}|\t))\s++)"
    r"(?:S\.\s*+|Seite\s*+)?\d{1,3}\s*+$"
)
DOTTED = re.compile(r"(?:\.\s?){4,}|…{2,}")
CONTENTS = re.compile(
    r"^[\s#*_]*(?:Inhalt|Inhaltsverzeichnis|Inhaltsübersicht|Gliederung|Übersicht|Inhalte)[\s:*_]*$",
    re.IGNORECASE,
)
NAMED_NUMBER = re.compile(
    r"^(?:(\D{3,99}?[^\s\d])\s+(?:[|·–—-]\s*)?(\d{1,3})|(\d{1,3})(?:\s*[|·–—-])?\s+([^\s\d]\D{3,99}))$"
)
DIGITS = re.compile(r"\d+")


def without_furniture(lines: list[str], repairs: Counter[str], removed: list[str]) -> list[str]:
    """The lines of the text itself, with `PAGE` where a page ended."""
    lines = _divided(lines)
    lines = _without_line_numbers(lines, repairs)
    lines = _without_contents(lines, repairs, removed)
    return _without_page_marks(lines, repairs, removed)


def normalised(words: str) -> str:
    """A title as it is compared: letters and digits alone, in lower case."""
    return re.sub(r"[\W_]+", "", words.casefold())


def titles_of(removed: list[str]) -> frozenset[str]:
    """The titles that contents lists name (normalised); one may take two lines there."""
    found: set[str] = set()
    for words in removed:
        above = ""
        for line in words.split("\n"):
            entry = LEADER.match(line)
            if entry:
                title = entry[1].rstrip(" .…_")
                found |= {normalised(title), normalised(above + title)}
            above = "" if entry else f"{line} "
    return frozenset(title for title in found if len(title) > 3)


def _divided(lines: list[str]) -> list[str]:
    """A form feed is a line of its own."""
    found: list[str] = []
    for line in lines:
        parts = line.split("\f")
        for number, part in enumerate(parts):
            if number:
                found.append(PAGE)
            if part.strip() or len(parts) == 1:
                found.append(part)
    return found


def _without_line_numbers(lines: list[str], repairs: Counter[str]) -> list[str]:
    """Lines that count themselves, each or every fifth (Leitanträge are printed so)."""
    full = [line for line in lines if line.strip() and line != PAGE]
    if len(full) < 8:
        return lines
    for pattern in (LINE_NUMBER, LINE_NUMBER_AT_END):
        numbered = [
            (at, int(found[1])) for at, line in enumerate(full) if (found := pattern.search(line))
        ]
        if _counts_lines(numbered, len(full)):
            wanted = {at for at, _ in numbered}
            kept: list[str] = []
            at = -1
            for line in lines:
                if not line.strip() or line == PAGE:
                    kept.append(line)
                    continue
                at += 1
                if at in wanted:
                    repairs["line-number"] += 1
                    line = pattern.sub("", line, count=1)
                kept.append(line)
            return kept
    return lines


def _counts_lines(numbered: list[tuple[int, int]], total: int) -> bool:
    """Do the numbers go up by one (nearly every line) or by five (every fifth), but for new pages?"""
    if len(numbered) < 4:
        return False
    steps = Counter(b[1] - a[1] for a, b in itertools.pairwise(numbered))
    step, times = steps.most_common(1)[0]
    if step == 1:
        return times >= 0.85 * (len(numbered) - 1) and len(numbered) >= 0.7 * total
    if step == 5:
        multiples = sum(number % 5 == 0 for _, number in numbered)
        return (
            times >= 0.7 * (len(numbered) - 1)
            and multiples >= 0.9 * len(numbered)
            and len(numbered) >= total / 12
        )
    return False


def _without_contents(lines: list[str], repairs: Counter[str], removed: list[str]) -> list[str]:
    """Entries with dots or a gap and a page number: three or more near each other are a contents list."""
    entries = [at for at, line in enumerate(lines) if LEADER.match(line) and "|" not in line]
    groups: list[list[int]] = []
    for at in entries:
        between = (
            [line for line in lines[groups[-1][-1] + 1 : at] if line.strip()] if groups else []
        )
        if (
            groups
            and len(between) <= 2
            and all(len(line) < 120 and not line.rstrip().endswith(".") for line in between)
        ):
            groups[-1].append(at)
        else:
            groups.append([at])
    gone: set[int] = set()
    for group in groups:
        before = [at for at in range(max(0, group[0] - 4), group[0]) if lines[at].strip()]
        headed = [at for at in before if CONTENTS.match(lines[at])]
        dotted = sum(bool(DOTTED.search(lines[at])) for at in group)
        if (len(group) >= 3 and (dotted >= 2 or headed)) or (headed and len(group) >= 2):
            start = headed[0] if headed else group[0]
            gone.update(range(start, group[-1] + 1))
            repairs["contents-list"] += 1
            removed.append(
                "\n".join(line.strip() for line in lines[start : group[-1] + 1] if line.strip())
            )
    return [line for at, line in enumerate(lines) if at not in gone]


def _without_page_marks(lines: list[str], repairs: Counter[str], removed: list[str]) -> list[str]:
    """Page marks, and lines that come again at every page with nothing but the number changed."""
    marks = {at for at, line in enumerate(lines) if PAGE_MARK.match(line)}
    marks |= _bare_numbers(lines)
    repeated = _counted(lines, marks)
    repeated |= _running(lines, marks | repeated)
    found: list[str] = []
    for at, line in enumerate(lines):
        if at in marks or at in repeated:
            repairs["page-number" if at in marks else "running-head"] += 1
            removed.append(line.strip())
            if not found or found[-1] != PAGE:
                found.append(PAGE)
        else:
            found.append(line)
    return found


def _bare_numbers(lines: list[str]) -> set[int]:
    """Numbers alone on a line that go up, page by page."""
    alone = [(at, int(line)) for at, line in enumerate(lines) if BARE_NUMBER.match(line)]
    rising = sum(b[1] == a[1] + 1 for a, b in itertools.pairwise(alone))
    if len(alone) == 1:
        at = alone[0][0]
        around = [line.strip() for line in lines[max(0, at - 1) : at + 2]]
        return (
            {at}
            if len(around) < 3
            or (not around[0] and not around[2])
            or PAGE in (around[0], around[2])
            else set()
        )
    return {at for at, _ in alone} if rising >= 0.6 * (len(alone) - 1) else set()


def _counted(lines: list[str], marks: set[int]) -> set[int]:
    """Lines of the same words with a number before or after them that rises page by page."""
    places: dict[str, list[tuple[int, int]]] = {}
    for at, line in enumerate(lines):
        found = NAMED_NUMBER.match(line.strip()) if at not in marks and len(line) < 120 else None
        if found:
            words, number = found[1] or found[4], found[2] or found[3]
            places.setdefault(words.strip(" |·–—-"), []).append((at, int(number)))
    gone: set[int] = set()
    for words, found_at in places.items():
        steps = [b[1] - a[1] for a, b in itertools.pairwise(found_at)]
        rising = sum(step in (1, 2) for step in steps)
        if len(found_at) >= 3 and rising >= 0.8 * len(steps) and len(words) > 3:
            gone |= {at for at, _ in found_at}
    return gone


def _running(lines: list[str], marks: set[int]) -> set[int]:
    """The places of running heads and feet: what stands outermost on pages, again and again."""
    gone: set[int] = set()
    for _ in range(HEAD_LINES):
        more = _outermost(lines, marks | gone)
        if not more:
            break
        gone |= more
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        words = DIGITS.sub("#", line.strip())
        if at not in marks and "#" in words and 4 <= len(words) <= 160 and WITH_PAGE.search(line):
            places.setdefault(words, []).append(at)
    for where in places.values():
        if len(where) > 1 and len({lines[at].strip() for at in where}) > 1:
            gone.update(where)
    return gone


def _outermost(lines: list[str], passed: set[int]) -> set[int]:
    """The first lines of pages, or the last, where they say the same but for a number that counts pages."""
    gone: set[int] = set()
    full = [at for at, line in enumerate(lines) if line.strip()]
    ends = passed | {at for at in full if lines[at] == PAGE}
    said = Counter(normalised(lines[at]) for at in full if len(lines[at]) <= 90)
    for order in (full, full[::-1]):
        outer = sorted(
            at
            for number, at in enumerate(order)
            if at not in ends and (number == 0 or order[number - 1] in ends)
        )
        alike: dict[str, list[int]] = {}
        for at in outer:
            words = lines[at].strip()
            if _is_label(words):
                alike.setdefault(DIGITS.sub("#", words), []).append(at)
        for words, where in alike.items():
            if len(where) < max(2, 0.3 * len(outer)) or len(words) < 4:
                continue
            exact = Counter(lines[at].strip() for at in where)
            if len(exact) == 1 or _counts_pages([lines[at] for at in where]):
                gone.update(where)
            else:
                gone.update(at for at in where if exact[lines[at].strip()] >= 3)
        # A head that names the chapter stands on its pages as the heading stands on one of them.
        named = [
            at for at in outer if _is_label(lines[at].strip()) and said[normalised(lines[at])] > 1
        ]
        if order is full and len(named) >= max(3, 0.4 * len(outer)):
            gone.update(named)
    return gone


def _is_label(words: str) -> bool:
    """Whether a line may stand for itself: it neither goes on from the line before nor into the next."""
    return (
        len(words) <= 90
        and not words[:1].islower()
        and words[-1:] not in "-,;"
        and not wrapping.OPEN_END.search(words)
        and not BULLET.match(words)
        and not (STOP.search(words) and len(words) > 30)
    )


def _counts_pages(lines: list[str]) -> bool:
    """Whether like lines differ in one number alone, and that one rises page by page."""
    numbers = [[int(n) for n in DIGITS.findall(line) if len(n) < 5] for line in lines]
    if len({len(own) for own in numbers}) != 1:
        return False
    changing = [column for column in zip(*numbers, strict=True) if len(set(column)) > 1]
    if len(changing) != 1:
        return False
    steps = [b - a for a, b in itertools.pairwise(changing[0])]
    return all(0 < step <= 4 for step in steps)
