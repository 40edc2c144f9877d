"""A cluster behind TLS and a login: a real node, guarded by OpenSearch's own security plugin."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from search.engines.base import Clause, EngineUnavailable, Entry, Phrase, Query
from search.engines.opensearch import OpenSearchEngine
from tests import cluster

NAME, WORD = "anna", "ge@heim"
OTHER, OTHER_WORD = "otto", "x"
# Of these words, as the plugin's own `tools/hash.sh` tells them.
HASH = "$2y$12$V4GZrJ7uQWbGaVvoPDE4T.LSQXnwUCEpXx/HoT40.ZuanomLL1VKy"
OTHER_HASH = "$2y$12$L8/Fm.gdHbM4bThkQBwf4.saxBU8uKsafPUWWeFcwWg2xoStoHZAu"


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


@pytest.fixture(scope="session")
def guarded(certificate: Path) -> Iterator[str]:
    """The host and port of a node behind OpenSearch's own security plugin, with somebody who may do everything and
    somebody who may not; without Java or Maven the tests skip, and in CI fail."""
    guard = cluster.Guard(
        certificate, ((NAME, HASH, True), (OTHER, OTHER_HASH, False)), f"{NAME}:{WORD}"
    )
    try:
        with cluster.running(guard=guard) as nodes:
            yield nodes.nodes[0].host
    except cluster.Missing as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))


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
    guarded: str, certificate: Path
) -> None:
    with pytest.raises(EngineUnavailable, match=r"alle Rechte auf „archiv\*“"):
        found(
            f"opensearchs://{OTHER}:{OTHER_WORD}@{guarded}/archiv?ca={certificate / 'certificate.pem'}"
        )


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
