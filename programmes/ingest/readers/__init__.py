"""A file's bytes in, its blocks out: the format is told by the content, never by the name."""

from __future__ import annotations

import re
from dataclasses import replace

from programmes.ingest.pieces import Refused, Source, Text
from programmes.ingest.readers import (
    antragsgruen,
    containers,
    ebook,
    encoding,
    opendocument,
    pdf,
    plain,
    web,
    word,
)

PICTURE = "Das ist ein Bild ({}); nötig ist der Text oder eine PDF-Datei – ein Scan lässt sich als PDF speichern."
ARCHIVE = "Das ist ein Archiv ({}); entpacken Sie es und nehmen Sie die Dateien darin einzeln auf."
OLD_OFFICE = "Das ist eine alte Office-Datei (.doc); öffnen Sie sie und speichern Sie sie als .docx oder PDF."
REFUSED = (
    (b"{\\rtf", "Das ist eine RTF-Datei; speichern Sie sie als .docx oder PDF."),
    (b"\x89PNG", PICTURE.format("PNG")),
    (b"\xff\xd8\xff", PICTURE.format("JPEG")),
    (b"GIF8", PICTURE.format("GIF")),
    (b"II*\x00", PICTURE.format("TIFF")),
    (b"MM\x00*", PICTURE.format("TIFF")),
    (b"\x1f\x8b", ARCHIVE.format("gzip")),
    (b"7z\xbc\xaf", ARCHIVE.format("7-Zip")),
    (b"Rar!", ARCHIVE.format("RAR")),
    (b"BZh", ARCHIVE.format("bzip2")),
    (b"\xfd7zXZ", ARCHIVE.format("xz")),
    (b"%!PS", "Das ist eine PostScript-Datei; wandeln Sie sie in PDF um."),
    (
        b"MIME-Version:",
        "Das ist eine gespeicherte Nachricht oder Webseite (MHTML); speichern Sie sie als HTML oder PDF.",
    ),
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAC_BINARY = re.compile(rb"^.{4}ftyp(?:heic|heix|mif1|avif|isom|mp4|M4)", re.DOTALL)


# Neither a PostgreSQL column nor a feed can hold them, and no text means anything by them.
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def read(source: Source) -> Text:
    """The blocks of a file; raises `Refused` with one clear sentence for what cannot be read."""
    return _storable(_read(source))


def _storable(text: Text) -> Text:
    if not UNSTORABLE.search("".join(block.text + block.marker for block in text.blocks)) and not (
        UNSTORABLE.search("".join((*text.properties.values(), *text.removed)))
    ):
        return text
    blocks = (
        replace(block, text=UNSTORABLE.sub("", block.text), marker=UNSTORABLE.sub("", block.marker))
        for block in text.blocks
    )
    kept = tuple(block for block in blocks if block.text or block.kind == "caption")
    if not any(block.text.strip() for block in kept):
        raise Refused("Die Datei enthält keinen Text.")
    return replace(
        text,
        blocks=kept,
        properties={name: UNSTORABLE.sub("", value) for name, value in text.properties.items()},
        removed=tuple(UNSTORABLE.sub("", words) for words in text.removed),
    )


def _read(source: Source) -> Text:
    data = source.data
    if data.startswith(OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Refused(containers.ENCRYPTED)
        raise Refused(OLD_OFFICE)
    for magic, sentence in REFUSED:
        if data.startswith(magic):
            raise Refused(sentence)
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        raise Refused(PICTURE.format("WebP"))
    if MAC_BINARY.match(data[:16]):
        raise Refused(
            "Das ist ein Bild oder Film (HEIC, MP4); nötig ist der Text oder eine PDF-Datei."
        )
    if b"%PDF-" in data[:1024]:
        return pdf.read(data)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")):
        return _container(containers.Container(data))
    if web.is_page(data):
        return web.read(data)
    text, warnings = encoding.decode(data)
    if not text.strip():
        raise Refused("Die Datei enthält keinen Text.")
    if antragsgruen.is_list(text):
        raise Refused(
            "Das ist eine Liste von Anträgen ohne deren Text; als Katalog (--catalogue) sagt sie, was die Anträge sind."
        )
    if antragsgruen.is_motion(text):
        return antragsgruen.read(text)
    return plain.read(text, warnings)


def _container(container: containers.Container) -> Text:
    names = set(container.names)
    if "word/document.xml" in names:
        return word.read(container)
    for name, sentence in containers.OTHER_OFFICE.items():
        if name in names:
            raise Refused(sentence)
    kind = container.read("mimetype").strip()
    if kind == b"application/epub+zip" or "META-INF/container.xml" in names:
        return ebook.read(container)
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        return opendocument.read(container)
    if kind.startswith(b"application/vnd.oasis.opendocument"):
        raise Refused(
            "Das ist eine OpenDocument-Tabelle oder -Präsentation; speichern Sie sie als PDF."
        )
    raise Refused(containers.UNKNOWN)
