"""The only door from the pipeline into the database.

What a person decided (a pledge confirmed, edited, added or rejected; a corrected field; a mended
structure) is never overwritten here, and public keys and anchors survive a re-import.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from programmes import files, gazetteer, tally
from programmes.ingest import pieces, pipeline, pledges, topics
from programmes.ingest.about import GIVEN
from programmes.ingest.fingerprint import fingerprint, resemblances
from programmes.models import (
    Document,
    DocumentTopic,
    Municipality,
    Party,
    Pledge,
    PledgeTopic,
    Section,
    Topic,
    german_slug,
    original_path,
)
from programmes.querysets import alone

# Resemblance from which two documents are called near copies: with every tenth word changed it is 0.53 or more,
# between texts that share a template 0.38 at most, between others 0.02.
NEAR_COPY = 0.45
SAME_PLEDGE = 0.75  # word similarity from which a re-read sentence is the same pledge
LEADING_NUMBER = re.compile(r"^[\s\dA-Za-z]{0,4}[.):]\s+")
SPACE = re.compile(r"\W+")
ABOUT_FIELDS = ("title", "kind", "publisher", "year", "date", "language")


@dataclass(frozen=True, slots=True)
class Stored:
    """`created` is false where the same bytes were there already: then nothing was changed."""

    document: Document
    created: bool
    twin: Document | None = None
    new_lists: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a re-reading would change: texts of pledges, titles of sections, fields (old, new).

    `judged` are pledges that stay and are judged otherwise: text, what is judged, old and new value.
    """

    kept: int
    new: tuple[str, ...]
    gone: tuple[str, ...]
    new_sections: tuple[str, ...]
    gone_sections: tuple[str, ...]
    fields: Mapping[str, tuple[object, object]]
    judged: tuple[tuple[str, str, str, str], ...] = ()

    def __bool__(self) -> bool:
        return bool(
            self.new
            or self.gone
            or self.new_sections
            or self.gone_sections
            or self.fields
            or self.judged
        )


def read(data: bytes, name: str, about: Mapping[str, str] | None = None) -> pieces.Parsed:
    """Read a file against the archive's own gazetteer; raises `pieces.Refused` with one clear sentence."""
    return pipeline.parse(pieces.Source(data, name, dict(about or {})), gazetteer.known())


def store(parsed: pieces.Parsed, *, publish: bool = False, invented: bool = False) -> Stored:
    """Put a parsed document in, wholly or not at all. The same bytes a second time change nothing."""
    with transaction.atomic():
        alone()
        files.alone_with(parsed.sha256)
        there = Document.objects.filter(sha256=parsed.sha256).first()
        if there:
            return Stored(there, created=False)
        near = next(iter(twins(parsed)), None)
        document = Document(
            sha256=parsed.sha256,
            original_name=parsed.source.name[:255],
            media_type=parsed.text.media_type,
            status=Document.Status.PUBLISHED if publish else Document.Status.DRAFT,
            twin_of=near,
            invented=invented,
        )
        _describe(document, parsed, ABOUT_FIELDS)
        _say_where_from(document, parsed.source.about)
        keep_original(document, parsed.source.data)
        document.save()
        new = _set_relations(document, parsed.about, ("municipalities", "parties"))
        _write(document, parsed.sections, parsed.pledges)
        document.save()  # last, so that whoever listens sees the whole document
    return Stored(document, created=True, twin=near, new_lists=new)


def new_lists(stored: Stored) -> str:
    """Which local lists had to be made for a document, as a sentence; empty where none had."""
    if not stored.new_lists:
        return ""
    names = ", ".join(f"„{name}“" for name in stored.new_lists)
    return gettext("Örtliche Liste neu angelegt: %(names)s.") % {"names": names}


