"""The access log of requests: who is named reads in «My data» who looked."""

from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.needs.models import SupportNeed


def log_need(*, by: Actor, need: SupportNeed) -> None:
    """Somebody has read why a teacher asks for a tutor."""
    people = {one.pk for one in need.teachers.all()} | {need.asked_by_id}
    log_people(by=by, purpose=Purpose.SUPPORT, kind="need", subject_id=need.pk, people=people, centre_id=need.centre_id)
