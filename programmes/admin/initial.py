"""What an address wants a new row to begin with: kept where it can be, left out where it cannot."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest


class CheckedInitial(admin.ModelAdmin):
    """Leaves out values for relations that no row has; Django's autocompletes fail on them."""

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        given = super().get_changeform_initial_data(request)
        fields = {field.name: field for field in self.opts.get_fields()}
        return {
            name: value
            for name, value in given.items()
            if name not in fields or _fits(fields[name], value)
        }


def _fits(field: Any, value: Any) -> bool:
    related = getattr(field, "related_model", None)
    if related is None:
        return True
    try:
        values = [related._meta.pk.to_python(one) for one in _several(value)]
        return related._default_manager.filter(pk__in=values).count() == len(set(values))
    except (ValidationError, OverflowError):
        return False


def _several(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]
