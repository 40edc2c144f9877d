"""The filters of the lists: the same names on pages, in the API and in downloads; unknown values do nothing."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programmes.models import Document, Municipality, Party, Pledge, Section, Topic

SORTS = {
    "neueste": ("-year", "-date", "-pk"),
    "aelteste": ("year", "date", "pk"),
    "titel": ("title", "pk"),
    "versprechen": ("-pledge_count", "-pk"),
}


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
    ort = django_filters.ModelChoiceFilter(
        label=_("Ort"),
        queryset=Municipality.objects.filter(documents__status="published").distinct(),
        field_name="municipalities",
    )
    partei = django_filters.ModelChoiceFilter(
        label=_("Partei"),
        queryset=Party.objects.filter(documents__status="published").distinct(),
        field_name="parties",
        to_field_name="slug",
    )
    jahr = django_filters.NumberFilter(
        label=_("Jahr"), field_name="year", min_value=1900, max_value=2200
    )
    thema = django_filters.ModelChoiceFilter(
        label=_("Thema"),
        queryset=Topic.objects.all(),
        field_name="topic_counts__topic",
        to_field_name="slug",
    )
    art = django_filters.ChoiceFilter(
        label=_("Art"), choices=Document.Kind.choices, field_name="kind"
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
        empty_label=None,
    )

    class Meta:
        model = Document
        fields: list[str] = []

    def sort(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        return queryset.order_by(*SORTS[value])


class PledgeFilter(Tolerant):
    ort = django_filters.ModelChoiceFilter(
        label=_("Ort"), queryset=Municipality.objects.all(), field_name="document__municipalities"
    )
    partei = django_filters.ModelChoiceFilter(
        label=_("Partei"),
        queryset=Party.objects.all(),
        field_name="document__parties",
        to_field_name="slug",
    )
    jahr = django_filters.NumberFilter(
        label=_("Jahr"), field_name="document__year", min_value=1900, max_value=2200
    )
    thema = django_filters.ModelChoiceFilter(
        label=_("Thema"), queryset=Topic.objects.all(), field_name="topics", to_field_name="slug"
    )
    art = django_filters.ChoiceFilter(
        label=_("Art"), choices=Document.Kind.choices, field_name="document__kind"
    )
    bestimmtheit = django_filters.ChoiceFilter(
        label=_("Bestimmtheit"), choices=Pledge.Specificity.choices, field_name="specificity"
    )
    dokument = django_filters.NumberFilter(
        label=_("Dokument"), field_name="document", min_value=1, max_value=2**62
    )
    faellig = django_filters.NumberFilter(
        label=_("Zieljahr"), field_name="due", min_value=1900, max_value=2200
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
