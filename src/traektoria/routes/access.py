"""The access log of routes: each teacher of a route reads in «My data» who opened it or took its card, and why."""

from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.models import LearningRoute
from traektoria.routes.permissions import member_ids


def log_opened(*, by: Actor, purpose: Purpose, kind: str, route: LearningRoute) -> None:
    """One record for each consented teacher (reads the prefetched members)."""
    for person_id in sorted(member_ids(route.support)):
        log_access(
            by=by, purpose=purpose, kind=kind, subject_id=route.pk, person_id=person_id, centre_id=route.centre_id
        )
