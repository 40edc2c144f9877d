"""What a person does to a document at the desk; each is one transaction, written down and undoable.

After each the counts are right, the index is noted stale, and no machine overwrites what was decided.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.db import transaction
from django.utils.translation import gettext as _

from programmes import gazetteer, history, importing
from programmes.ingest import pieces, targets, topics
from programmes.models import Document, Pledge, Section, Topic, WithdrawnKey
from programmes.records import Change, Rereading, Upload

DEEPEST = 6


class Refusal(ValueError):
    """Something that cannot be done; its message is one clear sentence for the person at the desk."""


# ── the document as a whole ──────────────────────────────────────────────────────────────────────


def fields_changed(document: Document, user: Any, before: Mapping[str, Any]) -> Change | None:
    """Write down what a form changed since `before` (`history.fields_of`); no machine changes it again."""
    after = history.fields_of(document)
    changed = [name for name in after if name != "decided" and after[name] != before[name]]
    if not changed:
        return None
    document.decided = sorted({*document.decided, *changed})
    document.save()
    return history.record(
        document,
        user,
        Change.Action.FIELDS,
        subject=", ".join(_label(name) for name in changed),
        details=[{"field": name, "old": before[name], "new": after[name]} for name in changed],
        before={"fields": dict(before)},
    )


def publish(document: Document, user: Any) -> None:
    _set_status(document, user, Document.Status.PUBLISHED, Change.Action.PUBLISHED)


def unpublish(document: Document, user: Any) -> None:
    _set_status(document, user, Document.Status.DRAFT, Change.Action.UNPUBLISHED)


def withdraw(document: Document, user: Any, reason: str) -> None:
    """Keep the catalogue record with its public reason; text, pledges, original and index entry go.

    A sealed copy stays with the history, so that `restore` can bring everything back; `purge` deletes it.
    """
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Nennen Sie den Grund; er wird öffentlich gezeigt."))
    with transaction.atomic():
        document = _locked(document)
        if document.status == Document.Status.WITHDRAWN:
            raise Refusal(_("Das Dokument ist schon zurückgezogen."))
        whole = history.whole_text_of(document)
        sealed = {"status": document.status, "original": bool(document.original), "whole": whole}
        if document.original:
            _seal(document)
        keys = document.pledges.standing().values_list("key", flat=True)
        WithdrawnKey.objects.bulk_create(
            [WithdrawnKey(key=key, document=document) for key in keys], ignore_conflicts=True
        )
        document.pledges.all().delete()
        document.sections.all().delete()
        document.text, document.fingerprint, document.report = "", b"", {}
        document.status = Document.Status.WITHDRAWN
        document.withdrawal_reason = reason[:300]
        importing.recount(document)
        document.save()
        change = history.record(document, user, Change.Action.WITHDRAWN, subject=reason)
        change.before = history.packed({"sealed": sealed})
        change.save(update_fields=["before"])
        document.changes.exclude(pk=change.pk).update(before=b"")


def restore(document: Document, user: Any) -> None:
    """Bring a withdrawn document back as it was, keys, anchors and decisions included."""
    with transaction.atomic():
        document = _locked(document)
        if document.status != Document.Status.WITHDRAWN:
            raise Refusal(_("Das Dokument ist nicht zurückgezogen."))
        change = document.changes.filter(action=Change.Action.WITHDRAWN).exclude(before=b"").first()
        if change is None:
            raise Refusal(
                _(
                    "Der Text ist endgültig gelöscht; bieten Sie die Datei noch einmal an, dann kommt sie in diesen Eintrag."
                )
            )
        sealed = history.unpacked(change.before)["sealed"]
        if sealed["original"]:
            _unseal(document)
        document.status, document.withdrawal_reason = sealed["status"], ""
        history.put_whole_text(document, sealed["whole"])
        document.withdrawn_keys.all().delete()
        importing.recount(document)
        document.save()
        change.before = b""
        change.save(update_fields=["before"])
        history.record(document, user, Change.Action.RESTORED)


def purge(document: Document, user: Any) -> None:
    """Delete the sealed copy of a withdrawn document for good."""
    with transaction.atomic():
        document = _locked(document)
        if document.status != Document.Status.WITHDRAWN:
            raise Refusal(_("Nur was zurückgezogen ist, kann endgültig gelöscht werden."))
        document.changes.update(before=b"", details=[])
        document.changes.filter(
            action__in=(Change.Action.PLEDGE, Change.Action.STRUCTURE, Change.Action.SECTION)
        ).update(subject="")
        Upload.objects.filter(twin=document).update(text="")
        Rereading.objects.filter(document=document).delete()
        history.record(document, user, Change.Action.PURGED)
        if document.sha256:
            name = _sealed_name(document)
            transaction.on_commit(lambda: _sealed().delete(name))


# ── pledges ──────────────────────────────────────────────────────────────────────────────────────


def confirm(pledge: Pledge, user: Any) -> Pledge:
    with _pledge_change(pledge, user, _("bestätigt")) as pledge:
        if pledge.decision in (Pledge.Decision.MACHINE, Pledge.Decision.REJECTED):
            pledge.decision = Pledge.Decision.CONFIRMED
    return pledge


def reject(pledge: Pledge, user: Any) -> Pledge:
    with _pledge_change(pledge, user, _("verworfen")) as pledge:
        pledge.decision = Pledge.Decision.REJECTED
    return pledge


def edit(
    pledge: Pledge,
    user: Any,
    *,
    text: str | None = None,
    specificity: str | None = None,
    slugs: Sequence[str] | None = None,
    years: Sequence[int] | None = None,
    quantities: Sequence[str] | None = None,
) -> Pledge:
    """Other words of the same section, another specificity, other topics, years or numbers (in its own words); None
    leaves a thing as it is."""
    with _pledge_change(pledge, user, _("bearbeitet")) as pledge:
        if text is not None and text.strip() != pledge.text:
            start, end = locate(pledge.section.text, text, near=pledge.start)
            _free(pledge.document, pledge.section, start, end, but=pledge)
            pledge.start, pledge.end = start, end
            pledge.text = pledge.section.text[start:end]
            _measure(pledge)
        if specificity is not None:
            pledge.specificity = Pledge.Specificity(specificity)
        if years is not None:
            pledge.years = sorted(set(years))
        if quantities is not None:
            pledge.quantities = _counted(pledge, quantities)
        if slugs is not None:
            history.set_topics(pledge, slugs)
        if pledge.decision != Pledge.Decision.ADDED:
            pledge.decision = Pledge.Decision.EDITED
    return pledge


def set_section_topic(section: Section, user: Any, slug: str) -> int:
    """One main topic for all standing pledges of a section; returns how many that changed."""
    if not Topic.objects.filter(slug=slug).exists():
        raise Refusal(_("Dieses Thema gibt es nicht."))
    changed = 0
    with transaction.atomic():
        document = _locked(section.document)
        before = {}
        for pledge in document.pledges.standing().filter(section=section.pk):
            stood = history.pledge_of(pledge)
            if stood["topics"][:1] == [slug]:
                continue
            before[pledge.key] = stood
            history.set_topics(pledge, [slug, *stood["topics"]][:2])
            if pledge.decision in (Pledge.Decision.MACHINE, Pledge.Decision.CONFIRMED):
                pledge.decision = Pledge.Decision.EDITED
                pledge.save()
            changed += 1
        if changed:
            history.record(
                document,
                user,
                Change.Action.PLEDGE,
                subject=_("Thema gesetzt: %s") % (section.title or _("Text ohne Überschrift")),
                details=[{"field": "topics", "old": "", "new": slug}],
                before={"pledges": before},
            )
            importing.settle(document)
    return changed


def add(
    section: Section,
    user: Any,
    *,
    start: int,
    end: int,
    slugs: Sequence[str] | None = None,
    specificity: str | None = None,
) -> Pledge:
    """A pledge that the machine did not find: `section.text[start:end]`."""
    with transaction.atomic():
        document = _locked(section.document)
        section = document.sections.get(pk=section.pk)
        start, end = _trimmed(section.text, start, end)
        _free(document, section, start, end)
        words = section.text[start:end]
        number = document.pledges.filter(text=words).count()
        key = importing.pledge_key(document, words, number)
        while Pledge.objects.filter(key=key).exists():
            number += 1
            key = importing.pledge_key(document, words, number)
        pledge = Pledge(
            document=document,
            section=section,
            key=key,
            position=0,
            text=words,
            start=start,
            end=end,
            page=section.page,
            specificity=specificity or Pledge.Specificity.VAGUE,
            decision=Pledge.Decision.ADDED,
        )
        _measure(pledge)
        if specificity is None and (pledge.quantities or pledge.years):
            pledge.specificity = Pledge.Specificity.CONCRETE
        pledge.save()
        history.set_topics(pledge, slugs if slugs is not None else _likely(pledge, section))
        history.record(
            document,
            user,
            Change.Action.PLEDGE,
            subject=words,
            details=[{"field": "decision", "old": "", "new": Pledge.Decision.ADDED}],
            before={"pledges": {key: None}},
        )
        importing.settle(document)
    pledge.refresh_from_db()
    return pledge


def locate(text: str, words: str, near: int = 0) -> tuple[int, int]:
    """Where `words` stand in `text`, white space and its kind aside; the place nearest to `near`."""
    parts = words.split()
    if not parts:
        raise Refusal(_("Der Wortlaut ist leer; zum Entfernen gibt es „Verwerfen“."))
    found = [
        (match.start(), match.end())
        for match in re.finditer(r"\s+".join(map(re.escape, parts)), text)
    ]
    if not found:
        raise Refusal(
            _(
                "Dieser Wortlaut steht nicht im Abschnitt; ein Versprechen wird wörtlich wiedergegeben."
            )
        )
    return min(found, key=lambda place: abs(place[0] - near))


# ── sections ─────────────────────────────────────────────────────────────────────────────────────


def retitle(section: Section, user: Any, title: str) -> None:
    """Another heading; the anchor stays, since it is an address."""
    title = " ".join(title.split())[:500]
    if not title and section.level:
        raise Refusal(_("Eine Überschrift braucht Worte; zum Entfernen gibt es „Verbinden“."))
    with _structure_change(section, user, _("umbenannt")) as (_document, section):
        section.title = title
        if section.level == 0:
            section.level = 1
        section.save()


def promote(section: Section, user: Any) -> None:
    """One level up, and what is under it with it."""
    if section.level <= 1:
        raise Refusal(_("Höher als Kapitel geht es nicht."))
    _shift(section, user, -1, _("höher gestellt"))


def demote(section: Section, user: Any) -> None:
    """One level down, and what is under it with it."""
    if section.level == 0:
        raise Refusal(_("Text ohne Überschrift hat keine Ebene."))
    if section.level >= DEEPEST:
        raise Refusal(_("Tiefer geht es nicht."))
    before = section.document.sections.filter(position__lt=section.position, level__gte=1)
    last = before.order_by("-position").first()
    if last is None or last.level < section.level:
        raise Refusal(_("Davor steht kein Abschnitt, unter den dieser rücken könnte."))
    _shift(section, user, 1, _("tiefer gestellt"))


def merge(section: Section, user: Any, *, keep_title: bool = False) -> Section:
    """Into the section before it; its heading becomes a paragraph there, or goes."""
    with _structure_change(section, user, _("verbunden")) as (document, section):
        before = (
            document.sections.filter(position__lt=section.position).order_by("-position").first()
        )
        if before is None:
            raise Refusal(_("Davor steht kein Abschnitt, mit dem dieser verbunden werden könnte."))
        parts = [before.text, section.title if keep_title else "", section.text]
        head = "\n\n".join(part for part in parts[:2] if part)
        offset = len(head) + 2 if head and section.text else len(head)
        text = "\n\n".join(part for part in parts if part)
        for pledge in section.pledges.all():
            pledge.section, pledge.start, pledge.end = (
                before,
                pledge.start + offset,
                pledge.end + offset,
            )
            pledge.save()
        before.text = text
        before.save()
        section.children.update(parent=None)
        section.delete()
    return before


def split(section: Section, user: Any, *, start: int, end: int) -> Section:
    """`text[start:end]` becomes the heading of a new section, at the same level, with the text after it."""
    with _structure_change(section, user, _("geteilt")) as (document, section):
        start, end = _trimmed(section.text, start, end)
        title = " ".join(section.text[start:end].split()).lstrip("-•* ")
        if len(title) > 300:
            raise Refusal(_("Das ist zu lang für eine Überschrift."))
        if section.pledges.standing().filter(start__lt=end, end__gt=start).exists():
            raise Refusal(
                _("Die markierten Worte sind Teil eines Versprechens; verwerfen Sie es zuerst.")
            )
        after = section.text[end:]
        lead = len(after) - len(after.lstrip())
        kept = section.text[:start].rstrip()
        if kept.endswith("\n-") or kept == "-":
            kept = kept[:-1].rstrip()
        _make_room(document, section.position)
        new = Section.objects.create(
            document=document,
            parent=section.parent,
            position=section.position + 1,
            level=max(section.level, 1),
            title=title,
            anchor=_new_anchor(document, title),
            text=after.strip(),
            page=section.page,
        )
        for pledge in section.pledges.all():
            if pledge.start >= end:
                pledge.section = new
                pledge.start -= end + lead
                pledge.end -= end + lead
                pledge.save()
            elif pledge.end > start:  # a rejected one over the cut
                pledge.start = pledge.end = 0
                pledge.save()
        section.text = kept
        section.save()
    return new


def rewrite(section: Section, user: Any, text: str) -> None:
    """Other text (a misread word): pledges follow their words; one whose words are gone goes, if a machine's."""
    text = text.replace("\r\n", "\n").strip()
    with _structure_change(section, user, _("Text geändert")) as (_document, section):
        for pledge in section.pledges.all():
            try:
                pledge.start, pledge.end = locate(text, pledge.text, near=pledge.start)
                pledge.text = text[pledge.start : pledge.end]
            except Refusal:
                if pledge.decision == Pledge.Decision.MACHINE:
                    pledge.delete()
                    continue
                pledge.start = pledge.end = 0
            pledge.save()
        section.text = text
        section.save()


