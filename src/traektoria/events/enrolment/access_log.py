"""The access log of registrations: who is on a list reads in «My data» who looked at it."""

from collections.abc import Iterable

from traektoria.events.event.models import Event
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose


def log_list(*, by: Actor, event: Event, people: Iterable[int]) -> None:
    log_people(
        by=by, purpose=Purpose.SUPPORT, kind="enrolment", subject_id=event.pk, people=set(people),
        centre_id=event.centre_id,
    )  # fmt: skip
