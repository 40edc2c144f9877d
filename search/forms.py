"""What an address asks the search for; a value that is not understood is passed over, never an error."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from urllib.parse import parse_qsl, quote_plus, urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from search import choices
from search.engines.base import Order
from search.query import LONGEST, as_typed, fields_as_typed, named, understand, write
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
MARK = "_value_"  # stands for a value while an address is written; no address needs it quoted
ORDER_WORDS = {value: name for name, value in ORDERS.items()}


# The fields of the form that writes a query, and those of them that name a facet.
WORDS = ("alle", "genau", "eines", "ohne")
FIELDS = ("ort", "partei", "thema", "art")


def written(data: QueryDict) -> str:
    """The query that the fields of the form say: `alle`, `genau`, `eines`, `ohne`; places, years and the like."""
    every, exact, some, without = (
        data.get(name, "").replace("\x00", "")[:LONGEST] for name in WORDS
    )
    fields = {name: data.getlist(name)[:20] for name in FIELDS}
    first, last = (_year(data.get(name, "")) for name in ("von", "bis"))
    if first or last:
        fields["jahr"] = [first if first == last else f"{first}..{last}"]
    return write(every, exact, some, without, fields)


def parts(text: str) -> dict[str, str]:
    """A query as the fields of the form: the way back from `written`."""
    typed = understand(text)
    found: dict[str, list[str]] = {name: [] for name in WORDS}
    for term in typed.sequence:
        word = f"{term.text}*" if term.kind == "prefix" else term.text
        if term.excluded:
            found["ohne"].append(word)
        elif term.others:
            found["eines"] += [word, *(other.text for other in term.others)]
        else:
            found["genau" if term.kind == "phrase" else "alle"].append(word)
    found["ohne"] += [
        named(choices.NAMES[facet], value)
        for facet, values in typed.without.items()
        for value in values
    ]
    fields = {name: " ".join(words) for name, words in found.items()}
    for name in FIELDS:
        fields[name] = next(iter(typed.fields.get(choices.PARAMETERS[name], ())), "")
    for name in ("thema", "art"):
        fields[name] = next(iter(choices.values(choices.PARAMETERS[name], [fields[name]])), "")
    span = [year for word in typed.fields.get("year", ()) for year in choices.years(word)]
    fields["von"], fields["bis"] = (span[0], span[-1]) if span else ("", "")
    return fields


def _quoted(value: str) -> str:
    """Keys and years as they are: a page of results has some two hundred of them."""
    return value if value.isascii() and value.isalnum() else quote_plus(value)


def _year(word: str) -> str:
    found = choices.years(word.strip())
    return found[0] if len(found) == 1 else ""


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
        order = ORDERS[self.order_name]
        if order == "relevance" and not understand(self.text).terms:
            order = "newest"  # nothing was asked that an entry could fit better or worse
        return Asked(
            self.text,
            self.filters,
            order,
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

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What stays when other words are searched: facets, order, grouping."""
        return parse_qsl(self.address(q=None)[1:])

    @property
    def cleared(self) -> str:
        """The query string without any facet."""
        return self._with_filters({}).address()

    @property
    def by_document(self) -> str:
        return self.address(gruppe="dokument")

    @property
    def single(self) -> str:
        return self.address(gruppe=None)

    @property
    def loosened(self) -> str:
        """Several words as alternatives, the rest as it was; "" where it is one."""
        typed = understand(self.text)
        words = [as_typed(term) for term in typed.terms if not term.excluded]
        rest = [as_typed(term) for term in typed.terms if term.excluded]
        if len(words) < 2:
            return ""
        return " ".join([" OR ".join(words), *rest, *fields_as_typed(typed)])

    @property
    def shortened(self) -> str:
        """One long word as a beginning; "" where there are several."""
        typed = understand(self.text)
        if len(typed.terms) != 1 or typed.terms[0].kind != "word" or len(typed.terms[0].text) < 7:
            return ""
        word = typed.terms[0].text
        return " ".join([f"{word[: max(4, len(word) * 2 // 3)]}*", *fields_as_typed(typed)])

    @cached_property
    def parts(self) -> dict[str, str]:
        """The query as the fields of the form that writes one."""
        return parts(self.text)

    def toggled(self, facet: str, value: str) -> str:
        """The query string with one value of a facet added, or taken away where it was chosen."""
        return self.toggling(facet)(value)

    def toggling(self, facet: str) -> Callable[[str], str]:
        """`toggled` for many values of one facet: the rest of the query string is written once."""
        chosen = self.filters.get(facet, ())
        without = {value: tuple(one for one in chosen if one != value) for value in chosen}
        taken = {
            value: self._with_filters({**self.filters, facet: rest}).address()
            for value, rest in without.items()
        }
        pattern = self._with_filters({**self.filters, facet: (*chosen, MARK)}).address()
        before, _, after = pattern.rpartition(MARK)  # what was typed stands before
        return lambda value: taken.get(value) or f"{before}{_quoted(value)}{after}"

    def _with_filters(self, filters: Mapping[str, tuple[str, ...]]) -> SearchForm:
        """The same search with other facets, at its first page."""
        other = SearchForm(self._data)
        other.__dict__["filters"] = filters
        return other
