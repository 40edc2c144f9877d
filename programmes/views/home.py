"""The front door."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes import statistics
from programmes.models import Document, Municipality, Party, Topic


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    published = Document.objects.published()
    return render(
        request,
        "programmes/home.html",
        {
            "holdings": statistics.holdings(),
            "newest": published.cards().order_by("-created", "-pk")[:6],
            "topics": statistics.topic_bars(published)[:20],
            "places": statistics.counted(Municipality).order_by("-document_count", "name")[:12],
            "parties": statistics.counted(Party).order_by("-document_count", "position")[:12],
            "without_place": published.filter(municipalities=None).count(),
            "without_party": published.filter(parties=None, publisher="").count(),
            "without_year": published.filter(year=None).count(),
            "all_topics": Topic.objects.all(),
        },
    )
