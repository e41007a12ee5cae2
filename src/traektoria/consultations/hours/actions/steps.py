"""What was agreed in an hour goes into the routes of who was there, as the rule of the route says: a draft takes it, an
agreed one is changed by a proposal to which the teacher says yes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.hours.queries.led_routes import led_routes
from traektoria.core.errors import DomainError
from traektoria.people.actor import Actor
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.actions.agreement import propose_route
from traektoria.routes.route.actions.editing import add_item, open_correction
from traektoria.routes.route.enums import ActivityKind, RouteState, ShowingForm
from traektoria.routes.route.queries.route import header_of


@dataclass(frozen=True)
class Stepped:
    """Titles of the routes that took the lines, and of which the teacher is asked; what was not done, and why."""

    taken: Sequence[str]
    asked: Sequence[str]
    left: Sequence[str]


def steps_into_routes(*, hour: ConsultationHour, lines: Sequence[str], by: Actor) -> Stepped:
    """Each line once into each route of who was there that ``by`` leads in the subject of the hour. One route that can
    not take them stops neither the others nor the hour. Side effects: those of ``add_item`` and ``propose_route``."""
    there = set(hour.teachers.values_list("person_id", flat=True))
    taken, asked, left = [], [], []
    for route in _routes(by, hour, there) if lines else ():
        try:
            with transaction.atomic():
                _add(route, lines, hour.next_day, by)
            taken.append(route.title)
        except DomainError as refusal:
            left.append(f"{route.title}: {refusal.sentence}")
            continue
        if route.state == RouteState.RUNNING and route.correction is None:
            try:
                propose_route(route=route, by=by)
                asked.append(route.title)
            except DomainError as refusal:
                left.append(f"{route.title}: {refusal.sentence}")
    if lines and not (taken or left):
        left.append(_("Nobody of who was there has a route with you: nothing was added."))
    return Stepped(taken, asked, left)


def _routes(by: Actor, hour: ConsultationHour, there: Collection[int]) -> list[LearningRoute]:
    """Of the subject of the hour; where there is none of it, all."""
    found = led_routes(by, hour.centre_id, there)
    return [one for one in found if one.support.subject == hour.subject] or found


def _add(route: LearningRoute, lines: Sequence[str], next_day: date | None, by: Actor) -> None:
    if route.state == RouteState.RUNNING:
        open_correction(route=route, by=by)
    period = header_of(route, corrected=True)
    deadline = next_day if next_day and period["start"] <= next_day <= period["end"] else period["end"]
    plan = {"activity_kind": ActivityKind.CONSULTATION, "showing_form": ShowingForm.CONVERSATION, "deadline": deadline}
    for line in lines:
        add_item(route=route, values={"task": line, **plan}, by=by)
