"""How good is what was found? A plain comparison of found pledges with a gold file.

A gold file has one JSON object a line and unit (sentence, item, caption …): `seed` (the document's file
name), `index`, `text`, `is_pledge`, and where known `specificity`, `topics` (main one first),
`borderline`, `section`, `kind`, `note`. Units and pledges are matched by their letters and digits alone,
so that white space, hyphenation, quotation marks and list markers do not matter.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

_SHARED = 0.8  # of the words of the shorter text that a unit and a pledge must share
_FEWEST_LETTERS = 12  # for a text to be looked for inside another


class BadGold(ValueError):
    """A gold file that cannot be used; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit of a gold file."""

    seed: str
    index: int
    text: str
    is_pledge: bool
    specificity: str | None = None
    topics: tuple[str, ...] = ()
    borderline: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One pledge that the pipeline found, as far as it is compared."""

    text: str
    specificity: str = ""
    topics: tuple[str, ...] = ()
    cue: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """Counts of hits, false alarms and misses, and what follows from them (0–1)."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        """1 where there was nothing to find and nothing was found."""
        total = 2 * self.hits + self.false + self.missed
        return 2 * self.hits / total if total else 1.0

    def as_json(self) -> dict[str, float | int]:
        return {
            "precision": round(self.precision, 4),
            "recall": round(self.recall, 4),
            "f1": round(self.f1, 4),
            "hits": self.hits,
            "false": self.false,
            "missed": self.missed,
        }


@dataclass(frozen=True, slots=True)
class Mistake:
    """A false alarm (`kind` "false"), a miss ("missed"), a wrong main topic or specificity."""

    kind: str
    seed: str
    index: int | None
    rule: str
    text: str
    borderline: bool = False
    expected: str = ""
    got: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What an evaluation says. Topics and specificity are judged on the pledges that were found."""

    documents: Mapping[str, Score]
    all: Score
    agreed: Score
    specificity: Mapping[str, Score]
    topics_judged: int
    main_topic: float
    main_topic_among: float
    topics: Score
    mistakes: tuple[Mistake, ...] = ()
    units: int = 0
    borderline: int = 0
    missing: tuple[str, ...] = ()
    unread: tuple[Unit, ...] = ()

    @property
    def macro(self) -> float:
        """The mean F1 over documents."""
        return sum(score.f1 for score in self.documents.values()) / max(len(self.documents), 1)

    @property
    def specificity_f1(self) -> float:
        """The mean F1 of "concrete" and "vague"."""
        return sum(score.f1 for score in self.specificity.values()) / max(len(self.specificity), 1)

    def by_rule(self) -> dict[str, int]:
        """How many false alarms each rule raised, most first; misses stand under "missed"."""
        counts = Counter(
            mistake.rule if mistake.kind == "false" else "missed"
            for mistake in self.mistakes
            if mistake.kind in ("false", "missed")
        )
        return dict(counts.most_common())

    def as_json(self) -> dict[str, Any]:
        return {
            "units": self.units,
            "borderline": self.borderline,
            "all": self.all.as_json(),
            "agreed": self.agreed.as_json(),
            "macro_f1": round(self.macro, 4),
            "documents": {seed: score.as_json() for seed, score in self.documents.items()},
            "topics": {
                "judged": self.topics_judged,
                "main": round(self.main_topic, 4),
                "main_among_gold": round(self.main_topic_among, 4),
                **self.topics.as_json(),
            },
            "specificity": {
                "f1": round(self.specificity_f1, 4),
                **{name: score.as_json() for name, score in self.specificity.items()},
            },
            "errors_by_rule": self.by_rule(),
            "errors": [
                {name: getattr(mistake, name) for name in Mistake.__slots__}
                for mistake in self.mistakes
            ],
            "documents_without_a_file": list(self.missing),
            "units_not_in_the_text": [
                {"seed": unit.seed, "index": unit.index, "text": unit.text} for unit in self.unread
            ],
        }


@dataclass(slots=True)
class _Tally:
    documents: dict[str, Score] = field(default_factory=dict)
    agreed: Score = Score()
    specificity: dict[str, Score] = field(
        default_factory=lambda: {"concrete": Score(), "vague": Score()}
    )
    judged: int = 0
    right: int = 0
    among: int = 0
    topics: Score = Score()
    mistakes: list[Mistake] = field(default_factory=list)


