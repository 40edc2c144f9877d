"""Addresses of the pages; they are promises."""

from __future__ import annotations

from django.urls import path, register_converter

from programmes import downloads
from programmes.views import browse, comparing, documents, home, places


class Ags:
    """An official key: 2, 5 or 8 digits."""

    regex = r"\d{2}|\d{5}|\d{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    regex = r"(?:19|20|21)\d\d"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Key:
    """The public key of a pledge."""

    regex = r"[a-z0-9]{4,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """A primary key that fits a database."""

    regex = r"\d{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


register_converter(Ags, "ags")
register_converter(Year, "year")
register_converter(Key, "key")
register_converter(Number, "number")

app_name = "programmes"
urlpatterns = [
    path("", home.home, name="home"),
    path("orte/", places.municipalities, name="municipalities"),
    path("orte/<ags:ags>-<slug:slug>/", places.municipality, name="municipality"),
    path("orte/<ags:ags>/", places.municipality),
    path("orte/<ags:ags>/<year:year>/", places.matrix, name="matrix"),
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
    path("faellig/", comparing.due, name="due"),
    *downloads.urlpatterns,
]
