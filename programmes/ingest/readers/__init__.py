"""A file's bytes in, its blocks out: the format is told by the content, never by the name."""

from __future__ import annotations

from programmes.ingest.pieces import Refused, Source, Text
from programmes.ingest.readers import encoding, pdf, plain

REFUSED = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "Das ist eine alte Word-Datei (.doc); speichern Sie sie als .docx oder PDF.",
    ),
    (b"{\\rtf", "Das ist eine RTF-Datei; speichern Sie sie als .docx oder PDF."),
    (b"\x89PNG", "Das ist ein Bild (PNG); nötig ist der Text oder eine PDF-Datei."),
    (b"\xff\xd8\xff", "Das ist ein Bild (JPEG); nötig ist der Text oder eine PDF-Datei."),
    (b"GIF8", "Das ist ein Bild (GIF); nötig ist der Text oder eine PDF-Datei."),
    (b"II*\x00", "Das ist ein Bild (TIFF); nötig ist der Text oder eine PDF-Datei."),
    (b"MM\x00*", "Das ist ein Bild (TIFF); nötig ist der Text oder eine PDF-Datei."),
)


def read(source: Source) -> Text:
    """The blocks of a file; raises `Refused` with one clear sentence for what cannot be read."""
    data = source.data
    for magic, sentence in REFUSED:
        if data.startswith(magic):
            raise Refused(sentence)
    if b"%PDF-" in data[:1024]:
        return pdf.read(data)
    if data.startswith(b"PK\x03\x04"):
        raise Refused(
            "Diese Art Datei (ZIP, Word, OpenDocument) wird noch nicht gelesen; fügen Sie den Text ein."
        )
    text, warnings = encoding.decode(data)
    if not text.strip():
        raise Refused("Die Datei enthält keinen Text.")
    return plain.read(text, warnings)
