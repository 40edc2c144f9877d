"""Addresses of the pages; they are promises."""

from __future__ import annotations

from django.urls import path, re_path

from programmes import converters, downloads, machines  # noqa: F401 – registers the parts of addresses
from programmes.views import browse, comparing, documents, embedding, home, letters, places, texts

app_name = "programmes"
urlpatterns = [
    path("", home.home, name="home"),
    path("orte/", places.municipalities, name="municipalities"),
    path("orte/vorschlaege/", places.suggestions, name="place-suggestions"),
    path("orte/<ags:ags>-<slug:slug>/", places.municipality, name="municipality"),
    path("orte/<ags:ags>/", places.municipality),
    path("orte/<ags:ags>/<year:year>/", places.matrix, name="matrix"),
    path("orte/<ags:ags>-<slug:slug>/<year:year>/", places.matrix),
    path("parteien/", browse.parties, name="parties"),
    path("parteien/<slug:slug>/", browse.party, name="party"),
    path("jahre/", browse.years, name="years"),
    path("jahre/<year:year>/", browse.year, name="year"),
    path("themen/", browse.topics, name="topics"),
    path("themen/<slug:slug>/", browse.topic, name="topic"),
    path("dokumente/", documents.documents, name="documents"),
    path("dokumente/<number:pk>-<slug:slug>/", documents.document, name="document"),
    path("dokumente/<number:pk>/", documents.document),
    path("dokumente/<number:pk>/original/", documents.original, name="original"),
    path("versprechen/<key:key>/", documents.pledge, name="pledge"),
    path("vergleich/", comparing.compare, name="compare"),
    re_path(
        "^(?P<slug>impressum|datenschutz|barrierefreiheit)/$", texts.text_page, name="text-page"
    ),
    path("faellig/", comparing.due, name="due"),
    path("einbetten/versprechen/<key:key>/", embedding.pledge, name="embed-pledge"),
    path("einbetten/orte/<ags:ags>/<year:year>/", embedding.matrix, name="embed-matrix"),
    path("oembed/", embedding.oembed, name="oembed"),
    path("meldung/", letters.write, name="letter"),
    path("meldung/danke/", letters.thanks, name="letter-thanks"),
    *downloads.urlpatterns,
    *machines.urlpatterns,
]
