"""The access log of supports: their teachers read in «My data» who looked."""

from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.tutees.models import TutorSupport


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
