"""`manage.py evaluate GOLD [FILE…]`: how good are the pledges found in files that somebody has labelled?"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes import evaluation
from programmes.ingest import gazetteer
from programmes.ingest.pledges import judge
from programmes.management import labelled, offered

_KINDS = {
    "false": "Zu viel",
    "missed": "Übersehen",
    "topic": "Anderes Hauptthema",
    "specificity": "Andere Bestimmtheit",
}
_PARTS = {
    "fitted": "Texte, an die die Gewichte angepasst sind",
    "unfitted": "Texte, an die nichts angepasst ist",
}


class Command(BaseCommand):
    help = (
        "Misst Genauigkeit und Vollständigkeit der Versprechen gegen eine Gold-Datei (JSON-Zeilen)."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("gold", metavar="GOLD", help="Gold-Datei: ein JSON-Objekt je Zeile")
        parser.add_argument(
            "files",
            nargs="*",
            metavar="FILE",
            help="die Originaldateien dazu, auch Ordner; ohne Angabe wird neben der Gold-Datei gesucht",
        )
        parser.add_argument("--json", action="store_true", help="ein JSON-Objekt als Ausgabe")

    def handle(self, *args: Any, **options: Any) -> None:
        units = labelled.gold(Path(options["gold"]))
        seeds = list(dict.fromkeys(unit.seed for unit in units))
        named = list(offered.files(options["files"]))
        paths = labelled.paths_by_seed(seeds, named or labelled.near(Path(options["gold"])))
        if not paths:
            raise CommandError(
                "Keine der Dateien kommt in der Gold-Datei vor: „seed“ muss der Dateiname sein."
                if named
                else "Zu keinem „seed“ liegt eine Datei dieses Namens neben der Gold-Datei; "
                "bitte Dateien oder Ordner angeben.",
                returncode=2,
            )
        for name in options["files"]:
            if not Path(name).is_dir() and Path(name) not in paths.values():
                self.stderr.write(
                    f"{name} kommt in der Gold-Datei nicht vor und wird nicht gelesen."
                )
        found, texts = self._found(paths)
        report = evaluation.evaluate(units, found, texts)
        apart = self._apart(units, found)
        for seed in report.missing:
            self.stderr.write(
                f"Zu „{seed}“ wurde keine lesbare Datei angegeben; es bleibt außer Betracht."
            )
        for seed, number in Counter(unit.seed for unit in report.unread).items():
            self.stderr.write(
                f"„{seed}“: nicht wörtlich im gelesenen Text gefundene Einheiten der Gold-Datei: {number}."
            )
        if options["json"]:
            figures = report.as_json() | {name: _short(part) for name, part in apart.items()}
            self.stdout.write(json.dumps(figures, ensure_ascii=False))
        else:
            self.stdout.write(as_text(report, apart))

    def _apart(
        self, units: Sequence[evaluation.Unit], found: Mapping[str, Sequence[evaluation.Found]]
    ) -> dict[str, evaluation.Report]:
        """The figures of texts that the shipped weights were fitted to, and of those that they were not."""
        fitted = judge.load("pledge").fitted
        parts: dict[str, list[evaluation.Unit]] = {"fitted": [], "unfitted": []}
        for seed in found:
            own = [unit for unit in units if unit.seed == seed]
            known = len(evaluation.fingerprints(own) & fitted) > 1
            parts["fitted" if known else "unfitted"] += own
        return {
            name: evaluation.evaluate(own, {unit.seed: found[unit.seed] for unit in own})
            for name, own in parts.items()
            if own
        }

    def _found(
        self, paths: dict[str, Path]
    ) -> tuple[dict[str, list[evaluation.Found]], dict[str, str]]:
        """The pledges found in each file, and all the words that were read of it."""
        known = gazetteer.load(settings.BASE_DIR / "fixtures" / "reference")
        found: dict[str, list[evaluation.Found]] = {}
        texts: dict[str, str] = {}
        for number, (seed, result) in enumerate(
            labelled.parsed(paths, known, self.stderr.write), 1
        ):
            texts[seed] = "\n".join(
                [
                    result.about.title or "",
                    *(f"{section.title}\n{section.text}" for section in result.sections),
                    *(block.text for block in result.text.blocks),
                    *result.text.removed,
                ]
            )
            found[seed] = [
                evaluation.Found(pledge.text, pledge.specificity, pledge.topics, pledge.cue)
                for pledge in result.pledges
            ]
            self.stderr.write(f"[{number}/{len(paths)}] {seed}: {len(found[seed])} Versprechen")
        return found, texts


def _short(report: evaluation.Report) -> dict[str, Any]:
    figures = report.as_json()
    kept = ("units", "all", "agreed", "macro_f1", "topics", "specificity")
    return {"documents": len(report.documents), **{name: figures[name] for name in kept}}


def as_text(report: evaluation.Report, apart: Mapping[str, evaluation.Report]) -> str:
    """A report on a screen: the figures, the documents, the mistakes by rule."""
    lines = [
        f"{report.units} Einheiten, davon {report.borderline} Grenzfälle; {len(report.documents)} Dokumente",
        "",
        f"{'':28}Genauigkeit  Vollständigkeit     F1",
        _row("alle Einheiten", report.all),
        _row("ohne Grenzfälle", report.agreed),
        f"{'Mittel der Dokumente':28}{'':31}{report.macro:6.3f}",
        f"{'Bestimmtheit':28}{'':31}{report.specificity_f1:6.3f}",
        *(_row(f"  {name}", score) for name, score in report.specificity.items()),
        f"{'Hauptthema richtig':28}{'':31}{report.main_topic:6.3f}  (von {report.topics_judged})",
        f"{'  unter den Themen im Gold':28}{'':31}{report.main_topic_among:6.3f}",
        _row("Themen", report.topics),
        "",
        *(_row(seed[:27], score) for seed, score in report.documents.items()),
    ]
    for name, part in apart.items():
        lines += [
            "",
            f"{_PARTS[name]} ({len(part.documents)} Dokumente, {part.units} Einheiten):",
            _row("  ohne Grenzfälle", part.agreed),
            f"{'  Mittel der Dokumente':28}{'':31}{part.macro:6.3f}",
            f"{'  Bestimmtheit, Hauptthema':28}{'':22}{part.specificity_f1:9.3f}{part.main_topic:6.3f}",
        ]
    if report.mistakes:
        lines += ["", "Fehler nach Regel:"]
        lines += [f"  {count:4}  {rule}" for rule, count in report.by_rule().items()]
    for kind, title in _KINDS.items():
        own = [mistake for mistake in report.mistakes if mistake.kind == kind]
        if own:
            lines += ["", f"{title} ({len(own)}):"]
            lines += [_line(mistake) for mistake in sorted(own, key=lambda item: item.rule)]
    return "\n".join(lines)


def _row(name: str, score: evaluation.Score) -> str:
    return f"{name:28}{score.precision:11.3f}  {score.recall:15.3f}  {score.f1:6.3f}"


def _line(mistake: evaluation.Mistake) -> str:
    where = f"{mistake.seed}#{mistake.index}" if mistake.index is not None else mistake.seed
    doubt = " (Grenzfall)" if mistake.borderline else ""
    change = f" [{mistake.expected} → {mistake.got or '–'}]" if mistake.expected else ""
    return f"  {mistake.rule or '–':22} {where}{doubt}{change}: {mistake.text}"
