"""What a field of the schema holds, told from its type: the editor and the keeping of archived rows are made of this.

Which slugs a version knows, and how a new content keeps those of an older one, are here too, for they walk the schema.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from traektoria.organisations.regulations.criteria import Group
from traektoria.organisations.regulations.parts import Named, Part
from traektoria.organisations.regulations.schema import Rules

Kind = Literal["text", "yes", "whole", "number", "choice", "choices", "lines", "numbers", "rows", "part", "tree"]
Content = dict[str, Any]
_PLAIN: dict[Any, Kind] = {str: "text", bool: "yes", int: "whole", float: "number"}
_LISTS: dict[Any, Kind] = {str: "lines", int: "numbers"}
HIDDEN = frozenset({"slug", "archived", "kind"})


@dataclass(frozen=True)
class Shape:
    """``of`` is the enumeration, the literal's words or the part that the field holds."""

    kind: Kind
    of: Any = None


def shape_of(field: FieldInfo) -> Shape:
    """The shape of a field of a part."""
    held = field.annotation
    if get_origin(held) is tuple:
        return _list_of(get_args(held)[0])
    if get_origin(held) is Literal:
        return Shape("choice", get_args(held))
    if get_origin(held) in (Union, UnionType):
        held = get_args(held)[0]
    if held in _PLAIN:
        return Shape(_PLAIN[held])
    if held is Group:
        return Shape("tree", held)
    return Shape("part" if issubclass(held, Part) else "choice", held)  # type: ignore[arg-type]


def _list_of(held: Any) -> Shape:
    if get_origin(held) is not None and not isinstance(held, type):
        held = get_args(held)[0]
    if held in _LISTS:
        return Shape(_LISTS[held])
    if isinstance(held, type) and issubclass(held, StrEnum):
        return Shape("choices", held)
    return Shape("rows", held)


def shapes_of(part: type[Part]) -> dict[str, Shape]:
    """The fields that people see, in order."""
    return {name: shape_of(field) for name, field in part.model_fields.items() if name not in HIDDEN}


def slugs_of(content: Content, part: type[Part] = Rules, place: str = "") -> Iterator[tuple[str, str]]:
    """(place, slug) of every named row, archived ones too: «about.functions», «checklists.lesson.items»."""
    for name, shape in shapes_of(part).items():
        held, here = content.get(name), f"{place}{name}"
        if shape.kind == "rows" and issubclass(shape.of, Named):
            for row in held or ():
                yield here, row["slug"]
                yield from slugs_of(row, shape.of, f"{here}.{row['slug']}.")
        elif shape.kind == "part" and held:
            yield from slugs_of(held, shape.of, f"{here}.")
        elif shape.kind == "tree":
            yield from ((here, node["slug"]) for node in nodes_of(held))


def nodes_of(node: Any) -> Iterator[Any]:
    """A criterion and all below it, as content."""
    yield node
    for one in node.get("of", ()):
        yield from nodes_of(one)


def keeping(old: Content, new: Content, part: type[Part] = Rules) -> Content:
    """``new`` with the named rows of ``old`` that it lacks added as archived: other records refer to them."""
    kept = dict(new)
    for name, shape in shapes_of(part).items():
        before, after = old.get(name), new.get(name)
        if shape.kind == "rows" and issubclass(shape.of, Named):
            kept[name] = _rows_keeping(before or [], after or [], shape.of)
        elif shape.kind == "part" and before and after:
            kept[name] = keeping(before, after, shape.of)
        elif shape.kind == "tree":
            kept[name] = _tree_keeping(before, after)
    return kept


def _rows_keeping(old: list[Content], new: list[Content], part: type[Part]) -> list[Content]:
    had = {row["slug"]: row for row in old}
    rows = [keeping(had[row["slug"]], row, part) if row["slug"] in had else row for row in new]
    have = {row["slug"] for row in new}
    return [*rows, *({**row, "archived": True} for row in old if row["slug"] not in have)]


def _tree_keeping(old: Any, new: Any) -> Any:
    have = {node["slug"] for node in nodes_of(new)}
    return {**new, "of": [*new["of"], *_lacking(old, have)]}


def _lacking(node: Any, have: set[str]) -> list[Any]:
    """The criteria at or below ``node`` that are not in ``have``, archived; a group keeps what of it is lacking too."""
    below = [lost for one in node.get("of", ()) for lost in _lacking(one, have)]
    if node["slug"] in have:
        return below
    own = {**node, "archived": True}
    return [{**own, "of": below, "rule": "all"} if "of" in node else own]
