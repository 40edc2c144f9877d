"""What search keeps in the database: notes for the index, synonyms, searches that found nothing, alerts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from search import thesaurus


class StaleDocument(models.Model):
    """`document` changed since the index saw it; `mark` is a new random value at each change."""

    document = models.PositiveBigIntegerField(primary_key=True)
    mark = models.UUIDField()

    def __str__(self):
        return str(self.document)


class NextIndex(models.Model):
    """The index that `manage.py move_index` fills, or has filled: changes leave notes for it, too. One row at most."""

    # Of its address, which may hold a password.
    digest = models.CharField(max_length=64)

    def __str__(self):
        return self.digest


class NextStaleDocument(models.Model):
    """`document` changed since the next index saw it, whatever the index that answers now knows of it."""

    document = models.PositiveBigIntegerField(primary_key=True)
    mark = models.UUIDField()

    def __str__(self):
        return str(self.document)


class SynonymGroup(models.Model):
    """Words that stand for each other, as archivists keep them; a change counts from the next search on."""

    words = models.TextField(
        _("Wörter"),
        help_text=_(
            "Wörter, die für einander stehen: „Krankenhaus = Klinikum = Klinik“. Oder ein Wort, das auch andere "
            "finden soll, aber nicht umgekehrt: „Sportstätte > Turnhalle, Sportplatz“. Beugung und Schreibweise "
            "spielen keine Rolle."
        ),
    )
    active = models.BooleanField(_("wird benutzt"), default=True)
    note = models.CharField(_("Bemerkung"), max_length=200, blank=True)
    # The first word of a group that came with the program; empty for an archivist's own.
    shipped_as = models.CharField(
        max_length=120, null=True, blank=True, unique=True, editable=False
    )
    # A person changed it: the program's own list no longer does.
    decided = models.BooleanField(default=False, editable=False)
    changed = models.DateTimeField(_("geändert"), auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("Wortgruppe (Synonyme)")
        verbose_name_plural = _("Wortgruppen (Synonyme)")
        ordering = ["words"]

    def __str__(self):
        return self.words

    def clean(self):
        groups = list(thesaurus.read(self.words.splitlines()))
        if len(groups) != 1:
            raise ValidationError(
                {"words": _("Bitte eine Zeile mit mindestens zwei Wörtern, durch „=“ getrennt.")}
            )
        for word in groups[0].words:
            if not thesaurus.keys(word):
                raise ValidationError({"words": _("„%s“ enthält kein Wort.") % word})


class EmptyQuery(models.Model):
    """A search that found nothing, and how often, by day and without a trace of who asked."""

    text = models.CharField(_("Anfrage"), max_length=120, unique=True)
    count = models.PositiveIntegerField(_("Wie oft"), default=0)
    first = models.DateField(_("zuerst"), auto_now_add=True)
    last = models.DateField(_("zuletzt"), auto_now=True)

    class Meta:
        verbose_name = _("Suche ohne Treffer")
        verbose_name_plural = _("Suchen ohne Treffer")
        ordering = ["-count", "text"]

    def __str__(self):
        return self.text


class Alert(models.Model):
    """A confirmed wish to be told by e-mail what is new in a search; deleted when it ends."""

    class Rhythm(models.TextChoices):
        DAILY = "daily", _("täglich")
        WEEKLY = "weekly", _("wöchentlich")

    email = models.EmailField(_("E-Mail-Adresse"), max_length=200)
    query = models.CharField(_("Suche"), max_length=1000)
    rhythm = models.CharField(_("Wie oft"), max_length=6, choices=Rhythm)
    language = models.CharField(max_length=8, default="de")
    # Numbers of the documents that were told or were there when it began.
    seen = models.JSONField(default=list, editable=False)
    last_run = models.DateTimeField()
    created = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("Benachrichtigung")
        verbose_name_plural = _("Benachrichtigungen")
        constraints = [models.UniqueConstraint(fields=["email", "query"], name="alert_once")]

    def __str__(self):
        return self.query


class Wording(models.Model):
    """The fingerprint of a pledge's wording. `compared`: its near-identical ones were looked for."""

    pledge = models.OneToOneField(
        "programmes.Pledge", models.CASCADE, primary_key=True, related_name="+"
    )
    text_hash = models.BinaryField(max_length=16)
    bands = models.BinaryField(default=b"")
    compared = models.BooleanField(default=False, db_index=True)

    def __str__(self):
        return str(self.pledge_id)


class Parallel(models.Model):
    """Two pledges of different documents worded nearly alike; `share` of their runs of three words is in both."""

    first = models.ForeignKey("programmes.Pledge", models.CASCADE, related_name="+")
    second = models.ForeignKey("programmes.Pledge", models.CASCADE, related_name="+")
    share = models.FloatField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="parallel_pair")]
        # The most alike first: a list of them reads no more than it shows.
        indexes = [models.Index(fields=["-share", "first", "second"], name="parallel_share")]

    def __str__(self):
        return f"{self.first_id} ~ {self.second_id}: {self.share:.2f}"
