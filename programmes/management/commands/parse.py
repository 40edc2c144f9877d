"""`manage.py parse FILE…`: read files without a database and say what was found."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from programmes.ingest import gazetteer
from programmes.ingest.jsonform import as_json
from programmes.ingest.pieces import About, Known, Parsed, Refused, Source
from programmes.ingest.workers import parse_all
from programmes.management import offered

ABOUT_KEYS = ("title", "kind", "municipalities", "parties", "publisher", "year", "date", "language")


class Command(BaseCommand):
    help = "Liest Dateien ohne Datenbank und zeigt, was darin gefunden wurde."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument(
            "--json", action="store_true", help="ein JSON-Objekt je Datei und Zeile"
        )
        parser.add_argument(
            "--about",
            action="append",
            default=[],
            metavar="KEY=VALUE",
            help="was schon bekannt ist: " + ", ".join(ABOUT_KEYS),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        about = about_given(options["about"])
        known = gazetteer.load(settings.BASE_DIR / "fixtures" / "reference")
        refused = 0
        sources: list[Source | Refused] = []
        for path in map(Path, options["files"]):
            try:
                data = offered.load(path, settings.MAX_DOCUMENT_BYTES)
                sources.append(Source(data, offered.name_of(path), about))
            except Refused as refusal:
                sources.append(refusal)
        readable = [source for source in sources if isinstance(source, Source)]
        processes = min(len(readable), settings.READING_PROCESSES) or 1
        results = parse_all(
            readable,
            known,
            processes=processes,
            seconds=settings.READING_SECONDS,
            megabytes=settings.READING_MEGABYTES,
        )
        for path, source in zip(options["files"], sources, strict=True):
            result = next(results) if isinstance(source, Source) else source
            if isinstance(result, Refused):
                refused += 1
                self.stderr.write(f"{offered.name_of(path)}: {result}")
            elif options["json"]:
                self.stdout.write(json.dumps(as_json(result, known), ensure_ascii=False))
            else:
                self.stdout.write(summary(result, known))
        if refused:
            sys.exit(2)


def about_given(pairs: list[str]) -> dict[str, str]:
    """`KEY=VALUE` pairs as a mapping; an unknown key is refused with a sentence."""
    given: dict[str, str] = {}
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if not equals or key not in ABOUT_KEYS:
            raise CommandError(
                f"--about {pair}: erwartet wird KEY=VALUE mit KEY aus {', '.join(ABOUT_KEYS)}.",
                returncode=2,
            )
        given[key] = value.strip()
    return given


def summary(parsed: Parsed, known: Known) -> str:
    """A document on a screen: what is known of it, its contents, what was repaired, what to look at."""
    about = parsed.about
    names = {place.ags: place.name for place in known.places}
    per_section = Counter(pledge.section for pledge in parsed.pledges)
    lines = [parsed.source.path]
    for label, value, key in (
        ("Titel", about.title, "title"),
        ("Art", about.kind, "kind"),
        ("Orte", ", ".join(names.get(ags, ags) for ags in about.municipalities), "municipalities"),
        ("Parteien", ", ".join(about.parties), "parties"),
        ("Herausgeber", about.publisher, "publisher"),
        ("Jahr", about.year, "year"),
        ("Datum", about.date, "date"),
    ):
        lines.append(f"  {label + ':':13}{value or 'unbekannt'}{evidence(about, key)}")
    pages = f", {parsed.text.pages} Seiten" if parsed.text.pages else ""
    lines.append(f"  {'Gelesen als:':13}{parsed.text.reader} ({parsed.text.media_type}{pages})")
    lines.append(f"  {len(parsed.sections)} Abschnitte, {len(parsed.pledges)} Versprechen")
    for section in parsed.sections:
        title = section.title or "(ohne Überschrift)"
        lines.append(f"    {'  ' * max(section.level - 1, 0)}{title}  [{per_section[section.id]}]")
    if parsed.text.repairs:
        repairs = ", ".join(f"{name} {count}" for name, count in parsed.text.repairs.items())
        lines.append(f"  Repariert: {repairs}")
    lines += [f"  Achtung: {warning.message}" for warning in parsed.warnings]
    return "\n".join(lines) + "\n"


def evidence(about: About, key: str) -> str:
    words = about.evidence.get(key)
    return f"  ← {words}" if words else ""
