"""Readers write to the archive: something is wrong, or a programme is missing. No account, no third party."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from programmes import limits
from programmes.records import ReaderMessage

SALT = "programmes.letters"
QUICKEST = 3  # seconds in which nobody fills the form in
LONGEST = 24 * 3600  # seconds after which an opened form is too old
OF_ONE_SENDER = 5  # messages an hour
OF_ALL = 100  # messages an hour: a flood from many places fills no table either


class LetterForm(forms.Form):
    """What a reader says; `website` is a field that people do not see and machines fill in."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Worum geht es?"),
        choices=ReaderMessage.Kind.choices,
        widget=forms.RadioSelect,
    )
    text = forms.CharField(
        label=gettext_lazy("Ihre Nachricht"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=gettext_lazy(
            "Am besten mit der Stelle, um die es geht, und woher Sie es wissen."
        ),
    )
    page = forms.CharField(
        label=gettext_lazy("Um welche Seite geht es?"), required=False, max_length=300
    )
    contact = forms.EmailField(
        label=gettext_lazy("E-Mail-Adresse, wenn Sie eine Antwort möchten"), required=False
    )
    website = forms.CharField(required=False)
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        try:
            opened = signing.loads(values.get("opened", ""), salt=SALT, max_age=LONGEST)
        except signing.BadSignature:
            raise forms.ValidationError(
                _("Das Formular war zu lange offen; bitte senden Sie es noch einmal ab.")
            ) from None
        if values.get("website") or timezone.now().timestamp() - opened < QUICKEST:
            raise forms.ValidationError(
                _("Das ging zu schnell; bitte senden Sie es noch einmal ab.")
            )
        return values


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest) -> HttpResponse:
    form = LetterForm(request.POST or None, initial={"page": request.GET.get("seite", "")[:300]})
    if request.method == "POST" and form.is_valid():
        sender = _sender(request)
        if _too_many(sender):
            form.add_error(
                None,
                _("Zu viele Nachrichten in kurzer Zeit; bitte versuchen Sie es später wieder."),
            )
            return _page(request, form, status=429)
        ReaderMessage.objects.create(
            sender=sender,
            **{name: form.cleaned_data[name] for name in ("kind", "text", "page", "contact")},
        )
        return redirect("programmes:letter-thanks")
    return _page(request, form, status=400 if form.errors else 200)


@require_http_methods(["GET", "HEAD"])
def thanks(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/letter_thanks.html")


def _page(request: HttpRequest, form: LetterForm, status: int) -> HttpResponse:
    opened = signing.dumps(timezone.now().timestamp(), salt=SALT)
    return render(
        request, "programmes/letter.html", {"form": form, "opened": opened}, status=status
    )


def _sender(request: HttpRequest) -> str:
    """A hash that changes daily: it counts, and tells nobody who wrote."""
    seed = f"{timezone.localdate()}\0{limits.visitor(request)}"
    return salted_hmac(SALT, seed).hexdigest()[:40]


def _too_many(sender: str) -> bool:
    ReaderMessage.objects.filter(created__lt=timezone.now() - timedelta(days=1)).exclude(
        sender=""
    ).update(sender="")
    lately = ReaderMessage.objects.filter(created__gte=timezone.now() - timedelta(hours=1))
    return lately.filter(sender=sender).count() >= OF_ONE_SENDER or lately.count() >= OF_ALL
