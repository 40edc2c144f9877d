"""Pages for what is not understood, not there or not allowed.

Django's own read the body of the request for a token that these pages do not need, and fail on a body that cannot be read.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from programmes.files import NoRoom


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Without the request: what is wrong may be the very name that links would be made with."""
    if isinstance(exception, NoRoom):
        said = _("Die Datei ließ sich nicht annehmen: %(reason)s.") % {"reason": exception}
        return HttpResponse(render_to_string("503.html", {"reason": said}), status=503)
    return HttpResponse(render_to_string("400.html"), status=400)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "404.html", {"exception": exception}, status=404)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", {"exception": exception}, status=403)
