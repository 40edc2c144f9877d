"""Addresses of the API; they are promises."""

from __future__ import annotations

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from programmes.api import comparing, errors, overview
from programmes.api.viewsets import VIEWSETS

router = SimpleRouter()
for name, viewset in VIEWSETS.items():
    router.register(name, viewset, basename=name)

app_name = "api"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("schema/", SpectacularAPIView.as_view(api_version=None), name="schema"),
    path("years/", comparing.Years.as_view(), name="years"),
    path("comparison/parties/", comparing.PartyComparison.as_view(), name="compare-parties"),
    path("comparison/elections/", comparing.ElectionComparison.as_view(), name="compare-elections"),
    *router.urls,
    re_path(r"^[\s\S]*$", errors.nothing),
]
