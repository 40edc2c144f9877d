"""Labelled texts of our own, printed by a browser: does the archive find the same in the PDF?"""

from __future__ import annotations

import development
import printing
import pytest

from programmes import evaluation
from programmes.ingest import pipeline
from programmes.ingest.pieces import Source

pytestmark = pytest.mark.browser


def test_a_printed_text_loses_next_to_nothing(chromium):
    documents = development.documents("unfitted")
    pages = [printing.as_html(document.text, look) for look, document in enumerate(documents)]
    found = {}
    for document, printed in zip(documents, printing.as_pdf(chromium, pages), strict=True):
        parsed = pipeline.parse(Source(printed, f"{document.name}.pdf"), development.known())
        found[document.name] = [
            evaluation.Found(pledge.text, pledge.specificity, pledge.topics, pledge.cue)
            for pledge in parsed.pledges
        ]
    units = [unit for document in documents for unit in document.units]
    printed_score = evaluation.evaluate(units, found).all.f1
    assert printed_score >= development.compare(documents).all.f1 - 0.02
