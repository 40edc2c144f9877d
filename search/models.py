"""The notes that say which documents the index must look at again."""

from __future__ import annotations

from django.db import models


class StaleDocument(models.Model):
    """`document` changed since the index saw it; `mark` is a new random value at each change."""

    document = models.PositiveBigIntegerField(primary_key=True)
    mark = models.UUIDField()

    def __str__(self):
        return str(self.document)
