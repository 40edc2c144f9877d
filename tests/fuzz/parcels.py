"""Files made of parts, so that a changed byte lands inside a part and not in a checksum: ZIP containers and PDF.

A part begins at a line `=== name`; an input that does not begin so is the file itself, byte for byte.
"""

from __future__ import annotations

import io
import re
import zipfile

from tests.ingest import hostile

HEAD = re.compile(rb"^=== ([^\n]{1,80})\n", re.MULTILINE)
LARGEST_PART = 2**14  # bytes; longer parts are the styles an office program writes into every file


def parts_of(data: bytes) -> dict[str, bytes]:
    """The parts by their names; the last one of a name counts."""
    found = HEAD.split(data)
    return {
        name.decode("utf-8", "replace").replace("\0", "_"): content.removesuffix(b"\n")
        for name, content in zip(found[1::2], found[2::2], strict=True)
    }


def docx(data: bytes) -> bytes:
    """A Word file of these parts (word/document.xml, word/styles.xml …)."""
    if not data.startswith(b"=== "):
        return data
    return hostile.zipped(
        {
            "[Content_Types].xml": hostile.TYPES.encode(),
            "_rels/.rels": hostile.RELATIONS.encode(),
            "word/document.xml": b"",
            **parts_of(data),
        }
    )


def odt(data: bytes) -> bytes:
    """An OpenDocument text of these parts (content.xml, styles.xml, meta.xml)."""
    if not data.startswith(b"=== "):
        return data
    return hostile.zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.text", **parts_of(data)}
    )


def epub(data: bytes) -> bytes:
    if not data.startswith(b"=== "):
        return data
    return hostile.zipped({"mimetype": b"application/epub+zip", **parts_of(data)})


def taken_apart(data: bytes) -> bytes:
    """The small XML parts of a container as one input."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return b"".join(
            b"=== %s\n%s\n" % (info.filename.encode(), archive.read(info))
            for info in archive.infolist()
            if info.filename.endswith((".xml", ".xhtml", ".opf"))
            and not info.filename.startswith(("[", "customXml", "docProps/app"))
            and info.file_size < LARGEST_PART
        )


def pdf(data: bytes) -> bytes:
    """A page that these bytes draw in two fonts, F and B; with parts, each is a page."""
    if b"%PDF-" in data[:1024]:
        return data
    pages = list(parts_of(data).values())[:4] if data.startswith(b"=== ") else [data]
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /%s /Encoding /WinAnsiEncoding >>"
    objects = [
        hostile.CATALOGUE,
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(pages)),
        font % b"Helvetica",
        font % b"Helvetica-Bold",
    ]
    for number, content in enumerate(pages):
        objects += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F 3 0 R /B 4 0 R >> >> >>" % (6 + 2 * number),
            hostile.stream(content),
        ]
    return hostile.pdf(*objects)
