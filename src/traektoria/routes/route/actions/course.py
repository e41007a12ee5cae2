"""The course of a route: pause, resume, extend, stop, close; each with its reason and an audit event."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.core.workflow import move
from traektoria.people.actor import Actor
from traektoria.routes.route.actions.agreement import propose_route
from traektoria.routes.route.actions.editing import edit_item, edit_route, open_correction
from traektoria.routes.route.actions.locks import locked
from traektoria.routes.route.deadlines import shifted
from traektoria.routes.route.enums import DeficitOutcomeKind, RouteState
from traektoria.routes.route.models import DeficitOutcome, LearningRoute, RouteVersion
from traektoria.routes.route.permissions import check_lead, check_work
from traektoria.routes.route.policies import OPEN_ITEM, check_closable, check_extendable
from traektoria.routes.route.queries.route import holidays, hypotheses_of, items_in_force
from traektoria.routes.route.workflow import route_workflow

Outcome = tuple[DeficitOutcomeKind, str]


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Invalid(_("Write the reason."), code="reason_needed")
    return reason.strip()


@transaction.atomic
def pause_route(*, route: LearningRoute, reason: str, by: Actor) -> LearningRoute:
    """Nothing is expected until the route is resumed. Repeating it changes nothing."""
    route = locked(route)
    check_work(by, route)
    if route.state == RouteState.PAUSED:
        return route
    return move(route_workflow, route, "pause", by=by, changes={"pause_reason": _reason(reason)})


@transaction.atomic
def resume_route(*, route: LearningRoute, reason: str = "", by: Actor) -> LearningRoute:
    """The paused route runs again; ``reason`` (if any) replaces the reason of the pause. Repeating changes nothing."""
    route = locked(route)
    check_work(by, route)
    if route.state == RouteState.RUNNING:
        return route
    return move(route_workflow, route, "resume", by=by, changes={"pause_reason": reason.strip()})


@transaction.atomic
def extend_route(*, route: LearningRoute, end: date, move_deadlines: bool, reason: str, by: Actor) -> RouteVersion:
    """Propose a later end, with the deadlines of open items moved as far or kept.

    The period is what the parties agreed to, so this is a correction made ready: it is in force when the others agree.
    A repeated press returns the version that waits.
    """
    reason = _reason(reason)
    route = locked(route)
    check_work(by, route)
    if route.pending_version is not None:
        waiting = route.versions.get(number=route.pending_version)
        if waiting.person_id == by.person_id and waiting.snapshot["end"] == end.isoformat():
            return waiting
    check_extendable(route)
    if end <= route.end:
        raise Invalid(_("The new end must be later than the present one."), code="end")
    days_off = holidays(route, route.start, end)
    distance = end - route.end
    open_correction(route=route, by=by)
    edit_route(route=route, values={"end": end}, by=by)
    if move_deadlines:
        for item in items_in_force(route).filter(state__in=OPEN_ITEM):
            edit_item(item=item, values={"deadline": shifted(item.deadline, distance, end, days_off)}, by=by)
    return propose_route(route=route, by=by, reason=reason[:300])


@transaction.atomic
def stop_route(*, route: LearningRoute, reason: str, by: Actor) -> LearningRoute:
    """End the route before its time; it can only be read afterwards. Repeating it changes nothing."""
    route = locked(route)
    check_work(by, route)
    if route.state == RouteState.STOPPED:
        return route
    changes = {
        "pause_reason": _reason(reason),
        "closed_at": timezone.now(),
        "pending_version": None,
        "correction": None,
    }
    return move(route_workflow, route, "stop", by=by, changes=changes)


@transaction.atomic
def close_route(*, route: LearningRoute, outcomes: Mapping[int, Outcome], conclusion: str, by: Actor) -> LearningRoute:
    """Close the worked route: what became of each deficit, and a conclusion that both read.

    ``outcomes`` maps the id of every hypothesis of the route to its outcome and how it was seen. Side effects: outcome
    rows, an audit event; an open correction is forgotten. Repeating it changes nothing.
    """
    route = locked(route)
    check_lead(by, route)
    if route.state == RouteState.CLOSED:
        return route
    check_closable(route, items_in_force(route).filter(state__in=OPEN_ITEM).count())
    expected = {hypothesis.pk for hypothesis in hypotheses_of(route)}
    if expected - outcomes.keys():
        raise Invalid(_("Say for every deficit what became of it."), code="outcomes")
    if not conclusion.strip():
        raise Invalid(_("Write the conclusion."), code="conclusion")
    DeficitOutcome.objects.bulk_create(
        DeficitOutcome(route=route, hypothesis_id=pk, outcome=outcomes[pk][0], note=outcomes[pk][1].strip()[:500])
        for pk in sorted(expected)
    )
    changes = {"conclusion": conclusion.strip(), "closed_at": timezone.now(), "correction": None}
    return move(route_workflow, route, "close", by=by, changes=changes)
