"""Which names of a gazetteer stand in a text, and where? Longest first, without overlaps.

Umlauts and their spellings (Moenchengladbach) are one, and so are hyphen and space; a name in running text
begins with a capital.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WORD = re.compile(r"[^\W\d_]+|\d+")  # numbers too, or "Bündnis 90" would be "Bündnis"
LOGOS = frozenset(("ödp", "dieBasis"))  # names that are set without a capital and are no words
UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "é": "e", "è": "e"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text: whose it is, its words, and where it stands. `derived`: an adjective of it."""

    key: str
    words: str
    start: int
    end: int
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Index:
    """Names by their first word, longest first."""

    by_first: dict[str, list[tuple[tuple[str, ...], str, bool]]]


def folded(words: str) -> str:
    return words.lower().translate(UMLAUTS)


def plain(name: str) -> str:
    """A name to be compared: folded, its words parted by one space."""
    return re.sub(r"[^a-z0-9]+", " ", folded(name)).strip()


def index(entries: Iterable[tuple[str, str, bool]]) -> Index:
    """An index of (name, key, derived); of equal names the first counts."""
    by_first: dict[str, dict[tuple[str, ...], tuple[str, bool]]] = defaultdict(dict)
    for name, key, derived in entries:
        words = tuple(folded(word) for word in WORD.findall(name))
        if words:
            by_first[words[0]].setdefault(words, (key, derived))
    return Index(
        {
            first: sorted(
                ((words, key, derived) for words, (key, derived) in names.items()),
                key=lambda entry: -len(entry[0]),
            )
            for first, names in by_first.items()
        }
    )


def mentions(where: str, names: Index, *, loose: bool = False) -> Iterator[Mention]:
    """Every name in the text; `loose` for file names and addresses, which have no capitals."""
    tokens = [(found[0], found.start(), found.end()) for found in WORD.finditer(where)]
    words = [folded(token[0]) for token in tokens]
    at = 0
    while at < len(tokens):
        token, start, _ = tokens[at]
        if loose or token[0].isupper() or token in LOGOS:
            for name, key, derived in names.by_first.get(words[at], ()):
                after = at + len(name)
                if tuple(words[at:after]) != name:
                    continue
                end = tokens[after - 1][2]
                stretch = where[start:end]
                if not loose and not _as_written(key, tokens[at:after], name):
                    continue
                if "\n" in stretch or len(stretch) > sum(map(len, name)) + 4 * len(name) + 3:
                    continue
                yield Mention(key, stretch, start, end, derived)
                at = after - 1
                break
        at += 1


def _as_written(key: str, tokens: list[tuple[str, int, int]], name: tuple[str, ...]) -> bool:
    """Are the words written as a name: with capitals, but for "an der" and the like?"""
    if len(tokens) == 1 and tokens[0][0] in LOGOS:
        return True
    if len(tokens) == 1 and key.isupper() and len(key) <= 4 and len(name[0]) <= 4:
        return tokens[0][0].isupper()
    return all(
        token[0][0].isupper() or len(token[0]) <= 3 or token[0].isdigit() for token in tokens
    )


def distinct(found: Iterable[Mention]) -> list[Mention]:
    """One mention of each key, in order."""
    first: dict[str, Mention] = {}
    for mention in found:
        first.setdefault(mention.key, mention)
    return list(first.values())


def around(where: str, start: int, end: int, width: int = 40) -> str:
    """The words found, with those around them on the same line, cut between words."""
    left = max(where.rfind("\n", 0, start) + 1, start - width)
    if left > 0 and where[left - 1] not in "\n ":
        space = where.find(" ", left, start)
        left = space + 1 if space >= 0 else start
    stop = where.find("\n", end)
    stop = stop if stop >= 0 else len(where)
    right = min(stop, end + width)
    if right < stop and where[right] != " ":
        space = where.rfind(" ", end, right)
        right = space if space >= 0 else end
    return f"„{where[left:right].strip()}“"
