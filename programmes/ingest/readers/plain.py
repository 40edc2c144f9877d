"""Text files and Markdown: lines to blocks.

Both are read by one set of rules, since real files are neither wholly: exports with a Markdown table on top
and hard-wrapped text below, web pages pasted with bullets, Markdown with contradicting levels.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from programmes.ingest.pieces import Block, Text, Warning

HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*$")
BOLD = re.compile(r"^(\*\*|__)(?=\S)(.+?)(?<=\S)\1[ \t]*:?[ \t]*$")
BULLET = re.compile(r"^([ \t]*)([•●▪■◦‣▸►→✓✔➔]|[-–—*+·])[ \t]+(?=\S)")
NUMBERED = re.compile(r"^([ \t]*)(\(?\d{1,2}[.)]|[a-z]\))[ \t]+(?=\S)")
TABLE_ROW = re.compile(r"^\s*\|.*\|\s*$")
TABLE_RULE = re.compile(r"^[\s|:-]+$")
SETEXT = re.compile(r"^(=+|-{3,})\s*$")
RULE = re.compile(r"^\s*([-*_])(?:\s*\1){2,}\s*$")
IMAGE = re.compile(r"^\s*(?:!\[[^\]]*\]\([^)]*\)|\[?(?:Image|Bild|Foto|Grafik|Abbildung)\]?)\s*$")
MOTION_HEADING = re.compile(r"^([A-ZÄÖÜ]{1,3}\d{1,4}[A-Za-z]?(?:-\d{1,3})?):\s+(\S.*)$")
INTERFACE = {
    "text",
    "kommentare",
    "begründung einblenden",
    "änderungsanträge",
    "unterstützer*innen",
}
SENTENCE_END = re.compile(r"[.!?…:;][“”\"»«')\]]*$")
PAGE_MARK = re.compile(
    r"^\s*(?:[-–—]\s*)?(?:Seite\s+)?\d{1,3}(?:\s*(?:von|/)\s*\d{1,3})?(?:\s*[-–—])?\s*$",
    re.IGNORECASE,
)
LETTER_HYPHEN = re.compile(r"[a-zäöüß]-$")
ENUMERATION = re.compile(r"^(?:und|oder|bzw\.?|sowie|als|&)\b")


@dataclass(slots=True)
class _Run:
    """Lines without an empty one between them."""

    lines: list[str]


def read(text: str, warnings: tuple[Warning, ...] = ()) -> Text:
    """The blocks of a text or Markdown file."""
    repairs: Counter[str] = Counter()
    removed: list[str] = []
    text = text.replace("\f", "\n\n").expandtabs(4)
    lines = text.split("\n")
    markdown = any(HEADING.match(line) for line in lines) or any(
        TABLE_RULE.match(line) and "|" in line for line in lines
    )
    blocks: list[Block] = []
    export = False
    for run in _runs(lines):
        export = _read_run(run.lines, blocks, repairs, removed, markdown, export)
    return Text(
        blocks=tuple(blocks),
        reader="markdown" if markdown else "text",
        media_type="text/markdown" if markdown else "text/plain",
        repairs=dict(repairs),
        removed=tuple(removed),
        warnings=warnings,
    )


def _runs(lines: list[str]) -> list[_Run]:
    runs: list[_Run] = []
    current: list[str] = []
    for line in lines:
        if line.strip():
            current.append(line.rstrip())
        elif current:
            runs.append(_Run(current))
            current = []
    if current:
        runs.append(_Run(current))
    return runs


def _read_run(
    lines: list[str],
    blocks: list[Block],
    repairs: Counter[str],
    removed: list[str],
    markdown: bool,
    export: bool,
) -> bool:
    """Append the blocks of a run; returns whether a motion export's table has been seen."""
    at = 0
    pending: list[str] = []

    def flush() -> None:
        if pending:
            blocks.extend(_paragraphs(pending, repairs))
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
            export = _table(rows, blocks, removed, repairs) or export
            continue
        if export and stripped.lower() in INTERFACE:
            flush()
            repairs["interface-words"] += 1
            removed.append(stripped)
        elif export and (found := MOTION_HEADING.match(stripped)):
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
        elif markdown and RULE.match(line):
            flush()
        elif markdown and pending and SETEXT.match(line) and len(pending) == 1:
            blocks.append(
                Block("heading", pending.pop().strip(), level=1 if line.strip()[0] == "=" else 2)
            )
        elif len(lines) == 1 and PAGE_MARK.match(line):
            repairs["page-number"] += 1
            removed.append(stripped)
        elif found := BULLET.match(line) or _numbered(line, lines, at):
            flush()
            item = [line[found.end() :]]
            indent = len(found[1])
            while (
                at + 1 < len(lines)
                and not _starts_block(lines[at + 1])
                and _continues(lines[at + 1], item, indent)
            ):
                at += 1
                item.append(lines[at])
            blocks.append(
                Block(
                    "item",
                    _join(item, repairs),
                    level=1 + indent // 2 if indent >= 4 else 1,
                    marker=found[2],
                )
            )
        elif (found := BOLD.match(stripped)) and "**" not in found[2]:
            flush()
            blocks.append(Block("paragraph", found[2].strip(), bold=True))
        else:
            pending.append(line)
        at += 1
    flush()
    return export


