"""Text files and Markdown: lines to blocks.

Both are read by one set of rules, since real files are neither wholly: exports with a Markdown table on top
and hard-wrapped text below, web pages pasted with bullets, Markdown with contradicting levels.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, field

from programmes.ingest.pieces import Block, Text, Warning
from programmes.ingest.readers import lines as furniture
from programmes.ingest.readers import spacing, tables, web, wrapping
from programmes.ingest.readers.joining import compounds_of, joined

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
GLUED_HEADING = re.compile(r"(?<=[.!?:…»“\"*])[ \t]+(#{1,6})[ \t]+(?=[A-ZÄÖÜ0-9])")
BOLD = re.compile(r"^(\*\*|__)(?=\S)(.+?)(?<=\S)\1[ \t]*:?[ \t]*$")
SIGNS = "•●⚫⬤○◦▪▫■□◼◾‣▸►▶➢➤➔➜→⇒✓✔✗✘✅☑☐❖◆◇♦★☆✶›\u2043\u2219\ue000-\uf8ff"
BULLET = re.compile(rf"^([ \t]*)([{SIGNS}]|[-–—*+·])[ \t\u00a0]+(?=\S)")
LONE_BULLET = re.compile(rf"^[ \t]*[{SIGNS}–·-][ \t]*$")
DASHES = "-–—"
NEAR = 7  # lines after a dash in which a list has its next item
CHECKBOX = re.compile(r"^\[[ xX]\][ \t]+")
ROUND_BULLET = re.compile(r"[ \t]*[•●▪■◦‣►✓✔➔➤][ \t]*(?=\S)")
DASH_BULLET = re.compile(r"[ \t]+[-–*][ \t]+(?=[A-ZÄÖÜ])")
NUMBERED = re.compile(r"^([ \t]*)(\(?\d{1,2}[.)]|[a-z]\))[ \t]+(?=\S)")
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
TABLE_RULE = re.compile(r"^[\s|:-]+$")
SETEXT = re.compile(r"^(={3,}|-{3,})\s*$")
RULE = re.compile(r"^\s*(?:([-*_=~#])(?:\s*\1){2,}|[-_=*~.]{4,})\s*$")
IMAGE = re.compile(
    r"^\s*(?:!\[[^\]]*\]\([^)]*\)|!\[\[[^\]]*\]\]|\[?(?:Image|Bild|Foto|Grafik|Abbildung|Logo|image|Picture)\]?|"
    r"\[(?:Bild|Image|Foto|Grafik|Abbildung|Logo)\b[^\]]{0,120}\]|<img\b[^>]{0,500}>)\s*$"
)
MOTION_HEADING = re.compile(r"^([A-ZÄÖÜ]{1,3}-?\d{1,4}[A-Za-z]?(?:-\d{1,3})?):\s+(\S.*)$")
INTERFACE = {
    "text",
    "antragstext",
    "kommentare",
    "begründung einblenden",
    "änderungsanträge",
    "unterstützer*innen",
    "unterstützer:innen",
    "unterstützerinnen",
    "pdf",
    "von zeile",
}
SENTENCE_END = re.compile(r"[.!?…:;][“”\"»«')\]]*$")
FULL_STOP = re.compile(r"[.!?…][“”\"»«')\]]*$")
MARKUP_BLOCK = re.compile(
    r"^\s*<(table|ul|ol|details|div|section|figure|h[1-6]|p|article)\b[^>]{0,500}>", re.IGNORECASE
)
COMMENT = re.compile(r"<!--.{0,5000}?-->", re.DOTALL)
FRONT_MATTER = re.compile(
    r"\A---[ \t]*\n((?:[\w.-]{1,40}:.{0,500}\n|[ \t-].{0,500}\n){1,40})---[ \t]*\n"
)
DATE_LIKE = re.compile(
    r"^\s*\d{1,2}\.\s*(?:Januar|Februar|März|April|Mai|Juni|Juli|August|September|Oktober|November|Dezember|\d{1,2}\.)",
    re.IGNORECASE,
)
REASONS = re.compile(r"(?:Begründung|Sachverhalt|Hintergrund|Fazit)\s*:?$")
FRONT = re.compile(r"(?:Vorwort|Einleitung|Präambel|Grußwort|Inhalt)\b", re.IGNORECASE)
MAX_WRAP = 140  # characters; longer lines are paragraphs


@dataclass(slots=True)
class _Reading:
    """What is known while the lines are gone through."""

    markdown: bool
    width: int  # characters that the text is hard-wrapped at; 0 where it is not
    ruler: wrapping.Ruler
    repairs: Counter[str] = field(default_factory=Counter)
    removed: list[str] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    export: bool = False  # a motion export's table has been seen
    indents: list[int] = field(default_factory=list)  # of the list that is open
    compounds: frozenset[str] = frozenset()  # that keep their hyphen at a line's end
    titles: frozenset[str] = frozenset()  # that a contents list names


def read(text: str, warnings: tuple[Warning, ...] = ()) -> Text:
    """The blocks of a text or Markdown file."""
    text = text.replace("\v", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n").expandtabs(4)
    head: list[Block] = []
    if found := FRONT_MATTER.match(text):
        head = [Block("meta", line.strip()) for line in found[1].split("\n") if line.strip()]
        text = text[found.end() :]
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    if "<!--" in text:
        text = COMMENT.sub(
            lambda comment: comment[0] if furniture.PAGE_MARK.match(comment[0]) else "", text
        )
    lines = furniture.without_furniture(text.split("\n"), repairs, removed)
    titles = furniture.titles_of(removed)
    lines = [part for line in lines for part in _unglued(line, repairs)]
    markdown = _is_markdown(lines)
    if not markdown:
        lines = spacing.closed(_with_bullets(lines), titles, repairs)
    pairs = _pairs(lines)
    width = _wrap_width(pairs)
    reading = _Reading(
        markdown,
        width,
        wrapping.ruler(pairs, width) if width else wrapping.Ruler(0),
        repairs,
        removed,
        head,
    )
    reading.compounds = compounds_of(lines) if reading.width else frozenset()
    reading.titles = titles if not markdown else frozenset()
    for run in _runs(lines):
        if run == [furniture.PAGE]:
            reading.blocks.append(Block("caption", "", marker="page-break"))
        else:
            reading.indents.clear()
            _read_run(run, reading)
    return Text(
        blocks=tuple(reading.blocks),
        reader="markdown" if markdown else "text",
        media_type="text/markdown" if markdown else "text/plain",
        repairs=dict(repairs),
        removed=tuple(removed),
        warnings=warnings,
    )


def _is_markdown(lines: list[str]) -> bool:
    headings = sum(bool(HEADING.match(line)) for line in lines)
    underlined = any(
        SETEXT.match(line)
        and 3 <= len(lines[at].strip()) <= 100
        and abs(len(line.strip()) - len(lines[at].strip())) <= max(3, len(lines[at].strip()) // 2)
        for at, line in enumerate(lines[1:])
    )
    ruled = any(TABLE_RULE.match(line) and "|" in line and "-" in line for line in lines)
    return bool(headings or ruled or underlined)


def _with_bullets(lines: list[str]) -> list[str]:
    """A bullet alone on its line stands before the next line that is not empty."""
    out: list[str] = []
    waiting = ""
    for at, line in enumerate(lines):
        if LONE_BULLET.match(line) and any(other.strip() for other in lines[at + 1 : at + 3]):
            waiting = line.strip()
        elif waiting and line.strip() and line != furniture.PAGE:
            out.append(line if BULLET.match(line) else f"{waiting} {line.strip()}")
            waiting = ""
        elif not waiting:
            out.append(line)
    return out


def _unglued(line: str, repairs: Counter[str]) -> list[str]:
    """Headings and bullets that were run together with the line before are lines of their own."""
    if "#" in line and not HEADING.match(line) and GLUED_HEADING.search(line):
        start, marks, rest = GLUED_HEADING.split(line, maxsplit=1)
        repairs["glued-heading"] += 1
        return [start, "", f"{marks} {rest}"]
    if line.count("•") + line.count("●") + line.count("▪") + line.count("■") + line.count(
        "►"
    ) + line.count("✓") >= 2 and not TABLE_ROW.match(line):
        start, *items = ROUND_BULLET.split(line)
        if len(items) >= 2:
            repairs["run-together-bullets"] += 1
            return ([start] if start.strip() else []) + [
                f"• {item.strip()}" for item in items if item.strip()
            ]
    if (
        re.match(r"\s*[-–*] \S", line)
        and len(DASH_BULLET.findall(line)) >= 2
        and not FULL_STOP.search(line)
    ):
        indent = line[: len(line) - len(line.lstrip())]
        parts = DASH_BULLET.split(line.strip()[2:])
        if all(len(part) < 90 for part in parts):
            repairs["run-together-bullets"] += 1
            return [f"{indent}- {part.strip()}" for part in parts]
    return [line]


def _pairs(lines: list[str]) -> list[tuple[str, str]]:
    """Lines of text, each with the one that follows it at once."""
    return [
        (one.rstrip(), other.strip())
        for one, other in itertools.pairwise(lines)
        if one.strip()
        and other.strip()
        and not _starts_block(other)
        and furniture.PAGE not in (one, other)
        and not HEADING.match(one)
        and not TABLE_ROW.match(one)
    ]


def _wrap_width(pairs: list[tuple[str, str]]) -> int:
    """The width at which the text is hard-wrapped, 0 where each line is a paragraph.

    Wrapped text has many lines near its width that stop inside a sentence.
    """
    if not pairs:
        return 0
    lengths = sorted(len(one) for one, _ in pairs)
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not 30 <= width <= MAX_WRAP:
        return 0
    long = [(one, other) for one, other in pairs if len(one) > 0.7 * width]
    inside = sum(not FULL_STOP.search(one) for one, _ in long)
    small = sum(not FULL_STOP.search(one) and other[:1].islower() for one, other in long)
    wrapped = inside >= max(2, 0.4 * len(pairs)) or (small >= 2 and small >= 0.15 * len(pairs))
    return width if wrapped else 0


def _runs(lines: list[str]) -> list[list[str]]:
    """Lines without an empty one between them; a page's end is a run of its own."""
    runs: list[list[str]] = []
    current: list[str] = []
    for line in lines:
        if line == furniture.PAGE:
            if current:
                runs.append(current)
            runs.append([line])
            current = []
        elif line.strip():
            current.append(line.rstrip())
        elif current:
            runs.append(current)
            current = []
    if current:
        runs.append(current)
    return runs


