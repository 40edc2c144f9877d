"""The engine that an address names: `whoosh:FOLDER`, `postgresql://…`, `opensearch://host1,host2/…`."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from search.engines.base import Engine


class UnknownEngine(ValueError):
    """A SEARCH_URL that names no engine; the message says which there are."""


@lru_cache(maxsize=4)
def get_engine(url: str) -> Engine:
    """The engine at `url`; the same object each time, since engines keep what they have opened."""
    scheme, _, rest = url.partition(":")
    if scheme == "whoosh" and rest:
        from search.engines.whoosh import WhooshEngine

        return WhooshEngine(Path(rest))
    if scheme in ("postgresql", "postgres"):
        from search.engines.postgres import PostgresEngine

        return PostgresEngine(url)
    if scheme in ("opensearch", "opensearchs"):
        from search.engines.opensearch import OpenSearchEngine
        from search.engines.opensearch.address import WrongAddress

        try:
            return OpenSearchEngine(url)
        except WrongAddress as wrong:
            raise UnknownEngine(str(wrong)) from None
    raise UnknownEngine(
        f"SEARCH_URL={url!r}: use whoosh:FOLDER, postgresql://… or opensearch://host1,host2/…"
    )
