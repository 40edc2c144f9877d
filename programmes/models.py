"""What the archive holds: places, parties, topics; documents, their sections and their pledges."""

from __future__ import annotations

from functools import cached_property, lru_cache

from django.db import models
from django.db.models.functions import Lower
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from programmes.querysets import DocumentQuerySet, PledgeQuerySet, SectionQuerySet
from programmes.records import YEARS, Upload  # noqa: F401 – the desk's own tables, kept apart
from programmes.standing import Edition, Tallied, Tally, TextPage  # noqa: F401 – tables that stand on their own

UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss"}
)


def german_slug(text: str, longest: int = 60) -> str:
    """The words of `text` as they stand in an address: "Köln-Süd" gives "koeln-sued"."""
    return slugify(text.translate(UMLAUTS))[:longest].strip("-") or "-"


def original_path(document: Document, name: str) -> str:
    """Where an original is kept: by its checksum; the name it came under is never used as a path."""
    checksum = document.sha256 or ""
    return f"{checksum[:2]}/{checksum}"


def address(name: str, *parts: str | int) -> str:
    """`reverse` for the rows of lists: the shape of an address is asked for once, not at every row."""
    return _shape(name, len(parts), get_script_prefix(), get_urlconf()).format(*parts)


@lru_cache(maxsize=64)
def _shape(name: str, parts: int, prefix: str, urlconf: str | None) -> str:
    # Samples that every part of an address takes: keys, numbers and slugs.
    samples = ["12345678", "87654321"][:parts]
    shape = reverse(name, args=samples)
    for sample in samples:
        shape = shape.replace(sample, "{}")
    return shape


