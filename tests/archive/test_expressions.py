"""No regular expression of ours hangs on a hostile text: each is attacked with what its own repeats match."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]

import pytest

import archive
import programmes
import search

NOT_READ = ("migrations", "archive.settings", "archive.wsgi", "gunicorn")
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
MANY = 20  # times from which a repeat counts as one without end
# What reads files runs in a child that is stopped: there a square is borne, and a cube is not. At 1,000
# characters a square takes 0.005 seconds, a cube 1, and what doubles with each letter takes for ever.
READING = (1000, 0.25)
# What works for visitors must take time in proportion: at 20,000 characters 0.005 seconds, a square 2.
SERVING = (20_000, 0.6)


@cache
def expressions() -> dict[tuple[str, int], tuple[re.Pattern, str]]:
    """Every expression of our modules with where it stands: compiled ones, and those written into a call."""
    found: dict[tuple[str, int], tuple[re.Pattern, str]] = {}

    def take(value: object, where: str, depth: int = 0) -> None:
        if isinstance(value, re.Pattern):
            found.setdefault((str(value.pattern), value.flags), (value, where))
        elif depth < 4 and isinstance(value, dict):
            take((*value, *value.values()), where, depth + 1)
        elif depth < 4 and isinstance(value, (tuple, list, set, frozenset)) and len(value) < 3000:
            for one in value:
                take(one, where, depth + 1)
        elif depth < 4 and is_dataclass(value) and not isinstance(value, type):
            take([getattr(value, field.name, None) for field in fields(value)], where, depth + 1)

    for package in (archive, programmes, search):
        for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if any(part in info.name for part in NOT_READ):
                continue
            module = importlib.import_module(info.name)
            for name, value in list(vars(module).items()):
                take(value, f"{info.name}.{name}")
            for called in _called(Path(str(module.__file__)).read_text()):
                take(called, info.name)
    return found


def _called(source: str) -> Iterator[re.Pattern]:
    for node in ast.walk(ast.parse(source)):
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
            continue
        module, first = node.func.value, node.args[0]
        if isinstance(module, ast.Name) and module.id == "re" and isinstance(first, ast.Constant):
            yield re.compile(first.value)


def sample(tokens: list) -> str:
    """A short text that these parts of an expression match, near enough."""
    said = ""
    for code, value in tokens:
        if code is op.LITERAL:
            said += chr(value)
        elif code is op.NOT_LITERAL:
            said += "a" if value != ord("a") else "b"
        elif code is op.ANY:
            said += "a"
        elif code is op.IN:
            said += next((char for char in "a1 .-A\u00fc\n\t,_(" if _is_in(value, char)), "")
            said += "" if said or value[0][0] is not op.LITERAL else chr(value[0][1])
        elif code in REPEATS:
            said += sample(value[2]) * max(1, min(value[0], 5))
        elif code is op.SUBPATTERN:
            said += sample(value[3])
        elif code is op.ATOMIC_GROUP:
            said += sample(value)
        elif code is op.BRANCH:
            said += sample(value[1][0])
    return said


def _is_in(members: list, char: str) -> bool:
    kinds = {
        op.CATEGORY_DIGIT: char.isdigit(),
        op.CATEGORY_SPACE: char.isspace(),
        op.CATEGORY_WORD: char.isalnum() or char == "_",
    }
    kinds |= {
        op.CATEGORY_NOT_DIGIT: not kinds[op.CATEGORY_DIGIT],
        op.CATEGORY_NOT_SPACE: not kinds[op.CATEGORY_SPACE],
        op.CATEGORY_NOT_WORD: not kinds[op.CATEGORY_WORD],
    }
    said = any(
        (code is op.LITERAL and value == ord(char))
        or (code is op.RANGE and value[0] <= ord(char) <= value[1])
        or (code is op.CATEGORY and kinds.get(value, False))
        for code, value in members
    )
    return said != any(code is op.NEGATE for code, _ in members)


def inside(code: object, value: tuple) -> list[list]:
    """The expressions that a part is made of."""
    if code in REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code is op.ATOMIC_GROUP:
        return [value]  # type: ignore[list-item]
    if code is op.BRANCH:
        return list(value[1])
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    return []


def repeats(tokens: list, before: str = "") -> Iterator[tuple[str, str]]:
    """For each part that may be repeated without end: what comes before it, and what to repeat."""
    for at, (code, value) in enumerate(tokens):
        ahead = before + sample(tokens[:at])
        if code in REPEATS and value[1] > MANY:
            own = sample(value[2])
            yield ahead, own
            yield ahead, own + sample(tokens[at + 1 : at + 2])
            yield "", ahead + own
        for part in inside(code, value):
            yield from repeats(list(part), ahead)


def how_many(tokens: list) -> int:
    """How many repeats without end can follow each other; one in another counts twice."""
    count = 0
    for code, value in tokens:
        own = [how_many(list(part)) for part in inside(code, value)]
        endless = code in REPEATS and value[1] > MANY
        count += max(own, default=0) * (2 if endless else 1)
        count += endless and code is not op.POSSESSIVE_REPEAT
    return count


class Late(Exception):
    """The expression is still at it."""


def seconds(pattern: re.Pattern, before: str, filling: str, length: int, most: float) -> float:
    """Processor time to find all there is in such a text; stopped soon after `most`."""

    def stop(*_: object) -> None:
        raise Late

    text = before + filling * (length // len(filling)) + "\x00"
    told = text.encode() if isinstance(pattern.pattern, bytes) else text
    began = time.process_time()
    old = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, 2 * most)
    try:
        with suppress(Late):
            for _found in pattern.finditer(told):
                pass
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, old)
    return time.process_time() - began


def slow(pattern: re.Pattern, least: int, length: int, most: float) -> str:
    """What makes an expression slow, or nothing; those with fewer than `least` repeats cannot be."""
    text = pattern.pattern
    text = text.decode("latin-1") if isinstance(text, bytes) else text
    parsed = list(_parser.parse(text, pattern.flags & ~re.UNICODE & ~re.LOCALE))
    if how_many(parsed) < least:
        return ""
    attacks = {(before[-60:], filling[:40]) for before, filling in repeats(parsed) if filling}
    for before, filling in sorted(attacks | {("", filling) for filling in " a.1A\n"}):
        if seconds(pattern, before, filling, length, most) > most:
            return f"{before!r} + {filling!r} × n"
    return ""


def test_no_expression_that_reads_files_is_worse_than_square():
    assert [
        (where, attack)
        for pattern, where in expressions().values()
        if (attack := slow(pattern, 2, *READING))
    ] == []


def test_no_expression_that_works_for_visitors_is_worse_than_straight():
    assert [
        (where, attack)
        for pattern, where in expressions().values()
        if not where.startswith("programmes.ingest.") and (attack := slow(pattern, 1, *SERVING))
    ] == []


def test_the_expressions_of_all_modules_are_attacked():
    assert len(expressions()) > 400


@pytest.mark.parametrize(
    "text", [r"(a+)+$", r"(?:\w+\s?)*x", r"\s*\s*\s*x", r"(?:x|\w+_+)*?z", rb"(?:<!--.*?-->\s*)*<p"]
)
def test_a_dangerous_expression_is_seen(text):
    assert slow(re.compile(text), 2, *READING)


@pytest.mark.parametrize("text", [r"\s+$", r"(?:\w+ )*x"])
def test_a_square_is_too_slow_for_visitors_only(text):
    assert slow(re.compile(text), 1, *SERVING) and not slow(re.compile(text), 1, *READING)
