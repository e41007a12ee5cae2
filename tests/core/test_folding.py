"""Folded templates say the same as plain ones, in each language, and leave variables alone."""

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.utils.translation import override

from traektoria.core.folding import Folded, Named, fold

SOURCE = """{% load i18n %}<b>{% trans "Save" %}</b>{% icon "check" %}{% url "desk:home" as home %}
<a href="{{ home }}">{% if shown %}{% trans "Reset" as word %}{{ word }}: {{ name }}
{% else %}<i>{% trans "Show" %}</i>{% endif %}
{% for n in numbers %}
{{ n }}{% trans "optional" %}{% endfor %}{% fold "x" %}{% trans "Show" %}{{ name }}{% endfold %}"""


def template() -> Template:
    engine = Engine(
        builtins=settings.COMPONENTS,
        libraries={"i18n": "django.templatetags.i18n"},
    )
    return engine.from_string(SOURCE)


@pytest.mark.parametrize("shown", [True, False])
def test_folded_says_the_same(shown: bool) -> None:
    values = {"shown": shown, "name": "<Anna>", "numbers": [1, 2]}
    plain, folded = template(), template()
    fold(folded.nodelist)
    for language in ("ru", "en", "ru"):
        with override(language):
            assert folded.render(Context(values)) == plain.render(Context(values))


def test_constants_become_one_node() -> None:
    folded = template()
    fold(folded.nodelist)
    kinds = [type(node) for node in folded.nodelist]
    assert (kinds.count(Folded), kinds.count(Named)) == (1, 1)


def test_a_second_render_keeps_variables_fresh() -> None:
    folded = template()
    fold(folded.nodelist)
    assert "Anna" in folded.render(Context({"shown": True, "name": "Anna"}))
    assert "Boris" in folded.render(Context({"shown": True, "name": "Boris"}))
