"""Runs of letters, some of them bold, with line breaks between: where does a paragraph or an item begin?"""

from __future__ import annotations

import re

Run = tuple[str, bool]  # words (or a line break), set in bold

BREAK: Run = ("\n", False)
BULLET = re.compile(r"^([•●▪■◦‣▸►→✓✔➔·*\uf0b7\uf0a7]|[-–—])[ \t\u00a0]+(?=\S)")
SPACE = re.compile(r"[ \t\r\f\v\u00a0]+")


def paragraphs(runs: list[Run]) -> list[Run]:
    """The paragraphs of the runs, each with whether all of it is bold.

    A line break is a space, except where an empty line follows, bold ends ("<b>Verkehr</b><br>Wir wollen …")
    or a bullet stands.
    """
    lines: list[list[Run]] = [[]]
    for words, bold in runs:
        for number, part in enumerate(words.split("\n")):
            if number:
                lines.append([])
            if part:
                lines[-1].append((part, bold))
    found: list[Run] = []
    fresh = True
    for line in lines:
        words = SPACE.sub(" ", "".join(part for part, _ in line)).strip()
        if not words:
            fresh = True
            continue
        bold = _is_bold(line)
        listed = BULLET.match(words) or (
            found and BULLET.match(found[-1][0]) and not words[:1].islower()
        )
        if fresh or found[-1][1] != bold or listed:
            found.append((words, bold))
        else:
            found[-1] = (f"{found[-1][0]} {words}", bold)
        fresh = False
    return found


def _is_bold(line: list[Run]) -> bool:
    spoken = [bold for words, bold in line if words.strip(" :\u00a0")]
    return bool(spoken) and all(spoken)
