"""The operator's own pages: imprint, privacy, accessibility."""

from __future__ import annotations

import re

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from programmes.models import TextPage
from programmes.rendering import section_html
from programmes.views.common import public

HEADING = re.compile(r"^##+ *(.+)$", re.MULTILINE)


@public
def text_page(request: HttpRequest, slug: str) -> HttpResponse:
    page = TextPage.objects.filter(pk=slug).first() or TextPage(slug=slug)
    # Split at the headings: title, text, title, text …; what stands before the first has no title.
    pieces = ["", *HEADING.split(page.text)]
    parts = [
        {"title": title.strip(), "html": section_html(text.strip())}
        for title, text in zip(pieces[::2], pieces[1::2], strict=True)
        if title.strip() or text.strip()
    ]
    return render(request, "programmes/text_page.html", {"page": page, "parts": parts})
