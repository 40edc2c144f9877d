"""Who is let in to the desk: the name, the password and, where it is set up, the code of a second device."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django_otp import user_has_device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from programmes.limits import visitor

RECOVERY_CODES = 10


def pseudonym(request: HttpRequest) -> str:
    """What failed logins are counted under instead of the address they came from.

    A keyed hash in the form of a private IPv6 address (RFC 4193), as the column that keeps it wants one.
    """
    digest = salted_hmac("archive.accounts", visitor(request)).hexdigest()[:30]
    return ":".join(("fd" + digest)[at : at + 4] for at in range(0, 32, 4))


def note(user: Any, what: str) -> None:
    """What somebody did to the own account, on the record that administrators read."""
    LogEntry.objects.log_actions(user.pk, [user], CHANGE, change_message=what, single_object=True)


def locked_out(request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
    """After too many wrong passwords: when to try again, whoever asks."""
    wait: timedelta = settings.AXES_COOLOFF_TIME
    minutes = int(wait.total_seconds() // 60)
    answer = render(request, "admin/locked_out.html", {"minutes": minutes}, status=429)
    answer["Retry-After"] = str(int(wait.total_seconds()))
    return answer


def proven(user: Any) -> bool:
    """Whether nothing is missing: whoever has a second device has shown its code in this session."""
    return user.is_verified() or not user_has_device(user)


def must_set_up(user: Any) -> bool:
    """Whether this instance wants a second device and there is none yet."""
    return settings.TWO_FACTOR == "required" and not user_has_device(user)


def match(user: Any, code: str) -> Any | None:
    """The confirmed device of `user` that `code` is of; wrong ones are slowed down by the device itself."""
    code = "".join(code.split())
    kind = TOTPDevice if code.isdigit() else StaticDevice
    with transaction.atomic():
        for device in kind.objects.devices_for_user(user, confirmed=True).select_for_update():
            if device.verify_token(code if kind is TOTPDevice else code.lower()):
                return device
    return None


def new_recovery_codes(user: Any) -> list[str]:
    """Fresh codes for the day the telephone is gone; the old ones end."""
    with transaction.atomic():
        StaticDevice.objects.filter(user=user).delete()
        device = StaticDevice.objects.create(user=user, name="recovery", confirmed=True)
        codes = [StaticToken.random_token() for _number in range(RECOVERY_CODES)]
        StaticToken.objects.bulk_create(StaticToken(device=device, token=code) for code in codes)
    return codes


def forget_devices(user: Any) -> None:
    """Take every second device from an account."""
    with transaction.atomic():
        TOTPDevice.objects.filter(user=user).delete()
        StaticDevice.objects.filter(user=user).delete()


class LoginForm(AdminAuthenticationForm):
    """Django's own with a third field; without a second device it stays empty."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "text"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        user: Any = self.get_user()
        if user is not None and user_has_device(user):
            user.otp_device = self._device(user, cleaned.get("code", ""))
        return cleaned

    def _device(self, user: Any, code: str) -> Any:
        if not code.strip():
            raise ValidationError(
                _(
                    "Zu diesem Konto gehört ein zweites Gerät: Geben Sie auch dessen Code ein, "
                    "oder einen Ihrer Notfallcodes."
                )
            )
        device = match(user, code)
        if device is None:
            raise ValidationError(
                _(
                    "Dieser Code stimmt nicht oder wurde schon benutzt. Warten Sie auf den nächsten; "
                    "nach falschen Codes wird die Wartezeit länger."
                )
            )
        return device