def _read_run(lines: list[str], reading: _Reading) -> None:
    """Append the blocks of a run."""
    at = 0
    pending: list[str] = []
    blocks, repairs, removed = reading.blocks, reading.repairs, reading.removed

    def flush() -> None:
        if pending:
            blocks.extend(_paragraphs(pending, reading))
            pending.clear()

    while at < len(lines):
        line = lines[at]
        stripped = line.strip()
        if TABLE_ROW.match(line):
            flush()
            rows = []
            while at < len(lines) and TABLE_ROW.match(lines[at]):
                rows.append(lines[at])
                at += 1
            cells = [_cells(row) for row in rows if not TABLE_RULE.match(row)]
            found_blocks, export = tables.blocks_of(cells)
            blocks.extend(found_blocks)
            reading.export = reading.export or export
            continue
        if not pending and (found := MARKUP_BLOCK.match(line)):
            end = _markup_end(lines, at, found[1])
            if end > at:
                markup = "\n".join(lines[at:end])
                repairs["html-block"] += 1
                blocks.extend(web.blocks_of(web.parsed(f"<body>{markup}</body>"), repairs, removed))
                at = end
                continue
        if reading.titles and (end := _titled(lines, at, reading.titles)) > at:
            flush()
            words = joined([one.strip() for one in lines[at:end]], repairs, reading.compounds)
            blocks.append(Block("paragraph", words, bold=True, marker="named"))
            at = end
            continue
        if stripped.startswith(">") and (reading.markdown or stripped.startswith("> ")):
            lines[at] = line = stripped.lstrip("> ")
            stripped = line.strip()
        if not stripped:
            pass
        elif reading.export and stripped.lower().rstrip(":") in INTERFACE:
            flush()
            repairs["interface-words"] += 1
            removed.append(stripped)
        elif reading.export and (found := MOTION_HEADING.match(stripped)):
            flush()
            blocks.append(Block("heading", found[2], level=1, marker=found[1]))
        elif IMAGE.match(line):
            flush()
            repairs["image-placeholder"] += 1
            removed.append(stripped)
            blocks.append(Block("caption", "", marker="image"))
        elif found := HEADING.match(line):
            flush()
            if found[2].strip():
                blocks.append(Block("heading", found[2].strip(), level=len(found[1])))
        elif reading.markdown and len(pending) == 1 and SETEXT.match(line):
            level = 1 if stripped[0] == "=" else 2
            blocks.append(Block("heading", pending.pop().strip(), level=level))
        elif RULE.match(line):
            if pending and len(pending) == 1 and len(stripped) >= 3 and stripped[0] in "=-_~*":
                blocks.append(Block("paragraph", pending.pop().strip(), bold=True))  # underlined
            flush()
        elif pending and _is_dash_inside(pending[-1], line, lines[at + 1 : at + NEAR], reading):
            pending.append(line)
        elif found := BULLET.match(line) or _numbered(line, lines, at, reading):
            flush()
            item = [CHECKBOX.sub("", line[found.end() :])]
            indent = len(found[1])
            while at + 1 < len(lines) and (
                _is_dash_inside(item[-1], lines[at + 1], lines[at + 2 : at + NEAR], reading)
                if found[2] not in DASHES and lines[at + 1].lstrip()[:1] in DASHES
                else not _starts_block(lines[at + 1])
                and _continues(lines, at + 1, item, indent, reading)
            ):
                at += 1
                item.append(lines[at])
            blocks.append(
                Block(
                    "item",
                    joined(item, repairs, reading.compounds),
                    level=_depth(indent, reading),
                    marker=found[2],
                )
            )
            repairs["hard-wrap"] += len(item) - 1
        elif (found := BOLD.match(stripped)) and "**" not in found[2]:
            flush()
            blocks.append(Block("paragraph", found[2].strip(), bold=True))
        else:
            pending.append(line)
        at += 1
    flush()
    repairs += Counter()  # drops zeros


