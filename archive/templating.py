"""Templates are compiled once for each language: what they say in it is then text and no longer looked up.

The frame of every page holds some sixty translated phrases. Looking each up at 5 µs whenever a page is made, and
walking over its node, was a fifth of the time of a page.
"""

from __future__ import annotations

from typing import Any

from django.template import Context, Origin, Template, TemplateDoesNotExist
from django.template.base import Node, NodeList, TextNode, TokenType
from django.template.defaulttags import IfNode, LoadNode
from django.template.loaders import base, cached
from django.templatetags.i18n import BlockTranslateNode, LanguageNode, TranslateNode
from django.templatetags.static import StaticNode
from django.utils.html import conditional_escape
from django.utils.translation import get_language

from archive.compiling import Compiled


class _Folded(base.Loader):
    """Makes the compiled template that the cache below keeps."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        tried = []
        for origin in self.get_template_sources(template_name):
            if skip is not None and origin in skip:
                tried.append((origin, "Skipped to avoid recursion"))
                continue
            try:
                contents = self.get_contents(origin)  # type: ignore[attr-defined]
            except TemplateDoesNotExist:
                tried.append((origin, "Source does not exist"))
                continue
            template = Compiled(contents, origin, template_name, self.engine)
            fold(template)
            return template
        raise TemplateDoesNotExist(template_name, tried=tried)


class Loader(cached.Loader, _Folded):
    """Django's cache of compiled templates, with one for each language."""

    def cache_key(self, template_name: str, skip: list[Origin] | None = None) -> str:
        return f"{get_language()} {super().cache_key(template_name, skip)}"


def fold(template: Template) -> None:
    """Put text in place of every phrase that needs nothing but the language, and join what stands side by side."""
    nothing = Context()
    with nothing.bind_template(template):
        _fold(template.nodelist, nothing)


def _fold(nodes: NodeList, nothing: Context) -> None:
    folded: list[Any] = []
    for node in nodes:
        for inner in _inside(node):
            _fold(inner, nothing)
        text = _text(node, nothing)
        if text is None:
            folded.append(node)
        elif folded and isinstance(folded[-1], TextNode):
            folded[-1] = TextNode(folded[-1].s + text)
        else:
            folded.append(TextNode(text))
    nodes[:] = folded


def _inside(node: Node) -> list[NodeList]:
    if isinstance(node, LanguageNode):  # another language than that of the page
        return []
    if isinstance(node, IfNode):
        return [nodes for _condition, nodes in node.conditions_nodelists]
    found = [getattr(node, name, None) for name in node.child_nodelists]
    return [nodes for nodes in found if isinstance(nodes, NodeList)]


def _text(node: Node, nothing: Context) -> str | None:
    """What a node will always be in this language; None where that hangs on the page."""
    if isinstance(node, TextNode):
        return node.s
    if isinstance(node, LoadNode):
        return ""
    if type(node) is StaticNode:
        constant = not node.varname and not node.path.is_var and not node.path.filters
        return conditional_escape(node.url(nothing)) if constant else None
    if isinstance(node, TranslateNode):
        phrase = node.filter_expression
        plain = not (node.asvar or node.noop or node.message_context or phrase.filters)
        constant = getattr(phrase.var, "literal", None) is not None
        return node.render(nothing) if plain and constant else None
    if isinstance(node, BlockTranslateNode):
        hangs = node.extra_context or node.countervar or node.asvar or node.message_context
        variable = any(token.token_type is not TokenType.TEXT for token in node.singular)
        return None if hangs or variable else node.render(nothing)
    return None
