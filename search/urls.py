"""Addresses of search; they are promises."""

from __future__ import annotations

from django.urls import path

from search import api, views

app_name = "search"
urlpatterns = [
    path("suche/", views.results, name="search"),
    path("api/search/", api.Search.as_view(), name="api"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
