"""A pledge or a table of topics inside another site: pages for an iframe, and oEmbed that leads to them."""

from __future__ import annotations

from urllib.parse import urlsplit

from csp.decorators import csp_replace
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import Resolver404, resolve, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from programmes import statistics
from programmes.models import Document, Municipality, Pledge
from programmes.rendering import plain

WIDTH, HEIGHT = 600, {"programmes:pledge": 260, "programmes:matrix": 480}
NARROWEST = 200


def anywhere(view):
    """Lets any site show the page in a frame; it holds no form and no account."""
    return xframe_options_exempt(csp_replace({"frame-ancestors": ["*"]})(view))


@anywhere
@require_safe
def pledge(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Pledge.objects.published().cards(), key=key)
    return render(request, "programmes/embedded_pledge.html", {"pledge": found})


@anywhere
@require_safe
def matrix(request: HttpRequest, ags: str, year: int) -> HttpResponse:
    """How many pledges each party makes on each topic, for one place and election."""
    place = get_object_or_404(Municipality, pk=ags)
    documents = list(
        place.documents.published().filter(kind=Document.Kind.PROGRAMME, year=year).cards()
    )
    if not documents:
        raise Http404
    parties = statistics.by_party(documents)
    rows = [row for row in statistics.matrix(parties) if row.topic]
    return render(
        request,
        "programmes/embedded_matrix.html",
        {"place": place, "year": year, "parties": list(parties), "rows": rows},
    )


@require_safe
def oembed(request: HttpRequest) -> HttpResponse:
    """oEmbed 1.0: what another site needs to show one of our pages inside its own."""
    if request.GET.get("format", "json") != "json":
        return HttpResponse(status=501)
    name, arguments = _page(request)
    if name == "programmes:pledge":
        found = get_object_or_404(Pledge.objects.published(), key=arguments["key"])
        address, title = reverse("programmes:embed-pledge", kwargs=arguments), plain(found.text)
    elif name == "programmes:matrix":
        place = get_object_or_404(Municipality, pk=arguments["ags"])
        address = reverse("programmes:embed-matrix", kwargs=arguments)
        title = f"{place.name} {arguments['year']}"
    else:
        raise Http404
    width = _at_most(request, "maxwidth", WIDTH)
    height = _at_most(request, "maxheight", HEIGHT[name])
    return JsonResponse(
        {
            "version": "1.0",
            "type": "rich",
            "provider_name": "Versprochen",
            "provider_url": request.build_absolute_uri("/"),
            "title": title[:300],
            "width": width,
            "height": height,
            "cache_age": 86400,
            "html": format_html(
                '<iframe src="{}" width="{}" height="{}" title="{}" loading="lazy"></iframe>',
                request.build_absolute_uri(address),
                width,
                height,
                _("Versprochen: %s") % title[:120],
            ),
        }
    )


def _page(request: HttpRequest) -> tuple[str, dict[str, object]]:
    """The page of this archive that `url` names."""
    parts = urlsplit(request.GET.get("url", "")[:2000])
    if parts.netloc != request.get_host():
        raise Http404
    try:
        found = resolve(parts.path)
    except Resolver404:
        raise Http404 from None
    return found.view_name, found.kwargs


def _at_most(request: HttpRequest, name: str, usual: int) -> int:
    asked = request.GET.get(name, "")
    if not (asked.isascii() and asked.isdigit()):
        return usual
    return max(min(int(asked[:5]), usual), NARROWEST)
