"""The doors for machines beside the pages: robots.txt, llms.txt, sitemap, feeds, oEmbed."""

from __future__ import annotations

from django.contrib.sitemaps.views import index, sitemap
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from programmes import converters, feeds  # noqa: F401 – registers the parts of addresses
from programmes.limits import per_minute
from programmes.sitemaps import SITEMAPS


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return _text(request, "programmes/robots.txt")


@require_safe
def llms(request: HttpRequest) -> HttpResponse:
    """What a language model should know of the archive (llmstxt.org)."""
    return _text(request, "programmes/llms.txt")


def _text(request: HttpRequest, template: str) -> HttpResponse:
    return render(
        request,
        template,
        {"root": request.build_absolute_uri("/")[:-1]},
        content_type="text/plain; charset=utf-8",
    )


urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("llms.txt", llms, name="llms"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": SITEMAPS, "sitemap_url_name": "programmes:sitemap-part"},
        name="sitemap",
    ),
    path("sitemap-<slug:section>.xml", sitemap, {"sitemaps": SITEMAPS}, name="sitemap-part"),
    path("feed/", per_minute("feed")(feeds.Documents()), name="feed"),
    path("dokumente/feed/", per_minute("feed")(feeds.List()), name="documents-feed"),
    path(
        "orte/<ags:ags>-<slug:slug>/feed/",
        per_minute("feed")(feeds.OfPlace()),
        name="municipality-feed",
    ),
    path("parteien/<slug:slug>/feed/", per_minute("feed")(feeds.OfParty()), name="party-feed"),
    path("themen/<slug:slug>/feed/", per_minute("feed")(feeds.OnTopic()), name="topic-feed"),
]
