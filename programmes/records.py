"""What the desk keeps of its own work: files offered, changes made, gaps known, messages of readers."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# Those that have an address.
FIRST_YEAR, LAST_YEAR = 1900, 2100
YEARS = [MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]


class Upload(models.Model):
    """One file or text that someone offered, and what became of it.

    The row and not the job is the truth: a job that dies leaves it waiting or done, never in between.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        READING = "reading", _("wird gelesen")
        DONE = "done", _("aufgenommen")
        ASKING = "asking", _("Rückfrage")
        FAILED = "failed", _("nicht gelesen")
        CANCELLED = "cancelled", _("abgebrochen")

    class Likeness(models.TextChoices):
        BYTES = "bytes", _("dieselbe Datei")
        TEXT = "text", _("derselbe Text")
        NEAR = "near", _("fast derselbe Text")

    batch = models.UUIDField(_("Lieferung"), default=uuid.uuid4, db_index=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("angeboten von")
    )
    name = models.CharField(_("Name"), max_length=255)
    size = models.PositiveIntegerField(_("Größe"), default=0)
    sha256 = models.CharField("SHA-256", max_length=64, db_index=True)
    given = models.JSONField(_("Angaben dazu"), default=dict, blank=True)
    source_url = models.URLField(_("Quelle"), max_length=500, blank=True)
    state = models.CharField(_("Stand"), max_length=9, choices=State, default=State.WAITING)
    sentence = models.CharField(_("Hinweis"), max_length=500, blank=True)
    document = models.ForeignKey(
        "programmes.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="uploads",
        verbose_name=_("Dokument"),
    )
    twin = models.ForeignKey(
        "programmes.Document",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("gleicht"),
    )
    likeness = models.CharField(_("Ähnlichkeit"), max_length=5, choices=Likeness, blank=True)
    text = models.TextField(blank=True, editable=False)
    accepted = models.BooleanField(_("trotz Ähnlichkeit aufnehmen"), default=False)
    attempts = models.PositiveSmallIntegerField(_("Versuche"), default=0)
    worker = models.CharField(max_length=120, blank=True, editable=False)
    created = models.DateTimeField(_("angeboten"), auto_now_add=True)
    started = models.DateTimeField(_("begonnen"), null=True, blank=True)
    finished = models.DateTimeField(_("beendet"), null=True, blank=True)

    class Meta:
        verbose_name = _("Eingang")
        verbose_name_plural = _("Eingänge")
        ordering = ["-created", "-pk"]
        indexes = [models.Index(fields=["state", "created"], name="upload_state")]

    def __str__(self):
        return self.name


class Change(models.Model):
    """One thing a person changed on a document; `before` holds what it was, for undoing."""

    class Action(models.TextChoices):
        FIELDS = "fields", _("Angaben geändert")
        STORED = "stored", _("aufgenommen")
        PUBLISHED = "published", _("veröffentlicht")
        UNPUBLISHED = "unpublished", _("zum Entwurf gemacht")
        WITHDRAWN = "withdrawn", _("zurückgezogen")
        RESTORED = "restored", _("wiederhergestellt")
        PURGED = "purged", _("endgültig gelöscht")
        REREAD = "reread", _("neu gelesen")
        STRUCTURE = "structure", _("Gliederung geändert")
        SECTION = "section", _("Abschnitt geändert")
        PLEDGE = "pledge", _("Versprechen geändert")

    document = models.ForeignKey(
        "programmes.Document", models.CASCADE, related_name="changes", verbose_name=_("Dokument")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("wer")
    )
    when = models.DateTimeField(_("wann"), auto_now_add=True, db_index=True)
    action = models.CharField(_("was"), max_length=11, choices=Action)
    subject = models.CharField(_("woran"), max_length=200, blank=True)
    details = models.JSONField(_("Einzelheiten"), default=list, blank=True)
    before = models.BinaryField(default=b"", editable=False)
    undone = models.BooleanField(_("zurückgenommen"), default=False)

    class Meta:
        verbose_name = _("Änderung")
        verbose_name_plural = _("Verlauf")
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.get_action_display()}: {self.subject}"


class Rereading(models.Model):
    """What today's rules would change on a document; at most one row each, replaced by a newer one."""

    class State(models.TextChoices):
        WAITING = "waiting", _("wartet")
        CHANGES = "changes", _("würde sich ändern")
        SAME = "same", _("bleibt gleich")
        FAILED = "failed", _("nicht gelesen")
        APPLY = "apply", _("wird übernommen")
        APPLIED = "applied", _("übernommen")

    document = models.OneToOneField(
        "programmes.Document", models.CASCADE, related_name="rereading", verbose_name=_("Dokument")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("veranlasst von")
    )
    state = models.CharField(_("Stand"), max_length=8, choices=State, default=State.WAITING)
    changes = models.JSONField(_("Änderungen"), default=dict, blank=True)
    sentence = models.CharField(_("Hinweis"), max_length=500, blank=True)
    changed = models.DateTimeField(_("Stand von"), auto_now=True)

    class Meta:
        verbose_name = _("Neulesung")
        verbose_name_plural = _("Neulesungen")
        ordering = ["document"]

    def __str__(self):
        return f"{self.document}: {self.get_state_display()}"


class Absence(models.Model):
    """It is known that this party had no programme for this election in this place."""

    municipality = models.ForeignKey(
        "programmes.Municipality", models.CASCADE, verbose_name=_("Ort"), related_name="absences"
    )
    party = models.ForeignKey(
        "programmes.Party", models.CASCADE, verbose_name=_("Partei"), related_name="absences"
    )
    year = models.PositiveSmallIntegerField(_("Jahr der Wahl"), validators=YEARS)
    note = models.CharField(_("Woher das bekannt ist"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("Fehlanzeige")
        verbose_name_plural = _("Fehlanzeigen")
        ordering = ["-year", "municipality", "party"]
        constraints = [
            models.UniqueConstraint(fields=["municipality", "party", "year"], name="absence_once")
        ]

    def __str__(self):
        return f"{self.municipality} {self.year}: {self.party}"


class ReaderMessage(models.Model):
    """What a reader wrote to the archive: a correction, or a programme that is missing."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Etwas ist falsch")
        MISSING = "missing", _("Ein Programm fehlt")
        RIGHTS = "rights", _("Rechte an einem Text")
        OTHER = "other", _("Etwas anderes")

    class Status(models.TextChoices):
        NEW = "new", _("neu")
        OPEN = "open", _("in Arbeit")
        DONE = "done", _("erledigt")
        DECLINED = "declined", _("abgelehnt")

    kind = models.CharField(_("Worum es geht"), max_length=10, choices=Kind)
    text = models.TextField(_("Nachricht"), max_length=4000)
    page = models.CharField(_("Seite im Archiv"), max_length=300, blank=True)
    contact = models.EmailField(_("E-Mail-Adresse für eine Antwort"), blank=True)
    status = models.CharField(_("Stand"), max_length=8, choices=Status, default=Status.NEW)
    note = models.TextField(_("Vermerk"), blank=True)
    # Not who wrote it: a hash that changes daily and only serves to count messages of one sender.
    sender = models.CharField(max_length=64, blank=True, editable=False, db_index=True)
    created = models.DateTimeField(_("eingegangen"), auto_now_add=True)
    changed = models.DateTimeField(_("geändert"), auto_now=True)

    class Meta:
        verbose_name = _("Nachricht")
        verbose_name_plural = _("Nachrichten")
        ordering = ["-created"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.text[:60]}"
