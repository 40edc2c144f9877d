"""The language switch: an address of its own, so that it works without JavaScript and without a form."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

YEAR = 365 * 24 * 3600


@require_safe
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language and go back to the page that `weiter` names, if it is one of ours."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    back = request.GET.get("weiter", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = redirect(back)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=YEAR,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
    )
    return response
