"""Components escape whatever they are given, each on its own and all templates through the environment."""

import inspect
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.test import RequestFactory
from django.utils import timezone
from jinja2 import nodes
from markupsafe import Markup, escape

import traektoria
from traektoria.core.components import COMPONENTS
from traektoria.core.forms import Offered
from traektoria.core.paging import counted_page
from traektoria.core.registries import DeskGroup, DeskLine
from traektoria.core.template_filters import FILTERS
from traektoria.core.templating import GLOBALS, environment

TEMPLATES = Path(traektoria.__file__).parent / "templates"
EVERY = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())
HOSTILE = "'\"><script>alert(1)</script>&"


class Hostile(forms.Form):
    """Its label, hint and error are words of ours; what was typed and what can be chosen are not."""

    word = forms.CharField(label=HOSTILE, max_length=3)
    kind = forms.ChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)])
    long = forms.CharField(label=HOSTILE, widget=forms.Textarea)
    many = forms.MultipleChoiceField(label=HOSTILE, choices=[(HOSTILE, HOSTILE)], widget=forms.CheckboxSelectMultiple)

    def clean(self) -> None:
        self.add_error(None, HOSTILE)


def context() -> dict[str, Any]:
    return {"request": RequestFactory().get("/people/", {"q": HOSTILE}), "page": counted_page(range(50), "2")}


ENTRY = SimpleNamespace(at=timezone.make_aware(datetime(2026, 9, 5)), who=HOSTILE, text=HOSTILE, icon="")
SPECIAL: dict[str, dict[str, Any]] = {
    "waiting_count": {"number": 3},
    "new_count": {"number": 3},
    "notice": {"kind": "danger"},
    "boxed": {"kind": "task"},
    "in_zone": {"zone": "Europe/Moscow"},
    "paper_buttons": {"fact": object()},
    "deadline": {"due": ENTRY.at},
    "desk_line": {"line": DeskLine(DeskGroup.TODAY, HOSTILE, HOSTILE, HOSTILE, HOSTILE, ENTRY.at.date(), overdue=True)},
    "timeline": {"entries": [ENTRY]},
    "comments": {"entries": [ENTRY]},
    "error_summary": {"form": Hostile({"word": HOSTILE, "kind": HOSTILE})},
    "pagination": {"page": context()["page"]},
    "stat_count": {"number": 3, "one": f"%(n)s {HOSTILE}", "many": f"%(n)s {HOSTILE}"},
    "stat": {"value": HOSTILE, "n": 12},
    "icon": {"name": "plus"},
    "icon_link": {"sign": "plus"},
    "step_bar": {"current": 1, "labels": (HOSTILE, HOSTILE)},
    "breadcrumbs": {"parts": (HOSTILE, HOSTILE, HOSTILE)},
    "tab": {"count": 3},
    "share_of": {"done": 1, "total": 2},
    "progress": {"done": 1, "total": 2},
    "form_note": {"minutes": 2},
    "hours_cells": {
        "cells": [("2026-09-07", [SimpleNamespace(begins="9:00", ends="", label=HOSTILE, number=2, clash=True)])]
    },
}


def called(name: str, component: Callable[..., Any]) -> str:
    """What it returns for a hostile text in each place that takes text."""
    given, rest, special = {}, [], SPECIAL.get(name, {})
    for parameter in inspect.signature(component).parameters.values():
        if parameter.kind is inspect.Parameter.VAR_POSITIONAL:
            rest = list(special[parameter.name])
        elif parameter.name in special:
            given[parameter.name] = special[parameter.name]
        elif parameter.name == "context":
            given["context"] = environment().from_string("").new_context(context())
        elif parameter.name == "caller":
            given["caller"] = lambda: Markup("<i>inside</i>")
        elif parameter.name == "icon":
            given["icon"] = "plus"
        elif parameter.annotation is str:
            given[parameter.name] = HOSTILE
    if rest:
        return str(escape(component(*given.values(), *rest)))
    return str(escape(component(**given)))


@pytest.mark.django_db
@pytest.mark.parametrize("name", COMPONENTS)
def test_component_escapes(name: str) -> None:
    said = called(name, COMPONENTS[name])
    assert "<script" not in said
    assert "&#34;&gt;" in said or "&lt;script" in said or HOSTILE not in str(SPECIAL.get(name, "")), said


def test_the_bell_says_no_more_than_99_beside_itself_and_all_of_it_aloud() -> None:
    said = str(COMPONENTS["new_count"](120))
    assert ">99+<" in said
    assert "120" in said
    assert not COMPONENTS["new_count"](0)


