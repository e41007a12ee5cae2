"""No kind of items is forgotten: each says everything of itself in its module, and nobody else tells kinds apart."""

import ast
import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

import traektoria
from tests import sources
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.item_kinds import kinds_for
from traektoria.diagnostics.items import content as c
from traektoria.diagnostics.items.enums import ItemKind
from traektoria.diagnostics.items.kinds.protocol import AnswerSheet, Kind, Marked
from traektoria.diagnostics.items.kinds.registry import BY_FILE_KIND, FORMS, KINDS
from traektoria.engines import questionbanks as q

ROOT = Path(traektoria.__file__).parent
CONTENTS: tuple[Any, ...] = get_args(c.Content)
NAMES = {one.__name__ for one in CONTENTS}
SAID = ("marked", "form", "sheet", "file_kind")
"""What has no value until a kind gives it one."""
ALLOWED = {"demo/answers.py", "diagnostics/items/content.py", "diagnostics/migrations"}
"""The answers of the demo are drawn kind by kind (mypy finds a forgotten one); markers need the criteria of an
extended answer, for which ``extended_of`` asks; migrations are of their day."""


def test_each_kind_has_its_content() -> None:
    assert {one.model_fields["kind"].default for one in CONTENTS} == {*ItemKind.values, "unreadable"}
    assert {kind: one.model_fields["kind"].default for kind, one in KINDS.items()} == {kind: kind for kind in ItemKind}


def test_each_content_is_scored_or_is_not() -> None:
    assert all(isinstance(one.marked, Marked) for one in CONTENTS)
    in_files = {one.file_kind for one in CONTENTS if one.marked is not Marked.NOT} - {None}
    assert in_files == {*q.QuestionKind} - {q.QuestionKind.DESCRIPTION}


def test_each_kind_has_its_form_and_an_instrument() -> None:
    assert set(FORMS) == set(ItemKind)
    assert {kind for instrument in InstrumentKind for kind in kinds_for(instrument)} == set(ItemKind)


@pytest.mark.parametrize("one", CONTENTS)
def test_each_kind_says_everything_of_itself(one: type[Kind]) -> None:
    assert not inspect.isabstract(one)
    assert [name for name in SAID if not hasattr(one, name)] == []


@pytest.mark.parametrize("one", CONTENTS)
def test_each_field_of_a_kind_has_its_label(one: type[Kind]) -> None:
    assert [*one.named] == [name for name in one.model_fields if name != "kind"]
    assert all(str(field.label) for field in one.named.values())


@pytest.mark.parametrize("one", CONTENTS)
def test_the_form_of_a_kind_has_the_rows_at_which_its_remarks_stand(one: type[Kind]) -> None:
    form = one.form
    assert form is None or one.rows_name in {*form.head.base_fields, *(rows.name for rows in form.lists)}


def test_each_question_of_a_file_becomes_one_kind() -> None:
    assert set(BY_FILE_KIND) == set(q.QuestionKind)
    named = [one.file_kind for one in KINDS.values() if one.file_kind is not None]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("one", CONTENTS)
def test_each_kind_has_its_templates_and_its_script(one: type[Kind]) -> None:
    kind = one.model_fields["kind"].default
    templates = ROOT / "templates" / "diagnostics" / "item"
    wanted = [f"{kind}.html", f"paper/{kind}.html", f"sheet/{one.sheet.value}.html"]
    assert [name for name in wanted if not (templates / name).is_file()] == []
    script = (ROOT / "static" / "traektoria" / "sitting.js").read_text(encoding="utf-8")
    table = script[script.index("const kinds = {") :]
    assert re.search(rf"\b{kind}: ", table[: table.index("\n  };")])


def test_no_template_is_left_over() -> None:
    templates = ROOT / "templates" / "diagnostics" / "item"
    kinds = {one.model_fields["kind"].default for one in CONTENTS}
    assert {one.stem for one in (templates / "paper").glob("*.html")} == kinds
    assert {one.stem for one in (templates / "sheet").glob("*.html")} == {one.value for one in AnswerSheet}


def test_nobody_else_tells_kinds_apart() -> None:
    found = []
    for name, tree in sources.trees().items():
        if not name.startswith((*ALLOWED, "diagnostics/items/kinds/")):
            found += [f"{name}:{line}: {words}" for line, words in _branches(tree)]
    assert found == []


def test_no_template_tells_kinds_apart() -> None:
    kinds = "|".join(ItemKind.values)
    compared = re.compile(rf"""kind\s*(?:==|!=|in)\s*[(\[]?\s*["'](?:{kinds})["']""")
    found = [
        f"{path.name}: {match[0]}"
        for path in (ROOT / "templates" / "diagnostics").rglob("*.html")
        for match in compared.finditer(path.read_text(encoding="utf-8"))
    ]
    script = (ROOT / "static" / "traektoria" / "sitting.js").read_text(encoding="utf-8")
    assert found + re.findall(rf"""kind [!=]==? ["'](?:{kinds})["']""", script) == []


@pytest.mark.parametrize(
    "source",
    [
        "isinstance(content, c.Single)",
        "isinstance(content, Likert | c.Choice)",
        "isinstance(content, (c.Open, c.Short))",
        "match content:\n    case c.Matching(whole=True):\n        pass",
        "match kind:\n    case 'matching':\n        pass",
        "row.kind == ItemKind.EXTENDED",
        "rows.filter(item__kind='extended')",
        "content.kind != 'description'",
        "content.kind in ('likert', 'level')",
    ],
)
def test_a_branch_over_kinds_is_found(source: str) -> None:
    assert len(list(_branches(ast.parse(f"from x.items.content import Likert, Open, Short\n{source}")))) == 1


def _branches(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, words) where kinds are told apart: by class, by ``ItemKind``, by a word compared with a kind."""
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and "diagnostics.items" in f"diagnostics.{node.module or ''}"
        for alias in node.names
        if ".items." in f".{node.module}." and alias.name in NAMES
    }
    for node in ast.walk(tree):
        if any(_tells(node, imported)):
            yield node.lineno, ast.unparse(node)[:100]  # type: ignore[attr-defined]


def _tells(node: ast.AST, imported: set[str]) -> Iterator[bool]:
    def is_class(one: ast.AST) -> bool:
        if isinstance(one, ast.Attribute):
            return one.attr in NAMES and isinstance(one.value, ast.Name) and one.value.id in ("c", "content")
        return isinstance(one, ast.Name) and one.id in imported

    def is_kind(one: ast.AST) -> bool:
        return any(isinstance(part, ast.Constant) and part.value in ItemKind.values for part in ast.walk(one))

    match node:
        case ast.Call(func=ast.Name(id="isinstance"), args=[_, classes]):
            yield any(map(is_class, ast.walk(classes)))
        case ast.MatchClass(cls=named):
            yield is_class(named)
        case ast.MatchValue(value=value):
            yield is_kind(value)
        case ast.Attribute(value=ast.Name(id="ItemKind"), attr=name):
            yield name in ItemKind.names
        case ast.Compare(left=left, comparators=others):
            said = [part.attr for part in ast.walk(left) if isinstance(part, ast.Attribute)]
            yield bool({"kind", "item_kind"} & set(said)) and any(map(is_kind, others))
        case ast.keyword(arg=str() as name, value=value):
            yield name.endswith("item__kind") and is_kind(value)