def _numbered(line: str, lines: list[str], at: int) -> re.Match[str] | None:
    """A numbered item: one of several in its run, or a sentence; a lone short line is a numbered heading."""
    found = NUMBERED.match(line)
    if not found:
        return None
    others = sum(bool(NUMBERED.match(other)) for other in lines)
    return found if others > 1 or SENTENCE_END.search(line) else None


def _starts_block(line: str) -> bool:
    return bool(
        BULLET.match(line)
        or NUMBERED.match(line)
        or HEADING.match(line)
        or TABLE_ROW.match(line)
        or IMAGE.match(line)
    )


def _continues(line: str, item: list[str], indent: int) -> bool:
    """Does the next line go on with the item: indented under it, or begun in lower case, or a wrapped line?"""
    own = len(line) - len(line.lstrip())
    return own > indent or line.lstrip()[:1].islower() or len(item[-1]) > 60


def _table(rows: list[str], blocks: list[Block], removed: list[str], repairs: Counter[str]) -> bool:
    """A table of names and values on top is metadata; any other stays a table. True for a motion export."""
    cells = [
        [cell.strip() for cell in row.strip().strip("|").split("|")]
        for row in rows
        if not TABLE_RULE.match(row)
    ]
    if cells and all(len(row) == 2 and row[0].endswith(":") for row in cells):
        for name, value in cells:
            blocks.append(Block("meta", f"{name} {value}"))
        names = {row[0].lower() for row in cells}
        return bool(
            names
            & {"antragsteller*in:", "antragsteller*innen:", "antragsteller:", "veranstaltung:"}
        )
    blocks.append(Block("table", "\n".join(f"| {' | '.join(row)} |" for row in cells)))
    return False


def _paragraphs(lines: list[str], repairs: Counter[str]) -> list[Block]:
    """One paragraph a line, or, where the lines are hard-wrapped, lines joined up to a short last one."""
    if len(lines) == 1:
        return [Block("paragraph", lines[0].strip())]
    width = max(map(len, lines))
    full = sum(len(line) > 0.72 * width for line in lines)
    wrapped = (
        width <= 130
        and full >= 0.6 * (len(lines) - 1)
        and any(not SENTENCE_END.search(line) for line in lines[:-1])
    )
    if not wrapped:
        return [Block("paragraph", line.strip(), bold=_all_bold(lines) or None) for line in lines]
    paragraphs: list[list[str]] = [[]]
    for number, line in enumerate(lines):
        paragraphs[-1].append(line)
        short = len(line) < 0.86 * width
        room = (
            number + 1 < len(lines)
            and len(line) + 1 + len(lines[number + 1].split(maxsplit=1)[0]) <= width
        )
        if (
            short
            and room
            and SENTENCE_END.search(line.rstrip())
            and not line.rstrip().endswith(";")
        ):
            paragraphs.append([])
    repairs["hard-wrap"] += sum(max(len(part) - 1, 0) for part in paragraphs)
    return [Block("paragraph", _join(part, repairs)) for part in paragraphs if part]


def _all_bold(lines: list[str]) -> bool:
    whole = " ".join(line.strip() for line in lines)
    return whole.startswith("**") and whole.endswith("**")


def _join(lines: list[str], repairs: Counter[str]) -> str:
    """The lines as one; a hyphen at a line's end goes where it split a word."""
    whole = lines[0].strip()
    for line in lines[1:]:
        following = line.strip()
        if (
            LETTER_HYPHEN.search(whole)
            and following[:1].islower()
            and not ENUMERATION.match(following)
        ):
            whole = whole[:-1] + following
            repairs["hyphenation"] += 1
        elif whole.endswith("-") and not whole.endswith(" -") and following[:1].isupper():
            whole += following
        else:
            whole += " " + following
    return whole
