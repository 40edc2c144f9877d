"""Alerts by e-mail: asked for, confirmed, told once, ended without a trace."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.cache import caches
from django.core.management import CommandError, call_command
from django.utils import timezone
from parsing import parsed

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Municipality, Topic
from search.models import Alert

pytestmark = pytest.mark.django_db(transaction=True)
ASK = "/suche/benachrichtigen/?q=Radweg"


@pytest.fixture(autouse=True)
def archive(settings):
    settings.ALERTS, settings.SITE_URL = True, "https://archiv.example.org"
    caches["limits"].clear()
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    call_command("rebuild_index", verbosity=0)
    publish("Altes Programm", "Wir bauen einen Radweg nach Norden.")


def publish(title, sentence, **changes):
    about = pieces.About(title=title, kind="programme", year=2026, municipalities=("09999001",))
    return importing.store(
        parsed(("Ziele", [sentence]), about=about, data=title.encode()),
        **{"publish": True} | changes,
    ).document


def subscribe(client, email="wer@example.org", rhythm="daily"):
    client.post(ASK, {"email": email, "rhythm": rhythm})
    link = re.search(r"http://testserver(\S+)", mail.outbox.pop().body)[1]
    client.post(link)
    return Alert.objects.get(email=email)


def a_day_later():
    Alert.objects.update(last_run=timezone.now() - timedelta(days=1))


def test_nothing_is_kept_before_the_link_is_confirmed(client):
    answer = client.post(ASK, {"email": "wer@example.org", "rhythm": "daily"})
    link = re.search(r"http://testserver(\S+)", mail.outbox[0].body)[1]
    assert answer.status_code == 200
    assert not Alert.objects.exists()
    assert "Radweg" in client.get(link).text
    assert not Alert.objects.exists()  # a mail program that opens the link confirms nothing
    client.post(link)
    assert Alert.objects.get().query == "q=Radweg"


def test_what_is_new_is_told_once(client):
    subscribe(client)
    a_day_later()
    publish("Neues Programm", "Wir bauen einen Radweg nach Süden.")
    publish("Anderes Programm", "Wir bauen eine Schule.")
    for _ in range(2):
        call_command("send_alerts")
    (message,) = mail.outbox
    assert message.to == ["wer@example.org"]
    assert "Neues Programm" in message.body
    assert "Wir bauen einen Radweg nach Süden." in message.body
    assert "Altes Programm" not in message.body
    assert "Anderes Programm" not in message.body
    a_day_later()
    call_command("send_alerts")
    assert len(mail.outbox) == 1


def test_a_weekly_alert_waits_a_week(client):
    subscribe(client, rhythm="weekly")
    publish("Neues Programm", "Wir bauen einen Radweg nach Süden.")
    a_day_later()
    call_command("send_alerts")
    assert mail.outbox == []
    Alert.objects.update(last_run=timezone.now() - timedelta(days=7))
    call_command("send_alerts")
    assert len(mail.outbox) == 1


def test_a_draft_is_told_when_it_is_published(client):
    subscribe(client)
    draft = publish("Entwurf", "Wir bauen einen Radweg nach Westen.", publish=False)
    a_day_later()
    call_command("send_alerts")
    assert mail.outbox == []
    draft.status = "published"
    draft.save()
    a_day_later()
    call_command("send_alerts")
    assert "nach Westen" in mail.outbox[0].body


def test_a_mail_that_fails_is_sent_the_next_time(client, monkeypatch):
    subscribe(client)
    a_day_later()
    publish("Neues Programm", "Wir bauen einen Radweg nach Süden.")

    def broken(self, *args):
        raise OSError("kein Netz")

    with monkeypatch.context() as patched:
        patched.setattr("django.core.mail.EmailMessage.send", broken)
        call_command("send_alerts")
    call_command("send_alerts")
    assert len(mail.outbox) == 1


def test_one_click_ends_it_and_leaves_nothing(client):
    subscribe(client)
    a_day_later()
    publish("Neues Programm", "Wir bauen einen Radweg nach Süden.")
    call_command("send_alerts")
    headers = mail.outbox[0].extra_headers
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    link = headers["List-Unsubscribe"].strip("<>").removeprefix("https://archiv.example.org")
    client.get(link)
    assert Alert.objects.exists()
    client.post(link, {"List-Unsubscribe": "One-Click"})
    assert not Alert.objects.exists()
    assert "abbestellt" in client.get(link).text


def test_a_forged_link_confirms_nothing(client):
    answer = client.post("/suche/benachrichtigen/bestaetigen/?zeichen=gefaelscht")
    assert answer.status_code == 404
    assert not Alert.objects.exists()


def test_a_mailbox_cannot_be_flooded(client):
    for _ in range(8):
        answer = client.post(ASK, {"email": "opfer@example.org", "rhythm": "daily"})
    assert answer.status_code == 429
    assert len(mail.outbox) == 3


def test_a_machine_that_fills_every_field_gets_no_mail_sent(client):
    client.post(ASK, {"email": "wer@example.org", "rhythm": "daily", "website": "x"})
    assert mail.outbox == []


def test_without_a_mail_server_there_are_no_alerts(client, settings):
    settings.ALERTS = False
    assert client.get(ASK).status_code == 404
    with pytest.raises(CommandError, match="EMAIL_URL"):
        call_command("send_alerts")
