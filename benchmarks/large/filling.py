"""A large archive that nobody wrote.

Towns have twelve documents each (six parties, two elections), so that an archive grows by towns as real ones do:
a page about one town is as long in a large archive as in a small one.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter

from benchmarks.corpus import TOPICS, Corpus, Made
from programmes import edition, tally
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
)

OF_A_TOWN, PARTIES, ELECTIONS = 12, 6, (2020, 2025)
PRESS = 8  # every so many documents one is a press text
TOGETHER = 50  # documents written at once


def fill(pledges: int) -> None:
    topics = list(Topic.objects.order_by("position"))
    parties = list(Party.objects.order_by("position", "pk")[:9])
    by_slug = {slug: topics[at % len(topics)] for at, slug in enumerate(TOPICS)}
    corpus = Corpus()
    made = corpus.pledges(pledges)
    documents = itertools.groupby(made, key=lambda one: one.document)
    towns: dict[int, Municipality] = {}
    rows: list[tuple[Document, Municipality, Party, list[Made]]] = []
    for number, (_, found) in enumerate(documents):
        town = number // OF_A_TOWN
        if town not in towns:
            towns[town] = _town(town, corpus.towns)
        within = number % OF_A_TOWN
        party = parties[(within % PARTIES + town) % len(parties)]
        year = ELECTIONS[within // PARTIES]
        rows.append((_document(number, towns[town], party, year), towns[town], party, list(found)))
        if len(rows) == TOGETHER:
            _write(rows, by_slug)
            rows = []
    _write(rows, by_slug)
    tally.recount()
    edition.renew()


def _town(number: int, names: list[str]) -> Municipality:
    name = names[number % len(names)]
    rng = random.Random(number)
    return Municipality.objects.create(
        ags=f"{number % 16 + 1:02}9{number:05}",
        name=name,
        kind=Municipality.Kind.TOWN,
        population=rng.randrange(5_000, 200_000),
        latitude=rng.uniform(47.6, 54.6),
        longitude=rng.uniform(6.5, 14.5),
    )


def _document(number: int, town: Municipality, party: Party, year: int) -> Document:
    press = number % PRESS == PRESS - 1
    title = f"{'Pressetext' if press else 'Wahlprogramm'} {party.short_name} {town.name} {year}"
    return Document(
        title=title,
        slug=german_slug(title),
        kind=Document.Kind.PRESS if press else Document.Kind.PROGRAMME,
        year=year,
        date=str(year),
        status=Document.Status.PUBLISHED,
        sha256=f"{number:064x}",
        media_type="application/pdf",
    )


def _write(
    rows: list[tuple[Document, Municipality, Party, list[Made]]], topics: dict[str, Topic]
) -> None:
    """Fifty documents with everything of theirs, in a query for each table."""
    for document, _, _, found in rows:
        document.pledge_count = len(found)
    Document.objects.bulk_create([row[0] for row in rows])
    Document.municipalities.through.objects.bulk_create(
        Document.municipalities.through(document=document, municipality=town)
        for document, town, _, _ in rows
    )
    Document.parties.through.objects.bulk_create(
        Document.parties.through(document=document, party=party) for document, _, party, _ in rows
    )
    sections: list[Section] = []
    pledges: list[Pledge] = []
    links: list[PledgeTopic] = []
    counts: Counter[tuple[int, int]] = Counter()
    for document, _, _, found in rows:
        first = len(pledges)
        for at, (heading, own) in enumerate(itertools.groupby(found, key=lambda one: one.heading)):
            section = Section(
                document=document, position=at, title=heading, anchor=f"{at}-{german_slug(heading)}"
            )
            section.page = at * 2 + 1
            sections.append(section)
            text, before = "", f"Es geht um {heading}."
            for one in own:
                # A programme is not made of pledges alone: before each stands as much of other text.
                text += f"{before}\n\n"
                start = len(text)
                text += f"{one.text}\n\n"
                before = f"So steht es um {heading}: {one.text[60:]}"
                due = 2026 + one.id % 10 if one.id % 12 == 0 else None
                pledges.append(
                    Pledge(
                        key=f"k{one.id:09x}",
                        document=document,
                        section=section,
                        position=len(pledges) - first,
                        text=one.text,
                        start=start,
                        end=start + len(one.text),
                        page=section.page,
                        specificity=one.specificity,
                        years=[due] if due else [],
                        due=due,
                        quantities=[{"text": "12 Prozent"}] if one.id % 15 == 0 else [],
                        cue="we-will",
                    )
                )
                own_topics = dict.fromkeys(topics[slug] for slug in one.topics)
                for rank, topic in enumerate(own_topics):
                    links.append(PledgeTopic(pledge=pledges[-1], topic=topic, rank=rank))
                    counts[document.pk, topic.pk] += 1
            section.text = text
    Section.objects.bulk_create(sections)
    Pledge.objects.bulk_create(pledges)
    PledgeTopic.objects.bulk_create(links)
    DocumentTopic.objects.bulk_create(
        DocumentTopic(document_id=document, topic_id=topic, pledges=number)
        for (document, topic), number in counts.items()
    )
