"""`manage.py import_documents PATH…`: files and folders into the archive, with progress and a report."""

from __future__ import annotations

import hashlib
import json
import logging
import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections

from programmes import bulk, catalogue, files, gazetteer, importing, schema
from programmes.ingest.fingerprint import fingerprint, resemblance
from programmes.ingest.pieces import Parsed, Refused, Source
from programmes.ingest.workers import parse_all
from programmes.management import offered
from programmes.management.commands.parse import about_given
from programmes.models import Document, Municipality, Topic

SAYS = {
    "imported": "aufgenommen",
    "unchanged": "war schon da, nichts geändert",
    "reread": "neu gelesen",
    "would-import": "würde aufgenommen",
    "would-reread": "würde neu gelesen",
    "refused": "abgelehnt",
}


UNKNOWN = {"municipalities": "Ort", "parties": "Partei", "year": "Jahr", "kind": "Art"}
SHOWN = 10  # messages of one sort about a catalogue; a table of another kind would bury the report


@dataclass
class Outcome:
    """What became of one file; printed as it is with --json."""

    file: str
    status: str = "refused"
    document: int | None = None
    title: str | None = None
    sections: int = 0
    pledges: int = 0
    topics: int = 0
    known: str = ""
    unknown: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    twin: int | None = None
    error: str | None = None
    changes: dict[str, Any] | None = None


class _Once(logging.Filter):
    """An index that is down is down for every document; it is said once."""

    def __init__(self) -> None:
        super().__init__()
        self.said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        fresh = message not in self.said
        self.said.add(message)
        return fresh


