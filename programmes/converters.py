"""Parts of addresses: official keys, years, public keys, numbers; importing this registers them."""

from __future__ import annotations

from django.urls import register_converter


class Ags:
    """An official key: 2, 5 or 8 digits."""

    regex = r"\d{2}|\d{5}|\d{8}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Year:
    regex = r"(?:19|20|21)\d\d"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Key:
    """The public key of a pledge."""

    regex = r"[a-z0-9]{4,16}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class Number:
    """A primary key that fits a database."""

    regex = r"\d{1,18}"

    def to_python(self, value: str) -> int:
        return int(value)

    def to_url(self, value: int) -> str:
        return str(value)


class Version:
    """The name of a release; never a way out of its folder."""

    regex = r"[A-Za-z0-9_](?:[A-Za-z0-9_.+-]{0,39}[A-Za-z0-9_+-])?"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(Ags, "ags")
register_converter(Year, "year")
register_converter(Key, "key")
register_converter(Number, "number")
register_converter(Version, "version")
