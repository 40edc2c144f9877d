"""How a document, a section or a pledge is cited: plain, BibTeX, RIS and CSL-JSON.

Formats: BibTeX as biblatex reads it (`@misc`), RIS as of 2011 (`TY  - GEN`), CSL-JSON 1.0.
What is not known is left out; the archive is the repository, never the author.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from programmes.models import Document, Pledge, Section

REPOSITORY = "Versprochen"
BIBTEX_SPECIAL = str.maketrans(
    {c: f"\\{c}" for c in "&%$#_{}"}
    | {"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"}
)
KEY_UNSAFE = re.compile(r"[^a-zA-Z0-9]+")


@dataclass(frozen=True, slots=True)
class Citation:
    """Everything a reference says, as text; empty or None where it is not known."""

    key: str
    authors: tuple[str, ...]
    title: str
    part: str
    year: int | None
    date: str
    place: str
    url: str
    accessed: datetime.date
    quotation: str = ""


def of_document(document: Document, url: str, accessed: datetime.date) -> Citation:
    authors = tuple(party.name for party in document.parties.all()) or tuple(
        filter(None, [document.publisher])
    )
    return Citation(
        key=f"versprochen-{document.pk}",
        authors=authors,
        title=document.title,
        part="",
        year=document.year,
        date=document.date,
        place=", ".join(place.name for place in document.municipalities.all()),
        url=url,
        accessed=accessed,
    )


def of_section(section: Section, url: str, accessed: datetime.date) -> Citation:
    whole = of_document(section.document, url, accessed)
    return _part(whole, f"{whole.key}-{section.anchor}", _where(section.title, section.page))


def of_pledge(pledge: Pledge, url: str, accessed: datetime.date) -> Citation:
    whole = of_document(pledge.document, url, accessed)
    return _part(
        whole, f"versprochen-{pledge.key}", _where(pledge.section.title, pledge.page), pledge.text
    )


def of_release(title: str, version: str, released: datetime.date, url: str) -> Citation:
    """A whole edition of the archive; its author is the archive itself."""
    return Citation(
        key=f"versprochen-{version}",
        authors=(REPOSITORY,),
        title=title,
        part=f"Ausgabe {version}",
        year=released.year,
        date=released.isoformat(),
        place="",
        url=url,
        accessed=released,
    )


def plain(citation: Citation) -> str:
    """One line: Author (Year): Title, part. Place. „Quotation“ Repository, address (date)."""
    who = "; ".join(citation.authors) or "Ohne Verfasserangabe"
    title = f"{citation.title}, {citation.part}" if citation.part else citation.title
    words = [f"{who} ({citation.year or 'o. J.'}): {title.rstrip('.')}."]
    if citation.place:
        words.append(f"{citation.place}.")
    if citation.quotation:
        words.append(f"„{citation.quotation}“")
    words.append(f"{REPOSITORY}, {citation.url} (abgerufen am {citation.accessed:%d.%m.%Y}).")
    return " ".join(words)


def bibtex(citation: Citation) -> str:
    fields = {
        "author": " and ".join(f"{{{_tex(author)}}}" for author in citation.authors),
        "title": f"{{{_tex(citation.title)}}}",
        "titleaddon": _tex(citation.part),
        "year": str(citation.year or ""),
        "date": citation.date,
        "location": _tex(citation.place),
        "howpublished": REPOSITORY,
        "url": citation.url,
        "urldate": citation.accessed.isoformat(),
        "note": _tex(citation.quotation),
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@misc{{{KEY_UNSAFE.sub('-', citation.key)},\n" + ",\n".join(lines) + "\n}\n"


def ris(citation: Citation) -> str:
    lines = [("TY", "GEN"), ("ID", citation.key)]
    lines += [("AU", author) for author in citation.authors]
    lines += [
        ("TI", citation.title),
        ("SE", citation.part),
        ("PY", str(citation.year or "")),
        ("DA", citation.date.replace("-", "/")),
        ("CY", citation.place),
        ("AB", citation.quotation),
        ("DP", REPOSITORY),
        ("UR", citation.url),
        ("Y2", f"{citation.accessed:%Y/%m/%d}"),
        ("LA", "de"),
    ]
    text = "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in lines if value)
    return text + "ER  - \r\n"


def csl(citation: Citation) -> str:
    """A list of one CSL-JSON item."""
    issued = [int(part) for part in citation.date.split("-")] if citation.date else [citation.year]
    item: dict[str, Any] = {
        "id": citation.key,
        "type": "document",
        "title": citation.title,
        "author": [{"literal": author} for author in citation.authors],
        "section": citation.part,
        "issued": {"date-parts": [issued]} if issued != [None] else None,
        "publisher-place": citation.place,
        "archive": REPOSITORY,
        "abstract": citation.quotation,
        "URL": citation.url,
        "accessed": {
            "date-parts": [[citation.accessed.year, citation.accessed.month, citation.accessed.day]]
        },
        "language": "de",
    }
    return json.dumps(
        [{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1
    )


# format → (writer, media type, file suffix)
FORMATS: dict[str, tuple[Callable[[Citation], str], str, str]] = {
    "text": (plain, "text/plain; charset=utf-8", "txt"),
    "bibtex": (bibtex, "application/x-bibtex; charset=utf-8", "bib"),
    "ris": (ris, "application/x-research-info-systems; charset=utf-8", "ris"),
    "csl": (csl, "application/vnd.citationstyles.csl+json; charset=utf-8", "json"),
}


def _part(whole: Citation, key: str, part: str, quotation: str = "") -> Citation:
    return Citation(
        key=key,
        authors=whole.authors,
        title=whole.title,
        part=part,
        year=whole.year,
        date=whole.date,
        place=whole.place,
        url=whole.url,
        accessed=whole.accessed,
        quotation=" ".join(quotation.split()),
    )


def _where(title: str, page: int | None) -> str:
    return ", ".join(
        part
        for part in (f"Abschnitt „{title}“" if title else "", f"S. {page}" if page else "")
        if part
    )


def _tex(text: str) -> str:
    return text.translate(BIBTEX_SPECIAL)
