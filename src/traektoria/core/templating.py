"""Templates: Jinja2, compiled once for each language, with what never changes worked out when they are compiled.

``_("…")``, ``url("…")`` without arguments, ``static("…")``, icons and buttons of constants say the same on every page
of one language, so they become text of the compiled template. Everything that is printed passes ``printed`` of
``template_filters``.
"""

import re
from collections.abc import Callable, Mapping, MutableMapping
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final

import django.forms
from django.conf import settings
from django.contrib.messages.context_processors import messages as messages_of
from django.http import HttpRequest
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.backends.base import BaseEngine
from django.templatetags.static import static
from django.test.signals import template_rendered
from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language, gettext, ngettext, pgettext
from jinja2 import ChainableUndefined, Environment, FileSystemLoader, TemplateNotFound, nodes, pass_context
from jinja2 import Template as Compiled
from jinja2 import TemplateSyntaxError as BadTemplate
from jinja2.compiler import CodeGenerator, Frame
from jinja2.ext import InternationalizationExtension
from jinja2.runtime import Context
from jinja2.utils import missing
from jinja2.visitor import NodeTransformer
from markupsafe import Markup, escape

from traektoria.core import typography
from traektoria.core.compiled_templates import kept_for
from traektoria.core.components import COMPONENTS
from traektoria.core.context import page as facts_of_the_page
from traektoria.core.template_filters import FILTERS, printed, shown
from traektoria.engines.disclosure import MINIMUM


