"""Readers can write to the archive without an account, people can and machines cannot, and not too often."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from programmes.records import ReaderMessage
from programmes.views import letters

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_reader_takes_no_time(monkeypatch):
    monkeypatch.setattr(letters, "QUICKEST", 0)


def send(client: Client, **values: str):
    opened = re.search(r'name="opened" value="([^"]+)"', client.get("/meldung/").text)[1]
    data = {"kind": "missing", "text": "Das Programm der Liste X fehlt.", "opened": opened}
    return client.post("/meldung/", {**data, **values})


def test_a_message_arrives_as_new_with_the_page_it_is_about(client):
    assert 'value="/orte/"' in client.get("/meldung/?seite=/orte/").text
    assert send(client, page="/orte/").status_code == 302
    message = ReaderMessage.objects.get()
    assert (message.kind, message.status, message.page) == ("missing", "new", "/orte/")


def test_the_sixth_message_within_an_hour_is_turned_away(client):
    answers = [send(client).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
    assert send(client, REMOTE_ADDR="x").status_code == 429
    ReaderMessage.objects.update(created=timezone.now() - timedelta(hours=2))
    assert send(client).status_code == 302


def test_another_reader_can_still_write(client):
    for _ in range(6):
        send(client)
    assert send(Client(REMOTE_ADDR="203.0.113.9")).status_code == 302


def test_whoever_fills_in_the_hidden_field_is_no_reader(client):
    assert send(client, website="https://spam.example").status_code == 400
    assert not ReaderMessage.objects.exists()


def test_whoever_answers_at_once_is_no_reader(client, monkeypatch):
    monkeypatch.setattr(letters, "QUICKEST", 3)
    assert send(client).status_code == 400


@pytest.mark.parametrize("opened", ["", "x", "1:2:3"])
def test_a_form_that_was_not_ours_is_not_accepted(client, opened):
    assert send(client, opened=opened).status_code == 400


def test_what_was_typed_stays_when_something_is_missing(client):
    answer = send(client, kind="", text="Bitte ändern")
    assert answer.status_code == 400 and "Bitte ändern" in answer.text


def test_after_a_day_nothing_tells_who_wrote(client):
    send(client)
    ReaderMessage.objects.update(created=timezone.now() - timedelta(days=2))
    send(client)
    assert ReaderMessage.objects.order_by("created").first().sender == ""


@pytest.fixture
def letter() -> ReaderMessage:
    return ReaderMessage.objects.create(
        kind="missing", text="Es fehlt\nListe X.", contact="leserin@example.org"
    )


def desk_address(letter: ReaderMessage) -> str:
    return f"/admin/programmes/readermessage/{letter.pk}/change/"


def test_an_answer_is_sent_kept_and_settles_the_message(letter, admin_client, mailoutbox, settings):
    settings.EMAIL_URL = "smtp://mail.example.org"
    sent = {"status": "new", "note": "Gesehen.", "reply": "Danke, ist da."}
    assert admin_client.post(desk_address(letter), sent).status_code == 302
    (mail,) = mailoutbox
    assert mail.to == ["leserin@example.org"]
    assert mail.body == "Danke, ist da.\n\n> Es fehlt\n> Liste X."
    letter.refresh_from_db()
    assert letter.status == "done"
    assert letter.note.startswith("Gesehen.") and letter.note.endswith("Danke, ist da.")


def test_an_answer_that_did_not_go_out_is_not_lost(letter, admin_client, settings, monkeypatch):
    settings.EMAIL_URL = "smtp://mail.example.org"

    def broken(*args, **kwargs):
        raise ConnectionRefusedError

    monkeypatch.setattr("programmes.admin.letters.EmailMessage.send", broken)
    sent = {"status": "new", "note": "", "reply": "Danke."}
    assert "ging nicht hinaus" in admin_client.post(desk_address(letter), sent, follow=True).text
    letter.refresh_from_db()
    assert (letter.status, letter.note) == ("new", "Nicht abgeschickt:\nDanke.")


def test_without_a_mail_server_a_letter_is_begun_in_the_own_program(
    letter, admin_client, mailoutbox
):
    page = admin_client.get(desk_address(letter)).text
    assert 'name="reply"' not in page
    assert "mailto:leserin@example.org?subject=" in page
    admin_client.post(desk_address(letter), {"status": "open", "note": "", "reply": "Ungefragt"})
    assert mailoutbox == []


def test_an_address_cannot_add_recipients_to_the_letter(letter, admin_client):
    letter.contact = "a@example.org?bcc=b@example.org"
    letter.save()
    assert "?bcc" not in admin_client.get(desk_address(letter)).text.split("mailto:")[1][:60]
