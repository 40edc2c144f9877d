"""What can be taken away: any list as a table, and a reference to anything in four formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes import citing, converters, exports, shelf, statistics  # noqa: F401 – registers the parts of addresses
from programmes.edition import remembered
from programmes.filters import DocumentFilter, PledgeFilter
from programmes.limits import per_minute
from programmes.models import Document, Pledge, Section
from programmes.views.common import public

MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/x-ndjson; charset=utf-8"}
FILTERS: dict[str, Any] = {"documents": DocumentFilter, "pledges": PledgeFilter}
TEXTS = ("sections", "pledges")  # tables that hold words of the texts themselves


@public
def overview(request: HttpRequest) -> HttpResponse:
    restricted = remembered("restricted", _restricted)
    counts = statistics.table_counts()
    if restricted:  # what these hold is less than what pages show
        counts = {name: number for name, number in counts.items() if name not in TEXTS}
    tables = [{"table": table, "rows": counts.get(table.name)} for table in exports.TABLES.values()]
    context = {"tables": tables, "releases": shelf.releases(), "restricted": restricted}
    return render(request, "programmes/data.html", context)


def _restricted() -> int:
    return Document.objects.published().restricted().count()


@require_safe
@per_minute("download")
def release(request: HttpRequest, version: str, part: str = "") -> FileResponse | HttpResponse:
    """A release as a ZIP, or what it says of itself; 410 once a text in it is public no more."""
    found = shelf.find(version)
    if found is None or (part and part not in found.parts):
        raise Http404
    if not found.open:
        return render(request, "programmes/withdrawn_release.html", {"release": found}, status=410)
    if part:
        return FileResponse((found.folder / part).open("rb"), content_type=shelf.PARTS[part])
    return FileResponse(found.zip.open("rb"), as_attachment=True, filename=found.zip.name)


@require_safe
@per_minute("download")
def table(request: HttpRequest, name: str, suffix: str) -> StreamingHttpResponse:
    """A table of all that is published, or of what the filters of its list leave; `bom=1` for spreadsheets."""
    if name not in exports.TABLES or suffix not in MEDIA_TYPES:
        raise Http404
    return stream(exports.TABLES[name], _filtered(request, name), suffix, bom="bom" in request.GET)


def stream(
    table: exports.Table, rows: QuerySet, suffix: str, *, bom: bool = False
) -> StreamingHttpResponse:
    """The rows as a file that is made while it is sent."""
    lines: Iterator[str]
    lines = (
        exports.csv_lines(table, rows, bom=bom)
        if suffix == "csv"
        else exports.json_lines(table, rows)
    )
    response = StreamingHttpResponse(lines, content_type=MEDIA_TYPES[suffix])
    response["Content-Disposition"] = f'attachment; filename="versprochen-{table.name}.{suffix}"'
    return response


@require_safe
def cite_document(request: HttpRequest, pk: int, style: str) -> HttpResponse:
    document = get_object_or_404(Document.objects.published().cards(), pk=pk)
    return _citation(request, citing.of_document, document, style)


@require_safe
def cite_section(request: HttpRequest, pk: int, anchor: str, style: str) -> HttpResponse:
    sections = Section.objects.published().select_related("document").filter(document=pk)
    section = sections.filter(anchor=anchor).first()
    if section is None:
        document = get_object_or_404(Document.objects.published(), pk=pk)
        leads = document.former_anchors.get(anchor)
        if leads is None:
            raise Http404
        return redirect("programmes:cite-section", pk, leads, style, permanent=True)
    return _citation(request, citing.of_section, section, style)


@require_safe
def cite_pledge(request: HttpRequest, key: str, style: str) -> HttpResponse:
    pledge = get_object_or_404(Pledge.objects.published().cards(), key=key)
    return _citation(request, citing.of_pledge, pledge, style)


def _citation(request: HttpRequest, describe: Any, thing: Any, style: str) -> HttpResponse:
    if style not in citing.FORMATS:
        raise Http404
    write, media_type, suffix = citing.FORMATS[style]
    citation = describe(
        thing, request.build_absolute_uri(thing.get_absolute_url()), timezone.localdate()
    )
    response = HttpResponse(write(citation), content_type=media_type)
    if style != "text":
        response["Content-Disposition"] = f'attachment; filename="{citation.key}.{suffix}"'
    return response


def _filtered(request: HttpRequest, name: str) -> QuerySet:
    """What the list shows, without texts that may be read here but not be handed on."""
    rows = exports.everything()[name]
    if name in TEXTS:
        rows = rows.exclude(document__in=Document.objects.restricted())
    return FILTERS[name](request.GET, queryset=rows).qs if name in FILTERS else rows


urlpatterns = [
    path("daten/", overview, name="data"),
    path("daten/<slug:name>.<slug:suffix>", table, name="table"),
    path("daten/ausgaben/<version:version>.zip", release, name="release"),
    path("daten/ausgaben/<version:version>/<str:part>", release, name="release-part"),
    path("zitieren/dokument/<int:pk>/<slug:style>/", cite_document, name="cite-document"),
    path(
        "zitieren/abschnitt/<int:pk>/<slug:anchor>/<slug:style>/", cite_section, name="cite-section"
    ),
    path("zitieren/versprechen/<slug:key>/<slug:style>/", cite_pledge, name="cite-pledge"),
]
