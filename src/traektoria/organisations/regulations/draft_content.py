"""Writes into the draft: a part of it from its form, and the tree of criteria step by step.

Each locks the draft, reads it afresh, changes it, checks it against the schema and the rows that must be kept.
"""

from collections.abc import Callable, Collection
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.guard import ActingPerson
from traektoria.core.shared_forms import ChangedMeanwhile, stamp
from traektoria.organisations.models import Regulation
from traektoria.organisations.regulations import tree
from traektoria.organisations.regulations.actions import check_rows_kept, checked, open_draft
from traektoria.organisations.regulations.queries import part_at
from traektoria.organisations.regulations.shapes import Content, nodes_of


@transaction.atomic
def save_part(
    *, regulation: Regulation, path: Collection[str], values: Content, seen: str = "", by: ActingPerson
) -> Regulation:
    """Write the fields ``values`` of the part at ``path``. Raises ``ChangedMeanwhile``, ``Invalid``, ``Conflict``."""
    draft = open_draft(regulation, by)
    _check_seen({name: part_at(draft.content, path).get(name) for name in values}, seen)
    return _written(draft, _with(draft.content, list(path), values), by)


def _with(content: Content, path: list[str], values: Content) -> Content:
    if not path:
        return {**content, **values}
    return {**content, path[0]: _with(content.get(path[0]) or {}, path[1:], values)}


@transaction.atomic
def save_criterion(
    *, regulation: Regulation, slug: str, values: Content, seen: str = "", by: ActingPerson
) -> Regulation:
    """Write the own fields of a criterion; what is below a group stays. Raises as ``save_part``."""
    draft = open_draft(regulation, by)
    node = _node(draft, slug)
    _check_seen({name: node.get(name) for name in values}, seen)
    return _grown(draft, lambda root: tree.edited(root, slug, values), by)


@transaction.atomic
def add_criterion(*, regulation: Regulation, group: str, node: Content, by: ActingPerson) -> Regulation:
    """Add a criterion to the end of a group. The same one twice is once; a taken slug gives way."""
    draft = open_draft(regulation, by)
    _node(draft, group)
    have = next((one for one in nodes_of(_root(draft)) if one["slug"] == node["slug"]), None)
    if have is not None and have == {**have, **node}:
        return draft
    if have is not None:
        node = {**node, "slug": free_slug({one["slug"] for one in nodes_of(_root(draft))})}
    return _grown(draft, lambda root: tree.added(root, group, node), by)


@transaction.atomic
def move_criterion(*, regulation: Regulation, slug: str, step: int, by: ActingPerson) -> Regulation:
    """One place higher (-1) or lower (1) within its group; at the edge nothing changes."""
    draft = open_draft(regulation, by)
    _node(draft, slug)
    return _grown(draft, lambda root: tree.moved(root, slug, step), by)


@transaction.atomic
def place_criterion(*, regulation: Regulation, slug: str, group: str, by: ActingPerson) -> Regulation:
    """Into another group. Raises ``Invalid`` for a group put into itself."""
    draft = open_draft(regulation, by)
    node = _node(draft, slug)
    _node(draft, group)
    if tree.holds(node, group):
        raise Invalid(_("A group can't be put into itself."), code="into_itself")
    return _grown(draft, lambda root: tree.placed(root, slug, group), by)


@transaction.atomic
def archive_criterion(*, regulation: Regulation, slug: str, archived: bool, by: ActingPerson) -> Regulation:
    """Into the archive with what is below it, or back. Raises ``Invalid`` for the root."""
    draft = open_draft(regulation, by)
    _check_not_root(draft, slug)
    return _grown(draft, lambda root: tree.edited(root, slug, {"archived": archived}), by)


@transaction.atomic
def remove_criterion(*, regulation: Regulation, slug: str, by: ActingPerson) -> Regulation:
    """Take a criterion that was never in force out of the draft. Raises ``Invalid`` for others and for the root."""
    draft = open_draft(regulation, by)
    _check_not_root(draft, slug)
    return _grown(draft, lambda root: tree.removed(root, slug), by)


def free_slug(taken: Collection[str]) -> str:
    """«c1», or the next one that is not taken."""
    return next(slug for number in range(1, len(taken) + 2) if (slug := f"c{number}") not in taken)


def _grown(draft: Regulation, change: Callable[[Any], Any], by: ActingPerson) -> Regulation:
    status = {**draft.content["status"], "criteria": change(_root(draft))}
    return _written(draft, {**draft.content, "status": status}, by)


def _written(draft: Regulation, content: Content, by: ActingPerson) -> Regulation:
    content = checked(content)
    if content == draft.content:
        return draft
    check_rows_kept(draft, content)
    draft.content = content
    draft.save(update_fields=["content", "updated_at"])
    _note(draft, by)
    return draft


def _note(draft: Regulation, by: ActingPerson) -> None:
    """One audit event for a run of edits by the same person: autosave must not flood the history."""
    last = audit.trail(draft).order_by("-at", "-pk").first()
    if last is None or (last.event, last.actor_id) != ("regulation.edit", by.account_id):
        audit.record("regulation.edit", draft, by=by)


def _check_seen(held: Content, seen: str) -> None:
    if seen and seen != stamp(held):
        raise ChangedMeanwhile(stamp(held))


def _root(draft: Regulation) -> Content:
    root: Content = draft.content["status"]["criteria"]
    return root


def _node(draft: Regulation, slug: str) -> Content:
    try:
        return tree.node_of(_root(draft), slug)
    except KeyError as missing:
        raise Conflict(_("This criterion is not in the draft any more."), code="criterion_gone") from missing


def _check_not_root(draft: Regulation, slug: str) -> None:
    _node(draft, slug)
    if _root(draft)["slug"] == slug:
        raise Invalid(_("The whole set of criteria is not put away: archive the criteria in it."), code="root")
