"""The access log of tutorials: a participant reads in «My data» who looked at where they stand and at their work."""

from collections.abc import Iterable

from traektoria.events.event.models import Event
from traektoria.events.tutorials.models import SelfWork
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose


def log_progress(*, by: Actor, event: Event, people: Iterable[int]) -> None:
    log_people(
        by=by, purpose=Purpose.SUPPORT, kind="self_work", subject_id=event.pk, people=set(people),
        centre_id=event.centre_id,
    )  # fmt: skip


def log_work(*, by: Actor, work: SelfWork) -> None:
    log_progress(by=by, event=work.task.event, people=[work.person_id])
