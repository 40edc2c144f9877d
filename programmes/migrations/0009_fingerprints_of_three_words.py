"""Fingerprints of three-word shingles in place of five-word ones, made anew from the texts that are there."""

from django.db import migrations

from programmes.ingest.fingerprint import fingerprint


def renew(apps, schema_editor):
    documents = apps.get_model("programmes", "Document").objects.exclude(text="")
    for pk, text in documents.values_list("pk", "text").iterator(chunk_size=50):
        documents.filter(pk=pk).update(fingerprint=fingerprint(text))


class Migration(migrations.Migration):
    dependencies = [("programmes", "0008_topic_terms_as_supplied")]

    operations = [migrations.RunPython(renew, migrations.RunPython.noop, elidable=True)]
