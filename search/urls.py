"""Addresses of search; they are promises."""

from __future__ import annotations

from django.urls import path

from search import alert_views, api, views

app_name = "search"
urlpatterns = [
    path("suche/", views.results, name="search"),
    path("suche/benachrichtigen/", alert_views.ask, name="alert"),
    path("suche/benachrichtigen/bestaetigen/", alert_views.confirm, name="alert-confirm"),
    path("suche/benachrichtigen/abbestellen/", alert_views.leave, name="alert-leave"),
    path("suche/verlauf/", views.course, name="course"),
    path("suche/schreiben/", views.write, name="write"),
    path("suche/vorschlaege/", views.suggest, name="suggest"),
    path("suche/vorschlaege/browser/", views.browser_suggest, name="browser-suggest"),
    path("suche/feed/", views.feed, name="feed"),
    path("suche/treffer.csv", views.download, {"suffix": "csv"}, name="csv"),
    path("suche/treffer.jsonl", views.download, {"suffix": "jsonl"}, name="jsonl"),
    path("suche/treffer.json", views.download, {"suffix": "json"}, name="json"),
    path("api/search/", api.Search.as_view(), name="api"),
    path("opensearch.xml", views.opensearch, name="opensearch"),
]
