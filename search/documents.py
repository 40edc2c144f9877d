"""From the database to what an engine is given: the entries of a document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import islice

from django.db.models import Prefetch

from programmes.models import Document, Pledge, PledgeTopic, Section
from search import analysis, learning
from search.engines.base import Entry
from search.passages import passages

AT_A_TIME = 20  # documents that are in memory


def entries(document_id: int) -> list[Entry]:
    """Everything of a document that can be found; nothing if it is gone or not published."""
    document = _whole().filter(pk=document_id).first()
    return list(_entries(document)) if document else []


def all_entries() -> Iterator[Entry]:
    """The entries of all published documents, a few documents in memory at a time."""
    documents = _whole().order_by("pk").iterator(chunk_size=AT_A_TIME)
    with learning.learner() as learner:
        while some := list(islice(documents, AT_A_TIME)):
            learner.learn(section.text for document in some for section in document.sections.all())
            for document in some:
                yield from _entries(document)


def expected() -> dict[int, frozenset[str]]:
    """What the index should hold: document → ids of its entries."""
    held = {pk: {f"d{pk}"} for pk in Document.objects.published().values_list("pk", flat=True)}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    pledges = Pledge.objects.published().values_list("pk", "document", "section", "start", "end")
    for pk, document, section, start, end in pledges.iterator():
        held[document].add(f"p{pk}")
        spans[section].append((start, end))
    for one in Section.objects.published().exclude(text="").only("document", "text").iterator():
        held[one.document_id].update(name for name, _ in _passages(one, spans[one.pk]))
    return {document: frozenset(ids) for document, ids in held.items()}


def _passages(section: Section, pledges: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    """Names and texts of what is found of a section beside its pledges; a name says where the text stands."""
    for start, end in passages(section.text, pledges):
        yield f"s{section.pk}.{start}.{end}", section.text[start:end]


def _whole():
    return (
        Document.objects.published()
        .cards()
        .prefetch_related(
            Prefetch("sections", Section.objects.order_by("position")),
            Prefetch("pledges", Pledge.objects.standing().order_by("position")),
            Prefetch("pledges__pledgetopic_set", PledgeTopic.objects.select_related("topic")),
        )
    )


def _entries(document: Document) -> Iterator[Entry]:
    places = sorted(document.municipalities.all(), key=lambda place: place.ags)
    shared = {
        "kind": (document.kind,) if document.kind else (),
        "place": tuple(place.ags for place in places),
        "state": tuple(dict.fromkeys(place.state_ags for place in places)),
        "party": tuple(party.slug for party in document.parties.all()),
        "year": (str(document.year),) if document.year else (),
    }
    newest = _sort_key(document)
    place_name = analysis.fold(places[0].name) if places else "~"
    parties = [party.short_name for party in document.parties.all()]
    title = analysis.terms(document.title)
    # Whose it is, in place of the title: a title about housing made every sentence below it one about housing.
    whose = analysis.terms(" ".join([place.name for place in places] + parties))
    headings = {section.pk: analysis.terms(section.title) for section in document.sections.all()}

    def entry(name: str, position: int, fields: dict, facets: dict) -> Entry:
        return Entry(name, document.pk, position, fields, {**shared, **facets}, newest, place_name)

    topics_of_section: dict[int, dict[str, None]] = {}
    every_topic: dict[str, None] = {}
    spans: dict[int, list[tuple[int, int]]] = defaultdict(list)
    pledges = list(document.pledges.all())
    for pledge in pledges:
        slugs = {topic.slug: None for topic in pledge.ranked_topics}
        topics_of_section.setdefault(pledge.section_id, {}).update(slugs)
        every_topic.update(slugs)
        spans[pledge.section_id].append((pledge.start, pledge.end))

    yield entry(
        f"d{document.pk}",
        0,
        {
            "text": [*title, *whose],
            "heading": [terms for found in headings.values() for terms in found],
        },
        {"unit": ("document",), "topic": tuple(every_topic)},
    )
    for section in document.sections.all():
        topics = tuple(topics_of_section.get(section.pk, ()))
        for name, text in _passages(section, spans[section.pk]):
            yield entry(
                name,
                1 + section.position,
                {
                    "text": analysis.terms(text),
                    "heading": headings[section.pk],
                    "title": whose,
                },
                {"unit": ("section",), "topic": topics},
            )
    for pledge in pledges:
        yield entry(
            f"p{pledge.pk}",
            1 + pledge.position,
            {
                "text": analysis.terms(pledge.text),
                "heading": headings[pledge.section_id],
                "title": whose,
            },
            {
                "unit": ("pledge",),
                "topic": tuple(topic.slug for topic in pledge.ranked_topics),
                "specificity": (pledge.specificity,),
            },
        )


def _sort_key(document: Document) -> int:
    """Growing with time: the date as a number, the year's first day where no day is known; 0 unknown."""
    day = document.date or (str(document.year) if document.year else "")
    parts = [int(part) for part in day.split("-") if part.isdigit()] + [0, 0, 0]
    return parts[0] * 10_000 + parts[1] * 100 + parts[2]