def twins(parsed: pieces.Parsed) -> list[Document]:
    """Documents of which this one is a near copy, nearest first."""
    mine = fingerprint(markdown(parsed.sections))
    others = list(
        Document.objects.exclude(sha256=parsed.sha256)
        .exclude(fingerprint=b"")
        .values_list("pk", "fingerprint")
    )
    likenesses = resemblances(mine, [bytes(other) for _, other in others])
    found = [
        (-likeness, pk)
        for (pk, _), likeness in zip(others, likenesses, strict=True)
        if likeness >= NEAR_COPY
    ]
    order = {pk: place for place, (_, pk) in enumerate(sorted(found))}
    return sorted(Document.objects.filter(pk__in=order), key=lambda document: order[document.pk])


def reread(document: Document) -> pieces.Parsed:
    """Read the kept original again with today's rules; raises `pieces.Refused` where it is gone."""
    if not document.original:
        raise pieces.Refused(f"Zu „{document}“ ist keine Originaldatei aufbewahrt.")
    try:
        with document.original.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise pieces.Refused(f"Die Originaldatei zu „{document}“ fehlt im Archivordner.") from None
    return read(data, document.original_name, _said(document))


def _said(document: Document) -> dict[str, str]:
    """What was not read in the text but said of it when it came in (a catalogue, the desk's form): it still holds."""
    evidence: dict[str, str] = (document.report or {}).get("evidence", {})
    said = {}
    for name, words in evidence.items():
        if not words.startswith(GIVEN):
            continue
        if name == "municipalities":
            said[name] = "|".join(document.municipalities.values_list("pk", flat=True))
        elif name == "parties":
            said["local_lists"] = "|".join(document.parties.values_list("short_name", flat=True))
        else:
            said[name] = str(getattr(document, name, None) or "")
    return said


def changes(document: Document, parsed: pieces.Parsed) -> Changes:
    """What `apply` would change, without changing it."""
    sections, found = _respecting_people(document, parsed)
    old = list(
        document.pledges.select_related("section").prefetch_related("pledgetopic_set__topic")
    )
    matched = _match_pledges(old, found)
    kept = {pledge.pk for pledge in matched.values()}
    before = [section.title for section in document.sections.all()]
    after = [section.title for section in sections]
    candidate = Document(pk=document.pk)
    _describe(candidate, parsed, ABOUT_FIELDS)
    fields: dict[str, tuple[object, object]] = {
        name: (getattr(document, name), getattr(candidate, name))
        for name in ABOUT_FIELDS
        if name not in document.decided and getattr(document, name) != getattr(candidate, name)
    }
    for name, present, now in (
        (
            "municipalities",
            {place.pk for place in document.municipalities.all()},
            set(parsed.about.municipalities),
        ),
        (
            "parties",
            {party.short_name for party in document.parties.all()},
            set(parsed.about.parties),
        ),
    ):
        if name not in document.decided and present != now:
            fields[name] = (sorted(present), sorted(now))
    return Changes(
        kept=len(kept),
        new=tuple(pledge.text for at, pledge in enumerate(found) if at not in matched),
        gone=tuple(
            pledge.text
            for pledge in old
            if pledge.pk not in kept and pledge.decision == Pledge.Decision.MACHINE
        ),
        new_sections=tuple((Counter(after) - Counter(before)).elements()),
        gone_sections=tuple((Counter(before) - Counter(after)).elements()),
        fields=fields,
        judged=tuple(_judged(found, matched)),
    )


def _judged(
    found: Sequence[pieces.Pledge], matched: Mapping[int, Pledge]
) -> Iterator[tuple[str, str, str, str]]:
    """What a machine would judge otherwise on the pledges it judged before."""
    for at, pledge in sorted(matched.items()):
        if pledge.decision != Pledge.Decision.MACHINE:
            continue
        now = found[at]
        for name, before, after in (
            ("text", pledge.text, now.text),
            ("specificity", pledge.specificity, now.specificity),
            (
                "topics",
                ", ".join(topic.slug for topic in pledge.ranked_topics),
                ", ".join(now.topics),
            ),
            ("years", ", ".join(map(str, pledge.years)), ", ".join(map(str, now.years))),
        ):
            if before != after:
                yield pledge.text, name, before, after


