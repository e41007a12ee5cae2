"""Changes of the tree of criteria as content: each gives a new tree and leaves the old one as it is.

A criterion is named by its slug; an unknown one raises ``KeyError``.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from traektoria.organisations.regulations.shapes import nodes_of

Node = dict[str, Any]


def node_of(root: Node, slug: str) -> Node:
    """The criterion of this slug."""
    for node in nodes_of(root):
        if node["slug"] == slug:
            return dict(node)
    raise KeyError(slug)


def holds(group: Node, slug: str) -> bool:
    """The criterion is the group itself or below it."""
    return any(node["slug"] == slug for node in nodes_of(group))


def edited(root: Node, slug: str, values: Node) -> Node:
    """With some of the criterion's own fields written anew; what is below it stays."""
    return _changed(root, slug, lambda rows, at: rows.__setitem__(at, {**rows[at], **values}))


def added(root: Node, group: str, node: Node) -> Node:
    """With a new criterion at the end of a group."""
    new = deepcopy(root)
    _group(new, group)["of"].append(deepcopy(node))
    return new


def removed(root: Node, slug: str) -> Node:
    return _changed(root, slug, lambda rows, at: rows.pop(at))


def placed(root: Node, slug: str, group: str) -> Node:
    """With the criterion at the end of another group; a group is not put into itself (``ValueError``)."""
    node = node_of(root, slug)
    if holds(node, group):
        raise ValueError(group)
    return added(removed(root, slug), group, node)


def moved(root: Node, slug: str, step: int) -> Node:
    """With the criterion one place higher (-1) or lower (1) among those of its group that are not archived."""

    def shift(rows: list[Node], at: int) -> None:
        there = next_active(rows, at, step)
        if there is not None:
            rows[at], rows[there] = rows[there], rows[at]

    return _changed(root, slug, shift)


def next_active(rows: list[Any], at: int, step: int) -> int | None:
    """Where the nearest row that is not archived stands, before (-1) or after (1) the row ``at``."""
    places = range(at - 1, -1, -1) if step < 0 else range(at + 1, len(rows))
    return next((place for place in places if not rows[place].get("archived")), None)


def _changed(root: Node, slug: str, change: Callable[[list[Node], int], object]) -> Node:
    """A copy in which ``change`` has worked on the list that holds the criterion; the root is a list of one."""
    rows = [deepcopy(root)]
    _walk(rows, slug, change)
    return rows[0]


def _walk(rows: list[Node], slug: str, change: Callable[[list[Node], int], object]) -> None:
    for at, node in enumerate(rows):
        if node["slug"] == slug:
            change(rows, at)
            return
        if "of" in node and holds(node, slug):
            _walk(node["of"], slug, change)
            return
    raise KeyError(slug)


def _group(root: Node, slug: str) -> Node:
    found = next((node for node in nodes_of(root) if node["slug"] == slug and "of" in node), None)
    if found is None:
        raise KeyError(slug)
    group: Node = found
    return group
