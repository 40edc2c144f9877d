"""What an operator relies on: health, figures, logs, far-future names, deployment files that tools accept."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from django.core.management import call_command
from prometheus_client.parser import text_string_to_metric_families
from running import environment

from archive.settings import database
from search.engines import get_engine

ROOT = Path(__file__).resolve().parents[2]
DEPLOYMENT = ROOT / "archive" / "deployment"


def test_a_process_that_answers_is_alive(client):
    assert client.get("/health/live").json() == {"status": "ok"}


@pytest.mark.django_db
def test_without_an_index_it_is_not_ready_and_says_what_is_missing(client, settings, tmp_path):
    settings.SEARCH_URL = f"whoosh:{tmp_path / 'none'}"
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json() == {"status": "unavailable", "database": True, "search": False}


@pytest.mark.django_db
def test_with_database_and_index_it_is_ready(client):
    call_command("rebuild_index", verbosity=0)
    assert client.get("/health/ready").status_code == 200


@pytest.mark.django_db
def test_figures_are_off_until_they_are_wanted(client):
    assert client.get("/metrics").status_code == 404


def run(code: str, folder: Path, **environment: str) -> str:
    """What a process with these settings prints; warnings and logs go to its standard error."""
    done = subprocess.run(
        [sys.executable, "-c", f"import django; django.setup()\n{code}"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATA_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "archive.settings",
            "ALLOWED_HOSTS": "testserver",
            **environment,
        },
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


ASK = """
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
client = Client()
client.get("/health/live")
answer = client.get("/metrics", headers={"Authorization": "Bearer " + TOKEN})
print(answer.status_code); print(answer.text)
"""


def test_figures_are_read_by_a_parser_and_name_views_not_addresses(tmp_path):
    out = run(f"TOKEN = 'geheim'{ASK}", tmp_path, METRICS="true", METRICS_TOKEN="geheim")
    status, _, text = out.partition("\n")
    families = {family.name: family for family in text_string_to_metric_families(text)}
    assert status == "200"
    views = {sample.labels["view"] for sample in families["versprochen_request_seconds"].samples}
    assert views == {"archive.health.live"}
    assert families["versprochen_index_stale_documents"].samples[0].value == 0


def test_figures_are_not_for_strangers(tmp_path):
    out = run(f"TOKEN = 'falsch'{ASK}", tmp_path, METRICS="true", METRICS_TOKEN="geheim")
    assert out.startswith("403")


def test_a_log_line_is_json_when_that_is_wanted(tmp_path):
    code = "import logging, sys; logging.root.handlers[0].setStream(sys.stdout)\nlogging.getLogger('x').error('weg')"
    line = json.loads(run(code, tmp_path, LOG_FORMAT="json"))
    assert (line["level"], line["logger"], line["message"]) == ("ERROR", "x", "weg")


def test_static_files_get_names_that_browsers_may_keep(tmp_path):
    code = """
