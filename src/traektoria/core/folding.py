"""Templates whose unchanging parts are worked out once for each language instead of once for each page.

Most of a page never changes: text, ``{% trans "…" %}``, ``{% url "name" %}`` and ``{% static "…" %}`` of a literal,
``{% icon "…" %}``. After a template is compiled its neighbours of that kind are folded into one node that keeps what
they said. Nothing else is touched: the language of the moment chooses the text, a node with a variable stays as it was.
"""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from django.conf import settings
from django.template import Node, NodeList
from django.template.base import FilterExpression, Template, TextNode, Variable
from django.template.context import Context
from django.template.defaulttags import IfNode, URLNode
from django.template.library import SimpleNode
from django.template.loaders.cached import Loader as CachedLoader
from django.templatetags.i18n import TranslateNode
from django.templatetags.static import StaticNode
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

Function = TypeVar("Function", bound=Callable[..., Any])

PURE: set[Callable[..., Any]] = set()
"""Functions of simple tags whose result depends on their arguments and the language only."""


def pure(function: Function) -> Function:
    """Say of a simple tag's function that it may be folded where its arguments are literal."""
    PURE.add(function)
    return function


class Folded(Node):
    """Neighbouring nodes that say the same on every page in one language under one address prefix."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        self.nodes = list(nodes)
        self.said: dict[tuple[str | None, str], SafeString] = {}

    def render_annotated(self, context: Context) -> SafeString:
        key = (get_language(), get_script_prefix())
        text = self.said.get(key)
        if text is None:
            text = mark_safe("".join(str(node.render_annotated(context)) for node in self.nodes))
            self.said[key] = text
        return text

    render = render_annotated


class Named(Node):
    """The same for ``{% trans "…" as name %}`` and ``{% url "…" as name %}``: keeps the value, sets the name."""

    def __init__(self, node: Any) -> None:
        self.node, self.name = node, node.asvar
        self.values: dict[tuple[str | None, str], Any] = {}

    def render_annotated(self, context: Context) -> str:
        key = (get_language(), get_script_prefix())
        if key in self.values:
            context[self.name] = self.values[key]
            return ""
        self.node.render_annotated(context)
        self.values[key] = context[self.name]
        return ""

    render = render_annotated


def _literal(expression: Any) -> bool:
    """A literal without filters."""
    if not isinstance(expression, FilterExpression) or expression.filters:
        return False
    return not isinstance(expression.var, Variable) or expression.var.lookups is None


def _constant(node: Node) -> bool:
    if type(node) in (TextNode, Folded):
        return True
    if type(node) is TranslateNode:
        return not node.noop and node.message_context is None and _literal(node.filter_expression)
    if type(node) is URLNode:
        return not node.args and not node.kwargs and _literal(node.view_name)
    if type(node) is StaticNode:
        return node.varname is None and _literal(node.path)
    if type(node) is SimpleNode:
        plain = node.func in PURE and not node.takes_context and node.target_var is None
        return plain and all(map(_literal, [*node.args, *node.kwargs.values()]))
    return False


def fold(nodes: NodeList) -> None:
    """Fold the list and the lists inside its nodes, in place."""
    found: list[Node] = []
    run: list[Node] = []

    def close() -> None:
        if len(run) == 1 and isinstance(run[0], TextNode):
            found.append(run[0])
        elif run:
            found.append(Folded(run))
        run.clear()

    for node in nodes:
        if not _constant(node):
            close()
            _inside(node)
            found.append(node)
        elif getattr(node, "asvar", None):
            close()
            found.append(Named(node))
        else:
            run.append(node)
    close()
    nodes[:] = found


def _inside(node: Node) -> None:
    inner: list[Any]
    if isinstance(node, IfNode):  # its ``nodelist`` is a new list at each look
        inner = [nodes for _condition, nodes in node.conditions_nodelists]
    else:  # block tags hold ``nodelist`` without saying so in ``child_nodelists``
        inner = [getattr(node, name, None) for name in {*node.child_nodelists, "nodelist"}]
    for nodes in inner:
        if isinstance(nodes, NodeList):
            fold(nodes)


class Loader(CachedLoader):
    """Django's cached loader that folds each template when it is first compiled."""

    def get_template(self, template_name: str, skip: Any = None) -> Template:
        template = super().get_template(template_name, skip)
        if not settings.DEBUG and not getattr(template, "folded", False):
            fold(template.nodelist)
            template.folded = True  # type: ignore[attr-defined]
        return template
