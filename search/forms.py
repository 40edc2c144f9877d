"""What an address asks the search for; a value that is not understood is passed over, never an error."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search import choices
from search.engines.base import Order
from search.query import LONGEST
from search.searching import Asked

PER_PAGE = 20
LAST_PAGE = 100  # whoever has read two thousand hits narrows the search
ORDERS: dict[str, Order] = {
    "relevanz": "relevance",
    "neueste": "newest",
    "aelteste": "oldest",
    "ort": "place",
}
ORDER_LABELS = {
    "relevanz": _("Passendste zuerst"),
    "neueste": _("Neueste zuerst"),
    "aelteste": _("Älteste zuerst"),
    "ort": _("Nach Ort"),
}
ORDER_WORDS = {value: name for name, value in ORDERS.items()}


class SearchForm:
    """The search of an address: `text`, `filters` by facet, `order`, `page`, `grouped` by document."""

    def __init__(self, data: QueryDict) -> None:
        self._data = data

    @cached_property
    def text(self) -> str:
        return self._data.get("q", "").replace("\x00", "").strip()[:LONGEST]

    @cached_property
    def filters(self) -> Mapping[str, tuple[str, ...]]:
        found = {
            facet: choices.values(facet, self._data.getlist(name))
            for name, facet in choices.PARAMETERS.items()
            if name in self._data
        }
        return {facet: values for facet, values in found.items() if values}

    @cached_property
    def order_name(self) -> str:
        wanted = self._data.get("sortierung", "")
        wanted = ORDER_WORDS.get(wanted, wanted)  # type: ignore[call-overload]
        return wanted if wanted in ORDERS else "relevanz"

    @cached_property
    def page(self) -> int:
        wanted = self._data.get("page", "")
        if not (wanted.isascii() and wanted.isdigit()):
            return 1
        return min(max(int(wanted[:6]), 1), LAST_PAGE)

    @property
    def grouped(self) -> bool:
        return self._data.get("gruppe") == "dokument"

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.filters

    def asked(self, per_page: int = PER_PAGE) -> Asked:
        return Asked(
            self.text,
            self.filters,
            ORDERS[self.order_name],
            offset=(self.page - 1) * per_page,
            limit=per_page,
        )

    def address(self, **changes: str | None) -> str:
        """The query string of this search, tidied, with some of it changed; without a page."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [
            (choices.NAMES[facet], value)
            for facet, values in self.filters.items()
            for value in values
        ]
        others = {
            "sortierung": self.order_name if self.order_name != "relevanz" else None,
            "gruppe": "dokument" if self.grouped else None,
            **changes,
        }
        if "q" in others:
            pairs = [pair for pair in pairs if pair[0] != "q"]
        pairs += [(name, value) for name, value in others.items() if value]
        return "?" + urlencode(pairs)

    def toggled(self, facet: str, value: str) -> str:
        """The query string with one value of a facet added, or taken away where it was chosen."""
        chosen = self.filters.get(facet, ())
        values = [one for one in chosen if one != value] + [value] * (value not in chosen)
        return self._with(facet, values)

    def without(self, facet: str) -> str:
        return self._with(facet, [])

    def _with(self, facet: str, values: list[str]) -> str:
        other = SearchForm(QueryDict())
        other.text, other.order_name = self.text, self.order_name
        other.filters = {**self.filters, facet: tuple(values)}
        return other.address(gruppe="dokument" if self.grouped else None)