def read_gold(lines: Iterable[str]) -> tuple[Unit, ...]:
    """The units of a gold file; raises `BadGold` with the line that is wrong and why."""
    units: list[Unit] = []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise BadGold(
                f"Zeile {number} ist kein JSON-Objekt (Fehler bei Zeichen {error.colno})."
            ) from None
        if not isinstance(row, dict):
            raise BadGold(f"Zeile {number} ist kein JSON-Objekt.")
        for key in ("seed", "text", "is_pledge"):
            if key not in row:
                raise BadGold(f"Zeile {number}: „{key}“ fehlt.")
        if not isinstance(row["text"], str) or not isinstance(row["seed"], str):
            raise BadGold(f"Zeile {number}: „seed“ und „text“ müssen Text sein.")
        if row["is_pledge"] not in (0, 1, True, False):
            raise BadGold(f"Zeile {number}: „is_pledge“ muss 0 oder 1 sein.")
        if row.get("specificity") not in (None, "", "concrete", "vague"):
            raise BadGold(f"Zeile {number}: „specificity“ muss concrete, vague oder null sein.")
        topics = row.get("topics") or ()
        if not isinstance(topics, list | tuple) or any(
            not isinstance(slug, str) for slug in topics
        ):
            raise BadGold(f"Zeile {number}: „topics“ muss eine Liste von Kennungen sein.")
        index = row.get("index", number - 1)
        units.append(
            Unit(
                seed=row["seed"],
                index=index if isinstance(index, int) else number - 1,
                text=row["text"],
                is_pledge=bool(row["is_pledge"]),
                specificity=row.get("specificity") or None,
                topics=tuple(topics),
                borderline=bool(row.get("borderline")),
                note=str(row.get("note") or ""),
            )
        )
    if not units:
        raise BadGold("Die Datei enthält keine Einheiten.")
    return tuple(units)


def evaluate(
    units: Sequence[Unit],
    found: Mapping[str, Sequence[Found]],
    texts: Mapping[str, str] | None = None,
) -> Report:
    """Compare the pledges `found` in each document (by its `seed`) with the gold units.

    Documents of the gold file that are not in `found` are left out and named in `missing`. `texts` is
    what was read of each: units whose words do not stand in it are named in `unread`; they count as any.
    """
    by_seed: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        by_seed[unit.seed].append(unit)
    tally = _Tally()
    judged_units = [unit for unit in units if unit.seed in found]
    for seed, own in by_seed.items():
        if seed in found:
            _compare(tally, seed, own, found[seed])
    return Report(
        documents=tally.documents,
        all=sum(tally.documents.values(), Score()),
        agreed=tally.agreed,
        specificity=tally.specificity,
        topics_judged=tally.judged,
        main_topic=tally.right / tally.judged if tally.judged else 1.0,
        main_topic_among=tally.among / tally.judged if tally.judged else 1.0,
        topics=tally.topics,
        mistakes=tuple(tally.mistakes),
        units=len(judged_units),
        borderline=sum(unit.borderline for unit in judged_units),
        missing=tuple(seed for seed in by_seed if seed not in found),
        unread=tuple(_unread(judged_units, texts or {})),
    )


def _unread(units: Sequence[Unit], texts: Mapping[str, str]) -> Iterator[Unit]:
    letters = {seed: only_letters(text) for seed, text in texts.items()}
    for unit in units:
        if unit.seed in letters and only_letters(unit.text) not in letters[unit.seed]:
            yield unit


def match(units: Sequence[Unit], found: Sequence[Found]) -> tuple[list[Found | None], list[Found]]:
    """For each unit the pledge that covers it (or None), and the pledges that cover no unit."""
    letters = [only_letters(unit.text) for unit in units]
    places: dict[str, list[int]] = defaultdict(list)
    for at, text in enumerate(letters):
        places[text].append(at)
    matched: list[Found | None] = [None] * len(units)
    loose: list[Found] = []
    for pledge in found:
        free = [at for at in places.get(only_letters(pledge.text), ()) if matched[at] is None]
        if free:
            matched[free[0]] = pledge
        else:
            loose.append(pledge)
    if not loose:
        return matched, []
    words = [frozenset(_words(unit.text)) for unit in units]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, own in enumerate(words):
        for word in own:
            holders[word].append(at)
    unmatched = []
    for pledge in loose:
        covered = _covered(pledge, letters, words, holders)
        for at in covered:
            matched[at] = matched[at] or pledge
        if not covered:
            unmatched.append(pledge)
    return matched, unmatched


