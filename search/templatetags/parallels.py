"""Tags that pages of programmes use: what is similar to a pledge, and what is worded nearly alike elsewhere."""

from __future__ import annotations

from typing import Any

from django import template

from programmes.models import Document, Party, Pledge
from search import parallels
from search.similar import similar

register = template.Library()


@register.inclusion_tag("search/similar.html")
def similar_pledges(pledge: Pledge, limit: int = 5) -> dict[str, Any]:
    """Near-identical wordings that are known, then the most similar pledges elsewhere."""
    pairs = parallels.of_pledge(pledge, limit)
    known = {pair.other.pk for pair in pairs}
    rest = [one for one in similar(pledge, limit + len(known)) if one.pledge.pk not in known]
    return {"pairs": pairs, "similar": rest[:limit], "pledge": pledge}


@register.inclusion_tag("search/parallels.html")
def document_parallels(document: Document, limit: int = 8) -> dict[str, Any]:
    return {"pairs": parallels.of_document(document, limit)}


@register.inclusion_tag("search/parallels.html")
def party_parallels(party: Party, limit: int = 8) -> dict[str, Any]:
    return {"pairs": parallels.of_party(party, limit)}
