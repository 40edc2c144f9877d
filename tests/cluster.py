"""OpenSearch nodes to throw away: `python -m tests.cluster [NUMBER] COMMAND …` runs a command against them.

Real nodes, each in a process of its own, from what Maven fetches (tests/opensearch/pom.xml). Without Maven or a JDK
`Missing` says so: tests then skip, and with CI=true fail.
"""

from __future__ import annotations

import base64
import fcntl
import http.client
import json
import os
import shutil
import signal
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent / "opensearch"
PATIENCE = 300  # seconds for the nodes to find each other, on a machine full of tests
# A cluster writes its state to disk at every step; in memory that is ten times as quick.
MEMORY = next((place for place in ("/dev/shm",) if os.access(place, os.W_OK)), None)  # noqa: S108
HEAP = "400m"


class Missing(RuntimeError):
    """There is no Maven or no JDK, or Maven reaches no repository."""


@dataclass(frozen=True)
class Guard:
    """OpenSearch's security plugin: the folder has `certificate.pem` and `key.pem`, and gets the plugin's rules.

    `users`: the name and bcrypt hash of each, and whether it may do everything. `login`: the name and word of one who
    may, for us."""

    folder: Path
    users: tuple[tuple[str, str, bool], ...]
    login: str

    @property
    def words(self) -> list[str]:
        """What Java is told beside."""
        plugin, rules = _plugin(), self.folder / "rules"
        shutil.copytree(plugin / "config", rules, dirs_exist_ok=True)
        users = {
            name: {"hash": word, "backend_roles": ["admin"] * mighty}
            for name, word, mighty in self.users
        }
        meta = {"_meta": {"type": "internalusers", "config_version": 2}}
        # JSON is YAML as well.
        (rules / "internal_users.yml").write_text(json.dumps(meta | users))
        return [
            f"-Dsecurity.default_init.dir={rules}",
            "-Dplugins=org.opensearch.security.OpenSearchSecurityPlugin",
            *("-cp", f"{_jars()}/*{os.pathsep}{plugin}/*"),
        ]

    @property
    def settings(self) -> list[str]:
        files = {
            "pemkey_filepath": "key.pem",
            "pemcert_filepath": "certificate.pem",
            "pemtrustedcas_filepath": "certificate.pem",
        }
        return [
            *(
                f"plugins.security.ssl.{layer}.{name}={self.folder / file}"
                for layer in ("transport", "http")
                for name, file in files.items()
            ),
            "plugins.security.ssl.transport.enforce_hostname_verification=false",
            "plugins.security.ssl.http.enabled=true",
            "plugins.security.allow_default_init_securityindex=true",
            "plugins.security.authcz.admin_dn=CN=nobody",
        ]