def apply(document: Document, parsed: pieces.Parsed) -> Stored:
    """Replace what machines found by what they find now; what people decided stays."""
    with transaction.atomic():
        document = Document.objects.locked().get(pk=document.pk)
        sections, found = _respecting_people(document, parsed)
        _describe(document, parsed, [name for name in ABOUT_FIELDS if name not in document.decided])
        new = _set_relations(
            document,
            parsed.about,
            [name for name in ("municipalities", "parties") if name not in document.decided],
        )
        _write(document, sections, found)
        document.save()
    return Stored(document, created=False, new_lists=new)


def recount(document: Document) -> None:
    """Bring the document's counts up to date with its standing pledges."""
    counted = Counter(
        PledgeTopic.objects.filter(pledge__document=document)
        .exclude(pledge__decision=Pledge.Decision.REJECTED)
        .values_list("topic", flat=True)
    )
    DocumentTopic.objects.filter(document=document).delete()
    DocumentTopic.objects.bulk_create(
        DocumentTopic(document=document, topic_id=topic, pledges=number)
        for topic, number in counted.items()
    )
    document.pledge_count = document.pledges.standing().count()
    Document.objects.filter(pk=document.pk).update(pledge_count=document.pledge_count)
    tally.count(document.pk)


def settle(document: Document) -> None:
    """Order, counts, text and fingerprint as the rows now say; saved last, so that the index follows."""
    order = dict(document.sections.values_list("pk", "position"))
    pledges = sorted(
        document.pledges.all(), key=lambda pledge: (order[pledge.section_id], pledge.start)
    )
    moved = []
    for position, pledge in enumerate(pledges):
        if pledge.position != position:
            pledge.position = position
            moved.append(pledge)
    Pledge.objects.bulk_update(moved, ["position"], batch_size=200)
    text = markdown(stored_sections(document))
    if text != document.text:
        document.text, document.fingerprint = text, fingerprint(text)
    recount(document)
    document.save()


def pledge_key(document: Document, text: str, occurrence: int) -> str:
    """Ten letters and digits made of the file, the words and which of equal sentences it is."""
    seed = f"{document.sha256 or document.pk}\n{_normal(text)}\n{occurrence}"
    return base64.b32encode(hashlib.sha256(seed.encode()).digest())[:10].decode().lower()


def _describe(document: Document, parsed: pieces.Parsed, names: Iterable[str]) -> None:
    about = parsed.about
    values = {
        "title": (about.title or _fallback_title(parsed))[:300],
        "kind": about.kind or "",
        "publisher": (about.publisher or "")[:200],
        "year": about.year,
        "date": about.date or "",
        "language": about.language or "",
    }
    for name in names:
        setattr(document, name, values[name])
    document.text = markdown(parsed.sections)
    document.fingerprint = fingerprint(document.text)
    document.report = {
        "reader": parsed.text.reader,
        "pages": parsed.text.pages,
        "repairs": dict(parsed.text.repairs),
        "removed": list(parsed.text.removed),
        "warnings": [asdict(warning) for warning in parsed.warnings],
        "evidence": dict(about.evidence),
        "title_from_text": about.title is not None,
    }


def _say_where_from(document: Document, said: Mapping[str, str]) -> None:
    """Scope, rights and source as a catalogue gives them: no text says them, and what is no address stays out."""
    document.scope = said.get("scope", "")[:40]
    document.rights = said.get("rights", "")[:200]
    address = said.get("source_url", "")
    if re.match(r"https?://\S+$", address) and len(address) <= 500:
        document.source_url = address
    with suppress(ValueError):
        document.retrieved_on = (
            date.fromisoformat(said["retrieved_on"]) if said.get("retrieved_on") else None
        )


def _fallback_title(parsed: pieces.Parsed) -> str:
    """A document without a title is shown by its first words."""
    for section in parsed.sections:
        words = (section.title or section.text).split()
        if words:
            line = " ".join(words[:14])
            return line if len(words) <= 14 else line.rstrip(",;:") + " …"
    return parsed.source.name or "Ohne Titel"


def markdown(sections: Sequence[pieces.Section]) -> str:
    parts = []
    for section in sections:
        if section.title:
            parts.append(f"{'#' * max(section.level, 1)} {section.title}")
        if section.text:
            parts.append(section.text)
    return "\n\n".join(parts)


