"""Which releases lie ready for visitors, and whether each may still be handed out.

A release is a folder that `make_release` wrote, with the same as a ZIP beside it. One that holds a text that has been
withdrawn or removed since is not handed out any more: the text would live on in it.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from django.conf import settings

from programmes.models import Document

PREFIX = "versprochen-"
# What is shown of a release by itself, besides the whole.
PARTS = {
    "README.md": "text/markdown; charset=utf-8",
    "CITATION.cff": "application/yaml; charset=utf-8",
    "citation.bib": "application/x-bibtex; charset=utf-8",
    "citation.ris": "application/x-research-info-systems; charset=utf-8",
    "citation.json": "application/vnd.citationstyles.csl+json",
    "citation.txt": "text/plain; charset=utf-8",
    "datapackage.json": "application/json",
    "SHA256SUMS": "text/plain; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Release:
    version: str
    created: str  # ISO date
    folder: Path
    size: int  # bytes of the ZIP
    open: bool  # False: it holds what is not public any more

    @property
    def zip(self) -> Path:
        return self.folder.with_name(f"{self.folder.name}.zip")

    @property
    def parts(self) -> list[str]:
        return [name for name in PARTS if (self.folder / name).is_file()]


def shelf() -> Path:
    return Path(settings.DATA_DIR) / "releases"


def pack(folder: Path) -> Path:
    """The folder as a ZIP beside it; whole or not there."""
    target = folder.with_name(f"{folder.name}.zip")
    half = folder.with_name(f".{folder.name}.zip.unfertig")
    try:
        with ZipFile(half, "w", ZIP_DEFLATED) as archive:
            for path in sorted(folder.rglob("*")):
                if path.is_file():
                    archive.write(path, f"{folder.name}/{path.relative_to(folder).as_posix()}")
        return half.rename(target)
    finally:
        half.unlink(missing_ok=True)


def releases() -> list[Release]:
    """The newest first."""
    found = []
    for folder in shelf().glob(f"{PREFIX}*"):
        described = folder / "datapackage.json"
        whole = folder.with_name(f"{folder.name}.zip")
        if not described.is_file() or not whole.is_file():
            continue
        version, created = _described(described, described.stat().st_mtime_ns)
        found.append(Release(version, created, folder, whole.stat().st_size, _is_open(folder)))
    return sorted(found, key=lambda release: (release.created, release.version), reverse=True)


def find(version: str) -> Release | None:
    return next((release for release in releases() if release.version == version), None)


@lru_cache(maxsize=64)
def _described(path: Path, changed: int) -> tuple[str, str]:
    told = json.loads(path.read_text(encoding="utf-8"))
    return str(told["version"]), str(told["created"])[:10]


def _is_open(folder: Path) -> bool:
    table = folder / "documents.csv"
    held = _held(table, table.stat().st_mtime_ns)
    return Document.objects.published().filter(pk__in=held).count() == len(held)


@lru_cache(maxsize=64)
def _held(table: Path, changed: int) -> tuple[int, ...]:
    """The numbers of the documents in it."""
    with table.open(encoding="utf-8", newline="") as file:
        return tuple(int(row["id"]) for row in csv.DictReader(file))
