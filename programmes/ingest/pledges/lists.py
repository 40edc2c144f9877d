"""What does a lead-in or a heading lend to a list item, and what does the item bring itself? (§ 3.2)"""

from __future__ import annotations

import re
from functools import cache

from programmes.ingest.pledges import exclusions
from programmes.ingest.pledges.commitment import final_infinitive
from programmes.ingest.pledges.grammar import Reading, names_action, read
from programmes.ingest.pledges.rules import Rules
from programmes.ingest.pledges.units import Unit

RULES = Rules()
rule = RULES.rule

_COMMITS = re.compile(
    r"\b(?:wir (?:wollen|fordern|werden|möchten|stehen|setzen|treten|brauchen|sind|kämpfen|unterstützen|planen|schlagen|machen|sorgen|streben|sagen|bekennen|schaffen|"
    r"stärken|fördern|investieren|lehnen|beantragen)|(?:wollen|fordern|werden|möchten|stehen|setzen|treten|brauchen|kämpfen|unterstützen|planen|machen|sorgen|streben) wir|"
    r"(?:unsere?|meine?) (?:\w+ )?(?:ziele?|forderung\w*|schwerpunkte?|vorhaben|maßnahmen|ideen|vorschläge|pläne|konzepte?|lösungen|agenda|themen|punkte|kernforderung\w*|positionen|anliegen|vorstellungen|plan|programm)|"
    r"(?:ziele?|forderungen|maßnahmen|vorhaben|forderung) (?:sind|ist|der|für)|fordert|fordern|will sich|setzt sich|einsetzen|dafür|deshalb|daher|darum|konkret|"
    r"dazu (?:gehör\w+|zähl\w+)|das (?:wollen|heißt|bedeutet|bringt|wird)|wofür|dafür stehen|soll\w*|muss|müssen|beantragt|beauftragt|beschließ\w+|umsetzen|ziel ist|"
    r"notwendig sind|wichtig sind|wichtig ist|nächste schritte|das haben wir vor|was wir|bis 20[2-9]\d|zukunft)\b"
)
_FACTS = re.compile(
    r"\b(?:fakten|bilanz|status quo|ausgangslage|hintergrund|erreicht\w*|geschafft|erfolge?|umgesetzt\w*|rückblick|zahlen|daten|über uns|wer wir sind|steckbrief|"
    r"lebenslauf|vita|zur person|persönlich\w*|kandidat\w*|problem\w*|situation|haben wir|wurden?|bereits|bisher\w*|letzten jahren?|vergangenen|auf den weg gebracht|"
    r"termine?|kontakt|ansprechpartner\w*|vorstand|fraktion besteht|mitglieder|beruf\w*|hobb\w+|geboren|verheiratet|listenplatz|wahlkreis|begründung|stärken (?:sind|unserer))\b"
)


_LONGEST_HEADING = (
    7  # words; a longer lead-in is a sentence, and names members or problems in passing
)
_DONE = re.compile(
    r"\b(?:bilanz|erreicht\w*|geschafft|erfolge|umgesetzt\w*|verwirklicht\w*|durchgesetzt|wurden?|bisher\w*|letzten jahren?|"
    r"vergangenen|auf den weg gebracht|begründung)\b"
)
_AHEAD = re.compile(
    r"\b(?:wollen|fordern|fordert|ziele?|kämpfen|beauftragt|möchten|werden wir|wir werden|beantrag\w+|sollen?|setzen (?:wir )?uns|vorhaben|schwerpunkte)\b"
)


def announces(heading: str) -> str:
    """ "commitment", "facts" or "" for a lead-in or a heading."""
    lowered = heading.lower()
    facts = _FACTS if len(lowered.split()) <= _LONGEST_HEADING else _DONE
    if facts.search(lowered) and not _AHEAD.search(lowered):
        return "facts"
    if _COMMITS.search(lowered):
        return "commitment"
    return ""


@rule(3.2)
def lead_in_commits(unit: Unit, reading: Reading) -> str:
    """An item that completes "Wir fordern:" """
    if unit.kind == "item" and unit.first and announces(unit.lead_in) == "commitment":
        return unit.lead_in[:60]
    return ""


@rule(2.2)
def heading_commits(unit: Unit, reading: Reading) -> str:
    """An item under the heading "Unsere Ziele" """
    if unit.kind != "item" or not unit.first or unit.lead_in:
        return ""
    return unit.heading[:60] if announces(unit.heading) == "commitment" else ""


