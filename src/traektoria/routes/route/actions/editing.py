"""Writing a route: a draft in place, an agreed route in an open correction beside it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.shared_forms import ChangedMeanwhile
from traektoria.core.text import squash
from traektoria.people.actor import Actor
from traektoria.routes.route import fields
from traektoria.routes.route.actions.locks import locked, locked_item
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.models import LearningRoute, RouteItem
from traektoria.routes.route.permissions import check_give_goal, check_work
from traektoria.routes.route.policies import check_correctable, check_editable, check_item_editable
from traektoria.routes.route.queries.route import (
    REMOVED,
    header_of,
    items_as,
    jsonable,
    plan_of,
    seen_of,
)

Values = Mapping[str, Any]
MOST_OF_A_GOAL = 1000


@transaction.atomic
def open_correction(*, route: LearningRoute, by: Actor) -> LearningRoute:
    """Begin to change what was agreed; it stays in force until the change is agreed. Repeating it changes nothing."""
    route = locked(route)
    check_work(by, route)
    check_correctable(route)
    if route.correction is None:
        route.correction = {}
        route.save(update_fields=["correction"])
        audit.record("route.correct", route, by=by)
    return route


@transaction.atomic
def drop_correction(*, route: LearningRoute, by: Actor) -> LearningRoute:
    """Forget the open correction: its new lines go, the agreed lines are as they were, remarks on it are settled."""
    route = locked(route)
    check_work(by, route)
    if route.correction is None:
        return route
    check_editable(route)
    route.items.filter(pending=True).delete()
    route.items.exclude(correction={}).update(correction={})
    route.versions.filter(number__gt=route.version).update(dropped=True)
    route.correction = None
    route.save(update_fields=["correction"])
    audit.record("route.drop_correction", route, by=by)
    return route


@transaction.atomic
def edit_route(*, route: LearningRoute, values: Values, by: Actor, seen: str = "") -> LearningRoute:
    """Title, goals and period. Raises ``Invalid`` for a wrong period, ``ChangedMeanwhile`` as ``edit_item``."""
    route = locked(route)
    check_work(by, route)
    check_editable(route)
    changed = {name: values[name] for name in fields.names(fields.HEADER) if name in values}
    _check_seen(seen, header_of(route, corrected=True), changed)
    header = header_of(route, corrected=True) | changed
    if header["end"] <= header["start"]:
        raise Invalid(_("The end of the period must be later than its beginning."), code="period")
    if route.state == RouteState.DRAFT:
        _set(route, changed)
    else:
        merged = {**header_of(route, corrected=True), **changed}
        route.correction = {name: jsonable(value) for name, value in merged.items() if value != getattr(route, name)}
        route.save(update_fields=["correction", "updated_at"])
    _note_editing(route, by)
    return route


@transaction.atomic
def add_own_goal(*, route: LearningRoute, text: str, by: Actor) -> LearningRoute:
    """A teacher of the route makes their request, in words of their choice, the first of the goals, which the head of
    the school reads too. The same words twice are one goal."""
    route = locked(route)
    check_give_goal(by, route)
    goal, goals = squash(text), header_of(route, corrected=True)["goals"]
    if not 0 < len(goal) <= MOST_OF_A_GOAL:
        raise Invalid(_("Write the goal in a few sentences, up to 1000 letters."), code="goal")
    if goal in goals.splitlines():
        return route
    return edit_route(route=route, values={"goals": f"{goal}\n{goals}".strip()}, by=by)


@transaction.atomic
def add_item(*, route: LearningRoute, values: Values, by: Actor) -> RouteItem:
    """A new line at the end. The same line pressed twice is added once."""
    route = locked(route)
    check_work(by, route)
    check_editable(route)
    plan = {name: values[name] for name in fields.names(fields.ITEM) if name in values and name != "position"}
    same = route.items.filter(**plan, removed_in__isnull=True).first()
    if same is not None:
        return same
    last = route.items.aggregate(last=Max("position"))["last"] or 0
    pending = route.state != RouteState.DRAFT
    item = RouteItem.objects.create(route=route, position=last + 1, pending=pending, **plan)
    _note_editing(route, by)
    return item


@transaction.atomic
def edit_item(*, item: RouteItem, values: Values, by: Actor, seen: str = "") -> RouteItem:
    """Other values of plan fields; beside the agreed ones where the route is in force.

    ``seen`` is the ``stamp`` of what the writer saw. Raises ``ChangedMeanwhile`` where the row says something else by
    now and would lose it; without ``seen`` the last word wins.
    """
    item = locked_item(item)
    check_work(by, item.route)
    check_item_editable(item)
    changed = {name: values[name] for name in fields.names(fields.ITEM) if name in values}
    _check_seen(seen, plan_of(item, corrected=True), changed)
    _write(item, changed)
    _note_editing(item.route, by)
    return item


@transaction.atomic
def remove_item(*, item: RouteItem, by: Actor) -> None:
    """Take a line out. A line that was agreed is only marked, until the correction is agreed."""
    item = locked_item(item)
    check_work(by, item.route)
    check_item_editable(item)
    if item.pending or item.route.state == RouteState.DRAFT:
        item.delete()
    else:
        item.correction = {**item.correction, REMOVED: True}
        item.save(update_fields=["correction"])
    _note_editing(item.route, by)


@transaction.atomic
def restore_item(*, item: RouteItem, by: Actor) -> RouteItem:
    """Take back the removal and the changes of a line in the open correction."""
    item = locked_item(item)
    check_work(by, item.route)
    check_editable(item.route)
    item.correction = {}
    item.save(update_fields=["correction"])
    return item


@transaction.atomic
def move_item(*, item: RouteItem, up: bool, by: Actor) -> RouteItem:
    """Change places with the neighbour above or below; nothing happens at the edge."""
    item = locked_item(item)
    check_work(by, item.route)
    check_editable(item.route)
    order = [one for one, _plan in items_as(item.route.items.all(), corrected=True)]
    place = next((index for index, one in enumerate(order) if one.pk == item.pk), None)
    other = None if place is None else place - 1 if up else place + 1
    if place is not None and other is not None and 0 <= other < len(order):
        order[place], order[other] = order[other], order[place]
        for number, one in enumerate(order, 1):
            one.route = item.route
            _write(one, {"position": number})
        _note_editing(item.route, by)
    return item


def _check_seen(seen: str, now: Values, changed: Values) -> None:
    lost = [name for name, value in changed.items() if value != now[name]]
    if seen and lost and seen != seen_of(now):
        raise ChangedMeanwhile(seen_of(now), [str(jsonable(now[name]) or "") for name in lost if fields.quoted(name)])


def _write(item: RouteItem, changed: Values) -> None:
    """Into the row while nobody agreed to it, else into its correction (only what really differs)."""
    if item.route.state == RouteState.DRAFT or item.pending:
        _set(item, changed)
        return
    laid = {**item.correction, **{name: jsonable(value) for name, value in changed.items()}}
    item.correction = {
        name: value for name, value in laid.items() if name == REMOVED or value != jsonable(getattr(item, name))
    }
    item.save(update_fields=["correction"])


def _set(row: LearningRoute | RouteItem, changed: Values) -> None:
    for name, value in changed.items():
        setattr(row, name, value)
    row.save(update_fields=[*changed])


def _note_editing(route: LearningRoute, by: Actor) -> None:
    """One audit event for a run of edits by the same person: autosave must not flood the history."""
    last = audit.trail(route).order_by("-at", "-pk").first()
    if last is None or (last.event, last.actor_id) != ("route.edit", by.account_id):
        audit.record("route.edit", route, by=by)
