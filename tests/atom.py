"""Is this a valid Atom feed? By a schema of our own (`atom.rng`) and what a schema cannot say."""

from __future__ import annotations

from pathlib import Path

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
SCHEMA = etree.RelaxNG(etree.parse(Path(__file__).with_name("atom.rng")))


def faults(feed: bytes) -> list[str]:
    """What is wrong with it, in words; empty if nothing is."""
    tree = etree.fromstring(feed)
    found = [] if SCHEMA.validate(tree) else [f"{line}" for line in SCHEMA.error_log]
    ids = [one.text for one in tree.iter(f"{ATOM}id")]
    if len(ids) != len(set(ids)):
        found.append("an id is used twice")
    for each in [tree, *tree.iter(f"{ATOM}entry")]:
        rels = [link.get("rel", "alternate") for link in each.findall(f"{ATOM}link")]
        if rels.count("alternate") != 1:
            found.append(f"{rels}: one link to the page is needed")
    if [link.get("rel") for link in tree.findall(f"{ATOM}link")].count("self") != 1:
        found.append("one link to itself is needed")
    return found
