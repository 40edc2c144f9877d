"""What does a press text say, without the frame around it? (§ 3.1: code the content, not the frame)

„Wir fordern mehr Busse“, sagt die Vorsitzende des Ausschusses für Verkehr. → Wir fordern mehr Busse
"""

from __future__ import annotations

import re

_SAYING = (
    r"(?:sag\w+|beton\w+|erklär\w+|erläuter\w+|mein\w+|forder\w+|kritisier\w+|so|ergänz\w+|führt\w*|bekräftig\w+|unterstr\w+|heißt|hieß|"
    r"stell\w+|füg\w+|mahn\w+|begründe\w+|berichte\w+|freut|schließ\w+|schreib\w+|resümier\w+|fass\w+|versprich\w+|kündig\w+|zeig\w+|appellier\w+)"
)
_FRAME_BEHIND = re.compile(rf"[“”\"«]\s*+,?\s*+{_SAYING}\b.*$", re.DOTALL)
_FRAME_BEFORE = re.compile(r"^[^„»\"“:]{2,120}:\s*[„»\"“](?=\S)")
_LEAST = 15  # letters that must be left


def spoken(text: str) -> str:
    """The sentence without "X sagt:" before it and ", sagt X" behind it; unchanged without a frame."""
    content = _FRAME_BEHIND.sub("", text)
    content = _FRAME_BEFORE.sub("", content)
    content = content.strip(' „“”"»«')
    return content if len(content) >= _LEAST else text
