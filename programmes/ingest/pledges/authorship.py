"""Whose text is it? The author's names, and whether others tell of parties (codebook § 3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from programmes.ingest.pieces import About, Known, Section
from programmes.ingest.pledges import lexicon
from programmes.ingest.pledges.grammar import Setting
from programmes.ingest.pledges.units import Unit

_NO_NAMES = frozenset("die der das den dem für und von im in wir".split())
_WE = re.compile(r"\b(?:wir|unser\w*|uns|ich|mein\w*)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[„»“\"][^“”«\"]*[“”«\"]")
_REPORTS = re.compile(
    r"\b(?:sagte[n]?|erklärte[n]?|betonte[n]?|kritisierte[n]?|teilte[n]? mit|berichtete[n]?|stimmte[n]? (?:für|gegen|zu)|"
    r"beschloss|vertagte|hieß es|so der|so die|laut|nach angaben|gegenüber dieser zeitung|debatte|einstimmig|mehrheitlich)\b",
    re.IGNORECASE,
)
_EDITED = re.compile(
    r"\((?:dpa|afp|epd|kna|ots|red|lno|dapd)(?:/\w+)?\)|\bdpa/|\bdieser zeitung\b|\bunserer (?:zeitung|redaktion)\b|\btitelfoto\b|\bsymbol(?:foto|bild)\b|"
    r"heißt es in (?:einer|der|ihrer) (?:presse)?mitteilung|\bin (?:einer|der) (?:presse)?mitteilung zitiert|\bzitiert die mitteilung",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"Von [A-ZÄÖÜ][\wäöüß-]+ (?:von |van )?[A-ZÄÖÜ][\wäöüß-]+$")
_RELEASED = re.compile(
    r"\W?(?:gemeinsame )?(?:presse(?:mitteilung|erklärung|information)|medien(?:mitteilung|information))\b"
    r"(?! (?:der|des) (?:stadt|gemeinde|kreis|landkreis|land|polizei|bezirksregierung|verwaltung)\w*)",
    re.IGNORECASE,
)
_ACTS = re.compile(
    r"\b(?:wird|werden) beauftragt|möge beschließen|beschlussvorschlag", re.IGNORECASE
)


def setting(units: Sequence[Unit], about: About, known: Known) -> Setting:
    """What the author and its towns are called, and whether the text says "we"."""
    own: set[str] = set()
    for party in known.parties:
        if party.short in about.parties:
            for name in (party.short, party.name):
                words = [
                    word for word in re.findall(r"[\w-]+", name.lower()) if word not in _NO_NAMES
                ]
                own.update(words[:1])
    called = lexicon.PARTY_WORDS
    own |= {word for short in about.parties for word in called.get(short, ())}
    rivals = {word for words in called.values() for word in words} if about.parties else set()
    places = {
        word
        for place in known.places
        if place.ags in about.municipalities
        for word in re.findall(r"[\w-]{3,}", place.name.lower())
    }
    return Setting(
        own=frozenset(own - places),
        rivals=frozenset(rivals - own),
        places=frozenset(places),
        impersonal=_is_impersonal(units, about),
    )


def _is_impersonal(units: Sequence[Unit], about: About) -> bool:
    if about.kind == "press" or not about.parties or len(units) < 8:
        return False
    said = sum(bool(_WE.search(unit.text)) for unit in units)
    carried_out = sum(bool(_CARRIED_OUT.search(unit.text)) for unit in units)
    return said < 0.05 * len(units) and carried_out >= 0.2 * len(units)


_CARRIED_OUT = re.compile(
    r"\b(?:wird|werden|erhält|erhalten|bekommt|bekommen|soll|sollen)\b", re.IGNORECASE
)


def is_told_by_others(
    units: Sequence[Unit], about: About, sections: Sequence[Section] = ()
) -> bool:
    """Whether nobody says "we" outside quotations and others report: a newspaper's article.

    Where a party is known, it has been told of and has not written only if an editorial office has left
    its marks: a byline, an agency, "heißt es in einer Mitteilung". Where none is known, a text that calls
    itself a press release is its sender's.
    """
    told_by = about.evidence.get("kind", "")
    edited = bool(_BYLINE.match(told_by)) or any(_EDITED.search(one.text) for one in sections)
    if about.parties and not edited:
        return False
    if _RELEASED.match(told_by) and not edited:
        return False
    said = telling = quoted = 0
    for unit in units:
        outside = "" if unit.quoted else _QUOTED.sub(" ", unit.text)
        opened = re.search(r"[„»]", outside)
        outside = outside[: opened.start()] if opened else outside
        said += bool(_WE.search(outside) or _ACTS.search(outside))
        telling += bool(_REPORTS.search(outside))
        quoted += unit.quoted or outside != unit.text
    if about.parties:
        return not said and bool(telling or quoted)
    if about.kind == "press":
        return said <= telling
    return not said and telling >= 2 and quoted >= 1