def _cells(row: str) -> list[str]:
    return [
        cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", row.strip().strip("|"))
    ]


def _markup_end(lines: list[str], start: int, tag: str) -> int:
    """The line after the one that closes the element begun at `start`; `start` if none does."""
    opened = 0
    pattern = re.compile(rf"<(/?){tag}\b", re.IGNORECASE)
    for at in range(start, len(lines)):
        opened += sum(-1 if found[1] else 1 for found in pattern.finditer(lines[at]))
        if opened <= 0:
            return at + 1
    return start


def _depth(indent: int, reading: _Reading) -> int:
    """How deep an item stands: the number of smaller indents in the open list."""
    reading.indents[:] = [other for other in reading.indents if other < indent - 1]
    reading.indents.append(indent)
    return len(reading.indents)


def _titled(lines: list[str], start: int, titles: frozenset[str]) -> int:
    """The line after a title that the contents list names; `start` if none begins here."""
    words = ""
    for at in range(start, min(start + wrapping.LINES, len(lines))):
        words += furniture.normalised(lines[at])
        if words in titles:
            return at + 1
    return start


def _numbered(line: str, lines: list[str], at: int, reading: _Reading) -> re.Match[str] | None:
    """A numbered item: one of several in its run, or a sentence; a lone short line is a numbered heading."""
    found = NUMBERED.match(line)
    if not found or DATE_LIKE.match(line):
        return None
    if reading.width and wrapping.CHAPTER.match(line.strip()) and at + 1 < len(lines):
        below = lines[at + 1].strip()
        last = line.strip()
        open_end = bool(wrapping.OPEN_END.search(last))
        if open_end and at + 2 < len(lines) and len(below) < 0.6 * reading.width:
            last, below = below, lines[at + 2].strip()  # a heading of two lines
        listed = BULLET.match(below)
        begins = not NUMBERED.match(below) and not below[:1].islower()
        if (
            begins
            and (open_end or listed or wrapping.ended_early(last, below, reading.ruler))
            and not SENTENCE_END.search(last)
            and (listed or len(below) > 0.6 * reading.width)
        ):
            return None
        if wrapping.DEEP.match(below):
            return None
    others = sum(bool(NUMBERED.match(other)) for other in lines)
    return found if others > 1 or SENTENCE_END.search(line) or found[2].endswith(")") else None


