"""One's own account at the desk: the second device, where one is logged in, and who tried to log in."""

from __future__ import annotations

from base64 import b32encode
from typing import Any

import segno
from axes.models import AccessAttempt, AccessLog
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from django_otp import login as prove
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import entrance, sessions

LOGINS_SHOWN = 10


@require_http_methods(["GET", "HEAD", "POST"])
def account(request: HttpRequest) -> HttpResponse:
    """The page; a POST does one `act` and comes back."""
    if request.method == "POST":
        act = ACTS.get(request.POST.get("act", ""))
        if act is None:
            return HttpResponse(_("Das gibt es hier nicht."), status=400, content_type="text/plain")
        codes = act(request)
        if codes is None:
            return redirect("admin:account")
        return _page(request, codes)
    return _page(request, [])


def _page(request: HttpRequest, codes: list[str]) -> HttpResponse:
    user = request.user
    devices = TOTPDevice.objects.devices_for_user(user)
    waiting = devices.filter(confirmed=False).first()
    name = user.get_username()
    return TemplateResponse(
        request,
        "admin/account.html",
        {
            **admin.site.each_context(request),
            "title": _("Mein Konto"),
            "device": devices.filter(confirmed=True).first(),
            "waiting": waiting,
            "picture": segno.make(waiting.config_url).svg_data_uri(scale=4) if waiting else "",
            "secret": _spaced(waiting) if waiting else "",
            "codes": codes,
            "codes_left": StaticToken.objects.filter(device__user=user).count(),
            "must_set_up": entrance.must_set_up(user),
            "sessions": sessions.of(user.pk),
            "this_session": request.session.session_key,
            "logins": AccessLog.objects.filter(username=name)[:LOGINS_SHOWN],
            "failures": AccessAttempt.objects.filter(username=name)[:LOGINS_SHOWN],
        },
    )


def _spaced(device: TOTPDevice) -> str:
    """The secret in groups of four, for typing."""
    secret = b32encode(device.bin_key).decode().rstrip("=")
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _begin(request: HttpRequest) -> None:
    devices = TOTPDevice.objects.filter(user=request.user)
    if not devices.filter(confirmed=True).exists():
        devices.delete()
        TOTPDevice.objects.create(user=request.user, name="app", confirmed=False)


def _confirm(request: HttpRequest) -> list[str] | None:
    device = TOTPDevice.objects.filter(user=request.user, confirmed=False).first()
    if device is None:
        return None
    if not device.verify_token("".join(request.POST.get("code", "").split())):
        messages.error(request, _("Dieser Code stimmt nicht. Geht die Uhr des Geräts richtig?"))
        return None
    device.confirmed = True
    device.save()
    prove(request, device)
    request.session.cycle_key()
    _elsewhere(request).delete()  # what began without the code ends
    entrance.note(request.user, _("zweites Gerät eingerichtet"))
    messages.success(request, _("Das zweite Gerät ist eingerichtet."))
    return entrance.new_recovery_codes(request.user)


def _cancel(request: HttpRequest) -> None:
    TOTPDevice.objects.filter(user=request.user, confirmed=False).delete()


def _with_code(request: HttpRequest) -> bool:
    if entrance.match(request.user, request.POST.get("code", "")) is not None:
        return True
    messages.error(request, _("Dieser Code stimmt nicht oder wurde schon benutzt."))
    return False


def _remove(request: HttpRequest) -> None:
    if _with_code(request):
        entrance.forget_devices(request.user)
        entrance.note(request.user, _("zweites Gerät entfernt"))
        messages.success(request, _("Das zweite Gerät ist entfernt."))


def _renew(request: HttpRequest) -> list[str] | None:
    if not _with_code(request):
        return None
    entrance.note(request.user, _("neue Ersatzcodes"))
    return entrance.new_recovery_codes(request.user)


def _end(request: HttpRequest) -> None:
    for session in sessions.of(request.user.pk):
        if session.handle == request.POST.get("session"):
            session.delete()
            entrance.note(request.user, _("eine Anmeldung beendet"))
            messages.success(request, _("Dort sind Sie jetzt abgemeldet."))


def _elsewhere(request: HttpRequest) -> Any:
    return sessions.of(request.user.pk).exclude(pk=request.session.session_key)


def _end_others(request: HttpRequest) -> None:
    _elsewhere(request).delete()
    entrance.note(request.user, _("überall sonst abgemeldet"))
    messages.success(request, _("Überall sonst sind Sie jetzt abgemeldet."))


ACTS: dict[str, Any] = {
    "begin": _begin,
    "confirm": _confirm,
    "cancel": _cancel,
    "remove": _remove,
    "renew": _renew,
    "end": _end,
    "end-others": _end_others,
}