class Nothing(ChainableUndefined):
    """What is not there: prints nothing, holds nothing, is asked and compared in vain."""

    def __call__(self, *_args: Any, **_kwargs: Any) -> "Nothing":  # type: ignore[override]
        if self._undefined_obj is missing:  # a function of that name does not exist
            self._fail_with_undefined_error()
        return self

    def _never(self, _other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _never  # type: ignore[assignment]


# What a template prints


@lru_cache(maxsize=8)
def words_of(_language: str | None) -> Callable[..., Markup]:
    """``_`` for the templates of one language: a sentence is looked up once, not in each row."""
    said = lru_cache(maxsize=None)(gettext)

    def translated(msgid: str, **values: Any) -> Markup:
        """The translation as markup; «%%» is a percent sign."""
        return _filled(said(msgid), values)

    return translated


def _(msgid: str, **values: Any) -> Markup:
    """The same in the language of the moment."""
    return _filled(gettext(msgid), values)


def in_context(context: str, msgid: str, **values: Any) -> Markup:
    """The translation where the same English words have several."""
    return _filled(pgettext(context, msgid), values)


def plural(one: str, many: str, number: int, **values: Any) -> Markup:
    """The form that this number takes."""
    return _filled(ngettext(one, many, number), values)


def _filled(text: str, values: Mapping[str, Any]) -> Markup:
    if not values:
        return Markup(text.replace("%%", "%"))
    return Markup(text % {name: escape(shown(value)) for name, value in values.items()})


def url(name: str, *args: Any, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return _address(get_script_prefix(), name, args, tuple(kwargs.items()))


@lru_cache(maxsize=8192)
def _address(_prefix: str, name: str, args: tuple[Any, ...], kwargs: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, args=args, kwargs=dict(kwargs))


@pass_context
def fragment(context: Context, name: str, **values: Any) -> Markup:
    """Another template that sees these values and the request, nothing else."""
    values["request"] = context.get("request")
    return Markup(context.environment.get_template(name).render(values))


def piece(name: str, **values: Any) -> Markup:
    """A template that sees these values alone, for a page that is put together in Python."""
    return Markup(environment().get_template(name).render(values))


GLOBALS: Final[dict[str, Callable[..., Any]]] = {
    **COMPONENTS,
    "_": _,
    "ngettext": plural,
    "pgettext": in_context,
    "counted": typography.counted,
    "url": url,
    "static": static,
    "fragment": fragment,
    "current_language": get_language,
}

# What is worked out when a template is compiled

PURE: Final = frozenset(
    {"_", "pgettext", "url", "static", "icon", "chip", "submit", "link_button", "autosave_state", "form_note"}
)


class Constants(NodeTransformer):
    """Calls of pure functions with constants become what they return."""

    def visit_Call(self, node: nodes.Call) -> nodes.Node:
        self.generic_visit(node)
        if not isinstance(node.node, nodes.Name) or node.node.name not in PURE or node.dyn_args or node.dyn_kwargs:
            return node
        if not all(isinstance(one, nodes.Const) for one in [*node.args, *(pair.value for pair in node.kwargs)]):
            return node
        values = {pair.key: pair.value.value for pair in node.kwargs}  # type: ignore[attr-defined]
        result = GLOBALS[node.node.name](*(one.value for one in node.args), **values)  # type: ignore[attr-defined]
        return nodes.Const(Markup(result) if hasattr(result, "__html__") else str(result), lineno=node.lineno)


class Trans(InternationalizationExtension):
    """``{% trans %}``: one form becomes text with values between; of several the number chooses."""

    def _make_node(
        self,
        singular: str,
        plural: str | None,
        context: str | None,
        variables: dict[str, nodes.Expr],
        plural_expr: nodes.Expr | None,
        vars_referenced: bool,
        num_called_num: bool,
    ) -> nodes.Output:
        if plural_expr is not None and plural is not None:
            call = nodes.Name("ngettext", "load")
            words: list[nodes.Expr] = [nodes.Const(singular), nodes.Const(plural), plural_expr]
            values = [nodes.Keyword(name, value) for name, value in variables.items()]
            return nodes.Output([nodes.Call(call, words, values, None, None)])
        parts: list[nodes.Node] = []
        text = gettext(singular)
        for number, part in enumerate(_pieces(text)):
            parts.append(nodes.TemplateData(part) if number % 2 == 0 else variables[part])
        return nodes.Output(parts)


def _pieces(text: str) -> list[str]:
    """Text, name, text, name, … of «Good day, %(name)s!»."""
    found, rest = [], text
    while "%(" in rest:
        before, _mark, rest = rest.partition("%(")
        name, _mark, rest = rest.partition(")s")
        found += [before, name]
    return [part.replace("%%", "%") if number % 2 == 0 else part for number, part in enumerate([*found, rest])]


_DJANGO_FORMS: Final = Path(django.forms.__file__).parent / "jinja2"


_PIECES: Final = re.compile(r"yield from (.+)$|for event in (gen):\n +yield event$", re.MULTILINE)


class Printing(CodeGenerator):
    """What stands between braces goes through ``printed`` alone, not through two functions."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            raise TemplateSyntaxError("Autoescape is on in every template of the house.")
        self.write("environment.printed(")

    def _output_child_post(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        self.write(")")


class House(Environment):
    """The environment of one language."""

    code_generator_class = Printing
    printed = staticmethod(printed)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The names that every template has. Jinja chains them, and walks the chain name by name for each page."""
        return {**self.globals, **(d or {})}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = Constants().visit(super()._parse(source, name, filename))
        return tree

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        """A block is handed up as one text: piece by piece each would wake all that stand around it."""
        return _PIECES.sub(r"yield concat(\1\2)", super()._generate(source, name, filename, defer_init))


def environment() -> House:
    """The environment of the language and the address prefix of this moment."""
    return _environment(get_language(), get_script_prefix())


@lru_cache(maxsize=8)
def _environment(language: str | None, prefix: str) -> House:
    house = House(
        loader=FileSystemLoader([settings.PACKAGE / "templates", _DJANGO_FORMS]),
        autoescape=True,
        auto_reload=settings.DEBUG,
        bytecode_cache=kept_for(language, prefix),
        cache_size=-1,
        undefined=Nothing,
        finalize=shown,
        keep_trailing_newline=True,
        extensions=[Trans],
    )
    house.filters.update(FILTERS)
    house.filters |= {name: partial(FILTERS[name], language=language) for name in ("figure", "percent", "shortest")}
    house.globals.update(GLOBALS, _=words_of(language), least_group=MINIMUM)
    house.tests["none"] = lambda value: value is None or isinstance(value, Nothing)
    return house


# The door of Django


class HouseTemplates(BaseEngine):
    """Templates of the house for ``render``; ``name.html#block`` draws one block of a page."""

    app_dirname = "jinja2"

    def __init__(self, params: dict[str, Any]) -> None:
        super().__init__({name: value for name, value in params.items() if name != "OPTIONS"})

    def get_template(self, template_name: str) -> "PageTemplate":
        name, _mark, block = template_name.partition("#")
        try:
            return PageTemplate(environment().get_template(name), block)
        except TemplateNotFound as absent:
            raise TemplateDoesNotExist(str(absent), backend=self) from absent
        except BadTemplate as bad:
            raise TemplateSyntaxError(f"{bad.filename}:{bad.lineno}: {bad.message}") from bad

    def from_string(self, template_code: str) -> "PageTemplate":
        return PageTemplate(environment().from_string(template_code))


class PageTemplate:
    """A compiled template, or one block of it."""

    def __init__(self, compiled: Compiled, block: str = "") -> None:
        self.compiled, self.block, self.name = compiled, block, compiled.name

    def render(self, context: Mapping[str, Any] | None = None, request: HttpRequest | None = None) -> str:
        values = dict(context or ())
        if request is not None:
            values = {"request": request, **messages_of(request), **facts_of_the_page(request), **values}
        template_rendered.send(sender=self, template=self, context=values)
        if not self.block:
            return Markup(self.compiled.render(values))
        inside = self.compiled.new_context(values)
        return Markup("".join(self.compiled.blocks[self.block](inside)))