def _is_dash_inside(last: str, line: str, below: list[str], reading: _Reading) -> bool:
    """Whether a dash that begins a line stands inside a sentence: after a full line that ended none, and alone."""
    found = BULLET.match(line) if reading.width else None
    if not found or found[2] not in DASHES or not last.strip():
        return False
    if wrapping.is_stopped(last.rstrip()) or any(BULLET.match(other) for other in below):
        return False
    small = line[found.end() :][:1].islower()
    return reading.ruler.of(last.strip()) >= (0.8 if small else 0.92) * reading.ruler.width


def _starts_block(line: str) -> bool:
    return bool(
        BULLET.match(line)
        or (NUMBERED.match(line) and not DATE_LIKE.match(line))
        or HEADING.match(line)
        or TABLE_ROW.match(line)
        or IMAGE.match(line)
        or RULE.match(line)
        or BOLD.match(line.strip())
    )


def _continues(lines: list[str], at: int, item: list[str], indent: int, reading: _Reading) -> bool:
    """Does a line go on with the item: indented under it, begun in lower case, or after a wrapped line?"""
    line = lines[at]
    own = len(line) - len(line.lstrip())
    if line.lstrip()[:1].islower():
        return True
    if own > indent:
        return True
    last = len(item[-1]) + (indent + 2 if len(item) == 1 else 0)
    if reading.width:
        if (
            wrapping.CHAPTER.match(line.strip())
            or REASONS.match(line.strip())
            or _titled(lines, at, reading.titles) > at
        ):
            return False
        last_line = item[-1].rstrip()
        if wrapping.OPEN_END.search(last_line) or wrapping.ABBREVIATED.search(last_line):
            return True
        # Items stand further in: less room than the width of the text.
        shown = " " * (last - len(item[-1].strip())) + item[-1].strip()
        stopped = wrapping.is_stopped(item[-1].rstrip())
        if len(shown) < (0.7 if reading.width > 60 else 0.5) * reading.width:
            return False
        return not wrapping.ended_early(shown, line.strip(), reading.ruler, 1 if stopped else 0.88)
    return last > 60 and not FULL_STOP.search(item[-1])


