"""One page of a PDF as a PNG: the file on standard input, the page's number as argument, the picture out."""

from __future__ import annotations

import resource
import struct
import sys
import zlib
from typing import Any

import numpy as np
import pypdfium2 as pdfium

WIDTH = 1000  # pixels: an A4 page is readable at half a wide screen
MEMORY = 1 << 30


def picture(data: bytes, page: int) -> bytes:
    """The page (from 1) as PNG; `ValueError` or `PdfiumError` where there is none."""
    document = pdfium.PdfDocument(data)
    if not 1 <= page <= len(document):
        raise ValueError(f"page {page} of {len(document)}")
    sheet = document[page - 1]
    width, height = sheet.get_size()
    scale = min(WIDTH / max(width, 1), 4 * WIDTH / max(height, 1))
    return _png(sheet.render(scale=scale, rev_byteorder=True).to_numpy()[:, :, :3])


def _png(pixels: np.ndarray[Any, Any]) -> bytes:
    """Rows of red, green and blue as the simplest PNG there is."""
    height, width, _ = pixels.shape
    rows = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(pixels))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(rows, 6)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (15, 15))
    try:
        sys.stdout.buffer.write(picture(sys.stdin.buffer.read(), int(sys.argv[1])))
    except (pdfium.PdfiumError, ValueError, MemoryError) as error:
        sys.exit(str(error))
