"""Getting in at the desk: wrong passwords are slowed down, a second device is asked for, sessions can be ended."""

from __future__ import annotations

import time

import pytest
from axes.models import AccessAttempt, AccessLog
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group, User
from django.core.exceptions import ValidationError
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from archive.accounts import entrance, sessions
from programmes import roles

pytestmark = pytest.mark.django_db
PASSWORD = "ein langer Satz als Passwort"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
EDGE = "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0"


@pytest.fixture
def archivist() -> User:
    user = User.objects.create_user("archivarin", password=PASSWORD, is_staff=True)
    user.groups.add(Group.objects.get(name=roles.ARCHIVIST))
    return user


def log_in(client: Client, password: str = PASSWORD, code: str = "", **extra: str):
    form = {"username": "archivarin", "password": password, "code": code}
    return client.post("/admin/login/?next=/admin/", form, **extra)


def act(client: Client, name: str, **form: str):
    return client.post("/admin/konto/", {"act": name, **form})


def code_of(user: User, steps: int = 0) -> str:
    device = TOTPDevice.objects.get(user=user)
    return f"{totp(device.bin_key, t0=-30 * steps):06d}"


@pytest.fixture
def with_device(archivist) -> tuple[User, list[str]]:
    TOTPDevice.objects.create(user=archivist, name="app", confirmed=True)
    return archivist, entrance.new_recovery_codes(archivist)


def test_name_and_password_let_in_where_nothing_else_is_set_up(archivist, client):
    assert log_in(client).url == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_the_sixth_try_after_five_wrong_passwords_is_refused_even_with_the_right_one(
    archivist, client
):
    for _try in range(5):
        answer = log_in(client, "falsch")
    assert answer.status_code == 429
    answer = log_in(client)
    assert answer.status_code == 429 and answer["Retry-After"] == "900"
    assert "15 Minuten" in answer.content.decode()


def test_wrong_passwords_from_one_place_do_not_lock_another_out(archivist, client):
    for _try in range(6):
        log_in(client, "falsch", REMOTE_ADDR="203.0.113.7")
    assert log_in(Client(), REMOTE_ADDR="203.0.113.8").status_code == 302


def test_no_address_of_whoever_tried_is_kept(archivist, client):
    log_in(client, "falsch", REMOTE_ADDR="203.0.113.7")
    kept = AccessAttempt.objects.get()
    assert kept.ip_address.startswith("fd") and "203.0.113.7" not in str(vars(kept))


def test_a_password_is_not_kept_with_the_failed_try(archivist, client):
    log_in(client, "mein anderes Passwort")
    assert "mein anderes Passwort" not in str(vars(AccessAttempt.objects.get()))


def test_a_login_and_its_end_are_on_record(archivist, client):
    log_in(client)
    client.post("/admin/logout/")
    assert AccessLog.objects.get(username="archivarin").logout_time


def test_setting_up_shows_a_picture_takes_a_code_and_gives_recovery_codes_once(archivist, client):
    log_in(client)
    act(client, "begin")
    page = client.get("/admin/konto/").content.decode()
    assert "data:image/svg+xml" in page
    page = act(client, "confirm", code=code_of(archivist)).content.decode()
    codes = [token.token for token in StaticToken.objects.all()]
    assert len(codes) == 10 and all(code in page for code in codes)
    assert not any(code in client.get("/admin/konto/").content.decode() for code in codes)


def test_setting_up_with_a_wrong_code_changes_nothing(archivist, client):
    log_in(client)
    act(client, "begin")
    act(client, "confirm", code="000000")
    assert not TOTPDevice.objects.get().confirmed
    assert log_in(Client()).status_code == 302


def test_a_confirmed_device_cannot_be_replaced_by_beginning_again(with_device, client):
    user, codes = with_device
    log_in(client, code=codes[0])
    act(client, "begin")
    assert TOTPDevice.objects.get(user=user).confirmed


def test_with_a_device_the_password_alone_does_not_let_in(with_device, client):
    answer = log_in(client)
    assert answer.status_code == 200 and "zweites Gerät" in answer.content.decode()
    assert client.get("/admin/").status_code == 302


def test_a_code_lets_in_and_only_once(with_device, client):
    user, _codes = with_device
    code = code_of(user)
    assert log_in(client, code=code).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert log_in(Client(), code=code).status_code == 200


def test_a_recovery_code_lets_in_and_only_once(with_device, client):
    _user, codes = with_device
    assert log_in(client, code=f" {codes[0].upper()} ").status_code == 302
    assert log_in(Client(), code=codes[0]).status_code == 200


def test_after_a_wrong_code_even_the_right_one_waits(with_device, client):
    user, _codes = with_device
    log_in(client, code="000000")
    assert log_in(client, code=code_of(user)).status_code == 200


def test_a_session_from_before_the_device_ends_when_it_is_set_up(archivist, client):
    old = Client()
    log_in(old)
    log_in(client)
    act(client, "begin")
    act(client, "confirm", code=code_of(archivist))
    assert client.get("/admin/").status_code == 200
    assert old.get("/admin/").status_code == 302


