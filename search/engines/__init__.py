"""The engine that an address names: `whoosh:FOLDER`, `postgresql://…`, `opensearch://host1,host2/…`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.engines.base import Engine


class UnknownEngine(ValueError):
    """A SEARCH_URL that names no engine; the message says which there are."""


def check(url: str) -> None:
    """Raises UnknownEngine where `url` is the address of none; opens nothing."""
    scheme, _, rest = url.partition(":")
    if scheme in ("opensearch", "opensearchs"):
        from search.engines.opensearch.address import WrongAddress, address

        try:
            address(url)
        except WrongAddress as wrong:
            raise UnknownEngine(str(wrong)) from None
    elif scheme not in ("whoosh", "postgresql", "postgres") or not rest:
        raise UnknownEngine(
            f"SEARCH_URL beginnt mit „{scheme}:“; möglich sind whoosh:ORDNER, postgresql://… und"
            " opensearch://host1,host2/…"
        )


@lru_cache(maxsize=4)
def get_engine(url: str) -> Engine:
    """The engine at `url`; the same object each time, since engines keep what they have opened."""
    check(url)
    scheme, _, rest = url.partition(":")
    if scheme == "whoosh":
        from search.engines.whoosh import WhooshEngine

        return WhooshEngine(Path(rest))
    if scheme in ("postgresql", "postgres"):
        from search.engines.postgres import PostgresEngine

        return PostgresEngine(url)
    from search.engines.opensearch import OpenSearchEngine

    return OpenSearchEngine(url)
