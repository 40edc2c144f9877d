"""The desk has the colours of the archive."""

from __future__ import annotations

import re

from django.conf import settings


def tokens(sheet: str) -> dict[str, list[str]]:
    """Custom properties of a colour: light value, then the dark one."""
    found: dict[str, list[str]] = {}
    text = (settings.BASE_DIR / "static" / sheet).read_text(encoding="utf-8")
    for name, value in re.findall(r"--([\w-]+):\s*(#[0-9a-f]{3,8})\b", text):
        found.setdefault(name, []).append(value)
    return found


def test_the_desk_has_the_colours_of_the_archive():
    archive, desk = tokens("archive.css"), tokens("desk/desk.css")
    shared = {"paper", "sheet", "ink", "quiet", "line", "link", "good", "gone"}
    assert {name: archive[name][:2] for name in shared} == {name: desk[name] for name in shared}


def test_a_year_without_an_address_is_not_kept(desk, draft):
    page = desk("archivist").get(f"/admin/programmes/document/{draft.pk}/change/")
    data = {"title": draft.title, "year": "25", "seen": page.context["seen"], "_save": "1"}
    answer = desk("archivist").post(f"/admin/programmes/document/{draft.pk}/change/", data)
    assert "1900" in str(answer.context["adminform"].form.errors["year"])
