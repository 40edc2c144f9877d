"""What does a press text say, without the frame around it? (§ 3.1: code the content, not the frame)

„Wir fordern mehr Busse“, sagt die Vorsitzende des Ausschusses für Verkehr. → Wir fordern mehr Busse
Die Halle müsse bleiben, so Fraktionschef Jan Pohl. → Die Halle müsse bleiben
"""

from __future__ import annotations

import re

_SAYING = (
    r"(?:sag\w+|beton\w+|erklär\w+|erläuter\w+|mein\w+|forder\w+|kritisier\w+|so|ergänz\w+|führt\w*|bekräftig\w+|unterstr\w+|heißt|hieß|"
    r"stell\w+|füg\w+|mahn\w+|begründe\w+|berichte\w+|freut|schließ\w+|schreib\w+|resümier\w+|fass\w+|versprich\w+|kündig\w+|zeig\w+|appellier\w+|konstatier\w+|warn\w+|verdeutlich\w+|erinner\w+|macht\w*)"
)
_FRAME_BEHIND = re.compile(rf"[“”\"«]\s*+,?\s*+{_SAYING}\b.*$", re.DOTALL)
_FRAME_BEFORE = re.compile(r"^[^„»\"“:]{2,120}:\s*[„»\"“](?=\S)")
# Behind indirect speech: a verb of saying, who says it, and nothing more.
_FRAME_OF_REPORT = re.compile(
    r",\s(?:so(?= (?:der|die|das|(?-i:[A-ZÄÖÜ])))|sagte?n?|betont(?:e|en)?|erklärt(?:e|en)?|erläutert(?:e|en)?|meint(?:e|en)?|kritisiert(?:e|en)?|ergänzt(?:e|en)?|"
    r"bekräftigt(?:e|en)?|unterstrich(?:en)?|mahnt(?:e|en)?|begründet(?:e|en)?|berichtet(?:e|en)?|resümiert(?:e|en)?|konstatiert(?:e|en)?|warnt(?:e|en)?|findet|"
    r"verdeutlicht(?:e|en)?|erinnert(?:e|en)?|bilanziert(?:e|en)?|bedauert(?:e|en)?|heißt es|hieß es) "
    r"(?:(?:der|die|das|unser|unsere|ihr|ihre|sein|seine|sich|auch|weiter|abschließend|in|einer|dem|den) ){0,3}"
    r"(?:[\w*./-]+ ){0,9}(?-i:[A-ZÄÖÜ])[\w*.-]+(?: (?:weiter|abschließend|unmissverständlich|heute|am \w+))?[.!”“\"]*$"
)
_LEAST = 15  # letters that must be left


def spoken(text: str) -> str:
    """The sentence without "X sagt:" before it and ", sagt X" behind it; unchanged without a frame."""
    content = _FRAME_BEHIND.sub("", text)
    content = _FRAME_BEFORE.sub("", content)
    if content == text and ", " in text:
        content = _FRAME_OF_REPORT.sub("", text)
    content = content.strip(' „“”"»«')
    return content if len(content) >= _LEAST else text
