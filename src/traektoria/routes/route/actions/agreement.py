"""Agreeing a route: versions are put forward, every party says its word, the last word brings the version in force.

Versions are never edited. While a correction of a running route is being agreed, the old version stays in force.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.workflow import move
from traektoria.people.actor import Actor, acting
from traektoria.routes.route.actions.locks import locked, person_of
from traektoria.routes.route.enums import RouteState
from traektoria.routes.route.models import Agreement, LearningRoute, RouteVersion
from traektoria.routes.route.permissions import check_work
from traektoria.routes.route.policies import check_agreeable, check_editable, check_living
from traektoria.routes.route.printed_names import keep_names
from traektoria.routes.route.queries.parties import check_speaks, parties_held, whose_word_is_awaited
from traektoria.routes.route.queries.route import REMOVED, from_json, header_of, items_as, plan_of, snapshot
from traektoria.routes.route.queries.versions import difference
from traektoria.routes.route.workflow import route_workflow
from traektoria.routes.tutees.enums import SupportState
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.queries import has_tutor


@transaction.atomic
def propose_route(*, route: LearningRoute, by: Actor, reason: str = "") -> RouteVersion:
    """Put the draft, or the open correction, forward as the next version.

    The proposer's own word is agreement. Side effects: a version, an agreement, an audit event; a draft waits then, a
    running route goes on under the old version. Raises ``Invalid`` where something is missing. A second press by the
    proposer returns the same version.
    """
    locked_support(route.support)  # its end settles what waits, and must not miss this version
    route = locked(route)
    check_work(by, route)
    if route.pending_version is not None:
        version = _version(route, route.pending_version)
        if version.person_id == by.person_id:
            return version
    check_editable(route)
    check_agreeable(route)
    if not has_tutor(route.support):
        raise Conflict(
            _("%(name)s is no longer a tutor of the centre: ask the coordinator who goes on with you.")
            % {"name": route.support.tutor.short_name},
            code="no_tutor",
        )
    content = snapshot(route, corrected=True)
    _check_complete(content)
    version = _next_version(route, content, by, reason)
    if route.state == RouteState.DRAFT:
        route = move(route_workflow, route, "propose", by=by, changes={"pending_version": version.number})
    else:
        route.pending_version = version.number
        route.save(update_fields=["pending_version"])
        audit.record("route.propose_change", route, by=by, version=version.number)
    _say(version, route, by)
    _settle(route, version, by)
    return version


@transaction.atomic
def agree_route(*, route: LearningRoute, number: int, by: Actor) -> LearningRoute:
    """Say yes to version ``number``. The last yes brings it in force.

    A repeated yes is success. Raises ``Refused`` for who is no party, ``Conflict`` where the version was replaced.
    """
    route = locked(route)
    check_speaks(by, route)
    if Agreement.objects.filter(
        version__route=route, version__number=number, person_id=acting(by), agreed=True
    ).exists():
        return route
    version = _pending(route, number)
    _say(version, route, by)
    audit.record("route.agree", route, by=by, version=number)
    return _settle(route, version, by)


@transaction.atomic
def return_route(*, route: LearningRoute, number: int, reason: str, by: Actor) -> LearningRoute:
    """Say what to change in version ``number`` (``reason`` is needed): it is edited again and proposed as the next one.

    A repeated return of the same version is success.
    """
    route = locked(route)
    check_speaks(by, route)
    if not reason.strip():
        raise Invalid(_("Write what to change."), code="reason_needed")
    own = Agreement.objects.filter(version__route=route, version__number=number, person_id=acting(by))
    if own.filter(agreed=False).exists():
        return route
    version = _pending(route, number)
    if own.exists():
        raise Conflict(_("You have agreed to this version already."), code="agreed_already")
    for party in parties_held(by, route):
        Agreement.objects.create(
            version=version, party=party, person=person_of(by), agreed=False, reason=reason.strip()
        )
    return _take_off(route, "return", by, version)


@transaction.atomic
def withdraw_proposal(*, route: LearningRoute, by: Actor) -> LearningRoute:
    """Take the waiting version back to edit it further. Repeating it changes nothing."""
    route = locked(route)
    check_work(by, route)
    check_living(route)
    if route.pending_version is None:
        return route
    return _take_off(route, "withdraw", by, _version(route, route.pending_version))


def settle_waiting(route: LearningRoute, *, by: Actor | None) -> LearningRoute:
    """After somebody went whose word was or may have been awaited, inside the caller's transaction.

    Those who are left have all agreed: the version is in force. The support is over or without its tutor: the version
    waits for nobody and is taken off.
    """
    route = locked(route)
    if route.pending_version is None:
        return route
    version = _version(route, route.pending_version)
    if route.support.state != SupportState.ACTIVE or not has_tutor(route.support):
        return _take_off(route, "release", by, version)
    return _settle(route, version, by)


def _take_off(route: LearningRoute, step: str, by: Actor | None, version: RouteVersion) -> LearningRoute:
    if route.state == RouteState.PROPOSED:
        return move(
            route_workflow, route, step, by=by, changes={"pending_version": None}, facts={"version": version.number}
        )
    route.pending_version = None
    route.save(update_fields=["pending_version"])
    audit.record(f"route.{step}_change", route, by=by, version=version.number)
    return route


def _version(route: LearningRoute, number: int) -> RouteVersion:
    return route.versions.get(number=number)


def _pending(route: LearningRoute, number: int) -> RouteVersion:
    if route.pending_version != number:
        raise Conflict(
            _(
                "The route has changed since you opened it: version %(number)s no longer waits for agreement. "
                "Look at the route again."
            )
            % {"number": number},
            code="version_replaced",
        )
    return _version(route, number)


def _check_complete(content: dict[str, Any]) -> None:
    """What a version must have before anybody is asked to agree."""
    if not content["items"]:
        raise Invalid(_("Add at least one item to the route first."), code="no_items")
    for item in content["items"]:
        if not item["task"].strip():
            raise Invalid(_("Item %(number)s: write what to do.") % {"number": item["position"]}, code="no_task")
        if not content["start"] <= item["deadline"] <= content["end"]:
            raise Invalid(
                _("Item %(number)s: the deadline is outside of the period of the route.")
                % {"number": item["position"]},
                code="deadline_outside",
            )


def _next_version(route: LearningRoute, content: dict[str, Any], by: Actor, reason: str) -> RouteVersion:
    last = route.versions.order_by("-number").first()
    if route.state != RouteState.DRAFT and not difference(snapshot(route), content):
        raise Invalid(_("Nothing is changed yet."), code="no_change")
    number = last.number + 1 if last else 1
    return RouteVersion.objects.create(
        route=route, number=number, snapshot=content, reason=reason.strip(), person=person_of(by)
    )


def _say(version: RouteVersion, route: LearningRoute, by: Actor) -> None:
    person = person_of(by)
    for party in parties_held(by, route):
        Agreement.objects.get_or_create(version=version, party=party, person=person, defaults={"agreed": True})


def _settle(route: LearningRoute, version: RouteVersion, by: Actor | None) -> LearningRoute:
    """Bring the version in force when nobody's word is awaited any more; from now on its card names people as today."""
    if whose_word_is_awaited(route, version):
        return route
    _apply(route, version)
    changes = {
        "version": version.number,
        "pending_version": None,
        "correction": None,
        "in_force_since": route.in_force_since or timezone.now(),
    }
    if route.state == RouteState.PROPOSED:
        route = move(route_workflow, route, "start", by=by, changes=changes, facts={"version": version.number})
    else:
        for name, value in changes.items():
            setattr(route, name, value)
        route.save()
        audit.record("route.change_in_force", route, by=by, version=version.number)
    keep_names(route)
    return route


def _apply(route: LearningRoute, version: RouteVersion) -> None:
    """Lay the correction into the rows; lines taken out keep their evidence and say when they left."""
    order = [item.pk for item, _plan in items_as(route.items.all(), corrected=True)]
    for item in route.items.all():
        if item.correction.get(REMOVED):
            item.removed_in = version.number
        elif not item.removed_in:
            for name, value in plan_of(item, corrected=True).items():
                setattr(item, name, from_json(name, value))
            item.position = order.index(item.pk) + 1
        item.correction, item.pending = {}, False
        item.save()
    for name, value in header_of(route, corrected=True).items():
        setattr(route, name, value)
    if route.correction:
        route.save(update_fields=list(route.correction))
