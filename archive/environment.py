"""Reading settings from the environment: what is unclear fails loudly, at once."""

from __future__ import annotations

import contextlib
import os
import secrets
import tempfile
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


def env_bool(name: str, default: bool) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.strip().lower() in TRUE:
        return True
    if value.strip().lower() in FALSE:
        return False
    raise ImproperlyConfigured(
        f"{name}={value!r} ist weder wahr noch falsch; schreiben Sie {name}=true oder {name}=false."
    )


def env_int(name: str, default: int, at_least: int = 1) -> int:
    value = os.environ.get(name)
    if value is None or not value.strip():
        return default
    try:
        number = int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r} ist keine ganze Zahl.") from None
    if number < at_least:
        raise ImproperlyConfigured(f"{name}={number} ist kleiner als {at_least}.")
    return number


def env_choice(name: str, choices: tuple[str, ...]) -> str:
    """One of `choices`; the first where nothing is said."""
    value = os.environ.get(name) or choices[0]
    if value not in choices:
        raise ImproperlyConfigured(f"{name}={value!r}: möglich sind {' und '.join(choices)}.")
    return value


def env_list(name: str, default: list[str]) -> list[str]:
    value = os.environ.get(name)
    if value is None:
        return default
    return [part.strip() for part in value.split(",") if part.strip()]


def env_secret(name: str, file: Path) -> str:
    """The secret from the environment, else the one kept in `file`, else a new one kept there."""
    value = os.environ.get(name)
    if value is not None:
        if len(value) < 32:
            raise ImproperlyConfigured(
                f"{name} ist kürzer als 32 Zeichen; ohne {name} entsteht ein Schlüssel von selbst."
            )
        return value
    try:
        return file.read_text().strip()
    except FileNotFoundError:
        pass
    except OSError as error:
        raise _unusable(file, error) from None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and linked whole: a crash leaves no empty secret, and the first of two processes wins.
        with tempfile.NamedTemporaryFile("w", dir=file.parent, prefix=".secret-") as aside:
            aside.write(secrets.token_urlsafe(48))
            aside.flush()
            os.fsync(aside.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(aside.name, file)
    except OSError as error:
        raise _unusable(file, error) from None
    return file.read_text().strip()


def refuse_unsafe(
    *, hosts: list[str], secret: str, secret_file: Path, site: str, https: bool
) -> None:
    """Settings with which an archive must not stand in the open: each is refused with how to mend it."""
    if "*" in hosts or any(host == "." for host in hosts):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS=* nimmt jeden Namen an, auch gefälschte. Nennen Sie die Namen, unter denen "
            "das Archiv angesprochen wird: ALLOWED_HOSTS=archiv.example.org"
        )
    if len(set(secret)) < 8 or secret.startswith("django-insecure"):
        raise ImproperlyConfigured(
            "SECRET_KEY lässt sich erraten. Lassen Sie die Einstellung weg, dann entsteht ein Schlüssel "
            "von selbst."
        )
    if secret_file.exists() and secret_file.stat().st_mode & 0o077:
        raise ImproperlyConfigured(
            f"{secret_file} kann von anderen Benutzern gelesen werden: chmod 600 {secret_file}"
        )
    if site.startswith("https://") and not https:
        raise ImproperlyConfigured(
            f"SITE_URL={site} verspricht TLS, aber HTTPS ist nicht gesetzt. Setzen Sie HTTPS=true, "
            "damit Cookies nur verschlüsselt reisen."
        )


def _unusable(file: Path, error: OSError) -> ImproperlyConfigured:
    return ImproperlyConfigured(
        f"{file} lässt sich nicht lesen oder anlegen ({error.strerror}). "
        "Setzen Sie DATA_DIR auf einen Ordner, der diesem Benutzer gehört."
    )
