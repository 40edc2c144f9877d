"""Programmes as web pages, with what page systems put around a text drawn by lot."""

from __future__ import annotations

import html
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tests.ingest.press.texts import Author, Piece, Shape, chosen

LINKS = ("Startseite", "Über uns", "Themen", "Presse", "Termine", "Mitmachen", "Kontakt")
CONSENT = "Wir nutzen Cookies auf unserer Website. Einige von ihnen sind essenziell, andere helfen uns, diese Seite zu verbessern."
TEASERS = (
    "Sommerfest am Seeufer war ein voller Erfolg",
    "Haushaltsrede: Es ist Zeit für klare Worte",
    "Neuer Vorstand einstimmig gewählt",
)
# Cookie walls, heads, side columns, feet, comments: what must not be in the text stands in §…§.
WALLS = (
    "",
    '<div id="cookie-law-info-bar"><span>§{consent}§ <a>Alle akzeptieren</a> <a>Ablehnen</a></span></div>',
    '<div class="cmplz-cookiebanner" role="dialog"><div class="cmplz-title">Zustimmung verwalten</div><p>§{consent}§</p><button>Akzeptieren</button></div>',
    '<div id="BorlabsCookieBox"><div class="_brlbs-box"><p>§{consent}§</p><ul><li><label>Essenziell</label></li><li><label>Statistiken</label></li></ul></div></div>',
    '<div class="tx-cookieconsent modal fade" tabindex="-1"><div class="modal-dialog"><h3>Datenschutzeinstellungen</h3><p>§{consent}§</p></div></div>',
    '<div data-hook="consent-banner-root" class="consent-banner-root-container"><p>§{consent}§</p></div>',
)
HEADS = (
    '<header class="site-header"><a class="logo" href="/">{party}</a><nav class="main-navigation"><ul>{menu}</ul></nav></header>',
    '<div id="header"><div class="navbar navbar-default"><div class="container"><button class="navbar-toggle" aria-expanded="false" aria-controls="menu">Menü</button><ul id="menu" class="nav navbar-nav">{menu}</ul></div></div></div>',
    '<div class="tx-breadcrumb rootline"><a href="/">Startseite</a> &gt; <a href="/t">Themen</a></div><div id="mainmenu"><ul class="level_1">{menu}</ul></div>',
    '<div id="SITE_HEADER"><div class="wixui-header"><div role="navigation"><ul>{menu}</ul></div></div></div>',
)
SIDES = (
    "",
    '<aside class="widget-area"><section class="widget widget_recent_entries"><h2 class="widget-title">Neueste Beiträge</h2><ul>{teasers}</ul></section><section class="widget"><h2>Newsletter</h2><p>§Tragen Sie sich in unseren Newsletter ein und bleiben Sie informiert.§</p></section></aside>',
    '<div id="sidebar" class="moduletable"><h3>Unser Kandidat</h3><p>§Unser Kandidat steht am Samstag auf dem Markt für Fragen bereit.§</p><ul>{teasers}</ul></div>',
)
SOCIAL = (
    "",
    '<div class="shariff"><ul><li class="shariff-button"><a href="#">teilen</a></li><li><a href="#">twittern</a></li><li><a href="#">E-Mail</a></li></ul></div>',
    '<div class="sharedaddy sd-sharing-enabled"><h3 class="sd-title">§Teilen mit:§</h3><ul><li><a href="#">Klick, um auf Facebook zu teilen</a></li></ul></div>',
)
RELATED = (
    "",
    '<div id="jp-relatedposts"><h3>§Ähnliche Beiträge§</h3>{cards}</div>',
    '<section class="related-posts"><h2>§Das könnte Sie auch interessieren§</h2><div class="row">{cards}</div></section>',
    '<div class="news-list-view">{cards}</div>',
)
COMMENTS = (
    "",
    '<div id="comments" class="comments-area"><h2>2 Kommentare</h2><ol><li><article><p>§Das sehe ich ganz anders, und meine Nachbarn auch.§</p></article></li></ol><div id="respond"><h3>§Schreibe einen Kommentar§</h3><form><p>§Deine E-Mail-Adresse wird nicht veröffentlicht.§</p></form></div></div>',
)
FEET = (
    '<footer class="site-footer"><p>© 2026 {party}. §Alle Rechte vorbehalten.§</p><ul><li><a href="/i">Impressum</a></li><li><a href="/d">Datenschutz</a></li></ul></footer>',
    '<div id="footer" class="footer"><div class="col"><h4>Kontakt</h4><p>{party}, Hauptstraße 1, 12345 Talhausen</p></div><div class="col"><p>§Diese Seite wird mit Ökostrom betrieben.§</p></div></div>',
    '<div id="SITE_FOOTER"><div class="wixui-footer"><p>§Gestaltet von der Agentur Beispiel.§</p></div></div>',
)
BODIES = (
    '<div id="page"><main id="main" class="site-main"><article class="post"><header class="entry-header"><h1>{title}</h1><div class="entry-meta">12. März 2026 von Redaktion</div></header><div class="entry-content">{text}</div>{social}</article>{related}{comments}</main>{side}</div>',
    '<div class="container"><div class="row"><div class="col-md-8" id="content"><div class="item-page"><h1>{title}</h1>{text}{social}</div>{related}{comments}</div><div class="col-md-4">{side}</div></div></div>',
    '<div class="frame-container"><!--TYPO3SEARCH_begin--><div class="ce-header"><h1>{title}</h1></div>{framed}<!--TYPO3SEARCH_end-->{social}{related}</div>{side}{comments}',
    '<div id="masterPage"><div data-mesh-id="c1"><div class="wixui-rich-text"><h1>{title}</h1></div>{framed}</div>{social}{related}{comments}{side}</div>',
    '<div class="elementor"><section class="elementor-section"><div class="elementor-widget-container"><h1>{title}</h1></div>{framed}</section>{social}{related}{side}</div>{comments}',
    '<table width="100%"><tr><td valign="top" class="links">{side}</td><td valign="top"><h1>{title}</h1>{text}{social}</td></tr></table>{related}{comments}',
)
ACCORDIONS = (
    "<details><summary>{title}</summary>{text}</details>",
    '<div class="accordion-item"><h2 class="accordion-header"><button class="accordion-button">{title}</button></h2><div class="accordion-collapse collapse">{text}</div></div>',
    '<div class="elementor-accordion-item"><div class="elementor-tab-title" role="tab"><a class="elementor-accordion-title" href="">{title}</a></div><div class="elementor-tab-content">{text}</div></div>',
    '<div class="panel"><button class="panel-toggle" aria-expanded="false" aria-controls="p{number}">{title}</button><div id="p{number}" hidden>{text}</div></div>',
)