def test_offered_options_are_drawn_and_checked_as_any_others() -> None:
    class Choosing(forms.Form):
        one = forms.ChoiceField(required=False)

    def drawn(options: Any, chosen: str) -> tuple[str, bool]:
        form = Choosing({"one": chosen})
        form.fields["one"].choices = options  # type: ignore[attr-defined]
        return str(form), form.is_valid()

    pairs = [("", "any"), ("a", HOSTILE), ("b", "Школа\0 № 2"), ("c", "\0")]
    for chosen in ("", "a", "c", "z"):
        assert drawn(Offered(pairs), chosen) == drawn(pairs, chosen)
    assert [drawn(Offered(pairs), chosen)[1] for chosen in ("", "a", "z")] == [True, True, False]


def test_gallery_shows_every_component() -> None:
    blocks = environment().get_template("core/gallery.html").blocks
    assert {f"example_{name}" for name in COMPONENTS} == {name for name in blocks if name.startswith("example_")}


def test_fields_escape() -> None:
    for data in (None, {"word": HOSTILE, "kind": HOSTILE, "long": HOSTILE, "many": [HOSTILE]}):
        form = Hostile(data, initial={"word": HOSTILE, "kind": HOSTILE, "long": HOSTILE})
        said = str(form)
        assert "<script" not in said
        assert said.count("&lt;script") > 4


@pytest.mark.parametrize("name", EVERY)
def test_template_prints_nothing_unescaped(name: str) -> None:
    """It compiles, calls what there is, hides no function behind a name of its own, and trusts no text of others."""
    every = list(environment()._parse((TEMPLATES / name).read_text(), name, name).find_all(nodes.Node))
    own = {one.name for one in every if isinstance(one, nodes.Name) and one.ctx in ("store", "param")}
    asked = {one.node.name for one in every if isinstance(one, nodes.Call) and isinstance(one.node, nodes.Name)}
    filters = {one.name for one in every if isinstance(one, nodes.Filter)}
    assert asked <= {*GLOBALS, *own, "super", "caller"}, asked - {*GLOBALS, *own}
    assert not own & set(GLOBALS), "hides a function"
    assert not any(isinstance(one, nodes.ScopedEvalContextModifier) for one in every), "autoescape is on everywhere"
    assert filters <= {*FILTERS, *environment().filters}
    assert "safe" not in filters or name in TRUSTED, "says «safe» of what it prints"
    environment().get_template(name)


TRUSTED: set[str] = set()
"""Templates that print markup made by us, named one by one."""


TEXT_FILTERS = {
    "nbsp": "",
    "quote_ru": "",
    "capfirst": "",
    "truncatechars": "(40)",
    "truncatewords": "(9)",
    "truncatechars_html": "(40)",
    "urlencode": "",
    "linebreaks": "",
    "linebreaksbr": "",
    "urlize": "",
    "stringformat": '("s")',
    "add": '("x")',
    "default_if_none": '("x")',
    "unlocalize": "",
    "join": '("<script>")',
}
NUMBERS = {
    "ru_day", "short_day", "ru_moment", "clock", "in_hours", "percent", "figure", "shortest", "date", "length", "yesno",
}  # fmt: skip
NO_TEXT = {"message_kind", "regrouped"}


def test_every_filter_is_asked() -> None:
    assert set(FILTERS) == {*TEXT_FILTERS, *NUMBERS, *NO_TEXT}


@pytest.mark.parametrize("name", TEXT_FILTERS)
def test_filters_trust_no_text(name: str) -> None:
    said = environment().from_string(f"{{{{ value|{name}{TEXT_FILTERS[name]} }}}}").render({"value": HOSTILE})
    assert said
    assert "<script" not in said


def test_values_are_escaped_wherever_they_are_printed() -> None:
    source = (
        "{{ x }}{{ x|upper }}{% set y = x %}{{ y }}{% call card(x) %}{{ x }}{% endcall %}"
        "{{ _('Page %(number)s', number=x) }}{% trans x=x %}a {{ x }}{% endtrans %}"
        "{% trans n=2, x=x %}{{ x }}{% pluralize n %}{{ n }} {{ x }}{% endtrans %}"
        "{{ [x]|join(x) }}{{ chip('info', x) }}{{ x ~ x }}{{ undefined.thing }}"
    )
    said = environment().from_string(source).render({"x": HOSTILE})
    assert "<script" not in said.lower()
    assert said.lower().count("&lt;script") >= 12
