"""What stands beside the documents: the operator's own pages, and the mark that tells when anything changed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.core import checks
from django.db import connections, models
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _


class TextPage(models.Model):
    """A page that only the operator can write: who runs this, what is stored, how accessible it is."""

    class Slug(models.TextChoices):
        IMPRINT = "impressum", _("Impressum")
        PRIVACY = "datenschutz", _("Datenschutz")
        ACCESSIBILITY = "barrierefreiheit", _("Barrierefreiheit")

    slug = models.CharField(_("Seite"), max_length=20, choices=Slug, primary_key=True)
    text_de = models.TextField(
        _("Text"),
        blank=True,
        help_text=_(
            "Absätze durch Leerzeilen; „## “ am Zeilenanfang ist eine Überschrift, „- “ ein Listenpunkt."
        ),
    )
    text_en = models.TextField(_("Text (englisch)"), blank=True)
    changed = models.DateTimeField(_("geändert"), auto_now=True)

    class Meta:
        verbose_name = _("Seite des Betreibers")
        verbose_name_plural = _("Seiten des Betreibers")
        ordering = ["slug"]

    def __str__(self):
        return str(self.get_slug_display())

    def get_absolute_url(self):
        return reverse("programmes:text-page", args=[self.slug])

    @property
    def text(self) -> str:
        """In the visitor's language where it is written in it, else in German."""
        return (self.text_en if get_language() == "en" else "") or self.text_de

    @property
    def language(self) -> str:
        return "en" if get_language() == "en" and self.text_en else "de"


class Edition(models.Model):
    """One row whose mark is a new random value whenever anything that pages show has changed."""

    mark = models.UUIDField(default=uuid.uuid4)

    class Meta:
        verbose_name = _("Ausgabe")
        verbose_name_plural = _("Ausgaben")

    def __str__(self):
        return str(self.mark)


class Tally(models.Model):
    """How much of what is published falls into one group; `programmes.tally` keeps it.

    `kind` says by what it is grouped ("topic year"); the columns that it does not name are empty. Of a topic or a
    target year, `pledges` are its own; `countable` are those with a number in them.
    """

    kind = models.CharField(max_length=16)
    topic = models.PositiveBigIntegerField(default=0)
    party = models.PositiveBigIntegerField(default=0)
    place = models.CharField(max_length=8, default="")
    year = models.PositiveSmallIntegerField(default=0)
    documents = models.IntegerField(default=0)
    pledges = models.IntegerField(default=0)
    sections = models.IntegerField(default=0)
    countable = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "topic", "party", "year", "place"], name="tally_group"
            )
        ]

    def __str__(self):
        return f"{self.kind}: {self.documents}, {self.pledges}"


class Tallied(models.Model):
    """What a document has been counted with in the tallies, so that it can be taken off them again."""

    document = models.PositiveBigIntegerField(primary_key=True)
    shares = models.JSONField(default=list)

    def __str__(self):
        return str(self.document)


def make_text_pages(using: str, **_: Any) -> None:
    """After each migration: the operator finds every page, to be filled."""
    if TextPage._meta.db_table not in connections[using].introspection.table_names():
        return
    for slug in TextPage.Slug.values:
        TextPage.objects.using(using).get_or_create(slug=slug)


@checks.register("pages", checks.Tags.database)
def warn_of_empty_text_pages(
    databases: Sequence[str] | None = None, **_: Any
) -> list[checks.CheckMessage]:
    """Where the database is checked (`check --database default`, `migrate`), its operator is reminded."""
    if not databases or "default" not in databases:
        return []
    if TextPage._meta.db_table not in connections["default"].introspection.table_names():
        return []
    empty = empty_text_pages()
    if not empty:
        return []
    with override("de"):  # like all that is said to the operator
        names = ", ".join(map(str, empty))
    return [
        checks.Warning(
            f"Noch leer, obwohl das Gesetz sie verlangt: {names}.",
            hint="Schreiben Sie sie am Archivtisch unter „Seiten des Betreibers“.",
            id="programmes.W001",
        )
    ]


def empty_text_pages() -> list[TextPage]:
    """The pages that the law wants and that the operator has not written yet."""
    return [page for page in TextPage.objects.all() if not page.text_de.strip()]
