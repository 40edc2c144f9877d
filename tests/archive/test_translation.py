"""The English interface: is everything translated, and does a visitor who reads English get it?"""

from __future__ import annotations

import ast
import gettext
import re
from pathlib import Path

import pytest
from django.template.loader import get_template
from django.templatetags.i18n import BlockTranslateNode

ROOT = Path(__file__).resolve().parents[2]
MESSAGES = ROOT / "templates" / "locale" / "en" / "LC_MESSAGES"
MARKED = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
PLACEHOLDER = re.compile(r"%\(\w+\)s|%[sd]|</?[a-z]+")

Catalogue = dict[str, list[str]]


def written() -> Catalogue:
    """What the .po says: for each German string its English forms (one, or singular and plural)."""
    found: Catalogue = {}
    for entry in (MESSAGES / "django.po").read_text(encoding="utf-8").split("\n\n"):
        parts: dict[str, str] = {}
        for line in entry.splitlines():
            if line.startswith(("msgid", "msgstr")):
                field, line = line.split(" ", 1)
                parts[field] = ""
            if line.startswith('"'):
                parts[field] += ast.literal_eval(line)
        if parts.get("msgid"):
            found[parts["msgid"]] = [parts[name] for name in sorted(parts) if "msgstr" in name]
    return found


def compiled() -> Catalogue:
    """The same from the .mo, which is what visitors get."""
    with (MESSAGES / "django.mo").open("rb") as file:
        entries = vars(gettext.GNUTranslations(file))["_catalog"]
    found: Catalogue = {}
    for key, english in entries.items():
        if isinstance(key, tuple):
            found.setdefault(key[0], ["", ""])[key[1]] = english
        elif key:
            found[key] = [english]
    return found


def in_python() -> set[str]:
    """Every string that the code marks for translation."""
    found = set()
    for folder in ("archive", "programmes", "search"):
        for path in (ROOT / folder).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if (
                    isinstance(node, ast.Call)
                    and isinstance(node.func, ast.Name)
                    and node.func.id in MARKED
                    and isinstance(node.args[0], ast.Constant)
                ):
                    found.add(str(node.args[0].value))
    return found


def in_templates() -> set[str]:
    """Every string that a template marks for translation."""
    found = set()
    for path in (ROOT / "templates").rglob("*.*"):
        if path.suffix not in {".html", ".txt"}:
            continue
        for double, single in re.findall(
            r"""{% translate (?:"([^"]+)"|'([^']+)')""", path.read_text(encoding="utf-8")
        ):
            found.add(double or single)
        template = get_template(str(path.relative_to(ROOT / "templates"))).template
        for node in template.nodelist.get_nodes_by_type(BlockTranslateNode):
            found.add(node.render_token_list(node.singular)[0])
    return found


@pytest.fixture
def english(client):
    """Fetch a page as a browser set to English does."""

    def fetch(address: str) -> str:
        return client.get(
            address, headers={"accept-language": "en", "accept": "text/html"}
        ).content.decode()

    return fetch


def test_the_compiled_catalogue_says_what_the_written_one_says():
    assert compiled() == written()


def test_nothing_is_left_untranslated_or_doubtful():
    assert [german for german, forms in written().items() if not all(forms)] == []
    assert "fuzzy" not in (MESSAGES / "django.po").read_text(encoding="utf-8")


def test_every_marked_string_of_the_code_and_the_templates_is_in_the_catalogue():
    missing = (in_python() | in_templates()) - set(written())
    assert sorted(missing) == [], "run `make messages`, translate, and run it again"


def test_english_keeps_the_placeholders_and_the_markup():
    for german, (first, *plural) in written().items():
        assert sorted(PLACEHOLDER.findall(first)) == sorted(PLACEHOLDER.findall(german)), german
        for form in plural:
            assert set(PLACEHOLDER.findall(german)) <= set(PLACEHOLDER.findall(form)), german


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/", ["What was promised in your town?", "Places", "Search the archive"]),
        ("/suche/", ["How search works", "Search more precisely", "Places"]),
        ("/dokumente/", ["Documents", "Newest first", "Skip to content"]),
    ],
)
def test_a_browser_set_to_english_gets_english(english, address, words):
    page = english(address)
    assert '<html lang="en">' in page
    assert [word for word in words if word not in page] == []


@pytest.mark.django_db
def test_without_a_wish_the_pages_are_german(client):
    page = client.get("/").content.decode()
    assert '<html lang="de">' in page
    assert "Orte" in page


@pytest.mark.django_db
def test_the_language_switch_keeps_the_page_and_is_remembered(client):
    german = client.get("/dokumente/?sort=-year").content.decode()
    link = re.search(r'href="(/sprache/en/[^"]*)"', german)
    assert link
    answer = client.get(link[1].replace("&amp;", "&"))
    assert answer.url == "/dokumente/?sort=-year"
    assert '<html lang="en">' in client.get(answer.url).content.decode()


@pytest.mark.django_db
def test_the_first_readers_language_does_not_stick_to_the_page_about_the_api(client, english):
    assert "Target year" in english("/api/")
    german = client.get("/api/", headers={"accept": "text/html"}).content.decode()
    assert "Zieljahr" in german
    assert "Target year" not in german