class Command(BaseCommand):
    help = "Nimmt Dateien und Ordner ins Archiv auf; dieselbe Datei ein zweites Mal ändert nichts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="*", metavar="PATH", help="Dateien oder Ordner")
        parser.add_argument(
            "--catalogue", metavar="FILE", help="CSV, TSV oder JSON mit einer Zeile je Dokument"
        )
        parser.add_argument(
            "--about",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help="was von allen Dateien schon bekannt ist",
        )
        parser.add_argument(
            "--publish", action="store_true", help="gleich veröffentlichen (sonst Entwurf)"
        )
        parser.add_argument("--dry-run", action="store_true", help="nur zeigen, was geschähe")
        parser.add_argument(
            "--reparse",
            action="store_true",
            help="schon Aufgenommenes mit heutigen Regeln neu lesen; ohne PATH alles",
        )
        parser.add_argument(
            "--yes",
            action="store_true",
            help="mit --reparse: am Terminal nicht vor jeder Änderung fragen",
        )
        parser.add_argument("--json", action="store_true", help="Bericht als JSON")
        parser.add_argument(
            "--invented", action="store_true", help="als erfunden kennzeichnen (Vorführbestand)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["paths"] and not options["reparse"]:
            raise CommandError("Nennen Sie mindestens eine Datei oder einen Ordner.", returncode=2)
        self.options = options
        once = _Once()
        index = logging.getLogger("search.indexing")
        index.addFilter(once)
        try:
            self._handle(options)
        finally:
            index.removeFilter(once)

    def _handle(self, options: dict[str, Any]) -> None:
        self._prepare()
        try:
            rows = (
                catalogue.load(Path(options["catalogue"]), gazetteer.known())
                if options["catalogue"]
                else None
            )
        except Refused as refusal:
            raise CommandError(f"{options['catalogue']}: {refusal}", returncode=2) from None
        given = about_given(options["about"])
        outcomes: list[Outcome] = []
        try:
            if options["paths"]:
                self._import(self._offered(), rows, given, outcomes)
            else:
                self._reread_everything(outcomes)
        except KeyboardInterrupt:
            self.stderr.write(
                "Unterbrochen. Was aufgenommen ist, bleibt; derselbe Befehl macht dort weiter."
            )
            self._report(outcomes)
            sys.exit(130)
        said = _of_catalogue(rows) if rows is not None else {}
        self._tell(options["catalogue"], said)
        if outcomes:
            bulk.learn()
        self._report(outcomes, said)
        if any(outcome.status == "refused" for outcome in outcomes):
            sys.exit(2)

    def _offered(self) -> list[Path]:
        """The files below the paths: neither the catalogue that lies beside them, nor what the archive keeps."""
        table = self.options["catalogue"] and Path(self.options["catalogue"]).resolve()
        found = offered.files(self.options["paths"], own=settings.DATA_DIR)
        return [path for path in found if not table or path.resolve() != table]

    def _prepare(self) -> None:
        """The first import into a new archive needs no other command before it than `migrate`."""
        if lacking := schema.lacking():  # else every file would be read first, and then refused
            raise CommandError(lacking, returncode=2)
        if not Topic.objects.exists():
            call_command("load_reference", verbosity=0)
        if not self.options["dry_run"]:
            with suppress(
                CommandError
            ):  # without an engine what is imported waits for `sync_index`
                call_command("rebuild_index", if_needed=True, verbosity=0)

    def _import(
        self,
        paths: list[Path],
        rows: catalogue.Catalogue | None,
        given: Mapping[str, str],
        outcomes: list[Outcome],
    ) -> None:
        if not paths:
            self.stderr.write("In den genannten Ordnern liegt keine Datei.")
        known = gazetteer.known()
        progress = offered.Progress(len(paths))
        waiting: list[Outcome] = []
        seen: dict[str, str] = {}

        def sources() -> Iterator[Source]:
            for path in paths:
                outcome = Outcome(offered.name_of(path))
                outcomes.append(outcome)
                try:
                    data = offered.load(path, settings.MAX_DOCUMENT_BYTES)
                except Refused as refusal:
                    outcome.error = str(refusal)
                    progress.step(offered.name_of(path.name))
                    continue
                checksum = hashlib.sha256(data).hexdigest()
                row = rows.about(path, checksum) if rows is not None else {}
                there = Document.objects.filter(sha256=checksum).first()
                if there and not self.options["reparse"]:
                    outcome.status, outcome.document, outcome.title = (
                        "unchanged",
                        there.pk,
                        there.title,
                    )
                elif checksum in seen:
                    outcome.status = "unchanged"
                    outcome.warnings.append(f"Gleicher Inhalt wie {seen[checksum]}.")
                else:
                    seen[checksum] = offered.name_of(path.name)
                    waiting.append(outcome)
                    yield Source(data, offered.name_of(path), {**given, **row})
                    continue
                progress.step(offered.name_of(path.name))

        connections.close_all()  # a child must not share the parent's connection
        processes = min(len(paths), settings.READING_PROCESSES) or 1
        results = parse_all(
            sources(),
            known,
            processes=processes,
            seconds=settings.READING_SECONDS,
            megabytes=settings.READING_MEGABYTES,
        )
        with ExitStack() as lean:
            for at, result in enumerate(results):
                if at == 0:  # the children are there, and share no connection
                    lean.enter_context(bulk.lean(DEFAULT_DB_ALIAS))
                outcome = waiting.pop(0)
                progress.step(Path(outcome.file).name)
                self._settle(outcome, result)
        progress.end()

    def _settle(self, outcome: Outcome, result: Parsed | Refused) -> None:
        if isinstance(result, Refused):
            outcome.error = str(result)
            return
        there = Document.objects.filter(sha256=result.sha256).first()
        _count(outcome, result)
        if there:
            self._reread(outcome, there, result)
        elif self.options["dry_run"]:
            outcome.status, outcome.title = "would-import", result.about.title
            near = next(iter(importing.twins(result)), None)
            _note_twin(outcome, near, fingerprint(importing.markdown(result.sections)))
        else:
            try:
                stored = importing.store(
                    result, publish=self.options["publish"], invented=self.options["invented"]
                )
            except (OSError, OperationalError) as error:
                raise CommandError(
                    f"{outcome.file} ließ sich nicht ablegen: {files.reason(error)}. "
                    "Was aufgenommen ist, bleibt; derselbe Befehl macht dort weiter.",
                    returncode=2,
                ) from None
            outcome.status = "imported"
            outcome.document, outcome.title = stored.document.pk, stored.document.title
            _note_twin(outcome, stored.twin, bytes(stored.document.fingerprint))
            _note_lists(outcome, stored)

    def _reread(self, outcome: Outcome, document: Document, parsed: Parsed) -> None:
        found = importing.changes(document, parsed)
        outcome.document, outcome.title = document.pk, document.title
        outcome.changes = {
            "pledges_kept": found.kept,
            "pledges_new": list(found.new),
            "pledges_gone": list(found.gone),
            "sections_new": list(found.new_sections),
            "sections_gone": list(found.gone_sections),
            "fields": {name: list(pair) for name, pair in found.fields.items()},
            "pledges_judged": [list(change) for change in found.judged],
        }
        if not self.options["json"]:
            self._show_changes(document, found)
        if self.options["dry_run"]:
            outcome.status = "would-reread" if found else "unchanged"
            return
        if found and not self._agreed():
            outcome.status = "would-reread"
            return
        _note_lists(outcome, importing.apply(document, parsed))
        outcome.status = "reread"

    def _agreed(self) -> bool:
        """At a terminal a person sees the changes and says yes; a script has said so by calling."""
        if self.options["json"] or self.options["yes"] or not sys.stdin.isatty():
            return True
        answer = input("  Übernehmen? [j]a, [n]ein, [a]lle: ").strip().lower()
        self.options["yes"] = answer.startswith("a")
        return answer[:1] in ("a", "j")

    def _reread_everything(self, outcomes: list[Outcome]) -> None:
        documents = Document.objects.exclude(status=Document.Status.WITHDRAWN).order_by("pk")
        progress = offered.Progress(documents.count())
        for document in documents.iterator(chunk_size=50):
            outcome = Outcome(
                document.original_name or f"Dokument {document.pk}", document=document.pk
            )
            outcomes.append(outcome)
            progress.step(outcome.file)
            try:
                parsed = importing.reread(document)
            except Refused as refusal:
                outcome.error = str(refusal)
                continue
            _count(outcome, parsed)
            self._reread(outcome, document, parsed)
        progress.end()

    def _show_changes(self, document: Document, found: importing.Changes) -> None:
        if not found:
            return
        self.stdout.write(f"{document.pk} {document}:")
        for name, (old, new) in found.fields.items():
            self.stdout.write(f"  {name}: {old or 'leer'} → {new or 'leer'}")
        for sign, texts in (
            ("- Abschnitt", found.gone_sections),
            ("+ Abschnitt", found.new_sections),
            ("- Versprechen", found.gone),
            ("+ Versprechen", found.new),
        ):
            for text in texts:
                self.stdout.write(f"  {sign} {text[:160]}")
        for text, name, old, new in found.judged:
            self.stdout.write(f"  ~ {name}: {old or 'leer'} → {new or 'leer'}: {text[:120]}")

    def _tell(self, name: str, said: Mapping[str, list[str]]) -> None:
        """What the catalogue and the files do not agree on; a few of each sort, the rest by number."""
        for sort, messages in said.items():
            for message in messages[:SHOWN]:
                self.stderr.write(f"{name}: {message}")
            if len(messages) > SHOWN:
                self.stderr.write(
                    f"{name}: … und {len(messages) - SHOWN} weitere dieser Art; mit --json stehen alle im Bericht."
                )
            if sort == "places":
                self.stderr.write(
                    f"{name}: Fehlende Orte bringt das amtliche Verzeichnis: manage.py import_municipalities"
                )

    def _report(self, outcomes: list[Outcome], said: Mapping[str, list[str]] | None = None) -> None:
        counted = Counter(outcome.status for outcome in outcomes)
        totals = {
            "files": len(outcomes),
            **{status: counted[status] for status in SAYS if counted[status]},
            "sections": sum(outcome.sections for outcome in outcomes),
            "pledges": sum(outcome.pledges for outcome in outcomes),
            "warnings": sum(len(outcome.warnings) for outcome in outcomes),
        }
        for outcome in outcomes:
            if outcome.error:
                self.stderr.write(f"{outcome.file}: {outcome.error}")
        if self.options["json"]:
            report: dict[str, Any] = {
                "files": [vars(outcome) for outcome in outcomes],
                "totals": totals,
            }
            if said is not None and self.options["catalogue"]:
                report["catalogue"] = said
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for outcome in outcomes:
            if outcome.error:
                continue
            number = f"Dokument {outcome.document}" if outcome.document else ""
            self.stdout.write(f"{outcome.file}: {SAYS[outcome.status]} {number}".rstrip())
            if outcome.status != "unchanged":
                self.stdout.write(
                    f"    „{outcome.title or 'ohne Titel'}“ · {_number(outcome.sections, 'Abschnitt', 'Abschnitte')} · "
                    f"{outcome.pledges} Versprechen · {_number(outcome.topics, 'Thema', 'Themen')}"
                )
                if outcome.known:
                    self.stdout.write(f"    {outcome.known}")
            for warning in outcome.warnings:
                self.stdout.write(f"    Achtung: {warning}")
        parts = [f"{SAYS[status]}: {counted[status]}" for status in SAYS if counted[status]]
        self.stdout.write(
            f"{_number(len(outcomes), 'Datei', 'Dateien')} ({', '.join(parts) or 'nichts zu tun'}); "
            f"{_number(totals['sections'], 'Abschnitt', 'Abschnitte')}, {totals['pledges']} Versprechen, "
            f"{_number(totals['warnings'], 'Hinweis', 'Hinweise')}."
        )
        open_points = Counter(name for outcome in outcomes for name in outcome.unknown)
        if open_points:
            named = ", ".join(
                f"{word} bei {open_points[name]}"
                for name, word in UNKNOWN.items()
                if open_points[name]
            )
            self.stdout.write(f"Noch unbekannt: {named}.")
        if counted["imported"] and not self.options["publish"]:
            self.stdout.write(
                "Aufgenommenes ist Entwurf und öffentlich nicht zu sehen, bis es veröffentlicht wird (--publish oder im Archivtisch)."
            )


def _note_lists(outcome: Outcome, stored: importing.Stored) -> None:
    if sentence := importing.new_lists(stored):
        outcome.warnings.append(sentence)


def _note_twin(outcome: Outcome, twin: Document | None, mine: bytes) -> None:
    if twin is None:
        return
    outcome.twin = twin.pk
    percent = round(100 * resemblance(mine, bytes(twin.fingerprint)))
    alike = "Derselbe Text" if percent >= 98 else "Fast gleich"
    outcome.warnings.append(
        f"{alike} wie Dokument {twin.pk} „{twin.title}“ ({percent} % der Wortfolgen gleich)."
    )


def _of_catalogue(rows: catalogue.Catalogue) -> dict[str, list[str]]:
    """Sentences by what they are about; a sort of which there are none is left out."""
    said = {
        "places": [message for message in rows.problems if ": der Ort " in message],
        "rows": [message for message in rows.problems if ": der Ort " not in message],
        "missing": [f"zu „{name}“ wurde keine Datei gefunden." for name in rows.unused()],
        "unlisted": [
            f"„{name}“ steht nicht im Katalog; von dieser Datei gilt, was sie selbst sagt."
            for name in rows.unlisted
        ],
    }
    return {sort: messages for sort, messages in said.items() if messages}


def _number(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"


def _known_of(parsed: Parsed) -> str:
    """What was recognised, or what was not, on one line: an archivist sees at once what to complete."""
    about = parsed.about
    places = ", ".join(
        Municipality.objects.filter(pk__in=about.municipalities).values_list("name", flat=True)
    )
    kind = Document.Kind(about.kind).label if about.kind else "Art unbekannt"
    return " · ".join(
        (
            places or "Ort unbekannt",
            ", ".join(about.parties) or about.publisher or "Partei unbekannt",
            str(about.date or about.year or "Jahr unbekannt")
            if about.kind != "programme"
            else str(about.year or "Jahr unbekannt"),
            str(kind),
        )
    )


def _count(outcome: Outcome, parsed: Parsed) -> None:
    outcome.known = _known_of(parsed)
    about = parsed.about
    outcome.unknown = [
        name
        for name, value in (
            ("municipalities", about.municipalities),
            ("parties", about.parties or about.publisher),
            ("year", about.year or about.date),
            ("kind", about.kind),
        )
        if not value
    ]
    outcome.sections, outcome.pledges = len(parsed.sections), len(parsed.pledges)
    outcome.topics = len({slug for pledge in parsed.pledges for slug in pledge.topics})
    outcome.warnings = [warning.message for warning in parsed.warnings]
