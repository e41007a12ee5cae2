"""The access log of routes: each teacher of a route reads in «My data» who opened it or took its card, and why."""

from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.models import LearningRoute, SupportNeed, TutorSupport
from traektoria.routes.permissions import member_ids, works_on


def log_opened(*, by: Actor, purpose: Purpose, kind: str, route: LearningRoute) -> None:
    """One record for each consented teacher (reads the prefetched members)."""
    people = member_ids(route.support)
    log_people(by=by, purpose=purpose, kind=kind, subject_id=route.pk, people=people, centre_id=route.centre_id)


def log_read(*, by: Actor, route: LearningRoute) -> None:
    """Whoever does not work on the route has read it, or its versions or history."""
    if not works_on(by, route):
        log_opened(by=by, purpose=Purpose.SUPPORT, kind="route", route=route)


def log_support(*, by: Actor, support: TutorSupport) -> None:
    """A coordinator or a head has looked at who supports whom, and why."""
    people = {member.person_id for member in support.members.all()}
    if by.person_id not in {*people, support.tutor_id}:
        log_people(
            by=by,
            purpose=Purpose.SUPPORT,
            kind="support",
            subject_id=support.pk,
            people=people,
            centre_id=support.centre_id,
        )


def log_need(*, by: Actor, need: SupportNeed) -> None:
    """Somebody has read why a teacher asks for a tutor."""
    people = {one.pk for one in need.teachers.all()} | {need.asked_by_id}
    log_people(by=by, purpose=Purpose.SUPPORT, kind="need", subject_id=need.pk, people=people, centre_id=need.centre_id)