class Municipality(models.Model):
    """A town, city, municipality, county (Kreis) or region, by its official key (AGS)."""

    class Kind(models.TextChoices):
        STATE = "state", _("Land")
        REGION = "region", _("Region")
        COUNTY = "county", _("Kreis")
        CITY = "city", _("Kreisfreie Stadt")
        TOWN = "town", _("Stadt")
        MUNICIPALITY = "municipality", _("Gemeinde")

    ags = models.CharField(_("Amtlicher Gemeindeschlüssel"), max_length=8, primary_key=True)
    name = models.CharField(_("Name"), max_length=120)
    slug = models.SlugField(max_length=80, editable=False)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind)
    aliases = models.JSONField(_("Andere Namen"), default=list, blank=True)
    population = models.PositiveIntegerField(_("Einwohner"), null=True, blank=True)
    latitude = models.FloatField(_("Breite"), null=True, blank=True)
    longitude = models.FloatField(_("Länge"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("aufgegangen in"),
        related_name="former",
    )
    invented = models.BooleanField(_("erfunden (Vorführbestand)"), default=False)

    class Meta:
        verbose_name = _("Ort")
        verbose_name_plural = _("Orte")
        ordering = ["name", "ags"]
        indexes = [models.Index(Lower("name"), name="municipality_name")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.slug = german_slug(self.name)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("programmes:municipality", self.ags, self.slug)

    @property
    def state_ags(self) -> str:
        return self.ags[:2]

    @property
    def county_ags(self) -> str:
        return self.ags[:5]


class Party(models.Model):
    """A party or a local list. A joint group is two parties on one document."""

    slug = models.SlugField(max_length=60, unique=True)
    short_name = models.CharField(_("Kurzname"), max_length=60, unique=True)
    name = models.CharField(_("Name"), max_length=160)
    aliases = models.JSONField(_("Andere und frühere Namen"), default=list, blank=True)
    colour = models.CharField(_("Farbe"), max_length=7, blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("Ort (bei örtlichen Listen)"),
    )
    wikidata = models.CharField("Wikidata", max_length=20, blank=True)
    parlgov = models.PositiveIntegerField("ParlGov", null=True, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)
    invented = models.BooleanField(_("erfunden (Vorführbestand)"), default=False)

    class Meta:
        verbose_name = _("Partei oder Liste")
        verbose_name_plural = _("Parteien und Listen")
        ordering = ["position", "short_name"]

    def __str__(self):
        return self.short_name

    def save(self, *args, **kwargs):
        if not self.slug:
            base = self.slug = german_slug(self.short_name)
            number = 1
            while Party.objects.filter(slug=self.slug).exists():
                number += 1
                self.slug = f"{base}-{number}"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("programmes:party", self.slug)


class Topic(models.Model):
    """A field of local policy, with the indicator terms that speak for it."""

    slug = models.SlugField(max_length=60, unique=True)
    label_de = models.CharField(_("Bezeichnung"), max_length=120)
    label_en = models.CharField(_("Bezeichnung (englisch)"), max_length=120)
    definition = models.TextField(_("Definition"), blank=True)
    indicators = models.JSONField(_("Kennwörter"), default=list, blank=True)
    # What the archive itself last supplied of them: so that a newer release adds and takes back only its own.
    supplied = models.JSONField(default=list, blank=True, editable=False)
    marpor = models.JSONField("MARPOR", default=list, blank=True)
    cap = models.CharField("CAP", max_length=80, blank=True)
    position = models.PositiveSmallIntegerField(_("Reihenfolge"), default=100)

    class Meta:
        verbose_name = _("Thema")
        verbose_name_plural = _("Themen")
        ordering = ["position", "slug"]

    def __str__(self):
        return self.label

    def get_absolute_url(self):
        return address("programmes:topic", self.slug)

    @property
    def label(self) -> str:
        return self.label_en if get_language() == "en" else self.label_de


class Document(models.Model):
    """One text as it was published. What the text does not say stays empty."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("Wahlprogramm")
        PRESS = "press", _("Pressetext")
        MOTION = "motion", _("Antrag")
        OTHER = "other", _("Anderes")

    class Status(models.TextChoices):
        DRAFT = "draft", _("Entwurf")
        PUBLISHED = "published", _("Veröffentlicht")
        WITHDRAWN = "withdrawn", _("Zurückgezogen")

    title = models.CharField(_("Titel"), max_length=300)
    slug = models.SlugField(max_length=80, editable=False)
    kind = models.CharField(_("Art"), max_length=12, choices=Kind, blank=True)
    municipalities = models.ManyToManyField(
        Municipality, blank=True, verbose_name=_("Orte"), related_name="documents"
    )
    scope = models.CharField(_("Geltungsbereich"), max_length=40, blank=True)
    parties = models.ManyToManyField(
        Party, blank=True, verbose_name=_("Parteien"), related_name="documents"
    )
    publisher = models.CharField(_("Herausgeber"), max_length=200, blank=True)
    year = models.PositiveSmallIntegerField(
        _("Jahr"),
        null=True,
        blank=True,
        validators=YEARS,
        help_text=_("Bei Programmen das Jahr der Wahl, sonst das der Veröffentlichung."),
    )
    date = models.CharField(
        _("Datum"),
        max_length=10,
        blank=True,
        help_text=_("So genau wie bekannt: 2021, 2021-01 oder 2021-01-31."),
    )
    status = models.CharField(_("Stand"), max_length=10, choices=Status, default=Status.DRAFT)
    language = models.CharField(_("Sprache"), max_length=8, default="de", blank=True)
    source_url = models.URLField(_("Quelle"), max_length=500, blank=True)
    retrieved_on = models.DateField(_("Abgerufen am"), null=True, blank=True)
    rights = models.CharField(_("Rechte"), max_length=200, blank=True)
    withdrawal_reason = models.CharField(_("Grund der Zurückziehung"), max_length=300, blank=True)
    original = models.FileField(
        _("Originaldatei"), upload_to=original_path, max_length=100, blank=True
    )
    original_name = models.CharField(_("Name der Originaldatei"), max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, unique=True, null=True, blank=True)
    media_type = models.CharField(_("Dateityp"), max_length=100, blank=True)
    text = models.TextField(_("Gelesener Text"), blank=True, editable=False)
    report = models.JSONField(_("Bericht"), default=dict, blank=True, editable=False)
    pledge_count = models.PositiveIntegerField(_("Versprechen"), default=0, editable=False)
    fingerprint = models.BinaryField(default=b"", editable=False)
    twin_of = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name=_("Fast gleich wie"),
        related_name="twins",
    )
    # Names of fields that a person decided ("sections" for the structure): no machine overwrites them.
    decided = models.JSONField(default=list, blank=True, editable=False)
    # Anchors that were addresses once, each with the anchor of the section where its text now stands.
    former_anchors = models.JSONField(default=dict, blank=True, editable=False)
    invented = models.BooleanField(_("erfunden (Vorführbestand)"), default=False)
    created = models.DateTimeField(_("angelegt"), auto_now_add=True)
    changed = models.DateTimeField(_("geändert"), auto_now=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dokument")
        verbose_name_plural = _("Dokumente")
        ordering = ["-year", "-date", "-pk"]
        permissions = [
            ("publish_document", _("Darf veröffentlichen")),
            ("withdraw_document", _("Darf zurückziehen und wiederherstellen")),
        ]
        indexes = [
            models.Index(fields=["status", "-year", "-date", "-id"], name="document_newest"),
            models.Index(fields=["status", "-created"], name="document_created"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = german_slug(self.title)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("programmes:document", self.pk, self.slug)

    @property
    def is_published(self) -> bool:
        return self.status == self.Status.PUBLISHED


class Section(models.Model):
    """A heading and the text under it."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="sections")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children"
    )
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(_("Ebene"), default=1)
    title = models.CharField(_("Überschrift"), max_length=500, blank=True)
    anchor = models.SlugField(_("Anker"), max_length=80)
    text = models.TextField(_("Text"), blank=True)
    page = models.PositiveIntegerField(_("Seite im Original"), null=True, blank=True)

    objects = SectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("Abschnitt")
        verbose_name_plural = _("Abschnitte")
        ordering = ["document", "position"]
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="section_position"),
            models.UniqueConstraint(fields=["document", "anchor"], name="section_anchor"),
        ]

    def __str__(self):
        return self.title or str(_("Ohne Überschrift"))

    def get_absolute_url(self):
        return f"{self.document.get_absolute_url()}#{self.anchor}"