def test_a_session_without_the_code_stays_outside(with_device, client):
    client.force_login(with_device[0])
    assert client.get("/admin/").status_code == 302


def test_removing_the_device_wants_a_code(with_device, client):
    user, codes = with_device
    log_in(client, code=codes[0])
    act(client, "remove", code="falsch")
    assert TOTPDevice.objects.filter(user=user).exists()
    time.sleep(1.1)  # the wrong code slows the next one down
    act(client, "remove", code=codes[1])
    assert not TOTPDevice.objects.filter(user=user).exists()


@pytest.mark.parametrize("page", ["/admin/", "/admin/programmes/document/"])
def test_where_a_device_is_wanted_nobody_passes_without_setting_one_up(
    archivist, client, settings, page
):
    settings.TWO_FACTOR = "required"
    log_in(client)
    assert client.get(page).url == "/admin/konto/"
    assert client.get("/admin/konto/").status_code == 200
    act(client, "begin")
    act(client, "confirm", code=code_of(archivist))
    assert client.get(page).status_code == 200


def test_sessions_are_listed_with_their_browser_and_can_be_ended(archivist, client):
    there = Client()
    log_in(there, HTTP_USER_AGENT=EDGE)
    log_in(client, HTTP_USER_AGENT=FIREFOX)
    page = client.get("/admin/konto/").content.decode()
    assert "Firefox, Linux" in page and "Edge, Windows" in page
    other = sessions.of(archivist.pk).get(browser="Edge, Windows")
    assert other.session_key not in page
    act(client, "end", session=other.handle)
    assert there.get("/admin/").status_code == 302 and client.get("/admin/").status_code == 200


def test_nobody_ends_the_session_of_another(archivist, client):
    User.objects.create_user("andere", password=PASSWORD, is_staff=True)
    there = Client()
    there.post("/admin/login/", {"username": "andere", "password": PASSWORD})
    log_in(client)
    other = sessions.of(User.objects.get(username="andere").pk).get()
    act(client, "end", session=other.handle)
    act(client, "end-others")
    assert there.get("/admin/").status_code in (200, 403)


def test_ending_all_others_leaves_this_one(archivist, client):
    others = [Client(), Client()]
    for other in others:
        log_in(other)
    log_in(client)
    act(client, "end-others")
    assert client.get("/admin/").status_code == 200
    assert all(other.get("/admin/").status_code == 302 for other in others)


def test_an_unknown_act_is_refused_and_not_an_error(archivist, client):
    log_in(client)
    assert act(client, "fliegen").status_code == 400


@pytest.mark.parametrize("action", ["log_out_everywhere", "forget_second_device"])
def test_an_administrator_ends_sessions_of_others_on_record(with_device, client, action):
    user, codes = with_device
    theirs = Client()
    log_in(theirs, code=codes[0])
    boss = User.objects.create_superuser("verwaltung")
    client.force_login(boss)
    client.post("/admin/auth/user/", {"action": action, "_selected_action": [user.pk]})
    assert theirs.get("/admin/").status_code == 302
    assert TOTPDevice.objects.filter(user=user).exists() == (action == "log_out_everywhere")
    assert LogEntry.objects.filter(user=boss, object_id=str(user.pk)).exists()


def test_no_page_of_the_desk_shows_the_secret_of_a_device(with_device, client):
    client.force_login(User.objects.create_superuser("verwaltung"))
    assert client.get("/admin/otp_totp/totpdevice/").status_code == 404
    assert client.get("/admin/otp_static/staticdevice/").status_code == 404


@pytest.mark.parametrize("password", ["kurz", "1q2w3e4r5t6y", "123456789012345", "archivarin-1"])
def test_a_weak_password_is_refused(archivist, password):
    from django.contrib.auth.password_validation import validate_password

    with pytest.raises(ValidationError):
        validate_password(password, archivist)


def test_what_somebody_does_to_the_own_account_is_on_record(with_device, client):
    user, codes = with_device
    log_in(client, code=code_of(user))
    log_in(Client(), code=codes[0])
    act(client, "end-others")
    log_in(Client(), code=codes[1])
    [other] = sessions.of(user.pk).exclude(pk=client.session.session_key)
    act(client, "end", session=other.handle)
    act(client, "renew", code=codes[2])
    new = {"new_password1": "noch ein langer Satz", "new_password2": "noch ein langer Satz"}
    client.post("/admin/password_change/", {"old_password": PASSWORD, **new})
    act(client, "remove", code=StaticToken.objects.first().token)
    act(client, "begin")
    act(client, "confirm", code=code_of(user))
    assert [entry.change_message for entry in LogEntry.objects.order_by("pk")] == [
        "überall sonst abgemeldet",
        "eine Anmeldung beendet",
        "neue Ersatzcodes",
        "Passwort geändert",
        "zweites Gerät entfernt",
        "zweites Gerät eingerichtet",
    ]
    assert {entry.user for entry in LogEntry.objects.all()} == {user}
