"""Pages of the alerts: ask for one, confirm it, end it.

No form here carries a token against forged requests: there is no account to act for, a link is signed or a
mailbox confirms, and the token would be the only cookie that a visitor gets.
"""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from programmes import limits
from search import alerts
from search.forms import SearchForm
from search.models import Alert

# Confirmation mails an hour for one visitor, and a day for one mailbox.
VISITOR, MAILBOX = (5, 3600), (3, 24 * 3600)


class AlertForm(forms.Form):
    email = forms.EmailField(label=_("E-Mail-Adresse"), max_length=200)
    rhythm = forms.ChoiceField(
        label=_("Wie oft"), choices=Alert.Rhythm.choices, initial=Alert.Rhythm.WEEKLY
    )
    # Left empty by people, who do not see it; a machine that fills it in is thanked and forgotten.
    website = forms.CharField(required=False)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """The form; after it the same answer whether or not the address is known."""
    if not settings.ALERTS:
        return render(request, "search/alert.html", {"off": True}, status=404)
    search = SearchForm(request.GET)
    query = search.address().removeprefix("?")
    context = {"query": alerts.described(query), "address": query, "empty": search.is_empty}
    form = AlertForm(request.POST or None)
    if search.is_empty or request.method != "POST" or not form.is_valid():
        return render(request, "search/alert.html", {**context, "form": form})
    email, rhythm = form.cleaned_data["email"], form.cleaned_data["rhythm"]
    if not form.cleaned_data["website"]:
        if limits.exceeded("alert", limits.visitor(request), *VISITOR) or limits.exceeded(
            "alert", email.lower(), *MAILBOX
        ):
            form.add_error(None, _("Zu viele Anfragen; bitte versuchen Sie es später noch einmal."))
            return render(request, "search/alert.html", {**context, "form": form}, status=429)
        wish = alerts.Wish(email, query, rhythm, get_language() or "de")
        alerts.ask_to_confirm(wish, request.build_absolute_uri)
    return render(request, "search/alert.html", {**context, "sent": email})


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest) -> HttpResponse:
    """A button, because mail programs open links by themselves; pressing it confirms."""
    wish = alerts.wish_of(request.GET.get("zeichen", ""))
    if wish is None or not settings.ALERTS:
        return render(request, "search/alert.html", {"stale": True}, status=404)
    context = {"query": alerts.described(wish.query), "address": wish.query}
    if request.method == "POST":
        alerts.confirm(wish)
        return render(request, "search/alert.html", {**context, "confirmed": True})
    return render(request, "search/alert.html", {**context, "confirm": True})


@csrf_exempt  # a mail program ends an alert by itself (RFC 8058); the signed link is the permission
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    token = request.GET.get("zeichen", "")
    alert = alerts.alert_of(token)
    if alert is None:
        return render(request, "search/alert.html", {"gone": True})
    context = {"query": alerts.described(alert.query), "address": alert.query}
    if request.method == "POST":
        alert.delete()
        return render(request, "search/alert.html", {**context, "gone": True})
    return render(request, "search/alert.html", {**context, "leave": True})
