"""Contents pages: where do they begin and end, and which titles do they name?"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from programmes.ingest.readers.pdf.furniture import Page, kept, normalised
from programmes.ingest.readers.pdf.glyphs import Line

WORD = re.compile(
    r"^(?:\d+\.?\s*)?(?:Inhalt|Inhaltsverzeichnis|Inhaltsübersicht|Inhaltsangabe|Inhalte|Gliederung|Contents|"
    r"Themenübersicht|Kapitelübersicht|Themen|Unsere Themen|Überblick|(?:Das Programm )?im Überblick)\s*:?$",
    re.IGNORECASE,
)
SURE_WORD = re.compile(r"^(?:\d+\.?\s*)?(?:Inhalt|Gliederung|Contents)", re.IGNORECASE)
ENTRY = re.compile(r"^(\S.{0,220}?)(\s?[.…·_]{2}[\s.…·_]*+|\s++)(?:S\.\s*+|Seite\s*+)?(\d{1,3})$")
LEADER = re.compile(r"[.…·_]{3,}|(?:\. ){3,}")
DOTS = re.compile(r"(?:[.…·_]\s?+){5,}+")  # as many as the line has room for
AHEAD = re.compile(r"^(?:S\.\s*|Seite\s*)?(\d{1,3})\s+(\S.{2,200})$")
SENTENCE = re.compile(r"[.!?…:;][“”\"»«')]*$")


@dataclass(frozen=True, slots=True)
class _Row:
    """What reads as one row of a contents page: its lines' places, words, number and left edge."""

    places: tuple[int, ...]
    text: str
    title: str
    number: int | None
    x0: float
    size: float
    led: bool

    @property
    def key(self) -> str:
        return normalised(self.title)


