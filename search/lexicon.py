"""The German dictionary as files that are mapped into memory: forms and lemmas, nouns, verbs.

The entries are simplemma's (MIT); as a Python dictionary they take 120 MB and a second at every start, as
mapped tries a few MB and a millisecond. They are made once for each environment (`python -m search.lexicon`,
which `make setup` calls), or else once for each archive in its own folder.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import marisa_trie

EDITION = 2  # grows when what is kept changes
ENVIRONMENT = Path(sys.prefix) / "share" / "versprochen"
_folder: Path | None = None


def keep_in(folder: Path) -> None:
    """Where the files are made and found; without it they are made in memory."""
    global _folder
    _folder = folder
    forms.cache_clear()
    nouns.cache_clear()
    verbs.cache_clear()


def folder() -> Path | None:
    """Where they are kept; None: in memory."""
    return _folder


def lemma(form: str) -> str | None:
    """The dictionary form, nouns with their capital; None for a form that is not in the dictionary."""
    found = forms().get(form)
    return found[0].decode() if found else None


def near(word: str, distance: Callable[[str, str, int], int | None]) -> Iterator[str]:
    """Forms of the dictionary one edit away that share the first three letters."""
    for form in forms().iterkeys(word[:3]):
        if abs(len(form) - len(word)) < 2 and distance(word, form, 1) is not None:
            yield form


@cache
def forms() -> marisa_trie.BytesTrie:
    return _kept("forms", marisa_trie.BytesTrie()) or _keep(
        "forms", marisa_trie.BytesTrie((form, own.encode()) for form, own in _entries().items())
    )


@cache
def nouns() -> marisa_trie.Trie:
    """Nouns of 4 to 20 letters in lower case: what a compound can be made of."""
    return _kept("nouns", marisa_trie.Trie()) or _keep(
        "nouns",
        marisa_trie.Trie(
            own.lower()
            for own in set(_entries().values())
            if own[:1].isupper() and own.isalpha() and 3 < len(own) < 21
        ),
    )


@cache
def verbs() -> marisa_trie.Trie:
    """Infinitives."""
    return _kept("verbs", marisa_trie.Trie()) or _keep(
        "verbs",
        marisa_trie.Trie(
            own for own in set(_entries().values()) if own.endswith("n") and own[:1].islower()
        ),
    )


def _kept(name: str, trie: Any) -> Any:
    if _folder is None:
        return None
    for place in (_folder, ENVIRONMENT):
        try:
            return trie.mmap(str(place / _file(name)))
        except (OSError, RuntimeError):  # not there yet, or not whole: it is made again
            continue
    return None


def _keep(name: str, trie: Any) -> Any:
    """Write it beside and rename: two processes that start at once do not meet."""
    if _folder is None:
        return trie
    try:
        _folder.mkdir(parents=True, exist_ok=True)
        handle, half = tempfile.mkstemp(dir=_folder)
        os.close(handle)
        trie.save(half)
        Path(half).chmod(0o644)  # a server may run as another user than the one who set it up
        Path(half).replace(_folder / _file(name))
    except (OSError, RuntimeError):  # a folder that cannot be written: in memory then
        return trie
    return _kept(name, trie) or trie


def _file(name: str) -> str:
    import simplemma

    return f"{name}{EDITION}-{getattr(simplemma, '__version__', '2')}.marisa"


@cache
def _entries() -> dict[str, str]:
    from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

    return DefaultDictionaryFactory().get_dictionary("de")  # type: ignore[return-value]


if __name__ == "__main__":
    keep_in(ENVIRONMENT)
    forms(), nouns(), verbs()
