"""`manage.py fit_judge PATH…`: learn weights of pledges and topics from labelled texts; say how good they are.

Figures are given three times: for the rules alone, for a judge that was fitted to all but the document it
is asked about (cross-validated by document: the honest one), and for the judge fitted to everything.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes import evaluation, fitting
from programmes.ingest import gazetteer, topics
from programmes.ingest.pledges import judge
from programmes.management import labelled, offered

_WAYS = {
    "rules": "Regeln allein",
    "cross_validated": "kreuzvalidiert je Dokument",
    "fitted": "an alles angepasst",
}


class Command(BaseCommand):
    help = (
        "Lernt aus beschrifteten Texten, wie Versprechen zu gewichten sind, und misst das Ergebnis "
        "je Dokument kreuzvalidiert. Gold-Dateien enden auf .jsonl, alles andere sind die Texte dazu."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", metavar="PATH", help="Dateien und Ordner")
        parser.add_argument(
            "--folds", type=int, default=10, help="in wie vielen Teilen geprüft wird"
        )
        parser.add_argument(
            "--write", metavar="FOLDER", help="die Gewichte in diesen Ordner schreiben"
        )
        parser.add_argument("--json", action="store_true", help="ein JSON-Objekt als Ausgabe")

    def handle(self, *args: Any, **options: Any) -> None:
        files = list(offered.files(options["paths"]))
        golds = [path for path in files if path.suffix == ".jsonl"]
        texts = [path for path in files if path.suffix not in (".jsonl", ".json")]
        if not golds:
            raise CommandError("Keine Gold-Datei (.jsonl) angegeben.", returncode=2)
        documents = self._documents(golds, texts)
        if not documents:
            raise CommandError(
                "Zu keiner der Gold-Dateien wurde ein Text gefunden: „seed“ muss der Dateiname sein.",
                returncode=2,
            )
        figures = _figures(documents, self._slugs, options["folds"])
        if options["json"]:
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            self.stdout.write(as_text(figures))
        if options["write"]:
            folder = Path(options["write"])
            folder.mkdir(parents=True, exist_ok=True)
            everything = figures["groups"]["alle"]
            for name, fitted in zip(
                ("pledge", "specificity"), fitting.judges(documents), strict=True
            ):
                text = judge.write(fitted, _notes(name, everything))
                (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
                self.stderr.write(f"{folder / f'{name}.tsv'}: {len(text.encode()) // 1000} kB")
            weights = fitting.topic_weights(documents, self._slugs)
            text = topics.write(weights, _topic_notes(everything["main_topic"]))
            (folder / "topics.tsv").write_text(text, encoding="utf-8")

    def _unread(self, sentence: str) -> None:
        raise CommandError(f"{sentence} Ohne diesen Text wird nichts gelernt.", returncode=2)

    def _documents(self, golds: Sequence[Path], texts: Sequence[Path]) -> list[fitting.Document]:
        known = gazetteer.load(settings.BASE_DIR / "fixtures" / "reference")
        self._slugs = [topic.slug for topic in known.topics]
        documents = []
        for gold in golds:
            units = labelled.gold(gold)
            near = [path for path in texts if gold.parent in path.parents] or list(texts)
            paths = labelled.paths_by_seed(list(dict.fromkeys(unit.seed for unit in units)), near)
            for seed, parsed in labelled.parsed(paths, known, self._unread):
                own = [unit for unit in units if unit.seed == seed]
                documents.append(
                    fitting.document(
                        f"{gold.parent.name}/{seed}", gold.parent.name, own, parsed, known
                    )
                )
        return documents


def _figures(
    documents: Sequence[fitting.Document], slugs: Sequence[str], folds: int
) -> dict[str, Any]:
    """The figures of every group of documents, each of the three ways."""
    answers = {
        "rules": {document.name: document.by_rules() for document in documents},
        "cross_validated": fitting.cross_validated(documents, folds),
        "fitted": fitting.judged(documents, *fitting.judges(documents)),
    }
    main = fitting.cross_validated_topics(documents, slugs, folds)
    groups: dict[str, list[fitting.Document]] = {"alle": list(documents)}
    for document in documents:
        groups.setdefault(document.group, []).append(document)
    return {
        "documents": len(documents),
        "units": sum(len(document.units) for document in documents),
        "groups": {
            name: {way: _summary(own, found) for way, found in answers.items()}
            | {"main_topic": _main_topic(own, main)}
            for name, own in groups.items()
        },
    }


def _summary(
    documents: Sequence[fitting.Document], found: Mapping[str, Sequence[evaluation.Found]]
) -> dict[str, Any]:
    units = [unit for document in documents for unit in document.named_units()]
    report = evaluation.evaluate(
        units, {document.name: found[document.name] for document in documents}
    )
    return {
        "documents": len(documents),
        "units": len(units),
        "all": report.all.as_json(),
        "agreed": report.agreed.as_json(),
        "macro_f1": round(report.macro, 4),
        "specificity_f1": round(report.specificity_f1, 4),
    }


def _main_topic(
    documents: Sequence[fitting.Document], right: Mapping[str, Sequence[tuple[bool, bool]]]
) -> dict[str, float | int]:
    """How often the main topic of labelled pledges is right, cross-validated by document."""
    own = [answer for document in documents for answer in right.get(document.name, ())]
    number = max(len(own), 1)
    return {
        "judged": len(own),
        "first": round(sum(first for first, _ in own) / number, 4),
        "among_gold": round(sum(among for _, among in own) / number, 4),
    }


def as_text(figures: Mapping[str, Any]) -> str:
    lines = [
        f"{figures['units']} Einheiten in {figures['documents']} Dokumenten",
        f"{'':30}{'alle':>8}{'ohne Grenzfälle':>17}{'je Dokument':>13}{'Bestimmtheit':>14}",
    ]
    for name, ways in figures["groups"].items():
        first = next(iter(ways.values()))
        lines += ["", f"{name}: {first['units']} Einheiten, {first['documents']} Dokumente"]
        lines += [
            f"  {_WAYS[way]:28}{own['all']['f1']:8.3f}{own['agreed']['f1']:17.3f}"
            f"{own['macro_f1']:13.3f}{own['specificity_f1']:14.3f}"
            for way, own in ways.items()
            if way in _WAYS
        ]
        main = ways["main_topic"]
        if main["judged"]:
            lines.append(
                f"  Hauptthema, kreuzvalidiert: {main['first']:.3f} das erste im Gold, "
                f"{main['among_gold']:.3f} eines davon (von {main['judged']})"
            )
    return "\n".join(lines)


def _topic_notes(main: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        "What each observation is worth for a topic: log-odds, made by manage.py fit_judge; see __init__.py.",
        f"Cross-validated by document on {main['judged']} labelled pledges: main topic as the first one "
        f"{main['first']:.3f}, among the labelled ones {main['among_gold']:.3f}.",
    )


def _notes(name: str, everything: Mapping[str, Any]) -> list[str]:
    checked = everything["cross_validated"]
    of = {
        "pledge": f"F1 {checked['agreed']['f1']:.3f} without borderline units, {checked['all']['f1']:.3f} with them",
        "specificity": f"F1 {checked['specificity_f1']:.3f}, mean of concrete and vague",
    }[name]
    return [
        f'Weights of the judge "{name}": log-odds by feature, made by manage.py fit_judge; see judge.py.',
        f"Fitted to {checked['units']} labelled units of {checked['documents']} documents; cross-validated by document: {of}.",
    ]