def without_contents(
    pages: list[Page], repairs: Counter[str], removed: list[str]
) -> tuple[list[Page], dict[str, float]]:
    """The pages without their contents, and the titles (normalised) named there with their indents.

    The titles are headings for certain, where they stand in the text.
    """
    titles: dict[str, float] = {}
    out = list(pages)
    before = False
    keys: list[list[str]] | None = None
    for index, page in enumerate(pages[: max(6, len(pages) // 5)]):
        rows = _rows(page, len(pages))
        numbered = sum(row.number is not None for row in rows)
        worded = any(WORD.match(row.text) for row in rows)
        if not worded and numbered < 4 and not (before and numbered):
            before = False
            continue
        if keys is None:
            keys = [_keys(other.lines) for other in pages]
        later = Counter(itertools.chain.from_iterable(keys[index + 1 :]))
        taken = _taken(rows, later, before, titles)
        before = bool(taken) and taken[-1] >= len(rows) - 2
        if not taken:
            continue
        gone: set[int] = set()
        pending = ""
        for at in taken:
            row = rows[at]
            gone.update(row.places)
            removed.append(row.text)
            if row.number is None and not later[row.key]:
                pending = "" if WORD.match(row.text) else f"{pending}{row.title} "
                continue
            titles.setdefault(row.key, row.x0)
            titles.setdefault(normalised(row.text), row.x0)
            if pending:
                titles.setdefault(normalised(pending + row.title), row.x0)
                pending = ""
        repairs["contents-line"] += len(gone)
        out[index] = kept(page, gone)
    titles.pop("", None)
    return out, titles


def _keys(lines: Sequence[Line]) -> list[str]:
    """The words of lines, and of up to three that belong together: a title may take several lines."""
    keys = [normalised(line.text) for line in lines]
    joined = []
    for at, line in enumerate(lines):
        words = keys[at]
        for more in range(at + 1, min(at + 3, len(lines))):
            other = lines[more]
            apart = other.y - lines[more - 1].y
            if (other.size, other.bold) != (line.size, line.bold) or not 0 < apart < 2 * line.size:
                break
            words += keys[more]
            if len(words) < 200:
                joined.append(words)
    return keys + joined


def _taken(
    rows: list[_Row], later: Counter[str], before: bool, titles: dict[str, float]
) -> list[int]:
    """Which rows are contents, the heading among them."""
    start = next((at for at, row in enumerate(rows) if WORD.match(row.text)), None)
    if start is not None:
        taken, named = _run(rows, start + 1, later, set(titles))
        sure = SURE_WORD.match(rows[start].text)
        if named >= (2 if sure else 4):
            return [start, *taken]
        return []
    first = next((at for at, row in enumerate(rows) if row.number is not None), None)
    if first is None:
        return []
    taken, named = _run(rows, first, later, set(titles))
    entries = [rows[at] for at in taken if rows[at].number is not None]
    known = sum(row.led or bool(later[row.key]) for row in entries)
    if before and first <= 1 and known:
        return [*range(first), *taken]
    if len(entries) >= 4 and known >= 0.6 * len(entries):
        return taken
    return []


def _run(
    rows: list[_Row], begin: int, later: Counter[str], told: set[str]
) -> tuple[list[int], int]:
    """The rows from `begin` that are entries, and those between them that belong to one; how many are named."""
    taken: list[int] = []
    waiting: list[int] = []
    named = 0
    number = 0
    seen: set[str] = set()
    for at in range(begin, len(rows)):
        row = rows[at]
        # The text has begun where a title comes a second time.
        if row.number is None and row.key in seen and len(row.key) > 3:
            break
        entry = row.number is not None and row.number >= number - 1
        known = later[row.key] or later[normalised(row.text)]
        if not known and waiting:  # an entry that takes two lines
            known = later[normalised(rows[at - 1].title) + row.key]
        if not entry and not known:
            long = len(row.text) > 90 or (SENTENCE.search(row.text) and len(row.text) > 40)
            waiting.append(at)
            if long or len(waiting) > 2:
                break
            continue
        if row.number is None and len(row.text) > 120:
            break
        if entry and row.number is not None:
            number = row.number
        taken += [*waiting, at]
        waiting = []
        seen.add(row.key)
        if at > begin:
            seen.add(normalised(rows[at - 1].title + row.title))
        named += 1
    return taken, named


def _rows(page: Page, pages: int) -> list[_Row]:
    """The page's baselines; two entries side by side are two rows."""
    order = sorted(
        range(len(page.lines)), key=lambda at: (round(page.lines[at].y / 3), page.lines[at].x0)
    )
    groups: list[list[int]] = []
    last: Line | None = None
    for at in order:
        line = page.lines[at]
        if last is not None and abs(line.y - last.y) <= 3:
            groups[-1].append(at)
        else:
            groups.append([at])
        last = line
    rows: list[_Row] = []
    for group in groups:
        current: list[int] = []
        for at in group:
            current.append(at)
            words = DOTS.sub(" ..... ", " ".join(page.lines[n].text for n in current)).strip()
            if len(group) > 1 and len(words) > 5 and words[-1].isdecimal() and ENTRY.match(words):
                rows.append(_row(page, current, pages))
                current = []
        if current:
            rows.append(_row(page, current, pages))
    return rows


def _row(page: Page, places: list[int], pages: int) -> _Row:
    text = " ".join(page.lines[at].text for at in places)
    short = DOTS.sub(" ..... ", text).strip()
    first = page.lines[places[0]]
    title, number, led = short, None, False
    entry = ENTRY.match(short) if short[-1].isdigit() else None
    ahead = AHEAD.match(short) if short[0] in "sS" or short[0].isdigit() else None
    if entry and int(entry[3]) <= 2 * pages + 20 and re.search(r"[^\W\d]{2}", entry[1]):
        title, number, led = entry[1], int(entry[3]), bool(LEADER.search(entry[2]))
    elif ahead and int(ahead[1]) <= 2 * pages + 20 and re.search(r"[^\W\d]{2}", ahead[2]):
        title, number = ahead[2], int(ahead[1])
    title = LEADER.sub(" ", title).strip(" .…·_")
    return _Row(tuple(places), text, title, number, first.x0, first.size, led)