# ── below ────────────────────────────────────────────────────────────────────────────────────────


def _label(name: str) -> str:
    return str(getattr(Document._meta.get_field(name), "verbose_name", name))


def _locked(document: Document) -> Document:
    return Document.objects.locked().get(pk=document.pk)


def _set_status(document: Document, user: Any, status: str, action: str) -> None:
    with transaction.atomic():
        document = _locked(document)
        if document.status == status:
            return
        if document.status == Document.Status.WITHDRAWN:
            raise Refusal(_("Das Dokument ist zurückgezogen; stellen Sie es erst wieder her."))
        before = history.fields_of(document)
        document.status = status
        document.save()
        history.record(document, user, action, before={"fields": before})


@contextmanager
def _pledge_change(pledge: Pledge, user: Any, what: str) -> Iterator[Pledge]:
    with transaction.atomic():
        document = _locked(pledge.document)
        pledge = Pledge.objects.select_related("section", "document").get(pk=pledge.pk)
        before = history.pledge_of(pledge)
        yield pledge
        pledge.save()
        after = history.pledge_of(pledge)
        changed = [name for name in after if after[name] != before[name]]
        if not changed:
            return
        history.record(
            document,
            user,
            Change.Action.PLEDGE,
            subject=f"{what}: {pledge.text}",
            details=[
                {"field": name, "old": before[name], "new": after[name]}
                for name in changed
                if name not in ("start", "end", "position")
            ],
            before={"pledges": {pledge.key: before}},
        )
        importing.settle(document)


