"""What is fed with strange bytes, and what must hold of the answer whatever they are."""

from __future__ import annotations

import html.parser
import json
import os
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from programmes.ingest import jsonform, pipeline, readers, repair, structure
from programmes.ingest.pieces import Known, Refused, Source, Text
from tests.fuzz import parcels
from tests.ingest import gazetteers

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
NOT_TAGS = {"script", "style", "iframe", "object", "img", "svg", "form", "base", "link", "meta"}


def check_text(text: Text) -> None:
    """Whatever a reader gives can be repaired, laid out, stored in any database and sent as UTF-8."""
    outline = structure.outline(repair.repair(text))
    assert [section.id for section in outline.sections] == list(range(len(outline.sections)))
    for section in outline.sections:
        assert section.parent is None or section.parent < section.id
        assert section.level <= 0 or section.title.strip()
        check_storable(section.text)
        check_storable(section.title)
        for passage in section.passages:
            assert 0 <= passage.start <= passage.end <= len(section.text)
    check_storable(json.dumps(dict(text.properties), ensure_ascii=False))
    assert all(len(warning.message.splitlines()) == 1 for warning in text.warnings)


def check_storable(words: str) -> None:
    words.encode()
    assert not readers.UNSTORABLE.search(words)


def read(make: Callable[[bytes], bytes], before: bytes = b"") -> Callable[[bytes], None]:
    """A reader, by way of the door that chooses it."""

    def one(data: bytes) -> None:
        try:
            text = readers.read(Source(make(before + data), "datei"))
        except Refused as refusal:
            assert str(refusal).endswith(".") and "\n" not in str(refusal)
            return
        check_text(text)

    return one


@cache
def known() -> Known:
    """The invented places and parties, and a few topics: what the stages are is not in the length of a list."""
    return Known(gazetteers.PLACES, gazetteers.PARTIES, gazetteers.examples().topics[:5])


def whole(data: bytes) -> None:
    """A text from its bytes to its pledges."""
    try:
        parsed = pipeline.parse(Source(data, "programm.txt"), known())
    except Refused:
        return
    for pledge in parsed.pledges:
        section = parsed.sections[pledge.section]
        assert section.text[pledge.start : pledge.end] == pledge.text.strip() == pledge.text != ""
        assert all(year < 10_000 for year in pledge.years)
    check_storable(
        json.dumps(jsonform.as_json(parsed, known()), ensure_ascii=False, allow_nan=False)
    )


@cache
def engine():  # type: ignore[no-untyped-def]
    """A small index of a few sentences."""
    from search import analysis
    from search.engines.base import Entry
    from search.engines.whoosh import WhooshEngine

    made = WhooshEngine(Path(tempfile.mkdtemp(prefix="versprochen-fuzz-")))
    sentences = (
        "Wir bauen bezahlbare Wohnungen.",
        "Mehr Busse und Radwege bis 2027.",
        "Die Miete sinkt.",
    )
    with made.rebuild("1") as loader:
        loader.add(
            Entry(
                f"p{number}",
                number,
                0,
                {"text": analysis.terms(sentence)},
                {"place": ("05334002",)},
            )
            for number, sentence in enumerate(sentences)
        )
    return made


def query(data: bytes) -> None:
    """What is typed is understood, asked of an index, marked in a text and written again."""
    from search import query as queries
    from search import snippets
    from search.engines.base import Query

    text = data.decode("utf-8", "replace")
    typed = queries.understand(text)
    for partial in (False, True):
        clauses = queries.clauses(typed, partial=partial)
        found = engine().search(Query(clauses, filters=typed.fields, without=typed.without))
        assert found.total >= len(found.hits)
    terms = queries.highlights(typed)
    shown = "".join(part.text for part in snippets.marked(text, terms))
    assert shown == text
    again = queries.write(text, text, text, text, typed.fields)
    assert len(again) <= queries.LONGEST
    queries.understand(again)


class Tags(html.parser.HTMLParser):
    """Every tag and attribute a browser would see."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


def render(data: bytes) -> None:
    """A section's text as HTML with its pledges and hits marked holds only what the archive itself writes."""
    from programmes import rendering

    text = data.decode("utf-8", "replace")
    third = len(text) // 3
    markings = [
        rendering.Marking("abc", 0, third, "/versprechen/abc/", True, 1, '<b>"x', "/themen/x/"),
        rendering.Marking("def", third, 2 * third, "/versprechen/def/"),
    ]
    hits = rendering.words_pattern(text[third : third + 40])
    shown = rendering.section_html(text, markings, hits)
    tags = Tags()
    tags.feed(shown)
    tags.close()
    assert tags.seen <= rendering.TAGS | {"div"}, tags.seen
    for name, value in tags.attributes:
        assert name in (
            "id",
            "class",
            "data-n",
            "href",
            "start",
            "aria-label",
            "role",
            "tabindex",
        ), name
        if name == "href":
            assert value.startswith("/"), value
        if name == "id":
            assert value in ("v-abc", "v-def"), value
    rendering.plain(text)
    block = str(rendering.data_block({"text": text}))
    assert block.count("<") == 2
    assert json.loads(block[block.index(">") + 1 : block.rindex("<")]) == {"text": text}


def same(data: bytes) -> bytes:
    return data


TARGETS: dict[str, Callable[[bytes], None]] = {
    "pdf": read(parcels.pdf),
    "docx": read(parcels.docx),
    "odt": read(parcels.odt),
    "html": read(same, b"<!doctype html>"),
    "epub": read(parcels.epub),
    "markdown": read(same, b"# Ziele\n\n- Wir bauen.\n\n"),
    "text": read(same),
    "antragsgruen": read(same),
    "whole": whole,
    "query": query,
    "render": render,
}


def prepared(name: str) -> Callable[[bytes], None]:
    """A target with what it needs around it: no other program is found, and Django is set up."""
    os.environ["PATH"] = "/nonexistent"
    if name == "render":
        import django

        django.setup()
        # Now, while imports are instrumented.
        import markdown.extensions.sane_lists
        import markdown.extensions.tables  # noqa: F401

        import programmes.rendering  # noqa: F401
    elif name == "query":
        import search.query
        import search.snippets  # noqa: F401

        engine()
    elif name == "whole":
        known()
    return TARGETS[name]
