"""The access log of routes: each teacher of a route reads in «My data» who opened it or took its card, and why."""

from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.route.models import LearningRoute
from traektoria.routes.route.permissions import works_on
from traektoria.routes.tutees.permissions import member_ids


def log_opened(*, by: Actor, purpose: Purpose, kind: str, route: LearningRoute) -> None:
    """One record for each consented teacher (reads the prefetched members)."""
    people = member_ids(route.support)
    log_people(by=by, purpose=purpose, kind=kind, subject_id=route.pk, people=people, centre_id=route.centre_id)


def log_read(*, by: Actor, route: LearningRoute) -> None:
    """Whoever does not work on the route has read it, or its versions or history."""
    if not works_on(by, route):
        log_opened(by=by, purpose=Purpose.SUPPORT, kind="route", route=route)