@dataclass(frozen=True)
class Page:
    name: str
    absent: tuple[str, ...]


def printed(
    seeds: Sequence[int], texts: list[list[Piece]] | None = None
) -> Iterator[tuple[Page, list[Piece], bytes]]:
    """Each page with its text and what must not be read of it."""
    for seed in seeds:
        dice = random.Random(f"page {seed}")
        shape = Shape(
            chapters=dice.randint(2, 6),
            sections=dice.choice([(0, 0), (1, 2), (2, 3)]),
            lists=dice.choice([0.3, 0.8]),
            nested=dice.choice([0, 0.4]),
            numbering=dice.choice(["", "", "dot"]),
            foreword=dice.random() < 0.5,
        )
        pieces = chosen(texts, seed, shape)
        page = _page(dice, Author(seed).party, pieces)
        yield (
            Page(f"page {seed}", tuple(page.split("§")[1::2])),
            pieces,
            page.replace("§", "").encode(),
        )


def _page(dice: random.Random, party: str, pieces: list[Piece]) -> str:
    folded = dice.choice(ACCORDIONS) if dice.random() < 0.35 else ""
    chapters = _chapters(pieces[1:], folded)
    menu = "".join(f'<li><a href="/{n}">{name}</a></li>' for n, name in enumerate(LINKS))
    teasers = "".join(f'<li><a href="/n{n}">{name}</a></li>' for n, name in enumerate(TEASERS))
    cards = "".join(
        f'<div class="card"><h4><a href="/n{n}">{name}</a></h4><p>§{name}, so heißt es aus dem Vorstand.§ <a href="/n{n}">Weiterlesen</a></p></div>'
        for n, name in enumerate(TEASERS)
    )
    fill = {"party": html.escape(party), "menu": menu, "teasers": teasers, "cards": cards}
    fill["consent"] = CONSENT
    parts = {
        name: dice.choice(kinds).format(**fill)
        for name, kinds in (
            ("side", SIDES),
            ("social", SOCIAL),
            ("related", RELATED),
            ("comments", COMMENTS),
        )
    }
    body = dice.choice(BODIES).format(
        title=html.escape(pieces[0].text),
        text="".join(chapters),
        framed="".join(
            f'<div class="frame frame-default"><div>{one}</div></div>' for one in chapters
        ),
        **parts,
    )
    wall, head, foot = (dice.choice(kinds).format(**fill) for kinds in (WALLS, HEADS, FEET))
    around = wall + head + body + foot if dice.random() < 0.5 else head + body + foot + wall
    return (
        f'<!doctype html><html lang="de"><head><meta charset="utf-8"><title>{html.escape(pieces[0].text)} – {html.escape(party)}</title></head>'
        f"<body>{around}</body></html>"
    )


def _chapters(pieces: Sequence[Piece], folded: str) -> list[str]:
    """The text of each chapter; chapters after the first may be folded into an accordion."""
    out: list[str] = []
    title, parts, depth = "", [], 0

    def close() -> None:
        text = "".join(parts) + "</ul>" * depth
        if not title:
            out.append(text)
        elif folded:
            out.append(folded.format(title=title, text=text, number=len(out)))
        else:
            out.append(f"<h2>{title}</h2>{text}")

    for piece in pieces:
        words = html.escape(piece.text)
        if piece.kind == "heading" and piece.level == 1:
            close()
            title, parts, depth = words, [], 0
            continue
        wanted = piece.level if piece.kind == "item" else 0
        parts += ["<ul>"] * max(wanted - depth, 0) + ["</ul>"] * max(depth - wanted, 0)
        depth = wanted
        if piece.kind == "heading":
            parts.append(f"<h{piece.level + 1}>{words}</h{piece.level + 1}>")
        elif piece.kind == "item":
            parts.append(f"<li>{words}</li>")
        elif piece.kind == "paragraph":
            parts.append(f"<p>{words}</p>")
    close()
    return out
