"""Every address of the archive, by app."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from archive import health, language, measuring

urlpatterns = [
    path("health/live", health.live),
    path("health/ready", health.ready),
    path("metrics", measuring.metrics),
    path("admin/", admin.site.urls),
    path("sprache/<slug:code>/", language.switch, name="language"),
    path("", include("search.urls")),
    path("api/", include("programmes.api.urls")),
    path("", include("programmes.urls")),
]

handler400 = "archive.refusals.bad_request"
handler403 = "archive.refusals.forbidden"
handler404 = "archive.refusals.not_found"
