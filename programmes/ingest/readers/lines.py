"""Lines of a text that were a page once: line numbers, page marks, running heads and contents lists go.

What goes is counted and kept. A page's end stays as the line `PAGE`, since a sentence may run across it.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter

PAGE = "\f"
PAGE_MARK = re.compile(
    r"^\s*+(?:"
    r"[-–—\[(<|]{0,3}\s*+(?:Seite|S\.|Page|Blatt)\s*\d{1,4}(?:\s*(?:von|/|of)\s*\d{1,4})?\s*[-–—\])>|]{0,3}"
    r"|[-–—]{1,3}\s*\d{1,4}\s*[-–—]{1,3}"
    r"|\d{1,4}\s*/\s*\d{1,4}"
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
DIGITS = re.compile(r"\d+")


def without_furniture(lines: list[str], repairs: Counter[str], removed: list[str]) -> list[str]:
    """The lines of the text itself, with `PAGE` where a page ended."""
    lines = _divided(lines)
    lines = _without_line_numbers(lines, repairs)
    lines = _without_contents(lines, repairs, removed)
    return _without_page_marks(lines, repairs, removed)


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
    repeated = _running(lines, marks)
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


def _running(lines: list[str], marks: set[int]) -> set[int]:
    """The places of running heads and feet: like lines, numbered by pages or beside a page's end."""
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        words = DIGITS.sub("#", line.strip())
        if at not in marks and 4 <= len(words) <= 160 and line != PAGE:
            places.setdefault(words, []).append(at)
    ends = marks | {at for at, line in enumerate(lines) if line == PAGE}
    gone: set[int] = set()
    for words, where in places.items():
        numbered = "#" in words and all(WITH_PAGE.search(lines[at]) for at in where)
        needed = 2 if numbered else 3
        if len(where) < needed:
            continue
        different = len({lines[at].strip() for at in where}) > 1
        beside = sum(
            any(abs(end - at) <= 3 and not _text_between(lines, at, end) for end in ends)
            for at in where
        )
        # A first one may be missing its page's end: the cover.
        if (numbered and different) or beside >= max(len(where) - 1, 2):
            gone.update(where)
    return gone


def _text_between(lines: list[str], one: int, other: int) -> bool:
    low, high = sorted((one, other))
    return any(len(line.strip()) > 60 for line in lines[low + 1 : high])