def keep_original(document: Document, data: bytes) -> None:
    """Under its checksum: written once, and a leftover of a broken import is simply used again."""
    name = original_path(document, "")
    path = Path(document.original.storage.path(name))
    if not path.is_file() or path.read_bytes() != data:
        files.write_whole(path, data)
    document.original.name = name


def _set_relations(
    document: Document, about: pieces.About, names: Iterable[str]
) -> tuple[str, ...]:
    """Link places and parties; returns the local lists that had to be made."""
    new: tuple[str, ...] = ()
    if "municipalities" in names:
        document.municipalities.set(Municipality.objects.filter(pk__in=about.municipalities))
    if "parties" in names:
        new = _new_lists(document, about.parties)
        document.parties.set(Party.objects.filter(short_name__in=about.parties))
    return new


def _new_lists(document: Document, parties: Sequence[str]) -> tuple[str, ...]:
    """Make the local lists that the archive does not have; a list belongs to one place, or is not made."""
    longest = Party._meta.get_field("short_name").max_length or 0
    there = set(Party.objects.filter(short_name__in=parties).values_list("short_name", flat=True))
    new = tuple(name for name in parties if name not in there and len(name) <= longest)
    places = list(document.municipalities.all()[:2])
    if not new or len(places) != 1:
        return ()
    for name in new:
        Party.objects.create(
            short_name=name, name=name, municipality=places[0], invented=document.invented
        )
    return new


def _respecting_people(
    document: Document, parsed: pieces.Parsed
) -> tuple[Sequence[pieces.Section], Sequence[pieces.Pledge]]:
    """The sections as a person left them, where one did, with the pledges that today's rules find there."""
    if "sections" not in document.decided:
        return parsed.sections, parsed.pledges
    sections = stored_sections(document)
    known = gazetteer.known()
    found = pledges.find(sections, parsed.about, known)
    return sections, topics.assign(found, sections, known.topics)


def stored_sections(document: Document) -> tuple[pieces.Section, ...]:
    """The sections in the database as the pipeline's own values."""
    from programmes.ingest import structure

    rows = list(document.sections.order_by("position"))
    number = {row.pk: at for at, row in enumerate(rows)}
    return tuple(
        pieces.Section(
            id=at,
            parent=None if row.parent_id is None else number.get(row.parent_id),
            level=row.level,
            title=row.title,
            text=row.text,
            page=row.page,
            passages=structure.passages(row.text, title=row.title, page=row.page),
        )
        for at, row in enumerate(rows)
    )


