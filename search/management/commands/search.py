"""`manage.py search QUERY [--json]`: the same search as the page; `-` reads a query a line."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import choices
from search.engines.base import EngineUnavailable
from search.searching import Answer, Asked, as_json, search

OPTIONS = {
    "unit": "unit",
    "kind": "kind",
    "state": "state",
    "city": "place",
    "party": "party",
    "year": "year",
    "topic": "topic",
    "specificity": "specificity",
}
MOST = 1000


class Command(BaseCommand):
    help = "Sucht wie die Seite; mit - liest es je Zeile eine Anfrage und antwortet je eine JSON-Zeile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("query", metavar="QUERY", help="Anfrage, oder - für eine je Zeile")
        parser.add_argument("--unit", action="append", help="pledge, section oder document")
        parser.add_argument("--limit", type=int, default=20, help="so viele Treffer (20)")
        parser.add_argument("--offset", type=int, default=0, help="so viele überspringen")
        parser.add_argument("--city", action="append", help="Ort: Name oder Gemeindeschlüssel")
        parser.add_argument("--state", action="append", help="Land: Name oder zwei Ziffern")
        parser.add_argument("--party", action="append", help="Partei oder Liste")
        parser.add_argument("--year", action="append", help="2020 oder 2014..2020")
        parser.add_argument("--topic", action="append", help="Thema")
        parser.add_argument("--kind", action="append", help="programme, press, motion, other")
        parser.add_argument("--specificity", action="append", help="concrete oder vague")
        parser.add_argument(
            "--sort", choices=["relevance", "newest", "oldest", "place"], default="relevance"
        )
        parser.add_argument("--json", action="store_true", help="eine JSON-Zeile")

    def handle(self, *args: Any, **options: Any) -> None:
        filters = self._filters(options)
        limit = min(max(options["limit"], 0), MOST)

        def asked(text: str) -> Asked:
            return Asked(text, filters, options["sort"], max(options["offset"], 0), limit)

        try:
            if options["query"] == "-":
                for line in sys.stdin:
                    answer = search(asked(line.rstrip("\r\n")))
                    self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False))
                    self.stdout.flush()
                return
            answer = search(asked(options["query"]))
        except EngineUnavailable as reason:
            raise CommandError(
                f"Die Suche ist gerade nicht verfügbar: {reason}", returncode=2
            ) from None
        if options["json"]:
            self.stdout.write(json.dumps(as_json(answer), ensure_ascii=False))
        else:
            self._show(answer)

    def _filters(self, options: dict[str, Any]) -> dict[str, tuple[str, ...]]:
        """The facet values that the options name; a word that names nothing is a mistake to be told."""
        filters: dict[str, tuple[str, ...]] = {}
        for option, facet in OPTIONS.items():
            for word in options[option] or ():
                named = choices.values(facet, [word])
                if not named:
                    raise CommandError(
                        f"--{option} {word}: das kennt das Archiv nicht.", returncode=2
                    )
                filters[facet] = (*filters.get(facet, ()), *named)
        return filters

    def _show(self, answer: Answer) -> None:
        if answer.corrected:
            self.stdout.write(f"Nichts zu dieser Schreibweise; gesucht wurde: {answer.suggestion}")
        elif answer.suggestion:
            self.stdout.write(f"Meinten Sie: {answer.suggestion}")
        for name, word in answer.unknown:
            self.stdout.write(f"{name}:{word} kennt das Archiv nicht.")
        partial = answer.total - answer.full
        rest = f", davon {partial} mit nur einem Teil der Wörter" if partial else ""
        self.stdout.write(f"{answer.total} Treffer{rest}")
        for number, hit in enumerate(answer.hits, start=1 + answer.asked.offset):
            where = [
                ", ".join(party.short_name for party in hit.document.parties.all())
                or hit.document.publisher,
                ", ".join(place.name for place in hit.document.municipalities.all()),
                str(hit.document.year or ""),
            ]
            text = "".join(f"[{part.text}]" if part.hit else part.text for part in hit.fragments)
            self.stdout.write(f"{number:3}. {' '.join(text.split())}")
            self.stdout.write(f"     {' · '.join(filter(None, where))} · {hit.get_absolute_url()}")
