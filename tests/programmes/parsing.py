"""A parsed document without a pipeline, for tests of what happens to it afterwards."""

from __future__ import annotations

import hashlib

from programmes.ingest import pieces


def parsed(
    *sections: tuple[str, list[str]], data: bytes = b"Datei", about: pieces.About | None = None
):
    """A document of sections (title, sentences); sentences that begin with "Wir" are pledges."""
    section_values, pledge_values = [], []
    for number, (title, sentences) in enumerate(sections):
        text = " ".join(sentences)
        section_values.append(pieces.Section(number, None, 1 if title else 0, title, text))
        for sentence in sentences:
            if sentence.startswith("Wir"):
                start = text.index(sentence)
                pledge_values.append(
                    pieces.Pledge(
                        number,
                        start,
                        start + len(sentence),
                        sentence,
                        "vague",
                        "test",
                        topics=("wohnen",),
                    )
                )
    return pieces.Parsed(
        source=pieces.Source(data, "programm.txt"),
        sha256=hashlib.sha256(data).hexdigest(),
        text=pieces.Text((), "text", "text/plain"),
        about=about or pieces.About(title="Unser Programm", kind="programme", year=2026),
        sections=tuple(section_values),
        pledges=tuple(pledge_values),
    )
