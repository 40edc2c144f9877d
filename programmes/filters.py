"""The filters of the lists: the same names on pages, in the API and in downloads; unknown values do nothing."""

from __future__ import annotations

import re
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.forms.utils import flatatt
from django.urls import reverse_lazy
from django.utils.choices import CallableChoiceIterator
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from programmes import statistics
from programmes.models import Document, Municipality, Party, Pledge, Section, Topic, german_slug
from programmes.records import FIRST_YEAR, LAST_YEAR

SORTS = {
    "neueste": ("-year", "-date", "-pk"),
    "aelteste": ("year", "date", "pk"),
    "titel": ("title", "pk"),
    "versprechen": ("-pledge_count", "-pk"),
}
KEY = re.compile(r"\(?(\d{2}|\d{5}|\d{8})\)?$")
KNOWN_PLACES = 60  # of one name or beginning


class Plain(forms.Widget):
    """Written without templates: with one for each of fifty options, a form took longer than the list it narrows."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        widget = self.get_context(name, value, attrs)["widget"]
        attrs = {"type": widget["type"], "name": name, **widget["attrs"]}
        if widget["value"] is not None:
            attrs["value"] = widget["value"]
        return format_html("<input{}>", flatatt(attrs))


class Typed(Plain, forms.TextInput):
    pass


class Counted(Plain, forms.NumberInput):
    pass


class Chosen(forms.Select):
    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen = set(self.format_value(value))
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) in chosen else "", label)
                for key, label in self.choices
            ),
        )
        attrs = self.build_attrs(self.attrs, {"name": name, **(attrs or {})})
        return format_html("<select{}>{}</select>", flatatt(attrs), options)


class PlaceField(forms.CharField):
    """A place as one types it, "Aachen" or "Aachen (05334002)" or the bare key; its value is a list of keys."""

    widget = Typed(
        attrs={"data-places": reverse_lazy("programmes:place-suggestions"), "maxlength": 120}
    )

    def clean(self, value: Any) -> list[str]:
        typed = (super().clean(value) or "").strip()[:120]
        if not typed:
            return []
        key = KEY.search(typed)
        if key:
            found = list(Municipality.objects.filter(pk=key[1]).values_list("pk", flat=True))
        else:
            slug = german_slug(typed, 80)
            found = list(
                Municipality.objects.filter(Q(name__iexact=typed) | Q(slug=slug)).values_list(
                    "pk", flat=True
                )[:KNOWN_PLACES]
            ) or list(
                Municipality.objects.filter(slug__startswith=f"{slug}-").values_list(
                    "pk", flat=True
                )[:KNOWN_PLACES]
            )
        if not found:
            raise forms.ValidationError(_("Diesen Ort kennt das Archiv nicht."))
        return found

    def prepare_value(self, value: Any) -> Any:
        """A bare key is shown with the name that goes with it."""
        if isinstance(value, str) and KEY.fullmatch(value.strip()):
            name = Municipality.objects.filter(pk=value.strip()).values_list("name", flat=True)
            return f"{name[0]} ({value.strip()})" if name else value
        return value


class SlugField(forms.CharField):
    """One of the parties or topics that there are, chosen from a list."""

    def __init__(self, *args: Any, model: Any = None, listed: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.model, self.listed = model, listed
        self.widget = Chosen()
        self.widget.choices = CallableChoiceIterator(self.choices)

    def choices(self) -> list[tuple[str, str]]:
        return [("", str(_("alle"))), *((one.slug, str(one)) for one in self.listed())]

    def clean(self, value: Any) -> Any:
        slug = super().clean(value)
        if slug and not self.model.objects.filter(slug=slug).exists():
            raise forms.ValidationError(_("Das kennt das Archiv nicht."))
        return slug


class PlaceFilter(django_filters.CharFilter):
    field_class = PlaceField

    def filter(self, qs: QuerySet, value: Any) -> QuerySet:
        if not value:
            return qs
        if len(value) == 1:
            return qs.filter(**{self.field_name: value[0]})
        through = Document.municipalities.through.objects.filter(municipality__in=value)
        relation = self.field_name.removesuffix("municipalities").removesuffix("__") or "pk"
        return qs.filter(**{f"{relation}__in": through.values("document")})


class SlugFilter(django_filters.CharFilter):
    field_class = SlugField


class Tolerant(django_filters.FilterSet):
    """What an old or mistyped address asks for and is not there is passed over."""

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        for name, value in self.form.cleaned_data.items():
            queryset = self.filters[name].filter(queryset, value)
        return queryset

    @property
    def qs(self) -> QuerySet:
        if not hasattr(self, "_qs"):
            queryset = self.queryset.all()
            if self.is_bound:
                self.form.is_valid()  # invalid fields are simply missing from cleaned_data
                queryset = self.filter_queryset(queryset)
            self._qs = queryset
        return self._qs

    @property
    def chosen(self) -> dict[str, Any]:
        """The filters that are set and understood."""
        if not self.is_bound:
            return {}
        self.form.is_valid()
        return {
            name: value
            for name, value in self.form.cleaned_data.items()
            if value not in (None, "", [])
        }


class DocumentFilter(Tolerant):
    ort = PlaceFilter(label=_("Ort"), field_name="municipalities")
    partei = SlugFilter(
        label=_("Partei"), field_name="parties__slug", model=Party, listed=statistics.held_parties
    )
    jahr = django_filters.NumberFilter(
        label=_("Jahr"),
        field_name="year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=Counted,
    )
    thema = SlugFilter(
        label=_("Thema"),
        field_name="topic_counts__topic__slug",
        model=Topic,
        listed=statistics.topics,
    )
    art = django_filters.ChoiceFilter(
        label=_("Art"),
        choices=Document.Kind.choices,
        empty_label=_("alle"),
        field_name="kind",
        widget=Chosen,
    )
    sortierung = django_filters.ChoiceFilter(
        label=_("Sortierung"),
        choices=[
            ("neueste", _("Neueste zuerst")),
            ("aelteste", _("Älteste zuerst")),
            ("titel", _("Nach Titel")),
            ("versprechen", _("Meiste Versprechen zuerst")),
        ],
        method="sort",
        widget=Chosen,
        empty_label=None,
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def sort(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by(*SORTS[value])


class PledgeFilter(Tolerant):
    ort = PlaceFilter(label=_("Ort"), field_name="document__municipalities")
    partei = SlugFilter(
        label=_("Partei"),
        field_name="document__parties__slug",
        model=Party,
        listed=statistics.held_parties,
    )
    jahr = django_filters.NumberFilter(
        label=_("Jahr"),
        field_name="document__year",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=Counted,
    )
    thema = SlugFilter(
        label=_("Thema"), field_name="topics__slug", model=Topic, listed=statistics.topics
    )
    art = django_filters.ChoiceFilter(
        label=_("Art"),
        choices=Document.Kind.choices,
        empty_label=_("alle"),
        field_name="document__kind",
        widget=Chosen,
    )
    bestimmtheit = django_filters.ChoiceFilter(
        label=_("Bestimmtheit"),
        choices=Pledge.Specificity.choices,
        empty_label=_("alle"),
        field_name="specificity",
        widget=Chosen,
    )
    dokument = django_filters.NumberFilter(
        label=_("Dokument"), field_name="document", min_value=1, max_value=2**62
    )
    faellig = django_filters.NumberFilter(
        label=_("Zieljahr"),
        field_name="due",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=Counted,
    )
    faellig_ab = django_filters.NumberFilter(
        label=_("Zieljahr ab"),
        field_name="due",
        lookup_expr="gte",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.HiddenInput,
    )
    faellig_bis = django_filters.NumberFilter(
        label=_("Zieljahr bis"),
        field_name="due",
        lookup_expr="lte",
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.HiddenInput,
    )

    class Meta:
        model = Pledge
        fields: list[str] = []


class SectionFilter(Tolerant):
    dokument = django_filters.NumberFilter(
        label=_("Dokument"), field_name="document", min_value=1, max_value=2**62
    )
    ebene = django_filters.NumberFilter(
        label=_("Ebene"), field_name="level", min_value=0, max_value=9
    )

    class Meta:
        model = Section
        fields: list[str] = []


class MunicipalityFilter(Tolerant):
    q = django_filters.CharFilter(label=_("Name oder Gemeindeschlüssel"), method="find")
    land = django_filters.ChoiceFilter(
        label=_("Land"),
        choices=[(f"{number:02}", f"{number:02}") for number in [*range(1, 17), 99]],
        method="of_state",
    )

    class Meta:
        model = Municipality
        fields: list[str] = []

    def find(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        words = value.strip()[:80]
        return queryset.filter(
            Q(name__istartswith=words) | Q(name__icontains=f" {words}") | Q(pk__startswith=words)
        )

    def of_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.filter(pk__startswith=value)
