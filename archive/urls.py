"""Every address of the archive, by app."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("sprache/", include("django.conf.urls.i18n")),
    path("", include("search.urls")),
    path("", include("programmes.urls")),
]
