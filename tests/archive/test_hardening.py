"""What every answer forbids, what no header can talk the archive into, and settings it refuses to start with."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import caches
from django.core.management import call_command
from django.test import Client
from parsing import parsed
from running import ROOT

from programmes import importing
from programmes.ingest import pieces
from programmes.models import Document, Municipality, Party, Topic

SECRET = "ein Schlüssel, der lang genug ist: 0123456789abcdef"
KINDS = (
    *("/", "/nix/", "/orte/", "/orte/09999001-musterstadt/", "/orte/09999001/2026/", "/dokumente/"),
    *("/suche/", "/suche/?q=wohnungen", "/suche/vorschlaege/?q=wo", "/suche/feed/?q=wohnungen"),
    *("/suche/treffer.csv?q=wohnungen", "/suche/treffer.json?q=wohnungen", "/faellig/", "/feed/"),
    *("/vergleich/", "/daten/", "/daten/pledges.csv", "/daten/pledges.jsonl", "/api/", "/api/nix"),
    *("/api/pledges/", "/api/schema/", "/robots.txt", "/sitemap.xml", "/llms.txt", "/impressum/"),
    *("/opensearch.xml", "/meldung/?seite=/", "/admin/", "/admin/login/", "/health/live"),
    *("/sprache/en/?weiter=/", "/zitieren/versprechen/x/bibtex/", "/oembed/?url=x", "/static/nix"),
)


@pytest.fixture
def document(db):
    Topic.objects.create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    Municipality.objects.create(ags="09999001", name="Musterstadt", kind="town")
    Party.objects.create(short_name="MP", name="Musterpartei")
    about = pieces.About(
        title="=1+1 <script>alert(1)</script>",
        kind="programme",
        year=2026,
        municipalities=("09999001",),
        parties=("MP",),
    )
    sentence = "Wir bauen <img src=x onerror=alert(1)> Wohnungen."
    text = parsed(("<b>Wohnen</b>", [sentence, "=cmd|'/c calc'!A1"]), about=about)
    stored = importing.store(text, publish=True).document
    call_command("rebuild_index", verbosity=0)
    return stored


@pytest.mark.parametrize("address", KINDS)
def test_every_kind_of_answer_forbids_what_it_does_not_need(client, document, address):
    headers = client.get(address).headers
    policy = dict(
        part.strip().split(" ", 1) for part in headers["Content-Security-Policy"].split(";")
    )
    assert policy["default-src"] == "'self'" and policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'" and policy["form-action"] == "'self'"
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert "Server" not in headers and "X-Powered-By" not in headers


def test_only_what_is_meant_for_other_sites_can_be_framed(client, document):
    framed = client.get(f"/einbetten/versprechen/{document.pledges.get().key}/")
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "X-Frame-Options" not in framed.headers
    assert "form" not in framed.content.decode()


def test_markup_in_a_text_is_shown_and_never_run(client, document):
    pledge = document.pledges.get()
    for address in (
        *(document.get_absolute_url(), pledge.get_absolute_url(), "/", "/dokumente/", "/feed/"),
        *("/suche/?q=wohnungen", "/suche/feed/?q=wohnungen", "/orte/09999001/2026/?offen=1"),
        *(
            "/orte/09999001-musterstadt/",
            f"/einbetten/versprechen/{pledge.key}/",
            "/themen/wohnen/",
        ),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page, address


@pytest.mark.parametrize(
    ("media_type", "shown"),
    [
        ("application/pdf", "inline"),
        ("text/html", "attachment"),
        ("image/svg+xml", "attachment"),
        ("text/plain", "attachment"),
        ("application/xhtml+xml", "attachment"),
        ("application/pdf; charset=x", "attachment"),
    ],
)
def test_an_original_is_a_download_or_a_pdf_in_a_sandbox(client, document, media_type, shown):
    document.media_type, document.original_name = media_type, 'a";\r\nX: <b>.html'
    document.save()
    answer = client.get(f"/dokumente/{document.pk}/original/")
    assert answer.status_code == 200
    pdf = shown == "inline"
    assert answer["Content-Type"] == ("application/pdf" if pdf else "application/octet-stream")
    assert answer["Content-Disposition"].startswith(shown) and "X" not in answer.headers
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_a_withdrawn_original_is_given_to_nobody(client, document):
    document.status = Document.Status.WITHDRAWN
    document.save()
    client.force_login(User.objects.create_superuser("verwaltung"))
    assert client.get(f"/dokumente/{document.pk}/original/").status_code == 404


def test_no_cell_of_a_table_is_a_formula(client, document):
    for address in ("/daten/documents.csv", "/daten/pledges.csv", "/suche/treffer.csv?q=wohnungen"):
        table = b"".join(client.get(address).streaming_content).decode()
        assert ",=1" not in table and ",=cmd" not in table and ',"=' not in table, address


@pytest.mark.django_db
def test_a_name_that_is_not_ours_is_refused(client):
    for name in ("evil.example", "localhost.evil.example", "localhost:80@evil.example", ""):
        assert client.get("/", headers={"host": name or "."}).status_code == 400, name


@pytest.mark.django_db
@pytest.mark.parametrize(
    "header", ["X-Forwarded-Host", "X-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"]
)
def test_no_header_of_a_visitor_ends_up_in_a_page_that_others_get(client, header):
    client.get("/", headers={header: "evil.example"})
    assert "evil.example" not in client.get("/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        "/sprache/en/?weiter=https://evil.example/",
        "/sprache/en/?weiter=//evil.example",
        "/sprache/en/?weiter=%5C%5Cevil.example",
        "/sprache/en/?weiter=javascript:alert(1)",
        "/suche/schreiben/?alle=//evil.example",
        "//evil.example/orte",
    ],
)
def test_no_address_leads_to_another_site(client, address):
    answer = client.get(address)
    assert not answer.get("Location", "/").startswith(("http", "//", "\\", "javascript"))


@pytest.mark.django_db
def test_the_login_leads_to_no_other_site(client):
    User.objects.create_superuser("verwaltung", password="ein langes Passwort")
    form = {"username": "verwaltung", "password": "ein langes Passwort"}
    answer = client.post("/admin/login/?next=//evil.example/", {**form, "next": "//evil.example/"})
    assert answer.status_code == 302 and "evil" not in answer.url


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/meldung/", "/admin/login/", "/admin/konto/", "/admin/logout/"]
)
def test_no_form_of_another_site_is_taken(address):
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_superuser("verwaltung"))
    assert client.post(address, {"text": "x"}).status_code == 403


@pytest.mark.django_db
def test_a_visitor_gets_no_cookie_and_the_desk_gets_safe_ones(client, settings):
    assert not client.get("/").cookies and not client.get("/suche/?q=x").cookies
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    User.objects.create_superuser("verwaltung", password="ein langes Passwort")
    form = {"username": "verwaltung", "password": "ein langes Passwort"}
    for cookie in client.post("/admin/login/", form).cookies.values():
        assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax", cookie.key


@pytest.mark.django_db
def test_behind_tls_the_archive_insists_on_it(client, settings):
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31_536_000
    assert client.get("/orte/").url == "https://testserver/orte/"
    answer = client.get("/orte/", secure=True)
    assert answer["Strict-Transport-Security"] == "max-age=31536000"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/suche/?q=x", "search"),
        ("/suche/vorschlaege/?q=x", "suggest"),
        ("/feed/", "feed"),
        ("/daten/topics.csv", "download"),
        ("/suche/treffer.csv?q=x", "download"),
    ],
)
def test_who_asks_too_often_is_told_when_to_come_back(client, settings, address, what):
    caches["limits"].clear()
    settings.VISITOR_RATES = {**settings.VISITOR_RATES, what: 2}
    greedy = [client.get(address, REMOTE_ADDR="203.0.113.9") for _time in range(3)]
    assert [answer.status_code == 429 for answer in greedy] == [False, False, True]
    assert greedy[2]["Retry-After"] == "60"
    assert client.get(address, REMOTE_ADDR="203.0.113.10").status_code != 429


@pytest.mark.django_db
def test_a_search_engine_may_read_every_page(client, settings):
    caches["limits"].clear()
    settings.VISITOR_RATES = dict.fromkeys(settings.VISITOR_RATES, 1)
    answers = [client.get("/orte/", REMOTE_ADDR="203.0.113.9") for _time in range(20)]
    assert {answer.status_code for answer in answers} == {200}


def manage(folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env={**os.environ, "DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "", **environment}
        | {"DJANGO_SETTINGS_MODULE": "archive.settings"},
        capture_output=True,
        text=True,
        timeout=180,
    )


def test_the_deployment_check_finds_nothing_in_production(tmp_path):
    done = manage(
        tmp_path,
        *("check", "--deploy", "--fail-level", "WARNING"),
        HTTPS="true",
        ALLOWED_HOSTS="archiv.example.org",
        SITE_URL="https://archiv.example.org",
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize(
    ("setting", "value", "mend"),
    [
        ("ALLOWED_HOSTS", "*", "ALLOWED_HOSTS=archiv.example.org"),
        ("SECRET_KEY", "a" * 50, "Lassen Sie die Einstellung weg"),
        ("SECRET_KEY", "django-insecure-" + SECRET, "Lassen Sie die Einstellung weg"),
        ("SITE_URL", "https://archiv.example.org", "HTTPS=true"),
    ],
)
def test_an_unsafe_setting_is_refused_with_how_to_mend_it(tmp_path, setting, value, mend):
    done = manage(tmp_path, "check", **{setting: value})
    assert done.returncode != 0 and mend in done.stderr


def test_a_key_that_others_can_read_is_refused(tmp_path):
    manage(tmp_path, "check")
    key = tmp_path / "secret_key"
    assert key.stat().st_mode & 0o077 == 0
    key.chmod(0o644)
    assert f"chmod 600 {key}" in manage(tmp_path, "check").stderr


def test_the_inside_is_not_shown_to_the_network(tmp_path):
    done = manage(tmp_path, "serve", "--host", "0.0.0.0", "--prepare-only", DEBUG="true")  # noqa: S104
    assert done.returncode == 2 and "Lassen Sie DEBUG weg" in done.stderr