@contextmanager
def _structure_change(section: Section, user: Any, what: str) -> Iterator[tuple[Document, Section]]:
    with transaction.atomic():
        document = _locked(section.document)
        section = document.sections.get(pk=section.pk)
        title = section.title or _("Text ohne Überschrift")
        before = history.whole_text_of(document)
        yield document, section
        _renumber(document)
        document.decided = sorted({*document.decided, "sections"})
        importing.keep_addresses(document, [one["anchor"] for one in before["sections"]])
        importing.settle(document)
        history.record(
            document,
            user,
            Change.Action.STRUCTURE,
            subject=f"{what}: {title}",
            before={"whole": before},
        )


def _renumber(document: Document) -> None:
    """Positions without gaps, and each section under the last one that is higher."""
    rows = list(document.sections.order_by("position"))
    above: list[Section] = []
    for position, row in enumerate(rows):
        while above and above[-1].level >= max(row.level, 1):
            above.pop()
        row.parent = above[-1] if above and row.level else None
        if row.position != position:  # one after the other: each position is there once
            row.position = position
            row.save(update_fields=["position"])
        if row.level:
            above.append(row)
    Section.objects.bulk_update(rows, ["parent"], batch_size=200)


def _make_room(document: Document, position: int) -> None:
    """One free position after `position`; from the last on, since each is there once."""
    for row in document.sections.filter(position__gt=position).order_by("-position"):
        row.position += 1
        row.save(update_fields=["position"])


