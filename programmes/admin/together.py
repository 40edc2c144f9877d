"""Two at the same form: whoever saves second is told what the first has changed, and keeps what was typed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.forms import ModelForm, model_to_dict
from django.http import HttpRequest, HttpResponse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from programmes import seen
from programmes.querysets import alone

FIELD = "seen"


class Together(admin.ModelAdmin):
    """A form carries a mark of what it was opened with; saved over something else it asks once."""

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change, **kwargs)
        if obj is None or request.method != "POST" or FIELD not in request.POST:
            return form

        class Compared(form):  # type: ignore[misc, valid-type]
            def clean(self) -> Any:
                values = super().clean()
                compare(self, request, obj)
                return values

        return Compared

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        if row is not None and row.pk:
            mark = getattr(request, "seen_now", None) or request.POST.get(FIELD)
            fields = context["adminform"].form.fields
            context[FIELD] = mark or seen.mark(values_of(_stored(row), fields))
        return super().render_change_form(request, context, *args, **kwargs)


def compare(form: ModelForm, request: HttpRequest, row: Model) -> None:
    """Add what was changed meanwhile as an error of the form, once; the fields nobody touched here follow it."""
    now = _stored(row, locked=True)
    values = values_of(now, form.fields)
    mark = request.POST[FIELD]
    changed = seen.changed(mark, values)
    if not changed:
        return
    before = dict(part.split("=", 1) for part in mark.split(","))
    mine = form.cleaned_data
    found = []
    for name in changed:
        field = form.fields[name]
        current = model_to_dict(now, fields=[name])[name]
        found.append(
            _("%(field)s: jetzt „%(value)s“")
            % {"field": field.label, "value": Truncator(_shown(now, name)).chars(120)}
        )
        if name in mine and seen.digest(_plain(mine[name])) == before[name]:
            field.bound_data = lambda _data, _initial, current=current: current  # type: ignore[method-assign, misc]
    request.seen_now = seen.mark(values)  # type: ignore[attr-defined]
    sentence = _(
        "%(who)s hier etwas geändert, während Sie daran saßen. Nichts davon ist überschrieben. %(found)s. Was Sie "
        "selbst eingetragen haben, steht noch in den Feldern; alle anderen zeigen den neuen Stand. "
        "Speichern Sie noch einmal, wenn es so sein soll."
    )
    form.add_error(None, sentence % {"who": seen.who(row), "found": "; ".join(found)})


def values_of(row: Model, names: Any) -> dict[str, Any]:
    """What stands in these fields now; those that are not the model's are left out."""
    found = {}
    for name in names:
        try:
            row._meta.get_field(name)
        except FieldDoesNotExist:
            continue
        found[name] = _plain(model_to_dict(row, fields=[name]).get(name))
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Model):
        return value.pk
    if hasattr(value, "__iter__") and not isinstance(value, (str, bytes, dict)):
        parts = [_plain(one) for one in value]
        return sorted(parts, key=str) if any(isinstance(one, Model) for one in value) else parts
    return "" if value is None else value


def _shown(row: Model, name: str) -> str:
    """The value in words: the names of places, not their keys."""
    if shown := getattr(row, f"get_{name}_display", None):
        return str(shown() or "–")
    value = getattr(row, name)
    if hasattr(value, "all"):
        value = list(value.all())
    if isinstance(value, (list, tuple)):
        return ", ".join(map(str, value)) or "–"
    return str(value) if value not in (None, "") else "–"


def _stored(row: Model, locked: bool = False) -> Any:
    """The row as the database has it; locked for the rest of the transaction where the database can."""
    rows = type(row)._base_manager.all()
    if locked:
        alone()
    return (rows.select_for_update() if locked else rows).get(pk=row.pk)
