"""Which texts have we labelled ourselves, and what should be found in them? See `ingest/development/`.

`python -m tests.programmes.development FOLDER` writes them as texts and gold files, one folder a part, for
`manage.py fit_judge` and `manage.py evaluate`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from programmes import evaluation
from programmes.ingest import gazetteer, pipeline
from programmes.ingest.pieces import Known, Parsed, Party, Place, Source

FOLDER = Path(__file__).parent / "ingest" / "development"
PARTS = ("fitted", "trained", "unfitted")
_REFERENCE = Path(__file__).parents[2] / "fixtures" / "reference"
_PLACES = "Talhausen Neudorf Bergheim Mühlbach Seefeld Altenau Birkenfeld Wiesengrund".split()
_LISTS = ("Bürgerliste Altenau", "Wählergemeinschaft Talhausen")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A document of ours: its raw text (Markdown), and the units that a perfect import would find."""

    name: str
    text: str
    units: tuple[evaluation.Unit, ...]


def documents(part: str) -> tuple[Labelled, ...]:
    """The labelled documents of "fitted" or "unfitted"."""
    files = sorted((FOLDER / part).glob("*.lab"))
    return tuple(labelled(file.stem, file.read_text(encoding="utf-8")) for file in files)


def labelled(name: str, source: str) -> Labelled:
    """Read the notation that `ingest/development/README.md` explains."""
    lines: list[str] = []
    units: list[evaluation.Unit] = []
    before = ""
    for line in source.splitlines():
        kind = _kind(line)
        if kind == "title":
            lines += [f"# {line[1:].strip()}", ""]
        elif kind == "heading":
            lines += ["", f"#{line}", ""]
        elif kind == "blank":
            lines.append("")
        else:
            label, text = line.split("|", 1)
            units.append(_unit(name, len(units), label.lstrip("->"), text))
            if kind == before == "sentence":
                lines[-1] += f" {text}"
            elif kind == "item":
                lines += ([] if before == "item" else [""]) + [f"- {text}"]
            else:
                lines += ["", text]
        before = kind
    return Labelled(name, "\n".join(lines) + "\n", tuple(units))


def _kind(line: str) -> str:
    if not line.strip():
        return "blank"
    return {"@": "title", "#": "heading", "-": "item", ">": "lead-in"}.get(line[0], "sentence")


def _unit(name: str, index: int, label: str, text: str) -> evaluation.Unit:
    mark, _, topics = label.partition(" ")
    return evaluation.Unit(
        seed=name,
        index=index,
        text=text,
        is_pledge=mark[:1] in ("c", "v"),
        specificity={"c": "concrete", "v": "vague"}.get(mark[:1]),
        topics=tuple(topics.split(",")) if topics else (),
        borderline=mark.endswith("?"),
    )


@cache
def known() -> Known:
    """The reference data, and the invented towns and lists of our texts."""
    real = gazetteer.load(_REFERENCE)
    places = tuple(Place(f"9999900{number}", name) for number, name in enumerate(_PLACES))
    lists = tuple(Party(name, name) for name in _LISTS)
    return replace(real, places=places, parties=(*real.parties, *lists))


def parse(document: Labelled) -> Parsed:
    source = Source(document.text.encode(), f"{document.name}.md")
    return pipeline.parse(source, known())


def compare(documents: tuple[Labelled, ...]) -> evaluation.Report:
    """What the pipeline finds in labelled documents, against their labels."""
    found = {
        document.name: [
            evaluation.Found(pledge.text, pledge.specificity, pledge.topics, pledge.cue)
            for pledge in parse(document).pledges
        ]
        for document in documents
    }
    return evaluation.evaluate(list(_units(documents)), found)


def _units(documents: tuple[Labelled, ...]) -> Iterator[evaluation.Unit]:
    for document in documents:
        yield from document.units


def write(folder: Path) -> None:
    """Every part as Markdown files with a gold file beside them."""
    for part in PARTS:
        own = folder / part
        own.mkdir(parents=True, exist_ok=True)
        rows = []
        for document in documents(part):
            (own / f"{document.name}.md").write_text(document.text, encoding="utf-8")
            rows += [
                {
                    "seed": f"{document.name}.md",
                    "index": unit.index,
                    "text": unit.text,
                    "is_pledge": int(unit.is_pledge),
                    "specificity": unit.specificity,
                    "topics": unit.topics,
                    "borderline": unit.borderline,
                }
                for unit in document.units
            ]
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (own / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]))
