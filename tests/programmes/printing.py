"""What does a labelled text lose on its way through a page or a printer? It is set as HTML and as PDF.

`python -m tests.programmes.printing FOLDER OUT` writes every Markdown file of a folder as OUT/….html and
OUT/….pdf (by Chromium: one and two columns in turn, page numbers, hyphens). `manage.py evaluate GOLD OUT/*.pdf`
then measures the same labels end to end.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import markdown

LOOKS = (
    "body{font:11pt serif}h1{font-size:22pt}h2{font-size:15pt}p,li{text-align:justify;hyphens:auto}",
    "body{font:10pt sans-serif;columns:2;column-gap:8mm}h1{font-size:20pt;column-span:all}h2{font-size:13pt}",
)
_FOOT = '<div style="font-size:8px;width:100%;text-align:center">Seite <span class="pageNumber"></span></div>'
_MARGIN = {"top": "20mm", "bottom": "20mm", "left": "22mm", "right": "22mm"}


def as_html(text: str, look: int = 0) -> str:
    """A Markdown text as a page of its own."""
    body = markdown.markdown(text)
    return f'<!doctype html><html lang="de"><meta charset="utf-8"><title></title><style>{LOOKS[look % 2]}</style><body>{body}</body></html>'


def as_pdf(browser: Any, pages: list[str]) -> Iterator[bytes]:
    """Each page as Chromium prints it."""
    sheet = browser.new_page()
    for page in pages:
        sheet.set_content(page)
        yield sheet.pdf(
            format="A4",
            margin=_MARGIN,
            display_header_footer=True,
            header_template="<span></span>",
            footer_template=_FOOT,
        )
    sheet.close()


def main(folder: Path, out: Path) -> None:
    from playwright.sync_api import sync_playwright
    from running import QUIET, need_a_browser

    out.mkdir(parents=True, exist_ok=True)
    files = sorted(folder.glob("*.md"))
    pages = [as_html(file.read_text(encoding="utf-8"), look) for look, file in enumerate(files)]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=need_a_browser(), args=QUIET)
        for file, page, printed in zip(files, pages, as_pdf(browser, pages), strict=True):
            (out / f"{file.stem}.html").write_text(page, encoding="utf-8")
            (out / f"{file.stem}.pdf").write_bytes(printed)
        browser.close()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(Path(sys.argv[1]), Path(sys.argv[2]))
