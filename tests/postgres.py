"""A PostgreSQL server to throw away: `python -m tests.postgres COMMAND …` runs a command against one.

Debian's own server, as a plain user, on a free port and in a folder of its own. Without one installed
`Missing` says so: tests then skip, and with CI=true fail.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


class Missing(RuntimeError):
    """No PostgreSQL server is installed here."""


@contextmanager
def server(**settings: str) -> Iterator[str]:
    """The address of a running, empty server with these settings; gone afterwards."""
    with _folder() as folder:
        _run(
            [
                *_as_user(),
                str(_binaries() / "initdb"),
                *("-D", str(folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8"),
                "--no-sync",
            ],
            folder,
        )
        with _running(folder, settings) as url:
            yield url


@contextmanager
def standby(primary: str) -> Iterator[str]:
    """The address of a hot standby that follows the server at `primary`; stopped and gone afterwards."""
    with _folder() as folder:
        _run(
            [
                *_as_user(),
                str(_binaries() / "pg_basebackup"),
                *("-d", primary, "-D", str(folder / "data"), "-R", "-X", "stream", "-c", "fast"),
                "--no-sync",
            ],
            folder,
        )
        with _running(folder, {}) as url:
            yield url


@contextmanager
def _folder() -> Iterator[Path]:
    _binaries()
    folder = Path(tempfile.mkdtemp(prefix="versprochen-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres", "postgres")
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(folder: Path, settings: Mapping[str, str]) -> Iterator[str]:
    port = _free_port()
    options = (
        f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=200"
    )
    options += "".join(f" -c {name}={value}" for name, value in settings.items())
    control = [*_as_user(), str(_binaries() / "pg_ctl"), "-D", str(folder / "data"), "-w", "-s"]
    _run([*control, "-o", options, "-l", str(folder / "log"), "start"], folder)
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        _run([*control, "-m", "immediate", "stop"], folder)


def _as_user() -> list[str]:
    """The server refuses to run as root."""
    return ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []


def _run(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} failed: {done.stderr.strip()}")


def _binaries() -> Path:
    """The newest installed server, or else what is on the path."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3])
    )
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    if on_path is None:
        raise Missing("no PostgreSQL server is installed (Debian: postgresql)")
    return Path(on_path).resolve().parent


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> int:
    try:
        with server() as url:
            environment = {**os.environ, "DATABASE_URL": url}
            return subprocess.run(sys.argv[1:], env=environment).returncode
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