def _write(
    document: Document, sections: Sequence[pieces.Section], found: Sequence[pieces.Pledge]
) -> None:
    """Make sections and pledges what was found, keeping anchors, keys and people's decisions."""
    old_pledges = list(document.pledges.select_related("section"))
    old_sections = list(document.sections.order_by("position"))
    anchors = _anchors(sections, old_sections)
    decided = [pledge for pledge in old_pledges if pledge.decision != Pledge.Decision.MACHINE]
    matched = _match_pledges(old_pledges, found)

    # Pledges hang on sections: free the kept ones from the old tree before it is cut down.
    holding = {pledge.pk: pledge.section.title for pledge in decided}
    Section.objects.filter(document=document).update(parent=None)
    rows = [
        Section(
            document=document,
            position=section.id + len(old_sections) + 1_000_000,
            level=section.level,
            title=section.title[:500],
            anchor=f"neu--{section.id}",
            text=section.text,
            page=section.page,
        )
        for section in sections
    ]
    rows = Section.objects.bulk_create(rows)

    taken = {pledge.pk for pledge in matched.values()}
    for pledge in decided:
        place = _locate(pledge, matched, found, sections, holding[pledge.pk])
        pledge.section = rows[place[0]] if rows else pledge.section
        pledge.start, pledge.end = place[1], place[2]
        pledge.position = 0
        taken.add(pledge.pk)
    Pledge.objects.filter(document=document).exclude(pk__in=taken).delete()

    topic_ids = dict(Topic.objects.values_list("slug", "pk"))
    used_keys = {pledge.key for pledge in old_pledges if pledge.pk in taken}
    occurrences: dict[str, int] = defaultdict(int)
    new_rows: list[Pledge] = []
    new_topics: list[tuple[str, ...]] = []
    machine_rows: list[tuple[Pledge, tuple[str, ...]]] = []
    for at, piece in enumerate(found):
        normal = _normal(piece.text)
        key = pledge_key(document, piece.text, occurrences[normal])
        occurrences[normal] += 1
        present = matched.get(at)
        if present is not None and present.decision != Pledge.Decision.MACHINE:
            continue
        row = present or Pledge(document=document)
        if present is None:
            while key in used_keys:
                key = pledge_key(document, piece.text, occurrences[normal])
                occurrences[normal] += 1
            row.key = key
            used_keys.add(key)
        row.section = rows[piece.section]
        row.text, row.start, row.end, row.page = piece.text, piece.start, piece.end, piece.page
        row.specificity, row.cue = piece.specificity, piece.cue[:200]
        row.reasons = [*piece.clues, *(f"topic: {reason}" for reason in piece.topic_reasons)]
        row.years, row.due = list(piece.years), max(piece.years, default=None)
        row.quantities = [asdict(quantity) for quantity in piece.quantities]
        if present is None:
            new_rows.append(row)
            new_topics.append(piece.topics)
        else:
            machine_rows.append((row, piece.topics))

    order = {row.pk: at for at, row in enumerate(rows)}
    everything = [*new_rows, *(row for row, _ in machine_rows), *decided]
    everything.sort(key=lambda pledge: (order.get(pledge.section_id, 0), pledge.start))
    for position, pledge in enumerate(everything):
        pledge.position = position

    Pledge.objects.bulk_create(new_rows)
    kept = [row for row, _ in machine_rows] + decided
    Pledge.objects.bulk_update(
        kept,
        [
            "section",
            "text",
            "start",
            "end",
            "page",
            "position",
            "specificity",
            "cue",
            "reasons",
            "years",
            "due",
            "quantities",
        ],
        batch_size=200,
    )
    Section.objects.filter(pk__in=[section.pk for section in old_sections]).delete()
    for at, section in enumerate(sections):
        rows[at].position = section.id
        rows[at].anchor = anchors[at]
        rows[at].parent = rows[section.parent] if section.parent is not None else None
    Section.objects.bulk_update(rows, ["position", "anchor", "parent"], batch_size=200)

    PledgeTopic.objects.filter(pledge__in=[row for row, _ in machine_rows]).delete()
    PledgeTopic.objects.bulk_create(
        PledgeTopic(pledge=pledge, topic_id=topic_ids[slug], rank=rank)
        for pledge, slugs in [*zip(new_rows, new_topics, strict=True), *machine_rows]
        for rank, slug in enumerate(slugs)
        if slug in topic_ids
    )
    keep_addresses(document, [section.anchor for section in old_sections])
    recount(document)


def keep_addresses(document: Document, before: Sequence[str]) -> None:
    """Anchors of `before` (in reading order) that are gone lead from now on to the section before them."""
    now = list(document.sections.order_by("position").values_list("anchor", flat=True))
    there = set(now)
    former = dict(document.former_anchors)
    leads = now[0] if now else ""
    for anchor in before:
        if anchor in there:
            leads = anchor
        elif leads:
            former[anchor] = leads
    for anchor, target in former.items():
        passed = {anchor}
        while target not in there and target in former and target not in passed:
            passed.add(target)
            target = former[target]
        former[anchor] = target
    document.former_anchors = {
        anchor: target
        for anchor, target in former.items()
        if anchor not in there and target in there
    }
    document.save(update_fields=["former_anchors"])


def _anchors(sections: Sequence[pieces.Section], old: Sequence[Section]) -> list[str]:
    """An anchor for each section: the one it had, else one made of its title, each once."""
    had: dict[str, list[str]] = defaultdict(list)
    for row in old:
        had[_normal(row.title)].append(row.anchor)
    used: set[str] = set()
    anchors: list[str] = []
    reserved = {row.anchor for row in old}
    for section in sections:
        before = had[_normal(section.title)]
        if before:
            anchor = before.pop(0)
        else:
            base = anchor_of(section.title) or f"abschnitt-{section.id + 1}"
            anchor, number = base, 1
            while anchor in used or anchor in reserved:
                number += 1
                anchor = f"{base}-{number}"
        used.add(anchor)
        anchors.append(anchor)
    return anchors


