"""How templates are compiled: into Django's own nodes, but for the few that a page has by the hundred.

What they give is what Django's give; whatever is not plain (a value that is missing, a name that is an index, a method
that wants arguments or raises) is left to Django's. Measured on a page of results: Django looks every name up as a
key first and takes the exception for "is an attribute", and walks over the whole frame of a page for its blocks.
"""

from __future__ import annotations

from html import escape
from typing import Any, Final

from django.conf import settings
from django.template import Template, base
from django.template.base import (
    FilterExpression,
    Node,
    NodeList,
    TextNode,
    Token,
    Variable,
    VariableNode,
    render_value_in_context,
)
from django.template.loader_tags import (
    BLOCK_CONTEXT_KEY,
    BlockContext,
    BlockNode,
    ExtendsNode,
    IncludeNode,
)
from django.utils.safestring import SafeData, SafeString, mark_safe
from django.utils.timezone import template_localtime  # type: ignore[attr-defined]
from django.utils.translation import get_language

MISSING: Final = object()
LEFT_TO_DJANGO: Final = object()


class Compiled(Template):
    """A template of these nodes."""

    def compile_nodelist(self) -> NodeList:
        if self.engine.debug:  # whoever looks for a mistake is shown the line it is in
            nodes: NodeList = super().compile_nodelist()
            return nodes
        parser = _Parser(
            base.Lexer(self.source).tokenize(),
            self.engine.template_libraries,
            self.engine.template_builtins,
            self.origin,
        )
        nodes = parser.parse()
        self.extra_data = parser.extra_data
        return nodes


class _Parser(base.Parser):
    def compile_filter(self, token: str) -> FilterExpression:
        return _Expression(token, self)

    def extend_nodelist(self, nodelist: NodeList, node: Node, token: Token) -> None:
        if type(node) is VariableNode:
            node = _Value(node.filter_expression)
        elif type(node) is ExtendsNode:
            node = _Extends(node.nodelist, node.parent_name)  # type: ignore[arg-type]
        elif type(node) is IncludeNode:
            node = _Include(
                node.template,
                extra_context=node.extra_context,
                isolated_context=node.isolated_context,
            )
        super().extend_nodelist(nodelist, node, token)


class _Expression(FilterExpression):
    """A value with filters, as in `place.name|truncatechars:60`."""

    __slots__ = ("names", "steps")

    def __init__(self, token: str, parser: base.Parser) -> None:
        super().__init__(token, parser)
        plain = isinstance(self.var, Variable) and not self.var.translate
        self.names: tuple[str, ...] | None = self.var.lookups if plain else None
        self.steps = tuple(
            (
                filter_,
                tuple(arg if is_variable else mark_safe(arg) for is_variable, arg in args),  # noqa: S308 – as Django does
                getattr(filter_, "expects_localtime", False),
                getattr(filter_, "needs_autoescape", False),
                getattr(filter_, "is_safe", False),
            )
            for filter_, args in self.filters
        )

    def resolve(self, context: Any, ignore_failures: bool = False) -> Any:
        if self.names is None:
            return super().resolve(context, ignore_failures)
        value = _found(context, self.names)
        if value is LEFT_TO_DJANGO:
            return super().resolve(context, ignore_failures)
        if value is MISSING:
            if not ignore_failures and context.template.engine.string_if_invalid:
                return super().resolve(context, ignore_failures)
            value = None if ignore_failures else ""
        for filter_, args, expects_localtime, needs_autoescape, is_safe in self.steps:
            arguments = [arg.resolve(context) if isinstance(arg, Variable) else arg for arg in args]
            if expects_localtime:
                value = template_localtime(value, context.use_tz)
            made = (
                filter_(value, *arguments, autoescape=context.autoescape)
                if needs_autoescape
                else filter_(value, *arguments)
            )
            value = mark_safe(made) if is_safe and isinstance(value, SafeData) else made  # noqa: S308 – as Django does
        return value


class _Value(VariableNode):
    """A value that is shown."""

    def render(self, context: Any) -> Any:
        try:
            value = self.filter_expression.resolve(context)
        except UnicodeDecodeError:
            return ""
        kind = type(value)
        if kind is SafeString:
            return value
        if kind is str:
            return escape(value) if context.autoescape else value
        if kind is int and not settings.USE_THOUSAND_SEPARATOR:
            return str(value)
        return render_value_in_context(value, context)


class _Extends(ExtendsNode):
    """A page in its frame: the frame is sought once in each language, and so are the blocks in it."""

    def __init__(self, nodelist: NodeList, parent_name: FilterExpression) -> None:
        super().__init__(nodelist, parent_name)
        self._frames: dict[str | None, tuple[Any, dict[Any, Any]]] = {}

    def render(self, context: Any) -> Any:
        if not _is_constant(self.parent_name):
            return super().render(context)
        language = get_language()
        if language not in self._frames:
            self._frames[language] = _with_blocks(self.get_parent(context))
        frame, blocks = self._frames[language]
        known = context.render_context.get(BLOCK_CONTEXT_KEY)
        if known is None:
            known = context.render_context[BLOCK_CONTEXT_KEY] = BlockContext()
        known.add_blocks(self.blocks)
        known.add_blocks(blocks)
        with context.render_context.push_state(frame, isolated_context=False):
            return frame._render(context)


class _Include(IncludeNode):
    """A template within another: one that is named as such is sought once in each language."""

    def __init__(self, template: FilterExpression, **more: Any) -> None:
        super().__init__(template, **more)
        self._found: dict[str | None, Any] = {}

    def render(self, context: Any) -> Any:
        if not _is_constant(self.template):
            return super().render(context)
        language = get_language()
        template = self._found.get(language)
        if template is None:
            template = context.template.engine.get_template(str(self.template.var))
            self._found[language] = template
        values = {name: value.resolve(context) for name, value in self.extra_context.items()}
        if self.isolated_context:
            return template.render(context.new(values))
        with context.push(**values):
            return template.render(context)


def _is_constant(name: Any) -> bool:
    return isinstance(name.var, str) and not name.filters


def _with_blocks(frame: Template) -> tuple[Template, dict[Any, Any]]:
    """A frame that is in a frame itself names its blocks when it is shown."""
    first = next((node for node in frame.nodelist if not isinstance(node, TextNode)), None)
    if first is None or isinstance(first, ExtendsNode):
        return frame, {}
    blocks: list[Any] = list(frame.nodelist.get_nodes_by_type(BlockNode))
    return frame, {block.name: block for block in blocks}


def _found(context: Any, names: tuple[str, ...]) -> Any:
    """What `a.b.c` is; `MISSING` where there is no a, `LEFT_TO_DJANGO` where it is not plain."""
    first = names[0]
    for values in reversed(context.dicts):
        if first in values:
            value = values[first]
            break
    else:
        return LEFT_TO_DJANGO if len(names) > 1 or hasattr(context, first) else MISSING
    try:
        if callable(value):
            return LEFT_TO_DJANGO
        for name in names[1:]:
            kind = type(value)
            if kind is dict:
                value = value[name]
            elif hasattr(kind, "__getitem__"):
                return LEFT_TO_DJANGO
            else:
                value = getattr(value, name)
            if callable(value):
                if getattr(value, "do_not_call_in_templates", False) or getattr(
                    value, "alters_data", False
                ):
                    return LEFT_TO_DJANGO
                value = value()
    except Exception:  # whatever it is, Django decides what is made of it
        return LEFT_TO_DJANGO
    return value