def _paragraphs(lines: list[str], reading: _Reading) -> list[Block]:
    """One paragraph a line, or, where the lines are hard-wrapped, lines joined up to a short last one."""
    if len(lines) == 1:
        return [Block("paragraph", _unbroken(lines[0]))]
    width = reading.width or _own_width(lines, reading)
    if not width or max(map(len, lines)) > 1.6 * max(width, 60):
        bold = _all_bold(lines) or None
        parts: list[list[str]] = []
        for line in lines:
            # A long line that stops inside a sentence goes on in the next one.
            if parts and len(parts[-1][-1]) > 60 and not SENTENCE_END.search(parts[-1][-1]):
                parts[-1].append(line)
                reading.repairs["hard-wrap"] += 1
            else:
                parts.append([line])
        return [
            Block(
                "paragraph",
                joined([_unbroken(line) for line in part], reading.repairs, reading.compounds),
                bold=bold,
            )
            for part in parts
        ]
    on_top = not any(block.text for block in reading.blocks)
    ruler = reading.ruler if reading.width else wrapping.Ruler(width)
    whole = _headline(lines, on_top)
    paragraphs = [lines] if whole else wrapping.paragraphs(lines, ruler, on_top=on_top)
    reading.repairs["hard-wrap"] += sum(max(len(part) - 1, 0) for part in paragraphs)
    return [
        Block(
            "paragraph",
            _unbroken(
                joined([_unbroken(line) for line in part], reading.repairs, reading.compounds)
            ),
        )
        for part in paragraphs
    ]


def _headline(lines: list[str], on_top: bool) -> bool:
    """Whether a few short lines between empty ones are a heading that was broken."""
    parts = [line.strip() for line in lines]
    if len(parts) > wrapping.LINES or sum(len(part.split()) for part in parts) > 14:
        return False
    if any(SENTENCE_END.search(part) or wrapping.CHAPTER.match(part) for part in parts[1:]):
        return False
    if any(FRONT.match(part) for part in parts[1:]):
        return False
    pairs = list(itertools.pairwise(parts))
    # A title stands above the other lines of a cover.
    return all(
        wrapping.OPEN_END.search(one) or (not on_top and wrapping.is_broken(one, other))
        for one, other in pairs
    )


def _own_width(lines: list[str], reading: _Reading) -> int:
    """The width of a run that is wrapped by itself in a text that is not."""
    width = max(map(len, lines))
    full = sum(len(line) > 0.72 * width for line in lines)
    inside = sum(
        not SENTENCE_END.search(line) and bool(other.strip())
        for line, other in itertools.pairwise(lines)
    )
    lower = any(other.strip()[:1].islower() for other in lines[1:])
    wrapped = (
        width <= 130
        and full >= 0.6 * (len(lines) - 1)
        and inside
        and (lower or (width >= 50 and inside >= 2))
    )
    return width if wrapped else 0


def _unbroken(line: str) -> str:
    """A line without Markdown's sign for a line break."""
    line = line.strip()
    return line[:-1].rstrip() if line.endswith("\\") and not line.endswith("\\\\") else line


def _all_bold(lines: list[str]) -> bool:
    whole = " ".join(line.strip() for line in lines)
    return whole.startswith("**") and whole.endswith("**") and whole.count("**") == 2