@dataclass
class Node:
    """One node; `kill` ends it as a crash would, `freeze` makes it silent, `start` brings it back with what it had."""

    folder: Path
    http: int
    transport: int
    seeds: str
    heap: str
    settings: tuple[str, ...] = ()
    guard: Guard | None = None
    process: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.http}"

    def start(self) -> None:
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [
                    *("java", f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC"),
                    # Code that is compiled quickly, for a node that lives a minute.
                    *("-XX:TieredStopAtLevel=1",) * (self.heap == HEAP),
                    *(self.guard.words if self.guard else ("-cp", f"{_jars()}/*")),
                    *(str(HERE / "Node.java"), str(self.folder / "node"), self.folder.parent.name),
                    *(str(self.http), str(self.transport), self.seeds, *self.settings),
                    *(self.guard.settings if self.guard else ()),
                ],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def freeze(self) -> None:
        """No answer any more, and no end of a connection either: as of a machine without power or network."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def ask(self, path: str) -> dict[str, Any]:
        if self.guard:
            login = base64.b64encode(self.guard.login.encode()).decode()
            connection: http.client.HTTPConnection = http.client.HTTPSConnection(
                self.host,
                timeout=10,
                context=ssl.create_default_context(cafile=self.guard.folder / "certificate.pem"),
            )
        else:
            login, connection = "", http.client.HTTPConnection(self.host, timeout=10)
        with closing(connection):
            connection.request(
                "GET", path, headers={"Authorization": f"Basic {login}"} if login else {}
            )
            answer = connection.getresponse()
            if answer.status >= 400:
                raise ConnectionError(f"{path}: {answer.status}")
            found: dict[str, Any] = json.load(answer)
        return found


@dataclass(frozen=True)
class Cluster:
    nodes: list[Node]

    def url(self, index: str = "", options: str = "") -> str:
        return f"opensearch://{','.join(node.host for node in self.nodes)}/{index}{options}"

    def whole(self) -> Cluster:
        """With every node that was killed started again."""
        for node in self.nodes:
            if node.process is None or node.process.poll() is not None:
                node.start()
        self.wait(len(self.nodes))
        return self

    def wait(self, nodes: int) -> None:
        """Until so many nodes are one cluster and hold all copies."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            for node in self.nodes:
                if node.process is None or node.process.poll() is not None:
                    continue
                try:
                    health = node.ask("/_cluster/health")
                    if (health["number_of_nodes"], health["status"]) == (nodes, "green"):
                        return
                except (http.client.HTTPException, OSError):
                    pass
            time.sleep(0.2)
        raise RuntimeError(
            f"the nodes did not become one: {(self.nodes[0].folder / 'log').read_text()[-2000:]}"
        )


@contextmanager
def running(
    nodes: int = 1,
    heap: str = HEAP,
    folder: str | None = MEMORY,
    settings: tuple[str, ...] = (),
    guard: Guard | None = None,
) -> Iterator[Cluster]:
    """A cluster of so many nodes with these settings ("name=value") that holds nothing; gone afterwards."""
    _jars()
    with ExitStack() as stack:
        home = Path(
            stack.enter_context(tempfile.TemporaryDirectory(prefix="versprochen-os-", dir=folder))
        )
        ports = _free_ports(2 * nodes)
        seeds = ",".join(f"127.0.0.1:{port}" for port in ports[nodes:])
        cluster = Cluster([])
        for at in range(nodes):
            folder = home / str(at)
            folder.mkdir()
            node = Node(folder, ports[at], ports[nodes + at], seeds, heap, settings, guard)
            cluster.nodes.append(node)
            node.start()
            stack.callback(node.kill)
        cluster.wait(nodes)
        yield cluster


def _jars() -> Path:
    """The folder with the libraries, fetched by Maven when first needed."""
    for command in ("java", "mvn"):
        if shutil.which(command) is None:
            raise Missing(f"{command} is missing (Debian: maven, default-jdk-headless)")
    folder = HERE / "target" / "dependency"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        whole = folder.parent / "whole"  # names the pom that was fetched to its end
        pom = (HERE / "pom.xml").read_text()
        if not whole.exists() or whole.read_text() != pom:
            shutil.rmtree(folder, ignore_errors=True)
            done = subprocess.run(
                ["mvn", "-q", "-B", "-f", str(HERE / "pom.xml"), "dependency:copy-dependencies"],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
            )
            if done.returncode:
                raise Missing(f"Maven fetched nothing: {done.stdout[-600:]}{done.stderr[-600:]}")
            whole.write_text(pom)
    return folder


def _plugin() -> Path:
    """The folder with the security plugin, unpacked when first needed."""
    packed = next(_jars().glob("opensearch-security-*.zip"))
    folder = HERE / "target" / packed.stem
    with (HERE / "target" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            half = folder.with_suffix(".half")
            shutil.rmtree(half, ignore_errors=True)
            with zipfile.ZipFile(packed) as plugin:
                plugin.extractall(half)
            half.rename(folder)
    return folder


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def main() -> int:
    words = sys.argv[1:]
    number = int(words.pop(0)) if words and words[0].isdecimal() else 1
    try:
        with running(number) as cluster:
            environment = {**os.environ, "SEARCH_URL": cluster.url()}
            return subprocess.run(words, env=environment).returncode
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1 if os.environ.get("CI") == "true" else 0


if __name__ == "__main__":
    sys.exit(main())