from django.core.management import call_command
from django.test import Client
from django.templatetags.static import static
call_command("collectstatic", interactive=False, verbosity=0)
print(static("archive.css"))
from archive.wsgi import application
from wsgiref.util import setup_testing_defaults
environ = {"PATH_INFO": static("archive.css"), "REQUEST_METHOD": "GET"}
setup_testing_defaults(environ)
environ["HTTP_HOST"] = "testserver"
application(environ, lambda status, headers: print(status, dict(headers).get("Cache-Control")))
"""
    name, answer = run(code, tmp_path, HASHED_STATIC="true").splitlines()
    assert re.fullmatch(r"/static/archive\.[0-9a-f]{12}\.css", name)
    assert answer.startswith("200 OK")
    assert "immutable" in answer


def test_the_compose_file_names_services_that_keep_to_themselves():
    composed = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text())
    services = composed["services"]
    assert set(services) == {"database", "search", "web", "worker"}
    for name in ("web", "worker"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
    published = [port for service in services.values() for port in service.get("ports", ())]
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert composed["networks"]["inside"]["internal"] is True
    assert services["database"]["networks"] == services["search"]["networks"] == ["inside"]


def test_the_archive_understands_the_addresses_of_the_compose_file():
    composed = yaml.safe_load((DEPLOYMENT / "compose.yaml").read_text())
    found = composed["services"]["web"]["environment"]
    assert database(found["DATABASE_URL"].replace("${POSTGRES_PASSWORD:?set it in .env}", "x"))
    assert str(get_engine(found["SEARCH_URL"]).address) == "search:9200"


def test_compose_itself_accepts_the_file(tmp_path):
    """The present program where it is installed, else Debian's, which knows no `name` at the top."""
    text = (DEPLOYMENT / "compose.yaml").read_text()
    docker, older = shutil.which("docker"), shutil.which("docker-compose")
    if (
        docker
        and not subprocess.run([docker, "compose", "version"], capture_output=True).returncode
    ):
        compose = [docker, "compose"]
    elif older:
        compose, text = [older], re.sub(r"(?m)^name: .*$", "", text)
    else:
        pytest.skip("docker compose is not installed")
    (tmp_path / "compose.yaml").write_text(text)
    done = subprocess.run(
        [*compose, "-f", str(tmp_path / "compose.yaml"), "config", "--quiet"],
        env={**os.environ, "POSTGRES_PASSWORD": "x", "ALLOWED_HOSTS": "example.org"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_linter_of_container_files_has_nothing_to_say():
    linter = Path(sys.executable).with_name("hadolint")
    done = subprocess.run(
        [linter, "--no-color", DEPLOYMENT / "Containerfile"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_container_does_not_run_as_root_and_installs_by_hash():
    lines = (DEPLOYMENT / "Containerfile").read_text().splitlines()
    assert "USER 10001" in lines
    assert any("--require-hashes" in line for line in lines)
    assert lines.index("USER 10001") < next(
        at for at, line in enumerate(lines) if line.startswith("CMD")
    )


def test_what_the_container_is_given_is_all_that_the_archive_needs(tmp_path):
    """The files it copies, elsewhere: the archive starts from them, and no others get in."""
    lines = (DEPLOYMENT / "Containerfile").read_text().splitlines()
    copied = [line.split()[1:-1] for line in lines if line.startswith("COPY ")]
    names = [name for each in copied for name in each]
    for name in names:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tmp_path / name)
        else:
            shutil.copy(ROOT / name, tmp_path / name)
    done = subprocess.run(
        [sys.executable, "manage.py", "serve", "--prepare-only"],
        cwd=tmp_path,
        env=environment(tmp_path / "data"),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert not {".", "var", ".git", ".venv"} & set(names)


UNITS = sorted(
    path.name for path in DEPLOYMENT.glob("*.*") if path.suffix in (".service", ".timer")
)


@pytest.mark.parametrize("unit", UNITS)
def test_systemd_accepts_the_units(unit, tmp_path):
    analyze = shutil.which("systemd-analyze")
    if analyze is None:
        pytest.skip("systemd is not installed")
    for each in UNITS:  # a timer needs its service beside it
        text = (DEPLOYMENT / each).read_text()
        text = text.replace("/srv/versprochen/.venv/bin/python", sys.executable)
        (tmp_path / each).write_text(text.replace("User=versprochen", "User=root"))
    done = subprocess.run([analyze, "verify", str(tmp_path / unit)], capture_output=True, text=True)
    said = [line for line in done.stderr.splitlines() if "versprochen-" in line]
    assert (done.returncode, said) == (0, [])


def test_every_setting_an_operator_may_change_is_written_down():
    settings = (ROOT / "archive" / "settings.py").read_text()
    names = set(re.findall(r'env_\w+\(\s*"([A-Z_]+)"|environ\.get\("([A-Z_]+)"', settings))
    read = {name for pair in names for name in pair if name}
    told = (DEPLOYMENT / "OPERATING.md").read_text()
    assert {name for name in read if f"`{name}`" not in told} == {"DEBUG", "HASHED_STATIC"}


def test_an_unknown_log_format_is_refused(tmp_path):
    with pytest.raises(AssertionError, match="plain und json"):
        run("pass", tmp_path, LOG_FORMAT="xml")
