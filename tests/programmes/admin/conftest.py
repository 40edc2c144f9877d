"""The desk with one person of each role, and one document of each status."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from parsing import parsed

from programmes import editing, importing, intake, roles
from programmes.models import Document, Topic
from programmes.records import Upload

ROLES = {
    "contributor": roles.CONTRIBUTOR,
    "archivist": roles.ARCHIVIST,
    "administrator": roles.ADMINISTRATOR,
}


@pytest.fixture
def person(db) -> Callable[[str], User]:
    """A person of a role; the same one each time."""

    def of(role: str) -> User:
        user, created = User.objects.get_or_create(username=role, is_staff=True)
        if created:
            user.groups.add(Group.objects.get(name=ROLES[role]))
        return user

    return of


@pytest.fixture
def desk(person) -> Callable[[str | None], Client]:
    """A browser in which somebody of a role is logged in; None is a stranger."""

    def of(role: str | None) -> Client:
        client = Client()
        if role == "reader":
            client.force_login(User.objects.create_user("reader"))
        elif role:
            client.force_login(person(role))
        return client

    return of


@pytest.fixture
def draft(person, settings, tmp_path) -> Document:
    """A draft that the contributor offered."""
    settings.UPLOADS_ROOT = tmp_path / "uploads"
    Topic.objects.get_or_create(slug="wohnen", label_de="Wohnen", label_en="Housing")
    upload = intake.offer(b"Entwurf", "entwurf.md", person("contributor"), uuid4())
    document = importing.store(
        parsed(("1. Wohnen", ["Wir bauen Wohnungen.", "Die Mieten steigen."]), data=b"Entwurf")
    ).document
    Upload.objects.filter(pk=upload.pk).update(state=Upload.State.DONE, document=document)
    return document


@pytest.fixture
def published(person) -> Document:
    """A published document that somebody else offered."""
    document = importing.store(
        parsed(("2. Verkehr", ["Wir bauen Radwege."]), data=b"Anderes")
    ).document
    editing.publish(document, person("archivist"))
    return document


@pytest.fixture
def withdrawn(person) -> Document:
    document = importing.store(parsed(("3. Sport", ["Wir bauen Bäder."]), data=b"Drittes")).document
    editing.withdraw(document, person("archivist"), "Auf Wunsch")
    return document
