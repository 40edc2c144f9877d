"""The whole archive as a dated, versioned folder that can be cited, checked and read in again.

Formats: Frictionless Data Package v1 (`datapackage.json`), Citation File Format 1.2.0 (`CITATION.cff`).
Withdrawn and unpublished documents stay out; originals go in only where their rights say they may be shared.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from programmes import citing, edition, exports, files, importing
from programmes.ingest.fingerprint import fingerprint
from programmes.lines import unguarded
from programmes.models import Document, Municipality, Party, Pledge, PledgeTopic, Section, Topic

# Rights under which an original may be handed on; anything else, or nothing, keeps it here.
SHAREABLE = ("cc0", "cc by", "cc-by", "gemeinfrei", "public domain", "dl-de")
VERSION = re.compile(r"[\w][\w.+-]{0,40}", re.ASCII)
KEY = re.compile(r"[a-z0-9]{4,16}", re.ASCII)  # it stands in addresses
TITLE = "Versprochen – Archiv kommunaler Wahlprogramme"


class BadRelease(ValueError):
    """A folder that is no release; the message is one clear sentence."""


def make(
    folder: Path,
    version: str,
    *,
    originals: bool = False,
    today: date | None = None,
    progress: Callable[[str], None] = lambda name: None,
) -> dict[str, int]:
    """Write a release into the new `folder`; returns the number of rows of each table.

    It is written beside and renamed when complete, so that a folder of that name is always whole.
    """
    today = today or date.today()
    if not VERSION.fullmatch(version):
        raise BadRelease(
            f"„{version}“ taugt nicht als Name: Buchstaben, Ziffern, Punkt und Strich."
        )
    if folder.exists():
        raise BadRelease(f"{folder} gibt es schon; eine Ausgabe wird nie überschrieben.")
    half = folder.with_name(f".{folder.name}.unfertig")
    shutil.rmtree(half, ignore_errors=True)
    try:
        counts = _write(half, version, today, originals, progress)
        half.rename(folder)
    except OSError as error:
        raise BadRelease(f"{folder} lässt sich nicht schreiben: {files.reason(error)}.") from error
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return counts


def load(folder: Path, progress: Callable[[str], None] = lambda name: None) -> dict[str, int]:
    """Read a release into this archive, wholly or not at all; documents already here are left alone."""
    _check(folder)
    counts = {"documents": 0, "sections": 0, "pledges": 0, "skipped": 0}
    with transaction.atomic():
        progress("municipalities, parties, topics")
        _load_reference(folder)
        documents = _load_documents(folder, counts)
        progress("sections.csv")
        sections = _load_sections(folder, documents)
        counts["sections"] = len(sections)
        for name in ("pledges", "rejected"):
            progress(f"{name}.csv")
            counts["pledges"] += _load_pledges(folder / f"{name}.csv", documents, sections)
        for document in documents.values():
            parts = [
                f"{'#' * max(section.level, 1)} {section.title}\n\n{section.text}".strip()
                if section.title
                else section.text
                for section in document.sections.order_by("position")
            ]
            document.text = "\n\n".join(part for part in parts if part)
            document.fingerprint = fingerprint(document.text)
            importing.recount(document)
            document.save()
        edition.renew()
    return counts


def _write(
    half: Path, version: str, today: date, originals: bool, progress: Callable[[str], None]
) -> dict[str, int]:
    half.mkdir(parents=True)
    counts = {}
    documents = Document.objects.shareable()
    rows = exports.everything(documents)
    for name, table in exports.TABLES.items():
        progress(f"{name}.csv")
        counts[name] = _write_table(half / f"{name}.csv", table, rows[name])
    progress("rejected.csv")
    rejected = Pledge.objects.filter(document__in=documents, decision=Pledge.Decision.REJECTED)
    counts["rejected"] = _write_table(half / "rejected.csv", exports.PLEDGES, rejected)
    _write_texts(half, documents, originals, progress)
    (half / "datapackage.json").write_text(
        json.dumps(_package(version, today, counts), ensure_ascii=False, indent=1)
    )
    (half / "CITATION.cff").write_text(_citation(version, today))
    reference = citing.of_release(TITLE, version, today, settings.SITE_URL)
    for write, _, suffix in citing.FORMATS.values():
        (half / f"citation.{suffix}").write_text(write(reference), encoding="utf-8")
    (half / "README.md").write_text(_readme(version, today, counts))
    lines = [
        f"{_checksum(path)}  {path.relative_to(half).as_posix()}\n"
        for path in sorted(half.rglob("*"))
        if path.is_file()
    ]
    (half / "SHA256SUMS").write_text("".join(lines))
    return counts


def _write_table(path: Path, table: exports.Table, rows: Any) -> int:
    count = -1
    with path.open("w", encoding="utf-8", newline="") as file:
        for piece in exports.csv_lines(table, rows):
            file.write(piece)
    with path.open(encoding="utf-8", newline="") as file:
        for _ in csv.reader(file):
            count += 1
    return count


def _write_texts(
    folder: Path, documents: QuerySet[Document], originals: bool, progress: Callable[[str], None]
) -> None:
    (folder / "texts").mkdir()
    for document in documents.order_by("pk").iterator(chunk_size=100):
        progress(f"texts/{document.pk}.md")
        (folder / "texts" / f"{document.pk}.md").write_text(document.text + "\n", encoding="utf-8")
        if originals and document.original and document.rights.lower().startswith(SHAREABLE):
            (folder / "originals").mkdir(exist_ok=True)
            with (
                document.original.open("rb") as source,
                (folder / "originals" / str(document.sha256)).open("wb") as out,
            ):
                shutil.copyfileobj(source, out)


def _package(version: str, today: date, counts: dict[str, int]) -> dict[str, Any]:
    keys = {
        "documents": ["id"],
        "pledges": ["key"],
        "topics": ["slug"],
        "parties": ["slug"],
        "municipalities": ["ags"],
    }
    resources = []
    for name, table in [*exports.TABLES.items(), ("rejected", exports.PLEDGES)]:
        schema: dict[str, Any] = {
            "fields": [
                {"name": column.name, "type": column.type, "description": column.meaning}
                for column in table.columns
            ],
            "missingValues": [""],
        }
        if name in keys:
            schema["primaryKey"] = keys[name]
        if name in ("sections", "pledges", "rejected"):
            schema["foreignKeys"] = [
                {"fields": "document_id", "reference": {"resource": "documents", "fields": "id"}}
            ]
        resources.append(
            {
                "name": name,
                "path": f"{name}.csv",
                "profile": "tabular-data-resource",
                "description": table.meaning
                if name != "rejected"
                else "Pledges that a person rejected",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "schema": schema,
            }
        )
    return {
        "profile": "tabular-data-package",
        "name": "versprochen",
        "title": TITLE,
        "version": version,
        "created": f"{today.isoformat()}T00:00:00Z",
        "description": "German municipal election programmes and local political press texts, with sections and pledges.",
        "resources": resources,
    }


def _citation(version: str, today: date) -> str:
    return (
        "cff-version: 1.2.0\n"
        "message: Wenn Sie diese Daten verwenden, zitieren Sie sie bitte so.\n"
        "type: dataset\n"
        f'title: "{TITLE}"\n'
        'authors:\n  - name: "Versprochen"\n'
        f'version: "{version}"\n'
        f"date-released: {today.isoformat()}\n"
    )


def _readme(version: str, today: date, counts: dict[str, int]) -> str:
    lines = [
        f"# {TITLE}",
        "",
        f"Ausgabe {version} vom {today.isoformat()}. Texte: `texts/NUMMER.md`. Prüfsummen: `SHA256SUMS`.",
        "In CSV-Zellen, die eine Tabellenkalkulation für eine Formel hielte, steht vorn ein Apostroph.",
        "",
    ]
    for name, table in exports.TABLES.items():
        lines += [
            f"## {name}.csv – {table.meaning} ({counts[name]} Zeilen)",
            "",
            "| Spalte | Typ | Bedeutung |",
            "|---|---|---|",
        ]
        lines += [
            f"| {column.name} | {column.type} | {column.meaning} |" for column in table.columns
        ]
        lines.append("")
    lines += [
        "## rejected.csv",
        "",
        "Wie pledges.csv: was Menschen als Versprechen verworfen haben.",
        "",
    ]
    return "\n".join(lines)


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _check(folder: Path) -> None:
    sums = folder / "SHA256SUMS"
    if not sums.is_file():
        raise BadRelease(f"{folder} ist keine Ausgabe des Archivs (SHA256SUMS fehlt).")
    parts = (line.partition("  ") for line in sums.read_text().splitlines())
    listed = {name: checksum for checksum, _, name in parts}
    for name, checksum in listed.items():
        path = folder / name
        if folder.resolve() not in path.resolve().parents:
            raise BadRelease(f"{folder}: SHA256SUMS nennt eine Datei außerhalb der Ausgabe.")
        if not path.is_file():
            raise BadRelease(f"{folder}: {name} fehlt.")
        if _checksum(path) != checksum:
            raise BadRelease(f"{folder}: {name} ist verändert (Prüfsumme stimmt nicht).")
    for name in [*exports.TABLES, "rejected"]:
        if f"{name}.csv" not in listed:
            raise BadRelease(f"{folder}: SHA256SUMS nennt {name}.csv nicht.")


def _read(path: Path) -> Iterator[dict[str, str]]:
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield {name: unguarded(value) for name, value in row.items()}


def _list(cell: str) -> list[str]:
    return cell.split("|") if cell else []


def _number(cell: str) -> int | None:
    return int(cell) if cell else None


def _load_reference(folder: Path) -> None:
    """Places, parties and topics that are not here yet; those that are stay as they are."""
    Municipality.objects.bulk_create(
        (
            Municipality(
                ags=row["ags"],
                name=row["name"],
                slug=importing.german_slug(row["name"]),
                kind=row["kind"],
                aliases=_list(row["aliases"]),
                population=_number(row["population"]),
                latitude=float(row["latitude"]) if row["latitude"] else None,
                longitude=float(row["longitude"]) if row["longitude"] else None,
                invented=row["invented"] == "true",
            )
            for row in _read(folder / "municipalities.csv")
        ),
        ignore_conflicts=True,
    )
    Party.objects.bulk_create(
        (
            Party(
                slug=row["slug"],
                short_name=row["short_name"],
                name=row["name"],
                aliases=_list(row["aliases"]),
                colour=row["colour"],
                municipality=Municipality.objects.filter(pk=row["municipality"]).first(),
                wikidata=row["wikidata"],
                parlgov=_number(row["parlgov"]),
                invented=row["invented"] == "true",
            )
            for row in _read(folder / "parties.csv")
        ),
        ignore_conflicts=True,
    )
    Topic.objects.bulk_create(
        (
            Topic(
                slug=row["slug"],
                label_de=row["label_de"],
                label_en=row["label_en"],
                definition=row["definition"],
                indicators=_list(row["indicators"]),
                marpor=_list(row["marpor"]),
                cap=row["cap"],
                position=position,
            )
            for position, row in enumerate(_read(folder / "topics.csv"))
        ),
        ignore_conflicts=True,
    )


def _load_documents(folder: Path, counts: dict[str, int]) -> dict[str, Document]:
    """The documents that were not here yet, by the number they have in the release."""
    parties = {party.short_name: party for party in Party.objects.all()}
    new = {}
    for row in _read(folder / "documents.csv"):
        there = Q(sha256=row["sha256"]) if row["sha256"] else Q(pk=row["id"], title=row["title"])
        if Document.objects.filter(there).exists():
            counts["skipped"] += 1
            continue
        # The number is kept where it is free: addresses stay the same.
        free = not Document.objects.filter(pk=row["id"]).exists()
        document = Document(
            pk=int(row["id"]) if free else None,
            title=row["title"],
            kind=row["kind"],
            publisher=row["publisher"],
            year=_number(row["year"]),
            date=row["date"],
            scope=row["scope"],
            language=row["language"],
            status=row["status"],
            source_url=row["source_url"],
            retrieved_on=row["retrieved_on"] or None,
            rights=row["rights"],
            original_name=row["original_name"],
            sha256=row["sha256"] or None,
            media_type=row["media_type"],
            decided=_list(row.get("decided", "")),
            invented=row["invented"] == "true",
        )
        kept = folder / "originals" / row["sha256"]
        if row["sha256"] and kept.is_file():
            importing.keep_original(document, kept.read_bytes())
        document.save()
        document.municipalities.set(
            Municipality.objects.filter(pk__in=_list(row["municipalities"]))
        )
        document.parties.set(parties[name] for name in _list(row["parties"]) if name in parties)
        new[row["id"]] = document
        counts["documents"] += 1
    return new


def _load_sections(folder: Path, documents: dict[str, Document]) -> dict[tuple[str, str], Section]:
    rows = [row for row in _read(folder / "sections.csv") if row["document_id"] in documents]
    sections = Section.objects.bulk_create(
        (
            Section(
                document=documents[row["document_id"]],
                position=int(row["position"]),
                level=int(row["level"]),
                title=row["title"],
                anchor=row["anchor"],
                page=_number(row["page"]),
                text=row["text"],
            )
            for row in rows
        ),
        batch_size=500,
    )
    found = {
        (row["document_id"], row["position"]): section
        for row, section in zip(rows, sections, strict=True)
    }
    below = []
    for row in rows:
        if row["parent_position"]:
            section = found[row["document_id"], row["position"]]
            section.parent = found[row["document_id"], row["parent_position"]]
            below.append(section)
    Section.objects.bulk_update(below, ["parent"], batch_size=500)
    return found


def _load_pledges(
    path: Path, documents: dict[str, Document], sections: dict[tuple[str, str], Section]
) -> int:
    topics = dict(Topic.objects.values_list("slug", "pk"))
    rows = [row for row in _read(path) if row["document_id"] in documents]
    for row in rows:
        if (
            not KEY.fullmatch(row["key"])
            or row["specificity"] not in Pledge.Specificity.values
            or row["decision"] not in Pledge.Decision.values
        ):
            raise BadRelease(f"{path}: Das Versprechen „{row['key'][:40]}“ ist keines.")
    pledges = Pledge.objects.bulk_create(
        (
            Pledge(
                key=row["key"],
                document=documents[row["document_id"]],
                section=sections[row["document_id"], row["section_position"]],
                position=int(row["position"]),
                text=row["text"],
                start=int(row["start"]),
                end=int(row["end"]),
                page=_number(row["page"]),
                specificity=row["specificity"],
                years=[int(year) for year in _list(row["years"])],
                due=max(map(int, _list(row["years"])), default=None),
                quantities=json.loads(row["quantities"]) if row["quantities"] else [],
                cue=row["cue"],
                decision=row["decision"],
            )
            for row in rows
        ),
        batch_size=500,
    )
    PledgeTopic.objects.bulk_create(
        (
            PledgeTopic(pledge=pledge, topic_id=topics[slug], rank=rank)
            for row, pledge in zip(rows, pledges, strict=True)
            for rank, slug in enumerate(_list(row["topics"]))
        ),
        batch_size=1000,
    )
    return len(rows)
