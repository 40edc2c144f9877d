"""What somebody saw when a page was opened, as a short mark a form carries: has it changed since?

The mark has one part for each thing that can be changed, so that a conflict can be named.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from programmes.models import Document, Pledge, Section
from programmes.records import Change


def mark(values: Mapping[str, Any]) -> str:
    """The mark of these values: name=digest, comma-separated."""
    return ",".join(f"{name}={digest(value)}" for name, value in values.items())


def digest(value: Any) -> str:
    plain = json.dumps(value, sort_keys=True, default=str, ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()[:12]


def changed(seen: str, values: Mapping[str, Any]) -> list[str]:
    """The names under which something else stands now than when it was seen."""
    before = dict(part.split("=", 1) for part in seen.split(",") if "=" in part)
    return [
        name for name, value in values.items() if name in before and before[name] != digest(value)
    ]


def of_section(section: Section) -> dict[str, Any]:
    return {"title": section.title, "level": section.level, "text": section.text}


def of_pledge(pledge: Pledge, slugs: list[str]) -> dict[str, Any]:
    return {
        "text": pledge.text,
        "specificity": pledge.specificity,
        "topics": list(slugs),
        "years": pledge.years,
        "quantities": pledge.quantities,
        "decision": pledge.decision,
    }


def who(row: Model) -> str:
    """Who changed it last and when, as the subject of a sentence: "anna hat um 14:03 Uhr"."""
    name, when = _("jemand"), None
    entry = (
        LogEntry.objects.filter(
            content_type=ContentType.objects.get_for_model(row), object_id=str(row.pk)
        )
        .select_related("user")
        .order_by("-action_time")
        .first()
    )
    if entry is not None:
        name, when = str(entry.user), entry.action_time
    if isinstance(row, Document):
        change = Change.objects.filter(document=row).select_related("user").first()
        if change is not None and (when is None or change.when >= when):
            name, when = str(change.user or _("jemand")), change.when
    if when is None:
        return _("%(name)s hat") % {"name": name}
    time = date_format(timezone.localtime(when), "H:i")
    return _("%(name)s hat um %(time)s Uhr") % {"name": name, "time": time}
