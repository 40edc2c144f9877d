"""Bytes to characters: which encoding a German text is in, and what went wrong with it before."""

from __future__ import annotations

import codecs

from programmes.ingest.pieces import Refused, Warning

BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# The bytes of ä ö ü Ä Ö Ü ß in the two single-byte encodings German files come in.
WINDOWS = bytes((0xE4, 0xF6, 0xFC, 0xC4, 0xD6, 0xDC, 0xDF))
MAC = bytes((0x8A, 0x9A, 0x9F, 0x80, 0x85, 0x86, 0xA7))
# UTF-8 that was once read as Windows-1252: "ü" became "Ã¼".
MOJIBAKE = ("Ã¼", "Ã¤", "Ã¶", "ÃŸ", "Ã„", "Ã–", "Ãœ", "â€ž", "â€œ", "â€“")


def decode(data: bytes) -> tuple[str, tuple[Warning, ...]]:
    """The text and what had to be guessed; `Refused` for what is no text."""
    text, name = _decode(data)
    warnings = []
    if name not in ("utf-8", "utf-8-sig", "utf-16", "utf-32"):
        warnings.append(
            Warning("encoding", f"Die Datei sagt nicht, wie sie kodiert ist; gelesen als {name}.")
        )
    mended = _mend(text)
    if mended != text:
        warnings.append(Warning("mojibake", "Falsch umgewandelte Umlaute wurden zurückverwandelt."))
    return mended.replace("\r\n", "\n").replace("\r", "\n"), tuple(warnings)


def _decode(data: bytes) -> tuple[str, str]:
    for bom, name in BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name), name
            except UnicodeDecodeError:
                raise Refused(
                    "Die Datei ist beschädigt: Sie ist nicht so kodiert, wie ihr Anfang sagt."
                ) from None
    zeros = data[:4000].count(0)
    if zeros:
        if zeros > len(data[:4000]) // 4:
            for name in ("utf-16-le", "utf-16-be"):
                try:
                    text = data.decode(name)
                except UnicodeDecodeError:
                    continue
                if text.count(" ") > len(text) // 40:
                    return text, "utf-16"
        raise Refused("Das ist keine Textdatei (binäre Daten).")
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    controls = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in data[:20000])
    if controls > len(data[:20000]) // 100:
        raise Refused("Das ist keine Textdatei (binäre Daten).")
    windows = sum(data.count(byte) for byte in WINDOWS)
    mac = sum(data.count(byte) for byte in MAC)
    if mac > windows:
        return data.decode("mac_roman"), "Mac Roman"
    return data.decode("cp1252", errors="replace"), "Windows-1252"


def _mend(text: str) -> str:
    """C1 control characters are Windows-1252 quotes and dashes; mojibake is undone where it is certain."""
    if any("\x80" <= char <= "\x9f" for char in text):
        text = "".join(
            bytes([ord(char)]).decode("cp1252", errors="ignore")
            if "\x80" <= char <= "\x9f"
            else char
            for char in text
        )
    if any(sign in text for sign in MOJIBAKE):
        lines = []
        for line in text.split("\n"):
            try:
                mended = line.encode("cp1252").decode("utf-8")
            except UnicodeError:
                mended = line
            lines.append(mended)
        text = "\n".join(lines)
    return text
