"""A cluster behind TLS and a login, as the security plugin guards one: a door of our own before a real node."""

from __future__ import annotations

import base64
import http.client
import os
import shutil
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from search.engines.base import Clause, EngineUnavailable, Entry, Phrase, Query
from search.engines.opensearch import OpenSearchEngine
from tests import cluster

NAME, WORD = "anna", "ge@heim"
LOGIN = "Basic " + base64.b64encode(f"{NAME}:{WORD}".encode()).decode()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with a key and a certificate for this machine that no authority has signed."""
    if shutil.which("openssl") is None:
        if os.environ.get("CI") == "true":
            pytest.fail("openssl is missing")
        pytest.skip("openssl is missing")
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=search.invalid", "-addext", "subjectAltName=IP:127.0.0.1"),
            *("-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")),
        ],
        check=True,
        capture_output=True,
    )
    return folder


@contextmanager
def door(node: cluster.Node, certificate: Path, refuses: int = 401) -> Iterator[str]:
    """Host and port of a door that lets in who knows the login; others are told `refuses`."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_one_request(self) -> None:
            try:
                super().handle_one_request()
            except (OSError, ssl.SSLError):  # who does not trust us hangs up
                self.close_connection = True

        def pass_on(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            if self.headers.get("Authorization") != LOGIN:
                self.give(refuses, b"Unauthorized", "text/plain")
                return
            inside = http.client.HTTPConnection(node.host, timeout=120)
            kind = self.headers.get("Content-Type") or "application/json"
            inside.request(self.command, self.path, body, {"Content-Type": kind})
            answer = inside.getresponse()
            self.give(answer.status, answer.read(), answer.getheader("Content-Type") or "")
            inside.close()

        def give(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = pass_on

        def log_message(self, *words: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(certificate / "certificate.pem", certificate / "key.pem")
    # The handshake is made in the thread of the visitor.
    server.socket = secure.wrap_socket(
        server.socket, server_side=True, do_handshake_on_connect=False
    )
    serving = threading.Thread(target=server.serve_forever, daemon=True)
    serving.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        serving.join()


@pytest.fixture
def guarded(opensearch: cluster.Cluster, certificate: Path) -> Iterator[str]:
    with door(opensearch.nodes[0], certificate) as host:
        yield host


def found(url: str) -> int:
    engine = OpenSearchEngine(url)
    try:
        return engine.search(Query((Clause((Phrase(("bus",)),)),), limit=0)).total
    finally:
        engine.close()


def test_with_the_right_word_and_authority_all_goes_as_without(
    guarded: str, certificate: Path
) -> None:
    url = f"opensearchs://{NAME}:ge%40heim@{guarded}/guarded"
    trusted = f"{url}?ca={certificate / 'certificate.pem'}"
    engine = OpenSearchEngine(trusted)
    with engine.rebuild("stamp") as loader:
        loader.add([Entry("p1", 1, 0, {"text": [("bus",)]})])
    engine.replace(2, [Entry("p2", 2, 0, {"text": [("bus",)]})])
    assert engine.stamp() == "stamp"
    engine.close()
    assert found(trusted) == 2
    assert found(f"{url}?verify=false") == 2


def test_a_wrong_word_is_told_in_a_sentence_without_the_word(
    guarded: str, certificate: Path
) -> None:
    with pytest.raises(EngineUnavailable, match="weist Namen oder Passwort zurück") as told:
        found(f"opensearchs://{NAME}:falsch@{guarded}/?ca={certificate / 'certificate.pem'}")
    assert "falsch" not in str(told.value)
    with pytest.raises(EngineUnavailable, match="weist Namen oder Passwort zurück"):
        found(f"opensearchs://{guarded}/?ca={certificate / 'certificate.pem'}")


def test_who_may_not_do_it_is_told_which_rights_are_missing(
    opensearch: cluster.Cluster, certificate: Path
) -> None:
    with (
        door(opensearch.nodes[0], certificate, refuses=403) as host,
        pytest.raises(EngineUnavailable, match=r"alle Rechte auf „archiv\*“"),
    ):
        found(f"opensearchs://otto:x@{host}/archiv?ca={certificate / 'certificate.pem'}")


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(guarded: str) -> None:
    with pytest.raises(EngineUnavailable, match=r"kein TLS, dem dieser Rechner traut; siehe ca="):
        found(f"opensearchs://{NAME}:ge%40heim@{guarded}/")


def test_a_certificate_for_another_machine_is_not_trusted(guarded: str, certificate: Path) -> None:
    other = guarded.replace("127.0.0.1", "localhost")
    with pytest.raises(EngineUnavailable, match="kein TLS, dem dieser Rechner traut"):
        found(f"opensearchs://{NAME}:ge%40heim@{other}/?ca={certificate / 'certificate.pem'}")


def test_a_file_of_authorities_that_is_none_is_told(guarded: str, tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("kein Zertifikat")
    for file in (tmp_path / "ca.pem", tmp_path / "fehlt.pem"):
        with pytest.raises(EngineUnavailable, match=r"ca=.*keine lesbare Datei mit Zertifikaten"):
            found(f"opensearchs://{NAME}:ge%40heim@{guarded}/?ca={file}")
