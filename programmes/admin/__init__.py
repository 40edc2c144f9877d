"""The archivist's desk."""

from __future__ import annotations

from programmes.admin import texts

__all__ = ["texts"]