def _covered(
    pledge: Found,
    letters: Sequence[str],
    words: Sequence[frozenset[str]],
    holders: Mapping[str, Sequence[int]],
) -> list[int]:
    """The units that a pledge with other boundaries covers: one holds the other, or nearly so."""
    own = frozenset(_words(pledge.text))
    text = only_letters(pledge.text)
    shared: Counter[int] = Counter()
    for word in own:
        shared.update(holders.get(word, ()))
    covered = []
    for at, count in shared.items():
        shorter = min(len(own), len(words[at]))
        inside = letters[at] in text or text in letters[at]
        if (inside and min(len(text), len(letters[at])) >= _FEWEST_LETTERS) or (
            shorter >= 3
            and count / shorter >= _SHARED
            and count / max(len(own), len(words[at])) >= 0.5
        ):
            covered.append(at)
    return sorted(covered)


def _compare(tally: _Tally, seed: str, units: Sequence[Unit], found: Sequence[Found]) -> None:
    matched, loose = match(units, found)
    score = agreed = Score()
    for unit, pledge in zip(units, matched, strict=True):
        if unit.is_pledge:
            one = Score(hits=1) if pledge else Score(missed=1)
        else:
            one = Score(false=1) if pledge else Score()
        score += one
        if not unit.borderline:
            agreed += one
        if unit.is_pledge and pledge is None:
            tally.mistakes.append(_mistake("missed", unit, None))
        elif pledge is not None and not unit.is_pledge:
            tally.mistakes.append(_mistake("false", unit, pledge))
        elif pledge is not None:
            _compare_hit(tally, unit, pledge)
    for pledge in loose:
        score += Score(false=1)
        agreed += Score(false=1)
        tally.mistakes.append(
            Mistake("false", seed, None, _rule(pledge), pledge.text, note="keine Einheit im Gold")
        )
    tally.documents[seed] = score
    tally.agreed += agreed


def _compare_hit(tally: _Tally, unit: Unit, pledge: Found) -> None:
    if unit.specificity:
        for name in tally.specificity:
            expected, got = unit.specificity == name, pledge.specificity == name
            tally.specificity[name] += Score(
                hits=int(expected and got),
                false=int(got and not expected),
                missed=int(expected and not got),
            )
        if unit.specificity != pledge.specificity:
            tally.mistakes.append(
                _mistake("specificity", unit, pledge, unit.specificity, pledge.specificity)
            )
    if unit.topics:
        main = pledge.topics[0] if pledge.topics else ""
        tally.judged += 1
        tally.right += main == unit.topics[0]
        tally.among += main in unit.topics
        gold, got_topics = set(unit.topics), set(pledge.topics)
        tally.topics += Score(
            len(gold & got_topics), len(got_topics - gold), len(gold - got_topics)
        )
        if main != unit.topics[0]:
            tally.mistakes.append(
                _mistake("topic", unit, pledge, ", ".join(unit.topics), ", ".join(pledge.topics))
            )


def _mistake(
    kind: str, unit: Unit, pledge: Found | None, expected: str = "", got: str = ""
) -> Mistake:
    return Mistake(
        kind=kind,
        seed=unit.seed,
        index=unit.index,
        rule=_rule(pledge) if pledge else "",
        text=unit.text,
        borderline=unit.borderline,
        expected=expected,
        got=got,
        note=unit.note,
    )


def _rule(pledge: Found) -> str:
    return pledge.cue.partition(":")[0]


def fingerprints(units: Iterable[Unit]) -> frozenset[str]:
    """A few short numbers that tell a labelled text from others, and not what it says.

    The smallest ones of the units' hashes (Broder 1997): a copy with other line breaks or some units
    more still shares most of them.
    """
    hashes = {hashlib.sha256(only_letters(unit.text).encode()).hexdigest()[:8] for unit in units}
    return frozenset(sorted(hashes)[:8])


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text).lower().replace("\u00ad", ""))


def only_letters(text: str) -> str:
    """The letters and digits of a text alone: what two units must share to be the same one."""
    return "".join(_words(text)).replace("_", "")