def _shift(section: Section, user: Any, by: int, what: str) -> None:
    with _structure_change(section, user, what) as (document, section):
        following = document.sections.filter(position__gt=section.position).order_by("position")
        family = [section]
        for row in following:
            if row.level <= section.level:
                break
            family.append(row)
        for row in family:
            row.level = min(row.level + by, DEEPEST)
        Section.objects.bulk_update(family, ["level"])


def _new_anchor(document: Document, title: str) -> str:
    taken = set(document.sections.values_list("anchor", flat=True))
    base = importing.anchor_of(title)
    base = base or "abschnitt"
    anchor, number = base, 1
    while anchor in taken:
        number += 1
        anchor = f"{base}-{number}"
    return anchor


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Without the white space and the list mark at the edges of what was marked."""
    start, end = max(0, start), min(len(text), end)
    words = text[start:end]
    lead = re.match(r"(?:\s|^- |(?<=\n)\s*- )*", words)
    start += lead.end() if lead else 0
    end -= len(words) - len(words.rstrip())
    if end <= start:
        raise Refusal(_("Markieren Sie zuerst die Worte, um die es geht."))
    return start, end


def _free(
    document: Document, section: Section, start: int, end: int, but: Pledge | None = None
) -> None:
    """No standing pledge may lie over another; a rejected one may."""
    others = document.pledges.standing().filter(section=section, start__lt=end, end__gt=start)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.exists():
        raise Refusal(_("Die markierten Worte gehören schon zu einem anderen Versprechen."))


def _measure(pledge: Pledge) -> None:
    """Target years and quantities of the words as they now are."""
    pledge.years = list(targets.years(pledge.text, pledge.document.year))
    pledge.quantities = [asdict(quantity) for quantity in targets.quantities(pledge.text)]


def _counted(pledge: Pledge, phrases: Sequence[str]) -> list[dict[str, Any]]:
    """Each phrase as the number it tells: one that the pledge has already, or one that its words hold."""
    had = {one["text"]: one for one in pledge.quantities}
    found = []
    for phrase in filter(None, (" ".join(one.split()) for one in phrases)):
        if phrase in had:
            found.append(had[phrase])
            continue
        measured = targets.quantities(phrase)
        if phrase not in " ".join(pledge.text.split()) or not measured:
            raise Refusal(
                _("„%s“ ist keine Zahl mit Einheit aus dem Wortlaut, wie „300 Wohnungen“.") % phrase
            )
        found.append({**asdict(measured[0]), "text": phrase})
    return found


def _likely(pledge: Pledge, section: Section) -> Iterable[str]:
    """The topics that the machine would give an added pledge."""
    piece = pieces.Pledge(0, pledge.start, pledge.end, pledge.text, "vague", "", page=pledge.page)
    place = pieces.Section(0, None, section.level, section.title, section.text, section.page)
    return topics.assign((piece,), (place,), gazetteer.known().topics)[0].topics


def _sealed() -> FileSystemStorage:
    return FileSystemStorage(location=settings.DATA_DIR / "sealed")


def _sealed_name(document: Document) -> str:
    return f"{(document.sha256 or '')[:2]}/{document.sha256}"


def _seal(document: Document) -> None:
    """The original out of the folder that the site serves from; the row forgets it at once."""
    try:
        with document.original.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        data = None
    _move_file(data, _sealed(), document.original.storage, str(document.original.name), document)
    document.original.name = ""


def _unseal(document: Document) -> None:
    storage, name = _sealed(), _sealed_name(document)
    if storage.exists(name):
        with storage.open(name) as file:
            importing.keep_original(document, file.read())
        transaction.on_commit(lambda: storage.delete(name))


def _move_file(
    data: bytes | None, to: FileSystemStorage, source: Any, name: str, document: Document
) -> None:
    """Written at the new place now, removed from the old one only when the row is committed."""
    if data is not None:
        sealed_name = _sealed_name(document)
        if not to.exists(sealed_name):
            to.save(sealed_name, ContentFile(data))
    transaction.on_commit(lambda: source.delete(name))
