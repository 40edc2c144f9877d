"""Which cluster an address means: `opensearch://name:word@host1,host2:9201/index?shards=3&replicas=1&ca=FILE`.

`opensearchs://` (or `?tls=true`) speaks TLS, and checks certificates against the system's authorities or those in
`ca`; `verify=false` does not check them. Without a port 9200 is meant, without an index `versprochen`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl, unquote, urlsplit

PORT, INDEX, SHARDS, REPLICAS = 9200, "versprochen", 3, 1
NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,99}")
YES, NO = ("true", "1", "yes"), ("false", "0", "no")


class WrongAddress(ValueError):
    """An address that no cluster can be found by; the message says what is wrong, and keeps the password."""


@dataclass(frozen=True, slots=True)
class Address:
    hosts: tuple[tuple[str, int], ...]
    index: str = INDEX
    user: str = ""
    password: str = ""
    tls: bool = False
    verify: bool = True
    ca: str = ""
    shards: int = SHARDS
    replicas: int = REPLICAS

    def __str__(self) -> str:
        """The hosts as one would write them in a message; nothing secret."""
        return ", ".join(f"{host}:{port}" for host, port in self.hosts)


def address(url: str) -> Address:
    """The address in a SEARCH_URL; raises WrongAddress."""
    parts = urlsplit(url)
    login, _, hosts = parts.netloc.rpartition("@")
    user, _, password = login.partition(":")
    index = parts.path.strip("/") or INDEX
    if not NAME.fullmatch(index):
        raise WrongAddress(
            f"SEARCH_URL: der Index heißt „{index}“; erlaubt sind Kleinbuchstaben, Ziffern, - und _."
        )
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    unknown = options.keys() - {"tls", "verify", "ca", "shards", "replicas"}
    if unknown:
        raise WrongAddress(
            f"SEARCH_URL: {', '.join(sorted(unknown))} gibt es nicht; möglich sind tls, verify, ca, shards, replicas."
        )
    return Address(
        hosts=tuple(map(_host, hosts.split(","))),
        index=index,
        user=unquote(user),
        password=unquote(password),
        tls=parts.scheme == "opensearchs" or _truth("tls", options, False),
        verify=_truth("verify", options, True),
        ca=options.get("ca", ""),
        shards=_number("shards", options, SHARDS, at_least=1),
        replicas=_number("replicas", options, REPLICAS, at_least=0),
    )


def _host(text: str) -> tuple[str, int]:
    try:
        parts = urlsplit(f"//{text.strip()}")
        host, port = parts.hostname, parts.port or PORT
    except ValueError:
        host = None
    if not host:
        raise WrongAddress(
            f"SEARCH_URL: „{text}“ ist kein Rechner; richtig ist opensearch://host1,host2:9200/."
        )
    return host, port


def _truth(name: str, options: dict[str, str], default: bool) -> bool:
    value = options.get(name, "").lower()
    if value in YES:
        return True
    if value in NO:
        return False
    if name in options:
        raise WrongAddress(f"SEARCH_URL: {name}={value} ist weder true noch false.")
    return default


def _number(name: str, options: dict[str, str], default: int, at_least: int) -> int:
    value = options.get(name, str(default))
    if not value.isdecimal() or int(value) < at_least:
        raise WrongAddress(f"SEARCH_URL: {name}={value}; erlaubt ist eine Zahl ab {at_least}.")
    return int(value)