class Pledge(models.Model):
    """A sentence or list item that commits or demands. Its key is its permanent public name."""

    class Specificity(models.TextChoices):
        CONCRETE = "concrete", _("konkret")
        VAGUE = "vague", _("allgemein")

    class Decision(models.TextChoices):
        MACHINE = "machine", _("vom Programm gefunden")
        CONFIRMED = "confirmed", _("bestätigt")
        EDITED = "edited", _("bearbeitet")
        ADDED = "added", _("von Hand ergänzt")
        REJECTED = "rejected", _("verworfen")

    key = models.CharField(_("Schlüssel"), max_length=16, unique=True, editable=False)
    document = models.ForeignKey(Document, models.CASCADE, related_name="pledges")
    section = models.ForeignKey(Section, models.CASCADE, related_name="pledges")
    position = models.PositiveIntegerField(help_text=_("Stelle im Dokument, von 0 an gezählt"))
    text = models.TextField(_("Wortlaut"))
    start = models.PositiveIntegerField(_("Beginn"))
    end = models.PositiveIntegerField(_("Ende"))
    page = models.PositiveIntegerField(_("Seite im Original"), null=True, blank=True)
    specificity = models.CharField(_("Bestimmtheit"), max_length=8, choices=Specificity)
    topics = models.ManyToManyField(
        Topic, through="PledgeTopic", related_name="pledges", verbose_name=_("Themen")
    )
    years = models.JSONField(_("Zieljahre"), default=list, blank=True)
    due = models.PositiveSmallIntegerField(
        _("fällig bis"), null=True, blank=True, db_index=True, editable=False
    )
    quantities = models.JSONField(_("Zahlen"), default=list, blank=True)
    cue = models.CharField(_("Erkannt an"), max_length=200, blank=True)
    # The clues for and against a pledge and for its topic, as the pipeline gives them.
    reasons = models.JSONField(_("Gründe"), default=list, blank=True, editable=False)
    decision = models.CharField(
        _("Entscheidung"), max_length=9, choices=Decision, default=Decision.MACHINE
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        verbose_name = _("Versprechen")
        verbose_name_plural = _("Versprechen")
        ordering = ["document", "position"]
        indexes = [
            models.Index(fields=["document", "position"], name="pledge_position"),
            # The two lists of what is due, each in its order, so that a page of them reads no more than it shows.
            models.Index(
                fields=["due", "-document", "position", "decision"],
                name="pledge_due",
                condition=models.Q(due__isnull=False),
            ),
            models.Index(
                fields=["-document", "position", "decision"],
                name="pledge_countable",
                condition=~models.Q(quantities=[]),
            ),
        ]

    def __str__(self):
        return self.text

    def save(self, *args, **kwargs):
        self.due = max(self.years, default=None)
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return address("programmes:pledge", self.key)

    @cached_property
    def ranked_topics(self) -> list[Topic]:
        """The main topic first; costs nothing when `pledgetopic_set` is prefetched."""
        return [
            link.topic for link in sorted(self.pledgetopic_set.all(), key=lambda link: link.rank)
        ]


class WithdrawnKey(models.Model):
    """The key of a pledge that went with its document; its address says why."""

    key = models.CharField(max_length=16, primary_key=True)
    document = models.ForeignKey(Document, models.CASCADE, related_name="withdrawn_keys")

    def __str__(self):
        return self.key


class PledgeTopic(models.Model):
    """A topic of a pledge: rank 0 is the main one, 1 the second."""

    pledge = models.ForeignKey(Pledge, models.CASCADE)
    topic = models.ForeignKey(Topic, models.PROTECT)
    rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["rank"]
        constraints = [models.UniqueConstraint(fields=["pledge", "topic"], name="pledge_topic")]

    def __str__(self):
        return f"{self.pledge_id}: {self.topic_id}"


class DocumentTopic(models.Model):
    """How many standing pledges of a document have a topic; kept by `importing.recount`."""

    document = models.ForeignKey(Document, models.CASCADE, related_name="topic_counts")
    topic = models.ForeignKey(Topic, models.PROTECT, related_name="document_counts")
    pledges = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["document", "topic"], name="document_topic")]

    def __str__(self):
        return f"{self.document_id}: {self.topic_id} × {self.pledges}"
