"""A search as an Atom feed (RFC 4287): stable ids, what came into the archive last first."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from search.searching import Answer, Found

# What XML 1.0 cannot hold.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def atom(answer: Answer, page: str, address: str, root: str) -> str:
    """`page`: the search it is the feed of; `address`: the feed's own; `root`: the site's."""
    text = clean(answer.asked.text)
    feed = Atom1Feed(
        title=_("Versprochen: %s") % (text or _("alles")),
        link=page,
        description="",
        language=get_language() or "de",
        feed_url=address,
        feed_guid=page,
        subtitle=_("Was das Archiv zu dieser Suche aufnimmt, das Neueste zuerst."),
    )
    for hit in answer.hits:
        feed.add_item(
            title=_title(hit),
            link=root + hit.get_absolute_url(),
            unique_id=root + hit.permanent,
            description=clean(hit.text),
            pubdate=hit.document.created,
            updateddate=hit.document.created,
            categories=[topic.label for topic in hit.topics],
            author_name=clean(
                ", ".join(party.short_name for party in hit.document.parties.all())
                or hit.document.publisher
                or _("unbekannt")
            ),
        )
    # A feed without entries must have a date that does not change by itself.
    feed.latest_post_date = lambda: max(  # type: ignore[method-assign]
        (hit.document.created for hit in answer.hits), default=datetime(2020, 1, 1, tzinfo=UTC)
    )
    return feed.writeString("utf-8")


def clean(text: str) -> str:
    return FORBIDDEN.sub("", text)


def _title(hit: Found) -> str:
    where = ", ".join(place.name for place in hit.document.municipalities.all())
    who = ", ".join(party.short_name for party in hit.document.parties.all())
    head = " · ".join(filter(None, (where, who, str(hit.document.year or ""))))
    text = clean(hit.text)
    short = text if len(text) <= 90 else text[:90].rsplit(" ", 1)[0] + " …"
    return f"{head}: {short}" if head else short