def anchor_of(title: str) -> str:
    """The words of a heading as an anchor, without its number; empty where no word is left."""
    anchor = german_slug(LEADING_NUMBER.sub("", title)) if title else "text"
    return "" if anchor == "-" else anchor


def _match_pledges(old: Sequence[Pledge], found: Sequence[pieces.Pledge]) -> dict[int, Pledge]:
    """Which pledge in the database is which found one: equal words first, then the most similar ones.

    A person may have mended the words of a pledge; it is still the one that its place in the text names.
    """
    matched: dict[int, Pledge] = {}
    by_words: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in sorted(old, key=lambda pledge: pledge.position):
        by_words[_normal(pledge.text)].append(pledge)
    for at, piece in enumerate(found):
        same = by_words[_normal(piece.text)]
        if same:
            matched[at] = same.pop(0)
    left = [pledge for same in by_words.values() for pledge in same]
    in_source: dict[str, list[Pledge]] = defaultdict(list)
    for pledge in left:
        if pledge.end > pledge.start and pledge.decision != Pledge.Decision.MACHINE:
            in_source[_normal(pledge.section.text[pledge.start : pledge.end])].append(pledge)
    for at, piece in enumerate(found):
        same = in_source.get(_normal(piece.text), [])
        if at not in matched and same:
            matched[at] = same.pop(0)
    taken = {pledge.pk for pledge in matched.values()}
    left = [pledge for pledge in left if pledge.pk not in taken]
    open_places = [at for at in range(len(found)) if at not in matched]
    if not left or not open_places:
        return matched
    words = {pledge.pk: _normal(pledge.text).split() for pledge in left}
    holders: dict[str, set[int]] = defaultdict(
        set
    )  # word → old pledges: only those that share words are compared
    for pk, own in words.items():
        for word in own:
            if len(word) > 4:
                holders[word].add(pk)
    by_pk = {pledge.pk: pledge for pledge in left}
    candidates: list[tuple[float, int, int]] = []
    for at in open_places:
        mine = _normal(found[at].text).split()
        shared = Counter(pk for word in set(mine) if len(word) > 4 for pk in holders.get(word, ()))
        for pk, _ in shared.most_common(5):
            likeness = _likeness(mine, words[pk])
            if likeness >= SAME_PLEDGE:
                candidates.append((-likeness, at, pk))
    for _, at, pk in sorted(candidates):
        if at not in matched and pk in by_pk:
            matched[at] = by_pk.pop(pk)
    return matched


def _likeness(one: list[str], other: list[str]) -> float:
    """Word similarity 0 to 1; a sentence that wholly contains the other counts as the same."""
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    together = sum(block.size for block in matcher.get_matching_blocks())
    shorter = min(len(one), len(other))
    if shorter >= 6 and together == shorter:
        return 0.99
    return 2 * together / max(len(one) + len(other), 1)


def _locate(
    pledge: Pledge,
    matched: Mapping[int, Pledge],
    found: Sequence[pieces.Pledge],
    sections: Sequence[pieces.Section],
    title: str,
) -> tuple[int, int, int]:
    """Where a decided pledge stands now: (section, start, end); (…, 0, 0) where its words are gone."""
    by_words = [
        (at, section.text.find(pledge.text))
        for at, section in enumerate(sections)
        if pledge.text in section.text
    ]
    for at, start in sorted(by_words, key=lambda place: sections[place[0]].title != title):
        return at, start, start + len(pledge.text)
    for at, candidate in matched.items():
        if candidate.pk == pledge.pk:
            return found[at].section, found[at].start, found[at].end
    at = next((at for at, section in enumerate(sections) if section.title == title), 0)
    return at, 0, 0


def _normal(text: str) -> str:
    return SPACE.sub(" ", text).strip().lower()
