"""A name that a block of a page sets («{% set back = … %}») is gone after that block: another must set its own."""

from pathlib import Path

from jinja2 import meta, nodes

import traektoria
from traektoria.core.templating import environment

TEMPLATES = Path(traektoria.__file__).parent / "templates"


def names_set(block: nodes.Block) -> set[str]:
    """By ``set`` and by loops."""
    targets = [node.target for kind in (nodes.Assign, nodes.For) for node in block.find_all(kind)]
    inside = [name for target in targets for name in target.find_all(nodes.Name)]
    return {name.name for name in [*targets, *inside] if isinstance(name, nodes.Name)}


def names_asked(block: nodes.Block) -> set[str]:
    """Names that are read there and not set there before."""
    alone = nodes.Template(block.body, lineno=1).set_environment(environment())
    return meta.find_undeclared_variables(alone)  # type: ignore[arg-type]


def foreign_names(page: str) -> set[str]:
    blocks = list(environment().parse(page).find_all(nodes.Block))
    nested = {id(inner) for block in blocks for inner in block.find_all(nodes.Block) if inner is not block}
    blocks = [block for block in blocks if id(block) not in nested]
    return {
        name
        for block in blocks
        for name in names_asked(block)
        if any(name in names_set(other) for other in blocks if other is not block)
        and name in {one.name for one in block.find_all(nodes.Name)}
        and name not in names_set(block)
    }


def test_no_block_counts_on_the_names_of_another() -> None:
    pages = {
        path.relative_to(TEMPLATES).as_posix(): foreign_names(path.read_text()) for path in TEMPLATES.rglob("*.html")
    }
    assert {page: names for page, names in pages.items() if names} == {}


def test_the_check_sees_such_a_name() -> None:
    page = '{% block a %}{% set back = _("x") %}{% endblock %}{% block b %}{{ tab(back, "y") }}{% endblock %}'
    assert foreign_names(page) == {"back"}
    assert foreign_names(page.replace("{{ tab", "{% set back = 1 %}{{ tab")) == set()
