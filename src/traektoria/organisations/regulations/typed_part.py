"""A part of a regulation as it is typed: a tree of texts from a form or from content, which buttons change.

``Raw`` has for each field a list of the texts that the browser sends, for rows a list of ``Raw``, for a part that may
be absent ``Raw`` or None. Names of the form: «f-functions-2-title»; the count of rows is «f-functions-n».
"""

from collections.abc import Collection
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from pydantic_core import PydanticUndefined

from traektoria.core.errors import Invalid
from traektoria.organisations.regulations.draft_content import free_slug
from traektoria.organisations.regulations.fields import written
from traektoria.organisations.regulations.parts import Named, Part
from traektoria.organisations.regulations.shapes import Content, Shape, shapes_of
from traektoria.organisations.regulations.tree import next_active

Raw = dict[str, Any]
Known = Collection[tuple[str, str]]
MOST_ROWS = 200
ROOT = "f"


def read(part: type[Part], post: QueryDict, names: Collection[str] | None = None, prefix: str = ROOT) -> Raw:
    """What was sent. Raises ``Invalid`` when a list of rows came without its count."""
    raw: Raw = {}
    for name, shape in fields(part, names).items():
        key = f"{prefix}-{name}"
        if shape.kind == "rows":
            places = range(_count(post, key))
            raw[name] = [read(shape.of, post, prefix=f"{key}-{place}") for place in places]
        elif shape.kind == "part":
            raw[name] = read(shape.of, post, prefix=key) if f"{key}-here" in post else None
        else:
            raw[name] = post.getlist(key)
    if issubclass(part, Named):
        raw |= {name: post.getlist(f"{prefix}-{name}") for name in ("slug", "archived")}
    return raw


def _count(post: QueryDict, key: str) -> int:
    number = post.get(f"{key}-n", "")
    if not number.isdecimal():
        raise Invalid(_("The page came incompletely: open it again."), code="incomplete")
    return min(int(number[:4]), MOST_ROWS)


def as_typed(part: type[Part], content: Content, names: Collection[str] | None = None) -> Raw:
    """The content as a form would have sent it."""
    raw: Raw = {}
    for name, shape in fields(part, names).items():
        held = content.get(name, default_of(part, name))
        if shape.kind == "rows":
            raw[name] = [as_typed(shape.of, row) for row in held or ()]
        elif shape.kind == "part":
            raw[name] = as_typed(shape.of, held) if held else None
        else:
            raw[name] = written(shape, held)
    if issubclass(part, Named):
        raw |= {"slug": [content.get("slug", "")], "archived": ["on"] if content.get("archived") else []}
    return raw


def default_of(part: type[Part], name: str) -> Any:
    default = part.model_fields[name].default
    return None if default is PydanticUndefined else default


def fields(part: type[Part], names: Collection[str] | None = None) -> dict[str, Shape]:
    """The shapes of the fields on a form: all but the tree of criteria, or only ``names`` in their order."""
    shapes = {name: shape for name, shape in shapes_of(part).items() if shape.kind != "tree"}
    return shapes if names is None else {name: shapes[name] for name in names if name in shapes}


def is_blank(part: type[Part], raw: Raw) -> bool:
    """Nothing has been typed into a new row."""
    empty = as_typed(part, {})
    return all(_text(raw[name]) == _text(empty[name]) for name in empty if name not in ("slug", "archived"))


def _text(typed: Any) -> Any:
    return [text.strip() for text in typed if text.strip()] if typed and isinstance(typed[0], str) else typed or []


def press(part: type[Part], raw: Raw, act: str, known: Known, place: str = "") -> str:
    """Change what was typed as the button ``act`` says: «add:f-functions», «up:f-functions-2», down, archive, restore,
    remove. Returns where to look afterwards; an unknown place changes nothing."""
    verb, _colon, where = act.partition(":")
    steps = where.split("-")[1:]
    while len(steps) > 2 and (row := _row(raw, steps)) is not None:
        name, shape = steps[0], fields(part).get(steps[0])
        place, part, raw = f"{place}{name}.{row['slug'][0] if row.get('slug') else ''}.", _of(shape), row
        steps = steps[2:]
    shape = fields(part).get(steps[0]) if steps else None
    if shape is None or shape.kind != "rows":
        return where
    rows, here = raw[steps[0]], f"{place}{steps[0]}"
    if verb == "add":
        return _add(rows, shape.of, here, known, where)
    at = int(steps[1][:4]) if len(steps) == 2 and steps[1].isdecimal() else len(rows)
    return _PRESSED[verb](rows, at, here, known, where) if verb in _PRESSED and at < len(rows) else where


def _of(shape: Shape | None) -> Any:
    return shape.of if shape else Part


def _row(raw: Raw, steps: list[str]) -> Raw | None:
    rows = raw.get(steps[0])
    at = int(steps[1][:4]) if steps[1].isdecimal() else -1
    return rows[at] if isinstance(rows, list) and 0 <= at < len(rows) and isinstance(rows[at], dict) else None


def _add(rows: list[Raw], part: type[Part], here: str, known: Known, where: str) -> str:
    row = as_typed(part, {})
    if issubclass(part, Named):
        taken = {row["slug"][0] for row in rows if row["slug"]} | {slug for at, slug in known if at == here}
        row["slug"] = [free_slug(taken)]
    rows.append(row)
    return f"{where}-{len(rows) - 1}"


def _shift(step: int) -> Any:
    def shift(rows: list[Raw], at: int, here: str, known: Known, where: str) -> str:
        there = next_active(rows, at, step)
        if there is None:
            return where
        rows[at], rows[there] = rows[there], rows[at]
        return f"{where.rpartition('-')[0]}-{there}"

    return shift


def _put_away(archived: bool) -> Any:
    def put(rows: list[Raw], at: int, here: str, known: Known, where: str) -> str:
        rows[at]["archived"] = ["on"] if archived else []
        return where.rpartition("-")[0] if archived else where

    return put


def _remove(rows: list[Raw], at: int, here: str, known: Known, where: str) -> str:
    slug = "".join(rows[at].get("slug", []))
    if (here, slug) not in known:
        rows.pop(at)
    return where.rpartition("-")[0]


_PRESSED = {
    "up": _shift(-1),
    "down": _shift(1),
    "archive": _put_away(True),
    "restore": _put_away(False),
    "remove": _remove,
}