@rule(-3.0)
def lead_in_tells_facts(unit: Unit, reading: Reading) -> str:
    """An item under "Bilanz", "Das haben wir erreicht" """
    if unit.kind != "item":
        return ""
    above = unit.lead_in or unit.heading
    return above[:60] if announces(above) == "facts" else ""


@rule(1.6)
def heading_names_action(unit: Unit, reading: Reading) -> str:
    """An item under "Klimaschutz ausbauen", "Stärkung der Ortsteile": the heading asks already"""
    if unit.kind != "item" or not unit.first or not unit.heading or reading.finite:
        return ""
    return unit.heading[:60] if asks(unit.heading) else ""


@cache
def asks(heading: str) -> bool:
    """Whether a heading ends in an infinitive or opens with an action noun."""
    above = read(heading)
    if not above.words or above.finite:
        return False
    return bool(final_infinitive(above)) or any(names_action(word.low) for word in above.words[:2])


@rule(0.8)
def other_lead_in(unit: Unit, reading: Reading) -> str:
    if unit.kind == "item" and unit.first and unit.lead_in and not announces(unit.lead_in):
        return unit.lead_in[:60]
    return ""


@rule(0.3)
def item(unit: Unit, reading: Reading) -> str:
    return "item" if unit.kind == "item" and unit.first else ""


@rule(2.2)
def item_starts_with_action(unit: Unit, reading: Reading) -> str:
    """Without a lead-in an item counts if an action noun opens it"""
    if unit.kind != "item" or not unit.first or reading.finite:
        return ""
    early = [at for at in reading.action_nouns if at <= 3]
    return reading.words[early[0]].text if early else ""


@rule(2.6)
def item_ends_in_infinitive(unit: Unit, reading: Reading) -> str:
    """… or an infinitive ends it: "Radwege ausbauen" """
    if unit.kind != "item" or reading.finite or not reading.words:
        return ""
    return final_infinitive(reading)


_OUTCOME = re.compile(
    r"^(?:für |gegen )?(?:ein\w* )?(?:mehr|weniger|keine?n?|bessere?[rsn]?|schnellere?[rsn]?|kostenlose?[rsn]?|kostenfreie?[rsn]?|bezahlbare?[rsn]?|zusätzliche?[rsn]?|neue?[rsn]?|"
    r"sichere?[rsn]?|barrierefreie?[rsn]?|flächendeckende?[rsn]?|moderne?[rsn]?|ausreichende?[rsn]?|kürzere?[rsn]?|höhere?[rsn]?|niedrigere?[rsn]?|saubere?[rsn]?|starke?[rsn]?|"
    r"eine?[nr]?|jede[srn]?|alle|kein|weg mit|schluss mit|statt|dass|tempo|freie?[rsn]?|gute?[rsn]?)\b"
)


@rule(1.0)
def item_names_outcome(unit: Unit, reading: Reading) -> str:
    """mehr Personal, keine neuen Schulden, ein Jugendzentrum"""
    if unit.kind != "item" or not unit.first or not exclusions.policy_nouns(reading):
        return ""
    found = _OUTCOME.search(reading.lowered)
    return found.group() if found else ""


@rule(-3.4)
def item_is_slogan(unit: Unit, reading: Reading) -> str:
    """Bunte Vielfalt; Politik mit Herz; sachlich und ehrlich: only values and persons in the item"""
    if unit.kind != "item" or reading.actions or reading.action_nouns or reading.finite:
        return ""
    if exclusions.policy_nouns(reading) or reading.has("mehr", "bessere", "keine"):
        return ""
    return "values only"


@rule(-0.8)
def item_states(unit: Unit, reading: Reading) -> str:
    """A full sentence in the indicative inside a list"""
    if unit.kind == "item" and reading.finite:
        return "finite verb"
    return ""


@rule(-1.0)
def follow_up_in_item(unit: Unit, reading: Reading) -> str:
    return "follow-up" if unit.kind == "item" and not unit.first else ""


_NUMERIC = re.compile(r"^(?:seit|\d{4}\b|\d+ (?:jahre|euro)|von \d{4})")


@rule(-1.5)
def item_is_a_date(unit: Unit, reading: Reading) -> str:
    """Lines of a life or a balance sheet: "seit 2014 Mitglied im Rat" """
    if unit.kind != "item":
        return ""
    found = _NUMERIC.search(reading.lowered)
    return found.group() if found else ""
